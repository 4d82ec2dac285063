//! One day, in every spelling clerks use. The year may be missing; a day that does not exist is
//! still read, so that it can be told.
//!
//! Knows no calendar, and of the days beside it only the one before.

use chrono::{Datelike, NaiveDate};

use super::months::{month_name, number, year_here};
use super::plain::Scan;

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

const DAY_SIGNS: [&str; 3] = ["日", "号", "일"];

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

/// `5日` right after another day, with nothing between.
pub(super) fn marked_day(scan: &mut Scan<'_>, last: &Day) -> Option<Day> {
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
pub(super) fn day_here(scan: &mut Scan<'_>, last: Option<&Day>) -> Option<Day> {
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
    let is_named = scan.eat("农历");
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
        scan.attempt(|s| {
            let month = number(s, 1, 2).filter(|m| is_named && (1..=12).contains(m))?;
            s.eat("月").then_some(month)
        })?
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
