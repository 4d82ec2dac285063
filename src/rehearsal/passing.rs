//! Time passing: what the program does at each moment, and what Telegram makes of it.

use std::collections::BTreeSet;
use std::time::Duration;

use super::weather::Doom;
use super::{Rehearsal, chance_of, queue};
use crate::decide::{Change, Fetched, Input, Say, Slot};
use crate::engine::{Keeper, Lies, Reading, Rest, Sent};
use crate::roster::{Asked, read};
use crate::store::{Due, StoreError};
use crate::telegram::{Fate, Receipt, SendError};
use crate::time::{Moment, Span, TimeDelta};

/// How long a reading waits where nothing else is due.
const READING_EVERY: TimeDelta = TimeDelta::seconds(10);
/// After a ping whose receipt was lost, before it is tried again.
const SILENCE: Duration = Duration::from_secs(3);

/// How far time has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Passed {
    /// All the way.
    Whole,
    Short,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Did {
    Something,
    Nothing,
}

impl Rehearsal {
    /// Lets time pass to `end`, and everything happen that is due by then.
    pub async fn pass_to(&mut self, end: Moment) -> Result<(), StoreError> {
        self.settle().await?;
        while self.step_to(end).await? == Passed::Short {}
        Ok(())
    }

    /// Lets time pass to the next moment at which something happens, and that happen; not
    /// beyond `end`.
    pub async fn step_to(&mut self, end: Moment) -> Result<Passed, StoreError> {
        if self.now >= end {
            return Ok(Passed::Whole);
        }
        self.now = self.next_event().await?.map_or(end, |next| next.min(end));
        self.settle().await?;
        Ok(Passed::Short)
    }

    /// Does what somebody asks for at the desk or on a page of their own; `None` while the program
    /// is down.
    pub async fn act(
        &mut self,
        input: &Input,
        file: Option<&[u8]>,
    ) -> Result<Option<Change>, StoreError> {
        let clock = self.clock();
        let change = match &mut self.keeper {
            Some(keeper) => Some(keeper.act(input, file, clock).await?),
            None => None,
        };
        self.settle().await?;
        Ok(change)
    }

    /// Reads, ticks, fetches and sends until nothing is left to do at this moment.
    pub async fn settle(&mut self) -> Result<(), StoreError> {
        loop {
            if self.keeper.is_none() {
                return Ok(());
            }
            let mut done = Did::Nothing;
            if self.reading_is_due() {
                self.read_queue().await?;
                done = Did::Something;
            }
            let clock = self.clock();
            let Some(keeper) = &mut self.keeper else {
                return Ok(());
            };
            if keeper.next_wake().is_some_and(|wake| wake <= clock) {
                keeper.tick(clock).await?;
                done = Did::Something;
            }
            for wanted in keeper.wanted(clock, &BTreeSet::new()) {
                let bytes = match wanted.lies {
                    Lies::WithTelegram => self.files.get(&wanted.file).cloned(),
                    Lies::Here => keeper.store().file(wanted.upload).await?,
                };
                let bytes = bytes.unwrap_or_default();
                let asked = Asked {
                    answers: wanted.answers.clone(),
                    ..self.asked.clone()
                };
                let reading = read(&bytes, &asked);
                let result = Fetched::Read(Box::new(reading));
                keeper
                    .fetched(wanted.upload, result, Some(&bytes), clock)
                    .await?;
                done = Did::Something;
            }
            if self.send_due().await? == Did::Something {
                done = Did::Something;
            }
            if done == Did::Nothing {
                return Ok(());
            }
        }
    }

    fn reading_is_due(&self) -> bool {
        if self.weather.is_deaf(self.now) {
            return false;
        }
        let listening = self.is_listening() && self.now - self.reading_since >= READING_EVERY;
        self.queue.has_news(self.now, self.offset) || self.is_judging() || listening
    }

    /// Whether a check waits for a reading that begins now.
    fn is_judging(&self) -> bool {
        let due = self.keeper.as_ref().and_then(Keeper::reading_due);
        due.is_some_and(|due| due <= self.clock()) && self.reading_since < self.now
    }

    /// Whether an empty reading can change anything. Where none can, it is not played.
    fn is_listening(&self) -> bool {
        let due = self.keeper.as_ref().and_then(Keeper::reading_due);
        due.is_some() || self.queue.arrivals(self.offset).next().is_some()
    }

