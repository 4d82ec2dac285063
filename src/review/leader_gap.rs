//! G002: no duty leader for some of the required time.

use super::ledger::Ledger;
use super::{Facts, uncovered};
use crate::roster::{Code, Finding};

pub(super) fn findings(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    uncovered::gaps_of(Code::G002, facts, ledger)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::scene::Scene;

    #[test]
    fn bad_a_day_without_a_leader() {
        let found = Scene::of(
            "石桥镇 带班领导 10-01T00:00 10-05T00:00 甲
             石桥镇 带班领导 10-06T00:00 10-08T00:00 乙",
        )
        .findings(findings);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code, Code::G002);
    }

    #[test]
    fn good_a_leader_all_week_though_no_officer() {
        let scene = Scene::of(
            "石桥镇 带班领导 10-01T00:00 10-08T00:00 甲
             石桥镇 值班员",
        );
        assert_eq!(scene.findings(findings), []);
    }
}
