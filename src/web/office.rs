//! The counter between the pages and the one writer: pages ask to look, or that something be done.
//!
//! It knows nobody behind the counter; whoever stands there takes errands one at a time.

use std::sync::Arc;

use thiserror::Error;
use tokio::sync::{mpsc, oneshot, watch};

use crate::decide::{Change, Input, World};
use crate::time::Moment;

/// Errands waiting at most; who comes then is told to come again.
const QUEUE: usize = 64;

/// What a page asks for.
pub enum Errand {
    /// All there is, as it stands.
    Look(oneshot::Sender<Look>),
    /// `input` is decided and kept, the bytes that came with it too; then what followed is told.
    Act {
        input: Box<Input>,
        file: Option<Vec<u8>>,
        done: oneshot::Sender<Change>,
    },
    /// The bytes of a photo or a voice message, from whoever has them.
    Fetch {
        file: String,
        done: oneshot::Sender<Result<Vec<u8>, Unfetched>>,
    },
}

/// Why something that was shown cannot be looked at here.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Unfetched {
    #[error("it is larger than the limit")]
    TooLarge,
    #[error("it is not there any more")]
    Gone,
    #[error("it cannot be fetched now")]
    Later,
}

/// The world at one moment.
#[derive(Clone)]
pub struct Look {
    pub world: Arc<World>,
    pub now: Moment,
}

/// Nobody is behind the counter: the program is going.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("the program is stopping")]
pub struct Closed;

/// The pages' side.
#[derive(Clone)]
pub struct Office {
    errands: mpsc::Sender<Errand>,
    changes: watch::Receiver<u64>,
}

/// The writer's side.
pub struct Counter {
    pub errands: mpsc::Receiver<Errand>,
    changes: watch::Sender<u64>,
}

/// Both sides of a new counter.
#[must_use]
pub fn office() -> (Office, Counter) {
    let (errands, taken) = mpsc::channel(QUEUE);
    let (told, changes) = watch::channel(0);
    let office = Office { errands, changes };
    let counter = Counter {
        errands: taken,
        changes: told,
    };
    (office, counter)
}

impl Office {
    pub async fn look(&self) -> Result<Look, Closed> {
        let (reply, answer) = oneshot::channel();
        let asked = self.errands.send(Errand::Look(reply)).await;
        asked.map_err(|_| Closed)?;
        answer.await.map_err(|_| Closed)
    }

    /// What followed from `input`, once it is on the disk.
    pub async fn act(&self, input: Input) -> Result<Change, Closed> {
        self.errand(input, None).await
    }

    /// As [`Office::act`], with the bytes of the file that `input` brings.
    pub async fn act_with(&self, input: Input, file: Vec<u8>) -> Result<Change, Closed> {
        self.errand(input, Some(file)).await
    }

    async fn errand(&self, input: Input, file: Option<Vec<u8>>) -> Result<Change, Closed> {
        let (done, answer) = oneshot::channel();
        let input = Box::new(input);
        let asked = self.errands.send(Errand::Act { input, file, done }).await;
        asked.map_err(|_| Closed)?;
        answer.await.map_err(|_| Closed)
    }

    /// The bytes of `file`, as it was sent to the bot.
    pub async fn fetch(&self, file: String) -> Result<Result<Vec<u8>, Unfetched>, Closed> {
        let (done, answer) = oneshot::channel();
        let asked = self.errands.send(Errand::Fetch { file, done }).await;
        asked.map_err(|_| Closed)?;
        answer.await.map_err(|_| Closed)
    }

    /// Counts up whenever the world changes.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }
}

impl Counter {
    /// The world has changed `count` times.
    pub fn tell(&self, count: u64) {
        self.changes.send_if_modified(|known| {
            let news = *known != count;
            *known = count;
            news
        });
    }
}
