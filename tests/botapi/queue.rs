//! The queue of updates: ids, confirmation by offset, what a bot asked for, how long each is kept.
//!
//! Knows nothing of what an update says.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Instant;

use serde_json::{Value, json};

/// How far past the newest id an offset may point and still confirm.
const FUTURE_OFFSET: i64 = 10;
/// A button press is kept this long.
const PRESS_KEPT_SECS: i64 = 150;
/// Everything else is kept this long.
const KEPT_SECS: i64 = 24 * 3600;
/// What a bot must ask for by name.
const ONLY_ON_REQUEST: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

#[derive(Debug, Clone)]
struct Waiting {
    id: i64,
    kept_until: i64,
    body: Value,
}

/// What happened, not yet an update: `kind` is the field of the update it becomes.
#[derive(Debug, Clone)]
pub struct Happening {
    pub kind: &'static str,
    pub content: Value,
    pub at: i64,
}

/// Updates between Telegram and the bot.
#[derive(Debug)]
pub struct Queue {
    next_id: i64,
    waiting: VecDeque<Waiting>,
    repeats: Vec<Value>,
    last: Option<Value>,
    held: Option<Vec<Happening>>,
    allowed: Option<BTreeSet<String>>,
    polls: u64,
    confirmed_below: i64,
    /// When each was confirmed, for whoever asked for it.
    confirmed_at: Option<BTreeMap<i64, Instant>>,
}

impl Queue {
    pub fn new(first_id: i64) -> Self {
        Self {
            next_id: first_id,
            waiting: VecDeque::new(),
            repeats: Vec::new(),
            last: None,
            held: None,
            allowed: None,
            polls: 0,
            confirmed_below: first_id,
            confirmed_at: None,
        }
    }

    /// Something happened: it becomes an update, unless the bot did not ask for its kind.
    pub fn push(&mut self, happening: Happening) {
        if let Some(held) = &mut self.held {
            held.push(happening);
            return;
        }
        let Happening { kind, content, at } = happening;
        let wanted = match &self.allowed {
            Some(allowed) => allowed.contains(kind),
            None => !ONLY_ON_REQUEST.contains(&kind),
        };
        if !wanted {
            return;
        }
        let id = self.next_id;
        self.next_id += 1;
        let body = json!({ "update_id": id, kind: content });
        self.last = Some(body.clone());
        let kept = if kind == "callback_query" {
            PRESS_KEPT_SECS
        } else {
            KEPT_SECS
        };
        self.waiting.push_back(Waiting {
            id,
            kept_until: at + kept,
            body,
        });
    }

    /// From now on nothing reaches the bot until [`Queue::release`].
    pub fn hold(&mut self) {
        self.held.get_or_insert_with(Vec::new);
    }

    /// What was held becomes updates, in the order `arrange` leaves it in.
    pub fn release(&mut self, arrange: impl FnOnce(&mut Vec<Happening>)) {
        let mut held = self.held.take().unwrap_or_default();
        arrange(&mut held);
        for happening in held {
            self.push(happening);
        }
    }

    /// The newest update comes once more, whatever was confirmed.
    pub fn repeat_last(&mut self) {
        self.repeats.extend(self.last.clone());
    }

    /// The next update gets this id, as after a week of silence.
    pub fn restart_at(&mut self, id: i64) {
        self.next_id = id;
    }

    /// How many updates the bot has not confirmed.
    pub fn pending(&self) -> usize {
        self.waiting.len() + self.repeats.len()
    }

    /// The lowest id that is not confirmed.
    pub fn confirmed_below(&self) -> i64 {
        self.confirmed_below
    }

    /// The id of the next update.
    #[allow(dead_code, reason = "for benches/answers to measure with")]
    pub fn next_id(&self) -> i64 {
        self.next_id
    }

    /// From now on it is noted when each update is confirmed.
    #[allow(dead_code, reason = "for benches/answers to measure with")]
    pub fn note_confirmations(&mut self) {
        self.confirmed_at = Some(BTreeMap::new());
    }

    /// When each was confirmed since then.
    #[allow(dead_code, reason = "for benches/answers to measure with")]
    pub fn confirmations(&self) -> BTreeMap<i64, Instant> {
        self.confirmed_at.clone().unwrap_or_default()
    }

    pub fn drop_pending(&mut self) {
        self.waiting.clear();
    }

    pub fn allow(&mut self, kinds: &Value) {
        if let Some(kinds) = kinds.as_array() {
            let kinds: BTreeSet<String> = kinds
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
            self.allowed = (!kinds.is_empty()).then_some(kinds);
        }
    }

    /// A poll begins: it confirms everything below `offset` and ends the poll before it.
    /// Returns what tells this poll from later ones.
    pub fn open_poll(&mut self, offset: i64) -> u64 {
        self.polls += 1;
        let newest = self
            .waiting
            .back()
            .map_or(self.next_id - 1, |waiting| waiting.id);
        let confirms_below = if offset < 0 {
            let keep = usize::try_from(-offset).unwrap_or(usize::MAX);
            let first = self.waiting.len().saturating_sub(keep);
            self.waiting.get(first).map_or(0, |waiting| waiting.id)
        } else if offset > newest + FUTURE_OFFSET {
            // An offset from before the ids started anew confirms nothing.
            0
        } else {
            offset
        };
        if confirms_below > 0 {
            let confirmed = self.waiting.iter().filter(|w| w.id < confirms_below);
            let now = Instant::now();
            if let Some(noted) = &mut self.confirmed_at {
                noted.extend(confirmed.map(|waiting| (waiting.id, now)));
            }
            self.waiting.retain(|waiting| waiting.id >= confirms_below);
            self.confirmed_below = confirms_below;
        }
        self.polls
    }

    pub fn is_superseded(&self, poll: u64) -> bool {
        self.polls != poll
    }

    /// One of the updates that come once more.
    pub fn take_repeat(&mut self) -> Option<Value> {
        self.repeats.pop()
    }

    /// The oldest update that `is_free` of its id and body.
    pub fn oldest(
        &mut self,
        now: i64,
        is_free: impl Fn(i64, &Value) -> bool,
    ) -> Option<(i64, Value)> {
        self.waiting.retain(|waiting| waiting.kept_until >= now);
        let mut waiting = self.waiting.iter();
        let oldest = waiting.find(|waiting| is_free(waiting.id, &waiting.body))?;
        Some((oldest.id, oldest.body.clone()))
    }

    /// This one is kept, and no other.
    pub fn confirm(&mut self, id: i64) {
        self.waiting.retain(|waiting| waiting.id != id);
        if let Some(noted) = &mut self.confirmed_at {
            noted.insert(id, Instant::now());
        }
    }

    /// Up to `limit` updates, oldest first. Repeats are handed out once, and first.
    pub fn batch(&mut self, limit: usize, now: i64) -> Vec<Value> {
        self.waiting.retain(|waiting| waiting.kept_until >= now);
        let mut batch = std::mem::take(&mut self.repeats);
        let oldest = self.waiting.iter().take(limit);
        batch.extend(oldest.map(|waiting| waiting.body.clone()));
        batch.truncate(limit);
        batch
    }
}
