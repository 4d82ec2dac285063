//! Telegram's side of the story: accounts, chats, messages, files, and the queue to the bot.
//!
//! Knows nothing of HTTP, and nothing of the bot but what it called.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::body::Bytes;
use serde_json::{Value, json};

use super::faults::Faults;
use super::keyboard::{Keyboard, Place};
use super::limits::Limits;
use super::queue::{Happening, Queue};
use super::refusal::Refusal;
use super::transcript::Transcript;
use super::webhook::{Bringing, Webhook};

/// The bot's own id.
pub const BOT: i64 = 7_000_000_001;
/// The bot's name in links.
pub const BOT_USERNAME: &str = "zaigang_standin_bot";

/// A person's account.
#[derive(Debug, Clone)]
pub struct Account {
    pub name: String,
    pub language: String,
    pub has_started: bool,
    pub has_blocked: bool,
    pub is_deactivated: bool,
    pub toasts: Vec<Toast>,
}

/// What a person saw after pressing a button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    pub text: String,
    pub is_alert: bool,
}

/// A group the bot may or may not be in.
#[derive(Debug, Clone)]
pub struct Group {
    pub id: i64,
    pub title: String,
    pub has_bot: bool,
    pub moved_to: Option<i64>,
}

/// A message in a chat.
#[derive(Debug, Clone)]
pub struct Post {
    pub chat: i64,
    pub id: i64,
    pub from: i64,
    /// As the Bot API shows it.
    pub body: Value,
    pub keyboard: Option<Keyboard>,
    pub edits: usize,
    /// The id of the document or photo the bot sent.
    pub file: Option<String>,
    pub reaction: Option<String>,
}

/// A message of the bot as it was first said, whatever edits made of it.
#[derive(Debug, Clone)]
pub struct Sent {
    pub chat: i64,
    pub message: i64,
    pub text: String,
    /// No phone rang for it.
    pub is_silent: bool,
}

/// A stored file.
#[derive(Debug, Clone)]
pub struct Stored {
    pub name: String,
    pub bytes: Bytes,
    /// What Telegram says its size is; larger than `bytes` where a test pretends.
    pub size: usize,
}

/// A button press that waits for its answer.
#[derive(Debug, Clone)]
pub struct Query {
    pub person: i64,
    /// By Telegram's clock, in Unix seconds.
    pub at: i64,
    /// Whether the bot answered it, or tried to, too late.
    pub is_answered: bool,
}

/// Everything the server knows.
#[derive(Debug)]
pub struct Telegram {
    pub token: String,
    pub accounts: BTreeMap<i64, Account>,
    pub groups: BTreeMap<i64, Group>,
    pub posts: BTreeMap<(i64, i64), Post>,
    /// The reply keyboard that lies open in a chat.
    pub keyboards: BTreeMap<i64, Value>,
    pub files: BTreeMap<String, Stored>,
    pub queries: BTreeMap<String, Query>,
    pub queue: Queue,
    pub faults: Faults,
    pub limits: Limits,
    pub transcript: Transcript,
    pub webhook: Option<Webhook>,
    pub bringing: Bringing,
    /// Menus, by chat and language; none and empty for everybody else.
    pub commands: BTreeMap<(Option<i64>, String), Value>,
    /// Methods that Telegram has and this stand-in does not, as the bot called them.
    pub strays: Vec<String>,
    /// How often each method was called.
    pub calls: BTreeMap<String, usize>,
    /// Nobody reaches the server: every connection dies.
    pub is_dark: bool,
    /// How long a call is on its way there and back, each drawn anew; polls excepted.
    pub round_trip: Range<Duration>,
    /// What the bot sent, in order, as it was first said.
    pub sent: Vec<Sent>,
    /// Seconds between real time and Telegram's.
    pub clock_offset_secs: i64,
    /// How long a button press may wait for its answer, in seconds of Telegram's clock.
    pub query_patience_secs: i64,
    last_message: i64,
    last_thing: i64,
}

impl Telegram {
    pub fn new(token: &str) -> Self {
        Self {
            token: token.to_owned(),
            accounts: BTreeMap::new(),
            groups: BTreeMap::new(),
            posts: BTreeMap::new(),
            keyboards: BTreeMap::new(),
            files: BTreeMap::new(),
            queries: BTreeMap::new(),
            queue: Queue::new(880_001),
            faults: Faults::default(),
            limits: Limits::default(),
            transcript: Transcript::default(),
            webhook: None,
            bringing: Bringing::default(),
            commands: BTreeMap::new(),
            strays: Vec::new(),
            calls: BTreeMap::new(),
            is_dark: false,
            round_trip: Duration::ZERO..Duration::ZERO,
            sent: Vec::new(),
            clock_offset_secs: 0,
            query_patience_secs: 15,
            last_message: 0,
            last_thing: 0,
        }
    }

