//! Leave and swaps at the desk: what waits for the office or for somebody else, and leave for
//! somebody who asked by telephone; and the day's reports.

use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use maud::{Markup, html};

use super::Desk;
use super::layout::{Place, Refreshed, desk_page};
use super::marks::marked;
use super::people::named;
use super::said::{answer_on, message, order_button};
use super::visit::Visit;
use crate::decide::{LeaveSay, Say};
use crate::words::desk::{Label, label};

const PAGE: &str = "/leaves";

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(PAGE, get(page))
}

async fn page(State(desk): State<Desk>, visit: Visit) -> Html<String> {
    let t = |which| label(which, visit.lang);
    let waiting = visit.look.world.leaves_waiting();
    let main = html! {
        h1 { (t(Label::Leaves)) }
        (answer_on(&desk, &visit, PAGE))
        section.card id="waiting" data-part aria-labelledby="waiting-head" {
            h2 id="waiting-head" { (t(Label::LeavesWaiting)) }
            @if waiting.is_empty() { p.empty { (t(Label::NothingWaiting)) } }
            @for say in waiting { article.leave { (one(&visit, say)) } }
        }
        section.card aria-label=(t(Label::LeaveFor)) {
            p.sub { (t(Label::LeaveForHint)) }
            div.row {
                (named(&visit, PAGE, "leave", Label::LeaveFor, Label::Begin))
                (named(&visit, PAGE, "swap", Label::SwapFor, Label::Begin))
            }
        }
        section.card aria-labelledby="reports-head" {
            h2 id="reports-head" { (t(Label::Reports)) }
            p.sub { (t(Label::ReportsHint)) }
            (order_button(&visit, PAGE, "report", "", t(Label::ReportsToday)))
        }
    };
    let title = t(Label::Leaves);
    desk_page(&visit, Place::Leaves, title, Refreshed::Live, &main)
}

/// With the chat's buttons where the office is asked; else with whom it waits for.
fn one(visit: &Visit, said: LeaveSay) -> Markup {
    if let LeaveSay::Waiting { request, on, .. } = &said {
        return html! { p.message { (marked(&visit.speech().leave_waits(request, on))) } };
    }
    message(visit, PAGE, &Say::Leave(Box::new(said)))
}
