//! An older copy of the database is known for one, and nothing else is taken for it.

use zaigang::decide::{Asked, Check, Round, RoundId, Undone};
use zaigang::roster::{Presence, Role};
use zaigang::spotcheck::{CheckId, Evidence, Outcome, Reminded, State};
use zaigang::time::Span;

use super::*;

async fn opened(data: &TempDir) -> (Store, Option<Undone>) {
    let store = Store::open(URL, data.path()).await.unwrap();
    store.key([3; 32]).await.unwrap();
    let undone = store.undone().await.unwrap();
    (store, undone)
}

/// A line of the journal and a round of that number.
async fn goes_on(store: &Store, number: u32) {
    let round = Record::Round(Round {
        id: RoundId(number),
        by: AccountId(1),
        at: at(0),
        order: zaigang::decide::Order::All,
        checks: Vec::new(),
        summary: zaigang::decide::Summary::Pending,
    });
    keeps(store, number, round).await;
}

/// `record`, with a line of the journal of its own.
async fn keeps(store: &Store, line: u32, record: Record) {
    let change = Change {
        journal: vec![samples::claimed(line.into())],
        records: vec![record],
        ..Change::default()
    };
    commit(store, &change).await;
}

/// A copy of the database as it is now, and what puts it back.
fn copied(data: &TempDir) -> impl Fn() {
    let (database, copy) = (data.path().join("zaigang.db"), data.path().join("copy"));
    std::fs::copy(&database, &copy).unwrap();
    move || {
        std::fs::copy(&copy, &database).unwrap();
    }
}

#[tokio::test]
async fn an_older_copy_put_back_is_known_and_so_are_the_numbers_given_since() {
    let data = tempfile::tempdir().unwrap();
    let (store, _) = opened(&data).await;
    goes_on(&store, 1).await;
    store.close().await;
    let put_back = copied(&data);

    let (store, undone) = opened(&data).await;
    assert_eq!(undone, None, "it was only copied");
    for number in 2..=4 {
        goes_on(&store, number).await;
    }
    store.close().await;
    put_back();

    let (store, undone) = opened(&data).await;
    let undone = undone.expect("three lines are gone");
    assert_eq!((undone.lines, undone.given.round), (3, 4));
    goes_on(&store, 5).await;
    store.close().await;
    let (_, undone) = opened(&data).await;
    assert_eq!(undone, None, "from there it went on");
}

/// Check 1 ended so, and the journal has a line more.
async fn ends(store: &Store, outcome: Outcome) {
    let shift = Span::new(at(0), at(9_000)).unwrap();
    let check = Check {
        id: CheckId(1),
        round: RoundId(1),
        asked: Asked {
            unit: "青山镇".into(),
            post: "值班员".into(),
            role: Role::DutyOfficer,
            presence: Presence::OnPost,
            shift,
            name: "甲".into(),
            phone: None,
            account: Some(AccountId(7)),
            version: 1,
        },
        ladder: ladder(),
        state: State::Closed {
            outcome,
            at: at(700),
            delivery: None,
            reminded: Reminded::NotYet,
        },
        queued_theirs: None,
        follow_up: Box::default(),
    };
    keeps(store, 1, Record::Check(check)).await;
}

#[tokio::test]
async fn who_was_silent_to_the_last_is_known_when_an_older_copy_is_put_back() {
    let silent = Outcome::NoAnswer {
        queue_read_from: at(690),
    };
    let evidence = Evidence::Message {
        update: 1,
        dated: at(710),
        received: at(711),
    };
    let late = Outcome::Late {
        by_secs: 9,
        evidence,
    };
    for (then, known) in [(None, vec![CheckId(1)]), (Some(late), vec![])] {
        let data = tempfile::tempdir().unwrap();
        let (store, _) = opened(&data).await;
        goes_on(&store, 1).await;
        store.close().await;
        let put_back = copied(&data);
        let (store, _) = opened(&data).await;
        ends(&store, silent).await;
        if let Some(then) = then {
            ends(&store, then).await;
        }
        goes_on(&store, 2).await;
        store.close().await;
        put_back();
        let (_, undone) = opened(&data).await;
        let told: Vec<CheckId> = undone.unwrap().silent.into_iter().collect();
        assert_eq!(told, known, "{then:?}");
    }
}

#[tokio::test]
async fn another_line_in_the_place_of_the_last_is_another_journal() {
    let data = tempfile::tempdir().unwrap();
    let (store, _) = opened(&data).await;
    store.close().await;
    let put_back = copied(&data);
    let (store, _) = opened(&data).await;
    goes_on(&store, 1).await;
    store.close().await;
    let note = std::fs::read(data.path().join("zaigang.seen")).unwrap();
    put_back();
    let (store, _) = opened(&data).await;
    goes_on(&store, 2).await;
    store.close().await;
    std::fs::write(data.path().join("zaigang.seen"), note).unwrap();
    let (_, undone) = opened(&data).await;
    assert_eq!(undone.map(|undone| undone.given.round), Some(1));
}

#[tokio::test]
async fn a_note_of_another_deployment_says_nothing() {
    let data = tempfile::tempdir().unwrap();
    let (store, _) = opened(&data).await;
    goes_on(&store, 1).await;
    store.close().await;
    for file in ["zaigang.db", "zaigang.db-wal", "zaigang.db-shm"] {
        let _ = std::fs::remove_file(data.path().join(file));
    }
    let store = Store::open(URL, data.path()).await.unwrap();
    store.key([4; 32]).await.unwrap();
    assert_eq!(store.undone().await.unwrap(), None);
}
