//! What somebody chooses not to hear: by a row's own remark, by a setting, by a flag.

use serde_json::Value;

use super::{Office, codes};

/// Two on the officers' post on each of two days.
const DOUBLED: &str = "\
单位,日期,时间,值班员,电话,备注
石桥镇,2026-10-01,00:00-24:00,张建国,13800000001,
石桥镇,2026-10-01,00:00-24:00,李秀英,13800000002,一
石桥镇,2026-10-02,00:00-24:00,王立新,13800000003,
石桥镇,2026-10-02,00:00-24:00,郑晓东,13800000004,二
";

const PERIOD: [&str; 4] = ["--from", "2026-10-01", "--to", "2026-10-03"];

fn doubled(first: &str, second: &str) -> String {
    DOUBLED
        .replace(",一", &format!(",{first}"))
        .replace(",二", &format!(",{second}"))
}

fn report(first: &str, second: &str) -> Value {
    let office = Office::with(&[("a.csv", &doubled(first, second))]);
    office.json(&[&["a.csv", "--ignore", "P204", "--account"], &PERIOD[..]].concat())
}

/// The suppressed findings' codes, cells and reasons, save those of `--ignore`.
fn excused(report: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let suppressed = report["suppressed"].as_array().into_iter().flatten();
    suppressed
        .filter(|one| one["by"] == "remark")
        .map(|one| (text(&one["code"]), text(&one["cell"]), text(&one["reason"])))
        .collect()
}

fn told(code: &str, cell: &str, reason: &str) -> (String, String, String) {
    (code.to_owned(), cell.to_owned(), reason.to_owned())
}

#[test]
fn without_a_remark_two_on_one_post_are_told_once_for_both_days() {
    let report = report("", "");
    assert_eq!(codes(&report), ["C102"]);
    assert_eq!(excused(&report), []);
    assert_eq!(report["summary"]["suppressed"], 1, "P204, by the flag");
}

#[test]
fn a_remark_with_a_reason_excuses_its_own_row() {
    for remark in [
        "忽略 C102：双岗",
        "忽略C102: 双岗",
        "忽略 overlap-same-post：双岗",
        "ignore C102: 双岗",
        "升旗；忽略 C102、C101：双岗",
    ] {
        let report = report(remark, "");
        let heard = codes(&report);
        let left = heard.iter().filter(|code| **code == "C102").count();
        assert_eq!(left, 1, "{remark}: the second day is still told");
        assert_eq!(excused(&report), [told("C102", "D3", "双岗")], "{remark}");
        let cells = report["cells"].as_array().unwrap();
        let cell = cells
            .iter()
            .find(|cell| cell["row"] == 3 && cell["column"] == 6)
            .unwrap();
        assert_eq!(cell["as"], "note", "{remark}");
    }
}

#[test]
fn both_rows_excused_leave_nothing_and_the_counts_say_so() {
    let report = report("忽略 C102：双岗", "忽略 C102：双岗");
    assert_eq!(codes(&report), [] as [&str; 0]);
    assert_eq!(report["summary"]["suppressed"], 3);
    assert_eq!(excused(&report).len(), 2);
}

#[test]
fn a_remark_without_a_reason_excuses_nothing_and_is_told_how_to_be_written() {
    let report = report("忽略 C102", "");
    assert_eq!(codes(&report), ["C102", "X902"]);
    assert_eq!(report["findings"][1]["cell"], "F3");
    let help = report["findings"][1]["help"].as_str().unwrap();
    assert!(help.contains("忽略 C102：双岗"), "{help}");
}

#[test]
fn a_remark_that_hits_nothing_is_told_at_its_cell() {
    let report = report("忽略 C102：双岗", "忽略 C105、C102：双岗");
    assert_eq!(codes(&report), ["X901"]);
    assert_eq!(report["findings"][0]["cell"], "F5");
    let message = report["findings"][0]["message"].as_str().unwrap();
    assert!(message.contains("C105"), "{message}");
}

