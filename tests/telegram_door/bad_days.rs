//! Messages that do not get through.

use std::time::Duration;

use zaigang::decide::{AccountId, Key};
use zaigang::telegram::{Fate, PollError, SendError};

use super::{Door, bot_at, closed_port, message, ping, updates};
use crate::botapi::{Fault, TOKEN, Trouble};

#[tokio::test]
async fn a_message_the_server_refuses_is_broken_and_tried_once() {
    let door = Door::open().await;
    for html in ["<b>open", "", "<script>x</script>"] {
        let sent = door.sends(&message(html, vec![])).await;
        assert!(
            matches!(&sent, Err(SendError::Broken(words)) if words.starts_with("Bad Request")),
            "{html}: {sent:?}"
        );
    }
    assert_eq!(door.api.calls_of("sendMessage"), 3);
}

#[tokio::test]
async fn what_became_of_a_message_on_a_bad_day_is_never_guessed() {
    let door = Door::open().await;
    let flood = Trouble::TooMany {
        retry_after_secs: 3,
    };
    let table = [
        (flood, Fate::NotSent, 0),
        (Trouble::Unauthorized, Fate::NotSent, 0),
        (Trouble::Html, Fate::Unknown, 0),
        (Trouble::Garbage, Fate::Unknown, 0),
        (
            Trouble::Status(500, "Internal Server Error"),
            Fate::Unknown,
            0,
        ),
        (Trouble::ResetBeforeEffect, Fate::Unknown, 0),
        (Trouble::ResetAfterEffect, Fate::Unknown, 1),
    ];
    for (at, (trouble, expected, arrived)) in table.into_iter().enumerate() {
        let words = format!("第 {at:04} 号");
        door.api.fault(Fault::on("sendMessage", trouble.clone()));
        let sent = door.sends(&message(&words, vec![])).await;
        assert!(
            matches!(sent, Err(SendError::Later { fate, .. }) if fate == expected),
            "{trouble:?}: {sent:?}"
        );
        assert_eq!(door.person.sees().count(&words), arrived, "{trouble:?}");
        assert_eq!(door.api.calls_of("sendMessage"), at + 1, "{trouble:?}");
    }
}

#[tokio::test]
async fn a_flood_is_waited_for_as_long_as_the_server_says() {
    let door = Door::open().await;
    let flood = Trouble::TooMany {
        retry_after_secs: 11,
    };
    door.api.fault(Fault::on("editMessageText", flood));
    let after = Duration::from_secs(11);
    let fate = Fate::NotSent;
    let edited = door.edits(1, &ping()).await;
    assert_eq!(edited, Err(SendError::Later { after, fate }));
}

#[tokio::test]
async fn where_nobody_listens_nothing_was_sent() {
    let bot = bot_at(&closed_port(), TOKEN);
    let key = Key::new([7; 32]);
    let sent = bot
        .deliver(AccountId(1), None, &ping(), Vec::new(), &key)
        .await;
    assert!(matches!(
        sent,
        Err(SendError::Later {
            fate: Fate::NotSent,
            ..
        })
    ));
    assert_eq!(
        updates(&bot, None, 0).await,
        Err(PollError::Later { after: None })
    );
}
