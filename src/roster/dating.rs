//! Which days a row is about: its own cell, its start and end, a section's heading, a weekday,
//! or the row above.

use chrono::{Datelike, Months, NaiveDate, Weekday};
use foldhash::HashMap;

use super::book::At;
use super::day::{Day, Spelling, day_of_serial};
use super::days::{Days, only_days};
use super::facts::{RowFacts, Section};
use super::finding::Code;
use super::hours::{Clock, Hours, Looseness, hours, minutes_of_fraction, only_hours};
use super::misread::Misread;
use super::names::{Spacing, is_people};
use super::reader::Reader;
use super::row_kind::RowKind;
use super::sheet::{Cell, Kind};
use super::table::{Block, Column, Holds, time_cell};
use super::vocabulary::Field;
use super::weekdays::only_weekday;

/// How the last day of one row stands to the first of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chain {
    EndIsLastDay,
    EndIsNextStart,
}

/// What the rows above a row say of days.
pub(super) struct Above<'f> {
    /// The last row with a date of its own.
    pub dated: Option<&'f RowFacts>,
    /// The last day named.
    pub day: Option<NaiveDate>,
}

/// The same while the rows are gone through.
#[derive(Default)]
pub(super) struct Passed {
    dated: Option<usize>,
    day: Option<NaiveDate>,
}

impl Passed {
    pub fn of<'f>(&self, rows: &'f [RowFacts]) -> Above<'f> {
        Above {
            dated: self.dated.and_then(|row| rows.get(row)),
            day: self.day,
        }
    }

    /// Goes past a row, which is to stand at `index`.
    pub fn pass(&mut self, row: &RowFacts, index: usize) {
        self.dated = row.dated_at.map(|_| index).or(self.dated);
        self.day = row.dates.last().copied().or(self.day);
    }
}

impl Reader<'_, '_> {
    /// The row's dates: its own cell's, a section's, the weekday's, or the row's above.
    pub(super) fn date_row(
        &mut self,
        fact: &mut RowFacts,
        own: Option<(Days, At)>,
        weekday: Option<Weekday>,
        section: &Section,
        above: &Above<'_>,
    ) {
        if let Some((days, at)) = own {
            fact.dated_at = Some(at);
            let days = match above.day {
                Some(above) if self.calendar.needs_month() => in_month_above(days, above),
                _ => days,
            };
            let (mut dates, wrong) = self.calendar.dates(&days);
            if let Some(taken) = lost_zero(self.sheet.text(at.0, at.1), &dates, above.day) {
                let text = self.quote(at).to_owned();
                self.book
                    .find(Code::F324, at, Misread::AmbiguousDate { text, taken });
                dates = vec![taken];
            }
            for day in &wrong {
                let instead = fitting(days.weekday.or(weekday), above.day);
                let text = self.quote(at).to_owned();
                if let Some(told) = self.day_if_told(at, &text, instead) {
                    dates.push(told);
                    continue;
                }
                self.no_such_day(day, instead, at);
                self.book.unread(None, instead.map(|d| (d, d)), at);
            }
            if let ([date], Some(written)) = (&dates[..], days.weekday.or(weekday))
                && date.weekday() != written
            {
                let matter = Misread::WeekdayMismatch {
                    date: *date,
                    written,
                    real: date.weekday(),
                };
                self.book.find(Code::H403, at, matter);
            }
            fact.dates = dates;
            return;
        }
        if fact.broken && fact.hours.is_none() && fact.dated_at.is_none() {
            return;
        }
        if let Some(days) = &section.days {
            fact.dates = self.calendar.dates(days).0;
        } else if let Some(weekday) = weekday.filter(|_| above.dated.is_none()) {
            fact.dates = self.dates_of_weekday(weekday);
        } else if let Some(last) = above.dated.filter(|f| f.unit == fact.unit) {
            fact.dates.clone_from(&last.dates);
            fact.date_carried = true;
        }
    }

    /// A day that does not exist, or whose month nothing gives.
    pub(super) fn no_such_day(&mut self, day: &Day, instead: Option<NaiveDate>, at: At) {
        let text = self.quote(at).to_owned();
        let matter = if day.month.is_none() && day.day <= 31 {
            Misread::NoMonth { text }
        } else {
            Misread::BadDate { text, instead }
        };
        self.book.find(Code::F303, at, matter);
    }

