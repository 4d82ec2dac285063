//! Tables whose days run across: posts or units or people down.
//!
//! Does not know how days stand over the columns (`axis`), nor what a row's labels say
//! (`row_labels`).

use std::sync::Arc;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use foldhash::HashMap;

use super::CellUse;
use super::book::At;
use super::calendar::Unsettled;
use super::facts::Section;
use super::finding::Code;
use super::hours::{Hours, Looseness, only_hours};
use super::misread::Misread;
use super::numbers_below::{Below, PeopledRow};
use super::people::Person;
use super::plain::quoted;
use super::reader::Reader;
use super::row_kind::RowKind;
use super::row_labels::{Label, Standing};
use super::sheet::Kind;
use super::shift::Role;
use super::table::{Block, Column, Holds};
use super::vocabulary::{Field, ON_MARKS};

/// 同上 under 同上 is followed upwards so far.
const MOST_REPEATS: usize = 100;

impl Reader<'_, '_> {
    pub fn across(&mut self, block: &Block, columns: &[Column], kinds: &HashMap<usize, RowKind>) {
        let dates = self.axis_dates(block, columns);
        let codes = self.holds_codes(block, columns, kinds);
        let mut section = Section::default();
        let mut carried = Label::default();
        let mut first_in_column: HashMap<usize, u32> = HashMap::default();
        let mut last_row: Option<PeopledRow> = None;
        let mut peopled = None;
        for row in block.rows.clone() {
            if self.book.overflows {
                return;
            }
            match kinds.get(&row) {
                Some(RowKind::Data) => {}
                Some(RowKind::Blank) | None => continue,
                Some(RowKind::Heading)
                    if self.sheet.filled(row).next().is_some_and(|(at, label)| {
                        peopled
                            .get_or_insert_with(|| self.labels_of_peopled(block, columns, kinds))
                            .contains(&(at, label.kind))
                    }) => {}
                Some(kind) => {
                    self.between(row, *kind, &mut section);
                    continue;
                }
            }
            let label = self.row_label(block, columns, row, &carried, codes);
            if label.numbers {
                if let Some(above) = &last_row {
                    self.numbers_below(block, columns, above, row);
                }
                continue;
            }
            let cells: Vec<At> = (0..columns.len())
                .filter(|c| !dates[*c].is_empty() && columns[*c].holds == Holds::People)
                .map(|c| (row, block.columns.start + c))
                .collect();
            let mut first = None;
            let first_of_row = self.book.roster.shifts.len();
            if label.no_duty {
                for at in cells.iter().chain(&label.cells) {
                    self.remark(*at);
                    self.book.account(*at, CellUse::Note, None);
                }
                continue;
            }
            let merged = if codes {
                false
            } else {
                self.merged_across(&cells)
            };
            let mut before: Option<String> = None;
            for at in cells {
                let c = at.1 - block.columns.start;
                let cell = self
                    .sheet
                    .cell(at.0, at.1)
                    .map(|cell| (cell.text.to_string(), cell.kind));
                let text = match cell {
                    Some((_, Kind::Same)) => self.same_as(at, before.as_deref()),
                    Some((text, _)) => text,
                    None if merged => before.clone().unwrap_or_default(),
                    None => String::new(),
                };
                if !text.is_empty() {
                    before = Some(text.clone());
                }
                let shift = if codes {
                    self.coded(at, &text, &dates[c], &label, &columns[c], &section)
                } else {
                    self.named(
                        at,
                        &text,
                        &dates[c],
                        &label,
                        &columns[c],
                        columns,
                        block,
                        &section,
                    )
                };
                if let Some(shift) = shift {
                    first = first.or(Some(shift));
                    first_in_column.entry(c).or_insert(shift);
                }
            }
            first = first.or(self.standing(&label, &dates));
            self.account_label(&label, first);
            carried = label;
            last_row = Some(PeopledRow {
                row,
                shifts: first_of_row..self.book.roster.shifts.len(),
            });
        }
        self.account_axis(block, columns, &first_in_column);
    }

    /// Who has a post on all the days beside the row; the first shift of theirs.
    fn standing(&mut self, label: &Label, dates: &[Vec<NaiveDate>]) -> Option<u32> {
        let mut first = None;
        for Standing {
            heading,
            people,
            at,
        } in &label.standing
        {
            let all: BTreeSet<NaiveDate> = dates.iter().flatten().copied().collect();
            let all: Vec<NaiveDate> = all.into_iter().collect();
            let duty = self.duty(Some(heading), label.unit.as_deref());
            let post = self.book.post(&duty.unit, &duty.post, duty.role);
            let named = self.people(*at, people, None);
            let shift = self.on_dates(*at, &all, post, None, named, people);
            first = first.or(shift);
        }
        first
    }

    fn account_label(&mut self, label: &Label, first: Option<u32>) {
        let used = match first {
            Some(_) => CellUse::Shift,
            None => CellUse::Unit,
        };
        for at in &label.cells {
            self.book.account(*at, used, first);
        }
    }

