use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::faults::Fault;
use crate::decide::{AccountId, Press};
use crate::time::Moment;

/// What is to happen around the program, and when; of one moment, in the order it was entered.
#[derive(Default)]
pub(super) struct Agenda {
    order: BinaryHeap<Reverse<(Moment, u64)>>,
    entries: HashMap<u64, Entry>,
    entered: u64,
}

/// One thing that happens.
pub(super) enum Entry {
    Act(Act),
    Fault(Fault),
    /// The message of this trip reaches its phone.
    Arrives(u64),
    /// Telegram's word on the message of this trip reaches the program.
    Back(u64),
    /// The process is started again.
    Start,
    /// An outage, a conflict or a refused token is over.
    Clears,
    /// The backup takes the place of what was kept since.
    Restored,
    /// The clerk is at the desk, to see whom to ring.
    AtTheDesk,
}

/// What somebody does.
#[derive(Clone)]
pub(super) enum Act {
    Says {
        account: AccountId,
        text: String,
    },
    /// A button that was made for `owner`.
    Presses {
        account: AccountId,
        owner: AccountId,
        press: Press,
    },
    SharesContact {
        account: AccountId,
    },
    SendsFile {
        account: AccountId,
        file: usize,
    },
}

impl Agenda {
    pub fn enter(&mut self, at: Moment, entry: Entry) {
        self.entered += 1;
        self.order.push(Reverse((at, self.entered)));
        self.entries.insert(self.entered, entry);
    }

    pub fn next(&self) -> Option<Moment> {
        self.order.peek().map(|Reverse((at, _))| *at)
    }

    /// The first entry that is due at `now`.
    pub fn due(&mut self, now: Moment) -> Option<Entry> {
        let Reverse((at, number)) = self.order.peek().copied()?;
        if at > now {
            return None;
        }
        self.order.pop();
        self.entries.remove(&number)
    }
}
