//! A row of telephone numbers under the row of people they ring.

use std::ops::Range;
use std::sync::Arc;

use super::CellUse;
use super::book::{At, place};
use super::finding::Code;
use super::misread::Misread;
use super::phones::{Dialled, phone};
use super::reader::Reader;
use super::sheet::Kind;
use super::table::Block;

/// A row that names people.
pub(super) struct PeopledRow {
    pub row: usize,
    /// In the roster's.
    pub shifts: Range<usize>,
}

/// What a cell under people turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Below {
    Theirs,
    /// Nobody can be rung there.
    BadNumber,
    /// Nobody stands above.
    Nobodys,
}

impl Reader<'_, '_> {
    /// Whether a row has nothing but numbers, some of them under people.
    pub(super) fn is_of_numbers(&self, block: &Block, row: usize, peopled: &[usize]) -> bool {
        let cells = || {
            let filled = self.sheet.filled(row);
            filled.filter(|(column, _)| block.columns.contains(column))
        };
        cells().all(|(_, cell)| cell.kind == Kind::Phone)
            && cells().any(|(column, _)| peopled.contains(&(column - block.columns.start)))
    }

    /// Gives the number at `here` to those of the cell above it who have none.
    pub(super) fn number_below(&mut self, here: At, above: &PeopledRow) -> Below {
        let Some(cell) = self.sheet.cell(here.0, here.1) else {
            return Below::Nobodys;
        };
        let source = place((above.row, here.1));
        let of_row = self.book.roster.shifts.get_mut(above.shifts.clone());
        let mut of_cell = of_row
            .into_iter()
            .flatten()
            .zip(above.shifts.clone())
            .filter(|(shift, _)| shift.source == source)
            .peekable();
        let Some(index) = of_cell.peek().map(|(_, index)| *index) else {
            return Below::Nobodys;
        };
        let Dialled::Good(number) = phone(cell.raw) else {
            return Below::BadNumber;
        };
        for (shift, _) in of_cell {
            let first = Arc::make_mut(&mut shift.people).first_mut();
            if let Some(person) = first.filter(|p| p.phone.is_none()) {
                person.phone = Some(number.clone());
            }
        }
        self.book
            .account(here, CellUse::Shift, u32::try_from(index).ok());
        Below::Theirs
    }

    /// Finds a number nobody can be rung at.
    pub(super) fn bad_number(&mut self, at: At) {
        let text = self.quote(at).to_owned();
        self.book.find(Code::P201, at, Misread::BadPhone { text });
    }
}
