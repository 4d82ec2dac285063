//! What happened, in order, so that it can be shown afterwards who did what and on what evidence.

use serde::{Deserialize, Serialize};

use crate::roster::Answer;
use crate::spotcheck::{CheckId, Delivery, Outcome};
use crate::time::Moment;

/// One line of the journal. Lines are only ever added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub at: Moment,
    pub deed: Deed,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    ClerkClaimed {
        account: i64,
    },
    ClerkRefused {
        account: i64,
    },
    PersonBound {
        account: i64,
        unit: String,
        name: String,
    },
    PersonUnbound {
        account: i64,
        by: i64,
        unit: String,
        name: String,
    },
    ForeignContact {
        account: i64,
    },
    ForeignButton {
        account: i64,
    },
    StrangerFile {
        account: i64,
    },
    RosterReceived {
        account: i64,
        upload: u32,
        file_name: String,
    },
    RosterInForce {
        account: i64,
        upload: u32,
        version: u32,
    },
    RosterAside {
        account: i64,
        upload: u32,
    },
    /// A question of the upload's form was answered; the answer holds nobody's number.
    FormTold {
        account: i64,
        upload: u32,
        answer: Answer,
    },
    /// What had been said of the form was taken back.
    FormForgotten {
        account: i64,
        upload: u32,
    },
    RoundOrdered {
        account: i64,
        round: u32,
        checks: u32,
        version: u32,
    },
    CheckAsked {
        check: CheckId,
        unit: String,
        name: String,
        version: u32,
    },
    CheckDelivered {
        check: CheckId,
        delivery: Delivery,
    },
    CheckClosed {
        check: CheckId,
        outcome: Outcome,
    },
    /// Later evidence raised it.
    CheckAmended {
        check: CheckId,
        before: Outcome,
        outcome: Outcome,
    },
}

/// The first 32 bytes a chain starts from.
pub const ORIGIN: [u8; 32] = [0; 32];

/// The chain's next link: SHA-256 over the link before and the entry's JSON.
#[must_use]
pub fn link(before: &[u8; 32], entry_json: &str) -> [u8; 32] {
    use sha2::Digest;
    let mut hasher = sha2::Sha256::new();
    hasher.update(before);
    hasher.update(entry_json.as_bytes());
    hasher.finalize().into()
}
