//! One rendered message on its way: sent, or edited where it stands.

use reqwest::multipart::{Form, Part};
use serde::Deserialize;
use serde_json::json;
use teloxide::ApiError;
use teloxide::payloads::{
    AnswerCallbackQuery, EditMessageText, SendMessage, SetMessageReaction, SetMyCommands,
};
use teloxide::types::{
    BotCommandScope, ButtonRequest, CallbackQueryId, ChatId, InlineKeyboardButton,
    InlineKeyboardMarkup, KeyboardButton, KeyboardMarkup, KeyboardRemove, LinkPreviewOptions,
    MessageId, ParseMode, ReactionType, Recipient, ReplyMarkup,
};

use super::Bot;
use super::bot::{CALL_PATIENCE, UPLOAD_PATIENCE};
use super::button::button_data;
use super::commands::menu;
use super::errors::SendError;
use super::refusal::{Failure, typed};
use crate::decide::{AccountId, Key, Lang, Listener, Press};
use crate::spotcheck::{Attachment, AttachmentKind};
use crate::time::Moment;
use crate::words::chat::{Document, Keyboard, Photo, Rendered, Sound};

/// The server's word that a message stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Its number in the chat; none for what is not a message.
    pub message: Option<i32>,
    /// Its date by the server's clock; an edited message keeps the date of its sending.
    pub dated: Option<Moment>,
}

#[derive(Deserialize)]
struct Sent {
    message_id: Option<i32>,
    date: Option<i64>,
}

impl Bot {
    /// Sends `rendered` to `to`, or edits the message `existing` there; where that cannot be
    /// edited any more, a new one takes its place. One call, or two: it waits for nothing else.
    /// `file` is what a document holds, and empty for all else.
    pub async fn deliver(
        &self,
        to: AccountId,
        existing: Option<i32>,
        rendered: &Rendered,
        file: Vec<u8>,
        key: &Key,
    ) -> Result<Receipt, SendError> {
        match rendered {
            Rendered::Message {
                html,
                buttons,
                keyboard,
                sound,
            } => {
                let buttons = inline_keyboard(buttons, to, key);
                if let Some(message) = existing {
                    let edited = self.edit(to, message, html, buttons.clone()).await?;
                    if let Some(receipt) = edited {
                        return Ok(receipt);
                    }
                }
                self.send(to, html, reply_markup(keyboard, buttons), *sound)
                    .await
            }
            Rendered::Passed {
                attachment,
                caption,
            } => self.pass_on(to, attachment, caption).await,
            Rendered::Toast { query, text } => self.toast(query, text).await,
            Rendered::Seen { message } => self.mark_seen(to, *message).await,
            Rendered::Menu { who, lang } => self.show_menu(to, *who, *lang).await,
            Rendered::Document(document) => self.send_document(to, document, file, key).await,
            Rendered::Photo(photo) => match self.send_photo(to, photo, file, key).await {
                // A picture Telegram cannot show is still an answer in words.
                Err(Failure::Refused(no)) if no.code == 400 => {
                    let buttons = inline_keyboard(&photo.buttons, to, key);
                    let markup = reply_markup(&Keyboard::AsItIs, buttons);
                    self.send(to, &photo.instead, markup, photo.sound).await
                }
                sent => Ok(sent?),
            },
        }
    }

    async fn send(
        &self,
        to: AccountId,
        html: &str,
        markup: Option<ReplyMarkup>,
        sound: Sound,
    ) -> Result<Receipt, SendError> {
        let mut payload = SendMessage::new(ChatId(to.0), html);
        payload.parse_mode = Some(ParseMode::Html);
        payload.link_preview_options = Some(no_preview());
        payload.reply_markup = markup;
        payload.disable_notification = (sound == Sound::Silent).then_some(true);
        let answer = self.call(&payload, CALL_PATIENCE).await?;
        Ok(receipt_of(answer.get()))
    }

