//! Reading the queue: long polls, one at a time, the next only when the last is kept.

use super::faults::{Doom, Kind};
use super::planted::Planted;
use super::queue::{BATCH, Read};
use super::run::{Run, Step};
use super::truth::Fate;
use super::weather::Air;
use crate::engine::{NUMBERS_HOLD, Reading, Rest, timeout_secs};
use crate::spotcheck::BlindCause;
use crate::store::RawUpdate;
use crate::time::{Moment, TimeDelta};

/// The longest a reading waits.
const LONGEST: TimeDelta = TimeDelta::seconds(10);
/// After a failed one.
const PAUSE: TimeDelta = TimeDelta::seconds(1);
/// Less than this between two looks of Telegram's into the queue is as good as none.
const AS_ONE: TimeDelta = TimeDelta::seconds(15);

/// The reader's side.
pub(super) struct Poll {
    pub at: At,
    /// The next offset to ask from.
    pub offset: Option<i64>,
    /// What was asked from, at the most: everything before is confirmed.
    pub confirmed: Option<i64>,
    pub last_update: Moment,
    /// No reading can have begun before.
    pub floor: Moment,
    /// When Telegram last looked into the queue for us.
    pub looked: Moment,
    /// When the last reading began that left the queue empty and was kept.
    pub dry: Moment,
    /// What was read last, for Telegram to give out again.
    pub last: Option<(usize, RawUpdate)>,
}

/// Where the reading stands.
pub(super) enum At {
    Down,
    /// Readings come and go, and nothing depends on any of them: they are not played.
    Idle,
    Waiting {
        began: Moment,
        until: Moment,
    },
    Coming {
        began: Moment,
        reads: Vec<Read>,
        /// When Telegram answered.
        dated: Moment,
        at: Moment,
    },
    Pausing {
        until: Moment,
    },
}

impl Poll {
    pub fn new(eve: Moment) -> Self {
        Self {
            at: At::Down,
            offset: None,
            confirmed: None,
            last_update: eve,
            floor: eve,
            looked: eve,
            dry: eve,
            last: None,
        }
    }
}

impl Run {
    pub fn next_poll(&self) -> Option<Moment> {
        match &self.poll.at {
            At::Down => None,
            At::Idle if self.is_listening() => Some(self.now),
            At::Idle => self.queue.next(self.now),
            At::Waiting { until, .. } => {
                let news = self.queue.next(self.now);
                Some(news.map_or(*until, |news| news.min(*until)))
            }
            At::Coming { at, .. } => Some(*at),
            At::Pausing { until } => Some(*until),
        }
    }

    /// Whether a check waits for readings.
    fn is_listening(&self) -> bool {
        self.program.reading_due().is_some()
    }

    pub async fn poll_on(&mut self) -> Step {
        match std::mem::replace(&mut self.poll.at, At::Idle) {
            At::Down => self.poll.at = At::Down,
            At::Idle => {
                self.catch_up().await?;
                let ago = self.dice.millis(0, LONGEST.num_milliseconds() - 1);
                let began = (self.now - ago).max(self.poll.floor);
                self.poll.looked = self.now;
                self.begin(began).await?;
            }
            At::Waiting { began, .. } if self.weather.air(self.now) == Air::Clear => {
                self.queue_looked_into();
                let reads = self.queue.read(self.now, self.poll.offset);
                let at = self.now + self.way_back();
                let dated = self.now;
                self.poll.at = At::Coming {
                    began,
                    reads,
                    dated,
                    at,
                };
            }
            At::Pausing { .. } | At::Waiting { .. } => self.begin(self.now).await?,
            At::Coming {
                began,
                reads,
                dated,
                ..
            } => self.read(began, dated, reads).await?,
        }
        Ok(())
    }

    fn way_back(&mut self) -> TimeDelta {
        if self.weather.slow_readings > 0 {
            self.weather.slow_readings -= 1;
            let slow = self.dice.secs(2, 19);
            self.truth
                .trouble(Kind::SlowReading, self.now, self.now + slow);
            return slow;
        }
        self.dice.millis(20, 200)
    }

    /// Telegram looks into the queue: what is too old is gone.
    fn queue_looked_into(&mut self) {
        for deed in self.queue.expire(self.now) {
            if self.truth.given[deed].fate == Fate::Waiting {
                self.truth.given[deed].fate = Fate::Expired;
            }
        }
    }

    /// A reading is asked for.
    async fn begin(&mut self, began: Moment) -> Step {
        match self.weather.air(self.now) {
            Air::Deaf => {
                let clear = self.weather.heard_from(self.now) + self.dice.millis(0, 1_000);
                self.poll.at = At::Pausing { until: clear };
                self.poll.floor = clear;
            }
            Air::Conflict => self.conflict().await?,
            Air::Clear => {
                if self.clock() - self.poll.last_update > NUMBERS_HOLD {
                    self.poll.offset = None;
                }
                self.queue_looked_into();
                self.queue.confirm(self.poll.offset);
                self.poll.confirmed = self.poll.offset.max(self.poll.confirmed);
                let wait = timeout_secs(self.program.reading_due(), self.clock());
                let until = (began + TimeDelta::seconds(wait.into())).max(self.now);
                self.poll.at = At::Waiting { began, until };
            }
        }
        Ok(())
    }

