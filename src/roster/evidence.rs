//! The whole sheet asked once, before any row is read: which year, which month, which of 03/10
//! is the month, what titles and notes say of hours.

use std::collections::HashMap;
use std::ops::Range;

use chrono::{Datelike, NaiveDate, Weekday};

use super::Asked;
use super::answers::{Answers, SlashOrder, WordMeans};
use super::asking::is_thin;
use super::calendar::{Calendar, HandoverFrom, Meaning, Stretch, legend_key};
use super::day::{Day, Spelling};
use super::days::{Days, days, only_days};
use super::heading::exact_heading;
use super::hours::{Hours, ShiftWord, meaning};
use super::months::{month_in, year_in};
use super::prose::{Told, told};
use super::sheet::{Cell, Kind, Sheet};
use super::threads::in_shares;
use super::weekdays::only_weekday;
use super::year::{YearFrom, period_days, year_of};

/// The calendar a sheet is to be read by.
pub(super) fn calendar(sheet: &Sheet<'_>, asked: &Asked) -> Calendar {
    let mut calendar = Calendar {
        year: 0,
        year_from: None,
        month: None,
        day_first: false,
        told_order: None,
        told_year: None,
        year_is_of_january: false,
        period: period_days(asked),
        handover: asked.handover_minute,
        handover_from: HandoverFrom::Asked,
        legend: HashMap::new(),
        legend_of_words: HashMap::new(),
        told_words: std::collections::HashSet::new(),
        hours: None,
        words: sheet
            .rows
            .iter()
            .flatten()
            .filter(|c| c.kind == Kind::Shift || c.kind == Kind::Post)
            .filter_map(|c| shift_word(&c.text))
            .collect(),
        max_shift_minutes: asked.max_shift_minutes,
    };
    let mut year = None;
    prose(sheet, &mut calendar, &mut year);
    told_hours(&mut calendar, &asked.answers);
    let dated = dated(sheet);
    let written = dated
        .iter()
        .flat_map(|d| d.days.list.iter())
        .find_map(|(day, _)| day.year);
    let named: Vec<(u32, u32, Option<Weekday>)> =
        dated.iter().filter_map(|d| named(d, &calendar)).collect();
    if let Some(year) = year.or(written) {
        calendar.year = year;
    } else {
        let (year, from) = year_of(&named, asked);
        let told = asked
            .answers
            .year()
            .filter(|_| is_thin(from) && !dated.is_empty());
        calendar.told_year = told;
        calendar.year = told.unwrap_or(year);
        calendar.year_from = Some(from).filter(|_| !dated.is_empty() && told.is_none());
    }
    let months = |wanted: &[u32]| named.iter().any(|(m, ..)| wanted.contains(m));
    let january_title = (0..sheet.rows.len().min(5))
        .flat_map(|r| sheet.filled(r))
        .any(|(_, c)| c.text.contains("元旦") || c.text.contains("春节"));
    calendar.year_is_of_january = months(&[12])
        && months(&[1])
        && (january_title || calendar.year_from == Some(YearFrom::Period));
    calendar.day_first = day_first(&dated, &calendar);
    if let Some(order) = asked.answers.slashes()
        && !slashes_are_settled(sheet, &calendar)
    {
        calendar.day_first = order == SlashOrder::DayFirst;
        calendar.told_order = Some(order);
    }
    calendar
}

/// What a person said of hours, where the file itself says nothing.
fn told_hours(calendar: &mut Calendar, answers: &Answers) {
    if let Some(minute) = answers.day_begins()
        && calendar.handover_from == HandoverFrom::Asked
    {
        calendar.handover = minute;
        calendar.handover_from = HandoverFrom::Told;
    }
    for (word, means) in answers.words() {
        let meaning = match means {
            WordMeans::Hours {
                start_minute,
                end_minute,
            } if start_minute < end_minute && end_minute <= 2 * 24 * 60 => {
                Meaning::Hours(Stretch {
                    start: start_minute,
                    end: end_minute,
                })
            }
            WordMeans::Hours { .. } => continue,
            WordMeans::OffDuty => Meaning::Word(ShiftWord::Off),
        };
        let key = legend_key(word);
        if !calendar.legend.contains_key(&key) {
            calendar.told_words.insert(key.clone());
            calendar.legend.insert(key, meaning);
        }
    }
}

