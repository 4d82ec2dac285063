//! Updates, cursor, files, the key, and who may open them.

use zaigang::decide::{Change, FormTalk, Record, Upload, UploadId, UploadState};
use zaigang::store::{Commit, RawUpdate, Store, StoreError};

use super::*;

fn update(id: i64, raw: &str) -> RawUpdate {
    RawUpdate {
        id,
        raw: raw.to_owned(),
    }
}

fn upload(id: u32) -> Record {
    Record::Upload(Upload {
        id: UploadId(id),
        by: AccountId(1),
        at: at(0),
        file: "file-1".into(),
        file_name: "国庆值班表.csv".into(),
        state: UploadState::Fetching {
            tries: 0,
            next: at(0),
        },
        form: FormTalk::default(),
        told: None,
    })
}

#[tokio::test]
async fn a_second_process_on_the_same_folder_is_refused_until_the_first_is_gone() {
    for home in Home::each() {
        let first = home.open().await;
        let second = home.try_open().await;
        assert!(matches!(second, Err(StoreError::InUse)));
        drop(first);
        assert!(home.try_open().await.is_ok());
    }
}

#[tokio::test]
async fn the_folder_is_made_where_there_is_none() {
    let parent = tempfile::tempdir().unwrap();
    let data = parent.path().join("在岗").join("data");
    Store::open(URL, &data).await.unwrap();
    assert!(data.join("zaigang.db").is_file());
}

#[tokio::test]
async fn what_is_no_file_is_refused_without_repeating_it() {
    let data = tempfile::tempdir().unwrap();
    for url in [
        "postgres://clerk:secret@db:port/zaigang",
        "mysql://clerk:secret@db/zaigang",
        "sqlite::memory:",
        "sqlite:",
        "zaigang.db",
    ] {
        let error = Store::open(url, data.path()).await.err().unwrap();
        assert!(matches!(error, StoreError::Url), "{url}");
        assert!(!format!("{error} {error:?}").contains("secret"));
    }
}

#[tokio::test]
async fn the_key_is_drawn_once_and_stays() {
    for home in Home::each() {
        let store = home.open().await;
        let first = store.key([1; 32]).await.unwrap();
        drop(store);
        let store = home.open().await;
        let second = store.key([2; 32]).await.unwrap();
        assert_eq!(first.tag("claim", &[]), second.tag("claim", &[]));
        assert_eq!(first.tag("claim", &[]), Key::new([1; 32]).tag("claim", &[]));
    }
}

