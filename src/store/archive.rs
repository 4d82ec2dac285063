//! A deployment's journal, taken from its file beside the program that may be writing to it.

use std::collections::BTreeMap;

use super::link::{Held, Link, Pool};
use super::query::query;
use super::{KeptFiles, Line, Place, Store, StoreError, chain, form, open, records};
use crate::decide::{UploadId, Version};
use crate::journal::Entry;
use crate::proof::{self, Originals};
use crate::roster::Roster;
use crate::spotcheck::{Digest, Roll};

/// The journal of the database at `place` as an export that can be proven offline: its lines, and
/// of every roster it names who is on duty when. No phone number is in it. It is only read.
pub async fn export(place: &Place) -> Result<String, StoreError> {
    let reader = open::reader(place).await?;
    let export = exported(&mut reader.acquire().await?).await;
    reader.close().await;
    export
}

/// What is kept, for whoever reads it beside the one writer.
#[derive(Clone)]
pub struct Archive {
    readers: Pool,
}

impl Archive {
    /// How many messages wait to leave.
    pub async fn queued(&self) -> Result<u64, StoreError> {
        let count: i64 = query("SELECT COUNT(*) FROM notice WHERE state = 'queued'")
            .value(&mut self.readers.acquire().await?.link())
            .await?;
        Ok(count.unsigned_abs())
    }

    /// At most `limit` lines, the newest first: those before the line of that number, or the last.
    pub async fn journal_before(
        &self,
        number: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Line>, StoreError> {
        let rows = query(
            "SELECT number, entry, link FROM journal WHERE number < $1
             ORDER BY number DESC LIMIT $2",
        )
        .bind(number.unwrap_or(i64::MAX))
        .bind(i64::from(limit))
        .rows(&mut self.readers.acquire().await?.link())
        .await?;
        chain::lines(rows)
    }

    /// The bytes of an upload, as they were sent.
    pub async fn file(&self, upload: UploadId) -> Result<Option<Vec<u8>>, StoreError> {
        let readers = self.readers.clone();
        KeptFiles { readers }.file(upload).await
    }

    /// The journal as it stands, as [`export`] has it.
    pub async fn export(&self) -> Result<String, StoreError> {
        exported(&mut self.readers.acquire().await?).await
    }
}

impl Store {
    #[must_use]
    pub fn archive(&self) -> Archive {
        Archive {
            readers: self.open.readers.clone(),
        }
    }

    /// The same, of this store as it stands.
    pub async fn export(&self) -> Result<String, StoreError> {
        exported(&mut self.open.readers.acquire().await?).await
    }
}

async fn exported(reader: &mut Held) -> Result<String, StoreError> {
    // One snapshot: the lines and the rosters they name.
    let mut tx = reader.snapshot().await?;
    let link = &mut tx.link();
    let lines: Vec<(i64, String, Vec<u8>)> =
        query("SELECT number, entry, link FROM journal ORDER BY number")
            .rows(link)
            .await?;
    let rolls = rolls(link).await?;
    let updates = updates(link, &lines).await?;
    tx.commit().await?;
    let mut entries: Vec<(&str, [u8; 32])> = Vec::with_capacity(lines.len());
    for (number, entry, link) in &lines {
        let link = <[u8; 32]>::try_from(link.as_slice()).map_err(|_| StoreError::Damaged {
            what: "journal",
            id: *number,
        })?;
        entries.push((entry, link));
    }
    let named = |digest: &Digest| {
        let digest = digest.to_string();
        lines.iter().any(|(_, entry, _)| entry.contains(&digest))
    };
    let rolls: Vec<String> = rolls
        .into_iter()
        .filter(|(digest, _)| named(digest))
        .map(|(_, text)| text)
        .collect();
    Ok(proof::written(&Originals { rolls, updates }, entries))
}

/// The updates the lines name, to the letter.
async fn updates(
    link: &mut Link<'_>,
    lines: &[(i64, String, Vec<u8>)],
) -> Result<Vec<String>, StoreError> {
    let mut updates = Vec::new();
    let named = lines.iter().filter_map(|(_, entry, _)| {
        let entry: Entry = serde_json::from_str(entry).ok()?;
        proof::named(&entry)
    });
    for (update, digest) in named {
        let kept = "SELECT raw FROM inbox WHERE update_id = $1 AND sha256 = $2";
        let row: Option<(String,)> = query(kept).bind(update).bind(digest.0).row(link).await?;
        updates.extend(row.map(|(raw,)| raw));
    }
    Ok(updates)
}

/// Of every version put in force, its roll.
async fn rolls(link: &mut Link<'_>) -> Result<BTreeMap<Digest, String>, StoreError> {
    let versions: Vec<(i64, Version)> = records::rows(link, records::VERSION).await?;
    let mut rolls = BTreeMap::new();
    for (_, version) in versions {
        let id = i64::from(version.roster.0);
        let row: Option<(String,)> = query("SELECT state FROM roster WHERE id = $1")
            .bind(id)
            .row(link)
            .await?;
        let Some((state,)) = row else { continue };
        let roster: Roster = form::read(&state, records::ROSTER, id)?;
        let text = Roll::of(&roster).text();
        rolls.insert(Digest::of(text.as_bytes()), text);
    }
    Ok(rolls)
}
