//! Refusals with the codes and words of Telegram's own server.
//!
//! Knows no method: it only says how a "no" is worded.

use serde_json::{Value, json};

/// A "no" from the server: HTTP status, description, and `parameters` where the server sends some.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    pub status: u16,
    pub words: String,
    pub parameters: Option<Value>,
}

/// What a method returns: the `result`, or the refusal.
pub type Answer = Result<Value, Refusal>;

impl Refusal {
    pub fn bad_request(words: impl AsRef<str>) -> Self {
        Self::new(400, format!("Bad Request: {}", words.as_ref()))
    }

    pub fn forbidden(words: &str) -> Self {
        Self::new(403, format!("Forbidden: {words}"))
    }

    pub fn unauthorized() -> Self {
        Self::new(401, "Unauthorized".into())
    }

    pub fn not_found() -> Self {
        Self::new(404, "Not Found".into())
    }

    pub fn other_poller() -> Self {
        Self::new(
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running".into(),
        )
    }

    pub fn webhook_is_set() -> Self {
        Self::new(
            409,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
                .into(),
        )
    }

    pub fn too_many(retry_after_secs: u64) -> Self {
        Self {
            status: 429,
            words: format!("Too Many Requests: retry after {retry_after_secs}"),
            parameters: Some(json!({ "retry_after": retry_after_secs })),
        }
    }

    pub fn moved_to(chat: i64) -> Self {
        Self {
            parameters: Some(json!({ "migrate_to_chat_id": chat })),
            ..Self::bad_request("group chat was upgraded to a supergroup chat")
        }
    }

    pub fn not_modified() -> Self {
        Self::bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
        )
    }

    pub fn query_too_old() -> Self {
        Self::bad_request("query is too old and response timeout expired or query ID is invalid")
    }

    pub fn new(status: u16, words: String) -> Self {
        Self {
            status,
            words,
            parameters: None,
        }
    }

    /// The body the server sends with it.
    pub fn body(&self) -> Value {
        let mut body = json!({ "ok": false, "error_code": self.status, "description": self.words });
        if let Some(parameters) = &self.parameters {
            body["parameters"] = parameters.clone();
        }
        body
    }
}
