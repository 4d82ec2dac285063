//! Which days a text names, in every spelling clerks use. The year may be missing; a day that
//! does not exist is still read, so that it can be told.
//!
//! Knows no other cell: years, months and ambiguities are settled in `calendar`.

use chrono::{Datelike, NaiveDate, Weekday};

use super::plain::{Scan, chinese_number};

/// A day as written.
#[allow(clippy::struct_field_names)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Day {
    pub year: Option<i32>,
    pub month: Option<u32>,
    pub day: u32,
    pub spelling: Spelling,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Spelling {
    Plain,
    /// `03/10`: either number may be the month; held as month first.
    Slashed,
    /// A spreadsheet's day number, in its usual system.
    Serial,
    /// 初五: of a month of the moon.
    Lunar,
}

/// Days in the order written; with an end, every day up to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Days {
    pub list: Vec<(Day, Option<Day>)>,
    pub weekday: Option<Weekday>,
}

impl Days {
    pub fn one(day: Day) -> Self {
        Self {
            list: vec![(day, None)],
            weekday: None,
        }
    }
}

const DASHES: [&str; 7] = ["--", "-", "~", "至", "到", "to ", "from "];
const DAY_SIGNS: [&str; 3] = ["日", "号", "일"];
const MONTHS: [&str; 24] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sept",
    "oct",
    "nov",
    "dec",
];

/// Whether a day may begin with this character: asked before a long text is searched.
pub(super) fn may_begin(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || "一二三四五六七八九十廿正腊初除大农年周星礼月火水木金土日월화수목금토일".contains(c)
}

/// The days `text` begins with, and what follows them.
pub(super) fn days(text: &str) -> Option<(Days, &str)> {
    let mut scan = Scan::new(text);
    let before = scan.attempt(|s| {
        let weekday = weekday_here(s)?;
        s.blanks();
        s.eat_any(&[",", "(", ":"]);
        s.blanks();
        matches!(s.peek(), Some('0'..='9' | 'A'..='Z' | 'a'..='z')).then_some(weekday)
    });
    let first = day_here(&mut scan, None)?;
    let mut found = Days {
        list: vec![(first, None)],
        weekday: before,
    };
    if before.is_some() {
        scan.eat(")");
    }
    after_day(&mut scan, &mut found);
    let mut last = first;
    while found.list.len() < 64 {
        let more = scan.attempt(|s| {
            s.blanks();
            let dash = s.eat_any(&DASHES);
            if dash.is_none() {
                let comma =
                    s.eat_any(&["、", ",", "，", ";", "和", "及", "与", "&", "+", "/", "."]);
                let touching = comma.is_none()
                    && last.spelling == Spelling::Plain
                    && s.rest.bytes().take_while(u8::is_ascii_digit).count() <= 2;
                if matches!(comma, Some("." | "/")) && last.spelling == Spelling::Slashed
                    || (comma.is_none() && !touching)
                {
                    return None;
                }
                s.blanks();
                let day = if comma.is_some() {
                    day_here(s, Some(&last))?
                } else {
                    marked_day(s, &last)?
                };
                return Some((day, false));
            }
            s.blanks();
            Some((day_here(s, Some(&last))?, true))
        });
        let Some((day, closes)) = more else { break };
        match found.list.last_mut() {
            Some((_, end @ None)) if closes => *end = Some(day),
            _ => found.list.push((day, None)),
        }
        last = day;
        after_day(&mut scan, &mut found);
    }
    Some((found, scan.rest))
}

/// A whole cell that names days and nothing else.
pub(super) fn only_days(text: &str) -> Option<Days> {
    if let Some(serial) = serial(text) {
        return Some(Days::one(serial));
    }
    let (days, rest) = days(text)?;
    rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '、' | ','))
        .is_empty()
        .then_some(days)
}

/// 46296: a day in a spreadsheet's own counting, between 2009 and 2064.
pub(super) fn serial(text: &str) -> Option<Day> {
    let whole = text
        .strip_suffix(".0")
        .or_else(|| text.strip_suffix(".00"))
        .unwrap_or(text);
    if whole.len() != 5 || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    day_of_serial(whole.parse().ok()?)
}

