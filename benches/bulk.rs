//! A large file checked, start-up included, beside a process that only reads it with the bare `csv`
//! crate: `cargo bench --bench bulk -- FOLDER SIZE…` for the files SIZE.csv and SIZE.need.csv there.
//! Prints both walls and their ratio, which alone means anything on a noisy machine.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Names the file this very program, started again, is to read with the bare crate.
const BARE: &str = "BULK_BARE_READ";

const ROUNDS: usize = 7;

fn main() {
    if let Some(path) = std::env::var_os(BARE) {
        println!("{}", bare_read(Path::new(&path)));
        return;
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut named = arguments
        .iter()
        .filter(|argument| !argument.starts_with('-'));
    let Some(folder) = named.next() else {
        println!("bulk: no folder named, nothing measured");
        return;
    };
    for size in named {
        side_by_side(Path::new(folder), size);
    }
}

/// Bytes of all fields: nothing else is done with them.
fn bare_read(path: &Path) -> usize {
    let mut reader = csv::Reader::from_path(path).expect("the file is there");
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
fn side_by_side(folder: &Path, size: &str) {
    let file = folder.join(format!("{size}.csv"));
    let this = std::env::current_exe().expect("a running program has a path");
    let mut bare = Command::new(this);
    bare.env(BARE, &file);
    let mut check = Command::new(env!("CARGO_BIN_EXE_zaigang"));
    check.arg("check").arg(&file);
    check
        .arg("--need")
        .arg(folder.join(format!("{size}.need.csv")));
    check.args(["--from", "2026-10-01T00:00", "--to", "2026-10-08T00:00"]);
    check
        .args(["--min-rest", "11h", "--tables"])
        .arg(tables(size));
    let (mut bare_walls, mut check_walls) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bare_walls.push(wall(&mut bare));
        check_walls.push(wall(&mut check));
    }
    println!("{size}, whole processes, {ROUNDS} rounds turn by turn, in ms:");
    println!("                    best  median");
    let bare = told("bare csv crate", bare_walls);
    let check = told("zaigang check", check_walls);
    let (best, median) = (check.0 / bare.0, check.1 / bare.1);
    println!("ratio           {best:8.2}{median:8.2}");
}

fn tables(size: &str) -> PathBuf {
    std::env::temp_dir().join(format!("zaigang-bench-{size}"))
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
