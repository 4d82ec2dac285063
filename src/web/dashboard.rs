//! The desk's first page: four numbers, today's posts, the last check, the gaps, who is not bound.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Html;
use axum::routing::get;
use chrono::NaiveDate;
use maud::{Markup, html};
use serde::Deserialize;

use super::Desk;
use super::checks::{round_card, round_state};
use super::documents::papers;
use super::layout::{Place, Refreshed, desk_page, seal};
use super::people::invitation;
use super::said::{answer_on, order_button};
use super::timeline::timeline;
use super::visit::Visit;
use crate::decide::{Board, DayTab, GapAhead, Standing, leads};
use crate::words::desk::board::{IsToday, Speech};
use crate::words::desk::{Label, label};

/// How many people without an account stand on the page at once.
const UNBOUND_SHOWN: usize = 6;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/", get(today))
}

#[derive(Deserialize)]
struct Asked {
    day: Option<NaiveDate>,
}

async fn today(State(desk): State<Desk>, Query(asked): Query<Asked>, visit: Visit) -> Html<String> {
    let t = |which| label(which, visit.lang);
    let board = visit.look.world.board(visit.look.now);
    let speech = visit.speech();
    let period = board.standing.as_ref().and_then(|s| s.period);
    let main = html! {
        div.heading {
            h1 { (t(Label::Today)) }
            p.sub { (speech.today(period)) }
        }
        (name_asked(&visit))
        (answer_on(&desk, &visit, "/"))
        (numbers(&visit, &board))
        div.board.unready[board.standing.is_none()] {
            (round_card(&visit, board.round.as_ref()))
            (gaps(&visit, &board))
            (posts(&visit, &board, asked.day))
            (unbound(&visit, &board))
        }
        (papers(&visit))
        (foot(&visit, &board))
    };
    desk_page(
        &visit,
        Place::Today,
        t(Label::Today),
        Refreshed::Live,
        &main,
    )
}

/// Findings are signed, so whoever works here is asked once.
fn name_asked(visit: &Visit) -> Markup {
    let t = |which| label(which, visit.lang);
    if !visit.is_unnamed() {
        return html! {};
    }
    html! {
        section.card.said id="name" aria-labelledby="name-head" {
            h2 id="name-head" { (t(Label::WhoAreYou)) }
            p { (t(Label::WhoAreYouHint)) }
            form.row method="post" action="/name" {
                (seal(visit))
                label { (t(Label::Name)) " " input name="name" maxlength="20" required autocomplete="name"; }
                button.main type="submit" { (t(Label::Keep)) }
            }
        }
    }
}

fn numbers(visit: &Visit, board: &Board) -> Markup {
    let speech = visit.speech();
    let standing = board.standing.as_ref();
    html! {
        ul.numbers id="numbers" data-part aria-label=(label(Label::Today, visit.lang)) {
            @if let Some(standing) = standing {
                @let bad = standing.report.gap_count > 0;
                (number(if bad { "bad" } else { "good" }, &standing.report.gap_count.to_string(), None, &speech.gaps(standing)))
            } @else {
                (empty_number(visit, Label::NoRoster))
            }
            @if let Some(round) = &board.round {
                @let answered = round.counts.present + round.counts.late;
                @let all = answered == round.total();
                (number(if all { "good" } else { "warn" }, &answered.to_string(), Some(round.total()), &speech.answered(round)))
            } @else {
                (empty_number(visit, Label::NoRound))
            }
            @if let Some(standing) = standing {
                @let rostered = standing.rostered;
                @let all = rostered.units == rostered.of;
                (number(if all { "good" } else { "bad" }, &rostered.units.to_string(), Some(rostered.of), &speech.rostered(standing)))
                @let today = standing.unbound.iter().filter(|p| is_today(visit, p.next)).count();
                (number("plain", &standing.unbound.len().to_string(), None, &speech.unbound(today)))
            }
        }
    }
}

fn number(kind: &str, number: &str, of: Option<u32>, said: &(String, String)) -> Markup {
    html! {
        li class={ "card number " (kind) } {
            p.n { (number) @if let Some(of) = of { small { "/" (of) } } }
            p.l { b { (said.0) } @if !said.1.is_empty() { span { (said.1) } } }
        }
    }
}

fn empty_number(visit: &Visit, which: Label) -> Markup {
    html! { li.card.number.empty { p.n { "–" } p.l { b { (label(which, visit.lang)) } } } }
}

/// Whether a shift touches the day that is running.
fn is_today(visit: &Visit, shift: Option<crate::time::Span>) -> bool {
    let world = &visit.look.world;
    let today = world.duty_day(visit.look.now);
    shift.is_some_and(|shift| {
        shift.contains(visit.look.now) || world.duty_day(shift.start()) == today
    })
}

