//! Workbooks as a user checks them: real ones, written here, and those that mean harm. The real
//! binary runs, because it unpacks a workbook with a process of its own.

mod bombs;
mod marked;
mod template;
mod unseen;

use std::process::{Command, Output};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use serde_json::Value;

/// A folder with files in it, and the program to run there.
pub struct Desk(tempfile::TempDir);

impl Desk {
    pub fn with(name: &str, bytes: &[u8]) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.keep(name, bytes);
        desk
    }

    pub fn keep(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.0.path().join(name), bytes).unwrap();
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zaigang"));
        command.args(args).current_dir(self.0.path());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ZAIGANG_")) {
            command.env_remove(name);
        }
        command
    }

    pub fn check(&self, args: &[&str]) -> Checked {
        let output = self.run(&[&["check", "--format", "json", "--account"], args].concat());
        let json = serde_json::from_slice(&output.stdout);
        Checked {
            status: output.status.code(),
            json: json.unwrap_or_else(|e| {
                panic!("{e}: {}", String::from_utf8_lossy(&output.stderr));
            }),
        }
    }
}

pub struct Checked {
    pub status: Option<i32>,
    pub json: Value,
}

impl Checked {
    /// `post 10-01T08:00 10-01T20:00 names`
    fn shifts(&self) -> Vec<String> {
        let part = |shift: &Value, key: &str| {
            let text = shift[key].as_str().unwrap().to_owned();
            text.get(5..16).map_or(text.clone(), str::to_owned)
        };
        let shifts = self.json["shifts"].as_array().unwrap().iter();
        let said = shifts.map(|shift| {
            let people = shift["people"].as_array().unwrap().iter();
            let names: Vec<&str> = people.map(|p| p["name"].as_str().unwrap()).collect();
            format!(
                "{} {} {} {}",
                shift["post"].as_str().unwrap(),
                part(shift, "start"),
                part(shift, "end"),
                names.join("、")
            )
        });
        said.collect()
    }

    pub fn codes(&self) -> Vec<&str> {
        let findings = self.json["findings"].as_array().unwrap().iter();
        findings.map(|f| f["code"].as_str().unwrap()).collect()
    }

    pub fn message(&self, code: &str) -> &str {
        let findings = self.json["findings"].as_array().unwrap().iter();
        let mut told = findings.filter(|f| f["code"] == code);
        told.next().map_or("", |f| f["message"].as_str().unwrap())
    }
}

const THREE_DAYS: [&str; 4] = ["--from", "2026-10-01T08:00", "--to", "2026-10-04T08:00"];

fn bytes(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().unwrap()
}

fn words(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write(row, column, *cell).unwrap();
        }
    }
}

/// A title over all columns; dates and leaders merged over two shifts; dates as dates, times as
/// clocks, telephones as numbers.
fn as_clerks_make_them(name: &str) -> Workbook {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(name).unwrap();
    let plain = Format::new();
    let date = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let clock = Format::new().set_num_format("h:mm");
    sheet
        .merge_range(0, 0, 0, 5, "石桥镇2026年国庆节值班表", &plain)
        .unwrap();
    for (column, label) in (0..).zip(["日期", "开始", "结束", "带班领导", "值班员", "联系电话"])
    {
        sheet.write(1, column, label).unwrap();
    }
    let names = ["张建国", "王海燕", "刘洋", "陈静", "杨帆", "周敏"];
    for (day, leader) in (0u8..).zip(["李文博", "赵晓东", "孙立"]) {
        let row = 2 + u32::from(day) * 2;
        let at = ExcelDateTime::from_ymd(2026, 10, 1 + day).unwrap();
        sheet.merge_range(row, 0, row + 1, 0, "", &date).unwrap();
        sheet.write_with_format(row, 0, &at, &date).unwrap();
        sheet
            .merge_range(row, 3, row + 1, 3, leader, &plain)
            .unwrap();
        for (shift, (from, to)) in (0u8..).zip([(8, 20), (20, 8)]) {
            let row = row + u32::from(shift);
            for (column, hour) in [(1, from), (2, to)] {
                let at = ExcelDateTime::from_hms(hour, 0, 0).unwrap();
                sheet.write_with_format(row, column, &at, &clock).unwrap();
            }
            let person = day * 2 + shift;
            sheet.write(row, 4, names[usize::from(person)]).unwrap();
            sheet
                .write(row, 5, 13_800_000_001_u64 + u64::from(person))
                .unwrap();
        }
    }
    book
}

