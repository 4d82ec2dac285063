//! `zaigang map` as a user runs it: what was read is shown, what is open is asked, and what was
//! answered is known to `zaigang check`.

use std::io::Write;
use std::process::Stdio;

use crate::check::{Office, Said};

/// No hours, a column nobody can name, and one end before its start would be too much at once.
const UNNAMED: &str = "日期,上级,值班员\n2026-10-01,李文博,张建国\n2026-10-02,赵晓东,王伟\n";

const CROSSING: &str = "日期,时间,值班员\n2026-10-01,8:00-20:00,张建国\n2026-10-02,8:00-20:00,王伟\n\
                        2026-10-03,18:00-17:00,赵敏\n";

fn typed(office: &Office, args: &[&str], lines: &str) -> Said {
    let mut command = office.command(args);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut running = command.spawn().unwrap();
    // A program that asks nothing may be gone before it is spoken to.
    let _ = running.stdin.take().unwrap().write_all(lines.as_bytes());
    Said::of(&running.wait_with_output().unwrap())
}

fn codes(office: &Office, args: &[&str]) -> Vec<String> {
    let json = office.json(args);
    let findings = json["findings"].as_array().unwrap();
    let codes = findings
        .iter()
        .map(|f| f["code"].as_str().unwrap().to_owned());
    let mut codes: Vec<String> = codes.filter(|code| code.starts_with('F')).collect();
    codes.sort();
    codes
}

#[test]
fn a_file_is_shown_as_it_was_read_column_by_column() {
    let office = Office::with(&[("roster.csv", UNNAMED)]);
    let said = typed(&office, &["map", "roster.csv"], "");
    assert_eq!(said.status, Some(0), "{}", said.err);
    for part in [
        "2026年10月1日至2026年10月2日，2 天有班",
        "4 个，其中 4 个没写钟点，暂按 08:00 交接",
        "A 日期：日期，例如 2026-10-01",
        "B 上级：“上级”的人（值班员），例如 李文博",
        "还有 2 个问题没有回答",
    ] {
        assert!(said.out.contains(part), "{part}:\n{}", said.out);
    }
    assert!(
        !office.has("roster.csv.map.json"),
        "nobody answered anything"
    );
}

#[test]
fn what_is_answered_is_read_so_and_known_to_the_check() {
    let office = Office::with(&[("roster.csv", UNNAMED)]);
    assert_eq!(codes(&office, &["roster.csv"]), ["F302", "F308"]);
    // The leader's column is the second choice, half past eight too.
    let said = typed(&office, &["map", "roster.csv"], "2\n2\n");
    assert_eq!(said.status, Some(0), "{}", said.err);
    assert!(said.out.contains("上级（带班领导）"), "{}", said.out);
    assert!(
        said.out.contains("按您说的：没写钟点的班，08:30 交接"),
        "{}",
        said.out
    );
    assert!(said.out.contains("roster.csv.map.json"), "{}", said.out);

    assert_eq!(codes(&office, &["roster.csv"]), ["F326", "F326"]);
    let checked = office.json(&["roster.csv"]);
    assert_eq!(checked["shifts"][0]["role"], "duty_leader");
    assert_eq!(checked["shifts"][0]["start"], "2026-10-01T08:30:00+08:00");
    assert_eq!(checked["shifts"][0]["assumed_hours"], false);

    let again = typed(&office, &["map", "roster.csv"], "");
    assert!(
        !again.out.contains("还有"),
        "nothing is open any more:\n{}",
        again.out
    );
    let anew = typed(&office, &["map", "roster.csv", "--again"], "");
    assert!(anew.out.contains("还有 2 个问题"), "{}", anew.out);
    assert!(
        office.has("roster.csv.map.json"),
        "who goes away takes nothing back"
    );
    typed(&office, &["map", "roster.csv", "--again"], "\n\n");
    assert!(
        !office.has("roster.csv.map.json"),
        "who passes over everything does"
    );
}

#[test]
fn answers_of_last_months_file_are_taken_for_this_one() {
    let office = Office::with(&[
        ("nine.csv", CROSSING),
        ("ten.csv", &CROSSING.replace("2026-10", "2026-11")),
    ]);
    typed(&office, &["map", "nine.csv"], "1\n");
    let said = typed(
        &office,
        &["map", "ten.csv", "--answers", "nine.csv.map.json"],
        "",
    );
    assert_eq!(said.status, Some(0), "{}", said.err);
    assert!(
        said.out.contains("按您说的：结束不比开始晚的，算到次日"),
        "{}",
        said.out
    );
    assert!(office.has("ten.csv.map.json"));
    let other = office.run(&[
        "check",
        "ten.csv",
        "--answers",
        "nine.csv.map.json",
        "--format",
        "short",
    ]);
    assert!(!other.out.contains("F322"), "{}", other.out);
}

