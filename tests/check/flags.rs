//! Every flag of `zaigang check`: what it changes, what it refuses, and how they go together.

use super::{Office, clean, codes};

/// A clean week; only the duty line is missing.
fn office() -> Office {
    Office::with(&[("a.csv", &clean())])
}

#[track_caller]
fn assert_refused(office: &Office, args: &[&str], told: &str) {
    let said = office.run(&[&["check", "a.csv"], args].concat());
    assert_eq!(said.status, Some(2), "{args:?}: {}", said.out);
    assert_eq!(said.out, "", "{args:?}");
    assert!(said.err.contains(told), "{args:?}: {}", said.err);
}

#[test]
fn a_value_that_cannot_be_is_refused_with_one_that_can() {
    let office = office();
    office.keep("nameless.csv", "name\n城关镇\n".as_bytes());
    office.keep("units.csv", "unit,min_staff\n城关镇,two\n".as_bytes());
    office.keep(
        "need.csv",
        "unit,role,required\n城关镇,值班员,two\n".as_bytes(),
    );
    std::fs::create_dir(office.0.path().join("空")).unwrap();
    for (args, told) in [
        (vec!["--select", "Q9"], "zaigang explain"),
        (vec!["--max-hours", "24"], "11h"),
        (vec!["--deny", "fatal"], "warning"),
        (vec!["--format", "yaml"], "markdown"),
        (vec!["--lang", "fr"], "zh"),
        (vec!["--handover", "8"], "08:00"),
        (vec!["--holiday", "mid-autumn"], "national-day-2026"),
        (vec!["--to", "2026-10-08"], "--from"),
        (
            vec![
                "--holiday",
                "national-day-2026",
                "--from",
                "2026-10-01",
                "--to",
                "2026-10-02",
            ],
            "--holiday",
        ),
        (
            vec!["--from", "2026-10-01", "--to", "2026-10-01"],
            "2026-10-01",
        ),
        (vec!["--units", "nowhere.csv"], "nowhere.csv"),
        (vec!["--units", "nameless.csv"], "unit"),
        (vec!["--units", "units.csv"], "two"),
        (vec!["--need", "nowhere.csv"], "nowhere.csv"),
        (vec!["--need", "nameless.csv"], "nameless.csv"),
        (vec!["--need", "need.csv"], "two"),
        (vec!["--colour"], "--colour"),
        (vec!["空"], "空"),
    ] {
        assert_refused(&office, &args, told);
    }
}

#[test]
fn the_handover_is_where_a_day_without_hours_begins() {
    let office = Office::with(&[("a.csv", "日期,值班员\n2026-10-01,张建国\n")]);
    for (args, start) in [
        (vec![], "2026-10-01T08:00:00+08:00"),
        (vec!["--handover", "08:30"], "2026-10-01T08:30:00+08:00"),
        (vec!["--handover", "00:00"], "2026-10-01T00:00:00+08:00"),
    ] {
        let report = office.json(&[&["a.csv"], &args[..]].concat());
        assert_eq!(report["shifts"][0]["start"], start, "{args:?}");
        assert_eq!(report["shifts"][0]["assumed_hours"], true);
    }
}

#[test]
fn rest_and_length_are_asked_for_as_much_as_is_said() {
    let rows = "日期,时间,值班员\n2026-10-01,08:00-20:00,张建国\n2026-10-02,06:00-18:00,张建国\n2026-10-03,08:00-22:00,李秀英\n";
    let office = Office::with(&[("a.csv", rows)]);
    for (args, expected) in [
        (vec![], vec![]),
        (vec!["--min-rest", "10h"], vec![]),
        (vec!["--min-rest", "11h"], vec!["C106"]),
        (vec!["--max-hours", "13h"], vec!["C104"]),
        (vec!["--max-hours", "14h"], vec![]),
        (
            vec!["--max-hours", "720m", "--min-rest", "11h"],
            vec!["C106", "C104"],
        ),
    ] {
        let report = office.json(&[&["a.csv", "--select", "C"], &args[..]].concat());
        assert_eq!(codes(&report), expected, "{args:?}");
    }
}

