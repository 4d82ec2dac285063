//! A look at what is kept, which changes nothing.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::query::query;
use super::{Place, Store, StoreError, open};

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
        match Place::of(url, data)? {
            Place::File(file) if !file.is_file() => Ok(Look::Absent),
            Place::File(_) if is_locked(data) => Ok(Look::InUse),
            place @ Place::File(_) => {
                let reader = open::reader(&place).await?;
                let said: Result<String, _> = query("PRAGMA quick_check(1)")
                    .value(&mut reader.acquire().await?.link())
                    .await;
                reader.close().await;
                Ok(match said?.as_str() {
                    "ok" => Look::Sound,
                    ill => Look::Ailing(ill.to_owned()),
                })
            }
            // The server looks after its pages itself.
            place @ Place::Server(_) => {
                let reader = open::reader(&place).await?;
                let ground = reader.acquire().await?.link().has_ground().await;
                reader.close().await;
                Ok(if ground? { Look::Sound } else { Look::Absent })
            }
        }
    }
}

fn is_locked(data: &Path) -> bool {
    let lock = File::options().write(true).open(data.join("zaigang.lock"));
    lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
}
