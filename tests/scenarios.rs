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

use crate::postgres;
use script::{LINE, Script};

#[test]
fn every_scenario_plays_as_written() {
    let files = scenarios();
    let broken = deviations(&files, || "sqlite:zaigang.db".to_owned());
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
    assert!(files.len() >= 40, "{} scenarios", files.len());
}

/// What is told is the same to the letter, whichever database is behind it.
#[test]
fn every_scenario_plays_as_written_on_a_database_server() {
    let Some(server) = postgres::server() else {
        return;
    };
    let broken = deviations(&scenarios(), || server.fresh_database());
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
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

/// How any of `files` deviates, each on a database of its own.
fn deviations(files: &[PathBuf], fresh: impl Fn() -> String + Sync) -> Vec<String> {
    let half = |files: &[PathBuf]| -> Vec<String> {
        let found = files.iter().filter_map(|path| deviation(path, &fresh()));
        found.collect()
    };
    let (one, other) = files.split_at(files.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| half(other));
        let mut found = half(one);
        found.extend(other.join().unwrap());
        found
    })
}

/// How the scenario in `path` now plays, where that is not as written.
fn deviation(path: &Path, url: &str) -> Option<String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let name = path.file_stem().unwrap().to_string_lossy();
    let text = std::fs::read_to_string(path).unwrap();
    let (head, expected) = text.split_once(LINE).unwrap_or((text.trim_end(), ""));
    let play = || runtime.block_on(play::played_on(url, &Script::parsed(head)));
    match catch_unwind(AssertUnwindSafe(play)).map(|played| played.told) {
        Ok(told) if std::env::var_os("BLESS").is_some() => {
            std::fs::write(path, format!("{head}{LINE}{told}")).unwrap();
            None
        }
        Ok(told) if told == expected => None,
        Ok(told) => Some(format!("{name} now reads:\n{told}")),
        Err(why) => {
            let said = why.downcast_ref::<String>().map(String::as_str);
            let said = said.or(why.downcast_ref::<&str>().copied());
            Some(format!("{name}: {}", said.unwrap_or("panicked")))
        }
    }
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
