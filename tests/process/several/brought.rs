//! Updates that are brought to a process that stands by: confirmed once they are kept, and heard by
//! the one that leads, or by the next.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _};

use super::{Other, asked, assert_once_or_twice, on_a_server_with};
use crate::botapi::{BotApi, Fault, Person, Trouble};
use crate::process::roster::two_towns;
use crate::process::webhook::{PUSHED, queue_is_empty};
use crate::process::{House, Settings, asks_all, counts, presses};

/// A round is with everybody, and from now on updates are brought to the other process.
async fn asked_and_brought_elsewhere() -> Option<(House, Other, Person, Vec<Person>)> {
    let settings = Settings {
        more: PUSHED,
        ..Settings::patient()
    };
    let (house, clerk, officers) = on_a_server_with(settings, &two_towns()).await?;
    let other = Other::stands_by(&house).await;
    asks_all(&clerk, &officers).await;
    queue_is_empty(&house).await;
    house.api.webhook_lies_at(&other.running.address());
    Some((house, other, clerk, officers))
}

async fn beside(house: &House) -> PgConnection {
    let config = house.folder.path().join("zaigang.toml");
    let config = std::fs::read_to_string(config).expect("settings");
    let (_, url) = config.split_once("[store]\nurl = \"").expect("a server");
    let (url, _) = url.split_once('"').expect("a url");
    let options: PgConnectOptions = url.parse().expect("a url");
    options.connect().await.expect("the server is there")
}

async fn brought(beside: &mut PgConnection) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM brought")
        .fetch_one(beside)
        .await
        .expect("the table is there")
}

#[tokio::test]
async fn the_leader_hears_what_is_brought_to_another() {
    let Some((house, mut other, clerk, officers)) = asked_and_brought_elsewhere().await else {
        return;
    };
    let before = house.api.webhook_answers().len();
    officers[0].says("在岗");
    presses(&officers[1], "在岗").await;
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    clerk.says("/who");
    clerk.expect_saying("王建国").await;
    queue_is_empty(&house).await;
    let answers = house.api.webhook_answers().split_off(before);
    assert!(answers.iter().all(|answer| *answer == 200), "{answers:?}");
    assert_eq!(brought(&mut beside(&house).await).await, 0);
    assert!(!other.running.said().text().contains("this process leads"));
    assert_eq!(other.running.stop().await, Some(0));
    house.closes().await;
}

#[tokio::test]
async fn what_is_brought_while_nobody_leads_is_heard_by_the_next() {
    let Some((mut house, mut other, clerk, officers)) = asked_and_brought_elsewhere().await else {
        return;
    };
    // Nobody can lead as long as this is held.
    let mut beside = beside(&house).await;
    let mut held = beside.begin().await.expect("a transaction");
    sqlx::query("SELECT epoch FROM lease FOR UPDATE")
        .execute(&mut *held)
        .await
        .expect("there is a leader");
    house.killed().await;
    officers[0].says("在岗");
    officers[1].presses("在岗");
    queue_is_empty(&house).await;
    assert_eq!(brought(&mut held).await, 2, "confirmed, and kept");
    assert_eq!(officers[0].sees().count("收到"), 0, "nobody leads");
    held.rollback().await.expect("it ends");

    other.leads(2).await;
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    officers[0].expect_saying("收到").await;
    assert_eq!(officers[0].sees().count("收到"), 1, "one receipt");
    assert_once_or_twice(&asked(&house, &officers));
    assert_eq!(brought(&mut beside).await, 0);
    assert_eq!(other.running.stop().await, Some(0));
    house.restarted().await;
    house.closes().await;
}

#[tokio::test]
async fn what_is_brought_to_one_and_to_another_counts_once() {
    let Some((house, mut other, clerk, officers)) = asked_and_brought_elsewhere().await else {
        return;
    };
    let lost = Fault::on("webhook", Trouble::ResetAfterEffect);
    house.api.fault(lost.times(1));
    officers[0].says("在岗");
    house
        .api
        .expect("a confirmation that is lost", |api: &BotApi| {
            api.webhook_answers().contains(&0).then_some(())
        })
        .await;
    house.api.webhook_lies_at(&house.running.address());
    queue_is_empty(&house).await;
    officers[1].says("在岗");
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    officers[0].expect_saying("收到").await;
    assert_eq!(officers[0].sees().count("收到"), 1, "one receipt");
    assert_eq!(other.running.stop().await, Some(0));
    house.closes().await;
}
