//! Documents opened again by somebody else's reader: what a word processor or a spreadsheet finds
//! in them.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use chrono::NaiveDate;
use zaigang::files::document::drawn;
use zaigang::report::{Chosen, Circular, Established, Gap, Head, Naming, Ruled, Tally, UnitLine};
use zaigang::roster::{Asked, Role, read};
use zaigang::spotcheck::{CheckId, Verdict};
use zaigang::time::{Moment, Span, Zone};
use zaigang::words::Lang;
use zaigang::words::circular::{Form, paper};
use zaigang::words::enclosed::Enclosed;
use zaigang::words::sheets::{Book, Manner, Numbers, roster};

/// One part of a docx or xlsx, as text.
pub fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip archive");
    let mut text = String::new();
    let mut file = archive.by_name(name).expect("a part of that name");
    file.read_to_string(&mut text).expect("parts are text");
    text
}

/// Everything written in a docx, paragraph by paragraph.
pub fn paragraphs(bytes: &[u8]) -> Vec<String> {
    let xml = part(bytes, "word/document.xml");
    let mut said = Vec::new();
    for paragraph in xml.split("</w:p>") {
        let mut text = String::new();
        for piece in paragraph.split("<w:t").skip(1) {
            let is_text = piece.starts_with([' ', '>']);
            let inner = piece.split_once('>').map_or("", |(_, rest)| rest);
            let inner = inner.split_once("</w:t>").map_or("", |(inner, _)| inner);
            if is_text {
                text.push_str(inner);
            }
        }
        said.push(text);
    }
    said
}

fn at(text: &str) -> Moment {
    format!("2026-{text}:00+08:00")
        .parse()
        .expect("a real time")
}

fn span(start: &str, end: &str) -> Span {
    Span::new(at(start), at(end)).expect("not empty")
}

fn facts() -> Circular {
    let tally = Tally {
        present: 20,
        late: 1,
        absent: 1,
        void: 2,
        ..Tally::default()
    };
    let line = |unit: &str, random| UnitLine {
        unit: unit.to_owned(),
        random,
        ordered: Tally::default(),
    };
    Circular {
        covered: span("10-01T00:00", "10-08T00:00"),
        units: vec![line("城关镇", Tally::default()), line("=东河乡", tally)],
        random_rounds: 6,
        ordered_rounds: 0,
        gaps: vec![Gap {
            unit: "城关镇".to_owned(),
            post: "值班员".to_owned(),
            role: Role::DutyOfficer,
            span: span("10-03T20:30", "10-04T08:30"),
            needed: 1,
            present: 0,
        }],
        not_submitted: vec!["水利局".to_owned()],
        findings: vec![Established {
            check: CheckId(17),
            chosen: Chosen::AtRandom,
            unit: "东河乡".to_owned(),
            post: "值班员".to_owned(),
            role: Role::DutyOfficer,
            name: "许刚<&".to_owned(),
            at: at("10-03T14:28"),
            window_ms: 300_000,
            ruled: Ruled {
                verdict: Verdict::Absent,
                by: "陈静".to_owned(),
                at: at("10-03T15:02"),
            },
        }],
    }
}

fn document(lang: Lang, head: Head) -> Vec<u8> {
    let form = Form {
        zone: Zone::default(),
        lang,
        office: None,
        to: None,
        naming: Naming::Named,
        head,
        dated: NaiveDate::from_ymd_opt(2026, 10, 8).expect("a real day"),
        statements: vec![("城关镇", "表漏打了。".to_owned())],
        withdrawn: Vec::new(),
    };
    let paper = paper(&facts(), &form);
    drawn(&Enclosed::Paper(Box::new(paper))).expect("it can be packed")
}

#[test]
fn the_circular_is_a_page_after_the_standard() {
    let bytes = document(Lang::Zh, Head::Plain);
    let xml = part(&bytes, "word/document.xml");
    // 37, 35, 28 and 26 mm in twips.
    for margin in [
        "w:top=\"2098\"",
        "w:bottom=\"1984\"",
        "w:left=\"1587\"",
        "w:right=\"1474\"",
    ] {
        assert!(
            xml.contains(margin),
            "{margin} in {}",
            &xml[xml.len() - 700..]
        );
    }
    assert!(xml.contains("w:w=\"11906\" w:h=\"16838\""), "A4");
    assert!(
        xml.contains("w:line=\"579\" w:lineRule=\"exact\""),
        "28.95 pt"
    );
    for face in ["方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"] {
        assert!(xml.contains(face), "{face}");
    }
    let footer = part(&bytes, "word/footer1.xml");
    assert!(footer.contains("— ") && footer.contains("PAGE"), "{footer}");
}

