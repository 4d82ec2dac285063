//! News for open pages: that something has changed, never what. The page asks for itself again.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;
use serde::Deserialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::Desk;
use super::refusal::Refusal;
use super::visit::Visit;

/// Pages open at once.
const STREAMS: usize = 128;
const HEARTBEAT: Duration = Duration::from_secs(20);

/// The open streams, and when they end.
pub(super) struct Streams {
    places: Arc<Semaphore>,
    stopping: watch::Receiver<bool>,
}

impl Streams {
    pub fn until(stopping: watch::Receiver<bool>) -> Self {
        Self {
            places: Arc::new(Semaphore::new(STREAMS)),
            stopping,
        }
    }
}

/// One page's stream.
struct Open {
    changes: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    /// How often the world had changed when the page was drawn.
    seen: Option<u64>,
}

pub(super) async fn stream(
    State(desk): State<Desk>,
    Query(asked): Query<Asked>,
    visit: Visit,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refusal> {
    let place = Arc::clone(&desk.streams.places).try_acquire_owned();
    let mut open = Open {
        changes: desk.office.changes(),
        stopping: desk.streams.stopping.clone(),
        _place: place.map_err(|_| Refusal::Unfit(visit.lang))?,
    };
    // What changed between the drawing and now is news too.
    let current = *open.changes.borrow_and_update();
    if asked.seen.is_some_and(|seen| seen != current) {
        open.changes.mark_changed();
    }
    let news = unfold(open, |mut open| async move {
        tokio::select! {
            changed = open.changes.changed() => changed.ok()?,
            _ = open.stopping.wait_for(|stop| *stop) => return None,
        }
        let count = *open.changes.borrow_and_update();
        let event = Event::default().event("changed").data(count.to_string());
        Some((Ok(event), open))
    });
    Ok(Sse::new(news).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}
