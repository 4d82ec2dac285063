//! How soon an answer is confirmed to Telegram once it is there, and how fast a backlog is: the real
//! process with three thousand bound officers, read and pushed, beside a bare loop that keeps every
//! batch in one transaction and does nothing else. `cargo bench --bench answers`; `-- 600` answers
//! for ten minutes each instead of one.

#[path = "../../tests/botapi/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    reason = "a test's stand-in does more than a bench asks for"
)]
mod botapi;

mod bare;
#[path = "../pings/house.rs"]
#[allow(dead_code, reason = "a round's pings are for benches/pings to measure")]
mod house;

use std::time::{Duration, Instant};

use botapi::{BotApi, Person};
use house::House;

const OFFICERS: usize = 3_000;
/// Answers a second.
const RATE: u32 = 1_000;
/// The bare loop keeps nothing that grows: it need not be longer beside ten minutes.
const BARE_SECS: u32 = 60;
const BACKLOG: usize = 20_000;
const PATIENCE: Duration = Duration::from_mins(10);
const PUSHED: &str = "mode = \"webhook\"\nurl = \"https://duty.example\"\n";

#[tokio::main]
async fn main() {
    let mut words = std::env::args().skip(1);
    let secs = words.find_map(|word| word.parse().ok()).unwrap_or(60);
    println!("way        answers  p50 ms  p99 ms  max ms  backlog a second  MiB");
    let api = BotApi::start().await;
    let people = bare::people(&api, OFFICERS);
    let reading = bare::read(&api).await;
    told("bare loop", &api, &people, secs.min(BARE_SECS), None).await;
    reading.abort();
    for (way, more) in [("read", ""), ("pushed", PUSHED)] {
        let mut house = House::with_bound(OFFICERS).await;
        house.again_with(RATE, more).await;
        let _ = house.round().await;
        let memory = house.memory();
        told(way, &house.api, house.officers(), secs, Some(memory)).await;
    }
}

async fn told(
    way: &str,
    api: &BotApi,
    people: &[Person],
    secs: u32,
    memory: Option<Box<dyn Fn() -> u64>>,
) {
    empty(api).await;
    let mut waits = answered(api, people, RATE * secs).await;
    waits.sort_unstable();
    let at = |share: usize| {
        let place = (waits.len() * share / 100).min(waits.len() - 1);
        waits[place].as_secs_f64() * 1e3
    };
    let drained = backlog(api, people).await;
    let memory = memory.map_or_else(String::new, |memory| memory().to_string());
    println!(
        "{way:<10}{:8}{:8.1}{:8.1}{:8.1}{:18.0}{memory:>5}",
        waits.len(),
        at(50),
        at(99),
        at(100),
        drained,
    );
}

/// How long each answer waited for its confirmation.
async fn answered(api: &BotApi, people: &[Person], count: u32) -> Vec<Duration> {
    api.notes_confirmations();
    let first = api.next_update_id();
    let begun = Instant::now();
    let mut given = Vec::with_capacity(count as usize);
    for (number, person) in (0..count).zip(people.iter().cycle()) {
        let due = begun + Duration::from_secs(1) / RATE * number;
        tokio::time::sleep_until(due.into()).await;
        given.push(Instant::now());
        person.says("在岗");
    }
    empty(api).await;
    let confirmed = api.confirmations();
    let waits = (first..).zip(given).filter_map(|(id, given)| {
        let at = confirmed.get(&id)?;
        Some(at.saturating_duration_since(given))
    });
    waits.collect()
}

/// Answers a second of those that have waited for the program.
async fn backlog(api: &BotApi, people: &[Person]) -> f64 {
    api.holds_updates();
    for (_, person) in (0..BACKLOG).zip(people.iter().cycle()) {
        person.says("在岗");
    }
    let begun = Instant::now();
    api.lets_updates_go(|_| {});
    empty(api).await;
    f64::from(u32::try_from(BACKLOG).unwrap_or(u32::MAX)) / begun.elapsed().as_secs_f64()
}

async fn empty(api: &BotApi) {
    let is_empty = |api: &BotApi| (api.pending_updates() == 0).then_some(());
    api.expect_within(PATIENCE, "an empty queue", is_empty)
        .await;
}
