//! One mailbox, one writer: what comes in is decided and committed in turn, and only then does
//! the world outside hear of it.
//!
//! The reader asks Telegram's queue for more only after the last reading is on the disk; the
//! courier sends only what is queued on the disk; the keeper stands between them. Answers come
//! before everything else, ticks come last.

mod beside;
mod courier;
mod desk;
mod keeper;
mod news;
mod pace;
mod pushed;
mod reader;
mod sequence;
#[cfg(test)]
mod uncalled;
mod upload;

pub use beside::bring;
pub use keeper::{Keeper, Lies, Reading, Rest, Sent, Wanted};
pub use pushed::Pushing;
// What the keeper and the reader are made of, for the simulation to be made of the same.
pub(crate) use keeper::NUMBERS_HOLD;
pub(crate) use news::{decided, fetching, news_in, news_of, reading_due, settled};
pub(crate) use reader::timeout_secs;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tracing::Instrument as _;

use crate::clock::Clock;
use crate::decide::{AccountId, Enclosure, Fetched, Lang, Listener, UploadId};
use crate::roster::Asked;
use crate::store::{Bell, Due, Lead};
use crate::telegram::{Bot, menu};
use crate::web::Counter;
use crate::words::enclosed::Enclosed;
use desk::Desk;

/// What is brought to the keeper's desk.
enum Mail {
    /// A reading of the queue; the reader goes on once it is answered.
    Reading(Reading, oneshot::Sender<()>),
    /// What was pushed, or the word that nothing is left to push; confirmed once it is kept, and
    /// dropped where the store fails: it comes again.
    Pushed(Reading, oneshot::Sender<()>),
    /// Something may have been brought to a process that stands by.
    Brought,
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

/// Before Telegram is asked again who the bot is.
const NAME_PATIENCE: Duration = Duration::from_secs(5);

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
    let (stopping, stopped) = watch::channel(Stopping::NotYet);

    let ears = Ears {
        bot: bot.clone(),
        lead: lead.clone(),
        clock: Arc::clone(&clock),
        post: post.clone(),
    };
    let round = courier::Round {
        bot: bot.clone(),
        lead,
        clock: Arc::clone(&clock),
        zone: keeper.world().policy.zone,
        key: keeper.key().clone(),
        files: keeper.store().files(),
        rate: traffic.rate,
        font: traffic.font.clone(),
    };
    let answering = spawn(answered(keeper.bell(), post.clone()));
    let desk = Desk::new(
        keeper,
        (bot.clone(), clock),
        traffic,
        post.clone(),
        counter,
        stopped.clone(),
    );
    let due = desk.reading_due();
    let listening = match intake {
        Intake::Read => {
            let from = desk.goes_on_from().await;
            spawn(reader::run(ears, from, due, stopped.clone()))
        }
        Intake::Pushed(pushing) => spawn(pushed::run(ears, pushing, due, stopped.clone())),
    };
    let nudges = desk.nudges();
    let courier = spawn(courier::run(round, post.clone(), nudges, stopped));
    let introduction = spawn(introduced(bot, post));
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
    answering.abort();
    introduction.abort();
    ended
}

/// Until it is time to stop.
async fn stopped(stopping: &mut watch::Receiver<Stopping>) {
    let _ = stopping
        .wait_for(|stopping| *stopping == Stopping::Now)
        .await;
}

/// What it logs says for whom.
fn spawn(task: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
    tokio::spawn(task.in_current_span())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stopping {
    NotYet,
    Now,
}

/// Whenever other processes may have been brought something, it is fetched.
async fn answered(mut bell: Bell, post: Post) {
    loop {
        bell.rings().await;
        if post.answers.send(Mail::Brought).await.is_err() {
            return;
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
