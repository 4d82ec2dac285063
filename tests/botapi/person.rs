//! People with a phone in their hand.
//!
//! Knows what a client can do and sees; nothing of what the bot ought to answer.

use axum::body::Bytes;
use serde_json::{Value, json};

use super::BotApi;
use super::files::{document_json, photo_sizes, voice_json};
use super::telegram::{Query, Telegram};

/// One person; clones are the same person.
#[derive(Clone)]
pub struct Person {
    pub(super) api: BotApi,
    /// Also the id of the private chat.
    pub id: i64,
    pub name: String,
    pub phone: String,
}

impl Person {
    /// Opens the bot by a link, or finds it by name with no payload.
    pub fn start(&self, payload: &str) {
        let is_link = payload.len() <= 64
            && payload
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        assert!(is_link, "no client passes on the deep link {payload:?}");
        self.unblocks();
        self.act(|telegram| {
            if let Some(account) = telegram.accounts.get_mut(&self.id) {
                account.has_started = true;
            }
        });
        let text = if payload.is_empty() {
            "/start".to_owned()
        } else {
            format!("/start {payload}")
        };
        self.says(&text);
    }

    /// Has opened the bot some other day: it may write to them.
    pub fn is_no_newcomer(&self) {
        self.act(|telegram| {
            if let Some(account) = telegram.accounts.get_mut(&self.id) {
                account.has_started = true;
            }
        });
    }

    /// Sends a text to the bot.
    pub fn says(&self, text: &str) -> i64 {
        let date = self.api.shared.lock().now();
        self.says_at(text, date)
    }

    /// Sends a text which Telegram dates `date` (Unix seconds), whenever it arrives.
    pub fn says_at(&self, text: &str, date: i64) -> i64 {
        self.posts_to(self.id, date, &text_content(text), text)
    }

    /// Sends a text to a group; the bot hears only commands there.
    pub fn says_in(&self, group: i64, text: &str) -> i64 {
        let date = self.api.shared.lock().now();
        if text.starts_with('/') {
            return self.posts_to(group, date, &text_content(text), text);
        }
        self.act(|telegram| telegram.post(group, self.id, date, &text_content(text)))
    }

    /// Changes an earlier text.
    pub fn edits(&self, message: i64, text: &str) {
        self.act(|telegram| {
            let now = telegram.now();
            let Some(post) = telegram.posts.get_mut(&(self.id, message)) else {
                return;
            };
            post.body["text"] = json!(text);
            post.body["edit_date"] = json!(now);
            let body = post.body.clone();
            telegram
                .transcript
                .person(&self.name, &format!("(edits) {text}"));
            telegram.tell("edited_message", body);
        });
    }

    /// Sends a file as a document.
    pub fn sends_file(&self, name: &str, bytes: impl Into<Bytes>) -> i64 {
        self.sends_file_said_to_have(name, bytes, None)
    }

    /// Sends a file whose size Telegram gives as `size`, whatever is in it.
    pub fn sends_file_said_to_have(
        &self,
        name: &str,
        bytes: impl Into<Bytes>,
        size: Option<usize>,
    ) -> i64 {
        let bytes = bytes.into();
        let content = self.act(|telegram| {
            let id = telegram.keep(name, bytes);
            if let (Some(size), Some(stored)) = (size, telegram.files.get_mut(&id)) {
                stored.size = size;
            }
            json!({ "document": document_json(telegram, &id, name) })
        });
        self.posts_now(&content, &format!("📎 {name}"))
    }

    /// Sends a picture as a photo.
    pub fn sends_photo(&self, bytes: impl Into<Bytes>) -> i64 {
        let bytes = bytes.into();
        let content = self.act(|telegram| {
            let id = telegram.keep("photo.jpg", bytes);
            json!({ "photo": photo_sizes(telegram, &id) })
        });
        self.posts_now(&content, "📷")
    }

    /// Speaks for so many seconds.
    pub fn speaks_for(&self, bytes: impl Into<Bytes>, secs: u32) -> i64 {
        let bytes = bytes.into();
        let content = self.act(|telegram| {
            let id = telegram.keep("voice.oga", bytes);
            json!({ "voice": voice_json(telegram, &id, secs) })
        });
        self.posts_now(&content, &format!("🎤 {secs} s"))
    }

    /// Sends a picture as a photo, with words under it.
    pub fn sends_photo_saying(&self, bytes: impl Into<Bytes>, caption: &str) -> i64 {
        let bytes = bytes.into();
        let content = self.act(|telegram| {
            let id = telegram.keep("photo.jpg", bytes);
            json!({ "photo": photo_sizes(telegram, &id), "caption": caption })
        });
        self.posts_now(&content, &format!("📷 {caption}"))
    }

