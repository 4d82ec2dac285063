//! Rosters that were sent and are not in force yet, side by side.

use super::roster::{Roster, two_towns};
use super::{House, Settings, putting_in_force};

fn one_town() -> Roster {
    Roster::of(&[("城关镇", "赵敏", "13800000004")])
}

#[tokio::test]
async fn a_roster_of_one_unit_leaves_the_other_units_alone() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    clerk.sends_file("城关镇.csv", one_town().csv(&house.plan));
    let status = clerk.expect_saying("沿用现在的值班表").await;
    assert!(status.contains("1 个单位"), "{status}");
    clerk.presses("启用");
    clerk.expect_saying("第 2 版").await;
    clerk.says("/who");
    let who = clerk.expect_reply().await;
    assert!(who.contains("赵敏") && who.contains("许刚"), "{who}");
    assert!(!who.contains("王建国"), "{who}");
    house.closes().await;
}

#[tokio::test]
async fn two_drafts_wait_side_by_side_and_a_second_press_changes_nothing() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    let mut drafts = Vec::new();
    for (name, roster) in [("一.csv", one_town()), ("二.csv", two_towns())] {
        clerk.sends_file(name, roster.csv(&house.plan));
        let (draft, _) = clerk
            .expect("its own button", |view| {
                putting_in_force(view.replies().last()?)
            })
            .await;
        drafts.push(draft);
    }
    let newer = drafts[1];
    let presses = [
        clerk.presses_on(newer, "启用"),
        clerk.presses_on(newer, "启用"),
    ];
    for press in &presses {
        clerk.expect_press_answered(press).await;
    }
    clerk.expect_saying("第 1 版").await;
    assert_eq!(
        clerk.sees().count("第 2 版"),
        0,
        "{}",
        house.api.transcript()
    );
    let older = clerk.presses_on(drafts[0], "启用");
    clerk.expect_press_answered(&older).await;
    clerk.expect_saying("替换第 1 版").await;
    clerk.says("/who");
    let who = clerk.expect_reply().await;
    assert!(who.contains("赵敏") && who.contains("许刚"), "{who}");
    house.closes().await;
}

#[tokio::test]
async fn a_draft_put_aside_changes_nothing() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    clerk.sends_file("城关镇.csv", one_town().csv(&house.plan));
    clerk.expect_button("暂不使用").await;
    clerk.presses("暂不使用");
    clerk.expect_saying("先不用").await;
    clerk.says("/who");
    let who = clerk.expect_reply().await;
    assert!(who.contains("王建国") && !who.contains("赵敏"), "{who}");
    house.closes().await;
}
