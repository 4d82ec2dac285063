//! What happened, in order, so that it can be shown afterwards who did what and on what evidence.

use serde::{Deserialize, Serialize};

use crate::duty::{Amendment, Fit, Heading, Reason};
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

    /// Sent to whoever has to agree.
    LeaveAsked {
        leave: u32,
        account: i64,
        amendment: Box<Amendment>,
        reason: Option<Reason>,
    },
    StandInAgreed {
        leave: u32,
        account: i64,
    },
    StandInRefused {
        leave: u32,
        account: i64,
    },
    /// The approver wants a stand-in first.
    LeaveSentBack {
        leave: u32,
        account: i64,
    },
    /// From here on the amendment says who is on duty.
    LeaveApproved {
        leave: u32,
        account: i64,
        amendment: Box<Amendment>,
    },
    /// A clerk ordered it, without asking anybody.
    LeaveOrdered {
        leave: u32,
        account: i64,
        amendment: Box<Amendment>,
        reason: Option<Reason>,
    },
    LeaveRefused {
        leave: u32,
        account: i64,
    },
    LeaveWithdrawn {
        leave: u32,
        account: i64,
    },
    /// Nobody answered in time.
    LeaveExpired {
        leave: u32,
    },
    /// A new version of the roster does not have its turn.
    LeaveLapsed {
        leave: u32,
        version: u32,
        fit: Fit,
    },
    /// The test message before the holiday.
    TestSent {
        account: i64,
        unit: String,
        name: String,
    },
    /// The first sign of life after it: from here on silence counts.
    TestAnswered {
        account: i64,
    },
    /// 平安无事.
    ReportedQuiet {
        account: i64,
        unit: String,
        day: chrono::NaiveDate,
    },
    ReportedMatter {
        account: i64,
        unit: String,
        day: chrono::NaiveDate,
        heading: Heading,
        words: String,
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
