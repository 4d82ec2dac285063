//! Spot checks on good and bad days, played on the real keeper and store in virtual time:
//! `tests/scenarios/NAME.txt` holds what it shows, a roster, a script, and under a line the
//! transcript. `BLESS=1` writes the transcript anew; the laws hold in any case.

mod laws;
mod play;
mod random;
mod script;
mod transcript;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use script::{LINE, Script};

#[test]
fn every_scenario_plays_as_written() {
    let files = scenarios();
    let (one, other) = files.split_at(files.len() / 2);
    let broken: Vec<String> = std::thread::scope(|scope| {
        let other = scope.spawn(|| broken_of(other));
        let mut broken = broken_of(one);
        broken.extend(other.join().unwrap());
        broken
    });
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
    assert!(files.len() >= 40, "{} scenarios", files.len());
}

/// The journal the scenario `name` leaves, as exported.
pub fn journal_of(name: &str) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/scenarios/{name}.txt"));
    let text = std::fs::read_to_string(path).unwrap();
    let (head, _) = text.split_once(LINE).expect("a script and its transcript");
    runtime
        .block_on(play::played(&Script::parsed(head)))
        .journal
}

fn broken_of(files: &[PathBuf]) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut broken = Vec::new();
    for path in files {
        let name = path.file_stem().unwrap().to_string_lossy();
        let text = std::fs::read_to_string(path).unwrap();
        let (head, expected) = text.split_once(LINE).unwrap_or((text.trim_end(), ""));
        let play = || runtime.block_on(play::played(&Script::parsed(head))).told;
        match catch_unwind(AssertUnwindSafe(play)) {
            Ok(told) if std::env::var_os("BLESS").is_some() => {
                std::fs::write(path, format!("{head}{LINE}{told}")).unwrap();
            }
            Ok(told) if told == expected => {}
            Ok(told) => broken.push(format!("{name} now reads:\n{told}")),
            Err(why) => {
                let said = why.downcast_ref::<String>().map(String::as_str);
                let said = said.or(why.downcast_ref::<&str>().copied());
                broken.push(format!("{name}: {}", said.unwrap_or("panicked")));
            }
        }
    }
    broken
}

fn scenarios() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    files
}
