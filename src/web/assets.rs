//! The one stylesheet and the one script, out of the binary.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

use crate::picture;

pub(super) const STYLE: &str = "/desk.css";
pub(super) const SCRIPT: &str = "/desk.js";
/// Chinese letters, for a machine that has none of its own.
pub(super) const LETTERS: &str = "/letters.ttf";

/// A page of the same program asks again soon; one of a newer program must not get the old one.
const SHORTLY: &str = "public, max-age=300";
/// It is large, and the letters stay the same.
const SELDOM: &str = "public, max-age=604800";

pub(super) async fn style() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CACHE_CONTROL, SHORTLY),
    ];
    (headers, include_str!("desk.css"))
}

pub(super) async fn letters() -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "font/ttf"), (CACHE_CONTROL, SELDOM)];
    (headers, picture::BUNDLED)
}

pub(super) async fn script() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CACHE_CONTROL, SHORTLY),
    ];
    (headers, include_str!("desk.js"))
}
