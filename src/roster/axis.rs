//! The days that run across a table: their dates, which cells between them are merged, whether
//! people or codes stand below, and what their own cells are part of.
//!
//! Reads no cell below a day: that is `matrix`'s.

use chrono::{Datelike, NaiveDate};
use foldhash::HashMap;

use super::CellUse;
use super::book::At;
use super::finding::Code;
use super::misread::Misread;
use super::reader::Reader;
use super::row_kind::RowKind;
use super::sheet::Kind;
use super::table::{Block, Column};

impl Reader<'_, '_> {
    /// The dates over each column; a number smaller than the one before begins the next month.
    pub(super) fn axis_dates(&mut self, block: &Block, columns: &[Column]) -> Vec<Vec<NaiveDate>> {
        let mut found: Vec<Vec<NaiveDate>> = Vec::with_capacity(columns.len());
        let mut last: Option<NaiveDate> = None;
        let header = block.header.clone().next().unwrap_or(0);
        let any_dated = columns.iter().any(|c| c.days.is_some());
        for (c, column) in columns.iter().enumerate() {
            let at = (header, block.columns.start + c);
            let mut dates = match &column.days {
                Some(days) => {
                    let (dates, wrong) = self.calendar.dates(days);
                    for day in &wrong {
                        self.no_such_day(day, last.and_then(|d| d.succ_opt()), at);
                        self.book
                            .unread(None, last.and_then(|d| d.succ_opt()).map(|d| (d, d)), at);
                    }
                    dates
                }
                None => match column.weekday {
                    Some(weekday) if !any_dated => self.dates_of_weekday(weekday),
                    _ => Vec::new(),
                },
            };
            let bare = column
                .days
                .as_ref()
                .is_some_and(|d| d.list.iter().all(|(d, _)| d.month.is_none()));
            if let (true, [date], Some(before)) = (bare, &mut dates[..], last)
                && *date < before
                && (before - *date).num_days() > 7
            {
                *date = date
                    .checked_add_months(chrono::Months::new(1))
                    .unwrap_or(*date);
            }
            if let ([date], Some(written)) = (
                &dates[..],
                column
                    .weekday
                    .or(column.days.as_ref().and_then(|d| d.weekday)),
            ) && date.weekday() != written
                && column.days.is_some()
            {
                let matter = Misread::WeekdayMismatch {
                    date: *date,
                    written,
                    real: date.weekday(),
                };
                self.book.find(Code::H403, at, matter);
            }
            last = dates.last().copied().or(last);
            found.push(dates);
        }
        found
    }

    /// Whether the cells under the days are codes of a person's shifts rather than people.
    pub(super) fn holds_codes(
        &self,
        block: &Block,
        columns: &[Column],
        kinds: &HashMap<usize, RowKind>,
    ) -> bool {
        let named = columns
            .iter()
            .zip(block.columns.clone())
            .any(|(column, c)| {
                let people = block
                    .rows
                    .clone()
                    .filter(|r| self.sheet.kind(*r, c) == Kind::People)
                    .count();
                column.days.is_none() && column.weekday.is_none() && people > 0
            });
        let (mut codes, mut people) = (0, 0);
        for row in block
            .rows
            .clone()
            .filter(|r| kinds.get(r) == Some(&RowKind::Data))
        {
            for (column, c) in columns.iter().zip(block.columns.clone()) {
                if column.days.is_none() && column.weekday.is_none() {
                    continue;
                }
                match self.sheet.kind(row, c) {
                    Kind::Shift
                    | Kind::Code
                    | Kind::Mark
                    | Kind::Range
                    | Kind::Number
                    | Kind::Weekday
                    | Kind::Label(_)
                    | Kind::Post => codes += 1,
                    Kind::People => people += 1,
                    _ => {}
                }
            }
        }
        named && codes > people
    }

    /// Whether a row's blanks belong to the merged cell at their left.
    pub(super) fn merged_across(&mut self, cells: &[At]) -> bool {
        let filled: Vec<bool> = cells
            .iter()
            .map(|at| self.sheet.cell(at.0, at.1).is_some())
            .collect();
        let full = filled.iter().filter(|f| **f).count();
        let blank = filled.len() - full;
        if full == 0 || blank == 0 || !filled[0] || filled.len() < 3 {
            return false;
        }
        let followed = filled.windows(2).filter(|w| w[0] && !w[1]).count();
        let last = usize::from(filled.last() == Some(&true));
        let regular = followed + last >= full && blank + last >= full;
        let first_blank = filled.iter().position(|f| !f).unwrap_or(0);
        let doubtful = followed * 2 >= full && blank >= 2;
        if !(regular || doubtful) {
            return false;
        }
        let at = cells[first_blank];
        let name = self
            .sheet
            .cell(at.0, cells[first_blank.saturating_sub(1)].1)
            .map(|c| c.raw.to_owned());
        self.book.find_at(
            Code::P205,
            Some(super::book::place(at)),
            Misread::BlankTakenAs {
                name: name.filter(|_| regular),
            },
        );
        regular
    }

    pub(super) fn account_axis(
        &mut self,
        block: &Block,
        columns: &[Column],
        first: &HashMap<usize, u32>,
    ) {
        for row in block.header.clone() {
            for c in 0..columns.len() {
                let at = (row, block.columns.start + c);
                if self.sheet.cell(at.0, at.1).is_some() && !self.book.is_accounted(at) {
                    let near = (c..columns.len())
                        .take_while(|n| {
                            *n == c || self.sheet.cell(row, block.columns.start + n).is_none()
                        })
                        .find_map(|n| first.get(&n));
                    self.book.account(
                        at,
                        if near.is_some() {
                            CellUse::Shift
                        } else {
                            CellUse::Finding
                        },
                        near.copied(),
                    );
                }
            }
        }
    }
}
