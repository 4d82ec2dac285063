//! Where a store lives, looked at behind its back, and things to put in it.

use sqlx::postgres::{PgConnectOptions, PgConnection, PgRow};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, Connection, FromRow, raw_sql};
use tempfile::TempDir;
use zaigang::journal::{Deed, Entry};
use zaigang::store::{MIGRATIONS, Store};

use super::{URL, at};
use crate::postgres;

pub fn claimed(account: i64) -> Entry {
    Entry {
        at: at(account),
        deed: Deed::ClerkClaimed { account },
    }
}

/// A deployment's folder and its database, in a file or on a server.
pub struct Home {
    pub data: TempDir,
    url: String,
}

/// Somebody else's connection to it.
pub enum Beside {
    File(SqliteConnection),
    Server(PgConnection),
}

impl Home {
    pub fn in_a_file() -> Self {
        Self::at(URL.to_owned())
    }

    /// None where there is no server to be had.
    pub fn on_a_server() -> Option<Self> {
        Some(Self::at(postgres::server()?.fresh_database()))
    }

    /// One on each kind of database: what is promised is promised on both.
    pub fn each() -> impl Iterator<Item = Self> {
        [Some(Self::in_a_file()), Self::on_a_server()]
            .into_iter()
            .flatten()
    }

    fn at(url: String) -> Self {
        Self {
            data: tempfile::tempdir().unwrap(),
            url,
        }
    }

    pub async fn open(&self) -> Store {
        self.try_open().await.unwrap()
    }

    pub async fn try_open(&self) -> Result<Store, zaigang::store::StoreError> {
        Store::open(&self.url, self.data.path()).await
    }

    pub async fn beside(&self) -> Beside {
        if self.url == URL {
            let options = SqliteConnectOptions::new()
                .filename(self.data.path().join("zaigang.db"))
                .create_if_missing(true);
            Beside::File(SqliteConnection::connect_with(&options).await.unwrap())
        } else {
            let options: PgConnectOptions = self.url.parse().unwrap();
            Beside::Server(PgConnection::connect_with(&options).await.unwrap())
        }
    }

    pub async fn rows<T>(&self, sql: &'static str) -> Vec<T>
    where
        T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        let rows = match self.beside().await {
            Beside::File(mut beside) => sqlx::query_as(sql).fetch_all(&mut beside).await,
            Beside::Server(mut beside) => sqlx::query_as(sql).fetch_all(&mut beside).await,
        };
        rows.unwrap()
    }

    pub async fn try_run(&self, sql: &str) -> Result<(), sqlx::Error> {
        self.beside().await.run(sql).await
    }

    pub async fn run(&self, sql: &str) {
        self.try_run(sql).await.unwrap();
    }
}

impl Beside {
    pub async fn migrated_to(&mut self, version: i64) {
        let done = match self {
            Beside::File(beside) => MIGRATIONS.run_to(version, beside).await,
            Beside::Server(beside) => MIGRATIONS.run_to(version, beside).await,
        };
        done.unwrap();
    }

    pub async fn run(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        match self {
            Beside::File(beside) => {
                let sql = AssertSqlSafe(sql.to_owned());
                raw_sql(sql).execute(beside).await.map(drop)
            }
            Beside::Server(beside) => {
                let sql = AssertSqlSafe(bytes_as_postgres_has_them(sql));
                raw_sql(sql).execute(beside).await.map(drop)
            }
        }
    }
}

/// `x'00'` is `'\x00'` there.
fn bytes_as_postgres_has_them(sql: &str) -> String {
    sql.replace(" x'", r" '\x").replace(" X'", r" '\x")
}

impl Drop for Home {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("on {}", self.url);
        }
    }
}
