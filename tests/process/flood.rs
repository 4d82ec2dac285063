//! Strangers flood the bot while officers answer: no answer is lost, a stranger gets one line a minute, and what
//! they say fills neither the disk nor the memory.
//!
//! `ZAIGANG_FLOOD` says how many messages they send; the suite itself is content with a fifth of it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use super::roster::Roster;
use super::{House, Settings, counts};
use crate::botapi::Person;

const MESSAGES: usize = 2_000;
/// How many each stranger sends, and how often each officer answers.
const EACH: usize = 20;
const PATIENCE: Duration = Duration::from_mins(4);
/// What the program may grow by, for all it has to send and to remember.
const GROWTH_MAX_KIB: u64 = 16 * 1024;

#[tokio::test]
async fn a_flood_of_strangers_takes_nobodys_answer_and_fills_nothing() {
    let messages = std::env::var("ZAIGANG_FLOOD").ok();
    let messages = messages.and_then(|n| n.parse().ok()).unwrap_or(MESSAGES);
    let settings = Settings {
        more: "[telegram]\nrate = 1000\n",
        ..Settings::patient()
    };
    let people = messages / EACH;
    let (mut house, clerk, officers) = House::on_duty(settings, &Roster::crowd(people)).await;
    let strangers: Vec<Person> = (0..people)
        .map(|number| {
            let stranger = house.person("路人", &format!("86000{number:08}"));
            stranger.is_no_newcomer();
            stranger
        })
        .collect();
    clerk.says("/check all");
    let asked = |officer: &&Person| officer.sees().offering("在岗").is_some();
    house
        .api
        .expect_within(PATIENCE, "everybody to be asked", |_| {
            officers.iter().all(|officer| asked(&officer)).then_some(())
        })
        .await;
    let before = house.resident_kib();
    let already = house.api.sent_so_far();

    // All at once, as fast as they can be put into the queue.
    let begun = Instant::now();
    for turn in 0..EACH {
        for (stranger, officer) in strangers.iter().zip(&officers) {
            stranger.says("有人吗");
            if turn == 0 && officer.id % 2 == 0 {
                officer.presses("在岗");
            } else {
                officer.says("在岗");
            }
        }
    }
    let sent_in = begun.elapsed();
    house
        .api
        .expect_within(PATIENCE, "the queue to be read", |api| {
            (api.pending_updates() == 0).then_some(())
        })
        .await;
    let read_in = begun.elapsed();
    let all = counts(people, 0, 0, 0, 0);
    house
        .api
        .expect_within(PATIENCE, &all, |_| {
            let seen = clerk.sees();
            seen.replies()
                .iter()
                .any(|seen| seen.text.contains(&all))
                .then_some(())
        })
        .await;

    let grown = house.resident_kib().saturating_sub(before);
    let minutes = begun.elapsed().as_secs() / 60 + 1;
    let mut told: BTreeMap<i64, u64> = BTreeMap::new();
    for sent in house.api.sent_after(already) {
        if strangers.iter().any(|stranger| stranger.id == sent.chat) {
            *told.entry(sent.chat).or_default() += 1;
        }
    }
    let most = told.values().max().copied().unwrap_or_default();
    let (kept_of_strangers, kept_of_officers) = house.kept_updates().await;
    eprintln!(
        "{messages} messages of strangers and {messages} answers in {sent_in:?}, read in {read_in:?}; \
         {grown} KiB more; strangers told {most} times at most; kept {kept_of_strangers} and {kept_of_officers}"
    );
    assert!(
        most <= minutes,
        "a stranger was told {most} times in {minutes} min"
    );
    assert!(grown < GROWTH_MAX_KIB, "it grew by {grown} KiB");
    assert!(kept_of_strangers < 1_200, "{kept_of_strangers} kept");
    assert!(
        kept_of_officers >= people * EACH,
        "answers are evidence: {kept_of_officers}"
    );
    // Every answer has a receipt, and they leave in their order.
    house
        .api
        .expect_within(PATIENCE, "every press to be answered", |api| {
            (api.unanswered_presses() == 0).then_some(())
        })
        .await;
    house.closes().await;
}

/// What one stranger may be told, and may have written down of them, in ten minutes.
const HEEDED: u64 = 10;

