//! Where everything that comes in is decided and committed in turn, answers before all else.
//!
//! What the store cannot keep is tried again, or comes again of itself: nobody goes on before it is
//! on the disk. How Telegram is asked and told is not known here.

use std::collections::BTreeSet;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};

use super::keeper::{Keeper, Reading, Sent};
use super::upload::fetched;
use super::{Ended, Mail, Post, Stopping, Traffic, stopped};
use crate::clock::Clock;
use crate::decide::{UploadId, World};
use crate::roster::{Asked, Limits};
use crate::spotcheck::BlindCause;
use crate::store::{Lead, StoreError};
use crate::telegram::{Bot, FetchError};
use crate::time::{Moment, TimeDelta};
use crate::web::{Counter, Errand, Look, Unfetched};
use crate::words::enclosed::enclosed;

/// After a failed commit, before the next try.
const STORE_PATIENCE: Duration = Duration::from_millis(200);
/// Of tries that fail in a row, the first and then every so many-th is logged: about one a minute.
const TOLD_EVERY: u32 = 300;
/// How often the wall clock is looked at, at least.
const CLOCK_WATCH: TimeDelta = TimeDelta::seconds(20);
/// How long the desk takes to clear at the end.
const LAST_PATIENCE: Duration = Duration::from_secs(3);

pub(super) struct Desk {
    keeper: Keeper,
    bot: Bot,
    clock: Arc<Clock>,
    traffic: Traffic,
    post: Post,
    due_tell: watch::Sender<Option<Moment>>,
    nudge: watch::Sender<u64>,
    counter: Counter,
    /// The world as somebody at the counter looks at it, and how often it had changed by then:
    /// whoever comes while they look sees the same one.
    seen: (Weak<World>, u64),
    fetching: BTreeSet<UploadId>,
    stopping: watch::Receiver<Stopping>,
    lead: Lead,
    /// How often in a row the store has failed.
    failures: u32,
}

/// Whether something was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    Yes,
    /// The store failed; it is to be asked again.
    NotYet,
    /// The store fails, and the process is to end.
    GivenUp,
}

/// What becomes of a reading that the store could not keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failed {
    TriedAgain,
    /// It comes again of itself.
    Dropped,
}

impl Desk {
    pub(super) fn new(
        keeper: Keeper,
        (bot, clock): (Bot, Arc<Clock>),
        traffic: Traffic,
        post: Post,
        counter: Counter,
        stopping: watch::Receiver<Stopping>,
    ) -> Desk {
        let (due_tell, _) = watch::channel(keeper.reading_due());
        let (nudge, _) = watch::channel(0);
        Desk {
            lead: keeper.lead(),
            keeper,
            bot,
            clock,
            traffic,
            post,
            due_tell,
            nudge,
            counter,
            seen: (Weak::new(), 0),
            fetching: BTreeSet::new(),
            stopping,
            failures: 0,
        }
    }

    /// The offset at which the queue goes on, and when something was heard last.
    pub(super) async fn goes_on_from(&self) -> (Option<i64>, Option<Moment>) {
        let offset = self.keeper.offset(self.clock.now()).await;
        // Without an offset the queue begins with what was not confirmed: nothing is lost, and
        // what was heard already is known by its hash.
        let offset = offset.unwrap_or_else(|error| {
            tracing::error!(%error, "the cursor cannot be read");
            None
        });
        (offset, self.keeper.heard_at().await.ok().flatten())
    }

    /// When a reading of the queue is due next.
    pub(super) fn reading_due(&self) -> watch::Receiver<Option<Moment>> {
        self.due_tell.subscribe()
    }

    /// Told whenever something may be there to send.
    pub(super) fn nudges(&self) -> watch::Receiver<u64> {
        self.nudge.subscribe()
    }

    /// Until it is told to stop, or another process leads.
    pub(super) async fn work(
        mut self,
        mut answers: mpsc::Receiver<Mail>,
        mut rest: mpsc::Receiver<Mail>,
        mut courier: tokio::task::JoinHandle<()>,
    ) -> Ended {
        let mut stopping = self.stopping.clone();
        let mut lead = self.lead.clone();
        loop {
            self.fetch_wanted();
            let wake = self.next_wake();
            tokio::select! {
                biased;
                () = stopped(&mut stopping) => break,
                () = lead.lost() => {
                    tracing::warn!("another process leads now: stepping down");
                    courier.abort();
                    self.keeper.close().await;
                    return Ended::Superseded;
                }
                Some(mail) = answers.recv() => self.take_with(mail, &mut rest).await,
                Some(mail) = rest.recv() => self.take(mail).await,
                Some(errand) = self.counter.errands.recv() => self.run_errand(errand).await,
                () = self.clock.sleep_until(Some(wake)) => self.tick().await,
            }
        }
        // What is in flight is settled; nothing new leaves.
        let clearing = async {
            loop {
                tokio::select! {
                    biased;
                    Some(mail) = answers.recv() => self.take(mail).await,
                    Some(mail) = rest.recv() => self.take(mail).await,
                    _ = &mut courier => break,
                }
            }
        };
        if tokio::time::timeout(LAST_PATIENCE, clearing).await.is_err() {
            tracing::warn!(
                "stopped with messages in flight; they will be repeated at the next start"
            );
        }
        self.keeper.close().await;
        Ended::Stopped
    }

