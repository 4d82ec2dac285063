//! Forms of rosters the samples do not show: each file holds a roster, then who is on and when
//! as a person reads it, at which post of which unit where a line says so, and the codes of the
//! questions that must be asked. Where none is expected, none may be raised but that hours were
//! assumed.

use std::collections::BTreeSet;
use std::path::Path;

use zaigang::roster::{Asked, Code, Reading, Severity, read};
use zaigang::time::{Zone, holiday};

#[test]
fn every_form_is_read_as_a_person_reads_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms");
    let mut wrong = Vec::new();
    let mut forms = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let (roster, expected) = text.split_once("=== reads\n").unwrap();
        let reading = read(roster.trim_end_matches('\n').as_bytes(), &asked());
        let (got, wanted) = (reads(&reading), wanted(expected));
        let misplaced = misplaced(&reading, expected);
        if got != wanted || !misplaced.is_empty() {
            let missing: Vec<_> = wanted.difference(&got).collect();
            let extra: Vec<_> = got.difference(&wanted).collect();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            wrong.push(format!(
                "{name}: missing {missing:#?}, extra {extra:#?}, misplaced {misplaced:#?}"
            ));
        }
        forms += 1;
    }
    assert!(forms >= 145, "{forms} forms");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn asked() -> Asked {
    Asked {
        period: holiday("national-day-2026").map(|h| h.period(Zone::default())),
        ..Asked::default()
    }
}

fn reads(reading: &Reading) -> BTreeSet<String> {
    let zone = Zone::default();
    let clock = |moment| zone.civil(moment).format("%m-%d %H:%M").to_string();
    let shifts = reading.roster.shifts.iter().flat_map(|shift| {
        let (from, to) = (clock(shift.span.start()), clock(shift.span.end()));
        shift
            .people
            .iter()
            .map(move |p| format!("{} | {from} | {to}", p.name))
    });
    let questions = reading
        .findings
        .iter()
        .filter(|f| f.severity() >= Severity::Warning && f.code != Code::F308);
    shifts
        .chain(questions.map(|f| format!("asks {}", f.code.id())))
        .collect()
}

fn wanted(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| !line.is_empty())
        .flat_map(|line| match line.split(" | ").collect::<Vec<_>>()[..] {
            [names, from, to, ..] => {
                let people = names.split('、');
                people.map(|n| format!("{n} | {from} | {to}")).collect()
            }
            _ => vec![line.to_owned()],
        })
        .collect()
}

/// The lines that tell a post, and maybe its unit, where nobody reads so.
fn misplaced(reading: &Reading, expected: &str) -> Vec<String> {
    let zone = Zone::default();
    let clock = |moment| zone.civil(moment).format("%m-%d %H:%M").to_string();
    let shifts = reading.roster.shifts.iter().map(|shift| {
        let post = &reading.roster.posts[shift.post as usize];
        let names: Vec<&str> = shift.people.iter().map(|p| p.name.as_str()).collect();
        let (from, to) = (clock(shift.span.start()), clock(shift.span.end()));
        let placed = format!("{} | {from} | {to} | {}", names.join("、"), post.name);
        match post.unit.as_str() {
            "" => placed,
            unit => format!("{placed} | {unit}"),
        }
    });
    let shifts: BTreeSet<String> = shifts.collect();
    let placed = expected
        .lines()
        .filter(|line| line.matches(" | ").count() >= 3);
    let is_read = |line: &&str| shifts.contains(*line);
    placed
        .filter(|line| !is_read(line))
        .map(str::to_owned)
        .collect()
}
