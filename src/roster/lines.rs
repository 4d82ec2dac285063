//! Text without columns: a line for each day, or one for the whole roster; the lines inside a
//! wall calendar's cell.
//!
//! What a line says is asked on all cores, what it means in the order of the lines.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::CellUse;
use super::book::At;
use super::clauses::by_day;
use super::days::Days;
use super::facts::Section;
use super::finding::Code;
use super::hours::Hours;
use super::misread::Misread;
use super::people::Person;
use super::plain::{plain, quoted};
use super::reader::Reader;
use super::row_kind::{RowKind, row_kind};
use super::sheet::{Kind, Sheet};
use super::threads::in_shares;
use super::wording::{Spoken, Wording};

/// What one row says.
struct Line {
    row: usize,
    kind: RowKind,
    /// One of its cells begins with a day and goes on.
    is_lined: bool,
    said: Said,
}

/// What a text says, by the day.
#[derive(Debug, Default)]
struct Said {
    days: Vec<OfDays>,
    /// Where it names no day of its own.
    undated: Vec<Spoken>,
}

/// What a text says of some days.
#[derive(Debug)]
struct OfDays {
    days: Days,
    spoken: Arc<[Spoken]>,
    /// The beginning of the text, for a finding to quote.
    quoted: String,
}

/// So many lines are held at once.
const HELD: usize = 16_384;

impl Line {
    fn of(sheet: &Sheet<'_>, row: usize, wording: &mut Wording) -> Self {
        let kind = row_kind(sheet, row);
        let is_lined = sheet.filled(row).any(|(_, c)| c.kind == Kind::Line);
        let is_told =
            kind != RowKind::Blank && !kind.is_aside() && (is_lined || kind == RowKind::Data);
        Self {
            row,
            kind,
            is_lined,
            said: if is_told {
                Said::of(&plain(&joined(sheet, row)), wording)
            } else {
                Said::default()
            },
        }
    }
}

impl Said {
    fn of(text: &str, wording: &mut Wording) -> Self {
        let days: Vec<OfDays> = by_day(text)
            .into_iter()
            .map(|(days, rest)| OfDays {
                days,
                spoken: wording.spoken(rest).into(),
                quoted: quoted(rest),
            })
            .collect();
        let undated = if days.is_empty() {
            wording.spoken(text)
        } else {
            Vec::new()
        };
        Self { days, undated }
    }
}

/// The cells of a row as one text.
fn joined<'s>(sheet: &'s Sheet<'_>, row: usize) -> Cow<'s, str> {
    let texts: Vec<&str> = sheet.filled(row).map(|(_, c)| c.raw).collect();
    match texts.as_slice() {
        [text] => Cow::Borrowed(*text),
        several => Cow::Owned(several.join("、")),
    }
}

impl Reader<'_, '_> {
    pub fn lines(&mut self, rows: Range<usize>) {
        let mut section = Section::default();
        let sheet = self.sheet;
        for held in rows.clone().step_by(HELD) {
            let held = held..rows.end.min(held + HELD);
            let lines = in_shares(held, sheet.threads, |share| {
                let mut wording = Wording::new(sheet.spacing);
                share
                    .map(|row| Line::of(sheet, row, &mut wording))
                    .collect::<Vec<_>>()
            });
            for line in lines.into_iter().flatten() {
                self.take(&line, &mut section);
            }
        }
    }

    fn take(&mut self, line: &Line, section: &mut Section) {
        let (row, kind) = (line.row, line.kind);
        if kind == RowKind::Blank {
            return;
        }
        if !line.is_lined && kind != RowKind::Data {
            if let (Some(days), true) = (section.days.clone(), kind == RowKind::Title) {
                let sheet = self.sheet;
                let text = sheet.filled(row).next().map_or("", |(_, c)| c.raw);
                let dates = self.calendar.dates(&days).0;
                if self.free_text(&dates, text, (row, 0), None).is_some() {
                    return;
                }
            }
            self.between(row, kind, section);
            return;
        }
        if kind.is_aside() {
            self.aside(row, kind);
            return;
        }
        self.line(line, section);
    }

