//! kill -9 again and again while fifty officers answer and Telegram has a bad day: no answer is lost, and at most one
//! ping comes twice after each, and after each sending whose answer was lost.
//!
//! `ZAIGANG_KILLS` says how often, `ZAIGANG_SEED` when; the suite itself is content with a few.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Formatter};
use std::str::FromStr;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use tokio::time::{sleep, timeout};

use super::roster::Roster;
use super::{House, Settings, counts, number_of};
use crate::botapi::{BotApi, Fault, Person, Trouble};

const OFFICERS: usize = 50;
const KILLS: usize = 6;
const KILLS_PER_ROUND: usize = 8;
/// After so many it is a new county's turn: in one alone the questions of earlier rounds would pile up
/// as they never do within a holiday.
const KILLS_PER_HOUSE: usize = 200;
/// Calls around which something is to be lost, beside those by which updates come.
const DANGEROUS: [&str; 3] = ["sendMessage", "answerCallbackQuery", "editMessageText"];
/// How the stand-in calls the bringing of an update.
const PUSHED: &str = "webhook";
/// How long a round may take, restarts included: a sending nobody answered is tried again after a minute.
const ROUND_PATIENCE: Duration = Duration::from_mins(10);

#[tokio::test]
async fn kills_lose_no_answer_and_repeat_at_most_one_ping_each() {
    // Slow enough for a server on the same machine to be a near one.
    storm("getUpdates", "[telegram]\nrate = 60\n").await;
}

#[tokio::test]
async fn kills_lose_no_answer_that_is_pushed_either() {
    let pushed = "[telegram]\nrate = 60\nmode = \"webhook\"\nurl = \"https://duty.example\"\n";
    storm(PUSHED, pushed).await;
}

/// Kills and bad weather around all that matters, `listening` being how updates come.
async fn storm(listening: &'static str, more: &'static str) {
    let dangerous: Vec<&str> = DANGEROUS.into_iter().chain([listening]).collect();
    let kills = from_env("ZAIGANG_KILLS").unwrap_or(KILLS);
    let seed = from_env("ZAIGANG_SEED").unwrap_or_else(rand::random::<u64>);
    eprintln!("ZAIGANG_SEED={seed}");
    let mut rng = StdRng::seed_from_u64(seed);
    let mut toll = Toll::default();
    while toll.kills < kills {
        let here = (kills - toll.kills).min(KILLS_PER_HOUSE);
        let settings = Settings {
            more,
            ..Settings::patient()
        };
        storm_over(settings, here, &dangerous, &mut toll, &mut rng).await;
    }
}

/// What a storm has come to so far.
#[derive(Default)]
struct Toll {
    kills: usize,
    /// Sendings of which nobody knows whether they arrived, for want of an answer.
    unanswered: usize,
    repeated: usize,
    most_after_one: usize,
}

/// So many of its kills on one house.
async fn storm_over(
    settings: Settings,
    kills: usize,
    dangerous: &[&str],
    toll: &mut Toll,
    rng: &mut StdRng,
) {
    let (mut house, clerk, officers) = House::on_duty(settings, &Roster::crowd(OFFICERS)).await;
    let (repeated_elsewhere, mut deaths) = (toll.repeated, Vec::new());
    let mut rounds = 0;
    while deaths.len() < kills {
        rounds += 1;
        let now = (kills - deaths.len()).min(KILLS_PER_ROUND);
        let bad = bad_weather(&house.api, dangerous, rng);
        let fatal = (now, dangerous);
        let (died, at_once) = round(&mut house, (&clerk, rounds), &officers, fatal, rng).await;
        deaths.extend(died);
        // A machine too slow for the rate has more than one on their way, and says so.
        let allowed = at_once + bad;
        let repeats = repeats_by_life(&house.api, &officers, &deaths);
        let most = repeats.iter().map(BTreeMap::len).max().unwrap_or_default();
        toll.kills += now;
        toll.unanswered += bad;
        toll.repeated = repeated_elsewhere + repeats.iter().map(BTreeMap::len).sum::<usize>();
        toll.most_after_one = toll.most_after_one.max(most);
        eprintln!("{toll}");
        let of_this_round = repeats.iter().rev().take(now + 1);
        let copies = of_this_round.map(|life| life.values().sum::<usize>()).max();
        assert!(
            copies.is_none_or(|copies| copies <= allowed),
            "{copies:?} pings repeated after one kill, and {allowed} may be, with {bad} lost receipts\n{}",
            house.api.transcript()
        );
        house.api.comes_back();
    }
    house.closes().await;
}

impl Display for Toll {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} kills, {} lost receipts, {} pings repeated, at most {} after one kill",
            self.kills, self.unanswered, self.repeated, self.most_after_one
        )
    }
}

