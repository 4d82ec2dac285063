//! A raw update → what somebody did.

use serde_json::Value;
use thiserror::Error;

use super::button::pressed;
use super::commands::command_in;
use super::update::{
    CallbackQuery, Chat, Contact, Document, Message, PhotoSize, Update, User, Voice,
};
use crate::decide::{AccountId, ChatPlace, Heard, Key, Pressed, What};
use crate::roster::{Limits, Phone};
use crate::spotcheck::{Attachment, AttachmentKind, Digest};
use crate::time::Moment;
use crate::words::answers::answer;

/// What is larger is not fetched.
const MOST_BYTES: u64 = Limits::CHAT.bytes as u64;

/// A text that is no command.
fn spoken(text: &str) -> What {
    answer(text).map_or_else(|| What::Text(text.to_owned()), What::Answer)
}

/// Why nobody is to be answered.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Unheard {
    #[error("nobody did anything")]
    Nothing,
    #[error("this is no update")]
    Broken,
}

/// What the update `raw` says somebody did. `key` tells our own buttons; `received` and `chance`
/// are handed on as they are.
pub fn heard(raw: &str, key: &Key, received: Moment, chance: [u8; 32]) -> Result<Heard, Unheard> {
    let update: Update = serde_json::from_str(raw).map_err(|_| Unheard::Broken)?;
    let deed = if let Some(query) = update.callback_query {
        Some(pressing(query, key))
    } else if let Some(message) = update.message {
        said(&message)
    } else {
        update.edited_message.as_ref().and_then(corrected)
    };
    // Whoever claims to be the desk's own account is nobody that Telegram knows.
    let deed = deed.filter(|deed| deed.account != AccountId::DESK);
    let deed = deed.ok_or(Unheard::Nothing)?;
    Ok(Heard {
        update: update.id,
        account: deed.account,
        name: deed.name,
        place: deed.place,
        dated: deed.dated,
        received,
        message: deed.message,
        what: deed.what,
        chance,
        raw: Some(Digest::of(raw.as_bytes())),
    })
}

struct Deed {
    account: AccountId,
    name: String,
    place: ChatPlace,
    dated: Option<Moment>,
    message: Option<i32>,
    what: What,
}

fn pressing(query: CallbackQuery, key: &Key) -> Deed {
    let account = AccountId(query.from.id);
    let data = query.data.as_deref();
    let press = data.map_or(Pressed::Foreign, |data| pressed(data, account, key));
    let message = query.message.as_ref();
    Deed {
        account,
        name: query.from.shown_name(),
        place: place_of(message.and_then(|message| message.chat.as_ref())),
        dated: None,
        message: message.and_then(|message| message.id),
        what: What::Press {
            query: query.id,
            press,
        },
    }
}

fn said(message: &Message) -> Option<Deed> {
    if message.is_service_note() {
        return None;
    }
    let what = if let Some(text) = &message.text {
        command_in(text).map_or_else(|| spoken(text), What::Command)
    } else if let Some(document) = &message.document {
        file_of(document)
    } else if let Some(contact) = &message.contact {
        contact_of(contact)
    } else if let Some(sizes) = &message.photo {
        let answered = message.caption.as_deref().and_then(answer);
        answered.map_or_else(|| photo_of(sizes, message), What::Answer)
    } else if let Some(voice) = &message.voice {
        voice_of(voice)
    } else {
        What::Unreadable
    };
    deed_of(message, message.date, what)
}

/// An edited text is said anew at the moment of the edit, but orders nothing: what it was before
/// may have been carried out already.
fn corrected(message: &Message) -> Option<Deed> {
    let text = message.text.clone()?;
    message.edit_date?;
    deed_of(message, message.edit_date, spoken(&text))
}

fn deed_of(message: &Message, dated_secs: Option<i64>, what: What) -> Option<Deed> {
    let from = person(message)?;
    Some(Deed {
        account: AccountId(from.id),
        name: from.shown_name(),
        place: place_of(message.chat.as_ref()),
        dated: dated_secs.and_then(|secs| Moment::from_timestamp(secs, 0)),
        message: message.id,
        what,
    })
}

/// The sender, where it is one: channels, anonymous administrators and bots are nobody.
fn person(message: &Message) -> Option<&User> {
    let is_chat = message.sender_chat.is_some();
    message
        .from
        .as_ref()
        .filter(|from| !is_chat && from.is_bot != Some(true))
}

