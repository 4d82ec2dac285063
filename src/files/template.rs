//! The workbook we would wish for: an empty roster that a clerk fills in and we read at sight.
//!
//! Knows how it is laid out; its words come from `words`.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Formula,
    Workbook, Worksheet, XlsxError,
};

use crate::words::template::Template;

/// Rows ready to be filled in: twenty-five a day for eight days.
const ROWS: u32 = 200;

/// Cells of text: a spreadsheet changes nothing typed there.
const TEXT: u8 = 49;

/// Where things stand, counted from 0.
const TITLE: u32 = 0;
const INSTRUCTION: u32 = 1;
const HEADER: u32 = 2;
const FIRST: u32 = 3;

/// The template as an .xlsx.
pub fn workbook(words: &Template) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(words.sheet)?;
    heading(sheet, words)?;
    let cell = Format::new()
        .set_num_format_index(TEXT)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin);
    let example = cell.clone().set_font_color(Color::Gray).set_italic();
    for row in 0..ROWS {
        let filled = words.examples.get(row as usize);
        for column in 0..width(words) {
            let text = filled.and_then(|cells| cells.get(usize::from(column)));
            match text {
                Some(text) => {
                    sheet.write_string_with_format(FIRST + row, column, text, &example)?
                }
                None => sheet.write_blank(FIRST + row, column, &cell)?,
            };
        }
    }
    let last = FIRST + ROWS - 1;
    // The unit comes first where the title names none.
    let date = width(words).saturating_sub(6);
    for (column, choices) in [
        (date + 1, &words.starts),
        (date + 2, &words.ends),
        (date + 3, &words.posts),
    ] {
        let choice = DataValidation::new()
            .allow_list_strings(choices)?
            // Other hours and posts are asked about, not refused.
            .set_error_style(DataValidationErrorStyle::Information);
        sheet.add_data_validation(FIRST, column, last, column, &choice)?;
    }
    let phone = date + 5;
    sheet.add_data_validation(FIRST, phone, last, phone, &phone_rule(phone, words)?)?;
    sheet.set_freeze_panes(FIRST, 0)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(TITLE, HEADER)?;
    book.save_to_buffer()
}

fn heading(sheet: &mut Worksheet, words: &Template) -> Result<(), XlsxError> {
    let last = width(words).saturating_sub(1);
    let centred = Format::new()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter);
    let title = centred.clone().set_bold().set_font_size(18);
    sheet.merge_range(TITLE, 0, TITLE, last, &words.title, &title)?;
    let red = Format::new()
        .set_font_color(Color::Red)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter);
    sheet.merge_range(INSTRUCTION, 0, INSTRUCTION, last, words.instruction, &red)?;
    sheet
        .set_row_height(TITLE, 32)?
        .set_row_height(INSTRUCTION, 40)?;
    let header = centred
        .set_bold()
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0x00DD_E6EE));
    for (column, label) in (0..).zip(&words.header) {
        sheet.write_string_with_format(HEADER, column, *label, &header)?;
        sheet.set_column_width(column, 17)?;
    }
    Ok(())
}

/// Seven digits or more, and nothing but digits and hyphens.
fn phone_rule(column: u16, words: &Template) -> Result<DataValidation, XlsxError> {
    let cell = rust_xlsxwriter::utility::row_col_to_cell(FIRST, column);
    let rule = format!(
        "=AND(LEN({cell})>=7,LEN({cell})<=13,ISNUMBER(VALUE(SUBSTITUTE({cell},\"-\",\"\"))))"
    );
    DataValidation::new()
        .allow_custom(Formula::new(rule))
        .set_error_message(words.not_a_phone)
}

fn width(words: &Template) -> u16 {
    u16::try_from(words.header.len()).unwrap_or(u16::MAX)
}