    fn next_wake(&self) -> Moment {
        let watch = self.clock.now() + CLOCK_WATCH;
        [
            self.keeper.next_wake(),
            self.keeper.next_wanted(&self.fetching),
        ]
        .into_iter()
        .flatten()
        .fold(watch, Moment::min)
    }

    fn spread_word(&self) {
        let due = self.keeper.reading_due();
        self.due_tell.send_if_modified(|known| {
            let news = *known != due;
            *known = due;
            news
        });
        self.nudge.send_modify(|n| *n = n.wrapping_add(1));
        self.counter.tell(self.keeper.changes());
    }

    async fn run_errand(&mut self, errand: Errand) {
        match errand {
            Errand::Look(reply) => {
                let world = self.look();
                let now = self.clock.now();
                let _ = reply.send(Look { world, now });
            }
            Errand::Act { input, file, done } => {
                let change = loop {
                    let now = self.clock.now();
                    match self.keeper.act(&input, file.as_deref(), now).await {
                        Ok(change) => {
                            let _ = self.is_kept(Ok(())).await;
                            break change;
                        }
                        Err(error) => {
                            if self.is_kept(Err(error)).await == Kept::GivenUp {
                                return;
                            }
                        }
                    }
                };
                self.spread_word();
                let _ = done.send(change);
            }
            Errand::Fetch { file, done } => {
                let bot = self.bot.clone();
                // A slow line keeps nobody else waiting.
                tokio::spawn(async move {
                    let fetched = bot.fetch(&file, Limits::CHAT.bytes as u64).await;
                    let _ = done.send(fetched.map_err(|error| match error {
                        FetchError::TooLarge => Unfetched::TooLarge,
                        FetchError::Gone => Unfetched::Gone,
                        FetchError::Later { .. } => Unfetched::Later,
                    }));
                });
            }
        }
    }

    fn look(&mut self) -> Arc<World> {
        let (seen, at) = &self.seen;
        if let Some(world) = seen.upgrade().filter(|_| *at == self.keeper.changes()) {
            return world;
        }
        let world = Arc::new(self.keeper.world().clone());
        self.seen = (Arc::downgrade(&world), self.keeper.changes());
        world
    }

    async fn tick(&mut self) {
        if let Some(by) = self.clock.set_by() {
            tracing::warn!(seconds = by.num_seconds(), "the clock was set");
            // Not kept, silence could be judged by a clock that jumped.
            loop {
                let now = self.clock.now();
                let kept = self.keeper.clock_set(by, now).await;
                if self.is_kept(kept).await != Kept::NotYet {
                    break;
                }
            }
        }
        let now = self.clock.now();
        let kept = self.keeper.tick(now).await;
        let _ = self.is_kept(kept).await;
        self.spread_word();
    }

    /// What a try to keep something came to; one that failed is waited out, unless the process
    /// is to end.
    async fn is_kept(&mut self, result: Result<(), StoreError>) -> Kept {
        let Err(error) = result else {
            if self.failures > 0 {
                tracing::info!(failures = self.failures, "the store works again");
                self.failures = 0;
            }
            return Kept::Yes;
        };
        if self.failures.is_multiple_of(TOLD_EVERY) {
            let failures = self.failures;
            tracing::error!(error = %with_cause(&error), failures, "the store failed; trying again");
        }
        self.failures = self.failures.wrapping_add(1);
        let mut stopping = self.stopping.clone();
        let mut lead = self.lead.clone();
        tokio::select! {
            biased;
            () = lead.lost() => Kept::GivenUp,
            () = tokio::time::sleep(STORE_PATIENCE) => Kept::NotYet,
            () = stopped(&mut stopping) => {
                tracing::error!(error = %with_cause(&error), "stopped while the store failed: what came in last was not confirmed and comes again");
                Kept::GivenUp
            }
        }
    }

