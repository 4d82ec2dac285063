//! A circular on its way: drafted, the units heard, approved by a person, read.

use serde::{Deserialize, Serialize};

use crate::decide::AccountId;
use crate::report::{Circular, Gap, Naming};
use crate::spotcheck::{Attachment, CheckId};
use crate::time::{Moment, TimeDelta};

/// How long units have to say what they have to say.
pub(super) const UNITS_PATIENCE: TimeDelta = TimeDelta::hours(24);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CircularId(pub u32);

/// One draft and what became of it. Its facts never change: what changes them makes another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proceeding {
    pub id: CircularId,
    pub by: AccountId,
    /// As of when its facts hold.
    pub at: Moment,
    pub facts: Circular,
    pub naming: Naming,
    /// Gaps that a clerk has taken out on a unit's word.
    pub struck: Vec<Struck>,
    pub stage: Stage,
    /// When the units were asked.
    pub asked: Option<Moment>,
    pub units: Vec<Questioned>,
    /// When the office was told that some did not answer in time.
    pub overdue_told: Option<Moment>,
    pub readers: Vec<Reader>,
    pub corrections: Vec<Correction>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Draft,
    /// With those who may approve it.
    Submitted {
        at: Moment,
        to: Vec<AccountId>,
    },
    Published(Approval),
    /// Another draft has taken its place.
    Superseded,
}

/// Whose word it goes out on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    pub by: AccountId,
    pub name: String,
    pub at: Moment,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Struck {
    pub gap: Gap,
    pub by: String,
}

/// A unit asked whether what is said of it is so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Questioned {
    pub unit: String,
    /// None where nobody of it has an account.
    pub asked: Vec<AccountId>,
    pub answer: Option<UnitAnswer>,
    /// Whose next text is the unit's statement.
    pub writing: Option<AccountId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitAnswer {
    pub by: AccountId,
    pub name: String,
    pub at: Moment,
    /// `None`: it is so. Empty where it stands in what they showed or spoke.
    pub words: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    pub account: AccountId,
    pub read: Option<Moment>,
}

/// Something that was published holds no longer, in somebody's favour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub check: CheckId,
    /// Who sent it to the readers; nobody yet.
    pub sent: Option<Approval>,
}

/// What a button of a circular means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CircularPress {
    /// The draft once more, of the facts as they are now.
    Anew,
    Verify,
    AskUnits,
    Name,
    DoNotName,
    Submit,
    /// Without waiting for the units that have not answered.
    SubmitNow,
    Approve,
    Return,
    Read,
    RemindReaders,
    /// 属实, by the so-many-th unit.
    True(u16),
    /// 有说明.
    Explain(u16),
    /// The so-many-th gap is taken out.
    Strike(u16),
    /// The correction about this check goes out.
    Correct(CheckId),
}

impl Proceeding {
    /// By when units answer.
    #[must_use]
    pub fn until(&self) -> Option<Moment> {
        self.asked.map(|asked| asked + UNITS_PATIENCE)
    }

    /// Units that were asked and have not answered.
    pub fn unanswered(&self) -> impl Iterator<Item = &Questioned> {
        let units = self.units.iter();
        units.filter(|unit| unit.answer.is_none() && !unit.asked.is_empty())
    }

    /// Whether something can still become of it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Draft | Stage::Submitted { .. })
    }

    #[must_use]
    pub fn approval(&self) -> Option<&Approval> {
        match &self.stage {
            Stage::Published(approval) => Some(approval),
            _ => None,
        }
    }

    /// What units said beside "it is so".
    #[must_use]
    pub fn statements(&self) -> Vec<(&str, &UnitAnswer)> {
        let said = self.units.iter().filter_map(|unit| {
            let answer = unit.answer.as_ref()?;
            answer
                .words
                .is_some()
                .then_some((unit.unit.as_str(), answer))
        });
        said.collect()
    }

    /// When the office is to hear of units that did not answer.
    pub(super) fn next_wake(&self) -> Option<Moment> {
        let waits = self.is_open() && self.overdue_told.is_none();
        let waits = waits && self.unanswered().next().is_some();
        self.until().filter(|_| waits)
    }
}
