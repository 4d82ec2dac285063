//! `zaigang doctor`: what it says before a start, beside one, and where a start would fail.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::running::assert_keeps_secrets;
use super::{BINARY, House, Settings};
use crate::botapi::{BotApi, Fault, TOKEN, Trouble};

const ANY_PORT: &str = "[server]\nlisten = \"127.0.0.1:0\"\n";

fn doctor(folder: &Path, api: &str, token: &str) -> Command {
    let mut command = Command::new(BINARY);
    command
        .args(["doctor", "--data"])
        .arg(folder)
        .current_dir(folder)
        .env_clear()
        .env("TELOXIDE_TOKEN", token)
        .env("TELOXIDE_API_URL", api);
    command
}

/// The exit status and the lines.
async fn told(mut command: Command) -> (Option<i32>, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("it does not panic")
        .expect("the program starts");
    let said = String::from_utf8_lossy(&stdout).into_owned();
    assert_keeps_secrets(&said);
    assert_keeps_secrets(&String::from_utf8_lossy(&stderr));
    (status.code(), said)
}

fn folder(config: &str) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    std::fs::write(folder.path().join("zaigang.toml"), config).expect("a writable folder");
    folder
}

#[track_caller]
fn assert_line(told: &str, health: &str, words: &str) {
    let fits = |line: &str| line.starts_with(health) && line.contains(words);
    assert!(told.lines().any(fits), "{health} {words}: {told}");
}

#[tokio::test]
async fn where_a_start_would_succeed_every_line_says_so() {
    let api = BotApi::start().await;
    let folder = folder(ANY_PORT);
    let before = std::fs::read_dir(folder.path())
        .expect("it is there")
        .count();
    let (status, said) = told(doctor(folder.path(), &api.url(), TOKEN)).await;
    assert_eq!(status, Some(0), "{said}");
    assert_line(&said, "正常", "配置");
    assert_line(&said, "正常", "可写");
    assert_line(&said, "注意", "还没有数据");
    assert_line(&said, "正常", "127.0.0.1:0");
    assert_line(&said, "正常", "机器人是 @");
    assert_line(&said, "正常", "时钟和服务器差 0 秒");
    let after = std::fs::read_dir(folder.path())
        .expect("it is there")
        .count();
    assert_eq!(before, after, "nothing was left behind");
}

#[tokio::test]
async fn each_thing_that_would_fail_has_its_line_and_the_status_is_one() {
    let api = BotApi::start().await;
    let ill = |config: &str| folder(config);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let taken_at = taken.local_addr().expect("it is bound");

    let busy = ill(&format!("[server]\nlisten = \"{taken_at}\"\n"));
    let (status, said) = told(doctor(busy.path(), &api.url(), TOKEN)).await;
    assert_eq!(status, Some(1), "{said}");
    assert_line(&said, "不行", &taken_at.to_string());

    let unfit = ill("language = \"en\"\nzne = \"x\"\n[check]\nwindow = \"5 parsecs\"\n");
    let (status, said) = told(doctor(unfit.path(), &api.url(), TOKEN)).await;
    assert_eq!(status, Some(1), "{said}");
    assert_line(&said, "fail", "check.window");

    let broken = ill("[check\n");
    let (status, said) = told(doctor(broken.path(), &api.url(), TOKEN)).await;
    assert_eq!(status, Some(1), "{said}");
    assert_line(&said, "不行", "zaigang.toml");

    let fine = ill(ANY_PORT);
    let (status, said) = told(doctor(fine.path(), &api.url(), "")).await;
    assert_eq!(status, Some(1), "{said}");
    assert_line(&said, "不行", "TELOXIDE_TOKEN");

    // A port nobody listens on: closed again before it is named.
    drop(taken);
    let (status, said) = told(doctor(fine.path(), &format!("http://{taken_at}"), TOKEN)).await;
    assert_eq!(status, Some(1), "{said}");
    assert_line(&said, "不行", "连不上");
    assert_line(&said, "注意", "时钟是");

    api.fault(Fault::on("getMe", Trouble::Unauthorized));
    let (status, said) = told(doctor(fine.path(), &api.url(), TOKEN)).await;
    assert_eq!(status, Some(1), "{said}");
    assert_line(&said, "不行", "BotFather");
    assert!(!said.contains(TOKEN), "{said}");
}

#[tokio::test]
async fn a_data_folder_that_is_a_file_and_a_database_that_is_none_are_told() {
    let api = BotApi::start().await;
    let folder = folder(ANY_PORT);
    std::fs::write(folder.path().join("data"), "").expect("a writable folder");
    let mut command = doctor(folder.path(), &api.url(), TOKEN);
    command.args(["--lang", "en"]);
    let (_, said) = told(command).await;
    assert_line(&said, "note", "no data yet");
    std::fs::write(folder.path().join("zaigang.db"), "not a database at all").expect("writable");
    let (status, said) = told(doctor(folder.path(), &api.url(), TOKEN)).await;
    assert_eq!(status, Some(1), "{said}");
    assert_line(&said, "不行", "数据打不开");
    let (status, said) = told({
        let mut command = doctor(&folder.path().join("data"), &api.url(), TOKEN);
        command.current_dir(folder.path());
        command
    })
    .await;
    assert_eq!(status, Some(1), "{said}");
    assert_line(&said, "不行", "数据文件夹");
}

#[tokio::test]
async fn beside_a_running_one_it_says_so_and_disturbs_nothing() {
    let mut house = House::open(Settings::default()).await;
    let (status, said) = told(doctor(house.folder.path(), &house.api.url(), TOKEN)).await;
    assert_eq!(status, Some(0), "{said}");
    assert_line(&said, "注意", "运行中的 zaigang");
    house.killed().await;
    let (status, said) = told(doctor(house.folder.path(), &house.api.url(), TOKEN)).await;
    assert_eq!(status, Some(0), "{said}");
    assert_line(&said, "正常", "没有损坏");
    house.restarted().await;
    house.closes().await;
}
