//! What really happened, whatever the program made of it.

use std::collections::BTreeMap;

use super::faults::Kind;
use crate::decide::AccountId;
use crate::spotcheck::{CheckId, Plea, Unreached};
use crate::time::{Moment, TimeDelta};

/// Before a stop the last reading may be so old.
const UNSEEN: TimeDelta = TimeDelta::seconds(20);

#[derive(Default)]
pub(super) struct Truth {
    /// All that anybody did, in order.
    pub given: Vec<Given>,
    pub checks: BTreeMap<CheckId, Asked>,
    /// What was wrong when.
    pub troubles: Vec<Trouble>,
    /// Stretches between two looks of Telegram's into the queue for us.
    pub gaps: Vec<(Moment, Moment)>,
    /// Stretches from the beginning of one reading that left the queue empty and was kept to that
    /// of the next, or to the start after a stop. What was between broke off, went with the process
    /// or left something behind, so nobody can know what it would have brought.
    pub unproven: Vec<(Moment, Moment)>,
    /// Rounds ordered by somebody.
    pub orders: usize,
    /// How often a clerk gave a verdict on a check.
    pub rulings: BTreeMap<CheckId, usize>,
    /// From when to when what was kept is gone: a backup that was made at the one took its place at
    /// the other.
    pub restored: Vec<(Moment, Moment)>,
    pub crashes: u32,
}

/// Something somebody did.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given {
    pub account: AccountId,
    pub at: Moment,
    /// It reached Telegram's queue.
    pub visible: Moment,
    pub what: GivenAs,
    pub update: Option<i64>,
    pub fate: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GivenAs {
    Press(CheckId),
    Plea(CheckId, Plea),
    Number(CheckId),
    Here,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Waiting,
    /// On the program's disk since.
    Kept(Moment),
    Expired,
    /// By another program.
    Taken,
}

/// The true story of one check.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub queued: Moment,
    pub account: Option<AccountId>,
    /// When each copy of the question reached the phone.
    pub copies: Vec<Moment>,
    /// Copies of which the program could not know.
    pub unheard: usize,
    /// Telegram refused it for good.
    pub refused: Option<Unreached>,
    /// When it first ended.
    pub judged: Option<Moment>,
}

/// Something was wrong from one moment to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trouble {
    pub kind: Kind,
    pub from: Moment,
    pub to: Moment,
}

impl Truth {
    pub fn trouble(&mut self, kind: Kind, from: Moment, to: Moment) {
        self.troubles.push(Trouble { kind, from, to });
    }

    /// Until when somebody asked by `check` could answer in time; `None` where they never were.
    pub fn deadline(&self, check: CheckId, window: TimeDelta) -> Option<Moment> {
        let last = self.checks.get(&check)?.copies.last()?;
        Some(*last + window)
    }

    /// What `account` did that is about `check`.
    pub fn answers(&self, check: CheckId) -> impl Iterator<Item = &Given> {
        let asked = self.checks.get(&check);
        let account = asked.and_then(|asked| asked.account);
        let from = asked.and_then(|asked| asked.copies.first().copied());
        self.given.iter().filter(move |given| {
            let about = match given.what {
                GivenAs::Press(id) | GivenAs::Number(id) | GivenAs::Plea(id, _) => id == check,
                // A word is about what is on the phone.
                GivenAs::Here => from.is_some_and(|from| given.at >= from),
                GivenAs::Other => false,
            };
            Some(given.account) == account && about
        })
    }

    /// Whether whoever was asked by `asked` wrote that they are there since it was queued. That may
    /// be meant for another question; they were there all the same.
    pub fn spoke_since(&self, asked: &Asked) -> bool {
        self.given.iter().any(|given| {
            let is_theirs = Some(given.account) == asked.account;
            is_theirs && given.what == GivenAs::Here && given.at >= asked.queued
        })
    }

    /// Whether another question than `check` was on the phone of whoever gave `given` then, to be
    /// answered within `window`.
    pub fn asks_otherwise(&self, check: CheckId, given: &Given, window: TimeDelta) -> bool {
        let others = self.checks.iter().filter(|(id, _)| **id != check);
        let mut theirs = others.filter(|(_, asked)| asked.account == Some(given.account));
        theirs.any(|(_, asked)| {
            let shown = asked.copies.first().zip(asked.copies.last());
            shown.is_some_and(|(first, last)| *first <= given.at && given.at <= *last + window)
        })
    }

    /// Whether the program stopped between the deed and its reading.
    pub fn stopped_before_read(&self, given: &Given) -> bool {
        matches!(given.fate, Fate::Kept(read) if self.was_troubled(Kind::STOPS, given.at, read))
    }

    /// Whether we could not hear, or could not know that we had heard everything, for longer than
    /// `least` within the two moments.
    pub fn was_deaf(&self, from: Moment, to: Moment, least: TimeDelta) -> bool {
        let mut gaps = self.gaps.iter().chain(&self.unproven);
        gaps.any(|(start, end)| *start < to && *end > from && *end - *start > least)
    }

    /// `end` put off by every stop of the program's from `from` on.
    pub fn with_stops(&self, from: Moment, end: Moment) -> Moment {
        let stops = self
            .troubles
            .iter()
            .filter(|t| Kind::STOPS.contains(&t.kind));
        let mut stops: Vec<(Moment, Moment)> = stops.map(|t| (t.from, t.to)).collect();
        stops.sort_unstable();
        let within = stops.into_iter().filter(|(stop, _)| *stop >= from);
        within.fold(end, |end, (stop, start)| {
            if stop > end {
                return end;
            }
            end + (start - stop) + UNSEEN
        })
    }

    /// Whether what was kept at `at` went with a backup's coming back.
    pub fn was_undone(&self, at: Moment) -> bool {
        let mut restored = self.restored.iter();
        restored.any(|(made, back)| *made <= at && at <= *back)
    }

    /// Whether a backup was made or came back within the two moments.
    pub fn was_restored(&self, from: Moment, to: Moment) -> bool {
        let within = |at: &Moment| from <= *at && *at <= to;
        let mut restored = self.restored.iter();
        restored.any(|(made, back)| within(made) || within(back))
    }

    /// Whether one of `kinds` was wrong within the two moments.
    pub fn was_troubled(&self, kinds: &[Kind], from: Moment, to: Moment) -> bool {
        let mut troubles = self.troubles.iter();
        troubles.any(|t| kinds.contains(&t.kind) && t.from <= to && t.to >= from)
    }
}

impl Given {
    /// When it counts from: a message bears its date, a press only when it could be read.
    pub fn counts_from(&self) -> Moment {
        match self.what {
            GivenAs::Press(_) | GivenAs::Plea(..) => self.visible,
            _ => self.at,
        }
    }

    pub fn is_text(&self) -> bool {
        matches!(self.what, GivenAs::Number(_) | GivenAs::Here)
    }

    pub fn is_plea(&self) -> bool {
        matches!(self.what, GivenAs::Plea(..))
    }
}
