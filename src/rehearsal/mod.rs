//! The whole program in virtual time: the real keeper, store, decisions and words, with a
//! Telegram and people that are played.
//!
//! Nothing here is known to the program it drives: updates come in as the raw JSON Telegram would
//! send, messages go out as they would be rendered. Time passes only when [`Rehearsal::pass_to`]
//! lets it, so that a holiday takes seconds and the same script always tells the same story.

mod deeds;
mod passing;
mod queue;
mod stage;
mod updates;
mod weather;

pub use deeds::Pressing;
pub use passing::Passed;
pub use stage::{Line, Message, Reach, Speaker};
pub use weather::Doom;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::decide::{AccountId, Key, Policy};
use crate::engine::Keeper;
use crate::roster::Asked;
use crate::spotcheck::CheckId;
use crate::store::{Store, StoreError};
use crate::time::Moment;
use queue::Queue;
use stage::Stage;
use weather::Weather;

/// A story in the making.
pub struct Rehearsal {
    keeper: Option<Keeper>,
    policy: Policy,
    asked: Asked,
    /// The database, and the folder it lies in or has its note in.
    url: String,
    data: PathBuf,
    seed: u64,
    drawn: u64,
    now: Moment,
    stage: Stage,
    queue: Queue,
    weather: Weather,
    /// What buttons are made with; known since the first start.
    key: Option<Key>,
    /// The next offset the program asks the queue for.
    offset: Option<i64>,
    /// When the reading under way began.
    reading_since: Moment,
    /// How many copies of each ping reached a phone.
    pings: BTreeMap<CheckId, u32>,
    /// And of the question to each rung above.
    rungs: BTreeMap<(CheckId, u8), u32>,
    crashes: u32,
    files: BTreeMap<String, Vec<u8>>,
}

impl Rehearsal {
    /// Begins at `now` with nothing stored in `data`.
    pub async fn begin(
        data: PathBuf,
        policy: Policy,
        asked: Asked,
        seed: u64,
        now: Moment,
    ) -> Result<Self, StoreError> {
        let place = ("sqlite:zaigang.db".to_owned(), data);
        Self::begin_at(place, policy, asked, seed, now).await
    }

    /// The same on the empty database that the url names.
    pub async fn begin_at(
        (url, data): (String, PathBuf),
        policy: Policy,
        asked: Asked,
        seed: u64,
        now: Moment,
    ) -> Result<Self, StoreError> {
        let mut rehearsal = Self {
            keeper: None,
            policy,
            asked,
            url,
            data,
            seed,
            drawn: 0,
            now,
            stage: Stage::default(),
            queue: Queue::default(),
            weather: Weather::default(),
            key: None,
            offset: None,
            reading_since: now,
            pings: BTreeMap::new(),
            rungs: BTreeMap::new(),
            crashes: 0,
            files: BTreeMap::new(),
        };
        rehearsal.start().await?;
        Ok(rehearsal)
    }

    #[must_use]
    pub fn now(&self) -> Moment {
        self.now
    }

    /// The keeper; none while the program is down.
    #[must_use]
    pub fn keeper(&self) -> Option<&Keeper> {
        self.keeper.as_ref()
    }

    /// Everything said so far, by both sides.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        self.stage.lines()
    }

    /// What an account has on its screen, oldest first.
    #[must_use]
    pub fn screen(&self, account: AccountId) -> Vec<&Message> {
        self.stage.screen(account)
    }

    /// A random number below `limit` (at least 1), from the seed.
    pub fn chance_below(&mut self, limit: usize) -> usize {
        let bytes = self.chance();
        let mut head = [0; 8];
        head.copy_from_slice(&bytes[..8]);
        usize::try_from(u64::from_be_bytes(head) % (limit.max(1) as u64)).unwrap_or(0)
    }

    /// From now on `account` can be reached so.
    pub fn set_reach(&mut self, account: AccountId, reach: Reach) {
        self.stage.set_reach(account, reach);
    }

    /// `account`'s owner is called `name`.
    pub fn introduce(&mut self, account: AccountId, name: &str) {
        self.stage.introduce(account, name);
    }

    /// How many copies of a check's ping reached a phone.
    #[must_use]
    pub fn pings(&self, check: CheckId) -> u32 {
        self.pings.get(&check).copied().unwrap_or(0)
    }

    /// How many copies of the question to a check's so-many-th rung reached a phone.
    #[must_use]
    pub fn rungs(&self) -> &BTreeMap<(CheckId, u8), u32> {
        &self.rungs
    }

    /// How often the program died.
    #[must_use]
    pub fn crashes(&self) -> u32 {
        self.crashes
    }

    /// The offset from which the program reads: what stands before it is confirmed.
    #[must_use]
    pub fn confirmed(&self) -> Option<i64> {
        self.offset
    }

    /// Whether Telegram has something that the program has not read.
    #[must_use]
    pub fn has_unread(&self) -> bool {
        self.queue.arrivals(self.offset).next().is_some()
    }

    /// What the program's clock shows.
    #[must_use]
    pub fn clock(&self) -> Moment {
        self.clock_at(self.now)
    }

    fn clock_at(&self, at: Moment) -> Moment {
        at + self.weather.off_at(at)
    }

    /// The process dies where it stands: what was not committed is gone.
    pub async fn crash(&mut self) {
        if let Some(keeper) = self.keeper.take() {
            keeper.close().await;
            self.crashes += 1;
        }
    }

    /// The process starts on what is stored.
    pub async fn start(&mut self) -> Result<(), StoreError> {
        if self.keeper.is_none() {
            let store = Store::open(&self.url, &self.data).await?;
            let fresh = self.chance();
            self.offset = store.cursor().await?;
            let mut keeper = Keeper::new(store, self.policy.clone(), fresh).await?;
            let chance = chance_of(self.seed, u64::MAX - u64::from(self.crashes));
            keeper.started(chance, self.clock()).await?;
            self.key = Some(keeper.key().clone());
            self.keeper = Some(keeper);
            self.reading_since = self.now;
        }
        Ok(())
    }

    fn chance(&mut self) -> [u8; 32] {
        self.drawn += 1;
        chance_of(self.seed, self.drawn)
    }
}

fn chance_of(seed: u64, drawn: u64) -> [u8; 32] {
    use sha2::Digest;
    let mut hasher = sha2::Sha256::new();
    hasher.update(seed.to_be_bytes());
    hasher.update(drawn.to_be_bytes());
    hasher.finalize().into()
}
