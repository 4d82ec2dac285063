//! C103: the same shift twice.

use super::Facts;
use super::fold::folded;
use super::ledger::Ledger;
use crate::roster::{Code, Finding, Matter};

pub(super) fn findings(_: &Facts, ledger: &Ledger) -> Vec<Finding> {
    let mut found = Vec::new();
    for (post, shifts) in ledger.posts() {
        let mut from = 0;
        while from < shifts.len() {
            let span = shifts[from].span;
            let same = shifts[from..].iter().take_while(|s| s.span == span).count();
            let at_once = &shifts[from..from + same];
            from += same;
            if same == 1 {
                continue;
            }
            let by_people = folded(at_once.iter().map(|shift| (&shift.people, *shift)));
            for (people, again) in by_people.into_iter().filter(|(_, again)| again.len() > 1) {
                found.push(Finding {
                    code: Code::C103,
                    place: again.last().map(|shift| shift.source),
                    also: again[..again.len() - 1].iter().map(|s| s.source).collect(),
                    matter: Matter::SameShiftTwice {
                        unit: post.unit.clone(),
                        post: post.name.clone(),
                        names: people.iter().map(|person| person.name.clone()).collect(),
                        span,
                    },
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{double_booked, scene::Scene};

    #[test]
    fn bad_a_row_pasted_twice() {
        let scene = Scene::of(
            "石桥镇 值班员 10-04T08:00 10-05T08:00 吴建平
             石桥镇 值班员 10-04T08:00 10-05T08:00 吴建平",
        );
        let found = scene.findings(findings);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].also[0].row, 1);
        assert_eq!(scene.findings(double_booked::findings), []);
    }

    #[test]
    fn good_the_same_person_on_the_next_day() {
        let scene = Scene::of(
            "石桥镇 值班员 10-04T08:00 10-05T08:00 吴建平
             石桥镇 值班员 10-05T08:00 10-06T08:00 吴建平",
        );
        assert_eq!(scene.findings(findings), []);
    }
}
