//! Records to rows and back: a table per kind, a row per thing, its state as JSON.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::link::Link;
use super::query::query;
use super::{CHUNK, Store, StoreError, form};
use crate::decide::{Key, Policy, Record, RosterId, World};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(super) const CURSOR: &str = "cursor";
pub(super) const KEY: &str = "key";
const BOT: &str = "bot";
const HEARING: &str = "hearing";
const HEAD_TOLD: &str = "head_told";

const ACCOUNT: &str = "account";
const UPLOAD: &str = "upload";
pub(super) const ROSTER: &str = "roster";
pub(super) const VERSION: &str = "version";
const ROUND: &str = "round";
const CHECK: &str = "check_";
const LEAVE: &str = "leave";
const DRAW: &str = "draw";
const CONTACT: &str = "contact";
const DAILY_REPORT: &str = "daily_report";
const DAILY_MARK: &str = "daily_mark";
const PAGE: &str = "page";
const CIRCULAR: &str = "circular";
const GIVEN: &str = "given";

/// Where a record is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Home {
    Row { table: &'static str, id: i64 },
    Fact(&'static str),
}

impl Store {
    /// All that has been committed, as decisions need it.
    pub async fn world(&self, policy: Policy, key: Key) -> Result<World, StoreError> {
        // One snapshot: a commit in between is seen whole or not at all.
        let mut reader = self.open.readers.acquire().await?;
        let mut tx = reader.snapshot().await?;
        world(&mut tx.link(), policy, key).await
    }
}

/// All of it, as `link` sees it.
pub(super) async fn world(
    link: &mut Link<'_>,
    policy: Policy,
    key: Key,
) -> Result<World, StoreError> {
    let mut world = World::new(policy, key);
    for (_, account) in rows(link, ACCOUNT).await? {
        world.put(Record::Account(account));
    }
    for (_, upload) in rows(link, UPLOAD).await? {
        world.put(Record::Upload(upload));
    }
    for (id, roster) in rows(link, ROSTER).await? {
        let what = ROSTER;
        let number = u32::try_from(id).map_err(|_| StoreError::Damaged { what, id })?;
        world.put(Record::Roster(RosterId(number), Arc::new(roster)));
    }
    for (_, version) in rows(link, VERSION).await? {
        world.put(Record::Version(version));
    }
    for (_, round) in rows(link, ROUND).await? {
        world.put(Record::Round(round));
    }
    for (_, check) in rows(link, CHECK).await? {
        world.put(Record::Check(check));
    }
    for (_, leave) in rows(link, LEAVE).await? {
        world.put(Record::Leave(Box::new(leave)));
    }
    for (_, contact) in rows(link, CONTACT).await? {
        world.put(Record::Contact(contact));
    }
    for (_, report) in rows(link, DAILY_REPORT).await? {
        world.put(Record::DailyReport(report));
    }
    for (_, page) in rows(link, PAGE).await? {
        world.put(Record::Page(page));
    }
    if let Some(mark) = fact(link, DAILY_MARK).await? {
        world.put(Record::DailyMark(mark));
    }
    for (_, proceeding) in rows(link, CIRCULAR).await? {
        world.put(Record::Circular(Box::new(proceeding)));
    }
    for (_, draw) in rows(link, DRAW).await? {
        world.put(Record::Draw(draw));
    }
    if let Some(hearing) = fact(link, HEARING).await? {
        world.put(Record::Hearing(hearing));
    }
    if let Some(bot) = fact(link, BOT).await? {
        world.put(Record::Bot(bot));
    }
    if let Some(told) = fact(link, HEAD_TOLD).await? {
        world.put(Record::HeadTold(told));
    }
    if let Some(given) = fact(link, GIVEN).await? {
        world.put(Record::Given(given));
    }
    Ok(world)
}

/// Writes `records`; of several about the same thing the last one stands.
pub(super) async fn put(tx: &mut Link<'_>, records: &[Record]) -> Result<(), StoreError> {
    let latest: BTreeMap<Home, &Record> = records.iter().map(|r| (home(r), r)).collect();
    let mut tables: BTreeMap<&'static str, Vec<(i64, String)>> = BTreeMap::new();
    for (home, record) in latest {
        match home {
            Home::Row { table, id } => {
                let state = state(record, table, id)?;
                tables.entry(table).or_default().push((id, state));
            }
            Home::Fact(name) => put_state(tx, name, state(record, name, 0)?).await?,
        }
    }
    for (table, rows) in tables {
        for chunk in rows.chunks(CHUNK) {
            let rows = chunk.iter().map(|(id, state)| [(*id).into(), state.into()]);
            query("INSERT INTO ")
                .push(table)
                .push(" (id, state) ")
                .push_rows(rows)
                .push(" ON CONFLICT (id) DO UPDATE SET state = excluded.state")
                .run(tx)
                .await?;
        }
    }
    Ok(())
}

/// The one value of that name.
pub(super) async fn fact<T: DeserializeOwned>(
    link: &mut Link<'_>,
    name: &'static str,
) -> Result<Option<T>, StoreError> {
    let row: Option<(String,)> = query("SELECT state FROM fact WHERE name = $1")
        .bind(name)
        .row(link)
        .await?;
    row.map(|(state,)| form::read(&state, name, 0)).transpose()
}

pub(super) async fn put_fact<T: Serialize>(
    tx: &mut Link<'_>,
    name: &'static str,
    value: &T,
) -> Result<(), StoreError> {
    put_state(tx, name, form::written(value, name, 0)?).await
}

async fn put_state(tx: &mut Link<'_>, name: &'static str, state: String) -> Result<(), StoreError> {
    query(
        "INSERT INTO fact (name, state) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET state = excluded.state",
    )
    .bind(name)
    .bind(state)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn rows<T: DeserializeOwned>(
    link: &mut Link<'_>,
    table: &'static str,
) -> Result<Vec<(i64, T)>, StoreError> {
    let rows: Vec<(i64, String)> = query("SELECT id, state FROM ")
        .push(table)
        .push(" ORDER BY id")
        .rows(link)
        .await?;
    rows.into_iter()
        .map(|(id, state)| Ok((id, form::read(&state, table, id)?)))
        .collect()
}

fn home(record: &Record) -> Home {
    let row = |table, id| Home::Row { table, id };
    match record {
        Record::Account(account) => row(ACCOUNT, account.id.0),
        Record::Upload(upload) => row(UPLOAD, upload.id.0.into()),
        Record::Roster(id, _) => row(ROSTER, id.0.into()),
        Record::Version(version) => row(VERSION, version.number.into()),
        Record::Round(round) => row(ROUND, round.id.0.into()),
        Record::Check(check) => row(CHECK, check.id.0.into()),
        Record::Hearing(_) => Home::Fact(HEARING),
        Record::Bot(_) => Home::Fact(BOT),
        Record::Leave(leave) => row(LEAVE, leave.id.0.into()),
        Record::Draw(draw) => row(DRAW, draw.id.0.into()),
        Record::HeadTold(_) => Home::Fact(HEAD_TOLD),
        Record::Contact(contact) => row(CONTACT, contact.account.0),
        Record::DailyReport(report) => row(DAILY_REPORT, report.id.0.into()),
        Record::DailyMark(_) => Home::Fact(DAILY_MARK),
        Record::Page(page) => row(PAGE, page.id.0.into()),
        Record::Circular(proceeding) => row(CIRCULAR, proceeding.id.0.into()),
        Record::Given(_) => Home::Fact(GIVEN),
    }
}

fn state(record: &Record, what: &'static str, id: i64) -> Result<String, StoreError> {
    match record {
        Record::Account(account) => form::written(account, what, id),
        Record::Upload(upload) => form::written(upload, what, id),
        Record::Roster(_, roster) => form::written(roster, what, id),
        Record::Version(version) => form::written(version, what, id),
        Record::Round(round) => form::written(round, what, id),
        Record::Check(check) => form::written(check, what, id),
        Record::Hearing(hearing) => form::written(hearing, what, id),
        Record::Bot(name) => form::written(name, what, id),
        Record::Leave(leave) => form::written(leave, what, id),
        Record::Draw(draw) => form::written(draw, what, id),
        Record::HeadTold(told) => form::written(told, what, id),
        Record::Contact(contact) => form::written(contact, what, id),
        Record::DailyReport(report) => form::written(report, what, id),
        Record::DailyMark(mark) => form::written(mark, what, id),
        Record::Page(page) => form::written(page, what, id),
        Record::Circular(proceeding) => form::written(proceeding, what, id),
        Record::Given(given) => form::written(given, what, id),
    }
}
