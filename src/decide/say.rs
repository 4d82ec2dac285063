//! The facts of every message the program sends; `words` makes the sentences.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Cause, Changed, ChaseReport, ChasedUnit, CircularSay, DailySay, Export, FormReport, LeaveSay,
    Order, Readiness, Recall, Remark, RoundId, SentBy, ToRing, UnitState, UploadId, VersionLine,
    Way,
};
use crate::coverage::CoverageMap;
use crate::journal::Chase;
use crate::roster::{Finding, Phone, Presence, Role};
use crate::spotcheck::{
    CheckId, Digest, Exposure, Occasion, Outcome, Rung, Said, Verdict, VerdictReason,
};
use crate::time::{Moment, Period, Span};
use crate::versions::Difference;

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

    /// The commands that the reader's menu shows from now on.
    Menu {
        who: Listener,
    },

    Welcome,
    Claimed,
    ClaimRefused,
    Bound {
        unit: String,
        name: String,
        shifts: Vec<Span>,
        /// Units whose roster they may send.
        #[serde(default)]
        speaks_for: Vec<String>,
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
    /// The gaps as a picture; where it cannot be drawn, as text.
    GapPicture(Box<GapPicture>),
    /// The gaps as a workbook.
    GapSheet(Box<CoverageMap>),
    /// What counts as a gap.
    GapsCounted {
        period: Period,
    },
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
        /// To the own page and calendar.
        #[serde(default)]
        way: Way,
    },
    MyPage {
        url: String,
    },
    MyCalendar {
        url: String,
    },
    /// Somebody's links lead nowhere any more; they had no account.
    LinksTakenBack {
        unit: String,
        name: String,
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
        /// The older version whose roster it is.
        #[serde(default)]
        restores: Option<u32>,
        /// Against the one it replaces.
        #[serde(default)]
        changed: Option<Box<Changed>>,
        /// Who sent it, to a clerk who did not.
        #[serde(default)]
        sent_by: Option<SentBy>,
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
        /// What the person last said beside their answer.
        #[serde(default)]
        said: Option<Said>,
        /// Until when somebody who stepped out is to be back.
        #[serde(default)]
        back_by: Option<Moment>,
    },
    /// A late answer's own receipt.
    LateReceipt {
        check: CheckId,
        at: Moment,
        by_secs: u32,
        #[serde(default)]
        said: Option<Said>,
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
        #[serde(default)]
        rung: Rung,
        #[serde(default)]
        cause: Cause,
        #[serde(default)]
        presence: Option<Presence>,
    },
    RoundSummary(RoundSummary),
    /// Another program reads the same bot's queue.
    TwoReaders,

    /// The file of an upload again, each finding at its cell.
    MarkedFile {
        upload: UploadId,
        file_name: String,
        sheet: Option<String>,
        findings: Vec<Finding>,
    },
    /// The promise of a draw.
    DrawCommitted {
        commitment: Digest,
        why: Occasion,
        version: u32,
        period: Period,
        per_unit: u32,
        units: u32,
    },
    /// The period is over: the draw's secret, and how much of it was held.
    DrawRevealed {
        seed: Digest,
        held: u32,
        not_held: u32,
    },
    JournalHead {
        lines: i64,
        link: Digest,
    },
    DrawState(DrawShown),
    NoDraw,
    /// What the question to somebody above is edited to.
    Recalled {
        unit: String,
        name: String,
        why: Recall,
    },
    /// Somebody who stepped out is back.
    BackAtPost {
        at: Moment,
    },
    /// Somebody's own words are on record.
    WordsNoted {
        words: String,
    },
    /// What has come up to the office and is not settled; `people` may be the first of `total`.
    ToVerify {
        round: RoundId,
        people: Vec<Other>,
        total: u32,
    },
    RoundDetail {
        round: RoundId,
        at: Moment,
        people: Vec<Other>,
        page: u32,
        pages: u32,
    },
    /// Whom to ring, in a clerk's private chat only.
    Worksheet {
        at: Moment,
        people: Vec<ToRing>,
        total: u32,
        page: u32,
        pages: u32,
    },
    /// One check, opened by a clerk.
    VerifyOne {
        one: ToRing,
        outcome: Outcome,
        remarks: Vec<Remark>,
        may_be_ruled: bool,
    },
    ReasonAsked {
        check: CheckId,
        unit: String,
        name: String,
        verdict: Verdict,
    },
    Ruled {
        check: CheckId,
        unit: String,
        name: String,
        verdict: Verdict,
        reason: VerdictReason,
        by: String,
        at: Moment,
    },
    /// A verdict stands no longer: the person's own answer turned up.
    VerdictOvertaken {
        check: CheckId,
        unit: String,
        name: String,
        verdict: Verdict,
        outcome: Outcome,
    },
    /// The journal as it stands when it leaves, as a file.
    JournalExport,
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
    /// What `version` changed against the one before; `page` of `pages`, from 1.
    Changes {
        version: u32,
        difference: Box<Difference>,
        opened: Vec<GapLine>,
        closed: Vec<GapLine>,
        page: u32,
        pages: u32,
        /// Changes that stand on no page.
        left_out: u32,
    },
    /// The latest versions, newest first.
    Versions(Vec<VersionLine>),

    /// To whoever speaks for these units: their roster is in force.
    UnitInForce {
        version: u32,
        units: Vec<String>,
        shifts: u32,
        unbound: u32,
        changed: Option<Box<Changed>>,
    },
    /// A file names units its sender does not speak for; nothing of it was kept.
    OutsideUnits {
        file_name: String,
        own: Vec<String>,
        others: Vec<String>,
    },
    /// A file names no unit, and its sender speaks for several.
    WhichUnit {
        file_name: String,
        own: Vec<String>,
    },
    /// What a unit's own people are told of it.
    UnitState(Box<UnitState>),
    /// They speak for no unit; a clerk is to name one.
    NoUnit {
        who: Listener,
    },
    /// To whoever put `version` in force: an older one has taken its place.
    SetBack {
        version: u32,
        restored: u32,
    },
    /// To whoever speaks for these units.
    Chased {
        chase: Chase,
        units: Vec<ChasedUnit>,
    },
    /// To the clerk who chased.
    ChaseReport(Box<ChaseReport>),
    /// There is nobody to chase.
    NobodyToChase {
        chase: Chase,
        listed: u32,
    },
    /// Nothing is in force and these have sent nothing.
    NothingSubmitted {
        units: Vec<String>,
        total: u32,
    },

    /// Opens the web desk, once.
    DeskLink {
        url: String,
        until: Moment,
    },
    Circular(Box<CircularSay>),
    /// A table of what is known when it leaves, as a file.
    Export(Export),
}

