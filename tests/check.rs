//! `zaigang check` and `zaigang explain` as a user runs them: the real binary as a process, in a
//! folder of its own.

mod examples;
mod fix;
mod flags;
mod schema;
mod settings;
mod suppression;
mod tables;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Two shifts a day; nobody on the night of 3 October.
const WITH_A_GAP: &str = "\
单位,日期,开始,结束,值班员,带班领导,电话
城关镇,2026-10-01,00:00,24:00,张建国,王伟,13800000001
城关镇,2026-10-02,00:00,24:00,李秀英,赵敏,13800000002
城关镇,2026-10-03,00:00,20:30,张建国,王伟,13800000001
城关镇,2026-10-04,08:30,24:00,李秀英,赵敏,13800000002
城关镇,2026-10-05,00:00,24:00,张建国,王伟,13800000001
城关镇,2026-10-06,00:00,24:00,李秀英,赵敏,13800000002
城关镇,2026-10-07,00:00,24:00,张建国,王伟,13800000001
";

fn clean() -> String {
    WITH_A_GAP
        .replace("00:00,20:30", "00:00,24:00")
        .replace("08:30,24:00", "00:00,24:00")
}

/// A folder with rosters in it, and the program to run there.
pub struct Office(tempfile::TempDir);

pub struct Said {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Office {
    pub fn with(files: &[(&str, &str)]) -> Self {
        let office = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            office.keep(name, text.as_bytes());
        }
        office
    }

    pub fn keep(&self, name: &str, bytes: &[u8]) {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.path().join(name).is_file()
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.path().join(name)).unwrap()
    }

    pub fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zaigang"));
        command.args(args).current_dir(self.0.path());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ZAIGANG_")) {
            command.env_remove(name);
        }
        command
    }

    pub fn run(&self, args: &[&str]) -> Said {
        Said::of(&self.command(args).output().unwrap())
    }

    pub fn json(&self, args: &[&str]) -> Value {
        let args: Vec<&str> = ["check"].iter().chain(args).copied().collect();
        let said = self.run(&[&args[..], &["--format", "json"]].concat());
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {}", said.err))
    }
}

impl Said {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self {
            status: output.status.code(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }
}

/// Compares with a file of tests/check; `BLESS=1` writes it.
fn assert_golden(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/check")
        .join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        actual == expected,
        "{name} differs; it reads now:\n{actual}"
    );
}

fn codes(report: &Value) -> Vec<&str> {
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| finding["code"].as_str().unwrap())
        .collect()
}

