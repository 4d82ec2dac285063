//! Circulars as the office sees them now, for whoever looks without having been written to.

use super::{CircularSay, Proceeding, Stage, Why, named, numbers, open_as_of, readers, units};
use crate::decide::{AccountId, Say, World};
use crate::report::Open;

impl World {
    /// Those on their way and those that went out, the newest first.
    #[must_use]
    pub fn circulars(&self) -> Vec<Proceeding> {
        let proceedings = self.proceedings.values().rev();
        let shown = proceedings.filter(|p| p.stage != Stage::Superseded);
        shown.cloned().collect()
    }

    /// The messages that tell how it stands, as a clerk `reader` would have them.
    #[must_use]
    pub fn circular_stands(&self, proceeding: &Proceeding, reader: AccountId) -> Vec<Say> {
        let mut said = Vec::new();
        match &proceeding.stage {
            Stage::Draft => said.push(draft(self, proceeding)),
            Stage::Submitted { to, .. } if to.contains(&reader) => {
                said.push(approval(self, proceeding));
            }
            Stage::Submitted { to, .. } => {
                let to = to.iter().map(|account| self.name_of(*account)).collect();
                said.push(CircularSay::Submitted { to });
            }
            Stage::Published(_) => said.extend(readers::counted(self, proceeding)),
            Stage::Superseded => {}
        }
        if let Some(until) = proceeding.until().filter(|_| proceeding.is_open()) {
            said.push(CircularSay::UnitsHeard {
                circular: proceeding.id,
                units: units::heard(proceeding),
                until,
            });
        }
        said.extend(readers::corrections_due(proceeding));
        let said = said.into_iter();
        said.map(|said| Say::Circular(Box::new(said))).collect()
    }

    /// By the roster where it names them; else as the chat does.
    pub(super) fn name_of(&self, account: AccountId) -> String {
        let account = self.accounts.get(&account);
        account.map_or_else(String::new, named)
    }
}

fn draft(world: &World, proceeding: &Proceeding) -> CircularSay {
    let open: Vec<Open> = open_as_of(world, proceeding);
    CircularSay::Draft {
        circular: proceeding.id,
        numbers: numbers(&proceeding.facts),
        naming: proceeding.naming,
        open_count: super::number(open.len()),
        open: open.into_iter().take(CircularSay::SHOWN).collect(),
        why: Why::Asked,
    }
}

fn approval(world: &World, proceeding: &Proceeding) -> CircularSay {
    CircularSay::Approval {
        circular: proceeding.id,
        covered: proceeding.facts.covered,
        drafted_by: world.name_of(proceeding.by),
        numbers: numbers(&proceeding.facts),
        naming: proceeding.naming,
        units: units::heard(proceeding),
    }
}
