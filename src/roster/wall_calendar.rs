//! Wall calendars: weeks down, weekdays across, the day and its people in one cell.
//!
//! Does not read the people: a cell without its day is text like any other.

use chrono::{Datelike, NaiveDate};

use super::CellUse;
use super::day::{Day, Spelling};
use super::days::{Days, days};
use super::finding::Code;
use super::misread::Misread;
use super::reader::Reader;
use super::sheet::Kind;
use super::table::{Block, Column};

impl Reader<'_, '_> {
    /// Weeks down, weekdays across, the day and its people in one cell.
    pub fn wall_calendar(&mut self, block: &Block, columns: &[Column]) {
        let mut last: Option<NaiveDate> = None;
        for row in block.rows.clone() {
            for (column, c) in columns.iter().zip(block.columns.clone()) {
                let Some(cell) = self.sheet.cell(row, c) else {
                    continue;
                };
                let (text, kind) = (cell.text.to_string(), cell.kind);
                let at = (row, c);
                let Some((day, rest)) = day_cell(&text).filter(|_| {
                    matches!(
                        kind,
                        Kind::Line | Kind::Number | Kind::Days | Kind::Text | Kind::People
                    )
                }) else {
                    continue;
                };
                let (dates, wrong) = self.calendar.dates(&day);
                if let (false, Some((wrong, _))) = (wrong.is_empty(), day.list.first()) {
                    let _ = wrong;
                    self.book.find(
                        Code::F303,
                        at,
                        Misread::BadDate {
                            text: text.clone(),
                            instead: last.and_then(|d| d.succ_opt()),
                        },
                    );
                    continue;
                }
                let Some(mut date) = dates.first().copied() else {
                    continue;
                };
                let bare = day.list.iter().all(|(d, _)| d.month.is_none());
                if let (true, Some(before)) = (bare, last)
                    && date < before
                {
                    date = date
                        .checked_add_months(chrono::Months::new(1))
                        .unwrap_or(date);
                }
                if let Some(weekday) = column.weekday.filter(|w| *w != date.weekday()) {
                    let earlier = date
                        .checked_sub_months(chrono::Months::new(1))
                        .filter(|d| bare && last.is_none() && d.weekday() == weekday);
                    match earlier {
                        Some(earlier) => date = earlier,
                        None => self.book.find(
                            Code::H403,
                            at,
                            Misread::WeekdayMismatch {
                                date,
                                written: weekday,
                                real: date.weekday(),
                            },
                        ),
                    }
                }
                last = Some(date);
                if rest.trim().is_empty() {
                    self.book.account(at, CellUse::Header, None);
                    continue;
                }
                self.free_text(&[date], &rest, at, None);
            }
        }
        for row in block.header.clone() {
            for c in block.columns.clone() {
                self.book.account((row, c), CellUse::Header, None);
            }
        }
    }
}

/// The day a wall calendar's cell begins with, and the rest.
fn day_cell(text: &str) -> Option<(Days, String)> {
    if let Some((found, rest)) = days(text) {
        return Some((found, rest.to_owned()));
    }
    let first: String = text.chars().take_while(char::is_ascii_digit).collect();
    let day: u32 = first.parse().ok().filter(|d| (1..=31).contains(d))?;
    let rest = &text[first.len()..];
    if rest.starts_with([':', '/', '.'])
        && rest.len() > 1
        && rest[1..].starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let day = Day {
        year: None,
        month: None,
        day,
        spelling: Spelling::Plain,
    };
    Some((
        Days::one(day),
        rest.trim_start_matches([' ', '\n', ':', '.', '、'])
            .to_owned(),
    ))
}
