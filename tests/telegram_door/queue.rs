//! What comes in.

use std::time::Duration;

use zaigang::decide::{AccountId, Answer, ChatPlace, Command, Lang, Listener, What};
use zaigang::telegram::{CallError, PollError, menu};

use super::{Door, bot_at, updates};
use crate::botapi::telegram::BOT_USERNAME;
use crate::botapi::{BotApi, Fault, TOKEN, Trouble};

#[tokio::test]
async fn the_bot_learns_its_name_and_sets_its_menu_in_both_languages() {
    let door = Door::open().await;
    assert_eq!(door.bot.me().await.unwrap(), BOT_USERNAME);
    for (lang, of) in [(Lang::Zh, None), (Lang::En, Some(Lang::En))] {
        let everybodys = menu(Listener::Outsider, lang);
        door.bot.set_commands(everybodys, of).await.unwrap();
    }
    assert_eq!(door.api.strays(), [""; 0]);
}

#[tokio::test]
async fn a_refused_token_is_told_apart_from_an_outage() {
    let api = BotApi::start().await;
    let bot = bot_at(&api.url(), "7000000001:another-token");
    assert_eq!(bot.me().await, Err(CallError::Unauthorized));
    assert_eq!(updates(&bot, None, 0).await, Err(PollError::Unauthorized));
    api.goes_dark();
    assert!(matches!(bot.me().await, Err(CallError::Later { .. })));
}

#[tokio::test]
async fn everything_people_send_is_heard() {
    let door = Door::open().await;
    door.person.says("在岗");
    door.person.says_with_unknown_entity("在岗");
    door.person.says("/gaps");
    door.person.shares_own_contact();
    door.person.sends_unheard_of();
    door.person.sends_photo(&b"\x89PNG"[..]);
    let file = door.person.sends_file("国庆值班表.csv", "单位,姓名\n");
    let whats: Vec<_> = door.hears().await.into_iter().map(|h| h.what).collect();
    let said = What::Answer(Answer::Here);
    assert_eq!(whats[0], said);
    assert_eq!(whats[1], said);
    assert_eq!(whats[2], What::Command(Command::Gaps));
    assert!(
        matches!(&whats[3], What::Contact { phone: Some(phone), of: Some(of) }
        if phone.digits() == "13800000001" && of.0 == door.person.id)
    );
    assert_eq!(whats[4], What::Unreadable);
    assert!(matches!(&whats[5], What::Shown { .. }));
    assert!(matches!(&whats[6], What::File { file_name, bytes, .. }
        if file_name == "国庆值班表.csv" && *bytes == 14));
    assert_eq!(whats.len(), 7, "message {file} is the last");
}

#[tokio::test]
async fn a_group_is_heard_as_one() {
    let door = Door::open().await;
    let group = door.api.group("值班群");
    door.person.says_in(group, "/who");
    let heard = door.hears().await;
    assert_eq!(heard[0].place, ChatPlace::Group);
    assert_eq!(heard[0].account, AccountId(door.person.id));
}

#[tokio::test]
async fn an_update_stays_until_it_is_confirmed() {
    let door = Door::open().await;
    door.person.says("在岗");
    let first = updates(&door.bot, None, 0).await.unwrap();
    assert_eq!(updates(&door.bot, None, 0).await.unwrap(), first);
    let next = first[0].id + 1;
    assert_eq!(updates(&door.bot, Some(next), 0).await.unwrap(), []);
    assert_eq!(door.api.pending_updates(), 0);
}

#[tokio::test]
async fn a_reading_tells_what_time_the_server_has() {
    let door = Door::open().await;
    let (_, dated) = door.bot.updates(None, 0).await.unwrap();
    assert!(dated.is_some());
}

#[tokio::test]
async fn a_long_poll_ends_when_somebody_speaks() {
    let door = Door::open().await;
    let speaking = async {
        door.is_being_polled().await;
        door.person.says("在岗")
    };
    let (updates, _) = tokio::join!(updates(&door.bot, None, 50), speaking);
    assert_eq!(updates.unwrap().len(), 1);
}

#[tokio::test]
async fn a_second_reader_of_the_queue_is_a_conflict() {
    let door = Door::open().await;
    let second = async {
        door.is_being_polled().await;
        updates(&bot_at(&door.api.url(), TOKEN), None, 0).await
    };
    let (first, second) = tokio::join!(updates(&door.bot, None, 50), second);
    assert_eq!(first, Err(PollError::Conflict));
    assert_eq!(second, Ok(vec![]));
}

#[tokio::test]
async fn bad_days_of_the_queue_say_how_to_go_on() {
    let door = Door::open().await;
    let later = |secs: Option<u64>| PollError::Later {
        after: secs.map(Duration::from_secs),
    };
    let flood = Trouble::TooMany {
        retry_after_secs: 7,
    };
    let table = [
        (flood, later(Some(7))),
        (Trouble::Html, later(None)),
        (Trouble::Garbage, later(None)),
        (Trouble::Status(500, "Internal Server Error"), later(None)),
        (Trouble::Status(502, "Bad Gateway"), later(None)),
        (Trouble::ResetBeforeEffect, later(None)),
        (Trouble::ResetAfterEffect, later(None)),
        (Trouble::Conflict, PollError::Conflict),
        (Trouble::Unauthorized, PollError::Unauthorized),
    ];
    for (trouble, error) in table {
        door.api.fault(Fault::on("getUpdates", trouble.clone()));
        assert_eq!(updates(&door.bot, None, 0).await, Err(error), "{trouble:?}");
    }
    door.api.goes_dark();
    assert_eq!(updates(&door.bot, None, 0).await, Err(later(None)));
}
