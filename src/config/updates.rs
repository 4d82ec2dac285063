//! How updates come, from the section `[telegram]`: asked for, or brought to an address of ours.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserializer;

use super::TelegramSettings;
use super::service::{Unfit, fit, unfit, web_address, written};

/// How updates come.
#[derive(Clone, Debug)]
pub enum Updates {
    Read,
    Pushed(Webhook),
}

/// Where Telegram brings them.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// As the world reaches it.
    pub url: String,
    /// Below the address that the program listens on.
    pub path: String,
    /// What Telegram shows with each; one of our own making where none was set.
    pub secret: Option<SecretString>,
}

const EXAMPLE: &str = "https://duty.example";

impl TelegramSettings {
    /// How updates come; `public` is where people find the pages.
    pub(super) fn updates(&self, public: Option<&str>) -> Result<Updates, Unfit> {
        match self.mode.as_deref() {
            None | Some("poll") => Ok(Updates::Read),
            Some("webhook") => self.webhook(public).map(Updates::Pushed),
            Some(other) => Err(unfit("telegram.mode", other, "poll, webhook")),
        }
    }

    fn webhook(&self, public: Option<&str>) -> Result<Webhook, Unfit> {
        let url = fit("telegram.url", self.url.as_deref(), EXAMPLE, web_address)?;
        let base = url.or(public.map(str::to_owned));
        let base = base.ok_or_else(|| unfit("telegram.url", "", EXAMPLE))?;
        let path = self.path.as_deref();
        let path = fit("telegram.path", path, "/telegram", plain_path)?;
        let path = path.unwrap_or_else(|| "/telegram".to_owned());
        let fits = |secret: &SecretString| is_token(secret.expose_secret());
        if !self.secret.as_ref().is_none_or(fits) {
            return Err(unfit("telegram.secret", "***", "A-Z a-z 0-9 _ -"));
        }
        Ok(Webhook {
            url: format!("{base}{path}"),
            path,
            secret: self.secret.clone(),
        })
    }
}

/// One that no router reads as a pattern.
fn plain_path(path: &str) -> Option<String> {
    let parts = path.strip_prefix('/')?;
    let is_plain = |part: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        !part.is_empty() && part.chars().all(plain) && part != "." && part != ".."
    };
    parts.split('/').all(is_plain).then(|| path.to_owned())
}

/// What the Bot API takes for a secret.
fn is_token(secret: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    (1..=256).contains(&secret.len()) && secret.chars().all(plain)
}

pub(super) fn hidden<'de, D: Deserializer<'de>>(from: D) -> Result<Option<SecretString>, D::Error> {
    Ok(written(from)?.map(SecretString::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn updates(toml: &str, public: Option<&str>) -> Result<Updates, Unfit> {
        let settings: TelegramSettings = toml::from_str(toml).unwrap();
        settings.updates(public)
    }

    #[test]
    fn a_webhook_lies_where_people_find_the_pages_unless_said_otherwise() {
        let public = Some("https://duty.example");
        let Ok(Updates::Pushed(hook)) = updates("mode = \"webhook\"", public) else {
            panic!("it is one");
        };
        assert_eq!(hook.url, "https://duty.example/telegram");
        assert!(hook.secret.is_none());
        let set = "mode = \"webhook\"\nurl = \"https://other.example:8443/\"\npath = \"/in/updates\"\nsecret = \"hush-hush\"";
        let Ok(Updates::Pushed(hook)) = updates(set, public) else {
            panic!("it is one");
        };
        assert_eq!(hook.url, "https://other.example:8443/in/updates");
        assert_eq!(hook.path, "/in/updates");
        assert!(!format!("{hook:?}").contains("hush"), "{hook:?}");
    }

    #[test]
    fn what_a_webhook_lacks_is_named_and_the_secret_is_not_told() {
        for (set, key) in [
            ("mode = \"push\"", "telegram.mode"),
            ("mode = \"webhook\"", "telegram.url"),
            ("mode = \"webhook\"\nurl = \"duty.example\"", "telegram.url"),
            (
                "mode = \"webhook\"\nurl = \"https://a.example\"\npath = \"/\"",
                "telegram.path",
            ),
            (
                "mode = \"webhook\"\nurl = \"https://a.example\"\npath = \"/{all}\"",
                "telegram.path",
            ),
            (
                "mode = \"webhook\"\nurl = \"https://a.example\"\nsecret = \"hush hush\"",
                "telegram.secret",
            ),
        ] {
            let unfit = updates(set, None).unwrap_err();
            assert_eq!(unfit.key, key, "{set}");
            assert!(!unfit.value.contains("hush"), "{unfit:?}");
        }
    }
}