#[tokio::test]
async fn starts_cards_links_and_files_of_strangers_cost_little_however_many_come() {
    let settings = Settings {
        more: "[telegram]\nrate = 1000\n",
        ..Settings::patient()
    };
    let people = 60;
    let (mut house, clerk, officers) = House::on_duty(settings, &Roster::crowd(20)).await;
    let strangers: Vec<Person> = (0..people)
        .map(|number| house.person("路人", &format!("86000{number:08}")))
        .collect();
    clerk.says("/check all");
    for officer in &officers {
        officer.expect_button("在岗").await;
    }
    let already = house.api.sent_so_far();
    let begun = Instant::now();
    for turn in 0..5 {
        for (number, stranger) in strangers.iter().enumerate() {
            stranger.start("");
            stranger.start("b_AAAAAAAAAAAAAAAAAAAAAA");
            stranger.start("claim_AAAAAAAAAAAAAAAAAAAAAA");
            stranger.shares_own_contact();
            stranger.shares_card("王建国", "13800000001");
            stranger.sends_file("值班表.csv", "单位,姓名\n城关镇,王建国\n");
            stranger.says("/lang");
            stranger.forges("answer:1");
            if turn == 4
                && let Some(officer) = officers.get(number)
            {
                officer.presses("在岗");
            }
        }
    }
    house
        .api
        .expect_within(PATIENCE, "every answer to count", |_| {
            let all = counts(officers.len(), 0, 0, 0, 0);
            let seen = clerk.sees();
            let told = seen.replies().iter().any(|seen| seen.text.contains(&all));
            told.then_some(())
        })
        .await;
    house
        .api
        .expect_within(PATIENCE, "every press to be answered", |api| {
            (api.unanswered_presses() == 0).then_some(())
        })
        .await;
    let whiles = begun.elapsed().as_secs() / 600 + 1;
    let mut told: BTreeMap<i64, u64> = BTreeMap::new();
    for sent in house.api.sent_after(already) {
        *told.entry(sent.chat).or_default() += 1;
    }
    let of_strangers = strangers
        .iter()
        .filter_map(|stranger| told.get(&stranger.id));
    let most = of_strangers.max().copied().unwrap_or_default();
    assert!(most > 0, "the first of them are answered");
    assert!(most <= HEEDED * whiles, "a stranger was told {most} times");
    let office = told.get(&clerk.id).copied().unwrap_or_default();
    assert!(office < 30 * whiles, "the office was told {office} times");
    let (kept_of_strangers, _) = house.kept_updates().await;
    assert!(kept_of_strangers < 1_200, "{kept_of_strangers} kept");
    for stranger in &strangers {
        let lines = house.journal_lines_of(stranger).await;
        assert!(lines <= HEEDED * whiles, "{lines} lines of the journal");
    }
    house.closes().await;
}

impl House {
    /// How many lines of the journal are about this account.
    async fn journal_lines_of(&self, person: &Person) -> u64 {
        let mut beside = self.beside().await;
        let about = format!("%\"account\":{}%", person.id);
        let lines: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM journal WHERE entry LIKE $1")
            .bind(about)
            .fetch_one(&mut beside)
            .await
            .expect("it answers");
        beside.close().await.expect("it closes");
        lines.unsigned_abs()
    }

    /// What the program takes of the memory now.
    fn resident_kib(&self) -> u64 {
        let status = format!("/proc/{}/status", self.running.id());
        let status = std::fs::read_to_string(status).expect("it runs");
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        kib.expect("a process has a size")
    }

    /// How many updates the store holds: of strangers, and of people known.
    async fn kept_updates(&self) -> (usize, usize) {
        let mut beside = SqliteConnectOptions::new()
            .filename(self.folder.path().join("zaigang.db"))
            .read_only(true)
            .connect()
            .await
            .expect("the store can be read beside the program");
        let of = "SELECT COUNT(*) FILTER (WHERE stranger = 1), COUNT(*) FILTER (WHERE stranger = 0) FROM inbox";
        let (strangers, known): (i64, i64) = sqlx::query_as(of)
            .fetch_one(&mut beside)
            .await
            .expect("it answers");
        beside.close().await.expect("it closes");
        let size = |count: i64| usize::try_from(count).unwrap_or_default();
        (size(strangers), size(known))
    }
}
