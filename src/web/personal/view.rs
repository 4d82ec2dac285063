//! How a person's own page is drawn: one column, buttons as wide as a thumb, nothing that needs a
//! script.

use axum::response::Html;
use maud::{DOCTYPE, Markup, html};

use super::Page;
use crate::decide::{OwnPage, PageShift, Possible, Press, Say, Writing};
use crate::time::{Moment, Zone};
use crate::web::marks::{marked, plain};
use crate::words::Lang;
use crate::words::desk::lang_tag;
use crate::words::page::{Label, Said, label, on_duty_now, question, said, shift_time, title};

pub(super) const STYLE: &str = "/page.css";

/// How soon the page asks for itself again, in seconds: on duty a check may come at any time.
const SOON_SECS: u32 = 20;
const LATER_SECS: u32 = 300;

/// What the page is drawn with.
pub(super) struct Frame<'a> {
    pub secret: &'a str,
    pub token: &'a str,
    pub lang: Lang,
    pub zone: Zone,
    pub now: Moment,
}

pub(super) fn page(page: &OwnPage, frame: &Frame<'_>) -> Page {
    let lang = frame.lang;
    let t = |which| label(which, lang);
    let other = match lang {
        Lang::Zh => ("en", Lang::En),
        Lang::En => ("zh", Lang::Zh),
    };
    let body = html! {
        header {
            p.who { (page.person.unit) " " b { (page.person.name) } }
            p.lang {
                a href={ "/p/" (frame.secret) "/" (other.0) } lang=(lang_tag(other.1)) {
                    (t(Label::OtherLang))
                }
            }
        }
        main {
            @for ping in &page.questions {
                section.asked {
                    (message(&question(ping, lang, &frame.zone, frame.now), frame))
                }
            }
            @match &page.told {
                Some(say) => section.told { (message(&spoken(say, frame), frame)) }
                None if page.questions.is_empty() => p.none { (t(Label::NothingAsked)) }
                None => {}
            }
            p.again { a href={ "/p/" (frame.secret) } { (t(Label::Refresh)) } }
            h2 { (t(Label::Shifts)) }
            (shifts(page, frame))
            (leave(page, frame))
            h2 { (t(Label::Calendar)) }
            p { a.button href=(subscription(&page.links.calendar)) { (t(Label::Subscribe)) } }
            p.hint {
                (t(Label::SubscribeHint)) " "
                a href=(page.links.calendar) { (t(Label::Download)) }
            }
            p.hint { (t(Label::Private)) }
        }
    };
    // Asking again would take away what somebody is writing.
    let again = (page.writing == Writing::Nothing).then(|| again_secs(page, frame.now));
    document(lang, &title(page, lang), again, &body)
}

/// What stands where a link leads nowhere.
pub(super) fn dead(lang: Lang) -> Page {
    let body = html! {
        main {
            h1 { (label(Label::Dead, lang)) }
            p { (label(Label::DeadHint, lang)) }
        }
    };
    document(lang, label(Label::Dead, lang), None, &body)
}

fn again_secs(page: &OwnPage, now: Moment) -> u32 {
    let on_duty = page.shifts.iter().any(|shift| shift.span.contains(now));
    if on_duty || !page.questions.is_empty() {
        SOON_SECS
    } else {
        LATER_SECS
    }
}

fn shifts(page: &OwnPage, frame: &Frame<'_>) -> Markup {
    if page.shifts.is_empty() {
        return html! { p.none { (label(Label::NoShifts, frame.lang)) } };
    }
    html! {
        ul.shifts {
            @for shift in &page.shifts { (one_shift(shift, frame)) }
        }
    }
}

fn one_shift(shift: &PageShift, frame: &Frame<'_>) -> Markup {
    let is_now = shift.span.contains(frame.now);
    html! {
        li.now[is_now] {
            span.time { (shift_time(shift, frame.lang, frame.zone)) }
            span.post { (shift.unit) " " (shift.post) }
            @if is_now {
                strong { (on_duty_now(shift.presence, frame.lang)) }
            }
        }
    }
}

fn leave(page: &OwnPage, frame: &Frame<'_>) -> Markup {
    let t = |which| label(which, frame.lang);
    let asked = match page.writing {
        Writing::Nothing => None,
        Writing::Reason => Some(Label::ReasonAsked),
        Writing::Name => Some(Label::NameAsked),
    };
    let dialogue = page
        .leave
        .as_ref()
        .map(|say| Say::Leave(Box::new(say.clone())));
    html! {
        @if dialogue.is_some() || page.can_ask == Possible::Yes {
            h2 id="leave" { (t(Label::LeaveAndSwap)) }
        }
        @if let Some(say) = &dialogue {
            section.leave {
                (message(&spoken(say, frame), frame))
                @if let Some(asked) = asked {
                    form method="post" action={ "/p/" (frame.secret) } {
                        (seal(frame))
                        label {
                            (t(asked))
                            input name="words" maxlength="100" required autocomplete="off";
                        }
                        button type="submit" { (t(Label::Send)) }
                    }
                }
            }
        }
        @if page.can_ask == Possible::Yes {
            form.row method="post" action={ "/p/" (frame.secret) } {
                (seal(frame))
                button name="begin" value="leave" type="submit" { (t(Label::AskLeave)) }
                button name="begin" value="swap" type="submit" { (t(Label::AskSwap)) }
            }
        }
    }
}

fn spoken(say: &Say, frame: &Frame<'_>) -> Said {
    said(say, frame.lang, &frame.zone, frame.now)
}

/// A message of the chat. Its markup was escaped where it was made.
fn message(said: &Said, frame: &Frame<'_>) -> Markup {
    html! {
        p.said { (marked(&said.html)) }
        @if !said.buttons.is_empty() {
            form method="post" action={ "/p/" (frame.secret) } {
                (seal(frame))
                @for row in &said.buttons {
                    div.row {
                        @for (name, press) in row {
                            button name="press" value=(value(*press)) type="submit" { (plain(name)) }
                        }
                    }
                }
            }
        }
    }
}

fn value(press: Press) -> String {
    serde_json::to_string(&press).unwrap_or_default()
}

fn seal(frame: &Frame<'_>) -> Markup {
    html! { input type="hidden" name="token" value=(frame.token); }
}

/// The address a telephone takes for a calendar to be followed.
fn subscription(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    format!("webcal://{rest}")
}

fn document(lang: Lang, title: &str, again_secs: Option<u32>, body: &Markup) -> Page {
    let page = html! {
        (DOCTYPE)
        html lang=(lang_tag(lang)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                @if let Some(secs) = again_secs {
                    meta http-equiv="refresh" content=(secs);
                }
                title { (title) }
                link rel="stylesheet" href=(STYLE);
            }
            body { (body) }
        }
    };
    Html(page.into_string())
}
