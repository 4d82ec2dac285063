//! H401: duty outside the period; read, and not counted.

use super::Facts;
use super::fold::folded;
use super::ledger::Ledger;
use super::suppression::excuse_at;
use crate::roster::{Code, Finding, Matter, Shift};

pub(super) fn findings(facts: &Facts, _: &Ledger) -> Vec<Finding> {
    let shifts = facts.roster.shifts.iter();
    let outside = shifts.filter(|shift| !shift.span.overlaps(&facts.demand.period));
    let by_excuse = outside.map(|shift| {
        let excuse = excuse_at(facts.roster, Code::H401, [shift.source]);
        (excuse, shift)
    });
    folded(by_excuse)
        .into_iter()
        .filter_map(|(_, outside)| finding(facts, &outside))
        .collect()
}

fn finding(facts: &Facts, outside: &[&Shift]) -> Option<Finding> {
    let starts = outside.iter().map(|shift| shift.span.start());
    Some(Finding {
        code: Code::H401,
        place: outside.first().map(|shift| shift.source),
        also: Vec::new(),
        matter: Matter::OutsidePeriod {
            shifts: u32::try_from(outside.len()).unwrap_or(u32::MAX),
            first_day: facts.zone.date(starts.clone().min()?),
            last_day: facts.zone.date(starts.max()?),
            period: facts.demand.period,
        },
    })
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
