//! Whom the bot may call and write to, and how often.

use serde_json::json;

use super::RawBot;

#[tokio::test]
async fn a_wrong_token_is_unauthorized() {
    let bot = RawBot::new().await;
    let url = format!("{}/bot1:wrong/getMe", bot.api.url());
    let response = bot.http.get(url).send().await.unwrap();
    assert_eq!(response.status(), 401);
    let body: serde_json::Value = response.json().await.unwrap();
    assert_eq!(
        body,
        json!({ "ok": false, "error_code": 401, "description": "Unauthorized" })
    );
}

#[tokio::test]
async fn a_method_nobody_knows_is_not_found_and_noted() {
    let bot = RawBot::new().await;
    assert_eq!(
        bot.refusal("sendHologram", json!({})).await,
        (404, "Not Found".into())
    );
    assert_eq!(bot.api.strays(), ["sendHologram"]);
}

#[tokio::test]
async fn nobody_is_written_to_before_they_press_start() {
    let bot = RawBot::new().await;
    let shy = bot.api.person("邓红", "8613800000009");
    let refused = bot
        .refusal("sendMessage", json!({ "chat_id": shy.id, "text": "您好" }))
        .await;
    assert_eq!(
        refused,
        (
            403,
            "Forbidden: bot can't initiate conversation with a user".into()
        )
    );
}

#[tokio::test]
async fn who_blocks_the_bot_gets_nothing_until_they_unblock_it() {
    let (bot, person) = RawBot::with_person().await;
    person.blocks();
    let hello = json!({ "chat_id": person.id, "text": "您好" });
    let refused = bot.refusal("sendMessage", hello.clone()).await;
    assert_eq!(
        refused,
        (403, "Forbidden: bot was blocked by the user".into())
    );
    person.unblocks();
    bot.result("sendMessage", hello).await;
}

#[tokio::test]
async fn a_deleted_account_is_deactivated() {
    let (bot, person) = RawBot::with_person().await;
    person.vanishes();
    let refused = bot
        .refusal(
            "sendMessage",
            json!({ "chat_id": person.id, "text": "您好" }),
        )
        .await;
    assert_eq!(refused, (403, "Forbidden: user is deactivated".into()));
}

#[tokio::test]
async fn a_chat_nobody_has_is_not_found() {
    let bot = RawBot::new().await;
    let not_found = (400, "Bad Request: chat not found".to_owned());
    assert_eq!(
        bot.refusal("sendMessage", json!({ "chat_id": 42, "text": "x" }))
            .await,
        not_found
    );
    assert_eq!(
        bot.refusal("sendMessage", json!({ "chat_id": "@who", "text": "x" }))
            .await,
        not_found
    );
    let empty = bot.refusal("sendMessage", json!({ "text": "x" })).await;
    assert_eq!(empty, (400, "Bad Request: chat_id is empty".into()));
}

#[tokio::test]
async fn a_group_that_moved_or_threw_the_bot_out_says_so() {
    let bot = RawBot::new().await;
    let group = bot.api.group("值班群");
    let moved = bot.api.moves_to_supergroup(group);
    let (status, body) = bot
        .call("sendMessage", json!({ "chat_id": group, "text": "x" }))
        .await;
    assert_eq!(status, 400);
    assert_eq!(body["parameters"]["migrate_to_chat_id"], moved);
    assert_eq!(
        body["description"],
        "Bad Request: group chat was upgraded to a supergroup chat"
    );
    bot.result("sendMessage", json!({ "chat_id": moved, "text": "x" }))
        .await;
    bot.api.throws_bot_out(moved);
    let refused = bot
        .refusal("sendMessage", json!({ "chat_id": moved, "text": "x" }))
        .await;
    assert_eq!(
        refused,
        (
            403,
            "Forbidden: bot is not a member of the group chat".into()
        )
    );
}

#[tokio::test]
async fn floods_are_told_to_wait_once_limits_hold() {
    let (bot, person) = RawBot::with_person().await;
    let group = bot.api.group("值班群");
    bot.api.enforces_limits();
    for chat in [person.id, group] {
        let mut told_to_wait = None;
        for _ in 0..21 {
            let (status, body) = bot
                .call("sendMessage", json!({ "chat_id": chat, "text": "x" }))
                .await;
            if status == 429 {
                told_to_wait = Some(body);
            }
        }
        let body = told_to_wait.expect("21 messages at once are too many");
        let secs = body["parameters"]["retry_after"]
            .as_u64()
            .expect("seconds to wait");
        assert_eq!(
            body["description"],
            format!("Too Many Requests: retry after {secs}")
        );
    }
    assert!(bot.api.limit_refusals() >= 2);
}
