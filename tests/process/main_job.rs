//! The main job: claim, roster, gaps, binding, a round of checks.

use super::roster::{two_towns, two_towns_with_a_gap};
use super::{House, Settings, bind, counts, payload, putting_in_force};

#[tokio::test]
async fn the_first_clerk_claims_the_place_once() {
    let (mut house, clerk) = House::with_clerk(Settings::default()).await;
    let welcome = clerk.expect_reply().await;
    assert!(!welcome.is_empty());
    let link = house.running.expect_line("?start=claim_").await;
    let late = house.person("钱立明", "8613800000077");
    late.start(payload(&link, "claim_"));
    late.expect_reply().await;
    late.sends_file("值班表.csv", two_towns().csv(&house.plan));
    late.expect_reply().await;
    assert!(
        late.sees()
            .bots()
            .all(|seen| putting_in_force(seen).is_none()),
        "{}",
        house.api.transcript()
    );
    house.closes().await;
}

#[tokio::test]
async fn a_roster_is_read_shown_and_put_in_force_by_its_button() {
    let (house, clerk) = House::with_clerk(Settings::default()).await;
    let file = clerk.sends_file("国庆值班表.csv", two_towns().csv(&house.plan));
    clerk
        .expect("👀 on the file", |view| {
            view.messages
                .iter()
                .find(|seen| seen.id == file && seen.reaction.as_deref() == Some("👀"))
                .map(|_| ())
        })
        .await;
    let (status, label) = clerk
        .expect("one button with 启用", |view| {
            putting_in_force(view.replies().last()?)
        })
        .await;
    let seen = clerk
        .sees()
        .replies()
        .into_iter()
        .find(|seen| seen.id == status)
        .cloned()
        .expect("the status");
    assert!(
        seen.edits > 0,
        "one status message, edited: {}",
        house.api.transcript()
    );
    assert!(
        seen.buttons.iter().any(|label| label.contains("暂不使用")),
        "{:?}",
        seen.buttons
    );
    assert!(seen.text.contains('2'), "two units: {}", seen.text);
    clerk.presses(&label);
    clerk.expect_saying("已启用").await;
    house.closes().await;
}

#[tokio::test]
async fn gaps_are_told_by_unit() {
    let (house, clerk) = House::with_clerk(Settings::default()).await;
    let roster = two_towns_with_a_gap();
    clerk.sends_file("国庆值班表.csv", roster.csv(&house.plan));
    let (_, label) = clerk
        .expect("the button", |view| {
            putting_in_force(view.replies().last()?)
        })
        .await;
    assert!(label.contains("有空档也启用"), "{label}");
    clerk.presses(&label);
    clerk.expect_saying("已启用").await;
    for ask in ["/gaps", "空档"] {
        clerk.says(ask);
        let gaps = clerk.expect_reply().await;
        assert!(
            gaps.contains("东河乡") && !gaps.contains("城关镇"),
            "{gaps}"
        );
    }
    house.closes().await;
}

#[tokio::test]
async fn who_is_on_duty_is_told_by_name() {
    let (house, clerk) = House::with_clerk(Settings::default()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    for ask in ["/who", "谁在岗"] {
        clerk.says(ask);
        let who = clerk.expect_reply().await;
        assert!(who.contains("王建国") && who.contains("许刚"), "{who}");
    }
    house.closes().await;
}

#[tokio::test]
async fn who_is_not_bound_is_listed_until_they_are() {
    let (mut house, clerk) = House::with_clerk(Settings::default()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    clerk.says("/unbound");
    let unbound = clerk.expect_reply().await;
    assert!(
        unbound.contains("王建国") && unbound.contains("许刚"),
        "{unbound}"
    );

    let officer = house.person("王建国", "8613800000001");
    bind(&officer).await;
    let bound = officer.expect_saying("王建国").await;
    assert!(bound.contains("城关镇"), "{bound}");
    let keyboard = officer.sees().keyboard;
    assert!(
        keyboard.iter().all(|label| !label.contains("手机号")),
        "the contact button is gone: {keyboard:?}"
    );

    clerk.says("/unbound");
    let unbound = clerk.expect_reply().await;
    assert!(
        !unbound.contains("王建国") && unbound.contains("许刚"),
        "{unbound}"
    );
    house.closes().await;
}

#[tokio::test]
async fn a_personal_link_binds_once() {
    let (mut house, clerk) = House::with_clerk(Settings::default()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    clerk.says("/invite 许刚");
    let invitation = clerk.expect_saying("?start=b_").await;
    let officer = house.person("许刚", "8613800000055");
    officer.start(payload(&invitation, "b_"));
    officer.expect_saying("东河乡").await;

    let second = house.person("别人", "8613800000056");
    second.start(payload(&invitation, "b_"));
    let refused = second.expect_reply().await;
    assert!(
        !refused.contains("许刚") && !refused.contains("东河乡"),
        "a used link tells nothing: {refused}"
    );
    clerk.says("/check all");
    officer.expect_button("在岗").await;
    assert_eq!(second.sees().count("抽查"), 0);
    house.closes().await;
}

#[tokio::test]
async fn a_round_tells_in_time_silent_and_undeliverable_apart() {
    let settings = Settings {
        window: "4s",
        ..Settings::default()
    };
    let (mut house, clerk) = House::with_clerk(settings).await;
    let roster = two_towns().with("水利局", "邓红", "13800000003", 0).with(
        "应急局",
        "赵敏",
        "13800000004",
        0,
    );
    house.puts_in_force(&clerk, &roster).await;
    let prompt = house.person("王建国", "8613800000001");
    let silent = house.person("许刚", "8613800000002");
    let blocked = house.person("邓红", "8613800000003");
    for officer in [&prompt, &silent, &blocked] {
        bind(officer).await;
    }
    blocked.blocks();
    clerk.says("/check all");
    let ping = prompt.expect_button("在岗").await;
    assert!(ping.contains("王建国") && ping.contains("第 "), "{ping}");
    let press = prompt.presses("在岗");
    prompt.expect_press_answered(&press).await;
    assert!(
        !prompt.sees().toasts.is_empty(),
        "a receipt over the button"
    );

    let summary = clerk.expect_saying(&counts(1, 0, 1, 2, 0)).await;
    for name in ["许刚", "邓红", "赵敏"] {
        assert!(summary.contains(name), "{name} is named: {summary}");
    }
    assert!(
        !summary.contains("王建国"),
        "who was present is not named: {summary}"
    );
    assert!(!summary.contains("脱岗"), "{summary}");

    silent.presses("在岗");
    let edited = clerk.expect_saying(&counts(1, 1, 0, 2, 0)).await;
    assert!(edited.contains("许刚"), "{edited}");
    assert_eq!(
        clerk.sees().count("送不到"),
        1,
        "one summary, edited:\n{}",
        house.api.transcript()
    );
    house.closes().await;
}

#[tokio::test]
async fn everything_works_in_english() {
    let (mut house, clerk) = House::with_clerk(Settings::english()).await;
    clerk.speaks("en");
    house.puts_in_force(&clerk, &two_towns()).await;
    let officer = house.person("王建国", "8613800000001");
    officer.speaks("en");
    bind(&officer).await;
    clerk.says("/check 城关镇");
    officer.expect_button("here").await;
    officer.says("here");
    officer
        .expect("the receipt in place", |view| {
            view.offering("here").is_none().then_some(())
        })
        .await;
    house.closes().await;
}