    /// Takes `mail`, and with a reading all that is there to be settled, in one commit instead of
    /// two in turn.
    async fn take_with(&mut self, mail: Mail, rest: &mut mpsc::Receiver<Mail>) {
        let Mail::Reading(reading, done) = mail else {
            return self.take(mail).await;
        };
        let (mut sent, mut told, mut next) = (Vec::new(), vec![done], None);
        while let Ok(mail) = rest.try_recv() {
            let Mail::Sent(more, done) = mail else {
                next = Some(mail);
                break;
            };
            sent.extend(more);
            told.push(done);
        }
        self.hear(&reading, &sent, Failed::TriedAgain, told).await;
        if let Some(mail) = next {
            self.take(mail).await;
        }
    }

    /// Does what a piece of mail asks for, and asks the store until it has it: what came in is
    /// on the disk before anybody goes on.
    async fn take(&mut self, mail: Mail) {
        match mail {
            Mail::Due { limit, busy, reply } => {
                let now = self.clock.now();
                match self.keeper.due(now, limit, &busy).await {
                    Ok(due) => drop(reply.send(due)),
                    Err(error) => drop(self.is_kept(Err(error)).await),
                }
                // A question changes nothing, so there is no news of it.
                return;
            }
            Mail::Export(reply) => {
                match self.keeper.store().export().await {
                    Ok(journal) => drop(reply.send(journal)),
                    Err(error) => drop(self.is_kept(Err(error)).await),
                }
                return;
            }
            Mail::Enclosed(enclosure, lang, reply) => {
                let now = self.clock.now();
                let made = enclosed(self.keeper.world(), enclosure, lang, now);
                drop(reply.send(made));
                return;
            }
            Mail::Reading(reading, done) => {
                return self
                    .hear(&reading, &[], Failed::TriedAgain, vec![done])
                    .await;
            }
            Mail::Pushed(reading, done) => {
                return self.hear(&reading, &[], Failed::Dropped, vec![done]).await;
            }
            Mail::Sent(sent, done) => {
                loop {
                    let now = self.clock.now();
                    let kept = self.keeper.settle(&sent, now).await;
                    match self.is_kept(kept).await {
                        Kept::Yes => break,
                        Kept::NotYet => {}
                        Kept::GivenUp => return,
                    }
                }
                let _ = done.send(());
            }
            Mail::Fetched {
                upload,
                result,
                bytes,
            } => {
                self.fetching.remove(&upload);
                let now = self.clock.now();
                let kept = self.keeper.fetched(upload, result, bytes.as_deref(), now);
                // Where it fails, the upload is still to be fetched, and will be.
                let kept = kept.await;
                let _ = self.is_kept(kept).await;
            }
            Mail::Brought => loop {
                let mut chance = || rand::random::<[u8; 32]>();
                let now = self.clock.now();
                let kept = self.keeper.hear_what_was_brought(now, &mut chance).await;
                if self.is_kept(kept).await != Kept::NotYet {
                    break;
                }
            },
            Mail::Conflict => loop {
                let now = self.clock.now();
                let kept = self.keeper.disturbed(BlindCause::Conflict, now).await;
                if self.is_kept(kept).await != Kept::NotYet {
                    break;
                }
            },
            Mail::Introduced(bot) => loop {
                let now = self.clock.now();
                let kept = self.keeper.introduced(bot.clone(), now).await;
                if self.is_kept(kept).await != Kept::NotYet {
                    break;
                }
            },
        }
        self.spread_word();
    }

    async fn hear(
        &mut self,
        reading: &Reading,
        sent: &[Sent],
        failed: Failed,
        told: Vec<oneshot::Sender<()>>,
    ) {
        let mut chance = || rand::random::<[u8; 32]>();
        loop {
            let now = self.clock.now();
            let kept = self.keeper.hear_and_settle(reading, sent, now, &mut chance);
            let kept = kept.await;
            match self.is_kept(kept).await {
                Kept::Yes => break,
                Kept::NotYet if failed == Failed::TriedAgain => {}
                Kept::NotYet | Kept::GivenUp => return,
            }
        }
        // Whoever listens goes on with what is due now, not with what was.
        self.spread_word();
        for done in told {
            let _ = done.send(());
        }
    }

    fn fetch_wanted(&mut self) {
        for wanted in self.keeper.wanted(self.clock.now(), &self.fetching) {
            self.fetching.insert(wanted.upload);
            let (bot, post) = (self.bot.clone(), self.post.clone());
            let files = self.keeper.store().files();
            let asked = Asked {
                answers: wanted.answers.clone(),
                ..self.traffic.asked.clone()
            };
            tokio::spawn(async move {
                let (result, bytes) = fetched(&bot, &files, &wanted, asked).await;
                let mail = Mail::Fetched {
                    upload: wanted.upload,
                    result,
                    bytes,
                };
                let _ = post.rest.send(mail).await;
            });
        }
    }
}

/// An error, and what lies behind it: "the database failed" alone helps nobody.
fn with_cause(error: &StoreError) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}
