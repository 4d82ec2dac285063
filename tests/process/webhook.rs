//! Updates brought to a webhook: confirmed only once they are kept, taken from Telegram alone, and
//! as good as those that are read.

use std::collections::BTreeSet;

use reqwest::{Client, StatusCode};
use serde_json::json;
use sqlx::Connection as _;

use super::roster::{Roster, two_towns};
use super::{House, Settings, asks_all, counts, presses};
use crate::botapi::{BotApi, Fault, Trouble};

pub const PUSHED: &str = "url = \"https://duty.example\"\n\
    [telegram]\nmode = \"webhook\"\nsecret = \"hush-1\"\n";
const SECRET: &str = "x-telegram-bot-api-secret-token";

fn pushed(settings: Settings) -> Settings {
    Settings {
        more: PUSHED,
        ..settings
    }
}

pub async fn queue_is_empty(house: &House) {
    let is_empty = |api: &BotApi| (api.pending_updates() == 0).then_some(());
    house.api.expect("an empty queue", is_empty).await;
}

#[tokio::test]
async fn a_whole_round_goes_by_webhook() {
    let settings = pushed(Settings::default());
    let (house, clerk, officers) = House::on_duty(settings, &two_towns()).await;
    asks_all(&clerk, &officers).await;
    presses(&officers[0], "在岗").await;
    // The silent one is judged once Telegram has said that nothing is left.
    clerk.expect_saying(&counts(1, 0, 1, 0, 0)).await;
    officers[1].says("在岗");
    clerk.expect_saying(&counts(1, 1, 0, 0, 0)).await;
    assert_eq!(house.api.calls_of("getUpdates"), 0);
    let answers = house.api.webhook_answers();
    assert!(answers.iter().all(|answer| *answer == 200), "{answers:?}");
    house.closes().await;
}

#[tokio::test]
async fn what_cannot_be_kept_is_not_confirmed_and_comes_again() {
    let settings = pushed(Settings::patient());
    let (mut house, clerk, officers) = House::on_duty(settings, &two_towns()).await;
    asks_all(&clerk, &officers).await;
    let held = house.store_held().await;
    officers[0].says("在岗");
    officers[1].presses("在岗");
    house
        .api
        .expect("a refusal", |api| {
            api.webhook_answers().contains(&503).then_some(())
        })
        .await;
    // It dies with both in its hands.
    house.killed().await;
    held.close().await.expect("it ends");
    assert_eq!(house.api.pending_updates(), 2, "nothing was confirmed");
    house.restarted().await;
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    queue_is_empty(&house).await;
    house.closes().await;
}

#[tokio::test]
async fn an_answer_whose_confirmation_is_lost_counts_once() {
    let settings = pushed(Settings::patient());
    let (house, clerk, officers) = House::on_duty(settings, &two_towns()).await;
    asks_all(&clerk, &officers).await;
    queue_is_empty(&house).await;
    let lost = Fault::on("webhook", Trouble::ResetAfterEffect);
    house.api.fault(lost.times(2));
    officers[0].says("在岗");
    queue_is_empty(&house).await;
    assert!(house.api.webhook_answers().ends_with(&[0, 0, 200]));
    officers[1].says("在岗");
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    officers[0].expect_saying("收到").await;
    assert_eq!(officers[0].sees().count("收到"), 1, "one receipt");
    house.closes().await;
}

