//! Whoever has spoken to the bot: a chat account, and the person of the roster it belongs to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ClerkLink, DeskDoor, Heeded, Lang};
use crate::journal::Chase;
use crate::roster::Phone;
use crate::time::Moment;

/// A chat account. In private chats it is the chat's number too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(pub i64);

/// Somebody who has spoken to the bot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: AccountId,
    /// As the chat shows it; outsiders choose it freely.
    pub name: String,
    pub lang: Option<Lang>,
    pub clerk_since: Option<Moment>,
    pub bound: Option<Bound>,
    /// The account's own number, shared before any roster named it: bound when one does.
    #[serde(default)]
    pub contact: Option<Phone>,
    /// When a stranger last got a line: at most one a minute.
    pub told_at: Option<Moment>,
    /// What a stranger has had of us lately.
    #[serde(default)]
    pub heeded: Option<Heeded>,
    /// When they were last chased, for what.
    #[serde(default)]
    pub chased: BTreeMap<Chase, Moment>,
    /// Their way to the web desk.
    #[serde(default)]
    pub desk: DeskDoor,
    /// What a clerk has sent a colleague to become one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colleague: Option<ClerkLink>,
}

/// The person of the roster an account belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    pub unit: String,
    pub name: String,
    pub phone: Option<Phone>,
    pub at: Moment,
}

impl Account {
    /// One that has only just spoken, under this name.
    #[must_use]
    pub fn new(id: AccountId, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            lang: None,
            clerk_since: None,
            bound: None,
            contact: None,
            told_at: None,
            heeded: None,
            chased: BTreeMap::new(),
            desk: DeskDoor::default(),
            colleague: None,
        }
    }

    /// Whether a clerk's orders may be taken from it.
    #[must_use]
    pub fn is_clerk(&self) -> bool {
        self.clerk_since.is_some() || self.id == AccountId::DESK
    }

    /// Whether it serves the office, or belongs to somebody.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.is_clerk() || self.bound.is_some()
    }
}

impl Bound {
    /// The same person: one name, and one phone or one unit. Two names on one phone are two.
    #[must_use]
    pub fn is(&self, unit: &str, name: &str, phone: Option<&Phone>) -> bool {
        self.name == name
            && (self.unit == unit || (phone.is_some() && self.phone.as_ref() == phone))
    }
}
