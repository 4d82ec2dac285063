use std::collections::{BTreeMap, BTreeSet, HashSet};

use sha2::Digest as _;

use super::outbox::Outbox;
use super::planted::{self, Planted};
use crate::decide::{AccountId, Change, Input, Key, Policy, UploadId, World};
use crate::engine::{NUMBERS_HOLD, Reading, Sent, Wanted, fetching, news_in, news_of, settled};
use crate::journal::{self, Entry};
use crate::proof::{self, Originals};
use crate::roster::Roster;
use crate::spotcheck::{Digest, Roll};
use crate::store::{Due, Fate, Head, RawUpdate, Seen, Settled, StoreError};
use crate::time::Moment;

/// The pure core alone: `decide` on a world in memory, kept as the keeper and the store keep it,
/// whole or not at all.
pub(super) struct Core {
    disk: Disk,
    backup: Option<Box<Disk>>,
    /// Beside the database: no backup has it.
    seen: Seen,
    /// The store fails.
    pub failing: bool,
    planted: Option<Planted>,
    /// What a second process, or one left behind, believes.
    other: Option<Box<World>>,
}

/// What outlives the process.
#[derive(Clone)]
struct Disk {
    world: World,
    inbox: HashSet<(i64, [u8; 32])>,
    raw: BTreeMap<Digest, String>,
    highest: i64,
    cursor: Option<i64>,
    heard_at: Option<Moment>,
    outbox: Outbox,
    chain: Vec<(String, [u8; 32])>,
    files: BTreeMap<UploadId, Vec<u8>>,
}

/// All that one commit holds beside what is decided.
#[derive(Default)]
struct Beside<'a> {
    inbox: &'a [RawUpdate],
    cursor: Option<i64>,
    settled: &'a [Settled],
    bytes: Option<(UploadId, &'a [u8])>,
}

impl Core {
    pub fn new(policy: Policy, key: [u8; 32], planted: Option<Planted>) -> Self {
        Self {
            disk: Disk {
                world: World::new(policy, Key::new(key)),
                inbox: HashSet::new(),
                raw: BTreeMap::new(),
                highest: 0,
                cursor: None,
                heard_at: None,
                outbox: Outbox::default(),
                chain: Vec::new(),
                files: BTreeMap::new(),
            },
            backup: None,
            seen: Seen::default(),
            failing: false,
            planted,
            other: None,
        }
    }

    pub fn world(&self) -> &World {
        &self.disk.world
    }

    pub fn cursor(&self) -> Option<i64> {
        self.disk.cursor
    }

    pub fn outbox(&self) -> &Outbox {
        &self.disk.outbox
    }

    pub fn due(&self, now: Moment, limit: usize, busy: &[AccountId]) -> Vec<Due> {
        self.disk.outbox.due(now, limit, busy, self.planted)
    }

    pub fn change(&mut self, change: &Change) {
        self.disk.world.apply(change);
        self.keep_change(change, &[]);
    }

    pub fn heard_at(&self) -> Option<Moment> {
        self.disk.heard_at
    }

    /// Where the next reading begins, as [`crate::engine::Keeper::offset`] says it.
    fn offset(&self, now: Moment) -> Option<i64> {
        if self.disk.heard_at.is_some_and(|at| now - at > NUMBERS_HOLD) {
            return None;
        }
        self.disk.cursor
    }

    pub fn start(&mut self, chance: [u8; 32], now: Moment) -> Result<Option<i64>, StoreError> {
        if let Some(undone) = self.seen.undone(self.last().as_ref()) {
            self.one(Input::Restored(undone), now)?;
        }
        self.one(Input::Started { chance }, now)?;
        Ok(self.offset(now))
    }

    /// The process is gone, and with it what was never kept.
    pub fn die(&mut self) {
        match self.planted {
            Some(Planted::RetryWithoutOutbox) => self.disk.outbox.forget_put_off(),
            Some(Planted::OutboxAfterSend) => self.disk.outbox.forget_all(),
            _ => {}
        }
    }

