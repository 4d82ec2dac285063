//! Whether a large grid can be a roster at all, asked of a sample before every cell is read.
//!
//! Small files are always read: a clerk's odd table deserves the effort.

use super::decode::whole_file;
use super::finding::{Code, Finding};
use super::grid::Grid;
use super::misread::Misread;
use super::names::Spacing;
use super::plain::plain;
use super::sheet::{Kind, kind};

/// Grids with fewer cells are read without asking.
const SMALL_CELLS: usize = 40_000;
/// So many cells, spread over the grid, speak for all.
const SAMPLE_CELLS: usize = 2_000;
/// One line for a whole roster is a few thousand characters long.
const LONGEST_CELL_BYTES: usize = 200_000;
/// As many columns as a spreadsheet has.
const MOST_COLUMNS: usize = 16_384;

/// A finding where the grid is plainly something else.
pub(super) fn refusal(grid: &Grid) -> Option<Box<Finding>> {
    let widest = (0..grid.rows()).map(|r| grid.row(r).count()).max();
    let too_long = |cell: &str| cell.len() > LONGEST_CELL_BYTES;
    let no_roster = widest > Some(MOST_COLUMNS) || cells(grid).any(too_long) || is_noise(grid);
    no_roster.then(|| {
        let kind = "text".to_owned();
        whole_file(Code::F312, Misread::NotATable { kind })
    })
}

/// Hardly one cell in ten is a day, a clock, a name, a number to dial or a word of rosters.
fn is_noise(grid: &Grid) -> bool {
    let all = cells(grid).count();
    if all < SMALL_CELLS {
        return false;
    }
    let (mut filled, mut telling) = (0, 0);
    // One cell of every so many, and not the same one each time: that would be one column.
    let step = (all / SAMPLE_CELLS).max(1);
    let sample = cells(grid).enumerate();
    for (_, cell) in sample.filter(|(at, _)| at % step == at / step * 7919 % step) {
        let kind = kind(&plain(cell), Spacing::BetweenPeople);
        filled += usize::from(kind != Kind::Blank);
        telling += usize::from(is_telling(kind));
    }
    telling * 10 < filled
}

fn cells(grid: &Grid) -> impl Iterator<Item = &str> {
    (0..grid.rows()).flat_map(|row| grid.row(row))
}

/// What chance seldom writes; a number or a letter is no sign.
fn is_telling(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Blank | Kind::Text | Kind::Number | Kind::Code | Kind::Mark | Kind::Placeholder
    )
}

#[cfg(test)]
mod tests {
    use super::super::grid::grid;
    use super::*;

    fn refused(text: &str) -> bool {
        let (grid, _) = grid(text).ok().unwrap();
        refusal(&grid).is_some()
    }

    #[test]
    fn a_large_roster_is_read_and_as_much_noise_is_not() {
        let lines = |line: fn(u32) -> String| (0..20_000).map(line).collect::<Vec<_>>().concat();
        let roster = lines(|n| format!("2026-10-01,8:00-20:00,王立新,{n}\n"));
        let noise = lines(|n| format!("k{n}#,%%{n},q!,zz@{n}\n"));
        assert!(!refused(&roster));
        assert!(refused(&noise));
    }

    #[test]
    fn a_column_of_remarks_does_not_speak_for_the_roster() {
        let row = "2026-10-01,8:00-20:00,王立新,13800000001,值班员,今日无事发生一切正常\n";
        assert!(!refused(&row.repeat(8_000)));
    }

    #[test]
    fn a_small_odd_table_is_read_whatever_it_holds() {
        assert!(!refused("k#,%%\nq!,zz@\n"));
    }

    #[test]
    fn one_endless_cell_or_row_is_no_table() {
        assert!(refused(&"值".repeat(LONGEST_CELL_BYTES)));
        assert!(refused(&"值,".repeat(MOST_COLUMNS + 1)));
    }
}