fn keys(object: &Value) -> Vec<&str> {
    object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn a_gap_is_shown_between_the_cells_it_lies_between() {
    let office = Office::with(&[("国庆值班表.csv", WITH_A_GAP)]);
    for (lang, golden) in [("zh", "gap.zh.txt"), ("en", "gap.en.txt")] {
        let said = office.run(&["check", "国庆值班表.csv", "--lang", lang]);
        assert_eq!(said.status, Some(1), "{}", said.err);
        assert_golden(golden, &said.out);
    }
}

#[test]
fn a_clean_roster_ends_with_its_summary_all_the_same() {
    let office = Office::with(&[("a.csv", &clean())]);
    let said = office.run(&["check", "a.csv", "--ignore", "P204"]);
    assert_eq!(said.status, Some(0), "{}", said.out);
    assert!(
        said.out
            .trim_end()
            .ends_with("没有发现问题（另有 1 条按要求忽略）"),
        "{}",
        said.out
    );
}

#[test]
fn every_format_has_its_own_shape() {
    let office = Office::with(&[("a.csv", WITH_A_GAP)]);
    for format in ["short", "github", "markdown"] {
        let said = office.run(&["check", "a.csv", "--format", format]);
        assert_golden(&format!("gap.{format}.txt"), &said.out);
    }
    let sarif = office.run(&["check", "a.csv", "--format", "sarif"]).out;
    let sarif: Value = serde_json::from_str(&sarif).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let gap = results
        .iter()
        .find(|result| result["ruleId"] == "G001")
        .unwrap();
    assert_eq!(
        gap["locations"][0]["physicalLocation"]["region"]["startLine"],
        5
    );
}

#[test]
fn json_is_the_contract_to_the_letter() {
    let office = Office::with(&[("a.csv", WITH_A_GAP)]);
    let report = office.json(&["a.csv"]);
    let top = [
        "schema", "period", "files", "shifts", "gaps", "findings", "summary",
    ];
    let mut expected = top.to_vec();
    expected.sort_unstable();
    let mut found = keys(&report);
    found.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(report["schema"], "zaigang.check/1");
    assert_eq!(report["period"]["start"], "2026-10-01T00:00:00+08:00");
    assert_eq!(report["period"]["end"], "2026-10-08T00:00:00+08:00");
    let file = &report["files"][0];
    assert_eq!(file["path"], "a.csv");
    assert_eq!(file["encoding"], "utf-8");
    assert_eq!(file["delimiter"], ",");
    assert_eq!(file["rows"], 8);
    assert_eq!(file["sha256"].as_str().unwrap().len(), 64);
    let shifts = report["shifts"].as_array().unwrap();
    assert_eq!(shifts.len(), 14);
    let officer = shifts
        .iter()
        .find(|shift| shift["role"] == "duty_officer")
        .unwrap();
    assert_eq!(officer["unit"], "城关镇");
    assert_eq!(officer["presence"], "on_post");
    assert_eq!(officer["start"], "2026-10-01T00:00:00+08:00");
    assert_eq!(officer["end"], "2026-10-02T00:00:00+08:00");
    assert_eq!(officer["people"][0]["name"], "张建国");
    assert_eq!(officer["assumed_hours"], false);
    assert_eq!(officer["source"]["row"], 2);
    let gap = &report["gaps"][0];
    assert_eq!(gap["class"], "gap");
    assert_eq!(gap["start"], "2026-10-03T20:30:00+08:00");
    assert_eq!(gap["end"], "2026-10-04T08:30:00+08:00");
    assert_eq!(
        (gap["needed"].as_u64(), gap["present"].as_u64()),
        (Some(1), Some(0))
    );
    let findings = report["findings"].as_array().unwrap();
    let finding = findings
        .iter()
        .find(|finding| finding["code"] == "G001")
        .unwrap();
    assert_eq!(finding["name"], "officer-gap");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["cell"], format!("E{}", finding["row"]));
    let no_line = findings
        .iter()
        .find(|finding| finding["code"] == "P204")
        .unwrap();
    for field in ["file", "row", "column", "cell"] {
        assert_eq!(no_line[field], Value::Null, "{field}");
    }
    assert_eq!(keys(&report["summary"]).len(), 4);
    assert_eq!(report["summary"]["units"], 1);
    assert_eq!(report["summary"]["shifts"], 14);
    assert_eq!(report["summary"]["errors"], 2);
}

#[test]
fn every_cell_is_accounted_for_on_demand() {
    let office = Office::with(&[("a.csv", WITH_A_GAP)]);
    let report = office.json(&["a.csv", "--account"]);
    let cells = report["cells"].as_array().unwrap();
    assert_eq!(cells.len(), 8 * 7);
    let shifts = report["shifts"].as_array().unwrap().len() as u64;
    for cell in cells.iter().filter(|cell| cell["as"] == "shift") {
        assert!(
            cell["shift"].is_null() || cell["shift"].as_u64().unwrap() < shifts,
            "{cell}"
        );
    }
}