    fn line(&mut self, line: &Line, section: &Section) {
        let sheet = self.sheet;
        let row = line.row;
        let Some(at) = sheet.filled(row).next().map(|(column, _)| (row, column)) else {
            return;
        };
        let first = if line.said.days.is_empty() {
            let Some(days) = &section.days else { return };
            let dates = self.calendar.dates(days).0;
            self.shifts_of(&dates, &line.said.undated, at, None)
        } else {
            self.days_of_line(&line.said, at, section)
        };
        let used = match first {
            Some(_) => CellUse::Shift,
            None => CellUse::Finding,
        };
        for (column, _) in sheet.filled(row) {
            self.book.account((row, column), used, first);
        }
    }

    /// The lines inside a cell of a table without dates of its own, of the unit of its row; the
    /// first shift of them.
    pub(super) fn lines_in_cell(&mut self, at: At, unit: Option<&str>) -> Option<u32> {
        let said = Said::of(self.sheet.text(at.0, at.1), &mut self.wording);
        let above = self.section_unit.clone();
        self.section_unit = unit.map(str::to_owned).or_else(|| above.clone());
        let first = self.days_of_line(&said, at, &Section::default());
        self.section_unit = above;
        first
    }

    /// Each day a line tells of, with who is on; the first shift of them.
    fn days_of_line(&mut self, said: &Said, at: At, section: &Section) -> Option<u32> {
        let mut first = None;
        for of_days in &said.days {
            let found = &of_days.days;
            let (dates, wrong) = self.calendar.dates(found);
            if !wrong.is_empty() {
                let text = self.quote(at).to_owned();
                let instead = None;
                self.book
                    .find(Code::F303, at, Misread::BadDate { text, instead });
                self.book.unread(None, None, at);
            }
            if let ([date], Some(written)) = (&dates[..], found.weekday)
                && date.weekday() != written
            {
                self.book.find(
                    Code::H403,
                    at,
                    Misread::WeekdayMismatch {
                        date: *date,
                        written,
                        real: date.weekday(),
                    },
                );
            }
            let given = section.hours.as_ref().map(|(hours, ..)| hours);
            let spoken = self.spoken_again(&of_days.spoken);
            let shift = self.shifts_of(&dates, &spoken, at, given);
            if shift.is_some() {
                self.spoken_above = Some(spoken);
            }
            if shift.is_none() && wrong.is_empty() {
                let text = of_days.quoted.clone();
                self.book.find(Code::F319, at, Misread::Unreadable { text });
                let ends = dates.first().copied().zip(dates.last().copied());
                self.book.unread(None, ends, at);
            }
            first = first.or(shift);
        }
        first
    }

    /// What is spoken; the line above once more, where that is all a line says.
    fn spoken_again(&self, spoken: &Arc<[Spoken]>) -> Arc<[Spoken]> {
        let above = self.spoken_above.as_ref();
        let repeats = spoken.iter().all(|one| one.naming.same_as_above) && !spoken.is_empty();
        Arc::clone(above.filter(|_| repeats).unwrap_or(spoken))
    }

    /// Labels, hours and people of a piece of text, on some days.
    pub fn free_text(
        &mut self,
        dates: &[NaiveDate],
        text: &str,
        at: At,
        given: Option<&Hours>,
    ) -> Option<u32> {
        let spoken = self.wording.spoken(text);
        self.shifts_of(dates, &spoken, at, given)
    }

    fn shifts_of(
        &mut self,
        dates: &[NaiveDate],
        spoken: &[Spoken],
        at: At,
        given: Option<&Hours>,
    ) -> Option<u32> {
        let mut first = None;
        for Spoken { part, naming } in spoken {
            let duty = self.duty(part.heading.as_ref(), None);
            let blank = part.people.trim().is_empty();
            if blank && part.heading.is_none() {
                continue;
            }
            let post = self.book.post(&duty.unit, &duty.post, duty.role);
            if blank {
                continue;
            }
            let people: Arc<[Person]> = self.people_of(at, &part.people, naming, None).into();
            let of_post = self.hours_of_post(post);
            let hours = part.own_hours().or(given).or(of_post.as_ref());
            for date in dates {
                let Some(settled) = self.settle(*date, hours, post, at, &part.people) else {
                    self.book.unread(Some(post), Some((*date, *date)), at);
                    continue;
                };
                let Some(span) = self.book.span(settled.start, settled.end) else {
                    continue;
                };
                let shift = self.book.shift(
                    post,
                    span,
                    people.clone(),
                    settled.certainty.is_assumed(),
                    at,
                );
                first = first.or(shift);
            }
        }
        first
    }
}
