//! Carrying queued messages to Telegram: most urgent first, one to a chat at a time, and what
//! became of each is on the disk before its chat gets the next.

use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot, watch};
use tokio::task::JoinSet;

use super::pace::Pace;
use super::{Mail, Post, Sent, Stopping};
use crate::clock::Clock;
use crate::decide::{AccountId, Enclosure, Key, Lang, Urgency};
use crate::files::document;
use crate::picture::{DrawError, page};
use crate::store::{Due, KeptFiles, Lead};
use crate::telegram::{Bot, Fate, SendError};
use crate::time::{Moment, Zone};
use crate::words::chat::{Contents, Document, Photo, Rendered, rendered};
use crate::words::enclosed::Enclosed;

/// What the courier goes out with.
pub(super) struct Round {
    pub bot: Bot,
    pub lead: Lead,
    pub clock: Arc<Clock>,
    pub zone: Zone,
    pub key: Key,
    pub files: KeptFiles,
    pub rate: u32,
    /// For what the program's own font lacks.
    pub font: Option<PathBuf>,
}

/// How often the queue is looked at where nothing says that it changed: messages put off come due.
const LOOK_AGAIN: Duration = Duration::from_millis(500);
/// As many messages as are asked for at once, however many may leave: to look up a long queue again
/// for each of them costs more than to ask again.
const MOST_ASKED: u32 = 200;
/// As many as one commit settles.
const MOST_SETTLED: usize = 64;

pub(super) async fn run(
    round: Round,
    post: Post,
    mut nudged: watch::Receiver<u64>,
    mut stopping: watch::Receiver<Stopping>,
) {
    let round = Arc::new(round);
    let (settling, carried) = mpsc::channel(MOST_SETTLED);
    let hatch = Hatch {
        post: post.clone(),
        settling,
    };
    tokio::spawn(settle(post.clone(), carried));
    let mut pace = Pace::new(round.rate);
    let mut under_way: BTreeMap<AccountId, Urgency> = BTreeMap::new();
    let mut trips: JoinSet<Trip> = JoinSet::new();
    loop {
        let mut permits = Permits::Left;
        if *stopping.borrow() == Stopping::NotYet {
            permits = send_due(&round, &hatch, &pace, &mut under_way, &mut trips).await;
        } else if trips.is_empty() {
            return;
        }
        tokio::select! {
            Some(trip) = trips.join_next() => {
                // What is due is looked up once for all that have come back.
                let mut back = Some(trip);
                while let Some(trip) = back {
                    if let Ok(trip) = trip {
                        let urgency = under_way.remove(&trip.chat);
                        if urgency == Some(Urgency::Ping) {
                            pace.took(trip.answered_after, trip.kept_after);
                        }
                    }
                    back = trips.try_join_next();
                }
            }
            changed = nudged.changed() => if changed.is_err() { return },
            _ = stopping.changed() => {}
            // Whatever waits for one leaves at once: half a second is fifteen messages.
            () = pace.freed(), if permits == Permits::Spent => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
    }
}

/// Whether more might leave now than there was to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Permits {
    Left,
    Spent,
}

/// Where those on their way ask and report.
#[derive(Clone)]
struct Hatch {
    post: Post,
    settling: mpsc::Sender<Carried>,
}

/// What became of a message, and who waits for it to be kept.
type Carried = (Sent, oneshot::Sender<()>);

/// Hands in what became of messages: all that waits at once, for one commit keeps it.
async fn settle(post: Post, mut carried: mpsc::Receiver<Carried>) {
    let mut waiting = Vec::with_capacity(MOST_SETTLED);
    while carried.recv_many(&mut waiting, MOST_SETTLED).await > 0 {
        let (sent, told): (Vec<Sent>, Vec<oneshot::Sender<()>>) = waiting.drain(..).unzip();
        let (done, kept) = oneshot::channel();
        let handed = post.rest.send(Mail::Sent(sent, done)).await;
        if handed.is_ok() && kept.await.is_ok() {
            for told in told {
                let _ = told.send(());
            }
        }
    }
}

/// One message carried and settled.
struct Trip {
    chat: AccountId,
    /// From its leaving to the server's answer.
    answered_after: Duration,
    /// From the answer until that was on the disk.
    kept_after: Duration,
}

