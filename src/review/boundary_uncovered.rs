//! G004: the first handover comes a little after the period's start; the night before it is the
//! day before's.

use super::Facts;
use super::fold::folded;
use super::ledger::Ledger;
use super::suppression::excuse_at;
use crate::coverage::{Hole, HoleClass};
use crate::roster::{Code, Finding, Matter, Place};

/// A post's first night, and the cell of the shift that follows it.
#[derive(Clone, Debug)]
pub(super) struct Night {
    pub hole: Hole,
    pub next: Option<Place>,
}

pub(super) fn findings(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    let nights = ledger.overview(facts).nights.iter().map(|night| {
        let excuse = excuse_at(facts.roster, Code::G004, night.next);
        ((night.hole.span, excuse), night)
    });
    folded(nights)
        .into_iter()
        .map(|((span, _), nights)| Finding {
            code: Code::G004,
            place: nights.iter().find_map(|night| night.next),
            also: Vec::new(),
            matter: Matter::FirstNight {
                posts: nights
                    .iter()
                    .map(|night| (night.hole.unit.clone(), night.hole.post.clone()))
                    .collect(),
                span,
            },
        })
        .collect()
}

/// In the order of the holes.
pub(super) fn nights(holes: &[Hole], ledger: &Ledger) -> Vec<Night> {
    let nights = holes.iter().filter(|h| h.class == HoleClass::Boundary);
    nights
        .map(|hole| {
            let mut shifts = ledger.shifts_at(&hole.unit, &hole.post);
            let next = shifts.find(|shift| shift.span.start() == hole.span.end());
            Night {
                hole: hole.clone(),
                next: next.map(|shift| shift.source),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::scene::Scene;
    use crate::roster::sample::span;

    #[test]
    fn bad_a_roster_that_begins_at_the_morning_handover() {
        let found = Scene::of(
            "石桥镇 值班员 10-01T08:00 10-08T08:00 甲
             石桥镇 带班领导 10-01T08:00 10-08T08:00 乙",
        )
        .findings(findings);
        let matter = Matter::FirstNight {
            posts: vec![
                ("石桥镇".to_owned(), "值班员".to_owned()),
                ("石桥镇".to_owned(), "带班领导".to_owned()),
            ],
            span: span("10-01T00:00", "10-01T08:00"),
        };
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].matter, matter);
    }

    #[test]
    fn good_a_roster_that_begins_at_midnight() {
        let scene = Scene::of("石桥镇 值班员 10-01T00:00 10-08T08:00 甲");
        assert_eq!(scene.findings(findings), []);
    }
}
