//! Months and years named without a day, and the numbers they are written with.
//!
//! Knows no day: where one follows, `day` reads it.

use super::plain::{Scan, chinese_number};

#[rustfmt::skip]
const MONTHS: [&str; 36] = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sept", "oct", "nov", "dec",
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A month on its own: 10月, 2026年10月, 2026-10, October 2026.
pub(super) fn only_month(text: &str) -> Option<(Option<i32>, u32)> {
    let (year, month, rest) = month_here(text)?;
    rest.trim().is_empty().then_some((year, month))
}

/// The first month a text names, with its year where given.
pub(super) fn month_in(text: &str) -> Option<(Option<i32>, u32)> {
    text.char_indices()
        .filter(|(at, c)| {
            let starts = !text[..*at]
                .chars()
                .next_back()
                .is_some_and(|b| b.is_ascii_alphanumeric());
            starts && (c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(*c))
        })
        .find_map(|(at, _)| month_here(&text[at..]))
        .map(|(year, month, _)| (year, month))
}

fn month_here(text: &str) -> Option<(Option<i32>, u32, &str)> {
    let mut scan = Scan::new(text);
    let year = scan.attempt(|s| {
        let year = year_here(s)?;
        s.blanks();
        s.eat_any(&["年", "년", "-", "/", "."])?;
        s.blanks();
        Some(year)
    });
    if let Some(month) = scan.attempt(month_name) {
        scan.blanks();
        scan.eat(",");
        scan.blanks();
        let year = year.or_else(|| scan.attempt(year_here));
        return Some((year, month, scan.rest));
    }
    let month = scan
        .attempt(|s| number(s, 1, 2))
        .filter(|m| (1..=12).contains(m))?;
    scan.blanks();
    let signed = scan.eat_any(&["月份", "月", "월"]).is_some();
    if !signed
        && (year.is_none()
            || scan
                .peek()
                .is_some_and(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ':')))
    {
        return None;
    }
    Some((year, month, scan.rest))
}

/// The first year a text names: 2026年, 2026, 二〇二六年.
pub(super) fn year_in(text: &str) -> Option<i32> {
    text.char_indices()
        .filter(|(at, c)| {
            (c.is_ascii_digit() || *c == '二')
                && !text[..*at]
                    .chars()
                    .next_back()
                    .is_some_and(|b| b.is_ascii_digit())
        })
        .find_map(|(at, _)| {
            let mut scan = Scan::new(&text[at..]);
            year_here(&mut scan)
        })
}

pub(super) fn year_here(scan: &mut Scan<'_>) -> Option<i32> {
    scan.attempt(|s| {
        if s.eat("二〇") || s.eat("二零") || s.eat("二O") || s.eat("二○") {
            let mut year = 20;
            for _ in 0..2 {
                let c = s.peek()?;
                let digit = "零一二三四五六七八九"
                    .chars()
                    .position(|d| d == c)
                    .or((c == '〇').then_some(0))?;
                s.rest = &s.rest[c.len_utf8()..];
                year = year * 10 + i32::try_from(digit).ok()?;
            }
            return s.rest.starts_with('年').then_some(year);
        }
        let (year, _) = s.digits(4, 4)?;
        (2000..=2099)
            .contains(&year)
            .then(|| i32::try_from(year).ok())?
    })
}

pub(super) fn month_name(scan: &mut Scan<'_>) -> Option<u32> {
    let word = scan.eat_word(&MONTHS)?;
    scan.eat(".");
    let at = MONTHS.iter().position(|m| m.eq_ignore_ascii_case(word))?;
    u32::try_from(at % 12 + 1).ok()
}

pub(super) fn number(scan: &mut Scan<'_>, least: usize, most: usize) -> Option<u32> {
    match scan.peek()? {
        '0'..='9' => scan.digits(least, most).map(|(value, _)| value),
        _ => chinese_number(scan),
    }
}
