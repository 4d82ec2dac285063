//! What somebody showed or spoke: photos to look at and voice messages to listen to, beside the
//! check or the circular they say something about.
//!
//! Telegram keeps the bytes; they come here when a clerk looks, within the limits of every file.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};

use super::Desk;
use super::office::Unfetched;
use super::refusal::Refusal;
use super::visit::Visit;
use crate::decide::{Check, CircularId, CircularSay, Proceeding, Say, World};
use crate::roster::Limits;
use crate::spotcheck::{Attachment, AttachmentKind, CheckId, Said};
use crate::words::desk::{Label, label};

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/shown/check/{check}/{place}", get(of_a_check))
        .route("/shown/circular/{circular}/{unit}/{place}", get(of_a_unit))
}

/// All that was shown about a check, to be looked at.
pub(super) fn beside_check(visit: &Visit, check: &Check) -> Markup {
    let way = format!("/shown/check/{}", check.id.0);
    strip(visit, &way, &shown_of(check))
}

/// All that the units showed about a circular.
pub(super) fn beside_circular(visit: &Visit, proceeding: &Proceeding) -> Markup {
    html! {
        @for (index, unit) in proceeding.units.iter().enumerate() {
            @if let Some(answer) = unit.answer.as_ref().filter(|answer| !answer.attachments.is_empty()) {
                p.sub { (unit.unit) }
                (strip(visit, &format!("/shown/circular/{}/{index}", proceeding.id.0), &answer.attachments.iter().collect::<Vec<_>>()))
            }
        }
    }
}

/// What stands beside a message of the dialogue.
pub(super) fn beside(visit: &Visit, say: &Say) -> Markup {
    let world = &visit.look.world;
    match say {
        Say::VerifyOne { one, .. } => {
            let check = one.check.and_then(|id| world.checks.get(&id));
            html! { @if let Some(check) = check { (beside_check(visit, check)) } }
        }
        Say::Circular(said) => {
            let (CircularSay::UnitsHeard { circular, .. } | CircularSay::Approval { circular, .. }) =
                said.as_ref()
            else {
                return html! {};
            };
            let proceeding = world.proceedings.get(circular);
            html! { @if let Some(proceeding) = proceeding { (beside_circular(visit, proceeding)) } }
        }
        _ => html! {},
    }
}

fn strip(visit: &Visit, way: &str, attachments: &[&Attachment]) -> Markup {
    let t = |which| label(which, visit.lang);
    html! {
        @if !attachments.is_empty() {
            ul.shown {
                @for (place, attachment) in attachments.iter().enumerate() {
                    @let file = format!("{way}/{place}");
                    li {
                        @if attachment.bytes > Limits::CHAT.bytes as u64 {
                            span.sub { (t(Label::ShownTooLarge)) }
                        } @else {
                            @match attachment.kind {
                                AttachmentKind::Photo => a href=(file) {
                                    img src=(file) alt=(t(Label::ShownPhoto)) loading="lazy";
                                },
                                AttachmentKind::Voice { .. } => {
                                    audio controls preload="none" src=(file) aria-label=(t(Label::ShownVoice)) {}
                                    a href=(file) download { (t(Label::ShownVoice)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn shown_of(check: &Check) -> Vec<&Attachment> {
    let statements = check.follow_up.statements.iter();
    let shown = statements.filter_map(|statement| match &statement.said {
        Said::Shown { attachment, .. } => Some(attachment),
        _ => None,
    });
    shown.collect()
}

async fn of_a_check(
    State(desk): State<Desk>,
    Path((check, place)): Path<(u32, usize)>,
    visit: Visit,
) -> Result<Response, Refusal> {
    let check = visit.look.world.checks.get(&CheckId(check));
    let found = check.and_then(|check| shown_of(check).get(place).copied().cloned());
    sent(&desk, &visit, found).await
}

async fn of_a_unit(
    State(desk): State<Desk>,
    Path((circular, unit, place)): Path<(u32, usize, usize)>,
    visit: Visit,
) -> Result<Response, Refusal> {
    let found = unit_showed(&visit.look.world, CircularId(circular), unit, place).cloned();
    sent(&desk, &visit, found).await
}

fn unit_showed(
    world: &World,
    circular: CircularId,
    unit: usize,
    place: usize,
) -> Option<&Attachment> {
    let unit = world.proceedings.get(&circular)?.units.get(unit)?;
    unit.answer.as_ref()?.attachments.get(place)
}

async fn sent(
    desk: &Desk,
    visit: &Visit,
    attachment: Option<Attachment>,
) -> Result<Response, Refusal> {
    let attachment = attachment.ok_or(Refusal::NotFound(visit.lang))?;
    let fetched = desk.office.fetch(attachment.file).await?;
    let bytes = fetched.map_err(|why| match why {
        Unfetched::Later => Refusal::Broken(visit.lang),
        Unfetched::TooLarge | Unfetched::Gone => Refusal::NotFound(visit.lang),
    })?;
    let (kind, manner) = kind_of(&bytes);
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CONTENT_DISPOSITION, HeaderValue::from_static(manner)),
        (
            CACHE_CONTROL,
            HeaderValue::from_static("private, max-age=3600"),
        ),
    ];
    Ok((headers, bytes).into_response())
}

/// By its first bytes: whatever else somebody sent under that name is never shown, only kept.
fn kind_of(bytes: &[u8]) -> (&'static str, &'static str) {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => ("image/jpeg", "inline"),
        [0x89, b'P', b'N', b'G', ..] => ("image/png", "inline"),
        [b'O', b'g', b'g', b'S', ..] => ("audio/ogg", "inline"),
        _ => ("application/octet-stream", "attachment"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_picture_and_no_sound_is_never_shown() {
        assert_eq!(kind_of(b"\xFF\xD8\xFF\xE0").0, "image/jpeg");
        assert_eq!(kind_of(b"OggS\0").0, "audio/ogg");
        for other in [&b"<script>"[..], b"", b"%PDF-1.7"] {
            assert_eq!(kind_of(other).1, "attachment");
        }
    }
}
