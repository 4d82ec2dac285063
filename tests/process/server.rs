//! The same story whether the data lies in a file or on a database server, and what is said where
//! there is no server to be had.

use std::process::{Output, Stdio};

use super::roster::two_towns;
use super::{BINARY, House, Settings, asks_all, command, counts, presses};
use crate::postgres;

fn on(store: String) -> Settings {
    Settings {
        store: Some(store),
        ..Settings::patient()
    }
}

/// Asked, killed, answered, killed again: the journal proves all of it.
async fn holiday_with_two_deaths(settings: Settings) {
    let (mut house, clerk, officers) = House::on_duty(settings, &two_towns()).await;
    asks_all(&clerk, &officers).await;
    house.killed().await;
    officers[0].says("在岗");
    house.restarted().await;
    presses(&officers[1], "在岗").await;
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    house.killed().await;
    house.restarted().await;
    clerk.says("/who");
    clerk.expect_saying("王建国").await;

    let exported = house
        .ran(&["export", "-o", "journal.txt", "--data", "."])
        .await;
    assert_eq!(exported.status.code(), Some(0), "{exported:?}");
    let proven = house.ran(&["verify", "journal.txt"]).await;
    let told = String::from_utf8_lossy(&proven.stdout).into_owned();
    assert_eq!(proven.status.code(), Some(0), "{told}");
    house.closes().await;
}

#[tokio::test]
async fn a_holiday_with_two_deaths_in_a_file() {
    holiday_with_two_deaths(Settings::patient()).await;
}

#[tokio::test]
async fn a_holiday_with_two_deaths_on_a_server() {
    let Some(server) = postgres::server() else {
        return;
    };
    holiday_with_two_deaths(on(server.fresh_database())).await;
}

impl House {
    /// Starts again with its data at `url`.
    async fn lives_at(&mut self, url: &str) {
        let file = self.folder.path().join("zaigang.toml");
        let config = std::fs::read_to_string(&file).expect("a configuration");
        let (before, _) = config.split_once("[store]").unwrap_or((&config, ""));
        let config = format!("{before}[store]\nurl = \"{url}\"\n");
        std::fs::write(file, config).expect("a writable folder");
        self.restarted().await;
    }

    /// What a command comes to that is run beside the program, in its folder.
    async fn ran(&self, arguments: &[&str]) -> Output {
        let mut command = std::process::Command::new(BINARY);
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        tokio::task::spawn_blocking(move || command.output())
            .await
            .expect("it does not panic")
            .expect("the program starts")
    }
}

/// The heads that a move printed, before and after.
#[track_caller]
fn heads(output: &Output) -> (String, String) {
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let head = |words: &str| {
        let line = told.lines().find(|line| line.contains(words));
        let line = line.unwrap_or_else(|| panic!("no “{words}” in:\n{told}"));
        line.split_once('：').expect("a colon").1.to_owned()
    };
    (head("搬之前的日志"), head("按搬到的各行重算"))
}

#[tokio::test]
async fn a_deployment_moves_to_a_server_and_back_and_goes_on() {
    let Some(server) = postgres::server() else {
        return;
    };
    let url = server.fresh_database();
    let (mut house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    asks_all(&clerk, &officers).await;
    let there = [
        "migrate",
        "--data",
        ".",
        "--from",
        "sqlite:zaigang.db",
        "--to",
    ];
    let refused = house.ran(&[&there[..], &[url.as_str()]].concat()).await;
    assert_eq!(refused.status.code(), Some(2), "it is in use");
    assert_eq!(house.running.stop().await, Some(0));

    let moved = house.ran(&[&there[..], &[url.as_str()]].concat()).await;
    let (before, after) = heads(&moved);
    assert_eq!(before, after);
    let again = house.ran(&[&there[..], &[url.as_str()]].concat()).await;
    let told = String::from_utf8_lossy(&again.stderr).into_owned();
    assert_eq!(again.status.code(), Some(2), "{told}");
    assert!(told.contains("没有动它"), "{told}");

    house.lives_at(&url).await;
    officers[0].says("在岗");
    presses(&officers[1], "在岗").await;
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    assert_eq!(house.running.stop().await, Some(0));

    let back = [
        "migrate",
        "--data",
        ".",
        "--to",
        "sqlite:again.db",
        "--from",
    ];
    let (before, after_all) = heads(&house.ran(&[&back[..], &[url.as_str()]].concat()).await);
    assert_eq!(before, after_all);
    assert_ne!(after, after_all, "answers were written down in between");
    house.lives_at("sqlite:again.db").await;
    clerk.says("/who");
    clerk.expect_saying("王建国").await;
    house.closes().await;
}

#[tokio::test]
async fn a_server_that_is_away_is_named_without_its_password() {
    let house = House::open(Settings::patient()).await;
    let other = tempfile::tempdir().expect("a temporary folder");
    let nobody = "postgres://duty:hush@127.0.0.1:1/zaigang".to_owned();
    let mut refused = vec![(nobody, "127.0.0.1:1/zaigang")];
    if let Some(server) = postgres::server() {
        let url = server.fresh_database();
        let (before, after) = url.split_once("test_").expect("a name");
        refused.push((format!("{before}absent_{after}"), "createdb"));
    }
    for (url, words) in refused {
        let config = format!("[store]\nurl = \"{url}\"\n");
        std::fs::write(other.path().join("zaigang.toml"), config).expect("a writable folder");
        let mut command = command(&house.api, other.path());
        command.stdin(Stdio::null());
        let output = tokio::task::spawn_blocking(move || command.output())
            .await
            .expect("it does not panic")
            .expect("the program starts");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(words) && told.contains("store.url"), "{told}");
        assert!(!told.contains("hush"), "{told}");
    }
    house.closes().await;
}
