//! The journal is added to and never changed, and its chain shows it.

use zaigang::journal::{Entry, ORIGIN, link};
use zaigang::store::Head;

use super::*;

async fn written(store: &Store, entries: &[Entry]) {
    let change = Change {
        journal: entries.to_vec(),
        ..Change::default()
    };
    commit(store, &change).await;
}

#[tokio::test]
async fn the_chain_can_be_recomputed_from_its_lines() {
    for home in Home::each() {
        let store = home.open().await;
        let entries: Vec<Entry> = (1..=5).map(samples::claimed).collect();
        written(&store, &entries[..2]).await;
        drop(store);
        let store = home.open().await;
        written(&store, &entries[2..]).await;

        let lines = store.journal_after(0, 100).await.unwrap();
        let read: Vec<Entry> = lines
            .iter()
            .map(|line| serde_json::from_str(&line.entry_json).unwrap())
            .collect();
        assert_eq!(read, entries);
        let mut before = ORIGIN;
        for (line, number) in lines.iter().zip(1..) {
            assert_eq!(line.number, number);
            assert_eq!(line.link, link(&before, &line.entry_json));
            before = line.link;
        }
        let head = Head {
            number: 5,
            link: before,
        };
        assert_eq!(store.journal_head().await.unwrap(), Some(head));
        assert_eq!(store.journal_after(3, 1).await.unwrap(), lines[3..4]);
    }
}

#[tokio::test]
async fn a_line_can_be_neither_changed_nor_taken_out() {
    for home in Home::each() {
        let store = home.open().await;
        written(&store, &[samples::claimed(1), samples::claimed(2)]).await;
        for sql in [
            "UPDATE journal SET entry = '{}' WHERE number = 1",
            "DELETE FROM journal WHERE number = 2",
        ] {
            let error = home.try_run(sql).await.unwrap_err();
            assert!(error.to_string().contains("only ever added to"), "{error}");
        }
        assert_eq!(store.journal_after(0, 9).await.unwrap().len(), 2);
    }
}
