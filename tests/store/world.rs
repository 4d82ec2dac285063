//! What is decided from and what is kept are the same, after every commit.

use proptest::collection::vec;
use proptest::prelude::*;
use zaigang::decide::World;

use super::any::record;
use super::*;

#[track_caller]
fn assert_same(kept: &World, decided_from: &World) {
    assert_eq!(kept.bot, decided_from.bot);
    assert_eq!(kept.accounts, decided_from.accounts);
    assert_eq!(kept.uploads, decided_from.uploads);
    assert_eq!(kept.rosters, decided_from.rosters);
    assert_eq!(kept.versions, decided_from.versions);
    assert_eq!(kept.rounds, decided_from.rounds);
    assert_eq!(kept.checks, decided_from.checks);
    assert_eq!(kept.hearing, decided_from.hearing);
    assert_eq!(kept.leaves, decided_from.leaves);
    assert_eq!(kept.draws, decided_from.draws);
    assert_eq!(kept.head_told, decided_from.head_told);
    assert_eq!(kept.reports, decided_from.reports);
    assert_eq!(kept.daily_mark, decided_from.daily_mark);
    assert_eq!(kept.contacts, decided_from.contacts);
    assert_eq!(kept.policy, decided_from.policy);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_world_read_back_is_the_world_the_changes_were_applied_to(
        story in vec(vec(record(), 0..8), 1..6)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            for home in Home::each() {
                let mut store = home.open().await;
                let mut world = World::new(policy(), key());
                let middle = story.len() / 2;
                for (step, records) in story.iter().cloned().enumerate() {
                    if step == middle {
                        store.close().await;
                        store = home.open().await;
                    }
                    let change = Change { records, ..Change::default() };
                    commit(&store, &change).await;
                    world.apply(&change);
                    assert_same(&store.world(policy(), key()).await.unwrap(), &world);
                }
            }
        });
    }
}

#[tokio::test]
async fn a_new_deployment_knows_nothing() {
    for home in Home::each() {
        let store = home.open().await;
        let world = store.world(policy(), key()).await.unwrap();
        assert_same(&world, &World::new(policy(), key()));
    }
}

#[tokio::test]
async fn of_two_states_in_one_change_the_later_one_stands() {
    for home in Home::each() {
        let store = home.open().await;
        let change = knowing([account(1, "甲"), account(2, "乙"), account(1, "丙")]);
        commit(&store, &change).await;
        let world = store.world(policy(), key()).await.unwrap();
        assert_eq!(world.accounts[&AccountId(1)].name, "丙");
    }
}

#[tokio::test]
async fn a_county_of_changes_fits_into_one_commit() {
    for home in Home::each() {
        let store = home.open().await;
        let change = knowing((0..3_000).map(|id| account(id, "甲")));
        commit(&store, &change).await;
        let world = store.world(policy(), key()).await.unwrap();
        assert_eq!(world.accounts.len(), 3_000);
    }
}