    /// Another program reads the same queue, and takes what waits in it.
    async fn conflict(&mut self) -> Step {
        for deed in self.queue.lose(self.now) {
            self.truth.given[deed].fate = Fate::Taken;
        }
        self.poll.at = At::Pausing {
            until: self.now + PAUSE,
        };
        self.poll.floor = self.now;
        let clock = self.clock();
        let cause = BlindCause::Conflict;
        let told = self.program.disturbed(cause, clock).await;
        told.map_err(|error| self.failed(&error))?;
        self.life.has_news = true;
        Ok(())
    }

    async fn read(&mut self, began: Moment, dated: Moment, reads: Vec<Read>) -> Step {
        let rest = if reads.len() < BATCH {
            Rest::Dry
        } else {
            Rest::More
        };
        let reading = Reading {
            updates: reads.iter().map(|read| self.as_kept(read)).collect(),
            began: began + self.weather.off_at(began),
            dated: in_whole_seconds(dated),
            rest,
        };
        let next = reading.next_offset();
        if self.planted == Some(Planted::ConfirmBeforeCommit) {
            self.queue.confirm(next);
            self.poll.confirmed = next.max(self.poll.confirmed);
        }
        let doom = self.doomed();
        if doom == Some(Doom::BeforeCommit) {
            self.program.keep_half(&reading);
            // What Telegram showed was never kept: it was no look.
            self.poll.at = At::Down;
            return self.die().await;
        }
        let clock = self.clock();
        let dice = &mut self.dice;
        let heard = self
            .program
            .hear(&reading, clock, &mut || dice.bytes())
            .await;
        heard.map_err(|error| self.failed(&error))?;
        self.note_gap(dated);
        if rest == Rest::Dry {
            self.note_dry(began);
        }
        for read in &reads {
            let given = &mut self.truth.given[read.deed];
            given.update = Some(read.update.id);
            if given.fate == Fate::Waiting {
                given.fate = Fate::Kept(self.now);
            }
        }
        if let Some(last) = reads.last() {
            self.poll.last = Some((last.deed, last.update.clone()));
        }
        self.life.has_news = true;
        if doom.is_some() {
            // Nothing is read any more before the start.
            self.poll.at = At::Down;
            return self.die().await;
        }
        if next.is_some() {
            self.poll.offset = next;
            self.poll.last_update = clock;
        }
        self.poll.floor = self.now;
        self.figures.readings += 1;
        if self.is_listening() || self.queue.next(self.now).is_some_and(|at| at <= self.now) {
            // Not in a circle where the server answers at once.
            let breath = reads.is_empty() && self.now - began < TimeDelta::milliseconds(100);
            if breath {
                let until = self.now + TimeDelta::milliseconds(200);
                self.poll.at = At::Pausing { until };
            } else {
                self.begin(self.now).await?;
            }
        } else {
            self.queue.confirm(self.poll.offset);
            self.poll.confirmed = self.poll.offset.max(self.poll.confirmed);
            self.poll.at = At::Idle;
        }
        Ok(())
    }

    fn as_kept(&self, read: &Read) -> RawUpdate {
        let mut update = read.update.clone();
        if self.planted == Some(Planted::LocalClock) {
            let date = self.truth.given[read.deed].at.timestamp();
            let (old, new) = (format!("\"date\":{date}"), self.clock().timestamp());
            update.raw = update.raw.replace(&old, &format!("\"date\":{new}"));
        }
        update
    }

    /// Telegram looked at `at`, for a reading that was kept or has nothing to bring yet.
    pub fn note_gap(&mut self, at: Moment) {
        if at - self.poll.looked > AS_ONE {
            self.truth.gaps.push((self.poll.looked, at));
        }
        self.poll.looked = self.poll.looked.max(at);
    }

    /// A reading that began at `began` was kept, and left nothing behind.
    fn note_dry(&mut self, began: Moment) {
        if began - self.poll.dry > AS_ONE {
            self.truth.unproven.push((self.poll.dry, began));
        }
        self.poll.dry = began;
    }

    /// The readings that came and went unplayed, told by their last.
    pub async fn catch_up(&mut self) -> Step {
        let is_idle = matches!(self.poll.at, At::Idle);
        let is_clear = self.weather.air(self.now) == Air::Clear;
        if !(is_idle && is_clear && self.is_working()) {
            return Ok(());
        }
        self.poll.looked = self.now;
        if self.now - self.poll.floor <= LONGEST {
            return Ok(());
        }
        let ago = self.dice.millis(0, LONGEST.num_milliseconds());
        let began = (self.now - ago - LONGEST).max(self.poll.floor);
        self.poll.dry = began;
        self.poll.floor = self.now - ago;
        let reading = Reading {
            updates: Vec::new(),
            began: began + self.weather.off_at(began),
            dated: in_whole_seconds(self.poll.floor),
            rest: Rest::Dry,
        };
        let clock = self.clock();
        let heard = self.program.hear(&reading, clock, &mut || [0; 32]).await;
        heard.map_err(|error| self.failed(&error))?;
        Ok(())
    }
}

/// A moment as Telegram tells it.
fn in_whole_seconds(moment: Moment) -> Option<Moment> {
    Moment::from_timestamp(moment.timestamp(), 0)
}
