//! Which post the people of a column stand at, whose numbers stand beside them, and what became
//! of the cells around them.

use foldhash::HashMap;

use super::CellUse;
use super::book::{At, place};
use super::excuse::{is_excuse, without_excuses};
use super::facts::RowFacts;
use super::finding::Code;
use super::finding::Place;
use super::heading::Heading;
use super::misread::Misread;
use super::plain::quoted;
use super::reader::PLAIN_POST;
use super::reader::{Duty, Reader, named_post};
use super::remarks::may_change;
use super::sheet::Kind;
use super::shift::Role;
use super::table::{Block, Column, Holds};
use super::vocabulary::Field;

impl Reader<'_, '_> {
    /// The post of each people column, by its label or its neighbours'.
    /// The heading of each people column, completed by its neighbours'; what had to be guessed is
    /// found.
    pub(super) fn column_duties(
        &mut self,
        block: &Block,
        columns: &[Column],
        people: &[usize],
    ) -> Vec<Heading> {
        let of_shifts = people
            .iter()
            .map(|c| &columns[*c].heading)
            .find(|h| h.hours.is_some() && !h.post.is_empty() && h.role == Some(Role::DutyOfficer))
            .map(|h| h.post.clone())
            .unwrap_or_default();
        let mut found: Vec<Heading> = Vec::with_capacity(people.len());
        for c in people {
            let column = &columns[*c];
            let mut heading = column.heading.clone();
            if column.holds == Holds::Field(Field::Name) && heading.role.is_none() {
                heading.post.clear();
            }
            if heading.post.is_empty() && heading.hours.is_some() {
                heading.post.clone_from(&of_shifts);
                heading.role = heading.role.or(Some(Role::DutyOfficer));
            }
            if column.guessed {
                match found.last().filter(|_| column.label.is_empty()) {
                    Some(left) => heading.clone_from(left),
                    None => heading.post.clone_from(&column.label),
                }
                self.guessed_column(block, *c, &column.label, &heading.post);
            }
            found.push(heading);
        }
        self.unnamed_columns(block, columns);
        found
    }

