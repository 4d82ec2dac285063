//! The door to Telegram over real HTTP, against a server as strict as the real one.

mod bad_days;
mod documents;
mod files;
mod queue;
mod secrets;
mod sending;

use std::net::TcpListener;

use secrecy::SecretString;
use zaigang::decide::{AccountId, Heard, Key, Press};
use zaigang::spotcheck::CheckId;
use zaigang::telegram::{Bot, PollError, Raw, Receipt, SendError, heard};
use zaigang::time::Moment;
use zaigang::words::chat::{Keyboard, Rendered, Sound};

use crate::botapi::{BotApi, Person, TOKEN};

/// A bot on a stand-in of its own, and somebody who has pressed /start.
struct Door {
    api: BotApi,
    bot: Bot,
    person: Person,
    key: Key,
}

impl Door {
    async fn open() -> Self {
        let api = BotApi::start().await;
        let person = api.person("王建国", "8613800000001");
        person.start("");
        let bot = bot_at(&api.url(), TOKEN);
        let key = Key::new([7; 32]);
        let door = Self {
            api,
            bot,
            person,
            key,
        };
        door.hears().await;
        door
    }

    async fn sends(&self, rendered: &Rendered) -> Result<Receipt, SendError> {
        let to = AccountId(self.person.id);
        self.bot
            .deliver(to, None, rendered, Vec::new(), &self.key)
            .await
    }

    async fn edits(&self, message: i32, rendered: &Rendered) -> Result<Receipt, SendError> {
        let to = AccountId(self.person.id);
        let existing = Some(message);
        self.bot
            .deliver(to, existing, rendered, Vec::new(), &self.key)
            .await
    }

    /// All that was said since the last time, confirmed.
    async fn hears(&self) -> Vec<Heard> {
        let news = updates(&self.bot, None, 0).await.unwrap();
        if let Some(last) = news.last() {
            let rest = updates(&self.bot, Some(last.id + 1), 0).await.unwrap();
            assert_eq!(rest, []);
        }
        let heard = news.iter().map(|raw| self.heard(raw));
        heard.collect()
    }

    /// Waits for the next reading of the queue to arrive at the server.
    async fn is_being_polled(&self) {
        let before = self.api.calls_of("getUpdates");
        let polled = |api: &BotApi| (api.calls_of("getUpdates") > before).then_some(());
        self.api.expect("a poll", polled).await;
    }

    fn heard(&self, raw: &Raw) -> Heard {
        heard(&raw.raw, &self.key, Moment::UNIX_EPOCH, [0; 32]).unwrap()
    }
}

/// A reading of the queue, without what time it came.
async fn updates(bot: &Bot, offset: Option<i64>, secs: u32) -> Result<Vec<Raw>, PollError> {
    let (updates, _) = bot.updates(offset, secs).await?;
    Ok(updates)
}

fn bot_at(url: &str, token: &str) -> Bot {
    Bot::new(SecretString::from(token), url, None).unwrap()
}

fn message(html: &str, buttons: Vec<Vec<(String, Press)>>) -> Rendered {
    Rendered::Message {
        html: html.to_owned(),
        buttons,
        keyboard: Keyboard::AsItIs,
        sound: Sound::Silent,
    }
}

fn ping() -> Rendered {
    let buttons = vec![vec![("✅ 我在岗".to_owned(), Press::Answer(CheckId(417)))]];
    message("【抽查】王建国，您现在<b>在岗</b>吗？", buttons)
}

/// An address at which nobody listens.
fn closed_port() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}
