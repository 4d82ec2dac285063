//! Starts that cannot be: a clear line on standard error and status 2. And an end amid traffic.

use std::path::Path;
use std::process::{Output, Stdio};

use tempfile::TempDir;

use super::roster::Roster;
use super::{House, Settings, command};
use crate::botapi::{BotApi, Fault, Trouble};

/// What comes of a start with this in `zaigang.toml`.
async fn started(api: &BotApi, folder: &Path, config: &str) -> Output {
    std::fs::write(folder.join("zaigang.toml"), config).expect("a writable folder");
    let mut command = command(api, folder);
    command.stdin(Stdio::null());
    tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("it does not panic")
        .expect("the program starts")
}

#[track_caller]
fn assert_refused(output: &Output, words: &str) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(
        told.lines()
            .any(|line| line.starts_with("zaigang: ") && line.contains(words)),
        "{told}"
    );
}

#[tokio::test]
async fn a_setting_that_cannot_be_is_named_with_an_example() {
    let api = BotApi::start().await;
    let folder = TempDir::new().expect("a temporary folder");
    for (config, words) in [
        ("[check]\nwindow = \"5 parsecs\"\n", "check.window"),
        ("[check]\nwindwo = \"5m\"\n", "windwo"),
        ("[check\n", "zaigang.toml"),
        ("zone = \"Asia/Nowhere\"\n", "Asia/Shanghai"),
        (
            "[period]\nholiday = \"national-day-2031\"\n",
            "national-day-2026",
        ),
        ("units = \"nowhere.csv\"\n", "单位名单打不开"),
    ] {
        assert_refused(&started(&api, folder.path(), config).await, words);
    }
}

#[tokio::test]
async fn a_list_of_units_that_cannot_be_used_says_which_cell() {
    let api = BotApi::start().await;
    let folder = TempDir::new().expect("a temporary folder");
    for (list, words) in [
        ("单位,电话\n城关镇,0000-5550101\n", "缺少 unit 一列"),
        ("unit,min_staff\n城关镇,两人\n", "第 2 行的 min_staff“两人”"),
        ("unit,min_staff\n", "一个单位也没有"),
    ] {
        std::fs::write(folder.path().join("units.csv"), list).expect("a writable folder");
        let config = "units = \"units.csv\"\n";
        assert_refused(&started(&api, folder.path(), config).await, words);
    }
}

#[tokio::test]
async fn a_busy_port_is_named() {
    let api = BotApi::start().await;
    let folder = TempDir::new().expect("a temporary folder");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it is bound");
    let config = format!("[server]\nlisten = \"{address}\"\n");
    assert_refused(
        &started(&api, folder.path(), &config).await,
        &address.to_string(),
    );
}

#[tokio::test]
async fn a_token_telegram_does_not_know_is_told_at_the_first_start() {
    let api = BotApi::start().await;
    let folder = TempDir::new().expect("a temporary folder");
    api.fault(Fault::on("getMe", Trouble::Unauthorized));
    let config = "[server]\nlisten = \"127.0.0.1:0\"\n";
    assert_refused(
        &started(&api, folder.path(), config).await,
        "TELOXIDE_TOKEN",
    );
}

#[tokio::test]
async fn two_processes_do_not_share_a_folder() {
    let house = House::open(Settings::default()).await;
    let config = std::fs::read_to_string(house.folder.path().join("zaigang.toml"))
        .expect("the running one's settings");
    let second = started(&house.api, house.folder.path(), &config).await;
    assert_refused(&second, "--data");
    house.closes().await;
}

#[tokio::test]
async fn it_ends_politely_amid_a_round() {
    let (mut house, clerk, officers) = House::on_duty(Settings::patient(), &Roster::crowd(8)).await;
    clerk.says("/check all");
    officers[0].expect_button("在岗").await;
    for officer in &officers {
        officer.says("在岗");
    }
    assert_eq!(house.running.stop().await, Some(0));
    house.restarted().await;
    clerk.expect_saying("在岗 8").await;
    house.closes().await;
}