    /// A cell that names people.
    #[allow(clippy::too_many_arguments)]
    fn named(
        &mut self,
        at: At,
        text: &str,
        dates: &[NaiveDate],
        label: &Label,
        column: &Column,
        columns: &[Column],
        block: &Block,
        section: &Section,
    ) -> Option<u32> {
        let mut heading = column.heading.clone();
        if (heading.post.is_empty() || heading.role.is_none())
            && let Some(post) = label.post.as_ref().or(section.post.as_ref())
        {
            heading.post.clone_from(&post.post);
            heading.role = post.role.or(heading.role).or(Some(Role::DutyOfficer));
        }
        let duty = self.duty(
            Some(&heading),
            column.unit.as_deref().or(label.unit.as_deref()),
        );
        let post = self.book.post(&duty.unit, &duty.post, duty.role);
        if text.is_empty() {
            return None;
        }
        let next = at.1 + 1 - block.columns.start;
        let numbers = columns
            .get(next)
            .filter(|c| c.holds == Holds::Field(Field::Phone) && c.days == column.days)
            .and_then(|_| self.sheet.cell(at.0, at.1 + 1))
            .map(|c| ((at.0, at.1 + 1), c.raw.to_owned()));
        let dialled = numbers.as_ref().map(|(at, text)| (*at, text.as_str()));
        let hours = column
            .heading
            .hours
            .clone()
            .or_else(|| label.hours.as_ref().map(|(h, _)| h.clone()))
            .or_else(|| section.hours.as_ref().map(|(h, ..)| h.clone()));
        let first = if let Some(parts) = self.wording.shifts_within(text) {
            let each = self.number_of_each(&parts, dialled);
            let mut first = None;
            for (part, dialled) in parts.iter().zip(each) {
                let named = part.named_post().cloned();
                let duty = named.map_or_else(
                    || duty.clone(),
                    |heading| self.duty(Some(&heading), Some(&duty.unit)),
                );
                let post = self.book.post(&duty.unit, &duty.post, duty.role);
                let people = self.people(at, &part.people, dialled);
                let hours = part.own_hours().or(hours.as_ref());
                let shift = self.on_dates(at, dates, post, hours, people, text);
                first = first.or(shift);
            }
            first
        } else {
            let people = self.people(at, text, dialled);
            self.on_dates(at, dates, post, hours.as_ref(), people, text)
        };
        if let Some((place, _)) = numbers {
            self.book.account(
                place,
                if first.is_some() {
                    CellUse::Shift
                } else {
                    CellUse::Finding
                },
                first,
            );
        }
        first
    }

    /// A cell that says which shift the row's person has.
    fn coded(
        &mut self,
        at: At,
        text: &str,
        dates: &[NaiveDate],
        label: &Label,
        column: &Column,
        section: &Section,
    ) -> Option<u32> {
        let heading = label.post.clone().or_else(|| section.post.clone());
        let duty = self.duty(
            heading.as_ref(),
            column.unit.as_deref().or(label.unit.as_deref()),
        );
        let post = self.book.post(&duty.unit, &duty.post, duty.role);
        if text.is_empty() {
            return None;
        }
        let Some((person, person_at)) = &label.person else {
            self.book
                .find(Code::F319, at, Misread::Unreadable { text: quoted(text) });
            return None;
        };
        let dialled = label.phone.as_ref().map(|(at, text)| (*at, text.as_str()));
        let people = self.people(*person_at, person, dialled);
        let mut first = None;
        for part in text
            .split(['/', '+', '、', ',', '\n'])
            .map(str::trim)
            .filter(|p| !p.is_empty())
        {
            let marked = ON_MARKS.iter().any(|m| m.eq_ignore_ascii_case(part))
                && !self
                    .calendar
                    .legend
                    .contains_key(&super::calendar::legend_key(part));
            let hours = if marked {
                label.hours.as_ref().map(|(h, _)| h.clone())
            } else {
                only_hours(part, Looseness::Strict).or_else(|| Some(Hours::Word(part.to_owned())))
            };
            let shift = self.on_dates(at, dates, post, hours.as_ref(), people.clone(), part);
            first = first.or(shift);
        }
        // 休: the cell is understood and nobody is on.
        self.book.account(at, CellUse::Legend, None);
        first
    }

    fn on_dates(
        &mut self,
        at: At,
        dates: &[NaiveDate],
        post: u32,
        hours: Option<&Hours>,
        people: Vec<Person>,
        text: &str,
    ) -> Option<u32> {
        let mut first = None;
        let of_post = match hours {
            Some(_) => None,
            None => self.hours_of_post(post),
        };
        let hours = hours.or(of_post.as_ref());
        let unreadable = people.is_empty() && self.book.is_unreadable(at);
        let people: Arc<[Person]> = people.into();
        for date in dates {
            let Some(settled) = self.settle(*date, hours, post, at, text) else {
                let settled = self.calendar.settle(*date, hours);
                if settled != Err(Unsettled::OffDuty) {
                    self.book.unread(Some(post), Some((*date, *date)), at);
                    self.book.account(at, CellUse::Finding, None);
                }
                continue;
            };
            let Some(span) = self.book.span(settled.start, settled.end) else {
                continue;
            };
            if unreadable {
                self.book.unread_between(Some(post), Some(span), at);
                continue;
            }
            let assumed = settled.certainty.is_assumed();
            let index = self.book.shift(post, span, people.clone(), assumed, at);
            first = first.or(index);
        }
        first
    }

    fn same_as(&mut self, at: At, left: Option<&str>) -> String {
        self.book.account(at, CellUse::Shift, None);
        let above = (0..at.0)
            .rev()
            .filter_map(|r| self.sheet.cell(r, at.1))
            .take(MOST_REPEATS)
            .find(|c| c.kind != Kind::Same)
            .filter(|c| c.kind == Kind::People)
            .map(|c| c.text.to_string());
        above
            .or_else(|| left.map(str::to_owned))
            .unwrap_or_default()
    }

    /// A row of numbers belongs to the people of the row above it.
    fn numbers_below(&mut self, block: &Block, columns: &[Column], above: &PeopledRow, row: usize) {
        for (column, c) in columns.iter().zip(block.columns.clone()) {
            let at = (row, c);
            match self.number_below(at, above) {
                Below::Theirs => {}
                Below::BadNumber if column.days.is_some() => self.bad_number(at),
                _ if self.sheet.cell(row, c).is_none() => {}
                _ => self.book.account(at, CellUse::Header, None),
            }
        }
    }
}
