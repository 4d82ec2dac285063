//! What the store promises, on a real file and on a real server.

mod any;
mod journal;
mod keeping;
mod migrations;
mod order;
mod outbox;
mod samples;
mod seen;
mod world;

use std::collections::BTreeSet;

use samples::Home;
use tempfile::TempDir;
use zaigang::decide::{
    Account, AccountId, Change, Key, Lang, Notice, Policy, Record, Say, Slot, Urgency,
};
use zaigang::spotcheck::{Ladder, Measure};
use zaigang::store::{Commit, Settled, Store};
use zaigang::time::{Moment, Zone};

const URL: &str = "sqlite:zaigang.db";

/// So many milliseconds into the afternoon of the second day off.
fn at(millis: i64) -> Moment {
    Moment::from_timestamp_millis(1_790_920_000_000 + millis).unwrap()
}

fn policy() -> Policy {
    Policy {
        zone: Zone::default(),
        lang: Lang::Zh,
        handover_minute: 8 * 60,
        period: None,
        ladder: ladder(),
        units: Vec::new(),
        measure: Measure::NONE,
        desk_url: "http://127.0.0.1:8080".to_owned(),
        daily: zaigang::decide::Daily::default(),
        letterhead: zaigang::decide::Letterhead::default(),
    }
}

fn ladder() -> Ladder {
    Ladder {
        window_ms: 300_000,
        reminder_ms: Some(150_000),
        drain_ms: 60_000,
        asking_patience_ms: 600_000,
        rung_patience_ms: 300_000,
        away_ms: 600_000,
    }
}

fn key() -> Key {
    Key::new([7; 32])
}

fn account(id: i64, name: &str) -> Account {
    Account::new(AccountId(id), name)
}

fn knowing(accounts: impl IntoIterator<Item = Account>) -> Change {
    Change {
        records: accounts.into_iter().map(Record::Account).collect(),
        ..Change::default()
    }
}

fn saying(notices: impl IntoIterator<Item = Notice>) -> Change {
    Change {
        notices: notices.into_iter().collect(),
        ..Change::default()
    }
}

/// A message to `to` that can be told from others by its `text`.
fn notice(to: i64, urgency: Urgency, slot: Option<Slot>, text: &str) -> Notice {
    Notice {
        to: AccountId(to),
        lang: Lang::Zh,
        urgency,
        slot,
        say: Say::UnknownCommand {
            command: text.to_owned(),
        },
    }
}

fn text(notice: &Notice) -> &str {
    match &notice.say {
        Say::UnknownCommand { command } => command,
        other => panic!("not a message of these tests: {other:?}"),
    }
}

static NOBODY: BTreeSet<i64> = BTreeSet::new();

fn commit_of(change: &Change) -> Commit<'_> {
    Commit {
        inbox: &[],
        strangers: &NOBODY,
        brought: &[],
        cursor: None,
        settled: &[],
        change,
        bytes: None,
        now: at(0),
    }
}

async fn commit(store: &Store, change: &Change) {
    store.commit(&commit_of(change)).await.unwrap();
}

async fn settle(store: &Store, settled: &[Settled]) {
    let change = Change::default();
    let commit = Commit {
        settled,
        ..commit_of(&change)
    };
    store.commit(&commit).await.unwrap();
}
