//! What went wrong with one call, as the wire and the server tell it.
//!
//! Refusals are told apart by the server's words: its codes alone do not say who is gone and what
//! is wrong.

use std::error::Error as _;
use std::fmt::Write as _;
use std::time::Duration;

use serde::Deserialize;
use serde_json::value::RawValue;
use teloxide::ApiError;

use crate::spotcheck::Unreached;

/// What went wrong with one call.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    Refused(Refusal),
    /// The request never left.
    NotSent,
    /// It left, and no answer came that can be understood.
    Unknown,
}

/// The server's "no".
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub code: u16,
    pub words: String,
    pub retry_after: Option<Duration>,
    pub moved_to: Option<i64>,
}

#[derive(Deserialize)]
struct Answer {
    ok: bool,
    result: Option<Box<RawValue>>,
    error_code: Option<u16>,
    description: Option<String>,
    parameters: Option<Parameters>,
}

#[derive(Default, Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

/// The `result` of an HTTP answer, or what it says against it.
pub(super) fn answered(status: u16, body: &[u8]) -> Result<Box<RawValue>, Failure> {
    let answer: Answer = serde_json::from_slice(body).map_err(|_| Failure::Unknown)?;
    if answer.ok {
        return answer.result.ok_or(Failure::Unknown);
    }
    let code = answer.error_code.unwrap_or(status);
    // A server in trouble does not know itself what became of the call.
    if !(400..500).contains(&code) {
        return Err(Failure::Unknown);
    }
    let parameters = answer.parameters.unwrap_or_default();
    Err(Failure::Refused(Refusal {
        code,
        words: answer.description.unwrap_or_default(),
        retry_after: parameters.retry_after.map(Duration::from_secs),
        moved_to: parameters.migrate_to_chat_id,
    }))
}

impl Failure {
    /// Of a request that got no whole answer. The URL holds the token and goes no further.
    pub(super) fn of_transport(method: &str, error: reqwest::Error) -> Self {
        let error = error.without_url();
        let mut reason = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            let _ = write!(reason, ": {cause}");
            source = cause.source();
        }
        tracing::debug!(method, reason, "no answer");
        if error.is_connect() || error.is_builder() {
            Failure::NotSent
        } else {
            Failure::Unknown
        }
    }
}

impl Refusal {
    pub(super) fn says(&self, words: &str) -> bool {
        self.words
            .to_ascii_lowercase()
            .contains(&words.to_ascii_lowercase())
    }

    pub(super) fn is_of_token(&self) -> bool {
        // 404 is a token whose very form is wrong: every method called here exists.
        matches!(self.code, 401 | 404)
    }

    pub(super) fn is_flood(&self) -> bool {
        self.code == 429
    }

    /// Who cannot be reached, where that is what the server means.
    pub(super) fn unreached(&self) -> Option<Unreached> {
        match typed(&self.words) {
            ApiError::BotBlocked => return Some(Unreached::Blocked),
            ApiError::UserDeactivated => return Some(Unreached::Deactivated),
            ApiError::CantInitiateConversation => return Some(Unreached::NeverStarted),
            ApiError::ChatNotFound | ApiError::UserNotFound | ApiError::GroupDeactivated => {
                return Some(Unreached::Refused);
            }
            _ => {}
        }
        let by_words = [
            ("bot was blocked", Unreached::Blocked),
            ("user is deactivated", Unreached::Deactivated),
            ("can't initiate conversation", Unreached::NeverStarted),
            ("peer_id_invalid", Unreached::Refused),
            ("chat not found", Unreached::Refused),
            ("user not found", Unreached::Refused),
            ("chat_write_forbidden", Unreached::Refused),
            ("no rights to send", Unreached::Refused),
            ("not enough rights to send", Unreached::Refused),
            ("upgraded to a supergroup", Unreached::Refused),
        ];
        let said = by_words.iter().find(|(words, _)| self.says(words));
        said.map(|(_, who)| *who)
            .or((self.code == 403).then_some(Unreached::Refused))
    }
}

/// teloxide's own reading of the server's words.
pub(super) fn typed(words: &str) -> ApiError {
    serde_json::from_value(serde_json::Value::from(words))
        .unwrap_or_else(|_| ApiError::Unknown(words.to_owned()))
}
