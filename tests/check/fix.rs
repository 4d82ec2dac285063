//! `check --fix`: a copy with what is certain put right, and the file itself untouched.

use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;

use super::{Office, codes};

const DIRTY: &str = "\
单位,日期,时间,值班员,电话,备注
石桥镇,2026-10-01,08:00-20:00,张 伟,1.3800000001E10,一班
石桥镇,2026-10-01,20:00-8:00,李秀英,138 0000 0002,
石桥镇,2026-10-02,８：００-20:00,王立新,13800000003.0,
石桥镇,2026-10-02,20:00-次日8:00,郑晓东,1.38E+10,
石桥镇,2026-10-02,20:00-次日8:00,郑晓东,1.38E+10,
石桥镇,2026-10-03,8:00-8:00,张 伟,13800000001,
";

const FIXED: &str = "\
单位,日期,时间,值班员,电话,备注
石桥镇,2026-10-01,08:00-20:00,张伟,13800000001,一班
石桥镇,2026-10-01,20:00-次日8:00,李秀英,13800000002,
石桥镇,2026-10-02,8:00-20:00,王立新,13800000003,
石桥镇,2026-10-02,20:00-次日8:00,郑晓东,1.38E+10,
石桥镇,2026-10-03,8:00-8:00,张 伟,13800000001,
";

const CHECK: [&str; 6] = [
    "check",
    "值班表.csv",
    "--from",
    "2026-10-01",
    "--to",
    "2026-10-03",
];

fn fix(office: &Office, more: &[&str]) -> super::Said {
    office.run(&[&CHECK[..], &["--fix"], more].concat())
}

fn bytes(office: &Office, name: &str) -> Vec<u8> {
    std::fs::read(office.0.path().join(name)).unwrap_or_default()
}

#[test]
fn what_is_certain_is_put_right_in_a_copy_and_told_cell_by_cell() {
    let office = Office::with(&[("值班表.csv", DIRTY)]);
    let said = fix(&office, &[]);
    assert_eq!(said.status, Some(1), "{}", said.err);
    assert_eq!(
        String::from_utf8(bytes(&office, "值班表.fixed.csv")).unwrap(),
        FIXED
    );
    assert_eq!(bytes(&office, "值班表.csv"), DIRTY.as_bytes());
    for line in [
        "值班表.csv → 值班表.fixed.csv：改了 6 格，去掉 1 行",
        "E2 1.3800000001E10 → 13800000001（F306：还原号码，一位不少）",
        "C3 20:00-8:00 → 20:00-次日8:00（写明是次日）",
        "D2 张 伟 → 张伟（姓名中间的空格去掉）",
        "第 6 行去掉了（C103：与第 5 行一字不差）",
        "留给人改的 2 处：",
        "F306 E5",
        "F322 C6",
    ] {
        assert!(said.out.contains(line), "{line}: {}", said.out);
    }
    let english = Office::with(&[("值班表.csv", DIRTY)]);
    let said = fix(&english, &["--lang", "en"]);
    assert!(
        said.out.contains("6 cells put right, 1 row removed"),
        "{}",
        said.out
    );
}

#[test]
fn the_copy_keeps_encoding_mark_delimiter_and_line_ends() {
    let text = |file: &str| file.replace(',', ";").replace('\n', "\r\n");
    let utf16 = |text: &str| -> Vec<u8> {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xff, 0xfe].into_iter().chain(units).collect()
    };
    let marked = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let (dirty, fixed) = (text(DIRTY), text(FIXED));
    for (dirty, fixed) in [
        (utf16(&dirty), utf16(&fixed)),
        (marked(&dirty), marked(&fixed)),
        (gb(&dirty), gb(&fixed)),
    ] {
        let office = Office::with(&[]);
        office.keep("值班表.csv", &dirty);
        fix(&office, &[]);
        assert_eq!(bytes(&office, "值班表.fixed.csv"), fixed);
    }
}

#[test]
fn a_copy_that_is_there_is_not_written_over() {
    let office = Office::with(&[("值班表.csv", DIRTY), ("值班表.fixed.csv", "mine")]);
    let said = fix(&office, &[]);
    assert_eq!(said.status, Some(2));
    assert!(said.err.contains("值班表.fixed.csv"), "{}", said.err);
    assert_eq!(bytes(&office, "值班表.fixed.csv"), b"mine");
    let again = Office::with(&[("值班表.csv", DIRTY)]);
    let statuses = [fix(&again, &[]).status, fix(&again, &[]).status];
    assert_eq!(statuses, [Some(1), Some(1)], "its own copy is the same");
}

