//! Taking what Telegram pushes: all that waits goes into one commit, and only then is each
//! confirmed; and asking now and then whether Telegram still holds anything.
//!
//! A queue that nobody reads is proven empty by its own word: what it was told to be kept it holds
//! no more, and it is told so only after the commit.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::{mpsc, oneshot, watch};

use super::reader::{GHOST, LONGEST_SECS, PATIENCE, TOKEN_PATIENCE, TOLD_EVERY, hand_in};
use super::sequence::Sequence;
use super::{Ears, Mail, Reading, Rest, Stopping, stopped};
use crate::store::RawUpdate;
use crate::telegram::{CallError, Raw, WebhookInfo};
use crate::time::Moment;
use crate::web::{Pushed, Taken};

/// Where Telegram is to bring updates, and where they come out.
pub struct Pushing {
    /// As the world reaches it.
    pub url: String,
    pub secret: SecretString,
    pub pushed: mpsc::Receiver<Pushed>,
}

/// As many as one commit takes: all that Telegram has under way at once.
pub(super) const MOST_AT_ONCE: usize = 256;
/// Between two questions for what Telegram still holds, at least.
const BREATH: Duration = Duration::from_millis(500);

pub(super) async fn run(
    ears: Ears,
    pushing: Pushing,
    due: watch::Receiver<Option<Moment>>,
    stopping: watch::Receiver<Stopping>,
) {
    let Pushing {
        url,
        secret,
        pushed,
    } = pushing;
    let sequence = Mutex::default();
    let watching = Watching {
        ears: &ears,
        url,
        secret,
        sequence: &sequence,
        due,
        told: Told::NotYet,
        trouble: None,
    };
    let mut told = stopping.clone();
    tokio::select! {
        () = take(&ears, pushed, &sequence) => {}
        () = watching.watch() => {}
        () = stopped(&mut told) => {}
    }
}

/// Hands in what was brought, all that waits at once.
async fn take(ears: &Ears, mut pushed: mpsc::Receiver<Pushed>, sequence: &Mutex<Sequence>) {
    let mut brought = Vec::with_capacity(MOST_AT_ONCE);
    while pushed.recv_many(&mut brought, MOST_AT_ONCE).await > 0 {
        let began = ears.clock.now();
        let (updates, waiting) = sifted(&mut brought);
        if updates.is_empty() {
            continue;
        }
        let ids: Vec<i64> = updates.iter().map(|update| update.id).collect();
        let reading = Reading {
            rest: rest_after(&locked(sequence), &ids),
            updates,
            began,
            dated: None,
        };
        // Not kept, they are not confirmed either, and come again.
        if hand_in(&ears.post, |done| Mail::Pushed(reading, done))
            .await
            .is_ok()
        {
            locked(sequence).came(ids);
            confirm(waiting);
        }
    }
}

/// The updates among what was `brought`, and who waits for each to be kept. Of what is none that is
/// said at once.
pub(super) fn sifted(brought: &mut Vec<Pushed>) -> (Vec<RawUpdate>, Vec<oneshot::Sender<Taken>>) {
    let mut updates = Vec::with_capacity(brought.len());
    let mut waiting = Vec::with_capacity(brought.len());
    for Pushed { raw, taken } in brought.drain(..) {
        match Raw::of(raw) {
            Some(Raw { id, raw }) => {
                updates.push(RawUpdate { id, raw });
                waiting.push(taken);
            }
            None => drop(taken.send(Taken::Unfit)),
        }
    }
    (updates, waiting)
}

pub(super) fn confirm(waiting: Vec<oneshot::Sender<Taken>>) {
    for taken in waiting {
        let _ = taken.send(Taken::Kept);
    }
}

fn rest_after(sequence: &Sequence, ids: &[i64]) -> Rest {
    let mut after = sequence.clone();
    after.came(ids.iter().copied());
    if after.is_whole() {
        Rest::Pushed
    } else {
        Rest::PushedAhead
    }
}

struct Watching<'a> {
    ears: &'a Ears,
    url: String,
    secret: SecretString,
    sequence: &'a Mutex<Sequence>,
    due: watch::Receiver<Option<Moment>>,
    told: Told,
    /// What the last vain try of Telegram's met, as far as it is logged.
    trouble: Option<String>,
}

/// Whether Telegram was told where to bring updates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    NotYet,
    Yes,
}

impl Watching<'_> {
    /// Tells Telegram where updates are to be brought, and asks again and again whether any is
    /// left: most of all when something is to be judged by it.
    async fn watch(mut self) {
        let started = self.ears.clock.now();
        let mut failures = 0_u32;
        loop {
            let began = self.ears.clock.now();
            match self.look(began, started).await {
                Ok(()) => {
                    failures = 0;
                    self.until_next(began).await;
                }
                Err(error) => {
                    if failures.is_multiple_of(TOLD_EVERY) {
                        tracing::warn!(%error, failures, "what Telegram still holds is not known");
                    }
                    failures = failures.wrapping_add(1);
                    let pause = match error {
                        CallError::Unauthorized => TOKEN_PATIENCE,
                        CallError::Later { after } => after,
                        CallError::Refused(_) => PATIENCE,
                    };
                    tokio::time::sleep(pause).await;
                }
            }
        }
    }

    async fn look(&mut self, began: Moment, started: Moment) -> Result<(), CallError> {
        let ears = self.ears;
        if self.told == Told::NotYet {
            ears.bot.set_webhook(&self.url, &self.secret).await?;
            self.told = Told::Yes;
        }
        let highest = locked(self.sequence).highest();
        let info = ears.bot.webhook_info().await?;
        if info.url != self.url {
            // Somebody else has had them brought elsewhere, or has taken them.
            self.told = Told::NotYet;
            if began - started > GHOST {
                let _ = ears.post.answers.send(Mail::Conflict).await;
            }
            return Ok(());
        }
        let is_dry = info.pending == 0;
        // Where something is left, this tells what time Telegram has, and no more.
        let reading = Reading {
            updates: Vec::new(),
            began,
            dated: info.dated,
            rest: if is_dry { Rest::Dry } else { Rest::PushedAhead },
        };
        let kept = hand_in(&ears.post, |done| Mail::Pushed(reading, done)).await;
        if !is_dry {
            self.tell_trouble(info);
        } else if kept.is_ok() {
            locked(self.sequence).is_whole_to(highest);
        }
        Ok(())
    }

    fn tell_trouble(
        &mut self,
        WebhookInfo {
            pending, trouble, ..
        }: WebhookInfo,
    ) {
        if trouble.is_some() && trouble != self.trouble {
            let trouble = trouble.as_deref().unwrap_or_default();
            tracing::warn!(pending, trouble, "Telegram could not bring its updates");
        }
        self.trouble = trouble;
    }

    /// Until something is to be judged, or it has been a while.
    async fn until_next(&mut self, began: Moment) {
        tokio::time::sleep(BREATH).await;
        let longest = began + chrono::TimeDelta::seconds(LONGEST_SECS.into());
        loop {
            let due = *self.due.borrow_and_update();
            let next = due.map_or(longest, |due| due.min(longest));
            tokio::select! {
                () = self.ears.clock.sleep_until(Some(next)) => return,
                changed = self.due.changed() => if changed.is_err() { return },
            }
        }
    }
}

fn locked(sequence: &Mutex<Sequence>) -> MutexGuard<'_, Sequence> {
    sequence.lock().unwrap_or_else(PoisonError::into_inner)
}
