//! A county's file checked, start-up included, beside a process that only reads it with the bare
//! `csv` crate. `cargo bench` prints both medians and their ratio; only the ratio means anything
//! on a noisy machine.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use zaigang::coverage;
use zaigang::roster::{Asked, Reading, read};
use zaigang::time::{Zone, holiday};

/// Names the file this very program, started again, is to read with the bare crate.
const BARE: &str = "COUNTY_BARE_READ";

const ROUNDS: usize = 41;

fn main() {
    if let Some(path) = std::env::var_os(BARE) {
        println!("{}", bare_read(Path::new(&path)));
        return;
    }
    let path = county_file();
    side_by_side(&path);
    divan::main();
}

/// Bytes of all fields: nothing else is done with them.
fn bare_read(path: &Path) -> usize {
    let mut reader = csv::Reader::from_path(path).expect("the bench wrote the file");
    let mut record = csv::ByteRecord::new();
    let mut bytes = 0;
    while reader
        .read_byte_record(&mut record)
        .expect("the file is well formed")
    {
        bytes += record.as_slice().len();
    }
    bytes
}

/// Whole processes, turn by turn, so that both meet the same noise.
fn side_by_side(path: &Path) {
    let this = std::env::current_exe().expect("a running program has a path");
    let mut bare = Command::new(this);
    bare.env(BARE, path);
    let mut check = Command::new(env!("CARGO_BIN_EXE_zaigang"));
    check.arg("check").arg(path).args(["--format", "short"]);
    let (mut bare_walls, mut check_walls) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bare_walls.push(wall(&mut bare));
        check_walls.push(wall(&mut check));
    }
    let (bare, check) = (median(bare_walls), median(check_walls));
    let ratio = check.as_secs_f64() / bare.as_secs_f64();
    println!("county file, whole processes, median of {ROUNDS} rounds turn by turn:");
    println!("  bare csv crate  {:6.2} ms", bare.as_secs_f64() * 1e3);
    println!("  zaigang check   {:6.2} ms", check.as_secs_f64() * 1e3);
    println!("  ratio           {ratio:6.2}");
}

fn wall(command: &mut Command) -> Duration {
    let command = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let begun = Instant::now();
    let status = command.status().expect("the program was built");
    let wall = begun.elapsed();
    assert!(status.code().is_some_and(|code| code < 2), "{status}");
    wall
}

fn median(mut walls: Vec<Duration>) -> Duration {
    walls.sort_unstable();
    walls[walls.len() / 2]
}

/// 100 units, two posts each, three shifts a day for eight days: 4,800 rows, with a night left
/// out here and there.
fn county() -> String {
    let mut text = String::from("unit,post,role,name,phone,start,end\n");
    for day in 0..8 {
        for unit in 0..100 {
            for (role, post) in [("带班领导", "带班室"), ("值班员", "值班室")] {
                for shift in 0..3 {
                    if unit % 9 == 0 && day == 1 + unit % 5 && shift == 2 {
                        continue;
                    }
                    let row = row(day, unit, role, post, shift);
                    text.push_str(&row);
                }
            }
        }
    }
    text
}

fn row(day: usize, unit: usize, role: &str, post: &str, shift: usize) -> String {
    let mut row = String::new();
    let people = (day * 3 + shift) % 6 + if role == "值班员" { 6 } else { 0 };
    let person = unit * 12 + people;
    let (start, end) = (8 + shift * 8, 16 + shift * 8);
    let _ = write!(row, "第{unit:03}镇政府,{post},{role},P{person:07},");
    let _ = write!(row, "000{:08},", person * 61_803 % 100_000_000);
    let _ = writeln!(row, "{},{}", time(day, start), time(day, end));
    row
}

/// `2026-09-30T08:00:00` for day 0, hour 8; hours go on past midnight.
fn time(day: usize, hour: usize) -> String {
    match day + hour / 24 {
        0 => format!("2026-09-30T{:02}:00:00", hour % 24),
        date => format!("2026-10-{date:02}T{:02}:00:00", hour % 24),
    }
}

fn county_file() -> PathBuf {
    let path = std::env::temp_dir().join("zaigang-bench-county.csv");
    std::fs::write(&path, county()).expect("the temporary folder can be written");
    path
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
