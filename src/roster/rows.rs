//! Tables whose days run down: one row per shift, or one per day with a column per post.

use std::sync::Arc;

use chrono::NaiveDate;
use foldhash::HashMap;

use super::CellUse;
use super::answers::ColumnUse;
use super::book::At;
use super::calendar::{Certainty, Settled};
use super::clauses::Part;
use super::facts::RowFacts;
use super::finding::Code;
use super::heading::Heading;
use super::hours::Hours;
use super::merged::Merged;
use super::misread::Misread;
use super::nights::{Night, office_hours};
use super::numbers_below::{Below, PeopledRow};
use super::people::Person;
use super::plain::quoted;
use super::reader::{Duty, Reader};
use super::row_kind::RowKind;
use super::sheet::Kind;
use super::shift::Role;
use super::table::{Block, Column, Holds, columns};
use super::told::to_the_next_day;
use super::vocabulary::Field;
use crate::time::{DayKind, Span, kind_of_day};

/// A table whose rows have been asked for their days and hours.
struct Table<'t> {
    block: &'t Block,
    columns: &'t [Column],
    facts: &'t [RowFacts],
    crossings: Crossings,
    /// Where some cells are merged over the shifts of a day.
    usual_day: Option<(i64, i64)>,
}

/// A column of people.
struct Posted<'s> {
    /// In the block's columns.
    index: usize,
    heading: Heading,
    /// Which post it is, a column of its own says for each row.
    named_by_row: bool,
    merged: Merged,
    /// The last cell that named somebody.
    above: &'s str,
}

/// The hours of a cell's people, and where they stand.
struct Hourly<'t> {
    hours: Option<&'t Hours>,
    /// They cannot be used, and that is found already.
    is_broken: bool,
    told_at: At,
    told: &'t str,
}

