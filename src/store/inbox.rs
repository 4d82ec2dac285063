use std::collections::{BTreeSet, HashSet};

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{CHUNK, Store, StoreError, sha256};
use crate::time::Moment;

/// One update as it came, to the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawUpdate {
    pub id: i64,
    pub raw: String,
}

/// Ids restart lower after a quiet week: only the same id with the same text is the same update.
type Name = (i64, [u8; 32]);

impl Store {
    /// When the last update came, by our clock; `None` before the first.
    pub async fn heard_at(&self) -> Result<Option<Moment>, StoreError> {
        let millis: Option<i64> = sqlx::query_scalar("SELECT MAX(received_at) FROM inbox")
            .fetch_one(&self.readers)
            .await?;
        Ok(millis.and_then(Moment::from_timestamp_millis))
    }

    /// For each of `updates`, in order, whether it is new: neither kept before nor a repeat of
    /// one earlier in `updates`.
    pub async fn unseen(&self, updates: &[RawUpdate]) -> Result<Vec<bool>, StoreError> {
        let mut seen = HashSet::new();
        for chunk in updates.chunks(CHUNK) {
            let mut query =
                QueryBuilder::<Sqlite>::new("SELECT update_id, sha256 FROM inbox WHERE update_id");
            query.push(" IN (");
            let mut ids = query.separated(", ");
            for update in chunk {
                ids.push_bind(update.id);
            }
            query.push(")");
            let kept: Vec<(i64, Vec<u8>)> = query
                .build_query_as()
                .persistent(false)
                .fetch_all(&self.readers)
                .await?;
            for (id, digest) in kept {
                let damaged = |_| StoreError::Damaged { what: "inbox", id };
                seen.insert((id, <[u8; 32]>::try_from(digest).map_err(damaged)?));
            }
        }
        Ok(updates.iter().map(|u| seen.insert(name(u))).collect())
    }
}

pub(super) async fn keep(
    tx: &mut SqliteConnection,
    updates: &[RawUpdate],
    strangers: &BTreeSet<i64>,
    now: Moment,
) -> Result<(), StoreError> {
    for chunk in updates.chunks(CHUNK) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO inbox (update_id, sha256, raw, received_at, stranger) ",
        );
        query.push_values(chunk, |mut row, update| {
            let (id, digest) = name(update);
            row.push_bind(id)
                .push_bind(digest.to_vec())
                .push_bind(update.raw.clone())
                .push_bind(now.timestamp_millis())
                .push_bind(i64::from(strangers.contains(&id)));
        });
        query.push(" ON CONFLICT DO NOTHING");
        query.build().persistent(false).execute(&mut *tx).await?;
    }
    if !strangers.is_empty() {
        prune(tx).await?;
    }
    Ok(())
}

/// More than any one reading brings: what was read and is read again is still known.
const STRANGERS_KEPT: i64 = 1_000;

async fn prune(tx: &mut SqliteConnection) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM inbox WHERE stranger = 1 AND received_at < (
            SELECT received_at FROM inbox WHERE stranger = 1
            ORDER BY received_at DESC LIMIT 1 OFFSET $1)",
    )
    .bind(STRANGERS_KEPT)
    .execute(tx)
    .await?;
    Ok(())
}

fn name(update: &RawUpdate) -> Name {
    (update.id, sha256(update.raw.as_bytes()))
}
