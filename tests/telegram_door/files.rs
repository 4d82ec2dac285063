//! Files people sent.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use zaigang::decide::What;
use zaigang::telegram::FetchError;

use super::{Door, bot_at};
use crate::botapi::{Fault, TOKEN, Trouble};

const LIMIT_BYTES: u64 = 5_000_000;

#[tokio::test]
async fn a_file_is_fetched_whole() {
    let door = Door::open().await;
    let roster = "单位,姓名,日期\n城关镇,王建国,10月3日\n".repeat(40_000);
    door.person.sends_file("值班表.csv", roster.clone());
    let file = sent_file(&door).await;
    let bytes = door.bot.fetch(&file, LIMIT_BYTES).await.unwrap();
    assert_eq!(bytes, roster.as_bytes());
}

#[tokio::test]
async fn a_file_beyond_the_limit_is_too_large_whatever_size_it_claims() {
    let door = Door::open().await;
    let claims = [
        ("honest.csv", 1_001, None),
        ("modest.csv", 1_001, Some(10)),
        ("boasting.csv", 10, Some(1_001)),
        ("beyond the server.csv", 10, Some(21_000_000)),
    ];
    for (name, bytes, claimed) in claims {
        door.person
            .sends_file_said_to_have(name, vec![b'x'; bytes], claimed);
        let file = sent_file(&door).await;
        assert_eq!(
            door.bot.fetch(&file, 1_000).await,
            Err(FetchError::TooLarge),
            "{name}"
        );
    }
    door.person.sends_file("just right.csv", vec![b'x'; 1_000]);
    let file = sent_file(&door).await;
    assert_eq!(door.bot.fetch(&file, 1_000).await.unwrap().len(), 1_000);
}

#[tokio::test]
async fn a_download_that_fails_is_gone_or_for_later() {
    let door = Door::open().await;
    door.person.sends_file("值班表.csv", "单位\n");
    let file = sent_file(&door).await;
    let later = |error: &FetchError| matches!(error, FetchError::Later { .. });
    for trouble in [
        Trouble::ResetBeforeEffect,
        Trouble::Status(502, "Bad Gateway"),
        Trouble::Status(429, "Too Many Requests: retry after 3"),
    ] {
        door.api.fault(Fault::on("download", trouble.clone()));
        let error = door.bot.fetch(&file, LIMIT_BYTES).await.unwrap_err();
        assert!(later(&error), "{trouble:?}: {error}");
    }
    door.api
        .fault(Fault::on("download", Trouble::Status(404, "Not Found")));
    let gone = door.bot.fetch(&file, LIMIT_BYTES).await;
    assert_eq!(gone, Err(FetchError::Gone));
    door.api.fault(Fault::on("getFile", Trouble::Html));
    let error = door.bot.fetch(&file, LIMIT_BYTES).await.unwrap_err();
    assert!(later(&error));
}

#[tokio::test]
async fn half_a_file_is_no_file() {
    let short = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n单位,";
    let bot = bot_at(&answering([lookup(), short.into()]), TOKEN);
    let fetched = bot.fetch("BQAC", LIMIT_BYTES).await;
    assert!(matches!(fetched, Err(FetchError::Later { .. })));
}

#[tokio::test]
async fn a_file_that_never_ends_is_cut_off_at_the_limit() {
    let piece = format!("400\r\n{}\r\n", "x".repeat(0x400));
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    let endless = format!("{head}{}", piece.repeat(64));
    let bot = bot_at(&answering([lookup(), endless]), TOKEN);
    let fetched = bot.fetch("BQAC", 10_000).await;
    assert_eq!(fetched, Err(FetchError::TooLarge));
}

/// The newest file somebody sent.
async fn sent_file(door: &Door) -> String {
    let heard = door.hears().await;
    let Some(What::File { file, .. }) = heard.last().map(|heard| heard.what.clone()) else {
        panic!("the last thing sent was a file");
    };
    file
}

/// A `getFile` that finds its file.
fn lookup() -> String {
    let body = r#"{"ok":true,"result":{"file_id":"BQAC","file_path":"documents/file_1.csv"}}"#;
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

/// A server that gives each connection one of these answers, to the letter, and hangs up.
fn answering(answers: [String; 2]) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for answer in answers {
            let (mut connection, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let _ = connection.read(&mut request);
            // Whoever had enough hangs up first.
            let _ = connection.write_all(answer.as_bytes());
        }
    });
    url
}