impl<'s> Reader<'s, '_> {
    pub(super) fn table(&mut self, block: &Block) {
        let kinds: HashMap<usize, RowKind> =
            block.rows.clone().map(|r| (r, self.row_kind(r))).collect();
        let is_data = |r: usize| kinds.get(&r) == Some(&RowKind::Data);
        let columns = columns(self.sheet, block, &self.asked.answers, &is_data);
        self.offer_columns(block, &columns);
        let axis = columns.iter().filter(|c| c.days.is_some()).count();
        let weekdays = columns.iter().filter(|c| c.weekday.is_some()).count();
        let dated_column = columns.iter().any(|c| c.holds == Holds::Field(Field::Date));
        if axis > 0 || weekdays >= 3 && !dated_column {
            self.record_columns(block, &columns, &[]);
        }
        if axis == 0 && weekdays >= 3 && !dated_column {
            let cells = block
                .rows
                .clone()
                .flat_map(|r| block.columns.clone().map(move |c| (r, c)));
            let day_cells = cells
                .filter(|(r, c)| {
                    matches!(
                        self.sheet.kind(*r, *c),
                        Kind::Line | Kind::Number | Kind::Days
                    )
                })
                .count();
            if day_cells >= 2 {
                self.wall_calendar(block, &columns);
            } else {
                self.across(block, &columns, &kinds);
            }
        } else if axis > 0 {
            self.across(block, &columns, &kinds);
        } else {
            self.down(block, &columns, &kinds);
        }
    }

    fn down(&mut self, block: &Block, columns: &[Column], kinds: &HashMap<usize, RowKind>) {
        let facts = self.row_facts(block, columns, kinds);
        if facts.is_empty() {
            return;
        }
        let peopled: Vec<usize> = (0..columns.len())
            .filter(|c| matches!(columns[*c].holds, Holds::People | Holds::Field(Field::Name)))
            .collect();
        let duties = self.column_duties(block, columns, &peopled);
        let named: Vec<(usize, Heading)> = peopled
            .iter()
            .copied()
            .zip(duties.iter().cloned())
            .collect();
        self.record_columns(block, columns, &named);
        let names_posts = columns
            .iter()
            .any(|c| matches!(c.holds, Holds::Field(Field::Post | Field::Role)));
        let mut posted: Vec<Posted<'_>> = Vec::with_capacity(peopled.len());
        for (index, heading) in peopled.iter().zip(duties) {
            let merged = self.merged(block.columns.start + index, &facts, &columns[*index].label);
            // Alone, 值班人 beside 岗位 is who stands there, and no post of its own.
            let names_anybody = columns[*index].holds == Holds::Field(Field::Name)
                || peopled.len() == 1 && heading.role == Some(Role::DutyOfficer);
            posted.push(Posted {
                index: *index,
                named_by_row: names_posts && names_anybody,
                heading,
                merged,
                above: "",
            });
        }
        let table = Table {
            block,
            columns,
            crossings: self.long_crossings(&facts),
            usual_day: posted
                .iter()
                .any(|column| column.merged == Merged::Shifts)
                .then(|| self.usual_day(&facts))
                .flatten(),
            facts: &facts,
        };
        let mut first_of_column: HashMap<usize, u32> = HashMap::default();
        let mut above: Option<PeopledRow> = None;
        for (n, row) in facts.iter().enumerate() {
            if self.book.overflows {
                return;
            }
            let mut first_shift = None;
            if row.dated_at.is_none()
                && let Some(above) = &above
                && self.is_of_numbers(block, row.row, &peopled)
            {
                for column in &peopled {
                    let at = (row.row, block.columns.start + column);
                    if self.number_below(at, above) == Below::BadNumber {
                        self.bad_number(at);
                    }
                }
                continue;
            }
            let first_of_row = self.book.roster.shifts.len();
            for column in &mut posted {
                let shift = self.cell_shifts(&table, n, column);
                if let Some(shift) = shift {
                    first_of_column
                        .entry(block.columns.start + column.index)
                        .or_insert(shift);
                }
                first_shift = first_shift.or(shift);
            }
            for column in block.columns.clone() {
                let at = (row.row, column);
                let is_line = row.dates.is_empty() && self.sheet.kind(at.0, at.1) == Kind::Line;
                if is_line && !self.book.is_accounted(at) {
                    let shift = self.lines_in_cell(at, row.unit.as_deref());
                    first_shift = first_shift.or(shift);
                }
            }
            self.account_row(block, columns, row, first_shift);
            above = Some(PeopledRow {
                row: row.row,
                shifts: first_of_row..self.book.roster.shifts.len(),
            });
        }
        self.account_hours_over(block, &first_of_column);
    }

    /// The shifts of one cell of people; the first of them.
    fn cell_shifts(&mut self, table: &Table<'_>, n: usize, posted: &mut Posted<'s>) -> Option<u32> {
        let (row, column) = (&table.facts[n], &table.columns[posted.index]);
        let at = (row.row, table.block.columns.start + posted.index);
        let duty = self.row_duty(row, column, &posted.heading, posted.named_by_row);
        let text = self.spoken(at, posted);
        if row.dates.is_empty() {
            return None;
        }
        let post = self.book.post(&duty.unit, &duty.post, duty.role);
        self.declare(post, &duty, row, column);
        if text.is_empty() {
            return None;
        }
        let dialled = self.dialled(
            table.columns,
            posted.index,
            table.block.columns.start,
            row.row,
        );
        let parts = match column.person {
            Some(_) => None,
            None => self.wording.shifts_within(text),
        };
        let first = match parts {
            Some(parts) => self.part_shifts(table, n, posted, &duty, &parts, dialled),
            None => self.whole_cell(table, n, posted, text, post, dialled),
        };
        if let (Some((place, _)), Some(_)) = (dialled, first) {
            self.book.account(place, CellUse::Shift, first);
        }
        first
    }

    /// A cell whose people all have the same shift.
    fn whole_cell(
        &mut self,
        table: &Table<'_>,
        n: usize,
        posted: &Posted<'_>,
        text: &str,
        post: u32,
        dialled: Option<(At, &str)>,
    ) -> Option<u32> {
        let (row, column) = (&table.facts[n], &table.columns[posted.index]);
        let at = (row.row, table.block.columns.start + posted.index);
        let named = column.person.as_deref().unwrap_or(text);
        let people = match column.told {
            Some(ColumnUse::People(_)) => self.people_as_told(at, named, dialled),
            _ => self.people(at, named, dialled),
        };
        let code = column.person.is_some().then(|| {
            self.hours_cell(text)
                .unwrap_or(Hours::Word(text.to_owned()))
        });
        if self.is_off(code.as_ref()) {
            self.note_word(text, at);
            self.book.account(at, CellUse::Legend, None);
            return None;
        }
        let over = column
            .heading
            .hours
            .clone()
            .filter(|h| !matches!(h, Hours::At(_)));
        let own_hours = code.or(over);
        self.on_days(table, n, posted, own_hours.as_ref(), post, people)
    }

    fn part_shifts(
        &mut self,
        table: &Table<'_>,
        n: usize,
        posted: &Posted<'_>,
        duty: &Duty,
        parts: &[Part],
        dialled: Option<(At, &str)>,
    ) -> Option<u32> {
        let row = &table.facts[n];
        let at = (row.row, table.block.columns.start + posted.index);
        let over = table.columns[posted.index].heading.hours.clone();
        let mut first = None;
        for (part, dialled) in parts.iter().zip(self.number_of_each(parts, dialled)) {
            let named = part.named_post().cloned();
            let duty = named.map_or_else(
                || duty.clone(),
                |heading| self.duty(Some(&heading), Some(&duty.unit)),
            );
            let post = self.book.post(&duty.unit, &duty.post, duty.role);
            if part.people.trim().is_empty() {
                continue;
            }
            let people = self.people(at, &part.people, dialled);
            let hours = part.own_hours().or(over.as_ref());
            let shift = self.on_days(table, n, posted, hours, post, people);
            first = first.or(shift);
        }
        first
    }

    /// A shift on each of the row's days; a hole that cannot be read where nobody could be.
    fn on_days(
        &mut self,
        table: &Table<'_>,
        n: usize,
        posted: &Posted<'_>,
        own_hours: Option<&Hours>,
        post: u32,
        people: Vec<Person>,
    ) -> Option<u32> {
        let row = &table.facts[n];
        let at = (row.row, table.block.columns.start + posted.index);
        let unreadable = people.is_empty() && self.book.is_unreadable(at);
        let people: Arc<[Person]> = people.into();
        let given = own_hours.or(row.hours.as_ref().map(|(h, ..)| h));
        let of_post = match given {
            Some(_) => None,
            None => self.hours_of_post(post),
        };
        let hours = given.or(of_post.as_ref());
        let (told_at, told) = match &row.hours {
            Some((_, at, text)) if own_hours.is_none() => (*at, text.as_str()),
            _ => (at, self.quote(at)),
        };
        let hourly = Hourly {
            hours,
            is_broken: row.broken && own_hours.is_none(),
            told_at,
            told,
        };
        let mut first = None;
        for date in row.dates.iter().copied() {
            if self.book.overflows {
                break;
            }
            let span = self.cell_span(table, n, posted, date, &hourly, post);
            let Some((span, certainty)) = span else {
                self.book.account(at, CellUse::Finding, None);
                continue;
            };
            if unreadable {
                self.book.unread_between(Some(post), Some(span), at);
                continue;
            }
            let assumed = certainty.is_assumed();
            let shift = self.book.shift(post, span, people.clone(), assumed, at);
            first = first.or(shift);
        }
        first
    }

    /// What a cell says, the cell above spoken again where it says so or is merged.
    fn spoken(&mut self, at: At, posted: &mut Posted<'s>) -> &'s str {
        let sheet = self.sheet;
        match sheet.cell(at.0, at.1) {
            Some(cell) if cell.kind == Kind::Same => {
                self.book.account(at, CellUse::Shift, None);
                posted.above
            }
            Some(cell) => {
                posted.above = cell.text.as_ref();
                posted.above
            }
            None if posted.merged == Merged::Days => posted.above,
            None => "",
        }
    }

    /// The stretch a cell's people are on, on one date; else the hole is one that cannot be read.
    fn cell_span(
        &mut self,
        table: &Table<'_>,
        n: usize,
        posted: &Posted<'_>,
        date: NaiveDate,
        hourly: &Hourly<'_>,
        post: u32,
    ) -> Option<(Span, Certainty)> {
        let at = (table.facts[n].row, table.block.columns.start + posted.index);
        let Hourly { told_at, told, .. } = *hourly;
        let settled = if hourly.is_broken {
            None
        } else {
            self.settle(date, hourly.hours, post, told_at, told)
        };
        let Some(settled) = settled else {
            self.book.unread(Some(post), Some((date, date)), at);
            return None;
        };
        if settled.long_crossing && !table.crossings.usual(&settled) {
            let minutes = u32::try_from((settled.end - settled.start).num_minutes()).unwrap_or(0);
            let matter = Misread::LongCrossing {
                text: told.to_owned(),
                minutes,
            };
            self.book.find(Code::F322, told_at, matter);
            if hourly.hours.and_then(to_the_next_day).is_some() {
                self.may_cross.push((told_at, quoted(told)));
            }
            let span = self.book.span(settled.start, settled.end);
            self.book.unread_between(Some(post), span, at);
            return None;
        }
        let (mut start, mut end) = (settled.start, settled.end);
        if posted.merged == Merged::Shifts {
            let until = self.run_end(table.facts, n, at.1);
            (start, end) = self.whole_run(table.facts, n, until, date, &settled, table.usual_day);
            // Nobody wrote such hours: they come of a cell drawn too far.
            if self.is_too_long(post, (start, end), 0, at) {
                self.book.unread(Some(post), Some((date, date)), at);
                return None;
            }
        }
        Some((self.book.span(start, end)?, settled.certainty))
    }

    /// 休: the cell says that nobody is on.
    fn is_off(&self, hours: Option<&Hours>) -> bool {
        let Some(Hours::Word(word)) = hours else {
            return false;
        };
        self.calendar
            .word(word)
            .is_some_and(|(stretch, _)| stretch.is_none())
    }

    /// Office hours of a working day on a roster of nights are no duty; the roster says so.
    fn declare(&mut self, post: u32, duty: &Duty, row: &RowFacts, column: &Column) {
        let hours = column
            .heading
            .hours
            .as_ref()
            .or(row.hours.as_ref().map(|(h, ..)| h));
        let Some(hours @ Hours::Range { .. }) = hours else {
            return;
        };
        if !matches!(duty.role, Role::DutyOfficer | Role::DutyLeader) {
            return;
        }
        for date in row.dates.clone() {
            let works = row
                .working_day
                .unwrap_or(kind_of_day(date) == DayKind::Work);
            let Ok(settled) = self.calendar.settle(date, Some(hours)) else {
                continue;
            };
            if !(works || self.nights_only) {
                continue;
            }
            let office_hours = office_hours(self.asked.zone, date, settled.start, settled.end);
            self.nights
                .extend(office_hours.map(|office_hours| Night { post, office_hours }));
        }
    }

    /// How often each crossing of midnight longer than 16 h stands in the block.
    fn long_crossings(&self, facts: &[RowFacts]) -> Crossings {
        let mut found = Crossings {
            rows: facts.len(),
            ..Crossings::default()
        };
        for fact in facts {
            let (Some(date), Some((hours, ..))) = (fact.dates.first(), &fact.hours) else {
                continue;
            };
            if let Ok(settled) = self.calendar.settle(*date, Some(hours))
                && settled.long_crossing
            {
                *found.counts.entry(clocks(&settled)).or_default() += 1;
            }
        }
        found
    }
}

#[derive(Default)]
struct Crossings {
    rows: usize,
    counts: HashMap<(u32, u32), usize>,
}

impl Crossings {
    /// Most rows say so.
    fn usual(&self, settled: &Settled) -> bool {
        self.counts
            .get(&clocks(settled))
            .is_some_and(|n| *n > 1 && *n * 2 >= self.rows)
    }
}

fn clocks(settled: &Settled) -> (u32, u32) {
    (
        crate::time::minute_of_day(settled.start.time()),
        crate::time::minute_of_day(settled.end.time()),
    )
}
