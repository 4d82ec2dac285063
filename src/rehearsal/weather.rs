//! What goes wrong around the program, and when.

use std::time::Duration;

use super::Rehearsal;
use crate::spotcheck::BlindCause;
use crate::store::StoreError;
use crate::time::{Moment, Span, TimeDelta};

/// Everything that can go wrong around the program.
#[derive(Default)]
pub(super) struct Weather {
    /// Stretches in which the queue cannot be read, and in which nothing can be sent.
    pub deaf: Vec<Span>,
    pub mute: Vec<Span>,
    /// How many of the next pings arrive without our hearing of it.
    pub lost_receipts: u32,
    /// The next ping is refused for so long.
    pub put_off: Option<Duration>,
    pub doom: Option<Doom>,
    /// How the program's clock differs from the true time, and from when on.
    clock_set: Vec<(Moment, TimeDelta)>,
}

/// Where the program is to die next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doom {
    /// A reading came in and is not on the disk yet.
    BeforeKeeping,
    /// A ping is queued and has not left.
    BeforePing,
    /// A ping arrived and its receipt is not on the disk yet.
    AfterPing,
}

impl Weather {
    pub fn is_deaf(&self, now: Moment) -> bool {
        self.deaf.iter().any(|span| span.contains(now))
    }

    pub fn is_mute(&self, now: Moment) -> bool {
        self.mute.iter().any(|span| span.contains(now))
    }

    /// `moment`, or the end of the deafness then.
    pub fn heard_from(&self, moment: Moment) -> Moment {
        let within = self.deaf.iter().filter(|span| span.contains(moment));
        within.map(Span::end).max().unwrap_or(moment)
    }

    /// The end of the last deafness that is over at `now`.
    pub fn deaf_until(&self, now: Moment) -> Option<Moment> {
        let over = self.deaf.iter().map(Span::end).filter(|end| *end <= now);
        over.max()
    }

    pub fn set_clock(&mut self, now: Moment, by: TimeDelta) {
        let off = self.off_at(now) + by;
        self.clock_set.push((now, off));
    }

    /// How far the program's clock is ahead at `at`.
    pub fn off_at(&self, at: Moment) -> TimeDelta {
        let set = self.clock_set.iter().rev().find(|(from, _)| *from <= at);
        set.map_or(TimeDelta::zero(), |(_, off)| *off)
    }

    pub fn doomed(&mut self, doom: Doom) -> bool {
        let doomed = self.doom == Some(doom);
        if doomed {
            self.doom = None;
        }
        doomed
    }
}

impl Rehearsal {
    /// Nothing can be read from the queue in `span`.
    pub fn deaf_in(&mut self, span: Span) {
        self.weather.deaf.push(span);
    }

    /// Nothing can be sent in `span`.
    pub fn mute_in(&mut self, span: Span) {
        self.weather.mute.push(span);
    }

    /// The next ping arrives, and the word of it is lost on the way back.
    pub fn lose_next_receipt(&mut self) {
        self.weather.lost_receipts += 1;
    }

    /// Telegram refuses the next ping for so long.
    pub fn put_off_next_ping(&mut self, after: Duration) {
        self.weather.put_off = Some(after);
    }

    /// The program will die there.
    pub fn doom(&mut self, doom: Doom) {
        self.weather.doom = Some(doom);
    }

    /// Another program reads the same bot's queue, and takes what waits in it.
    pub async fn conflict(&mut self) -> Result<(), StoreError> {
        self.queue.lose(self.now);
        self.disturbed(BlindCause::Conflict).await
    }

    /// Somebody sets the program's clock on by so much.
    pub async fn set_clock(&mut self, by: TimeDelta) -> Result<(), StoreError> {
        self.weather.set_clock(self.now, by);
        let clock = self.clock();
        match &mut self.keeper {
            Some(keeper) => keeper.clock_set(by, clock).await,
            None => Ok(()),
        }
    }

    async fn disturbed(&mut self, cause: BlindCause) -> Result<(), StoreError> {
        let clock = self.clock();
        match &mut self.keeper {
            Some(keeper) => keeper.disturbed(cause, clock).await,
            None => Ok(()),
        }
    }
}
