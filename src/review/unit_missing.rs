//! G006: a unit on the list has sent nothing.

use super::Facts;
use super::ledger::Ledger;
use crate::coverage::HoleClass;
use crate::roster::{Code, Finding, Matter};

pub(super) fn findings(facts: &Facts, _: &Ledger) -> Vec<Finding> {
    let mut units: Vec<&str> = facts
        .holes
        .iter()
        .filter(|hole| hole.class == HoleClass::NotSubmitted)
        .map(|hole| hole.unit.as_str())
        .collect();
    // A list of needs names a unit once for each of its posts.
    units.dedup();
    units
        .into_iter()
        .map(|unit| Finding {
            code: Code::G006,
            place: None,
            also: Vec::new(),
            matter: Matter::NotSubmitted {
                unit: unit.to_owned(),
            },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::scene::Scene;

    const ROSTER: &str = "石桥镇 值班员 10-01T00:00 10-08T00:00 甲";

    #[test]
    fn bad_a_unit_the_roster_itself_calls_missing() {
        let mut scene = Scene::of(ROSTER);
        scene.roster.not_submitted.push("大湾乡".to_owned());
        let found = scene.findings(findings);
        assert_eq!(found.len(), 1);
        let unit = "大湾乡".to_owned();
        assert_eq!(found[0].matter, Matter::NotSubmitted { unit });
    }

    #[test]
    fn good_every_unit_on_the_list_is_there() {
        assert_eq!(Scene::of(ROSTER).findings(findings), []);
    }
}
