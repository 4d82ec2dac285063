//! What happened, in order, so that it can be shown afterwards who did what and on what evidence.

use serde::{Deserialize, Serialize};

use crate::duty::{Amendment, Fit, Heading, Reason};
use crate::roster::Answer;
use crate::spotcheck::{
    Attachment, CheckId, Commitment, Delivery, Digest, Duty, Event, Ladder, NotHeld, Occasion,
    Outcome, Rung, Said, Sighting, Standing, Verdict, VerdictReason,
};
use crate::time::{Moment, Span};

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
    /// A link for a second clerk was made.
    ClerkInvited {
        account: i64,
    },
    /// By the link of the clerk `by`.
    ClerkJoined {
        account: i64,
        name: String,
        by: i64,
    },
    ClerkDismissed {
        account: i64,
        name: String,
        by: i64,
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
        /// What its outcome is judged by. Lines of earlier programs lack it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ladder: Option<Ladder>,
    },
    /// 补查: `check` asks again whom `instead_of` asked, which was void for a fault of ours.
    CheckMadeUp {
        check: CheckId,
        instead_of: CheckId,
    },
    /// Written by earlier programs; today's write [`Deed::CheckHappened`].
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
    /// An older version's roster is in force again, as a version of its own.
    RosterRestored {
        account: i64,
        version: u32,
        restored: u32,
    },
    /// What its state rests on: with the ladder it was asked by, these lines make its outcome.
    CheckHappened {
        check: CheckId,
        event: Event,
        /// Of the update an answer came by, to the letter. Lines of earlier programs lack it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        raw: Option<Digest>,
    },
    /// A version in force says this of who is on duty when.
    RosterSealed {
        version: u32,
        roll: Digest,
    },
    /// Leave and swaps: who is really on duty from here on, beside what the version says.
    DutyChanged {
        gone: Vec<Duty>,
        new: Vec<Duty>,
    },
    DrawCommitted {
        draw: u32,
        why: Occasion,
        commitment: Commitment,
    },
    LotHeld {
        draw: u32,
        unit: String,
        number: u32,
        /// When it was due.
        due: Moment,
        round: u32,
        check: CheckId,
        /// Whom it was drawn from, in order.
        among: Vec<String>,
        name: String,
        shift: Span,
    },
    LotNotHeld {
        draw: u32,
        unit: String,
        number: u32,
        due: Option<Moment>,
        why: NotHeld,
    },
    DrawRevealed {
        draw: u32,
        seed: Digest,
    },
    /// Our clock was set on by so much.
    ClockSet {
        by_ms: i64,
    },
    /// An older copy of the database was put back: at least so many lines that stood here are gone.
    BackupRestored {
        lines: u64,
    },
    /// Somebody above was asked to look.
    RungAsked {
        check: CheckId,
        rung: Rung,
        account: i64,
        name: String,
    },
    /// Nobody could be asked there.
    RungSkipped {
        check: CheckId,
        rung: Rung,
        standing: Standing,
        unit: String,
        name: String,
    },
    /// Somebody above, or the office, rang or looked.
    Sighted {
        check: CheckId,
        rung: Rung,
        account: i64,
        name: String,
        sighting: Sighting,
    },
    PersonSaid {
        check: CheckId,
        account: i64,
        said: Said,
    },
    VerdictGiven {
        check: CheckId,
        account: i64,
        name: String,
        verdict: Verdict,
        reason: VerdictReason,
    },
    /// The person's own answer turned up.
    VerdictWithdrawn {
        check: CheckId,
        verdict: Verdict,
    },
    /// A file named units its sender does not speak for.
    ForeignUnits {
        account: i64,
        upload: u32,
    },
    /// Units were chased, by a message each to these accounts.
    UnitsChased {
        account: i64,
        chase: Chase,
        units: Vec<String>,
        told: Vec<i64>,
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

    /// A clerk came in at the web desk; what they do there carries their account like a chat.
    DeskOpened {
        account: i64,
    },
    DeskClosed {
        account: i64,
    },
    /// Who works at the desk without a chat.
    DeskNamed {
        account: i64,
        name: String,
    },
    /// Somebody uses their own page: from here on they may try to answer there.
    PageOpened {
        unit: String,
        name: String,
    },
    /// Somebody's links lead nowhere any more.
    LinksTakenBack {
        account: i64,
        unit: String,
        name: String,
    },
    CircularDrafted {
        circular: u32,
        account: i64,
        gaps: u32,
        findings: Vec<CheckId>,
        /// Checks nobody has verified.
        left_out: Vec<CheckId>,
    },
    /// A gap is not to be published, by this person's decision.
    CircularGapStruck {
        circular: u32,
        account: i64,
        name: String,
        unit: String,
        post: String,
        span: Span,
    },
    CircularUnitsAsked {
        circular: u32,
        account: i64,
        units: Vec<String>,
    },
    /// `words`: what the unit says to it; none where it is so.
    CircularUnitAnswered {
        circular: u32,
        account: i64,
        name: String,
        unit: String,
        words: Option<String>,
        /// Photos and voice messages.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attachments: Vec<Attachment>,
    },
    CircularSubmitted {
        circular: u32,
        account: i64,
        to: Vec<i64>,
    },
    CircularReturned {
        circular: u32,
        account: i64,
        name: String,
    },
    /// On this person's word.
    CircularPublished {
        circular: u32,
        account: i64,
        name: String,
        naming: Naming,
        findings: Vec<CheckId>,
        readers: Vec<i64>,
    },
    CircularRead {
        circular: u32,
        account: i64,
    },
    CircularCorrected {
        circular: u32,
        check: CheckId,
        account: i64,
        name: String,
    },
}

/// Whether a circular names people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Naming {
    #[default]
    Named,
    /// 不点名: units only.
    Unnamed,
}

/// What units are chased for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chase {
    /// 催报: no roster has come.
    Roster,
    /// 催补: it has gaps.
    Gaps,
    /// Its people have no account yet.
    Binding,
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
