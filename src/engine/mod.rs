//! One mailbox, one writer: what comes in is decided and committed in turn, and only then does
//! the world outside hear of it.
//!
//! The reader asks Telegram's queue for more only after the last reading is on the disk; the
//! courier sends only what is queued on the disk; the keeper stands between them. Answers come
//! before everything else, ticks come last.

mod courier;
mod keeper;
mod news;
mod pace;
mod pushed;
mod reader;
mod sequence;

pub use keeper::{Keeper, Lies, Reading, Rest, Sent, Wanted};
pub use pushed::Pushing;
// What the keeper and the reader are made of, for the simulation to be made of the same.
pub(crate) use keeper::NUMBERS_HOLD;
pub(crate) use news::{decided, fetching, news_in, news_of, reading_due, settled};
pub(crate) use reader::{GHOST, timeout_secs};

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};

use crate::clock::Clock;
use crate::decide::{AccountId, Enclosure, Fetched, Lang, Listener, UploadId, World};
use crate::files;
use crate::roster::{Asked, Limits};
use crate::spotcheck::BlindCause;
use crate::store::{Due, KeptFiles, Lead, StoreError};
use crate::telegram::{Bot, FetchError, menu};
use crate::time::{Moment, TimeDelta};
use crate::web::{Counter, Errand, Look, Unfetched};
use crate::words::enclosed::{Enclosed, enclosed};

/// What is brought to the keeper's desk.
enum Mail {
    /// A reading of the queue; the reader goes on once it is answered.
    Reading(Reading, oneshot::Sender<()>),
    /// What was pushed, or the word that nothing is left to push; confirmed once it is kept, and
    /// dropped where the store fails: it comes again.
    Pushed(Reading, oneshot::Sender<()>),
    Conflict,
    Introduced(String),
    Sent(Vec<Sent>, oneshot::Sender<()>),
    Due {
        limit: u32,
        busy: Vec<AccountId>,
        reply: oneshot::Sender<Vec<Due>>,
    },
    Fetched {
        upload: UploadId,
        result: Fetched,
        bytes: Option<Vec<u8>>,
    },
    /// The journal as it stands, to be sent.
    Export(oneshot::Sender<String>),
    /// A file made of what is known; nothing where that is not there any more.
    Enclosed(Enclosure, Lang, oneshot::Sender<Option<Enclosed>>),
}

/// The ways to the desk: answers have one of their own.
#[derive(Clone)]
struct Post {
    answers: mpsc::Sender<Mail>,
    rest: mpsc::Sender<Mail>,
}

/// How updates come.
pub enum Intake {
    /// Asked for, one reading after the other.
    Read,
    Pushed(Pushing),
}

/// What listens to Telegram, and whom it tells.
struct Ears {
    bot: Bot,
    lead: Lead,
    clock: Arc<Clock>,
    post: Post,
}

/// How the engine reads and sends.
#[derive(Clone, Debug)]
pub struct Traffic {
    /// Messages a second, overall.
    pub rate: u32,
    /// How a roster file is to be read.
    pub asked: Asked,
    /// A font file for characters of a picture that the program's own lacks.
    pub font: Option<PathBuf>,
}

/// After a failed commit, before the next try.
const STORE_PATIENCE: Duration = Duration::from_millis(200);
/// Of tries that fail in a row, the first and then every so many-th is logged: about one a minute.
const TOLD_EVERY: u32 = 300;
/// How often the wall clock is looked at, at least.
const CLOCK_WATCH: TimeDelta = TimeDelta::seconds(20);
/// Before Telegram is asked again who the bot is.
const NAME_PATIENCE: Duration = Duration::from_secs(5);
/// How long the desk takes to clear at the end.
const LAST_PATIENCE: Duration = Duration::from_secs(3);

/// Why the engine has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It was told to.
    Stopped,
    /// Another process leads; nothing more of this one's is kept or sent.
    Superseded,
}

