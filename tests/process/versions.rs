//! A roster takes another's place: what changes is told before and after, and there is a way back.

use super::roster::{Roster, two_towns};
use super::{House, Settings, bind, putting_in_force};

/// 城关镇 in other hands, 东河乡 with nobody in the last three hours.
fn amended() -> Roster {
    Roster::default()
        .with("城关镇", "李秀英", "13800000004", 0)
        .with("东河乡", "许刚", "13800000002", 3)
}

#[tokio::test]
async fn what_a_new_roster_would_change_is_told_before_it_is_used() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    clerk.sends_file("一.csv", two_towns().csv(&house.plan));
    let first = clerk.expect_button("启用").await;
    assert!(!first.contains("版比"), "nothing to compare with: {first}");
    clerk.presses("启用");
    clerk.expect_saying("第 1 版已启用").await;

    clerk.sends_file("二.csv", amended().csv(&house.plan));
    let status = clerk.expect_saying("和现在的第 1 版比").await;
    for told in ["改 2 个班", "新增 1 人", "减少 1 人", "多出 1 处空档"] {
        assert!(status.contains(told), "{told}: {status}");
    }
    clerk.says("/who");
    let who = clerk.expect_saying("（第 1 版）").await;
    assert!(who.contains("王建国"), "nothing has changed yet: {who}");
    house.closes().await;
}

#[tokio::test]
async fn the_same_roster_again_is_said_to_be_the_same() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    clerk.sends_file("再发.csv", two_towns().csv(&house.plan));
    clerk.expect_saying("和现在的第 1 版没有不同").await;
    house.closes().await;
}

#[tokio::test]
async fn changes_are_listed_and_the_older_roster_comes_back_as_a_new_version() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    house.puts_in_force(&clerk, &amended()).await;
    let told = clerk.expect_saying("第 2 版已启用").await;
    assert!(told.contains("替换第 1 版：改 2 个班，新增 1 人"), "{told}");
    let seen = clerk.sees();
    let message = seen.saying("第 2 版已启用").expect("the status");
    assert!(
        putting_in_force(message).is_none(),
        "it is in force already: {:?}",
        message.buttons
    );

    let press = clerk.presses("看改动");
    clerk.expect_press_answered(&press).await;
    let changes = clerk.expect_saying("第 2 版的改动").await;
    assert!(changes.contains("王建国 → 李秀英"), "{changes}");
    assert!(changes.contains("新增：城关镇 李秀英"), "{changes}");
    assert!(changes.contains("多出的空档"), "{changes}");

    let stale = clerk
        .sees()
        .offering("退回第 1 版")
        .expect("the way back")
        .id;
    let press = clerk.presses("退回第 1 版");
    clerk.expect_press_answered(&press).await;
    let back = clerk
        .expect_saying("第 3 版已启用，就是第 1 版的内容")
        .await;
    assert!(back.contains("替换第 2 版"), "{back}");
    assert!(back.contains("补上 1 处空档"), "{back}");
    clerk.says("/who");
    let who = clerk.expect_saying("（第 3 版）").await;
    assert!(who.contains("王建国") && !who.contains("李秀英"), "{who}");

    let again = clerk.presses_on(stale, "退回第 1 版");
    clerk.expect_press_answered(&again).await;
    clerk.says("/versions");
    let list = clerk.expect_saying("值班表的版本").await;
    assert!(list.contains("第 3 版（现在用的）"), "{list}");
    assert!(
        !list.contains("第 4 版"),
        "an old button does nothing: {list}"
    );
    house.closes().await;
}

#[tokio::test]
async fn the_way_back_is_kept_over_a_kill() {
    let (mut house, clerk) = House::with_clerk(Settings::patient()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    house.puts_in_force(&clerk, &amended()).await;
    clerk.expect_button("退回第 1 版").await;
    house.killed().await;
    clerk.presses("退回第 1 版");
    house.restarted().await;
    clerk.expect_saying("第 3 版已启用").await;
    house.killed().await;
    house.restarted().await;
    clerk.says("/who");
    clerk.expect_saying("（第 3 版）").await;
    house.closes().await;
}

#[tokio::test]
async fn an_officer_goes_back_to_no_version() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    house.puts_in_force(&clerk, &amended()).await;
    clerk.expect_button("退回第 1 版").await;
    let officer = &officers[0];
    officer.says("/versions");
    officer.expect_saying("只有值班办公室能用").await;
    let press = officer.presses_forwarded(&clerk, "退回第 1 版");
    officer.expect_press_answered(&press).await;
    clerk.says("/who");
    clerk.expect_saying("（第 2 版）").await;
    house.closes().await;
}

#[tokio::test]
async fn versions_read_in_english_too() {
    let (mut house, clerk) = House::with_clerk(Settings::english()).await;
    clerk.speaks("en");
    house.puts_in_force(&clerk, &two_towns()).await;
    let officer = house.person("王建国", "8613800000001");
    bind(&officer).await;
    house.puts_in_force(&clerk, &amended()).await;
    clerk
        .expect_saying("it replaces version 1: 2 shifts changed, 1 new person")
        .await;
    clerk.presses("See what changed");
    clerk.expect_saying("What version 2 changed").await;
    clerk.presses("Back to version 1");
    clerk
        .expect_saying("Version 3 is in force, with the contents of version 1")
        .await;
    house.closes().await;
}
