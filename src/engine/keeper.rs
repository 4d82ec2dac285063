use std::collections::BTreeSet;

use super::news::{decided, fetching, news_in, news_of, reading_due, settled, strangers};
use crate::decide::{AccountId, Change, Fetched, Input, Key, Policy, Record, UploadId, World};
use crate::roster::Answers;
use crate::spotcheck::{BlindCause, Digest};
use crate::store::{Bell, Commit, Due, Lead, RawUpdate, Settled, Store, StoreError};
use crate::telegram::{Receipt, SendError};
use crate::time::{Moment, TimeDelta};

/// The one writer: it loads the world once, and from then on decides, commits and knows.
///
/// It reads no clock and sends nothing; whoever drives it hands in what happened and when. The
/// same keeper runs behind the bot, in the demo and under simulated faults.
pub struct Keeper {
    store: Store,
    world: World,
    /// A commit failed: what is in memory may be ahead of the disk.
    doubt: Doubt,
    changes: u64,
}

/// Update numbers go on for at least this long.
pub(crate) const NUMBERS_HOLD: TimeDelta = TimeDelta::days(6);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Doubt {
    None,
    Reload,
}

/// One reading of Telegram's queue.
#[derive(Clone, Debug)]
pub struct Reading {
    pub updates: Vec<RawUpdate>,
    /// When it was asked for, by our clock; of what was pushed, when it came.
    pub began: Moment,
    /// When it was answered, by Telegram's, where it says so.
    pub dated: Option<Moment>,
    pub rest: Rest,
}

impl Reading {
    /// What the next reading asks from; `None` if nothing came. Numbers may begin anew, lower, so
    /// that the last to come need not have the highest: an offset after the highest would confirm
    /// none of the later ones, and they would come again for ever.
    #[must_use]
    pub fn next_offset(&self) -> Option<i64> {
        // What is pushed need not come in order, and an offset would skip what is still to come.
        let is_read = matches!(self.rest, Rest::Dry | Rest::More);
        self.updates
            .last()
            .filter(|_| is_read)
            .map(|last| last.id + 1)
    }
}

/// Whether anything was left in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// The reading came back short: the queue was empty.
    Dry,
    /// It came back full: there may be more.
    More,
    /// It was pushed, and all that was queued before it has been pushed too.
    Pushed,
    /// It was pushed, and something queued before it may be still to come.
    PushedAhead,
    /// It was brought to a process that stands by, and something queued before it may be still to
    /// come.
    Brought,
}

/// What a commit keeps of a reading; of none, nothing.
#[derive(Clone, Copy, Default)]
struct Read<'a> {
    updates: &'a [RawUpdate],
    /// The next offset.
    next: Option<i64>,
    rest: Option<Rest>,
}

impl<'a> Read<'a> {
    fn brought(&self) -> &'a [RawUpdate] {
        match self.rest {
            Some(Rest::Brought) => self.updates,
            _ => &[],
        }
    }
}

/// Telegram's word on one message.
#[derive(Debug)]
pub struct Sent {
    pub due: Due,
    pub result: Result<Receipt, SendError>,
    /// Our clock when the word came.
    pub at: Moment,
}

/// A file to be fetched and read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub upload: UploadId,
    pub file: String,
    pub lies: Lies,
    /// What somebody has said of its form.
    pub answers: Answers,
}

/// Where a file's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    WithTelegram,
    /// In our store; with Telegram too, for as long as it keeps files.
    Here,
}

impl Keeper {
    /// The keeper of what `store` holds. `fresh` becomes the deployment's secret if it has none.
    pub async fn new(store: Store, policy: Policy, fresh: [u8; 32]) -> Result<Self, StoreError> {
        let key = store.key(fresh).await?;
        let world = store.world(policy, key).await?;
        Ok(Self {
            store,
            world,
            doubt: Doubt::None,
            changes: 0,
        })
    }

    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// What makes the world's links and buttons.
    #[must_use]
    pub fn key(&self) -> &Key {
        &self.world.key
    }

    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Whether this process may still act.
    #[must_use]
    pub fn lead(&self) -> Lead {
        self.store.lead()
    }

    /// Where the next reading of the queue begins. After a week without updates their numbers may
    /// begin anew, lower, and an offset would hide them: then there is none, and what was heard
    /// already is known by its hash.
    pub async fn offset(&self, now: Moment) -> Result<Option<i64>, StoreError> {
        // Readings that came back empty keep no number alive.
        let heard = self.store.heard_at().await?;
        if heard.is_some_and(|heard| now - heard > NUMBERS_HOLD) {
            return Ok(None);
        }
        self.store.cursor().await
    }

