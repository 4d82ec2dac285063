use serde_json::json;

use super::RawBot;

fn ids(updates: &[serde_json::Value]) -> Vec<i64> {
    updates
        .iter()
        .filter_map(|update| update["update_id"].as_i64())
        .collect()
}

#[tokio::test]
async fn an_offset_confirms_everything_below_it_and_nothing_else() {
    let (bot, person) = RawBot::with_person().await;
    person.says("一");
    person.says("二");
    let first = ids(&bot.updates(0).await);
    assert_eq!(first.len(), 3);
    assert_eq!(
        ids(&bot.updates(0).await),
        first,
        "reading confirms nothing"
    );
    assert_eq!(ids(&bot.updates(first[1]).await), first[1..]);
    assert_eq!(
        ids(&bot.updates(0).await),
        first[1..],
        "what was confirmed is forgotten"
    );
    assert_eq!(bot.api.pending_updates(), 2);
    assert_eq!(bot.api.confirmed_below(), first[1]);
    assert_eq!(
        ids(&bot.updates(-1).await),
        first[2..],
        "a negative offset counts from the end"
    );
    assert_eq!(bot.api.pending_updates(), 1);
}

#[tokio::test]
async fn a_limit_is_kept() {
    let (bot, person) = RawBot::with_person().await;
    person.says("一");
    let updates = bot.result("getUpdates", json!({ "limit": 1 })).await;
    assert_eq!(updates.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_long_poll_ends_when_something_happens() {
    let (bot, person) = RawBot::with_person().await;
    let next = bot.updates(0).await[0]["update_id"].as_i64().unwrap() + 1;
    let poll = bot.result("getUpdates", json!({ "offset": next, "timeout": 50 }));
    let speak = async {
        bot.api
            .expect("the poll to begin", |api| {
                (api.calls_of("getUpdates") == 2).then_some(())
            })
            .await;
        person.says("在岗");
    };
    let (updates, ()) = tokio::join!(poll, speak);
    assert_eq!(updates[0]["message"]["text"], "在岗");
}

#[tokio::test]
async fn a_second_poller_ends_the_first() {
    let bot = RawBot::new().await;
    let first = bot.refusal("getUpdates", json!({ "timeout": 50 }));
    let second = async {
        bot.api
            .expect("the first poll", |api| {
                (api.calls_of("getUpdates") == 1).then_some(())
            })
            .await;
        bot.result("getUpdates", json!({ "timeout": 0 })).await
    };
    let (refused, updates) = tokio::join!(first, second);
    assert_eq!(
        refused,
        (
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
                .into()
        )
    );
    assert_eq!(updates, json!([]));
}

#[tokio::test]
async fn a_webhook_shuts_the_poll_out() {
    let (bot, _person) = RawBot::with_person().await;
    bot.result("setWebhook", json!({ "url": "https://desk.example/hook" }))
        .await;
    let refused = bot.refusal("getUpdates", json!({})).await;
    assert_eq!(refused.0, 409);
    assert!(
        refused
            .1
            .starts_with("Conflict: can't use getUpdates method while webhook is active")
    );
    let info = bot.result("getWebhookInfo", json!({})).await;
    assert_eq!(
        (info["url"].as_str(), info["pending_update_count"].as_i64()),
        (Some("https://desk.example/hook"), Some(1))
    );
    bot.result("deleteWebhook", json!({ "drop_pending_updates": true }))
        .await;
    assert!(bot.updates(0).await.is_empty());
}

#[tokio::test]
async fn only_kinds_asked_for_become_updates() {
    let (bot, person) = RawBot::with_person().await;
    bot.result(
        "getUpdates",
        json!({ "offset": -1, "allowed_updates": ["callback_query"] }),
    )
    .await;
    person.says("在岗");
    bot.offers(&person, "在岗吗", "在岗", "a").await;
    person.presses("在岗");
    let updates = bot.updates(0).await;
    assert_eq!(updates.len(), 2);
    assert_eq!(updates[1]["callback_query"]["data"], "a");
}

#[tokio::test]
async fn presses_are_kept_150_seconds_and_messages_a_day() {
    let (bot, person) = RawBot::with_person().await;
    bot.offers(&person, "在岗吗", "在岗", "a").await;
    person.presses("在岗");
    bot.api.clock_is_off_by_secs(149);
    assert_eq!(bot.updates(0).await.len(), 2);
    bot.api.clock_is_off_by_secs(152);
    assert_eq!(bot.updates(0).await.len(), 1);
    bot.api.clock_is_off_by_secs(24 * 3600 + 2);
    assert!(bot.updates(0).await.is_empty());
}

#[tokio::test]
async fn an_update_can_come_twice_even_when_confirmed() {
    let (bot, person) = RawBot::with_person().await;
    person.says("在岗");
    let once = bot.updates(0).await;
    bot.api.repeats_last_update();
    let after = once[1]["update_id"].as_i64().unwrap() + 1;
    assert_eq!(bot.updates(after).await, once[1..]);
    assert!(bot.updates(after).await.is_empty());
}

#[tokio::test]
async fn held_updates_go_out_in_any_order() {
    let (bot, person) = RawBot::with_person().await;
    bot.api.holds_updates();
    person.says("一");
    person.says("二");
    assert_eq!(bot.updates(0).await.len(), 1);
    bot.api.lets_updates_go(|held| held.reverse());
    let updates = bot.updates(0).await;
    assert_eq!(
        (
            updates[1]["message"]["text"].as_str(),
            updates[2]["message"]["text"].as_str()
        ),
        (Some("二"), Some("一"))
    );
}

#[tokio::test]
async fn after_ids_start_anew_a_high_offset_confirms_nothing() {
    let (bot, person) = RawBot::with_person().await;
    let high = bot.updates(0).await[0]["update_id"].as_i64().unwrap() + 1;
    assert!(bot.updates(high).await.is_empty());
    bot.api.restarts_update_ids_at(17);
    person.says("在岗");
    assert_eq!(ids(&bot.updates(high).await), [17]);
    assert!(bot.updates(18).await.is_empty());
}
