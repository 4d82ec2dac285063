//! What can happen: everything a decision is made about comes in as one of these.

use std::collections::BTreeSet;

use super::{
    AccountId, CircularId, CircularPress, Export, Given, Lang, LeaveId, LeavePress, Order,
    ReportId, ReportPress, RoundId, UploadId,
};
use crate::duty::Member;
use crate::journal::Chase;
use crate::roster::{Phone, Reading};
use crate::spotcheck::{
    Attachment, BlindCause, CheckId, Digest, Explanation, Ground, Plea, Sighting, Unreached,
    Verdict,
};
use crate::time::{Moment, TimeDelta};

#[derive(Clone, Debug)]
pub enum Input {
    /// Somebody did something in a chat.
    Heard(Heard),
    /// A reading that began at `began`, and was answered at `dated` by Telegram's clock, brings
    /// what follows: whatever was dropped from the queue before it was read is not among it.
    QueueOpened {
        began: Moment,
        dated: Option<Moment>,
    },
    /// A reading of Telegram's queue that began at `began` left it empty.
    QueueRead { began: Moment },
    /// A reading that began at `began` came back full, and the newest message in it is `dated`
    /// so by Telegram's clock.
    QueueFull { began: Moment, dated: Moment },
    /// Something on our side may have hidden answers since the last dry reading.
    Disturbed { cause: BlindCause },
    /// Our clock was set on by so much.
    ClockSet { by: TimeDelta },
    /// Telegram's word on a ping or its reminder that was sent.
    Pinged { check: CheckId, result: Pinged },
    /// Telegram's word on the question to somebody above a check.
    RungTold {
        check: CheckId,
        rung: u8,
        result: Pinged,
    },
    /// A roster file was fetched and read, or could not be.
    Fetched { upload: UploadId, result: Fetched },
    /// Telegram told who the bot is.
    Introduced { bot: String },
    /// A moment somebody asked to be woken at has come.
    Tick,
    /// The process begins, perhaps with other settings. `chance` is fresh from the system.
    Started { chance: [u8; 32] },
    /// The process begins on an older copy of what was kept.
    Restored(Undone),
    /// Where the journal stands, when it is time to tell.
    JournalHead { lines: i64, link: Digest },
    /// Telegram will never take a message to this account.
    Undelivered {
        account: AccountId,
        reason: Unreached,
    },
    /// Somebody comes to the desk with this login link's token.
    DeskOpened { token: String },
    /// They leave the desk.
    DeskClosed { account: AccountId },
    /// Whoever is at the desk without a chat says who they are.
    DeskNamed { account: AccountId, name: String },
    /// Somebody opened their own page for the first time.
    PageOpened { member: Member },
}

