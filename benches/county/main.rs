//! A county's file checked, start-up included, beside a process that only reads it with the bare
//! `csv` crate: this very program, which for that reason uses nothing else. `cargo bench` prints
//! both walls and their ratio; only the ratio means anything on a noisy machine.

mod roster;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Names the file this very program, started again, is to read with the bare crate.
const BARE: &str = "COUNTY_BARE_READ";

const ROUNDS: usize = 101;

fn main() {
    if let Some(path) = std::env::var_os(BARE) {
        println!("{}", bare_read(Path::new(&path)));
        return;
    }
    side_by_side(&county_file());
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
    println!("county file, whole processes, {ROUNDS} rounds turn by turn, in ms:");
    println!("                    best  median");
    let bare = told("bare csv crate", bare_walls);
    let check = told("zaigang check", check_walls);
    println!(
        "ratio           {:8.2}{:8.2}",
        check.0 / bare.0,
        check.1 / bare.1
    );
}

/// Prints and returns the best and the median, in milliseconds.
fn told(what: &str, mut walls: Vec<Duration>) -> (f64, f64) {
    walls.sort_unstable();
    let [best, median] = [walls[0], walls[walls.len() / 2]].map(|wall| wall.as_secs_f64() * 1e3);
    println!("{what:16}{best:8.2}{median:8.2}");
    (best, median)
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

fn county_file() -> PathBuf {
    let path = std::env::temp_dir().join("zaigang-bench-county.csv");
    std::fs::write(&path, roster::county()).expect("the temporary folder can be written");
    path
}
