use std::time::{Duration, Instant};

use serde_json::json;

use super::super::{Fault, Person, Trouble, View};
use super::RawBot;

async fn say(bot: &RawBot, person: &Person) -> Result<(u16, String), reqwest::Error> {
    let parameters = json!({ "chat_id": person.id, "text": "在岗吗" });
    let response = bot
        .http
        .post(bot.url("sendMessage"))
        .json(&parameters)
        .send()
        .await?;
    let status = response.status().as_u16();
    Ok((status, response.text().await?))
}

#[tokio::test]
async fn refusals_come_as_ordered_then_the_sun_shines() {
    let (bot, person) = RawBot::with_person().await;
    let cases = [
        (
            Trouble::TooMany {
                retry_after_secs: 3,
            },
            429,
            "retry after 3",
        ),
        (
            Trouble::Status(500, "Internal Server Error"),
            500,
            "Internal Server Error",
        ),
        (Trouble::Html, 502, "<html>"),
        (Trouble::Garbage, 200, "{\"ok\":true,\"resu"),
        (Trouble::Unauthorized, 401, "Unauthorized"),
        (Trouble::Conflict, 409, "Conflict"),
    ];
    for (trouble, status, words) in cases {
        bot.api.fault(Fault::on("sendMessage", trouble));
        let (got, body) = say(&bot, &person).await.unwrap();
        assert_eq!(got, status);
        assert!(body.contains(words), "{body}");
    }
    assert!(bot.api.faults_are_spent());
    assert_eq!(person.sees().count("在岗吗"), 0, "no effect so far");
    assert_eq!(say(&bot, &person).await.unwrap().0, 200);
    assert_eq!(person.sees().count("在岗吗"), 1);
}

#[tokio::test]
async fn a_reset_is_a_reset_before_or_after_the_effect() {
    let (bot, person) = RawBot::with_person().await;
    bot.api
        .fault(Fault::on("sendMessage", Trouble::ResetBeforeEffect));
    assert!(say(&bot, &person).await.is_err());
    assert_eq!(person.sees().count("在岗吗"), 0);
    bot.api
        .fault(Fault::on("sendMessage", Trouble::ResetAfterEffect));
    assert!(say(&bot, &person).await.is_err());
    assert_eq!(person.sees().count("在岗吗"), 1);
}

#[tokio::test]
async fn an_answer_can_come_late_with_the_effect_before_or_after() {
    let (bot, person) = RawBot::with_person().await;
    let wait = Duration::from_millis(200);
    let slow = [
        Trouble::SlowBeforeEffect(wait),
        Trouble::SlowAfterEffect(wait),
    ];
    for (messages, trouble) in (1..).zip(slow) {
        bot.api.fault(Fault::on("sendMessage", trouble.clone()));
        let began = Instant::now();
        let effect = async {
            let has_come = |view: &View| (view.count("在岗吗") == messages).then_some(());
            person.expect("the message", has_come).await;
            began.elapsed()
        };
        let (said, effect_after) = tokio::join!(say(&bot, &person), effect);
        assert_eq!(said.unwrap().0, 200);
        assert!(began.elapsed() >= wait);
        assert_eq!(
            effect_after >= wait,
            trouble == Trouble::SlowBeforeEffect(wait)
        );
    }
}

#[tokio::test]
async fn a_fault_can_be_for_one_chat_and_for_several_calls() {
    let (bot, person) = RawBot::with_person().await;
    let other = bot.api.person("赵敏", "8613800000002");
    other.start("");
    bot.api.fault(
        Fault::on("sendMessage", Trouble::Status(500, "x"))
            .to(other.id)
            .times(2),
    );
    assert_eq!(say(&bot, &person).await.unwrap().0, 200);
    assert_eq!(say(&bot, &other).await.unwrap().0, 500);
    assert_eq!(say(&bot, &other).await.unwrap().0, 500);
    assert_eq!(say(&bot, &other).await.unwrap().0, 200);
}

#[tokio::test]
async fn in_the_dark_nothing_answers_and_long_polls_die() {
    let (bot, person) = RawBot::with_person().await;
    let next = bot.updates(0).await[0]["update_id"].as_i64().unwrap() + 1;
    let poll = bot
        .http
        .get(bot.url(&format!("getUpdates?offset={next}&timeout=50")))
        .send();
    let fall = async {
        bot.api
            .expect("the poll", |api| {
                (api.calls_of("getUpdates") == 2).then_some(())
            })
            .await;
        bot.api.goes_dark();
    };
    let (polled, ()) = tokio::join!(poll, fall);
    assert!(polled.is_err());
    assert!(say(&bot, &person).await.is_err());
    bot.api.comes_back();
    assert_eq!(say(&bot, &person).await.unwrap().0, 200);
}