    /// When the last update came; `None` before the first.
    pub async fn heard_at(&self) -> Result<Option<Moment>, StoreError> {
        self.store.heard_at().await
    }

    /// Takes in one reading of the queue: updates, cursor and all that follows in one commit.
    /// Only when it returns may the next reading be asked for.
    pub async fn hear(
        &mut self,
        reading: &Reading,
        now: Moment,
        chance: &mut impl FnMut() -> [u8; 32],
    ) -> Result<(), StoreError> {
        self.hear_and_settle(reading, &[], now, chance).await
    }

    /// The same, and Telegram's word on messages that were sent, in one commit.
    pub async fn hear_and_settle(
        &mut self,
        reading: &Reading,
        sent: &[Sent],
        now: Moment,
        chance: &mut impl FnMut() -> [u8; 32],
    ) -> Result<(), StoreError> {
        // A queue that is empty proves nothing as long as somebody else still holds what was in it.
        self.hear_what_was_brought(now, chance).await?;
        self.hear_one(reading, sent, now, chance).await
    }

    /// Takes in what was brought to processes that stand by.
    pub async fn hear_what_was_brought(
        &mut self,
        now: Moment,
        chance: &mut impl FnMut() -> [u8; 32],
    ) -> Result<(), StoreError> {
        loop {
            let updates = self.store.brought().await?;
            if updates.is_empty() {
                return Ok(());
            }
            let reading = Reading {
                updates,
                began: now,
                dated: None,
                rest: Rest::Brought,
            };
            self.hear_one(&reading, &[], now, chance).await?;
        }
    }

    /// Rings when something was brought to a process that stands by.
    #[must_use]
    pub fn bell(&self) -> Bell {
        self.store.bell()
    }

    async fn hear_one(
        &mut self,
        reading: &Reading,
        sent: &[Sent],
        now: Moment,
        chance: &mut impl FnMut() -> [u8; 32],
    ) -> Result<(), StoreError> {
        self.settle_doubt().await?;
        let unseen = self.store.unseen(&reading.updates).await?;
        let updates = reading.updates.iter().zip(unseen);
        let unseen = updates.filter_map(|(update, unseen)| unseen.then_some(update));
        // What a question came to is known before its answer.
        let mut inputs = news_of(sent);
        inputs.extend(news_in(reading, unseen, &self.world.key, now, chance));
        let settled: Vec<Settled> = sent.iter().map(settled).collect();
        let next = reading.next_offset();
        let read = Read {
            updates: &reading.updates,
            next,
            rest: Some(reading.rest),
        };
        self.keep(&inputs, read, &settled, None, now).await
    }

    /// Takes in Telegram's word on messages that were sent.
    pub async fn settle(&mut self, sent: &[Sent], now: Moment) -> Result<(), StoreError> {
        self.settle_doubt().await?;
        let settled: Vec<Settled> = sent.iter().map(settled).collect();
        self.keep(&news_of(sent), Read::default(), &settled, None, now)
            .await
    }

    /// Takes in a fetched file, or the news that it could not be had.
    pub async fn fetched(
        &mut self,
        upload: UploadId,
        result: Fetched,
        bytes: Option<&[u8]>,
        now: Moment,
    ) -> Result<(), StoreError> {
        self.settle_doubt().await?;
        let input = Input::Fetched { upload, result };
        let bytes = bytes.map(|bytes| (upload, bytes));
        self.keep(&[input], Read::default(), &[], bytes, now).await
    }

    /// Something may have hidden answers since the last dry reading.
    pub async fn disturbed(&mut self, cause: BlindCause, now: Moment) -> Result<(), StoreError> {
        self.decide_one(Input::Disturbed { cause }, now).await
    }

    /// Our clock was set on by `by`; `now` is by the clock as it is.
    pub async fn clock_set(&mut self, by: TimeDelta, now: Moment) -> Result<(), StoreError> {
        self.decide_one(Input::ClockSet { by }, now).await
    }

    pub async fn introduced(&mut self, bot: String, now: Moment) -> Result<(), StoreError> {
        self.decide_one(Input::Introduced { bot }, now).await
    }

    /// Does what is due at `now`.
    pub async fn tick(&mut self, now: Moment) -> Result<(), StoreError> {
        self.decide_one(Input::Tick, now).await?;
        if self.world.head_told.is_some_and(|told| told.next <= now) {
            let head = self.store.journal_head().await?;
            let (lines, link) = head.map_or((0, Digest::NONE), |h| (h.number, Digest(h.link)));
            self.decide_one(Input::JournalHead { lines, link }, now)
                .await?;
        }
        Ok(())
    }

