//! Which hours a text names: a clock, a range of clocks, or a word for a shift.
//!
//! Knows no other cell: a word's hours are settled by the file's legend, else assumed, in
//! `calendar`. A clock that does not exist (25:00) is still read, so that it can be told.

use std::sync::LazyLock;

use super::day::Day;
use super::days::days;
use super::lexicon::{Characters, Lexicon};
use super::plain::{Scan, chinese_number};
use super::vocabulary::SHIFT_WORDS;

/// A wall clock as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    /// Minutes since midnight; 1440 is the next midnight.
    pub minute: u32,
    /// Days after the row's own: 1 for 次日.
    pub days_later: Option<u32>,
    /// A date of its own: 10月2日8:00.
    pub day: Option<Day>,
    /// 25:00 and 8:75 are no times.
    pub exists: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hours {
    Range {
        start: Clock,
        end: Clock,
    },
    /// One clock: a start or an end, or a handover.
    At(Clock),
    /// 白班, N, 上午: as the vocabulary or a legend has it.
    Word(String),
}

/// A shift's hours where neither legend nor column gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum ShiftWord {
    /// 全天, 24小时: from handover to handover.
    Whole,
    Day,
    Night,
    Morning,
    Noon,
    Afternoon,
    Evening,
    /// 早班 中班 晚班, D E N: three in a day.
    Early,
    Middle,
    Late,
    /// 休, O: no duty.
    Off,
}

const NEXT_DAY: [&str; 14] = [
    "次日",
    "翌日",
    "翌",
    "第二天",
    "第二日",
    "隔日",
    "隔天",
    "次晨",
    "次",
    "明日",
    "明早",
    "익일",
    "다음날",
    "next day",
];
const SAME_DAY: [&str; 6] = ["当日", "当天", "本日", "同日", "당일", "same day"];

#[derive(Clone, Copy, PartialEq)]
enum Half {
    Morning,
    Noon,
    Afternoon,
    Night,
}

const HALVES: [(&str, Half); 26] = [
    ("早上", Half::Morning),
    ("早晨", Half::Morning),
    ("清晨", Half::Morning),
    ("凌晨", Half::Morning),
    ("上午", Half::Morning),
    ("午前", Half::Morning),
    ("오전", Half::Morning),
    ("早", Half::Morning),
    ("晨", Half::Morning),
    ("中午", Half::Noon),
    ("正午", Half::Noon),
    ("下午", Half::Afternoon),
    ("午后", Half::Afternoon),
    ("午後", Half::Afternoon),
    ("오후", Half::Afternoon),
    ("傍晚", Half::Afternoon),
    ("晚上", Half::Night),
    ("夜里", Half::Night),
    ("夜间", Half::Night),
    ("深夜", Half::Night),
    ("晚间", Half::Night),
    ("晚", Half::Night),
    ("夜", Half::Night),
    ("午", Half::Noon),
    ("am ", Half::Morning),
    ("pm ", Half::Afternoon),
];

/// Whether hours may begin with this character: asked before a long text is searched.
pub(super) fn may_begin(c: char) -> bool {
    const WORDS: &str =
        "零一二三四五六七八九十两廿卅〇早晨清凌上中正下傍晚夜深午次翌第隔明当本同익다당오";
    static LISTED: LazyLock<Characters> = LazyLock::new(|| Characters::of(WORDS.chars()));
    c.is_ascii_digit() || LISTED.hold(c)
}