#[tokio::test]
async fn many_at_once_are_kept_in_few_commits() {
    let crowd = 20;
    let settings = pushed(Settings::patient());
    let (house, clerk, officers) = House::on_duty(settings, &Roster::crowd(crowd)).await;
    asks_all(&clerk, &officers).await;
    queue_is_empty(&house).await;
    let mut held = house.store_held().await;
    let newest: i64 = sqlx::query_scalar("SELECT MAX(received_at) FROM inbox")
        .fetch_one(&mut held)
        .await
        .expect("updates are kept");
    for officer in &officers {
        officer.says("在岗");
    }
    // By the time the first is given up, the others wait behind it.
    house.running.expect_line("the store failed").await;
    held.close().await.expect("it ends");
    clerk.expect_saying(&counts(crowd, 0, 0, 0, 0)).await;
    let kept: Vec<i64> = sqlx::query_scalar("SELECT received_at FROM inbox WHERE received_at > $1")
        .bind(newest)
        .fetch_all(&mut house.beside().await)
        .await
        .expect("updates are kept");
    let commits: BTreeSet<i64> = kept.iter().copied().collect();
    assert_eq!(kept.len(), crowd);
    assert!(commits.len() <= crowd / 2, "{commits:?}");
    house.closes().await;
}

#[tokio::test]
async fn nobody_but_telegram_brings_updates() {
    let settings = pushed(Settings::patient());
    let (house, clerk, officers) = House::on_duty(settings, &two_towns()).await;
    asks_all(&clerk, &officers).await;
    let client = Client::new();
    let address = format!("{}/telegram", house.running.address());
    let person = officers[0].id;
    let forged = json!({"update_id": 990_001, "message": {
        "message_id": 9_001, "date": 1_790_000_000, "text": "在岗",
        "from": {"id": person, "is_bot": false, "first_name": "王建国"},
        "chat": {"id": person, "type": "private", "first_name": "王建国"},
    }});
    for secret in [None, Some("hush-2"), Some("hush-11"), Some("")] {
        let mut asked = client.post(&address).json(&forged);
        if let Some(secret) = secret {
            asked = asked.header(SECRET, secret);
        }
        let answer = asked.send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{secret:?}");
    }
    let with_secret = |asked: reqwest::RequestBuilder| asked.header(SECRET, "hush-1").send();
    let read = with_secret(client.get(&address)).await.expect("an answer");
    assert_eq!(read.status(), StatusCode::METHOD_NOT_ALLOWED);
    let elsewhere = client.post(format!("{}/telegrams", house.running.address()));
    let elsewhere = with_secret(elsewhere.json(&forged)).await;
    assert_eq!(
        elsewhere.expect("an answer").status(),
        StatusCode::NOT_FOUND
    );
    let no_update = with_secret(client.post(&address).body("{\"message\":{}}")).await;
    assert_eq!(
        no_update.expect("an answer").status(),
        StatusCode::BAD_REQUEST
    );
    let large = with_secret(client.post(&address).body(vec![b' '; 2 << 20])).await;
    // Whoever hangs up before all is sent may see no answer at all.
    let refused = large.map_or(StatusCode::PAYLOAD_TOO_LARGE, |answer| answer.status());
    assert_eq!(refused, StatusCode::PAYLOAD_TOO_LARGE);

    clerk.says("/who");
    clerk.expect_saying("排在岗上的人").await;
    assert_eq!(officers[0].sees().count("收到"), 0, "nobody answered");
    house.closes().await;
}

#[tokio::test]
async fn from_reading_to_a_webhook_and_back_nothing_is_lost_or_doubled() {
    let settings = Settings {
        more: "url = \"https://duty.example\"\n[telegram]\nmode = \"poll\"\n",
        ..Settings::patient()
    };
    let (mut house, clerk, officers) = House::on_duty(settings, &Roster::crowd(3)).await;
    asks_all(&clerk, &officers).await;
    presses(&officers[0], "在岗").await;
    house.running.stop().await;
    officers[1].says("在岗");
    house.rewrites_settings("\"poll\"", "\"webhook\"");
    house.restarted().await;
    officers[1].expect_saying("收到").await;
    queue_is_empty(&house).await;
    house.running.stop().await;
    officers[2].says("在岗");
    house.rewrites_settings("\"webhook\"", "\"poll\"");
    house.restarted().await;
    clerk.expect_saying(&counts(3, 0, 0, 0, 0)).await;
    for officer in &officers[1..] {
        officer.expect_saying("收到").await;
        assert_eq!(officer.sees().count("收到"), 1, "one receipt");
    }
    house.closes().await;
}
