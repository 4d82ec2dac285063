//! The program beside a process that only reads the same file with the bare `csv` crate: whole
//! processes, turn by turn, so that both meet the same noise and their ratio means something.
//!
//! The bare process is the benchmark itself, started again, which for that reason uses nothing else.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Names the file this very program, started again, is to read with the bare crate.
const BARE: &str = "BENCH_BARE_READ";

/// Whether this process was started to read a file with the bare crate, which it then has done.
pub fn has_read_bare() -> bool {
    let Some(path) = std::env::var_os(BARE) else {
        return false;
    };
    println!("{}", bare_read(Path::new(&path)));
    true
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

/// Prints both walls and their ratio: `check` judges the file at `path`, called `what`.
pub fn side_by_side(what: &str, path: &Path, mut check: Command, rounds: usize) {
    let this = std::env::current_exe().expect("a running program has a path");
    let mut bare = Command::new(this);
    bare.env(BARE, path);
    let (mut bare_walls, mut check_walls) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        bare_walls.push(wall(&mut bare));
        check_walls.push(wall(&mut check));
    }
    println!("{what}, whole processes, {rounds} rounds turn by turn, in ms:");
    println!("                    best  median");
    let bare = told("bare csv crate", bare_walls);
    let check = told("zaigang check", check_walls);
    let (best, median) = (check.0 / bare.0, check.1 / bare.1);
    println!("ratio           {best:8.2}{median:8.2}");
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
