//! The facts of every message the program sends; `words` makes the sentences.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{DailySay, LeaveSay, Order, Readiness, RoundId, UploadId};
use crate::roster::{Finding, Phone, Presence, Role};
use crate::spotcheck::{CheckId, Outcome};
use crate::time::{Moment, Period, Span};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Say {
    /// A short line over the pressed button (`answerCallbackQuery`).
    Toast {
        query: String,
        toast: Toast,
    },
    /// 👀 on a message of the reader's.
    Seen {
        message: i32,
    },

    Welcome,
    Claimed,
    ClaimRefused,
    Bound {
        unit: String,
        name: String,
        shifts: Vec<Span>,
    },
    NumberNotInRoster {
        phone: Option<Phone>,
    },
    NumberUnknownToOffice {
        account: String,
        phone: Option<Phone>,
    },
    ForeignContact,
    LinkRefused {
        why: LinkRefusal,
    },
    TakenByAnother {
        unit: String,
        name: String,
    },

    Help {
        who: Listener,
    },
    NotUnderstood {
        who: Listener,
    },
    UnknownCommand {
        command: String,
    },
    Unreadable,
    PhotoNotRoster,
    Stranger,
    FileRefused,
    OnlyForClerks,
    Cancelled,
    LangSet,
    LangChoice,

    NoRoster,
    Gaps(GapReport),
    /// `page` of `pages`, from 1.
    Who {
        at: Moment,
        version: u32,
        units: Vec<OnDuty>,
        page: u32,
        pages: u32,
    },
    MyShifts {
        name: String,
        unit: String,
        shifts: Vec<Span>,
    },
    NotBoundYet,
    Unbound {
        people: Vec<Unlinked>,
        total: u32,
        page: u32,
        pages: u32,
    },
    InviteUnknown {
        name: String,
    },
    /// A link was asked for, for nobody.
    InviteWhom,
    /// To the clerk, and to the account that was bound.
    UnboundNow {
        unit: String,
        name: String,
    },
    UnbindUnknown {
        name: String,
    },
    /// A link was asked for somebody who needs none.
    InviteBound {
        unit: String,
        name: String,
    },

    ReadingFile {
        file_name: String,
    },
    FileRead {
        upload: UploadId,
        file_name: String,
        report: Box<FileReport>,
    },
    FileTooLarge {
        file_name: String,
        bytes: u64,
    },
    FileGone {
        file_name: String,
    },
    PutInForce {
        version: u32,
        replaced: Option<u32>,
        units: u32,
        shifts: u32,
        unbound: u32,
    },
    PutAside {
        file_name: String,
    },

    CheckChoice {
        on_duty: u32,
    },
    UnitUnknown {
        asked: String,
        nearest: Option<String>,
    },
    NobodyOnDuty {
        order: Order,
        next: Option<Moment>,
    },
    RoundStarted {
        round: RoundId,
        people: u32,
        unreached: u32,
        window_secs: u64,
    },
    Ping(Ping),
    Reminder(Ping),
    /// What the ping's message is edited to once it stands.
    Standing {
        check: CheckId,
        name: String,
        presence: Presence,
        outcome: Outcome,
        deadline: Option<Moment>,
        took_secs: Option<u32>,
    },
    /// A late answer's own receipt.
    LateReceipt {
        check: CheckId,
        at: Moment,
        by_secs: u32,
    },
    /// A text that answers nothing that was asked.
    NothingToAnswer,
    /// A number that is not theirs, while these wait for an answer of theirs.
    OtherNumber {
        waiting: Vec<CheckId>,
    },
    /// A text that answered a check.
    AnswerReceipt {
        check: CheckId,
        at: Moment,
    },
    Escalation {
        check: CheckId,
        unit: String,
        name: String,
        window_secs: u64,
        duty_line: Option<String>,
    },
    RoundSummary(RoundSummary),
    /// Another program reads the same bot's queue.
    TwoReaders,

    Leave(Box<LeaveSay>),

    /// The test message before the holiday.
    Test {
        name: String,
    },
    /// What it is edited to.
    TestAnswered {
        at: Moment,
    },
    /// To the clerk: so many were sent.
    TestSent {
        people: u32,
    },
    Ready(Box<Readiness>),
    Daily(Box<DailySay>),
    /// An empty roster to fill in, as a file; `unit` filled in where there is one.
    Template {
        unit: Option<String>,
        first_day: NaiveDate,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Toast {
    Recorded {
        at: Moment,
    },
    RecordedLate {
        at: Moment,
    },
    /// Answered before.
    Already,
    Done,
    NotYours,
    Outdated,
    OnlyForClerks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listener {
    Clerk,
    Officer,
    Outsider,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkRefusal {
    Used,
    Unknown,
    /// It was no link but a number, and its person has another account.
    NumberTaken,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ping {
    pub check: CheckId,
    pub name: String,
    pub role: Role,
    pub presence: Presence,
    pub window_ms: u64,
    /// By our clock, where it is known already; a ping's own is counted from its sending.
    pub deadline: Option<Moment>,
}

/// What a file turned out to hold, as its sender has to be told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileReport {
    pub units: u32,
    pub shifts: u32,
    /// Findings at error first, then warnings; at most [`FileReport::SHOWN`].
    pub findings: Vec<Finding>,
    pub errors: u32,
    pub warnings: u32,
    pub gaps: GapReport,
    /// Rows (as the spreadsheet counts them) that could not be read.
    pub unread_rows: Vec<u32>,
    /// Units of the version in force that this file does not name and leaves as they are.
    pub kept_units: u32,
}

impl FileReport {
    pub const SHOWN: usize = 8;
}

/// Uncovered time, the nearest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapReport {
    pub now: Option<Moment>,
    pub period: Option<Period>,
    /// Officers' posts; at most [`GapReport::SHOWN`].
    pub gaps: Vec<GapLine>,
    pub gap_count: u32,
    pub gap_minutes: u64,
    /// Leaders' posts; at most [`GapReport::SHOWN`].
    pub leader_gaps: Vec<GapLine>,
    pub leader_gap_count: u32,
    pub not_submitted: Vec<String>,
    /// Stretches beside rows that could not be read.
    pub cannot_read: u32,
    pub units: u32,
    pub units_fine: u32,
    /// Units with a duty leader's post: of the others nobody can say that a leader is missing.
    #[serde(default)]
    pub units_led: u32,
}

impl GapReport {
    pub const SHOWN: usize = 12;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapLine {
    pub unit: String,
    pub post: String,
    pub role: Role,
    pub span: Span,
    pub needed: u32,
    pub present: u32,
}

/// Who a unit has on duty at one moment, after leave and swaps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnDuty {
    pub unit: String,
    /// Post and people; a post that is empty now has none.
    pub posts: Vec<(String, Vec<String>)>,
    /// Of these people, who is there instead of whom.
    #[serde(default)]
    pub stand_ins: Vec<(String, String)>,
}

/// Somebody with no account, and the link to send them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlinked {
    pub unit: String,
    pub name: String,
    pub phone: Option<Phone>,
    /// `?start=` payload of the personal link.
    pub payload: String,
    pub bot: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundSummary {
    pub round: RoundId,
    pub at: Moment,
    pub counts: Counts,
    /// All but those present, gravest first.
    pub others: Vec<Other>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub present: u32,
    pub late: u32,
    pub no_answer: u32,
    pub undeliverable: u32,
    pub void: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    pub check: CheckId,
    pub unit: String,
    pub name: String,
    pub outcome: Outcome,
}

impl Counts {
    pub fn add(&mut self, outcome: &Outcome) {
        let field = match outcome {
            Outcome::Present { .. } => &mut self.present,
            Outcome::Late { .. } => &mut self.late,
            Outcome::NoAnswer { .. } => &mut self.no_answer,
            Outcome::Undeliverable { .. } => &mut self.undeliverable,
            Outcome::Void { .. } => &mut self.void,
        };
        *field += 1;
    }

    #[must_use]
    pub fn total(&self) -> u32 {
        self.present + self.late + self.no_answer + self.undeliverable + self.void
    }
}
