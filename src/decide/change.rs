//! What follows from an input: one transaction.

use serde::{Deserialize, Serialize};

use super::{AccountId, CircularId, Lang, LeaveId, Record, ReportId, RoundId, Say, UploadId};
use crate::journal::Entry;
use crate::spotcheck::CheckId;

/// Everything one input changes. It is committed whole or not at all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    pub records: Vec<Record>,
    /// Queued for sending with the same commit.
    pub notices: Vec<Notice>,
    /// Messages still queued under these slots are not to be sent any more.
    pub withdrawn: Vec<Slot>,
    pub journal: Vec<Entry>,
    /// What whoever did it at the desk is shown there. It is neither kept nor sent.
    pub shown: Vec<Say>,
}

/// A message to be sent: to whom, how urgent, and the facts it tells. The sentence is made when
/// it is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    pub to: AccountId,
    pub lang: Lang,
    pub urgency: Urgency,
    /// Messages of one slot are one message on the phone: the first is sent, later ones edit it.
    pub slot: Option<Slot>,
    pub say: Say,
}

/// The order in which messages leave: an answered officer sees so at once, and no report delays
/// a ping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    Receipt,
    Ping,
    Escalation,
    Report,
    /// To people nobody knows: a flood of them makes nobody else wait.
    Stranger,
}

/// A message that is kept up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    Ping(CheckId),
    Reminder(CheckId),
    Round(RoundId),
    Upload(UploadId),
    Leave(LeaveId),
    /// The question to the so-many-th rung above.
    Rung(CheckId, u8),
    /// What of a round is to be verified.
    ToVerify(RoundId),
    /// A late answer's receipt.
    Receipt(CheckId),
    /// A check as a clerk opened it, for the so-many-th time.
    Sheet(CheckId, u32),
    /// The test message.
    Test,
    Report(ReportId),
    /// All units' reports of a day, counted from the common era.
    Reports(i32),
    /// What the units said of a circular.
    CircularUnits(CircularId),
    /// The question to the so-many-th unit.
    CircularUnit(CircularId, u16),
    /// Who has read it.
    CircularReaders(CircularId),
    CircularReminder(CircularId),
}

impl Slot {
    /// Whether somebody is asked there for themselves, or for their unit, and not as the office.
    #[must_use]
    pub fn asks_a_person(self) -> bool {
        match self {
            Slot::Ping(_)
            | Slot::Reminder(_)
            | Slot::Receipt(_)
            | Slot::Rung(..)
            | Slot::Test
            | Slot::Report(_)
            | Slot::CircularUnit(..)
            | Slot::CircularReminder(_) => true,
            Slot::Round(_)
            | Slot::Upload(_)
            | Slot::Leave(_)
            | Slot::ToVerify(_)
            | Slot::Sheet(..)
            | Slot::Reports(_)
            | Slot::CircularUnits(_)
            | Slot::CircularReaders(_) => false,
        }
    }
}

impl std::fmt::Display for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Slot::Ping(id) => write!(f, "ping/{}", id.0),
            Slot::Reminder(id) => write!(f, "reminder/{}", id.0),
            Slot::Round(id) => write!(f, "round/{}", id.0),
            Slot::Upload(id) => write!(f, "upload/{}", id.0),
            Slot::Leave(id) => write!(f, "leave/{}", id.0),
            Slot::Rung(id, rung) => write!(f, "rung/{}/{rung}", id.0),
            Slot::ToVerify(id) => write!(f, "verify/{}", id.0),
            Slot::Receipt(id) => write!(f, "receipt/{}", id.0),
            Slot::Sheet(id, opened) => write!(f, "sheet/{}/{opened}", id.0),
            Slot::Test => f.write_str("test"),
            Slot::Report(id) => write!(f, "report/{}", id.0),
            Slot::Reports(day) => write!(f, "reports/{day}"),
            Slot::CircularUnits(id) => write!(f, "circular/{}/units", id.0),
            Slot::CircularUnit(id, unit) => write!(f, "circular/{}/unit/{unit}", id.0),
            Slot::CircularReaders(id) => write!(f, "circular/{}/readers", id.0),
            Slot::CircularReminder(id) => write!(f, "circular/{}/reminder", id.0),
        }
    }
}

impl Change {
    /// Both, this one first. What `later` withdraws is not queued here either: withdrawals
    /// concern what came before them, and in one change they stand before its notices.
    pub fn extend(&mut self, later: Change) {
        if !later.withdrawn.is_empty() {
            let stands = |slot: Slot| !later.withdrawn.contains(&slot);
            self.notices.retain(|n| n.slot.is_none_or(stands));
        }
        self.records.extend(later.records);
        self.notices.extend(later.notices);
        self.withdrawn.extend(later.withdrawn);
        self.journal.extend(later.journal);
        self.shown.extend(later.shown);
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Change::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ping(check: u32) -> Notice {
        Notice {
            to: AccountId(1),
            lang: Lang::Zh,
            urgency: Urgency::Ping,
            slot: Some(Slot::Ping(CheckId(check))),
            say: Say::Cancelled,
        }
    }

    #[test]
    fn a_ping_withdrawn_in_the_same_batch_is_not_sent_and_what_follows_it_is() {
        let mut batch = Change {
            notices: vec![ping(1), ping(2)],
            ..Change::default()
        };
        batch.extend(Change {
            notices: vec![ping(1)],
            withdrawn: vec![Slot::Ping(CheckId(1))],
            ..Change::default()
        });
        assert_eq!(batch.notices, [ping(2), ping(1)]);
    }
}