/// The hours `text` begins with, and what follows them.
pub(super) fn hours(text: &str) -> Option<(Hours, &str)> {
    let mut scan = Scan::new(text);
    let (start, half) = clock(&mut scan, Looseness::Strict, None)?;
    let end = scan.attempt(|s| {
        s.blanks();
        let dash = dash(s);
        s.blanks();
        let prefixed = NEXT_DAY
            .iter()
            .chain(&SAME_DAY)
            .any(|w| s.rest.starts_with(w))
            || HALVES.iter().any(|(w, _)| s.rest.starts_with(w));
        (dash || prefixed).then_some(())?;
        clock(s, Looseness::Strict, half)
    });
    let Some((end, _)) = end else {
        return Some((Hours::At(start), scan.rest));
    };
    let told = &text[..text.len() - scan.rest.len()];
    scan.attempt(|s| s.blanks().eat_any(&["止", "结束", "为止"]));
    let start = if told.ends_with(')') && are_small_hours(&start, &end) {
        Clock {
            days_later: end.days_later,
            ..start
        }
    } else {
        start
    };
    Some((Hours::Range { start, end }, scan.rest))
}

/// 0:00-8:00(次日): the small hours of the next day, which is told behind both clocks.
fn are_small_hours(start: &Clock, end: &Clock) -> bool {
    const MORNING: u32 = 6 * 60;
    start.days_later.is_none()
        && start.day.is_none()
        && end.days_later == Some(1)
        && start.minute < MORNING
        && (start.minute + 1..=12 * 60).contains(&end.minute)
}

fn dash(scan: &mut Scan<'_>) -> bool {
    scan.eat_any(&[
        "->", "→", "--", "-", "~", "至", "到", "to ", "TO ", "부터", "から", "起至",
    ])
    .is_some()
}

