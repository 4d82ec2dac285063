use serde::{Deserialize, Serialize};

use super::{Blind, Evidence};
use crate::time::Moment;

/// How a check ended. Every one names its evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 在岗: answered in time.
    Present { evidence: Evidence },
    /// 迟答: answered after the deadline.
    Late { by_secs: u32, evidence: Evidence },
    /// 没答, 待核实: the queue was read dry after the deadline and held no answer.
    NoAnswer { queue_read_from: Moment },
    /// 送不到: the question never reached a phone.
    Undeliverable { reason: Unreached },
    /// 作废: our side was blind, or the check was called off. It says nothing of the person.
    Void { reason: VoidReason },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unreached {
    /// No account is bound to this person.
    NotBound,
    /// The person stopped the bot.
    Blocked,
    /// The person never started the bot.
    NeverStarted,
    /// The account was deleted.
    Deactivated,
    /// Telegram knows no such chat, or refuses the message for good.
    Refused,
    /// It arrived, but the person never answered the test message before the holiday: nobody
    /// knows whether they read any.
    NotVerified,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoidReason {
    /// An answer could have been lost on our side.
    Blind(Blind),
    /// The question could not be sent in time.
    Unsent {
        queued: Moment,
        given_up: Moment,
    },
    Cancelled,
    /// The person said, in time, why not.
    Excused {
        plea: Plea,
        evidence: Evidence,
    },
}

/// What a person may say in place of "here". It is their word, and somebody looks into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plea {
    /// 暂时离开: back within minutes.
    SteppedOut,
    /// 已换班: somebody else has this shift.
    Swapped,
    /// 另有情况: to be told in words.
    Otherwise,
}

impl Outcome {
    /// What the person gains by it: evidence may only ever raise an outcome. A void and an
    /// undelivered question say nothing against anybody; a late answer would.
    #[must_use]
    pub fn favour(&self) -> u8 {
        match self {
            Outcome::Present { .. } => 2,
            Outcome::Late { .. } | Outcome::Undeliverable { .. } | Outcome::Void { .. } => 1,
            Outcome::NoAnswer { .. } => 0,
        }
    }
}
