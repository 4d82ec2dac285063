//! Weekdays without dates: the days of which they are told.

use chrono::{Datelike, NaiveDate, Weekday};

use super::answers::Answer;
use super::days::days;
use super::finding::{Code, Place};
use super::misread::Misread;
use super::questions::{Asks, Question};
use super::reader::Reader;
use crate::time::holidays_of;

/// First and last day.
pub(super) type Stretch = (NaiveDate, NaiveDate);

/// Rows in which a title stands.
const TITLE_ROWS: usize = 3;

/// Nobody writes a template for longer.
const MOST_DAYS: usize = 62;

/// So many stretches are offered.
const MOST_OFFERED: usize = 5;

/// What bare weekdays were spread over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spread {
    /// Nothing in the file says so.
    Taken(Stretch),
    Nowhere,
}

impl Reader<'_, '_> {
    /// The days that are such a weekday: of the title's stretch, of the one a person named, else
    /// of the period asked for.
    pub(super) fn dates_of_weekday(&mut self, weekday: Weekday) -> Vec<NaiveDate> {
        let Some((first, last)) = self.spread_over() else {
            return Vec::new();
        };
        first
            .iter_days()
            .take_while(|day| *day <= last)
            .take(MOST_DAYS)
            .filter(|day| day.weekday() == weekday)
            .collect()
    }

    fn spread_over(&mut self) -> Option<Stretch> {
        if let Some(told) = self.stretch_in_title() {
            return Some(told);
        }
        let whole_file = Some(Place::default());
        if let Some((first, last)) = self.asked.answers.spread() {
            self.note_told(Answer::Spread { first, last }, whole_file);
            return Some((first, last));
        }
        let taken = self.calendar.period.or_else(|| self.holiday_in_title());
        self.spread = Some(taken.map_or(Spread::Nowhere, Spread::Taken));
        if taken.is_some() {
            self.book
                .find_at(Code::F324, whole_file, Misread::WeekdayTemplate);
        }
        taken
    }

    /// 值班表（9月28日—10月4日）
    fn stretch_in_title(&self) -> Option<Stretch> {
        let rows = 0..self.sheet.rows.len().min(TITLE_ROWS);
        let mut titles =
            rows.filter_map(|row| match self.sheet.filled(row).collect::<Vec<_>>()[..] {
                [(_, only)] => Some(only.text.as_ref()),
                _ => None,
            });
        titles.find_map(|title| {
            let mut starts = title.char_indices().filter(|(at, c)| {
                let before = title[..*at].chars().next_back();
                c.is_ascii_digit() && !before.is_some_and(|b| b.is_ascii_digit())
            });
            starts.find_map(|(at, _)| {
                let (found, _) = days(&title[at..])?;
                let [(first, Some(last))] = found.list[..] else {
                    return None;
                };
                let stretch = (self.calendar.date(&first)?, self.calendar.date(&last)?);
                (first.month.is_some() && stretch.0 < stretch.1).then_some(stretch)
            })
        })
    }

    fn holiday_in_title(&self) -> Option<Stretch> {
        let mut cells = self.sheet.rows.iter().take(TITLE_ROWS).flatten();
        let named = cells.any(|cell| cell.text.contains("国庆"));
        let holiday = holidays_of()
            .iter()
            .rev()
            .find(|h| named && h.first_day().year() == self.calendar.year)?;
        Some((holiday.first_day(), holiday.back_day().pred_opt()?))
    }

    /// Of which days the weekdays are told, where nothing in the file says so.
    pub(super) fn spread_question(&self) -> Option<Question> {
        let spread = self.spread?;
        let mut offered: Vec<Stretch> = match spread {
            Spread::Taken(taken) => [Some(taken), week_of(taken.0), month_of(taken.0)]
                .into_iter()
                .flatten()
                .collect(),
            Spread::Nowhere => Vec::new(),
        };
        for holiday in holidays_of().iter().rev() {
            let last = holiday.back_day().pred_opt();
            offered.extend(last.map(|last| (holiday.first_day(), last)));
        }
        let mut choices: Vec<Answer> = Vec::new();
        for (first, last) in offered {
            let choice = Answer::Spread { first, last };
            if choices.len() < MOST_OFFERED && !choices.contains(&choice) {
                choices.push(choice);
            }
        }
        Some(Question {
            asks: Asks::Spread {
                taken: matches!(spread, Spread::Taken(_)),
            },
            place: None,
            choices,
        })
    }
}

/// Monday to Sunday.
fn week_of(day: NaiveDate) -> Option<Stretch> {
    let week = day.week(Weekday::Mon);
    Some((week.checked_first_day()?, week.checked_last_day()?))
}

fn month_of(day: NaiveDate) -> Option<Stretch> {
    let first = day.with_day(1)?;
    let next = first.checked_add_months(chrono::Months::new(1))?;
    Some((first, next.pred_opt()?))
}
