//! Merged cells: which of them repeat what the first says, and where that first one is.

use std::collections::{HashMap, HashSet};

use super::cells::Merge;
use super::plain::quoted;
use super::sheet::{Cell, Kind};

/// More merged cells than a roster has; what is merged beyond stays blank.
const MOST_CELLS: usize = 500_000;

/// Where the merged cells that were filled have their text.
#[derive(Clone, Debug, Default)]
pub(super) struct Merges {
    anchors: HashMap<(usize, usize), (usize, usize)>,
    repeated: HashSet<(usize, usize)>,
    covered: Vec<Covered>,
}

/// A text that a merged cell hides: the spreadsheet shows the first cell's.
#[derive(Clone, Debug)]
pub(super) struct Covered {
    pub at: (usize, usize),
    pub text: String,
    pub shown: String,
}

impl Merges {
    pub fn anchor(&self, at: (usize, usize)) -> (usize, usize) {
        self.anchors.get(&at).copied().unwrap_or(at)
    }

    pub fn is_anchor(&self, at: (usize, usize)) -> bool {
        self.repeated.contains(&at)
    }

    pub fn covered(&self) -> &[Covered] {
        &self.covered
    }

    /// A file that merges nothing downwards may have lost its merges on the way: its blanks are
    /// guessed at, as those of delimited text are.
    pub fn are_known(&self) -> bool {
        self.anchors.iter().any(|(at, anchor)| at.0 != anchor.0)
    }
}

/// Fills what duty is read from. Titles, labels and notes are merged for looks, and the reader
/// expects their text once.
pub(super) fn filled(rows: &mut [Vec<Cell<'_>>], width: usize, merges: &[Merge]) -> Merges {
    let mut found = Merges::default();
    let own = own_columns(rows, width);
    let mut left = MOST_CELLS;
    for merge in merges {
        let (row, column) = merge.first;
        let Some(cell) = rows.get(row).and_then(|r| r.get(column)).cloned() else {
            continue;
        };
        if !goes_down(cell.kind) {
            continue;
        }
        let last_row = merge.last.0.min(rows.len().saturating_sub(1));
        let last_column = if goes_right(cell.kind) {
            merge.last.1.min(width.saturating_sub(1))
        } else {
            column
        };
        for (at_row, cells) in rows.iter_mut().enumerate().take(last_row + 1).skip(row) {
            for at_column in column..=last_column {
                let shows = at_column == column || own.get(at_column) == Some(&true);
                let at = (at_row, at_column);
                left = left.saturating_sub(1);
                if left == 0 {
                    return found;
                }
                if !shows || at == merge.first {
                    continue;
                }
                while cells.len() <= at_column {
                    cells.push(Cell::blank());
                }
                if let Some(under) = cells.get_mut(at_column).filter(|c| c.text != cell.text) {
                    if under.kind != Kind::Blank {
                        found.covered.push(Covered {
                            at,
                            text: quoted(under.raw),
                            shown: quoted(cell.raw),
                        });
                    }
                    *under = cell.clone();
                    found.anchors.insert(at, merge.first);
                    found.repeated.insert(merge.first);
                }
            }
        }
    }
    found
}

/// Columns that have a word of their own somewhere: the others are only another's width.
fn own_columns(rows: &[Vec<Cell<'_>>], width: usize) -> Vec<bool> {
    let mut own = vec![false; width];
    for row in rows {
        for (column, cell) in own.iter_mut().zip(row) {
            *column |= cell.kind != Kind::Blank;
        }
    }
    own
}

fn goes_down(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::People
            | Kind::Phone
            | Kind::Number
            | Kind::Days
            | Kind::Moment
            | Kind::Clock
            | Kind::Range
            | Kind::Shift
            | Kind::Weekday
            | Kind::Unit
            | Kind::Placeholder
            | Kind::Code
            | Kind::Mark
    )
}

fn goes_right(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::People | Kind::Phone | Kind::Placeholder | Kind::Code | Kind::Mark
    )
}
