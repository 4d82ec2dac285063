//! What a person sees in a chat with the bot: messages as they stand now, keyboards, toasts.

use std::fmt::Write as _;

use serde_json::Value;

use super::keyboard::Keyboard;
use super::telegram::{BOT, Post, Telegram, Toast};

/// One message as it stands now.
#[derive(Debug, Clone)]
pub struct Seen {
    pub id: i64,
    pub is_from_bot: bool,
    pub date: i64,
    /// Text or caption, tags taken out; empty where there is neither.
    pub text: String,
    /// Labels of inline buttons, row after row.
    pub buttons: Vec<String>,
    /// How often it was edited.
    pub edits: usize,
    /// The name and bytes of the bot's document or photo.
    pub file: Option<(String, Vec<u8>)>,
    /// The bot's reaction on it.
    pub reaction: Option<String>,
}

/// A chat as its person sees it.
#[derive(Debug, Clone)]
pub struct View {
    /// Oldest first, both sides.
    pub messages: Vec<Seen>,
    /// The reply keyboard that lies open, row after row.
    pub keyboard: Vec<String>,
    pub toasts: Vec<Toast>,
}

impl View {
    pub fn of(telegram: &Telegram, chat: i64) -> Self {
        let posts = telegram.posts.range((chat, i64::MIN)..=(chat, i64::MAX));
        let messages = posts.map(|(_, post)| seen(telegram, post)).collect();
        let keyboard = telegram
            .keyboards
            .get(&chat)
            .map(|markup| labels(&markup["keyboard"]));
        let toasts = telegram
            .accounts
            .get(&chat)
            .map(|account| account.toasts.clone());
        Self {
            messages,
            keyboard: keyboard.unwrap_or_default(),
            toasts: toasts.unwrap_or_default(),
        }
    }

    /// The bot's messages, oldest first.
    pub fn bots(&self) -> impl DoubleEndedIterator<Item = &Seen> {
        self.messages.iter().filter(|seen| seen.is_from_bot)
    }

    /// The bot's newest message with these words.
    pub fn saying(&self, words: &str) -> Option<&Seen> {
        self.bots().rev().find(|seen| seen.text.contains(words))
    }

    /// The bot's newest message with a button whose label contains `label`.
    pub fn offering(&self, label: &str) -> Option<&Seen> {
        self.bots()
            .rev()
            .find(|seen| seen.buttons.iter().any(|button| button.contains(label)))
    }

    /// The bot's messages after the person's own last one.
    pub fn replies(&self) -> Vec<&Seen> {
        let last_own = self
            .messages
            .iter()
            .rposition(|seen| !seen.is_from_bot)
            .map_or(0, |at| at + 1);
        self.messages[last_own..].iter().collect()
    }

    /// How many of the bot's messages contain these words.
    pub fn count(&self, words: &str) -> usize {
        self.bots().filter(|seen| seen.text.contains(words)).count()
    }
}

impl Post {
    /// The message as the transcript shows it: text, then its buttons.
    pub fn as_text(&self) -> String {
        let mut shown = String::new();
        if let Some(name) = self.body["document"]["file_name"].as_str() {
            let _ = writeln!(shown, "📎 {name}");
        }
        if !self.body["photo"].is_null() {
            let _ = writeln!(shown, "📷");
        }
        shown.push_str(&words(&self.body));
        match &self.keyboard {
            Some(Keyboard::Inline(markup)) => {
                for label in labels(&markup["inline_keyboard"]) {
                    let _ = write!(shown, " ⟦{label}⟧");
                }
            }
            Some(Keyboard::Reply(markup)) => {
                for label in labels(&markup["keyboard"]) {
                    let _ = write!(shown, " 〔{label}〕");
                }
            }
            _ => {}
        }
        shown
    }

    /// The data of the first inline button whose label contains `label`, with the full label.
    pub fn button(&self, label: &str) -> Option<(String, String)> {
        let Some(Keyboard::Inline(markup)) = &self.keyboard else {
            return None;
        };
        let rows = markup["inline_keyboard"].as_array()?;
        let button = rows
            .iter()
            .filter_map(Value::as_array)
            .flatten()
            .find(|button| {
                button["text"]
                    .as_str()
                    .is_some_and(|text| text.contains(label))
            })?;
        Some((
            button["text"].as_str()?.to_owned(),
            button["callback_data"].as_str()?.to_owned(),
        ))
    }
}

/// The labels of a keyboard's rows.
pub fn labels(rows: &Value) -> Vec<String> {
    let buttons = rows
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .flatten();
    buttons
        .filter_map(|button| button.as_str().or_else(|| button["text"].as_str()))
        .map(str::to_owned)
        .collect()
}

fn words(body: &Value) -> String {
    let words = body["text"].as_str().or_else(|| body["caption"].as_str());
    words.unwrap_or_default().to_owned()
}

fn seen(telegram: &Telegram, post: &Post) -> Seen {
    let buttons = match &post.keyboard {
        Some(Keyboard::Inline(markup)) => labels(&markup["inline_keyboard"]),
        _ => Vec::new(),
    };
    let file = post.file.as_ref().and_then(|id| telegram.files.get(id));
    Seen {
        id: post.id,
        is_from_bot: post.from == BOT,
        date: post.body["date"].as_i64().unwrap_or_default(),
        text: words(&post.body),
        buttons,
        edits: post.edits,
        file: file.map(|stored| (stored.name.clone(), stored.bytes.to_vec())),
        reaction: post.reaction.clone(),
    }
}
