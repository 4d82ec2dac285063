//! The program's own address: the desk for clerks, the pages of single people, and what watches
//! over the process.
//!
//! Pages are drawn here and answered as forms; whatever somebody does comes in as the same inputs
//! as in the chat, through the [`Office`]. It knows no Telegram and writes nothing to the store.

mod assets;
mod checks;
mod circulars;
mod dashboard;
mod documents;
mod forms;
mod guard;
mod hook;
mod layout;
mod leaves;
mod live;
mod login;
mod marks;
mod metrics;
mod office;
mod people;
mod personal;
mod records;
mod refusal;
mod rosters;
mod said;
mod shown;
mod standby;
mod timeline;
mod visit;

pub use hook::{Hook, Pushed, Taken, hook};
pub use office::{Closed, Counter, Errand, Look, Office, Unfetched, office};
pub use standby::stand_by;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::map_response;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::store::Archive;
use guard::Attempts;
use live::Streams;
use said::Answers;

/// What the pages are made with.
pub struct Site {
    pub office: Office,
    pub archive: Archive,
    pub clock: Arc<Clock>,
    /// Settings with where each comes from, secrets left out.
    pub settings: Vec<ShownSetting>,
    /// Where Telegram brings updates, if it does.
    pub hook: Option<Hook>,
}

/// One setting as the desk shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownSetting {
    pub key: String,
    pub value: String,
    pub origin: String,
}

/// What every page can reach.
#[derive(Clone)]
struct Desk(Arc<DeskParts>);

struct DeskParts {
    office: Office,
    archive: Archive,
    clock: Arc<Clock>,
    settings: Vec<ShownSetting>,
    attempts: Attempts,
    /// Links to pages of people that lead nowhere; counted apart, so that they shut nobody out.
    strays: Attempts,
    answers: Answers,
    streams: Streams,
}

impl std::ops::Deref for Desk {
    type Target = DeskParts;

    fn deref(&self) -> &DeskParts {
        &self.0
    }
}

/// Larger forms are refused; uploads have a limit of their own.
const FORM_BYTES: usize = 64 * 1024;

/// Serves until `stopping` says so or is gone; open streams end then too.
pub async fn serve(
    listener: TcpListener,
    site: Site,
    mut stopping: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let hook = site.hook;
    let desk = Desk(Arc::new(DeskParts {
        office: site.office,
        archive: site.archive,
        clock: site.clock,
        settings: site.settings,
        attempts: Attempts::default(),
        strays: Attempts::default(),
        answers: Answers::default(),
        streams: Streams::until(stopping.clone()),
    }));
    let pages = routes(desk);
    let routes = match hook {
        Some(hook) => hook.before(pages),
        None => pages,
    };
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            let _ = stopping.wait_for(|stop| *stop).await;
        })
        .await
}

fn routes(desk: Desk) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        // Browsers ask for it unasked.
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .route("/metrics", get(metrics::page))
        .route(assets::STYLE, get(assets::style))
        .route(assets::SCRIPT, get(assets::script))
        .route(assets::LETTERS, get(assets::letters))
        .route("/live", get(live::stream))
        .merge(login::routes())
        .merge(dashboard::routes())
        .merge(personal::routes())
        .merge(rosters::routes())
        .merge(checks::routes())
        .merge(people::routes())
        .merge(records::routes())
        .merge(said::routes())
        .merge(documents::routes())
        .merge(circulars::routes())
        .merge(leaves::routes())
        .merge(shown::routes())
        .fallback(refusal::not_found)
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(map_response(guard::with_headers))
        .with_state(desk)
}
