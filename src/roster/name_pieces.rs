//! A cell cut into a piece for each name: at commas and blanks, unless the blank stands inside a
//! name, with the telephone numbers and the brackets that go with it.
//!
//! Does not know what a bracket means, nor whether a piece is a name.

use super::names::Spacing;
use super::plain::{is_han, is_hangul, is_kana};

/// A bracket's content is lifted out of the text and leaves `\u{1}` and its number behind.
const ASIDE: char = '\u{1}';

pub(super) fn without_asides(text: &str) -> (String, Vec<String>) {
    let mut bare = String::with_capacity(text.len());
    let mut asides: Vec<String> = Vec::new();
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '[' | '<' | '《' => {
                if depth == 0 {
                    asides.push(String::new());
                    bare.push(ASIDE);
                }
                depth += 1;
            }
            ')' | ']' | '>' | '》' => depth = depth.saturating_sub(1),
            c => match asides.last_mut().filter(|_| depth > 0) {
                Some(aside) => aside.push(c),
                None => bare.push(c),
            },
        }
    }
    (bare, asides)
}

/// A piece of text with the brackets that followed it (by their numbers).
pub(super) struct Piece {
    pub text: String,
    pub asides: Vec<usize>,
    pub numbers: Vec<String>,
    /// Only a blank stands between it and the piece before.
    pub follows_blank: bool,
}

pub(super) fn pieces(bare: &str, spacing: Spacing) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut aside = 0;
    for part in bare.split([
        '、', '，', ',', '/', ';', '；', '\n', '\r', '\t', '|', '&', '+', '。', '\\',
    ]) {
        let mut words: Vec<String> = Vec::new();
        let mut marks: Vec<Vec<usize>> = Vec::new();
        let mut numbers: Vec<Vec<String>> = Vec::new();
        for word in part.split_whitespace() {
            let mut text = String::new();
            let mut mine = Vec::new();
            for c in word.chars() {
                if c == ASIDE {
                    mine.push(aside);
                    aside += 1;
                } else {
                    text.push(c);
                }
            }
            for (name, dialled) in split_numbers(&text) {
                let before = words.last().map(String::as_str);
                let joins = marks.last().is_some_and(Vec::is_empty)
                    && numbers.last().is_some_and(Vec::is_empty)
                    && before.is_some_and(|b| joined_with_space(b, &name, spacing).is_some());
                if name.is_empty() && !words.is_empty() {
                    if let (Some(last), Some(number)) = (numbers.last_mut(), dialled) {
                        last.push(number);
                    }
                } else if joins {
                    if let Some(word) = words.last_mut() {
                        let keeps = word.is_ascii()
                            || name.is_ascii()
                            || spacing == Spacing::InsideNames && word.chars().count() > 1;
                        word.push_str(if keeps { " " } else { "" });
                        word.push_str(&name);
                    }
                    if let (Some(last), Some(number)) = (numbers.last_mut(), dialled) {
                        last.push(number);
                    }
                } else {
                    words.push(name);
                    marks.push(Vec::new());
                    numbers.push(dialled.into_iter().collect());
                }
            }
            if text.is_empty()
                && words.is_empty()
                && let Some(last) = pieces.last_mut()
            {
                last.asides.append(&mut mine);
            }
            if let Some(last) = marks.last_mut() {
                last.append(&mut mine);
            }
        }
        let cut = words.into_iter().zip(marks).zip(numbers).enumerate();
        for (at, ((text, asides), numbers)) in cut {
            if text.is_empty()
                && asides.is_empty()
                && let Some(last) = pieces.last_mut()
            {
                last.numbers.extend(numbers);
                continue;
            }
            pieces.push(Piece {
                text,
                asides,
                numbers,
                follows_blank: at > 0,
            });
        }
    }
    pieces
}

/// Whether a blank between two words stands inside one name: 陶 然, Zhang Wei, 佐藤 太郎.
fn joined_with_space(before: &str, next: &str, spacing: Spacing) -> Option<()> {
    let han = |t: &str| !t.is_empty() && t.chars().all(|c| is_han(c) || is_hangul(c));
    let latin = |t: &str| {
        !t.is_empty()
            && t.chars().all(|c| {
                c.is_ascii_alphabetic()
                    || matches!(c, '.' | '-' | '\'' | ' ')
                    || c.is_alphabetic() && (c as u32) < 0x250
            })
    };
    let (a, b) = (before.chars().count(), next.chars().count());
    let padded = han(before) && han(next) && a == 1 && b <= 3;
    let japanese = spacing == Spacing::InsideNames
        && a <= 4
        && b <= 4
        && !before.contains(' ')
        && before
            .chars()
            .chain(next.chars())
            .all(|c| is_han(c) || is_kana(c));
    (padded || japanese || latin(before) && latin(next)).then_some(())
}

/// A word cut at its telephone numbers: 陶然13800000401 → 陶然 with the number.
fn split_numbers(word: &str) -> Vec<(String, Option<String>)> {
    let mut parts = Vec::new();
    let mut name = String::new();
    let mut chars = word.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after_letter = name
            .chars()
            .next_back()
            .is_some_and(|b| b.is_ascii_alphanumeric());
        if !(c.is_ascii_digit() || c == '+') || after_letter {
            name.push(c);
            continue;
        }
        let run: usize = word[at..]
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '+'))
            .count();
        let number = &word[at..at + run];
        if number.bytes().filter(u8::is_ascii_digit).count() >= 6 {
            parts.push((
                std::mem::take(&mut name),
                Some(number.trim_end_matches('-').to_owned()),
            ));
        } else {
            name.push_str(number);
        }
        for _ in 1..run {
            chars.next();
        }
    }
    if !name.is_empty() || parts.is_empty() {
        parts.push((name, None));
    }
    for (name, _) in &mut parts {
        *name = name
            .trim_matches([':', '-', '.', '~', '_', '·', '(', ')'])
            .to_owned();
    }
    parts
}
