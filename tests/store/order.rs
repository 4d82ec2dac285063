//! Whatever is queued, tried and called off in whatever order: nothing is lost, nothing overtakes.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use zaigang::spotcheck::CheckId;
use zaigang::store::{Arrival, Fate};

use super::*;

#[derive(Clone, Debug)]
enum Step {
    Queue {
        to: i64,
        urgency: Urgency,
        slot: Option<u32>,
    },
    Withdraw(u32),
    /// Everything due is tried; of these, every `refused`th is put off.
    Try {
        refused: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let urgency = prop_oneof![
        Just(Urgency::Receipt),
        Just(Urgency::Ping),
        Just(Urgency::Report)
    ];
    let slot = proptest::option::of(1..4_u32);
    prop_oneof![
        6 => (1..4_i64, urgency, slot).prop_map(|(to, urgency, slot)| Step::Queue { to, urgency, slot }),
        1 => (1..4_u32).prop_map(Step::Withdraw),
        2 => (1..4_usize).prop_map(|refused| Step::Try { refused }),
    ]
}

/// What the store is held against: texts are numbers, in the order they were queued.
#[derive(Default)]
struct Told {
    queued: u32,
    loose: BTreeSet<u32>,
    /// Per slot and chat, the last one queued since it was last withdrawn.
    latest: BTreeMap<(Slot, i64), u32>,
    /// Per slot and chat, what the phone shows: the last one sent.
    shown: BTreeMap<(Slot, i64), u32>,
}

impl Told {
    async fn queue(&mut self, store: &Store, to: i64, urgency: Urgency, slot: Option<Slot>) {
        self.queued += 1;
        match slot {
            Some(slot) => drop(self.latest.insert((slot, to), self.queued)),
            None => drop(self.loose.insert(self.queued)),
        }
        let notice = notice(to, urgency, slot, &self.queued.to_string());
        commit(store, &saying([notice])).await;
    }

    async fn withdraw(&mut self, store: &Store, slot: Slot) {
        self.latest.retain(|(of, _), _| *of != slot);
        let change = Change {
            withdrawn: vec![slot],
            ..Change::default()
        };
        commit(store, &change).await;
    }

    /// How many were tried.
    async fn tried(&mut self, store: &Store, refused: usize) -> usize {
        let due = store.due(at(0), 100, &[]).await.unwrap();
        let chats: BTreeSet<_> = due.iter().map(|d| d.notice.to).collect();
        assert_eq!(chats.len(), due.len(), "two of one chat at once");
        assert!(due.is_sorted_by_key(|d| (d.notice.urgency, d.id)));
        let mut settled = Vec::new();
        for (nth, due) in due.iter().enumerate() {
            let number = text(&due.notice).parse().unwrap();
            let fate = if (nth + 1) % (refused + 1) == 0 {
                let arrival = Arrival::Missed;
                Fate::Later { at: at(0), arrival }
            } else {
                self.sent(due.notice.slot, due.notice.to.0, number, due.message);
                let message = due.message.or(i32::try_from(number).ok());
                Fate::Sent { message }
            };
            settled.push(Settled {
                notice: due.id,
                fate,
            });
        }
        settle(store, &settled).await;
        due.len()
    }

    fn sent(&mut self, slot: Option<Slot>, to: i64, number: u32, edits: Option<i32>) {
        let Some(slot) = slot else {
            assert!(self.loose.remove(&number), "{number} was sent twice");
            return;
        };
        let before = self.shown.insert((slot, to), number);
        assert!(before < Some(number), "{number} came after {before:?}");
        assert_eq!(edits.is_some(), before.is_some(), "one message to a slot");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_that_is_not_called_off_arrives_once_and_in_order(steps in vec(step(), 1..30)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            for home in Home::each() {
                let store = home.open().await;
                let mut told = Told::default();
                for step in steps.iter().cloned() {
                    match step {
                        Step::Queue { to, urgency, slot } => {
                            let slot = slot.map(|check| Slot::Ping(CheckId(check)));
                            told.queue(&store, to, urgency, slot).await;
                        }
                        Step::Withdraw(check) => {
                            told.withdraw(&store, Slot::Ping(CheckId(check))).await;
                        }
                        Step::Try { refused } => {
                            told.tried(&store, refused).await;
                        }
                    }
                }
                while told.tried(&store, usize::MAX - 1).await > 0 {}
                assert_eq!(told.loose, BTreeSet::new(), "lost");
                for (place, number) in &told.latest {
                    assert_eq!(told.shown.get(place), Some(number), "what the phone shows is old");
                }
            }
        });
    }
}
