//! A cell's text made plain before anything is read from it, and the small steps by which the
//! grammars read it.
//!
//! Knows characters only: which dash, which digit, which bracket.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Full-width forms made narrow, every dash `-`, every tilde `~`, every middle dot `·`,
/// invisible characters gone, blanks around it trimmed.
pub(super) fn plain(raw: &str) -> Cow<'_, str> {
    let raw = raw.trim();
    if raw.chars().all(is_plain) {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    for c in raw.nfkc() {
        match c {
            '—' | '–' | '―' | '‐' | '‑' | '‒' | '−' | '─' | '━' => text.push('-'),
            '〜' | '∼' | '⁓' => text.push('~'),
            '・' | '•' | '‧' | '∙' | '⋅' => text.push('·'),
            '【' | '〔' | '［' | '〖' | '「' => text.push('('),
            '】' | '〕' | '］' | '〗' | '」' => text.push(')'),
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{fe0f}' => {}
            '\u{a0}' | '\u{3000}' => text.push(' '),
            // 1️⃣ is a list's number, and no part of what follows.
            '\u{20e3}' => {
                text.pop();
                text.push(' ');
            }
            c if is_picture(c) => text.push(' '),
            _ => text.push(c),
        }
    }
    match text.trim() {
        "" if raw.chars().any(is_picture) => Cow::Borrowed(raw),
        all if all.len() == text.len() => Cow::Owned(text),
        inner => Cow::Owned(inner.to_owned()),
    }
}

/// 📅, ☎ and how they are to be drawn.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{20e3}' | '☎' | '☏' | '✆')
}

/// Characters that stay as they are whatever stands beside them.
fn is_plain(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}' | '、' | '。')
}

/// At most so many characters of a cell are kept in a finding.
const QUOTED: usize = 120;

/// The beginning of a text: what a finding quotes.
pub(super) fn quoted(text: &str) -> String {
    quote(text).to_owned()
}

/// The same, as it stands in the text.
pub(super) fn quote(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(QUOTED)
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// Text without any blanks: padded two-character names, labels spread over a cell's width.
pub(super) fn squeezed(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_whitespace) {
        text.chars().filter(|c| !c.is_whitespace()).collect()
    } else {
        Cow::Borrowed(text)
    }
}

/// Text without any blanks, in small letters: what labels are looked up by.
pub(super) fn key_of(text: &str) -> Cow<'_, str> {
    match squeezed(text) {
        Cow::Borrowed(key) => lower(key),
        Cow::Owned(key) => match lower(&key) {
            Cow::Borrowed(_) => Cow::Owned(key),
            Cow::Owned(lower) => Cow::Owned(lower),
        },
    }
}

/// The text in small letters.
pub(super) fn lower(text: &str) -> Cow<'_, str> {
    // Most words of rosters have no capitals to look for.
    if text.chars().all(is_small) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase())
    }
}

fn is_small(c: char) -> bool {
    matches!(c, '\0'..='@' | '['..='\x7f' | '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{323af}' | '々' | '〇')
}

pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

pub(super) fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}')
}

/// What is left of a text being read from its front.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a> {
    pub rest: &'a str,
}

impl<'a> Scan<'a> {
    pub fn new(rest: &'a str) -> Self {
        Self { rest }
    }

    pub fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn blanks(&mut self) -> &mut Self {
        self.rest = self.rest.trim_start();
        self
    }

    pub fn eat(&mut self, word: &str) -> bool {
        let found = self.rest.strip_prefix(word);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    /// The first of `words` that stands here, in the order given.
    pub fn eat_any<'w>(&mut self, words: &[&'w str]) -> Option<&'w str> {
        words.iter().copied().find(|word| self.eat(word))
    }

    /// Any of `words`, ASCII letters in either case, and no letter right after it.
    pub fn eat_word<'w>(&mut self, words: &[&'w str]) -> Option<&'w str> {
        if !self.rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        words.iter().copied().find(|word| {
            let Some(head) = self.rest.get(..word.len()) else {
                return false;
            };
            let after = self.rest[word.len()..].chars().next();
            let whole = !after.is_some_and(|c| c.is_ascii_alphabetic());
            let found = whole && head.eq_ignore_ascii_case(word);
            if found {
                self.rest = &self.rest[word.len()..];
            }
            found
        })
    }

    /// A run of `least` to `most` digits, not followed by another digit: its value and length.
    pub fn digits(&mut self, least: usize, most: usize) -> Option<(u32, usize)> {
        let run = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(least..=most).contains(&run) || run > 9 {
            return None;
        }
        let value = self.rest[..run].parse().ok()?;
        self.rest = &self.rest[run..];
        Some((value, run))
    }

    /// What `read` finds here; nothing is eaten where it finds nothing.
    pub fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = *self;
        let found = read(self);
        if found.is_none() {
            *self = before;
        }
        found
    }
}

/// A number in Chinese characters up to 99: 五, 十, 十二, 廿三, 三十一.
pub(super) fn chinese_number(scan: &mut Scan<'_>) -> Option<u32> {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |scan: &mut Scan<'_>| {
        let c = scan.peek()?;
        let value = match c {
            '〇' => 0,
            '两' => 2,
            _ => DIGITS.iter().position(|d| *d == c)?,
        };
        scan.rest = &scan.rest[c.len_utf8()..];
        u32::try_from(value).ok()
    };
    if scan.eat("廿") {
        return Some(20 + digit(scan).unwrap_or(0));
    }
    if scan.eat("卅") {
        return Some(30 + digit(scan).unwrap_or(0));
    }
    let first = digit(scan);
    if scan.eat("十") {
        return Some(first.unwrap_or(1) * 10 + digit(scan).unwrap_or(0));
    }
    first
}