    /// Columns of starts and ends, with dates or without.
    pub(super) fn starts_and_ends(
        &mut self,
        block: &Block,
        columns: &[Column],
        fact: &mut RowFacts,
        own_days: &mut Option<(Days, At)>,
        exclusive_ends: Chain,
    ) {
        let find = |field| column_of(block, columns, field);
        let (Some(start), end) = (find(Field::Start), find(Field::End)) else {
            return;
        };
        let row = fact.row;
        let starts = self.moment_cells(block, columns, (row, Field::Start));
        let ends = self.moment_cells(block, columns, (row, Field::End));
        let (start_text, end_text) = (plain_text(&starts), plain_text(&ends));
        let raw = |cells: &[&Cell<'_>]| {
            let raws: Vec<&str> = cells.iter().map(|cell| cell.raw).collect();
            raws.join(" ")
        };
        if start_text.is_empty() && end_text.is_empty() {
            return;
        }
        if let (Some(from), Some(to)) = (only_days(&start_text), only_days(&end_text)) {
            let days = self.first_to_last(from, &to, exclusive_ends);
            own_days.get_or_insert((days, (row, start)));
            return;
        }
        let text = format!("{}–{}", raw(&starts), raw(&ends));
        let (from, to) = (moment_cell(&start_text), moment_cell(&end_text));
        match (from, to) {
            (Some(from), Some(to)) => {
                if own_days.is_none() {
                    *own_days = from.day.map(|d| (Days::one(d), (row, start)));
                }
                fact.hours = Some((
                    Hours::Range {
                        start: from,
                        end: to,
                    },
                    (row, end.unwrap_or(start)),
                    text,
                ));
            }
            (Some(from), None) if end_text.is_empty() => {
                let lasting = find(Field::Length).map(|c| self.sheet.text(row, c));
                if let Some(minutes) = lasting.and_then(length_cell).filter(|_| from.exists) {
                    if own_days.is_none() {
                        *own_days = from.day.map(|d| (Days::one(d), (row, start)));
                    }
                    let hours = lasting_from(from, minutes);
                    fact.hours = Some((hours, (row, start), text));
                    return;
                }
                if let Some(Hours::Range { .. }) = time_cell(&start_text) {
                    fact.hours = time_cell(&start_text).map(|h| (h, (row, start), text));
                    return;
                }
                if own_days.is_none() {
                    *own_days = from.day.map(|d| (Days::one(d), (row, start)));
                }
                self.book.find(
                    Code::F322,
                    (row, start),
                    Misread::LoneClock { text: start_text },
                );
                fact.broken = true;
            }
            _ => {
                if let Some(found @ Hours::Range { .. }) = time_cell(&start_text) {
                    fact.hours = Some((found, (row, start), text));
                    return;
                }
                if own_days.is_none() {
                    *own_days = moment_cell(&start_text)
                        .or(moment_cell(&end_text))
                        .and_then(|c| c.day)
                        .map(|d| (Days::one(d), (row, start)));
                }
                let broken = if moment_cell(&start_text).is_none() {
                    start
                } else {
                    end.unwrap_or(start)
                };
                let raw = self
                    .sheet
                    .cell(row, broken)
                    .map_or("", |c| c.raw)
                    .to_owned();
                self.book
                    .find(Code::F310, (row, broken), Misread::BadTime { text: raw });
                fact.broken = true;
            }
        }
    }