async fn send_due(
    round: &Arc<Round>,
    hatch: &Hatch,
    pace: &Pace,
    under_way: &mut BTreeMap<AccountId, Urgency>,
    trips: &mut JoinSet<Trip>,
) -> Permits {
    // More would only be looked up for nothing.
    let limit = pace.free().min(MOST_ASKED);
    if limit == 0 {
        return Permits::Spent;
    }
    let busy: Vec<AccountId> = under_way.keys().copied().collect();
    let (reply, answer) = oneshot::channel();
    let asked = hatch.post.rest.send(Mail::Due { limit, busy, reply }).await;
    let (Ok(()), Ok(due)) = (asked, answer.await) else {
        return Permits::Left;
    };
    for due in due {
        let urgency = due.notice.urgency;
        let pings = under_way.values().filter(|u| **u == Urgency::Ping).count();
        if urgency == Urgency::Ping && pings >= pace.pings_at_once() {
            continue;
        }
        let Some(permit) = pace.permit() else {
            return Permits::Spent;
        };
        under_way.insert(due.notice.to, urgency);
        trips.spawn(carry(Arc::clone(round), hatch.clone(), due, permit));
    }
    if pace.free() == 0 {
        Permits::Spent
    } else {
        Permits::Left
    }
}

async fn carry(round: Arc<Round>, hatch: Hatch, due: Due, permit: OwnedSemaphorePermit) -> Trip {
    let mut left: Moment = round.clock.now();
    let chat = due.notice.to;
    let notice = &due.notice;
    // A message that cannot be worded must not keep its chat busy for ever.
    let zone = round.zone;
    let message = catch_unwind(|| rendered(&notice.say, notice.lang, &zone, left));
    let result = match message {
        Ok(message) => {
            let deliver = async {
                let (message, file) = with_file(message, &round, &hatch.post).await?;
                let existing = due.message;
                let key = &round.key;
                left = round.clock.now();
                // One that stood still may be behind another that has sent it since.
                if !round.lead.holds() {
                    return Err(SendError::Later {
                        after: LEAD_PATIENCE,
                        fate: Fate::NotSent,
                    });
                }
                round.bot.deliver(chat, existing, &message, file, key).await
            };
            deliver.await
        }
        Err(_) => Err(SendError::Broken(String::new())),
    };
    Pace::give_back(permit);
    let at = round.clock.now();
    if let Err(error) = &result {
        tracing::info!(notice = due.id.0, %error, "not delivered");
    }
    let (done, kept) = oneshot::channel();
    let sent = Sent { due, result, at };
    if hatch.settling.send((sent, done)).await.is_ok() {
        let _ = kept.await;
    }
    let kept = round.clock.now();
    Trip {
        chat,
        answered_after: (at - left).to_std().unwrap_or_default(),
        kept_after: (kept - at).to_std().unwrap_or_default(),
    }
}

/// Before a message is tried again that waits for the proof that this process leads.
const LEAD_PATIENCE: Duration = Duration::from_secs(1);
/// Before the desk is asked again.
const DESK_PATIENCE: Duration = Duration::from_secs(5);

async fn journal_of(post: &Post) -> Result<Vec<u8>, SendError> {
    let (reply, answer) = oneshot::channel();
    let asked = post.rest.send(Mail::Export(reply)).await;
    match (asked, answer.await) {
        (Ok(()), Ok(journal)) => Ok(journal.into_bytes()),
        _ => Err(SendError::Later {
            after: DESK_PATIENCE,
            fate: Fate::NotSent,
        }),
    }
}

async fn enclosed_of(post: &Post, enclosure: Enclosure, lang: Lang) -> Result<Enclosed, SendError> {
    let (reply, answer) = oneshot::channel();
    let mail = Mail::Enclosed(enclosure, lang, reply);
    let asked = post.rest.send(mail).await;
    match (asked, answer.await) {
        (Ok(()), Ok(Some(enclosed))) => Ok(enclosed),
        (Ok(()), Ok(None)) => Err(SendError::Broken(String::new())),
        _ => Err(SendError::Later {
            after: DESK_PATIENCE,
            fate: Fate::NotSent,
        }),
    }
}

