//! Once every block is read: the cells nobody used, and what there is to say of the whole file.

use super::CellUse;
use super::answers::Answer;
use super::book::place;
use super::day::Spelling;
use super::days::only_days;
use super::decode::whole_file;
use super::evidence::slashes_are_settled;
use super::finding::{Code, Place};
use super::misread::Misread;
use super::nights::declared;
use super::plain::quoted;
use super::reader::Reader;
use super::sheet::Kind;

impl Reader<'_, '_> {
    pub(super) fn close(&mut self) {
        self.book.roster.declared = declared(&self.nights, &self.book.roster.shifts);
        self.leftovers();
        self.excuses();
        self.whole_file_findings();
        self.book.form.questions = self.questions();
    }

    /// Cells nobody used: words are notes, anything of duty is found.
    fn leftovers(&mut self) {
        let mut first_data = self
            .book
            .roster
            .shifts
            .first()
            .map_or(usize::MAX, |s| s.source.row as usize - 1);
        let sheet = self.sheet;
        for row in 0..sheet.rows.len() {
            if first_data == usize::MAX && row > 0 {
                first_data = 1;
            }
            let left: Vec<(usize, Kind, &str)> = sheet
                .filled(row)
                .filter(|(column, _)| !self.book.is_accounted((row, *column)))
                .map(|(column, cell)| (column, cell.kind, cell.raw))
                .collect();
            for (column, kind, text) in left {
                let of_duty = matches!(
                    kind,
                    Kind::Days
                        | Kind::Moment
                        | Kind::Clock
                        | Kind::Range
                        | Kind::Phone
                        | Kind::People
                        | Kind::Line
                );
                if of_duty {
                    self.book.find(
                        Code::F319,
                        (row, column),
                        Misread::Unreadable { text: quoted(text) },
                    );
                } else {
                    let used = if row < first_data && kind == Kind::Text {
                        CellUse::Title
                    } else {
                        CellUse::Note
                    };
                    self.book.account((row, column), used, None);
                }
            }
        }
    }

    fn whole_file_findings(&mut self) {
        if self.book.assumed > 0 {
            let matter = Misread::AssumedHours {
                shifts: self.book.assumed,
                handover_minute: self.calendar.handover,
            };
            self.book
                .find_at(Code::F308, Some(Place::default()), matter);
        }
        if let Some(from) = self.calendar.year_from {
            let matter = Misread::YearInferred {
                year: self.calendar.year,
                from,
            };
            self.book
                .find_at(Code::F320, Some(Place::default()), matter);
        }
        if let Some(year) = self.calendar.told_year {
            self.note_told(Answer::Year { year }, Some(Place::default()));
        }
        self.ambiguous_slashes();
        if self.book.roster.shifts.is_empty() {
            let dated = self
                .sheet
                .rows
                .iter()
                .flatten()
                .any(|c| matches!(c.kind, Kind::Days | Kind::Moment | Kind::Line));
            let table = self.sheet.width > 1 || dated;
            if !table {
                self.book.findings.push(*whole_file(
                    Code::F312,
                    Misread::NotATable {
                        kind: "text".to_owned(),
                    },
                ));
            } else if !dated {
                self.book
                    .findings
                    .push(*whole_file(Code::F317, Misread::NoDate));
            }
            self.book
                .findings
                .push(*whole_file(Code::F318, Misread::NothingRead));
        }
    }

    fn ambiguous_slashes(&mut self) {
        let told = self.calendar.told_order;
        if told.is_none() && slashes_are_settled(self.sheet, &self.calendar) {
            return;
        }
        let first = self
            .sheet
            .rows
            .iter()
            .enumerate()
            .flat_map(|(r, row)| row.iter().enumerate().map(move |(c, cell)| (r, c, cell)))
            .filter(|(.., cell)| cell.kind == Kind::Days)
            .find_map(|(r, c, cell)| {
                let days = only_days(&cell.text)?;
                let (day, _) = days
                    .list
                    .iter()
                    .find(|(d, _)| d.spelling == Spelling::Slashed)?;
                Some(((r, c), cell.raw.to_owned(), self.calendar.date(day)?))
            });
        if let (Some((at, ..)), Some(order)) = (&first, told) {
            self.note_told(Answer::Slashes { order }, Some(place(*at)));
        } else if let Some((at, text, taken)) = first {
            self.book.find_at(
                Code::F324,
                Some(place(at)),
                Misread::AmbiguousDate { text, taken },
            );
        }
    }
}
