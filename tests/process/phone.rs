//! The telephone worksheet on paper, for the day without Telegram.

use std::path::Path;
use std::process::{Command, Output};

use super::roster::two_towns;
use super::{BINARY, House, Settings, counts};

fn phone(folder: &Path, more: &[&str]) -> Output {
    Command::new(BINARY)
        .args(["phone", "--data"])
        .arg(folder)
        .arg("--config")
        .arg(folder.join("zaigang.toml"))
        .args(more)
        .current_dir(folder)
        .env_clear()
        .output()
        .expect("the program starts")
}

fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test]
async fn the_sheet_is_printed_with_the_program_running_and_with_it_dead() {
    let (mut house, clerk, officers) = House::on_duty(Settings::default(), &two_towns()).await;
    clerk.says("/check all");
    officers[0].expect_button("在岗").await;
    officers[0].presses("在岗");
    clerk.expect_saying(&counts(1, 0, 1, 0, 0)).await;
    let running = printed(&phone(house.folder.path(), &[]));
    assert!(running.contains("东河乡 许刚"), "{running}");
    assert!(running.contains("13800000002"), "a person dials: {running}");
    assert!(!running.contains("王建国"), "{running}");

    house.killed().await;
    let dead = printed(&phone(house.folder.path(), &["--all"]));
    assert!(dead.contains("许刚") && dead.contains("王建国"), "{dead}");
    house.restarted().await;
    officers[1].presses("补答");
    clerk.expect_saying(&counts(1, 1, 0, 0, 0)).await;
    let nobody = printed(&phone(house.folder.path(), &[]));
    assert!(nobody.contains("没有要打的电话"), "{nobody}");
    house.closes().await;
}

#[test]
fn a_folder_without_data_is_said_so_and_left_empty() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("zaigang.toml"), "").expect("a writable folder");
    let refused = phone(folder.path(), &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(!refused.stderr.is_empty());
    assert!(!folder.path().join("zaigang.db").exists());
}
