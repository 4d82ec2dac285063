//! Papers and tables to be taken along from the desk: the circular as a document, the gaps, the
//! roster and the log of checks as .xlsx or .csv.
//!
//! Looking at a draft here changes nothing and publishes nothing.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use super::Desk;
use super::layout::{Place, Refreshed, desk_page};
use super::refusal::Refusal;
use super::visit::Visit;
use crate::decide::{CircularId, Enclosure, Export, circular_facts};
use crate::files::document;
use crate::picture::sheet::csv;
use crate::report::{Head, Naming};
use crate::words::desk::{Label, label};
use crate::words::enclosed::{Enclosed, draft_paper, enclosed, exported};
use crate::words::sheets::Numbers;

const PAPERS: [(&str, Label); 4] = [
    ("/circular.docx", Label::CircularDraft),
    ("/export/gaps.xlsx", Label::GapTable),
    ("/export/roster.xlsx", Label::DutyTable),
    ("/export/checks.xlsx", Label::CheckTable),
];

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/circular.docx", get(draft))
        .route("/circular/{number}", get(circular))
        .route("/export/{file}", get(table))
        .route("/rosters/wall", get(wall))
}

/// The roster in force as it is pinned to the wall: A4, posts down, days across.
async fn wall(visit: Visit) -> Result<Html<String>, Refusal> {
    let missing = Refusal::NotFound(visit.lang);
    let (world, now) = (&visit.look.world, visit.look.now);
    let numbers = Numbers::Masked;
    let book = exported(world, Export::Roster, numbers, visit.lang, now);
    let Some(Enclosed::Book(book)) = book else {
        return Err(missing);
    };
    let sheet = book.sheets.get(1).ok_or(missing)?;
    let t = |which| label(which, visit.lang);
    let main = html! {
        div.heading { h1 { (sheet.title) } p.sub { (sheet.note) } }
        p.sub.screen { (t(Label::PrintHint)) }
        section.card.wall {
            div.scroll tabindex="0" role="region" aria-label=(sheet.title) {
                table {
                    thead { tr { @for cell in &sheet.table.header { th scope="col" { (lines(cell)) } } } }
                    tbody { @for row in &sheet.table.rows {
                        tr { @for cell in row { td { (lines(cell)) } } }
                    } }
                }
            }
        }
    };
    let title = &sheet.title;
    Ok(desk_page(
        &visit,
        Place::Rosters,
        title,
        Refreshed::Never,
        &main,
    ))
}

fn lines(cell: &str) -> Markup {
    html! { @for (at, line) in cell.lines().enumerate() { @if at > 0 { br; } (line) } }
}

/// The ways to them; none before a roster is in force.
pub(super) fn papers(visit: &Visit) -> Markup {
    let t = |which| label(which, visit.lang);
    if visit.look.world.in_force().is_none() {
        return html! {};
    }
    html! {
        section.card id="papers" data-part aria-labelledby="papers-head" {
            h2 id="papers-head" { (t(Label::Papers)) }
            div.row {
                @for (way, which) in PAPERS { a.button href=(way) download { (t(which)) } }
            }
        }
    }
}

/// `?naming=unnamed&head=red`.
#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    naming: Naming,
    head: Option<Head>,
}

/// The facts as they are now, as a draft.
async fn draft(visit: Visit, Query(wanted): Query<Wanted>) -> Result<Response, Refusal> {
    let (world, now) = (&visit.look.world, visit.look.now);
    let facts = circular_facts(world, now).ok_or(Refusal::NotFound(visit.lang))?;
    let head = wanted.head.unwrap_or(world.policy.letterhead.head);
    let paper = draft_paper(world, &facts.circular, wanted.naming, head, now);
    let paper = Enclosed::Paper(Box::new(paper));
    drawn(&visit, paper, "circular-draft.docx").await
}

/// `/circular/3.docx`: a circular that was drafted, as it stands; `/circular/3-corrected.docx`: what
/// its readers got when something in it proved wrong.
async fn circular(visit: Visit, Path(number): Path<String>) -> Result<Response, Refusal> {
    let missing = Refusal::NotFound(visit.lang);
    let number = number.strip_suffix(".docx").ok_or(missing)?;
    let corrected = number.strip_suffix("-corrected");
    let id = corrected.unwrap_or(number);
    let id = CircularId(id.parse().map_err(|_| missing)?);
    let (world, now) = (&visit.look.world, visit.look.now);
    let naming = world.proceedings.get(&id).ok_or(missing)?.naming;
    let (enclosure, name) = match corrected {
        Some(_) => (Enclosure::Correction(id, naming), "circular-corrected.docx"),
        None => (Enclosure::Circular(id, naming), "circular.docx"),
    };
    let paper = enclosed(world, enclosure, visit.lang, now).ok_or(missing)?;
    drawn(&visit, paper, name).await
}

/// `/export/gaps.xlsx`, `/export/roster.csv`. The office's own desk masks numbers too: a file
/// travels.
async fn table(visit: Visit, Path(file): Path<String>) -> Result<Response, Refusal> {
    let missing = Refusal::NotFound(visit.lang);
    let (name, ending) = file.split_once('.').ok_or(missing)?;
    let export = match name {
        "gaps" => Export::Gaps,
        "roster" => Export::Roster,
        "checks" => Export::Checks,
        _ => return Err(missing),
    };
    let (world, now) = (&visit.look.world, visit.look.now);
    let table = exported(world, export, Numbers::Masked, visit.lang, now).ok_or(missing)?;
    match ending {
        "xlsx" => drawn(&visit, table, &file).await,
        "csv" => {
            let rows = table.rows().ok_or(missing)?;
            answer(csv(&rows), &file, visit.lang)
        }
        _ => Err(missing),
    }
}

async fn drawn(visit: &Visit, enclosed: Enclosed, name: &str) -> Result<Response, Refusal> {
    let drawing = tokio::task::spawn_blocking(move || document::drawn(&enclosed));
    let bytes = drawing.await.ok().and_then(Result::ok);
    answer(bytes.ok_or(Refusal::Broken(visit.lang))?, name, visit.lang)
}

fn answer(bytes: Vec<u8>, name: &str, lang: crate::words::Lang) -> Result<Response, Refusal> {
    let kind = match name.rsplit_once('.') {
        Some((_, "docx")) => {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        }
        Some((_, "xlsx")) => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "text/csv; charset=utf-8",
    };
    let disposition = format!("attachment; filename=\"{name}\"");
    let disposition = HeaderValue::from_str(&disposition).map_err(|_| Refusal::NotFound(lang))?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, bytes).into_response())
}