/// Only a chat that says it is private is.
fn place_of(chat: Option<&Chat>) -> ChatPlace {
    if chat.is_some_and(|chat| chat.is("private")) {
        ChatPlace::Private
    } else {
        ChatPlace::Group
    }
}

fn file_of(document: &Document) -> What {
    What::File {
        file: document.id.clone(),
        file_name: document.name.clone().unwrap_or_default(),
        bytes: document.bytes.unwrap_or_default(),
    }
}

/// The largest of its sizes that is not too large to be looked at.
fn photo_of(sizes: &[Value], message: &Message) -> What {
    let sizes = sizes.iter().cloned();
    let sizes = sizes.filter_map(|size| serde_json::from_value::<PhotoSize>(size).ok());
    let fits = |size: &PhotoSize| size.bytes.is_none_or(|bytes| bytes <= MOST_BYTES);
    let best = sizes.max_by_key(|size| (fits(size), size.width));
    let Some(size) = best else {
        return What::Unreadable;
    };
    What::Shown {
        attachment: Attachment {
            kind: AttachmentKind::Photo,
            file: size.id,
            bytes: size.bytes.unwrap_or_default(),
        },
        caption: message.caption.clone().unwrap_or_default(),
    }
}

fn voice_of(voice: &Voice) -> What {
    What::Shown {
        attachment: Attachment {
            kind: AttachmentKind::Voice {
                secs: voice.secs.unwrap_or_default(),
            },
            file: voice.id.clone(),
            bytes: voice.bytes.unwrap_or_default(),
        },
        caption: String::new(),
    }
}

fn contact_of(contact: &Contact) -> What {
    What::Contact {
        phone: contact.phone_number.as_deref().and_then(phone_in),
        of: contact.user_id.map(AccountId),
    }
}

