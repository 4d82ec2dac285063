//! A look at what is kept, which changes nothing.

use std::fs::{File, TryLockError};
use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use super::{Store, StoreError, database_file};

/// What a look at the data has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Nothing was ever kept here.
    Absent,
    /// A process is using it.
    InUse,
    /// Every page is as it should be.
    Sound,
    /// What the database says is wrong with it.
    Ailing(String),
}

impl Store {
    /// Looks whether what is kept at `url` in the folder `data` can be opened and is sound.
    pub async fn look(url: &str, data: &Path) -> Result<Look, StoreError> {
        let file = database_file(url, data)?;
        if !file.is_file() {
            return Ok(Look::Absent);
        }
        if is_locked(data) {
            return Ok(Look::InUse);
        }
        let options = SqliteConnectOptions::new().filename(&file).read_only(true);
        let mut connection = options.connect().await?;
        let said: String = sqlx::query_scalar("PRAGMA quick_check(1)")
            .fetch_one(&mut connection)
            .await?;
        connection.close().await?;
        Ok(match said.as_str() {
            "ok" => Look::Sound,
            _ => Look::Ailing(said),
        })
    }
}

fn is_locked(data: &Path) -> bool {
    let lock = File::options().write(true).open(data.join("zaigang.lock"));
    lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
}
