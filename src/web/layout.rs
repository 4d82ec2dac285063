//! The frame of every page: head, ways, who is looking, and what a form carries.

use axum::response::Html;
use maud::{DOCTYPE, Markup, html};

use super::assets::{SCRIPT, STYLE};
use super::said::encoded;
use super::visit::Visit;
use crate::words::Lang;
use crate::words::desk::refusals::Refused;
use crate::words::desk::{Label, label, lang_tag};

/// Where a page of the desk belongs among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Today,
    Rosters,
    Checks,
    People,
    Leaves,
    Circulars,
    Journal,
    Settings,
}

impl Place {
    const ALL: [(Place, &'static str, Label); 8] = [
        (Place::Today, "/", Label::Today),
        (Place::Rosters, "/rosters", Label::Rosters),
        (Place::Checks, "/checks", Label::Checks),
        (Place::People, "/people", Label::People),
        (Place::Leaves, "/leaves", Label::Leaves),
        (Place::Circulars, "/circulars", Label::Circulars),
        (Place::Journal, "/journal", Label::Journal),
        (Place::Settings, "/settings", Label::Settings),
    ];
}

/// Whether a page asks for itself again when something has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refreshed {
    Live,
    /// By itself, also where no script runs: something is being waited for.
    Soon,
    Never,
}

/// A page of the desk.
pub(super) fn desk_page(
    visit: &Visit,
    place: Place,
    title: &str,
    refreshed: Refreshed,
    main: &Markup,
) -> Html<String> {
    let lang = visit.lang;
    let t = |which| label(which, lang);
    let back = format!("back={}", encoded(&visit.page));
    let stream = (refreshed != Refreshed::Never).then(|| format!("/live?seen={}", visit.changes));
    let body = html! {
        a.skip href="#main" { (t(Label::SkipToContent)) }
        header.top {
            p.brand { (t(Label::DeskName)) }
            nav aria-label=(t(Label::Pages)) {
                ul {
                    @for (each, way, name) in Place::ALL {
                        li { a href=(way) aria-current=[(each == place).then_some("page")] { (t(name)) } }
                    }
                }
            }
            div.who {
                span.live hidden { (t(Label::Live)) }
                @match lang {
                    Lang::Zh => a href={ "/lang/en?" (back) } lang="en" hreflang="en" { (label(Label::OwnName, Lang::En)) },
                    Lang::En => a href={ "/lang/zh?" (back) } lang="zh-CN" hreflang="zh-CN" { (label(Label::OwnName, Lang::Zh)) },
                }
                form method="post" action="/logout" {
                    (seal(visit))
                    button.quiet type="submit" { (t(Label::LogOut)) }
                }
            }
        }
        main id="main" tabindex="-1" data-stream=[stream] { (main) }
    };
    let again = (refreshed == Refreshed::Soon).then_some(visit.page.as_str());
    whole(lang, title, again, &body)
}

/// A page for somebody who is not at the desk: one thing said, and what to do.
pub(super) fn plain_page(lang: Lang, said: &Refused) -> Html<String> {
    let body = html! {
        main.plain id="main" {
            h1 { (said.headline) }
            p { (said.what_to_do) }
        }
    };
    document(lang, &said.headline, &body)
}

/// A whole document. Nothing in it is styled or scripted but by the two files.
pub(super) fn document(lang: Lang, title: &str, body: &Markup) -> Html<String> {
    whole(lang, title, None, body)
}

/// `again` is the page to be asked for soon, if it is. It is named: an address that ends in a place
/// of the page would only be gone to, and not asked for.
fn whole(lang: Lang, title: &str, again: Option<&str>, body: &Markup) -> Html<String> {
    let page = html! {
        (DOCTYPE)
        html lang=(lang_tag(lang)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                @if let Some(page) = again { meta http-equiv="refresh" content={ "2; url=" (page) }; }
                title { (title) " · " (label(Label::DeskName, lang)) }
                link rel="stylesheet" href=(STYLE);
                script src=(SCRIPT) defer {}
            }
            body { (body) }
        }
    };
    Html(page.into_string())
}

/// What every form of the clerk's carries.
pub(super) fn seal(visit: &Visit) -> Markup {
    html! { input type="hidden" name="token" value=(visit.form_token); }
}
