//! The one place that reads the wall clock.
//!
//! [`Clock::now`] never jumps: it is the wall clock as it stood at the start, carried on by the
//! machine's steady clock. Where somebody sets the wall clock meanwhile, [`Clock::set_by`] says
//! so once, and goes on from the new time.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};

use crate::time::Moment;

/// Less than this apart, the two clocks only drift.
const DRIFT: TimeDelta = TimeDelta::seconds(2);

#[derive(Debug)]
pub struct Clock {
    anchor: Mutex<Anchor>,
}

#[derive(Clone, Copy, Debug)]
struct Anchor {
    wall: Moment,
    steady: Instant,
}

impl Anchor {
    fn here() -> Self {
        Self {
            wall: Utc::now(),
            steady: Instant::now(),
        }
    }

    fn carried_on(self) -> Moment {
        self.wall + TimeDelta::from_std(self.steady.elapsed()).unwrap_or(TimeDelta::MAX)
    }
}

impl Clock {
    #[must_use]
    pub fn start() -> Self {
        Self {
            anchor: Mutex::new(Anchor::here()),
        }
    }

    /// A clock that shows `moment` now, for stories that go on by themselves.
    #[must_use]
    pub fn from(moment: Moment) -> Self {
        Self {
            anchor: Mutex::new(Anchor {
                wall: moment,
                ..Anchor::here()
            }),
        }
    }

    #[must_use]
    pub fn now(&self) -> Moment {
        self.anchor().carried_on()
    }

    /// By how much the wall clock was set since the start or the last such answer, where it was.
    pub fn set_by(&self) -> Option<TimeDelta> {
        let mut anchor = self
            .anchor
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let here = Anchor::here();
        let by = here.wall - anchor.carried_on();
        if by.abs() < DRIFT {
            return None;
        }
        *anchor = here;
        Some(by)
    }

    /// Waits until `moment`; for ever where there is none.
    pub async fn sleep_until(&self, moment: Option<Moment>) {
        match moment {
            Some(moment) => {
                let left = (moment - self.now()).to_std().unwrap_or(Duration::ZERO);
                tokio::time::sleep(left).await;
            }
            None => std::future::pending().await,
        }
    }

    fn anchor(&self) -> Anchor {
        *self
            .anchor
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
