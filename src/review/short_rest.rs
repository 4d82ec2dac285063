//! C106: too little rest between two shifts of one person. Asks only where a rest is set.

use super::Facts;
use super::ledger::{Ledger, Someone};
use crate::roster::{Code, Finding, Matter, Place, Presence, Role};
use crate::time::{Moment, Span, TimeDelta};

pub(super) fn findings(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    let Some(least) = facts.limits.min_rest else {
        return Vec::new();
    };
    let people = ledger.people();
    people
        .flat_map(|someone| of_person(someone, least))
        .collect()
}

fn of_person(someone: Someone, least: TimeDelta) -> Vec<Finding> {
    let duties = someone.duties.iter();
    let tiring = duties.filter(|duty| tires(duty.post.presence, duty.post.role));
    let tiring = tiring.map(|duty| (duty.shift.span, duty));
    let short = rests(tiring, least).into_iter();
    short
        .map(|((off, before), (on, duty))| {
            let named = (duty.post.unit.as_str(), someone.name);
            let places = [before.shift.source, duty.shift.source];
            told(named, (off.end(), on.start()), least, places)
        })
        .collect()
}

/// A duty before a rest, and the one after it.
pub(super) type Rest<D> = ((Span, D), (Span, D));

/// The rests that are shorter than `least`. One person's `duties` come by their start.
pub(super) fn rests<D: Copy>(
    duties: impl Iterator<Item = (Span, D)>,
    least: TimeDelta,
) -> Vec<Rest<D>> {
    let mut latest: Option<(Span, D)> = None;
    let mut found = Vec::new();
    for duty in duties {
        if let Some(before) = latest {
            let (off, on) = (before.0.end(), duty.0.start());
            if off <= on && on - off < least {
                found.push((before, duty));
            }
        }
        if latest.is_none_or(|(span, _)| span.end() < duty.0.end()) {
            latest = Some(duty);
        }
    }
    found
}

/// `rest`: off at the first, on again at the second. `places`: of the duty before and the one after.
pub(super) fn told(
    (unit, name): (&str, &str),
    (off, on): (Moment, Moment),
    least: TimeDelta,
    [before, place]: [Place; 2],
) -> Finding {
    Finding {
        code: Code::C106,
        place: Some(place),
        also: vec![before],
        matter: Matter::ShortRest {
            unit: unit.to_owned(),
            name: name.to_owned(),
            off,
            on,
            least_minutes: u32::try_from(least.num_minutes()).unwrap_or(u32::MAX),
        },
    }
}

/// Who has only to be reachable rests meanwhile.
pub(super) fn tires(presence: Presence, role: Role) -> bool {
    presence != Presence::Reachable && role != Role::Other
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
