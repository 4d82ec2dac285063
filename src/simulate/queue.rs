use serde_json::{Value, json};

use crate::decide::AccountId;
use crate::store::RawUpdate;
use crate::time::{Moment, TimeDelta};

/// A press is gone from the queue after this long; a message after a day.
const PRESS_KEPT: TimeDelta = TimeDelta::seconds(150);
const MESSAGE_KEPT: TimeDelta = TimeDelta::hours(24);
const TOGETHER: TimeDelta = TimeDelta::seconds(5);
/// Update numbers count from here.
const FIRST: i64 = 400_000_000;
/// How many updates one reading holds at most.
pub(super) const BATCH: usize = 100;

/// What Telegram holds for the bot until it is confirmed, or too old.
pub(super) struct Queue {
    held: Vec<Held>,
    numbered: i64,
}

struct Held {
    /// Whose deed it is: its place in the list of all that was given.
    deed: usize,
    /// It reaches the queue, and gets its number, only now.
    visible: Moment,
    gone: Moment,
    update: Option<RawUpdate>,
    content: Value,
    again: Again,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Again {
    No,
    /// Telegram's own slip: it comes whatever was confirmed.
    Yes,
}

/// An update that was read, and whose deed it was.
pub(super) struct Read {
    pub deed: usize,
    pub update: RawUpdate,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            held: Vec::new(),
            numbered: FIRST,
        }
    }
}

impl Queue {
    /// A message, or a press of a button, that can be read from `visible` on.
    pub fn put(&mut self, deed: usize, visible: Moment, content: Value) {
        let kept = if content.get("callback_query").is_some() {
            PRESS_KEPT
        } else {
            MESSAGE_KEPT
        };
        self.held.push(Held {
            deed,
            visible,
            gone: visible + kept,
            update: None,
            content,
            again: Again::No,
        });
    }

    /// Asking from `offset` on confirms what stands before it.
    pub fn confirm(&mut self, offset: Option<i64>) {
        let Some(offset) = offset else { return };
        self.held.retain(|held| {
            let before = held.update.as_ref().is_some_and(|u| u.id < offset);
            held.again == Again::Yes || !before
        });
    }

    /// One reading from `offset` on, by number.
    pub fn read(&mut self, now: Moment, offset: Option<i64>) -> Vec<Read> {
        self.number(now);
        let shown = |held: &&Held| {
            let number = held.update.as_ref().map(|update| update.id);
            held.visible <= now && (held.again == Again::Yes || number >= offset)
        };
        let mut read: Vec<&Held> = self.held.iter().filter(shown).collect();
        read.sort_by_key(|held| held.update.as_ref().map(|u| u.id));
        let read = read.into_iter().take(BATCH).filter_map(|held| {
            let (deed, update) = (held.deed, held.update.clone()?);
            Some(Read { deed, update })
        });
        let read: Vec<Read> = read.collect();
        self.held.retain(|held| held.again == Again::No);
        read
    }

    /// What is too old to be kept at `now`: their deeds.
    pub fn expire(&mut self, now: Moment) -> Vec<usize> {
        self.take_out(|held| held.gone <= now)
    }

    /// Another program takes what can be read at `now`: the deeds it took.
    pub fn lose(&mut self, now: Moment) -> Vec<usize> {
        self.take_out(|held| held.visible <= now)
    }

    fn take_out(&mut self, is_out: impl Fn(&Held) -> bool) -> Vec<usize> {
        let out = self
            .held
            .iter()
            .filter(|h| is_out(h) && h.again == Again::No);
        let deeds = out.map(|held| held.deed).collect();
        self.held.retain(|held| !is_out(held));
        deeds
    }

    /// When there is something to be read, at or after `now`.
    pub fn next(&self, now: Moment) -> Option<Moment> {
        let visible = self.held.iter().map(|held| held.visible.max(now));
        visible.min()
    }

    /// Telegram gives out once more what it gave out before.
    pub fn repeat(&mut self, now: Moment, deed: usize, update: RawUpdate) {
        self.held.push(Held {
            deed,
            visible: now,
            gone: now + PRESS_KEPT,
            update: Some(update),
            content: Value::Null,
            again: Again::Yes,
        });
    }

    /// The two that came last change places, where they came together: their deeds, and when
    /// each can be read now.
    pub fn swap_last(&mut self) -> Vec<(usize, Moment)> {
        let mut fresh = self.held.iter_mut().rev().filter(|h| h.update.is_none());
        let (Some(last), Some(before)) = (fresh.next(), fresh.next()) else {
            return Vec::new();
        };
        if (last.visible - before.visible).abs() > TOGETHER {
            return Vec::new();
        }
        std::mem::swap(&mut last.visible, &mut before.visible);
        vec![(last.deed, last.visible), (before.deed, before.visible)]
    }

    /// After a quiet week the numbers begin anew, lower: some come twice.
    pub fn renumber(&mut self) {
        self.numbered = FIRST - 5;
    }

    fn number(&mut self, now: Moment) {
        self.held.sort_by_key(|held| held.visible);
        for held in self.held.iter_mut().filter(|held| held.visible <= now) {
            if held.update.is_none() {
                self.numbered += 1;
                held.content["update_id"] = json!(self.numbered);
                held.update = Some(RawUpdate {
                    id: self.numbered,
                    raw: held.content.to_string(),
                });
            }
        }
    }
}

fn user(account: AccountId, name: &str) -> Value {
    json!({"id": account.0, "is_bot": false, "first_name": name})
}

/// A private message with `field` in it, of `date`.
pub(super) fn message(
    (account, name): (AccountId, &str),
    (number, date): (i32, Moment),
    (field, content): (&str, Value),
) -> Value {
    let mut message = json!({
        "message_id": number,
        "date": date.timestamp(),
        "chat": {"id": account.0, "type": "private", "first_name": name},
        "from": user(account, name),
    });
    message[field] = content;
    json!({ "message": message })
}

/// A press of a button that bears `data`; `query` is its name.
pub(super) fn press(
    (account, name): (AccountId, &str),
    (number, made): (i32, Moment),
    (query, bears): (usize, &str),
) -> Value {
    json!({"callback_query": {
        "id": format!("query-{query}"),
        "from": user(account, name),
        "chat_instance": "1",
        "message": {
            "message_id": number,
            "date": made.timestamp(),
            "chat": {"id": account.0, "type": "private", "first_name": name},
        },
        "data": bears,
    }})
}
