//! What is read of an update, field by field.
//!
//! teloxide's `Update` is all or nothing: one entity or MIME type it does not know yet empties
//! the whole message. Here a field of an unknown form is absent, and the rest stands.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

#[derive(Deserialize)]
pub(super) struct Update {
    #[serde(rename = "update_id")]
    pub id: i64,
    #[serde(default, deserialize_with = "lenient")]
    pub message: Option<Message>,
    #[serde(default, deserialize_with = "lenient")]
    pub edited_message: Option<Message>,
    #[serde(default, deserialize_with = "lenient")]
    pub callback_query: Option<CallbackQuery>,
}

#[derive(Deserialize)]
pub(super) struct Message {
    #[serde(rename = "message_id", default, deserialize_with = "lenient")]
    pub id: Option<i32>,
    #[serde(default, deserialize_with = "lenient")]
    pub from: Option<User>,
    /// Where a chat speaks, not a person.
    #[serde(default, deserialize_with = "lenient")]
    pub sender_chat: Option<Chat>,
    #[serde(default, deserialize_with = "lenient")]
    pub chat: Option<Chat>,
    /// Unix seconds.
    #[serde(default, deserialize_with = "lenient")]
    pub date: Option<i64>,
    /// Unix seconds.
    #[serde(default, deserialize_with = "lenient")]
    pub edit_date: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub text: Option<String>,
    /// Under a photo.
    #[serde(default, deserialize_with = "lenient")]
    pub caption: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub document: Option<Document>,
    #[serde(default, deserialize_with = "lenient")]
    pub photo: Option<Vec<Value>>,
    #[serde(default, deserialize_with = "lenient")]
    pub voice: Option<Voice>,
    #[serde(default, deserialize_with = "lenient")]
    pub contact: Option<Contact>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

#[derive(Deserialize)]
pub(super) struct CallbackQuery {
    pub id: String,
    pub from: User,
    #[serde(default, deserialize_with = "lenient")]
    pub message: Option<Message>,
    #[serde(default, deserialize_with = "lenient")]
    pub data: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct User {
    pub id: i64,
    #[serde(default, deserialize_with = "lenient")]
    pub is_bot: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub first_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub last_name: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Chat {
    #[serde(default, deserialize_with = "lenient")]
    pub r#type: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Document {
    #[serde(rename = "file_id")]
    pub id: String,
    #[serde(rename = "file_name", default, deserialize_with = "lenient")]
    pub name: Option<String>,
    #[serde(rename = "file_size", default, deserialize_with = "lenient")]
    pub bytes: Option<u64>,
}

/// One size of a photo.
#[derive(Deserialize)]
pub(super) struct PhotoSize {
    #[serde(rename = "file_id")]
    pub id: String,
    #[serde(default, deserialize_with = "lenient")]
    pub width: Option<u32>,
    #[serde(rename = "file_size", default, deserialize_with = "lenient")]
    pub bytes: Option<u64>,
}

#[derive(Deserialize)]
pub(super) struct Voice {
    #[serde(rename = "file_id")]
    pub id: String,
    #[serde(rename = "duration", default, deserialize_with = "lenient")]
    pub secs: Option<u32>,
    #[serde(rename = "file_size", default, deserialize_with = "lenient")]
    pub bytes: Option<u64>,
}

#[derive(Deserialize)]
pub(super) struct Contact {
    #[serde(default, deserialize_with = "lenient")]
    pub phone_number: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub user_id: Option<i64>,
}

/// What Telegram itself notes in a chat: nobody said it, nobody waits for an answer.
const SERVICE_NOTES: [&str; 19] = [
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
    "group_chat_created",
    "supergroup_chat_created",
    "channel_chat_created",
    "message_auto_delete_timer_changed",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
    "write_access_allowed",
    "chat_background_set",
    "boost_added",
    "video_chat_scheduled",
    "video_chat_started",
    "video_chat_ended",
    "video_chat_participants_invited",
];

impl Message {
    pub(super) fn is_service_note(&self) -> bool {
        let is_topic = |field: &str| field.contains("forum_topic_");
        self.others
            .keys()
            .any(|field| SERVICE_NOTES.contains(&field.as_str()) || is_topic(field))
    }
}

impl Chat {
    pub(super) fn is(&self, kind: &str) -> bool {
        self.r#type.as_deref() == Some(kind)
    }
}

impl User {
    pub(super) fn shown_name(&self) -> String {
        let names = [&self.first_name, &self.last_name];
        let given = names.into_iter().flatten().map(|name| name.trim());
        let given: Vec<_> = given.filter(|name| !name.is_empty()).collect();
        given.join(" ")
    }
}

fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Option<T>, D::Error> {
    let value = Value::deserialize(from)?;
    Ok(serde_json::from_value(value).ok())
}
