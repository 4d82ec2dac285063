//! What somebody sees where there is no page for them, and what they can do about it.

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;

use super::layout::plain_page;
use super::office::Closed;
use super::visit::Guest;
use crate::words::Lang;
use crate::words::desk::refusals::{Why, refusal};

#[derive(Clone, Copy, Debug)]
pub(super) enum Refusal {
    /// The program is going.
    Stopping,
    /// No session, or one that is over.
    LoggedOut(Lang),
    /// A login link that opens nothing.
    DeadLink(Lang),
    TooOften(Lang, TimeDelta),
    /// A form that no page of ours sent.
    Foreign(Lang),
    /// A form with something missing, or a file too large.
    Unfit(Lang),
    NotFound(Lang),
    /// What was kept cannot be read.
    Broken(Lang),
}

impl From<Closed> for Refusal {
    fn from(_: Closed) -> Self {
        Refusal::Stopping
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, why, lang) = match self {
            Refusal::Stopping => (StatusCode::SERVICE_UNAVAILABLE, Why::Stopping, Lang::Zh),
            Refusal::LoggedOut(lang) => (StatusCode::UNAUTHORIZED, Why::LoggedOut, lang),
            Refusal::DeadLink(lang) => (StatusCode::GONE, Why::DeadLink, lang),
            Refusal::TooOften(lang, _) => (StatusCode::TOO_MANY_REQUESTS, Why::TooOften, lang),
            Refusal::Foreign(lang) => (StatusCode::FORBIDDEN, Why::Foreign, lang),
            Refusal::Unfit(lang) => (StatusCode::UNPROCESSABLE_ENTITY, Why::Unfit, lang),
            Refusal::NotFound(lang) => (StatusCode::NOT_FOUND, Why::NotFound, lang),
            Refusal::Broken(lang) => (StatusCode::INTERNAL_SERVER_ERROR, Why::Broken, lang),
        };
        let mut response = (status, plain_page(lang, &refusal(why, lang))).into_response();
        if let Refusal::TooOften(_, wait) = self {
            let headers = response.headers_mut();
            headers.insert(
                RETRY_AFTER,
                HeaderValue::from(wait.num_seconds().unsigned_abs()),
            );
        }
        response
    }
}

pub(super) async fn not_found(guest: Guest) -> Refusal {
    Refusal::NotFound(guest.lang)
}