pub(super) fn day_of_serial(number: i64) -> Option<Day> {
    if !(40_000..60_000).contains(&number) {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(1899, 12, 30)? + chrono::TimeDelta::days(number);
    Some(Day {
        year: Some(date.year()),
        month: Some(date.month()),
        day: date.day(),
        spelling: Spelling::Serial,
    })
}

/// A weekday, a holiday's name in brackets: what stands after a day without changing it.
fn after_day(scan: &mut Scan<'_>, found: &mut Days) {
    for _ in 0..2 {
        let weekday = scan.attempt(|s| {
            s.blanks();
            s.eat(",");
            s.blanks();
            let bracket = s.eat("(");
            let weekday = if bracket {
                weekday_in_brackets(s)?
            } else {
                weekday_here(s)?
            };
            Some(weekday)
        });
        if weekday.is_some() {
            found.weekday = weekday;
            continue;
        }
        scan.attempt(|s| {
            s.blanks();
            s.eat("(").then_some(())?;
            let close = s.rest.find(')')?;
            let inside = &s.rest[..close];
            let names_holiday = inside.chars().count() <= 6
                && [
                    "节", "假", "休", "班", "庆", "中秋", "除夕", "元旦", "holiday",
                ]
                .iter()
                .any(|w| inside.contains(w));
            names_holiday.then(|| s.rest = &s.rest[close + 1..])
        });
    }
}

fn weekday_in_brackets(scan: &mut Scan<'_>) -> Option<Weekday> {
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

fn year_here(scan: &mut Scan<'_>) -> Option<i32> {
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

fn month_name(scan: &mut Scan<'_>) -> Option<u32> {
    let word = scan.eat_word(&MONTHS)?;
    scan.eat(".");
    let at = MONTHS.iter().position(|m| m.eq_ignore_ascii_case(word))?;
    u32::try_from(at % 12 + 1).ok()
}

fn number(scan: &mut Scan<'_>, least: usize, most: usize) -> Option<u32> {
    match scan.peek()? {
        '0'..='9' => scan.digits(least, most).map(|(value, _)| value),
        _ => chinese_number(scan),
    }
}

/// `5日` right after another day, with nothing between.
fn marked_day(scan: &mut Scan<'_>, last: &Day) -> Option<Day> {
    let (day, _) = scan.digits(1, 2)?;
    scan.eat_any(&DAY_SIGNS)?;
    Some(Day {
        day,
        year: last.year,
        month: last.month,
        spelling: Spelling::Plain,
    })
}

/// One day; `last` is the day before it in a list, whose month and year it may share.
fn day_here(scan: &mut Scan<'_>, last: Option<&Day>) -> Option<Day> {
    let day = scan
        .attempt(dated_by_year)
        .or_else(|| scan.attempt(compact))
        .or_else(|| scan.attempt(month_and_day))
        .or_else(|| scan.attempt(english))
        .or_else(|| scan.attempt(lunar))
        .or_else(|| scan.attempt(punctuated))
        .or_else(|| scan.attempt(day_of_month))
        .or_else(|| last.and_then(|last| scan.attempt(|s| bare_day(s, last))))
        .or_else(|| {
            if last.is_none() {
                scan.attempt(first_of_range)
            } else {
                None
            }
        })?;
    Some(match last {
        Some(last) if day.month.is_none() => Day {
            month: last.month,
            year: last.year,
            ..day
        },
        Some(last) if day.year.is_none() && Some(day.month) >= Some(last.month) => Day {
            year: last.year,
            ..day
        },
        _ => day,
    })
}

fn plain_day(year: Option<i32>, month: u32, day: u32) -> Option<Day> {
    let believable = (1..=19).contains(&month) && (1..=39).contains(&day);
    believable.then_some(Day {
        year,
        month: Some(month),
        day,
        spelling: Spelling::Plain,
    })
}

/// 2026年10月1日, 2026-10-01, 2026/10/1, 2026.10.1
fn dated_by_year(scan: &mut Scan<'_>) -> Option<Day> {
    let year = year_here(scan)?;
    scan.blanks();
    scan.eat_any(&["年", "년", "-", "/", "."])?;
    scan.blanks();
    if let Some(month) = scan.attempt(month_name) {
        scan.eat_any(&["-", " "]);
        let (day, _) = scan.digits(1, 2)?;
        return plain_day(Some(year), month, day);
    }
    let month = number(scan, 1, 2)?;
    scan.blanks();
    scan.eat_any(&["月", "월", "-", "/", "."])?;
    scan.blanks();
    let day = number(scan, 1, 2)?;
    scan.eat_any(&DAY_SIGNS);
    plain_day(Some(year), month, day)
}

/// 20261001
fn compact(scan: &mut Scan<'_>) -> Option<Day> {
    let (value, _) = scan.digits(8, 8)?;
    let year = i32::try_from(value / 10_000).ok()?;
    let (month, day) = (value / 100 % 100, value % 100);
    ((2000..2100).contains(&year) && month <= 12 && day <= 31)
        .then(|| plain_day(Some(year), month, day))?
}

/// 10月1日, 10月1, 十月一日, 10월 1일
fn month_and_day(scan: &mut Scan<'_>) -> Option<Day> {
    let chinese = !scan.peek()?.is_ascii_digit();
    let month = number(scan, 1, 2)?;
    scan.blanks();
    scan.eat_any(&["月份", "月", "월"])?;
    scan.blanks();
    let before = scan.rest;
    if scan.eat("初") {
        let day = number(scan, 1, 2)?;
        return Some(Day {
            year: None,
            month: Some(month),
            day,
            spelling: Spelling::Lunar,
        });
    }
    let day = number(scan, 1, 2)?;
    let signed = scan.eat_any(&DAY_SIGNS).is_some();
    if chinese && !signed {
        let lunar = before.starts_with(['十', '廿', '二', '三']);
        return lunar.then_some(Day {
            year: None,
            month: Some(month),
            day,
            spelling: Spelling::Lunar,
        });
    }
    if !signed
        && scan
            .peek()
            .is_some_and(|c| matches!(c, ':' | '点' | '时' | '人' | '次' | '天'))
    {
        return None;
    }
    plain_day(None, month, day)
}

/// Oct 1, October 1st, 2026, 1 Oct, 01-Oct-26
fn english(scan: &mut Scan<'_>) -> Option<Day> {
    let ordinal = |s: &mut Scan<'_>| s.eat_word(&["st", "nd", "rd", "th"]).is_some();
    let (month, day) = if let Some(month) = scan.attempt(month_name) {
        scan.eat_any(&[" ", "-", "/"]);
        let (day, _) = scan.blanks().digits(1, 2)?;
        ordinal(scan);
        (month, day)
    } else {
        let (day, _) = scan.digits(1, 2)?;
        ordinal(scan);
        scan.eat_any(&["-", "/", " of ", " "]);
        (month_name(scan.blanks())?, day)
    };
    let year = scan.attempt(|s| {
        s.eat_any(&[", ", ",", "-", "/", " "])?;
        let (year, digits) = s.attempt(|s| s.digits(4, 4)).or_else(|| s.digits(2, 2))?;
        let year = if digits == 2 { year + 2000 } else { year };
        let clock_follows = s.peek().is_some_and(|c| c == ':');
        ((2020..2060).contains(&year) && !clock_follows).then(|| i32::try_from(year).ok())?
    });
    plain_day(year, month, day)
}

/// 初五, 正月初五, 腊月廿九, 除夕, 大年初一
fn lunar(scan: &mut Scan<'_>) -> Option<Day> {
    let moon = |month, day| {
        Some(Day {
            year: None,
            month: Some(month),
            day,
            spelling: Spelling::Lunar,
        })
    };
    scan.eat("农历");
    if scan.eat_any(&["除夕", "大年三十", "年三十"]).is_some() {
        return moon(12, 30);
    }
    let month = if scan.eat_any(&["正月", "大年"]).is_some() {
        1
    } else if scan.eat_any(&["腊月", "十二月"]).is_some() {
        12
    } else if scan.rest.starts_with("初") {
        1
    } else {
        return None;
    };
    let started = scan.rest;
    scan.eat("初");
    let day = number(scan, 1, 2)?;
    scan.eat_any(&DAY_SIGNS);
    ((1..=30).contains(&day) && started != scan.rest).then(|| moon(month, day))?
}

/// 10.1, 10-01, 10/1, 10/1/2026, 26.10.1
fn punctuated(scan: &mut Scan<'_>) -> Option<Day> {
    let (first, _) = scan.digits(1, 2)?;
    let sign = scan.eat_any(&[".", "/", "-"])?;
    let (second, _) = scan.digits(1, 2)?;
    let third = scan.attempt(|s| {
        s.eat(sign).then_some(())?;
        s.attempt(|s| s.digits(4, 4))
            .or_else(|| s.digits(1, 2))
            .filter(|_| !s.rest.starts_with(':'))
    });
    if scan
        .peek()
        .is_some_and(|c| matches!(c, ':' | '点' | '时' | '%' | '小'))
        && third.is_none()
        && sign != "/"
    {
        return None;
    }
    let slashed = |year, first: u32, second: u32| {
        let (month, day) = if first > 12 && second <= 12 {
            (second, first)
        } else {
            (first, second)
        };
        let sure = first > 12 || second > 12 || first == second;
        let spelling = if sure {
            Spelling::Plain
        } else {
            Spelling::Slashed
        };
        ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Day {
            year,
            month: Some(month),
            day,
            spelling,
        })
    };
    match third {
        Some((year, 4)) if (2000..2100).contains(&year) => {
            slashed(i32::try_from(year).ok(), first, second)
        }
        Some((day, _)) if (20..60).contains(&first) && (1..=12).contains(&second) => {
            plain_day(i32::try_from(first + 2000).ok(), second, day)
        }
        Some((year, 2)) if (20..60).contains(&year) => {
            slashed(i32::try_from(year + 2000).ok(), first, second)
        }
        Some(_) => None,
        None => {
            let signed = scan.eat_any(&DAY_SIGNS).is_some();
            match sign {
                // 3-5号 are three days.
                "-" if signed => None,
                "/" => slashed(None, first, second),
                _ if first > 12 && second <= 12 => slashed(None, first, second),
                _ => (first <= 12 && second <= 31).then(|| plain_day(None, first, second))?,
            }
        }
    }
}

/// 5日, 5号
fn day_of_month(scan: &mut Scan<'_>) -> Option<Day> {
    let (day, _) = scan.digits(1, 2)?;
    scan.eat_any(&DAY_SIGNS)?;
    (1..=39).contains(&day).then_some(Day {
        year: None,
        month: None,
        day,
        spelling: Spelling::Plain,
    })
}

/// The 3 of 10.1-3 and of 10月1、3、5日.
fn bare_day(scan: &mut Scan<'_>, last: &Day) -> Option<Day> {
    let (day, _) = scan.digits(1, 2)?;
    let ends = match scan.peek() {
        None => true,
        Some(c) => {
            matches!(c, '、' | ',' | ';' | '-' | '~' | '至' | '(' | ')') || c.is_whitespace()
        }
    };
    (ends && day > last.day && day <= 31).then_some(Day {
        day,
        year: last.year,
        month: last.month,
        spelling: last.spelling,
    })
}

/// The 1 of 1-7日 and of 1、3、5日.
fn first_of_range(scan: &mut Scan<'_>) -> Option<Day> {
    let (day, _) = scan.digits(1, 2)?;
    let mut ahead = *scan;
    let mut signed = false;
    for _ in 0..31 {
        ahead.blanks();
        if ahead.eat_any(&["-", "~", "至", "到", "、", ","]).is_none()
            || ahead.blanks().digits(1, 2).is_none()
        {
            break;
        }
        if ahead.eat_any(&DAY_SIGNS).is_some() {
            signed = true;
            break;
        }
    }
    (signed && (1..=31).contains(&day)).then_some(Day {
        year: None,
        month: None,
        day,
        spelling: Spelling::Plain,
    })
}
