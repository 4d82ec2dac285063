//! The stand-in itself under test: one that takes everything proves nothing.

mod contents;
mod edits;
mod faults;
mod html;
mod people;
mod polling;
mod refusals;
mod teloxide;
mod webhook;
mod wire;

use serde_json::{Value, json};

use super::{BotApi, Person};

/// A bot that is nothing but HTTP.
struct RawBot {
    api: BotApi,
    http: reqwest::Client,
}

impl RawBot {
    /// A stand-in with a bot on it.
    async fn new() -> Self {
        Self {
            api: BotApi::start().await,
            http: reqwest::Client::new(),
        }
    }

    /// The same, with one person who has pressed /start.
    async fn with_person() -> (Self, Person) {
        let bot = Self::new().await;
        let person = bot.api.person("王建国", "8613800000001");
        person.start("");
        (bot, person)
    }

    fn url(&self, method: &str) -> String {
        format!("{}/bot{}/{method}", self.api.url(), super::TOKEN)
    }

    /// Status and body of a call with JSON parameters.
    async fn call(&self, method: &str, parameters: Value) -> (u16, Value) {
        let sent = self
            .http
            .post(self.url(method))
            .json(&parameters)
            .send()
            .await;
        let response = sent.expect("an answer from the stand-in");
        let status = response.status().as_u16();
        (
            status,
            response.json().await.expect("JSON from the stand-in"),
        )
    }

    /// The result of a call that must succeed.
    async fn result(&self, method: &str, parameters: Value) -> Value {
        let (status, body) = self.call(method, parameters).await;
        assert_eq!(status, 200, "{method}: {body}");
        assert_eq!(body["ok"], true);
        body["result"].clone()
    }

    /// Code and description of a call that must be refused.
    async fn refusal(&self, method: &str, parameters: Value) -> (u16, String) {
        let (status, body) = self.call(method, parameters).await;
        assert_eq!(body["ok"], false, "{method} was accepted: {body}");
        assert_eq!(body["error_code"], status);
        (
            status,
            body["description"].as_str().unwrap_or_default().to_owned(),
        )
    }

    /// Sends a text and returns the message's id.
    async fn says(&self, person: &Person, text: &str) -> i64 {
        let sent = self
            .result("sendMessage", json!({ "chat_id": person.id, "text": text }))
            .await;
        sent["message_id"].as_i64().expect("a message has an id")
    }

    /// Sends a text with one button.
    async fn offers(&self, person: &Person, text: &str, label: &str, data: &str) -> i64 {
        let sent = self
            .result("sendMessage", offer(person, text, label, data))
            .await;
        sent["message_id"].as_i64().expect("a message has an id")
    }

    /// The updates from `offset` on, at once.
    async fn updates(&self, offset: i64) -> Vec<Value> {
        let batch = self.result("getUpdates", json!({ "offset": offset })).await;
        batch.as_array().expect("updates come as an array").clone()
    }
}

fn offer(person: &Person, text: &str, label: &str, data: &str) -> Value {
    json!({
        "chat_id": person.id, "text": text,
        "reply_markup": { "inline_keyboard": [[{ "text": label, "callback_data": data }]] },
    })
}