    /// One long poll comes back. It began when the one before did, or when the queue could be
    /// read again.
    async fn read_queue(&mut self) -> Result<(), StoreError> {
        let now = self.now;
        let judging = self.is_judging();
        let mut since = self.reading_since;
        if let Some(end) = self.weather.deaf_until(now) {
            since = since.max(end);
        }
        let unplayed = now - since > READING_EVERY;
        if unplayed {
            since = now - READING_EVERY;
        }
        let updates = self.queue.read(now, self.offset);
        let began = if updates.is_empty() && judging {
            now
        } else {
            since
        };
        let rest = if updates.len() < queue::BATCH {
            Rest::Dry
        } else {
            Rest::More
        };
        if unplayed {
            // The readings that were not played, told by their last.
            self.hear(&Reading {
                updates: Vec::new(),
                began: self.clock_at(since),
                dated: None,
                rest: Rest::Dry,
            })
            .await?;
        }
        let next = updates.iter().map(|u| u.id + 1).max();
        let reading = Reading {
            updates,
            began: self.clock_at(began),
            dated: None,
            rest,
        };
        if self.weather.doomed(Doom::BeforeKeeping) {
            self.crash().await;
            return Ok(());
        }
        self.hear(&reading).await?;
        self.offset = next.max(self.offset);
        self.reading_since = now;
        Ok(())
    }

    async fn hear(&mut self, reading: &Reading) -> Result<(), StoreError> {
        let clock = self.clock();
        let (seed, mut drawn) = (self.seed, self.drawn);
        if let Some(keeper) = &mut self.keeper {
            let mut chance = || {
                drawn += 1;
                chance_of(seed, drawn)
            };
            keeper.hear(reading, clock, &mut chance).await?;
        }
        self.drawn = drawn;
        Ok(())
    }

    async fn send_due(&mut self) -> Result<Did, StoreError> {
        if self.weather.is_mute(self.now) {
            return Ok(Did::Nothing);
        }
        let clock = self.clock();
        let Some(keeper) = &self.keeper else {
            return Ok(Did::Nothing);
        };
        let Some(due) = keeper.due(clock, 1, &[]).await?.into_iter().next() else {
            return Ok(Did::Nothing);
        };
        let is_ping = matches!(due.notice.say, Say::Ping(_));
        if is_ping && self.weather.doomed(Doom::BeforePing) {
            self.crash().await;
            return Ok(Did::Something);
        }
        let result = self.carried(&due, clock);
        if is_ping && self.weather.doomed(Doom::AfterPing) {
            self.crash().await;
            return Ok(Did::Something);
        }
        let sent = Sent {
            due,
            result,
            at: clock,
        };
        if let Some(keeper) = &mut self.keeper {
            keeper.settle(&[sent], clock).await?;
        }
        Ok(Did::Something)
    }

    /// Telegram's word on a message, as far as it reaches the program.
    fn carried(&mut self, due: &Due, clock: Moment) -> Result<Receipt, SendError> {
        let later = |after: Duration, fate: Fate| Err(SendError::Later { after, fate });
        let notice = &due.notice;
        let ping = match &notice.say {
            Say::Ping(ping) => Some(ping.check),
            _ => None,
        };
        if ping.is_some()
            && let Some(after) = self.weather.put_off.take()
        {
            return later(after, Fate::NotSent);
        }
        let zone = self.policy.zone;
        let message = crate::words::chat::rendered(&notice.say, notice.lang, &zone, clock);
        let receipt = self
            .stage
            .receive(self.now, notice.to, due.message, message)?;
        if let (Say::Escalation { check, .. }, Some(Slot::Rung(_, rung))) =
            (&notice.say, notice.slot)
        {
            *self.rungs.entry((*check, rung)).or_insert(0) += 1;
        }
        if let Some(check) = ping {
            *self.pings.entry(check).or_insert(0) += 1;
            if self.weather.lost_receipts > 0 {
                self.weather.lost_receipts -= 1;
                return later(SILENCE, Fate::Unknown);
            }
        }
        Ok(receipt)
    }

    async fn next_event(&self) -> Result<Option<Moment>, StoreError> {
        let Some(keeper) = self.keeper.as_ref() else {
            return Ok(None);
        };
        let off = self.weather.off_at(self.now);
        let own = [
            keeper.store().next_due(self.clock()).await?,
            keeper.next_wake(),
            keeper.next_wanted(&BTreeSet::new()),
        ];
        let listening = self.is_listening();
        let reading = [
            listening.then(|| self.reading_since + READING_EVERY),
            keeper.reading_due().map(|due| due - off),
        ];
        let reading = reading
            .into_iter()
            .flatten()
            .chain(self.queue.arrivals(self.offset))
            .map(|at| self.weather.heard_from(at.max(self.now)));
        let events = reading
            .chain(own.into_iter().flatten().map(|at| at - off))
            .chain(self.weather.mute.iter().map(Span::end))
            .filter(|at| *at > self.now);
        Ok(events.min())
    }
}
