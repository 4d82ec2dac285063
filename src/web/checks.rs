//! Spot checks: the board of a round, the rounds there were, and starting one.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Html;
use axum::routing::get;
use maud::{Markup, PreEscaped, html};

use super::Desk;
use super::layout::{Place, Refreshed, desk_page, seal};
use super::refusal::Refusal;
use super::said::{answer_on, button, order_button};
use super::shown::beside_check;
use super::visit::Visit;
use crate::decide::{Check, Press, RoundBoard, RoundId};
use crate::spotcheck::Outcome;
use crate::words::desk::{Label, label};

/// Of those present, how many stand on the board before the rest is folded away.
const PRESENT_SHOWN: usize = 3;
/// And of the others, before the round's own page has the rest.
const OTHERS_SHOWN: usize = 8;
const ROUNDS_SHOWN: usize = 50;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/checks", get(all))
        .route("/checks/{round}", get(one))
}

async fn all(State(desk): State<Desk>, visit: Visit) -> Html<String> {
    let t = |which| label(which, visit.lang);
    let world = &visit.look.world;
    let rounds = world.rounds.keys().rev().take(ROUNDS_SHOWN);
    let rounds: Vec<RoundBoard> = rounds.filter_map(|id| world.round_board(*id)).collect();
    let main = html! {
        h1 { (t(Label::Checks)) }
        (answer_on(&desk, &visit, "/checks"))
        (starting(&visit))
        section.card id="rounds" data-part aria-labelledby="rounds-head" {
            h2 id="rounds-head" { (t(Label::Rounds)) }
            @if rounds.is_empty() {
                p.empty { b { (t(Label::NoRound)) } br; (t(Label::NoRoundHint)) }
            } @else {
                ul.list { @for round in &rounds {
                    li {
                        div.what { b { a href={ "/checks/" (round.round.id.0) } { (visit.speech().round(round)) } }
                            span.sub { (round_state(&visit, round)) } }
                    }
                } }
            }
        }
    };
    desk_page(
        &visit,
        Place::Checks,
        t(Label::Checks),
        Refreshed::Live,
        &main,
    )
}

async fn one(
    State(desk): State<Desk>,
    Path(round): Path<u32>,
    visit: Visit,
) -> Result<Html<String>, Refusal> {
    let page = format!("/checks/{round}");
    let found = visit.look.world.round_board(RoundId(round));
    let round = found.ok_or(Refusal::NotFound(visit.lang))?;
    let title = visit.speech().round(&round);
    let main = html! {
        h1 { (title) }
        (answer_on(&desk, &visit, &page))
        section.card.round id="round" data-part {
            (progress(&round))
            p.sub { (round_state(&visit, &round)) }
            ul.list { @for check in &round.checks { (row(&visit, &page, check)) } }
            div.row {
                (button(&visit, &page, label(Label::Worksheet, visit.lang), Press::Worksheet(round.round.id)))
            }
        }
    };
    Ok(desk_page(
        &visit,
        Place::Checks,
        &title,
        Refreshed::Live,
        &main,
    ))
}

/// The last round on the first page.
pub(super) fn round_card(visit: &Visit, round: Option<&RoundBoard>) -> Markup {
    let t = |which| label(which, visit.lang);
    let present = |check: &&Check| matches!(check.state.outcome(), Some(Outcome::Present { .. }));
    html! {
        section.card.round id="round" data-part aria-labelledby="round-head" {
            div.head {
                h2 id="round-head" { (t(Label::Checks)) }
                a.button.main href="/checks#start" { (t(if round.is_some() { Label::Again } else { Label::Start })) }
            }
            @if let Some(round) = round {
                @let (there, others): (Vec<&Check>, Vec<&Check>) = round.checks.iter().partition(present);
                @let shown = there.len().min(PRESENT_SHOWN);
                @let pressing = others.len().min(OTHERS_SHOWN);
                p.sub { a href={ "/checks/" (round.round.id.0) } { (visit.speech().round(round)) } }
                (progress(round))
                ul.list {
                    @for check in &others[..pressing] { (row(visit, "/", check)) }
                    @for check in &there[..shown] { (row(visit, "/", check)) }
                }
                @if others.len() > pressing {
                    p { a href={ "/checks/" (round.round.id.0) } { (visit.speech().others(others.len() - pressing)) } }
                }
                @if there.len() > shown {
                    details {
                        summary { (visit.speech().others(there.len() - shown)) " " (t(Label::Present)) }
                        ul.list { @for check in &there[shown..] { (row(visit, "/", check)) } }
                    }
                }
            } @else {
                p.empty { b { (t(Label::NoRound)) } br; (t(Label::NoRoundHint)) }
            }
        }
    }
}