    /// A column of people that no label names.
    fn guessed_column(&mut self, block: &Block, index: usize, label: &str, post: &str) {
        let (row, column) = label_cell(block, index);
        let width = if block.header.is_empty() {
            usize::MAX
        } else {
            self.sheet.rows.get(row).map_or(0, Vec::len)
        };
        let post = if post.is_empty() { PLAIN_POST } else { post }.to_owned();
        if column < width {
            let matter = Misread::UnlabelledPeople {
                label: label.to_owned(),
                post,
            };
            self.book
                .find_at(Code::F302, Some(place((row, column))), matter);
            return;
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let matter = Misread::ShortHeader {
            named: count(width),
            widest: count(self.sheet.width),
            post,
        };
        let whole_row = Place {
            column: 0,
            ..place((row, column))
        };
        self.book.find_at(Code::F321, Some(whole_row), matter);
    }

    /// Labels nobody knows, or known by near spelling only.
    fn unnamed_columns(&mut self, block: &Block, columns: &[Column]) {
        for (index, column) in columns.iter().enumerate() {
            let at = label_cell(block, index);
            let label = column.label.clone();
            if column.holds == Holds::Unknown {
                let mut cells = block.rows.clone().filter_map(|r| self.sheet.cell(r, at.1));
                let Some(example) = cells.find(|cell| !is_excuse(&cell.text)) else {
                    continue;
                };
                let example = quoted(example.raw);
                self.book.find_at(
                    Code::F309,
                    Some(place(at)),
                    Misread::UnknownColumn { label, example },
                );
            } else if let Some(taken_for) = column.heading.near {
                let taken_for = taken_for.to_owned();
                self.book.find_at(
                    Code::F302,
                    Some(place(at)),
                    Misread::NearLabel { label, taken_for },
                );
            }
        }
    }

    pub(super) fn row_duty(
        &self,
        row: &RowFacts,
        column: &Column,
        heading: &Heading,
        named_by_row: bool,
    ) -> Duty {
        let unit = column.unit.as_deref().or(row.unit.as_deref());
        let by_row = row.post.as_ref();
        let by_row = by_row.filter(|_| named_by_row || heading.post.is_empty());
        match by_row {
            Some(post) => self.duty(Some(&named_post(post)), unit),
            None => self.duty(Some(heading), unit),
        }
    }

    /// The numbers that belong to the people of a column: the next column of numbers.
    pub(super) fn dialled<'t>(
        &self,
        columns: &[Column],
        people: usize,
        offset: usize,
        row: usize,
    ) -> Option<(At, &'t str)>
    where
        Self: 't,
    {
        let next_people = (people + 1..columns.len())
            .find(|c| matches!(columns[*c].holds, Holds::People | Holds::Field(Field::Name)))
            .unwrap_or(columns.len());
        let phone = (people + 1..next_people)
            .find(|c| columns[*c].holds == Holds::Field(Field::Phone))
            .or_else(|| {
                let first = !(0..people)
                    .any(|c| matches!(columns[c].holds, Holds::People | Holds::Field(Field::Name)));
                (0..people).find(|c| first && columns[*c].holds == Holds::Field(Field::Phone))
            })?;
        let at = (row, offset + phone);
        let cell = self.sheet.cell(at.0, at.1)?;
        Some((at, cell.raw))
    }

    pub(super) fn account_row(
        &mut self,
        block: &Block,
        columns: &[Column],
        row: &RowFacts,
        shift: Option<u32>,
    ) {
        for (column, c) in columns.iter().zip(block.columns.clone()) {
            let Some(cell) = self.sheet.cell(row.row, c) else {
                continue;
            };
            let (kind, raw) = (cell.kind, cell.raw.to_owned());
            let at = (row.row, c);
            if matches!(
                column.holds,
                Holds::Field(Field::Remark | Field::Count) | Holds::Unknown
            ) {
                self.remark(at);
            }
            let with_shift = if shift.is_some() {
                CellUse::Shift
            } else {
                CellUse::Finding
            };
            let used = match column.holds {
                Holds::Field(Field::Unit) => {
                    if shift.is_some() {
                        CellUse::Shift
                    } else {
                        CellUse::Unit
                    }
                }
                Holds::Field(Field::DutyLine) => {
                    let unit = self.unit(row.unit.as_deref());
                    self.book.roster.duty_lines.push((unit, raw));
                    CellUse::Unit
                }
                Holds::Field(Field::Remark | Field::Serial | Field::Count)
                | Holds::Unknown
                | Holds::Nothing
                    if !matches!(
                        kind,
                        Kind::Days | Kind::People | Kind::Phone | Kind::Range | Kind::Moment
                    ) =>
                {
                    CellUse::Note
                }
                Holds::Field(Field::Remark | Field::Serial | Field::Job | Field::Count) => {
                    CellUse::Note
                }
                Holds::Unknown | Holds::Nothing => continue,
                Holds::People | Holds::Field(Field::Name)
                    if row.dates.is_empty() && row.dated_at.is_none() && !row.date_carried =>
                {
                    continue;
                }
                Holds::Field(_) | Holds::People => with_shift,
            };
            self.book
                .account(at, used, shift.filter(|_| used == CellUse::Shift));
        }
        for at in [row.dated_at, row.hours.as_ref().map(|(_, at, _)| *at)]
            .into_iter()
            .flatten()
        {
            self.book.account(
                at,
                if shift.is_some() {
                    CellUse::Shift
                } else {
                    CellUse::Finding
                },
                shift,
            );
        }
    }

    /// A remark is no part of a shift; one that may change it is asked about.
    pub(super) fn remark(&mut self, at: At) {
        let Some(cell) = self.sheet.cell(at.0, at.1) else {
            return;
        };
        if may_change(&without_excuses(&cell.text), self.sheet.spacing) {
            let text = quoted(cell.raw);
            self.book.find(Code::P205, at, Misread::MayChange { text });
        }
    }

    /// A header that gives hours is part of the shifts under it.
    pub(super) fn account_hours_over(
        &mut self,
        block: &Block,
        first_of_column: &HashMap<usize, u32>,
    ) {
        for row in block.header.clone() {
            for column in block.columns.clone() {
                if self.sheet.cell(row, column).is_some() {
                    let shift = first_of_column.get(&column).copied();
                    let used = if shift.is_some() {
                        CellUse::Shift
                    } else {
                        CellUse::Header
                    };
                    if !self.book.is_accounted((row, column)) {
                        self.book.account((row, column), used, shift);
                    }
                }
            }
        }
    }
}

/// Where the label of a column stands, or would.
pub(super) fn label_cell(block: &Block, index: usize) -> At {
    let row = block.header.clone().next_back().unwrap_or(block.rows.start);
    (row, block.columns.start + index)
}
