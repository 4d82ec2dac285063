//! How fast messages may leave: so many permits, each free again one second after its answer.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const SECOND: Duration = Duration::from_secs(1);

/// Telegram's limit over all chats, kept on our side so that it is never met.
#[derive(Clone)]
pub(super) struct Pace {
    permits: Arc<Semaphore>,
    rate: u32,
    /// Smoothed time from a message's leaving to its being settled, in seconds.
    round_trip: f64,
}

impl Pace {
    pub fn new(rate: u32) -> Self {
        Self {
            permits: Arc::new(Semaphore::new(rate as usize)),
            rate,
            round_trip: 0.0,
        }
    }

    pub fn permit(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.permits).try_acquire_owned().ok()
    }

    /// Gives a permit back one second from now.
    pub fn give_back(permit: OwnedSemaphorePermit) {
        tokio::spawn(async move {
            tokio::time::sleep(SECOND).await;
            drop(permit);
        });
    }

    pub fn took(&mut self, round_trip: Duration) {
        self.round_trip = 0.8 * self.round_trip + 0.2 * round_trip.as_secs_f64();
    }

    /// How many pings may be on their way at once: as many as the rate needs (Little's law) and
    /// no more, for each of them is one that a crash repeats.
    pub fn pings_at_once(&self) -> usize {
        let needed = (f64::from(self.rate) * self.round_trip).ceil();
        // At least one; the rate itself at a round trip of a second.
        let mut at_once = 1;
        while at_once < self.rate && f64::from(at_once) < needed {
            at_once += 1;
        }
        at_once as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_server_gets_pings_one_at_a_time_and_a_far_one_as_many_as_the_rate_needs() {
        let mut pace = Pace::new(30);
        assert_eq!(pace.pings_at_once(), 1);
        for _ in 0..50 {
            pace.took(Duration::from_millis(5));
        }
        assert_eq!(pace.pings_at_once(), 1);
        for _ in 0..50 {
            pace.took(Duration::from_millis(200));
        }
        assert_eq!(pace.pings_at_once(), 6);
        for _ in 0..50 {
            pace.took(Duration::from_secs(9));
        }
        assert_eq!(pace.pings_at_once(), 30);
    }
}
