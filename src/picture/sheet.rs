//! Tables for a spreadsheet: an .xlsx of one sheet or several, set up to be printed, or text with
//! commas. No cell of either can become a formula.
//!
//! Knows rows and columns, and not what they say.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use crate::words::circular::Table;
use crate::words::sheets::{Book, Paging, Sheet};

/// Cells of text: a spreadsheet changes nothing typed there.
const TEXT: u8 = 49;
/// What a cell holds at most.
const MOST_CHARS: usize = 32_000;
const A4: u8 = 9;
const LINE_POINTS: f64 = 15.0;
/// A row is 409 points high at most.
const MOST_LINES: u32 = 27;

/// The workbook's bytes.
pub fn xlsx(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    for sheet in &book.sheets {
        written(workbook.add_worksheet(), sheet)?;
    }
    workbook.save_to_buffer()
}

fn written(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    page.set_name(&sheet.name)?;
    let columns = u16::try_from(sheet.table.header.len()).unwrap_or(u16::MAX);
    let last = columns.saturating_sub(1);
    let plain = Format::new()
        .set_num_format_index(TEXT)
        .set_quote_prefix()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    let header = plain
        .clone()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_background_color(Color::RGB(0x00DD_E6EE));
    let title = Format::new()
        .set_bold()
        .set_font_size(18)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter);
    let note = Format::new().set_align(FormatAlign::Left).set_text_wrap();
    if last > 0 {
        page.merge_range(0, 0, 0, last, &sheet.title, &title)?;
        page.merge_range(1, 0, 1, last, &sheet.note, &note)?;
    } else {
        page.write_string_with_format(0, 0, &sheet.title, &title)?;
        page.write_string_with_format(1, 0, &sheet.note, &note)?;
    }
    page.set_row_height(0, 32)?;
    row(page, 2, &sheet.table.header, &header)?;
    for (at, cells) in (3..).zip(&sheet.table.rows) {
        row(page, at, cells, &plain)?;
    }
    for (column, width) in (0..).zip(widths(&sheet.table)) {
        page.set_column_width(column, width)?;
    }
    page.set_freeze_panes(3, 0)?;
    page.set_repeat_rows(0, 2)?;
    page.set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3)
        .set_print_center_horizontally(true)
        .set_footer("&C— &P / &N —");
    match sheet.paging {
        Paging::Upright => page.set_portrait(),
        Paging::Across => page.set_landscape(),
    };
    Ok(())
}

fn row(page: &mut Worksheet, at: u32, cells: &[String], format: &Format) -> Result<(), XlsxError> {
    // Not every spreadsheet makes room by itself.
    let lines = cells.iter().map(|cell| cell.lines().count()).max();
    let lines = u32::try_from(lines.unwrap_or(1)).unwrap_or(u32::MAX);
    if lines > 1 {
        page.set_row_height(at, f64::from(lines.min(MOST_LINES)) * LINE_POINTS)?;
    }
    for (column, text) in (0..).zip(cells) {
        let end = text.char_indices().nth(MOST_CHARS);
        let text = end.map_or(text.as_str(), |(end, _)| &text[..end]);
        page.write_string_with_format(at, column, text, format)?;
    }
    Ok(())
}

/// As wide as the widest line of a column, within reason.
fn widths(table: &Table) -> Vec<f64> {
    let rows = || std::iter::once(&table.header).chain(&table.rows);
    let widest = |column: usize| {
        let cells = rows().filter_map(|cells| cells.get(column));
        let lines = cells.flat_map(|cell| cell.lines().map(UnicodeWidthStr::width_cjk));
        u32::try_from(lines.max().unwrap_or(0)).unwrap_or(u32::MAX)
    };
    let columns = 0..table.header.len();
    columns
        .map(|column| f64::from((widest(column) + 2).clamp(6, 48)))
        .collect()
}

/// The table as text with commas, in UTF-8 with the mark that Excel needs to see that.
#[must_use]
pub fn csv(table: &Table) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(b"\xEF\xBB\xBF".to_vec());
    for cells in std::iter::once(&table.header).chain(&table.rows) {
        let safe = cells.iter().map(|cell| safe(cell));
        writer
            .write_record(safe)
            .expect("memory takes every row, and all have the header's columns");
    }
    writer.into_inner().expect("memory is always written out")
}

/// What a spreadsheet would work out, quoted: it then shows what stands there.
fn safe(cell: &str) -> String {
    if starts_a_formula(cell) {
        return format!("'{cell}");
    }
    cell.to_owned()
}

/// Whether a spreadsheet would take it for a formula, also behind spaces.
fn starts_a_formula(cell: &str) -> bool {
    let first = cell.trim_start_matches([' ', '\u{a0}', '\u{3000}']);
    first.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_begins_like_a_formula_is_quoted() {
        for cell in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "  =1",
            "\u{3000}=1",
            "＝1",
        ] {
            assert_eq!(safe(cell), format!("'{cell}"));
        }
        for cell in ["王建国", "10月3日", "", "a=1", "138****0001"] {
            assert_eq!(safe(cell), cell);
        }
    }

    proptest! {
        #[test]
        fn no_cell_of_a_csv_is_a_formula(cells in prop::collection::vec("[ \t\r\n=+@a王,\"'-]{0,6}", 3)) {
            let mut table = Table::of(["a", "b", "c"]);
            table.row(cells.clone());
            let bytes = csv(&table);
            let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap();
            let mut reader = ::csv::ReaderBuilder::new().from_reader(text);
            let record = reader.records().next().unwrap().unwrap();
            for (read, sent) in record.iter().zip(&cells) {
                prop_assert!(!starts_a_formula(read), "{read:?}");
                prop_assert_eq!(read.strip_prefix('\'').filter(|_| starts_a_formula(sent)).unwrap_or(read), sent);
            }
        }
    }
}
