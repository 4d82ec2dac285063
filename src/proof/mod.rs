//! Whether an exported journal holds: the chain link by link, the draw from its revealed seed,
//! every outcome from its evidence, the updates the answers came by among it. Everything it needs is in the file; it asks no program, no
//! network and no clock, and stops at the first line that contradicts another.
//!
//! It does not know where a journal is kept, nor how a contradiction is told.

mod book;
mod draws;
mod outcomes;
mod updates;
mod watch;

pub use book::{Entered, Originals, written};
pub use updates::named;

use crate::spotcheck::{CheckId, Digest, Exposure, Outcome};
use draws::Draws;
use outcomes::Outcomes;
use watch::Watch;

/// What was proven.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// Of the journal.
    pub lines: u64,
    pub head: Option<Digest>,
    /// The line the head the reader holds belongs to.
    pub known_line: Option<u64>,
    /// Outcomes recomputed from their evidence.
    pub outcomes: u64,
    /// Outcomes of checks an earlier program wrote down without what they are judged by.
    pub unproven: u64,
    pub draws: Vec<DrawProof>,
    /// Of all random checks in the journal.
    pub exposure: Exposure,
}

/// What was proven of one draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawProof {
    pub draw: u32,
    pub commitments: u32,
    pub held: u32,
    pub not_held: u32,
    /// `None` while it is secret: then only the form of the draw was looked at.
    pub seed: Option<Digest>,
}

/// The first line that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// Of the file, from 1.
    pub line: usize,
    pub fault: Box<Fault>,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file does not begin as an export does.
    NoExport,
    /// The line is not as it was written.
    Form,
    /// A roster's text is not the one its digest names, or stands in another place.
    Roll,
    /// No line of the journal names this roster.
    RollUnnamed,
    /// The journal names a roster the file does not hold.
    RollMissing { version: u32 },
    /// A line is missing, doubled or in another place.
    Number { expected: u64 },
    /// The link is not made of the line before and this one.
    Link,
    /// The line says something this program does not know.
    Unknown,
    /// The file's last line is not the head of its journal.
    Head,
    /// The head the reader holds is no link of this journal.
    HeadUnknown,

    /// The update's text is not the one its digest names, or stands in another place.
    Update,
    /// No line of the journal names this update.
    UpdateUnnamed,
    /// The journal names the update an answer came by, and the file does not hold it.
    UpdateMissing { check: CheckId },
    /// The update is of another moment, another person or another check than the answer.
    UpdateOther { check: CheckId },

    /// The check was never asked, or asked twice.
    NoCheck { check: CheckId },
    /// The roster says that this person was not on duty there then.
    NotOnDuty { check: CheckId, version: u32 },
    /// It takes somebody off a duty they were not on.
    DutyChanged,
    /// It asks nobody again whose check was void for a fault of the office's.
    MadeUp { check: CheckId },
    /// What is said to have happened could not have happened to a check that stood so.
    NoEffect { check: CheckId },
    /// The evidence makes another outcome than the one written; `None` for no outcome yet.
    Outcome {
        check: CheckId,
        written: Option<Outcome>,
        evident: Option<Outcome>,
    },

    /// A commitment to a roster that is not in force, or that does not follow the one before.
    Commitment { draw: u32 },
    /// The seed revealed is not the one that was committed to.
    Seed { draw: u32 },
    /// The seed was told twice, or before the period was over.
    Reveal { draw: u32 },
    /// The seed has no such check at that time.
    Lot {
        draw: u32,
        unit: String,
        number: u32,
    },
    /// The seed picks somebody else of those on duty.
    Picked {
        draw: u32,
        unit: String,
        number: u32,
    },
    /// It was due, and nothing is written of it.
    LotSkipped {
        draw: u32,
        unit: String,
        number: u32,
    },
}

/// What `file` proves. `known_head` is a head the reader holds, from whatever day: every line up
/// to it is then the line it was that day.
pub fn proven(file: &[u8], known_head: Option<Digest>) -> Result<Proof, Contradiction> {
    let book = book::read(file)?;
    let mut outcomes = Outcomes::default();
    let mut draws = Draws::of(&book);
    let mut watch = Watch::default();
    for entered in &book.entries {
        let at_line = |fault| Contradiction {
            line: entered.line,
            fault: Box::new(fault),
        };
        let seen = watch.take(&entered.entry.deed, &book);
        seen.and_then(|()| outcomes.take(entered, &watch, &book))
            .and_then(|()| draws.take(entered, &watch, &outcomes))
            .map_err(at_line)?;
    }
    let last = book.entries.last().map_or(1, |entered| entered.line);
    let at_end = |fault| Contradiction {
        line: last,
        fault: Box::new(fault),
    };
    outcomes.end().map_err(at_end)?;
    let known = |known: Digest| book.entries.iter().position(|e| e.link == known);
    let known_line = match known_head.map(known) {
        None => None,
        Some(Some(index)) => Some(index as u64 + 1),
        Some(None) => {
            return Err(Contradiction {
                line: book.head_line,
                fault: Box::new(Fault::HeadUnknown),
            });
        }
    };
    Ok(Proof {
        lines: book.entries.len() as u64,
        head: book.entries.last().map(|entered| entered.link),
        known_line,
        outcomes: outcomes.proven,
        unproven: outcomes.unproven,
        exposure: draws.exposure(&outcomes),
        draws: draws.proofs(),
    })
}
