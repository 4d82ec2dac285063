//! The updates answers came by, to the letter: whether one says what the journal has of it.
//!
//! Whether the text of one means "here" is not asked; whose it is, when it was said and which
//! check a button was for are.

use serde_json::Value;

use crate::journal::{Deed, Entry};
use crate::spotcheck::{CheckId, Digest, Event, Evidence};

/// The update this entry rests on: its number, and the digest of its text.
#[must_use]
pub fn named(entry: &Entry) -> Option<(i64, Digest)> {
    let Deed::CheckHappened { event, raw, .. } = &entry.deed else {
        return None;
    };
    let (Event::Answered(evidence) | Event::Pleaded(evidence, _)) = event else {
        return None;
    };
    match *evidence {
        Evidence::Message { update, .. } | Evidence::Button { update, .. } => {
            raw.map(|digest| (update, digest))
        }
        Evidence::Page { .. } => None,
    }
}

/// The account that sent `raw`, where it is an update from which `event` can have followed.
pub(super) fn sender(raw: &str, check: CheckId, event: &Event) -> Option<i64> {
    let (Event::Answered(evidence) | Event::Pleaded(evidence, _)) = event else {
        return None;
    };
    let update: Value = serde_json::from_str(raw).ok()?;
    match *evidence {
        Evidence::Message {
            update: id, dated, ..
        } => {
            let sent = update.get("message").map(|message| (message, "date"));
            let edited = update.get("edited_message");
            let (message, date) = sent.or(edited.map(|message| (message, "edit_date")))?;
            let is_it = update["update_id"] == id && message[date] == dated.timestamp();
            is_it.then(|| message["from"]["id"].as_i64())?
        }
        Evidence::Button { update: id, .. } => {
            let press = update.get("callback_query")?;
            let data = press["data"].as_str()?;
            // What a button means, before its tag: `answer:417`, `plead:417:swapped`.
            let (meaning, _) = data.rsplit_once('.')?;
            let mut parts = meaning.split(':');
            let kind = match event {
                Event::Pleaded(..) => "plead",
                _ => "answer",
            };
            let is_it = update["update_id"] == id
                && parts.next() == Some(kind)
                && parts.next() == Some(&check.0.to_string());
            is_it.then(|| press["from"]["id"].as_i64())?
        }
        Evidence::Page { .. } => None,
    }
}
