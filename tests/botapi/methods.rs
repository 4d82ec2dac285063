//! The methods of the Bot API, each as strict as the server's own.
//!
//! Knows nothing of HTTP. `getUpdates` waits and so lives in `door`.

use serde_json::{Value, json};

use super::call::Call;
use super::files;
use super::html::{self, Formatted};
use super::keyboard::{self, Keyboard, Place};
use super::refusal::{Answer, Refusal};
use super::telegram::{BOT, BOT_USERNAME, Post, Sent, Telegram, Toast};
use super::webhook;

const TEXT_MAX_UNITS: usize = 4096;
const CAPTION_MAX_UNITS: usize = 1024;
const TOAST_MAX_CHARS: usize = 200;
const REACTIONS: [&str; 12] = [
    "👀", "👍", "👎", "❤", "🔥", "👌", "🙏", "🎉", "🤔", "👏", "🤝", "✍",
];
const ACTIONS: [&str; 11] = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

/// What the server answers to `call`.
pub fn perform(telegram: &mut Telegram, call: &Call) -> Answer {
    match call.name().as_str() {
        "getMe" => Ok(json!({
            "id": BOT, "is_bot": true, "first_name": "在岗", "username": BOT_USERNAME,
            "can_join_groups": true, "can_read_all_group_messages": false,
            "supports_inline_queries": false, "can_connect_to_business": false, "has_main_web_app": false,
        })),
        "setWebhook" => {
            let set = webhook::set(telegram, call)?;
            drop_pending_if_asked(telegram, call);
            Ok(set)
        }
        "deleteWebhook" => {
            telegram.webhook = None;
            drop_pending_if_asked(telegram, call);
            Ok(json!(true))
        }
        "getWebhookInfo" => Ok(webhook::info(telegram)),
        "sendMessage" => send_message(telegram, call),
        "sendPhoto" => files::send(telegram, call, files::Kind::Photo),
        "sendVoice" => files::send(telegram, call, files::Kind::Voice),
        "sendDocument" => files::send(telegram, call, files::Kind::Document),
        "getFile" => files::get(telegram, call),
        "editMessageText" => edit_text(telegram, call),
        "editMessageReplyMarkup" => edit_keyboard(telegram, call),
        "answerCallbackQuery" => answer_query(telegram, call),
        "setMyCommands" => set_commands(telegram, call),
        "getMyCommands" => {
            let menu = menu_of(call)?;
            Ok(telegram
                .commands
                .get(&menu)
                .cloned()
                .unwrap_or_else(|| json!([])))
        }
        "deleteMyCommands" => {
            telegram.commands.remove(&menu_of(call)?);
            Ok(json!(true))
        }
        "setMessageReaction" => react(telegram, call),
        "sendChatAction" => {
            let action = call.text("action").unwrap_or_default();
            if !ACTIONS.contains(&action.as_str()) {
                return Err(Refusal::bad_request("wrong parameter action in request"));
            }
            telegram.place_to_write(chat_of(call)?)?;
            Ok(json!(true))
        }
        "deleteMessage" => delete(telegram, call),
        _ => {
            telegram.strays.push(call.method.clone());
            Err(Refusal::not_found())
        }
    }
}

/// The chat a call is for.
pub fn chat_of(call: &Call) -> Result<i64, Refusal> {
    match call.text("chat_id") {
        None => Err(Refusal::bad_request("chat_id is empty")),
        Some(id) if id.is_empty() => Err(Refusal::bad_request("chat_id is empty")),
        Some(id) => id
            .parse()
            .map_err(|_| Refusal::bad_request("chat not found")),
    }
}

/// A caption, within its limit; empty where there is none.
pub fn caption_of(call: &Call) -> Result<Formatted, Refusal> {
    let caption = formatted(call, "caption", "caption_entities")?;
    if caption.units() > CAPTION_MAX_UNITS {
        return Err(Refusal::bad_request("message caption is too long"));
    }
    Ok(caption)
}

/// The keyboard of a call, checked for `place`.
pub fn keyboard_of(call: &Call, place: Place) -> Result<Option<Keyboard>, Refusal> {
    call.json("reply_markup")?
        .map(|markup| keyboard::accept(&markup, place))
        .transpose()
}

/// Puts the bot's message into a chat and returns it as the Bot API shows it.
pub fn post_from_bot(
    telegram: &mut Telegram,
    call: &Call,
    chat: i64,
    content: &Value,
    keyboard: Option<Keyboard>,
) -> Value {
    let date = telegram.now();
    let id = telegram.post(chat, BOT, date, content);
    match &keyboard {
        Some(Keyboard::Reply(markup)) => {
            telegram.keyboards.insert(chat, markup.clone());
        }
        Some(Keyboard::Remove) => {
            telegram.keyboards.remove(&chat);
        }
        _ => {}
    }
    let Some(post) = telegram.posts.get_mut(&(chat, id)) else {
        return Value::Null;
    };
    if let Some(Keyboard::Inline(markup)) = &keyboard {
        post.body["reply_markup"] = markup.clone();
    }
    post.keyboard = keyboard;
    let body = post.body.clone();
    let shown = post.as_text();
    let name = telegram.chat_name(chat);
    telegram.transcript.bot(&name, &shown);
    telegram.sent.push(Sent {
        chat,
        message: id,
        text: shown,
        is_silent: call.text("disable_notification").as_deref() == Some("true"),
    });
    body
}