    /// Telegram's time, in Unix seconds.
    pub fn now(&self) -> i64 {
        let real = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        i64::try_from(real).unwrap_or(i64::MAX) + self.clock_offset_secs
    }

    /// A number no other thing of this server has.
    pub fn fresh(&mut self) -> i64 {
        self.last_thing += 1;
        self.last_thing
    }

    /// Whether the bot may write to `chat`, and what kind of place it is.
    pub fn place_to_write(&self, chat: i64) -> Result<Place, Refusal> {
        if let Some(group) = self.groups.get(&chat) {
            return match group {
                Group {
                    moved_to: Some(moved),
                    ..
                } => Err(Refusal::moved_to(*moved)),
                Group { has_bot: false, .. } => {
                    Err(Refusal::forbidden("bot is not a member of the group chat"))
                }
                _ => Ok(Place::Group),
            };
        }
        match self.accounts.get(&chat) {
            None => Err(Refusal::bad_request("chat not found")),
            Some(account) if account.is_deactivated => {
                Err(Refusal::forbidden("user is deactivated"))
            }
            Some(account) if account.has_blocked => {
                Err(Refusal::forbidden("bot was blocked by the user"))
            }
            Some(account) if !account.has_started => Err(Refusal::forbidden(
                "bot can't initiate conversation with a user",
            )),
            Some(_) => Ok(Place::Private),
        }
    }

    /// The `chat` object of messages.
    pub fn chat_json(&self, chat: i64) -> Value {
        if let Some(group) = self.groups.get(&chat) {
            return json!({ "id": chat, "title": group.title, "type": group.kind() });
        }
        let name = self
            .accounts
            .get(&chat)
            .map_or("", |account| account.name.as_str());
        json!({ "id": chat, "first_name": name, "type": "private" })
    }

    /// The `from` object of messages.
    pub fn user_json(&self, id: i64) -> Value {
        if id == BOT {
            return json!({ "id": BOT, "is_bot": true, "first_name": "在岗", "username": BOT_USERNAME });
        }
        let (name, language) = self.accounts.get(&id).map_or(("", "zh-hans"), |account| {
            (account.name.as_str(), account.language.as_str())
        });
        json!({ "id": id, "is_bot": false, "first_name": name, "language_code": language })
    }

    /// What a chat is called in the transcript.
    pub fn chat_name(&self, chat: i64) -> String {
        let group = self.groups.get(&chat).map(|group| group.title.clone());
        group
            .or_else(|| self.accounts.get(&chat).map(|account| account.name.clone()))
            .unwrap_or_else(|| chat.to_string())
    }

    /// Puts a message into a chat; `content` holds what is special to it (text, document, …).
    pub fn post(&mut self, chat: i64, from: i64, date: i64, content: &Value) -> i64 {
        self.last_message += 1;
        let id = self.last_message;
        let mut body = json!({
            "message_id": id,
            "from": self.user_json(from),
            "chat": self.chat_json(chat),
            "date": date,
        });
        for (field, value) in content.as_object().into_iter().flatten() {
            body[field] = value.clone();
        }
        let post = Post {
            chat,
            id,
            from,
            body,
            keyboard: None,
            edits: 0,
            file: None,
            reaction: None,
        };
        self.posts.insert((chat, id), post);
        id
    }

    /// The bot's newest message in `chat` with a button whose label contains `label`: body, full label, data.
    pub fn newest_button(&self, chat: i64, label: &str) -> Option<(Value, String, String)> {
        let posts = self.posts.range((chat, i64::MIN)..=(chat, i64::MAX)).rev();
        posts.map(|(_, post)| post).find_map(|post| {
            let (label, data) = post.button(label)?;
            Some((post.body.clone(), label, data))
        })
    }

    /// Keeps a file and returns its `file_id`.
    pub fn keep(&mut self, name: &str, bytes: Bytes) -> String {
        let id = format!("BQACAgUAAxkB{:08}", self.fresh());
        let size = bytes.len();
        self.files.insert(
            id.clone(),
            Stored {
                name: name.to_owned(),
                bytes,
                size,
            },
        );
        id
    }

    /// Tells the bot of something, as an update.
    pub fn tell(&mut self, kind: &'static str, content: Value) {
        let at = self.now();
        self.queue.push(Happening { kind, content, at });
    }
}

impl Group {
    pub fn kind(&self) -> &'static str {
        if self.id < -1_000_000_000_000 {
            "supergroup"
        } else {
            "group"
        }
    }
}
