//! Personal links: short, for one person, once; and what is said where none is needed.

use super::roster::{Roster, two_towns};
use super::{House, Settings, bind, payload};

#[tokio::test]
async fn every_link_of_the_unbound_binds_its_person() {
    let (mut house, clerk) = House::with_clerk(Settings::patient()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    clerk.says("/unbound");
    let unbound = clerk.expect_saying("?start=b_").await;
    for (name, phone) in [("许刚", "8613800000055"), ("王建国", "8613800000056")] {
        let (_, own) = unbound.split_once(name).expect("everybody is listed");
        let token = payload(own, "b_");
        assert!(token.len() <= 64, "{token}");
        let officer = house.person(name, phone);
        officer.start(token);
        officer.expect_saying(name).await;
    }
    clerk.says("/unbound");
    let unbound = clerk.expect_reply().await;
    assert!(unbound.contains("都绑定好了"), "{unbound}");
    house.closes().await;
}

#[tokio::test]
async fn no_link_is_given_for_who_is_bound_or_for_nobody() {
    let (house, clerk, _officers) = House::on_duty(
        Settings::patient(),
        &Roster::of(&[("城关镇", "王建国", "13800000001")]),
    )
    .await;
    for (ask, answer) in [
        ("/invite 王建国", "已经绑定好了"),
        ("/invite 城关镇 王建国", "已经绑定好了"),
        ("/invite", "请在后面写上姓名"),
        ("/invite 无此人", "没有“无此人”"),
    ] {
        clerk.says(ask);
        let reply = clerk.expect_reply().await;
        assert!(reply.contains(answer), "{ask}: {reply}");
        assert!(!reply.contains("start=b_"), "{ask}: {reply}");
    }
    house.closes().await;
}

#[tokio::test]
async fn a_number_bound_already_is_not_called_a_link() {
    let (mut house, clerk) = House::with_clerk(Settings::patient()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    let officer = house.person("王建国", "8613800000001");
    bind(&officer).await;
    let twin = house.person("王建国", "8613800000001");
    twin.start("");
    twin.expect_reply().await;
    twin.shares_own_contact();
    let refused = twin.expect_reply().await;
    assert!(refused.contains("这个号码"), "{refused}");
    assert!(!refused.contains("链接"), "{refused}");
    house.closes().await;
}

#[tokio::test]
async fn the_place_of_the_clerk_is_taken_once_for_all() {
    let (mut house, clerk) = House::with_clerk(Settings::patient()).await;
    let link = house.running.expect_line("?start=claim_").await;
    let second = house.person("钱立明", "8613800000077");
    second.start(payload(&link, "claim_"));
    let refused = second.expect_reply().await;
    assert!(refused.contains("用不了"), "{refused}");
    clerk.start(payload(&link, "claim_"));
    clerk.expect_saying("认领成功").await;
    house.killed().await;
    house.restarted().await;
    clerk.says("/who");
    clerk.expect_reply().await;
    second.says("/who");
    clerk.says("/gaps");
    clerk.expect_reply().await;
    assert_eq!(
        second.sees().count("还没有启用"),
        0,
        "{}",
        house.api.transcript()
    );
    house.closes().await;
}

#[tokio::test]
async fn a_person_with_a_new_phone_is_freed_by_the_clerk_and_bound_again() {
    let (mut house, clerk) = House::with_clerk(Settings::patient()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    let old = house.person("王建国", "8613800000001");
    bind(&old).await;
    clerk.says("/unbind 无此人");
    clerk.expect_saying("没有绑定过的人").await;
    clerk.says("/unbind 王建国");
    clerk.expect_saying("已解除绑定").await;
    old.expect_saying("已解除绑定").await;
    clerk.says("/invite 王建国");
    let link = clerk.expect_saying("?start=b_").await;
    let new = house.person("王建国", "8613800000077");
    new.start(payload(&link, "b_"));
    new.expect_saying("绑定好了").await;
    house.closes().await;
}
