//! What outlives the process: one database, a file in the data folder or on a server.
//!
//! Everything one input changes is one [`Commit`]: the raw updates it came from, the queue's
//! cursor, the records, the messages to send and the journal, whole or not at all, and on the
//! disk before anybody hears of it. It knows tables and JSON; it does not know what the records
//! mean, when a message should be sent again, nor what time it is.
//!
//! `SQLite` or `PostgreSQL`: the same SQL text, migrations and verbs. Only `open` and `link`
//! know which of the two it is.

mod archive;
mod carry;
mod chain;
mod commit;
mod error;
mod files;
mod form;
mod inbox;
mod inlet;
mod lease;
mod link;
mod look;
mod open;
mod outbox;
mod place;
mod query;
mod records;
mod seen;

pub use archive::{Archive, export};
pub use carry::{Carried, CarryError};
pub use chain::{Head, Line};
pub use commit::Commit;
pub use error::StoreError;
pub use files::KeptFiles;
pub use inbox::RawUpdate;
pub use inlet::{Bell, Inlet};
pub use lease::Lead;
pub use look::Look;
pub use outbox::{Arrival, Due, Fate, NoticeId, Settled};
pub use place::Place;
pub use seen::Seen;

use std::path::Path;

use sha2::Digest as _;
use sqlx::migrate::Migrator;

use crate::decide::{Key, Policy, World};
use link::Held;
use open::Opened;

/// Rows per statement, well below what a statement may bind.
const CHUNK: usize = 1_000;

/// The forms the database has had, oldest first; opening a store brings it to the last.
pub static MIGRATIONS: Migrator = sqlx::migrate!("src/store/migrations");

/// The deployment's memory.
pub struct Store {
    open: Opened,
    note: seen::Note,
}

impl Store {
    /// Opens the database `url` names (`sqlite:zaigang.db`, a file relative to `data`, or
    /// `postgres://…`), making the folder and a file where there is none, and brings it to this
    /// program's form. What another process has open is refused with [`StoreError::InUse`].
    pub async fn open(url: &str, data: &Path) -> Result<Store, StoreError> {
        let opened = open::opened(&Place::of(url, data)?, data).await?;
        Ok(Self::on(opened, data))
    }

    /// The same; on a server after whoever leads there now, once they are gone or stand still.
    pub async fn open_in_turn(url: &str, data: &Path) -> Result<Store, StoreError> {
        let opened = open::opened_in_turn(&Place::of(url, data)?, data).await?;
        Ok(Self::on(opened, data))
    }

    fn on(opened: Opened, data: &Path) -> Self {
        Self {
            open: opened,
            note: seen::Note::in_folder(data),
        }
    }

    /// Whether this process may act on what is kept.
    #[must_use]
    pub fn lead(&self) -> Lead {
        self.open.hold.lead()
    }

    /// All that is kept in the database `url` names, without touching it: another process may be
    /// writing it. `None` where there is none yet.
    pub async fn kept(url: &str, data: &Path, policy: Policy) -> Result<Option<World>, StoreError> {
        let place = Place::of(url, data)?;
        if matches!(&place, Place::File(file) if !file.exists()) {
            return Ok(None);
        }
        let reader = open::reader(&place).await?;
        let world = world_of(&mut reader.acquire().await?, policy).await;
        reader.close().await;
        world
    }

    /// The deployment's secret: `fresh` the first time, and that one for ever after.
    pub async fn key(&self, fresh: [u8; 32]) -> Result<Key, StoreError> {
        let mut writer = self.open.writer.acquire().await?;
        let mut tx = writer.writing().await?;
        let kept: Option<[u8; 32]> = records::fact(&mut tx.link(), records::KEY).await?;
        let key = kept.unwrap_or(fresh);
        if kept.is_none() {
            records::put_fact(&mut tx.link(), records::KEY, &fresh).await?;
            tx.commit().await?;
        }
        self.note.of(key);
        Ok(Key::new(key))
    }

    /// Writes back what is still in the log and lets go of the data.
    pub async fn close(self) {
        self.open.close().await;
    }
}

/// What `reader` sees; `None` where no deployment has ever begun.
async fn world_of(reader: &mut Held, policy: Policy) -> Result<Option<World>, StoreError> {
    let mut tx = reader.snapshot().await?;
    let link = &mut tx.link();
    if !link.has_ground().await? {
        return Ok(None);
    }
    let key: Option<[u8; 32]> = records::fact(link, records::KEY).await?;
    match key {
        Some(key) => Ok(Some(records::world(link, policy, Key::new(key)).await?)),
        None => Ok(None),
    }
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    sha2::Sha256::digest(bytes).into()
}
