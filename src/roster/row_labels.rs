//! The labels at the left of a row whose days run across: its unit, post, person, hours or number.
//!
//! Knows no day, and of other rows only the one above.

use std::collections::HashSet;

use foldhash::HashMap;

use super::book::At;
use super::heading::{Heading, exact_heading};
use super::hours::{Hours, Looseness, only_hours};
use super::reader::Reader;
use super::row_kind::RowKind;
use super::sheet::Kind;
use super::table::{Block, Column, Holds};
use super::vocabulary::Field;

/// What the labels at a row's left say.
#[derive(Clone, Debug, Default)]
pub(super) struct Label {
    pub unit: Option<String>,
    pub post: Option<Heading>,
    pub person: Option<(String, At)>,
    pub hours: Option<(Hours, At)>,
    pub phone: Option<(At, String)>,
    /// Whoever has a post on all the days of the row: 带班领导 beside them.
    pub standing: Vec<Standing>,
    /// 电话: the row holds numbers of the row above.
    pub numbers: bool,
    /// 备注, 星期: the row holds no duty.
    pub no_duty: bool,
    pub cells: Vec<At>,
}

/// Somebody in a column that names a post and no day.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub heading: Heading,
    pub people: String,
    pub at: At,
}

impl Reader<'_, '_> {
    /// What the labels of the rows with people are, and where they stand. A row with such a
    /// label and nobody beside it is one left empty.
    pub(super) fn labels_of_peopled(
        &self,
        block: &Block,
        columns: &[Column],
        kinds: &HashMap<usize, RowKind>,
    ) -> HashSet<(usize, Kind)> {
        let peopled = |row: usize| {
            let mut axis = columns.iter().zip(block.columns.clone());
            axis.any(|(column, c)| {
                (column.days.is_some() || column.weekday.is_some())
                    && self.sheet.cell(row, c).is_some()
            })
        };
        block
            .rows
            .clone()
            .filter(|row| kinds.get(row) == Some(&RowKind::Data) && peopled(*row))
            .flat_map(|row| self.sheet.filled(row))
            .map(|(at, cell)| (at, cell.kind))
            .filter(|(at, _)| block.columns.contains(at))
            .collect()
    }

    /// Whether somebody is named under the days of a row.
    fn names_people(&self, block: &Block, columns: &[Column], row: usize) -> bool {
        let mut axis = columns.iter().zip(block.columns.clone());
        axis.any(|(column, c)| {
            let is_day = column.days.is_some() || column.weekday.is_some();
            is_day && self.sheet.kind(row, c) == Kind::People
        })
    }

    pub(super) fn row_label(
        &mut self,
        block: &Block,
        columns: &[Column],
        row: usize,
        above: &Label,
        codes: bool,
    ) -> Label {
        let mut label = Label::default();
        let mut numbered = None;
        for (column, c) in columns.iter().zip(block.columns.clone()) {
            if column.days.is_some() || column.weekday.is_some() && column.holds == Holds::People {
                continue;
            }
            let Some(cell) = self.sheet.cell(row, c) else {
                continue;
            };
            let at = (row, c);
            let (raw, text, kind) = (cell.raw.to_owned(), cell.text.to_string(), cell.kind);
            label.cells.push(at);
            let field = match column.holds {
                Holds::Field(field) => Some(field),
                _ => None,
            };
            match (kind, field) {
                (Kind::Phone, _) | (_, Some(Field::Phone)) => numbered = Some((at, raw)),
                (_, Some(Field::DutyLine)) => self
                    .book
                    .roster
                    .duty_lines
                    .push((self.unit(label.unit.as_deref()), raw)),
                (_, Some(Field::Remark)) => self.remark(at),
                (kind, Some(Field::Serial)) if kind != Kind::Post => {}
                (_, Some(Field::Count | Field::Job)) | (Kind::Number, _) => {}
                (_, Some(Field::Unit)) => {
                    label.unit = Some(raw);
                }
                (_, Some(Field::Name)) if kind != Kind::Post && kind != Kind::Shift => {
                    label.person = Some((text, at));
                }
                (Kind::Label(Field::Phone | Field::DutyLine), _) => label.numbers = true,
                (Kind::Label(Field::Weekday | Field::Date), _) => {
                    // Names beside it would be dropped without a word.
                    label.no_duty = !self.names_people(block, columns, row);
                }
                (Kind::Label(Field::Remark), _) => label.no_duty = true,
                (Kind::People, _)
                    if !codes && column.heading.role.is_some() && column.holds == Holds::People =>
                {
                    label.standing.push(Standing {
                        heading: column.heading.clone(),
                        people: text,
                        at,
                    });
                }
                (Kind::People, _) if codes => label.person = Some((text, at)),
                (Kind::Unit, _) => label.unit = Some(raw),
                (Kind::Shift | Kind::Range | Kind::Clock, _) => {
                    label.hours = only_hours(&text, Looseness::Column)
                        .map(|h| (h, at))
                        .or(label.hours);
                }
                _ => {
                    let mut said = exact_heading(&text);
                    if said.field == Some(Field::Phone) || said.field == Some(Field::DutyLine) {
                        label.numbers = true;
                    } else {
                        if let Some(hours) = said.hours.clone() {
                            label.hours = label.hours.or(Some((hours, at)));
                        } else if said.post.is_empty() {
                            said.post = raw;
                        }
                        if label.post.as_ref().is_none_or(|p| p.post.is_empty())
                            || said.role.is_some()
                        {
                            label.post = Some(said);
                        }
                    }
                }
            }
        }
        label.phone = numbered;
        label.unit = label.unit.or_else(|| above.unit.clone());
        if label.post.is_none() && label.person.is_none() && label.hours.is_some() {
            label.post.clone_from(&above.post);
        }
        label
    }
}