fn posts(visit: &Visit, board: &Board, asked: Option<NaiveDate>) -> Markup {
    let t = |which| label(which, visit.lang);
    let Some(standing) = &board.standing else {
        return html! {
            section.card.posts aria-labelledby="posts-head" {
                h2 id="posts-head" { (t(Label::WhoIsOn)) }
                p.empty { b { (t(Label::NoRoster)) } br; (t(Label::NoRosterHint)) }
                p { a.button.main href="/rosters#upload" { (t(Label::Upload)) } }
                @if !board.not_submitted.is_empty() { (not_submitted(visit, board)) }
            }
        };
    };
    let world = &visit.look.world;
    let today = world.duty_day(visit.look.now);
    let tabs = standing.period.map(|p| world.day_tabs(&standing.gaps, p));
    let tabs = tabs.unwrap_or_default();
    let running = tabs.iter().map(|tab| tab.day).find(|day| *day == today);
    let day = asked
        .or(running)
        .or(tabs.first().map(|tab| tab.day))
        .unwrap_or(today);
    let posts = world.day_posts(day, &standing.gaps);
    html! {
        section.card.posts id="posts" data-part aria-labelledby="posts-head" {
            div.head {
                h2 id="posts-head" { (t(Label::WhoIsOn)) }
                nav.days aria-label=(t(Label::Days)) {
                    @for tab in &tabs { (day_tab(visit, *tab, day, today)) }
                }
                a.button href="/rosters#upload" { (t(Label::Upload)) }
            }
            @if let Some(posts) = posts {
                (timeline(visit, &posts))
            }
            p.sub { (t(Label::Legend)) }
            @if !board.not_submitted.is_empty() { (not_submitted(visit, board)) }
        }
    }
}

fn day_tab(visit: &Visit, tab: DayTab, shown: NaiveDate, today: NaiveDate) -> Markup {
    let speech = visit.speech();
    let is_today = if tab.day == today {
        IsToday::Yes
    } else {
        IsToday::No
    };
    html! {
        a href={ "/?day=" (tab.day) "#posts" } aria-current=[(tab.day == shown).then_some("date")] {
            (speech.day(tab.day, is_today))
            @if tab.gaps > 0 {
                i title=(speech.gap_count(tab.gaps)) { (tab.gaps) }
            } @else if tab.leader_gaps > 0 {
                i.leader title=(label(Label::MissingLeader, visit.lang)) { (tab.leader_gaps) }
            }
        }
    }
}

fn not_submitted(visit: &Visit, board: &Board) -> Markup {
    let t = |which| label(which, visit.lang);
    html! {
        div.row {
            p { b { (t(Label::NotSubmitted)) " " (board.not_submitted.len()) } " " (visit.speech().names(&board.not_submitted)) }
            (order_button(visit, "/", "chase", "", t(Label::ChaseRosters)))
        }
    }
}

fn gaps(visit: &Visit, board: &Board) -> Markup {
    let t = |which| label(which, visit.lang);
    let Some(standing) = &board.standing else {
        return html! {};
    };
    html! {
        section.card.gaps id="gaps" data-part aria-labelledby="gaps-head" {
            div.head {
                h2 id="gaps-head" { (t(Label::Gaps)) }
                @if standing.gaps.is_empty() {} @else {
                    span.sub { (t(Label::NearestFirst)) }
                    (order_button(visit, "/", "fill_all", "", t(Label::ChaseAll)))
                }
            }
            @if standing.gaps.is_empty() {
                p.empty { (t(Label::NoGaps)) }
            } @else {
                ol.list { @for (index, gap) in standing.gaps.iter().enumerate() { (gap_row(visit, index + 1, gap)) } }
            }
        }
    }
}

fn gap_row(visit: &Visit, index: usize, gap: &GapAhead) -> Markup {
    let t = |which| label(which, visit.lang);
    let speech = visit.speech();
    let is_leader = leads(gap.line.role);
    let what = match (is_leader, gap.line.present) {
        (true, _) => Label::MissingLeader,
        (false, 0) => Label::MissingOfficer,
        (false, _) => Label::TooFew,
    };
    let again = if gap.chased.is_some() {
        Label::ChaseAgain
    } else {
        Label::Chase
    };
    html! {
        li {
            span class=(if is_leader { "no leader" } else { "no" }) aria-hidden="true" { (index) }
            div.what {
                b { (gap.line.unit) } " "
                span class=(if is_leader { "tag leader" } else { "tag" }) { (t(what)) }
                span.sub { (speech.cause(gap)) }
            }
            div.when { (speech.stretch(&gap.line.span)) }
            (order_button(visit, "/", "fill", &gap.line.unit, t(again)))
        }
    }
}

fn unbound(visit: &Visit, board: &Board) -> Markup {
    let t = |which| label(which, visit.lang);
    let Some(standing) = &board.standing else {
        return html! {};
    };
    html! {
        section.card.unbound id="unbound" data-part aria-labelledby="unbound-head" {
            div.head {
                h2 id="unbound-head" { (t(Label::Unbound)) }
                span.sub { (standing.unbound.len()) }
                @if !standing.unbound.is_empty() {
                    (order_button(visit, "/", "chase_binding", "", t(Label::ChaseBinding)))
                }
            }
            @if standing.unbound.is_empty() {
                p.empty { (t(Label::AllBound)) }
            } @else {
                ul.list { @for person in standing.unbound.iter().take(UNBOUND_SHOWN) { (invitation(visit, person)) } }
                @if standing.unbound.len() > UNBOUND_SHOWN {
                    p { a href="/people" { (visit.speech().others(standing.unbound.len() - UNBOUND_SHOWN)) } }
                }
            }
        }
    }
}

fn foot(visit: &Visit, board: &Board) -> Markup {
    let speech: Speech = visit.speech();
    html! {
        footer.sub id="foot" data-part {
            @if let Some(Standing { version, .. }) = &board.standing { span { (speech.version(version)) } }
            span { (speech.as_of()) }
            span { (label(Label::PhonesMasked, visit.lang)) }
            @if let Some(round) = &board.round { span.unseen role="status" { (round_state(visit, round)) } }
        }
    }
}
