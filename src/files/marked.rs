//! A copy of a clerk's file with each finding where it belongs: the cell coloured, a note on it,
//! and a list of all on a sheet behind.
//!
//! Every cell is written as text, so that none can become a formula. Knows no rules; what is to
//! be said comes ready.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, Note, Workbook, Worksheet, XlsxError};

use crate::roster::{Cells, Severity};
use crate::words::marked::Remarks;

/// A note on a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// From 1, as the spreadsheet shows it.
    pub row: u32,
    /// From 1; 0 for the whole row, which is marked at its first cell.
    pub column: u32,
    pub severity: Severity,
    pub note: String,
}

/// What the list behind says, header first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    pub sheet: String,
    pub rows: Vec<[String; 4]>,
}

/// Cells of text: a spreadsheet changes nothing typed there.
const TEXT: u8 = 49;

/// What a cell and a note hold at most.
const MOST_CHARS: usize = 32_000;

/// The copy of a file's cells with all that is said of them.
pub fn copy(mut cells: Cells, remarks: &Remarks) -> Result<Vec<u8>, XlsxError> {
    if cells.sheet.is_empty() {
        cells.sheet.clone_from(&remarks.untitled);
    }
    let marks: Vec<Mark> = remarks
        .notes
        .iter()
        .map(|remark| Mark {
            row: remark.row,
            column: remark.column,
            severity: remark.severity,
            note: remark.note.clone(),
        })
        .collect();
    let list = List {
        // Two sheets of one name are none at all.
        sheet: if cells.sheet == remarks.list_sheet {
            format!("{} 2", remarks.list_sheet)
        } else {
            remarks.list_sheet.clone()
        },
        rows: remarks.list.clone(),
    };
    workbook(&cells, &marks, &list)
}

/// The marked copy as an .xlsx.
pub fn workbook(cells: &Cells, marks: &[Mark], list: &List) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(&cells.sheet)?;
    let at = by_cell(marks);
    let plain = Format::new()
        .set_num_format_index(TEXT)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    for merge in &cells.merges {
        let ends = cell(merge.first).zip(cell(merge.last));
        let Some(((row, column), (last_row, last_column))) = ends else {
            continue;
        };
        // A merge that crosses another is left unmerged: its cells are written all the same.
        let _ = sheet.merge_range(row, column, last_row, last_column, "", &plain);
    }
    for (row, texts) in cells.rows.iter().enumerate() {
        for (column, text) in texts.iter().enumerate() {
            let Some(place) = cell((row, column)).filter(|_| !text.is_empty()) else {
                continue;
            };
            let format = at
                .get(&place)
                .map_or_else(|| plain.clone(), |(s, _)| coloured(&plain, *s));
            sheet.write_string_with_format(place.0, place.1, short(text), &format)?;
        }
    }
    for (place, (severity, note)) in &at {
        let text = cells
            .rows
            .get(place.0 as usize)
            .and_then(|r| r.get(usize::from(place.1)));
        if text.is_none_or(String::is_empty) {
            sheet.write_blank(place.0, place.1, &coloured(&plain, *severity))?;
        }
        let note = Note::new(short(note))
            .set_width(320)
            .set_author("zaigang")
            .add_author_prefix(false);
        sheet.insert_note(place.0, place.1, &note)?;
    }
    widths(sheet, cells)?;
    listed(book.add_worksheet(), list)?;
    book.save_to_buffer()
}

fn listed(sheet: &mut Worksheet, list: &List) -> Result<(), XlsxError> {
    sheet.set_name(&list.sheet)?;
    let plain = Format::new().set_num_format_index(TEXT).set_text_wrap();
    let header = plain.clone().set_bold();
    for (row, cells) in (0u32..).zip(&list.rows) {
        let format = if row == 0 { &header } else { &plain };
        for (column, text) in (0u16..).zip(cells) {
            sheet.write_string_with_format(row, column, short(text), format)?;
        }
    }
    for (column, width) in [(0, 8), (1, 10), (2, 60), (3, 60)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// What a cell's notes say together, and the worst of them.
fn by_cell(marks: &[Mark]) -> BTreeMap<(u32, u16), (Severity, String)> {
    let mut at: BTreeMap<(u32, u16), (Severity, String)> = BTreeMap::new();
    for mark in marks {
        let Some(row) = mark.row.checked_sub(1) else {
            continue;
        };
        let Ok(column) = u16::try_from(mark.column.saturating_sub(1)) else {
            continue;
        };
        let (severity, note) = at
            .entry((row, column))
            .or_insert_with(|| (mark.severity, String::new()));
        *severity = mark.severity.max(*severity);
        if !note.is_empty() {
            note.push('\n');
        }
        note.push_str(&mark.note);
    }
    at
}

fn coloured(plain: &Format, severity: Severity) -> Format {
    let colour = match severity {
        Severity::Error => 0x00FF_7C80,
        Severity::Warning => 0x00FF_D966,
        Severity::Note => 0x00DD_EBF7,
    };
    plain.clone().set_background_color(Color::RGB(colour))
}

/// Columns as wide as their longest short text; a Chinese character takes two.
fn widths(sheet: &mut Worksheet, cells: &Cells) -> Result<(), XlsxError> {
    let mut widths: BTreeMap<u16, usize> = BTreeMap::new();
    // A title is as long as the table is wide, and says nothing of its column.
    for row in cells
        .rows
        .iter()
        .filter(|row| row.iter().filter(|c| !c.is_empty()).count() > 1)
    {
        for (column, text) in (0u16..).zip(row) {
            let width = text
                .lines()
                .map(unicode_width::UnicodeWidthStr::width)
                .max();
            let widest = widths.entry(column).or_default();
            *widest = width.unwrap_or(0).clamp(*widest, 40.max(*widest));
        }
    }
    for (column, width) in widths {
        sheet.set_column_width(column, u32::try_from(width + 2).unwrap_or(12).max(8))?;
    }
    Ok(())
}

/// Where a spreadsheet can write.
fn cell((row, column): (usize, usize)) -> Option<(u32, u16)> {
    Some((u32::try_from(row).ok()?, u16::try_from(column).ok()?))
}

fn short(text: &str) -> String {
    text.chars().take(MOST_CHARS).collect()
}
