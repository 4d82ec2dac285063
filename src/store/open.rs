//! Opening a database: what each of the two wants before the same verbs run on both.

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, PgConnection};

use super::lease::{self, Candidate, Lead, Lease};
use super::link::Pool;
use super::query::query;
use super::{MIGRATIONS, Place, StoreError, place};

const PATIENCE: Duration = Duration::from_secs(5);
const READERS: u32 = 4;
/// Rows that are read before somebody takes them: for each more two threads wait for each other.
const ROWS_AHEAD: usize = 1_000;
/// In KiB, as `SQLite` has it below nought: what is read again lies in the system's own cache.
const READERS_CACHE: &str = "-256";
/// The bell of the inlet keeps a connection for itself.
const BELL: u32 = 1;

/// What is open.
pub(super) struct Opened {
    /// One connection: the data has one writer, and a queue in front of it beats a busy error.
    pub writer: Pool,
    pub readers: Pool,
    pub hold: Hold,
}

impl Opened {
    pub async fn close(self) {
        self.readers.close().await;
        self.writer.close().await;
        self.hold.let_go().await;
    }
}

/// That the data is ours: let go of when it is dropped, or the process dies in whatever way.
pub(super) enum Hold {
    File { _lock: Lock },
    Lease(Lease),
}

impl Hold {
    /// The epoch every commit must still lead by; a file has one process alone.
    pub fn epoch(&self) -> Option<i64> {
        match self {
            Hold::File { .. } => None,
            Hold::Lease(lease) => Some(lease.epoch),
        }
    }

    /// Whether other processes may have the same data.
    pub fn is_shared(&self) -> bool {
        matches!(self, Hold::Lease(_))
    }

    pub fn lead(&self) -> Lead {
        match self {
            Hold::File { .. } => Lead::undisputed(),
            Hold::Lease(lease) => lease.lead(),
        }
    }

    /// Somebody else leads.
    pub fn lose(&self) {
        if let Hold::Lease(lease) = self {
            lease.lose();
        }
    }

    pub async fn let_go(self) {
        if let Hold::Lease(lease) = self {
            lease.let_go().await;
        }
    }
}

/// The database at `place`, brought to this program's form and ours alone; the folder `data` is
/// made where there is none. What another process has is refused with [`StoreError::InUse`].
pub(super) async fn opened(place: &Place, data: &Path) -> Result<Opened, StoreError> {
    create_folder(data).map_err(StoreError::Folder)?;
    match place {
        Place::File(file) => {
            let opened = of_file(file, lock(data)?).await?;
            writable(&opened).await?;
            Ok(opened)
        }
        Place::Server(options) => {
            let mut candidate = candidate(place, options).await?;
            let epoch = candidate.leads().await?.ok_or(StoreError::InUse)?;
            leading(candidate, epoch, options).await
        }
    }
}

/// The same; on a server, after whoever leads there now, and through whatever befalls it.
pub(super) async fn opened_in_turn(place: &Place, data: &Path) -> Result<Opened, StoreError> {
    match place {
        Place::File(_) => opened(place, data).await,
        Place::Server(options) => Ok(awaited(place, options).await),
    }
}

/// A connection that reads what is at `place` and changes nothing.
pub(super) async fn reader(place: &Place) -> Result<Pool, StoreError> {
    Ok(match place {
        Place::File(file) => {
            let options = SqliteConnectOptions::new()
                .filename(file)
                .read_only(true)
                .busy_timeout(PATIENCE);
            let pool = SqlitePoolOptions::new().max_connections(1);
            Pool::Sqlite(pool.connect_with(options).await?)
        }
        Place::Server(options) => {
            // Alone first: a pool would try again and again, and then only say that it is late.
            session(place, options).await?;
            Pool::Postgres(reading(options, 1).await?)
        }
    })
}

async fn of_file(file: &Path, lock: Lock) -> Result<Opened, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // NORMAL loses acknowledged commits in a power cut.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        .foreign_keys(true);
    // A file does not go away: to ask each time whether it is there is one more wait for a thread.
    let pool = || SqlitePoolOptions::new().test_before_acquire(false);
    let writer = pool()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await?;
    MIGRATIONS.run(&writer).await?;
    sqlx::raw_sql(include_str!("append_only_sqlite.sql"))
        .execute(&writer)
        .await?;
    let readers = pool()
        .max_connections(READERS)
        .connect_with(
            options
                .pragma("query_only", "ON")
                .pragma("cache_size", READERS_CACHE)
                .row_buffer_size(ROWS_AHEAD),
        )
        .await?;
    Ok(Opened {
        writer: Pool::Sqlite(writer),
        readers: Pool::Sqlite(readers),
        hold: Hold::File { _lock: lock },
    })
}

/// A session on the server, the database brought to this program's form.
async fn candidate(place: &Place, options: &PgConnectOptions) -> Result<Candidate, StoreError> {
    let mut session = session(place, options).await?;
    if place::schema(options).is_some() {
        sqlx::raw_sql(include_str!("schema_postgres.sql"))
            .execute(&mut session)
            .await?;
    }
    MIGRATIONS.run(&mut session).await?;
    sqlx::raw_sql(include_str!("append_only_postgres.sql"))
        .execute(&mut session)
        .await?;
    Ok(Candidate::new(session))
}

