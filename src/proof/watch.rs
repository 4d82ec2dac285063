//! Who is on duty, line by line: the roster in force, with the leave and the swaps that followed.

use super::Fault;
use super::book::Book;
use crate::journal::Deed;
use crate::spotcheck::{Digest, Roll};

/// The roster in force as the lines so far have it.
#[derive(Default)]
pub(super) struct Watch {
    pub version: u32,
    pub roll: Roll,
}

impl Watch {
    pub fn take(&mut self, deed: &Deed, book: &Book) -> Result<(), Fault> {
        match deed {
            Deed::RosterSealed { version, roll } => {
                let version = *version;
                let roll = book.rolls.get(roll);
                let roll = roll.ok_or(Fault::RollMissing { version })?.clone();
                *self = Self { version, roll };
            }
            Deed::DutyChanged { gone, new } => {
                let changed = self.roll.changed(gone, new);
                self.roll = changed.ok_or(Fault::DutyChanged)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether that is the roster in force.
    pub fn is(&self, version: u32, roll: Digest) -> bool {
        self.version == version && self.roll.digest() == roll
    }
}
