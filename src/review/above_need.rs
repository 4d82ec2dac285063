//! C107: more people than a list of needs asks for. Without such a list nobody is too many.

use super::fold::folded;
use super::ledger::Ledger;
use super::suppression::excuse_at;
use super::{DemandFrom, Facts};
use crate::coverage::{Surplus, surplus};
use crate::roster::{Code, Finding, Matter, Place};
use crate::time::minute_of_day;

pub(super) fn findings(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    if facts.demand_from == DemandFrom::Roster {
        return Vec::new();
    }
    let surplus = surplus(facts.demand, facts.roster);
    let same_hours = surplus.iter().map(|over| {
        let start = facts.zone.civil(over.span.start()).time();
        let key = (
            (&over.unit, &over.post),
            (minute_of_day(start), over.span.length()),
            over.present,
            excuse_at(facts.roster, Code::C107, newcomer(over, ledger)),
        );
        (key, over)
    });
    folded(same_hours)
        .into_iter()
        .filter_map(|(_, group)| finding(&group, ledger))
        .collect()
}

fn finding(group: &[&Surplus], ledger: &Ledger) -> Option<Finding> {
    let first = group.first()?;
    Some(Finding {
        code: Code::C107,
        place: newcomer(first, ledger),
        also: Vec::new(),
        matter: Matter::AboveNeed {
            unit: first.unit.clone(),
            post: first.post.clone(),
            spans: group.iter().map(|over| over.span).collect(),
            needed: first.needed,
            present: first.present,
        },
    })
}

/// Whoever is one too many: the shift that begins then.
fn newcomer(over: &Surplus, ledger: &Ledger) -> Option<Place> {
    let mut shifts = ledger.shifts_at(&over.unit, &over.post);
    let newcomer = shifts.find(|shift| shift.span.start() == over.span.start());
    newcomer.map(|shift| shift.source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::scene::Scene;
    use crate::roster::NeedEntry;
    use crate::roster::sample::span;

    const LATE: &str = "石桥镇 值班员 10-01T08:00 10-01T20:10 甲
                        石桥镇 值班员 10-01T20:00 10-02T08:00 乙";

    #[test]
    fn bad_two_where_the_list_asks_for_one() {
        let mut scene = Scene::of(LATE);
        scene.needs.push(NeedEntry {
            unit: "石桥镇".to_owned(),
            post: "值班员".to_owned(),
            count: 1,
        });
        let found = scene.findings(findings);
        let matter = Matter::AboveNeed {
            unit: "石桥镇".to_owned(),
            post: "值班员".to_owned(),
            spans: vec![span("10-01T20:00", "10-01T20:10")],
            needed: 1,
            present: 2,
        };
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].matter, matter);
    }

    #[test]
    fn good_without_a_list_nobody_is_too_many() {
        assert_eq!(Scene::of(LATE).findings(findings), []);
    }
}