/// Titles, notes and legends.
fn prose(sheet: &Sheet<'_>, calendar: &mut Calendar, year: &mut Option<i32>) {
    let mut hours = Vec::new();
    let shares = in_shares(0..sheet.rows.len(), sheet.threads, |rows| {
        Notes::of(sheet, rows)
    });
    for notes in shares {
        *year = year.or(notes.year);
        calendar.month = calendar.month.or(notes.month);
        for Noted { told, is_of_all } in notes.told {
            calendar.learn(told.legend);
            if let Some(handover) = told.handover {
                calendar.handover = handover;
                calendar.handover_from = HandoverFrom::File;
            }
            if is_of_all {
                hours.extend(told.hours);
            }
        }
    }
    hours.dedup();
    if let [only] = hours[..] {
        calendar.hours = Some(only);
    } else if let Some(day) = hours.iter().find(|s| s.end - s.start == 1440) {
        calendar.hours = Some(*day);
    }
}

/// What some rows say outside their tables.
#[derive(Default)]
struct Notes {
    /// The first year and the first month.
    year: Option<i32>,
    month: Option<u32>,
    told: Vec<Noted>,
}

struct Noted {
    told: Told,
    /// Its hours, where it gives any to no word, are those of all.
    is_of_all: bool,
}

impl Notes {
    fn of(sheet: &Sheet<'_>, rows: Range<usize>) -> Self {
        let mut notes = Self::default();
        for row in rows {
            let filled = sheet.filled(row).count();
            for (column, cell) in sheet.filled(row) {
                notes.cell(cell, row, filled);
                let code_then_range = column == 0
                    && matches!(cell.kind, Kind::Shift | Kind::Code)
                    && filled <= 3
                    && sheet.kind(row, 1) == Kind::Range;
                if code_then_range {
                    let line = format!("{}:{}", cell.text, sheet.text(row, 1));
                    let legend = told(&line).legend;
                    let told = Told {
                        legend,
                        ..Told::default()
                    };
                    notes.note(told, false);
                }
            }
        }
        notes
    }

    /// A cell of a row that has so many `filled`.
    fn cell(&mut self, cell: &Cell<'_>, row: usize, filled: usize) {
        let alone = filled == 1;
        let wordy = matches!(
            cell.kind,
            Kind::Text | Kind::Unit | Kind::Post | Kind::Month
        ) || cell.kind == Kind::Line && alone
            || matches!(cell.kind, Kind::Label(_)) && cell.text.chars().count() > 6;
        if wordy && (alone || row < 3) {
            if self.year.is_none() {
                self.year = year_in(&cell.text);
            }
            if self.month.is_none() && cell.kind != Kind::Line {
                self.month = month_in(&cell.text).map(|(_, month)| month);
            }
        }
        let legend_like = matches!(cell.kind, Kind::Text)
            || alone && !matches!(cell.kind, Kind::Line | Kind::People | Kind::Days);
        if legend_like {
            self.note(told(&cell.text), alone || row < 3);
        }
    }

    fn note(&mut self, told: Told, is_of_all: bool) {
        if told != Told::default() {
            self.told.push(Noted { told, is_of_all });
        }
    }
}

struct Dated {
    days: Days,
    weekday: Option<Weekday>,
}

/// Every cell that names days, with the weekday beside it or under it.
fn dated(sheet: &Sheet<'_>) -> Vec<Dated> {
    let of_share = |rows: Range<usize>| dated_rows(sheet, rows);
    let shares = in_shares(0..sheet.rows.len(), sheet.threads, of_share);
    shares.into_iter().flatten().collect()
}

fn dated_rows(sheet: &Sheet<'_>, rows: Range<usize>) -> Vec<Dated> {
    let mut found = Vec::new();
    for row in rows {
        let weekdays: Vec<usize> = sheet
            .filled(row)
            .filter(|(_, c)| c.kind == Kind::Weekday)
            .map(|(at, _)| at)
            .collect();
        for (column, cell) in sheet.filled(row) {
            let named = match cell.kind {
                Kind::Days => only_days(&cell.text),
                Kind::Moment | Kind::Line => days(&cell.text).map(|(d, _)| d),
                Kind::Number if sheet.kind(row + 1, column) == Kind::Weekday => {
                    cell.text.parse().ok().map(|day| {
                        Days::one(Day {
                            year: None,
                            month: None,
                            day,
                            spelling: Spelling::Plain,
                        })
                    })
                }
                _ => None,
            };
            let Some(days) = named else { continue };
            let under = (sheet.kind(row + 1, column) == Kind::Weekday)
                .then(|| only_weekday(sheet.text(row + 1, column)))
                .flatten();
            let beside = match weekdays[..] {
                [at] => only_weekday(sheet.text(row, at)),
                _ => None,
            };
            let weekday = days.weekday.or(beside).or(under);
            found.push(Dated { days, weekday });
        }
    }
    found
}

