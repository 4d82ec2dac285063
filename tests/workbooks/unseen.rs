//! What a spreadsheet does not show a clerk: hidden rows and columns, texts under a merged cell,
//! other sheets. None of it counts in silence.

use std::io::Write as _;
use std::process::{Command, Stdio};

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::{Checked, Desk, bytes, words};

const HEADER: [&str; 4] = ["日期", "时间", "带班领导", "值班员"];

const WHOLE_DAY: &str = "8:00-次日8:00";

fn two_days(sheet: &mut Worksheet) {
    let first = ["2026-10-01", WHOLE_DAY, "李文博", "张建国"];
    let second = ["2026-10-02", WHOLE_DAY, "赵晓东", "王伟"];
    words(sheet, &[&HEADER, &first, &second]);
}

fn checked(book: Workbook) -> Checked {
    Desk::with("值班表.xlsx", &bytes(book)).check(&["值班表.xlsx"])
}

#[test]
fn a_hidden_row_with_shifts_is_told_and_one_without_is_not() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    two_days(sheet);
    sheet.write(3, 0, "以上已报县政府办").unwrap();
    sheet.set_row_hidden(3).unwrap();
    assert!(!checked(book).codes().contains(&"F327"));

    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    two_days(sheet);
    sheet.set_row_hidden(2).unwrap();
    let told = checked(book);
    assert_eq!(told.shifts().len(), 4, "read all the same");
    assert_eq!(
        told.message("F327"),
        "第 3 行在表格里是隐藏的，里面的 2 个班也读了"
    );
}

#[test]
fn a_hidden_column_with_shifts_is_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    two_days(sheet);
    sheet.set_column_hidden(2).unwrap();
    let told = checked(book);
    assert_eq!(
        told.message("F327"),
        "第 3 列在表格里是隐藏的，里面的 2 个班也读了"
    );
}

#[test]
fn under_a_merged_cell_counts_what_is_shown() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    two_days(sheet);
    let plain = Format::new();
    sheet.merge_range(1, 2, 2, 2, "李文博", &plain).unwrap();
    sheet.write(2, 2, "赵晓东").unwrap();
    let told = checked(book);
    let led: Vec<String> = told
        .shifts()
        .into_iter()
        .filter(|s| s.starts_with("带班"))
        .collect();
    assert_eq!(
        led,
        [
            "带班领导 10-01T08:00 10-02T08:00 李文博",
            "带班领导 10-02T08:00 10-03T08:00 李文博"
        ]
    );
    assert_eq!(
        told.message("F327"),
        "合并单元格显示“李文博”，底下还压着“赵晓东”，没有读"
    );
}

#[test]
fn a_hidden_row_and_the_sheet_are_asked_in_the_terminal() {
    let mut book = Workbook::new();
    two_days(book.add_worksheet().set_name("带班表").unwrap());
    let sheet = book.add_worksheet().set_name("旧表").unwrap();
    words(
        sheet,
        &[&HEADER, &["2026-10-03", WHOLE_DAY, "冯国强", "赵敏"]],
    );
    let desk = Desk::with("值班表.xlsx", &bytes(book));
    let said = typed(&desk, "2\n");
    for part in [
        "有几张工作表都像值班表，读哪一张？",
        "1. “带班表”（4 个班）",
        "2. “旧表”（2 个班）",
        "按您说的：读“旧表”这张工作表",
    ] {
        assert!(said.contains(part), "{part}:\n{said}");
    }
    let told = desk.check(&["值班表.xlsx"]);
    assert_eq!(
        told.shifts(),
        [
            "带班领导 10-03T08:00 10-04T08:00 冯国强",
            "值班员 10-03T08:00 10-04T08:00 赵敏"
        ]
    );
    assert!(told.codes().contains(&"F326") && !told.codes().contains(&"F325"));

    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    two_days(sheet);
    sheet.set_row_hidden(2).unwrap();
    let desk = Desk::with("值班表.xlsx", &bytes(book));
    let said = typed(&desk, "1\n");
    assert!(said.contains("第 3 行在表格里是隐藏的"), "{said}");
    assert_eq!(desk.check(&["值班表.xlsx"]).shifts().len(), 2, "{said}");
}

/// `zaigang map` on the one file, and what is typed.
fn typed(desk: &Desk, lines: &str) -> String {
    let mut command: Command = desk.command(&["map", "值班表.xlsx"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = command.spawn().unwrap();
    // A program that asks nothing may be gone before it is spoken to.
    let _ = running.stdin.take().unwrap().write_all(lines.as_bytes());
    let output = running.wait_with_output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}
