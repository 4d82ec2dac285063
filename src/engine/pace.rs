//! How fast messages may leave: so many permits, each free again one second after its answer.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const SECOND: Duration = Duration::from_secs(1);

/// Telegram's limit over all chats, kept on our side so that it is never met.
#[derive(Clone)]
pub(super) struct Pace {
    permits: Arc<Semaphore>,
    rate: u32,
    /// Of the last pings, oldest first: from leaving to the server's answer.
    round_trips: VecDeque<Duration>,
}

/// How many round trips are looked back on: the middle one of so many is no single slow one.
const LOOKED_BACK_ON: usize = 15;

impl Pace {
    pub fn new(rate: u32) -> Self {
        Self {
            permits: Arc::new(Semaphore::new(rate as usize)),
            rate,
            round_trips: VecDeque::with_capacity(LOOKED_BACK_ON),
        }
    }

    pub fn permit(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.permits).try_acquire_owned().ok()
    }

    /// How many may leave now.
    pub fn free(&self) -> u32 {
        u32::try_from(self.permits.available_permits()).unwrap_or(u32::MAX)
    }

    /// Until one may leave.
    pub async fn freed(&self) {
        let _ = self.permits.acquire().await;
    }

    /// Gives a permit back one second from now.
    pub fn give_back(permit: OwnedSemaphorePermit) {
        tokio::spawn(async move {
            tokio::time::sleep(SECOND).await;
            drop(permit);
        });
    }

    /// The server took that long to answer a ping.
    pub fn took(&mut self, round_trip: Duration) {
        let before = self.pings_at_once();
        if self.round_trips.len() == LOOKED_BACK_ON {
            self.round_trips.pop_front();
        }
        self.round_trips.push_back(round_trip);
        let pings = self.pings_at_once();
        if pings != before {
            tracing::info!(pings, "how many pings are on their way at once");
        }
    }

    /// How many pings may be on their way at once: as many as the rate needs (Little's law) and
    /// no more, for each of them is one that a crash repeats. One, until the server is known to
    /// be far: what is slow on our own side is no reason to have more out.
    pub fn pings_at_once(&self) -> usize {
        let needed = (f64::from(self.rate) * self.round_trip().as_secs_f64()).ceil();
        // At least one; the rate itself at a round trip of a second.
        let mut at_once = 1;
        while at_once < self.rate && f64::from(at_once) < needed {
            at_once += 1;
        }
        at_once as usize
    }

    /// The middle one of the last; nothing while too few are known.
    fn round_trip(&self) -> Duration {
        if self.round_trips.len() < LOOKED_BACK_ON {
            return Duration::ZERO;
        }
        let mut sorted: Vec<Duration> = self.round_trips.iter().copied().collect();
        sorted.sort_unstable();
        sorted.get(LOOKED_BACK_ON / 2).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn whoever_waits_for_a_permit_is_woken_by_the_next_that_is_free() {
        let pace = Pace::new(1);
        let permit = pace.permit().unwrap();
        assert!(pace.freed().now_or_never().is_none());
        drop(permit);
        assert!(pace.freed().now_or_never().is_some());
        assert_eq!(pace.free(), 1, "waiting takes none");
    }

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

    #[test]
    fn a_single_slow_answer_lets_no_second_ping_out() {
        let mut pace = Pace::new(30);
        for _ in 0..20 {
            pace.took(Duration::from_millis(5));
        }
        for _ in 0..3 {
            pace.took(Duration::from_secs(10));
            assert_eq!(pace.pings_at_once(), 1);
        }
    }
}
