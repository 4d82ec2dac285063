use serde_json::json;

use super::super::View;
use super::RawBot;

#[tokio::test]
async fn a_press_carries_its_message_and_data_and_no_time() {
    let (bot, person) = RawBot::with_person().await;
    bot.offers(&person, "旧的", "✅ 我在岗", "old").await;
    let newest = bot.offers(&person, "新的", "✅ 我在岗", "new").await;
    person.presses("在岗");
    let updates = bot.updates(0).await;
    let press = &updates[1]["callback_query"];
    assert_eq!(press["data"], "new");
    assert_eq!(press["message"]["message_id"], newest);
    assert_eq!(press["message"]["chat"]["id"], person.id);
    assert_eq!(press["from"]["id"], person.id);
    assert!(press["date"].is_null());
    assert_eq!(person.data_of("在岗").as_deref(), Some("new"));
}

#[tokio::test]
async fn a_forwarded_button_is_pressed_by_its_presser() {
    let (bot, owner) = RawBot::with_person().await;
    let other = bot.api.person("赵敏", "8613800000002");
    other.start("");
    let asked = bot.offers(&owner, "在岗吗", "在岗", "his").await;
    other.presses_forwarded(&owner, "在岗");
    owner.presses_on(asked, "在岗");
    owner.forges("guessed");
    let updates = bot.updates(0).await;
    let pressed: Vec<_> = updates
        .iter()
        .filter(|update| !update["callback_query"].is_null())
        .map(|update| {
            (
                update["callback_query"]["from"]["id"].as_i64(),
                update["callback_query"]["data"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        pressed,
        [
            (Some(other.id), Some("his")),
            (Some(owner.id), Some("his")),
            (Some(owner.id), Some("guessed"))
        ]
    );
}

#[tokio::test]
async fn a_contact_says_whose_it_is() {
    let (bot, person) = RawBot::with_person().await;
    let other = bot.api.person("赵敏", "8613800000002");
    let keyboard =
        json!({ "keyboard": [[{ "text": "📱 这是我的手机号", "request_contact": true }]] });
    bot.result(
        "sendMessage",
        json!({ "chat_id": person.id, "text": "您好", "reply_markup": keyboard }),
    )
    .await;
    assert_eq!(person.sees().keyboard, ["📱 这是我的手机号"]);
    person.taps("手机号");
    person.shares_contact_of(&other);
    person.shares_card("周海涛", "13800000007");
    let updates = bot.updates(0).await;
    let contacts: Vec<_> = updates[1..]
        .iter()
        .map(|update| &update["message"]["contact"])
        .collect();
    assert_eq!(
        (&contacts[0]["user_id"], &contacts[0]["phone_number"]),
        (&json!(person.id), &json!(person.phone))
    );
    assert_eq!(contacts[1]["user_id"], other.id);
    assert!(contacts[2]["user_id"].is_null());
    let removed =
        json!({ "chat_id": person.id, "text": "好", "reply_markup": { "remove_keyboard": true } });
    bot.result("sendMessage", removed).await;
    assert!(person.sees().keyboard.is_empty());
}

#[tokio::test]
async fn messages_come_in_every_shape() {
    let (bot, person) = RawBot::with_person().await;
    let group = bot.api.group("值班群");
    person.speaks("en");
    let said = person.says_at("昨天的", 1_790_000_000);
    person.edits(said, "改过的");
    person.sends_photo(b"\xff\xd8\xff".to_vec());
    person.sends_sticker();
    person.says_with_unknown_entity("今晚 20:30");
    person.sends_unheard_of();
    person.says_in(group, "/gaps");
    person.says_in(group, "闲聊");
    person.blocks();
    let updates = bot.updates(0).await;
    assert_eq!(updates[0]["message"]["text"], "/start");
    assert_eq!(updates[0]["message"]["entities"][0]["type"], "bot_command");
    assert_eq!(updates[1]["message"]["date"], 1_790_000_000);
    assert_eq!(updates[1]["message"]["from"]["language_code"], "en");
    assert_eq!(updates[2]["edited_message"]["text"], "改过的");
    assert!(updates[3]["message"]["photo"].is_array());
    assert!(updates[4]["message"]["sticker"].is_object());
    assert_eq!(updates[5]["message"]["entities"][0]["type"], "date_time");
    assert!(updates[6]["message"]["hologram"].is_object());
    assert_eq!(updates[7]["message"]["chat"]["type"], "group");
    assert_eq!(
        updates[8]["my_chat_member"]["new_chat_member"]["status"],
        "kicked"
    );
    assert_eq!(updates.len(), 9, "the bot hears only commands in a group");
}

#[tokio::test]
#[should_panic(expected = "no client passes on the deep link")]
async fn a_deep_link_too_long_or_with_other_letters_opens_nothing() {
    let (_bot, person) = RawBot::with_person().await;
    person.start(&"x".repeat(65));
}

#[tokio::test]
async fn the_transcript_tells_both_sides_in_order() {
    let (bot, person) = RawBot::with_person().await;
    bot.offers(&person, "在 <b>岗</b> 吗", "✅ 我在岗", "a")
        .await;
    let press = person.presses("在岗");
    bot.result(
        "answerCallbackQuery",
        json!({ "callback_query_id": press, "text": "收到" }),
    )
    .await;
    assert_eq!(
        bot.api.transcript(),
        "王建国 ▸ /start\n→ 王建国: 在 <b>岗</b> 吗 ⟦✅ 我在岗⟧\n王建国 ▸ ⟦✅ 我在岗⟧\n→ 王建国: (toast) 收到\n"
    );
}

#[tokio::test]
async fn a_test_can_wait_for_what_a_person_sees() {
    let (bot, person) = RawBot::with_person().await;
    let wait = async {
        let reply = person.expect_reply().await;
        let said = person.expect_saying("看完").await;
        let offered = person.expect_button("启用").await;
        (reply, said, offered)
    };
    let speak = async {
        bot.says(&person, "正在看").await;
        bot.offers(&person, "看完了", "启用", "use").await;
    };
    let ((reply, said, offered), ()) = tokio::join!(wait, speak);
    assert_eq!(bot.api.sent_so_far(), 2);
    let sent = bot.api.sent_after(1);
    assert_eq!(sent[0].text, "看完了 ⟦启用⟧");
    let last = person.sees().messages.last().map(|seen| seen.id);
    assert_eq!((sent[0].chat, Some(sent[0].message)), (person.id, last));
    assert_eq!(bot.api.calls(), 2);
    assert_eq!(
        (reply.as_str(), said.as_str(), offered.as_str()),
        ("正在看", "看完了", "看完了")
    );
    let oldest = person.expect("two messages of the bot", |view: &View| {
        (view.bots().count() == 2).then(|| view.messages[1].date)
    });
    assert!(oldest.await > 1_700_000_000);
}
