use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};

use super::program::Started;
use crate::decide::Policy;
use crate::engine::{Keeper, Wanted};
use crate::store::{Store, StoreError};
use crate::time::Moment;

const URL: &str = "sqlite:zaigang.db";
/// What no commit does without.
const TABLES: [&str; 3] = ["fact", "notice", "inbox"];

/// The real keeper on the real store, in a folder of its own.
pub(super) struct Kept {
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
    /// Nothing is kept in `folder` yet.
    pub fn new(folder: PathBuf, policy: Policy) -> Self {
        let _ = std::fs::remove_dir_all(&folder);
        Self {
            folder: Folder(folder),
            policy,
            keeper: None,
        }
    }

    pub async fn start(&mut self, fresh: [u8; 32], chance: [u8; 32], now: Moment) -> Started {
        let store = Store::open(URL, &self.folder.0).await?;
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
            Store::open(URL, &self.folder.0).await,
            Err(StoreError::InUse)
        )
    }

    pub fn wanted(&self, now: Moment) -> Vec<Wanted> {
        let keeper = self.keeper.as_ref();
        keeper.map_or_else(Vec::new, |keeper| keeper.wanted(now, &BTreeSet::new()))
    }

    /// From now on every commit fails, for a reason of the database's own.
    pub async fn fail(&self) -> Result<(), sqlx::Error> {
        let sql = |table: &str| {
            format!(
                "CREATE TRIGGER failing_{table} BEFORE INSERT ON {table}
                 BEGIN SELECT RAISE(ABORT, 'failing'); END"
            )
        };
        self.run(TABLES.map(sql)).await
    }

    pub async fn mend(&self) -> Result<(), sqlx::Error> {
        self.run(TABLES.map(|table| format!("DROP TRIGGER IF EXISTS failing_{table}")))
            .await
    }

    pub async fn back_up(&self) -> Result<(), sqlx::Error> {
        let backup = self.backup();
        let _ = std::fs::remove_file(&backup);
        self.run([format!("VACUUM INTO '{}'", backup.display())])
            .await
    }

    /// The backup takes the database's place; none where there is none.
    pub fn restore(&self) -> std::io::Result<()> {
        let database = self.database();
        for beside in ["zaigang.db-wal", "zaigang.db-shm"] {
            let _ = std::fs::remove_file(self.folder.0.join(beside));
        }
        std::fs::copy(self.backup(), database).map(|_| ())
    }

    pub fn database(&self) -> PathBuf {
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