#[test]
fn standard_input_is_called_a_dash() {
    let office = Office::with(&[]);
    let mut child = office
        .command(&["check", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(clean().as_bytes())
        .unwrap();
    let said = Said::of(&child.wait_with_output().unwrap());
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["files"][0]["path"], "-");
    assert_eq!(said.status, Some(0));
}

#[test]
fn a_folder_is_its_csv_files_by_name_without_the_lists() {
    let office = Office::with(&[
        ("表/乙.csv", &clean()),
        ("表/甲.CSV", &clean().replace("城关镇", "石桥镇")),
        (
            "表/units.csv",
            "unit,duty_line\n城关镇,0000-5550301\n大湾乡,\n",
        ),
        ("表/说明.txt", "不是值班表"),
        ("表/旧/丙.csv", &clean()),
    ]);
    let report = office.json(&["表", "--units", "表/units.csv"]);
    let files = report["files"].as_array().unwrap();
    let paths: Vec<&str> = files
        .iter()
        .map(|file| file["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["表/乙.csv", "表/甲.CSV"]);
    let codes = codes(&report);
    assert!(
        codes.contains(&"G006"),
        "大湾乡 has sent nothing: {codes:?}"
    );
    assert!(codes.contains(&"F307"), "石桥镇 is on no list: {codes:?}");
    assert!(
        codes.contains(&"C101"),
        "two units share their people: {codes:?}"
    );
}

#[test]
fn the_status_follows_the_level_denied() {
    let office = Office::with(&[("a.csv", &clean())]);
    for (deny, status) in [("error", 0), ("note", 1)] {
        let said = office.run(&["check", "a.csv", "--deny", deny]);
        assert_eq!(said.status, Some(status), "{deny}: {}", said.out);
    }
    let said = office.run(&["check", "a.csv", "--deny", "fatal"]);
    assert_eq!(said.status, Some(2));
}

#[test]
fn what_cannot_be_run_is_refused_on_standard_error_alone() {
    let office = Office::with(&[("a.csv", WITH_A_GAP)]);
    for (args, told) in [
        (vec!["check", "nowhere.csv"], "nowhere.csv"),
        (
            vec!["check", "a.csv", "--holiday", "national-day-2031"],
            "--from",
        ),
        (
            vec![
                "check",
                "a.csv",
                "--from",
                "2026-10-08",
                "--to",
                "2026-10-01",
            ],
            "2026-10-08",
        ),
        (
            vec![
                "check",
                "a.csv",
                "--from",
                "yesterday",
                "--to",
                "2026-10-01",
            ],
            "yesterday",
        ),
        (vec!["check", "a.csv", "--from", "2026-10-01"], "--to"),
        (vec!["check", "a.csv", "--ignore", "Q9"], "Q9"),
        (vec!["check", "a.csv", "--handover", "25:00"], "25:00"),
        (vec!["check", "a.csv", "--min-rest", "11"], "11h"),
        (vec!["check", "a.csv", "--need", "a.csv"], "unit"),
    ] {
        let said = office.run(&[&args[..], &["--format", "json"]].concat());
        assert_eq!(said.status, Some(2), "{args:?}: {}", said.out);
        assert_eq!(said.out, "", "{args:?}");
        assert!(said.err.contains(told), "{args:?}: {}", said.err);
    }
}

#[test]
fn a_bad_file_is_a_finding_in_the_json() {
    let office = Office::with(&[("empty.csv", "")]);
    office.keep("photo.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    office.keep("open.csv", "日期,值班员\n2026-10-01,\"张建国\n".as_bytes());
    for (file, code) in [
        ("empty.csv", "F311"),
        ("photo.csv", "F312"),
        ("open.csv", "F315"),
    ] {
        let report = office.json(&[file]);
        assert!(codes(&report).contains(&code), "{file}: {report}");
        assert_eq!(office.run(&["check", file]).status, Some(1), "{file}");
    }
}

#[test]
fn an_unreadable_row_excuses_its_own_day_and_no_other() {
    let rows = [
        "日期,开始,结束,值班员",
        "2026-10-01,00:00,24:00,张建国",
        "2026-10-02,00:00,24:00,李秀英",
        "2026-10-03,08:00,25:00,张建国",
        "2026-10-04,00:00,18:00,李秀英",
        "2026-10-05,06:00,24:00,张建国",
        "2026-10-06,00:00,24:00,李秀英",
        "2026-10-07,00:00,24:00,张建国",
    ];
    let office = Office::with(&[("a.csv", &rows.join("\n"))]);
    let report = office.json(&["a.csv"]);
    let gaps = report["gaps"].as_array().unwrap();
    let told = |gap: &Value| (gap["class"].clone(), gap["start"].clone());
    let expected = [
        ("cannot_read".into(), "2026-10-03T00:00:00+08:00".into()),
        ("gap".into(), "2026-10-04T18:00:00+08:00".into()),
    ];
    assert_eq!(
        gaps.iter().map(told).collect::<Vec<_>>(),
        expected,
        "{report}"
    );
}

#[test]
fn the_settings_are_found_upwards_and_flags_go_over_them() {
    let settings = "\
language = \"en\"
[period]
holiday = \"national-day-2025\"
[lint]
ignore = [\"G001\", \"C107\"]
";
    let office = Office::with(&[("zaigang.toml", settings), ("县/a.csv", WITH_A_GAP)]);
    let mut command = office.command(&["check", "a.csv", "--format", "json"]);
    let output = command
        .current_dir(office.0.path().join("县"))
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["period"]["start"], "2025-10-01T00:00:00+08:00");
    let mut command = office.command(&["check", "a.csv", "--format", "json"]);
    command.args(["--holiday", "national-day-2026"]);
    let output = command
        .current_dir(office.0.path().join("县"))
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["period"]["start"], "2026-10-01T00:00:00+08:00");
    let codes = codes(&report);
    assert!(!codes.contains(&"G001"), "{codes:?}");
    assert!(codes.contains(&"G002"), "{codes:?}");
    assert!(codes.contains(&"X901"), "C107 hit nothing: {codes:?}");
}

#[test]
fn a_year_nobody_has_announced_is_not_guessed() {
    let office = Office::with(&[("a.csv", &clean().replace("2026", "2031"))]);
    let report = office.json(&["a.csv"]);
    assert!(codes(&report).contains(&"H402"), "{report}");
    assert_eq!(report["period"]["start"], "2031-10-01T00:00:00+08:00");
}

#[test]
fn a_list_of_needs_says_what_must_be_manned() {
    let need = "unit,role,required\n城关镇,值班员,2\n";
    let office = Office::with(&[("a.csv", &clean()), ("need.csv", need)]);
    let report = office.json(&["a.csv", "--need", "need.csv"]);
    let gaps = report["gaps"].as_array().unwrap();
    assert_eq!(gaps.len(), 1);
    assert_eq!(
        (gaps[0]["needed"].as_u64(), gaps[0]["present"].as_u64()),
        (Some(2), Some(1))
    );
    assert!(codes(&report).contains(&"G005"));
}

#[test]
fn a_unit_is_named_for_a_file_that_names_none() {
    let nameless = clean().replace("单位,", "").replace("城关镇,", "");
    let office = Office::with(&[("a.csv", &nameless)]);
    assert_eq!(office.json(&["a.csv"])["shifts"][0]["unit"], "");
    let report = office.json(&["a.csv", "--unit", "城关镇"]);
    assert_eq!(report["shifts"][0]["unit"], "城关镇");
}

#[test]
fn a_rule_is_explained_by_code_and_by_name() {
    let office = Office::with(&[]);
    let by_code = office.run(&["explain", "g001"]);
    assert_eq!(by_code.status, Some(0));
    assert!(
        by_code.out.starts_with("G001 officer-gap（错误）"),
        "{}",
        by_code.out
    );
    assert_eq!(office.run(&["explain", "officer-gap"]).out, by_code.out);
    assert!(
        office
            .run(&["explain", "G001", "--lang", "en"])
            .out
            .contains("Why")
    );
    assert_eq!(office.run(&["explain", "G999"]).status, Some(2));
    assert!(
        office
            .run(&["explain"])
            .out
            .contains("X901 unused-suppression")
    );
}
