//! Who is asked when no answer comes, and what a person makes of it.

use super::roster::Roster;
use super::{House, Settings, counts, presses};
use crate::botapi::Person;

/// Two officers and their leader.
fn one_unit() -> Roster {
    Roster::of(&[
        ("东河乡", "许刚", "13800000002"),
        ("东河乡", "李秀英", "13800000004"),
    ])
    .led_by("东河乡", "张建国", "13800000003")
}

/// 许刚 stays silent; the others answer.
async fn silence(clerk: &Person, officers: &[Person]) {
    clerk.says("/check all");
    for other in &officers[1..] {
        other.expect_button("在岗").await;
        other.presses("在岗");
    }
    clerk.expect_saying(&counts(2, 0, 1, 0, 0)).await;
}

/// Presses the button and waits until the program has answered the press.
#[tokio::test]
async fn silence_goes_up_rung_by_rung_and_a_person_gives_the_verdict() {
    let (house, clerk, officers) = House::on_duty(Settings::default(), &one_unit()).await;
    silence(&clerk, &officers).await;
    let asked = officers[1].expect_button("人不在").await;
    assert!(asked.contains("许刚") && !asked.contains("抽查"), "{asked}");
    presses(&officers[1], "人不在").await;
    let asked = officers[2].expect_saying("请打值班电话").await;
    assert!(asked.contains("东河乡 许刚"), "{asked}");
    presses(&officers[2], "打通了，不在").await;
    let up = clerk.expect_saying("请核实").await;
    assert!(up.contains("张建国：打通了，不在"), "{up}");
    assert_eq!(clerk.sees().count("脱岗"), 0, "{up}");

    presses(&clerk, "核实电话结果").await;
    presses(&clerk, "1 许刚").await;
    presses(&clerk, "定为：脱岗").await;
    presses(&clerk, "打通值班电话，人不在").await;
    let ruled = clerk.expect_saying("核实为“脱岗”").await;
    assert!(ruled.contains("陈静"), "a verdict has a name: {ruled}");
    clerk.expect_saying("没有要核实的了").await;

    presses(&officers[0], "补答").await;
    clerk.expect_saying(&counts(2, 1, 0, 0, 0)).await;
    clerk.expect_saying("不再作数").await;
    house.closes().await;
}

#[tokio::test]
async fn the_leader_is_asked_when_the_colleague_stays_silent_too_and_once_after_a_kill() {
    let (mut house, clerk, officers) = House::on_duty(Settings::default(), &one_unit()).await;
    silence(&clerk, &officers).await;
    officers[1].expect_button("人不在").await;
    house.killed().await;
    house.restarted().await;
    officers[2].expect_saying("请打值班电话").await;
    clerk.expect_saying("请核实").await;
    let of_rungs = |person: &Person, words| person.sees().count(words);
    assert!(
        of_rungs(&officers[1], "人在吗") <= 2,
        "one repeat for one kill"
    );
    assert_eq!(of_rungs(&officers[2], "请打值班电话"), 1);
    house.closes().await;
}

#[tokio::test]
async fn a_late_answer_calls_the_ladder_back_and_is_explained() {
    let (house, clerk, officers) = House::on_duty(Settings::default(), &one_unit()).await;
    silence(&clerk, &officers).await;
    officers[1].expect_button("人不在").await;
    officers[0].says("在岗");
    officers[1].expect_saying("不用再看").await;
    officers[0].expect_button("在接电话").await;
    officers[0].says("刚才在接县里的电话");
    officers[0].expect_saying("说明：").await;
    clerk.expect_saying("刚才在接县里的电话").await;
    presses(&clerk, "看名单").await;
    let detail = clerk.expect_saying("第 1 轮名单").await;
    assert!(detail.contains("刚才在接县里的电话"), "{detail}");
    house.closes().await;
}

#[tokio::test]
async fn who_stepped_out_is_excused_and_looked_for_when_it_overruns() {
    let settings = Settings {
        window: "10m",
        check: "away = \"2s\"",
        ..Settings::default()
    };
    let (house, clerk, officers) = House::on_duty(settings, &one_unit()).await;
    clerk.says("/check all");
    for other in &officers[1..] {
        other.expect_button("在岗").await;
        other.presses("在岗");
    }
    presses(&officers[0], "暂时离开").await;
    clerk.expect_saying(&counts(2, 0, 0, 0, 1)).await;
    officers[1].expect_saying("暂时离开").await;
    presses(&officers[0], "我回来了").await;
    officers[1].expect_saying("已经回岗").await;
    officers[0].expect_saying("已回岗").await;
    house.closes().await;
}

#[tokio::test]
async fn a_swap_claimed_is_told_to_the_clerk_with_the_name() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &one_unit()).await;
    clerk.says("/check all");
    presses(&officers[0], "已换班").await;
    clerk.expect_saying("请核实").await;
    officers[0].says("赵敏");
    clerk.expect_saying("“赵敏”").await;
    house.closes().await;
}

#[tokio::test]
async fn the_telephone_worksheet_has_whole_numbers_for_the_clerk_alone() {
    let (mut house, clerk) = House::with_clerk(Settings::default()).await;
    house.puts_in_force(&clerk, &one_unit()).await;
    house.phones.push("13800000002".to_owned());
    clerk.says("/phone");
    let sheet = clerk.expect_saying("要打的电话").await;
    assert!(sheet.contains("13800000002"), "{sheet}");
    clerk.says("/check all");
    clerk.expect_saying(&counts(0, 0, 0, 3, 0)).await;
    clerk.says("电话");
    presses(&clerk, "1 许刚").await;
    presses(&clerk, "打通了，在岗").await;
    clerk.expect_saying("陈静：打通了，在岗").await;
    clerk.says("/phone");
    clerk
        .expect("许刚 no longer to be rung", |view| {
            let sheet = view.replies();
            let sheet = sheet.iter().find(|seen| seen.text.contains("要打的电话"))?;
            (!sheet.text.contains("许刚")).then_some(())
        })
        .await;
    let stranger = house.person("路人", "8613800000077");
    stranger.start("");
    stranger.expect_reply().await;
    stranger.says("/phone");
    let reply = stranger.expect_reply().await;
    assert!(!reply.contains("1380000"), "{reply}");
    house.closes().await;
}
