use std::sync::Arc;

use crate::store::RawUpdate;
use crate::time::{Moment, TimeDelta};

/// A press is gone from the queue after this long; a message after a day.
const PRESS_KEPT: TimeDelta = TimeDelta::seconds(150);
const MESSAGE_KEPT: TimeDelta = TimeDelta::hours(24);
/// How many updates one reading holds at most.
pub(super) const BATCH: usize = 100;

/// What Telegram holds for the bot until the bot confirms it by asking for what comes after.
pub(super) struct Queue {
    held: Vec<Held>,
    next_id: i64,
    last: Option<Held>,
}

#[derive(Clone)]
struct Held {
    made: Moment,
    /// It reaches the queue only now, and gets its number only then.
    visible: Moment,
    id: Option<i64>,
    raw: Raw,
    kept: TimeDelta,
    copy: Copy,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Copy {
    First,
    /// Telegram's own slip: it comes whatever was confirmed.
    Again,
}

/// The update with this number, as Telegram writes it.
type Raw = Arc<dyn Fn(i64) -> String + Send + Sync>;

/// How long Telegram keeps what somebody did.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Press,
    Message,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            held: Vec::new(),
            next_id: 1,
            last: None,
        }
    }
}

impl Queue {
    /// Somebody did something at `made`; it can be read from `delay` later on.
    pub fn put(
        &mut self,
        deed: Deed,
        made: Moment,
        delay: TimeDelta,
        raw: impl Fn(i64) -> String + Send + Sync + 'static,
    ) {
        self.held.push(Held {
            made,
            visible: made + delay,
            id: None,
            raw: Arc::new(raw),
            kept: match deed {
                Deed::Press => PRESS_KEPT,
                Deed::Message => MESSAGE_KEPT,
            },
            copy: Copy::First,
        });
    }

    /// The update given out last comes once more.
    pub fn repeat_last(&mut self, now: Moment) {
        let again = self.last.clone().map(|last| Held {
            visible: now,
            copy: Copy::Again,
            ..last
        });
        self.held.extend(again);
    }

    /// What a reading at `now` holds that asks for `offset` and what comes after. What stands
    /// before `offset` is confirmed by it, and gone.
    pub fn read(&mut self, now: Moment, offset: Option<i64>) -> Vec<RawUpdate> {
        self.number(now);
        let confirmed = |id: i64| offset.is_some_and(|offset| id < offset);
        self.held.retain(|held| {
            let again = held.copy == Copy::Again;
            now - held.made <= held.kept && (again || !held.id.is_some_and(confirmed))
        });
        let waiting = self.held.iter().filter_map(|held| {
            let id = held.id?;
            let raw = (held.raw)(id);
            Some((held.clone(), RawUpdate { id, raw }))
        });
        let mut read: Vec<(Held, RawUpdate)> = waiting.collect();
        read.sort_by_key(|(_, update)| update.id);
        read.truncate(BATCH);
        self.held.retain(|held| held.copy == Copy::First);
        if let Some((last, _)) = read.last() {
            self.last = Some(last.clone());
        }
        read.into_iter().map(|(_, update)| update).collect()
    }

    /// What has reached the queue by `now` gets its number, in the order in which it did.
    fn number(&mut self, now: Moment) {
        self.held.sort_by_key(|held| held.visible);
        for held in self.held.iter_mut().filter(|held| held.visible <= now) {
            if held.id.is_none() {
                held.id = Some(self.next_id);
                self.next_id += 1;
            }
        }
    }

    /// Another program reads what waits at `now`, and confirms it.
    pub fn lose(&mut self, now: Moment) {
        self.held.retain(|held| held.visible > now);
    }

    /// Whether a reading at `now` that asks for `offset` would bring anything.
    pub fn has_news(&self, now: Moment, offset: Option<i64>) -> bool {
        self.unconfirmed(offset).any(|held| held.visible <= now)
    }

    /// When what is not confirmed can be read.
    pub fn arrivals(&self, offset: Option<i64>) -> impl Iterator<Item = Moment> {
        self.unconfirmed(offset).map(|held| held.visible)
    }

    fn unconfirmed(&self, offset: Option<i64>) -> impl Iterator<Item = &Held> {
        self.held.iter().filter(move |held| {
            let next = held
                .id
                .is_none_or(|id| offset.is_none_or(|offset| id >= offset));
            held.copy == Copy::Again || next
        })
    }
}
