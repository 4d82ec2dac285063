//! A roster file somebody sent, and the version it becomes once it is put in force.

use serde::{Deserialize, Serialize};

use super::{AccountId, FormTalk, Say};
use crate::time::Moment;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UploadId(pub u32);

/// One stored roster; it never changes once it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RosterId(pub u32);

/// A roster file somebody sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Upload {
    pub id: UploadId,
    pub by: AccountId,
    pub at: Moment,
    /// Telegram's handle to fetch it by; empty where it was sent at the desk, its bytes with it.
    pub file: String,
    pub file_name: String,
    pub state: UploadState,
    /// What is said and asked of its form.
    #[serde(default)]
    pub form: FormTalk,
    /// What its sender was last told of it, where that stands at the desk and not in a chat.
    #[serde(default)]
    pub told: Option<Box<Say>>,
}

impl Upload {
    /// Whether it was sent at the desk.
    #[must_use]
    pub fn is_of_desk(&self) -> bool {
        self.file.is_empty()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadState {
    /// To be fetched from Telegram and read; `tries` have failed.
    Fetching { tries: u32, next: Moment },
    /// Read; its sender has not chosen yet.
    Read { roster: RosterId },
    /// Put in force as this version.
    InForce { version: u32 },
    /// Put aside by its sender.
    Aside,
    /// Not usable; the sender was told why.
    Refused,
    /// To be read once more, by what was said of its form; `tries` have failed. `roster`: what the
    /// reading before was kept as.
    Again {
        roster: Option<RosterId>,
        tries: u32,
        next: Moment,
    },
}

/// A roster put in force. The newest one stands; the older ones stay on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    pub number: u32,
    pub roster: RosterId,
    pub since: Moment,
    pub by: AccountId,
    pub upload: UploadId,
    /// The older version whose roster it brings back.
    #[serde(default)]
    pub restores: Option<u32>,
}
