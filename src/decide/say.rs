//! The facts of every message the program sends; `words` makes the sentences.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Cause, Changed, ChaseReport, ChasedUnit, CircularSay, ClerksSay, DailySay, DrawShown, Export,
    FileReport, GapLine, GapPicture, GapReport, LeaveSay, LinkRefusal, Listener, OnDuty, Order,
    Other, Ping, Readiness, Recall, Remark, RoundId, RoundSummary, SentBy, ToRing, Toast,
    UnitState, Unlinked, UploadId, VersionLine, Way,
};
use crate::coverage::CoverageMap;
use crate::journal::Chase;
use crate::roster::{Finding, Phone, Presence};
use crate::spotcheck::{
    Attachment, CheckId, Digest, Occasion, Outcome, Rung, Said, Verdict, VerdictReason,
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
    /// An older copy of the database was put back: what was kept after `from` is gone, so many
    /// lines of the journal at the least.
    Restored {
        from: Moment,
        lines: u64,
    },

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
    /// A photo or a voice message of theirs is.
    ShownNoted {
        said: Said,
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
        /// `None` while it is open, and we do not hear.
        outcome: Option<Outcome>,
        remarks: Vec<Remark>,
        #[serde(default)]
        takes_a_call: bool,
        may_be_ruled: bool,
    },
    /// A photo or a voice message that somebody sent about their check at `at`.
    Attached {
        unit: String,
        name: String,
        at: Moment,
        attachment: Attachment,
        words: String,
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
    /// Of the office's own people.
    Clerks(Box<ClerksSay>),
    /// A table of what is known when it leaves, as a file.
    Export(Export),
}
