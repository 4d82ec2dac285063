//! Reading Telegram's queue: one reading at a time, the next only when the last is on the disk.

use std::time::Duration;

use tokio::sync::{oneshot, watch};

use super::keeper::NUMBERS_HOLD;
use super::{Ears, Mail, Post, Reading, Rest, Stopping};
use crate::store::RawUpdate;
use crate::telegram::{PollError, Raw};
use crate::time::{Moment, TimeDelta};

/// The longest a reading waits for something to come.
pub(super) const LONGEST_SECS: u32 = 10;
pub(super) const PATIENCE: Duration = Duration::from_secs(1);
pub(super) const TOKEN_PATIENCE: Duration = Duration::from_secs(30);
/// Of readings that fail in a row, the first and then every so many-th is logged.
pub(super) const TOLD_EVERY: u32 = 60;
/// After an empty reading that came back at once, so that the server is not asked in a circle.
const BREATH: Duration = Duration::from_millis(200);
/// After the start, a webhook that is in the way may be our own of before.
pub(super) const GHOST: TimeDelta = TimeDelta::seconds(15);

pub(super) async fn run(
    Ears {
        bot,
        mut lead,
        clock,
        post,
    }: Ears,
    (mut offset, heard_at): (Option<i64>, Option<Moment>),
    due: watch::Receiver<Option<Moment>>,
    mut stopping: watch::Receiver<Stopping>,
) {
    let started = clock.now();
    let mut last_update = heard_at.unwrap_or(started);
    let mut failures = 0_u32;
    loop {
        // Two that ask at once take each other's readings for a stranger's.
        tokio::select! {
            () = lead.held() => {}
            _ = stopping.changed() => return,
        }
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
            Ok((updates, dated)) => {
                failures = 0;
                let reading = reading_of(updates, began, dated);
                let next = reading.next_offset();
                if next.is_some() {
                    offset = next;
                    last_update = clock.now();
                }
                if hand_in(&post, |done| Mail::Reading(reading, done))
                    .await
                    .is_err()
                {
                    return;
                }
                if next.is_none() && clock.now() - began < TimeDelta::milliseconds(100) {
                    tokio::time::sleep(BREATH).await;
                }
            }
            Err(error) => {
                let is_elsewhere = match error {
                    // Of two readings the server ends the older one, so it is not our own of before
                    // the start that is in the way: somebody else has read since.
                    PollError::Conflict => true,
                    PollError::Webhook => began - started > GHOST,
                    _ => false,
                };
                if is_elsewhere {
                    let _ = post.answers.send(Mail::Conflict).await;
                }
                if error == PollError::Webhook && bot.delete_webhook().await.is_ok() {
                    tracing::info!("updates were brought to a webhook; from now on they are read");
                    // The cursor is of before: past what was pushed since it would hide nothing
                    // only as long as numbers go up.
                    offset = None;
                    continue;
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

fn reading_of(updates: Vec<Raw>, began: Moment, dated: Option<Moment>) -> Reading {
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
        dated,
        rest,
    }
}

/// Hands in mail that is answered once it is kept.
pub(super) async fn hand_in(
    post: &Post,
    mail: impl FnOnce(oneshot::Sender<()>) -> Mail,
) -> Result<(), NotKept> {
    let (done, kept) = oneshot::channel();
    post.answers.send(mail(done)).await.map_err(|_| NotKept)?;
    kept.await.map_err(|_| NotKept)
}

/// The desk is closed, or could not keep what may come again.
pub(super) struct NotKept;

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
        PollError::Conflict | PollError::Webhook => PATIENCE,
        PollError::Unauthorized => TOKEN_PATIENCE,
        PollError::Later { after } => after.unwrap_or(PATIENCE),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::sync::mpsc;

    use super::super::uncalled::Uncalled;
    use super::*;
    use crate::clock::Clock;
    use crate::store::Lead;

    #[tokio::test]
    async fn who_may_not_lead_any_more_asks_telegram_for_nothing() {
        let telegram = Uncalled::listens();
        let (answers, _answers) = mpsc::channel(1);
        let (rest, _rest) = mpsc::channel(1);
        let ears = Ears {
            bot: telegram.bot(),
            lead: Lead::run_out(),
            clock: Arc::new(Clock::start()),
            post: Post { answers, rest },
        };
        let (_due, due) = watch::channel(None);
        let (stop, stopping) = watch::channel(Stopping::NotYet);
        let reading = tokio::spawn(run(ears, (None, None), due, stopping));
        // Far more turns than a connection takes.
        for _ in 0..1_000 {
            tokio::task::yield_now().await;
        }
        telegram.expect_no_call();
        stop.send_replace(Stopping::Now);
        reading.await.unwrap();
    }
}