    /// What a row says of its start or its end: one cell, or a day and a clock in two.
    fn moment_cells(
        &self,
        block: &Block,
        columns: &[Column],
        at: (usize, Field),
    ) -> Vec<&Cell<'_>> {
        let (row, field) = at;
        let of_field = columns.iter().zip(block.columns.clone());
        let of_field = of_field.filter(|(column, _)| column.holds == Holds::Field(field));
        let cells = of_field.filter_map(|(_, column)| self.sheet.cell(row, column));
        let mut cells: Vec<&Cell<'_>> = cells.collect();
        cells.sort_by_key(|cell| cell.kind != Kind::Days);
        cells
    }

    /// From a first day to a last, which may be the day the next row begins.
    fn first_to_last(&self, from: Days, to: &Days, ends: Chain) -> Days {
        let mut days = from;
        let (Some((first, until)), Some((last, _))) = (days.list.first_mut(), to.list.first())
        else {
            return days;
        };
        if ends == Chain::EndIsLastDay {
            *until = Some(*last).filter(|last| last != first);
            return days;
        }
        let (begins, ends) = (self.calendar.date(first), self.calendar.date(last));
        let nights = begins.zip(ends).map_or(0, |(a, b)| (b - a).num_days());
        if nights > 1 {
            *until = ends.and_then(|d| d.pred_opt()).map(written);
        }
        days
    }

    /// Whether each row ends on the day the next begins.
    pub(super) fn chained(
        &self,
        block: &Block,
        columns: &[Column],
        kinds: &HashMap<usize, RowKind>,
    ) -> Chain {
        let find = |field| column_of(block, columns, field);
        let (Some(start), Some(end)) = (find(Field::Start), find(Field::End)) else {
            return Chain::EndIsLastDay;
        };
        let rows: Vec<usize> = block
            .rows
            .clone()
            .filter(|r| kinds.get(r) == Some(&RowKind::Data))
            .collect();
        let day = |r: usize, c: usize| {
            only_days(self.sheet.text(r, c))
                .and_then(|d| d.list.first().map(|(d, _)| *d))
                .and_then(|d| self.calendar.date(&d))
        };
        let chained = rows
            .windows(2)
            .filter(|w| day(w[0], end).is_some() && day(w[0], end) == day(w[1], start))
            .count();
        if chained > 0 && chained * 2 >= rows.len().saturating_sub(1) {
            Chain::EndIsNextStart
        } else {
            Chain::EndIsLastDay
        }
    }
}

fn plain_text(cells: &[&Cell<'_>]) -> String {
    let texts: Vec<&str> = cells.iter().map(|cell| cell.text.as_ref()).collect();
    texts.join(" ")
}

/// A cell that is one clock, with its date or without; also a day number with its fraction.
fn moment_cell(text: &str) -> Option<Clock> {
    if let Ok(number) = text.parse::<f64>()
        && (40_000.0..60_000.0).contains(&number)
    {
        #[allow(clippy::cast_possible_truncation)]
        let day = day_of_serial(number.trunc() as i64)?;
        return Some(Clock {
            minute: minutes_of_fraction(number.fract())?,
            days_later: None,
            day: Some(day),
            exists: true,
        });
    }
    match time_cell(text)? {
        Hours::At(clock) => Some(clock),
        _ => None,
    }
}

/// 24小时, 12h, 8.5: minutes.
fn length_cell(text: &str) -> Option<u32> {
    let number = text
        .trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, '个' | ' ' | '.'))
        .trim();
    let hours: f64 = number
        .replace(',', ".")
        .parse()
        .ok()
        .filter(|h| (0.0..=200.0).contains(h))?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let minutes = (hours * 60.0).round() as u32;
    let in_hours = text[number.len()..].trim();
    let unit = [
        "",
        "小时",
        "个小时",
        "h",
        "hr",
        "hrs",
        "hour",
        "hours",
        "时",
    ];
    (minutes > 0 && unit.iter().any(|u| u.eq_ignore_ascii_case(in_hours))).then_some(minutes)
}

/// From a clock on for so many minutes.
fn lasting_from(start: Clock, minutes: u32) -> Hours {
    let end = start.minute + minutes;
    let day = 24 * 60;
    let later = start.days_later.unwrap_or(0) + end / day;
    Hours::Range {
        start,
        end: Clock {
            minute: end % day,
            days_later: Some(later),
            day: None,
            exists: true,
        },
    }
}

pub(super) fn written(date: NaiveDate) -> super::day::Day {
    super::day::Day {
        year: Some(date.year()),
        month: Some(date.month()),
        day: date.day(),
        spelling: super::day::Spelling::Plain,
    }
}