/// One page of what is known of a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawShown {
    pub period: Period,
    pub per_unit: u32,
    /// When each was told, oldest first.
    pub commitments: Vec<(Moment, Digest)>,
    /// Once it is told.
    pub seed: Option<Digest>,
    /// Of all units together.
    pub total: crate::spotcheck::Exposed,
    /// The page's units.
    pub exposure: Exposure,
    pub page: u32,
    pub pages: u32,
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
    /// What was pressed stands on record.
    Noted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listener {
    Clerk,
    /// Speaks for a unit.
    Liaison,
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
    /// Against the version in force, where there is one.
    #[serde(default)]
    pub changed: Option<Box<Changed>>,
    /// "So I read it", and what is asked of the form.
    #[serde(default)]
    pub form: FormReport,
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
    /// At most [`GapReport::SHOWN`].
    pub not_submitted: Vec<String>,
    #[serde(default)]
    pub not_submitted_count: u32,
    /// Units with a gap of officers or leaders.
    #[serde(default)]
    pub gap_units: u32,
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

/// One page of the map of what is uncovered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapPicture {
    pub version: u32,
    pub map: CoverageMap,
    /// From 1.
    pub page: usize,
    /// So many pages are sent.
    pub pages: usize,
    pub report: GapReport,
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
    /// The address of their own page, for who has no Telegram.
    #[serde(default)]
    pub page: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundSummary {
    pub round: RoundId,
    pub at: Moment,
    pub counts: Counts,
    /// All but those present, gravest first.
    pub others: Vec<Other>,
    /// Who chose whom it asked.
    #[serde(default)]
    pub origin: Origin,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    #[default]
    Ordered,
    Drawn,
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
    #[serde(default)]
    pub remarks: Vec<Remark>,
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
