//! Which days a text names: one, several, or from one to another, with what stands after a day
//! without changing it.
//!
//! Knows no other cell: years, months and ambiguities are settled in `calendar`.

use std::sync::LazyLock;

use chrono::Weekday;

use super::day::{Day, Spelling, day_here, marked_day, serial};
use super::lexicon::Characters;
use super::plain::Scan;
use super::weekdays::{weekday_here, weekday_in_brackets};

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

/// Whether a day may begin with this character: asked before a long text is searched.
pub(super) fn may_begin(c: char) -> bool {
    const WORDS: &str = "一二三四五六七八九十廿正腊初除大农年周星礼月火水木金土日월화수목금토일";
    static LISTED: LazyLock<Characters> = LazyLock::new(|| Characters::of(WORDS.chars()));
    c.is_ascii_alphanumeric() || LISTED.hold(c)
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