/// 10.10 saved as a number is 10.1: what the day after the 9th must have been.
fn lost_zero(text: &str, dates: &[NaiveDate], above: Option<NaiveDate>) -> Option<NaiveDate> {
    let [date] = dates else { return None };
    let (_, fraction) = text.split_once('.')?;
    let lost = date
        .with_day(date.day() * 10)
        .filter(|_| fraction.len() == 1)?;
    (above?.succ_opt() == Some(lost)).then_some(lost)
}

/// The day a wrong date was meant to be: the day after the row above, if the weekday agrees.
fn fitting(weekday: Option<Weekday>, above: Option<NaiveDate>) -> Option<NaiveDate> {
    let next = above?.succ_opt()?;
    weekday.is_none_or(|w| next.weekday() == w).then_some(next)
}

/// Days whose month nothing gives stand in the month of the day above, or begin the next: 3日 under
/// 10月2日, 1日 under 10月31日.
fn in_month_above(mut days: Days, above: NaiveDate) -> Days {
    const MONTH_ENDS: u32 = 28;
    for (from, to) in &mut days.list {
        let begins_next = above.day() >= MONTH_ENDS && from.day < above.day();
        let next = above.checked_add_months(Months::new(1));
        let (year, month) = match next.filter(|_| begins_next) {
            Some(next) => (next.year(), next.month()),
            None => (above.year(), above.month()),
        };
        for day in std::iter::once(from).chain(to) {
            if day.month.is_none() && day.spelling != Spelling::Lunar {
                (day.month, day.year) = (Some(month), day.year.or(Some(year)));
            }
        }
    }
    days
}

/// 3, 1、3、5, 3(周六): days by their numbers alone.
fn bare_days(text: &str) -> Option<Days> {
    let beside = text.strip_suffix(')').and_then(|text| text.split_once('('));
    let weekday = beside.and_then(|(_, inside)| only_weekday(inside));
    let text = beside
        .filter(|_| weekday.is_some())
        .map_or(text, |(text, _)| text);
    let numbers = text.split(['、', ',', ' ']).filter(|part| !part.is_empty());
    let days = numbers.map(|number| {
        let day = number.parse().ok().filter(|day| (1..=31).contains(day))?;
        let day = Day {
            year: None,
            month: None,
            day,
            spelling: Spelling::Plain,
        };
        Some((day, None))
    });
    let list: Vec<_> = days.collect::<Option<_>>()?;
    (!list.is_empty()).then_some(Days { list, weekday })
}

/// The days of a cell in a column of days, with its hours; `month` is a column's beside it.
pub(super) fn date_cell(
    text: &str,
    month: Option<(Option<i32>, u32)>,
) -> Option<(Days, Option<Hours>)> {
    let in_month = |mut days: Days| {
        if let Some((year, month)) = month {
            for (from, to) in &mut days.list {
                for day in std::iter::once(from).chain(to) {
                    if day.month.is_none() {
                        (day.month, day.year) = (Some(month), day.year.or(year));
                    }
                }
            }
        }
        days
    };
    if let Some(days) = only_days(text) {
        return Some((in_month(days), None));
    }
    if let Some(days) = bare_days(text) {
        return Some((in_month(days), None));
    }
    let (days, rest) = super::days::days(text)?;
    let rest = rest
        .trim_start_matches([' ', ',', '\n', ':', 'T', '('])
        .trim_end_matches(')');
    if let Some((Hours::Range { start, end }, left)) = hours(text) {
        let whole = left.trim().is_empty() && start.day.is_some();
        if whole {
            return Some((Days::one(start.day?), Some(Hours::Range { start, end })));
        }
    }
    let hours = only_hours(rest, Looseness::Strict);
    let short = rest.chars().count() <= 8
        && !rest.chars().any(|c| c.is_ascii_digit())
        && !is_people(rest, Spacing::BetweenPeople);
    (hours.is_some() || short).then(|| (in_month(days), hours))
}

/// The first column of a block that holds `field`.
fn column_of(block: &Block, columns: &[Column], field: Field) -> Option<usize> {
    let at = columns
        .iter()
        .position(|c| c.holds == Holds::Field(field))?;
    Some(block.columns.start + at)
}
