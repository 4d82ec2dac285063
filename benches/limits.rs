//! 5 MB of anything, read: `cargo bench --bench limits` prints how long each shape of file takes,
//! the slowest first, and `cargo bench --bench limits -- NAME…` only those. `--seeds FOLDER`
//! writes them small instead, for the fuzzer to begin with.

mod shapes;

use std::path::Path;
use std::time::{Duration, Instant};

use zaigang::roster::{Asked, Reading, read};
use zaigang::time::{Zone, holiday};

use shapes::SHAPES;

const BYTES: usize = 5_000_000;

const SEED_BYTES: usize = 600;

/// The best of so many readings counts: on a shared machine the others measure the neighbours.
const ROUNDS: usize = 3;

fn main() {
    let mut wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    if wanted.first().is_some_and(|first| first == "--seeds") {
        write_seeds(Path::new(wanted.get(1).map_or(".", String::as_str)));
        return;
    }
    wanted.retain(|name| !name.starts_with('-'));
    let asked = Asked {
        period: holiday("national-day-2026").map(|h| h.period(Zone::default())),
        ..Asked::default()
    };
    let mut timed: Vec<(Duration, &str, Reading)> = SHAPES
        .iter()
        .filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|w| w == name))
        .map(|(name, make)| {
            let (wall, reading) = best(&make(BYTES), &asked);
            (wall, *name, reading)
        })
        .collect();
    timed.sort_by_key(|(wall, ..)| std::cmp::Reverse(*wall));
    for (wall, name, reading) in timed {
        let refused = reading
            .roster
            .shifts
            .is_empty()
            .then(|| reading.findings.first());
        println!(
            "{:6.2} s  {name:26} {:7} rows {:8} shifts  {}",
            wall.as_secs_f64(),
            reading.source.rows,
            reading.roster.shifts.len(),
            refused.flatten().map_or("", |finding| finding.code.slug())
        );
    }
}

fn best(bytes: &[u8], asked: &Asked) -> (Duration, Reading) {
    let timed = || {
        let began = Instant::now();
        let reading = read(bytes, asked);
        (began.elapsed(), reading)
    };
    let rounds = (1..ROUNDS).map(|_| timed());
    rounds.fold(
        timed(),
        |best, next| if next.0 < best.0 { next } else { best },
    )
}

fn write_seeds(folder: &Path) {
    std::fs::create_dir_all(folder).expect("the folder can be made");
    for (name, make) in SHAPES {
        std::fs::write(folder.join(name), make(SEED_BYTES)).expect("a seed can be written");
    }
}
