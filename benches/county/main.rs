//! A county's file checked, start-up included, beside a process that only reads it with the bare
//! `csv` crate. `cargo bench` prints both walls and their ratio; only the ratio means anything on a
//! noisy machine.

#[path = "../beside/mod.rs"]
mod beside;
mod roster;

use std::path::PathBuf;
use std::process::Command;

const ROUNDS: usize = 101;

fn main() {
    if beside::has_read_bare() {
        return;
    }
    let file = county_file();
    let mut check = Command::new(env!("CARGO_BIN_EXE_zaigang"));
    check.arg("check").arg(&file).args(["--format", "short"]);
    beside::side_by_side("county file", &file, check, ROUNDS);
}

fn county_file() -> PathBuf {
    let path = std::env::temp_dir().join("zaigang-bench-county.csv");
    std::fs::write(&path, roster::county()).expect("the temporary folder can be written");
    path
}
