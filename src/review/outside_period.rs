//! H401: duty outside the period; read, and not counted.

use super::Facts;
use super::ledger::Ledger;
use crate::roster::{Code, Finding, Matter};

pub(super) fn findings(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    let outside = ledger.overview(facts).outside.iter();
    outside
        .map(|(_, outside)| Finding {
            code: Code::H401,
            place: Some(outside.place),
            also: Vec::new(),
            matter: Matter::OutsidePeriod {
                shifts: outside.shifts,
                first_day: facts.zone.date(outside.starts.0),
                last_day: facts.zone.date(outside.starts.1),
                period: facts.demand.period,
            },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::scene::Scene;

    #[test]
    fn bad_the_first_working_day_is_on_the_roster() {
        let found = Scene::of(
            "石桥镇 值班员 10-07T00:00 10-08T00:00 甲
             石桥镇 值班员 10-08T00:00 10-09T00:00 乙",
        )
        .findings(findings);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place.map(|p| p.row), Some(2));
    }

    #[test]
    fn good_the_last_night_runs_into_the_morning_after() {
        let scene = Scene::of("石桥镇 值班员 10-07T08:00 10-08T08:00 甲");
        assert_eq!(scene.findings(findings), []);
    }
}
