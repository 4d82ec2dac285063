use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};

use super::program::Started;
use super::server;
use crate::decide::{Policy, World};
use crate::engine::{Keeper, Wanted};
use crate::store::{Place, Store, StoreError};
use crate::time::Moment;

/// What no commit does without.
pub(super) const TABLES: [&str; 3] = ["fact", "notice", "inbox"];

/// The real keeper on the real store, in a folder of its own.
pub(super) struct Kept {
    url: String,
    folder: Folder,
    policy: Policy,
    pub keeper: Option<Keeper>,
}

/// Gone with what it holds.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Kept {
    /// Nothing is kept at `url` nor in `folder` yet.
    pub fn new(url: String, folder: PathBuf, policy: Policy) -> Self {
        let _ = std::fs::remove_dir_all(&folder);
        Self {
            url,
            folder: Folder(folder),
            policy,
            keeper: None,
        }
    }

    pub async fn start(&mut self, fresh: [u8; 32], chance: [u8; 32], now: Moment) -> Started {
        let store = Store::open(&self.url, &self.folder.0).await?;
        let mut keeper = Keeper::new(store, self.policy.clone(), fresh).await?;
        keeper.started(chance, now).await?;
        let offset = keeper.offset(now).await?;
        self.keeper = Some(keeper);
        Ok(offset)
    }

    pub async fn die(&mut self) {
        if let Some(keeper) = self.keeper.take() {
            keeper.close().await;
        }
    }

    /// Whether another process can have the same data.
    pub async fn admits_another(&self) -> bool {
        !matches!(
            Store::open(&self.url, &self.folder.0).await,
            Err(StoreError::InUse)
        )
    }

    pub async fn looked_into(&self) -> Result<Option<World>, StoreError> {
        Store::kept(&self.url, &self.folder.0, self.policy.clone()).await
    }

    pub fn wanted(&self, now: Moment) -> Vec<Wanted> {
        let keeper = self.keeper.as_ref();
        keeper.map_or_else(Vec::new, |keeper| keeper.wanted(now, &BTreeSet::new()))
    }

    /// From now on every commit fails, for a reason of the database's own.
    pub async fn fail(&self) -> Result<(), StoreError> {
        if let Place::Server(options) = self.place()? {
            return Ok(server::fail(&options).await?);
        }
        let sql = |table: &str| {
            format!(
                "CREATE TRIGGER failing_{table} BEFORE INSERT ON {table}
                 BEGIN SELECT RAISE(ABORT, 'failing'); END"
            )
        };
        Ok(self.run(TABLES.map(sql)).await?)
    }

    pub async fn mend(&self) -> Result<(), StoreError> {
        if let Place::Server(options) = self.place()? {
            return Ok(server::mend(&options).await?);
        }
        let drop = TABLES.map(|table| format!("DROP TRIGGER IF EXISTS failing_{table}"));
        Ok(self.run(drop).await?)
    }

    pub async fn back_up(&self) -> Result<(), StoreError> {
        if let Place::Server(options) = self.place()? {
            return Ok(server::back_up(&options).await?);
        }
        let backup = self.backup();
        let _ = std::fs::remove_file(&backup);
        let copy = format!("VACUUM INTO '{}'", backup.display());
        Ok(self.run([copy]).await?)
    }

    /// The backup takes the database's place; none where there is none.
    pub async fn restore(&self) -> Result<(), StoreError> {
        match self.place()? {
            Place::Server(options) => Ok(server::restore(&options).await?),
            Place::File(file) => self.put_back(&file).map_err(StoreError::Folder),
        }
    }

    fn put_back(&self, database: &Path) -> std::io::Result<()> {
        for beside in ["zaigang.db-wal", "zaigang.db-shm"] {
            let _ = std::fs::remove_file(self.folder.0.join(beside));
        }
        std::fs::copy(self.backup(), database).map(|_| ())
    }

    pub fn place(&self) -> Result<Place, StoreError> {
        Place::of(&self.url, &self.folder.0)
    }

    fn database(&self) -> PathBuf {
        self.folder.0.join("zaigang.db")
    }

    fn backup(&self) -> PathBuf {
        self.folder.0.join("backup.db")
    }

    async fn run(&self, all: impl IntoIterator<Item = String>) -> Result<(), sqlx::Error> {
        let mut connection = connected(&self.database()).await?;
        for sql in all {
            sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
                .execute(&mut connection)
                .await?;
        }
        connection.close().await
    }
}

async fn connected(file: &Path) -> Result<SqliteConnection, sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(file);
    options.connect().await
}
