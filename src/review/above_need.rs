//! C107: more people than a list of needs asks for. Without such a list nobody is too many.

use super::fold::groups;
use super::ledger::Ledger;
use super::suppression::excuse_at;
use super::{DemandFrom, Facts};
use crate::coverage::Surplus;
use crate::roster::{Code, Finding, Matter, Place};
use crate::time::{Span, Zone, minute_of_day};

pub(super) fn findings(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    if facts.demand_from == DemandFrom::Roster {
        return Vec::new();
    }
    let surplus = ledger.surplus(facts).iter().map(|over| {
        let shifts = ledger.shifts_at(&over.unit, &over.post);
        let place = newcomer(over, shifts.map(|shift| (shift.span, shift.source)));
        (excuse_at(facts.roster, Code::C107, place), over, place)
    });
    let alike = alike(surplus, facts.zone);
    alike.iter().filter_map(|over| finding(over)).collect()
}

/// More than are asked for, and whoever came then.
pub(super) type Over<'s> = (&'s Surplus, Option<Place>);

/// Each with the remark that excuses it: what repeats at the same hours is one finding.
pub(super) fn alike<'s>(
    surplus: impl Iterator<Item = (Option<usize>, &'s Surplus, Option<Place>)>,
    zone: Zone,
) -> Vec<Vec<Over<'s>>> {
    let same_hours = surplus.map(|(excuse, over, place)| {
        let start = zone.civil(over.span.start()).time();
        let key = (
            (&over.unit, &over.post),
            (minute_of_day(start), over.span.length()),
            over.present,
            excuse,
        );
        (key, (over, place))
    });
    groups(same_hours)
}

/// What is alike, as one finding.
pub(super) fn finding(alike: &[Over]) -> Option<Finding> {
    let (first, place) = alike.first()?;
    Some(Finding {
        code: Code::C107,
        place: *place,
        also: Vec::new(),
        matter: Matter::AboveNeed {
            unit: first.unit.clone(),
            post: first.post.clone(),
            spans: alike.iter().map(|(over, _)| over.span).collect(),
            needed: first.needed,
            present: first.present,
        },
    })
}

/// Whoever is one too many: the shift that begins then. The post's shifts come by their start.
pub(super) fn newcomer(
    over: &Surplus,
    mut shifts: impl Iterator<Item = (Span, Place)>,
) -> Option<Place> {
    let newcomer = shifts.find(|(span, _)| span.start() == over.span.start());
    newcomer.map(|(_, place)| place)
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