/// The clerk's round of this number, which everybody answers, with `kills` in it. Returns how much
/// had been sent at each, and how many pings any of the killed let be on their way at once.
async fn round(
    house: &mut House,
    (clerk, number): (&Person, usize),
    officers: &[Person],
    (kills, dangerous): (usize, &[&str]),
    rng: &mut StdRng,
) -> (Vec<usize>, usize) {
    let already = house.api.sent_so_far();
    let api = house.api.clone();
    let mut answering = StdRng::from_rng(rng);
    clerk.says("/check all");
    let answers = answers(&api, already, officers, &mut answering);
    let ((), died) = tokio::join!(answers, kill_repeatedly(house, kills, dangerous, rng));
    let all_present = counts(officers.len(), 0, 0, 0, 0);
    let own = format!("第 {number} 轮");
    let what = format!("{all_present} in the summary of {own}");
    // Every round ends with the same words: an earlier one's would let this one end unanswered.
    let summary = |_: &BotApi| {
        let seen = clerk.sees();
        let replies = seen.replies();
        let mut own = replies.iter().filter(|seen| seen.text.contains(&own));
        own.any(|seen| seen.text.contains(&all_present))
            .then_some(())
    };
    api.expect_within(ROUND_PATIENCE, &what, summary).await;
    died
}

/// What else goes wrong in a round. Returns for how many sendings the answer is lost.
fn bad_weather(api: &BotApi, dangerous: &[&str], rng: &mut StdRng) -> usize {
    let mut lost = 0;
    for _ in 0..=rng.random_range(0..KILLS_PER_ROUND) {
        let method = dangerous[rng.random_range(0..dangerous.len())];
        let trouble = match rng.random_range(0..8) {
            0 => Trouble::TooMany {
                retry_after_secs: 1,
            },
            1 => Trouble::Status(500, "Internal Server Error"),
            2 => Trouble::Status(502, "Bad Gateway"),
            3 => Trouble::Html,
            4 => Trouble::Garbage,
            5 => Trouble::SlowBeforeEffect(Duration::from_millis(rng.random_range(1..300))),
            6 => Trouble::ResetBeforeEffect,
            _ => {
                lost += usize::from(method == "sendMessage");
                Trouble::ResetAfterEffect
            }
        };
        api.fault(Fault::on(method, trouble));
    }
    match rng.random_range(0..8) {
        0 => api.fault(Fault::on("getUpdates", Trouble::Conflict)),
        1 => api.fault(Fault::on("getUpdates", Trouble::Unauthorized)),
        2 => api.restarts_update_ids_at(rng.random_range(1..2_000_000)),
        3 => api.repeats_last_update(),
        _ => {}
    }
    lost
}

/// Everybody answers as soon as the ping is there, by button, word or number.
pub(super) async fn answers(api: &BotApi, already: usize, officers: &[Person], rng: &mut StdRng) {
    let mut read = already;
    let mut answered = BTreeSet::new();
    // Some answers are held back on their way and come in any order, or twice.
    let held = rng.random_range(0..officers.len());
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
            if answered.len() == held {
                api.holds_updates();
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
            if rng.random_range(0..10) == 0 {
                api.repeats_last_update();
            }
        }
        (answered.len() == officers.len()).then_some(())
    })
    .await;
    api.lets_updates_go(|held| held.shuffle(rng));
}

async fn kill_repeatedly(
    house: &mut House,
    kills: usize,
    dangerous: &[&str],
    rng: &mut StdRng,
) -> (Vec<usize>, usize) {
    let (mut deaths, mut at_once) = (Vec::new(), 1);
    for _ in 0..kills {
        let method = dangerous[rng.random_range(0..dangerous.len())];
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
        at_once = at_once.max(house.running.pings_at_once());
        deaths.push(house.api.sent_so_far());
        house.restarted().await;
    }
    (deaths, at_once)
}

/// Pings that had been sent before, by the life that sent them again, and how often it did.
pub(super) fn repeats_by_life(
    api: &BotApi,
    officers: &[Person],
    deaths: &[usize],
) -> Vec<BTreeMap<(i64, String), usize>> {
    let officers: BTreeSet<i64> = officers.iter().map(|officer| officer.id).collect();
    let mut known = BTreeSet::new();
    let mut repeats = vec![BTreeMap::new(); deaths.len() + 1];
    for (at, sent) in api.sent_after(0).into_iter().enumerate() {
        if !(officers.contains(&sent.chat) && sent.text.contains("抽查")) {
            continue;
        }
        let ping = (sent.chat, number_of(&sent.text).to_owned());
        if !known.insert(ping.clone()) {
            let life = deaths.partition_point(|death| *death <= at);
            *repeats[life].entry(ping).or_default() += 1;
        }
    }
    repeats
}

fn from_env<T: FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}
