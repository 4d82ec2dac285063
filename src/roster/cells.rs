//! A workbook's sheet, its cells already text: the same reading as of delimited text, save that
//! merged cells are known for certain.
//!
//! Knows nothing of workbooks' bytes; whoever opened them hands the cells over.

use foldhash::HashMap;

use super::decode::whole_file;
use super::finding::{Code, Finding, Place};
use super::grid::Grid;
use super::misread::Misread;
use super::sheet::Sheet;
use super::unseen::tell_unseen;
use super::{Account, Asked, Form, Limits, Reading, Roster, Shift, Source, reader, too_large};
use crate::time::{Span, TimeDelta};

/// One sheet, its rows and columns where the spreadsheet shows them.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    pub sheet: String,
    /// The text encoding within the workbook: `utf-8` of .xlsx, `utf-16le` of .xls.
    pub encoding: &'static str,
    /// Ragged; a blank is an empty text.
    pub rows: Vec<Vec<String>>,
    pub merges: Vec<Merge>,
    pub hidden: Hidden,
}

/// Rows and columns that the spreadsheet does not show, counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    pub rows: Vec<usize>,
    pub columns: Vec<usize>,
}

/// Cells shown as one, first and last inclusive, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    pub first: (usize, usize),
    pub last: (usize, usize),
}

/// All that a sheet says, read as a clerk's roster. The limits of the chat hold everywhere.
#[must_use]
pub fn read_cells(cells: &Cells, asked: &Asked) -> Reading {
    let limits = asked.limits.unwrap_or(Limits::CHAT);
    let rows = cells.rows.len();
    let source = Source {
        encoding: cells.encoding,
        delimiter: None,
        sheet: Some(cells.sheet.clone()),
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
    };
    if rows > limits.rows {
        return refused(*too_large(0, rows, limits), source);
    }
    if cells
        .rows
        .iter()
        .flatten()
        .all(|cell| cell.trim().is_empty())
    {
        return refused(*whole_file(Code::F311, Misread::EmptyFile), source);
    }
    let grid = Grid::of_rows(&cells.rows);
    let mut sheet = Sheet::new(&grid, asked.zone);
    sheet.fill(&cells.merges);
    let mut book = reader::read_sheet(&mut sheet, asked);
    if book.overflows {
        return refused(*whole_file(Code::F313, book.outgrown()), source);
    }
    book.settle_unread();
    // What was read in a merged cell's lower rows was written in its first: that is where a
    // person looks for it, and the account counts it once.
    book.move_places(|at| sheet.anchor(at));
    tell_unseen(&mut book, &sheet, &cells.hidden);
    let mut reading = Reading {
        source,
        account: book.account_of_all(),
        roster: book.roster,
        findings: book.findings,
        form: book.form,
    };
    join_day_and_night(&mut reading, &sheet, asked);
    reading
}

/// One name merged over the shifts of a day is one duty, handed over once.
fn join_day_and_night(reading: &mut Reading, sheet: &Sheet<'_>, asked: &Asked) {
    let longest = TimeDelta::minutes(asked.max_shift_minutes.into());
    let mut joined: Vec<Shift> = Vec::with_capacity(reading.roster.shifts.len());
    let mut moved: Vec<usize> = Vec::with_capacity(reading.roster.shifts.len());
    let mut last_at: HashMap<(Place, u32), usize> = HashMap::default();
    for shift in std::mem::take(&mut reading.roster.shifts) {
        let key = (shift.source, shift.post);
        let before = last_at
            .get(&key)
            .copied()
            .filter(|_| is_anchor(sheet, shift.source));
        let whole = before.and_then(|n| {
            let first = joined.get(n)?;
            let follows = first.span.end() == shift.span.start() && first.people == shift.people;
            let whole = Span::new(first.span.start(), shift.span.end())?;
            (follows && whole.length() <= longest).then_some((n, whole))
        });
        if let Some((first, n, whole)) = whole.and_then(|(n, w)| Some((joined.get_mut(n)?, n, w))) {
            first.span = whole;
            moved.push(n);
            continue;
        }
        last_at.insert(key, joined.len());
        moved.push(joined.len());
        joined.push(shift);
    }
    reading.roster.shifts = joined;
    for cell in &mut reading.account.cells {
        let now = cell.shift.and_then(|n| moved.get(n as usize));
        cell.shift = now.and_then(|n| u32::try_from(*n).ok());
    }
}

fn is_anchor(sheet: &Sheet<'_>, place: Place) -> bool {
    let at = (place.row.saturating_sub(1), place.column.saturating_sub(1));
    sheet.is_anchor((at.0 as usize, at.1 as usize))
}

