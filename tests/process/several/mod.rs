//! Several processes on one database: one leads, the others stand by, and whatever befalls the
//! leader costs no answer and repeats no question more than once.

mod brought;

use std::time::Duration;

use tempfile::TempDir;

use super::roster::{Roster, two_towns};
use super::running::Running;
use super::{House, Settings, asks_all, command, counts, presses};
use crate::botapi::Person;
use crate::postgres;

/// How long a test waits for what is to happen within ten seconds on a machine of its own.
const PATIENCE: Duration = Duration::from_mins(1);

/// Another process for the same data, as if on another machine.
struct Other {
    _folder: TempDir,
    running: Running,
}

impl Other {
    async fn stands_by(house: &House) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let config = "zaigang.toml";
        let from = house.folder.path().join(config);
        std::fs::copy(from, folder.path().join(config)).expect("a writable folder");
        let running = Running::start(command(&house.api, folder.path())).await;
        running.expect_line("standing by").await;
        Self {
            _folder: folder,
            running,
        }
    }

    async fn leads(&self, epoch: u32) {
        leads(&self.running, epoch).await;
    }
}

async fn leads(running: &Running, epoch: u32) {
    let words = format!("this process leads epoch={epoch}");
    running.expect_line_within(&words, PATIENCE).await;
}

async fn on_a_server() -> Option<(House, Person, Vec<Person>)> {
    on_a_server_with(Settings::patient(), &two_towns()).await
}

async fn on_a_server_with(
    settings: Settings,
    roster: &Roster,
) -> Option<(House, Person, Vec<Person>)> {
    let settings = Settings {
        store: Some(postgres::server()?.fresh_database()),
        ..settings
    };
    Some(House::on_duty(settings, roster).await)
}

/// How often each of `officers` was asked anew.
fn asked(house: &House, officers: &[Person]) -> Vec<usize> {
    let sent = house.api.sent_after(0);
    let asked = |officer: &Person| {
        let own = sent.iter().filter(|sent| sent.chat == officer.id);
        own.filter(|sent| sent.text.contains("抽查")).count()
    };
    officers.iter().map(asked).collect()
}

#[track_caller]
fn assert_once_or_twice(asked: &[usize]) {
    assert!(
        asked.iter().all(|times| (1..=2).contains(times)),
        "{asked:?}"
    );
}

#[tokio::test]
async fn another_leads_once_the_leader_is_killed() {
    let Some((mut house, clerk, officers)) = on_a_server().await else {
        return;
    };
    let mut other = Other::stands_by(&house).await;
    asks_all(&clerk, &officers).await;
    house.killed().await;
    officers[0].says("在岗");
    other.leads(2).await;
    presses(&officers[1], "在岗").await;
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    assert_once_or_twice(&asked(&house, &officers));

    house.restarted().await;
    assert_eq!(other.running.stop().await, Some(0));
    leads(&house.running, 3).await;
    clerk.says("/who");
    clerk.expect_saying("王建国").await;
    house.closes().await;
}

/// How much longer than until another leads a leader stands still: not at all, or as often as
/// that fits, every two minutes up to the seconds of `ZAIGANG_ZOMBIE` (`.ci/long zombies`).
fn further_stillness() -> Vec<Duration> {
    let secs = std::env::var("ZAIGANG_ZOMBIE").ok();
    let longest = secs.map_or(0, |secs| secs.parse().expect("a number of seconds"));
    let lengths = (0..=longest).step_by(120);
    lengths.map(Duration::from_secs).collect()
}

#[tokio::test]
async fn a_leader_that_stands_still_is_deposed_and_its_return_changes_nothing() {
    let lengths = further_stillness().into_iter();
    futures_util::future::join_all(lengths.map(stands_still_for)).await;
}

async fn stands_still_for(further: Duration) {
    let Some((house, clerk, officers)) = on_a_server().await else {
        return;
    };
    let mut other = Other::stands_by(&house).await;
    asks_all(&clerk, &officers).await;
    house.running.signal("STOP");
    officers[0].says("在岗");
    other.leads(2).await;
    presses(&officers[1], "在岗").await;
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    let first = asked(&house, &officers);
    assert_once_or_twice(&first);

    if !further.is_zero() {
        tokio::time::sleep(further).await;
        assert_eq!(asked(&house, &officers), first);
    }
    house.running.signal("CONT");
    house
        .running
        .expect_line_within("stepping down", PATIENCE)
        .await;
    house
        .running
        .expect_line_within("standing by", PATIENCE)
        .await;
    asks_all(&clerk, &officers).await;
    presses(&officers[0], "在岗").await;
    other.running.kill().await;
    leads(&house.running, 3).await;
    presses(&officers[1], "在岗").await;
    clerk
        .expect("both answers of the second round", |view| {
            (view.count(&counts(2, 0, 0, 0, 0)) == 2).then_some(())
        })
        .await;
    let both = asked(&house, &officers).into_iter().zip(first);
    let second: Vec<usize> = both.map(|(both, first)| both - first).collect();
    assert_once_or_twice(&second);
    house.closes().await;
}

#[tokio::test]
async fn a_leader_that_comes_back_amid_a_round_asks_nobody_again() {
    let crowd = 20;
    let slowly = Settings {
        more: "[telegram]\nrate = 10\n",
        ..Settings::patient()
    };
    let Some((house, clerk, officers)) = on_a_server_with(slowly, &Roster::crowd(crowd)).await
    else {
        return;
    };
    let mut other = Other::stands_by(&house).await;
    house.running.signal("STOP");
    clerk.says("/check all");
    other.leads(2).await;
    house
        .api
        .expect("the first questions", |_| {
            asked(&house, &officers).contains(&1).then_some(())
        })
        .await;
    // Half of them are still to be asked.
    house.running.signal("CONT");
    for officer in &officers {
        presses(officer, "在岗").await;
    }
    house
        .running
        .expect_line_within("standing by", PATIENCE)
        .await;
    clerk.expect_saying(&counts(crowd, 0, 0, 0, 0)).await;
    assert_eq!(asked(&house, &officers), vec![1; crowd]);
    assert_eq!(other.running.stop().await, Some(0));
    house.closes().await;
}

#[tokio::test]
async fn who_stands_by_is_alive_and_sends_others_elsewhere() {
    let Some((house, _, _)) = on_a_server().await else {
        return;
    };
    let mut other = Other::stands_by(&house).await;
    let at = other.running.address();
    let pages = reqwest::Client::new();
    for (path, status) in [("/healthz", 200), ("/", 503), ("/telegram", 503)] {
        let answer = pages.get(format!("{at}{path}")).send().await;
        let answer = answer.expect("somebody listens");
        assert_eq!(answer.status().as_u16(), status, "{path}");
    }
    assert_eq!(other.running.stop().await, Some(0));
    house.closes().await;
}
