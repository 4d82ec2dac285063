//! `08-20` beside a day: two clocks, and no 20th of August.
//!
//! A cell alone cannot say which; its row and its column can.

use super::day::Spelling;
use super::days::only_days;
use super::hours::{Hours, Looseness, only_hours};
use super::sheet::{Cell, Kind};
use super::vocabulary::Field;

/// Cells that look like days, stand beside real ones, and are hours, become ranges.
pub(super) fn tell_hours_from_days(rows: &mut [Vec<Cell<'_>>], width: usize) {
    if !rows.iter().flatten().any(may_be_hours) {
        return;
    }
    for column in 0..width {
        if is_of_hours(rows, column) {
            let cells = rows.iter_mut().filter_map(|row| row.get_mut(column));
            for cell in cells.filter(|cell| may_be_hours(cell)) {
                cell.kind = Kind::Range;
            }
        }
    }
    for row in 0..rows.len() {
        if is_header_of_hours(rows, row) {
            for cell in rows[row].iter_mut().filter(|cell| may_be_hours(cell)) {
                cell.kind = Kind::Range;
            }
        }
    }
}

/// `08-20`, `20-8`: day and month, or two clocks.
fn may_be_hours(cell: &Cell<'_>) -> bool {
    let Some((first, second)) = cell.text.split_once('-') else {
        return false;
    };
    let clock = |text: &str| {
        (1..=2).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_digit())
            && text.parse::<u32>().is_ok_and(|hour| hour <= 24)
    };
    cell.kind == Kind::Days
        && clock(first)
        && clock(second)
        && matches!(
            only_hours(&cell.text, Looseness::Column),
            Some(Hours::Range { .. })
        )
}

/// A day that no pair of clocks can be.
fn is_plain_day(cell: &Cell<'_>) -> bool {
    cell.kind == Kind::Days && !may_be_hours(cell) || cell.kind == Kind::Moment
}

/// The same few values beside ever other days, or a label that says hours over no run of days.
fn is_of_hours(rows: &[Vec<Cell<'_>>], column: usize) -> bool {
    let mut values: Vec<&str> = Vec::new();
    let mut beside_days = false;
    let mut labelled = None;
    for row in rows {
        let Some(cell) = row.get(column) else {
            continue;
        };
        if let Kind::Label(field) = cell.kind {
            labelled = Some(field);
        }
        if may_be_hours(cell) {
            values.push(&cell.text);
            beside_days |= row.iter().any(is_plain_day);
        }
    }
    if !beside_days || matches!(labelled, Some(Field::Start | Field::End | Field::Date)) {
        return false;
    }
    let mut distinct = values.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let repeats = distinct.len() * 2 <= values.len();
    let says_hours = matches!(labelled, Some(Field::Hours | Field::ShiftName));
    repeats || says_hours && !is_run_of_days(&values)
}

/// 日期, 08-20, 20-08 over days that run down.
fn is_header_of_hours(rows: &[Vec<Cell<'_>>], row: usize) -> bool {
    let over_days = rows[row].iter().enumerate().any(|(column, cell)| {
        let below = rows.get(row + 1).and_then(|below| below.get(column));
        cell.kind == Kind::Label(Field::Date) && below.is_some_and(is_plain_day)
    });
    let values: Vec<&str> = rows[row]
        .iter()
        .filter(|cell| may_be_hours(cell))
        .map(|cell| cell.text.as_ref())
        .collect();
    over_days && !is_run_of_days(&values)
}

/// Whether each value, taken for a day, is the one after the value before it.
fn is_run_of_days(values: &[&str]) -> bool {
    let days: Vec<(Option<u32>, u32)> = values
        .iter()
        .filter_map(|text| only_days(text))
        .filter_map(|days| days.list.first().map(|(day, _)| *day))
        .filter(|day| day.spelling == Spelling::Plain)
        .map(|day| (day.month, day.day))
        .collect();
    days.len() >= 2
        && days
            .windows(2)
            .all(|pair| pair[0].0 == pair[1].0 && pair[1].1 == pair[0].1 + 1)
}
