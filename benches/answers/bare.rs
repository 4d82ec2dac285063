//! A loop that reads the queue, keeps each batch in one durable transaction, and asks for the next.

use std::str::FromStr;

use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, QueryBuilder, Sqlite, SqliteConnection};
use tempfile::TempDir;
use tokio::task::JoinHandle;

use crate::botapi::{BotApi, Person, TOKEN};

/// So many people who have pressed /start.
pub fn people(api: &BotApi, count: usize) -> Vec<Person> {
    let people = (0..count).map(|at| {
        let person = api.person("某人", &format!("861380000{at:04}"));
        person.start("");
        person
    });
    people.collect()
}

/// Begins to read, for as long as the handle lives.
pub async fn read(api: &BotApi) -> JoinHandle<()> {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("bare.db");
    let options = SqliteConnectOptions::from_str(&format!("sqlite:{}", file.display()));
    let mut connection = options
        .expect("an address")
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await
        .expect("a database");
    sqlx::query("CREATE TABLE inbox (update_id INTEGER PRIMARY KEY, raw TEXT NOT NULL)")
        .execute(&mut connection)
        .await
        .expect("a table");
    let url = format!("{}/bot{TOKEN}/getUpdates", api.url());
    tokio::spawn(async move {
        let _kept = folder;
        let client = reqwest::Client::new();
        let mut offset = 0;
        loop {
            let asked = json!({"offset": offset, "limit": 100, "timeout": 10});
            let answer = client.post(&url).json(&asked).send().await;
            let answer = answer.expect("an answer").text().await.expect("a text");
            let answer: Value = serde_json::from_str(&answer).expect("JSON");
            let updates = answer["result"].as_array().cloned().unwrap_or_default();
            if let Some(last) = updates.last() {
                offset = last["update_id"].as_i64().expect("a number") + 1;
                keep(&mut connection, &updates).await;
            }
        }
    })
}

async fn keep(connection: &mut SqliteConnection, updates: &[Value]) {
    let mut tx = connection.begin().await.expect("a transaction");
    let mut query = QueryBuilder::<Sqlite>::new("INSERT OR IGNORE INTO inbox (update_id, raw) ");
    query.push_values(updates, |mut row, update| {
        row.push_bind(update["update_id"].as_i64())
            .push_bind(update.to_string());
    });
    query.build().execute(&mut *tx).await.expect("rows");
    tx.commit().await.expect("it is on the disk");
}