/// Hours filling a whole cell. In a column of hours (`Looseness::Column`) bare numbers are
/// clocks too: 700, 8-20, 0.333.
pub(super) fn only_hours(text: &str, looseness: Looseness) -> Option<Hours> {
    if let Some(word) = shift_word_only(text) {
        return Some(Hours::Word(word));
    }
    let inner = text
        .strip_prefix('(')
        .and_then(|t| t.strip_suffix(')'))
        .unwrap_or(text);
    if let Some((found, rest)) = hours(inner) {
        let rest = rest
            .trim()
            .trim_start_matches(['(', ';', '、', ','])
            .trim_end_matches([')', ';', '。'])
            .trim();
        if rest.is_empty()
            || is_shift_word(rest)
            || matches!(rest, "起" | "开始" | "交接" | "交接班" | "小时")
        {
            return Some(found);
        }
    }
    if let Some((word, rest)) = shift_word_first(inner) {
        let rest = rest
            .trim_start_matches([':', '(', ' ', '\n', '-'])
            .trim_end_matches(')');
        if let Some((found @ Hours::Range { .. }, left)) = hours(rest) {
            return left
                .trim()
                .trim_end_matches(')')
                .is_empty()
                .then_some(found);
        }
        if rest.is_empty() {
            return Some(Hours::Word(word.to_owned()));
        }
    }
    if looseness == Looseness::Strict {
        return None;
    }
    loose(inner)
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Looseness {
    Strict,
    Column,
}

fn loose(text: &str) -> Option<Hours> {
    if let Some(minute) = fraction(text) {
        return Some(Hours::At(bare(minute)));
    }
    let mut scan = Scan::new(text);
    let (start, half) = clock(&mut scan, Looseness::Column, None)?;
    scan.blanks();
    if scan.is_done() {
        return Some(Hours::At(start));
    }
    if !dash(&mut scan) {
        return None;
    }
    scan.blanks();
    let (end, _) = clock(&mut scan, Looseness::Column, half)?;
    scan.blanks()
        .is_done()
        .then_some(Hours::Range { start, end })
}

/// 0.354166667: a fraction of a day, to the minute.
fn fraction(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("0.").or_else(|| text.strip_prefix('.'))?;
    if digits.is_empty() || digits.len() > 20 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    minutes_of_fraction(text.parse().ok()?)
}

/// Minutes of the day that `part` of a day is.
pub(super) fn minutes_of_fraction(part: f64) -> Option<u32> {
    let minutes = (part * 1440.0).round();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = minutes as u32;
    (0.0..=1440.0).contains(&minutes).then_some(whole)
}

fn bare(minute: u32) -> Clock {
    Clock {
        minute,
        days_later: None,
        day: None,
        exists: true,
    }
}

/// 当晚18:00: the day of 当, and the evening stays to be read.
fn this_evening(scan: &mut Scan<'_>) -> Option<()> {
    (scan.eat("当") && scan.rest.starts_with(['晚', '夜'])).then_some(())
}

/// A clock; `before` is the half of the day the range's first clock named.
fn clock(
    scan: &mut Scan<'_>,
    looseness: Looseness,
    before: Option<Half>,
) -> Option<(Clock, Option<Half>)> {
    scan.attempt(|s| {
        let day = s.attempt(|s| {
            let (found, rest) = days(s.rest)?;
            let [(day, None)] = found.list[..] else {
                return None;
            };
            s.rest = rest.trim_start().trim_start_matches('T');
            (s.rest.starts_with(|c: char| c.is_ascii_digit())
                || half_here(s).is_some()
                || NEXT_DAY.iter().any(|w| s.rest.starts_with(w)))
            .then_some(day)
        });
        let mut days_later = None;
        let mut morning = false;
        if let Some(word) = s.eat_any(&NEXT_DAY) {
            days_later = Some(1);
            morning = matches!(word, "次晨" | "明早");
        } else if s.eat_any(&SAME_DAY).is_some() || s.attempt(this_evening).is_some() {
            days_later = Some(0);
        }
        s.attempt(|s| s.blanks().eat_any(&["的"]));
        s.blanks();
        let half = s.attempt(half_here);
        s.blanks();
        let said = half.or(morning.then_some(Half::Morning));
        let (hour, minute, signed) = s.attempt(hour_and_minute).or_else(|| {
            let prefixed = said.is_some() || days_later == Some(1);
            s.attempt(|s| bare_hour(s, looseness, prefixed))
        })?;
        let mut half = said;
        if let Some(suffix) = s.attempt(|s| {
            s.blanks()
                .eat_word(&["a.m.", "p.m.", "am", "pm", "noon", "midnight"])
        }) {
            half = Some(if suffix.starts_with('p') {
                Half::Afternoon
            } else if suffix == "noon" {
                Half::Noon
            } else {
                Half::Morning
            });
        }
        if s.attempt(|s| {
            s.blanks()
                .eat_any(&["(次日)", "(翌日)", "(+1)", "+1", "(第二天)", "(次)"])
        })
        .is_some()
        {
            days_later = Some(1);
        }
        let exists = minute < 60 && (hour < 24 || hour == 24 && minute == 0);
        let mut total = hour * 60 + minute;
        let carried = half.or(before.filter(|b| {
            signed && *b == Half::Afternoon && (1..8).contains(&hour) && days_later.is_none()
        }));
        match carried {
            Some(Half::Afternoon) if hour < 12 => total += 12 * 60,
            Some(Half::Night) if (4..=12).contains(&hour) => total += 12 * 60,
            Some(Half::Noon) if hour < 4 => total += 12 * 60,
            Some(Half::Morning)
                if hour == 12
                    && half.is_some()
                    && minute < 60
                    && (!matches!(said, Some(Half::Morning)) || signed && morning) =>
            {
                total = minute;
            }
            _ => {}
        }
        if total == 24 * 60 - 1 {
            total = 24 * 60;
        }
        Some((
            Clock {
                minute: total,
                days_later,
                day,
                exists,
            },
            half,
        ))
    })
}

fn half_here(scan: &mut Scan<'_>) -> Option<Half> {
    if scan.rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    HALVES
        .iter()
        .find(|(word, _)| scan.eat(word))
        .map(|(_, half)| *half)
}

/// 8:00, 8:00:00, 8点, 8点半, 08时30分, 八点, 8h30: hour, minute, and that it is surely a clock.
fn hour_and_minute(scan: &mut Scan<'_>) -> Option<(u32, u32, bool)> {
    if scan.eat_word(&["noon"]).is_some() {
        return Some((12, 0, true));
    }
    if scan.eat_word(&["midnight"]).is_some() {
        return Some((24, 0, true));
    }
    let hour = match scan.peek()? {
        '0'..='9' => scan.digits(1, 2)?.0,
        _ => chinese_number(scan)?,
    };
    if scan.eat(":") {
        let (minute, _) = scan.digits(1, 2)?;
        scan.attempt(|s| s.eat(":").then(|| s.digits(2, 2))?);
        scan.attempt(|s| s.eat(".").then(|| s.digits(1, 6))?);
        return Some((hour, minute, true));
    }
    scan.blanks();
    if scan.rest.starts_with("小时")
        || scan.rest.starts_with("时段")
        || scan.rest.starts_with("时间")
    {
        return None;
    }
    scan.eat_any(&["点钟", "点整", "时整", "点", "时", "時", "시", "h"])?;
    scan.blanks();
    if scan.eat_any(&["半"]).is_some() {
        return Some((hour, 30, true));
    }
    if scan.eat("一刻") {
        return Some((hour, 15, true));
    }
    if scan.eat("三刻") {
        return Some((hour, 45, true));
    }
    let minute = scan.attempt(|s| {
        let minute = match s.peek()? {
            '0'..='9' => s.digits(1, 2)?.0,
            _ => chinese_number(s)?,
        };
        s.eat_any(&["分钟", "分", "분"]);
        Some(minute)
    });
    Some((hour, minute.unwrap_or(0), true))
}

/// 700, 0830, 8: a clock only where something else says so.
fn bare_hour(
    scan: &mut Scan<'_>,
    looseness: Looseness,
    prefixed: bool,
) -> Option<(u32, u32, bool)> {
    let (value, digits) = scan.digits(1, 4)?;
    let suffixed = [
        "am", "pm", "AM", "PM", " am", " pm", " AM", " PM", "a.m", "p.m",
    ]
    .iter()
    .any(|w| scan.rest.starts_with(w));
    let ranged = digits == 4 && scan.rest.starts_with(['-', '~', '至', '到']);
    let ends_range = digits == 4 && scan.is_done();
    if looseness == Looseness::Strict && !prefixed && !suffixed && !ranged && !ends_range {
        return None;
    }
    if scan
        .peek()
        .is_some_and(|c| matches!(c, '月' | '日' | '号' | '年' | '.' | '/' | '人' | '个'))
    {
        return None;
    }
    Some(if digits >= 3 {
        (value / 100, value % 100, false)
    } else {
        (value, 0, false)
    })
}

/// The canonical word of a cell that is a shift word.
fn shift_word_only(text: &str) -> Option<String> {
    is_shift_word(text).then(|| text.to_owned())
}

pub(super) fn is_shift_word(text: &str) -> bool {
    meaning(text).is_some()
}

/// What the vocabulary takes a shift word for.
pub(super) fn meaning(text: &str) -> Option<ShiftWord> {
    let word = text.trim().trim_start_matches('(').trim_end_matches(')');
    WORDS.whole(word)
}

static WORDS: LazyLock<Lexicon<ShiftWord>> =
    LazyLock::new(|| Lexicon::of(SHIFT_WORDS.iter().copied()));

/// Whether a shift word may begin with this character.
pub(super) fn may_begin_word(c: char) -> bool {
    WORDS.may_begin(c)
}

/// The longest shift word `text` begins with.
pub(super) fn shift_word_first(text: &str) -> Option<(&'static str, &str)> {
    static LONGER: LazyLock<Lexicon<()>> = LazyLock::new(|| {
        let words = SHIFT_WORDS.iter().map(|(word, _)| *word);
        let longer = words.filter(|word| !word.is_ascii() && word.chars().count() > 1);
        Lexicon::of(longer.map(|word| (word, ())))
    });
    let words = LONGER.starts_of(text).map(|entry| entry.word);
    let word = words.max_by_key(|word| word.len())?;
    text.strip_prefix(word).map(|rest| (word, rest))
}
