use std::iter::repeat_with;

use sha2::{Digest, Sha256};

/// `count` different numbers below `total` (all of them where there are fewer), each subset as
/// likely as any other, recomputable from `seed`: a Fisher–Yates shuffle fed by
/// SHA-256(seed ‖ counter), with the unfair remainder of each draw thrown away.
#[must_use]
pub fn drawn(seed: &[u8; 32], total: usize, count: usize) -> Vec<usize> {
    let mut left: Vec<usize> = (0..total).collect();
    let mut chance = Chance::new(*seed);
    (0..count.min(total))
        .map(|_| left.swap_remove(chance.below(left.len())))
        .collect()
}

/// SHA-256(seed ‖ counter), for as long as anybody asks.
pub(super) struct Chance {
    seed: [u8; 32],
    counter: u64,
}

impl Chance {
    pub fn new(seed: [u8; 32]) -> Self {
        Self { seed, counter: 0 }
    }

    fn next(&mut self) -> u64 {
        let mut hasher = Sha256::new();
        hasher.update(self.seed);
        hasher.update(self.counter.to_be_bytes());
        self.counter += 1;
        let digest: [u8; 32] = hasher.finalize().into();
        let mut head = [0; 8];
        head.copy_from_slice(&digest[..8]);
        u64::from_be_bytes(head)
    }

    /// Uniform in `0..limit`; `limit` is at least 1.
    pub fn below(&mut self, limit: usize) -> usize {
        let drawn = repeat_with(|| self.next()).find_map(|value| evenly(value, limit as u64));
        drawn.map_or(0, |drawn| usize::try_from(drawn).unwrap_or(0))
    }
}

/// `value` folded into `0..limit`; `None` in the rest at the top, which would favour the first.
fn evenly(value: u64, limit: u64) -> Option<u64> {
    let fair = u64::MAX - u64::MAX % limit;
    (value < fair).then(|| value % limit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nobody_is_favoured_by_a_rest_that_does_not_go_round() {
        assert_eq!(evenly(7, 10), Some(7));
        assert_eq!(evenly(13, 10), Some(3));
        let even = u64::MAX - u64::MAX % 10;
        assert_eq!(evenly(even - 1, 10), Some(9));
        assert_eq!(evenly(even, 10), None);
        assert_eq!(evenly(u64::MAX, 10), None);
    }

    #[test]
    fn a_seed_gives_one_series_of_draws() {
        let mut chance = Chance::new([7; 32]);
        let drawn: Vec<usize> = (0..6).map(|_| chance.below(1_000)).collect();
        assert_eq!(drawn, [182, 304, 526, 644, 139, 806]);
    }

    proptest! {
        #[test]
        fn a_draw_names_different_people_and_can_be_recomputed(
            seed in any::<[u8; 32]>(), total in 0usize..50, count in 0usize..60,
        ) {
            let first = drawn(&seed, total, count);
            prop_assert_eq!(first.len(), count.min(total));
            let distinct: std::collections::BTreeSet<_> = first.iter().collect();
            prop_assert_eq!(distinct.len(), first.len());
            prop_assert!(first.iter().all(|i| *i < total));
            prop_assert_eq!(&first, &drawn(&seed, total, count));
        }
    }

    #[test]
    fn everybody_is_drawn_equally_often() {
        let mut times = [0u32; 10];
        for round in 0u32..20_000 {
            let mut seed = [0; 32];
            seed[..4].copy_from_slice(&round.to_be_bytes());
            for person in drawn(&seed, 10, 3) {
                times[person] += 1;
            }
        }
        // 9 degrees of freedom: 27.9 is passed by chance once in a thousand sets of seeds.
        let expected = 6_000.0;
        let chi2: f64 = times
            .iter()
            .map(|&t| (f64::from(t) - expected).powi(2) / expected)
            .sum();
        assert!(chi2 < 27.9, "χ² = {chi2}, {times:?}");
    }
}
