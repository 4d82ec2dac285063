//! `--tables`: four tables in a folder, the same however the file was read.

use super::Office;

const NEEDS: &str = "unit,role,required\n石桥镇,值班员,1\n柳河镇,值班员,1\n柳河镇,带班领导,1\n";

/// An hour nobody is there, an hour two are, somebody in two places, and a night after a day.
const ROSTER: &str = "\
unit,post,role,name,phone,start,end
石桥镇,值班室,值班员,P0000001,00000000001,2026-10-01T00:00:00,2026-10-02T00:00:00
石桥镇,值班室,值班员,P0000002,00000000002,2026-10-03T01:00:00,2026-10-04T01:00:00
石桥镇,值班室,值班员,P0000003,00000000003,2026-10-04T00:00:00,2026-10-05T00:00:00
石桥镇,值班室,值班员,P0000001,00000000001,2026-10-05T00:00:00,2026-10-06T00:00:00
石桥镇,值班室,值班员,P0000002,00000000002,2026-10-06T00:00:00,2026-10-07T00:00:00
石桥镇,值班室,值班员,P0000002,00000000002,2026-10-07T08:00:00,2026-10-08T00:00:00
石桥镇,值班室,值班员,P0000004,00000000004,2026-10-07T00:00:00,2026-10-07T08:00:00
柳河镇,值班室,值班员,P0000003,00000000003,2026-10-04T08:00:00,2026-10-04T10:00:00
";

const TABLES: [(&str, &str); 4] = [
    (
        "gaps.csv",
        "unit,role,start,end
柳河镇,值班员,2026-10-01T00:00:00,2026-10-04T08:00:00
柳河镇,值班员,2026-10-04T10:00:00,2026-10-08T00:00:00
柳河镇,带班领导,2026-10-01T00:00:00,2026-10-08T00:00:00
石桥镇,值班员,2026-10-02T00:00:00,2026-10-03T01:00:00
",
    ),
    (
        "over.csv",
        "unit,role,start,end
石桥镇,值班员,2026-10-04T00:00:00,2026-10-04T01:00:00
",
    ),
    (
        "double.csv",
        "phone,unit_a,unit_b,start,end
00000000003,石桥镇,柳河镇,2026-10-04T08:00:00,2026-10-04T10:00:00
",
    ),
    (
        "rest.csv",
        "phone,prev_end,next_start
00000000002,2026-10-07T00:00:00,2026-10-07T08:00:00
",
    ),
];

fn written(office: &Office, more: &[&str]) -> (String, Vec<String>) {
    let asked = "check r.csv --need n.csv --from 2026-10-01T00:00 --to 2026-10-08T00:00";
    let mut arguments: Vec<&str> = asked.split(' ').collect();
    arguments.extend(["--min-rest", "11h", "--tables", "out", "--lang", "en"]);
    arguments.extend(more);
    let said = office.run(&arguments);
    assert_eq!(said.status, Some(1), "{}", said.err);
    let table = |(name, _): &(&str, &str)| {
        let text = office.text(&format!("out/{name}"));
        let (header, rows) = text.split_once('\n').unwrap();
        let mut rows: Vec<&str> = rows.lines().collect();
        rows.sort_unstable();
        format!("{header}\n{}\n", rows.join("\n"))
    };
    (said.out, TABLES.iter().map(table).collect())
}

#[test]
fn the_four_questions_are_answered_by_four_tables() {
    let office = Office::with(&[("r.csv", ROSTER), ("n.csv", NEEDS)]);
    let (out, tables) = written(&office, &[]);
    let expected: Vec<&str> = TABLES.iter().map(|(_, text)| *text).collect();
    assert_eq!(tables, expected);
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(out.starts_with("2 units, 8 shifts: 4 gaps"), "{out}");
}

#[test]
fn a_file_read_in_full_gives_the_same_tables_and_the_same_last_line() {
    let office = Office::with(&[("r.csv", ROSTER), ("n.csv", NEEDS)]);
    let plain_answer = written(&office, &[]);
    // The same, in the manner of a program that quotes everything.
    let quoted = ROSTER.trim_end().replace(',', "\",\"");
    let quoted = format!("\"{}\"\n", quoted.replace('\n', "\"\n\""));
    office.keep("r.csv", quoted.as_bytes());
    assert_eq!(written(&office, &[]), plain_answer);
}

#[test]
fn a_report_for_programs_stands_beside_the_tables() {
    let office = Office::with(&[("r.csv", ROSTER), ("n.csv", NEEDS)]);
    let (_, alone) = written(&office, &[]);
    let (out, tables) = written(&office, &["--format", "json"]);
    assert_eq!(tables, alone);
    assert!(out.contains("zaigang.check/1"));
}
