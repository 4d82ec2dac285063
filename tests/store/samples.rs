//! The database beside the store's back, and things to put in it.

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{Connection, FromRow};
use tempfile::TempDir;
use zaigang::journal::{Deed, Entry};

use super::at;

pub fn claimed(account: i64) -> Entry {
    Entry {
        at: at(account),
        deed: Deed::ClerkClaimed { account },
    }
}

pub async fn connection(data: &TempDir) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(data.path().join("zaigang.db"))
        .create_if_missing(true);
    SqliteConnection::connect_with(&options).await.unwrap()
}

pub async fn rows<T>(data: &TempDir, sql: &'static str) -> Vec<T>
where
    T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
{
    sqlx::query_as(sql)
        .fetch_all(&mut connection(data).await)
        .await
        .unwrap()
}

pub async fn try_run(data: &TempDir, sql: &'static str) -> Result<(), sqlx::Error> {
    sqlx::query(sql)
        .execute(&mut connection(data).await)
        .await
        .map(drop)
}

pub async fn run(data: &TempDir, sql: &'static str) {
    try_run(data, sql).await.unwrap();
}
