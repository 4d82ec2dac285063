//! Coming in by a link that works once, and going out.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::{ConnectInfo, Path, Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::Desk;
use super::forms::{Nothing, Signed};
use super::refusal::Refusal;
use super::said::own_page;
use super::visit::{Guest, lang_cookie, let_in, no_session_cookie, session_cookie};
use crate::decide::{Input, Lang};

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/login/{token}", get(open))
        .route("/logout", post(close))
        .route("/name", post(name))
        .route("/lang/{lang}", get(speak))
}

async fn open(
    State(desk): State<Desk>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(token): Path<String>,
    method: Method,
    headers: HeaderMap,
    guest: Guest,
) -> Result<Response, Refusal> {
    // A program that only looks ahead must not use up the link.
    if method == Method::HEAD || is_looking_ahead(&headers) {
        return Ok(Redirect::to("/").into_response());
    }
    let now = guest.look.now;
    if let Some(wait) = desk.attempts.wait(peer.ip(), now) {
        return Err(Refusal::TooOften(guest.lang, wait));
    }
    let change = desk.office.act(Input::DeskOpened { token }).await?;
    let Some(account) = let_in(&change) else {
        desk.attempts.failed(peer.ip(), now);
        return Err(Refusal::DeadLink(guest.lang));
    };
    // Counted from after the change, so that leaving before does not shut this one out.
    let look = desk.office.look().await?;
    let cookie = session_cookie(account, &look).ok_or(Refusal::Broken(guest.lang))?;
    Ok(([(SET_COOKIE, cookie)], Redirect::to("/")).into_response())
}

fn is_looking_ahead(headers: &HeaderMap) -> bool {
    let purposes = ["sec-purpose", "purpose", "x-moz"];
    let mut said = purposes.iter().filter_map(|name| headers.get(*name));
    said.any(|purpose| purpose.as_bytes().starts_with(b"prefetch"))
}

async fn close(
    State(desk): State<Desk>,
    Signed { visit, .. }: Signed<Nothing>,
) -> Result<Response, Refusal> {
    let account = visit.clerk.id;
    desk.office.act(Input::DeskClosed { account }).await?;
    Ok(([(SET_COOKIE, no_session_cookie())], Redirect::to("/")).into_response())
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

async fn name(
    State(desk): State<Desk>,
    Signed { visit, form }: Signed<Named>,
) -> Result<Redirect, Refusal> {
    let account = visit.clerk.id;
    let name = form.name;
    desk.office.act(Input::DeskNamed { account, name }).await?;
    Ok(Redirect::to("/"))
}

#[derive(Deserialize)]
struct From {
    #[serde(default)]
    back: String,
}

/// The same page in the other language.
async fn speak(
    Path(lang): Path<String>,
    Query(from): Query<From>,
) -> ([(axum::http::HeaderName, HeaderValue); 1], Redirect) {
    let lang = if lang == "en" { Lang::En } else { Lang::Zh };
    let back = Redirect::to(own_page(&from.back));
    ([(SET_COOKIE, lang_cookie(lang))], back)
}
