//! C104: shift after shift without a break.

use super::Facts;
use super::ledger::{Duty, Ledger, Someone};
use crate::roster::{Code, Finding, Matter, Presence, Role};
use crate::time::{Span, TimeDelta};

pub(super) fn findings(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    let longest = facts.limits.max_hours;
    let people = ledger.people();
    people
        .flat_map(|someone| too_long(someone, longest))
        .collect()
}

/// Duties that leave no break between them.
struct Stretch<'l, 'a> {
    first: &'l Duty<'a>,
    last: &'l Duty<'a>,
    span: Span,
}

impl<'l, 'a> Stretch<'l, 'a> {
    fn of(duty: &'l Duty<'a>) -> Self {
        Self {
            first: duty,
            last: duty,
            span: duty.shift.span,
        }
    }

    /// The stretch with one more duty, which begins before it is over.
    fn with(self, duty: &'l Duty<'a>) -> Self {
        let end = self.span.end().max(duty.shift.span.end());
        Self {
            span: Span::new(self.span.start(), end).unwrap_or(self.span),
            last: duty,
            ..self
        }
    }

    /// One rostered duty day may last as long as the limit; day and night put together may not.
    fn is_too_long(&self, longest: TimeDelta) -> bool {
        let length = self.span.length();
        length > longest || length == longest && self.first.shift.span != self.span
    }
}

fn too_long(someone: Someone, longest: TimeDelta) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut judge = |stretch: Stretch| {
        if stretch.is_too_long(longest) {
            found.push(finding(someone, &stretch, longest));
        }
    };
    let mut latest: Option<Stretch> = None;
    for duty in someone.duties.iter().filter(|duty| tires(duty)) {
        latest = Some(match latest {
            Some(stretch) if duty.shift.span.start() <= stretch.span.end() => stretch.with(duty),
            Some(over) => {
                judge(over);
                Stretch::of(duty)
            }
            None => Stretch::of(duty),
        });
    }
    latest.into_iter().for_each(judge);
    found
}

/// Who has only to be reachable may sleep.
fn tires(duty: &Duty) -> bool {
    duty.post.presence != Presence::Reachable && duty.post.role != Role::Other
}

fn finding(someone: Someone, stretch: &Stretch, longest: TimeDelta) -> Finding {
    let (first, last) = (stretch.first.shift.source, stretch.last.shift.source);
    Finding {
        code: Code::C104,
        place: Some(last),
        also: Some(first).filter(|f| *f != last).into_iter().collect(),
        matter: Matter::NoBreak {
            unit: stretch.first.post.unit.clone(),
            name: someone.name.to_owned(),
            span: stretch.span,
            longest_minutes: u32::try_from(longest.num_minutes()).unwrap_or(u32::MAX),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::scene::Scene;
    use crate::roster::sample::span;

    #[test]
    fn bad_day_and_night_and_day_again() {
        let found = Scene::of(
            "石桥镇 值班员 10-01T08:00 10-01T20:00 甲
             石桥镇 值班员 10-01T20:00 10-02T08:00 甲
             石桥镇 值班员 10-02T08:00 10-02T20:00 甲",
        )
        .findings(findings);
        let matter = Matter::NoBreak {
            unit: "石桥镇".to_owned(),
            name: "甲".to_owned(),
            span: span("10-01T08:00", "10-02T20:00"),
            longest_minutes: 24 * 60,
        };
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].matter, matter);
    }

    #[test]
    fn bad_day_and_night_make_a_day_nobody_rostered_as_one() {
        let scene = Scene::of(
            "石桥镇 值班员 10-02T08:00 10-02T20:00 李文博
             石桥镇 值班员 10-02T20:00 10-03T08:00 李文博",
        );
        assert_eq!(scene.findings(findings).len(), 1);
    }

    #[test]
    fn good_one_duty_day_and_a_principal_all_week() {
        let scene = Scene::of(
            "石桥镇 值班员 10-01T08:00 10-02T08:00 甲
             石桥镇 值班员 10-03T08:00 10-04T08:00 甲
             石桥镇 主要领导 10-01T00:00 10-08T00:00 乙",
        );
        assert_eq!(scene.findings(findings), []);
    }
}
