//! Having updates pushed instead of asking for them: where Telegram is to bring them, and what it
//! still holds.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::Bot;
use super::bot::CALL_PATIENCE;
use super::errors::CallError;
use super::poll::ALLOWED;
use super::refusal::Failure;
use crate::time::Moment;
use teloxide::types::AllowedUpdate;

/// The most Telegram grants: so many updates are under way at once, and one commit keeps them all.
const CONNECTIONS: u8 = 100;
/// A question that is asked again soon.
const INFO_PATIENCE: Duration = Duration::from_secs(8);

#[derive(Serialize)]
struct Setting<'a> {
    url: &'a str,
    secret_token: &'a str,
    max_connections: u8,
    allowed_updates: [AllowedUpdate; 3],
}

#[derive(Serialize)]
struct Nothing {}

/// What Telegram says of where it brings updates.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct WebhookInfo {
    /// Empty where it brings them nowhere.
    pub url: String,
    /// Updates it has not been told to be kept, those under way included.
    #[serde(rename = "pending_update_count")]
    pub pending: u64,
    /// What the last vain try met.
    #[serde(default, rename = "last_error_message")]
    pub trouble: Option<String>,
    /// What time the server had when it said so, where it tells.
    #[serde(skip)]
    pub dated: Option<Moment>,
}

impl Bot {
    /// From now on updates are brought to `url`, and `secret` with each.
    pub async fn set_webhook(&self, url: &str, secret: &SecretString) -> Result<(), CallError> {
        let setting = Setting {
            url,
            secret_token: secret.expose_secret(),
            max_connections: CONNECTIONS,
            allowed_updates: ALLOWED,
        };
        self.ask("setWebhook", &setting, CALL_PATIENCE).await?;
        Ok(())
    }

    /// From now on updates wait to be asked for; those that wait already stay.
    pub async fn delete_webhook(&self) -> Result<(), CallError> {
        self.ask("deleteWebhook", &Nothing {}, CALL_PATIENCE)
            .await?;
        Ok(())
    }

    pub async fn webhook_info(&self) -> Result<WebhookInfo, CallError> {
        let answer = self
            .ask_timed("getWebhookInfo", &Nothing {}, INFO_PATIENCE)
            .await?;
        let info: WebhookInfo =
            serde_json::from_str(answer.result.get()).map_err(|_| Failure::Unknown)?;
        let dated = answer.dated;
        Ok(WebhookInfo { dated, ..info })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_telegram_adds_to_its_word_changes_nothing() {
        let told = r#"{"url":"https://duty.example/telegram","has_custom_certificate":false,
            "pending_update_count":3,"last_error_message":"Connection refused","max_connections":100}"#;
        let info: WebhookInfo = serde_json::from_str(told).unwrap();
        assert_eq!(info.pending, 3);
        assert_eq!(info.trouble.as_deref(), Some("Connection refused"));
        let none = r#"{"url":"","pending_update_count":0}"#;
        let info: WebhookInfo = serde_json::from_str(none).unwrap();
        assert_eq!((info.url.as_str(), info.trouble), ("", None));
    }
}
