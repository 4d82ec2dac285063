//! A deployment of any earlier day opens today: every migration brings rows as its own day wrote
//! them, and they are carried on.

use std::path::Path;

use zaigang::decide::{
    CircularId, DrawId, LeaveId, Order, ReportId, RosterId, RoundId, UploadId, UploadState, World,
};
use zaigang::duty::Fit;
use zaigang::engine::{Keeper, Reading, Rest};
use zaigang::proof::proven;
use zaigang::roster::Roster;
use zaigang::spotcheck::{CheckId, Outcome};
use zaigang::store::MIGRATIONS;

use super::*;

/// The database as every day so far has left it.
async fn grow(home: &Home) {
    let mut database = home.beside().await;
    for migration in MIGRATIONS.iter() {
        let version = migration.version;
        database.migrated_to(version).await;
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("tests/store/rows_{version:04}.sql"));
        let rows = std::fs::read_to_string(&file)
            .unwrap_or_else(|_| panic!("migration {version} brings no sample rows"));
        database.run(&rows).await.unwrap();
    }
}

#[tokio::test]
async fn a_world_is_read_from_the_rows_every_migration_brings() {
    for home in Home::each() {
        grow(&home).await;
        let store = home.open().await;
        let world = store.world(policy(), key()).await.unwrap();

        assert_eq!(world.bot.as_deref(), Some("zaigang_test_bot"));
        assert!(world.hearing.dry_from.is_some());
        assert_eq!(world.clerks().count(), 1);
        let bound = world.accounts[&AccountId(2001)].bound.as_ref().unwrap();
        assert_eq!(bound.phone.as_ref().unwrap().digits(), "13800000001");
        let in_force = UploadState::InForce { version: 1 };
        assert_eq!(world.uploads[&UploadId(1)].state, in_force);
        let (version, roster) = world.in_force().unwrap();
        assert_eq!((version.number, version.roster), (1, RosterId(1)));
        assert_eq!(roster.units(), ["青山镇"]);
        let round = &world.rounds[&RoundId(1)];
        assert_eq!((&round.order, round.checks.len()), (&Order::All, 1));
        assert!(world.checks[&CheckId(1)].state.is_open());
        assert!(world.reports[&ReportId(1)].is_given());
        assert!(world.daily_mark.is_some());
        assert_eq!(world.pages.values().map(|p| p.taken_back).max(), Some(1));
        assert!(world.contacts[&AccountId(2001)].is_unverified());
        let (_, amendment) = world.leaves[&LeaveId(1)].in_force().unwrap();
        assert_eq!(amendment.fit(&roster_as_sent(&world)), Fit::Fits);
        assert_eq!(roster.shifts[0].people[0].name, "李四");
        let draw = &world.draws[&DrawId(1)];
        assert_eq!(draw.lots.iter().filter(|lot| lot.is_pending()).count(), 1);
        assert_eq!(draw.next_wake(), draw.lots[2].at);
        assert_eq!(world.head_told.map(|told| told.lines), Some(1));
        let circular = &world.proceedings[&CircularId(1)];
        assert_eq!(circular.approval().unwrap().name, "张三");
        let said = circular.statements().into_iter();
        let said: Vec<_> = said
            .map(|(unit, answer)| (unit, answer.words.as_deref()))
            .collect();
        assert_eq!(said, [("青山镇", Some("当时在处置落石"))]);
        assert!(world.proceedings[&CircularId(2)].is_open());
    }
}

fn roster_as_sent(world: &World) -> Roster {
    Roster::clone(world.rostered().unwrap().1)
}

