use serde::{Deserialize, Serialize};

use super::{Digest, Seed, Terms};
use crate::time::Moment;

/// Why a draw was committed to, once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// A new seed.
    First,
    /// Another version of the roster, on the same seed.
    NewRoster,
    /// Other terms, on the same seed.
    NewTerms,
}

/// What was told before the period so that nobody could choose the draw afterwards: the digest of
/// the seed, the roster and the terms together. Without the seed it says nothing of the draw;
/// with it, nothing else fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// From here on it holds.
    pub at: Moment,
    /// The roster's version, and the digest of its roll.
    pub version: u32,
    pub roll: Digest,
    pub terms: Terms,
    /// The commitment before, on the same seed; [`Digest::NONE`] for the first.
    pub before: Digest,
    pub digest: Digest,
}

impl Commitment {
    #[must_use]
    pub fn new(
        seed: &Seed,
        (version, roll): (u32, Digest),
        terms: Terms,
        before: Option<&Commitment>,
        at: Moment,
    ) -> Self {
        let before = before.map_or(Digest::NONE, |c| c.digest);
        let text = committed_text(seed, (version, roll), &terms, before);
        Self {
            at,
            version,
            roll,
            terms,
            before,
            digest: Digest::of(text.as_bytes()),
        }
    }

    /// Whether it was made of this seed.
    #[must_use]
    pub fn fits(&self, seed: &Seed) -> bool {
        let text = committed_text(seed, (self.version, self.roll), &self.terms, self.before);
        Digest::of(text.as_bytes()) == self.digest
    }
}

/// Four lines, so that anybody's `sha256sum` does.
fn committed_text(
    seed: &Seed,
    (version, roll): (u32, Digest),
    terms: &Terms,
    before: Digest,
) -> String {
    let seed = seed.reveal();
    let terms = serde_json::to_string(terms).expect("terms are numbers and moments");
    format!("seed {seed}\nroster {version} {roll}\nterms {terms}\nbefore {before}\n")
}
