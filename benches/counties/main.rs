//! Thousands of counties in one database, each in a schema of its own: what opening one, its ticks and
//! its desk cost among all the others, beside the same county alone. `cargo bench --bench counties`;
//! `-- 300` for so many counties instead of 2,850.

mod county;
mod plans;
#[path = "../../tests/postgres.rs"]
#[allow(dead_code, unused_imports, reason = "its own test is the suite's")]
mod postgres;

use std::fmt::Write as _;
use std::future::Future;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use zaigang::engine::{Keeper, Reading, Rest};
use zaigang::store::Store;
use zaigang::time::Moment;

const COUNTIES: usize = 2_850;
/// Counties that are opened, one after the other, spread over all.
const OPENED: usize = 10;
const HOURS: TimeDelta = TimeDelta::hours(12);
/// Counties that are open at once, to see what one costs.
const AT_ONCE: usize = 20;
/// Schemas made in one transaction.
const BATCH: usize = 20;

#[tokio::main]
async fn main() {
    let mut words = std::env::args().skip(1);
    let counties = words.find_map(|word| word.parse().ok()).unwrap_or(COUNTIES);
    let Some(server) = postgres::server() else {
        return;
    };
    let data = tempfile::tempdir().expect("a temporary folder");
    let alone = server.fresh_database();
    let (begun, now) = (
        Instant::now(),
        county::played(&of(&alone, 0), data.path()).await,
    );
    println!(
        "one county played in {:.1} s",
        begun.elapsed().as_secs_f64()
    );
    let all = server.fresh_database();
    county::played(&of(&all, 0), data.path()).await;
    let begun = Instant::now();
    copied(&all, counties).await;
    println!(
        "{counties} counties of {} units in {:.0} s, {}",
        county::UNITS,
        begun.elapsed().as_secs_f64(),
        size(&all).await,
    );
    // From now on a commit waits for the disk.
    asked::<bool>(
        &all,
        "ALTER SYSTEM SET fsync = on",
        "SELECT pg_reload_conf()",
    )
    .await;
    println!(
        "               open ms   ticks  p50 ms  p99 ms  max ms  judged ms  wake? ms  desk ms"
    );
    told("alone", &of(&alone, 0), data.path(), now).await;
    for at in 0..OPENED {
        let county = at * (counties - 1) / (OPENED - 1);
        told(
            &format!("county {county}"),
            &of(&all, county),
            data.path(),
            now,
        )
        .await;
    }
    scans(&all, counties - 1).await;
    plans::told(&all, &of(&all, counties / 2), data.path(), now).await;
    open_at_once(&all, counties, data.path()).await;
}

fn schema(county: usize) -> String {
    format!("county_{county}")
}

fn of(url: &str, county: usize) -> String {
    format!("{url}&schema={}", schema(county))
}

/// The first county, as often as it takes.
async fn copied(url: &str, counties: usize) {
    let mut server = connected(url).await;
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'county_0'",
    )
    .fetch_all(&mut server)
    .await
    .expect("tables");
    let rest: Vec<usize> = (1..counties).collect();
    for batch in rest.chunks(BATCH) {
        let mut sql = String::from("BEGIN;");
        for county in batch {
            let to = schema(*county);
            let _ = write!(sql, "CREATE SCHEMA {to};");
            for table in &tables {
                let _ = write!(
                    sql,
                    "CREATE TABLE {to}.{table} (LIKE county_0.{table} INCLUDING ALL);
                     INSERT INTO {to}.{table} SELECT * FROM county_0.{table};"
                );
            }
        }
        sql.push_str("COMMIT;");
        run(&mut server, sql).await;
    }
    run(&mut server, "ANALYZE".to_owned()).await;
}

