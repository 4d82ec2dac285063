//! The parts of a check inside the process, without its start: what to look at when `county`
//! grows slower.

#[path = "county/roster.rs"]
mod roster;

use roster::county;
use zaigang::coverage;
use zaigang::roster::{Asked, Reading, read};
use zaigang::time::{Zone, holiday};

fn main() {
    divan::main();
}

fn reading() -> Reading {
    read(county().as_bytes(), &Asked::default())
}

#[divan::bench]
fn read_the_file(bencher: divan::Bencher) {
    let text = county();
    bencher.bench(|| read(text.as_bytes(), &Asked::default()));
}

#[divan::bench]
fn find_the_holes(bencher: divan::Bencher) {
    let roster = reading().roster;
    let holiday = holiday("national-day-2026").expect("it is announced");
    let demand = coverage::demand(&roster, holiday.period(Zone::default()), &[]);
    bencher.bench(|| coverage::holes(&demand, &roster));
}