#[test]
fn a_finding_shows_its_row_with_the_cell_marked() {
    let mut book = Workbook::new();
    let rows: &[&[&str]] = &[
        &["日期", "时间", "值班员", "电话"],
        &["2026-10-01", "08:00-次日08:00", "张建国", "13800000001"],
        &["2026-10-02", "08:00-次日08:00", "待定", "13800000002"],
    ];
    words(book.add_worksheet(), rows);
    let desk = Desk::with("a.xlsx", &bytes(book));
    let output = desk.run(&[&["check", "a.xlsx"], &THREE_DAYS[..]].concat());
    let said = String::from_utf8(output.stdout).unwrap();
    let row = "3 | 2026-10-02 | 08:00-次日08:00 | 待定 | 13800000002\n";
    let (_, below) = said.split_once(row).unwrap_or_else(|| panic!("{said}"));
    let marks = below.lines().next().unwrap();
    assert_eq!(marks.trim_start_matches(['|', ' ']), "^^^^", "{said}");
    assert!(said.contains("(C3)"), "{said}");
}

#[test]
fn a_workbook_with_merges_dates_clocks_and_numbers_reads_clean() {
    let desk = Desk::with("值班表.xlsx", &bytes(as_clerks_make_them("国庆")));
    let checked = desk.check(&[&["值班表.xlsx"], &THREE_DAYS[..]].concat());
    assert_eq!(
        checked.shifts()[..3],
        [
            "带班领导 10-01T08:00 10-02T08:00 李文博",
            "值班员 10-01T08:00 10-01T20:00 张建国",
            "值班员 10-01T20:00 10-02T08:00 王海燕",
        ]
    );
    assert_eq!(checked.shifts().len(), 9);
    assert_eq!(checked.codes(), ["P204"], "{:#?}", checked.json["findings"]);
    assert_eq!(checked.status, Some(0), "{:?}", checked.json["findings"]);
    let file = &checked.json["files"][0];
    assert_eq!(
        (&file["delimiter"], &file["sheet"]),
        (&Value::Null, &"国庆".into())
    );
    assert_eq!(
        checked.json["shifts"][1]["people"][0]["phone"],
        "13800000001"
    );
    assert_eq!(checked.json["shifts"][0]["unit"], "石桥镇");
}

/// The same roster as an older Excel keeps it, saved once with xlwt; WPS's .et is alike within.
const OF_1997: &[u8] = include_bytes!("duty.xls");

#[test]
fn an_old_workbook_reads_as_the_new_one() {
    let desk = Desk::with("new.xlsx", &bytes(as_clerks_make_them("国庆")));
    desk.keep("old.et", OF_1997);
    let old = desk.check(&[&["old.et"], &THREE_DAYS[..]].concat());
    let new = desk.check(&[&["new.xlsx"], &THREE_DAYS[..]].concat());
    assert_eq!(old.shifts(), new.shifts());
    assert_eq!(old.json["shifts"], new.json["shifts"]);
    assert_eq!(old.json["cells"], new.json["cells"]);
}

