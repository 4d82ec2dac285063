//! The wire: HTTP in, HTTP out, long polls, and connections that die when a test wants them to.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{StatusCode, header::CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::serve::{IncomingStream, Listener};
use rand::Rng;
use serde_json::{Value, json};
use tokio::io::{self, AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep, timeout_at};

use super::Shared;
use super::call::{Call, percent_decoded};
use super::faults::Trouble;
use super::files;
use super::methods::perform;
use super::refusal::{Answer, Refusal};

/// The longest long poll the server grants.
const POLL_MAX_SECS: i64 = 50;
/// The largest request taken.
const REQUEST_MAX_BYTES: usize = 60 * 1024 * 1024;

/// Opens the server on a free port and serves it until the runtime ends.
pub async fn open(shared: Arc<Shared>) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0))
        .await
        .expect("a free port on this machine");
    let address = listener
        .local_addr()
        .expect("a bound socket has an address");
    let app = Router::new().fallback(answer).with_state(shared);
    let service = app.into_make_service_with_connect_info::<Line>();
    tokio::spawn(async move { axum::serve(Exchange(listener), service).await });
    address
}

/// One connection as its requests see it: they may have it cut.
#[derive(Clone, Debug, Default)]
struct Line(Arc<AtomicBool>);

impl Line {
    fn cut(&self) -> Response {
        self.0.store(true, Ordering::SeqCst);
        // Never reaches the other side: writing it finds the line cut.
        StatusCode::GONE.into_response()
    }
}

struct Exchange(TcpListener);

impl Listener for Exchange {
    type Io = Wire;
    type Addr = Line;

    async fn accept(&mut self) -> (Wire, Line) {
        let (stream, _) = Listener::accept(&mut self.0).await;
        let line = Line::default();
        (
            Wire {
                stream,
                line: line.clone(),
            },
            line,
        )
    }

    fn local_addr(&self) -> io::Result<Line> {
        Ok(Line::default())
    }
}

impl Connected<IncomingStream<'_, Exchange>> for Line {
    fn connect_info(stream: IncomingStream<'_, Exchange>) -> Self {
        stream.remote_addr().clone()
    }
}