    pub fn hear(
        &mut self,
        reading: &Reading,
        now: Moment,
        chance: &mut impl FnMut() -> [u8; 32],
    ) -> Result<(), StoreError> {
        if self.failing {
            return Err(failed());
        }
        let unseen = self.unseen(&reading.updates);
        let inputs = news_in(reading, unseen, &self.disk.world.key, now, chance);
        let beside = Beside {
            inbox: &reading.updates,
            cursor: reading.next_offset(),
            ..Beside::default()
        };
        self.keep(&inputs, &beside, now);
        Ok(())
    }

    fn unseen<'a>(&self, updates: &'a [RawUpdate]) -> Vec<&'a RawUpdate> {
        let mut seen = HashSet::new();
        let is_new = |update: &&RawUpdate| match self.planted {
            Some(Planted::NoDedupe) => true,
            Some(Planted::DedupeByMaxId) => update.id > self.disk.highest,
            Some(Planted::DedupeByIdAlone) => {
                !self.disk.inbox.iter().any(|(id, _)| *id == update.id)
            }
            _ => {
                let name = name_of(update);
                !self.disk.inbox.contains(&name) && seen.insert(name)
            }
        };
        updates.iter().filter(is_new).collect()
    }

    /// What a commit cut in half leaves behind where it is not one transaction.
    pub fn keep_half(&mut self, reading: &Reading) {
        if self.planted == Some(Planted::CursorOutside) {
            self.disk.cursor = reading.next_offset().max(self.disk.cursor);
        }
    }

    pub fn settle(&mut self, sent: &[Sent], now: Moment) -> Result<(), StoreError> {
        if self.failing {
            return Err(failed());
        }
        let mut settled: Vec<Settled> = sent.iter().map(settled).collect();
        for (settled, sent) in settled.iter_mut().zip(sent) {
            if planted::drops(self.planted, &sent.result) {
                let why = String::new();
                settled.fate = Fate::Dead { why };
            }
        }
        let beside = Beside {
            settled: &settled,
            ..Beside::default()
        };
        self.keep(&news_of(sent), &beside, now);
        Ok(())
    }

    pub fn fetched(
        &mut self,
        upload: UploadId,
        result: crate::decide::Fetched,
        bytes: Option<&[u8]>,
        now: Moment,
    ) -> Result<(), StoreError> {
        if self.failing {
            return Err(failed());
        }
        let beside = Beside {
            bytes: bytes.map(|bytes| (upload, bytes)),
            ..Beside::default()
        };
        self.keep(&[Input::Fetched { upload, result }], &beside, now);
        Ok(())
    }

    pub fn tick(&mut self, now: Moment) -> Result<(), StoreError> {
        self.one(Input::Tick, now)?;
        if self.world().head_told.is_some_and(|told| told.next <= now) {
            let lines = i64::try_from(self.disk.chain.len()).unwrap_or(i64::MAX);
            let link = Digest(self.head());
            self.one(Input::JournalHead { lines, link }, now)?;
        }
        self.other_ticks(now);
        Ok(())
    }

    pub fn one(&mut self, input: Input, now: Moment) -> Result<(), StoreError> {
        if self.failing {
            return Err(failed());
        }
        self.keep(&[input], &Beside::default(), now);
        Ok(())
    }

    fn keep(&mut self, inputs: &[Input], beside: &Beside<'_>, now: Moment) {
        let mut change = Change::default();
        for input in inputs {
            let follows = planted::decided(self.planted, &self.disk.world, input, now);
            self.disk.world.apply(&follows);
            change.extend(follows);
        }
        for update in beside.inbox {
            let name = name_of(update);
            self.disk.raw.insert(Digest(name.1), update.raw.clone());
            self.disk.inbox.insert(name);
            self.disk.highest = self.disk.highest.max(update.id);
            self.disk.heard_at = Some(now);
        }
        self.disk.cursor = beside.cursor.or(self.disk.cursor);
        if let Some((upload, bytes)) = beside.bytes {
            self.disk.files.insert(upload, bytes.to_vec());
        }
        self.keep_change(&change, beside.settled);
    }

    fn keep_change(&mut self, change: &Change, settled: &[Settled]) {
        self.disk.outbox.settle(settled);
        self.disk.outbox.withdraw(&change.withdrawn);
        self.disk.outbox.queue(&change.notices);
        for entry in &change.journal {
            self.append(entry);
        }
        let head = self.last().filter(|_| !change.journal.is_empty());
        self.seen.goes_on(head.as_ref(), &change.records);
    }

    /// Where the journal stands.
    fn last(&self) -> Option<Head> {
        let (_, link) = self.disk.chain.last()?;
        Some(Head {
            number: i64::try_from(self.disk.chain.len()).unwrap_or(i64::MAX),
            link: *link,
        })
    }

    fn append(&mut self, entry: &Entry) {
        let Ok(json) = serde_json::to_string(entry) else {
            return;
        };
        let skipped =
            self.planted == Some(Planted::LinkSkipped) && self.disk.chain.len() % 97 == 96;
        let before = if skipped {
            self.disk.chain.iter().rev().nth(1).map(|(_, link)| *link)
        } else {
            None
        };
        let link = journal::link(&before.unwrap_or_else(|| self.head()), &json);
        self.disk.chain.push((json, link));
    }

    fn head(&self) -> [u8; 32] {
        self.disk
            .chain
            .last()
            .map_or(journal::ORIGIN, |(_, link)| *link)
    }

    /// The journal, exported.
    pub fn journal(&self) -> String {
        let world = self.world();
        let rosters = world.versions.values();
        let rosters = rosters.filter_map(|version| world.rosters.get(&version.roster));
        let rolls = rosters.map(|roster| Roll::of(roster as &Roster).text());
        let rolls: BTreeSet<String> = rolls.collect();
        let rolls: Vec<String> = rolls.into_iter().collect();
        let named = self.disk.chain.iter().filter_map(|(json, _)| {
            let (_, digest) = proof::named(&serde_json::from_str(json).ok()?)?;
            self.disk.raw.get(&digest).cloned()
        });
        let originals = Originals {
            rolls,
            updates: named.collect(),
        };
        let entries = self.disk.chain.iter();
        proof::written(
            &originals,
            entries.map(|(json, link)| (json.as_str(), *link)),
        )
    }

    pub fn wanted(&self, now: Moment) -> Vec<Wanted> {
        let none = BTreeSet::new();
        let due = fetching(self.world(), &none).filter(|(next, _)| *next <= now);
        due.map(|(_, wanted)| wanted).collect()
    }

    pub fn back_up(&mut self) {
        self.backup = Some(Box::new(self.disk.clone()));
    }

    pub fn restore(&mut self) {
        if let Some(backup) = self.backup.take() {
            self.disk = *backup;
        }
    }

    /// A second process is started. It is refused, unless that is what is planted.
    pub fn start_another(&mut self) {
        if matches!(
            self.planted,
            Some(Planted::TwoLeaders | Planted::EpochUnchecked)
        ) {
            self.other = Some(Box::new(self.disk.world.clone()));
        }
    }

    /// The other one does what is due, by what it knows.
    fn other_ticks(&mut self, now: Moment) {
        let Some(mut other) = self.other.take() else {
            return;
        };
        let change = planted::decided(None, &other, &Input::Tick, now);
        other.apply(&change);
        self.keep_change(&change, &[]);
        self.disk.world.apply(&change);
        // The one left behind writes once more; a second leader goes on.
        if self.planted == Some(Planted::TwoLeaders) || change.is_empty() {
            self.other = Some(other);
        }
    }
}

fn name_of(update: &RawUpdate) -> (i64, [u8; 32]) {
    let digest = sha2::Sha256::digest(update.raw.as_bytes());
    (update.id, digest.into())
}

fn failed() -> StoreError {
    StoreError::Unwritable {
        what: "commit",
        id: 0,
    }
}
