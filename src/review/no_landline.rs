//! P204: a unit with no duty line.

use std::collections::HashSet;

use super::Facts;
use super::ledger::Ledger;
use crate::roster::{Code, Finding, Matter};

pub(super) fn findings(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    let listed = facts.units.iter().filter(|entry| entry.duty_line.is_some());
    let lines = facts.roster.duty_lines.iter();
    let reachable: HashSet<&str> = listed
        .map(|entry| entry.unit.as_str())
        .chain(lines.map(|(unit, _)| unit.as_str()))
        .collect();
    let units = ledger.overview(facts).units.iter().map(|(unit, _)| *unit);
    let units: Vec<String> = units
        .filter(|unit| !reachable.contains(unit))
        .map(str::to_owned)
        .collect();
    if units.is_empty() {
        return Vec::new();
    }
    vec![Finding {
        code: Code::P204,
        place: None,
        also: Vec::new(),
        matter: Matter::NoLandline { units },
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::scene::Scene;

    #[test]
    fn bad_two_units_without_a_line_are_one_finding() {
        let mut scene = Scene::of("石桥镇 值班员\n柳河镇 值班员\n云峰乡 值班员");
        let line = ("柳河镇".to_owned(), "0000-5550302".to_owned());
        scene.roster.duty_lines.push(line);
        let units = vec!["石桥镇".to_owned(), "云峰乡".to_owned()];
        let found = scene.findings(findings);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].matter, Matter::NoLandline { units });
    }

    #[test]
    fn good_the_list_of_units_knows_the_line() {
        let mut scene = Scene::of("石桥镇 值班员");
        scene.units.push(crate::roster::UnitEntry {
            unit: "石桥镇".to_owned(),
            duty_line: Some("0000-5550301".to_owned()),
            ..crate::roster::UnitEntry::default()
        });
        assert_eq!(scene.findings(findings), []);
    }
}
