//! A person's own page and calendar: for who was given the link, on any browser, without a script.
//!
//! It takes nobody's word for the time: a press counts from when it reached us.

mod calendar;
mod view;

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts, Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Form, Router};
use serde::Deserialize;
use subtle::ConstantTimeEq as _;

use super::refusal::Refusal;
use super::visit::{Guest, lang_cookie};
use super::{Desk, Look};
use crate::decide::{AccountId, ChatPlace, Command, Heard, Input, Lang, Press, Pressed, What};
use crate::duty::Member;
use crate::time::Moment;

const FORM: &str = "page form";
/// More than anybody gives as a reason.
const MOST_WORDS: usize = 500;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/p/{secret}", get(show).post(act))
        .route("/p/{secret}/{lang}", get(speak))
        .route("/calendar/{file}", get(calendar::file))
        .route(view::STYLE, get(style))
}

/// Who has come with which link.
struct Bearer {
    secret: String,
    person: Member,
    look: Look,
    lang: Lang,
}

/// The link leads nowhere, or is tried too often.
enum Turned {
    Away(Lang),
    Refused(Refusal),
}

impl From<Refusal> for Turned {
    fn from(refusal: Refusal) -> Self {
        Turned::Refused(refusal)
    }
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        match self {
            Turned::Away(lang) => (StatusCode::NOT_FOUND, view::dead(lang)).into_response(),
            Turned::Refused(refusal) => refusal.into_response(),
        }
    }
}

impl FromRequestParts<Desk> for Bearer {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Turned> {
        let Guest { look, lang } = Guest::from_request_parts(parts, desk).await?;
        let paths = Path::<Vec<(String, String)>>::from_request_parts(parts, desk).await;
        let peer = ConnectInfo::<SocketAddr>::from_request_parts(parts, desk).await;
        let (Ok(Path(paths)), Ok(ConnectInfo(peer))) = (paths, peer) else {
            return Err(Turned::Away(lang));
        };
        let given = paths.into_iter().find(|(name, _)| name == "secret");
        let secret = given.map(|(_, secret)| secret).unwrap_or_default();
        let Some(person) = look.world.page_bearer(&secret, look.now) else {
            return Err(strayed(desk, peer, &look, lang));
        };
        Ok(Self {
            secret,
            person,
            look,
            lang,
        })
    }
}

/// Whom a link leads nowhere. Who has a good one is never held up: behind a proxy all come from one
/// address, and calendars go on asking after the holiday.
fn strayed(desk: &Desk, peer: SocketAddr, look: &Look, lang: Lang) -> Turned {
    if let Some(wait) = desk.strays.wait(peer.ip(), look.now) {
        return Refusal::TooOften(lang, wait).into();
    }
    desk.strays.failed(peer.ip(), look.now);
    Turned::Away(lang)
}

impl Bearer {
    fn form_token(&self) -> String {
        self.look.world.key.tag(FORM, &[&self.secret])
    }

    fn heard(&self, account: AccountId, received: Moment, what: What) -> Input {
        Input::Heard(Heard {
            update: 0,
            account,
            name: self.person.name.clone(),
            place: ChatPlace::Page,
            dated: None,
            received,
            message: None,
            what,
            chance: rand::random(),
            raw: None,
        })
    }
}

async fn show(State(desk): State<Desk>, bearer: Bearer) -> Result<Response, Turned> {
    let Bearer {
        secret,
        person,
        look,
        lang,
    } = &bearer;
    if !is_in_use(look, person) {
        let member = person.clone();
        let opened = desk.office.act(Input::PageOpened { member }).await;
        opened.map_err(Refusal::from)?;
    }
    let page = look.world.own_page(person, look.now);
    let zone = look.world.policy.zone;
    let frame = view::Frame {
        secret,
        token: &bearer.form_token(),
        lang: *lang,
        zone,
        now: look.now,
    };
    Ok(view::page(&page, &frame).into_response())
}

fn is_in_use(look: &Look, person: &Member) -> bool {
    let page = look.world.page(&person.unit, &person.name);
    page.is_some_and(|page| page.opened.is_some())
}

/// One of the page's forms; each has one of these.
#[derive(Deserialize)]
struct Act {
    #[serde(default)]
    token: String,
    /// A button of the chat's, as the page was given it.
    press: Option<String>,
    begin: Option<Begin>,
    words: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Begin {
    Leave,
    Swap,
}

impl Act {
    fn what(self) -> Option<What> {
        if let Some(press) = self.press {
            let press: Press = serde_json::from_str(&press).ok()?;
            return Some(What::Press {
                query: String::new(),
                press: Pressed::Ours(press),
            });
        }
        match (self.begin, self.words) {
            (Some(Begin::Leave), _) => Some(What::Command(Command::Leave(String::new()))),
            (Some(Begin::Swap), _) => Some(What::Command(Command::Swap(String::new()))),
            (None, Some(words)) => Some(What::Text(words.chars().take(MOST_WORDS).collect())),
            (None, None) => None,
        }
    }
}

/// The moment a request reached us: before anything that may have to wait.
struct Arrived(Moment);

impl FromRequestParts<Desk> for Arrived {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(_: &mut Parts, desk: &Desk) -> Result<Self, Self::Rejection> {
        Ok(Self(desk.clock.now()))
    }
}

/// The moment comes first, before anything that may have to wait for the store.
async fn act(
    State(desk): State<Desk>,
    Arrived(received): Arrived,
    bearer: Bearer,
    form: Result<Form<Act>, axum::extract::rejection::FormRejection>,
) -> Result<Redirect, Turned> {
    let lang = bearer.lang;
    let Ok(Form(act)) = form else {
        return Err(Refusal::Unfit(lang).into());
    };
    let token = bearer.form_token();
    let is_ours: bool = token.as_bytes().ct_eq(act.token.as_bytes()).into();
    if !is_ours {
        return Err(Refusal::Foreign(lang).into());
    }
    let page = format!("/p/{}", bearer.secret);
    let what = act.what().ok_or(Refusal::Unfit(lang))?;
    // It goes on to the disk even if the browser no longer waits for it.
    let kept = tokio::spawn(async move {
        if !is_in_use(&bearer.look, &bearer.person) {
            let member = bearer.person.clone();
            desk.office.act(Input::PageOpened { member }).await?;
        }
        let world = desk.office.look().await?.world;
        let account = world.page_account(&bearer.person);
        if let Some(account) = account {
            let input = bearer.heard(account, received, what);
            desk.office.act(input).await?;
        }
        Ok::<(), super::Closed>(())
    });
    match kept.await {
        Ok(Ok(())) => Ok(Redirect::to(&page)),
        Ok(Err(closed)) => Err(Refusal::from(closed).into()),
        Err(_) => Err(Refusal::Broken(lang).into()),
    }
}

async fn speak(
    Path((secret, lang)): Path<(String, String)>,
) -> ([(HeaderName, HeaderValue); 1], Redirect) {
    let lang = if lang == "en" { Lang::En } else { Lang::Zh };
    let back = if secret.bytes().all(is_plain) {
        format!("/p/{secret}")
    } else {
        "/".to_owned()
    };
    ([(SET_COOKIE, lang_cookie(lang))], Redirect::to(&back))
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

async fn style() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CACHE_CONTROL, "public, max-age=300"),
    ];
    (headers, include_str!("page.css"))
}

type Page = Html<String>;