/// A number as rosters write it: Telegram puts the country before it, with or without a plus.
fn phone_in(number: &str) -> Option<Phone> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let at_home = digits.strip_prefix("86").filter(|rest| rest.len() == 11);
    Phone::new(at_home.unwrap_or(&digits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::Answer;
    use crate::decide::{Command, Order, Press};
    use crate::spotcheck::CheckId;
    use crate::telegram::button_data;
    use serde_json::json;

    const OFFICER: i64 = 1001;
    const DATE: i64 = 1_790_000_000;

    fn key() -> Key {
        Key::new([7; 32])
    }

    fn received() -> Moment {
        Moment::from_timestamp(DATE + 3, 0).unwrap()
    }

    fn hear(update: &Value) -> Result<Heard, Unheard> {
        heard(&update.to_string(), &key(), received(), [1; 32])
    }

    /// A private message of the officer's with `content` in it.
    fn message(content: Value) -> Value {
        let mut message = json!({
            "message_id": 31,
            "from": { "id": OFFICER, "is_bot": false, "first_name": "王", "last_name": "建国" },
            "chat": { "id": OFFICER, "first_name": "王", "type": "private" },
            "date": DATE,
        });
        let Value::Object(content) = content else {
            panic!("content is an object")
        };
        message.as_object_mut().unwrap().extend(content);
        message
    }

    fn what(content: Value) -> What {
        let update = json!({ "update_id": 5, "message": message(content) });
        hear(&update).unwrap().what
    }

    fn press_of(data: &str, by: i64) -> Heard {
        let update = json!({ "update_id": 6, "callback_query": {
            "id": "4382bfdwdsb323b2d9",
            "from": { "id": by, "is_bot": false, "first_name": "王建国" },
            "message": message(json!({ "message_id": 30 })),
            "chat_instance": "-1",
            "data": data,
        }});
        hear(&update).unwrap()
    }

    #[test]
    fn a_text_is_heard_with_who_said_it_and_when() {
        let update = json!({ "update_id": 5, "message": message(json!({ "text": "在岗" })) });
        let heard = hear(&update).unwrap();
        assert_eq!(heard.update, 5);
        assert_eq!(heard.account, AccountId(OFFICER));
        assert_eq!(heard.name, "王 建国");
        assert_eq!(heard.place, ChatPlace::Private);
        assert_eq!(heard.dated, Moment::from_timestamp(DATE, 0));
        assert_eq!(heard.received, received());
        assert_eq!(heard.message, Some(31));
        assert_eq!(heard.what, What::Answer(Answer::Here));
        assert_eq!(heard.chance, [1; 32]);
    }

    #[test]
    fn a_command_is_heard_as_one() {
        let order = Order::Unit("东河乡".into());
        assert_eq!(
            what(json!({ "text": "/check 东河乡",
                "entities": [{ "type": "bot_command", "offset": 0, "length": 6 }] })),
            What::Command(Command::Check(Some(order)))
        );
        assert_eq!(
            what(json!({ "text": "空档" })),
            What::Command(Command::Gaps)
        );
    }

    #[test]
    fn an_entity_nobody_knows_takes_no_text_away() {
        let entities = json!([{ "type": "date_time", "offset": 0, "length": 2, "unix": "soon" }]);
        assert_eq!(
            what(json!({ "text": "在岗", "entities": entities, "quote": [] })),
            What::Answer(Answer::Here)
        );
    }

    #[test]
    fn a_document_is_a_file_whatever_its_kind() {
        let document = json!({ "file_id": "BQAC", "file_unique_id": "u", "file_size": 4096,
            "file_name": "国庆值班表.csv", "mime_type": "not a mime type" });
        assert_eq!(
            what(json!({ "document": document, "caption": "请看" })),
            What::File {
                file: "BQAC".into(),
                file_name: "国庆值班表.csv".into(),
                bytes: 4096
            }
        );
        assert_eq!(
            what(json!({ "document": { "file_id": "BQAC", "file_size": "large" } })),
            What::File {
                file: "BQAC".into(),
                file_name: String::new(),
                bytes: 0
            }
        );
    }

    #[test]
    fn a_contact_is_heard_with_whose_it_is() {
        let contact = |number: &str, of: Value| {
            what(
                json!({ "contact": { "phone_number": number, "first_name": "王",
                "user_id": of } }),
            )
        };
        let phone = Phone::new("13800000001");
        for number in [
            "+8613800000001",
            "8613800000001",
            "+86 138-0000-0001",
            "13800000001",
        ] {
            let own = What::Contact {
                phone: phone.clone(),
                of: Some(AccountId(OFFICER)),
            };
            assert_eq!(contact(number, OFFICER.into()), own, "{number}");
        }
        let foreign = What::Contact {
            phone: phone.clone(),
            of: Some(AccountId(2002)),
        };
        assert_eq!(contact("13800000001", 2002.into()), foreign);
        let unknown = What::Contact { phone, of: None };
        assert_eq!(contact("13800000001", Value::Null), unknown);
        let empty = What::Contact {
            phone: None,
            of: None,
        };
        assert_eq!(contact("", Value::Null), empty);
    }

    #[test]
    fn a_photo_is_its_largest_size_a_voice_has_a_length_and_other_kinds_are_unreadable() {
        let size = |id: &str, width: u32, bytes: u64| json!({ "file_id": id, "width": width, "height": 60, "file_size": bytes });
        let sizes = [
            size("small", 90, 900),
            size("large", 1280, 90_000),
            size("huge", 4000, 90_000_000),
        ];
        assert_eq!(
            what(json!({ "photo": sizes, "caption": "现场" })),
            What::Shown {
                attachment: Attachment {
                    kind: AttachmentKind::Photo,
                    file: "large".into(),
                    bytes: 90_000,
                },
                caption: "现场".into(),
            }
        );
        assert_eq!(
            what(json!({ "voice": { "file_id": "AwAC", "duration": 7, "file_size": 4096 } })),
            What::Shown {
                attachment: Attachment {
                    kind: AttachmentKind::Voice { secs: 7 },
                    file: "AwAC".into(),
                    bytes: 4096,
                },
                caption: String::new(),
            }
        );
        for kind in ["sticker", "location", "a_kind_to_come"] {
            assert_eq!(what(json!({ kind: { "file_id": "x" } })), What::Unreadable);
        }
    }

    #[test]
    fn a_press_of_our_own_button_is_ours_and_bears_no_date() {
        let press = Press::Answer(CheckId(417));
        let heard = press_of(&button_data(&press, AccountId(OFFICER), &key()), OFFICER);
        assert_eq!(
            heard.what,
            What::Press {
                query: "4382bfdwdsb323b2d9".into(),
                press: Pressed::Ours(press)
            }
        );
        assert_eq!(heard.account, AccountId(OFFICER));
        assert_eq!(heard.place, ChatPlace::Private);
        assert_eq!(heard.dated, None);
        assert_eq!(heard.message, Some(30));
    }

    #[test]
    fn a_forwarded_and_an_edited_button_are_foreign() {
        let press = Press::Answer(CheckId(417));
        let data = button_data(&press, AccountId(OFFICER), &key());
        let edited = data.replace("417", "418");
        for (data, by) in [
            (data.as_str(), 2002),
            (edited.as_str(), OFFICER),
            ("", OFFICER),
        ] {
            let What::Press { press, .. } = press_of(data, by).what else {
                panic!("a press is a press");
            };
            assert_eq!(press, Pressed::Foreign, "{data} by {by}");
        }
    }

    #[test]
    fn a_press_without_data_or_message_is_still_to_be_answered() {
        let update = json!({ "update_id": 6, "callback_query": {
            "id": "q", "from": { "id": OFFICER, "first_name": "王" },
            "inline_message_id": "i", "game_short_name": "g" } });
        let heard = hear(&update).unwrap();
        let press = Pressed::Foreign;
        let query = "q".into();
        assert_eq!(heard.what, What::Press { query, press });
        assert_eq!(heard.place, ChatPlace::Group);
    }

    #[test]
    fn a_group_is_no_private_chat() {
        let chat = json!({ "id": -100, "type": "supergroup", "title": "值班群" });
        let said = message(json!({ "chat": chat, "text": "/who@zaigang_bot" }));
        let heard = hear(&json!({ "update_id": 5, "message": said })).unwrap();
        assert_eq!(heard.place, ChatPlace::Group);
        assert_eq!(heard.account, AccountId(OFFICER));
        assert_eq!(heard.what, What::Command(Command::Who));
    }

    #[test]
    fn an_edited_text_is_said_when_it_was_edited_and_orders_nothing() {
        let edited = |content: Value| {
            hear(&json!({ "update_id": 5,
            "edited_message": message(content) }))
        };
        let heard = edited(json!({ "text": "在岗", "edit_date": DATE + 60 })).unwrap();
        assert_eq!(heard.what, What::Answer(Answer::Here));
        assert_eq!(heard.dated, Moment::from_timestamp(DATE + 60, 0));
        let order = edited(json!({ "text": "/check all", "edit_date": DATE })).unwrap();
        assert_eq!(order.what, What::Text("/check all".into()));
        let untouched = edited(json!({ "text": "在岗" }));
        assert_eq!(untouched.unwrap_err(), Unheard::Nothing);
    }

    #[test]
    fn what_nobody_said_is_nothing() {
        let channel = json!({ "id": -100, "type": "channel", "title": "通知" });
        let post = message(json!({ "chat": channel, "text": "在岗" }));
        let bot = json!({ "id": 1, "is_bot": true, "first_name": "机器" });
        let updates = [
            json!({ "channel_post": post }),
            json!({ "my_chat_member": { "from": { "id": OFFICER } } }),
            json!({ "a_kind_to_come": {} }),
            json!({ "message": message(json!({ "text": "hi", "from": bot })) }),
            json!({ "message": message(json!({ "text": "hi", "from": null })) }),
            json!({ "message": message(json!({ "text": "hi", "sender_chat": channel })) }),
            json!({ "message": message(json!({ "pinned_message": {} })) }),
            json!({ "message": message(json!({ "new_chat_members": [] })) }),
            json!({ "message": message(json!({ "forum_topic_created": {} })) }),
            json!({ "message": 7 }),
        ];
        for mut update in updates {
            update["update_id"] = 5.into();
            assert_eq!(hear(&update).unwrap_err(), Unheard::Nothing, "{update}");
        }
    }

    #[test]
    fn what_is_no_update_is_broken() {
        for raw in [
            "",
            "在岗",
            "[]",
            "{}",
            r#"{"update_id":"five"}"#,
            r#"{"update_id":5"#,
        ] {
            let heard = heard(raw, &key(), received(), [0; 32]);
            assert_eq!(heard.unwrap_err(), Unheard::Broken, "{raw}");
        }
    }
}
