//! The desk's first page: how the county stands now.

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use maud::html;

use super::Desk;
use super::layout::{Place, Refreshed, desk_page};
use super::visit::Visit;
use crate::words::desk::{Label, label};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/", get(today))
}

async fn today(visit: Visit) -> Html<String> {
    let title = label(Label::Today, visit.lang);
    let main = html! { h1 { (title) } };
    desk_page(&visit, Place::Today, title, Refreshed::Live, &main)
}
