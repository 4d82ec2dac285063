//! What a stranger may cost: so many lines in a while, and no more of the journal than that.
//! Whoever comes with their own number or link needs a few; a flood gets no more.

use serde::{Deserialize, Serialize};

use super::binding::account_or_new;
use super::draft::Draft;
use super::{Account, Heard, Say};
use crate::time::{Moment, TimeDelta};

/// How much of a stranger is heeded in one [`WHILE`].
const MOST: u32 = 10;
const WHILE: TimeDelta = TimeDelta::minutes(10);
/// Of so many strangers' numbers in one [`WHILE`] the office is told.
const MOST_NUMBERS: usize = 20;

/// How often a stranger was heeded since `from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heeded {
    pub from: Moment,
    pub times: u32,
}

/// What followed from a stranger's deed stands where they were not heeded too often; of the rest
/// only that a press is answered. Whoever is no stranger by it is let in in any case.
pub(super) fn limited(draft: &mut Draft<'_>, heard: &Heard) {
    if !draft.is_stranger(heard.account) || draft.is_silent() {
        return;
    }
    let before = draft.world.accounts.get(&heard.account);
    let recent = before
        .and_then(|account| account.heeded)
        .filter(|heeded| (draft.now - heeded.from).abs() < WHILE);
    let heeded = recent.map_or(
        Heeded {
            from: draft.now,
            times: 1,
        },
        |heeded| Heeded {
            times: heeded.times + 1,
            ..heeded
        },
    );
    if heeded.times > MOST {
        draft.forget(|say| matches!(say, Say::Toast { .. }));
        return;
    }
    let account = account_or_new(draft, heard);
    draft.put_account(Account {
        heeded: Some(heeded),
        ..account
    });
}

/// Whether the office is to hear of one more number that no roster has.
pub(super) fn is_number_told(draft: &Draft<'_>) -> bool {
    let recent = |account: &&Account| {
        let heeded = account.heeded.filter(|_| account.contact.is_some());
        heeded.is_some_and(|heeded| (draft.now - heeded.from).abs() < WHILE)
    };
    draft.world.accounts.values().filter(recent).count() < MOST_NUMBERS
}
