//! Bringing updates to a bot that has set a webhook: several at once, those of one chat in order,
//! each again until it is confirmed with 200.
//!
//! The stand-in has no certificates: what a bot calls `https://…` lies where the test says.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, Url};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::Shared;
use super::call::Call;
use super::faults::Trouble;
use super::refusal::{Answer, Refusal};
use super::telegram::Telegram;

/// Before an update that was not confirmed is brought once more.
const AGAIN: Duration = Duration::from_millis(200);
/// How long the bot may take to confirm one.
const PATIENCE: Duration = Duration::from_mins(1);
const MOST_CONNECTIONS: usize = 100;

/// What a bot has set.
#[derive(Clone, Debug)]
pub struct Webhook {
    pub url: String,
    secret: Option<String>,
    connections: usize,
}

/// How the bringing goes.
#[derive(Debug, Default)]
pub struct Bringing {
    /// Updates under way.
    under_way: BTreeSet<i64>,
    /// Chats one of whose updates is under way.
    chats: BTreeSet<i64>,
    /// Nothing is brought before.
    not_before: Option<Instant>,
    /// Where `https://…` lies, as `http://127.0.0.1:…`.
    pub lies_at: Option<String>,
    last_error: Option<String>,
    /// What came back each time, in order; 0 for no answer.
    pub answers: Vec<u16>,
}

impl Bringing {
    /// How many updates are on their way.
    pub fn under_way(&self) -> usize {
        self.under_way.len()
    }
}

/// One update on its way.
struct Trip {
    id: i64,
    chat: i64,
    body: Value,
    /// It is one that was confirmed already, and comes once more.
    is_repeat: bool,
}

pub fn set(telegram: &mut Telegram, call: &Call) -> Answer {
    let url = call.text("url").unwrap_or_default();
    if !url.is_empty() && !url.starts_with("https://") {
        return Err(Refusal::bad_request(
            "bad webhook: An HTTPS URL must be provided for webhook",
        ));
    }
    let secret = call
        .text("secret_token")
        .filter(|secret| !secret.is_empty());
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    if secret
        .as_deref()
        .is_some_and(|s| s.len() > 256 || !s.chars().all(plain))
    {
        return Err(Refusal::bad_request(
            "secret token contains unallowed characters",
        ));
    }
    let connections = call.integer("max_connections").unwrap_or(40);
    let connections = usize::try_from(connections).unwrap_or(40);
    telegram.webhook = (!url.is_empty()).then(|| Webhook {
        url,
        secret,
        connections: connections.clamp(1, MOST_CONNECTIONS),
    });
    if let Some(kinds) = call.json("allowed_updates")? {
        telegram.queue.allow(&kinds);
    }
    Ok(json!(true))
}

pub fn info(telegram: &Telegram) -> Value {
    let url = telegram.webhook.as_ref().map(|hook| hook.url.clone());
    let mut info = json!({
        "url": url.unwrap_or_default(),
        "has_custom_certificate": false,
        "pending_update_count": telegram.queue.pending(),
    });
    if let Some(error) = &telegram.bringing.last_error {
        info["last_error_message"] = json!(error);
    }
    info
}

/// Brings updates whenever there are some and a webhook is set, until the runtime ends.
pub async fn bring_for_ever(shared: Arc<Shared>) {
    let client = Client::builder().timeout(PATIENCE).no_proxy().build();
    let client = client.expect("a client");
    let mut changes = shared.changes();
    loop {
        changes.borrow_and_update();
        while let Some((trip, hook, address)) = next(&shared) {
            // Whoever waits for it sees that it is on its way.
            shared.change(|_| ());
            tokio::spawn(bring(
                Arc::clone(&shared),
                client.clone(),
                trip,
                hook,
                address,
            ));
        }
        let pause = shared.lock().bringing.not_before;
        tokio::select! {
            news = changes.changed() => if news.is_err() { return },
            () = wait_until(pause) => {}
        }
    }
}

async fn wait_until(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

/// The oldest update that may leave now. Looking wakes nobody.
fn next(shared: &Shared) -> Option<(Trip, Webhook, Url)> {
    let telegram = &mut *shared.lock();
    let hook = telegram.webhook.clone()?;
    let bringing = &mut telegram.bringing;
    let is_early = bringing.not_before.is_some_and(|at| at > Instant::now());
    let is_full = bringing.under_way.len() >= hook.connections;
    if telegram.is_dark || is_early || is_full {
        return None;
    }
    bringing.not_before = None;
    let asked = Url::parse(&hook.url).ok()?;
    let mut address = Url::parse(bringing.lies_at.as_deref()?).ok()?;
    address.set_path(asked.path());
    let trip = if let Some(body) = telegram.queue.take_repeat() {
        Trip {
            id: body["update_id"].as_i64().unwrap_or_default(),
            chat: 0,
            body,
            is_repeat: true,
        }
    } else {
        let now = telegram.now();
        let bringing = &telegram.bringing;
        let is_free = |id: i64, body: &Value| {
            !bringing.under_way.contains(&id) && !bringing.chats.contains(&chat_of(body))
        };
        let (id, body) = telegram.queue.oldest(now, is_free)?;
        Trip {
            id,
            chat: chat_of(&body),
            body,
            is_repeat: false,
        }
    };
    *telegram.calls.entry("webhook".to_owned()).or_default() += 1;
    if !trip.is_repeat {
        telegram.bringing.under_way.insert(trip.id);
        telegram.bringing.chats.insert(trip.chat);
    }
    Some((trip, hook, address))
}

/// Whose updates come one after the other.
fn chat_of(body: &Value) -> i64 {
    let places = [
        "/message/chat/id",
        "/edited_message/chat/id",
        "/callback_query/from/id",
    ];
    let found = places
        .iter()
        .find_map(|place| body.pointer(place)?.as_i64());
    found.unwrap_or_default()
}

async fn bring(shared: Arc<Shared>, client: Client, trip: Trip, hook: Webhook, address: Url) {
    let trouble = shared.lock().faults.take("webhook", None);
    if let Some(Trouble::SlowBeforeEffect(wait)) = &trouble {
        sleep(*wait).await;
    }
    let mut request = client.post(address).json(&trip.body);
    if let Some(secret) = &hook.secret {
        request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
    }
    let answer = match trouble {
        Some(Trouble::ResetBeforeEffect) => Err("Connection reset by peer".to_owned()),
        _ => match request.send().await {
            Ok(answer) => Ok(answer.status().as_u16()),
            Err(error) => Err(error.without_url().to_string()),
        },
    };
    if let Some(Trouble::SlowAfterEffect(wait)) = &trouble {
        sleep(*wait).await;
    }
    let answer = match trouble {
        // The bot has said 200, and nobody heard it.
        Some(Trouble::ResetAfterEffect) => Err("Connection reset by peer".to_owned()),
        _ => answer,
    };
    shared.change(|telegram| {
        let bringing = &mut telegram.bringing;
        if !trip.is_repeat {
            bringing.under_way.remove(&trip.id);
            bringing.chats.remove(&trip.chat);
        }
        match answer {
            Ok(200) if !telegram.is_dark => {
                bringing.answers.push(200);
                if !trip.is_repeat {
                    telegram.queue.confirm(trip.id);
                }
            }
            answer => {
                bringing
                    .answers
                    .push(answer.as_ref().copied().unwrap_or_default());
                bringing.last_error = Some(match answer {
                    Ok(status) => format!("Wrong response from the webhook: {status}"),
                    Err(error) => error,
                });
                bringing.not_before = Some(Instant::now() + AGAIN);
            }
        }
    });
}
