//! The process's own address: whether it is alive, for whoever watches it.
//!
//! It knows no Telegram; what people do here comes in as the same inputs as in the chat.

use axum::Router;
use axum::routing::get;
use tokio::net::TcpListener;

/// Serves until `stop` resolves.
pub async fn serve(
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let routes = Router::new().route("/healthz", get(async || "ok\n"));
    axum::serve(listener, routes)
        .with_graceful_shutdown(stop)
        .await
}
