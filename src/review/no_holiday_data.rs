//! H402: nobody gave a period, and no announced holiday fits the roster's dates.

use super::ledger::Ledger;
use super::{Facts, PeriodFrom};
use crate::roster::{Code, Finding, Matter};

pub(super) fn findings(facts: &Facts, _: &Ledger) -> Vec<Finding> {
    if facts.period_from != PeriodFrom::Roster {
        return Vec::new();
    }
    vec![Finding {
        code: Code::H402,
        place: None,
        also: Vec::new(),
        matter: Matter::NoHoliday {
            period: facts.demand.period,
        },
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::scene::Scene;

    #[test]
    fn bad_a_period_taken_from_the_roster_itself() {
        let mut scene = Scene::of("石桥镇 值班员 10-01T08:00 10-02T08:00 甲");
        scene.period_from = PeriodFrom::Roster;
        assert_eq!(scene.findings(findings).len(), 1);
    }

    #[test]
    fn good_an_announced_holiday() {
        let mut scene = Scene::of("石桥镇 值班员 10-01T08:00 10-02T08:00 甲");
        scene.period_from = PeriodFrom::Holiday;
        assert_eq!(scene.findings(findings), []);
    }
}
