//! F307: a unit that is not on the list of units; the nearest name is offered.

use std::collections::HashSet;

use super::Facts;
use super::ledger::Ledger;
use crate::roster::{Code, Finding, Matter};

/// Below this likeness (0 to 1) a name is no misspelling but another unit.
const ALIKE: f64 = 0.5;

pub(super) fn findings(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    if facts.units.is_empty() {
        return Vec::new();
    }
    let known: HashSet<&str> = facts.units.iter().map(|e| e.unit.as_str()).collect();
    let units = ledger.overview(facts).units.iter();
    units
        .filter(|(unit, _)| !known.contains(unit))
        .map(|(unit, first)| Finding {
            code: Code::F307,
            place: *first,
            also: Vec::new(),
            matter: Matter::UnknownUnit {
                unit: (*unit).to_owned(),
                nearest: nearest(facts, unit),
            },
        })
        .collect()
}

fn nearest(facts: &Facts, unit: &str) -> Option<String> {
    facts
        .units
        .iter()
        .map(|entry| (strsim::normalized_levenshtein(&entry.unit, unit), entry))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, entry)| entry.unit.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::scene::Scene;
    use crate::roster::UnitEntry;

    fn listed(lines: &str) -> Vec<Finding> {
        let mut scene = Scene::of(lines);
        scene.units.push(UnitEntry {
            unit: "石桥镇".to_owned(),
            ..UnitEntry::default()
        });
        scene.findings(findings)
    }

    #[test]
    fn bad_a_misspelt_unit_is_shown_the_nearest() {
        let found = listed("石乔镇 值班员 10-01T00:00 10-08T00:00 甲");
        let matter = Matter::UnknownUnit {
            unit: "石乔镇".to_owned(),
            nearest: Some("石桥镇".to_owned()),
        };
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].matter, matter);
    }

    #[test]
    fn good_a_unit_on_the_list_or_no_list() {
        assert_eq!(listed("石桥镇 值班员"), []);
        assert_eq!(Scene::of("别处 值班员").findings(findings), []);
    }
}