/// Runs until `stop` resolves, then finishes what is in flight; or until another process leads.
pub async fn run(
    keeper: Keeper,
    bot: Bot,
    clock: Arc<Clock>,
    traffic: Traffic,
    intake: Intake,
    counter: Counter,
    stop: impl Future<Output = ()>,
) -> Ended {
    let lead = keeper.lead();
    let (answers, answers_in) = mpsc::channel(4);
    let (rest, rest_in) = mpsc::channel(64);
    let post = Post { answers, rest };
    let (due_tell, due_seen) = watch::channel(keeper.reading_due());
    let (nudge, nudged) = watch::channel(0_u64);
    let (stopping, stopped) = watch::channel(Stopping::NotYet);

    let ears = Ears {
        bot: bot.clone(),
        lead: lead.clone(),
        clock: Arc::clone(&clock),
        post: post.clone(),
    };
    let listening = match intake {
        Intake::Read => {
            let offset = first_offset(&keeper, &clock).await;
            let heard_at = keeper.heard_at().await.ok().flatten();
            let from = (offset, heard_at);
            tokio::spawn(reader::run(ears, from, due_seen, stopped.clone()))
        }
        Intake::Pushed(pushing) => {
            tokio::spawn(pushed::run(ears, pushing, due_seen, stopped.clone()))
        }
    };
    let courier = tokio::spawn(courier::run(
        courier::Round {
            bot: bot.clone(),
            lead: lead.clone(),
            clock: Arc::clone(&clock),
            zone: keeper.world().policy.zone,
            key: keeper.key().clone(),
            files: keeper.store().files(),
            rate: traffic.rate,
            font: traffic.font.clone(),
        },
        post.clone(),
        nudged,
        stopped.clone(),
    ));
    let introduction = tokio::spawn(introduced(bot.clone(), post.clone()));
    let desk = Desk {
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
        stopping: stopped,
        lead,
        failures: 0,
    };
    let told_to_stop = async {
        stop.await;
        let _ = stopping.send(Stopping::Now);
        std::future::pending::<()>().await;
    };
    let ended = tokio::select! {
        ended = desk.work(answers_in, rest_in, courier) => ended,
        () = told_to_stop => Ended::Stopped,
    };
    listening.abort();
    introduction.abort();
    ended
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stopping {
    NotYet,
    Now,
}

async fn first_offset(keeper: &Keeper, clock: &Clock) -> Option<i64> {
    match keeper.offset(clock.now()).await {
        Ok(offset) => offset,
        Err(error) => {
            // Without an offset the queue begins with what was not confirmed: nothing is lost,
            // and what was heard already is known by its hash.
            tracing::error!(%error, "the cursor cannot be read");
            None
        }
    }
}

/// Learns the bot's name and sets the menus that everybody sees, however long Telegram takes to answer.
async fn introduced(bot: Bot, post: Post) {
    let name = loop {
        match bot.me().await {
            Ok(name) => break name,
            Err(error) => {
                tracing::warn!(%error, "the bot's name is not known yet");
                tokio::time::sleep(NAME_PATIENCE).await;
            }
        }
    };
    let _ = post.rest.send(Mail::Introduced(name)).await;
    for (menu_of, lang) in [(Lang::Zh, None), (Lang::En, Some(Lang::En))] {
        if let Err(error) = bot
            .set_commands(menu(Listener::Outsider, menu_of), lang)
            .await
        {
            tracing::warn!(%error, "the menu is not set");
        }
    }
}

struct Desk {
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
    async fn work(
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
                _ = stopping.wait_for(|stopping| *stopping == Stopping::Now) => break,
                () = lead.lost() => {
                    tracing::warn!("another process leads now: stepping down");
                    courier.abort();
                    self.keeper.close().await;
                    return Ended::Superseded;
                }
                Some(mail) = answers.recv() => self.take(mail).await,
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
            _ = stopping.wait_for(|stopping| *stopping == Stopping::Now) => {
                tracing::error!(error = %with_cause(&error), "stopped while the store failed: what came in last was not confirmed and comes again");
                Kept::GivenUp
            }
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
                return self.hear(&reading, Failed::TriedAgain, done).await;
            }
            Mail::Pushed(reading, done) => return self.hear(&reading, Failed::Dropped, done).await,
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

    async fn hear(&mut self, reading: &Reading, failed: Failed, done: oneshot::Sender<()>) {
        let mut chance = || rand::random::<[u8; 32]>();
        loop {
            let now = self.clock.now();
            let kept = self.keeper.hear(reading, now, &mut chance).await;
            match self.is_kept(kept).await {
                Kept::Yes => break,
                Kept::NotYet if failed == Failed::TriedAgain => {}
                Kept::NotYet | Kept::GivenUp => return,
            }
        }
        // Whoever listens goes on with what is due now, not with what was.
        self.spread_word();
        let _ = done.send(());
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

/// A file read, and its bytes where they are news to the store.
async fn fetched(
    bot: &Bot,
    files: &KeptFiles,
    wanted: &Wanted,
    asked: Asked,
) -> (Fetched, Option<Vec<u8>>) {
    let kept = match wanted.lies {
        Lies::Here => kept_bytes(files, wanted.upload).await,
        Lies::WithTelegram => None,
    };
    if let Some(bytes) = kept {
        let (result, _) = read(wanted.upload, bytes, asked).await;
        return (result, None);
    }
    let limit = Limits::CHAT.bytes as u64;
    match bot.fetch(&wanted.file, limit).await {
        Ok(bytes) => read(wanted.upload, bytes, asked).await,
        Err(FetchError::TooLarge) => (Fetched::TooLarge, None),
        Err(FetchError::Gone) => (Fetched::Gone, None),
        Err(FetchError::Later { .. }) => (Fetched::Later, None),
    }
}

/// The bytes of an upload in the store; what is not there is fetched once more.
async fn kept_bytes(files: &KeptFiles, upload: UploadId) -> Option<Vec<u8>> {
    match files.file(upload).await {
        Ok(bytes) => bytes,
        Err(error) => {
            tracing::error!(upload = upload.0, %error, "a kept file cannot be read");
            None
        }
    }
}

async fn read(upload: UploadId, bytes: Vec<u8>, asked: Asked) -> (Fetched, Option<Vec<u8>>) {
    let read = tokio::task::spawn_blocking(move || {
        let reading = files::read(&bytes, &asked);
        (reading, bytes)
    });
    match read.await {
        Ok((reading, bytes)) => (Fetched::Read(Box::new(reading)), Some(bytes)),
        Err(broken) => {
            tracing::error!(upload = upload.0, %broken, "a file could not be read");
            (Fetched::Gone, None)
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
