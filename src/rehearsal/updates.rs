//! Updates as Telegram writes them.

use serde_json::{Value, json};

use super::stage::Played;
use crate::time::Moment;

fn user(person: &Played) -> Value {
    json!({"id": person.account.0, "is_bot": false, "first_name": person.name})
}

fn message(number: i32, person: &Played, date: Moment) -> Value {
    json!({
        "message_id": number,
        "date": date.timestamp(),
        "chat": {"id": person.account.0, "type": "private", "first_name": person.name},
        "from": user(person),
    })
}

fn update(id: i64, mut message: Value, field: &str, content: Value) -> String {
    message[field] = content;
    json!({"update_id": id, "message": message}).to_string()
}

pub(super) fn text(id: i64, number: i32, person: &Played, text: &str, date: Moment) -> String {
    update(id, message(number, person, date), "text", json!(text))
}

pub(super) fn contact(
    id: i64,
    number: i32,
    person: &Played,
    (shared, phone): (&Played, &str),
    date: Moment,
) -> String {
    let contact = json!({
        "phone_number": phone,
        "first_name": shared.name,
        "user_id": shared.account.0,
    });
    update(id, message(number, person, date), "contact", contact)
}

pub(super) fn file(
    id: i64,
    number: i32,
    person: &Played,
    (file, name, size): (&str, &str, usize),
    date: Moment,
) -> String {
    let document = json!({
        "file_id": file,
        "file_unique_id": file,
        "file_name": name,
        "file_size": size,
    });
    update(id, message(number, person, date), "document", document)
}

pub(super) fn press(id: i64, number: i32, person: &Played, meaning: &str, date: Moment) -> String {
    json!({
        "update_id": id,
        "callback_query": {
            "id": format!("query-{id}"),
            "from": user(person),
            "chat_instance": "1",
            "message": message(number, person, date),
            "data": meaning,
        }
    })
    .to_string()
}
