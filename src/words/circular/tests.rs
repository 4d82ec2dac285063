use std::sync::Arc;

use super::*;
use crate::report::{Checked, InForce, Ruled, Scope, compiled};
use crate::roster::Role;
use crate::roster::sample::{at, roster, week};
use crate::spotcheck::{CheckId, Outcome, Verdict};

const GAPPY: &str = "
    城关镇 值班员 10-01T00:00 10-03T20:30 王建国
    城关镇 值班员 10-04T08:30 10-08T00:00 王建国
    东河乡 值班员 10-01T00:00 10-08T00:00 许刚
";

fn silent(number: u32, name: &str, verdict: Option<Verdict>) -> Checked {
    Checked {
        check: CheckId(number),
        round: 1,
        chosen: Chosen::ByOrder,
        unit: "东河乡".to_owned(),
        post: "值班员".to_owned(),
        role: Role::DutyOfficer,
        name: name.to_owned(),
        at: at("10-03T14:28"),
        window_ms: 300_000,
        outcome: Some(Outcome::NoAnswer {
            queue_read_from: at("10-03T14:35"),
        }),
        ruled: verdict.map(|verdict| Ruled {
            verdict,
            by: "陈静".to_owned(),
            at: at("10-03T15:02"),
        }),
        ordered_by: None,
        said: Vec::new(),
    }
}

fn facts() -> Circular {
    let standing = [InForce {
        since: at("09-28T09:00"),
        roster: Arc::new(roster(GAPPY)),
    }];
    let scope = Scope {
        period: week(),
        now: at("10-08T09:00"),
        listed: &[],
    };
    let checks = [
        silent(1, "许刚", Some(Verdict::Absent)),
        silent(2, "邓红", None),
        silent(3, "李秀英", Some(Verdict::PresentByPhone)),
    ];
    compiled(&scope, &standing, &checks).unwrap().circular
}

fn form(lang: Lang, naming: Naming) -> Form<'static> {
    Form {
        zone: Zone::default(),
        lang,
        office: None,
        to: None,
        naming,
        head: Head::Plain,
        dated: at("10-08T09:00").date_naive(),
        statements: Vec::new(),
        withdrawn: Vec::new(),
    }
}

fn said(lang: Lang, naming: Naming) -> String {
    format!("{:?}", paper(&facts(), &form(lang, naming)))
}

#[test]
fn what_nobody_verified_is_not_in_the_paper() {
    for lang in [Lang::Zh, Lang::En] {
        for naming in [Naming::Named, Naming::Unnamed] {
            let text = said(lang, naming);
            assert!(!text.contains("邓红") && !text.contains("待核实"), "{text}");
        }
    }
}

#[test]
fn findings_name_who_where_when_and_who_verified_it() {
    let text = said(Lang::Zh, Naming::Named);
    let finding =
        "10月3日14:28指定抽查，东河乡值班员许刚5分钟内没有应答，由陈静于10月3日15:02核实为不在岗。";
    assert!(text.contains(finding), "{text}");
    let gap = "城关镇10月3日20:30至4日08:30没有安排值班人员。";
    assert!(text.contains(gap), "{text}");
    assert!(text.contains("关于2026年国庆节期间值班抽查情况的通报"));
    let text = said(Lang::En, Naming::Named);
    let finding = "东河乡, 值班员 许刚, gave no answer within 5 min; verified as not at post by 陈静, 3 Oct 15:02.";
    assert!(text.contains(finding), "{text}");
}

#[test]
fn the_unnamed_paper_names_units_and_nobody() {
    for lang in [Lang::Zh, Lang::En] {
        let text = said(lang, Naming::Unnamed);
        assert!(!text.contains("许刚") && !text.contains("陈静"), "{text}");
        assert!(text.contains("东河乡"), "{text}");
    }
}

#[test]
fn who_was_found_at_post_is_a_number_and_no_name() {
    let text = said(Lang::Zh, Naming::Named);
    assert!(
        text.contains("经电话核实在岗1人次") && !text.contains("李秀英"),
        "{text}"
    );
}

#[test]
fn the_table_adds_up() {
    for lang in [Lang::Zh, Lang::En] {
        let paper = paper(&facts(), &form(lang, Naming::Named));
        let Contents::Table(table) = &paper.annexes[0].contents else {
            panic!("the table comes first");
        };
        let number = |cell: &String| cell.parse::<u32>().unwrap();
        let total = table.total.as_ref().unwrap();
        for column in 1..table.header.len() {
            let sum: u32 = table.rows.iter().map(|row| number(&row[column])).sum();
            assert_eq!(sum, number(&total[column]));
        }
        for row in table.rows.iter().chain([total]) {
            let parts: u32 = row[2..].iter().map(number).sum();
            assert_eq!(
                parts,
                number(&row[1]),
                "what was checked is what came of it"
            );
        }
    }
}

#[test]
fn a_red_head_has_room_for_the_number_and_statements_are_enclosed() {
    let form = Form {
        head: Head::Red,
        office: Some("示例县人民政府办公室"),
        statements: vec![("东河乡", "当时在县道处置落石。".to_owned())],
        ..form(Lang::Zh, Naming::Named)
    };
    let paper = paper(&facts(), &form);
    let head = paper.head.unwrap();
    assert_eq!(head.name, "示例县人民政府办公室文件");
    assert_eq!(head.number, "〔2026〕＿＿号");
    assert_eq!(paper.enclosed.len(), 2);
    let Contents::Text(said) = &paper.annexes[1].contents else {
        panic!("what units said comes last");
    };
    assert_eq!(said, &["东河乡：当时在县道处置落石。"]);
}

#[test]
fn a_correction_says_first_what_holds_no_longer() {
    let facts = facts();
    let withdrawn = Withdrawn {
        finding: &facts.findings[0],
        by: "周文员",
        at: at("10-08T10:00"),
    };
    let form = Form {
        withdrawn: vec![withdrawn],
        ..form(Lang::Zh, Naming::Named)
    };
    let paper = paper(&facts, &form);
    assert!(paper.title.ends_with("的通报（更正）"), "{}", paper.title);
    let Some(Block::Point { head, text }) = paper.blocks.first() else {
        panic!("a point first");
    };
    assert_eq!(head, "更正说明。");
    assert!(text.contains("予以撤销（周文员，"), "{text}");
}
