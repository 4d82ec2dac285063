//! The facts of what is said of a circular.

use serde::{Deserialize, Serialize};

use super::{CircularId, UnitAnswer};
use crate::decide::AccountId;
use crate::report::{Established, Gap, Naming, Open};
use crate::spotcheck::CheckId;
use crate::time::{Moment, Span};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CircularSay {
    /// The period has not begun: nothing has come to pass.
    TooEarly {
        start: Moment,
    },
    /// With the draft as a file.
    Draft {
        circular: CircularId,
        numbers: Numbers,
        naming: Naming,
        /// Left out of it; at most [`CircularSay::SHOWN`].
        open: Vec<Open>,
        open_count: u32,
        /// The one before says something that holds no longer, or not enough.
        why: Why,
    },
    /// What there is to verify, each with its button; at most [`CircularSay::SHOWN`].
    ToVerify {
        circular: CircularId,
        open: Vec<Open>,
        open_count: u32,
    },
    /// The units' answers as they come.
    UnitsHeard {
        circular: CircularId,
        units: Vec<UnitHeard>,
        until: Moment,
    },
    /// Nothing in it concerns any unit.
    NobodyToAsk,
    /// To a unit: is it so?
    Question {
        circular: CircularId,
        place: u16,
        unit: String,
        gaps: Vec<Gap>,
        findings: Vec<Established>,
        until: Moment,
        answer: Option<UnitAnswer>,
    },
    /// The next text is the unit's statement.
    StatementAsked {
        unit: String,
    },
    AskUnitsFirst {
        circular: CircularId,
    },
    Outstanding {
        circular: CircularId,
        units: Vec<String>,
        until: Moment,
    },
    /// Nobody but the drafter could approve it; whom the settings name, if anybody.
    NoApprover {
        named: Option<String>,
    },
    Submitted {
        to: Vec<String>,
    },
    /// To whoever may approve it, with the draft as a file.
    Approval {
        circular: CircularId,
        covered: Span,
        drafted_by: String,
        numbers: Numbers,
        naming: Naming,
        units: Vec<UnitHeard>,
    },
    /// To the drafter.
    Returned {
        circular: CircularId,
        by: String,
    },
    /// To the drafter: what the approver looked at had changed meanwhile.
    ChangedMeanwhile,
    /// With the circular as a file.
    Published {
        circular: CircularId,
        covered: Span,
        by: String,
        naming: Naming,
    },
    /// Who has read it.
    Readers {
        circular: CircularId,
        covered: Span,
        by: String,
        read: u32,
        total: u32,
        /// Names of those who have not; at most [`CircularSay::SHOWN`].
        unread: Vec<String>,
        /// Units nobody of which has an account.
        unreached: Vec<String>,
    },
    Reminder {
        circular: CircularId,
        covered: Span,
    },
    /// To the office: something published holds no longer.
    CorrectionDue {
        circular: CircularId,
        covered: Span,
        finding: Established,
    },
    /// To the readers.
    /// With the corrected circular as a file.
    Corrected {
        /// Lines of earlier programs lack it, and the file with it.
        #[serde(default)]
        circular: Option<CircularId>,
        covered: Span,
        check: CheckId,
        finding: Established,
        naming: Naming,
        by: String,
        at: Moment,
    },
}

impl CircularSay {
    pub const SHOWN: usize = 8;
}

/// Why a draft is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    Asked,
    /// Something has changed since the one before.
    Changed,
}

/// How much of what is in a circular.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    pub covered: Span,
    pub gaps: u32,
    pub findings: u32,
    pub late: u32,
    pub not_submitted: u32,
    /// Units of which something is said.
    pub units: u32,
}

/// What one unit said, or that it said nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitHeard {
    pub unit: String,
    /// None: nobody of it has an account.
    pub asked: Vec<AccountId>,
    pub answer: Option<UnitAnswer>,
    /// Where its gaps stand among the circular's.
    pub gaps: Vec<u16>,
    pub checks: Vec<CheckId>,
}
