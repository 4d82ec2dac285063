use serde::{Deserialize, Serialize};

use super::Digest;
use super::draw::Chance;

/// What a whole draw is recomputed from: 32 bytes nobody outside can foresee, kept secret until
/// the period is over. It does not print.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seed(Digest);

impl Seed {
    /// The seed `chance` (fresh from the system) makes. What else was drawn from the same chance
    /// tells nothing of it.
    #[must_use]
    pub fn drawn_from(chance: &[u8; 32]) -> Self {
        Self(Digest::of(&[b"draw-seed", &chance[..]].concat()))
    }

    /// The seed that was revealed as these digits.
    #[must_use]
    pub fn revealed(digits: Digest) -> Self {
        Self(digits)
    }

    /// Its digits, to be told once the period is over.
    #[must_use]
    pub fn reveal(&self) -> Digest {
        self.0
    }

    /// Chance for one purpose, the same whenever it is asked for. Parts are length-prefixed, so
    /// that no two purposes are one.
    pub(super) fn chance(&self, parts: &[&str]) -> Chance {
        let mut bytes = self.0.0.to_vec();
        for part in parts {
            bytes.extend((part.len() as u64).to_be_bytes());
            bytes.extend(part.as_bytes());
        }
        Chance::new(Digest::of(&bytes).0)
    }
}

impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seed(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_does_not_print() {
        let seed = Seed::revealed(Digest([0xab; 32]));
        assert_eq!(format!("{:?}", Some(seed)), "Some(Seed(…))");
    }

    #[test]
    fn every_purpose_has_a_chance_of_its_own() {
        let seed = Seed::drawn_from(&[7; 32]);
        let first = |parts: &[&str]| seed.chance(parts).below(usize::MAX);
        assert_eq!(first(&["lot", "甲"]), first(&["lot", "甲"]));
        assert_ne!(first(&["lot", "甲"]), first(&["lot", "乙"]));
        assert_ne!(first(&["ab", "c"]), first(&["a", "bc"]));
    }
}
