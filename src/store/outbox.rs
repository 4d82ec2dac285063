//! Messages on their way: queued with what made them necessary, until each is settled.
//!
//! Order is kept twice. In a chat, a message does not pass an earlier one of its own urgency; and
//! a slot's message never passes an earlier one of that slot, however urgent it is.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::link::Link;
use super::query::query;
use super::{CHUNK, Store, StoreError, form};
use crate::decide::{AccountId, Notice, Slot, Urgency};
use crate::time::Moment;

/// A queued message. Never used for another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NoticeId(pub i64);

/// A message that may leave now.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    pub id: NoticeId,
    pub notice: Notice,
    /// How often it was tried in vain.
    pub tries: u32,
    /// After how many of these nobody knows whether it arrived.
    pub unknown_tries: u32,
    /// Its slot's message on the phone: that one is to be edited.
    pub message: Option<i32>,
}

/// What became of a message that was given to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    pub notice: NoticeId,
    pub fate: Fate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// `message` is its number in the chat, where it has one.
    Sent { message: Option<i32> },
    /// A try failed; not again before `at`.
    Later { at: Moment, arrival: Arrival },
    /// The chat has a new number: all that is queued for the old one goes there.
    Moved { to: AccountId },
    /// It will never be taken.
    Dead { why: String },
}

/// Whether a try that was not confirmed may have put the message on the phone all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It was refused, or never left.
    Missed,
    /// Nothing came back.
    Unknown,
}

/// A queued notice `n` that no earlier one holds up.
const NOT_HELD_UP: &str = "n.state = 'queued'
    AND NOT EXISTS (SELECT 1 FROM notice AS e WHERE e.state = 'queued'
        AND e.chat = n.chat AND e.urgency = n.urgency AND e.id < n.id)
    AND NOT EXISTS (SELECT 1 FROM notice AS e WHERE e.state = 'queued'
        AND e.slot = n.slot AND e.chat = n.chat AND e.id < n.id)";

/// How many a chat can have that nothing holds up: one of each urgency.
const URGENCIES: u64 = 5;

type DueRow = (i64, i64, String, i64, i64, Option<i64>);

impl Store {
    /// Messages that may leave at `now`, most urgent first, then oldest: at most `limit`, one to
    /// a chat, none to a chat of `busy`.
    pub async fn due(
        &self,
        now: Moment,
        limit: u32,
        busy: &[AccountId],
    ) -> Result<Vec<Due>, StoreError> {
        // Mostly each is for another chat; where too few are, all that may stand in their way are
        // looked at.
        let few = u64::from(limit) + busy.len() as u64;
        let rows = self.first_rows(now, few).await?;
        let are_all = (rows.len() as u64) < few;
        let due = one_a_chat(rows, limit, busy)?;
        if are_all || due.len() >= limit as usize {
            return Ok(due);
        }
        one_a_chat(self.first_rows(now, few * URGENCIES).await?, limit, busy)
    }

    /// At most `most` messages that nothing holds up, in the order in which they leave.
    async fn first_rows(&self, now: Moment, most: u64) -> Result<Vec<DueRow>, StoreError> {
        let rows = query(
            "SELECT n.id, n.chat, n.notice, n.tries, n.unknown_tries, m.message
             FROM notice AS n
             LEFT JOIN slot_message AS m ON m.slot = n.slot AND m.chat = n.chat WHERE ",
        )
        .push(NOT_HELD_UP)
        .push(" AND n.not_before <= ")
        .push_bind(now.timestamp_millis())
        .push(" ORDER BY n.urgency, n.id LIMIT ")
        .push_bind(i64::try_from(most).unwrap_or(i64::MAX))
        .rows(&mut self.open.readers.acquire().await?.link())
        .await?;
        Ok(rows)
    }

    /// The first moment after `after` at which a message may leave that may not leave yet.
    pub async fn next_due(&self, after: Moment) -> Result<Option<Moment>, StoreError> {
        let millis: Option<i64> = query("SELECT MIN(n.not_before) FROM notice AS n WHERE ")
            .push(NOT_HELD_UP)
            .push(" AND n.not_before > ")
            .push_bind(after.timestamp_millis())
            .value(&mut self.open.readers.acquire().await?.link())
            .await?;
        Ok(millis.and_then(Moment::from_timestamp_millis))
    }
}