#[test]
fn a_remark_that_names_no_rule_is_told() {
    let report = report("忽略 C999：双岗", "");
    assert_eq!(codes(&report), ["C102", "X902"]);
}

#[test]
fn what_is_excused_does_not_decide_the_exit_status() {
    let file = "\
单位,日期,时间,值班员,电话,备注
石桥镇,2026-10-01,00:00-24:00,张建国,13800000001,
柳河镇,2026-10-01,00:00-24:00,张建国,13800000001,REMARK
";
    let run = |remark: &str| {
        let office = Office::with(&[("a.csv", &file.replace("REMARK", remark))]);
        let args = ["check", "a.csv", "--from", "2026-10-01", "--to"];
        let said = office.run(&[&args[..], &["2026-10-02"]].concat());
        (said.status, said.out)
    };
    let (status, out) = run("");
    assert_eq!(status, Some(1), "{out}");
    assert!(out.contains("error[C101]"), "{out}");
    let (status, out) = run("忽略 C101：两镇合署值班，经批准");
    assert_eq!(status, Some(0), "{out}");
    assert!(!out.contains("C101"), "{out}");
}

#[test]
fn a_setting_may_carry_its_reason() {
    let settings = "[lint.ignore]\nC102 = \"县里定的双岗\"\n[lint.per-unit]\n\"石桥镇\" = { P204 = \"和镇政府合用\" }\n";
    let office = Office::with(&[("a.csv", DOUBLED), ("zaigang.toml", settings)]);
    let report = office.json(&[&["a.csv"], &PERIOD[..]].concat());
    assert_eq!(codes(&report), [] as [&str; 0]);
    let suppressed = report["suppressed"].as_array().unwrap();
    let why = |one: &Value| {
        (
            one["code"].clone(),
            one["by"].clone(),
            one["reason"].clone(),
        )
    };
    let expected: Vec<(Value, Value, Value)> = vec![
        ("C102".into(), "everywhere".into(), "县里定的双岗".into()),
        ("P204".into(), "unit".into(), "和镇政府合用".into()),
    ];
    assert_eq!(suppressed.iter().map(why).collect::<Vec<_>>(), expected);
    let said = office.run(&[&["check", "a.csv"], &PERIOD[..]].concat());
    assert!(said.out.contains("另有 2 条按要求忽略"), "{}", said.out);
}

#[test]
fn a_remark_in_a_file_of_its_own_excuses_no_other_file() {
    let office = Office::with(&[
        ("甲.csv", &doubled("忽略 C102：双岗", "忽略 C102：双岗")),
        (
            "乙.csv",
            &doubled("", "")
                .replace("石桥镇", "柳河镇")
                .replace("0000000", "0000010"),
        ),
    ]);
    let report = office.json(&[&["甲.csv", "乙.csv", "--select", "C102"], &PERIOD[..]].concat());
    assert_eq!(codes(&report), ["C102"]);
    assert_eq!(report["findings"][0]["file"], 1);
    assert_eq!(excused(&report).len(), 2);
}

#[test]
fn a_day_that_names_nobody_is_excused_from_its_own_row() {
    let undecided = |remark: &str| {
        let text = format!(
            "单位,日期,时间,值班员,电话,备注\n\
             石桥镇,2026-10-01,00:00-24:00,张建国,13800000001,\n\
             石桥镇,2026-10-02,00:00-24:00,待定,,{remark}\n\
             石桥镇,2026-10-03,00:00-24:00,王立新,13800000003,\n"
        );
        let office = Office::with(&[("a.csv", &text)]);
        let period = ["--from", "2026-10-01", "--to", "2026-10-04"];
        office.json(&[&["a.csv", "--ignore", "P204,P205"], &period[..]].concat())
    };
    assert_eq!(codes(&undecided("")), ["G001"]);
    let excused_once = undecided("忽略 G001：县里统一安排");
    assert_eq!(codes(&excused_once), [] as [&str; 0]);
    let reasons: Vec<String> = excused(&excused_once)
        .into_iter()
        .map(|one| one.2)
        .collect();
    assert_eq!(reasons, ["县里统一安排"]);
}
