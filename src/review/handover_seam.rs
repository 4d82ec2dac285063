//! G003: a slip of minutes between two shifts; it stands instead of a gap.

use super::ledger::Ledger;
use super::{Facts, uncovered};
use crate::roster::{Code, Finding};

pub(super) fn findings(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    uncovered::gaps_of(Code::G003, facts, ledger)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{officer_gap, scene::Scene};

    const SLIP: &str = "石桥镇 值班员 10-01T00:00 10-03T08:00 甲
                        石桥镇 值班员 10-03T08:15 10-08T00:00 乙";

    #[test]
    fn bad_a_quarter_of_an_hour_between_two_shifts() {
        let scene = Scene::of(SLIP);
        assert_eq!(scene.findings(findings).len(), 1);
        assert_eq!(scene.findings(officer_gap::findings), []);
    }

    #[test]
    fn good_more_than_that_is_a_gap_proper() {
        let scene = Scene::of(&SLIP.replace("08:15", "08:16"));
        assert_eq!(scene.findings(findings), []);
        assert_eq!(scene.findings(officer_gap::findings).len(), 1);
    }

    #[test]
    fn good_a_quarter_of_an_hour_short_at_the_end_is_a_gap_proper() {
        let scene = Scene::of("石桥镇 值班员 10-01T00:00 10-07T23:50 甲");
        assert_eq!(scene.findings(findings), []);
        assert_eq!(scene.findings(officer_gap::findings).len(), 1);
    }
}
