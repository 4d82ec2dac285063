//! What goes out, and what comes back of it.

use zaigang::decide::{AccountId, Press, Pressed, UploadId, What};
use zaigang::spotcheck::{CheckId, Unreached};
use zaigang::telegram::{Receipt, SendError};
use zaigang::time::Moment;
use zaigang::words::chat::{Keyboard, Rendered, Sound};

use super::{Door, message, ping};

#[tokio::test]
async fn an_officer_sees_the_ping_and_its_button_comes_back_as_ours() {
    let door = Door::open().await;
    let receipt = door.sends(&ping()).await.unwrap();
    let seen = door.person.sees();
    let ping = seen.offering("我在岗").unwrap();
    assert_eq!(ping.text, "【抽查】王建国，您现在在岗吗？");
    assert_eq!(receipt.message.map(i64::from), Some(ping.id));
    assert_eq!(receipt.dated, Moment::from_timestamp(ping.date, 0));
    let query = door.person.presses("我在岗");
    let press = Pressed::Ours(Press::Answer(CheckId(417)));
    let heard = door.hears().await;
    assert_eq!(heard[0].what, What::Press { query, press });
    assert_eq!(heard[0].message, receipt.message);
}

#[tokio::test]
async fn a_forwarded_and_a_forged_button_are_foreign() {
    let door = Door::open().await;
    door.sends(&ping()).await.unwrap();
    let other = door.api.person("李明", "8613800000002");
    let forwarded = other.presses_forwarded(&door.person, "我在岗");
    let data = door.person.data_of("我在岗").unwrap();
    let forged = door.person.forges(&data.replace("417", "418"));
    let whats: Vec<_> = door.hears().await.into_iter().map(|h| h.what).collect();
    let press = Pressed::Foreign;
    let foreign = [forwarded, forged].map(|query| What::Press {
        query,
        press: press.clone(),
    });
    assert_eq!(whats, foreign);
}

#[tokio::test]
async fn a_message_is_edited_where_it_stands() {
    let door = Door::open().await;
    let sent = door.sends(&ping()).await.unwrap();
    let message_id = sent.message.unwrap();
    let stands = message("✅ 14:29 在岗（38 秒）。", vec![]);
    assert_eq!(door.edits(message_id, &stands).await, Ok(sent));
    let again = door.edits(message_id, &stands).await.unwrap();
    assert_eq!(again.message, sent.message);
    let seen = door.person.sees();
    let standing = seen.saying("14:29 在岗").unwrap();
    assert_eq!(standing.edits, 1);
    assert_eq!(standing.buttons, [""; 0]);
}

#[tokio::test]
async fn what_cannot_be_edited_any_more_is_sent_anew() {
    let door = Door::open().await;
    let stands = message("✅ 14:29 在岗（38 秒）。", vec![]);
    let anew = door.edits(90_000, &stands).await.unwrap();
    assert_ne!(anew.message, Some(90_000));
    assert_eq!(door.person.sees().count("14:29 在岗"), 1);

    let welcome = Rendered::Message {
        html: "您好。".to_owned(),
        buttons: vec![],
        keyboard: Keyboard::Contact("📱 这是我的手机号".to_owned()),
        sound: Sound::Ringing,
    };
    let sent = door.sends(&welcome).await.unwrap();
    assert_eq!(door.person.sees().keyboard, ["📱 这是我的手机号"]);
    let anew = door.edits(sent.message.unwrap(), &stands).await.unwrap();
    assert_ne!(anew.message, sent.message);
    assert_eq!(door.person.sees().count("14:29 在岗"), 2);
}

#[tokio::test]
async fn a_press_is_answered_and_one_that_nobody_waits_for_is_done_too() {
    let door = Door::open().await;
    let buttons = vec![vec![("启用".to_owned(), Press::Use(UploadId(3)))]];
    door.sends(&message("表没有错。", buttons)).await.unwrap();
    let toast = |query: String| Rendered::Toast {
        query,
        text: "收到，14:29 已记下。".to_owned(),
    };
    let query = door.person.presses("启用");
    assert_eq!(door.sends(&toast(query)).await, Ok(Receipt::default()));
    assert_eq!(door.person.sees().toasts[0].text, "收到，14:29 已记下。");
    assert_eq!(door.api.unanswered_presses(), 0);

    let late = door.person.presses("启用");
    door.api.clock_is_off_by_secs(600);
    for query in [late, "no such press".to_owned()] {
        assert_eq!(door.sends(&toast(query)).await, Ok(Receipt::default()));
    }
}

#[tokio::test]
async fn a_file_is_marked_as_seen_and_a_message_that_is_gone_costs_nothing() {
    let door = Door::open().await;
    let file = door.person.sends_file("值班表.csv", "单位\n");
    let message = i32::try_from(file).unwrap();
    let seen = Rendered::Seen { message };
    assert_eq!(door.sends(&seen).await, Ok(Receipt::default()));
    let chat = door.person.sees();
    assert_eq!(
        chat.messages.last().unwrap().reaction.as_deref(),
        Some("👀")
    );
    let gone = Rendered::Seen { message: 90_000 };
    assert_eq!(door.sends(&gone).await, Ok(Receipt::default()));
}

#[tokio::test]
async fn who_cannot_be_reached_is_told_with_the_reason() {
    let door = Door::open().await;
    let gone = |why| Err(SendError::Gone(why));
    let stranger = door.api.person("赵敏", "8613800000003");
    let send = async |id| {
        let to = AccountId(id);
        door.bot
            .deliver(to, None, &ping(), Vec::new(), &door.key)
            .await
    };
    assert_eq!(send(stranger.id).await, gone(Unreached::NeverStarted));
    assert_eq!(send(41).await, gone(Unreached::Refused));
    door.person.blocks();
    assert_eq!(send(door.person.id).await, gone(Unreached::Blocked));
    door.person.vanishes();
    assert_eq!(send(door.person.id).await, gone(Unreached::Deactivated));
    let group = door.api.group("值班群");
    door.api.throws_bot_out(group);
    assert_eq!(send(group).await, gone(Unreached::Refused));
}

#[tokio::test]
async fn a_group_that_moved_is_followed_by_the_caller() {
    let door = Door::open().await;
    let group = door.api.group("值班群");
    let moved = AccountId(door.api.moves_to_supergroup(group));
    let text = message("抽查结束。", vec![]);
    let sent = door
        .bot
        .deliver(AccountId(group), None, &text, Vec::new(), &door.key)
        .await;
    assert_eq!(sent, Err(SendError::Moved { to: moved }));
    let sent = door
        .bot
        .deliver(moved, None, &text, Vec::new(), &door.key)
        .await;
    assert!(sent.is_ok());
}
