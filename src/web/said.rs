//! The dialogue at the desk: what the chat would have answered, in its words and with its buttons,
//! and the forms by which a clerk goes on with it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use chrono::TimeDelta;
use maud::{Markup, html};
use serde::Deserialize;

use super::Desk;
use super::forms::Signed;
use super::layout::seal;
use super::marks::{marked, plain};
use super::refusal::Refusal;
use super::shown::beside;
use super::visit::Visit;
use crate::decide::{
    AccountId, Change, Chase, CircularPress, CircularSay, Command, Input, Lang, LeaveSay, Order,
    Press, Say, What,
};
use crate::files::document;
use crate::time::Moment;
use crate::words::chat::{Contents, Document, Rendered, rendered};
use crate::words::desk::{Label, label};

/// How long an answer stands on its page.
const SHOWN_FOR: TimeDelta = TimeDelta::minutes(15);
/// Clerks whose answers are kept at once.
const REMEMBERED: usize = 256;
/// The longest a clerk's own words may be, in characters.
const WORDS_TAKEN: usize = 1_000;

/// What each clerk was answered last, and on which page.
#[derive(Default)]
pub(super) struct Answers {
    last: Mutex<HashMap<AccountId, Answer>>,
}

#[derive(Clone)]
struct Answer {
    page: String,
    says: Vec<Say>,
    at: Moment,
}

impl Answers {
    fn keep(&self, visit: &Visit, page: &str, says: Vec<Say>) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let now = visit.look.now;
        if last.len() >= REMEMBERED {
            last.retain(|_, answer| now - answer.at < SHOWN_FOR);
        }
        let answer = Answer {
            page: page.to_owned(),
            says,
            at: now,
        };
        last.insert(visit.clerk.id, answer);
    }

    fn of(&self, visit: &Visit) -> Option<Answer> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = last.get(&visit.clerk.id)?;
        (visit.look.now - answer.at < SHOWN_FOR).then(|| answer.clone())
    }
}

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/press", post(press))
        .route("/order", post(order))
        .route("/say", post(say))
        .route("/dismiss", post(dismiss))
        .route("/said/{index}", get(file))
}

#[derive(Deserialize)]
struct Pressing {
    press: String,
    back: String,
}

async fn press(
    State(desk): State<Desk>,
    Signed { visit, form }: Signed<Pressing>,
) -> Result<Redirect, Refusal> {
    let press: Option<Press> = serde_json::from_str(&form.press).ok();
    let press = press.filter(|press| is_the_offices(*press));
    let press = press.ok_or(Refusal::Unfit(visit.lang))?;
    if visit.is_unnamed() && is_signed(press) {
        return Ok(Redirect::to("/#name"));
    }
    let input = visit.pressed(press);
    answered(&desk, &visit, input, &form.back).await
}

/// What somebody answers for themselves is answered where they were asked, never here.
fn is_the_offices(press: Press) -> bool {
    !matches!(
        press,
        Press::Answer(_)
            | Press::Plead(..)
            | Press::Back(_)
            | Press::Explain(..)
            | Press::Sighted(..)
            | Press::TestAnswer
            // It stands beside already.
            | Press::Attached(_)
    )
}

/// What stands on record with the name of whoever found it.
fn is_signed(press: Press) -> bool {
    matches!(
        press,
        Press::Rang(..)
            | Press::Rule(..)
            | Press::Because(..)
            | Press::Circular(
                _,
                CircularPress::Approve | CircularPress::Strike(_) | CircularPress::Correct(_)
            )
    )
}

#[derive(Deserialize)]
struct Ordering {
    order: String,
    #[serde(default)]
    of: String,
    back: String,
}

async fn order(
    State(desk): State<Desk>,
    Signed { visit, form }: Signed<Ordering>,
) -> Result<Redirect, Refusal> {
    let of = form.of.trim().to_owned();
    let input = match form.order.as_str() {
        "check_all" => visit.heard(What::Command(Command::Check(Some(Order::All)))),
        "check_some" => {
            let count: Option<u32> = of.parse().ok().filter(|count| *count > 0);
            let count = count.ok_or(Refusal::Unfit(visit.lang))?;
            visit.heard(What::Command(Command::Check(Some(Order::Some(count)))))
        }
        "check_unit" => visit.heard(What::Command(Command::Check(Some(Order::Unit(of))))),
        "fill" => visit.heard(What::Command(Command::Fill(of))),
        "fill_all" => visit.pressed(Press::Chase(Chase::Gaps)),
        "chase" => visit.heard(What::Command(Command::Chase)),
        "chase_binding" => visit.pressed(Press::Chase(Chase::Binding)),
        "invite" => visit.heard(What::Command(Command::Invite(of))),
        "unbind" => visit.heard(What::Command(Command::Unbind(of))),
        "unit" => visit.heard(What::Command(Command::Unit(of))),
        "ready" => visit.heard(What::Command(Command::Ready)),
        "worksheet" => visit.heard(What::Command(Command::Phone)),
        "draw" => visit.heard(What::Command(Command::Draw)),
        "who" => visit.heard(What::Command(Command::Who)),
        "template" => visit.heard(What::Command(Command::Template)),
        "circular" => visit.heard(What::Command(Command::Circular)),
        "leave" => visit.heard(What::Command(Command::Leave(of))),
        "swap" => visit.heard(What::Command(Command::Swap(of))),
        "report" => visit.heard(What::Command(Command::Report)),
        "clerks" => visit.heard(What::Command(Command::Clerks)),
        _ => return Err(Refusal::Unfit(visit.lang)),
    };
    answered(&desk, &visit, input, &form.back).await
}