#[test]
fn where_nothing_is_certain_no_copy_is_written() {
    let office = Office::with(&[("值班表.csv", &super::clean())]);
    let said = fix(&office, &[]);
    assert!(said.out.contains("没有写新文件"), "{}", said.out);
    assert!(!office.0.path().join("值班表.fixed.csv").exists());
}

#[test]
fn what_programs_read_holds_nothing_else() {
    let office = Office::with(&[("值班表.csv", DIRTY)]);
    let said = fix(&office, &["--format", "json"]);
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["files"][0]["path"], "值班表.csv");
    assert!(said.err.contains("值班表.fixed.csv"), "{}", said.err);
}

#[test]
fn a_copy_is_no_roster_of_its_folder_and_standard_input_has_none() {
    let office = Office::with(&[("值班表.csv", DIRTY)]);
    fix(&office, &[]);
    let report = office.json(&["."]);
    assert_eq!(report["files"].as_array().unwrap().len(), 1);
    let mut child = office.command(&["check", "-", "--fix"]);
    let child = child.stdin(std::process::Stdio::null()).output().unwrap();
    assert_eq!(child.status.code(), Some(2));
}

#[test]
fn a_workbook_is_told_to_be_marked_instead() {
    let office = Office::with(&[]);
    assert_eq!(
        office.run(&["template", "--unit", "石桥镇"]).status,
        Some(0)
    );
    let said = office.run(&["check", "roster.xlsx", "--fix"]);
    assert!(said.out.contains("--marked"), "{}", said.out);
    assert!(!office.0.path().join("roster.fixed.xlsx").exists());
}

/// A report's shifts without their places, each once.
fn shifts(report: &Value) -> Vec<String> {
    let shifts = report["shifts"].as_array().unwrap();
    let mut said: Vec<String> = shifts
        .iter()
        .map(|shift| {
            let mut shift = shift.clone();
            shift["source"] = Value::Null;
            shift.to_string()
        })
        .collect();
    said.sort();
    said.dedup();
    said
}

/// What the copy says beside the file; `None` where no copy was written.
fn before_and_after(name: &str, file: &[u8]) -> Option<(Value, Value)> {
    let office = Office::with(&[]);
    office.keep(name, file);
    office.run(&["check", name, "--fix"]);
    let copy = name.replace(".csv", ".fixed.csv");
    let written = office.0.path().join(&copy).exists();
    written.then(|| (office.json(&[name]), office.json(&[&copy])))
}

fn assert_same_and_no_worse(name: &str, before: &Value, after: &Value) {
    assert_eq!(shifts(before), shifts(after), "{name}");
    assert_eq!(before["gaps"], after["gaps"], "{name}");
    let mut known = codes(before);
    for code in codes(after) {
        let at = known.iter().position(|other| *other == code);
        assert!(at.is_some(), "{name}: {code} is new");
        known.swap_remove(at.unwrap());
    }
}

#[test]
fn every_sample_says_the_same_once_it_is_fixed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rosters");
    let mut fixed = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        if let Some((before, after)) = before_and_after(&name, &std::fs::read(&path).unwrap()) {
            fixed += 1;
            assert_same_and_no_worse(&name, &before, &after);
        }
    }
    assert!(fixed > 0, "some sample has something to put right");
}

fn row() -> impl Strategy<Value = String> {
    let day = 1..8_u32;
    let hours = prop::sample::select(vec![
        "08:00-20:00",
        "20:00-8:00",
        "20：00—8：00",
        "8:00-8:00",
        "18:00-17:00",
        "20:00-次日8:00",
        "白班",
    ]);
    let name = prop::sample::select(vec!["张 伟", "李秀英", "王　芳、赵敏", "待定", "陶然 孙丽"]);
    let phone = prop::sample::select(vec![
        "1.3800000001E10",
        "1.38E+10",
        "138 0000 0002",
        "13800000003.0",
        "0000-5550101",
        "13800000004/138 0000 0005",
        "１３８００００００００６",
        "",
    ]);
    (day, hours, name, phone)
        .prop_map(|(day, hours, name, phone)| format!("石桥镇,10月{day}日,{hours},{name},{phone}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_fixed_copy_says_the_same_and_nothing_new(rows in prop::collection::vec(row(), 1..8)) {
        let file = format!("单位,日期,时间,值班员,电话\n{}\n", rows.join("\n"));
        if let Some((before, after)) = before_and_after("表.csv", file.as_bytes()) {
            assert_same_and_no_worse(&file, &before, &after);
        }
    }
}