impl Input {
    /// What a random choice about it is made from; nothing is drawn anew where none came with it.
    pub(super) fn chance(&self) -> Option<&[u8; 32]> {
        match self {
            Input::Heard(heard) => Some(&heard.chance),
            Input::Started { chance } => Some(chance),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pinged {
    /// `dated` is the message's own date, `confirmed` our clock when the answer came.
    Delivered {
        dated: Moment,
        confirmed: Moment,
    },
    Refused(Unreached),
}

#[derive(Clone, Debug)]
pub enum Fetched {
    Read(Box<Reading>),
    /// Too large to fetch at all.
    TooLarge,
    /// Telegram does not have it any more.
    Gone,
    /// Not now: the network, or Telegram's servers.
    Later,
}

/// One thing somebody did, as the chat reported it.
#[derive(Clone, Debug)]
pub struct Heard {
    pub update: i64,
    pub account: AccountId,
    /// The account's name, as its owner chose it.
    pub name: String,
    pub place: ChatPlace,
    /// Telegram's date of a message; a button press has none.
    pub dated: Option<Moment>,
    /// Our clock when it reached us.
    pub received: Moment,
    /// The message's number in its chat.
    pub message: Option<i32>,
    pub what: What,
    /// Drawn afresh for every input: what a random choice is made from.
    pub chance: [u8; 32],
    /// Of the update to the letter; none where it came by no chat.
    pub raw: Option<Digest>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatPlace {
    Private,
    Group,
    /// No chat: a clerk at the web desk.
    Desk,
    /// No chat: somebody on their own page.
    Page,
}

/// What is known of what an older copy of the database does not have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Lines of the journal that are gone, at the least.
    pub lines: u64,
    /// Numbers that had been given out.
    pub given: Given,
    /// Checks that stood unanswered to the last.
    pub silent: BTreeSet<CheckId>,
    /// All that was in Telegram's queue before then had been read.
    pub heard_to: Option<Moment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Command(Command),
    /// An answer to a check, in words.
    Answer(Answer),
    /// Any other text.
    Text(String),
    File {
        file: String,
        file_name: String,
        bytes: u64,
    },
    /// A photo or a voice message.
    Shown {
        attachment: Attachment,
        /// Under a photo.
        caption: String,
    },
    Contact {
        phone: Option<Phone>,
        /// Whose contact it is, where Telegram knows.
        of: Option<AccountId>,
    },
    Press {
        /// To be answered, always.
        query: String,
        press: Pressed,
    },
    /// A message of a kind that cannot be read here.
    Unreadable,
}

/// What a text answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// "Here": whatever is being asked.
    Here,
    /// The check of this number.
    Number(CheckId),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// With what the link carried.
    Start(String),
    Help,
    Gaps,
    Who,
    /// `None`: the clerk is to choose.
    Check(Option<Order>),
    Unbound,
    Invite(String),
    /// Frees the person of this name from their account.
    Unbind(String),
    Me,
    Lang(Option<Lang>),
    Cancel,
    /// The random draw: what was promised, and what became of it.
    Draw,
    /// An empty roster to fill in.
    Template,
    /// The versions there were.
    Versions,
    /// The journal, as a file that can be proven.
    Export,
    /// How a unit stands; the own one where none is named.
    Unit(String),
    /// Remind the units that sent no roster.
    Chase,
    /// Something with a slash that is no command here.
    Unknown(String),
    /// 请假; with whose name, where a clerk asks for somebody.
    Leave(String),
    /// 换班.
    Swap(String),
    /// Whom to ring.
    Phone,
    Ready,
    /// 日报告.
    Report,
    /// A login link to the web desk.
    Desk,
    /// 催补: asks this one unit to fill its gaps.
    Fill(String),
    /// 通报.
    Circular,
    /// Who runs the office.
    Clerks,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// A button of ours, made for this account.
    Ours(Press),
    /// A button of ours made for another account, or changed on the way.
    Foreign,
}

/// What a button means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Press {
    /// "I am at my post."
    Answer(CheckId),
    /// Put the roster of this upload in force.
    Use(UploadId),
    /// Not yet.
    Aside(UploadId),
    CheckAll,
    CheckSome(u32),
    Gaps,
    Who,
    Unbound,
    MyShifts,
    Leave(LeaveId, LeavePress),
    /// What this version changed.
    Changes(u32),
    /// Put the roster of `version` in force again, while `instead_of` is.
    Restore {
        version: u32,
        instead_of: u32,
    },
    /// This choice of what is asked of the upload's form, at this turn.
    Choose {
        upload: UploadId,
        turn: u32,
        choice: u32,
    },
    /// Another question of the form first.
    AnotherQuestion {
        upload: UploadId,
        turn: u32,
    },
    /// What was said of the form before is taken back.
    AskAgain(UploadId),
    /// The file again, each finding at its cell.
    Marked(UploadId),
    /// "I can't say here", and why.
    Plead(CheckId, Plea),
    /// "I'm back."
    Back(CheckId),
    /// Why an answer came late.
    Explain(CheckId, Explanation),
    /// What somebody above found.
    Sighted(CheckId, Sighting),
    /// Everybody a round asked.
    Detail(RoundId),
    /// Whom of a round to ring.
    Worksheet(RoundId),
    /// The same order once more.
    Again(RoundId),
    /// Look into one check.
    Verify(CheckId),
    /// See and hear what somebody sent about this check.
    Attached(CheckId),
    /// What the clerk found by telephone.
    Rang(CheckId, Sighting),
    Rule(CheckId, Verdict),
    Because(CheckId, Ground),
    /// How the own unit stands.
    Unit,
    Template,
    /// Ask the units that it concerns.
    Chase(Chase),
    Ready,
    /// One test message to everybody who has not had it.
    TestAll,
    /// "I got the test message."
    TestAnswer,
    Report(ReportId, ReportPress),
    /// The own page's address.
    MyPage,
    /// The own calendar's address.
    MyCalendar,
    /// The gaps as a workbook.
    GapSheet,
    /// How gaps are counted.
    GapsCounted,
    /// ⟦生成通报⟧.
    DraftCircular,
    Circular(CircularId, CircularPress),
    Export(Export),
    Clerks,
    /// A link for a second clerk.
    InviteClerk,
    /// This clerk is to go; asked once more.
    Dismiss(AccountId),
    LetGo(AccountId),
}
