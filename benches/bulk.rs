//! A large file checked, start-up included, beside a process that only reads it with the bare `csv`
//! crate: `cargo bench --bench bulk -- FOLDER SIZE…` for the files SIZE.csv and SIZE.need.csv there.
//! Prints both walls and their ratio, which alone means anything on a noisy machine.

mod beside;

use std::path::Path;
use std::process::Command;

const ROUNDS: usize = 7;

fn main() {
    if beside::has_read_bare() {
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
        checked(Path::new(folder), size);
    }
}

fn checked(folder: &Path, size: &str) {
    let file = folder.join(format!("{size}.csv"));
    let mut check = Command::new(env!("CARGO_BIN_EXE_zaigang"));
    check.arg("check").arg(&file);
    check
        .arg("--need")
        .arg(folder.join(format!("{size}.need.csv")));
    check.args(["--from", "2026-10-01T00:00", "--to", "2026-10-08T00:00"]);
    check
        .args(["--min-rest", "11h", "--tables"])
        .arg(std::env::temp_dir().join(format!("zaigang-bench-{size}")));
    beside::side_by_side(size, &file, check, ROUNDS);
}