/// Waits until nobody else leads, however long, and through whatever befalls the server meanwhile.
async fn awaited(place: &Place, options: &PgConnectOptions) -> Opened {
    tracing::info!("standing by: another process leads");
    loop {
        let failed = match candidate(place, options).await {
            Ok(mut candidate) => loop {
                match candidate.leads().await {
                    Ok(None) => {}
                    Ok(Some(epoch)) => match leading(candidate, epoch, options).await {
                        Ok(opened) => return opened,
                        Err(error) => break error,
                    },
                    Err(error) => break error.into(),
                }
            },
            Err(error) => error,
        };
        tracing::warn!(error = %failed, "standing by, while the database server does not answer");
        lease::a_while().await;
    }
}

async fn leading(
    mut candidate: Candidate,
    epoch: i64,
    options: &PgConnectOptions,
) -> Result<Opened, StoreError> {
    let fsync: String = query("SELECT current_setting('fsync')")
        .value(&mut candidate.link())
        .await?;
    if fsync == "off" {
        tracing::warn!(
            "the database server does not wait for its disk (fsync = off): a power cut may lose answers"
        );
    }
    let writer = PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        // One that is gone fails in the commit, which is decided again.
        .test_before_acquire(false)
        .connect_with(demanding(options))
        .await?;
    let opened = Opened {
        writer: Pool::Postgres(writer),
        readers: Pool::Postgres(reading(options, READERS + BELL).await?),
        hold: Hold::Lease(Lease::begins(candidate, epoch)),
    };
    // One that can only be read says so now, and not when the first answer comes in.
    writable(&opened).await?;
    Ok(opened)
}

async fn writable(opened: &Opened) -> Result<(), StoreError> {
    query("UPDATE fact SET state = state WHERE name IS NULL")
        .run(&mut opened.writer.acquire().await?.link())
        .await?;
    Ok(())
}

async fn session(place: &Place, options: &PgConnectOptions) -> Result<PgConnection, StoreError> {
    let options = demanding(options);
    let connected = tokio::time::timeout(PATIENCE, options.connect());
    let connected = connected.await.unwrap_or(Err(sqlx::Error::PoolTimedOut));
    connected.map_err(|cause| {
        let at = place.to_string();
        match cause {
            sqlx::Error::Database(_) => StoreError::Refused { at, cause },
            _ => StoreError::Away { at, cause },
        }
    })
}

/// What every session of ours asks of the server, whatever its own settings say.
fn demanding(options: &PgConnectOptions) -> PgConnectOptions {
    options.clone().application_name("zaigang").options([
        // Off loses acknowledged commits in a crash of the server.
        ("synchronous_commit", "on"),
        // A process that stands still amid a transaction holds up nobody for long.
        ("idle_in_transaction_session_timeout", "2s"),
        ("lock_timeout", "5s"),
    ])
}

async fn reading(options: &PgConnectOptions, most: u32) -> Result<sqlx::PgPool, StoreError> {
    let options = demanding(options).options([("default_transaction_read_only", "on")]);
    let pool = PgPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(PATIENCE);
    Ok(pool.connect_with(options).await?)
}

/// One connection, made where it is first needed.
pub(super) fn writing_now_and_then(options: &PgConnectOptions) -> Pool {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(PATIENCE);
    Pool::Postgres(pool.connect_lazy_with(demanding(options)))
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
pub(super) struct Lock(File);

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

#[cfg(test)]
mod tests {
    use super::*;

    async fn pragma(pool: &Pool, sql: &'static str) -> String {
        use sqlx::{Row, ValueRef};
        let Pool::Sqlite(pool) = pool else {
            panic!("a file is asked");
        };
        let row = sqlx::query(sql).fetch_one(pool).await.unwrap();
        let value = row.try_get_raw(0).unwrap();
        match value.type_info().to_string().as_str() {
            "TEXT" => row.get(0),
            _ => row.get::<i64, _>(0).to_string(),
        }
    }

    async fn file() -> (tempfile::TempDir, Opened) {
        let data = tempfile::tempdir().unwrap();
        let place = Place::of("sqlite:zaigang.db", data.path()).unwrap();
        let opened = opened(&place, data.path()).await.unwrap();
        (data, opened)
    }

    #[tokio::test]
    async fn a_commit_waits_for_the_disk() {
        let (_data, opened) = file().await;
        let writer = &opened.writer;
        assert_eq!(pragma(writer, "PRAGMA journal_mode").await, "wal");
        assert_eq!(pragma(writer, "PRAGMA synchronous").await, "2");
        assert_eq!(pragma(writer, "PRAGMA foreign_keys").await, "1");
    }

    #[tokio::test]
    async fn nothing_is_written_past_the_one_writer() {
        let (_data, opened) = file().await;
        assert_eq!(pragma(&opened.readers, "PRAGMA query_only").await, "1");
        let Pool::Sqlite(writer) = &opened.writer else {
            panic!("a file is asked");
        };
        assert_eq!(writer.options().get_max_connections(), 1);
    }
}
