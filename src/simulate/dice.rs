use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};

use crate::time::TimeDelta;

/// All chance of one holiday: the same seed throws the same.
pub(super) struct Dice(StdRng);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// 0 to `limit` less one; 0 where there is no choice.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0.random_range(0..limit.max(1))
    }

    /// Whether the one chance in `many` came.
    pub fn once_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    /// A length between the two, in milliseconds each.
    pub fn millis(&mut self, least: i64, most: i64) -> TimeDelta {
        TimeDelta::milliseconds(self.0.random_range(least..=most.max(least)))
    }

    /// The same in seconds.
    pub fn secs(&mut self, least: i64, most: i64) -> TimeDelta {
        self.millis(least * 1000, most * 1000)
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        let index = usize::try_from(self.below(from.len() as u64)).ok()?;
        from.get(index).copied()
    }

    pub fn bytes(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.0.fill_bytes(&mut bytes);
        bytes
    }
}
