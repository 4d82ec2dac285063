//! `parse_mode=HTML` as the server reads it: plain text and entities, or the server's complaint.
//!
//! Knows nothing of messages; offsets of entities are UTF-16 units, offsets in complaints bytes.

use serde_json::{Value, json};

use super::refusal::Refusal;

/// Text after its tags were taken out, with the entities they stood for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Formatted {
    pub text: String,
    pub entities: Vec<Value>,
}

impl Formatted {
    /// Length as Telegram counts it.
    pub fn units(&self) -> usize {
        units(&self.text)
    }
}

struct Open {
    tag: String,
    attribute: String,
    start: usize,
}

/// Reads `html`.
///
/// # Errors
/// `can't parse entities: …` with the server's words.
pub fn parse(html: &str) -> Result<Formatted, Refusal> {
    let mut read = Formatted::default();
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while let Some(next) = html[at..].chars().next() {
        match next {
            '&' => {
                let (decoded, len) = character(&html[at..]);
                read.text.push(decoded);
                at += len;
            }
            '<' if html[at + 1..].starts_with('/') => {
                at = close(html, at, &mut open, &mut read)?;
            }
            '<' => at = start(html, at, &mut open, &read)?,
            other => {
                read.text.push(other);
                at += other.len_utf8();
            }
        }
    }
    match open.pop() {
        None => Ok(trimmed(read)),
        Some(left) => Err(complaint(format!(
            "Can't find end tag corresponding to start tag \"{}\"",
            left.tag
        ))),
    }
}

fn start(html: &str, at: usize, open: &mut Vec<Open>, read: &Formatted) -> Result<usize, Refusal> {
    let inside = &html[at + 1..];
    let name_len = inside
        .find(|c: char| c.is_whitespace() || c == '>')
        .unwrap_or(inside.len());
    let tag = inside[..name_len].to_lowercase();
    if !is_supported(&tag) {
        return Err(complaint(format!(
            "Unsupported start tag \"{tag}\" at byte offset {at}"
        )));
    }
    let unclosed = || complaint(format!("Unclosed start tag at byte offset {at}"));
    let mut attribute = String::new();
    let mut rest = &inside[name_len..];
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            rest = after;
            break;
        }
        let name_len = rest
            .find(|c: char| c.is_whitespace() || c == '=' || c == '>')
            .ok_or_else(unclosed)?;
        let name = rest[..name_len].to_lowercase();
        if name.is_empty() {
            return Err(complaint(format!(
                "Empty attribute name in the tag \"{tag}\" at byte offset {at}"
            )));
        }
        rest = rest[name_len..].trim_start();
        let Some(value) = rest.strip_prefix('=') else {
            if tag == "blockquote" && name == "expandable" {
                attribute = name;
                continue;
            }
            return Err(complaint(format!(
                "Expected equal sign in declaration of an attribute of the tag \"{tag}\" at byte offset {at}"
            )));
        };
        let value = value.trim_start();
        let (value, after) = match value.chars().next().ok_or_else(unclosed)? {
            quote @ ('"' | '\'') => value[1..].split_once(quote).ok_or_else(unclosed)?,
            _ => value.split_at(
                value
                    .find(|c: char| c.is_whitespace() || c == '>')
                    .ok_or_else(unclosed)?,
            ),
        };
        if matches!(name.as_str(), "href" | "class" | "emoji-id") {
            value.clone_into(&mut attribute);
        }
        rest = after;
    }
    if tag == "span" && attribute != "tg-spoiler" {
        return Err(complaint(format!(
            "Tag \"span\" must have class \"tg-spoiler\" at byte offset {at}"
        )));
    }
    open.push(Open {
        tag,
        attribute,
        start: read.units(),
    });
    Ok(html.len() - rest.len())
}

fn close(
    html: &str,
    at: usize,
    open: &mut Vec<Open>,
    read: &mut Formatted,
) -> Result<usize, Refusal> {
    let inside = &html[at + 2..];
    let Some(opened) = open.pop() else {
        return Err(complaint(format!("Unexpected end tag at byte offset {at}")));
    };
    let name_len = inside
        .find(|c: char| c.is_whitespace() || c == '>')
        .unwrap_or(inside.len());
    let tag = inside[..name_len].to_lowercase();
    let Some(rest) = inside[name_len..].trim_start().strip_prefix('>') else {
        return Err(complaint(format!("Unclosed end tag at byte offset {at}")));
    };
    if !tag.is_empty() && tag != opened.tag {
        return Err(complaint(format!(
            "Unmatched end tag at byte offset {at}, expected \"</{}>\", found \"</{tag}>\"",
            opened.tag
        )));
    }
    let length = read.units() - opened.start;
    if length > 0 {
        let mut entity = json!({ "offset": opened.start, "length": length, "type": kind(&opened) });
        match opened.tag.as_str() {
            "a" => entity["url"] = json!(opened.attribute),
            "tg-emoji" => entity["custom_emoji_id"] = json!(opened.attribute),
            _ => {}
        }
        read.entities.push(entity);
    }
    Ok(html.len() - rest.len())
}

fn is_supported(tag: &str) -> bool {
    matches!(
        tag,
        "a" | "b"
            | "strong"
            | "i"
            | "em"
            | "s"
            | "strike"
            | "del"
            | "u"
            | "ins"
            | "tg-spoiler"
            | "tg-emoji"
            | "span"
            | "pre"
            | "code"
            | "blockquote"
    )
}

fn kind(open: &Open) -> &'static str {
    match open.tag.as_str() {
        "a" => "text_link",
        "b" | "strong" => "bold",
        "i" | "em" => "italic",
        "u" | "ins" => "underline",
        "tg-emoji" => "custom_emoji",
        "tg-spoiler" | "span" => "spoiler",
        "pre" => "pre",
        "code" => "code",
        "blockquote" if open.attribute == "expandable" => "expandable_blockquote",
        "blockquote" => "blockquote",
        _ => "strikethrough",
    }
}

/// One character reference at the start of `text`, with its bytes; what is none stays an ampersand.
fn character(text: &str) -> (char, usize) {
    let named = [
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&amp;", '&'),
        ("&quot;", '"'),
    ];
    for (name, meant) in named {
        if text.starts_with(name) {
            return (meant, name.len());
        }
    }
    let number = text
        .strip_prefix("&#")
        .and_then(|rest| rest.split_once(';'))
        .and_then(|(digits, _)| {
            let code = match digits.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            Some((char::from_u32(code)?, digits.len() + 3))
        });
    number.unwrap_or(('&', 1))
}

fn trimmed(read: Formatted) -> Formatted {
    let lead = units(&read.text) - units(read.text.trim_start());
    let text = read.text.trim().to_owned();
    let whole = units(&text);
    let mut entities = Vec::new();
    for mut entity in read.entities {
        let number = |name: &str| {
            entity[name]
                .as_u64()
                .and_then(|value| usize::try_from(value).ok())
                .unwrap_or_default()
        };
        let start = number("offset").saturating_sub(lead).min(whole);
        let end = (number("offset") + number("length"))
            .saturating_sub(lead)
            .min(whole);
        if end > start {
            entity["offset"] = json!(start);
            entity["length"] = json!(end - start);
            entities.push(entity);
        }
    }
    Formatted { text, entities }
}

/// Length in UTF-16 units.
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn complaint(words: impl std::fmt::Display) -> Refusal {
    Refusal::bad_request(format!("can't parse entities: {words}"))
}