#[derive(Deserialize)]
struct Saying {
    text: String,
    back: String,
}

async fn say(
    State(desk): State<Desk>,
    Signed { visit, form }: Signed<Saying>,
) -> Result<Redirect, Refusal> {
    let text: String = form.text.trim().chars().take(WORDS_TAKEN).collect();
    if text.is_empty() {
        return Err(Refusal::Unfit(visit.lang));
    }
    let input = visit.heard(What::Text(text));
    answered(&desk, &visit, input, &form.back).await
}

#[derive(Deserialize)]
struct Dismissing {
    back: String,
}

async fn dismiss(State(desk): State<Desk>, Signed { visit, form }: Signed<Dismissing>) -> Redirect {
    let page = own_page(&form.back);
    desk.answers.keep(&visit, page, Vec::new());
    Redirect::to(page)
}

/// Does it, and leads back to the page it was asked on.
pub(super) async fn answered(
    desk: &Desk,
    visit: &Visit,
    input: Input,
    back: &str,
) -> Result<Redirect, Refusal> {
    let change = desk.office.act(input).await?;
    Ok(shown_on(desk, visit, change, back))
}

/// What followed is shown on the page `back`.
pub(super) fn shown_on(desk: &Desk, visit: &Visit, change: Change, back: &str) -> Redirect {
    let page = own_page(back);
    desk.answers.keep(visit, page, change.shown);
    Redirect::to(&format!("{page}#said"))
}

/// A page of ours, whatever somebody wrote into the form.
pub(super) fn own_page(back: &str) -> &str {
    let is_path = back.starts_with('/') && !back.starts_with("//");
    let is_plain = back.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if is_path && is_plain { back } else { "/" }
}

/// What the clerk was answered on `page`; empty where nothing stands there.
pub(super) fn answer_on(desk: &Desk, visit: &Visit, page: &str) -> Markup {
    let answer = desk.answers.of(visit);
    let Some(answer) = answer.filter(|answer| answer.page == page && !answer.says.is_empty())
    else {
        return html! {};
    };
    let all: Vec<(usize, Rendered)> = answer
        .says
        .iter()
        .map(|say| words_of(visit, say))
        .enumerate()
        .collect();
    let has_more = all
        .iter()
        .any(|(_, one)| !matches!(one, Rendered::Toast { .. }));
    if has_more
        && answer
            .says
            .iter()
            .all(|say| is_toast(say) || stands_below(page, say))
    {
        return html! {};
    }
    html! {
        section.card.said id="said" aria-label=(label(Label::Answer, visit.lang)) role="status" {
            @for (index, one) in &all {
                @let is_below = answer.says.get(*index).is_some_and(|say| stands_below(page, say));
                @let says_less = has_more && matches!(one, Rendered::Toast { .. });
                @if !is_below && !says_less {
                    (card(visit, page, &format!("/said/{index}"), one))
                    @if let Some(say) = answer.says.get(*index) { (beside(visit, say)) }
                }
            }
            @if answer.says.iter().any(asks_for_words) {
                form.row method="post" action="/say" {
                    (seal(visit))
                    input type="hidden" name="back" value=(page);
                    label.words { (label(Label::OwnWords, visit.lang)) " " input name="text" maxlength=(WORDS_TAKEN) required; }
                    button type="submit" { (label(Label::Submit, visit.lang)) }
                }
            }
            form.row method="post" action="/dismiss" {
                (seal(visit))
                input type="hidden" name="back" value=(page);
                button.quiet type="submit" { (label(Label::Dismiss, visit.lang)) }
            }
        }
    }
}

fn words_of(visit: &Visit, say: &Say) -> Rendered {
    let zone = &visit.look.world.policy.zone;
    rendered(say, visit.lang, zone, visit.look.now)
}

/// One message, with its buttons.
pub(super) fn message(visit: &Visit, page: &str, say: &Say) -> Markup {
    message_beside(visit, page, say, &mut Vec::new())
}

/// One of several messages about the same; a button that stands beside another already is left
/// out.
pub(super) fn message_beside(
    visit: &Visit,
    page: &str,
    say: &Say,
    shown: &mut Vec<Press>,
) -> Markup {
    let way = way_of(say).unwrap_or_default();
    let mut one = words_of(visit, say);
    if let Rendered::Message { buttons, .. } | Rendered::Document(Document { buttons, .. }) =
        &mut one
    {
        for row in buttons.iter_mut() {
            row.retain(|(_, press)| !shown.contains(press));
            shown.extend(row.iter().map(|(_, press)| *press));
        }
    }
    card(visit, page, &way, &one)
}

