//! Whole holidays in virtual time on the real core: people of many habits, everything going wrong
//! around them, and after every step the promises, held against what really happened.
//!
//! Two grounds: the keeper with its store, and the pure core in memory. Neither knows that it is
//! played. One seed is one holiday, to the letter: the same roster, the same people, the same
//! bad luck. What is true is written down as it happens and never asked of the program.

mod agenda;
mod core;
mod county;
mod deeds;
mod dice;
mod faults;
mod figures;
mod habits;
mod kept;
mod laws;
mod misfortune;
mod outbox;
mod planted;
mod polling;
mod program;
mod queue;
mod run;
mod sending;
mod server;
mod telephone;
mod truth;
mod weather;

pub use faults::Kind;
pub use figures::{Absent, Figures, Told};
pub use laws::Law;
pub use planted::Planted;

use std::path::PathBuf;

use crate::decide::Policy;
use crate::time::Moment;
use run::Run;

/// What is tried.
#[derive(Clone, Debug)]
pub enum Ground {
    /// The keeper and its store; the path is a folder for the database, gone afterwards.
    Store(PathBuf),
    /// The same with an empty database on a server; the folder is gone afterwards, it is not.
    Server { url: String, folder: PathBuf },
    /// `decide` alone, on a world in memory.
    Core,
}

/// Whether the story is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Story {
    Kept,
    Untold,
}

/// One holiday, played.
#[derive(Debug)]
pub struct Played {
    pub figures: Figures,
    pub broken: Option<Broken>,
    /// Line by line; empty where it was not to be kept.
    pub story: Vec<String>,
}

/// A promise that did not hold.
#[derive(Clone, Debug)]
pub struct Broken {
    pub law: Law,
    pub at: Moment,
    /// The facts, as a programmer reads them.
    pub facts: String,
}

/// Plays the holiday of `seed` on `ground` by `policy`, with that fault planted, if any.
pub async fn holiday(
    seed: u64,
    ground: &Ground,
    policy: &Policy,
    planted: Option<Planted>,
    story: Story,
) -> Played {
    let mut run = Run::new(seed, ground, policy.clone(), planted, story);
    let broken = match run.play().await {
        Ok(()) => None,
        Err(broken) => Some(*broken),
    };
    run.ended(broken).await
}