fn formatted(call: &Call, field: &str, entities_field: &str) -> Result<Formatted, Refusal> {
    let raw = call.text(field).unwrap_or_default();
    match call.text("parse_mode").as_deref() {
        None | Some("") => {
            let entities = call
                .json(entities_field)?
                .and_then(|value| value.as_array().cloned());
            Ok(Formatted {
                text: raw.trim().to_owned(),
                entities: entities.unwrap_or_default(),
            })
        }
        Some(mode) if mode.eq_ignore_ascii_case("html") => html::parse(&raw),
        // Markdown exists, but this house writes HTML; the words are those for a mode nobody knows.
        Some(_) => Err(Refusal::bad_request("unsupported parse_mode")),
    }
}

fn message_text(call: &Call) -> Result<Formatted, Refusal> {
    let text = formatted(call, "text", "entities")?;
    if text.text.is_empty() {
        return Err(Refusal::bad_request("message text is empty"));
    }
    if text.units() > TEXT_MAX_UNITS {
        return Err(Refusal::bad_request("message is too long"));
    }
    Ok(text)
}

fn send_message(telegram: &mut Telegram, call: &Call) -> Answer {
    let text = message_text(call)?;
    let chat = chat_of(call)?;
    let place = telegram.place_to_write(chat)?;
    let keyboard = keyboard_of(call, place)?;
    let mut content = json!({ "text": text.text });
    if !text.entities.is_empty() {
        content["entities"] = json!(text.entities);
    }
    if let Some(reply) = call.json("reply_parameters")? {
        let target = reply["message_id"].as_i64().unwrap_or_default();
        match telegram.posts.get(&(chat, target)) {
            Some(post) => content["reply_to_message"] = post.body.clone(),
            None if reply["allow_sending_without_reply"] == true => {}
            None => return Err(Refusal::bad_request("message to be replied not found")),
        }
    }
    telegram.limits.count(chat, std::time::Instant::now())?;
    Ok(post_from_bot(telegram, call, chat, &content, keyboard))
}

fn message_of<'a>(
    telegram: &'a mut Telegram,
    call: &Call,
    absent: &str,
) -> Result<&'a mut Post, Refusal> {
    let chat = chat_of(call)?;
    telegram.place_to_write(chat)?;
    let id = call.integer("message_id").unwrap_or_default();
    telegram
        .posts
        .get_mut(&(chat, id))
        .ok_or_else(|| Refusal::bad_request(absent))
}

/// The bot's own message of a call, if it is of a kind that may be edited.
fn editable<'a>(telegram: &'a mut Telegram, call: &Call) -> Result<&'a mut Post, Refusal> {
    let post = message_of(telegram, call, "message to edit not found")?;
    let is_editable = post.from == BOT && matches!(post.keyboard, None | Some(Keyboard::Inline(_)));
    if is_editable {
        Ok(post)
    } else {
        Err(Refusal::bad_request("message can't be edited"))
    }
}

fn inline_only(keyboard: Option<Keyboard>) -> Result<Option<Value>, Refusal> {
    match keyboard {
        None => Ok(None),
        Some(Keyboard::Inline(markup)) => {
            let is_empty = markup["inline_keyboard"]
                .as_array()
                .is_none_or(Vec::is_empty);
            Ok((!is_empty).then_some(markup))
        }
        Some(_) => Err(Refusal::bad_request("inline keyboard expected")),
    }
}

fn edit_text(telegram: &mut Telegram, call: &Call) -> Answer {
    let text = message_text(call)?;
    let markup = inline_only(keyboard_of(call, Place::Private)?)?;
    let post = editable(telegram, call)?;
    if post.body["text"].is_null() {
        return Err(Refusal::bad_request(
            "there is no text in the message to edit",
        ));
    }
    let entities = if text.entities.is_empty() {
        Value::Null
    } else {
        json!(text.entities)
    };
    if post.body["text"] == text.text
        && post.body["entities"] == entities
        && post.body["reply_markup"] == markup.clone().unwrap_or(Value::Null)
    {
        return Err(Refusal::not_modified());
    }
    set_or_remove(
        &mut post.body,
        "entities",
        Some(entities).filter(|list| !list.is_null()),
    );
    post.body["text"] = json!(text.text);
    finish_edit(telegram, call, markup)
}

fn edit_keyboard(telegram: &mut Telegram, call: &Call) -> Answer {
    let markup = inline_only(keyboard_of(call, Place::Private)?)?;
    let post = editable(telegram, call)?;
    if post.body["reply_markup"] == markup.clone().unwrap_or(Value::Null) {
        return Err(Refusal::not_modified());
    }
    finish_edit(telegram, call, markup)
}