/// The reading of a workbook that could not be opened: nothing but why.
#[must_use]
pub fn unopened(matter: Misread, encoding: &'static str) -> Reading {
    let code = match matter {
        Misread::TooLarge { .. } | Misread::Outgrown => Code::F313,
        _ => Code::F312,
    };
    let source = Source {
        encoding,
        delimiter: None,
        sheet: None,
        rows: 0,
    };
    refused(*whole_file(code, matter), source)
}

fn refused(finding: Finding, source: Source) -> Reading {
    Reading {
        source,
        roster: Roster::default(),
        findings: vec![finding],
        account: Account::default(),
        form: Form::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::CellUse;

    type At = (usize, usize);

    fn cells(rows: &[&[&str]], merges: &[(At, At)]) -> Cells {
        Cells {
            sheet: "值班表".to_owned(),
            encoding: "utf-8",
            rows: rows
                .iter()
                .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
                .collect(),
            merges: merges
                .iter()
                .map(|(first, last)| Merge {
                    first: *first,
                    last: *last,
                })
                .collect(),
            hidden: Hidden::default(),
        }
    }

    fn shifts(reading: &Reading) -> Vec<String> {
        let said = reading.roster.shifts.iter().map(|shift| {
            let names: Vec<&str> = shift.people.iter().map(|p| p.name.as_str()).collect();
            let post = &reading.roster.post(shift).name;
            format!(
                "{post} {} {} {}h",
                shift.span.start().format("%dT%H"),
                names.join("、"),
                shift.span.length().num_hours()
            )
        });
        said.collect()
    }

    const HEADER: &[&str] = &["日期", "时间", "带班领导", "值班员"];

    #[test]
    fn a_merged_blank_is_the_cell_above_and_another_blank_is_nobody() {
        let table: &[&[&str]] = &[
            HEADER,
            &["2026-10-01", "08:00-20:00", "李文博", "张建国"],
            &["", "20:00-次日08:00", "", "王海燕"],
            &["2026-10-02", "08:00-20:00", "赵晓东", "刘洋"],
            &["", "20:00-次日08:00", "", "陈静"],
        ];
        let dates = [((1, 0), (2, 0)), ((3, 0), (4, 0))];
        let half = [dates.as_slice(), &[((1, 2), (2, 2))]].concat();
        let reading = read_cells(&cells(table, &half), &Asked::default());
        let led = shifts(&reading)
            .into_iter()
            .filter(|s| s.starts_with("带班"));
        assert_eq!(
            led.collect::<Vec<_>>(),
            ["带班领导 01T00 李文博 24h", "带班领导 02T00 赵晓东 12h"]
        );
    }

    #[test]
    fn a_merged_cell_is_accounted_for_once() {
        let table: &[&[&str]] = &[
            HEADER,
            &["2026-10-01", "08:00-20:00", "李文博", "张建国"],
            &["", "20:00-次日08:00", "", "王海燕"],
        ];
        let reading = read_cells(
            &cells(table, &[((1, 0), (2, 0)), ((1, 2), (2, 2))]),
            &Asked::default(),
        );
        let places: Vec<(u32, u32)> = reading
            .account
            .cells
            .iter()
            .filter(|c| c.r#as == CellUse::Shift)
            .map(|c| (c.place.row, c.place.column))
            .collect();
        let written = [(2, 1), (2, 2), (2, 3), (2, 4), (3, 2), (3, 4)];
        assert_eq!(places, written);
    }

    #[test]
    fn a_name_merged_across_days_stands_on_each() {
        let table: &[&[&str]] = &[
            &["岗位", "2026-10-01", "2026-10-02", "2026-10-03"],
            &["带班领导", "李文博", "", "赵晓东"],
            &["值班员", "张建国", "王海燕", "刘洋"],
        ];
        let reading = read_cells(&cells(table, &[((1, 1), (1, 2))]), &Asked::default());
        assert_eq!(reading.roster.shifts.len(), 6, "{:?}", shifts(&reading));
    }

    #[test]
    fn a_merge_that_claims_the_whole_sheet_costs_nothing() {
        let wide = vec![((1, 3), (usize::MAX - 1, usize::MAX - 1)); 1000];
        let table: &[&[&str]] = &[HEADER, &["2026-10-01", "08:00-20:00", "李文博", "张建国"]];
        let reading = read_cells(&cells(table, &wide), &Asked::default());
        assert_eq!(reading.roster.shifts.len(), 2);
    }

    #[test]
    fn an_empty_sheet_and_an_endless_one_are_findings() {
        let empty = read_cells(&cells(&[&["", " "]], &[]), &Asked::default());
        assert_eq!(empty.findings[0].code, Code::F311);
        let endless = Cells {
            rows: vec![Vec::new(); 50_001],
            ..Cells::default()
        };
        let endless = read_cells(&endless, &Asked::default());
        assert_eq!(endless.findings[0].code, Code::F313);
    }
}
