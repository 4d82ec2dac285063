//! What a message may hold.

use serde_json::json;

use super::{RawBot, offer};

#[tokio::test]
async fn a_text_must_say_something_and_fit() {
    let (bot, person) = RawBot::with_person().await;
    let say = |text: String| json!({ "chat_id": person.id, "text": text, "parse_mode": "HTML" });
    let empty = (400, "Bad Request: message text is empty".to_owned());
    assert_eq!(
        bot.refusal("sendMessage", json!({ "chat_id": person.id }))
            .await,
        empty
    );
    assert_eq!(bot.refusal("sendMessage", say(" \n ".into())).await, empty);
    assert_eq!(
        bot.refusal("sendMessage", say("<b> </b>".into())).await,
        empty
    );
    let too_long = (400, "Bad Request: message is too long".to_owned());
    assert_eq!(
        bot.refusal("sendMessage", say("岗".repeat(4097))).await,
        too_long
    );
    // Two UTF-16 units each.
    assert_eq!(
        bot.refusal("sendMessage", say("🙋".repeat(2049))).await,
        too_long
    );
    bot.result("sendMessage", say("🙋".repeat(2048))).await;
    // Tags do not count.
    bot.result("sendMessage", say(format!("<b>{}</b>", "岗".repeat(4096))))
        .await;
}

#[tokio::test]
async fn a_caption_must_fit() {
    let (bot, person) = RawBot::with_person().await;
    let id = bot
        .api
        .shared
        .change(|telegram| telegram.keep("值班表.csv", "x".into()));
    let send =
        |caption: String| json!({ "chat_id": person.id, "document": id, "caption": caption });
    let refused = bot.refusal("sendDocument", send("岗".repeat(1025))).await;
    assert_eq!(
        refused,
        (400, "Bad Request: message caption is too long".into())
    );
    bot.result("sendDocument", send("岗".repeat(1024))).await;
}

#[tokio::test]
async fn callback_data_holds_64_bytes() {
    let (bot, person) = RawBot::with_person().await;
    let invalid = (400, "Bad Request: BUTTON_DATA_INVALID".to_owned());
    for data in ["x".repeat(65), String::new(), "岗".repeat(22)] {
        assert_eq!(
            bot.refusal("sendMessage", offer(&person, "在岗吗", "在岗", &data))
                .await,
            invalid
        );
    }
    bot.result(
        "sendMessage",
        offer(&person, "在岗吗", "在岗", &"x".repeat(64)),
    )
    .await;
}

#[tokio::test]
async fn a_keyboard_must_be_one() {
    let (bot, person) = RawBot::with_person().await;
    let cases = [
        (json!("[]"), "object expected as reply markup"),
        (json!({}), "can't parse reply keyboard markup JSON object"),
        (
            json!({ "inline_keyboard": [[{ "text": "x" }]] }),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            json!({ "inline_keyboard": [], "resize": true }),
            "unknown field \"resize\" in reply_markup",
        ),
        (
            json!({ "inline_keyboard": [[{ "text": "x", "callback": "x" }]] }),
            "unknown field \"callback\" in reply_markup",
        ),
        (
            json!({ "keyboard": [[{ "text": "x", "contact": true }]] }),
            "unknown field \"contact\" in reply_markup",
        ),
    ];
    for (markup, words) in cases {
        let sent = json!({ "chat_id": person.id, "text": "x", "reply_markup": markup });
        assert_eq!(
            bot.refusal("sendMessage", sent).await,
            (400, format!("Bad Request: {words}"))
        );
    }
}

#[tokio::test]
async fn contacts_and_places_are_asked_for_in_private_only() {
    let (bot, person) = RawBot::with_person().await;
    let group = bot.api.group("值班群");
    let ask = |chat: i64, what: &str| json!({ "chat_id": chat, "text": "x", "reply_markup": { "keyboard": [[{ "text": "x", what: true }]] } });
    let refused = bot
        .refusal("sendMessage", ask(group, "request_contact"))
        .await;
    assert_eq!(
        refused.1,
        "Bad Request: phone number can be requested in private chats only"
    );
    let refused = bot
        .refusal("sendMessage", ask(group, "request_location"))
        .await;
    assert_eq!(
        refused.1,
        "Bad Request: location can be requested in private chats only"
    );
    bot.result("sendMessage", ask(person.id, "request_contact"))
        .await;
}

