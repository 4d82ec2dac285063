//! What can happen: everything a decision is made about comes in as one of these.

use crate::roster::{Phone, Reading};
use crate::spotcheck::{BlindCause, CheckId, Unreached};
use crate::time::Moment;

use super::{AccountId, Lang, LeaveId, LeavePress, Order, ReportId, ReportPress, UploadId};

#[derive(Clone, Debug)]
pub enum Input {
    /// Somebody did something in a chat.
    Heard(Heard),
    /// A reading of Telegram's queue that began at `began` left it empty.
    QueueRead { began: Moment },
    /// Something on our side may have hidden answers since the last dry reading.
    Disturbed { cause: BlindCause },
    /// Telegram's word on a ping or its reminder that was sent.
    Pinged { check: CheckId, result: Pinged },
    /// A roster file was fetched and read, or could not be.
    Fetched { upload: UploadId, result: Fetched },
    /// Telegram told who the bot is.
    Introduced { bot: String },
    /// A moment somebody asked to be woken at has come.
    Tick,
    /// Telegram will never take a message to this account.
    Undelivered {
        account: AccountId,
        reason: Unreached,
    },
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
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatPlace {
    Private,
    Group,
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
    Photo,
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
    /// An empty roster to fill in.
    Template,
    /// Something with a slash that is no command here.
    Unknown(String),
    /// 请假; with whose name, where a clerk asks for somebody.
    Leave(String),
    /// 换班.
    Swap(String),
    Ready,
    /// 日报告.
    Report,
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
    Ready,
    /// One test message to everybody who has not had it.
    TestAll,
    /// "I got the test message."
    TestAnswer,
    Report(ReportId, ReportPress),
}
