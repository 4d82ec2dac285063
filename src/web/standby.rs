//! The address of a process that stands by: it is there, and sends whoever comes elsewhere.

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::Hook;

/// Answers that it is alive and, to all else, `words`, until `stopping` says so or is gone. Updates
/// are taken at `hook`; where there is none they are not, and come again.
pub async fn stand_by(
    listener: TcpListener,
    words: &'static str,
    hook: Option<Hook>,
    mut stopping: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let elsewhere = (
        StatusCode::SERVICE_UNAVAILABLE,
        [
            (RETRY_AFTER, "1"),
            (CONTENT_TYPE, "text/plain; charset=utf-8"),
        ],
        words,
    );
    let pages = Router::new()
        .route("/healthz", get(async || "standing by\n"))
        .fallback(async move || elsewhere);
    let routes = match hook {
        Some(hook) => hook.before(pages),
        None => pages,
    };
    axum::serve(listener, routes)
        .with_graceful_shutdown(async move {
            let _ = stopping.wait_for(|stop| *stop).await;
        })
        .await
}