/// Where the file of a message that stands on a page is fetched.
fn way_of(say: &Say) -> Option<String> {
    let Say::Circular(said) = say else {
        return None;
    };
    match said.as_ref() {
        CircularSay::Draft { circular, .. }
        | CircularSay::Approval { circular, .. }
        | CircularSay::Published { circular, .. } => Some(format!("/circular/{}.docx", circular.0)),
        _ => None,
    }
}

fn is_toast(say: &Say) -> bool {
    matches!(say, Say::Toast { .. })
}

/// Whether `page` shows the same as it stands.
fn stands_below(page: &str, say: &Say) -> bool {
    let Say::Circular(said) = say else {
        return false;
    };
    let stands = matches!(
        said.as_ref(),
        CircularSay::Draft { .. }
            | CircularSay::UnitsHeard { .. }
            | CircularSay::Submitted { .. }
            | CircularSay::Readers { .. }
    );
    stands && page == super::circulars::PAGE
}

/// Whether the clerk's own words are awaited next.
fn asks_for_words(say: &Say) -> bool {
    let is_reason = |said: &LeaveSay| {
        matches!(
            said,
            LeaveSay::WriteReason { .. } | LeaveSay::WhichStandIn { .. }
        )
    };
    match say {
        Say::ReasonAsked { .. } => true,
        Say::Leave(said) => is_reason(said),
        _ => false,
    }
}

fn card(visit: &Visit, page: &str, way: &str, one: &Rendered) -> Markup {
    match one {
        Rendered::Message { html, buttons, .. } => html! {
            p.message { (marked(html)) }
            (pressable(visit, page, buttons))
        },
        Rendered::Toast { text, .. } => html! { p.message { (plain(text)) } },
        Rendered::Document(document) => html! {
            p.message { (marked(&document.caption)) }
            p { a.button href=(way) download=(document.file_name) {
                (label(Label::Download, visit.lang)) " " (document.file_name)
            } }
            (pressable(visit, page, &document.buttons))
        },
        _ => html! {},
    }
}

fn pressable(visit: &Visit, page: &str, rows: &[Vec<(String, Press)>]) -> Markup {
    html! {
        @for row in rows {
            div.row {
                @for (text, press) in row.iter().filter(|(_, press)| is_the_offices(*press)) {
                    (button(visit, page, text, *press))
                }
            }
        }
    }
}

/// A button of the chat, as a form.
pub(super) fn button(visit: &Visit, page: &str, text: &str, press: Press) -> Markup {
    let press = serde_json::to_string(&press).unwrap_or_default();
    html! {
        form method="post" action="/press" {
            (seal(visit))
            input type="hidden" name="press" value=(press);
            input type="hidden" name="back" value=(page);
            button type="submit" { (plain(text)) }
        }
    }
}

/// An order that needs nothing more, as a form.
pub(super) fn order_button(visit: &Visit, page: &str, order: &str, of: &str, text: &str) -> Markup {
    html! {
        form method="post" action="/order" {
            (seal(visit))
            input type="hidden" name="order" value=(order);
            input type="hidden" name="of" value=(of);
            input type="hidden" name="back" value=(page);
            button type="submit" { (text) }
        }
    }
}

async fn file(
    State(desk): State<Desk>,
    Path(index): Path<usize>,
    visit: Visit,
) -> Result<Response, Refusal> {
    let answer = desk.answers.of(&visit);
    let say = answer.and_then(|answer| answer.says.into_iter().nth(index));
    let Some(Rendered::Document(document)) = say.map(|say| words_of(&visit, &say)) else {
        return Err(Refusal::NotFound(visit.lang));
    };
    sent(&desk, visit.lang, document).await
}

/// A document, made as it is for the chat.
pub(super) async fn sent(desk: &Desk, lang: Lang, document: Document) -> Result<Response, Refusal> {
    let broken = Refusal::Broken(lang);
    let Document {
        file_name,
        contents,
        ..
    } = document;
    let bytes = if contents == Contents::Journal {
        let journal = desk.archive.export().await.map_err(|_| broken)?;
        journal.into_bytes()
    } else {
        let original = match contents.of_upload() {
            Some(upload) => desk.archive.file(upload).await.map_err(|_| broken)?,
            None => None,
        };
        let making = move || document::bytes(&contents, original.as_deref());
        let made = tokio::task::spawn_blocking(making).await;
        made.map_err(|_| broken)?.map_err(|_| broken)?
    };
    let name = encoded(&file_name);
    let disposition = format!("attachment; filename*=UTF-8''{name}");
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, bytes).into_response())
}

/// As a part of an address.
pub(super) fn encoded(text: &str) -> String {
    text.bytes().map(percent).collect()
}

fn percent(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_a_page_of_ours_only() {
        assert_eq!(own_page("/rosters?x=1"), "/rosters?x=1");
        for foreign in [
            "https://x.example/",
            "//x.example",
            "/\\x.example",
            "",
            "/a\r\nb",
        ] {
            assert_eq!(own_page(foreign), "/", "{foreign}");
        }
    }
}
