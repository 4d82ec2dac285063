//! `reply_markup`: which keyboards the server takes, and what it says to the rest.
//!
//! Knows nothing of who sees the keyboard.

use serde_json::Value;

use super::refusal::Refusal;

/// The longest `callback_data`, in bytes.
const DATA_MAX_BYTES: usize = 64;

/// Where a message goes, as far as buttons care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Private,
    Group,
}

/// A keyboard the server accepted.
#[derive(Debug, Clone, PartialEq)]
pub enum Keyboard {
    /// Under its message; edits may change it.
    Inline(Value),
    /// In place of the person's own keyboard, until another comes or it is removed.
    Reply(Value),
    Remove,
    ForceReply,
}

/// Checks `reply_markup` for a message to `place`.
pub fn accept(markup: &Value, place: Place) -> Result<Keyboard, Refusal> {
    let Some(object) = markup.as_object() else {
        return Err(Refusal::bad_request("object expected as reply markup"));
    };
    let allowed: &[&str];
    let keyboard = if object.contains_key("inline_keyboard") {
        allowed = &["inline_keyboard"];
        for button in buttons(&markup["inline_keyboard"], "inline keyboard")? {
            check_inline(button)?;
        }
        Keyboard::Inline(markup.clone())
    } else if object.contains_key("keyboard") {
        allowed = &[
            "keyboard",
            "is_persistent",
            "resize_keyboard",
            "one_time_keyboard",
            "input_field_placeholder",
            "selective",
        ];
        for button in buttons(&markup["keyboard"], "keyboard")? {
            check_reply(button, place)?;
        }
        Keyboard::Reply(markup.clone())
    } else if object.contains_key("remove_keyboard") {
        allowed = &["remove_keyboard", "selective"];
        Keyboard::Remove
    } else if object.contains_key("force_reply") {
        allowed = &["force_reply", "input_field_placeholder", "selective"];
        Keyboard::ForceReply
    } else {
        return Err(Refusal::bad_request(
            "can't parse reply keyboard markup JSON object",
        ));
    };
    // The real server passes over them; a misspelt field is worth a failing test.
    match object
        .keys()
        .find(|field| !allowed.contains(&field.as_str()))
    {
        None => Ok(keyboard),
        Some(field) => Err(Refusal::bad_request(format!(
            "unknown field \"{field}\" in reply_markup"
        ))),
    }
}

fn buttons<'a>(rows: &'a Value, name: &str) -> Result<Vec<&'a Value>, Refusal> {
    let wrong =
        |what: &str| Refusal::bad_request(format!("{what} of the {name} must be of type Array"));
    let mut found = Vec::new();
    for row in rows.as_array().ok_or_else(|| wrong("field"))? {
        found.extend(row.as_array().ok_or_else(|| wrong("row"))?);
    }
    Ok(found)
}

fn check_inline(button: &Value) -> Result<(), Refusal> {
    let wrong =
        |words: &str| Refusal::bad_request(format!("can't parse inline keyboard button: {words}"));
    let text = button["text"]
        .as_str()
        .ok_or_else(|| wrong("Can't find field \"text\""))?;
    if text.trim().is_empty() {
        return Err(wrong("Inline keyboard button text must be non-empty"));
    }
    let actions = [
        "callback_data",
        "url",
        "login_url",
        "web_app",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "copy_text",
    ];
    for field in button
        .as_object()
        .into_iter()
        .flat_map(|object| object.keys())
    {
        if field != "text" && !actions.contains(&field.as_str()) {
            return Err(Refusal::bad_request(format!(
                "unknown field \"{field}\" in reply_markup"
            )));
        }
    }
    if !actions.iter().any(|action| !button[*action].is_null()) {
        return Err(wrong("Text buttons are unallowed in the inline keyboard"));
    }
    match button["callback_data"].as_str() {
        Some(data) if data.is_empty() || data.len() > DATA_MAX_BYTES => {
            Err(Refusal::bad_request("BUTTON_DATA_INVALID"))
        }
        _ => Ok(()),
    }
}

fn check_reply(button: &Value, place: Place) -> Result<(), Refusal> {
    if button.is_string() {
        return Ok(());
    }
    let wrong = |words: &str| Refusal::bad_request(format!("can't parse keyboard button: {words}"));
    button["text"]
        .as_str()
        .ok_or_else(|| wrong("Can't find field \"text\""))?;
    let fields = [
        "text",
        "request_contact",
        "request_location",
        "request_poll",
        "request_users",
        "request_chat",
        "web_app",
    ];
    for field in button
        .as_object()
        .into_iter()
        .flat_map(|object| object.keys())
    {
        if !fields.contains(&field.as_str()) {
            return Err(Refusal::bad_request(format!(
                "unknown field \"{field}\" in reply_markup"
            )));
        }
    }
    if place == Place::Group {
        if button["request_contact"] == true {
            return Err(Refusal::bad_request(
                "phone number can be requested in private chats only",
            ));
        }
        if button["request_location"] == true {
            return Err(Refusal::bad_request(
                "location can be requested in private chats only",
            ));
        }
    }
    Ok(())
}
