//! What the reader found, in words: what is wrong, and a correct example.
//!
//! Knows no file: a cell is quoted as the finding holds it, and cut short.

mod en;
mod zh;

use super::Lang;
use crate::roster::Misread;

/// What is wrong, in one sentence without its full stop.
#[must_use]
pub fn message(matter: &Misread, lang: Lang) -> String {
    match lang {
        Lang::Zh => zh::message(matter),
        Lang::En => en::message(matter),
    }
}

/// What to do, with a correct example; `None` where the message says it all.
#[must_use]
pub fn help(matter: &Misread, lang: Lang) -> Option<String> {
    match lang {
        Lang::Zh => zh::help(matter),
        Lang::En => en::help(matter),
    }
}

/// At most so many characters of a cell are quoted.
const QUOTED: usize = 40;

fn short(text: &str) -> String {
    let flat = text.replace(['\n', '\r'], " ");
    match flat.char_indices().nth(QUOTED) {
        Some((at, _)) => format!("{}…", &flat[..at]),
        None => flat,
    }
}

/// Rows or columns by their numbers, the first few of many.
fn listed(numbers: &[u32], joint: &str) -> String {
    const SHOWN: usize = 8;
    let shown = numbers.iter().take(SHOWN).map(u32::to_string);
    let shown = shown.collect::<Vec<_>>().join(joint);
    if numbers.len() > SHOWN {
        format!("{shown}…")
    } else {
        shown
    }
}

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

fn is_picture(kind: &str) -> bool {
    matches!(kind, "PNG" | "JPEG" | "GIF" | "BMP")
}