#[tokio::test]
async fn a_roster_an_earlier_program_put_in_force_is_sealed_at_the_next_start() {
    for home in Home::each() {
        grow(&home).await;
        home.run("DELETE FROM draw").await;
        // Nothing in it speaks of a later moment.
        home.run("DELETE FROM check_").await;
        home.run("DELETE FROM fact WHERE name IN ('head_told', 'hearing')")
            .await;
        let store = home.open().await;
        let drawing = Policy {
            measure: Measure {
                per_unit: 2,
                ..Measure::NONE
            },
            ..policy()
        };
        let mut keeper = Keeper::new(store, drawing, [1; 32]).await.unwrap();
        let during_the_holiday = "2026-10-01T00:00:00Z".parse().unwrap();
        keeper.started([7; 32], during_the_holiday).await.unwrap();
        assert_eq!(keeper.world().draws[&DrawId(1)].lots.len(), 2);
        let before = keeper.store().export().await.unwrap();
        keeper.started([8; 32], during_the_holiday).await.unwrap();
        let journal = keeper.store().export().await.unwrap();
        assert_eq!(journal, before, "once is enough");
        let proof = proven(journal.as_bytes(), None).unwrap();
        assert_eq!((proof.lines, proof.draws.len()), (4, 1));
    }
}

#[tokio::test]
async fn the_rest_of_a_grown_database_is_carried_on_too() {
    for home in Home::each() {
        grow(&home).await;
        let store = home.open().await;
        assert_eq!(store.cursor().await.unwrap(), Some(502));
        let kept = store.key([1; 32]).await.unwrap();
        assert_eq!(kept.tag("claim", &[]), Key::new([9; 32]).tag("claim", &[]));
        assert!(store.file(UploadId(1)).await.unwrap().is_some());
        let due = store.due(at(0), 9, &[]).await.unwrap();
        assert_eq!((due.len(), due[0].message), (1, Some(70)));

        let change = Change {
            journal: vec![samples::claimed(1)],
            ..Change::default()
        };
        commit(&store, &change).await;
        let lines = store.journal_after(0, 9).await.unwrap();
        let [before, added] = &lines[..] else {
            panic!("a line of the sample and one added: {lines:?}");
        };
        let link = zaigang::journal::link(&before.link, &added.entry_json);
        assert_eq!(added.link, link);
    }
}

#[tokio::test]
async fn an_empty_queue_proves_nothing_before_what_was_brought_to_others_is_heard() {
    let Some(home) = Home::on_a_server() else {
        return;
    };
    grow(&home).await;
    let store = home.open().await;
    let mut keeper = Keeper::new(store, policy(), [1; 32]).await.unwrap();
    // Long after the deadline of the check that is open, within what Telegram keeps.
    let began = "2026-10-02T06:07:30Z".parse().unwrap();
    let dry = Reading {
        updates: Vec::new(),
        began,
        dated: None,
        rest: Rest::Dry,
    };
    keeper.hear(&dry, began, &mut || [7; 32]).await.unwrap();
    let check = &keeper.world().checks[&CheckId(1)];
    let outcome = check.state.outcome();
    assert!(
        matches!(outcome, Some(Outcome::Present { .. })),
        "{outcome:?}"
    );
    let waiting: Vec<(i64,)> = home.rows("SELECT update_id FROM brought").await;
    assert_eq!(waiting, []);
}

#[tokio::test]
async fn a_row_of_a_newer_program_is_refused_by_name() {
    for home in Home::each() {
        grow(&home).await;
        home.run(r#"UPDATE check_ SET state = '{"v":99,"state":{}}'"#)
            .await;
        let store = home.open().await;
        let error = store.world(policy(), key()).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "check_ 1 was written by a newer program (form 99)"
        );
    }
}

#[tokio::test]
async fn a_damaged_row_is_named_and_not_shown() {
    for home in Home::each() {
        grow(&home).await;
        home.run(r#"UPDATE account SET state = '{"v":1,"state":"13800000001"}' WHERE id = 2001"#)
            .await;
        let store = home.open().await;
        let error = store.world(policy(), key()).await.unwrap_err();
        assert_eq!(error.to_string(), "account 2001 cannot be read back");
        assert!(!format!("{error:?}").contains("138"));
    }
}
