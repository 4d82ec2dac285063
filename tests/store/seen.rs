//! An older copy of the database is known for one, and nothing else is taken for it.

use zaigang::decide::{Round, RoundId};
use zaigang::store::Undone;

use super::*;

async fn opened(data: &TempDir) -> (Store, Option<Undone>) {
    let store = Store::open(URL, data.path()).await.unwrap();
    store.key([3; 32]).await.unwrap();
    let undone = store.undone().await.unwrap();
    (store, undone)
}

/// A line of the journal and a round of that number.
async fn goes_on(store: &Store, number: u32) {
    let change = Change {
        journal: vec![samples::claimed(number.into())],
        records: vec![Record::Round(Round {
            id: RoundId(number),
            by: AccountId(1),
            at: at(0),
            order: zaigang::decide::Order::All,
            checks: Vec::new(),
            summary: zaigang::decide::Summary::Pending,
        })],
        ..Change::default()
    };
    commit(store, &change).await;
}

#[tokio::test]
async fn an_older_copy_put_back_is_known_and_so_are_the_numbers_given_since() {
    let data = tempfile::tempdir().unwrap();
    let (store, _) = opened(&data).await;
    goes_on(&store, 1).await;
    store.close().await;
    let (database, copy) = (data.path().join("zaigang.db"), data.path().join("copy"));
    std::fs::copy(&database, &copy).unwrap();

    let (store, undone) = opened(&data).await;
    assert_eq!(undone, None, "it was only copied");
    for number in 2..=4 {
        goes_on(&store, number).await;
    }
    store.close().await;
    std::fs::copy(&copy, &database).unwrap();

    let (store, undone) = opened(&data).await;
    let undone = undone.expect("three lines are gone");
    assert_eq!((undone.lines, undone.given.round), (3, 4));
    goes_on(&store, 5).await;
    store.close().await;
    let (_, undone) = opened(&data).await;
    assert_eq!(undone, None, "from there it went on");
}

#[tokio::test]
async fn another_line_in_the_place_of_the_last_is_another_journal() {
    let data = tempfile::tempdir().unwrap();
    let (store, _) = opened(&data).await;
    store.close().await;
    let (database, copy) = (data.path().join("zaigang.db"), data.path().join("copy"));
    std::fs::copy(&database, &copy).unwrap();
    let (store, _) = opened(&data).await;
    goes_on(&store, 1).await;
    store.close().await;
    let note = std::fs::read(data.path().join("zaigang.seen")).unwrap();
    std::fs::copy(&copy, &database).unwrap();
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