/// A connection that answers with a reset once its line is cut.
struct Wire {
    stream: TcpStream,
    line: Line,
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.line.0.load(Ordering::SeqCst) {
            // So that closing sends a reset and not a polite end.
            let _ = self.stream.set_zero_linger();
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
) -> Response {
    if shared.lock().is_dark {
        return line.cut();
    }
    let (head, body) = request.into_parts();
    let path = percent_decoded(head.uri.path());
    let Ok(body) = to_bytes(body, REQUEST_MAX_BYTES).await else {
        return refuse(&Refusal::new(413, "Request Entity Too Large".into()));
    };
    let token = shared.lock().token.clone();
    let (prefix, rest) = match path.strip_prefix("/file/bot") {
        Some(rest) => ("file", rest),
        None => ("method", path.strip_prefix("/bot").unwrap_or_default()),
    };
    let Some((given, rest)) = rest.split_once('/') else {
        return refuse(&Refusal::not_found());
    };
    if given != token {
        return refuse(&Refusal::unauthorized());
    }
    if prefix == "file" {
        return download(&shared, &line, rest).await;
    }
    match Call::decode(rest, &head.uri, &head.headers, &body) {
        Ok(call) => with_troubles(&shared, &line, call).await,
        Err(refusal) => refuse(&refusal),
    }
}

async fn download(shared: &Shared, line: &Line, path: &str) -> Response {
    match shared.change(|telegram| telegram.faults.take("download", None)) {
        Some(Trouble::ResetBeforeEffect | Trouble::ResetAfterEffect) => return line.cut(),
        Some(Trouble::SlowBeforeEffect(wait) | Trouble::SlowAfterEffect(wait)) => sleep(wait).await,
        Some(Trouble::Status(status, words)) => return refuse(&Refusal::new(status, words.into())),
        _ => {}
    }
    match files::download(&shared.lock(), path) {
        Some(bytes) => bytes.into_response(),
        None => refuse(&Refusal::not_found()),
    }
}

async fn with_troubles(shared: &Shared, line: &Line, call: Call) -> Response {
    let (name, chat) = (call.name(), call.integer("chat_id"));
    let trouble = shared.change(|telegram| {
        *telegram.calls.entry(name.clone()).or_default() += 1;
        telegram.faults.take(&name, chat)
    });
    match &trouble {
        None | Some(Trouble::ResetAfterEffect | Trouble::SlowAfterEffect(_)) => {}
        Some(Trouble::TooMany { retry_after_secs }) => {
            return refuse(&Refusal::too_many(*retry_after_secs));
        }
        Some(Trouble::Status(status, words)) => {
            return refuse(&Refusal::new(*status, (*words).into()));
        }
        Some(Trouble::Html) => {
            let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n";
            return (StatusCode::BAD_GATEWAY, [(CONTENT_TYPE, "text/html")], page).into_response();
        }
        Some(Trouble::Garbage) => {
            return ([(CONTENT_TYPE, "application/json")], "{\"ok\":true,\"resu").into_response();
        }
        Some(Trouble::Unauthorized) => return refuse(&Refusal::unauthorized()),
        Some(Trouble::Conflict) => return refuse(&Refusal::other_poller()),
        Some(Trouble::ResetBeforeEffect) => return line.cut(),
        Some(Trouble::SlowBeforeEffect(wait)) => sleep(*wait).await,
    }
    let answer = if name == "getUpdates" {
        match get_updates(shared, &call).await {
            Some(answer) => answer,
            None => return line.cut(),
        }
    } else {
        let way = one_way(shared);
        wait(way).await;
        let answer = shared.change(|telegram| perform(telegram, &call));
        wait(way).await;
        answer
    };
    match trouble {
        Some(Trouble::ResetAfterEffect) => line.cut(),
        Some(Trouble::SlowAfterEffect(wait)) => {
            sleep(wait).await;
            respond(answer)
        }
        _ => respond(answer),
    }
}

/// Half a round trip, drawn anew.
fn one_way(shared: &Shared) -> Duration {
    let range = shared.lock().round_trip.clone();
    if range.is_empty() {
        return range.start / 2;
    }
    rand::rng().random_range(range) / 2
}

async fn wait(time: Duration) {
    if !time.is_zero() {
        sleep(time).await;
    }
}

/// A poll: at once when there is something, else when there is, else empty. None when the server goes dark meanwhile.
async fn get_updates(shared: &Shared, call: &Call) -> Option<Answer> {
    let timeout_secs = call.integer("timeout").unwrap_or(0).clamp(0, POLL_MAX_SECS);
    let deadline = Instant::now() + Duration::from_secs(timeout_secs.unsigned_abs());
    let limit = call
        .integer("limit")
        .filter(|limit| (1..=100).contains(limit))
        .unwrap_or(100);
    let limit = usize::try_from(limit).unwrap_or(100);
    let allowed = match call.json("allowed_updates") {
        Ok(allowed) => allowed,
        Err(refusal) => return Some(Err(refusal)),
    };
    let opened = shared.change(|telegram| {
        if telegram.webhook.is_some() {
            return Err(Refusal::webhook_is_set());
        }
        if let Some(kinds) = &allowed {
            telegram.queue.allow(kinds);
        }
        Ok(telegram
            .queue
            .open_poll(call.integer("offset").unwrap_or(0)))
    });
    let poll = match opened {
        Ok(poll) => poll,
        Err(refusal) => return Some(Err(refusal)),
    };
    let mut changes = shared.changes();
    loop {
        changes.borrow_and_update();
        let batch = {
            let mut telegram = shared.lock();
            if telegram.is_dark {
                return None;
            }
            if telegram.webhook.is_some() {
                return Some(Err(Refusal::webhook_is_set()));
            }
            if telegram.queue.is_superseded(poll) {
                return Some(Err(Refusal::other_poller()));
            }
            let now = telegram.now();
            telegram.queue.batch(limit, now)
        };
        if !batch.is_empty() || timeout_at(deadline, changes.changed()).await.is_err() {
            return Some(Ok(Value::Array(batch)));
        }
    }
}

fn respond(answer: Answer) -> Response {
    match answer {
        Ok(result) => in_json(StatusCode::OK, &json!({ "ok": true, "result": result })),
        Err(refusal) => refuse(&refusal),
    }
}

fn refuse(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    in_json(status, &refusal.body())
}

fn in_json(status: StatusCode, body: &Value) -> Response {
    let bytes = Bytes::from(body.to_string());
    (
        status,
        [(CONTENT_TYPE, "application/json")],
        Body::from(bytes),
    )
        .into_response()
}
