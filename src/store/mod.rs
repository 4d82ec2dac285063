//! What outlives the process: one database file in the data folder.
//!
//! Everything one input changes is one [`Commit`]: the raw updates it came from, the queue's
//! cursor, the records, the messages to send and the journal, whole or not at all, and on the
//! disk before anybody hears of it. It knows tables and JSON; it does not know what the records
//! mean, when a message should be sent again, nor what time it is.
//!
//! `SQLite` today. The SQL keeps to what `PostgreSQL` understands as well (`$1`, BIGINT, TEXT,
//! `ON CONFLICT`, `RETURNING`), except for `append_only.sql` and the connections made here.

mod archive;
mod chain;
mod commit;
mod error;
mod files;
mod form;
mod inbox;
mod look;
mod outbox;
mod records;
mod seen;

pub use archive::{Archive, export};
pub use chain::{Head, Line};
pub use commit::Commit;
pub use error::StoreError;
pub use files::KeptFiles;
pub use inbox::RawUpdate;
pub use look::Look;
pub use outbox::{Arrival, Due, Fate, NoticeId, Settled};
pub use seen::{Seen, Undone};

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::Digest as _;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::decide::{Key, Policy, World};

const BUSY_PATIENCE: Duration = Duration::from_secs(5);
const READERS: u32 = 4;

/// Rows per statement, well below what a statement may bind.
const CHUNK: usize = 1_000;

/// The forms the database has had, oldest first; opening a store brings it to the last.
pub static MIGRATIONS: Migrator = sqlx::migrate!("src/store/migrations");

/// The deployment's memory.
pub struct Store {
    /// One connection: the database has one writer, and a queue in front of it beats a busy error.
    writer: SqlitePool,
    readers: SqlitePool,
    note: seen::Note,
    /// Held until the store is dropped, or the process dies in whatever way.
    _lock: Lock,
}

impl Store {
    /// Opens the database `url` names (`sqlite:zaigang.db`, a file relative to `data`), creating
    /// folder and file, and brings it to this program's form. A folder another process has open
    /// is refused with [`StoreError::InUse`].
    pub async fn open(url: &str, data: &Path) -> Result<Store, StoreError> {
        let file = database_file(url, data)?;
        create_folder(data).map_err(StoreError::Folder)?;
        let lock = lock(data)?;

        let options = SqliteConnectOptions::new()
            .filename(&file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // NORMAL loses acknowledged commits in a power cut.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_PATIENCE)
            .foreign_keys(true);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        MIGRATIONS.run(&writer).await?;
        sqlx::raw_sql(include_str!("append_only.sql"))
            .execute(&writer)
            .await?;
        // One that can only be read says so now, and not when the first answer comes in.
        sqlx::query("UPDATE fact SET state = state WHERE name IS NULL")
            .execute(&writer)
            .await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.pragma("query_only", "ON"))
            .await?;
        Ok(Store {
            writer,
            readers,
            note: seen::Note::in_folder(data),
            _lock: lock,
        })
    }

    /// All that is kept in the database `url` names, without touching it: another process may be
    /// writing it. `None` where there is none yet.
    pub async fn kept(url: &str, data: &Path, policy: Policy) -> Result<Option<World>, StoreError> {
        let file = database_file(url, data)?;
        if !file.exists() {
            return Ok(None);
        }
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .read_only(true)
            .busy_timeout(BUSY_PATIENCE);
        let readers = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options)
            .await?;
        let mut tx = readers.begin().await?;
        let key: Option<[u8; 32]> = records::fact(&mut tx, records::KEY).await?;
        let world = match key {
            Some(key) => Some(records::world(&mut tx, policy, Key::new(key)).await?),
            None => None,
        };
        drop(tx);
        readers.close().await;
        Ok(world)
    }

    /// The deployment's secret: `fresh` the first time, and that one for ever after.
    pub async fn key(&self, fresh: [u8; 32]) -> Result<Key, StoreError> {
        let mut tx = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let kept: Option<[u8; 32]> = records::fact(&mut tx, records::KEY).await?;
        let key = kept.unwrap_or(fresh);
        if kept.is_none() {
            records::put_fact(&mut tx, records::KEY, &fresh).await?;
            tx.commit().await?;
        }
        self.note.of(key);
        Ok(Key::new(key))
    }

    /// Writes back what is still in the log and lets go of the file.
    pub async fn close(self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// The file `url` names, relative to `data`. A database in memory is refused: it would outlive
/// nothing.
pub fn database_file(url: &str, data: &Path) -> Result<PathBuf, StoreError> {
    let name = url.strip_prefix("sqlite:").ok_or(StoreError::Url)?;
    let name = name.strip_prefix("//").unwrap_or(name);
    if name.is_empty() || name.starts_with(':') || name.contains('?') {
        return Err(StoreError::Url);
    }
    Ok(data.join(name))
}

/// Names and numbers of people will be in it: for its owner alone.
fn create_folder(data: &Path) -> std::io::Result<()> {
    let mut folder = fs::DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(data)
}

/// Let go of by its owner's end and by nothing else: a child that is just being started holds a
/// copy of it.
struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

fn lock(data: &Path) -> Result<Lock, StoreError> {
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(data.join("zaigang.lock"))
        .map_err(StoreError::Folder)?;
    match lock.try_lock() {
        Ok(()) => Ok(Lock(lock)),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(error)) => Err(StoreError::Folder(error)),
    }
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    sha2::Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn pragma(pool: &SqlitePool, sql: &'static str) -> String {
        use sqlx::{Row, ValueRef};
        let row = sqlx::query(sql).fetch_one(pool).await.unwrap();
        let value = row.try_get_raw(0).unwrap();
        match value.type_info().to_string().as_str() {
            "TEXT" => row.get(0),
            _ => row.get::<i64, _>(0).to_string(),
        }
    }

    #[tokio::test]
    async fn a_commit_waits_for_the_disk() {
        let data = tempfile::tempdir().unwrap();
        let store = Store::open("sqlite:zaigang.db", data.path()).await.unwrap();
        assert_eq!(pragma(&store.writer, "PRAGMA journal_mode").await, "wal");
        assert_eq!(pragma(&store.writer, "PRAGMA synchronous").await, "2");
        assert_eq!(pragma(&store.writer, "PRAGMA foreign_keys").await, "1");
    }

    #[tokio::test]
    async fn nothing_is_written_past_the_one_writer() {
        let data = tempfile::tempdir().unwrap();
        let store = Store::open("sqlite:zaigang.db", data.path()).await.unwrap();
        assert_eq!(pragma(&store.readers, "PRAGMA query_only").await, "1");
        assert_eq!(store.writer.options().get_max_connections(), 1);
    }
}
