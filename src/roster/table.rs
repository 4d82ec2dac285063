//! What stands over each column of a block, and so what it holds: a field, people, or a day of an
//! axis.
//!
//! Reads no shift yet.

use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;

use super::answers::{Answers, ColumnUse};
use super::blocks::{Census, is_run_of_days};
use super::book::place;
use super::contents::{Contents, Over, holds};
use super::day::{Day, Spelling};
use super::days::{Days, only_days};
use super::heading::{Heading, heading};
use super::hours::{Hours, Looseness, only_hours};
use super::phones::is_landline;
use super::sheet::{Cell, Kind, Sheet};
use super::told::tell_column;
use super::vocabulary::Field;
use super::weekdays::only_weekday;

/// A header, maybe of several rows, maybe absent, and the rows under it; of side-by-side panels
/// each is a block of its own.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub header: Range<usize>,
    pub rows: Range<usize>,
    pub columns: Range<usize>,
    /// What stands in each row of the header, beyond the panel too.
    pub across: Rc<[Census]>,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Field(Field),
    /// People at the post its label names, or at a day or shift its label names.
    People,
    Nothing,
    Unknown,
}

#[derive(Clone, Debug)]
pub(super) struct Column {
    pub holds: Holds,
    pub heading: Heading,
    /// As written, of all header rows.
    pub label: String,
    pub days: Option<Days>,
    pub weekday: Option<chrono::Weekday>,
    pub unit: Option<String>,
    /// The label is somebody's name; the cells say which shift.
    pub person: Option<String>,
    /// The label says nothing the reader knows; the cells decided.
    pub guessed: bool,
    /// What a person said it holds.
    pub told: Option<ColumnUse>,
}

/// What stands over each column of a block.
pub(super) fn columns(
    sheet: &Sheet<'_>,
    block: &Block,
    answers: &Answers,
    is_data: &dyn Fn(usize) -> bool,
) -> Vec<Column> {
    let across = days_across(sheet, block);
    let weekday_row = weekdays_across(block);
    let mut found: Vec<Column> = Vec::new();
    for column in block.columns.clone() {
        let mut over = labels_over(sheet, block, column);
        let mut days = None;
        if let Some(across) = &across {
            days = across
                .days
                .get(column - block.columns.start)
                .cloned()
                .flatten();
            over.retain(|(r, _)| across.row != *r || days.is_none());
        }
        let weekday = weekday_row
            .and_then(|r| over.iter().find(|(row, _)| *row == r))
            .and_then(|(_, text)| only_weekday(text));
        if weekday.is_some() {
            over.retain(|(r, _)| Some(*r) != weekday_row);
        }
        let mut read = column_of(sheet, block, column, &over, days, weekday, is_data);
        tell_column(&mut read, place((0, column)).column, answers);
        found.push(read);
    }
    let rows: Vec<usize> = block.rows.clone().filter(|r| is_data(*r)).collect();
    duty_line_columns(sheet, block, &rows, &mut found);
    found
}

/// One landline beside everybody rings in the duty room.
fn duty_line_columns(sheet: &Sheet<'_>, block: &Block, rows: &[usize], columns: &mut [Column]) {
    let distinct = |index: usize| -> HashSet<&str> {
        let texts = rows
            .iter()
            .map(|r| sheet.text(*r, block.columns.start + index));
        texts.filter(|text| !text.is_empty()).collect()
    };
    let several_people = (0..columns.len())
        .filter(|c| matches!(columns[*c].holds, Holds::People | Holds::Field(Field::Name)))
        .any(|c| distinct(c).len() > 1);
    for (index, column) in columns.iter_mut().enumerate() {
        let line = column.holds == Holds::Field(Field::Phone)
            && several_people
            && rows.len() > 1
            && matches!(distinct(index).into_iter().collect::<Vec<_>>()[..], [only] if is_landline(only));
        if line {
            column.holds = Holds::Field(Field::DutyLine);
        }
    }
}

/// The row of a header that holds days side by side.
struct Across {
    row: usize,
    /// For each column of the block.
    days: Vec<Option<Days>>,
}

