//! What a failed call means to its caller, shaped by what the caller does next.

use std::time::Duration;

use thiserror::Error;

use super::refusal::{Failure, Refusal, answered};
use crate::decide::AccountId;
use crate::spotcheck::Unreached;

/// Before the next try where the server named no time.
const PAUSE: Duration = Duration::from_secs(2);
/// Before the next try while the token is refused: only a person can mend that.
const TOKEN_PAUSE: Duration = Duration::from_secs(30);

#[derive(Debug, Error, PartialEq, Eq)]
pub enum BotError {
    #[error("the bot's token is empty")]
    NoToken,
    #[error("the Bot API's address is not an http or https URL")]
    ApiUrl,
    #[error("the proxy's address cannot be used")]
    Proxy,
    #[error("the HTTPS client could not be set up")]
    Client,
}

/// Why an ordinary call came to nothing.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CallError {
    #[error("the Bot API refuses the token")]
    Unauthorized,
    #[error("the Bot API cannot be reached or is busy")]
    Later { after: Duration },
    #[error("the Bot API refuses the call: {0}")]
    Refused(String),
}

/// Why the queue could not be read.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum PollError {
    #[error("another program reads the same bot's updates")]
    Conflict,
    #[error("updates are brought to a webhook, and not kept to be asked for")]
    Webhook,
    #[error("the Bot API refuses the token")]
    Unauthorized,
    /// `after` where the server named a time.
    #[error("the Bot API cannot be reached or is busy")]
    Later { after: Option<Duration> },
}

/// Why a file could not be fetched.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum FetchError {
    #[error("the file is larger than the limit")]
    TooLarge,
    #[error("the server does not have the file any more")]
    Gone,
    #[error("the file cannot be fetched now")]
    Later { after: Duration },
}

/// Why a message was not delivered.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum SendError {
    #[error("not delivered yet ({fate:?})")]
    Later { after: Duration, fate: Fate },
    #[error("the group has moved")]
    Moved { to: AccountId },
    #[error("the account cannot be reached: {0:?}")]
    Gone(Unreached),
    /// The message itself is wrong, in the server's words.
    #[error("the message was refused: {0}")]
    Broken(String),
}

/// What is known of a message that was not acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It did not arrive.
    NotSent,
    /// It may have arrived.
    Unknown,
}

impl From<Failure> for CallError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(no) if no.is_of_token() => CallError::Unauthorized,
            Failure::Refused(no) if no.is_flood() => CallError::Later {
                after: no.retry_after.unwrap_or(PAUSE),
            },
            Failure::Refused(no) => CallError::Refused(no.words),
            Failure::NotSent | Failure::Unknown => CallError::Later { after: PAUSE },
        }
    }
}

impl From<Failure> for PollError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(no) if no.is_of_token() => PollError::Unauthorized,
            Failure::Refused(no) if no.code == 409 && no.says("webhook is active") => {
                PollError::Webhook
            }
            Failure::Refused(no) if no.code == 409 => PollError::Conflict,
            Failure::Refused(no) => PollError::Later {
                after: no.retry_after,
            },
            Failure::NotSent | Failure::Unknown => PollError::Later { after: None },
        }
    }
}

impl From<Failure> for FetchError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(no) if no.is_of_token() => FetchError::Later { after: TOKEN_PAUSE },
            Failure::Refused(no) if no.is_flood() => FetchError::Later {
                after: no.retry_after.unwrap_or(PAUSE),
            },
            Failure::Refused(no) if no.says("file is too big") => FetchError::TooLarge,
            Failure::Refused(no) if no.says("temporarily unavailable") => {
                FetchError::Later { after: PAUSE }
            }
            Failure::Refused(_) => FetchError::Gone,
            Failure::NotSent | Failure::Unknown => FetchError::Later { after: PAUSE },
        }
    }
}

impl From<Failure> for SendError {
    fn from(failure: Failure) -> Self {
        let later = |after, fate| SendError::Later { after, fate };
        match failure {
            Failure::NotSent => later(PAUSE, Fate::NotSent),
            Failure::Unknown => later(PAUSE, Fate::Unknown),
            Failure::Refused(no) if no.is_of_token() => later(TOKEN_PAUSE, Fate::NotSent),
            Failure::Refused(no) if no.is_flood() => {
                later(no.retry_after.unwrap_or(PAUSE), Fate::NotSent)
            }
            Failure::Refused(Refusal {
                moved_to: Some(to), ..
            }) => SendError::Moved { to: AccountId(to) },
            Failure::Refused(no) => match no.unreached() {
                Some(who) => SendError::Gone(who),
                None => SendError::Broken(no.words),
            },
        }
    }
}

/// What the server's answer to a message means for it; `None` where the server took it.
#[must_use]
pub fn refused(status: u16, body: &[u8]) -> Option<SendError> {
    answered(status, body).err().map(SendError::from)
}

