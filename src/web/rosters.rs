//! Rosters: sending a file, the dialogue about it, and the versions there were.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::response::{Html, Redirect};
use axum::routing::{get, post};
use maud::{Markup, html};

use super::Desk;
use super::forms::is_of;
use super::layout::{Place, Refreshed, desk_page, seal};
use super::refusal::Refusal;
use super::said::{answer_on, button, message, order_button, shown_on};
use super::visit::Visit;
use crate::decide::{Press, Record, Upload, UploadId, UploadState, VersionLine, What};
use crate::roster::Limits;
use crate::words::desk::{Label, label};

/// The file, and what a form wraps it in.
const UPLOAD_BYTES: usize = Limits::CHAT.bytes + 64 * 1024;
const UPLOADS_SHOWN: usize = 20;

pub(super) fn routes() -> Router<Desk> {
    let upload = post(upload).layer(DefaultBodyLimit::max(UPLOAD_BYTES));
    Router::new()
        .route("/rosters", get(all).merge(upload))
        .route("/uploads/{upload}", get(one))
}

async fn all(State(desk): State<Desk>, visit: Visit) -> Html<String> {
    let t = |which| label(which, visit.lang);
    let world = &visit.look.world;
    let versions: Vec<VersionLine> = world
        .versions
        .keys()
        .rev()
        .filter_map(|number| world.version_line(*number))
        .collect();
    let standing = versions.first().map(|version| version.number);
    let own = |upload: &&Upload| upload.by == visit.clerk.id && upload.is_of_desk();
    let uploads = world.uploads.values().rev().filter(own).take(UPLOADS_SHOWN);
    let uploads: Vec<&Upload> = uploads.collect();
    let main = html! {
        h1 { (t(Label::Rosters)) }
        (answer_on(&desk, &visit, "/rosters"))
        (upload_form(&visit))
        @if !uploads.is_empty() {
            section.card id="uploads" data-part aria-labelledby="uploads-head" {
                h2 id="uploads-head" { (t(Label::Uploads)) }
                ul.list { @for upload in uploads {
                    li { div.what { b { a href={ "/uploads/" (upload.id.0) } { (upload.file_name) } }
                        span.sub { (visit.speech().moment(upload.at)) } } }
                } }
            }
        }
        section.card id="versions" data-part aria-labelledby="versions-head" {
            div.head {
                h2 id="versions-head" { (t(Label::Versions)) }
                @if standing.is_some() { a.button href="/rosters/wall" { (t(Label::ForTheWall)) } }
            }
            @if versions.is_empty() { p.empty { b { (t(Label::NoRoster)) } br; (t(Label::NoRosterHint)) } }
            ul.list { @for version in &versions { (version_row(&visit, version, standing)) } }
        }
    };
    desk_page(
        &visit,
        Place::Rosters,
        t(Label::Rosters),
        Refreshed::Live,
        &main,
    )
}

fn version_row(visit: &Visit, version: &VersionLine, standing: Option<u32>) -> Markup {
    let t = |which| label(which, visit.lang);
    let number = version.number;
    html! {
        li {
            div.what {
                b { (visit.speech().version(version)) }
                @if let Some(file) = &version.file_name { span.sub { (file) } }
            }
            @if number > 1 { (button(visit, "/rosters", t(Label::Changes), Press::Changes(number))) }
            @if standing == Some(number) {
                span.pill.ok { (t(Label::InForce)) }
            } @else if let Some(instead_of) = standing {
                (button(visit, "/rosters", t(Label::Restore), Press::Restore { version: number, instead_of }))
            }
        }
    }
}

fn upload_form(visit: &Visit) -> Markup {
    let t = |which| label(which, visit.lang);
    html! {
        section.card id="upload" aria-labelledby="upload-head" {
            h2 id="upload-head" { (t(Label::Upload)) }
            form.drop method="post" action="/rosters" enctype="multipart/form-data" {
                (seal(visit))
                p.sub { (t(Label::UploadHint)) }
                div.row {
                    label { (t(Label::ChooseFile)) " " input type="file" name="file" required; }
                    button.main type="submit" { (t(Label::Send)) }
                }
            }
            div.row { (order_button(visit, "/rosters", "template", "", t(Label::EmptyRoster))) }
        }
    }
}

async fn upload(
    State(desk): State<Desk>,
    visit: Visit,
    mut parts: Multipart,
) -> Result<Redirect, Refusal> {
    let unfit = Refusal::Unfit(visit.lang);
    let mut is_ours = false;
    let mut file: Option<(String, Vec<u8>)> = None;
    while let Some(part) = parts.next_field().await.map_err(|_| unfit)? {
        match part.name() {
            Some("token") => is_ours = is_of(&visit, &part.text().await.map_err(|_| unfit)?),
            Some("file") => {
                let name = part.file_name().unwrap_or_default().to_owned();
                let bytes = part.bytes().await.map_err(|_| unfit)?;
                file = Some((name, bytes.to_vec()));
            }
            _ => {}
        }
    }
    if !is_ours {
        return Err(Refusal::Foreign(visit.lang));
    }
    let (file_name, bytes) = file.filter(|(_, bytes)| !bytes.is_empty()).ok_or(unfit)?;
    let input = visit.heard(What::File {
        file: String::new(),
        file_name,
        bytes: bytes.len() as u64,
    });
    let change = desk.office.act_with(input, bytes).await?;
    let taken = change.records.iter().find_map(|record| match record {
        Record::Upload(upload) => Some(upload.id),
        _ => None,
    });
    Ok(match taken {
        Some(id) => Redirect::to(&format!("/uploads/{}", id.0)),
        None => shown_on(&desk, &visit, change, "/rosters"),
    })
}

async fn one(
    State(desk): State<Desk>,
    Path(id): Path<u32>,
    visit: Visit,
) -> Result<Html<String>, Refusal> {
    let page = format!("/uploads/{id}");
    let upload = visit.look.world.uploads.get(&UploadId(id));
    let own = upload.filter(|upload| upload.by == visit.clerk.id && upload.is_of_desk());
    let upload = own.ok_or(Refusal::NotFound(visit.lang))?;
    let t = |which| label(which, visit.lang);
    let is_reading = matches!(
        upload.state,
        UploadState::Fetching { .. } | UploadState::Again { .. }
    );
    let main = html! {
        h1 { (upload.file_name) }
        (answer_on(&desk, &visit, &page))
        section.card id="told" data-part role="status" {
            @if is_reading {
                p { (t(Label::Reading)) }
                p.sub { a href=(page) { (t(Label::Open)) } }
            } @else if let Some(told) = &upload.told {
                (message(&visit, &page, told))
            } @else if let UploadState::InForce { version } = upload.state {
                p { span.pill.ok { (t(Label::InForce)) } " " (version) }
                p { a href="/" { (t(Label::Today)) } }
            }
            p { a href="/rosters" { (t(Label::Rosters)) } }
        }
    };
    let refreshed = if is_reading {
        Refreshed::Soon
    } else {
        Refreshed::Live
    };
    Ok(desk_page(
        &visit,
        Place::Rosters,
        &upload.file_name,
        refreshed,
        &main,
    ))
}
