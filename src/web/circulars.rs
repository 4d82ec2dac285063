//! The circular at the desk: drafted, the units asked, sent for approval, approved, read and
//! corrected, with the chat's own words and buttons.

use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use maud::{Markup, html};

use super::Desk;
use super::documents::papers;
use super::layout::{Place, Refreshed, desk_page};
use super::said::{answer_on, message_beside, order_button};
use super::shown::beside_circular;
use super::visit::Visit;
use crate::decide::{CircularPress, Press, Proceeding};
use crate::words::desk::{Label, label};

pub(super) const PAGE: &str = "/circulars";
/// Circulars that went out, before the older ones are left to the journal.
const SHOWN: usize = 10;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(PAGE, get(page))
}

async fn page(State(desk): State<Desk>, visit: Visit) -> Html<String> {
    let t = |which| label(which, visit.lang);
    let proceedings = visit.look.world.circulars();
    let main = html! {
        h1 { (t(Label::Circulars)) }
        (answer_on(&desk, &visit, PAGE))
        section.card aria-label=(t(Label::DraftCircular)) {
            p.sub { (t(Label::CircularHint)) }
            (order_button(&visit, PAGE, "circular", "", t(Label::DraftCircular)))
        }
        section.card id="circulars" data-part aria-labelledby="circulars-head" {
            h2 id="circulars-head" { (t(Label::CircularsOnTheirWay)) }
            @if proceedings.is_empty() { p.empty { (t(Label::NoCircular)) } }
            @for proceeding in proceedings.iter().take(SHOWN) { (one(&visit, proceeding)) }
        }
        (papers(&visit))
    };
    let title = t(Label::Circulars);
    desk_page(&visit, Place::Circulars, title, Refreshed::Live, &main)
}

fn one(visit: &Visit, proceeding: &Proceeding) -> Markup {
    let said = visit.look.world.circular_stands(proceeding, visit.clerk.id);
    let mut shown = Vec::new();
    if proceeding.asked.is_some() {
        shown.push(Press::Circular(proceeding.id, CircularPress::AskUnits));
    }
    html! {
        article.circular id={ "circular-" (proceeding.id.0) } {
            @for say in &said { (message_beside(visit, PAGE, say, &mut shown)) }
            (beside_circular(visit, proceeding))
        }
    }
}
