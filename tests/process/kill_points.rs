//! kill -9 at every point where something may be lost or done twice, one after the other: around every call that has
//! an effect, around every commit, at the start and at the end.

use std::time::Duration;

use rand::SeedableRng;
use rand::rngs::StdRng;
use sqlx::Connection as _;

use super::kill_storm::{answers, repeats_by_life};
use super::roster::{Roster, two_towns};
use super::{House, Settings, asks_all, command, counts};
use crate::botapi::{BotApi, Fault, Person, Trouble};

/// Longer than anybody waits.
const FOR_EVER: Duration = Duration::from_hours(1);

/// What the program is in the midst of when it dies.
#[derive(Clone, Copy, Debug)]
enum Amid {
    /// Telegram has the call and has done nothing yet.
    Asking(&'static str),
    /// Telegram has done it, and the program will never hear so.
    Hearing(&'static str),
}

const POINTS: [Amid; 10] = [
    Amid::Asking("getUpdates"),
    Amid::Hearing("getUpdates"),
    Amid::Asking("sendMessage"),
    Amid::Hearing("sendMessage"),
    Amid::Asking("answerCallbackQuery"),
    Amid::Hearing("answerCallbackQuery"),
    Amid::Asking("editMessageText"),
    Amid::Hearing("editMessageText"),
    Amid::Asking("sendDocument"),
    Amid::Hearing("sendDocument"),
];

impl Amid {
    fn fault(self) -> Fault {
        match self {
            Amid::Asking(method) => Fault::on(method, Trouble::SlowBeforeEffect(FOR_EVER)),
            Amid::Hearing(method) => Fault::on(method, Trouble::SlowAfterEffect(FOR_EVER)),
        }
    }
}

#[tokio::test]
async fn a_kill_around_any_call_loses_no_answer_and_repeats_one_ping_at_most() {
    let (mut house, clerk, officers) = House::on_duty(Settings::patient(), &Roster::crowd(5)).await;
    let mut rng = StdRng::seed_from_u64(4);
    let mut deaths = Vec::new();
    for (round, point) in (1..).zip(POINTS) {
        let (api, already) = (house.api.clone(), house.api.sent_so_far());
        house.api.fault(point.fault());
        clerk.says("/check all");
        clerk.says("/export");
        let dying = async {
            let what = format!("{point:?}");
            api.expect(&what, |api| api.faults_are_spent().then_some(()))
                .await;
            house.killed().await;
            deaths.push(api.sent_so_far());
            house.restarted().await;
        };
        tokio::join!(answers(&api, already, &officers, &mut rng), dying);
        everybody_is_present(&house, &clerk, officers.len(), round).await;
        let repeats = repeats_by_life(&house.api, &officers, &deaths);
        assert!(
            repeats.iter().all(|repeats| repeats.len() <= 1),
            "{point:?}: {repeats:?}\n{}",
            house.api.transcript()
        );
    }
    house.closes().await;
}

async fn everybody_is_present(house: &House, clerk: &Person, officers: usize, round: usize) {
    let all = counts(officers, 0, 0, 0, 0);
    let what = format!("{all}, for the {round}th time");
    house
        .api
        .expect(&what, |_| (clerk.sees().count(&all) >= round).then_some(()))
        .await;
}

#[tokio::test]
async fn a_kill_between_reading_and_keeping_loses_no_answer() {
    let (mut house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    asks_all(&clerk, &officers).await;
    let held = house.store_held().await;
    officers[0].says("在岗");
    officers[1].presses("在岗");
    house.running.expect_line("the store failed").await;
    house.killed().await;
    held.close().await.expect("it ends");
    assert_eq!(house.api.pending_updates(), 2, "nothing was confirmed");
    house.restarted().await;
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    house.closes().await;
}

#[tokio::test]
async fn what_was_never_confirmed_does_not_come_for_ever_when_ids_start_anew() {
    let (mut house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    asks_all(&clerk, &officers).await;
    house.killed().await;
    officers[0].says("在岗");
    house.api.restarts_update_ids_at(17);
    officers[1].says("在岗");
    house.restarted().await;
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    let is_empty = |api: &BotApi| (api.pending_updates() == 0).then_some(());
    house.api.expect("an empty queue", is_empty).await;
    house.closes().await;
}

#[tokio::test]
async fn a_kill_between_keeping_and_confirming_counts_an_answer_once() {
    let (mut house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    asks_all(&clerk, &officers).await;
    // The poll under way brings the answer; the next one, which would confirm it, gets nowhere.
    let is_polling = |api: &BotApi| (api.pending_updates() == 0).then_some(());
    house.api.expect("a poll", is_polling).await;
    house.api.fault(Amid::Asking("getUpdates").fault());
    officers[0].says("在岗");
    officers[0].expect_saying("收到").await;
    house.killed().await;
    assert_eq!(house.api.pending_updates(), 1, "nothing was confirmed");
    house.restarted().await;
    officers[1].says("在岗");
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    house.closes().await;
}

#[tokio::test]
async fn a_kill_between_sending_a_ping_and_keeping_that_repeats_it_once() {
    let (mut house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    let slow = Trouble::SlowAfterEffect(Duration::from_secs(1));
    house
        .api
        .fault(Fault::on("sendMessage", slow).to(officers[0].id));
    clerk.says("/check all");
    officers[0].expect_button("在岗").await;
    let held = house.store_held().await;
    house.running.expect_line("the store failed").await;
    house.killed().await;
    held.close().await.expect("it ends");
    house.restarted().await;
    for officer in &officers {
        officer.expect_button("在岗").await;
    }
    // Either copy's button answers.
    let first = officers[0]
        .sees()
        .messages
        .iter()
        .find(|seen| seen.text.contains("抽查"))
        .map(|seen| seen.id);
    officers[0].presses_on(first.expect("a ping"), "在岗");
    officers[1].presses("在岗");
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    let pings = |officer: &Person| {
        let sent = house.api.sent_after(0).into_iter();
        sent.filter(|sent| sent.chat == officer.id && sent.text.contains("抽查"))
            .count()
    };
    assert_eq!(pings(&officers[0]), 2, "{}", house.api.transcript());
    assert!(pings(&officers[1]) <= 2, "{}", house.api.transcript());
    house.closes().await;
}

#[tokio::test]
async fn a_kill_while_a_roster_is_fetched_puts_it_in_whole_or_not_at_all() {
    let (mut house, clerk) = House::with_clerk(Settings::patient()).await;
    for method in ["getFile", "download"] {
        house.api.fault(Amid::Asking(method).fault());
        clerk.sends_file("国庆值班表.csv", two_towns().csv(&house.plan));
        let api = house.api.clone();
        api.expect(method, |api| api.faults_are_spent().then_some(()))
            .await;
        house.killed().await;
        house.restarted().await;
        clerk.expect_button("启用").await;
        house.killed().await;
        let press = clerk.presses("启用");
        house.restarted().await;
        clerk.expect_press_answered(&press).await;
        clerk.says("/who");
        let who = clerk.expect_saying("王建国").await;
        assert!(who.contains("许刚"), "{who}");
    }
    house.closes().await;
}

#[tokio::test]
async fn a_kill_at_any_moment_of_a_start_or_an_end_leaves_all_in_place() {
    let (mut house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    asks_all(&clerk, &officers).await;
    house.killed().await;
    for millis in [0, 5, 20, 50, 100, 200] {
        let mut starting = command(&house.api, house.folder.path())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the program starts");
        // How far it gets is what differs; nothing is waited for.
        tokio::time::sleep(Duration::from_millis(millis)).await;
        starting.kill().expect("it runs");
        starting.wait().expect("it ends");
    }
    house.restarted().await;
    officers[0].says("在岗");
    officers[0].expect_saying("收到").await;
    house.running.told_to_stop();
    house.killed().await;
    officers[1].says("在岗");
    house.restarted().await;
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    let newcomer = house.person("路人", "8613800000088");
    newcomer.start("");
    newcomer.expect_reply().await;
    house.closes().await;
}
