//! Where Telegram brings updates, if it is told to: taken with the right secret alone, and confirmed
//! only once they are kept.
//!
//! It knows no update and keeps none: whoever takes them says what became of each.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq as _;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

/// Larger than any update there is.
const UPDATE_BYTES: usize = 1024 * 1024;
/// Updates waiting at most; Telegram keeps what finds no place, and brings it again.
const QUEUE: usize = 256;
/// Whoever waits longer is told to come again; what was kept by then is known for a repeat.
const PATIENCE: Duration = Duration::from_secs(10);
const SECRET: &str = "x-telegram-bot-api-secret-token";

/// One update as it was brought, to the letter.
pub struct Pushed {
    pub raw: String,
    /// Dropped without a word, it is brought again.
    pub taken: oneshot::Sender<Taken>,
}

/// What became of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is on the disk, and so is what followed from it.
    Kept,
    /// It is none.
    Unfit,
}

/// The place where updates are brought.
#[derive(Clone)]
pub struct Hook {
    path: String,
    secret: SecretString,
    pushed: mpsc::Sender<Pushed>,
}

/// The place at `path` for whoever knows `secret`, and where its updates come out.
#[must_use]
pub fn hook(path: String, secret: SecretString) -> (Hook, mpsc::Receiver<Pushed>) {
    let (pushed, taken) = mpsc::channel(QUEUE);
    let hook = Hook {
        path,
        secret,
        pushed,
    };
    (hook, taken)
}

impl Hook {
    /// Its path alone, before everything of `others`.
    pub(super) fn before(self, others: Router) -> Router {
        let path = self.path.clone();
        Router::new()
            .route(&path, post(push))
            .layer(DefaultBodyLimit::max(UPDATE_BYTES))
            .with_state(self)
            .fallback_service(others)
    }

    fn is_secret(&self, given: &[u8]) -> bool {
        self.secret.expose_secret().as_bytes().ct_eq(given).into()
    }
}

async fn push(State(hook): State<Hook>, request: Request) -> Response {
    // Before a byte of it is read: strangers are not to fill the memory.
    let given = request.headers().get(SECRET);
    if !given.is_some_and(|given| hook.is_secret(given.as_bytes())) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let body = match Bytes::from_request(request, &hook).await {
        Ok(body) => body,
        Err(refusal) => return refusal.into_response(),
    };
    let Ok(raw) = String::from_utf8(body.into()) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let (taken, answer) = oneshot::channel();
    if hook.pushed.try_send(Pushed { raw, taken }).is_err() {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let status = match timeout(PATIENCE, answer).await {
        Ok(Ok(Taken::Kept)) => StatusCode::OK,
        Ok(Ok(Taken::Unfit)) => StatusCode::BAD_REQUEST,
        Ok(Err(_)) | Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    };
    status.into_response()
}
