use teloxide::Bot;
use teloxide::net::Download as _;
use teloxide::payloads::{GetUpdatesSetters as _, SendMessageSetters as _};
use teloxide::requests::Requester as _;
use teloxide::types::{
    CallbackQueryId, ChatId, FileId, InlineKeyboardButton, InlineKeyboardMarkup, InputFile,
    ParseMode, UpdateKind,
};
use teloxide::{ApiError, RequestError};

use super::super::{BotApi, TOKEN};

fn bot_on(api: &BotApi) -> Bot {
    Bot::new(TOKEN).set_api_url(api.url().parse().expect("the stand-in has an address"))
}

#[tokio::test]
async fn teloxide_talks_to_it() {
    let api = BotApi::start().await;
    let bot = bot_on(&api);
    assert_eq!(
        bot.get_me().await.unwrap().username(),
        super::super::telegram::BOT_USERNAME
    );
    let person = api.person("王建国", "8613800000001");
    person.start("");
    let chat = ChatId(person.id);
    let button = InlineKeyboardButton::callback("✅ 我在岗", "a");
    let sent = bot
        .send_message(chat, "<b>王建国</b>，在岗吗？")
        .parse_mode(ParseMode::Html)
        .reply_markup(InlineKeyboardMarkup::new([[button]]))
        .await
        .unwrap();
    assert_eq!(sent.text(), Some("王建国，在岗吗？"));
    person.presses("在岗");
    let updates = bot.get_updates().offset(0).timeout(5).await.unwrap();
    let UpdateKind::CallbackQuery(query) = &updates[1].kind else {
        panic!("{:?}", updates[1].kind)
    };
    assert_eq!(query.data.as_deref(), Some("a"));
    bot.answer_callback_query(CallbackQueryId(query.id.0.clone()))
        .await
        .unwrap();
    bot.edit_message_text(chat, sent.id, "✅ 14:29 在岗")
        .await
        .unwrap();
    assert_eq!(
        person.sees().saying("14:29").map(|seen| seen.buttons.len()),
        Some(0)
    );
}

#[tokio::test]
async fn teloxide_downloads_and_uploads() {
    let api = BotApi::start().await;
    let bot = bot_on(&api);
    let person = api.person("王建国", "8613800000001");
    person.start("");
    person.sends_file("值班表.csv", "日期,姓名\n");
    let updates = bot.get_updates().await.unwrap();
    let UpdateKind::Message(message) = &updates[1].kind else {
        panic!("{:?}", updates[1].kind)
    };
    let id: FileId = message.document().expect("a document").file.id.clone();
    let file = bot.get_file(id).await.unwrap();
    let mut bytes = Vec::new();
    bot.download_file(&file.path, &mut bytes).await.unwrap();
    assert_eq!(bytes, "日期,姓名\n".as_bytes());
    let upload = InputFile::memory(bytes.clone()).file_name("通报.csv");
    bot.send_document(ChatId(person.id), upload).await.unwrap();
    let view = person.sees();
    assert_eq!(
        view.messages.last().and_then(|seen| seen.file.clone()),
        Some(("通报.csv".into(), bytes))
    );
}

#[tokio::test]
async fn teloxide_knows_its_refusals() {
    let api = BotApi::start().await;
    let bot = bot_on(&api);
    let person = api.person("王建国", "8613800000001");
    person.start("");
    person.blocks();
    let refused = bot
        .send_message(ChatId(person.id), "在岗吗")
        .await
        .unwrap_err();
    assert!(
        matches!(refused, RequestError::Api(ApiError::BotBlocked)),
        "{refused:?}"
    );
    let refused = bot.send_message(ChatId(42), "在岗吗").await.unwrap_err();
    assert!(
        matches!(refused, RequestError::Api(ApiError::ChatNotFound)),
        "{refused:?}"
    );
}
