use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::Moment;

/// A non-empty stretch of time, `[start, end)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    start: Moment,
    end: Moment,
}

impl Span {
    /// `None` where `end` is not after `start`: empty spans cannot exist.
    #[must_use]
    pub fn new(start: Moment, end: Moment) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    #[must_use]
    pub fn start(&self) -> Moment {
        self.start
    }

    #[must_use]
    pub fn end(&self) -> Moment {
        self.end
    }

    #[must_use]
    pub fn length(&self) -> TimeDelta {
        self.end - self.start
    }

    #[must_use]
    pub fn contains(&self, moment: Moment) -> bool {
        self.start <= moment && moment < self.end
    }

    /// The stretch both share.
    #[must_use]
    pub fn meet(&self, other: &Span) -> Option<Span> {
        self.overlaps(other).then(|| Self {
            start: self.start.max(other.start),
            end: self.end.min(other.end),
        })
    }

    #[must_use]
    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}
