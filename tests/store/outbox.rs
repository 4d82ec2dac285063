//! Messages leave in their order, a chat's one by one, and none of them twice.

use std::time::Duration;

use zaigang::decide::RoundId;
use zaigang::spotcheck::CheckId;
use zaigang::store::{Arrival, Due, Fate, NoticeId};

use super::*;

const PING: Slot = Slot::Ping(CheckId(1));
const ROUND: Slot = Slot::Round(RoundId(1));

fn receipt(to: i64, text: &str) -> Notice {
    notice(to, Urgency::Receipt, None, text)
}

fn ping(to: i64, text: &str) -> Notice {
    notice(to, Urgency::Ping, Some(PING), text)
}

fn report(to: i64, text: &str) -> Notice {
    notice(to, Urgency::Report, Some(ROUND), text)
}

async fn queue(store: &Store, notices: impl IntoIterator<Item = Notice>) {
    commit(store, &saying(notices)).await;
}

async fn due(store: &Store) -> Vec<Due> {
    store.due(at(0), 100, &[]).await.unwrap()
}

fn texts(due: &[Due]) -> Vec<&str> {
    due.iter().map(|d| text(&d.notice)).collect()
}

async fn end(store: &Store, due: &Due, fate: Fate) {
    let notice = due.id;
    settle(store, &[Settled { notice, fate }]).await;
}

/// Sends what is due, one message to a chat at a time, until nothing is; returns the texts.
async fn drained(store: &Store) -> Vec<String> {
    let mut left = Vec::new();
    while let Some(first) = due(store).await.into_iter().next() {
        left.push(text(&first.notice).to_owned());
        end(store, &first, sent(1)).await;
    }
    left
}

fn sent(message: i32) -> Fate {
    Fate::Sent {
        message: Some(message),
    }
}

fn later(millis: i64, arrival: Arrival) -> Fate {
    Fate::Later {
        at: at(millis),
        arrival,
    }
}

#[tokio::test]
async fn the_most_urgent_leave_first_then_the_oldest() {
    for home in Home::each() {
        let store = home.open().await;
        let notices = [
            report(1, "report"),
            notice(2, Urgency::Escalation, None, "escalation"),
            ping(3, "ping"),
            receipt(4, "receipt"),
            receipt(5, "second receipt"),
        ];
        queue(&store, notices).await;
        let order = ["receipt", "second receipt", "ping", "escalation", "report"];
        assert_eq!(texts(&due(&store).await), order);
        let two = store.due(at(0), 2, &[]).await.unwrap();
        assert_eq!(texts(&two), order[..2]);
    }
}

#[tokio::test]
async fn a_chat_gets_one_at_a_time_and_a_busy_chat_none() {
    for home in Home::each() {
        let store = home.open().await;
        queue(
            &store,
            [
                receipt(1, "a"),
                receipt(1, "b"),
                ping(1, "c"),
                receipt(2, "d"),
            ],
        )
        .await;
        assert_eq!(texts(&due(&store).await), ["a", "d"]);
        let free = store.due(at(0), 100, &[AccountId(1)]).await.unwrap();
        assert_eq!(texts(&free), ["d"]);
        let one = store.due(at(0), 1, &[AccountId(1)]).await.unwrap();
        assert_eq!(texts(&one), ["d"]);
        assert_eq!(drained(&store).await, ["a", "b", "d", "c"]);
    }
}

#[tokio::test]
async fn a_chat_with_a_long_queue_does_not_crowd_out_the_others() {
    for home in Home::each() {
        let store = home.open().await;
        queue(&store, (0..50).map(|n| receipt(1, &format!("{n}")))).await;
        queue(&store, [ping(2, "ping")]).await;
        let two = store.due(at(0), 2, &[]).await.unwrap();
        assert_eq!(texts(&two), ["0", "ping"]);
    }
}

