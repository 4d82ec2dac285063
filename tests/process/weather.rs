//! Telegram on bad days, and the machine's own.

use std::time::Duration;

use crate::botapi::{Fault, Trouble};

use super::roster::{Roster, two_towns};
use super::{House, Settings, asks_all, counts};

#[tokio::test]
async fn it_listens_whether_or_not_telegram_answers() {
    let mut house = House::open(Settings::default()).await;
    house.killed().await;
    house.api.goes_dark();
    house.restarted().await;
    house.api.comes_back();
    let clerk = house.person("陈静", "8613800009999");
    let link = house.running.expect_line("?start=claim_").await;
    clerk.start(super::payload(&link, "claim_"));
    clerk.expect_reply().await;
    house.closes().await;
}

#[tokio::test]
async fn a_ping_survives_every_kind_of_refusal() {
    let troubles = [
        Trouble::TooMany {
            retry_after_secs: 1,
        },
        Trouble::Status(500, "Internal Server Error"),
        Trouble::Html,
        Trouble::Garbage,
        Trouble::ResetBeforeEffect,
        Trouble::ResetAfterEffect,
        Trouble::SlowBeforeEffect(Duration::from_millis(300)),
        Trouble::SlowAfterEffect(Duration::from_millis(300)),
    ];
    let roster = Roster::crowd(troubles.len());
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &roster).await;
    for (officer, trouble) in officers.iter().zip(&troubles) {
        house
            .api
            .fault(Fault::on("sendMessage", trouble.clone()).to(officer.id));
    }
    clerk.says("/check all");
    for officer in &officers {
        officer.expect_button("在岗").await;
        officer.presses("在岗");
    }
    clerk
        .expect_saying(&counts(troubles.len(), 0, 0, 0, 0))
        .await;
    assert!(house.api.faults_are_spent());
    for officer in &officers {
        let sent = house.api.sent_after(0).into_iter();
        let pings = sent
            .filter(|sent| sent.chat == officer.id && sent.text.contains("抽查"))
            .count();
        assert!(
            pings <= 2,
            "{} was asked {pings} times\n{}",
            officer.name,
            house.api.transcript()
        );
    }
    house.closes().await;
}

#[tokio::test]
async fn answers_given_during_an_outage_are_not_lost() {
    let (house, clerk, officers) = House::on_duty(Settings::default(), &two_towns()).await;
    asks_all(&clerk, &officers).await;
    house.api.goes_dark();
    for officer in &officers {
        officer.says("在岗");
    }
    house.api.comes_back();
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    house.closes().await;
}

#[tokio::test]
async fn reordered_answers_and_new_ids_lose_nothing() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    asks_all(&clerk, &officers).await;
    house.api.holds_updates();
    officers[0].says("在岗");
    officers[1].presses("在岗");
    house.api.restarts_update_ids_at(17);
    house.api.lets_updates_go(|held| held.reverse());
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    house.closes().await;
}

#[tokio::test]
async fn a_broken_poll_is_taken_up_again() {
    let (house, clerk) = House::with_clerk(Settings::default()).await;
    for trouble in [
        Trouble::Status(502, "Bad Gateway"),
        Trouble::Html,
        Trouble::Garbage,
        Trouble::ResetBeforeEffect,
        Trouble::ResetAfterEffect,
        Trouble::Conflict,
    ] {
        house.api.fault(Fault::on("getUpdates", trouble));
    }
    clerk.says("/help");
    clerk.expect_reply().await;
    house
        .api
        .expect("every fault to happen", |api| {
            api.faults_are_spent().then_some(())
        })
        .await;
    clerk.says("/help");
    clerk.expect_reply().await;
    house.closes().await;
}

#[tokio::test]
async fn a_kill_between_ping_and_answer_loses_nothing() {
    let (mut house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    asks_all(&clerk, &officers).await;
    house.killed().await;
    officers[0].presses("在岗");
    officers[1].says("在岗");
    house.restarted().await;
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    house.closes().await;
}

#[tokio::test]
async fn the_flood_limits_are_kept() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &Roster::crowd(40)).await;
    house.api.enforces_limits();
    clerk.says("/check all");
    for officer in &officers {
        officer.expect_button("在岗").await;
        officer.presses("在岗");
    }
    clerk.expect_saying(&counts(40, 0, 0, 0, 0)).await;
    assert_eq!(house.api.limit_refusals(), 0, "{}", house.api.transcript());
    house.closes().await;
}
