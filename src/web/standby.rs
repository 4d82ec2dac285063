//! The address of a process that stands by: it is there, and sends whoever comes elsewhere.

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Answers that it is alive and, to all else, `words`, until `stopping` says so or is gone. An
/// update brought here is not taken, and comes again.
pub async fn stand_by(
    listener: TcpListener,
    words: &'static str,
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
    axum::serve(listener, pages)
        .with_graceful_shutdown(async move {
            let _ = stopping.wait_for(|stop| *stop).await;
        })
        .await
}
