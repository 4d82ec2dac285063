//! G005: fewer people than the post needs, or nobody on standby.

use super::ledger::Ledger;
use super::{Facts, uncovered};
use crate::roster::{Code, Finding};

pub(super) fn findings(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    uncovered::gaps_of(Code::G005, facts, ledger)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{officer_gap, scene::Scene};
    use crate::roster::UnitEntry;

    fn two_officers_asked(lines: &str) -> Scene {
        let mut scene = Scene::of(lines);
        scene.units.push(UnitEntry {
            unit: "石桥镇".to_owned(),
            min_staff: Some(2),
            ..UnitEntry::default()
        });
        scene
    }

    #[test]
    fn bad_one_officer_where_two_are_needed() {
        let scene = two_officers_asked("石桥镇 值班员 10-01T00:00 10-08T00:00 甲");
        assert_eq!(scene.findings(findings).len(), 1);
        assert_eq!(scene.findings(officer_gap::findings), []);
    }

    #[test]
    fn bad_nobody_on_standby() {
        let scene = Scene::of(
            "石桥镇 值班员 10-01T00:00 10-08T00:00 甲
             石桥镇 二线 10-01T00:00 10-07T00:00 乙",
        );
        assert_eq!(scene.findings(findings).len(), 1);
        assert_eq!(scene.findings(officer_gap::findings), []);
    }

    #[test]
    fn good_two_officers_and_one_leader() {
        let scene = two_officers_asked(
            "石桥镇 值班员 10-01T00:00 10-08T00:00 甲+乙
             石桥镇 带班领导 10-01T00:00 10-08T00:00 丙",
        );
        assert_eq!(scene.findings(findings), []);
    }
}