#[test]
fn the_list_of_units_gives_lines_and_numbers() {
    let office = office();
    let units = "unit,kind,duty_line,min_staff,liaison\n城关镇,乡镇,0000-5550301,2,陈静\n";
    office.keep("units.csv", units.as_bytes());
    let report = office.json(&["a.csv", "--units", "units.csv"]);
    let found = codes(&report);
    assert!(
        found.contains(&"G005"),
        "one where two are needed: {found:?}"
    );
    assert!(!found.contains(&"P204"), "{found:?}");
    assert_eq!(report["gaps"][0]["needed"], 2);
    let one = units.replace(",2,", ",1,");
    office.keep("units.csv", one.as_bytes());
    assert_eq!(
        codes(&office.json(&["a.csv", "--units", "units.csv"])),
        [] as [&str; 0]
    );
}

#[test]
fn the_list_of_needs_stands_for_the_roster_and_says_who_is_too_many() {
    let office = office();
    for (need, expected) in [
        ("城关镇,值班员,1", vec![]),
        ("城关镇,值班员,2", vec!["G005"]),
        ("城关镇,二线,1", vec!["G005"]),
        ("大湾乡,值班员,1", vec!["G006"]),
    ] {
        let list = format!("unit,role,required\n{need}\n");
        office.keep("need.csv", list.as_bytes());
        let args = ["a.csv", "--need", "need.csv", "--select", "G"];
        let report = office.json(&args);
        let found = codes(&report);
        let as_expected = expected.iter().all(|code| found.contains(code));
        assert!(
            as_expected && found.is_empty() == expected.is_empty(),
            "{need}: {found:?}"
        );
    }
    let two = clean().replace("03,00:00,24:00,张建国", "03,00:00,24:00,张建国、郑晓东");
    office.keep("a.csv", two.as_bytes());
    office.keep(
        "need.csv",
        "unit,role,required\n城关镇,值班员,1\n".as_bytes(),
    );
    let report = office.json(&["a.csv", "--need", "need.csv", "--select", "C107"]);
    assert_eq!(codes(&report), ["C107"]);
}

#[test]
fn what_is_selected_and_what_is_ignored_go_together() {
    let office = Office::with(&[("a.csv", super::WITH_A_GAP)]);
    for (args, expected) in [
        (vec![], vec!["G001", "G002", "P204"]),
        (vec!["--select", "G"], vec!["G001", "G002"]),
        (vec!["--select", "g002"], vec!["G002"]),
        (vec!["--select", "leader-gap,P"], vec!["G002", "P204"]),
        (
            vec!["--select", "G", "--select", "P204"],
            vec!["G001", "G002", "P204"],
        ),
        (vec!["--select", "G", "--ignore", "G001"], vec!["G002"]),
        (vec!["--ignore", "G", "--ignore", "P204"], vec![]),
        (vec!["--ignore", "G,no-landline"], vec![]),
        (vec!["--select", "C", "--ignore", "C102"], vec![]),
        (
            vec!["--ignore", "C102"],
            vec!["G001", "G002", "P204", "X901"],
        ),
    ] {
        let report = office.json(&[&["a.csv"], &args[..]].concat());
        assert_eq!(codes(&report), expected, "{args:?}");
    }
}

#[test]
fn the_status_is_of_what_is_heard() {
    let status = |office: &Office, args: &[&str]| {
        let args = [&["check", "a.csv"], args].concat();
        office.run(&args).status
    };
    let gap = Office::with(&[("a.csv", super::WITH_A_GAP)]);
    for (args, expected) in [
        (vec![], 1),
        (vec!["--ignore", "G"], 0),
        (vec!["--ignore", "G", "--deny", "note"], 1),
        (vec!["--select", "P", "--deny", "warning"], 0),
        (vec!["--select", "P", "--deny", "note"], 1),
        (vec!["--ignore", "G,P", "--deny", "note"], 0),
    ] {
        assert_eq!(status(&gap, &args), Some(expected), "{args:?}");
    }
    gap.keep(
        "zaigang.toml",
        "[lint]\ndeny = \"note\"\nignore = [\"G\"]\n".as_bytes(),
    );
    assert_eq!(status(&gap, &[]), Some(1), "P204 is a note");
    assert_eq!(
        status(&gap, &["--deny", "error"]),
        Some(0),
        "the flag goes over the file"
    );
    let mut command = gap.command(&["check", "a.csv"]);
    let output = command.env("ZAIGANG_LINT_DENY", "error").output().unwrap();
    assert_eq!(output.status.code(), Some(0), "so does the environment");
}
