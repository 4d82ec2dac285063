//! Edits, and answers to button presses.

use serde_json::json;

use super::RawBot;

#[tokio::test]
async fn an_edit_needs_the_bots_own_message_and_a_change() {
    let (bot, person) = RawBot::with_person().await;
    let edit = |message: i64, text: &str| json!({ "chat_id": person.id, "message_id": message, "text": text });
    let sent = bot.says(&person, "正在看").await;
    let refused = bot.refusal("editMessageText", edit(sent, "正在看")).await;
    assert_eq!(
        refused,
        (
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message".into()
        )
    );
    let refused = bot.refusal("editMessageText", edit(sent + 99, "x")).await;
    assert_eq!(
        refused,
        (400, "Bad Request: message to edit not found".into())
    );
    let own = person.says("在岗");
    let refused = bot.refusal("editMessageText", edit(own, "x")).await;
    assert_eq!(
        refused,
        (400, "Bad Request: message can't be edited".into())
    );
    bot.result("editMessageText", edit(sent, "看完了")).await;
    assert_eq!(
        person
            .sees()
            .saying("看完了")
            .map(|seen| (seen.id, seen.edits)),
        Some((sent, 1))
    );
}

#[tokio::test]
async fn an_edit_without_a_keyboard_takes_the_keyboard_away() {
    let (bot, person) = RawBot::with_person().await;
    let sent = bot.offers(&person, "在岗吗", "在岗", "a").await;
    let edit = json!({ "chat_id": person.id, "message_id": sent, "text": "在岗吗" });
    bot.result("editMessageText", edit).await;
    assert!(person.sees().offering("在岗").is_none());
    let same = json!({ "chat_id": person.id, "message_id": sent });
    let refused = bot.refusal("editMessageReplyMarkup", same).await;
    assert!(
        refused
            .1
            .starts_with("Bad Request: message is not modified"),
        "{}",
        refused.1
    );
}

#[tokio::test]
async fn a_message_with_a_reply_keyboard_cannot_be_edited() {
    let (bot, person) = RawBot::with_person().await;
    let keyboard =
        json!({ "keyboard": [[{ "text": "📱 这是我的手机号", "request_contact": true }]] });
    let sent = bot
        .result(
            "sendMessage",
            json!({ "chat_id": person.id, "text": "您好", "reply_markup": keyboard }),
        )
        .await;
    let edit = json!({ "chat_id": person.id, "message_id": sent["message_id"], "text": "x" });
    let refused = bot.refusal("editMessageText", edit).await;
    assert_eq!(refused.1, "Bad Request: message can't be edited");
}

#[tokio::test]
async fn a_press_is_answered_in_time_and_briefly() {
    let (bot, person) = RawBot::with_person().await;
    bot.offers(&person, "在岗吗", "在岗", "a").await;
    let too_old = (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
            .to_owned(),
    );
    let unknown = json!({ "callback_query_id": "1", "text": "收到" });
    assert_eq!(bot.refusal("answerCallbackQuery", unknown).await, too_old);
    let press = person.presses("在岗");
    assert_eq!(bot.api.unanswered_presses(), 1);
    let long = json!({ "callback_query_id": press, "text": "岗".repeat(201) });
    assert_eq!(
        bot.refusal("answerCallbackQuery", long).await.1,
        "Bad Request: MESSAGE_TOO_LONG"
    );
    let answer = json!({ "callback_query_id": press, "text": "收到" });
    bot.api.query_patience_secs(60);
    bot.api.clock_is_off_by_secs(61);
    assert_eq!(
        bot.refusal("answerCallbackQuery", answer.clone()).await,
        too_old
    );
    bot.api.clock_is_off_by_secs(0);
    bot.result("answerCallbackQuery", answer).await;
    assert_eq!(bot.api.unanswered_presses(), 0);
    person.expect_press_answered(&press).await;
    assert_eq!(person.sees().toasts[0].text, "收到");
}
