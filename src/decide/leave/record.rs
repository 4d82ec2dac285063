//! A request for leave, a stand-in or a swap, from the first question to its end.

use serde::{Deserialize, Serialize};

use crate::decide::AccountId;
use crate::duty::{Amendment, Fit, Reason, Turn};
use crate::roster::Person;
use crate::spotcheck::CheckId;
use crate::time::{Moment, Span, TimeDelta};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LeaveId(pub u32);

/// One request. The dialogue stands in it too, so that it goes on after a crash where it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    pub id: LeaveId,
    pub kind: LeaveKind,
    /// Who leads the dialogue: the person, or a clerk for them.
    pub by: AccountId,
    pub asker: Asker,
    pub at: Moment,
    pub unit: String,
    pub person: Person,
    /// What would change; none before a turn is chosen.
    pub amendment: Option<Amendment>,
    pub reason: Option<Reason>,
    /// What the numbered buttons of the open question stand for.
    pub offered: Vec<Offer>,
    /// Who was asked to stand in and could not.
    pub declined: Vec<Person>,
    /// The stand-in's word.
    pub agreed: Option<Consent>,
    /// The check in answer to which the person said that somebody else has the shift.
    #[serde(default)]
    pub check: Option<CheckId>,
    pub state: LeaveState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveKind {
    /// 请假.
    Leave,
    /// 换班: two turns change places.
    Swap,
    /// 替班: somebody else takes the turn, for no stated reason.
    Cover,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asker {
    Oneself,
    /// A clerk, who orders it: nobody else has to agree.
    Clerk,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offer {
    /// A turn to be given away, and what of it.
    Turn(Turn, Span),
    StandIn(Person),
    /// A turn to be taken in exchange.
    Return(Turn),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    pub by: AccountId,
    pub at: Moment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveState {
    ChoosingTurn,
    ChoosingReason,
    /// The next text is the reason.
    WritingReason,
    ChoosingStandIn,
    /// It would open a gap or tire somebody: is it to be sent all the same?
    Confirming,
    AskingStandIn,
    /// `None`: the office, whichever clerk answers first.
    AskingApprover {
        approver: Option<AccountId>,
    },
    Ended(LeaveEnd),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveEnd {
    /// It was never sent.
    Dropped,
    /// In force since then.
    Approved {
        consent: Consent,
    },
    Refused {
        consent: Consent,
    },
    Withdrawn {
        at: Moment,
    },
    /// Nobody answered in time. `offer`: whether the leader is to be told.
    Expired {
        at: Moment,
        leader: Leader,
    },
    /// A new version of the roster does not have the turn.
    Lapsed {
        at: Moment,
        version: u32,
        fit: Fit,
    },
}

/// Whether the duty leader knows that nobody took a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leader {
    NotAsked,
    Told,
    NotTold,
}

/// A button of the dialogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeavePress {
    /// The offer of this number, from 0.
    Pick(u8),
    Ill,
    Family,
    Official,
    Other,
    /// Nobody was found.
    NoStandIn,
    /// Somebody is to take the turn with nothing in exchange.
    Cover,
    /// Back to the choice of a stand-in.
    ChooseAgain,
    /// All the same.
    GoOn,
    /// Forget it; nothing was sent yet.
    Drop,
    Withdraw,
    Agree,
    Refuse,
    /// A stand-in first.
    SendBack,
    TellLeader,
    DoNotTell,
}

/// A request waits for an answer until this long before the turn begins.
const LEAD: TimeDelta = TimeDelta::hours(2);
/// A dialogue in which no turn was chosen is forgotten after so long.
const FORGOTTEN: TimeDelta = TimeDelta::hours(24);

impl LeaveKind {
    /// Whether the stand-in may be named in a text.
    #[must_use]
    pub fn takes_a_name(self) -> bool {
        self != LeaveKind::Swap
    }
}

impl Leave {
    /// Whether it says who is on duty, and since when.
    #[must_use]
    pub fn in_force(&self) -> Option<(Moment, &Amendment)> {
        match (&self.state, &self.amendment) {
            (LeaveState::Ended(LeaveEnd::Approved { consent }), Some(amendment)) => {
                Some((consent.at, amendment))
            }
            _ => None,
        }
    }

    /// Whether the person still fills it in.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        !self.is_asked() && !matches!(self.state, LeaveState::Ended(_))
    }

    /// Whether somebody's answer is awaited.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        matches!(
            self.state,
            LeaveState::AskingStandIn | LeaveState::AskingApprover { .. }
        )
    }

    /// When it expires if nobody answers; none once it has ended.
    #[must_use]
    pub fn expires(&self) -> Option<Moment> {
        if matches!(self.state, LeaveState::Ended(_)) {
            return None;
        }
        let Some(amendment) = &self.amendment else {
            return Some(self.at + FORGOTTEN);
        };
        let (start, end) = (amendment.span.start(), amendment.span.end());
        Some(if self.at < start - LEAD {
            start - LEAD
        } else if self.at < start {
            start
        } else {
            end.min(self.at + LEAD)
        })
    }
}