    /// The process begins. `chance` is fresh from the system.
    pub async fn started(&mut self, chance: [u8; 32], now: Moment) -> Result<(), StoreError> {
        if let Some(undone) = self.store.undone().await? {
            tracing::warn!(
                lines = undone.lines,
                "an older copy of the database was put back"
            );
            self.decide_one(Input::Restored(undone), now).await?;
        }
        self.decide_one(Input::Started { chance }, now).await
    }

    /// Does what somebody asks for at the desk, `file` being what they sent along, and tells what
    /// followed. Only when it returns is it so.
    pub async fn act(
        &mut self,
        input: &Input,
        file: Option<&[u8]>,
        now: Moment,
    ) -> Result<Change, StoreError> {
        self.settle_doubt().await?;
        let change = decided(&self.world, input, now);
        let sent = change.records.iter().find_map(|record| match record {
            Record::Upload(upload) => Some(upload.id),
            _ => None,
        });
        self.world.apply(&change);
        let commit = Commit {
            inbox: &[],
            strangers: &BTreeSet::new(),
            brought: &[],
            cursor: None,
            settled: &[],
            change: &change,
            bytes: sent.zip(file),
            now,
        };
        self.commit(&commit).await?;
        Ok(change)
    }

    /// How often the world has changed since the start.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// When [`Keeper::tick`] has something to do.
    #[must_use]
    pub fn next_wake(&self) -> Option<Moment> {
        self.world.next_wake()
    }

    /// When a dry reading of the queue will first close a check: readings should end by then.
    #[must_use]
    pub fn reading_due(&self) -> Option<Moment> {
        reading_due(&self.world)
    }

    /// Files to be fetched at `now`, but for those of `under_way`.
    #[must_use]
    pub fn wanted(&self, now: Moment, under_way: &BTreeSet<UploadId>) -> Vec<Wanted> {
        self.fetching(under_way)
            .filter(|(next, _)| *next <= now)
            .map(|(_, wanted)| wanted)
            .collect()
    }

    /// When the next file is to be fetched again.
    #[must_use]
    pub fn next_wanted(&self, under_way: &BTreeSet<UploadId>) -> Option<Moment> {
        self.fetching(under_way).map(|(next, _)| next).min()
    }

    /// Messages that may leave now.
    pub async fn due(
        &self,
        now: Moment,
        limit: u32,
        busy: &[AccountId],
    ) -> Result<Vec<Due>, StoreError> {
        self.store.due(now, limit, busy).await
    }

    pub async fn close(self) {
        self.store.close().await;
    }

    fn fetching<'a>(
        &'a self,
        under_way: &'a BTreeSet<UploadId>,
    ) -> impl Iterator<Item = (Moment, Wanted)> + 'a {
        fetching(&self.world, under_way)
    }

    async fn decide_one(&mut self, input: Input, now: Moment) -> Result<(), StoreError> {
        self.settle_doubt().await?;
        self.keep(&[input], Read::default(), &[], None, now).await
    }

    /// Load → decide → commit, the first step done already: every input sees what the one before
    /// it changed.
    async fn keep(
        &mut self,
        inputs: &[Input],
        read: Read<'_>,
        settled: &[Settled],
        bytes: Option<(UploadId, &[u8])>,
        now: Moment,
    ) -> Result<(), StoreError> {
        let mut change = Change::default();
        for input in inputs {
            let follows = decided(&self.world, input, now);
            self.world.apply(&follows);
            change.extend(follows);
        }
        let commit = Commit {
            inbox: read.updates,
            strangers: &strangers(&self.world, inputs),
            brought: read.brought(),
            cursor: read.next,
            settled,
            change: &change,
            bytes,
            now,
        };
        self.commit(&commit).await
    }

    /// Keeps what the world is ahead of the disk by.
    async fn commit(&mut self, commit: &Commit<'_>) -> Result<(), StoreError> {
        let change = commit.change;
        if change.is_empty() && commit.inbox.is_empty() && commit.settled.is_empty() {
            return Ok(());
        }
        let is_hearing = |record: &Record| matches!(record, Record::Hearing(_));
        if !change.records.iter().all(is_hearing) {
            self.changes = self.changes.wrapping_add(1);
        }
        let committed = self.store.commit(commit).await;
        if committed.is_err() {
            self.doubt = Doubt::Reload;
        }
        committed
    }

    async fn settle_doubt(&mut self) -> Result<(), StoreError> {
        if self.doubt == Doubt::Reload {
            let (policy, key) = (self.world.policy.clone(), self.world.key.clone());
            self.world = self.store.world(policy, key).await?;
            self.doubt = Doubt::None;
        }
        Ok(())
    }
}