#[test]
fn the_circular_says_its_facts_in_order_and_adds_up() {
    let said = paragraphs(&document(Lang::Zh, Head::Plain));
    let place = |words: &str| {
        let is_label = words == "合计";
        let found = said.iter().position(|line| {
            if is_label {
                line == words
            } else {
                line.contains(words)
            }
        });
        found.unwrap_or_else(|| panic!("{words} in {said:#?}"))
    };
    let order = [
        "关于2026年国庆节期间值班抽查情况的通报",
        "各单位：",
        "一、总体情况",
        "作废2人次",
        "二、主要问题",
        "城关镇10月3日20:30至4日08:30没有安排值班人员",
        "水利局",
        "许刚",
        "三、工作要求",
        "附件：1. 值班随机抽查情况统计表",
        "2026年10月8日",
        "合计",
        "城关镇：表漏打了。",
    ];
    let places: Vec<usize> = order.iter().map(|words| place(words)).collect();
    assert!(places.is_sorted(), "{places:?}\n{said:#?}");
    let total = place("合计");
    assert_eq!(said[total..total + 4], ["合计", "24", "20", "1"]);
    assert!(said.iter().all(|line| !line.contains("待核实")));
}

#[test]
fn the_red_head_stands_above_the_title_and_english_is_whole() {
    let red = paragraphs(&document(Lang::Zh, Head::Red));
    assert_eq!(red[0], "值班办公室文件");
    let english = paragraphs(&document(Lang::En, Head::Plain));
    assert_eq!(
        english[0],
        "Circular on duty checks during National Day 2026"
    );
    let chinese = |line: &&String| line.chars().any(|c| ('一'..='龥').contains(&c));
    let names = ["城关镇", "东河乡", "水利局", "值班员"];
    for line in english.iter().filter(chinese) {
        assert!(names.iter().any(|name| line.contains(name)), "{line}");
    }
}

pub fn cells(bytes: Vec<u8>, sheet: usize) -> Vec<Vec<String>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = book
        .worksheet_range_at(sheet)
        .expect("a sheet")
        .expect("readable");
    let formulas = book.worksheet_formula(&book.sheet_names()[sheet].clone());
    let formulas = formulas.expect("readable");
    assert!(
        formulas.used_cells().next().is_none(),
        "no cell is a formula"
    );
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        Data::Float(number) => number.to_string(),
        other => panic!("a cell is not text: {other:?}"),
    };
    range
        .rows()
        .map(|row| row.iter().map(text).collect())
        .collect()
}

fn bytes_of(book: Book) -> Vec<u8> {
    drawn(&Enclosed::Book(book)).expect("it can be written")
}

fn manner() -> Manner {
    Manner {
        lang: Lang::Zh,
        zone: Zone::default(),
        now: at("10-03T12:00"),
    }
}

#[test]
fn the_roster_goes_out_masked_and_can_be_read_in_again() {
    let csv = "单位,岗位,姓名,手机,开始时间,结束时间\n\
        城关镇,值班员,王建国,13800000001,2026-10-01 08:00,2026-10-01 20:00\n\
        城关镇,值班员,赵敏,13800000004,2026-10-01 20:00,2026-10-02 08:00\n";
    let reading = read(csv.as_bytes(), &Asked::default());
    let book = |numbers| roster(&reading.roster, 1, &[], numbers, &manner());
    let rows = cells(bytes_of(book(Numbers::Masked)), 0);
    assert_eq!(rows[3][2..4], ["王建国", "138****0001"]);
    let wall = cells(bytes_of(book(Numbers::Whole)), 1);
    assert!(wall[3][3].contains("赵敏") && !format!("{wall:?}").contains("1380000"));
    let again = zaigang::picture::sheet::csv(&book(Numbers::Whole).sheets[0].table);
    let again = read(&again, &Asked::default());
    assert_eq!(again.roster.shifts.len(), 2);
    assert_eq!(again.findings, []);
}