    /// Sends a sticker.
    pub fn sends_sticker(&self) -> i64 {
        let sticker = json!({
            "file_id": "CAACAgIAAxkBAAE", "file_unique_id": "AgADAAE", "type": "regular", "width": 512,
            "height": 512, "is_animated": false, "is_video": false, "emoji": "👍",
        });
        self.posts_now(&json!({ "sticker": sticker }), "(sticker)")
    }

    /// Sends a text with an entity younger than the bot's library.
    pub fn says_with_unknown_entity(&self, text: &str) -> i64 {
        let mut content = text_content(text);
        content["entities"] =
            json!([{ "type": "date_time", "offset": 0, "length": 1, "unix_time": 1_790_000_000 }]);
        self.posts_now(&content, text)
    }

    /// Sends a message of a kind younger than the bot's library.
    pub fn sends_unheard_of(&self) -> i64 {
        self.posts_now(&json!({ "hologram": { "file_id": "x" } }), "(hologram)")
    }

    /// Shares the own contact, as the contact button does.
    pub fn shares_own_contact(&self) -> i64 {
        self.shares_contact_of(self)
    }

    /// Sends somebody's contact card out of the address book.
    pub fn shares_contact_of(&self, other: &Person) -> i64 {
        let contact =
            json!({ "phone_number": other.phone, "first_name": other.name, "user_id": other.id });
        self.posts_now(
            &json!({ "contact": contact }),
            &format!("(contact of {}, {})", other.name, other.phone),
        )
    }

    /// Sends a contact card whose owner has no account.
    pub fn shares_card(&self, name: &str, phone: &str) -> i64 {
        let contact = json!({ "phone_number": phone, "first_name": name });
        self.posts_now(
            &json!({ "contact": contact }),
            &format!("(contact card of {name}, {phone})"),
        )
    }

    /// Presses a button of the reply keyboard: shares the contact if that is what it asks for, else says its text.
    pub fn taps(&self, label: &str) -> i64 {
        let markup = self
            .api
            .shared
            .lock()
            .keyboards
            .get(&self.id)
            .cloned()
            .unwrap_or_default();
        let rows = markup["keyboard"].as_array().cloned().unwrap_or_default();
        let buttons = rows.iter().filter_map(Value::as_array).flatten();
        let text = |button: &Value| {
            button
                .as_str()
                .or(button["text"].as_str())
                .unwrap_or_default()
                .to_owned()
        };
        let button = buttons
            .into_iter()
            .find(|button| text(button).contains(label))
            .unwrap_or_else(|| {
                panic!(
                    "no 〔{label}〕 in front of {}\n\n{}",
                    self.name,
                    self.api.transcript()
                )
            });
        if button["request_contact"] == true {
            self.shares_own_contact()
        } else {
            self.says(&text(button))
        }
    }

    /// Presses the button whose label contains `label` on the newest message that has one.
    /// Returns the id of the press.
    pub fn presses(&self, label: &str) -> String {
        self.presses_in_chat_of(self, label)
    }

    /// Presses a button that was shown to somebody else.
    pub fn presses_forwarded(&self, owner: &Person, label: &str) -> String {
        self.presses_in_chat_of(owner, label)
    }

    /// Presses the button on this very message.
    pub fn presses_on(&self, message: i64, label: &str) -> String {
        let found = {
            let telegram = self.api.shared.lock();
            let post = telegram.posts.get(&(self.id, message));
            post.and_then(|post| Some((post.body.clone(), post.button(label)?)))
        };
        let (body, (label, data)) = found.unwrap_or_else(|| {
            panic!(
                "no ⟦{label}⟧ on message {message}\n\n{}",
                self.api.transcript()
            )
        });
        self.presses_data(&body, &label, &data)
    }

    /// Sends callback data no button ever carried, on the newest message of the bot.
    pub fn forges(&self, data: &str) -> String {
        let body = {
            let telegram = self.api.shared.lock();
            let mut posts = telegram
                .posts
                .range((self.id, i64::MIN)..=(self.id, i64::MAX));
            posts
                .next_back()
                .map(|(_, post)| post.body.clone())
                .unwrap_or_default()
        };
        self.presses_data(&body, "(forged)", data)
    }

    /// The data behind a button this person sees.
    pub fn data_of(&self, label: &str) -> Option<String> {
        self.api
            .shared
            .lock()
            .newest_button(self.id, label)
            .map(|(_, _, data)| data)
    }

