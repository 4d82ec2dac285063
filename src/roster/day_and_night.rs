//! Day beside Night: a shift, and no column of dates.
//!
//! A cell alone cannot say which; the one beside or below it can.

use std::borrow::Cow;

use super::names::Spacing;
use super::sheet::{Cell, Kind, kind};

/// What follows the word where it stands for itself: nothing, its hours or a colon.
const AFTER: &[char] = &[' ', '(', ':', '\n', '-', '/'];

/// `Day` in one row or column with `Night` becomes the shift it is.
pub(super) fn tell_shifts_from_dates(rows: &mut [Vec<Cell<'_>>], spacing: Spacing) {
    let days = places(rows, "day");
    if days.is_empty() {
        return;
    }
    let nights = places(rows, "night");
    for (row, column) in days {
        let beside = |(r, c): &(usize, usize)| *r == row || *c == column;
        if !nights.iter().any(beside) || stands_over_days(rows, (row, column)) {
            continue;
        }
        if let Some(cell) = rows.get_mut(row).and_then(|cells| cells.get_mut(column)) {
            let told = cell.text.get("day".len()..).unwrap_or_default();
            let told = told.strip_prefix(['s', 'S']).unwrap_or(told);
            cell.text = Cow::Owned(format!("day shift{told}"));
            cell.kind = kind(&cell.text, spacing);
        }
    }
}

/// Whether the next cell below is a day.
fn stands_over_days(rows: &[Vec<Cell<'_>>], (row, column): (usize, usize)) -> bool {
    let below = rows
        .iter()
        .skip(row + 1)
        .filter_map(|cells| cells.get(column));
    let next = below
        .map(|cell| cell.kind)
        .find(|kind| *kind != Kind::Blank);
    matches!(
        next,
        Some(Kind::Days | Kind::Weekday | Kind::Moment | Kind::Number)
    )
}

/// The cells that are this word, or begin with it.
fn places(rows: &[Vec<Cell<'_>>], word: &str) -> Vec<(usize, usize)> {
    let cells = rows.iter().enumerate().flat_map(|(row, cells)| {
        let cells = cells.iter().enumerate();
        cells.map(move |(column, cell)| ((row, column), cell.text.as_ref()))
    });
    let begins = |text: &str| {
        let (Some(first), Some(rest)) = (text.get(..word.len()), text.get(word.len()..)) else {
            return false;
        };
        let rest = rest.strip_prefix(['s', 'S']).unwrap_or(rest);
        let is_shift = rest.trim_start().to_lowercase().starts_with("shift");
        let ends = rest.is_empty() || rest.starts_with(AFTER);
        first.eq_ignore_ascii_case(word) && ends && (word == "night" || !is_shift)
    };
    let found = cells.filter(|(_, text)| begins(text));
    found.map(|(place, _)| place).collect()
}
