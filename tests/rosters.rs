//! Every sample roster is read as a careful human reads it: `rosters/NAME.csv` beside
//! `rosters/NAME.expect.txt`. `BLESS=1` writes what is read now.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use zaigang::coverage;
use zaigang::roster::{Asked, Reading, Source, read};
use zaigang::time::{Moment, Zone, holiday};
use zaigang::words::{Lang, finding};

#[test]
fn every_sample_roster_reads_as_expected() {
    let samples = samples();
    assert!(samples.len() >= 8, "{} samples", samples.len());
    for path in samples {
        let told = told(&read(&std::fs::read(&path).unwrap(), &asked()));
        let expectation = path.with_extension("expect.txt");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&expectation, &told).unwrap();
        }
        let expected = std::fs::read_to_string(&expectation).unwrap_or_default();
        assert_eq!(told, expected, "{}", path.display());
    }
}

#[test]
fn every_cell_of_every_sample_is_accounted_for() {
    for path in samples() {
        let bytes = std::fs::read(&path).unwrap();
        let reading = read(&bytes, &asked());
        let accounted: BTreeSet<_> = reading
            .account
            .cells
            .iter()
            .map(|c| (c.place.row, c.place.column))
            .collect();
        assert_eq!(
            accounted,
            filled_cells(&bytes, &reading.source),
            "{}",
            path.display()
        );
    }
}

#[test]
fn the_samples_show_a_clean_roster_a_gap_and_gb18030() {
    let read_of = |name: &str| {
        let bytes = std::fs::read(folder().join(name)).unwrap();
        (
            holes(&read(&bytes, &asked())).len(),
            read(&bytes, &asked()).source.encoding,
        )
    };
    assert_eq!(read_of("01-office-week.csv").0, 0);
    assert_eq!(read_of("county.csv").0, 1);
    assert_eq!(read_of("03-school-gb18030.csv").1, "gb18030");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rosters")
}

fn samples() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).unwrap();
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "csv"))
        .collect();
    paths.sort();
    paths
}

fn asked() -> Asked {
    let zone = Zone::default();
    Asked {
        period: holiday("national-day-2026").map(|h| h.period(zone)),
        ..Asked::default()
    }
}

/// Rows and columns, from 1, of the cells of a delimited text that are not blank.
fn filled_cells(bytes: &[u8], source: &Source) -> BTreeSet<(u32, u32)> {
    let text = match source.encoding {
        "gb18030" => encoding_rs::GB18030.decode(bytes).0,
        _ => encoding_rs::UTF_8.decode(bytes).0,
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(source.delimiter.map_or(b',', |d| u8::try_from(d).unwrap()))
        .from_reader(text.as_bytes());
    let records = reader.records().map(Result::unwrap).enumerate();
    records
        .flat_map(|(row, record)| {
            let cells: Vec<(u32, u32)> = record
                .iter()
                .enumerate()
                .filter(|(_, cell)| !cell.trim().is_empty())
                .map(|(column, _)| {
                    (
                        u32::try_from(row + 1).unwrap(),
                        u32::try_from(column + 1).unwrap(),
                    )
                })
                .collect();
            cells
        })
        .collect()
}

fn holes(reading: &Reading) -> Vec<coverage::Hole> {
    let period = asked().period.unwrap();
    let demand = coverage::demand(&reading.roster, period, &[]);
    let mut holes = coverage::holes(&demand, &reading.roster);
    holes.retain(|h| h.class != coverage::HoleClass::Boundary);
    holes
}

/// All that was read, one line for each fact.
fn told(reading: &Reading) -> String {
    let zone = Zone::default();
    let clock = |moment: Moment| zone.civil(moment).format("%m-%d %H:%M").to_string();
    let source = &reading.source;
    let mut told = format!(
        "{} {:?}, {} rows\n\n",
        source.encoding, source.delimiter, source.rows
    );
    for shift in &reading.roster.shifts {
        let post = reading.roster.post(shift);
        let people: Vec<String> = shift
            .people
            .iter()
            .map(|p| match &p.phone {
                Some(phone) => format!("{} {}", p.name, phone.digits()),
                None => p.name.clone(),
            })
            .collect();
        let (from, to) = (clock(shift.span.start()), clock(shift.span.end()));
        let assumed = if shift.assumed_hours {
            " (assumed)"
        } else {
            ""
        };
        let place = shift.source;
        writeln!(
            told,
            "{}:{} {from} to {to}{assumed} | {} | {} {:?} | {}",
            place.row,
            place.column,
            post.unit,
            post.name,
            post.role,
            people.join("、")
        )
        .unwrap();
    }
    told.push('\n');
    for hole in holes(reading) {
        let (from, to) = (clock(hole.span.start()), clock(hole.span.end()));
        writeln!(
            told,
            "{:?} {from} to {to} | {} | {}",
            hole.class, hole.unit, hole.post
        )
        .unwrap();
    }
    told.push('\n');
    for found in &reading.findings {
        let place = found.place.unwrap_or_default();
        let message = finding::message(found, zone, Lang::En);
        writeln!(
            told,
            "{}:{} {} {message}",
            place.row,
            place.column,
            found.code.id()
        )
        .unwrap();
    }
    told
}
