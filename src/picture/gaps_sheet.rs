//! The gaps as a workbook: what the picture shows, for those who sort and filter.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use crate::words::picture::sheet::GapSheet;

const TITLE: u32 = 0;
const HEADER: u32 = 1;
const FIRST: u32 = 2;

const WIDTHS: [u16; 10] = [9, 20, 16, 14, 18, 18, 8, 8, 8, 48];

/// The workbook as an .xlsx. Every text is a cell of text: nothing in it is ever a formula.
pub fn workbook(words: &GapSheet) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(&words.name)?;
    let title = Format::new().set_bold().set_font_size(16);
    sheet.write_string_with_format(TITLE, 0, &words.title, &title)?;
    let cell = Format::new()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter);
    // An hour and a half is 1.5, twenty minutes 0.33.
    let decimal = cell.clone().set_num_format("0.##");
    let header = cell
        .clone()
        .set_bold()
        .set_background_color(0x00DD_E6EE_u32);
    for (column, (label, width)) in (0..).zip(words.header.iter().zip(WIDTHS)) {
        sheet.write_string_with_format(HEADER, column, label, &header)?;
        sheet.set_column_width(column, width)?;
    }
    for (row, line) in (FIRST..).zip(&words.rows) {
        sheet.write_number_with_format(row, 0, line.number, &cell)?;
        for (column, text) in (1..).zip(&line.texts) {
            sheet.write_string_with_format(row, column, text, &cell)?;
        }
        let hours = f64::from(line.minutes) / 60.0;
        let numbers = [hours, line.needed.into(), line.present.into()];
        for (column, number) in (6..).zip(numbers) {
            sheet.write_number_with_format(row, column, number, &decimal)?;
        }
        sheet.write_string_with_format(row, 9, &line.cause, &cell)?;
    }
    let last = FIRST + u32::try_from(words.rows.len()).unwrap_or(u32::MAX - FIRST);
    for (row, note) in (last + 1..).zip(&words.notes) {
        sheet.write_string(row, 0, note)?;
    }
    if !words.rows.is_empty() {
        sheet.autofilter(HEADER, 0, last - 1, 9)?;
    }
    sheet.set_freeze_panes(FIRST, 0)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    book.save_to_buffer()
}