    /// `None` where the message is beyond editing.
    async fn edit(
        &self,
        to: AccountId,
        message: i32,
        html: &str,
        buttons: Option<InlineKeyboardMarkup>,
    ) -> Result<Option<Receipt>, SendError> {
        let mut payload = EditMessageText::new(ChatId(to.0), MessageId(message), html);
        payload.parse_mode = Some(ParseMode::Html);
        payload.link_preview_options = Some(no_preview());
        payload.reply_markup = buttons;
        let known = Receipt {
            message: Some(message),
            dated: None,
        };
        match self.call(&payload, CALL_PATIENCE).await {
            Ok(answer) => Ok(Some(Receipt {
                message: Some(message),
                ..receipt_of(answer.get())
            })),
            Err(Failure::Refused(no)) => match typed(&no.words) {
                ApiError::MessageNotModified => Ok(Some(known)),
                _ if no.says("message is not modified") => Ok(Some(known)),
                ApiError::MessageToEditNotFound
                | ApiError::MessageCantBeEdited
                | ApiError::MessageIdInvalid => Ok(None),
                _ if no.says("no text in the message to edit") => Ok(None),
                _ => Err(Failure::Refused(no).into()),
            },
            Err(failure) => Err(failure.into()),
        }
    }

    async fn send_document(
        &self,
        to: AccountId,
        document: &Document,
        file: Vec<u8>,
        key: &Key,
    ) -> Result<Receipt, SendError> {
        let part = Part::bytes(file).file_name(file_name(&document.file_name));
        let buttons = inline_keyboard(&document.buttons, to, key);
        let form = captioned(to, &document.caption, document.sound, buttons);
        let form = form.part("document", part);
        let answer = self.upload("sendDocument", form, UPLOAD_PATIENCE).await?;
        Ok(receipt_of(answer.get()))
    }

    async fn send_photo(
        &self,
        to: AccountId,
        photo: &Photo,
        file: Vec<u8>,
        key: &Key,
    ) -> Result<Receipt, Failure> {
        let part = Part::bytes(file).file_name("map.png");
        let buttons = inline_keyboard(&photo.buttons, to, key);
        let form = captioned(to, &photo.caption, photo.sound, buttons).part("photo", part);
        let answer = self.upload("sendPhoto", form, UPLOAD_PATIENCE).await?;
        Ok(receipt_of(answer.get()))
    }

    /// Telegram has the bytes already.
    async fn pass_on(
        &self,
        to: AccountId,
        attachment: &Attachment,
        caption: &str,
    ) -> Result<Receipt, SendError> {
        let mut passing = json!({
            "chat_id": to.0,
            "caption": caption,
            "parse_mode": "HTML",
        });
        let (method, field) = match attachment.kind {
            AttachmentKind::Photo => ("sendPhoto", "photo"),
            AttachmentKind::Voice { .. } => ("sendVoice", "voice"),
        };
        passing[field] = attachment.file.as_str().into();
        let answer = self.ask(method, &passing, CALL_PATIENCE).await?;
        Ok(receipt_of(answer.get()))
    }

    async fn toast(&self, query: &str, text: &str) -> Result<Receipt, SendError> {
        let mut payload = AnswerCallbackQuery::new(CallbackQueryId(query.to_owned()));
        payload.text = Some(text.to_owned());
        match self.call(&payload, CALL_PATIENCE).await {
            // Nobody waits for it any more.
            Err(Failure::Refused(no))
                if no.says("query is too old") || no.says("query_id_invalid") =>
            {
                Ok(Receipt::default())
            }
            answer => Ok(answer.map(|_| Receipt::default())?),
        }
    }

    async fn show_menu(
        &self,
        to: AccountId,
        who: Listener,
        lang: Lang,
    ) -> Result<Receipt, SendError> {
        let chat_id = Recipient::Id(ChatId(to.0));
        let mut payload = SetMyCommands::new(menu(who, lang));
        payload.scope = Some(BotCommandScope::Chat { chat_id });
        match self.call(&payload, CALL_PATIENCE).await {
            // A menu is a convenience: no message waits for one that is refused.
            Err(Failure::Refused(no)) if !no.is_flood() => Ok(Receipt::default()),
            answer => Ok(answer.map(|_| Receipt::default())?),
        }
    }