#[test]
fn an_unmerged_blank_beside_merged_ones_is_a_hole() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    words(
        sheet,
        &[
            &["日期", "时间", "带班领导", "值班员"],
            &["2026-10-01", "08:00-20:00", "李文博", "张建国"],
            &["2026-10-01", "20:00-次日08:00", "", "王海燕"],
            &["2026-10-02", "08:00-20:00", "赵晓东", "刘洋"],
            &["2026-10-02", "20:00-次日08:00", "", "陈静"],
        ],
    );
    sheet
        .merge_range(1, 2, 2, 2, "李文博", &Format::new())
        .unwrap();
    let desk = Desk::with("a.xlsx", &bytes(book));
    let checked = desk.check(&[
        "a.xlsx",
        "--from",
        "2026-10-01T08:00",
        "--to",
        "2026-10-03T08:00",
    ]);
    let gaps = checked.json["gaps"].as_array().unwrap();
    let posts: Vec<(&str, &str)> = gaps
        .iter()
        .map(|gap| {
            (
                gap["post"].as_str().unwrap(),
                gap["start"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(posts, [("带班领导", "2026-10-02T20:00:00+08:00")]);
}

#[test]
fn the_sheet_with_most_shifts_is_read_and_the_other_is_named() {
    let mut book = as_clerks_make_them("十月");
    let notes = book.add_worksheet().set_name("说明").unwrap();
    words(notes, &[&["请各单位按时报送"]]);
    let desk = Desk::with("a.xlsx", &bytes(book));
    let checked = desk.check(&[&["a.xlsx"], &THREE_DAYS[..]].concat());
    assert_eq!(checked.message("F325"), "", "a sheet of notes is no roster");

    let mut book = Workbook::new();
    let september = book.add_worksheet().set_name("九月").unwrap();
    words(september, &[&["日期", "值班员"], &["2026-09-30", "张建国"]]);
    book.push_worksheet({
        let mut sheet = Worksheet::new();
        sheet.set_name("十月").unwrap();
        words(
            &mut sheet,
            &[
                &["日期", "值班员"],
                &["2026-10-01", "王海燕"],
                &["2026-10-02", "刘洋"],
            ],
        );
        sheet
    });
    desk.keep("b.xlsx", &bytes(book));
    let checked = desk.check(&["b.xlsx"]);
    assert_eq!(checked.json["files"][0]["sheet"], "十月");
    assert_eq!(
        checked.message("F325"),
        "读的是工作表“十月”；没有读：“九月”（1 班）"
    );
}

#[test]
fn folders_and_standard_input_take_workbooks_and_names_do_not_matter() {
    let desk = Desk::with("a.xlsx", &bytes(as_clerks_make_them("国庆")));
    desk.keep("b.xls", "日期,值班员\n2026-10-01,张建国\n".as_bytes());
    desk.keep("c.et", &bytes(as_clerks_make_them("国庆")));
    desk.keep("~$a.xlsx", b"\x05");
    let checked = desk.check(&[&["."], &THREE_DAYS[..]].concat());
    let files = checked.json["files"].as_array().unwrap();
    let delimiters: Vec<&Value> = files.iter().map(|file| &file["delimiter"]).collect();
    assert_eq!(delimiters, [&Value::Null, &",".into(), &Value::Null]);
}

#[test]
fn an_empty_sheet_a_cut_file_and_a_document_are_findings() {
    let mut book = Workbook::new();
    book.add_worksheet();
    let whole = bytes(as_clerks_make_them("国庆"));
    let desk = Desk::with("empty.xlsx", &bytes(book));
    desk.keep("cut.xlsx", &whole[..whole.len() / 2]);
    desk.keep("letter.docx", b"PK\x03\x04\x14\0\0\0word/document.xml");
    for (file, code, message) in [
        ("empty.xlsx", "F311", "文件是空的"),
        (
            "cut.xlsx",
            "F312",
            "工作簿打不开：可能没有传完，或者文件损坏",
        ),
        ("letter.docx", "F312", "这不是表格文件（ZIP）"),
    ] {
        let checked = desk.check(&[file]);
        assert_eq!(checked.message(code), message, "{file}");
        assert_eq!(checked.status, Some(1), "{file}");
    }
}

#[test]
fn what_a_formula_last_came_to_and_what_it_could_not_work_out_are_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    words(
        sheet,
        &[&["日期", "值班员"], &["2026-10-01"], &["2026-10-02"]],
    );
    let person = rust_xlsxwriter::Formula::new("=C2").set_result("张建国");
    sheet.write_formula(1, 1, person).unwrap();
    let lost = rust_xlsxwriter::Formula::new("=C3").set_result("#REF!");
    sheet.write_formula(2, 1, lost).unwrap();
    let desk = Desk::with("a.xlsx", &bytes(book));
    let checked = desk.check(&["a.xlsx"]);
    assert_eq!(checked.shifts().len(), 1);
    let cells = checked.json["cells"].as_array().unwrap();
    let lost = cells
        .iter()
        .find(|c| c["row"] == 3 && c["column"] == 2)
        .unwrap();
    assert_eq!(lost["as"], "finding");
}