/// A round's counts in one line, zeros shown.
pub(super) fn round_state(visit: &Visit, round: &RoundBoard) -> String {
    let t = |which| label(which, visit.lang);
    let c = round.counts;
    let mut parts = vec![
        format!("{} {}", t(Label::Present), c.present),
        format!("{} {}", t(Label::Late), c.late),
        format!("{} {}", t(Label::NoAnswer), c.no_answer),
        format!("{} {}", t(Label::Undeliverable), c.undeliverable),
        format!("{} {}", t(Label::Void), c.void),
    ];
    if round.open > 0 {
        parts.push(format!("{} {}", t(Label::Waiting), round.open));
    }
    visit.speech().names(&parts)
}

/// How much of a round has answered, as one bar.
fn progress(round: &RoundBoard) -> Markup {
    let c = round.counts;
    let total = round.total().max(1);
    let parts = [
        ("present", c.present),
        ("late", c.late),
        ("bad", c.no_answer + c.undeliverable),
        ("void", c.void),
    ];
    let starts = parts.iter().scan(0, |sum, (_, count)| {
        let start = *sum;
        *sum += count;
        Some(start)
    });
    let parts: Vec<(u32, &str, u32)> = starts.zip(parts).map(|(s, (k, c))| (s, k, c)).collect();
    let share = |count: u32| {
        let hundredths = u64::from(count) * 10_000 / u64::from(total);
        format!("{}.{:02}%", hundredths / 100, hundredths % 100)
    };
    html! {
        svg.progress width="100%" height="10" aria-hidden="true" focusable="false" {
            rect.open width="100%" height="10" rx="5" {}
            @for (start, kind, count) in parts.iter().filter(|(_, _, count)| *count > 0) {
                rect class=(kind) x=(share(*start)) width=(share(*count)) height="10" {}
            }
        }
    }
}

fn row(visit: &Visit, page: &str, check: &Check) -> Markup {
    let t = |which| label(which, visit.lang);
    let (pill, which) = match check.state.outcome() {
        Some(Outcome::Present { .. }) => ("pill ok", Label::Present),
        Some(Outcome::Late { .. }) => ("pill late", Label::Late),
        Some(Outcome::NoAnswer { .. }) if check.follow_up.ruling().is_some() => {
            ("pill wait", Label::Ruled)
        }
        Some(Outcome::NoAnswer { .. }) => ("pill bad", Label::NoAnswer),
        Some(Outcome::Undeliverable { .. }) => ("pill bad", Label::Undeliverable),
        Some(Outcome::Void { .. }) => ("pill wait", Label::Void),
        None => ("pill wait", Label::Waiting),
    };
    let to_verify = matches!(
        check.state.outcome(),
        Some(Outcome::NoAnswer { .. } | Outcome::Undeliverable { .. })
    ) || check.is_unheard(visit.look.now);
    html! {
        li {
            div.what {
                b { (check.asked.unit) " " (check.asked.name) }
                span.sub { (check.id) " · " (PreEscaped(visit.speech().check(check))) }
            }
            @if to_verify { (button(visit, page, t(Label::Verify), Press::Verify(check.id))) }
            span class=(pill) { (t(which)) }
            (beside_check(visit, check))
        }
    }
}

fn starting(visit: &Visit) -> Markup {
    let t = |which| label(which, visit.lang);
    let world = &visit.look.world;
    let Some((_, roster)) = world.in_force() else {
        return html! { section.card id="start" { p.empty { b { (t(Label::NoRoster)) } br; (t(Label::NoRosterHint)) } } };
    };
    html! {
        section.card id="start" aria-labelledby="start-head" {
            h2 id="start-head" { (t(Label::Start)) }
            p.sub { (t(Label::NoRoundHint)) }
            div.row {
                (order_button(visit, "/checks", "check_all", "", t(Label::CheckAll)))
                form method="post" action="/order" {
                    (seal(visit))
                    input type="hidden" name="order" value="check_some";
                    input type="hidden" name="back" value="/checks";
                    label { (t(Label::HowMany)) " " input.short name="of" type="number" min="1" value="3" required; }
                    button type="submit" { (t(Label::CheckSome)) }
                }
                form method="post" action="/order" {
                    (seal(visit))
                    input type="hidden" name="order" value="check_unit";
                    input type="hidden" name="back" value="/checks";
                    label { (t(Label::Unit)) " "
                        select name="of" { @for unit in roster.units() { option value=(unit) { (unit) } } }
                    }
                    button type="submit" { (t(Label::CheckUnit)) }
                }
            }
            div.row {
                (order_button(visit, "/checks", "worksheet", "", t(Label::Worksheet)))
                (order_button(visit, "/checks", "draw", "", t(Label::Draws)))
                (order_button(visit, "/checks", "who", "", t(Label::WhoNow)))
            }
        }
    }
}