    async fn mark_seen(&self, to: AccountId, message: i32) -> Result<Receipt, SendError> {
        let mut payload = SetMessageReaction::new(ChatId(to.0), MessageId(message));
        payload.reaction = Some(vec![ReactionType::Emoji { emoji: SEEN.into() }]);
        match self.call(&payload, CALL_PATIENCE).await {
            // The message is gone, or reactions are not for this chat: nothing depends on it.
            Err(Failure::Refused(no)) if no.code == 400 => Ok(Receipt::default()),
            answer => Ok(answer.map(|_| Receipt::default())?),
        }
    }
}

const SEEN: &str = "👀";

/// What goes along with any file.
fn captioned(
    to: AccountId,
    caption: &str,
    sound: Sound,
    buttons: Option<InlineKeyboardMarkup>,
) -> Form {
    let mut form = Form::new().text("chat_id", to.0.to_string());
    if !caption.is_empty() {
        form = form
            .text("caption", caption.to_owned())
            .text("parse_mode", "HTML");
    }
    if sound == Sound::Silent {
        form = form.text("disable_notification", "true");
    }
    let markup = buttons.and_then(|buttons| serde_json::to_string(&buttons).ok());
    match markup {
        Some(markup) => form.text("reply_markup", markup),
        None => form,
    }
}

/// `name` as a part's head can bear it: what ends or escapes a quoted name is left out.
fn file_name(name: &str) -> String {
    let fits = |c: &char| !c.is_control() && !['"', '\\', '/'].contains(c);
    name.chars().filter(fits).collect()
}

/// What the server told of a message. That it stands is certain even if its number cannot be
/// read: sending it once more would be worse.
fn receipt_of(answer: &str) -> Receipt {
    let sent: Option<Sent> = serde_json::from_str(answer).ok();
    sent.map_or_else(Receipt::default, |sent| Receipt {
        message: sent.message_id,
        dated: sent.date.and_then(|secs| Moment::from_timestamp(secs, 0)),
    })
}

fn inline_keyboard(
    rows: &[Vec<(String, Press)>],
    to: AccountId,
    key: &Key,
) -> Option<InlineKeyboardMarkup> {
    let rows = rows.iter().filter(|row| !row.is_empty()).map(|row| {
        let buttons = row.iter().map(|(label, press)| {
            InlineKeyboardButton::callback(label.clone(), button_data(press, to, key))
        });
        buttons.collect::<Vec<_>>()
    });
    let markup = InlineKeyboardMarkup::new(rows);
    (!markup.inline_keyboard.is_empty()).then_some(markup)
}

/// A message carries one keyboard; buttons under it go before the phone's own.
fn reply_markup(keyboard: &Keyboard, buttons: Option<InlineKeyboardMarkup>) -> Option<ReplyMarkup> {
    if let Some(buttons) = buttons {
        return Some(buttons.into());
    }
    match keyboard {
        Keyboard::AsItIs => None,
        Keyboard::Contact(label) => {
            let button = KeyboardButton::new(label.clone()).request(ButtonRequest::Contact);
            let markup = KeyboardMarkup::new([[button]]);
            Some(markup.one_time_keyboard().resize_keyboard().into())
        }
        Keyboard::Removed => Some(KeyboardRemove::new().into()),
    }
}

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_bears_the_servers_own_date() {
        let receipt = receipt_of(r#"{"message_id":31,"date":1790000000,"from":"odd"}"#);
        assert_eq!(receipt.message, Some(31));
        assert_eq!(receipt.dated, Moment::from_timestamp(1_790_000_000, 0));
    }

    #[test]
    fn a_sent_message_that_cannot_be_read_back_is_sent_all_the_same() {
        assert_eq!(receipt_of("true"), Receipt::default());
    }

    #[test]
    fn the_contact_button_asks_for_the_own_number_and_leaves() {
        let markup = reply_markup(&Keyboard::Contact("这是我的手机号".into()), None);
        assert_eq!(
            serde_json::to_value(markup).unwrap(),
            json!({
                "keyboard": [[{ "text": "这是我的手机号", "request_contact": true }]],
                "one_time_keyboard": true,
                "resize_keyboard": true,
            })
        );
    }

    #[test]
    fn rows_without_buttons_are_no_keyboard() {
        let key = Key::new([7; 32]);
        assert_eq!(inline_keyboard(&[vec![]], AccountId(1), &key), None);
    }
}
