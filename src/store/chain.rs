use super::link::Link;
use super::query::query;
use super::{CHUNK, Store, StoreError};
use crate::journal::{self, Entry};

/// One line of the journal as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// From 1, without a gap.
    pub number: i64,
    /// The very text its link is made of.
    pub entry_json: String,
    pub link: [u8; 32],
}

/// Where the chain stands: the last line's number and link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub number: i64,
    pub link: [u8; 32],
}

impl Store {
    /// `None` while nothing has been written.
    pub async fn journal_head(&self) -> Result<Option<Head>, StoreError> {
        head(&mut self.open.readers.acquire().await?.link()).await
    }

    /// At most `limit` lines, in order, after the line of that number; 0 for the first.
    pub async fn journal_after(&self, number: i64, limit: u32) -> Result<Vec<Line>, StoreError> {
        let rows = query(
            "SELECT number, entry, link FROM journal WHERE number > $1 ORDER BY number LIMIT $2",
        )
        .bind(number)
        .bind(i64::from(limit))
        .rows(&mut self.open.readers.acquire().await?.link())
        .await?;
        lines(rows)
    }
}

/// Lines as rows of number, entry and link have them.
pub(super) fn lines(rows: Vec<(i64, String, Vec<u8>)>) -> Result<Vec<Line>, StoreError> {
    rows.into_iter()
        .map(|(number, entry_json, link)| {
            Ok(Line {
                number,
                entry_json,
                link: link_read(link, number)?,
            })
        })
        .collect()
}

/// Where the chain stands with `entries`, if there are any.
pub(super) async fn append(
    tx: &mut Link<'_>,
    entries: &[Entry],
) -> Result<Option<Head>, StoreError> {
    if entries.is_empty() {
        return Ok(None);
    }
    let before = head(tx).await?.unwrap_or(Head {
        number: 0,
        link: journal::ORIGIN,
    });
    let (lines, head) = lines_after(before, entries)?;
    let rows: Vec<(&Line, &Entry)> = lines.iter().zip(entries).collect();
    for chunk in rows.chunks(CHUNK) {
        let rows = chunk.iter().map(|(line, entry)| {
            [
                line.number.into(),
                entry.at.timestamp_millis().into(),
                (&line.entry_json).into(),
                line.link.into(),
            ]
        });
        let insert = query("INSERT INTO journal (number, at, entry, link) ");
        insert.push_rows(rows).run(tx).await?;
    }
    query(
        "INSERT INTO journal_head (only_row, number, link) VALUES (1, $1, $2)
         ON CONFLICT (only_row) DO UPDATE SET number = excluded.number, link = excluded.link",
    )
    .bind(head.number)
    .bind(head.link)
    .run(tx)
    .await?;
    Ok(Some(head))
}

/// The lines `entries` make when the chain stands at `head`, and where it stands then.
fn lines_after(mut head: Head, entries: &[Entry]) -> Result<(Vec<Line>, Head), StoreError> {
    let mut lines = Vec::with_capacity(entries.len());
    for entry in entries {
        head.number += 1;
        let entry_json = serde_json::to_string(entry).map_err(|_| StoreError::Unwritable {
            what: "journal",
            id: head.number,
        })?;
        head.link = journal::link(&head.link, &entry_json);
        lines.push(Line {
            number: head.number,
            entry_json,
            link: head.link,
        });
    }
    Ok((lines, head))
}

pub(super) async fn head(link: &mut Link<'_>) -> Result<Option<Head>, StoreError> {
    let row: Option<(i64, Vec<u8>)> = query("SELECT number, link FROM journal_head")
        .row(link)
        .await?;
    row.map(|(number, link)| {
        Ok(Head {
            number,
            link: link_read(link, number)?,
        })
    })
    .transpose()
}

fn link_read(link: Vec<u8>, number: i64) -> Result<[u8; 32], StoreError> {
    link.try_into().map_err(|_| StoreError::Damaged {
        what: "journal",
        id: number,
    })
}
