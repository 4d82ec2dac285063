//! kill -9 again and again while fifty officers answer: no answer is lost, and at most one ping comes twice
//! after each.
//!
//! `ZAIGANG_KILLS` says how often, `ZAIGANG_SEED` when; the suite itself is content with a few.

use std::collections::BTreeSet;
use std::str::FromStr;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio::time::{sleep, timeout};

use super::roster::Roster;
use super::{House, Settings, counts, number_of};
use crate::botapi::{BotApi, Person};

const OFFICERS: usize = 50;
const KILLS: usize = 6;
const KILLS_PER_ROUND: usize = 3;
/// Calls around which something is to be lost.
const DANGEROUS: [&str; 4] = [
    "getUpdates",
    "sendMessage",
    "answerCallbackQuery",
    "editMessageText",
];
/// How long a round may take, restarts included.
const ROUND_PATIENCE: Duration = Duration::from_secs(90);

#[tokio::test]
async fn kills_lose_no_answer_and_repeat_at_most_one_ping_each() {
    let kills = from_env("ZAIGANG_KILLS").unwrap_or(KILLS);
    let seed = from_env("ZAIGANG_SEED").unwrap_or_else(rand::random::<u64>);
    eprintln!("ZAIGANG_SEED={seed}");
    let mut rng = StdRng::seed_from_u64(seed);
    let settings = Settings {
        more: "[telegram]\nrate = 300\n",
        ..Settings::patient()
    };
    let (mut house, clerk, officers) = House::on_duty(settings, &Roster::crowd(OFFICERS)).await;
    let mut deaths = Vec::new();
    while deaths.len() < kills {
        let now = (kills - deaths.len()).min(KILLS_PER_ROUND);
        deaths.extend(round(&mut house, &clerk, &officers, now, &mut rng).await);
        let repeats = repeats_by_life(&house.api, &officers, &deaths);
        let all: usize = repeats.iter().sum();
        eprintln!("{} of {kills} kills, {all} pings repeated", deaths.len());
        let most = repeats.into_iter().max().unwrap_or_default();
        assert!(
            most <= 1,
            "{most} pings repeated after one kill\n{}",
            house.api.transcript()
        );
    }
    house.closes().await;
}

/// One `/check all` that everybody answers, with `kills` in it. Returns how much had been sent at each.
async fn round(
    house: &mut House,
    clerk: &Person,
    officers: &[Person],
    kills: usize,
    rng: &mut StdRng,
) -> Vec<usize> {
    let already = house.api.sent_so_far();
    let api = house.api.clone();
    let mut answering = StdRng::from_rng(rng);
    clerk.says("/check all");
    let answers = answers(&api, already, officers, &mut answering);
    let ((), deaths) = tokio::join!(answers, kill_repeatedly(house, kills, rng));
    let all_present = counts(officers.len(), 0, 0, 0, 0);
    let what = format!("{all_present} in the summary");
    let summary = |_: &BotApi| {
        clerk
            .sees()
            .replies()
            .iter()
            .any(|seen| seen.text.contains(&all_present))
            .then_some(())
    };
    api.expect_within(ROUND_PATIENCE, &what, summary).await;
    deaths
}

/// Everybody answers as soon as the ping is there, by button, word or number.
async fn answers(api: &BotApi, already: usize, officers: &[Person], rng: &mut StdRng) {
    let mut read = already;
    let mut answered = BTreeSet::new();
    api.expect_within(ROUND_PATIENCE, "everybody to be asked", |api| {
        for sent in api.sent_after(read) {
            read += 1;
            let officer = officers.iter().find(|officer| officer.id == sent.chat);
            let Some(officer) = officer.filter(|_| sent.text.contains("抽查")) else {
                continue;
            };
            if !answered.insert(officer.id) {
                continue;
            }
            match rng.random_range(0..3) {
                0 => {
                    officer.presses_on(sent.message, "在岗");
                }
                1 => {
                    officer.says("在岗");
                }
                _ => {
                    officer.says(number_of(&sent.text));
                }
            }
        }
        (answered.len() == officers.len()).then_some(())
    })
    .await;
}

async fn kill_repeatedly(house: &mut House, kills: usize, rng: &mut StdRng) -> Vec<usize> {
    let mut deaths = Vec::new();
    for _ in 0..kills {
        let method = DANGEROUS[rng.random_range(0..DANGEROUS.len())];
        let until = house.api.calls_of(method) + rng.random_range(1..8);
        let busy = house
            .api
            .expect(method, |api| (api.calls_of(method) >= until).then_some(()));
        // A program with nothing left to do is killed all the same.
        let _ = timeout(Duration::from_secs(1), busy).await;
        // The moment after a call is what is drawn here, not a wait for anything.
        if rng.random() {
            sleep(Duration::from_millis(rng.random_range(1..5))).await;
        }
        house.killed().await;
        deaths.push(house.api.sent_so_far());
        house.restarted().await;
    }
    deaths
}

/// Pings that had been sent before, counted by the life that sent them again.
fn repeats_by_life(api: &BotApi, officers: &[Person], deaths: &[usize]) -> Vec<usize> {
    let officers: BTreeSet<i64> = officers.iter().map(|officer| officer.id).collect();
    let mut known = BTreeSet::new();
    let mut repeats = vec![0; deaths.len() + 1];
    for (at, sent) in api.sent_after(0).into_iter().enumerate() {
        let is_ping = officers.contains(&sent.chat) && sent.text.contains("抽查");
        if is_ping && !known.insert((sent.chat, number_of(&sent.text).to_owned())) {
            repeats[deaths.partition_point(|death| *death <= at)] += 1;
        }
    }
    repeats
}

fn from_env<T: FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}
