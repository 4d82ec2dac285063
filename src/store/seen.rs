//! What was given out, noted beside the database: so an older copy of the database that is put
//! back is known for one.
//!
//! A backup says nothing of what came after it, and Telegram does not tell what we sent. What can
//! be known: a note in the data folder knows how far the journal had come, and the highest numbers
//! given; the clerk has the journal's head of every morning, which `zaigang verify` holds against
//! an export; a jump in the queue's numbers says that updates are gone, not what they were. Where
//! the whole folder is put back, the note is as old as the database, and only the clerk's head
//! shows it.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::{Head, Store, StoreError, sha256};
use crate::decide::{Given, Record};
use crate::spotcheck::Digest;

const NAME: &str = "zaigang.seen";

/// How far this deployment had come when it last kept something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Lines of the journal, and the link of the last.
    pub lines: i64,
    pub link: Digest,
    pub given: Given,
}

/// What an older copy of the database does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undone {
    /// Lines of the journal that are gone, at the least.
    pub lines: u64,
    pub given: Given,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            lines: 0,
            link: Digest::NONE,
            given: Given::default(),
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
        })
    }

    /// `records` were kept, and the journal ends at `head`.
    pub fn goes_on(&mut self, head: Option<&Head>, records: &[Record]) {
        for record in records {
            self.given.seen(record);
        }
        if let Some(head) = head {
            (self.lines, self.link) = (head.number, Digest(head.link));
        }
    }
}

/// The note as it is on the disk: of this deployment's database and no other.
#[derive(Serialize, Deserialize)]
struct Written {
    deployment: Digest,
    seen: Seen,
}

/// The note and its file.
pub(super) struct Note {
    file: PathBuf,
    state: Mutex<State>,
}

#[derive(Clone, Copy)]
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
        let written = written.and_then(|text| serde_json::from_str::<Written>(&text).ok());
        let own = written.filter(|written| written.deployment == deployment);
        let seen = own.map_or_else(Seen::default, |written| written.seen);
        *self.locked() = State {
            deployment: Some(deployment),
            seen,
        };
    }

    /// All of it is on the disk. The note itself need not be: a lost one knows less, and says
    /// nothing false.
    pub fn goes_on(&self, head: Option<&Head>, records: &[Record]) {
        let mut state = self.locked();
        state.seen.goes_on(head, records);
        let (Some(deployment), Some(_)) = (state.deployment, head) else {
            return;
        };
        let seen = state.seen;
        let Ok(text) = serde_json::to_string(&Written { deployment, seen }) else {
            return;
        };
        let fresh = self.file.with_extension("seen-new");
        let written = std::fs::write(&fresh, text);
        if let Err(error) = written.and_then(|()| std::fs::rename(&fresh, &self.file)) {
            tracing::debug!(%error, "what was given out could not be noted");
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
        let seen = self.note.locked().seen;
        Ok(seen.undone(head.as_ref()))
    }
}