/// What one county costs, whoever else is in its database, over some hours of its own time.
async fn told(name: &str, url: &str, data: &Path, now: Moment) {
    let (opening, mut keeper) = timed(opened(url, data)).await;
    keeper.started([7; 32], now).await.expect("it begins");
    let (mut ticks, mut judged) = (Vec::new(), Duration::ZERO);
    let (mut now, end) = (now, now + HOURS);
    while now < end {
        let soon = now + TimeDelta::seconds(30);
        let wake = keeper.next_wake().unwrap_or(soon);
        now = wake.clamp(now + TimeDelta::milliseconds(100), soon);
        let before = keeper.changes();
        let (took, kept) = timed(keeper.tick(now)).await;
        kept.expect("it is kept");
        if keeper.changes() > before {
            ticks.push(took);
        }
        let dry = Reading {
            updates: Vec::new(),
            began: now,
            dated: None,
            rest: Rest::Dry,
        };
        let (took, heard) = timed(keeper.hear(&dry, now, &mut || [7; 32])).await;
        heard.expect("it is kept");
        judged = judged.max(took);
    }
    let (waking, _) = timed(async { keeper.next_wake() }).await;
    let (desk, ()) = timed(looked(&keeper)).await;
    ticks.sort_unstable();
    let ms = |took: Duration| took.as_secs_f64() * 1e3;
    let most = ticks.len() - 1;
    println!(
        "{name:<12}{:10.1}{:8}{:8.2}{:8.2}{:8.2}{:11.1}{:11.3}{:9.2}",
        ms(opening),
        ticks.len(),
        ms(ticks[most / 2]),
        ms(ticks[most * 99 / 100]),
        ms(ticks[most]),
        ms(judged),
        ms(waking),
        ms(desk),
    );
    keeper.close().await;
}

async fn opened(url: &str, data: &Path) -> Keeper {
    let store = Store::open(url, data).await.expect("nobody else has it");
    let keeper = Keeper::new(store, county::policy(), [7; 32]).await;
    keeper.expect("a county")
}

/// All that a page of the desk asks for.
async fn looked(keeper: &Keeper) {
    let archive = keeper.store().archive();
    let world = keeper.world().clone();
    let queued = archive.queued().await.expect("an answer");
    let lines = archive.journal_before(None, 50).await.expect("an answer");
    assert!(!world.checks.is_empty() && queued > 0 && !lines.is_empty());
}

/// How the tables of one county were read, by the server's own count.
async fn scans(url: &str, county: usize) {
    let mut server = connected(url).await;
    let rows: Vec<(String, i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT relname::text, n_live_tup, seq_scan, seq_tup_read, idx_scan
         FROM pg_stat_user_tables WHERE schemaname = $1 AND seq_scan + idx_scan > 0
         ORDER BY seq_tup_read DESC",
    )
    .bind(schema(county))
    .fetch_all(&mut server)
    .await
    .expect("the server counts");
    println!("table of county {county}    rows   whole reads   rows read   by index");
    for (table, live, whole, read, index) in rows {
        println!("{table:<22}{live:9}{whole:14}{read:12}{index:11}");
    }
}

/// What each of several open counties needs.
async fn open_at_once(url: &str, counties: usize, data: &Path) {
    let before = memory_kib();
    let mut keepers = Vec::with_capacity(AT_ONCE);
    for county in 0..AT_ONCE.min(counties) {
        keepers.push(opened(&of(url, county), data).await);
    }
    let each = (memory_kib() - before) / keepers.len();
    let sessions: i64 = asked(
        url,
        "SELECT 1",
        "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'zaigang'",
    )
    .await;
    println!("{AT_ONCE} open at once: {each} KiB and {sessions} sessions in all");
    for keeper in keepers {
        keeper.close().await;
    }
}

async fn size(url: &str) -> String {
    asked(
        url,
        "SELECT 1",
        "SELECT pg_size_pretty(pg_database_size(current_database()))",
    )
    .await
}

async fn connected(url: &str) -> PgConnection {
    PgConnection::connect(url)
        .await
        .expect("the server is there")
}

async fn run(server: &mut PgConnection, sql: String) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql)).execute(server).await;
    done.expect("the server does it");
}

/// The one value of `question`, after `first`.
async fn asked<T>(url: &str, first: &'static str, question: &'static str) -> T
where
    T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Send + Unpin,
{
    let mut server = connected(url).await;
    run(&mut server, first.to_owned()).await;
    let answer = sqlx::query_scalar(question).fetch_one(&mut server).await;
    answer.expect("an answer")
}

async fn timed<T>(task: impl Future<Output = T>) -> (Duration, T) {
    let begun = Instant::now();
    let done = task.await;
    (begun.elapsed(), done)
}

fn memory_kib() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let own = status.lines().find(|line| line.starts_with("VmRSS"));
    let own = own.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    own.unwrap_or_default()
}
