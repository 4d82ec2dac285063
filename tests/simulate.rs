//! Whole holidays with every fault, on either ground, and design faults that must be caught. The
//! long runs are the command's: `zaigang simulate`, and `.ci/run`.

use std::collections::BTreeMap;
use std::path::Path;

use crate::postgres;
use zaigang::config::Settings;
use zaigang::decide::Policy;
use zaigang::simulate::{Ground, Planted, Played, Story, holiday};

fn policy() -> Policy {
    let service = Settings::default().service(Path::new("")).unwrap();
    service.policy
}

fn played(seed: u64, ground: &Ground, planted: Option<Planted>, story: Story) -> Played {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(holiday(seed, ground, &policy(), planted, story))
}

fn on_the_core(seed: u64) -> Played {
    played(seed, &Ground::Core, None, Story::Untold)
}

#[test]
fn every_promise_holds_on_holidays_of_the_pure_core() {
    for seed in 0..10 {
        let played = on_the_core(seed);
        assert!(played.broken.is_none(), "{seed}: {:?}", played.broken);
        assert!(played.figures.checks > 0, "{seed}: nobody was asked");
    }
}

/// Holidays of the pure core that once broke a promise: of an unseen clock, of a word to a question
/// without a receipt or of before it was queued, of a second reader at the start and in the drain, of
/// a copy put back, of a clock set while a check that was called off could still be answered.
const ONCE_BROKEN: [u64; 34] = [
    89, 425, 1_387, 1_418, 2_349, 3_197, 3_951, 4_215, 4_247, 4_701, 4_887, 5_147, 5_557, 5_977,
    6_683, 7_027, 7_251, 8_441, 11_087, 20_118, 20_257, 22_385, 22_861, 28_949, 41_481, 47_691,
    51_559, 59_047, 59_243, 60_083, 63_276, 83_499, 93_575, 96_997,
];

#[test]
fn holidays_that_once_broke_a_promise_hold_it() {
    for seed in ONCE_BROKEN {
        let played = on_the_core(seed);
        assert!(played.broken.is_none(), "{seed}: {:?}", played.broken);
    }
}

#[test]
fn every_promise_holds_on_a_holiday_with_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let ground = Ground::Store(folder.path().join("data"));
    let played = played(1, &ground, None, Story::Untold);
    assert!(played.broken.is_none(), "{:?}", played.broken);
    assert!(played.figures.faults >= 40, "{:?}", played.figures);
}

#[test]
fn every_promise_holds_on_a_holiday_with_the_store_on_a_server() {
    let Some(server) = postgres::server() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let ground = Ground::Server {
        url: server.fresh_database(),
        folder: folder.path().join("data"),
    };
    let played = played(1, &ground, None, Story::Untold);
    assert!(played.broken.is_none(), "{:?}", played.broken);
    assert!(played.figures.faults >= 40, "{:?}", played.figures);
}

#[test]
fn one_seed_tells_one_story_to_the_letter() {
    let story = || played(7, &Ground::Core, None, Story::Kept).story;
    let told = story();
    assert!(told.len() > 100, "{told:?}");
    assert_eq!(told, story());
}

#[test]
fn a_holiday_without_a_fault_has_no_void_and_every_absence_is_found() {
    let calm = (0..100)
        .map(on_the_core)
        .find(|played| played.figures.calm == 1);
    let figures = calm.unwrap().figures;
    assert_eq!(figures.outcomes[4], figures.excused, "{figures:?}");
    let absent = figures.all_absent();
    assert!(absent.people > 0, "{figures:?}");
    assert_eq!(absent.caught, absent.people, "{figures:?}");
}

/// The table that `simulate --planted` wrote, by the fault's name.
fn table() -> BTreeMap<String, (u64, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/planted/README.md");
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| "));
    rows.filter_map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, fault, seed, law, _] = cells[..] else {
            return None;
        };
        Some((fault.replace('-', ""), (seed.parse().ok()?, law.to_owned())))
    })
    .collect()
}

fn in_the_table(planted: Planted) -> String {
    format!("{planted:?}").to_lowercase()
}

#[test]
fn every_design_fault_stands_in_the_table_and_was_caught() {
    let table = table();
    for planted in Planted::ALL {
        let row = table.get(&in_the_table(planted));
        assert!(row.is_some_and(|(seed, _)| *seed < 1_000), "{planted:?}");
    }
}

#[test]
fn the_faults_that_are_caught_soonest_are_still_caught_by_the_same_law() {
    let table = table();
    let mut caught = 0;
    for planted in Planted::ALL {
        let Some((seed, law)) = table.get(&in_the_table(planted)) else {
            continue;
        };
        if *seed > 3 {
            continue;
        }
        let played = played(*seed, &Ground::Core, Some(planted), Story::Untold);
        let found = played.broken.map(|broken| format!("{:?}", broken.law));
        assert_eq!(found.as_ref(), Some(law), "{planted:?}");
        caught += 1;
    }
    assert!(caught >= 8, "{caught} in the first seeds");
}