#[test]
fn a_slip_is_asked_again_and_enter_passes_over() {
    let office = Office::with(&[("roster.csv", CROSSING)]);
    let said = typed(
        &office,
        &["map", "roster.csv", "--lang", "en"],
        "7\nnext day\n\n",
    );
    assert_eq!(said.status, Some(0), "{}", said.err);
    assert_eq!(
        said.out.matches("Please type 1 to 3").count(),
        2,
        "{}",
        said.out
    );
    assert!(
        said.out.contains("1 question is still open"),
        "{}",
        said.out
    );
    assert!(!office.has("roster.csv.map.json"));
}

#[test]
fn hours_may_be_typed_where_hours_are_asked() {
    let office = Office::with(&[("roster.csv", "日期,值班员\n2026-10-01,张建国\n")]);
    typed(&office, &["map", "roster.csv"], "8:45\n");
    let checked = office.json(&["roster.csv"]);
    assert_eq!(checked["shifts"][0]["start"], "2026-10-01T08:45:00+08:00");
}

#[test]
fn a_plain_file_has_nothing_to_ask() {
    let plain = "单位,开始,结束,值班员\n城关镇,2026-10-01 08:00,2026-10-02 08:00,张建国\n";
    let office = Office::with(&[("roster.csv", plain)]);
    let said = typed(&office, &["map", "roster.csv"], "");
    assert!(said.out.contains("没有要问的"), "{}", said.out);
    for column in [
        "A 单位：单位，例如 城关镇",
        "B 开始：开始，例如 2026-10-01 08:00",
        "C 结束：结束，例如 2026-10-02 08:00",
        "D 值班员：“值班员”的人（值班员），例如 张建国",
    ] {
        assert!(said.out.contains(column), "{column}:\n{}", said.out);
    }
}

/// Neither headings nor people as the reader knows them.
const STRANGE: &str =
    "登记日,工号甲,工号乙,地点\n2026-10-01,#1023,#2001,x\n2026-10-02,#1044,#2002,y\n";

#[test]
fn the_columns_of_a_strange_table_are_pointed_out_one_by_one() {
    let office = Office::with(&[("roster.csv", STRANGE)]);
    let said = typed(&office, &["map", "roster.csv"], "1\n1\n1\n1\n2\n2\n2\n");
    for part in [
        "这张表我没读出班次",
        "1. 列名不一样，我来指",
        "哪一列是日期？",
        "1. “登记日”：2026-10-01",
        "5. 没有这一列",
        "哪一列是值班员？",
        "哪一列是带班领导？",
        "按您说的：“工号甲”一列是值班员",
        "A “登记日”：日期",
    ] {
        let part = part.replace("A “登记日”", "A 登记日");
        assert!(said.out.contains(&part), "{part}:\n{}", said.out);
    }
    // The next month's file of the form is read without a word.
    let next = STRANGE.replace("2026-10", "2026-11");
    let office_next = Office::with(&[("next.csv", &next)]);
    let answers = office.bytes("roster.csv.map.json");
    office_next.keep("answers.json", &answers);
    let checked = office_next.json(&["next.csv", "--answers", "answers.json"]);
    let people: Vec<&str> = checked["shifts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|shift| shift["people"][0]["name"].as_str().unwrap())
        .collect();
    assert_eq!(people, ["#1023", "#2001", "#1044", "#2002"]);
}

#[test]
fn the_days_of_bare_weekdays_can_be_typed() {
    let week = "星期,值班员\n一,张建国\n二,王伟\n";
    let office = Office::with(&[("roster.csv", week)]);
    let said = typed(&office, &["map", "roster.csv"], "10.5-10.6\n\n");
    assert!(
        said.out
            .contains("按您说的：星期铺到2026年10月5日至10月6日"),
        "{}",
        said.out
    );
    assert!(said.out.contains("2 个，其中 2 个没写钟点"), "{}", said.out);
}

#[test]
fn what_is_no_file_of_answers_is_refused() {
    let office = Office::with(&[("roster.csv", UNNAMED), ("roster.csv.map.json", "{}")]);
    for args in [&["check", "roster.csv"][..], &["map", "roster.csv"]] {
        let said = typed(&office, args, "");
        assert_eq!(said.status, Some(2), "{}", said.out);
        assert!(said.err.contains("roster.csv.map.json"), "{}", said.err);
    }
    assert_eq!(office.run(&["map", "nowhere.csv"]).status, Some(2));
}
