//! People: who has no account yet and what to send them, and one person's link.

use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use maud::{Markup, html};

use super::Desk;
use super::layout::{Place, Refreshed, desk_page, seal};
use super::said::{answer_on, order_button};
use super::visit::Visit;
use crate::decide::Unreachable;
use crate::words::desk::{Label, label};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/people", get(page))
}

async fn page(State(desk): State<Desk>, visit: Visit) -> Html<String> {
    let t = |which| label(which, visit.lang);
    let board = visit.look.world.board(visit.look.now);
    let unbound = board.standing.map(|standing| standing.unbound);
    let main = html! {
        h1 { (t(Label::People)) }
        (answer_on(&desk, &visit, "/people"))
        section.card aria-label=(t(Label::Invite)) {
            div.row {
                (named(&visit, "/people", "invite", Label::Invite, Label::Ask))
                (named(&visit, "/people", "unbind", Label::Unbind, Label::Free))
                (named(&visit, "/people", "unit", Label::OneUnit, Label::Ask))
            }
            div.row {
                (order_button(&visit, "/people", "ready", "", t(Label::Readiness)))
                (order_button(&visit, "/people", "who", "", t(Label::WhoNow)))
                (order_button(&visit, "/people", "chase_binding", "", t(Label::ChaseBinding)))
                (order_button(&visit, "/people", "clerks", "", t(Label::Clerks)))
            }
        }
        section.card id="unbound" data-part aria-labelledby="unbound-head" {
            h2 id="unbound-head" { (t(Label::Unbound)) }
            @match unbound {
                None => p.empty { b { (t(Label::NoRoster)) } br; (t(Label::NoRosterHint)) },
                Some(people) if people.is_empty() => p.empty { (t(Label::AllBound)) },
                Some(people) => ul.list { @for person in &people { (invitation(&visit, person)) } },
            }
        }
    };
    desk_page(
        &visit,
        Place::People,
        t(Label::People),
        Refreshed::Live,
        &main,
    )
}

/// An order about somebody, or a unit, that is to be named.
pub(super) fn named(visit: &Visit, page: &str, order: &str, what: Label, button: Label) -> Markup {
    let t = |which| label(which, visit.lang);
    let whose = if order == "unit" {
        Label::Unit
    } else {
        Label::Name
    };
    html! {
        form method="post" action="/order" {
            (seal(visit))
            input type="hidden" name="order" value=(order);
            input type="hidden" name="back" value=(page);
            label { (t(what)) " " input name="of" placeholder=(t(whose)) maxlength="60" required; }
            button type="submit" { (t(button)) }
        }
    }
}

/// Somebody without an account, and the text to send them.
pub(super) fn invitation(visit: &Visit, person: &Unreachable) -> Markup {
    let t = |which| label(which, visit.lang);
    let speech = visit.speech();
    let link = &person.link;
    let mut about = vec![link.unit.clone()];
    about.extend(link.phone.as_ref().map(ToString::to_string));
    about.extend(speech.role(person.role));
    let is_on = person
        .next
        .is_some_and(|shift| shift.contains(visit.look.now));
    html! {
        li {
            div.what {
                b { (link.name) }
                @if is_on { " " span.tag { (t(Label::OnDutyNow)) } }
                span.sub { (about.join(" · "))
                    @if let Some(next) = person.next { " · " (speech.stretch(&next)) } }
            }
            details.copy data-done=(t(Label::Copied)) {
                summary { (t(Label::CopyText)) }
                textarea readonly rows="4" aria-label=(t(Label::TextToSend)) { (speech.invitation(link)) }
            }
        }
    }
}