fn named(dated: &Dated, calendar: &Calendar) -> Option<(u32, u32, Option<Weekday>)> {
    let [(day, None)] = dated.days.list[..] else {
        return None;
    };
    if day.spelling == Spelling::Lunar {
        return None;
    }
    Some((day.month.or(calendar.month)?, day.day, dated.weekday))
}

/// Whether `03/10` puts the day first: by the period, the weekdays, the run of the dates.
fn day_first(dated: &[Dated], calendar: &Calendar) -> bool {
    let slashed: Vec<(Day, Option<Weekday>)> = dated
        .iter()
        .flat_map(|d| d.days.list.iter().map(|(day, _)| (*day, d.weekday)))
        .filter(|(d, _)| d.spelling == Spelling::Slashed)
        .collect();
    if slashed.is_empty() {
        return false;
    }
    let read = |day: &Day, day_first: bool| {
        let (month, number) = if day_first {
            (day.day, day.month?)
        } else {
            (day.month?, day.day)
        };
        NaiveDate::from_ymd_opt(day.year.unwrap_or(calendar.year), month, number)
    };
    let score = |day_first: bool| {
        let readings: Vec<Option<NaiveDate>> = slashed
            .iter()
            .map(|(day, _)| read(day, day_first))
            .collect();
        let inside = readings
            .iter()
            .flatten()
            .filter(|d| {
                calendar
                    .period
                    .is_some_and(|(from, to)| from <= **d && **d <= to)
            })
            .count();
        let weekdays = readings
            .iter()
            .zip(&slashed)
            .filter(|(d, (_, w))| d.map(|d| d.weekday()) == *w && w.is_some())
            .count();
        let runs = readings.windows(2).filter(|w| matches!((w[0], w[1]), (Some(a), Some(b)) if (0..=1).contains(&(b - a).num_days()))).count();
        inside * 100 + weekdays * 10 + runs
    };
    score(true) > score(false)
}

/// Whether nothing but a convention says which number of `03/10` is the month.
pub(super) fn slashes_are_settled(sheet: &Sheet<'_>, calendar: &Calendar) -> bool {
    let found = dated(sheet);
    let dates: Vec<NaiveDate> = found
        .iter()
        .flat_map(|d| d.days.list.iter())
        .filter(|(d, _)| d.spelling == Spelling::Slashed)
        .filter_map(|(d, _)| calendar.date(d))
        .collect();
    let weekdays = found.iter().any(|d| {
        d.weekday.is_some()
            && d.days.list.iter().any(|(d2, _)| {
                d2.spelling == Spelling::Slashed
                    && calendar.date(d2).map(|x| x.weekday()) == d.weekday
            })
    });
    let steps = dates
        .windows(2)
        .filter(|w| (w[1] - w[0]).num_days() == 1)
        .count();
    weekdays || steps >= 2 && !calendar.day_first || follows_a_plain_day(&found, calendar)
}

/// 10-2 and under it 10/3: the day before or after is written so that nobody can doubt it.
fn follows_a_plain_day(found: &[Dated], calendar: &Calendar) -> bool {
    let days: Vec<(bool, NaiveDate)> = found
        .iter()
        .filter_map(|dated| match dated.days.list[..] {
            [(day, None)] => Some((day.spelling == Spelling::Slashed, calendar.date(&day)?)),
            _ => None,
        })
        .collect();
    days.windows(2).any(|pair| match pair {
        [(one, first), (other, second)] => one != other && first.succ_opt() == Some(*second),
        _ => false,
    })
}

/// The kind of shift a cell's word names: 夜班, 夜班值班员.
fn shift_word(text: &str) -> Option<ShiftWord> {
    meaning(text).or_else(|| match exact_heading(text).hours {
        Some(Hours::Word(word)) => meaning(&word),
        _ => None,
    })
}
