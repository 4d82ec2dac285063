//! What a sheet holds and a spreadsheet does not show: hidden rows and columns, and texts under a
//! merged cell.
//!
//! Hidden shifts were read, for nobody said they do not count; that they were is told and asked.

use std::collections::BTreeSet;

use super::CellUse;
use super::answers::Answer;
use super::book::Book;
use super::cells::Hidden;
use super::choices::leaving_out;
use super::finding::{Code, Place};
use super::misread::Misread;
use super::questions::{Asks, Question};
use super::sheet::Sheet;

/// More hidden rows are not asked about one by one.
const MOST_ASKED: usize = 5;

/// Finds what was read, or passed over, without anybody seeing it.
pub(super) fn tell_unseen(book: &mut Book, sheet: &Sheet<'_>, hidden: &Hidden) {
    for covered in sheet.covered() {
        let matter = Misread::Covered {
            text: covered.text.clone(),
            shown: covered.shown.clone(),
        };
        book.find_at(Code::F327, Some(super::book::place(covered.at)), matter);
        book.account(covered.at, CellUse::Finding, None);
    }
    let numbers = |places: &[usize]| -> BTreeSet<u32> {
        let numbers = places.iter().map(|n| u32::try_from(n + 1));
        numbers.filter_map(Result::ok).collect()
    };
    let (rows, columns) = (numbers(&hidden.rows), numbers(&hidden.columns));
    let (rows, shifts) = peopled(book, &rows, |place| place.row);
    if let Some(row) = rows.first().copied() {
        ask(book, sheet, &rows);
        let matter = Misread::HiddenRows { rows, shifts };
        book.find_at(Code::F327, Some(whole_row(row)), matter);
    }
    let (columns, shifts) = peopled(book, &columns, |place| place.column);
    if shifts > 0 {
        let matter = Misread::HiddenColumns { columns, shifts };
        book.find_at(Code::F327, Some(Place::default()), matter);
    }
}

/// Those of the lines in which shifts stand, and how many shifts.
fn peopled(book: &Book, lines: &BTreeSet<u32>, line: fn(&Place) -> u32) -> (Vec<u32>, u32) {
    let shifts = book.roster.shifts.iter().map(|shift| line(&shift.source));
    let unseen: Vec<u32> = shifts.filter(|line| lines.contains(line)).collect();
    let count = u32::try_from(unseen.len()).unwrap_or(u32::MAX);
    let lines: BTreeSet<u32> = unseen.into_iter().collect();
    (lines.into_iter().collect(), count)
}

fn ask(book: &mut Book, sheet: &Sheet<'_>, rows: &[u32]) {
    let asked = rows.iter().take(MOST_ASKED).filter_map(|row| {
        let leave_out = leaving_out(sheet, *row as usize - 1)?;
        let Answer::LeftOut { row: text } = &leave_out else {
            return None;
        };
        Some(Question {
            asks: Asks::HiddenRow { row: text.clone() },
            place: Some(whole_row(*row)),
            choices: vec![leave_out],
        })
    });
    book.form.questions.extend(asked);
}

fn whole_row(row: u32) -> Place {
    Place {
        row,
        ..Place::default()
    }
}
