//! Calendars to subscribe to, by a link of their own.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::{Turned, strayed};
use crate::decide::Whose;
use crate::picture::ical::ical;
use crate::spotcheck::Digest;
use crate::web::Desk;
use crate::web::visit::Guest;

/// Programs ask every hour, and are told whether anything changed.
const ASK_AGAIN: &str = "private, no-cache";

pub(super) async fn file(
    State(desk): State<Desk>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(file): Path<String>,
    guest: Guest,
    headers: HeaderMap,
) -> Result<Response, Turned> {
    let Guest { look, lang } = guest;
    let secret = file.strip_suffix(".ics").unwrap_or_default();
    let world = &look.world;
    let Some(whose) = world.calendar_bearer(secret, look.now) else {
        return Err(strayed(&desk, peer, &look, lang));
    };
    let lang = match &whose {
        Whose::Person(member) => {
            let account = world.account_of(&member.unit, &member.name, member.phone.as_ref());
            account.map_or(world.policy.lang, |account| world.lang(account.id))
        }
        Whose::Unit(_) => world.policy.lang,
    };
    let calendar = world.calendar(whose).ok_or(Turned::Away(lang))?;
    let bytes = ical(&calendar, world.policy.zone, lang);
    let tag = format!("\"{}\"", Digest::of(bytes.as_bytes()));
    let known = headers.get(IF_NONE_MATCH);
    let fresh = [(ETAG, tag.clone()), (CACHE_CONTROL, ASK_AGAIN.to_owned())];
    if known.is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, fresh).into_response());
    }
    let kind = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CONTENT_DISPOSITION, "inline; filename=\"zaigang.ics\""),
    ];
    Ok((fresh, kind, bytes).into_response())
}
