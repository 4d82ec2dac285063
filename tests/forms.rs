//! Forms of rosters the samples do not show: each file holds a roster, then who is on and when
//! as a person reads it, and the codes of the questions that must be asked. Where none is
//! expected, none may be raised but that hours were assumed.

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
        if got != wanted {
            let missing: Vec<_> = wanted.difference(&got).collect();
            let extra: Vec<_> = got.difference(&wanted).collect();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            wrong.push(format!("{name}: missing {missing:#?}, extra {extra:#?}"));
        }
        forms += 1;
    }
    assert!(forms >= 120, "{forms} forms");
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
        .flat_map(|line| match line.split_once(" | ") {
            Some((names, when)) => names.split('、').map(|n| format!("{n} | {when}")).collect(),
            None => vec![line.to_owned()],
        })
        .collect()
}