/// `message` with the bytes that go out with it. A picture that cannot be drawn goes as words.
async fn with_file(
    message: Rendered,
    round: &Round,
    post: &Post,
) -> Result<(Rendered, Vec<u8>), SendError> {
    match message {
        Rendered::Document(document) => {
            let file = file_of(&document, &round.files, post).await?;
            Ok((Rendered::Document(document), file))
        }
        Rendered::Photo(photo) => Ok(drawn(photo, round.font.clone()).await),
        other => Ok((other, Vec::new())),
    }
}

/// Drawing takes a while, and nobody else is to wait for it.
async fn drawn(photo: Photo, font: Option<PathBuf>) -> (Rendered, Vec<u8>) {
    let in_words = photo.in_words();
    let drawing = move || {
        let font = font.and_then(|path| std::fs::read(path).ok());
        let png = page(
            &photo.map,
            photo.page,
            Some(photo.version),
            &photo.view,
            font,
        )?;
        Ok::<_, DrawError>((Rendered::Photo(photo), png))
    };
    match tokio::task::spawn_blocking(drawing).await {
        Ok(Ok(drawn)) => drawn,
        Ok(Err(error)) => {
            tracing::warn!(%error, "a picture could not be drawn");
            (in_words, Vec::new())
        }
        Err(_) => (in_words, Vec::new()),
    }
}

/// The bytes of a document. One that cannot be made, or is larger than Telegram takes, will not be
/// either the next time.
async fn file_of(
    document: &Document,
    files: &KeptFiles,
    post: &Post,
) -> Result<Vec<u8>, SendError> {
    let contents = document.contents.clone();
    let broken = |cause: &dyn std::fmt::Display| SendError::Broken(cause.to_string());
    let file = if contents == Contents::Journal {
        journal_of(post).await?
    } else if let Contents::Kept(enclosure, lang) = contents {
        let enclosed = enclosed_of(post, enclosure, lang).await?;
        let drawing = move || document::drawn(&enclosed);
        let drawn = tokio::task::spawn_blocking(drawing).await;
        drawn
            .map_err(|error| broken(&error))?
            .map_err(|error| broken(&error))?
    } else {
        let original = match contents.of_upload() {
            Some(upload) => files.file(upload).await.map_err(|error| broken(&error))?,
            None => None,
        };
        let making = move || document::bytes(&contents, original.as_deref());
        let made = tokio::task::spawn_blocking(making).await;
        made.map_err(|error| broken(&error))?
            .map_err(|error| broken(&error))?
    };
    if file.len() > document::MOST_BYTES {
        return Err(broken(&file.len()));
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::super::uncalled::Uncalled;
    use super::*;
    use crate::decide::{Notice, Say};
    use crate::store::{NoticeId, Store};

    #[tokio::test]
    async fn who_may_not_lead_any_more_sends_nothing() {
        let telegram = Uncalled::listens();
        let data = tempfile::tempdir().unwrap();
        let store = Store::open("sqlite:zaigang.db", data.path()).await.unwrap();
        let round = Round {
            bot: telegram.bot(),
            lead: Lead::run_out(),
            clock: Arc::new(Clock::start()),
            zone: Zone::default(),
            key: Key::new([7; 32]),
            files: store.files(),
            rate: 30,
            font: None,
        };
        let due = Due {
            id: NoticeId(1),
            notice: Notice {
                to: AccountId(7),
                lang: Lang::Zh,
                urgency: Urgency::Ping,
                slot: None,
                say: Say::UnknownCommand {
                    command: "/x".to_owned(),
                },
            },
            tries: 0,
            unknown_tries: 0,
            message: None,
        };
        let (answers, _answers) = mpsc::channel(1);
        let (rest, _rest) = mpsc::channel(1);
        let (settling, mut carried) = mpsc::channel(1);
        let hatch = Hatch {
            post: Post { answers, rest },
            settling,
        };
        let permit = Pace::new(round.rate).permit().unwrap();
        let told = async {
            let (sent, told) = carried.recv().await.unwrap();
            told.send(()).unwrap();
            sent
        };
        let carried = carry(Arc::new(round), hatch, due, permit);
        let (_, sent) = tokio::join!(carried, told);
        let later = matches!(
            sent.result,
            Err(SendError::Later {
                fate: Fate::NotSent,
                ..
            })
        );
        assert!(later, "{:?}", sent.result);
        telegram.expect_no_call();
    }
}