#[tokio::test]
async fn files_have_limits() {
    let (bot, person) = RawBot::with_person().await;
    person.sends_file_said_to_have("值班表.csv", "x", Some(20 * 1024 * 1024 + 1));
    let updates = bot.updates(0).await;
    let id = &updates[1]["message"]["document"]["file_id"];
    let refused = bot.refusal("getFile", json!({ "file_id": id })).await;
    assert_eq!(refused, (400, "Bad Request: file is too big".into()));
    let refused = bot
        .refusal("getFile", json!({ "file_id": "nonsense" }))
        .await;
    assert_eq!(
        refused.1,
        "Bad Request: wrong file_id or the file is temporarily unavailable"
    );
    let text = bot
        .api
        .shared
        .change(|telegram| telegram.keep("x.csv", "no picture".into()));
    let refused = bot
        .refusal("sendPhoto", json!({ "chat_id": person.id, "photo": text }))
        .await;
    assert_eq!(refused.1, "Bad Request: IMAGE_PROCESS_FAILED");
}

#[tokio::test]
async fn small_things_are_checked_too() {
    let (bot, person) = RawBot::with_person().await;
    let chat = person.id;
    let own = person.says("在岗");
    let cases = [
        (
            "sendChatAction",
            json!({ "chat_id": chat, "action": "dancing" }),
            "wrong parameter action in request",
        ),
        (
            "setMessageReaction",
            json!({ "chat_id": chat, "message_id": own, "reaction": [{ "type": "emoji", "emoji": "🦀" }] }),
            "REACTION_INVALID",
        ),
        (
            "setMessageReaction",
            json!({ "chat_id": chat, "message_id": 999 }),
            "message to react not found",
        ),
        (
            "deleteMessage",
            json!({ "chat_id": chat, "message_id": 999 }),
            "message to delete not found",
        ),
        (
            "setMyCommands",
            json!({ "commands": [{ "command": "空档", "description": "x" }] }),
            "BOT_COMMAND_INVALID",
        ),
        (
            "setMyCommands",
            json!({ "commands": [{ "command": "gaps", "description": "" }] }),
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        (
            "sendMessage",
            json!({ "chat_id": chat, "text": "x", "reply_parameters": { "message_id": 999 } }),
            "message to be replied not found",
        ),
        (
            "sendMessage",
            json!({ "chat_id": chat, "text": "x", "parse_mode": "BBCode" }),
            "unsupported parse_mode",
        ),
        (
            "setWebhook",
            json!({ "url": "http://plain.example" }),
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
    ];
    for (method, parameters, words) in cases {
        assert_eq!(
            bot.refusal(method, parameters).await,
            (400, format!("Bad Request: {words}"))
        );
    }
    let seen = json!({ "chat_id": chat, "message_id": own, "reaction": [{ "type": "emoji", "emoji": "👀" }] });
    bot.result("setMessageReaction", seen).await;
    bot.result(
        "sendChatAction",
        json!({ "chat_id": chat, "action": "typing" }),
    )
    .await;
    let commands = json!({ "commands": [{ "command": "gaps", "description": "空档" }] });
    bot.result("setMyCommands", commands.clone()).await;
    assert_eq!(
        bot.result("getMyCommands", json!({})).await,
        commands["commands"]
    );
    assert_eq!(
        person
            .sees()
            .messages
            .last()
            .and_then(|seen| seen.reaction.clone()),
        Some("👀".into())
    );
    bot.result(
        "deleteMessage",
        json!({ "chat_id": chat, "message_id": own }),
    )
    .await;
    assert!(person.sees().messages.iter().all(|seen| seen.id != own));
}
