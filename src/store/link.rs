//! One connection, to whichever of the two databases: what the rest of the store asks through.
//!
//! The same SQL text goes to both (`$1`, BIGINT, TEXT, BYTEA, `ON CONFLICT`, `RETURNING`), so a
//! place that must know which one it is stands here or in [`super::open`].

use sqlx::pool::PoolConnection;
use sqlx::{
    Connection as _, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool,
    Transaction,
};

use super::query::query;

/// Connections to one database, shared by whoever asks.
#[derive(Clone)]
pub(super) enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// A connection out of a pool, given back when it is dropped.
pub(super) enum Held {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

/// What is rolled back unless it is committed.
pub(super) enum Tx<'c> {
    Sqlite(Transaction<'c, Sqlite>),
    Postgres(Transaction<'c, Postgres>),
}

/// What a query is asked through.
pub(super) enum Link<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

impl Pool {
    pub async fn acquire(&self) -> Result<Held, sqlx::Error> {
        Ok(match self {
            Pool::Sqlite(pool) => Held::Sqlite(pool.acquire().await?),
            Pool::Postgres(pool) => Held::Postgres(pool.acquire().await?),
        })
    }

    pub async fn close(&self) {
        match self {
            Pool::Sqlite(pool) => pool.close().await,
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}

impl Held {
    pub fn link(&mut self) -> Link<'_> {
        match self {
            Held::Sqlite(held) => Link::Sqlite(held),
            Held::Postgres(held) => Link::Postgres(held),
        }
    }

    /// A transaction that will write.
    pub async fn writing(&mut self) -> Result<Tx<'_>, sqlx::Error> {
        Ok(match self {
            // Deferred, it would be refused where it first writes, behind another writer.
            Held::Sqlite(held) => Tx::Sqlite(held.begin_with("BEGIN IMMEDIATE").await?),
            Held::Postgres(held) => Tx::Postgres(held.begin().await?),
        })
    }

    /// A transaction that sees everything as it was at one moment.
    pub async fn snapshot(&mut self) -> Result<Tx<'_>, sqlx::Error> {
        const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
        Ok(match self {
            Held::Sqlite(held) => Tx::Sqlite(held.begin().await?),
            Held::Postgres(held) => Tx::Postgres(held.begin_with(SNAPSHOT).await?),
        })
    }

    /// The connection is not used again.
    pub fn close_on_drop(&mut self) {
        match self {
            Held::Sqlite(held) => held.close_on_drop(),
            Held::Postgres(held) => held.close_on_drop(),
        }
    }
}

impl Tx<'_> {
    pub fn link(&mut self) -> Link<'_> {
        match self {
            Tx::Sqlite(tx) => Link::Sqlite(tx),
            Tx::Postgres(tx) => Link::Postgres(tx),
        }
    }

    pub async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await,
            Tx::Postgres(tx) => tx.commit().await,
        }
    }
}

impl Link<'_> {
    /// Whether the tables are there.
    pub async fn has_ground(&mut self) -> Result<bool, sqlx::Error> {
        let ground: Option<i64> = match self {
            Link::Sqlite(_) => {
                let tables = "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'fact'";
                Some(query(tables).value(self).await?)
            }
            Link::Postgres(_) => {
                let table = "SELECT to_regclass('fact')::oid::bigint";
                query(table).value(self).await?
            }
        };
        Ok(ground.is_some_and(|tables| tables > 0))
    }
}
