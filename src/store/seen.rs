//! What was given out, noted beside the database: so an older copy of the database that is put
//! back is known for one.
//!
//! A backup says nothing of what came after it, and Telegram does not tell what we sent. What can
//! be known: a note in the data folder knows how far the journal had come, and the highest numbers
//! given; the clerk has the journal's head of every morning, which `zaigang verify` holds against
//! an export; a jump in the queue's numbers says that updates are gone, not what they were. Where
//! the whole folder is put back, the note is as old as the database, and only the clerk's head
//! shows it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::{Head, Store, StoreError, sha256};
use crate::decide::{Given, Record, Undone};
use crate::spotcheck::{CheckId, Digest, Outcome};
use crate::time::{Moment, TimeDelta};

const NAME: &str = "zaigang.seen";

/// A late answer changes silence for a day at most; what is older need not be noted.
const CHANGES_FOR: TimeDelta = TimeDelta::days(2);

/// How far this deployment had come when it last kept something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Lines of the journal, and the link of the last.
    pub lines: i64,
    pub link: Digest,
    pub given: Given,
    /// Checks that stand unanswered, and since when.
    #[serde(default)]
    pub silent: BTreeMap<CheckId, Moment>,
    /// All that was in Telegram's queue before then had been read.
    #[serde(default)]
    pub heard_to: Option<Moment>,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            lines: 0,
            link: Digest::NONE,
            given: Given::default(),
            silent: BTreeMap::new(),
            heard_to: None,
        }
    }
}

impl Seen {
    /// What is gone where the journal now ends at `head`.
    #[must_use]
    pub fn undone(&self, head: Option<&Head>) -> Option<Undone> {
        let (lines, link) = head.map_or((0, Digest::NONE), |h| (h.number, Digest(h.link)));
        let gone = self.lines - lines;
        let is_another = gone == 0 && lines > 0 && link != self.link;
        (gone > 0 || is_another).then(|| Undone {
            lines: u64::try_from(gone).unwrap_or(0),
            given: self.given,
            silent: self.silent.keys().copied().collect(),
            heard_to: self.heard_to,
        })
    }

    /// `records` were kept, and the journal ends at `head`. Returns whether one that stood
    /// unanswered does no longer.
    pub fn goes_on(&mut self, head: Option<&Head>, records: &[Record]) -> bool {
        let mut is_heard = false;
        for record in records {
            self.given.seen(record);
            if let Record::Hearing(hearing) = record {
                self.heard_to = hearing.heard_to();
            }
            let Record::Check(check) = record else {
                continue;
            };
            let silent = matches!(check.state.outcome(), Some(Outcome::NoAnswer { .. }));
            match check.state.closed_at().filter(|_| silent) {
                Some(at) => {
                    self.silent.insert(check.id, at);
                    self.silent.retain(|_, since| at - *since < CHANGES_FOR);
                }
                None => is_heard |= self.silent.remove(&check.id).is_some(),
            }
        }
        if let Some(head) = head {
            (self.lines, self.link) = (head.number, Digest(head.link));
        }
        is_heard
    }
}

/// The note as it is on the disk: of this deployment's database and no other.
#[derive(Serialize, Deserialize)]
struct Written<'a> {
    deployment: Digest,
    seen: Cow<'a, Seen>,
}

/// The note and its file.
pub(super) struct Note {
    file: PathBuf,
    state: Mutex<State>,
}

struct State {
    deployment: Option<Digest>,
    seen: Seen,
}

impl Note {
    /// Nothing is known yet of what it says.
    pub fn in_folder(data: &Path) -> Self {
        Self {
            file: data.join(NAME),
            state: Mutex::new(State {
                deployment: None,
                seen: Seen::default(),
            }),
        }
    }

    /// From now on it speaks of the deployment with this secret; what it said of another one says
    /// nothing of this.
    pub fn of(&self, secret: [u8; 32]) {
        let deployment = Digest(sha256(&secret));
        let written = std::fs::read_to_string(&self.file).ok();
        let written = written.and_then(|text| serde_json::from_str::<Written<'_>>(&text).ok());
        let own = written.filter(|written| written.deployment == deployment);
        let seen = own.map_or_else(Seen::default, |written| written.seen.into_owned());
        *self.locked() = State {
            deployment: Some(deployment),
            seen,
        };
    }

    /// All of it is on the disk. The note itself need not be, an older one knows less and says
    /// nothing false; but for that somebody has answered after all: that it must know before
    /// Telegram is told that we have the answer.
    pub fn goes_on(&self, head: Option<&Head>, records: &[Record]) {
        let mut state = self.locked();
        let is_heard = state.seen.goes_on(head, records);
        let (Some(deployment), Some(_)) = (state.deployment, head) else {
            return;
        };
        let seen = Cow::Borrowed(&state.seen);
        let Ok(text) = serde_json::to_string(&Written { deployment, seen }) else {
            return;
        };
        if let Err(error) = self.write(&text, is_heard) {
            tracing::debug!(%error, "what was given out could not be noted");
        }
    }

    /// Durably, where `durable` says so.
    fn write(&self, text: &str, durable: bool) -> std::io::Result<()> {
        let fresh = self.file.with_extension("seen-new");
        let mut file = File::create(&fresh)?;
        file.write_all(text.as_bytes())?;
        if durable {
            file.sync_all()?;
        }
        std::fs::rename(&fresh, &self.file)?;
        match self.file.parent().filter(|_| durable) {
            Some(folder) => File::open(folder)?.sync_all(),
            None => Ok(()),
        }
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// What was kept once and is not there any more, because an older copy of the database was
    /// put back. Known once the deployment's secret is.
    pub async fn undone(&self) -> Result<Option<Undone>, StoreError> {
        let head = self.journal_head().await?;
        let undone = self.note.locked().seen.undone(head.as_ref());
        if self.open.hold.epoch().is_none() {
            return Ok(undone);
        }
        // On a server somebody else may have led since, and heard who was silent here.
        Ok(undone.map(|undone| Undone {
            lines: undone.lines,
            given: undone.given,
            ..Undone::default()
        }))
    }
}