pub(super) async fn settle(
    tx: &mut Link<'_>,
    settled: &[Settled],
    now: Moment,
) -> Result<(), StoreError> {
    let arrived = settled.iter().filter_map(|settled| match settled.fate {
        Fate::Sent { message } => Some((settled.notice, message)),
        _ => None,
    });
    sent(tx, &arrived.collect::<Vec<_>>(), now).await?;
    for Settled { notice, fate } in settled {
        match fate {
            Fate::Sent { .. } => {}
            Fate::Later { at, arrival } => {
                query(
                    "UPDATE notice SET tries = tries + 1, unknown_tries = unknown_tries + $2,
                     not_before = $3 WHERE id = $1",
                )
                .bind(notice.0)
                .bind(match arrival {
                    Arrival::Missed => 0_i64,
                    Arrival::Unknown => 1,
                })
                .bind(at.timestamp_millis())
                .run(tx)
                .await?;
            }
            Fate::Moved { to } => moved(tx, *notice, *to).await?,
            Fate::Dead { why } => {
                query(
                    "UPDATE notice SET state = 'dead', why = $2, settled_at = $3
                     WHERE id = $1 AND state = 'queued'",
                )
                .bind(notice.0)
                // PostgreSQL knows no text with a NUL in it.
                .bind(why.replace('\0', "\u{fffd}"))
                .bind(now.timestamp_millis())
                .run(tx)
                .await?;
            }
        }
    }
    Ok(())
}

/// Also of one withdrawn or replaced while it was on its way: it did arrive.
async fn sent(
    tx: &mut Link<'_>,
    arrived: &[(NoticeId, Option<i32>)],
    now: Moment,
) -> Result<(), StoreError> {
    for chunk in arrived.chunks(CHUNK) {
        let rows = chunk
            .iter()
            .map(|(notice, message)| [notice.0.into(), message.map(i64::from).into()]);
        let mut homes: Vec<(i64, Option<String>, i64, Option<i64>)> =
            query("WITH arrived (id, message) AS (")
                .push_rows(rows)
                .push(
                    ") UPDATE notice SET state = 'sent', message = arrived.message, settled_at = ",
                )
                .push_bind(now.timestamp_millis())
                .push(
                    " FROM arrived WHERE notice.id = arrived.id
                    RETURNING notice.id, notice.slot, notice.chat, notice.message",
                )
                .rows(tx)
                .await?;
        homes.sort_unstable();
        let slots: BTreeMap<(String, i64), i64> = homes
            .into_iter()
            .filter_map(|(_, slot, chat, message)| Some(((slot?, chat), message?)))
            .collect();
        if slots.is_empty() {
            continue;
        }
        let rows = slots.into_iter();
        let rows = rows.map(|((slot, chat), message)| [slot.into(), chat.into(), message.into()]);
        query("INSERT INTO slot_message (slot, chat, message) ")
            .push_rows(rows)
            .push(" ON CONFLICT (slot, chat) DO UPDATE SET message = excluded.message")
            .run(tx)
            .await?;
    }
    Ok(())
}