fn finish_edit(telegram: &mut Telegram, call: &Call, markup: Option<Value>) -> Answer {
    let now = telegram.now();
    let post = editable(telegram, call)?;
    set_or_remove(&mut post.body, "reply_markup", markup.clone());
    post.keyboard = markup.map(Keyboard::Inline);
    post.body["edit_date"] = json!(now);
    post.edits += 1;
    let (chat, body, shown) = (post.chat, post.body.clone(), post.as_text());
    let name = telegram.chat_name(chat);
    telegram.transcript.bot(&name, &format!("(edit) {shown}"));
    Ok(body)
}

fn set_or_remove(body: &mut Value, field: &str, value: Option<Value>) {
    if let Some(object) = body.as_object_mut() {
        match value {
            Some(value) => object.insert(field.to_owned(), value),
            None => object.remove(field),
        };
    }
}

fn answer_query(telegram: &mut Telegram, call: &Call) -> Answer {
    let text = call.text("text").unwrap_or_default();
    if text.chars().count() > TOAST_MAX_CHARS {
        return Err(Refusal::bad_request("MESSAGE_TOO_LONG"));
    }
    let (now, patience_secs) = (telegram.now(), telegram.query_patience_secs);
    let id = call.text("callback_query_id").unwrap_or_default();
    let query = telegram
        .queries
        .get_mut(&id)
        .ok_or_else(Refusal::query_too_old)?;
    query.is_answered = true;
    if now - query.at > patience_secs {
        return Err(Refusal::query_too_old());
    }
    let person = query.person;
    let is_alert = call.text("show_alert").as_deref() == Some("true");
    if !text.is_empty() {
        let name = telegram.chat_name(person);
        telegram.transcript.bot(&name, &format!("(toast) {text}"));
        if let Some(account) = telegram.accounts.get_mut(&person) {
            account.toasts.push(Toast { text, is_alert });
        }
    }
    Ok(json!(true))
}

fn set_commands(telegram: &mut Telegram, call: &Call) -> Answer {
    let commands = call.json("commands")?.unwrap_or_default();
    for command in commands.as_array().into_iter().flatten() {
        let name = command["command"]
            .as_str()
            .unwrap_or_default()
            .trim_start_matches('/');
        let is_word = name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if name.is_empty() || name.len() > 32 || !is_word {
            return Err(Refusal::bad_request("BOT_COMMAND_INVALID"));
        }
        let description = command["description"].as_str().unwrap_or_default();
        if description.is_empty() || description.chars().count() > 256 {
            return Err(Refusal::bad_request("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
    }
    let menu = menu_of(call)?;
    if let (Some(chat), _) = &menu {
        telegram.place_to_write(*chat)?;
    }
    telegram.commands.insert(menu, commands);
    Ok(json!(true))
}

/// Which menu a call is about: a chat's own or everybody's, and of which language.
fn menu_of(call: &Call) -> Result<(Option<i64>, String), Refusal> {
    let language = call.text("language_code").unwrap_or_default();
    if !language.is_empty() && language.len() != 2 {
        return Err(Refusal::bad_request("invalid language_code specified"));
    }
    let Some(scope) = call.json("scope")? else {
        return Ok((None, language));
    };
    match scope["type"].as_str() {
        Some("default") => Ok((None, language)),
        Some("chat") => {
            let chat = scope["chat_id"].as_i64();
            let chat = chat.ok_or_else(|| Refusal::bad_request("chat not found"))?;
            Ok((Some(chat), language))
        }
        // The others exist, and are none of ours.
        _ => Err(Refusal::bad_request("can't parse BotCommandScope")),
    }
}

fn react(telegram: &mut Telegram, call: &Call) -> Answer {
    let reactions = call.json("reaction")?.unwrap_or_else(|| json!([]));
    let emoji = reactions[0]["emoji"].as_str().map(str::to_owned);
    if emoji
        .as_deref()
        .is_some_and(|emoji| !REACTIONS.contains(&emoji))
    {
        return Err(Refusal::bad_request("REACTION_INVALID"));
    }
    let post = message_of(telegram, call, "message to react not found")?;
    post.reaction.clone_from(&emoji);
    let chat = post.chat;
    let name = telegram.chat_name(chat);
    telegram
        .transcript
        .bot(&name, &format!("(reaction) {}", emoji.unwrap_or_default()));
    Ok(json!(true))
}

fn delete(telegram: &mut Telegram, call: &Call) -> Answer {
    let post = message_of(telegram, call, "message to delete not found")?;
    let (chat, id) = (post.chat, post.id);
    telegram.posts.remove(&(chat, id));
    let name = telegram.chat_name(chat);
    telegram.transcript.bot(&name, "(deletes a message)");
    Ok(json!(true))
}

fn drop_pending_if_asked(telegram: &mut Telegram, call: &Call) {
    if call.text("drop_pending_updates").as_deref() == Some("true") {
        telegram.queue.drop_pending();
    }
}
