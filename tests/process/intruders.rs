//! What does not count: other people's buttons, other people's cards, files from strangers.

use super::roster::two_towns;
use super::{House, Settings, asks_all, bind, counts, putting_in_force};

#[tokio::test]
async fn a_forwarded_button_does_not_count_for_its_owner() {
    let (house, clerk, officers) = House::on_duty(
        Settings {
            window: "4s",
            ..Settings::default()
        },
        &two_towns(),
    )
    .await;
    asks_all(&clerk, &officers).await;
    let press = officers[1].presses_forwarded(&officers[0], "在岗");
    officers[1].expect_press_answered(&press).await;
    officers[1].presses("在岗");
    let summary = clerk.expect_saying(&counts(1, 0, 1, 0, 0)).await;
    assert!(
        summary.contains("王建国") && !summary.contains("许刚"),
        "{summary}"
    );
    house.closes().await;
}

#[tokio::test]
async fn forged_data_is_refused() {
    let (mut house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    clerk.says("/check all");
    officers[0].expect_button("在岗").await;
    let stranger = house.person("路人", "8613800000088");
    stranger.start("");
    stranger.expect_reply().await;
    let data = officers[0].data_of("在岗").expect("a ping");
    // Four letters: the last one alone may be mere padding of the encoding.
    let kept = &data[..data.len() - 4];
    let tampered = if data.ends_with("AAAA") {
        format!("{kept}BBBB")
    } else {
        format!("{kept}AAAA")
    };
    for press in [
        stranger.forges(&data),
        stranger.forges("present:1"),
        officers[0].forges(&tampered),
    ] {
        stranger.expect_press_answered(&press).await;
    }
    assert!(
        officers[0].sees().offering("在岗").is_some(),
        "his check is still open"
    );
    officers[0].presses("在岗");
    officers[1].presses("在岗");
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    house.closes().await;
}

#[tokio::test]
async fn somebody_elses_card_binds_nobody() {
    let (mut house, clerk) = House::with_clerk(Settings::default()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    let officer = house.person("王建国", "8613800000001");
    let thief = house.person("路人", "8613800000088");
    thief.start("");
    thief.expect_reply().await;
    thief.shares_contact_of(&officer);
    let refused = thief.expect_reply().await;
    assert!(!refused.contains("城关镇"), "{refused}");
    thief.shares_card("王建国", "13800000001");
    clerk.says("/unbound");
    let unbound = clerk.expect_reply().await;
    assert!(unbound.contains("王建国"), "nobody is bound: {unbound}");
    bind(&officer).await;
    house.closes().await;
}

#[tokio::test]
async fn a_number_not_in_the_roster_is_shown_masked() {
    let (mut house, clerk) = House::with_clerk(Settings::default()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    let stranger = house.person("路人", "8613800000088");
    stranger.start("");
    stranger.expect_reply().await;
    stranger.shares_own_contact();
    let reply = stranger.expect_reply().await;
    assert!(
        reply.contains("138****0088") && !reply.contains("13800000088"),
        "{reply}"
    );
    house.closes().await;
}

#[tokio::test]
async fn one_account_is_one_person() {
    let (mut house, clerk) = House::with_clerk(Settings::default()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    let officer = house.person("王建国", "8613800000001");
    bind(&officer).await;
    let twin = house.person("王建国二", "8613800000001");
    twin.start("");
    twin.expect_reply().await;
    twin.shares_own_contact();
    twin.expect_reply().await;
    clerk.says("/check all");
    officer.expect_button("在岗").await;
    assert_eq!(twin.sees().count("抽查"), 0);
    house.closes().await;
}

#[tokio::test]
async fn a_strangers_roster_is_refused_and_nothing_changes() {
    let (mut house, clerk) = House::with_clerk(Settings::default()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    let stranger = house.person("路人", "8613800000088");
    stranger.start("");
    let welcome = stranger.expect_reply().await;
    assert!(
        !welcome.contains("城关镇") && !welcome.contains("王建国"),
        "{welcome}"
    );
    stranger.sends_file("值班表.csv", two_towns().csv(&house.plan));
    stranger.expect_reply().await;
    stranger.says("/who");
    assert!(
        stranger
            .sees()
            .bots()
            .all(|seen| putting_in_force(seen).is_none())
    );
    clerk.says("/who");
    clerk.expect_saying("王建国").await;
    assert_eq!(
        stranger.sees().count("王建国"),
        0,
        "{}",
        house.api.transcript()
    );
    house.closes().await;
}

#[tokio::test]
async fn a_stranger_is_answered_once_a_minute() {
    let (mut house, clerk) = House::with_clerk(Settings::default()).await;
    let stranger = house.person("路人", "8613800000088");
    stranger.start("");
    stranger.expect_reply().await;
    let before = stranger.sees().bots().count();
    for text in ["有人吗", "喂", "喂喂", "在不在", "哈哈"] {
        stranger.says(text);
    }
    // Updates are handled in order: when the clerk is answered, the stranger has been too.
    clerk.says("/help");
    clerk.expect_reply().await;
    stranger.says("再见");
    clerk.says("/who");
    clerk.expect_reply().await;
    let answers = stranger.sees().bots().count() - before;
    assert!(
        answers <= 1,
        "{answers} answers\n{}",
        house.api.transcript()
    );
    house.closes().await;
}

#[tokio::test]
async fn a_group_learns_nothing_and_answers_nothing() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    clerk.says("/check all");
    let ping = officers[0].expect_button("在岗").await;
    let group = house.api.group("值班群");
    officers[0].says_in(group, "/who");
    officers[0].says_in(group, &format!("/start {}", super::number_of(&ping)));
    for officer in &officers {
        officer.expect_button("在岗").await;
        officer.presses("在岗");
    }
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    let told = house
        .api
        .sent_after(0)
        .into_iter()
        .filter(|sent| sent.chat == group);
    for sent in told {
        assert!(
            !sent.text.contains("王建国") && !sent.text.contains("城关镇"),
            "{}",
            sent.text
        );
    }
    house.closes().await;
}