fn days_across(sheet: &Sheet<'_>, block: &Block) -> Option<Across> {
    for (row, seen) in block.header.clone().zip(block.across.iter()) {
        let numbered = is_run_of_days(&seen.numbers)
            || seen.days == 0 && !seen.numbers.is_empty() && seen.numbers.len() == seen.filled;
        if seen.days < 2 && !numbered && !(seen.days == 1 && seen.filled == 1) {
            continue;
        }
        let mut days: Vec<Option<Days>> = Vec::with_capacity(block.columns.len());
        let mut last: Option<(usize, Days)> = None;
        for column in block.columns.clone() {
            let text = sheet.text(row, column);
            let here = match sheet.kind(row, column) {
                Kind::Days => only_days(text),
                Kind::Number if numbered => text.parse().ok().map(|day| {
                    Days::one(Day {
                        year: None,
                        month: None,
                        day,
                        spelling: Spelling::Plain,
                    })
                }),
                Kind::Blank => {
                    let used = block
                        .header
                        .clone()
                        .skip_while(|r| *r <= row)
                        .chain(block.rows.clone())
                        .any(|r| sheet.kind(r, column) != Kind::Blank);
                    let close = last.as_ref().is_some_and(|(at, _)| column - at <= 4);
                    last.clone().filter(|_| used && close).map(|(_, d)| d)
                }
                _ => None,
            };
            if sheet.kind(row, column) != Kind::Blank {
                last = here.clone().map(|d| (column, d));
            }
            days.push(here);
        }
        if days.iter().flatten().count() >= 2 || numbered || seen.filled == 1 {
            return Some(Across { row, days });
        }
    }
    None
}

fn weekdays_across(block: &Block) -> Option<usize> {
    let mut rows = block.header.clone().zip(block.across.iter());
    let found = rows.find(|(_, seen)| seen.weekdays >= 2);
    found.map(|(row, _)| row)
}

/// A header merged over more columns than this is a title.
const WIDEST_MERGE: usize = 64;

/// A label as it is written; a shift as the sheet has it, for only there is Day told from a date.
fn label(cell: &Cell<'_>) -> String {
    match cell.kind {
        Kind::Shift => cell.text.to_string(),
        _ => cell.raw.to_owned(),
    }
}

/// The header cells over a column, top to bottom; a blank in an upper row belongs to the merged
/// cell at its left.
fn labels_over(sheet: &Sheet<'_>, block: &Block, column: usize) -> Vec<(usize, String)> {
    let mut over = Vec::new();
    for row in block.header.clone() {
        let cell = sheet.cell(row, column).map(label);
        let below = (row + 1..block.header.end).any(|r| sheet.kind(r, column) != Kind::Blank);
        let merged = || {
            (block.columns.start..column)
                .rev()
                .take(WIDEST_MERGE)
                .find(|c| sheet.kind(row, *c) != Kind::Blank)
                .and_then(|c| {
                    let reaches =
                        (row + 1..block.header.end).any(|r| sheet.kind(r, c) != Kind::Blank);
                    sheet.cell(row, c).filter(|_| reaches).map(label)
                })
        };
        let label = cell.or_else(|| if below { merged() } else { None });
        over.extend(label.map(|l| (row, l)));
    }
    over
}

fn column_of(
    sheet: &Sheet<'_>,
    block: &Block,
    column: usize,
    over: &[(usize, String)],
    days: Option<Days>,
    weekday: Option<chrono::Weekday>,
    is_data: &dyn Fn(usize) -> bool,
) -> Column {
    let mut whole = Heading::default();
    let mut unit = None;
    let mut known = false;
    for (row, label) in over {
        if sheet.kind(*row, column) == Kind::Unit && heading(label).field.is_none() {
            unit = Some(label.clone());
            known = true;
            continue;
        }
        let mut one = heading(label);
        if sheet.kind(*row, column) == Kind::Range && one.hours.is_none() {
            one.hours = time_cell(sheet.text(*row, column));
            one.post.clear();
        }
        known |= one.field.is_some() || one.role.is_some() || one.hours.is_some();
        let names_post = one.role.is_some() || one.field.is_none() && one.hours.is_none();
        whole.field = one.field.or(whole.field);
        whole.hours = one.hours.or(whole.hours);
        whole.near = one.near.or(whole.near);
        if names_post {
            whole.role = one.role.or(whole.role);
            if !one.post.is_empty() {
                whole.post = one.post;
            }
        }
    }
    let label = over
        .iter()
        .map(|(_, l)| l.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    let contents = Contents::of(sheet, block.rows.clone().filter(|r| is_data(*r)), column);
    let in_axis = days.is_some() || weekday.is_some();
    let said = Over {
        heading: &whole,
        known,
        in_axis,
        names_unit: unit.is_some(),
    };
    let (holds, guessed) = holds(&said, &label, &contents);
    let coded = contents.codes + contents.shifts;
    let person = over
        .iter()
        .find(|(row, _)| !known && sheet.kind(*row, column) == Kind::People);
    let person = person
        .filter(|_| days.is_none() && coded * 2 > contents.filled)
        .map(|(_, name)| name.clone());
    let (holds, guessed) = if person.is_some() {
        (Holds::People, false)
    } else {
        (holds, guessed)
    };
    Column {
        person,
        holds,
        heading: whole,
        label,
        days,
        weekday,
        unit,
        guessed,
        told: None,
    }
}

/// A time cell in a column of times.
pub(super) fn time_cell(text: &str) -> Option<Hours> {
    only_hours(text, Looseness::Column)
}
