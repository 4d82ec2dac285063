use std::collections::{BTreeSet, HashSet};

use super::link::Link;
use super::query::query;
use super::{CHUNK, Store, StoreError, sha256};
use crate::time::Moment;

/// One update as it came, to the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawUpdate {
    pub id: i64,
    pub raw: String,
}

/// Ids restart lower after a quiet week: only the same id with the same text is the same update.
pub(super) type Name = (i64, [u8; 32]);

impl Store {
    /// When the last update came, by our clock; `None` before the first.
    pub async fn heard_at(&self) -> Result<Option<Moment>, StoreError> {
        let millis: Option<i64> = query("SELECT MAX(received_at) FROM inbox")
            .value(&mut self.open.readers.acquire().await?.link())
            .await?;
        Ok(millis.and_then(Moment::from_timestamp_millis))
    }

    /// For each of `updates`, in order, whether it is new: neither kept before nor a repeat of
    /// one earlier in `updates`.
    pub async fn unseen(&self, updates: &[RawUpdate]) -> Result<Vec<bool>, StoreError> {
        let mut seen = HashSet::new();
        for chunk in updates.chunks(CHUNK) {
            let kept: Vec<(i64, Vec<u8>)> =
                query("SELECT update_id, sha256 FROM inbox WHERE update_id IN ")
                    .push_list(chunk.iter().map(|update| update.id))
                    .rows(&mut self.open.readers.acquire().await?.link())
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
    tx: &mut Link<'_>,
    updates: &[RawUpdate],
    strangers: &BTreeSet<i64>,
    now: Moment,
) -> Result<(), StoreError> {
    for chunk in updates.chunks(CHUNK) {
        let rows = chunk.iter().map(|update| {
            let (id, digest) = name(update);
            [
                id.into(),
                digest.into(),
                (&update.raw).into(),
                now.timestamp_millis().into(),
                i64::from(strangers.contains(&id)).into(),
            ]
        });
        query("INSERT INTO inbox (update_id, sha256, raw, received_at, stranger) ")
            .push_rows(rows)
            .push(" ON CONFLICT DO NOTHING")
            .run(tx)
            .await?;
    }
    if !strangers.is_empty() {
        prune(tx).await?;
    }
    Ok(())
}

/// More than any one reading brings: what was read and is read again is still known.
const STRANGERS_KEPT: i64 = 1_000;

async fn prune(tx: &mut Link<'_>) -> Result<(), StoreError> {
    query(
        "DELETE FROM inbox WHERE stranger = 1 AND received_at < (
            SELECT received_at FROM inbox WHERE stranger = 1
            ORDER BY received_at DESC LIMIT 1 OFFSET $1)",
    )
    .bind(STRANGERS_KEPT)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) fn name(update: &RawUpdate) -> Name {
    (update.id, sha256(update.raw.as_bytes()))
}
