//! Reading Telegram's queue: one reading at a time, the next only when the last is on the disk.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{oneshot, watch};

use super::keeper::NUMBERS_HOLD;
use super::{Mail, Post, Reading, Rest, Stopping};
use crate::clock::Clock;
use crate::store::RawUpdate;
use crate::telegram::{Bot, PollError, Raw};
use crate::time::{Moment, TimeDelta};

/// The longest a reading waits for something to come.
const LONGEST_SECS: u32 = 10;
const PATIENCE: Duration = Duration::from_secs(1);
const TOKEN_PATIENCE: Duration = Duration::from_secs(30);
/// Of readings that fail in a row, the first and then every so many-th is logged.
const TOLD_EVERY: u32 = 60;
/// After an empty reading that came back at once, so that the server is not asked in a circle.
const BREATH: Duration = Duration::from_millis(200);
/// After the start, a conflict may be our own last reading, cut off with the process before:
/// what it was given was never confirmed, so nothing is lost by it.
pub(crate) const GHOST: TimeDelta = TimeDelta::seconds(15);

pub(super) async fn run(
    bot: Bot,
    clock: Arc<Clock>,
    post: Post,
    (mut offset, heard_at): (Option<i64>, Option<Moment>),
    due: watch::Receiver<Option<Moment>>,
    mut stopping: watch::Receiver<Stopping>,
) {
    let started = clock.now();
    let mut last_update = heard_at.unwrap_or(started);
    let mut failures = 0_u32;
    loop {
        let began = clock.now();
        if began - last_update > NUMBERS_HOLD {
            offset = None;
        }
        let timeout = timeout_secs(*due.borrow(), began);
        let reading = tokio::select! {
            reading = bot.updates(offset, timeout) => reading,
            _ = stopping.changed() => return,
        };
        match reading {
            Ok(updates) => {
                failures = 0;
                let reading = reading_of(updates, began);
                let next = reading.next_offset();
                if next.is_some() {
                    offset = next;
                    last_update = clock.now();
                }
                if hand_in(&post, reading).await.is_err() {
                    return;
                }
                if next.is_none() && clock.now() - began < TimeDelta::milliseconds(100) {
                    tokio::time::sleep(BREATH).await;
                }
            }
            Err(error) => {
                if error == PollError::Conflict && began - started > GHOST {
                    let _ = post.answers.send(Mail::Conflict).await;
                }
                let pause = pause_after(&error);
                if failures.is_multiple_of(TOLD_EVERY) {
                    tracing::warn!(%error, failures, "the queue was not read");
                }
                failures = failures.wrapping_add(1);
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    _ = stopping.changed() => return,
                }
            }
        }
    }
}

fn reading_of(updates: Vec<Raw>, began: Moment) -> Reading {
    let rest = if updates.len() < Raw::BATCH {
        Rest::Dry
    } else {
        Rest::More
    };
    let updates = updates
        .into_iter()
        .map(|u| RawUpdate {
            id: u.id,
            raw: u.raw,
        })
        .collect();
    Reading {
        updates,
        began,
        rest,
    }
}

async fn hand_in(post: &Post, reading: Reading) -> Result<(), Closed> {
    let (done, kept) = oneshot::channel();
    let mail = Mail::Reading(reading, done);
    post.answers.send(mail).await.map_err(|_| Closed)?;
    kept.await.map_err(|_| Closed)
}

/// The desk is closed: the process is going.
struct Closed;

/// Long, unless a check is to be judged before: then the reading ends when its judgement is due.
pub(crate) fn timeout_secs(due: Option<Moment>, now: Moment) -> u32 {
    let Some(due) = due else { return LONGEST_SECS };
    let left = (due - now).num_milliseconds();
    if left <= 0 {
        return 0;
    }
    u32::try_from((left + 999) / 1000).map_or(LONGEST_SECS, |secs| secs.min(LONGEST_SECS))
}

fn pause_after(error: &PollError) -> Duration {
    match error {
        PollError::Conflict => PATIENCE,
        PollError::Unauthorized => TOKEN_PATIENCE,
        PollError::Later { after } => after.unwrap_or(PATIENCE),
    }
}
