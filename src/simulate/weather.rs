use super::faults::{Doom, Slip};
use crate::time::{Moment, TimeDelta};

/// What is wrong around the program now.
#[derive(Default)]
pub(super) struct Weather {
    deaf: Vec<(Moment, Moment)>,
    mute: Vec<(Moment, Moment)>,
    conflict: Vec<(Moment, Moment)>,
    /// The program's calls are refused as if it had no token.
    token: Vec<(Moment, Moment)>,
    pub slips: Vec<Slip>,
    pub slow_readings: u64,
    pub delayed: u64,
    pub doom: Option<(Doom, u64, TimeDelta)>,
    /// How far the program's clock is ahead, and from when on.
    clock_set: Vec<(Moment, TimeDelta)>,
    /// The clerk's chat has another number.
    pub moved: Moved,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Moved {
    #[default]
    No,
    Yes,
}

/// How the queue can be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Air {
    Clear,
    Deaf,
    Conflict,
}

impl Weather {
    pub fn deaf(&mut self, from: Moment, to: Moment) {
        self.deaf.push((from, to));
    }

    pub fn mute(&mut self, from: Moment, to: Moment) {
        self.mute.push((from, to));
    }

    pub fn conflict(&mut self, from: Moment, to: Moment) {
        self.conflict.push((from, to));
    }

    pub fn no_token(&mut self, from: Moment, to: Moment) {
        self.token.push((from, to));
        self.deaf.push((from, to));
    }

    pub fn air(&self, now: Moment) -> Air {
        if within(&self.deaf, now) {
            Air::Deaf
        } else if within(&self.conflict, now) {
            Air::Conflict
        } else {
            Air::Clear
        }
    }

    pub fn is_mute(&self, now: Moment) -> bool {
        within(&self.mute, now)
    }

    pub fn is_tokenless(&self, now: Moment) -> bool {
        within(&self.token, now)
    }

    /// `now`, or the end of all that keeps us from reading then.
    pub fn heard_from(&self, now: Moment) -> Moment {
        self.deaf.iter().fold(
            now,
            |at, (from, to)| {
                if *from <= at && at < *to { *to } else { at }
            },
        )
    }

    pub fn set_clock(&mut self, now: Moment, by: TimeDelta) {
        let off = self.off_at(now) + by;
        self.clock_set.push((now, off));
    }

    pub fn off_at(&self, at: Moment) -> TimeDelta {
        let set = self.clock_set.iter().rev().find(|(from, _)| *from <= at);
        set.map_or(TimeDelta::zero(), |(_, off)| *off)
    }
}

fn within(spans: &[(Moment, Moment)], now: Moment) -> bool {
    spans.iter().any(|(from, to)| *from <= now && now < *to)
}
