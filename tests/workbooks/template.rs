//! The template as a clerk gets it, fills it in, and has it checked.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use super::Desk;

/// The template of a unit, or of none.
fn template(unit: &[&str]) -> Vec<u8> {
    let desk = Desk(tempfile::tempdir().unwrap());
    let output = desk.run(&[&["template", "--out", "a.xlsx"], unit].concat());
    assert!(output.status.success(), "{output:?}");
    std::fs::read(desk.0.path().join("a.xlsx")).unwrap()
}

/// A workbook's parts changed as a spreadsheet changes them when it saves.
fn edited(workbook: &[u8], edit: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        out.start_file(&name, zip::write::SimpleFileOptions::default())
            .unwrap();
        out.write_all(edit(&name, text).as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// Rows typed in from `first` on, where the template has its blank cells.
fn filled_in(workbook: &[u8], first: u32, rows: &[&[&str]]) -> Vec<u8> {
    edited(workbook, |part, mut text| {
        if part != "xl/worksheets/sheet1.xml" {
            return text;
        }
        for (row, cells) in (first..).zip(rows) {
            for (column, cell) in ('A'..).zip(*cells) {
                let start = text.find(&format!("<c r=\"{column}{row}\"")).unwrap();
                let end = start + text[start..].find("/>").unwrap() + 2;
                let typed =
                    format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>");
                text.replace_range(start..end, &typed);
            }
        }
        text
    })
}

const SHIFTS: [[&str; 6]; 5] = [
    [
        "2026-10-01",
        "08:00",
        "次日08:00",
        "带班领导",
        "李文博",
        "13800000001",
    ],
    [
        "2026-10-01",
        "08:00",
        "20:00",
        "值班员",
        "张建国",
        "13800000011",
    ],
    [
        "2026-10-01",
        "20:00",
        "次日08:00",
        "值班员",
        "王海燕",
        "13800000012",
    ],
    [
        "2026-10-02",
        "08:30",
        "次日08:30",
        "带班领导",
        "赵晓东",
        "13800000002",
    ],
    [
        "2026-10-02",
        "08:00",
        "次日08:00",
        "值班员",
        "刘洋",
        "0000-5550101",
    ],
];

#[test]
fn a_template_filled_in_reads_without_a_finding() {
    let rows: Vec<&[&str]> = SHIFTS.iter().map(<[_; 6]>::as_slice).collect();
    let with_unit = template(&["--unit", "石桥镇"]);
    let desk = Desk::with("below.xlsx", &filled_in(&with_unit, 6, &rows));
    let named: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| [&["石桥镇"], *row].concat())
        .collect();
    let named: Vec<&[&str]> = named.iter().map(Vec::as_slice).collect();
    desk.keep("county.xlsx", &filled_in(&template(&[]), 6, &named));
    for file in ["below.xlsx", "county.xlsx"] {
        let checked = desk.check(&[file]);
        assert_eq!(checked.shifts().len(), 5, "{file}: {:?}", checked.shifts());
        let codes: Vec<&str> = checked.codes();
        let read = |code: &&str| !code.starts_with('G') && *code != "P204";
        let told = &checked.json["findings"];
        assert!(!codes.iter().any(read), "{file}: {told:#}");
        assert_eq!(checked.json["shifts"][0]["unit"], "石桥镇", "{file}");
        let last = &checked.json["shifts"][4]["people"][0];
        assert_eq!(last["phone"], "00005550101", "{file}");
    }
}

#[test]
fn a_template_handed_back_empty_puts_nobody_on_duty() {
    for unit in [
        &["--unit", "石桥镇"][..],
        &[],
        &["--lang", "en"],
        &["--lang", "en", "--unit", "Hill Office"],
    ] {
        let checked = Desk::with("a.xlsx", &template(unit)).check(&["a.xlsx"]);
        assert_eq!(checked.shifts(), Vec::<String>::new(), "{unit:?}");
        assert_eq!(checked.status, Some(1), "{unit:?}");
    }
}

#[test]
fn the_template_has_text_cells_choices_of_hours_and_a_frozen_header() {
    let mut archive = zip::ZipArchive::new(Cursor::new(template(&["--unit", "石桥镇"]))).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive
            .by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    };
    let sheet = part("xl/worksheets/sheet1.xml");
    assert!(sheet.contains("20:00,20:30,次日08:00,次日08:30"));
    assert!(sheet.contains("state=\"frozen\""));
    assert!(sheet.contains("ISNUMBER(VALUE(SUBSTITUTE(F4"));
    assert!(part("xl/styles.xml").contains("numFmtId=\"49\""));
    assert!(part("xl/sharedStrings.xml").contains("石桥镇值班表"));
}

#[test]
fn a_template_never_overwrites_one_that_may_be_filled_in() {
    let desk = Desk::with("roster.xlsx", b"mine");
    let output = desk.run(&["template"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("roster.xlsx 已经有了"));
    let kept = std::fs::read(Path::new(desk.0.path()).join("roster.xlsx")).unwrap();
    assert_eq!(kept, b"mine");
}