#[tokio::test]
async fn a_message_that_is_to_wait_waits_and_its_like_wait_behind_it() {
    for home in Home::each() {
        let store = home.open().await;
        queue(
            &store,
            [
                receipt(1, "page 1"),
                receipt(1, "page 2"),
                notice(1, Urgency::Ping, None, "ping"),
            ],
        )
        .await;
        let first = due(&store).await.remove(0);
        assert_eq!((first.tries, first.unknown_tries), (0, 0));
        end(&store, &first, later(3_000, Arrival::Missed)).await;

        assert_eq!(texts(&due(&store).await), ["ping"]);
        assert_eq!(store.next_due(at(0)).await.unwrap(), Some(at(3_000)));
        let again = store.due(at(3_000), 100, &[]).await.unwrap().remove(0);
        assert_eq!(text(&again.notice), "page 1");
        assert_eq!((again.tries, again.unknown_tries), (1, 0));
        assert_eq!(store.next_due(at(3_000)).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_try_of_which_nothing_was_heard_is_remembered() {
    for home in Home::each() {
        let store = home.open().await;
        queue(&store, [ping(1, "ping")]).await;
        let first = due(&store).await.remove(0);
        end(&store, &first, later(0, Arrival::Unknown)).await;
        end(&store, &first, later(0, Arrival::Missed)).await;
        drop(store);
        let store = home.open().await;
        let again = due(&store).await.remove(0);
        assert_eq!((again.tries, again.unknown_tries), (2, 1));
    }
}

#[tokio::test]
async fn what_is_new_may_leave_at_once_even_if_the_clock_was_set_back() {
    for home in Home::each() {
        let store = home.open().await;
        queue(&store, [ping(1, "ping")]).await;
        let earlier = at(0) - Duration::from_hours(24);
        let due = store.due(earlier, 100, &[]).await.unwrap();
        assert_eq!(texts(&due), ["ping"]);
    }
}

#[tokio::test]
async fn a_slot_is_one_message_that_later_ones_edit() {
    for home in Home::each() {
        let store = home.open().await;
        queue(&store, [ping(1, "asked")]).await;
        let first = due(&store).await.remove(0);
        assert_eq!(first.message, None);
        end(&store, &first, sent(70)).await;
        queue(&store, [ping(1, "stands")]).await;
        drop(store);
        let store = home.open().await;
        let edit = due(&store).await.remove(0);
        assert_eq!((text(&edit.notice), edit.message), ("stands", Some(70)));
        end(&store, &edit, Fate::Sent { message: None }).await;
        queue(&store, [ping(1, "stands otherwise")]).await;
        assert_eq!(due(&store).await[0].message, Some(70));
    }
}

#[tokio::test]
async fn a_slot_told_to_two_people_is_a_message_on_each_phone() {
    for home in Home::each() {
        let store = home.open().await;
        queue(&store, [report(1, "to one"), report(2, "to two")]).await;
        let both = due(&store).await;
        assert_eq!(texts(&both), ["to one", "to two"]);
        end(&store, &both[0], sent(10)).await;
        end(&store, &both[1], sent(20)).await;
        queue(&store, [report(1, "edit one"), report(2, "edit two")]).await;
        let messages: Vec<_> = due(&store).await.iter().map(|d| d.message).collect();
        assert_eq!(messages, [Some(10), Some(20)]);
    }
}

#[tokio::test]
async fn of_several_edits_the_latest_is_sent_and_the_first_message_always() {
    for home in Home::each() {
        let store = home.open().await;
        queue(&store, [report(1, "first"), report(1, "1 of 3")]).await;
        queue(&store, [report(1, "2 of 3"), report(1, "3 of 3")]).await;
        assert_eq!(drained(&store).await, ["first", "3 of 3"]);
        queue(&store, [report(1, "corrected"), report(2, "first there")]).await;
        queue(&store, [report(1, "corrected again")]).await;
        assert_eq!(drained(&store).await, ["first there", "corrected again"]);
    }
}

#[tokio::test]
async fn an_urgent_edit_does_not_overtake_its_slots_first_message() {
    for home in Home::each() {
        let store = home.open().await;
        let edit = notice(1, Urgency::Receipt, Some(PING), "stands");
        queue(&store, [ping(1, "asked"), edit]).await;
        let first = due(&store).await;
        assert_eq!(texts(&first), ["asked"]);
        end(&store, &first[0], later(500, Arrival::Unknown)).await;
        assert_eq!(texts(&due(&store).await), [] as [&str; 0]);
        assert_eq!(store.next_due(at(0)).await.unwrap(), Some(at(500)));
    }
}

#[tokio::test]
async fn what_is_withdrawn_is_not_sent_and_what_follows_it_is() {
    for home in Home::each() {
        let store = home.open().await;
        queue(&store, [ping(1, "asked"), report(1, "round")]).await;
        let change = Change {
            withdrawn: vec![PING],
            ..saying([ping(1, "called off")])
        };
        commit(&store, &change).await;
        assert_eq!(drained(&store).await, ["called off", "round"]);
    }
}

#[tokio::test]
async fn a_message_withdrawn_on_its_way_did_arrive_and_is_edited() {
    for home in Home::each() {
        let store = home.open().await;
        queue(&store, [ping(1, "asked")]).await;
        let on_its_way = due(&store).await.remove(0);
        let change = Change {
            withdrawn: vec![PING],
            ..saying([ping(1, "answered")])
        };
        commit(&store, &change).await;
        end(&store, &on_its_way, sent(70)).await;
        let edit = due(&store).await.remove(0);
        assert_eq!((text(&edit.notice), edit.message), ("answered", Some(70)));
    }
}

#[tokio::test]
async fn a_message_withdrawn_on_its_way_that_failed_is_not_tried_again() {
    for home in Home::each() {
        let store = home.open().await;
        queue(&store, [ping(1, "asked")]).await;
        let on_its_way = due(&store).await.remove(0);
        let change = Change {
            withdrawn: vec![PING],
            ..Change::default()
        };
        commit(&store, &change).await;
        end(&store, &on_its_way, later(0, Arrival::Missed)).await;
        assert_eq!(due(&store).await, []);
    }
}

#[tokio::test]
async fn an_id_is_never_given_to_a_second_message() {
    for home in Home::each() {
        let store = home.open().await;
        queue(&store, [ping(1, "asked")]).await;
        let first = due(&store).await.remove(0).id;
        let change = Change {
            withdrawn: vec![PING],
            ..Change::default()
        };
        commit(&store, &change).await;
        queue(&store, [receipt(1, "another")]).await;
        assert_eq!(first, NoticeId(1));
        assert_eq!(due(&store).await[0].id, NoticeId(2));
    }
}

#[tokio::test]
async fn a_settled_message_and_the_edit_decided_with_it_meet_in_one_commit() {
    for home in Home::each() {
        let store = home.open().await;
        queue(&store, [ping(1, "asked")]).await;
        let first = due(&store).await.remove(0);
        let change = saying([ping(1, "reminded"), ping(1, "stands")]);
        let settled = [Settled {
            notice: first.id,
            fate: sent(70),
        }];
        let both = Commit {
            settled: &settled,
            ..commit_of(&change)
        };
        store.commit(&both).await.unwrap();
        let edit = due(&store).await;
        assert_eq!(texts(&edit), ["stands"]);
        assert_eq!(edit[0].message, Some(70));
    }
}

#[tokio::test]
async fn a_chat_that_moved_gets_all_that_was_queued_for_it() {
    for home in Home::each() {
        let store = home.open().await;
        queue(
            &store,
            [receipt(-5, "a"), receipt(-5, "b"), receipt(6, "c")],
        )
        .await;
        let first = due(&store).await.remove(0);
        let to = AccountId(-1_000_000_000_005);
        end(&store, &first, Fate::Moved { to }).await;
        let again = due(&store).await;
        assert_eq!(texts(&again), ["a", "c"]);
        assert_eq!((again[0].notice.to, again[0].tries), (to, 1));
        assert_eq!(drained(&store).await, ["a", "b", "c"]);
    }
}

#[tokio::test]
async fn a_message_nobody_will_ever_take_leaves_the_queue_free() {
    for home in Home::each() {
        let store = home.open().await;
        queue(&store, [receipt(1, "a"), receipt(1, "b")]).await;
        let first = due(&store).await.remove(0);
        let why = "Forbidden: bot was blocked by the user".to_owned();
        end(&store, &first, Fate::Dead { why: why.clone() }).await;
        assert_eq!(texts(&due(&store).await), ["b"]);
        let dead: Vec<(i64, String)> = home
            .rows("SELECT id, why FROM notice WHERE state = 'dead'")
            .await;
        assert_eq!(dead, [(first.id.0, why)]);
    }
}
