//! Everything that is kept, carried from one database to another: all of it or nothing, and the
//! journal worked out anew where it arrives.

use futures_util::TryStreamExt as _;

use super::link::{Link, Tx};
use super::open::{Opened, opened};
use super::query::{Column, query};
use super::{CHUNK, Head, Place, Store, StoreError, chain};
use crate::journal;
use std::path::Path;

/// What was carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Every table and its rows, in the order they were carried.
    pub rows: Vec<(&'static str, u64)>,
    /// Where the journal stood before; `None` where it has no line.
    pub before: Option<Head>,
    /// Where its lines lead, worked out anew from those that arrived. The same.
    pub after: Option<Head>,
}

/// Why nothing was carried.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CarryError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("nothing is kept there yet")]
    Absent,
    #[error("the target holds {rows} rows of {table}")]
    NotEmpty { table: &'static str, rows: u64 },
    #[error("the journal that arrived is another one")]
    AnotherJournal,
}

use Column::{Bytes, Number, Text};

/// A table with its columns.
type Table = (&'static str, &'static [(&'static str, Column)]);

const STATES: &[(&str, Column)] = &[("id", Number), ("state", Text)];

/// Whom others refer to comes first.
const TABLES: &[Table] = &[
    ("account", STATES),
    ("upload", STATES),
    ("roster", STATES),
    ("version", STATES),
    ("round", STATES),
    ("check_", STATES),
    ("draw", STATES),
    ("leave", STATES),
    ("contact", STATES),
    ("daily_report", STATES),
    ("page", STATES),
    ("circular", STATES),
    ("fact", &[("name", Text), ("state", Text)]),
    (
        "upload_bytes",
        &[("upload", Number), ("sha256", Bytes), ("bytes", Bytes)],
    ),
    (
        "inbox",
        &[
            ("update_id", Number),
            ("sha256", Bytes),
            ("raw", Text),
            ("received_at", Number),
            ("stranger", Number),
        ],
    ),
    (
        "brought",
        &[("update_id", Number), ("sha256", Bytes), ("raw", Text)],
    ),
    (
        "notice",
        &[
            ("id", Number),
            ("state", Text),
            ("chat", Number),
            ("urgency", Number),
            ("slot", Text),
            ("notice", Text),
            ("queued_at", Number),
            ("not_before", Number),
            ("tries", Number),
            ("unknown_tries", Number),
            ("settled_at", Number),
            ("message", Number),
            ("why", Text),
        ],
    ),
    (
        "slot_message",
        &[("slot", Text), ("chat", Number), ("message", Number)],
    ),
    (
        "journal",
        &[
            ("number", Number),
            ("at", Number),
            ("entry", Text),
            ("link", Bytes),
        ],
    ),
    (
        "journal_head",
        &[("only_row", Number), ("number", Number), ("link", Bytes)],
    ),
];

/// Files are large: so many at a time are in memory.
const FILES: usize = 4;
/// And so many lines of the journal.
const LINES: i64 = 1_000;

impl Store {
    /// Carries everything kept at `from` to the empty database at `to`, in one transaction; `data`
    /// is the folder of the deployment. Neither may be in use.
    pub async fn carried(from: &Place, to: &Place, data: &Path) -> Result<Carried, CarryError> {
        if matches!(from, Place::File(file) if !file.exists()) {
            return Err(CarryError::Absent);
        }
        let source = opened(from, data).await?;
        let target = match opened(to, data).await {
            Ok(target) => target,
            Err(error) => {
                source.close().await;
                return Err(error.into());
            }
        };
        let carried = between(&source, &target).await;
        target.close().await;
        source.close().await;
        carried
    }
}

async fn between(source: &Opened, target: &Opened) -> Result<Carried, CarryError> {
    let mut reader = source.readers.acquire().await.map_err(StoreError::from)?;
    let mut writer = target.writer.acquire().await.map_err(StoreError::from)?;
    let mut from = reader.snapshot().await.map_err(StoreError::from)?;
    let mut to = writer.writing().await.map_err(StoreError::from)?;
    for (table, _) in TABLES {
        let rows = count(table, &mut to.link()).await?;
        if rows > 0 {
            return Err(CarryError::NotEmpty { table, rows });
        }
    }
    let mut rows = Vec::with_capacity(TABLES.len());
    for table in TABLES {
        rows.push((table.0, carry(table, &mut from, &mut to).await?));
    }
    let before = chain::head(&mut from.link()).await?;
    let after = worked_out(&mut to.link()).await?;
    if before != after || chain::head(&mut to.link()).await? != after {
        return Err(CarryError::AnotherJournal);
    }
    to.commit().await.map_err(StoreError::from)?;
    Ok(Carried {
        rows,
        before,
        after,
    })
}

/// How many rows of `table` were carried.
async fn carry(table: &Table, from: &mut Tx<'_>, to: &mut Tx<'_>) -> Result<u64, StoreError> {
    let (name, columns) = table;
    let at_once = if *name == "upload_bytes" {
        FILES
    } else {
        CHUNK
    };
    let kinds: Vec<Column> = columns.iter().map(|(_, kind)| *kind).collect();
    let mut sent = 0;
    let link = &mut from.link();
    let mut rows = listed(query("SELECT "), columns)
        .push(" FROM ")
        .push(name)
        .stream(kinds, link)
        .try_chunks(at_once);
    while let Some(chunk) = rows.try_next().await.map_err(|error| error.1)? {
        sent += chunk.len() as u64;
        listed(query("INSERT INTO ").push(name).push(" ("), columns)
            .push(") ")
            .push_rows(chunk)
            .run(&mut to.link())
            .await?;
    }
    Ok(sent)
}

/// The names of `columns`, after what there is.
fn listed<'q>(
    mut query: super::query::Query<'q>,
    columns: &[(&'static str, Column)],
) -> super::query::Query<'q> {
    let mut before = "";
    for (name, _) in columns {
        query = query.push(before).push(name);
        before = ", ";
    }
    query
}

async fn count(table: &'static str, link: &mut Link<'_>) -> Result<u64, StoreError> {
    let rows: i64 = query("SELECT COUNT(*) FROM ")
        .push(table)
        .value(link)
        .await?;
    Ok(rows.unsigned_abs())
}

/// Where the lines lead, each linked to the one before.
async fn worked_out(link: &mut Link<'_>) -> Result<Option<Head>, StoreError> {
    let mut head = Head {
        number: 0,
        link: journal::ORIGIN,
    };
    loop {
        let lines: Vec<(i64, String)> =
            query("SELECT number, entry FROM journal WHERE number > $1 ORDER BY number LIMIT $2")
                .bind(head.number)
                .bind(LINES)
                .rows(link)
                .await?;
        if lines.is_empty() {
            return Ok((head.number > 0).then_some(head));
        }
        for (number, entry) in lines {
            head = Head {
                number,
                link: journal::link(&head.link, &entry),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[tokio::test]
    async fn no_table_is_left_behind() {
        let data = tempfile::tempdir().unwrap();
        let place = Place::of("sqlite:zaigang.db", data.path()).unwrap();
        let opened = opened(&place, data.path()).await.unwrap();
        let mut reader = opened.readers.acquire().await.unwrap();
        let columns: Vec<(String, String)> = query(
            "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
             WHERE t.type = 'table' AND t.name NOT IN ('_sqlx_migrations', 'lease')",
        )
        .rows(&mut reader.link())
        .await
        .unwrap();
        let there: BTreeSet<(String, String)> = columns.into_iter().collect();
        let carried = TABLES.iter().flat_map(|(table, columns)| {
            let columns = columns.iter();
            columns.map(|(column, _)| ((*table).to_owned(), (*column).to_owned()))
        });
        assert_eq!(there, carried.collect());
    }
}