#[tokio::test]
async fn an_update_is_new_once_and_an_id_used_again_is_another_update() {
    for home in Home::each() {
        let store = home.open().await;
        let first = [update(10, "{}"), update(11, r#"{"a":1}"#)];
        assert_eq!(store.unseen(&first).await.unwrap(), [true, true]);
        let change = Change::default();
        let arrival = Commit {
            inbox: &first,
            ..commit_of(&change)
        };
        store.commit(&arrival).await.unwrap();
        store.commit(&arrival).await.unwrap();

        let next = [
            update(11, r#"{"a":1}"#),
            update(10, r#"{"another":true}"#),
            update(12, "{}"),
            update(12, "{}"),
        ];
        assert_eq!(
            store.unseen(&next).await.unwrap(),
            [false, true, true, false]
        );
        assert_eq!(store.unseen(&[]).await.unwrap(), [] as [bool; 0]);
    }
}

#[tokio::test]
async fn updates_are_kept_to_the_letter_with_the_time_they_came() {
    for home in Home::each() {
        let store = home.open().await;
        let raw = "{\"update_id\": 10,\n \"message\": {\"text\": \"在岗 \\u0000😀\"}}";
        let change = Change::default();
        let arrival = Commit {
            inbox: &[update(10, raw)],
            now: at(5),
            ..commit_of(&change)
        };
        store.commit(&arrival).await.unwrap();
        let kept: Vec<(i64, String, i64)> = home
            .rows("SELECT update_id, raw, received_at FROM inbox")
            .await;
        assert_eq!(kept, [(10, raw.to_owned(), at(5).timestamp_millis())]);
    }
}

#[tokio::test]
async fn the_cursor_moves_with_the_records_and_only_when_given() {
    for home in Home::each() {
        let store = home.open().await;
        assert_eq!(store.cursor().await.unwrap(), None);
        let change = knowing([account(1, "甲")]);
        let arrival = Commit {
            cursor: Some(101),
            ..commit_of(&change)
        };
        store.commit(&arrival).await.unwrap();
        commit(&store, &Change::default()).await;
        drop(store);
        let store = home.open().await;
        assert_eq!(store.cursor().await.unwrap(), Some(101));
    }
}

#[tokio::test]
async fn a_commit_that_fails_leaves_nothing_of_itself() {
    for home in Home::each() {
        let store = home.open().await;
        commit(&store, &knowing([account(1, "甲")])).await;
        let mut change = knowing([account(1, "乙"), account(2, "丙")]);
        change.notices = vec![notice(1, Urgency::Receipt, None, "x")];
        change.journal = vec![samples::claimed(1)];
        let doomed = Commit {
            inbox: &[update(10, "{}")],
            cursor: Some(11),
            // Bytes of an upload nobody has recorded.
            bytes: Some((UploadId(9), b"a,b")),
            ..commit_of(&change)
        };
        let error = store.commit(&doomed).await.unwrap_err();
        assert!(matches!(error, StoreError::Database(_)));

        let world = store.world(policy(), key()).await.unwrap();
        assert_eq!(world.accounts.len(), 1);
        assert_eq!(world.accounts[&AccountId(1)].name, "甲");
        assert_eq!(store.cursor().await.unwrap(), None);
        assert_eq!(store.unseen(doomed.inbox).await.unwrap(), [true]);
        assert_eq!(store.due(at(1), 9, &[]).await.unwrap(), []);
        assert_eq!(store.journal_head().await.unwrap(), None);
        assert_eq!(store.file(UploadId(9)).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_file_comes_back_byte_for_byte() {
    for home in Home::each() {
        let store = home.open().await;
        let change = Change {
            records: vec![upload(3)],
            ..Change::default()
        };
        let bytes = [0xff, 0xfe, 0, b',', b'\n', 0x81];
        let arrival = Commit {
            bytes: Some((UploadId(3), &bytes)),
            ..commit_of(&change)
        };
        store.commit(&arrival).await.unwrap();
        assert_eq!(store.file(UploadId(3)).await.unwrap().unwrap(), bytes);
        assert_eq!(store.file(UploadId(4)).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_file_changed_on_the_disk_is_not_passed_off_as_the_one_sent() {
    for home in Home::each() {
        let store = home.open().await;
        let change = Change {
            records: vec![upload(3)],
            ..Change::default()
        };
        let arrival = Commit {
            bytes: Some((UploadId(3), b"unit,name")),
            ..commit_of(&change)
        };
        store.commit(&arrival).await.unwrap();
        home.run("UPDATE upload_bytes SET bytes = x'00'").await;
        let error = store.file(UploadId(3)).await.unwrap_err();
        assert!(matches!(error, StoreError::Damaged { id: 3, .. }));
    }
}

#[tokio::test]
async fn of_what_strangers_say_only_the_newest_is_kept_and_of_others_all() {
    for home in Home::each() {
        let store = home.open().await;
        let change = Change::default();
        for batch in 0..30 {
            let from = batch * 100;
            let updates: Vec<RawUpdate> = (from..from + 100).map(|id| update(id, "{}")).collect();
            let strangers = (from..from + 99).collect();
            let arrival = Commit {
                inbox: &updates,
                strangers: &strangers,
                now: at(batch),
                ..commit_of(&change)
            };
            store.commit(&arrival).await.unwrap();
        }
        let kept: Vec<(i64, i64)> = home
            .rows("SELECT stranger, COUNT(*) FROM inbox GROUP BY stranger")
            .await;
        let [(0, known), (1, strangers)] = kept[..] else {
            panic!("{kept:?}");
        };
        assert_eq!(known, 30);
        assert!((1_000..1_200).contains(&strangers), "{strangers}");
        let oldest: Vec<(i64,)> = home
            .rows("SELECT MIN(update_id) FROM inbox WHERE stranger = 1")
            .await;
        assert!(oldest[0].0 > 1_500, "{oldest:?}");
    }
}

#[tokio::test]
async fn when_the_last_update_came_is_known_after_a_start() {
    for home in Home::each() {
        let store = home.open().await;
        assert_eq!(store.heard_at().await.unwrap(), None);
        let change = Change::default();
        for (number, minutes) in [(7, 3), (8, 5)] {
            let inbox = [update(number, "{}")];
            let commit = Commit {
                inbox: &inbox,
                cursor: Some(number + 1),
                now: at(minutes),
                ..commit_of(&change)
            };
            store.commit(&commit).await.unwrap();
        }
        assert_eq!(store.heard_at().await.unwrap(), Some(at(5)));
    }
}

#[tokio::test]
async fn what_an_earlier_leader_still_wants_to_keep_is_refused() {
    let Some(home) = Home::on_a_server() else {
        return;
    };
    let store = home.open().await;
    commit(&store, &knowing([account(1, "甲")])).await;
    assert!(store.lead().holds());
    home.run("UPDATE lease SET epoch = epoch + 1").await;
    let change = knowing([account(1, "乙")]);
    let error = store.commit(&commit_of(&change)).await.unwrap_err();
    assert!(matches!(error, StoreError::Superseded), "{error}");
    store.lead().lost().await;
    assert!(!store.lead().holds());
    let world = store.world(policy(), key()).await.unwrap();
    assert_eq!(world.accounts[&AccountId(1)].name, "甲");
}

#[tokio::test]
async fn every_leader_has_the_next_epoch() {
    let Some(home) = Home::on_a_server() else {
        return;
    };
    for epoch in 1..4 {
        let store = home.open().await;
        let kept: Vec<(i64,)> = home.rows("SELECT epoch FROM lease").await;
        assert_eq!(kept, [(epoch,)]);
        store.close().await;
    }
}
