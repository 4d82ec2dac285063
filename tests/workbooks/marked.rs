//! A clerk's file handed back with its findings marked.

use std::io::{Cursor, Read};

use super::{Desk, THREE_DAYS, as_clerks_make_them, bytes};

fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

fn marked(desk: &Desk, file: &str) -> Vec<u8> {
    let output = desk.run(&[&["check", file, "--marked", "out.xlsx"], &THREE_DAYS[..]].concat());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    std::fs::read(desk.0.path().join("out.xlsx")).unwrap()
}

#[test]
fn each_finding_is_a_note_on_a_red_cell_and_a_line_of_the_list() {
    let csv = "日期,值班员,电话\n2026-10-01,张建国,13800000001\n2026-10-02,=1+1,13800000002\n2026-10-03,刘洋,13800000003\n";
    let desk = Desk::with("a.csv", csv.as_bytes());
    let copy = marked(&desk, "a.csv");
    let notes = part(&copy, "xl/comments1.xml");
    assert!(
        notes.contains("ref=\"B3\"") && notes.contains("F319"),
        "{notes}"
    );
    assert!(part(&copy, "xl/styles.xml").contains("FFFF7C80"));
    assert!(part(&copy, "xl/workbook.xml").contains("name=\"检查结果\""));
    let sheet = part(&copy, "xl/worksheets/sheet1.xml");
    assert!(
        !sheet.contains("<f>"),
        "a cell that begins with = stays a text"
    );
    assert!(part(&copy, "xl/sharedStrings.xml").contains("=1+1"));
}

#[test]
fn a_marked_workbook_keeps_its_merges_and_reads_as_before() {
    let desk = Desk::with("a.xlsx", &bytes(as_clerks_make_them("国庆")));
    let args = ["--from", "2026-10-01T08:00", "--to", "2026-10-05T08:00"];
    let before = desk.check(&[&["a.xlsx", "--marked", "out.xlsx"], &args[..]].concat());
    assert_eq!(before.status, Some(1), "the fourth day is a gap");
    let again = desk.check(&[&["out.xlsx"], &args[..]].concat());
    assert_eq!(again.shifts(), before.shifts());
    assert_eq!(again.codes(), before.codes());
}

#[test]
fn a_copy_is_marked_for_one_file_only() {
    let desk = Desk::with("a.csv", "日期,值班员\n2026-10-01,张建国\n".as_bytes());
    desk.keep("b.csv", "日期,值班员\n2026-10-02,刘洋\n".as_bytes());
    let output = desk.run(&["check", "a.csv", "b.csv", "--marked", "out.xlsx"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!desk.0.path().join("out.xlsx").exists());
}
