//! Days of the week: in words, and as the one character that may stand for one.
//!
//! Knows no date: whether a weekday fits one is asked elsewhere.

use chrono::Weekday;

use super::plain::Scan;

pub(super) fn weekday_in_brackets(scan: &mut Scan<'_>) -> Option<Weekday> {
    let weekday = scan.attempt(weekday_here).or_else(|| {
        let c = scan.peek()?;
        let weekday = weekday_letter(c)?;
        scan.rest = &scan.rest[c.len_utf8()..];
        Some(weekday)
    })?;
    scan.eat(")").then_some(weekday)
}

/// 周四, 星期四, Thu, 목요일: a weekday that says it is one.
pub(super) fn weekday_here(scan: &mut Scan<'_>) -> Option<Weekday> {
    const ENGLISH: [(&str, Weekday); 19] = [
        ("monday", Weekday::Mon),
        ("tuesday", Weekday::Tue),
        ("wednesday", Weekday::Wed),
        ("thursday", Weekday::Thu),
        ("friday", Weekday::Fri),
        ("saturday", Weekday::Sat),
        ("sunday", Weekday::Sun),
        ("mon", Weekday::Mon),
        ("tues", Weekday::Tue),
        ("tue", Weekday::Tue),
        ("weds", Weekday::Wed),
        ("wed", Weekday::Wed),
        ("thurs", Weekday::Thu),
        ("thur", Weekday::Thu),
        ("thu", Weekday::Thu),
        ("fri", Weekday::Fri),
        ("sat", Weekday::Sat),
        ("sun", Weekday::Sun),
        ("su", Weekday::Sun),
    ];
    scan.attempt(|s| {
        if s.eat_any(&["星期", "礼拜", "周"]).is_some() {
            let c = s.peek()?;
            let weekday = match c {
                '一' | '1' => Weekday::Mon,
                '二' | '2' => Weekday::Tue,
                '三' | '3' => Weekday::Wed,
                '四' | '4' => Weekday::Thu,
                '五' | '5' => Weekday::Fri,
                '六' | '6' => Weekday::Sat,
                '日' | '天' | '7' => Weekday::Sun,
                _ => return None,
            };
            s.rest = &s.rest[c.len_utf8()..];
            return Some(weekday);
        }
        if s.rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (_, weekday) = ENGLISH
                .iter()
                .find(|(word, _)| s.eat_word(&[word]).is_some())?;
            s.eat(".");
            return Some(*weekday);
        }
        let c = s.peek()?;
        let long = s.rest[c.len_utf8()..]
            .strip_prefix("요일")
            .or_else(|| s.rest[c.len_utf8()..].strip_prefix("曜日"))
            .or_else(|| s.rest[c.len_utf8()..].strip_prefix('曜'))?;
        s.rest = long;
        weekday_letter(c)
    })
}

/// One character that may stand for a weekday in a row or bracket of its own.
fn weekday_letter(c: char) -> Option<Weekday> {
    Some(match c {
        '一' | '月' | '월' => Weekday::Mon,
        '二' | '火' | '화' => Weekday::Tue,
        '三' | '水' | '수' => Weekday::Wed,
        '四' | '木' | '목' => Weekday::Thu,
        '五' | '金' | '금' => Weekday::Fri,
        '六' | '土' | '토' => Weekday::Sat,
        '日' | '天' | '일' => Weekday::Sun,
        _ => return None,
    })
}

/// A whole cell that is a weekday.
pub(super) fn only_weekday(text: &str) -> Option<Weekday> {
    let inner = text.trim_start_matches('(').trim_end_matches(')');
    let mut scan = Scan::new(inner);
    if let Some(weekday) = weekday_here(&mut scan) {
        return scan.rest.trim().is_empty().then_some(weekday);
    }
    let mut chars = inner.chars();
    let weekday = weekday_letter(chars.next()?)?;
    chars.next().is_none().then_some(weekday)
}
