//! Reading the queue: long polls of `getUpdates`, every update kept to the letter.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use teloxide::payloads::GetUpdates;
use teloxide::requests::Payload;
use teloxide::types::AllowedUpdate;

use super::Bot;
use super::errors::PollError;
use super::refusal::Failure;
use crate::time::Moment;

/// What the server holds a long poll beyond its own time-out before it counts as dead.
const GRACE: Duration = Duration::from_secs(10);

/// The most updates one reading brings; fewer mean that the queue was emptied.
const BATCH: u8 = 100;

/// What the program listens to, however it comes.
pub(super) const ALLOWED: [AllowedUpdate; 3] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::CallbackQuery,
];

/// One update, as the server wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    pub id: i64,
    pub raw: String,
}

impl Raw {
    /// As many as one reading brings at most: fewer mean that the queue was read dry.
    pub const BATCH: usize = BATCH as usize;

    /// An update that was pushed; `None` where it is none, having no number.
    #[must_use]
    pub fn of(raw: String) -> Option<Self> {
        let Numbered { update_id } = serde_json::from_str(&raw).ok()?;
        Some(Self { id: update_id, raw })
    }
}

// teloxide's offset has 32 bits; the cursor is kept as wide as the server may count.
#[derive(Serialize)]
struct Reading {
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<i64>,
    limit: u8,
    timeout: u32,
    allowed_updates: [AllowedUpdate; 3],
}

#[derive(Deserialize)]
struct Numbered {
    update_id: i64,
}

impl Bot {
    /// Waits up to `timeout_secs` for updates; with them comes what time the server had when it
    /// answered, where it says so. Asking from `offset` confirms all before it: they are gone from
    /// the server then.
    pub async fn updates(
        &self,
        offset: Option<i64>,
        timeout_secs: u32,
    ) -> Result<(Vec<Raw>, Option<Moment>), PollError> {
        let reading = Reading {
            offset,
            limit: BATCH,
            timeout: timeout_secs,
            allowed_updates: ALLOWED,
        };
        let patience = Duration::from_secs(timeout_secs.into()) + GRACE;
        let answer = self.ask_timed(GetUpdates::NAME, &reading, patience).await?;
        Ok((kept(&answer.result)?, answer.dated))
    }
}

/// Every update with its number. One without a number is no answer of the Bot API: nothing of
/// such a batch may be confirmed.
fn kept(answer: &RawValue) -> Result<Vec<Raw>, Failure> {
    let updates: Vec<&RawValue> =
        serde_json::from_str(answer.get()).map_err(|_| Failure::Unknown)?;
    let numbered = updates.into_iter().map(|update| {
        let Numbered { update_id } =
            serde_json::from_str(update.get()).map_err(|_| Failure::Unknown)?;
        Ok(Raw {
            id: update_id,
            raw: update.get().to_owned(),
        })
    });
    numbered.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_are_kept_to_the_letter() {
        let first = r#"{"update_id": 7,  "message":{"text":"在岗","new_thing":[1.50]}}"#;
        let second = r#"{ "poll":{}, "update_id":8 }"#;
        let answer = RawValue::from_string(format!("[{first},\n{second}]")).unwrap();
        let updates = kept(&answer).unwrap();
        let seen: Vec<_> = updates.iter().map(|u| (u.id, u.raw.as_str())).collect();
        assert_eq!(seen, [(7, first), (8, second)]);
    }

    #[test]
    fn an_update_without_a_number_spoils_its_batch() {
        let answer = RawValue::from_string(r#"[{"update_id":7},{"message":{}}]"#.into()).unwrap();
        assert_eq!(kept(&answer), Err(Failure::Unknown));
    }
}
