//! How fast the pings of a large round leave, against the stand-in that keeps Telegram's limits:
//! the real process, thousands of bound officers, one `/check all`. `cargo bench --bench pings` runs
//! every case; `cargo bench --bench pings -- paid` that one alone.

#[path = "../../tests/botapi/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    reason = "a test's stand-in does more than a bench asks for"
)]
mod botapi;

#[allow(dead_code, reason = "benches/answers asks more of it")]
mod house;

use std::collections::BTreeSet;
use std::ops::Range;
use std::time::Duration;

use house::{Arrival, House};

/// One round on one kind of line.
struct Case {
    name: &'static str,
    officers: usize,
    /// Messages a second that Telegram takes and the program is told of.
    rate: u32,
    round_trip: Range<Duration>,
}

const NEAR: Range<Duration> = Duration::ZERO..Duration::ZERO;
const JITTER: Range<Duration> = Duration::from_millis(20)..Duration::from_millis(80);
const FAR: Range<Duration> = Duration::from_millis(50)..Duration::from_millis(300);

const CASES: [Case; 5] = [
    Case {
        name: "near",
        officers: 3000,
        rate: 30,
        round_trip: NEAR,
    },
    Case {
        name: "jitter",
        officers: 3000,
        rate: 30,
        round_trip: JITTER,
    },
    Case {
        name: "far",
        officers: 3000,
        rate: 30,
        round_trip: FAR,
    },
    Case {
        name: "paid-near",
        officers: 3000,
        rate: 1000,
        round_trip: NEAR,
    },
    Case {
        name: "paid",
        officers: 3000,
        rate: 1000,
        round_trip: JITTER,
    },
];

#[tokio::main]
async fn main() {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with("--"))
        .collect();
    println!("case        pings  a second  goal    refused  twice  missing");
    for case in CASES {
        if wanted.is_empty() || wanted.iter().any(|word| case.name == word) {
            told(&case).await;
        }
    }
}

async fn told(case: &Case) {
    let mut house = House::with_bound(case.officers).await;
    house.again_at(case.rate).await;
    let api = house.api.clone();
    api.is_far(case.round_trip.clone());
    api.enforces_limits_of(case.rate as usize);
    let pings = house.round().await;
    let chats: BTreeSet<i64> = pings.iter().map(|ping| ping.chat).collect();
    println!(
        "{:<11}{:6}{:10.2}{:6.2}{:11}{:7}{:9}",
        case.name,
        pings.len(),
        per_second(&pings),
        goal(case),
        api.limit_refusals(),
        pings.len() - chats.len(),
        case.officers - chats.len(),
    );
}

/// Messages a second from the first to the last of them.
fn per_second(pings: &[Arrival]) -> f64 {
    let (Some(first), Some(last)) = (pings.first(), pings.last()) else {
        return 0.0;
    };
    let steps = u32::try_from(pings.len() - 1).unwrap_or(u32::MAX);
    f64::from(steps) / (last.at - first.at).as_secs_f64()
}

/// What the design asks for: each permit is away for its round trip and a second.
fn goal(case: &Case) -> f64 {
    let mean_secs = f64::midpoint(
        case.round_trip.start.as_secs_f64(),
        case.round_trip.end.as_secs_f64(),
    );
    let rate = f64::from(case.rate);
    match (case.rate, mean_secs > 0.0) {
        (30, false) => 29.5,
        (_, false) => 970.0,
        (30, true) => 0.98 * rate / (1.0 + mean_secs),
        _ => 0.97 * rate / (1.0 + mean_secs),
    }
}
