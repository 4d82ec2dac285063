//! How the server reads the tables for every statement a county sends it, as the server explains each
//! that it runs (`auto_explain`, which `PostgreSQL` brings along).

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tracing_subscriber::fmt::MakeWriter;
use zaigang::time::Moment;

/// One session after the other is told to explain what it does, from its beginning.
const EXPLAINED: [&str; 5] = [
    "LOAD 'auto_explain'",
    "ALTER SYSTEM SET session_preload_libraries = 'auto_explain'",
    "ALTER SYSTEM SET auto_explain.log_min_duration = 0",
    "ALTER SYSTEM SET auto_explain.log_level = 'notice'",
    "SELECT pg_reload_conf()",
];

/// Of a statement, in characters.
const SHOWN: usize = 120;

/// Plays hours of one county once more, and tells by which scans each of its statements was served.
pub async fn told(server: &str, url: &str, data: &Path, now: Moment) {
    let mut session = super::connected(server).await;
    for setting in EXPLAINED {
        super::run(&mut session, setting.to_owned()).await;
    }
    let said = Said::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_ansi(false)
        .with_writer(said.clone())
        .finish();
    let listening = tracing::subscriber::set_default(subscriber);
    super::told("explained", url, data, now).await;
    let keeper = super::opened(url, data).await;
    let due = keeper.due(now, 30, &[]).await.expect("an answer");
    let next = keeper.store().next_due(now).await.expect("an answer");
    println!("{} messages due, the next at {next:?}", due.len());
    keeper.close().await;
    drop(listening);
    for (statement, scans) in said.plans() {
        let shown: String = statement.chars().take(SHOWN).collect();
        println!("{shown}");
        for (scan, times) in scans {
            println!("    {times:6} × {scan}");
        }
    }
}

/// All that is logged.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<u8>>>);

impl Said {
    /// Of each statement, the scans that served it and how often.
    fn plans(&self) -> BTreeMap<String, BTreeMap<String, u32>> {
        let logged = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let text = String::from_utf8_lossy(&logged).replace("\\n", "\n");
        let mut plans: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
        for plan in text.split("Query Text: ").skip(1) {
            let statement = plan.split("(cost=").next().unwrap_or_default();
            // What follows the statement is the plan's first node.
            let statement = statement
                .rsplit_once('\n')
                .map_or(statement, |(said, _)| said);
            // However many values it has, it is one statement.
            let is_further = |word: &&str| word.starts_with('$') && !word.starts_with("$1");
            let words = statement
                .split_whitespace()
                .filter(|word| !is_further(word));
            let words: Vec<&str> = words.collect();
            let used: BTreeSet<String> = plan.lines().filter_map(scan).collect();
            if used.is_empty() {
                continue;
            }
            let scans = plans.entry(words.join(" ")).or_default();
            for scan in used {
                *scans.entry(scan).or_default() += 1;
            }
        }
        plans
    }
}

/// The table and the way it is read, of a line of a plan.
fn scan(line: &str) -> Option<String> {
    let (node, _) = line.split_once("  (cost=")?;
    let node = node.trim().trim_start_matches("->").trim();
    let is_of_a_table = node.contains("Scan") && !node.starts_with("Values");
    is_of_a_table.then(|| node.to_owned())
}

impl Write for Said {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Said {
    type Writer = Said;

    fn make_writer(&'a self) -> Said {
        self.clone()
    }
}
