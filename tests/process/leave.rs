//! Leave asked for in the chat, with the program killed between its steps.

use chrono::{Duration, DurationRound};
use chrono_tz::Asia::Shanghai;

use super::roster::Roster;
use super::{House, Settings, bind, counts};

/// 王建国 on duty now, 许刚 of the same unit at home since an hour ago.
fn one_on_duty_and_one_at_home() -> Roster {
    Roster::default()
        .with("城关镇", "王建国", "13800000001", 0)
        .with("城关镇", "许刚", "13800000002", 9)
}

#[tokio::test]
async fn leave_survives_kill_9_at_every_step_and_says_who_is_on_duty_at_once() {
    let roster = one_on_duty_and_one_at_home();
    let (mut house, clerk, officers) = House::on_duty(Settings::patient(), &roster).await;
    let [wang, xu] = &officers[..] else {
        panic!("two officers");
    };
    wang.says("/leave");
    let steps = [
        ("—", "家里有事"),
        ("家里有事", "许刚"),
        // He came off duty an hour ago, and that is said.
        ("许刚", "仍然送审"),
        ("仍然送审", "撤回"),
    ];
    for (label, next) in steps {
        wang.expect_button(label).await;
        house.killed().await;
        house.restarted().await;
        wang.presses(label);
        wang.expect_button(next).await;
    }
    xu.expect_button("我来接").await;
    clerk.says("/who");
    let who = clerk.expect_reply().await;
    assert!(who.contains("王建国") && !who.contains("许刚"), "{who}");

    house.killed().await;
    house.restarted().await;
    let forwarded = wang.presses_forwarded(xu, "我来接");
    wang.expect_press_answered(&forwarded).await;
    assert!(clerk.sees().offering("不同意").is_none());
    xu.presses("我来接");
    clerk.expect_button("不同意").await;

    house.killed().await;
    clerk.presses("同意");
    house.restarted().await;
    wang.expect_saying("已批准").await;
    xu.expect_saying("由您替王建国值班").await;
    clerk.says("/who");
    let who = clerk
        .expect("the stand-in among those on duty", |view| {
            let on_duty = |text: &String| text.contains("排在岗上的人") && text.contains("许刚");
            let mut told = view.replies().into_iter().map(|seen| seen.text.clone());
            told.find(on_duty)
        })
        .await;
    assert!(who.contains("许刚（替王建国）"), "{who}");
    clerk.says("/check all");
    xu.expect_button("在岗").await;
    xu.presses("在岗");
    clerk.expect_saying("在岗 1，迟答 0").await;
    assert_eq!(wang.sees().count("【抽查】"), 0);
    house.closes().await;
}

#[tokio::test]
async fn leave_that_opens_a_gap_says_so_and_the_gap_is_there_once_it_is_approved() {
    let roster = one_on_duty_and_one_at_home();
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &roster).await;
    let wang = &officers[0];
    wang.says("请假");
    wang.expect_button("—").await;
    wang.presses("—");
    wang.expect_button("其他").await;
    wang.presses("其他");
    wang.expect_saying("一句话").await;
    wang.says("孩子住院 <急>");
    wang.expect_button("还没找到").await;
    wang.presses("还没找到");
    let warned = wang.expect_button("仍然送审").await;
    assert!(warned.contains("没人值班"), "{warned}");
    wang.presses("仍然送审");
    let asked = clerk.expect_button("仍然同意").await;
    assert!(
        asked.contains("没人值班") && asked.contains("孩子住院"),
        "{asked}"
    );
    clerk.says("/gaps");
    let gaps = clerk.expect_reply().await;
    assert!(gaps.contains('✅'), "no gap until it is approved: {gaps}");
    clerk.presses("仍然同意");
    wang.expect_saying("没有人接班").await;
    clerk.says("/gaps");
    let gaps = clerk.expect_saying("1 处空档").await;
    assert!(gaps.contains("城关镇"), "{gaps}");
    house.closes().await;
}

#[tokio::test]
async fn in_english_a_clerk_orders_it_for_somebody() {
    let roster = one_on_duty_and_one_at_home();
    let (house, clerk, officers) = House::on_duty(Settings::english(), &roster).await;
    clerk.says("/leave 王建国");
    for label in ["—", "Ill", "许刚", "all the same"] {
        clerk.expect_button(label).await;
        clerk.presses(label);
    }
    clerk.expect_saying("Ordered by the duty office").await;
    officers[0].expect_saying("许刚 takes").await;
    officers[1].expect_saying("You take").await;
    house.closes().await;
}

/// A principal today and tomorrow, and a duty leader who is at home since an hour ago.
fn a_principal_all_through() -> String {
    let hour = chrono::Utc::now()
        .duration_trunc(Duration::hours(1))
        .expect("this hour has a beginning")
        .with_timezone(&Shanghai);
    let civil = |hours: i64| (hour + Duration::hours(hours)).format("%Y-%m-%d %H:%M");
    format!(
        "单位,岗位,姓名,手机,开始时间,结束时间\r\n\
         城关镇,主要领导,陈志明,13800000007,{},{}\r\n\
         城关镇,主要领导,陈志明,13800000007,{},{}\r\n\
         城关镇,带班领导,李明,13800000008,{},{}\r\n",
        civil(-4),
        civil(20),
        civil(20),
        civil(44),
        civil(-4),
        civil(-1),
    )
}

#[tokio::test]
async fn a_principal_on_leave_for_a_day_is_not_asked_and_the_stand_in_is() {
    let (mut house, clerk) = House::with_clerk(Settings::patient()).await;
    clerk.sends_file("国庆值班表.csv", a_principal_all_through());
    clerk.expect_button("启用").await;
    clerk.presses("启用");
    clerk.expect_saying("已启用").await;
    let principal = house.person("陈志明", "8613800000007");
    let leader = house.person("李明", "8613800000008");
    bind(&principal).await;
    bind(&leader).await;
    clerk.says("/check all");
    principal.expect_button("畅通").await;
    principal.presses("畅通");
    clerk.expect_saying(&counts(1, 0, 0, 0, 0)).await;

    principal.says("/leave");
    // Who has only to be reachable needs no rest before it.
    for label in ["—", "公务", "李明"] {
        principal.expect_button(label).await;
        principal.presses(label);
    }
    leader.expect_button("我来接").await;
    leader.presses("我来接");
    clerk.expect_button("不同意").await;
    clerk.presses("同意");
    principal.expect_saying("已批准").await;
    clerk.says("/check all");
    leader.expect_button("畅通").await;
    leader.presses("畅通");
    clerk.expect_saying("第 2 轮，").await;
    assert_eq!(principal.sees().count("【抽查】"), 0, "asked once, before");
    house.closes().await;
}
