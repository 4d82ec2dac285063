//! The answers a question offers: what offices mostly mean, the guess first.

use chrono::{Datelike, NaiveDate};

use super::answers::{Answer, SlashOrder, WordMeans};
use super::sheet::Sheet;

/// Handovers offices have, in minutes of the day.
const HANDOVERS: [u32; 3] = [8 * 60, 8 * 60 + 30, 9 * 60];

/// Half an hour either way is what offices differ by.
const HALF_HOUR: u32 = 30;

/// A longer row is no row of a table; it has to be mended.
const LONGEST_ROW: usize = 400;

/// The handover taken, the others offices have, and the calendar day.
pub(super) fn handovers(taken: u32) -> Vec<Answer> {
    let mut minutes = vec![taken];
    minutes.extend(HANDOVERS.iter().copied().filter(|m| *m != taken));
    if taken != 0 {
        minutes.push(0);
    }
    let answers = minutes
        .into_iter()
        .map(|minute| Answer::DayBegins { minute });
    answers.collect()
}

/// The hours guessed for a word, and the same half an hour on either side.
pub(super) fn around(word: &str, start: u32, end: u32) -> Vec<Answer> {
    let means = |start_minute, end_minute| Answer::Word {
        word: word.to_owned(),
        means: WordMeans::Hours {
            start_minute,
            end_minute,
        },
    };
    vec![
        means(start, end),
        means(start + HALF_HOUR, end),
        means(start + HALF_HOUR, end + HALF_HOUR),
        Answer::Word {
            word: word.to_owned(),
            means: WordMeans::OffDuty,
        },
    ]
}

/// What a code nobody explains mostly is.
pub(super) fn of_a_code(code: &str) -> Vec<Answer> {
    let hours = [(8, 20), (20, 32), (8, 32), (8, 16), (16, 24), (24, 32)];
    let mut choices: Vec<Answer> = hours
        .into_iter()
        .map(|(start, end)| Answer::Word {
            word: code.to_owned(),
            means: WordMeans::Hours {
                start_minute: start * 60,
                end_minute: end * 60,
            },
        })
        .collect();
    choices.push(Answer::Word {
        word: code.to_owned(),
        means: WordMeans::OffDuty,
    });
    choices
}

/// Both orders of a slashed date, the one it was read in first.
pub(super) fn slashed(text: &str, taken: NaiveDate) -> Option<Vec<Answer>> {
    let order = order_of(text, taken)?;
    let other = match order {
        SlashOrder::MonthFirst => SlashOrder::DayFirst,
        SlashOrder::DayFirst => SlashOrder::MonthFirst,
    };
    Some(
        [order, other]
            .map(|order| Answer::Slashes { order })
            .to_vec(),
    )
}

/// In which order a slashed date was read; `None` where it could be read in one only.
fn order_of(text: &str, taken: NaiveDate) -> Option<SlashOrder> {
    if !text.contains(['/', '／']) || taken.day() > 12 || taken.day() == taken.month() {
        return None;
    }
    let text = super::plain::plain(text);
    let numbers: Vec<u32> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|n| n.parse().ok())
        .collect();
    let stands = |first: u32, second: u32| numbers.windows(2).any(|w| w == [first, second]);
    if stands(taken.month(), taken.day()) {
        Some(SlashOrder::MonthFirst)
    } else if stands(taken.day(), taken.month()) {
        Some(SlashOrder::DayFirst)
    } else {
        None
    }
}

pub(super) fn leaving_out(sheet: &Sheet<'_>, row: usize) -> Option<Answer> {
    let row = sheet.row_text(row);
    (!row.is_empty() && row.chars().count() <= LONGEST_ROW).then_some(Answer::LeftOut { row })
}
