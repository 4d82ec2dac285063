//! Where a process that stands by puts what Telegram brings to it: it is confirmed once it is here,
//! and stays here until the process that leads has heard it.
//!
//! Whoever puts something in decides nothing, and knows nothing of what it says.

use std::collections::BTreeMap;
use std::path::Path;

use sqlx::postgres::PgListener;

use super::link::{Held, Link, Pool};
use super::query::query;
use super::{CHUNK, Place, RawUpdate, Store, StoreError, inbox, lease, open, records};
use crate::decide::Key;

/// As many as one commit of the leader's takes over.
const MOST_AT_ONCE: i64 = 256;

/// The way in beside the one who leads.
pub struct Inlet {
    writer: Pool,
}

impl Inlet {
    /// Of the database `url` names, whether it answers now or not; `None` where only one process
    /// can have it.
    pub fn of(url: &str, data: &Path) -> Result<Option<Inlet>, StoreError> {
        Ok(match Place::of(url, data)? {
            Place::File(_) => None,
            Place::Server(options) => Some(Inlet {
                writer: open::writing_now_and_then(&options),
            }),
        })
    }

    /// The deployment's secret; `None` where nobody has ever led.
    pub async fn key(&self) -> Result<Option<Key>, StoreError> {
        let mut writer = self.writer.acquire().await?;
        let link = &mut writer.link();
        if !link.has_ground().await? {
            return Ok(None);
        }
        let key: Option<[u8; 32]> = records::fact(link, records::KEY).await?;
        Ok(key.map(Key::new))
    }

    /// Keeps all of `updates` or, on any error, none, and calls whoever leads. When it returns,
    /// they are on the disk.
    pub async fn put(&self, updates: &[RawUpdate]) -> Result<(), StoreError> {
        let mut writer = self.writer.acquire().await?;
        let put = put(&mut writer, updates).await;
        if put.is_err() {
            writer.close_on_drop();
        }
        put
    }
}

async fn put(writer: &mut Held, updates: &[RawUpdate]) -> Result<(), StoreError> {
    let mut tx = writer.writing().await?;
    let link = &mut tx.link();
    // Two processes that are brought the same wait for each other in the same order.
    let named: BTreeMap<_, _> = updates.iter().map(|u| (inbox::name(u), &u.raw)).collect();
    let rows: Vec<_> = named.into_iter().collect();
    for chunk in rows.chunks(CHUNK) {
        let rows = chunk
            .iter()
            .map(|((id, digest), raw)| [(*id).into(), (*digest).into(), (*raw).into()]);
        query("INSERT INTO brought (update_id, sha256, raw) ")
            .push_rows(rows)
            .push(" ON CONFLICT DO NOTHING")
            .run(link)
            .await?;
    }
    query("SELECT pg_notify('brought_' || 'brought'::regclass::oid::bigint, '')")
        .run(link)
        .await?;
    tx.commit().await?;
    Ok(())
}

impl Store {
    /// Some of what was brought to other processes and not heard yet, the oldest first; none only
    /// where there is none.
    pub async fn brought(&self) -> Result<Vec<RawUpdate>, StoreError> {
        if !self.open.hold.is_shared() {
            return Ok(Vec::new());
        }
        let rows: Vec<(i64, String)> =
            query("SELECT update_id, raw FROM brought ORDER BY update_id LIMIT $1")
                .bind(MOST_AT_ONCE)
                .rows(&mut self.open.readers.acquire().await?.link())
                .await?;
        let updates = rows.into_iter().map(|(id, raw)| RawUpdate { id, raw });
        Ok(updates.collect())
    }

    /// What rings when other processes are brought something.
    #[must_use]
    pub fn bell(&self) -> Bell {
        Bell {
            readers: self.open.readers.clone(),
            listener: None,
        }
    }
}

/// They wait no longer.
pub(super) async fn taken(tx: &mut Link<'_>, updates: &[RawUpdate]) -> Result<(), StoreError> {
    for chunk in updates.chunks(CHUNK) {
        let names = chunk.iter().map(|update| {
            let (id, digest) = inbox::name(update);
            [id.into(), digest.into()]
        });
        query("DELETE FROM brought WHERE (update_id, sha256) IN (")
            .push_rows(names)
            .push(")")
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Rings when something may have been brought to another process.
pub struct Bell {
    readers: Pool,
    listener: Option<PgListener>,
}

impl Bell {
    /// Until something may have been brought since it rang last: at first, and whenever the server
    /// was away, it may. For ever where nothing more can be.
    pub async fn rings(&mut self) {
        let Pool::Postgres(readers) = &self.readers else {
            return std::future::pending().await;
        };
        loop {
            let rung = match &mut self.listener {
                Some(listener) => listener.try_recv().await.map(drop),
                None => listening(readers)
                    .await
                    .map(|listener| self.listener = Some(listener)),
            };
            let Err(error) = rung else { return };
            // Its connection goes back: whoever closes the readers waits for it.
            self.listener = None;
            if matches!(error, sqlx::Error::PoolClosed) {
                return std::future::pending().await;
            }
            lease::a_while().await;
        }
    }
}

async fn listening(readers: &sqlx::PgPool) -> Result<PgListener, sqlx::Error> {
    let mut listener = PgListener::connect_with(readers).await?;
    let channel: String =
        sqlx::query_scalar("SELECT 'brought_' || 'brought'::regclass::oid::bigint")
            .fetch_one(&mut listener)
            .await?;
    listener.listen(&channel).await?;
    Ok(listener)
}
