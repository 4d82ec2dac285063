//! How a ping can be answered, and what counts.

use super::roster::{Roster, two_towns};
use super::{House, Settings, bind, counts, number_of};

fn one_town() -> Roster {
    Roster::of(&[("城关镇", "王建国", "13800000001")])
}

#[tokio::test]
async fn a_button_a_word_and_the_number_all_answer() {
    for way in ["button", "在岗", "number"] {
        let (house, clerk, officers) = House::on_duty(Settings::patient(), &one_town()).await;
        clerk.says("/check all");
        let ping = officers[0].expect_button("在岗").await;
        match way {
            "button" => {
                officers[0].presses("在岗");
            }
            "number" => {
                officers[0].says(number_of(&ping));
            }
            words => {
                officers[0].says(words);
            }
        }
        clerk.expect_saying(&counts(1, 0, 0, 0, 0)).await;
        house.closes().await;
    }
}

#[tokio::test]
async fn the_ping_itself_becomes_the_receipt() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &one_town()).await;
    clerk.says("/check all");
    officers[0].expect_button("在岗").await;
    let asked = officers[0].sees().offering("在岗").map(|seen| seen.id);
    officers[0].presses("在岗");
    officers[0]
        .expect("the same message edited, its button gone", |view| {
            let seen = view.bots().find(|seen| Some(seen.id) == asked)?;
            (seen.edits > 0 && seen.buttons.is_empty() && seen.text.contains("在岗")).then_some(())
        })
        .await;
    house.closes().await;
}

#[tokio::test]
async fn an_answer_after_the_deadline_is_late() {
    let (house, clerk, officers) = House::on_duty(Settings::default(), &one_town()).await;
    clerk.says("/check all");
    clerk.expect_saying(&counts(0, 0, 1, 0, 0)).await;
    officers[0].says("在岗");
    clerk.expect_saying(&counts(0, 1, 0, 0, 0)).await;
    officers[0].expect_saying("迟答").await;
    house.closes().await;
}

#[tokio::test]
async fn an_answer_that_arrives_late_but_was_sent_in_time_is_in_time() {
    let (house, clerk, officers) = House::on_duty(Settings::default(), &one_town()).await;
    clerk.says("/check all");
    officers[0].expect_button("在岗").await;
    let asked_at = officers[0]
        .sees()
        .offering("在岗")
        .map(|seen| seen.date)
        .expect("a ping");
    clerk.expect_saying(&counts(0, 0, 1, 0, 0)).await;
    officers[0].says_at("在岗", asked_at);
    clerk.expect_saying(&counts(1, 0, 0, 0, 0)).await;
    house.closes().await;
}

#[tokio::test]
async fn a_reply_a_day_later_is_late_and_noted() {
    let (house, clerk, officers) = House::on_duty(Settings::default(), &one_town()).await;
    clerk.says("/check all");
    clerk.expect_saying(&counts(0, 0, 1, 0, 0)).await;
    let a_day_later = officers[0]
        .sees()
        .messages
        .last()
        .map(|seen| seen.date + 24 * 3600)
        .expect("a message");
    officers[0].says_at("在岗", a_day_later);
    officers[0].expect_reply().await;
    clerk.expect_saying(&counts(0, 1, 0, 0, 0)).await;
    house.closes().await;
}

#[tokio::test]
async fn an_update_delivered_twice_counts_once() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    clerk.says("/check all");
    house.api.repeats_last_update();
    for officer in &officers {
        officer.expect_button("在岗").await;
    }
    officers[0].presses("在岗");
    house.api.repeats_last_update();
    officers[1].presses("在岗");
    house.api.repeats_last_update();
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    clerk.says("/who");
    clerk.expect_saying("王建国").await;
    assert_eq!(
        clerk.sees().count("作废"),
        1,
        "one round only:\n{}",
        house.api.transcript()
    );
    for officer in &officers {
        let pings = house.api.sent_after(0).into_iter();
        let pings = pings
            .filter(|sent| sent.chat == officer.id && sent.text.contains("抽查"))
            .count();
        assert_eq!(pings, 1, "{}", house.api.transcript());
    }
    house.closes().await;
}