/// What it means for a message that its connection broke after it left.
#[must_use]
pub fn cut_off() -> SendError {
    Failure::Unknown.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(code: u16, words: &str) -> Failure {
        let body = json!({ "ok": false, "error_code": code, "description": words });
        answered(code, body.to_string().as_bytes()).unwrap_err()
    }

    fn sending(code: u16, words: &str) -> SendError {
        refused(code, words).into()
    }

    #[test]
    fn who_is_gone_is_told_by_the_servers_words() {
        let table = [
            (
                403,
                "Forbidden: bot was blocked by the user",
                Unreached::Blocked,
            ),
            (
                403,
                "Forbidden: user is deactivated",
                Unreached::Deactivated,
            ),
            (
                403,
                "Forbidden: bot can't initiate conversation with a user",
                Unreached::NeverStarted,
            ),
            (
                403,
                "Unauthorized: bot can't initiate conversation with a user",
                Unreached::NeverStarted,
            ),
            (400, "Bad Request: chat not found", Unreached::Refused),
            (400, "Bad Request: user not found", Unreached::Refused),
            (400, "Bad Request: PEER_ID_INVALID", Unreached::Refused),
            (400, "Bad Request: CHAT_WRITE_FORBIDDEN", Unreached::Refused),
            (
                400,
                "Bad Request: not enough rights to send text messages to the chat",
                Unreached::Refused,
            ),
            (
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                Unreached::Refused,
            ),
            (
                403,
                "Forbidden: bot was kicked from the group chat",
                Unreached::Refused,
            ),
            (
                403,
                "Forbidden: bots can't send messages to bots",
                Unreached::Refused,
            ),
            (
                403,
                "Forbidden: words of a server to come",
                Unreached::Refused,
            ),
        ];
        for (code, words, who) in table {
            assert_eq!(sending(code, words), SendError::Gone(who), "{words}");
        }
    }

    #[test]
    fn a_wrong_message_is_broken_in_the_servers_words() {
        for words in [
            "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 3",
            "Bad Request: message is too long",
            "Bad Request: message text is empty",
            "Bad Request: BUTTON_DATA_INVALID",
        ] {
            assert_eq!(sending(400, words), SendError::Broken(words.to_owned()));
        }
    }

    #[test]
    fn a_flood_was_not_sent_and_waits_as_long_as_told() {
        let body = json!({ "ok": false, "error_code": 429,
            "description": "Too Many Requests: retry after 17",
            "parameters": { "retry_after": 17 } });
        let flood = || answered(429, body.to_string().as_bytes()).unwrap_err();
        let after = Duration::from_secs(17);
        assert_eq!(
            SendError::from(flood()),
            SendError::Later {
                after,
                fate: Fate::NotSent
            }
        );
        assert_eq!(
            PollError::from(flood()),
            PollError::Later { after: Some(after) }
        );
        assert_eq!(CallError::from(flood()), CallError::Later { after });
        assert_eq!(FetchError::from(flood()), FetchError::Later { after });
    }

    #[test]
    fn a_group_that_moved_says_where_to() {
        let body = json!({ "ok": false, "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": { "migrate_to_chat_id": -1_001_234_567_890_i64 } });
        let failure = answered(400, body.to_string().as_bytes()).unwrap_err();
        let to = AccountId(-1_001_234_567_890);
        assert_eq!(SendError::from(failure), SendError::Moved { to });
    }

    #[test]
    fn what_a_server_in_trouble_did_is_unknown() {
        let page = b"<html><body>502 Bad Gateway</body></html>";
        let trouble = br#"{"ok":false,"error_code":500,"description":"Internal Server Error"}"#;
        for (status, body) in [(502, &page[..]), (200, &page[..]), (500, &trouble[..])] {
            let failure = answered(status, body).unwrap_err();
            assert_eq!(failure, Failure::Unknown);
            let SendError::Later { fate, .. } = failure.into() else {
                panic!("a server in trouble may recover");
            };
            assert_eq!(fate, Fate::Unknown);
        }
    }

    #[test]
    fn a_refused_token_is_clear_and_loses_no_message() {
        for (code, words) in [(401, "Unauthorized"), (404, "Not Found")] {
            assert_eq!(
                CallError::from(refused(code, words)),
                CallError::Unauthorized
            );
            assert_eq!(
                PollError::from(refused(code, words)),
                PollError::Unauthorized
            );
            assert!(matches!(
                sending(code, words),
                SendError::Later {
                    fate: Fate::NotSent,
                    ..
                }
            ));
            assert!(matches!(
                FetchError::from(refused(code, words)),
                FetchError::Later { .. }
            ));
        }
    }

    #[test]
    fn a_second_reader_and_a_webhook_are_told_apart() {
        for (words, error) in [
            (
                "Conflict: terminated by other getUpdates request; make sure that only one bot \
                 instance is running",
                PollError::Conflict,
            ),
            (
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook \
                 to delete the webhook first",
                PollError::Webhook,
            ),
        ] {
            assert_eq!(PollError::from(refused(409, words)), error);
        }
    }

    #[test]
    fn a_file_is_too_large_or_gone_by_the_servers_words() {
        let fetching = |words| FetchError::from(refused(400, words));
        assert_eq!(
            fetching("Bad Request: file is too big"),
            FetchError::TooLarge
        );
        for words in [
            "Bad Request: wrong file_id or the file is temporarily unavailable",
            "Bad Request: file is temporarily unavailable",
        ] {
            assert!(matches!(fetching(words), FetchError::Later { .. }));
        }
        for words in ["Bad Request: invalid file_id", "Bad Request: wrong file id"] {
            assert_eq!(fetching(words), FetchError::Gone);
        }
    }
}
