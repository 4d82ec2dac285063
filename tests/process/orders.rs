//! What a clerk can ask for, in every size and at every hour.

use super::roster::{Roster, two_towns};
use super::{House, Settings, counts};

#[tokio::test]
async fn a_check_of_more_than_there_are_asks_everybody_once() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &Roster::crowd(3)).await;
    clerk.says("/check 999999");
    for officer in &officers {
        officer.expect_button("在岗").await;
        officer.presses("在岗");
    }
    clerk.expect_saying(&counts(3, 0, 0, 0, 0)).await;
    house.closes().await;
}

#[tokio::test]
async fn a_check_of_none_asks_whom_and_one_of_minus_one_is_no_unit() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &Roster::crowd(3)).await;
    clerk.says("/check 0");
    clerk.expect_button("全部").await;
    clerk.says("/check -1");
    let reply = clerk.expect_reply().await;
    assert!(reply.contains("没有“-1”"), "{reply}");
    assert!(
        officers
            .iter()
            .all(|officer| officer.sees().offering("在岗").is_none())
    );
    house.closes().await;
}

#[tokio::test]
async fn a_unit_goes_by_part_of_its_name_and_by_full_width_digits() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &Roster::crowd(12)).await;
    clerk.says("/check 第12");
    officers[11].expect_button("在岗").await;
    clerk.says("/check 第３单位");
    officers[2].expect_button("在岗").await;
    clerk.says("/check 第1");
    clerk.expect_saying("是“第1单位”吗").await;
    assert!(officers[0].sees().offering("在岗").is_none());
    house.closes().await;
}

#[tokio::test]
async fn when_nobody_is_on_duty_the_next_shift_is_told() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    let csv = "单位,岗位,姓名,手机,开始时间,结束时间\r\n\
               城关镇,值班员,王建国,13800000001,2030-10-01 08:00,2030-10-02 08:00\r\n";
    clerk.sends_file("以后.csv", csv);
    let status = clerk.expect_button("启用").await;
    assert!(
        status.contains("考核期之外"),
        "nothing of it counts, and that is said: {status}"
    );
    clerk.presses("启用");
    clerk.expect_saying("已启用").await;
    for ask in ["/check all", "/check 3", "/check 城关镇"] {
        clerk.says(ask);
        let reply = clerk.expect_reply().await;
        assert!(reply.contains("10月1日 08:00"), "{ask}: {reply}");
    }
    clerk.says("/check");
    let reply = clerk.expect_reply().await;
    assert!(reply.contains("没有可抽查的人"), "{reply}");
    house.closes().await;
}

#[tokio::test]
async fn a_roster_without_leaders_is_not_said_to_be_led() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    clerk.says("/gaps");
    let gaps = clerk.expect_reply().await;
    assert!(gaps.contains("都有人值班"), "{gaps}");
    assert!(
        gaps.contains("没有带班领导") && !gaps.contains("有领导带班"),
        "{gaps}"
    );
    house.closes().await;
}

#[tokio::test]
async fn three_hundred_units_come_in_messages_telegram_takes() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    let given: Vec<char> = "国梅新远涛飞东明华军".chars().collect();
    let crowd = (0..300_usize).fold(Roster::default(), |roster, at| {
        let (one, other) = (given[at % 10], given[at / 10 % 10]);
        let hours_short = if at % 2 == 0 { 0 } else { 3 };
        roster.with(
            &format!("<&{}>{}", at + 1, "很长的单位名称".repeat(4)),
            &format!("王{one}{other}"),
            &format!("1380000{:04}", at + 1),
            hours_short,
        )
    });
    house.puts_in_force(&clerk, &crowd).await;
    for (ask, last) in [
        ("/who", "15/15"),
        ("/unbound", "20/20"),
        ("/gaps", "150 处空档"),
    ] {
        clerk.says(ask);
        clerk.expect_saying(last).await;
    }
    house.closes().await;
}
