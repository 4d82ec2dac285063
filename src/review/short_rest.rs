//! C106: too little rest between two shifts of one person. Asks only where a rest is set.

use super::Facts;
use super::ledger::{Duty, Ledger, Someone};
use crate::roster::{Code, Finding, Matter, Presence, Role};
use crate::time::TimeDelta;

pub(super) fn findings(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    let Some(least) = facts.limits.min_rest else {
        return Vec::new();
    };
    let people = ledger.people();
    people.flat_map(|someone| rests(someone, least)).collect()
}

fn rests(someone: Someone, least: TimeDelta) -> Vec<Finding> {
    let mut latest: Option<&Duty> = None;
    let mut found = Vec::new();
    for duty in someone.duties.iter().filter(|duty| tires(duty)) {
        if let Some(before) = latest {
            let (off, on) = (before.shift.span.end(), duty.shift.span.start());
            if off <= on && on - off < least {
                found.push(Finding {
                    code: Code::C106,
                    place: Some(duty.shift.source),
                    also: vec![before.shift.source],
                    matter: Matter::ShortRest {
                        unit: duty.post.unit.clone(),
                        name: someone.name.to_owned(),
                        off,
                        on,
                        least_minutes: u32::try_from(least.num_minutes()).unwrap_or(u32::MAX),
                    },
                });
            }
        }
        if latest.is_none_or(|l| l.shift.span.end() < duty.shift.span.end()) {
            latest = Some(duty);
        }
    }
    found
}

/// Who has only to be reachable rests meanwhile.
fn tires(duty: &Duty) -> bool {
    duty.post.presence != Presence::Reachable && duty.post.role != Role::Other
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::scene::Scene;

    const NIGHT_THEN_EVENING: &str = "石桥镇 值班员 10-01T20:00 10-02T08:00 甲
                                      石桥镇 值班员 10-02T18:59 10-03T08:00 甲";

    fn with_rest_of_eleven_hours(lines: &str) -> Vec<Finding> {
        let mut scene = Scene::of(lines);
        scene.limits.min_rest = Some(TimeDelta::hours(11));
        scene.findings(findings)
    }

    #[test]
    fn bad_back_before_eleven_hours_are_over() {
        assert_eq!(with_rest_of_eleven_hours(NIGHT_THEN_EVENING).len(), 1);
    }

    #[test]
    fn good_eleven_hours_or_nobody_asking() {
        let rested = NIGHT_THEN_EVENING.replace("18:59", "19:00");
        assert_eq!(with_rest_of_eleven_hours(&rested), []);
        assert_eq!(Scene::of(NIGHT_THEN_EVENING).findings(findings), []);
    }
}
