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
    /// How long each of the last pings was out, oldest first.
    trips: VecDeque<Duration>,
}

/// How many trips are looked back on.
const LOOKED_BACK_ON: usize = 15;
/// Fewer say nothing yet.
const FEWEST: usize = 5;
/// Of so many one counts as a single slow one, whatever it took.
const ONE_SLOW_IN: usize = 5;
/// How long a ping is taken to be out while nothing is known: up to a hundred a second none is
/// then beside it.
const SUPPOSED: Duration = Duration::from_millis(10);
/// Beyond so many a second, to hold one back costs more than to have a few repeated.
const MANY: u32 = 100;
/// So much of our own time counts at most for each [`MANY`] that may leave in a second.
const OWN_AT_MOST: Duration = Duration::from_millis(25);

impl Pace {
    pub fn new(rate: u32) -> Self {
        let pace = Self {
            permits: Arc::new(Semaphore::new(rate as usize)),
            rate,
            trips: VecDeque::with_capacity(LOOKED_BACK_ON),
        };
        pace.tell();
        pace
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

    /// A ping was answered after `round_trip`, and after `own` more that was on the disk.
    pub fn took(&mut self, round_trip: Duration, own: Duration) {
        let before = self.pings_at_once();
        if self.trips.len() == LOOKED_BACK_ON {
            self.trips.pop_front();
        }
        self.trips
            .push_back(round_trip + self.counted(own, round_trip));
        if self.pings_at_once() != before {
            self.tell();
        }
    }

    /// What counts of our own time: beside a near server nothing, for a slow disk alone is to let
    /// no second ping out; who pays for many is not held up by it. Else twice, since the place of
    /// one that is done is taken only once the queue has been looked at, which waits for the same
    /// desk.
    fn counted(&self, own: Duration, round_trip: Duration) -> Duration {
        if self.rate <= MANY && round_trip * self.rate <= SECOND {
            return Duration::ZERO;
        }
        (own * 2).min(OWN_AT_MOST * self.rate.max(MANY) / MANY)
    }

    fn tell(&self) {
        let pings = self.pings_at_once();
        tracing::info!(pings, "how many pings are on their way at once");
    }

    /// How many pings may be on their way at once: as many as the rate needs (Little's law) and
    /// no more, for each of them is one that a crash repeats. Our own time counts too, or those
    /// that wait for the disk would hold up the rest; a disk that is slow counts no more than that.
    pub fn pings_at_once(&self) -> usize {
        let needed = f64::from(self.rate) * self.long_trip().as_secs_f64();
        // At least one; the rate itself at a trip of a second.
        let mut at_once = 1;
        while at_once < self.rate && f64::from(at_once) < needed {
            at_once += 1;
        }
        at_once as usize
    }

    /// The longest of the last but for single slow ones: by the middle one, half of them would
    /// keep others waiting.
    fn long_trip(&self) -> Duration {
        let mut sorted: Vec<Duration> = self.trips.iter().copied().collect();
        sorted.sort_unstable();
        let slow = sorted.len() / ONE_SLOW_IN;
        let long = sorted.iter().rev().nth(slow);
        long.filter(|_| sorted.len() >= FEWEST)
            .copied()
            .unwrap_or(SUPPOSED)
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
            pace.took(Duration::from_millis(5), Duration::ZERO);
        }
        assert_eq!(pace.pings_at_once(), 1);
        for _ in 0..50 {
            pace.took(Duration::from_millis(200), Duration::ZERO);
        }
        assert_eq!(pace.pings_at_once(), 6);
        for _ in 0..50 {
            pace.took(Duration::from_secs(9), Duration::ZERO);
        }
        assert_eq!(pace.pings_at_once(), 30);
    }

    #[test]
    fn where_some_answers_take_longer_as_many_leave_as_these_need() {
        let mut pace = Pace::new(30);
        for at in 0..30 {
            pace.took(Duration::from_millis([60, 60, 250][at % 3]), Duration::ZERO);
        }
        assert_eq!(pace.pings_at_once(), 8);
    }

    #[test]
    fn a_slow_disk_alone_lets_no_second_ping_out_unless_many_may_leave() {
        let slow_disk = |rate, round_trip| {
            let mut pace = Pace::new(rate);
            for _ in 0..30 {
                pace.took(round_trip, Duration::from_millis(100));
            }
            pace.pings_at_once()
        };
        assert_eq!(slow_disk(1, Duration::from_millis(5)), 1);
        assert_eq!(slow_disk(30, Duration::from_millis(20)), 1);
        assert_eq!(slow_disk(30, Duration::from_millis(200)), 7);
        assert_eq!(slow_disk(1000, Duration::from_millis(5)), 205);
    }

    #[test]
    fn of_an_unknown_server_as_many_are_asked_for_as_a_near_one_takes() {
        assert_eq!(Pace::new(1).pings_at_once(), 1);
        assert_eq!(Pace::new(30).pings_at_once(), 1);
        assert_eq!(Pace::new(1000).pings_at_once(), 10);
    }

    #[test]
    fn a_single_slow_answer_lets_no_second_ping_out() {
        let mut pace = Pace::new(30);
        for _ in 0..20 {
            pace.took(Duration::from_millis(5), Duration::ZERO);
        }
        for _ in 0..3 {
            pace.took(Duration::from_secs(10), Duration::ZERO);
            assert_eq!(pace.pings_at_once(), 1);
        }
    }
}
