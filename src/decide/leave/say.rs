//! The facts of the dialogue's messages.

use serde::{Deserialize, Serialize};

use super::{Asker, LeaveEnd, LeaveId, LeaveKind, Offer};
use crate::decide::GapLine;
use crate::duty::{Reason, Turn};
use crate::roster::{Finding, Person};
use crate::time::Span;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveSay {
    /// A clerk wrote the command without a name.
    Whom {
        kind: LeaveKind,
    },
    /// Nobody of that name is on the roster.
    Unknown {
        name: String,
    },
    /// This person has no turn ahead.
    NoTurns {
        name: String,
    },
    WhichTurn {
        leave: LeaveId,
        kind: LeaveKind,
        /// For whom, where a clerk asks.
        name: Option<String>,
        offers: Vec<Offer>,
    },
    WhichReason {
        leave: LeaveId,
        span: Span,
    },
    WriteReason {
        leave: LeaveId,
    },
    WhichStandIn {
        leave: LeaveId,
        kind: LeaveKind,
        span: Span,
        offers: Vec<Offer>,
        /// Who has just said that it does not suit them.
        declined: Option<String>,
    },
    /// It would open a gap, or tire somebody.
    Confirm {
        leave: LeaveId,
        request: Request,
        effects: Effects,
    },
    /// To the asker, while somebody's answer is awaited.
    Waiting {
        leave: LeaveId,
        request: Request,
        on: Awaited,
    },
    StandInAsked {
        leave: LeaveId,
        request: Request,
    },
    /// To the stand-in, who has agreed.
    Agreed {
        request: Request,
    },
    ApproverAsked {
        leave: LeaveId,
        request: Request,
        effects: Effects,
    },
    /// To the approver, who wants a stand-in first.
    SentBack {
        request: Request,
    },
    /// To the asker, whose approver does.
    StandInFirst,
    /// Nothing was chosen.
    Forgotten,
    /// What a message of the dialogue is edited to at the end.
    Ended {
        leave: LeaveId,
        request: Request,
        end: LeaveEnd,
        to: Party,
    },
    /// The end, as news.
    News {
        leave: LeaveId,
        request: Request,
        end: LeaveEnd,
        to: Party,
    },
    /// To the duty leader, at the person's wish.
    NobodyTook {
        request: Request,
    },
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub kind: LeaveKind,
    pub asker: Asker,
    pub unit: String,
    pub name: String,
    pub span: Span,
    pub reason: Option<Reason>,
    pub stand_in: Option<Person>,
    pub in_return: Option<Turn>,
    pub agreed: Agreed,
}

/// The stand-in's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreed {
    NotYet,
    Yes,
}

/// Who has to answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Awaited {
    StandIn,
    Leader(String),
    Office,
}

/// What somebody is in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    Asker,
    /// Whose turn it is, where a clerk asked.
    Person,
    StandIn,
    Approver,
    /// The office, which is told of everything.
    Office,
}

/// What would be worse afterwards.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Effects {
    /// Posts that nobody would man, or too few.
    pub gaps: Vec<GapLine>,
    /// Somebody in two places, or without rest.
    pub findings: Vec<Finding>,
}

impl Effects {
    #[must_use]
    pub fn are_none(&self) -> bool {
        self.gaps.is_empty() && self.findings.is_empty()
    }
}