#[tokio::test]
async fn two_answers_are_one_answer() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &one_town()).await;
    clerk.says("/check all");
    officers[0].expect_button("在岗").await;
    let asked = officers[0]
        .sees()
        .offering("在岗")
        .map(|seen| seen.id)
        .expect("a ping");
    let (first, second) = (
        officers[0].presses_on(asked, "在岗"),
        officers[0].presses_on(asked, "在岗"),
    );
    officers[0].says("在岗");
    officers[0].expect_press_answered(&first).await;
    officers[0].expect_press_answered(&second).await;
    clerk.expect_saying(&counts(1, 0, 0, 0, 0)).await;
    house.closes().await;
}

#[tokio::test]
async fn so_many_at_random_and_a_unit_by_name() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &Roster::crowd(6)).await;
    clerk.says("/check 2");
    house
        .api
        .expect("two pings", |_| {
            let asked = officers
                .iter()
                .filter(|officer| officer.sees().offering("在岗").is_some())
                .count();
            (asked == 2).then_some(())
        })
        .await;
    for officer in officers
        .iter()
        .filter(|officer| officer.sees().offering("在岗").is_some())
    {
        officer.presses("在岗");
    }
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    for officer in &officers {
        officer
            .expect("no ping of the first round left", |view| {
                view.offering("在岗").is_none().then_some(())
            })
            .await;
    }
    clerk.says("/check 第3单位");
    officers[2].expect_button("在岗").await;
    officers[2].presses("在岗");
    clerk.expect_saying(&counts(1, 0, 0, 0, 0)).await;
    clerk.says("/check 不存在的单位");
    clerk.expect_reply().await;
    house.closes().await;
}

#[tokio::test]
async fn who_is_not_bound_is_undeliverable_and_named() {
    let (mut house, clerk) = House::with_clerk(Settings::default()).await;
    house.puts_in_force(&clerk, &one_town()).await;
    clerk.says("/check all");
    let summary = clerk.expect_saying(&counts(0, 0, 0, 1, 0)).await;
    assert!(summary.contains("王建国"), "{summary}");
    let officer = house.person("王建国", "8613800000001");
    bind(&officer).await;
    house.closes().await;
}

#[tokio::test]
async fn an_edited_word_a_caption_and_a_full_width_number_answer_too() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &Roster::crowd(4)).await;
    clerk.says("/check all");
    let mut numbers = Vec::new();
    for officer in &officers {
        numbers.push(number_of(&officer.expect_button("在岗").await).to_owned());
    }
    let typo = officers[0].says("在冈");
    officers[0].expect_reply().await;
    officers[0].edits(typo, "在岗");
    let wide: String = numbers[1]
        .bytes()
        .filter_map(|digit| {
            "０１２３４５６７８９"
                .chars()
                .nth(usize::from(digit - b'0'))
        })
        .collect();
    officers[1].says(&wide);
    officers[2].sends_photo_saying(b"\xff\xd8\xff\xe0".to_vec(), "在岗");
    officers[3].says(&format!("第 {} 号", numbers[3]));
    clerk.expect_saying(&counts(4, 0, 0, 0, 0)).await;
    house.closes().await;
}

#[tokio::test]
async fn somebody_elses_number_is_not_taken_and_the_own_one_is_named() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    clerk.says("/check all");
    let mut numbers = Vec::new();
    for officer in &officers {
        numbers.push(number_of(&officer.expect_button("在岗").await).to_owned());
    }
    officers[0].says(&numbers[1]);
    let reply = officers[0].expect_reply().await;
    assert!(
        reply.contains(&numbers[0]) && reply.contains("没有记"),
        "{reply}"
    );
    assert!(
        officers[1].sees().offering("在岗").is_some(),
        "it answered for nobody else"
    );
    officers[0].says(&numbers[0]);
    officers[1].says("在岗");
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    house.closes().await;
}

#[tokio::test]
async fn the_reminder_asks_once_more_and_is_no_second_ping() {
    let settings = Settings {
        window: "4s",
        ..Settings::default()
    };
    let (house, clerk, officers) = House::on_duty(settings, &one_town()).await;
    clerk.says("/check all");
    let ping = officers[0].expect_button("在岗").await;
    let number = number_of(&ping).to_owned();
    let reminder = officers[0].expect_saying("还有").await;
    assert!(!reminder.contains(&number), "{reminder}");
    officers[0].presses("在岗");
    clerk.expect_saying(&counts(1, 0, 0, 0, 0)).await;
    house.closes().await;
}