    /// The commands this person's menu shows, as Telegram picks it: the chat's own before
    /// everybody's, the language's own before the one for all.
    pub fn menu(&self) -> Vec<String> {
        let telegram = self.api.shared.lock();
        let account = telegram.accounts.get(&self.id);
        let language = account.map_or("", |account| account.language.as_str());
        let language = language.split('-').next().unwrap_or_default().to_owned();
        let menus = [
            (Some(self.id), language.clone()),
            (Some(self.id), String::new()),
            (None, language),
            (None, String::new()),
        ];
        let shown = menus.iter().find_map(|menu| telegram.commands.get(menu));
        let commands = shown.and_then(|menu| menu.as_array()).into_iter().flatten();
        let names = commands.filter_map(|command| command["command"].as_str());
        names.map(str::to_owned).collect()
    }

    /// Blocks the bot.
    pub fn blocks(&self) {
        self.changes_membership("member", "kicked");
    }

    /// Unblocks the bot; nothing happens if it was not blocked.
    pub fn unblocks(&self) {
        if self
            .api
            .shared
            .lock()
            .accounts
            .get(&self.id)
            .is_some_and(|account| account.has_blocked)
        {
            self.changes_membership("kicked", "member");
        }
    }

    /// The account is deleted.
    pub fn vanishes(&self) {
        self.act(|telegram| {
            if let Some(account) = telegram.accounts.get_mut(&self.id) {
                account.is_deactivated = true;
            }
        });
    }

    /// The client speaks this language from now on (`en`, `zh-hans`).
    pub fn speaks(&self, language: &str) {
        self.act(|telegram| {
            if let Some(account) = telegram.accounts.get_mut(&self.id) {
                language.clone_into(&mut account.language);
            }
        });
    }

    fn presses_in_chat_of(&self, owner: &Person, label: &str) -> String {
        let found = self.api.shared.lock().newest_button(owner.id, label);
        let (body, label, data) = found.unwrap_or_else(|| {
            panic!(
                "no ⟦{label}⟧ in front of {}\n\n{}",
                owner.name,
                self.api.transcript()
            )
        });
        self.presses_data(&body, &label, &data)
    }

    fn presses_data(&self, message: &Value, label: &str, data: &str) -> String {
        self.act(|telegram| {
            let id = (4_000_000_000_000_000 + telegram.fresh()).to_string();
            let query = Query {
                person: self.id,
                at: telegram.now(),
                is_answered: false,
            };
            telegram.queries.insert(id.clone(), query);
            telegram
                .transcript
                .person(&self.name, &format!("⟦{label}⟧"));
            let content = json!({
                "id": id, "from": telegram.user_json(self.id), "message": message,
                "chat_instance": "-5000000000000000001", "data": data,
            });
            telegram.tell("callback_query", content);
            id
        })
    }

    fn changes_membership(&self, from: &str, to: &str) {
        self.act(|telegram| {
            if let Some(account) = telegram.accounts.get_mut(&self.id) {
                account.has_blocked = to == "kicked";
            }
            telegram.transcript.person(&self.name, if to == "kicked" { "(blocks the bot)" } else { "(unblocks the bot)" });
            let bot = telegram.user_json(super::telegram::BOT);
            let member = |status: &str| match status {
                "kicked" => json!({ "status": status, "user": bot, "until_date": 0 }),
                _ => json!({ "status": status, "user": bot }),
            };
            let content = json!({
                "chat": telegram.chat_json(self.id), "from": telegram.user_json(self.id), "date": telegram.now(),
                "old_chat_member": member(from), "new_chat_member": member(to),
            });
            telegram.tell("my_chat_member", content);
        });
    }

    fn posts_now(&self, content: &Value, shown: &str) -> i64 {
        let date = self.api.shared.lock().now();
        self.posts_to(self.id, date, content, shown)
    }

    fn posts_to(&self, chat: i64, date: i64, content: &Value, shown: &str) -> i64 {
        self.act(|telegram| {
            let account = telegram.accounts.get(&self.id);
            let is_open =
                account.is_some_and(|account| account.has_started && !account.has_blocked);
            assert!(
                chat != self.id || is_open,
                "{} has not pressed /start, or blocks the bot",
                self.name
            );
            let id = telegram.post(chat, self.id, date, content);
            telegram.transcript.person(&self.name, shown);
            let body = telegram.posts[&(chat, id)].body.clone();
            telegram.tell("message", body);
            id
        })
    }

    fn act<T>(&self, act: impl FnOnce(&mut Telegram) -> T) -> T {
        self.api.shared.change(act)
    }
}

fn text_content(text: &str) -> Value {
    if !text.starts_with('/') {
        return json!({ "text": text });
    }
    let command = text.split_whitespace().next().unwrap_or(text);
    json!({
        "text": text,
        "entities": [{ "type": "bot_command", "offset": 0, "length": super::html::units(command) }],
    })
}
