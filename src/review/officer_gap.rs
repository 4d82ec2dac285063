//! G001: no duty officer for some of the required time.

use super::ledger::Ledger;
use super::{Facts, uncovered};
use crate::roster::{Code, Finding};

pub(super) fn findings(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    uncovered::gaps_of(Code::G001, facts, ledger)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::scene::Scene;
    use crate::roster::sample::span;
    use crate::roster::{Beside, Matter, Role};

    #[test]
    fn bad_a_night_without_an_officer() {
        let found = Scene::of(
            "石桥镇 值班员 10-01T00:00 10-03T20:30 甲
             石桥镇 值班员 10-04T08:30 10-08T08:30 乙",
        )
        .findings(findings);
        let matter = Matter::Uncovered {
            unit: "石桥镇".to_owned(),
            post: "值班员".to_owned(),
            role: Role::DutyOfficer,
            spans: vec![span("10-03T20:30", "10-04T08:30")],
            needed: 1,
            present: 0,
            beside: Beside::Both,
        };
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].matter, matter);
        assert_eq!(found[0].place.map(|p| p.row), Some(2));
        assert_eq!(found[0].also[0].row, 1);
    }

    #[test]
    fn bad_every_noon_is_one_finding_with_its_days() {
        let both_halves = |day: u32| {
            let next = day + 1;
            format!(
                "石桥镇 值班员 10-0{day}T00:00 10-0{day}T12:00 甲
                 石桥镇 值班员 10-0{day}T13:00 10-0{next}T00:00 甲\n"
            )
        };
        let lines: String = (1..8).map(both_halves).collect();
        let found = Scene::of(&lines).findings(findings);
        assert_eq!(found.len(), 1);
        let Matter::Uncovered { spans, .. } = &found[0].matter else {
            panic!("another matter: {:?}", found[0].matter);
        };
        assert_eq!(spans.len(), 7);
    }

    #[test]
    fn good_day_and_night_all_week() {
        let scene = Scene::of("石桥镇 值班员 10-01T00:00 10-08T00:00 甲");
        assert_eq!(scene.findings(findings), []);
    }
}
