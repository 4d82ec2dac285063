//! One spot check, from the question to exactly one outcome.
//!
//! People are named in public on this record, so the machine is pure and small: [`step`] takes
//! what happened and says what follows, [`next_wake`] says when to look again, and nothing else
//! decides. It knows no chat, no roster and no clock: every moment is handed in.
//!
//! Two clocks meet here. Whether a *message* came in time is judged by Telegram's clock alone:
//! its date against the ping's. A *button press* bears no date; it counts from the start of the
//! last reading of the queue that left it empty, by our own clock. Where either could be in doubt
//! it is read in the person's favour.

mod attachment;
mod commitment;
mod digest;
mod draw;
mod evidence;
mod exposure;
mod ladder;
mod lots;
#[cfg(test)]
mod lots_fairness;
#[cfg(test)]
mod lots_tests;
mod make_up;
mod outcome;
mod roll;
mod rungs;
#[cfg(test)]
mod rungs_laws;
mod seed;
mod step;
#[cfg(test)]
mod step_laws;
#[cfg(test)]
mod step_tests;
mod terms;
mod unwatched;
mod verdict;

pub use attachment::{Attachment, AttachmentKind};
pub use commitment::{Commitment, Occasion};
pub use digest::{Digest, NoDigest};
pub use draw::drawn;
pub use evidence::{Blind, BlindCause, Delivery, Evidence, MESSAGE_LIFE};
pub use exposure::{Ended, Exposed, Exposure};
pub use ladder::Ladder;
pub use lots::{Lot, LotState, NotHeld, PUNCTUAL, below_cap, lots, picked};
pub use make_up::again_from;
pub use outcome::{Outcome, Plea, Unreached, VoidReason};
pub use roll::{Duty, Present, Roll};
pub use rungs::{
    Climb, ClimbEffect, ClimbEnd, ClimbEvent, Rung, Stage, Standing, climb, next_climb,
};
pub use seed::Seed;
pub use step::{Effect, Event, Reminded, State, next_wake, step};
pub use terms::{Measure, Nights, Quiet, Terms};
pub use verdict::{Explanation, Ground, Said, Sighting, Verdict, VerdictReason};

use serde::{Deserialize, Serialize};

/// The number every ping shows: 第 0417 号.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CheckId(pub u32);

impl std::fmt::Display for CheckId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_is_written_with_four_digits_and_more_where_it_needs_them() {
        assert_eq!(CheckId(417).to_string(), "0417");
        assert_eq!(CheckId(12_345).to_string(), "12345");
    }
}
