//! What stands on record and what the program goes by: the journal, and the settings. Nothing can
//! be changed here.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{Html, Response};
use axum::routing::get;
use maud::html;
use serde::Deserialize;

use super::Desk;
use super::layout::{Place, Refreshed, desk_page};
use super::refusal::Refusal;
use super::said::sent;
use super::visit::Visit;
use crate::decide::Say;
use crate::journal::Entry;
use crate::words::chat::{Rendered, rendered};
use crate::words::desk::deeds::deed;
use crate::words::desk::{Label, label};

const LINES_SHOWN: u32 = 50;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/journal", get(journal))
        .route("/journal/export", get(export))
        .route("/settings", get(settings))
}

#[derive(Deserialize)]
struct Before {
    before: Option<i64>,
}

async fn journal(
    State(desk): State<Desk>,
    Query(asked): Query<Before>,
    visit: Visit,
) -> Result<Html<String>, Refusal> {
    let t = |which| label(which, visit.lang);
    let lines = desk.archive.journal_before(asked.before, LINES_SHOWN).await;
    let lines = lines.map_err(|_| Refusal::Broken(visit.lang))?;
    let oldest = lines.last().map(|line| line.number).filter(|n| *n > 1);
    let main = html! {
        h1 { (t(Label::Journal)) }
        p { a.button href="/journal/export" { (t(Label::ExportJournal)) } }
        section.card {
            div.scroll tabindex="0" role="region" aria-label=(t(Label::Journal)) {
                table {
                    thead { tr {
                        th scope="col" { (t(Label::Number)) }
                        th scope="col" { (t(Label::Moment)) }
                        th scope="col" { (t(Label::What)) }
                        th scope="col" { (t(Label::Details)) }
                    } }
                    tbody { @for line in &lines {
                        @let entry: Option<Entry> = serde_json::from_str(&line.entry_json).ok();
                        tr {
                            td { (line.number) }
                            @if let Some(entry) = entry {
                                @let (what, about) = deed(&entry.deed, visit.lang);
                                td { (visit.speech().moment(entry.at)) }
                                td { (what) }
                                td { (about) }
                            }
                        }
                    } }
                }
            }
            div.row {
                @if asked.before.is_some() { a href="/journal" { (t(Label::Newest)) } }
                @if let Some(oldest) = oldest { a href={ "/journal?before=" (oldest) } { (t(Label::Older)) } }
            }
        }
    };
    let title = t(Label::Journal);
    Ok(desk_page(
        &visit,
        Place::Journal,
        title,
        Refreshed::Never,
        &main,
    ))
}

async fn export(State(desk): State<Desk>, visit: Visit) -> Result<Response, Refusal> {
    let zone = &visit.look.world.policy.zone;
    match rendered(&Say::JournalExport, visit.lang, zone, visit.look.now) {
        Rendered::Document(document) => sent(&desk, visit.lang, document).await,
        _ => Err(Refusal::NotFound(visit.lang)),
    }
}

async fn settings(State(desk): State<Desk>, visit: Visit) -> Html<String> {
    let t = |which| label(which, visit.lang);
    let main = html! {
        h1 { (t(Label::Settings)) }
        p.sub { (t(Label::SettingsHint)) }
        section.card {
            div.scroll tabindex="0" role="region" aria-label=(t(Label::Settings)) {
                table {
                    thead { tr {
                        th scope="col" { (t(Label::Setting)) }
                        th scope="col" { (t(Label::Value)) }
                        th scope="col" { (t(Label::Origin)) }
                    } }
                    tbody { @for setting in &desk.settings {
                        tr { td { code { (setting.key) } } td { code { (setting.value) } } td { (setting.origin) } }
                    } }
                }
            }
        }
    };
    desk_page(
        &visit,
        Place::Settings,
        t(Label::Settings),
        Refreshed::Never,
        &main,
    )
}