async fn moved(tx: &mut Link<'_>, notice: NoticeId, to: AccountId) -> Result<(), StoreError> {
    let home: Option<(i64,)> =
        query("UPDATE notice SET tries = tries + 1 WHERE id = $1 RETURNING chat")
            .bind(notice.0)
            .row(tx)
            .await?;
    let Some((from,)) = home else { return Ok(()) };
    query("UPDATE notice SET chat = $1 WHERE state = 'queued' AND chat = $2")
        .bind(to.0)
        .bind(from)
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn withdraw(
    tx: &mut Link<'_>,
    slots: &[Slot],
    now: Moment,
) -> Result<(), StoreError> {
    let slots: Vec<String> = slots.iter().map(Slot::to_string).collect();
    for chunk in slots.chunks(CHUNK) {
        query("UPDATE notice SET state = 'withdrawn', settled_at = ")
            .push_bind(now.timestamp_millis())
            .push(" WHERE state = 'queued' AND slot IN ")
            .push_list(chunk)
            .run(tx)
            .await?;
    }
    Ok(())
}

pub(super) async fn queue(
    tx: &mut Link<'_>,
    notices: &[Notice],
    now: Moment,
) -> Result<(), StoreError> {
    if notices.is_empty() {
        return Ok(());
    }
    let last: Option<i64> = query("SELECT MAX(id) FROM notice").value(tx).await?;
    let ids = last.unwrap_or(0) + 1..;
    let rows: Vec<(i64, &Notice, String)> = ids
        .zip(notices)
        .map(|(id, notice)| Ok((id, notice, form::written(notice, "notice", id)?)))
        .collect::<Result<_, StoreError>>()?;
    for chunk in rows.chunks(CHUNK) {
        // Not before 0, and not `now`: a clock set back would hold up what is new.
        let (not_before, tries, unknown_tries) = (0_i64, 0_i64, 0_i64);
        let rows = chunk.iter().map(|(id, notice, json)| {
            [
                (*id).into(),
                "queued".into(),
                notice.to.0.into(),
                rank(notice.urgency).into(),
                notice.slot.map(|slot| slot.to_string()).into(),
                json.into(),
                now.timestamp_millis().into(),
                not_before.into(),
                tries.into(),
                unknown_tries.into(),
            ]
        });
        query(
            "INSERT INTO notice (id, state, chat, urgency, slot, notice, queued_at, not_before,
             tries, unknown_tries) ",
        )
        .push_rows(rows)
        .run(tx)
        .await?;
    }
    let slots: BTreeSet<Slot> = notices.iter().filter_map(|n| n.slot).collect();
    let slots: Vec<String> = slots.iter().map(Slot::to_string).collect();
    replace_edits(tx, &slots, now).await
}

/// Of the edits queued for one message, only the latest is sent.
async fn replace_edits(tx: &mut Link<'_>, slots: &[String], now: Moment) -> Result<(), StoreError> {
    for chunk in slots.chunks(CHUNK) {
        query("UPDATE notice SET state = 'replaced', settled_at = ")
            .push_bind(now.timestamp_millis())
            .push(" WHERE state = 'queued' AND slot IN ")
            .push_list(chunk)
            .push(
                " AND EXISTS (
                SELECT 1 FROM notice AS l WHERE l.state = 'queued'
                AND l.slot = notice.slot AND l.chat = notice.chat AND l.id > notice.id)
            AND (EXISTS (
                SELECT 1 FROM slot_message AS m
                WHERE m.slot = notice.slot AND m.chat = notice.chat)
            OR EXISTS (
                SELECT 1 FROM notice AS e WHERE e.state = 'queued'
                AND e.slot = notice.slot AND e.chat = notice.chat AND e.id < notice.id))",
            )
            .run(tx)
            .await?;
    }
    Ok(())
}

/// The first of each chat but those of `busy`; at most `limit`.
fn one_a_chat(rows: Vec<DueRow>, limit: u32, busy: &[AccountId]) -> Result<Vec<Due>, StoreError> {
    let mut taken: HashSet<i64> = busy.iter().map(|chat| chat.0).collect();
    rows.into_iter()
        .filter(|(_, chat, ..)| taken.insert(*chat))
        .take(limit as usize)
        .map(due)
        .collect()
}

fn due((id, chat, notice, tries, unknown_tries, message): DueRow) -> Result<Due, StoreError> {
    let what = "notice";
    let damaged = |_| StoreError::Damaged { what, id };
    let notice: Notice = form::read(&notice, what, id)?;
    Ok(Due {
        id: NoticeId(id),
        // The row's chat stands: it may have moved since.
        notice: Notice {
            to: AccountId(chat),
            ..notice
        },
        tries: u32::try_from(tries).map_err(damaged)?,
        unknown_tries: u32::try_from(unknown_tries).map_err(damaged)?,
        message: message.map(i32::try_from).transpose().map_err(damaged)?,
    })
}

fn rank(urgency: Urgency) -> i64 {
    match urgency {
        Urgency::Receipt => 0,
        Urgency::Ping => 1,
        Urgency::Escalation => 2,
        Urgency::Report => 3,
        Urgency::Stranger => 4,
    }
}
