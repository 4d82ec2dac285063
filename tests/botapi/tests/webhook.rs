//! Updates are brought to a webhook as the real server brings them.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::RawBot;

/// What a bot was brought: the secret, the path's, the text.
#[derive(Clone, Default)]
struct Brought {
    texts: Arc<Mutex<Vec<String>>>,
    secrets: Arc<Mutex<Vec<String>>>,
    /// Answers 200 once for each permit; 503 before the first.
    patience: Arc<Mutex<usize>>,
    gate: Option<Arc<Semaphore>>,
}

async fn taken(State(brought): State<Brought>, headers: HeaderMap, body: String) -> StatusCode {
    let update: Value = serde_json::from_str(&body).expect("an update is JSON");
    let secret = headers.get("x-telegram-bot-api-secret-token");
    let secret = secret.and_then(|secret| secret.to_str().ok());
    let text = update["message"]["text"].as_str().unwrap_or_default();
    let keep = |list: &Mutex<Vec<String>>, what: &str| {
        list.lock().expect("a list").push(what.to_owned());
    };
    keep(&brought.secrets, secret.unwrap_or_default());
    keep(&brought.texts, text);
    if let Some(gate) = &brought.gate {
        gate.acquire().await.expect("a gate").forget();
    }
    let mut refusals = brought.patience.lock().expect("a count");
    if *refusals > 0 {
        *refusals -= 1;
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    StatusCode::OK
}

/// A bot that takes updates at `/hook`.
async fn hooked(brought: &Brought) -> (RawBot, crate::botapi::Person) {
    let (bot, person) = RawBot::with_person().await;
    bot.updates(0).await;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let app = Router::new()
        .route("/hook", post(taken))
        .with_state(brought.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });
    bot.api.webhook_lies_at(&format!("http://{address}"));
    bot.result(
        "setWebhook",
        json!({ "url": "https://desk.example/hook", "secret_token": "hush-1" }),
    )
    .await;
    bot.api
        .expect("an empty queue", |api| {
            (api.pending_updates() == 0).then_some(())
        })
        .await;
    (bot, person)
}

#[tokio::test]
async fn an_update_comes_with_the_secret_and_again_until_it_is_confirmed() {
    let brought = Brought::default();
    let (bot, person) = hooked(&brought).await;
    *brought.patience.lock().expect("a count") = 2;
    person.says("在岗");
    bot.api
        .expect("the third try", |api| {
            api.webhook_answers()
                .ends_with(&[503, 503, 200])
                .then_some(())
        })
        .await;
    let texts = brought.texts.lock().expect("a list").clone();
    assert!(texts.ends_with(&["在岗".to_owned(), "在岗".to_owned(), "在岗".to_owned()]));
    let secrets = brought.secrets.lock().expect("a list").clone();
    assert!(
        secrets.iter().all(|secret| secret == "hush-1"),
        "{secrets:?}"
    );
    let info = bot.result("getWebhookInfo", json!({})).await;
    assert_eq!(info["pending_update_count"], 0);
    assert!(
        info["last_error_message"]
            .as_str()
            .is_some_and(|said| said.contains("503"))
    );
}

#[tokio::test]
async fn several_chats_at_once_and_one_chat_in_order() {
    let gate = Arc::new(Semaphore::new(1));
    let brought = Brought {
        gate: Some(Arc::clone(&gate)),
        ..Brought::default()
    };
    let (bot, one) = hooked(&brought).await;
    let other = bot.api.person("许刚", "8613800000002");
    let third = bot.api.person("李明", "8613800000003");
    for newcomer in [&other, &third] {
        newcomer.start("");
        gate.add_permits(1);
    }
    bot.api
        .expect("an empty queue", |api| {
            (api.pending_updates() == 0).then_some(())
        })
        .await;
    one.says("一");
    one.says("二");
    other.says("三");
    third.says("四");
    bot.api
        .expect("three at once", |api| {
            (api.webhook_busy_with() == 3).then_some(())
        })
        .await;
    let waiting = bot.result("getWebhookInfo", json!({})).await;
    assert_eq!(waiting["pending_update_count"], 4, "those under way count");
    gate.add_permits(4);
    bot.api
        .expect("an empty queue", |api| {
            (api.pending_updates() == 0).then_some(())
        })
        .await;
    let texts = brought.texts.lock().expect("a list").clone();
    let at = |text: &str| texts.iter().position(|said| said == text);
    assert!(at("一") < at("二"), "{texts:?}");
    assert_eq!(at("二"), Some(texts.len() - 1), "{texts:?}");
}

#[tokio::test]
async fn a_secret_is_plain_and_an_address_is_https() {
    let bot = RawBot::new().await;
    let url = "https://desk.example/hook";
    let refused = bot
        .refusal(
            "setWebhook",
            json!({ "url": url, "secret_token": "hush hush" }),
        )
        .await;
    assert_eq!(refused.0, 400);
    assert!(refused.1.contains("unallowed characters"), "{}", refused.1);
}
