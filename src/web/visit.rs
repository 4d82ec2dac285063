//! Who is looking at a page: the session in the cookie, the language, the world as they see it.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HeaderValue};
use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;

use super::refusal::Refusal;
use super::{Desk, Look};
use crate::decide::{Account, AccountId, Change, ChatPlace, Heard, Input, Key, Lang, Press};
use crate::decide::{Pressed, What};
use crate::time::Moment;
use crate::words::desk::board::Speech;

const SESSION: &str = "zaigang";
const LANG: &str = "lang";
/// A working day and a night on duty.
const SESSION_LIFE: TimeDelta = TimeDelta::hours(24);

/// Somebody who may not be known.
pub(super) struct Guest {
    pub look: Look,
    pub lang: Lang,
}

/// A clerk at the desk.
pub(super) struct Visit {
    pub look: Look,
    /// How often the world had changed before they looked, at the least.
    pub changes: u64,
    pub lang: Lang,
    pub clerk: Account,
    /// What the clerk's forms carry, so that no other page can send them.
    pub form_token: String,
    /// The page they are on, with what it was asked.
    pub page: String,
}

impl Visit {
    /// What the clerk does, as a chat would have told it.
    pub fn heard(&self, what: What) -> Input {
        Input::Heard(Heard {
            update: 0,
            account: self.clerk.id,
            name: self.clerk.name.clone(),
            place: ChatPlace::Desk,
            dated: None,
            received: self.look.now,
            message: None,
            what,
            chance: rand::random(),
            raw: None,
        })
    }

    /// Whoever has no chat has no name before they give one.
    pub fn is_unnamed(&self) -> bool {
        self.clerk.id == AccountId::DESK && self.clerk.name.is_empty()
    }

    /// How the desk speaks to them now.
    pub fn speech(&self) -> Speech {
        Speech::new(self.lang, self.look.world.policy.zone, self.look.now)
    }

    /// A button of the chat, pressed here.
    pub fn pressed(&self, press: Press) -> Input {
        self.heard(What::Press {
            query: String::new(),
            press: Pressed::Ours(press),
        })
    }
}

impl FromRequestParts<Desk> for Guest {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Refusal> {
        let look = desk.office.look().await?;
        let lang = lang_in(&parts.headers).unwrap_or(look.world.policy.lang);
        Ok(Self { look, lang })
    }
}

impl FromRequestParts<Desk> for Visit {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Refusal> {
        let changes = *desk.office.changes().borrow();
        let look = desk.office.look().await?;
        let world = &look.world;
        let chosen = lang_in(&parts.headers);
        let unknown = Refusal::LoggedOut(chosen.unwrap_or(world.policy.lang));
        let Some(session) = cookie(&parts.headers, SESSION) else {
            return Err(unknown);
        };
        let found = opened_by(session, &world.key, look.now);
        let Some(clerk) = found
            .and_then(|(id, since)| world.at_desk(id, since))
            .cloned()
        else {
            return Err(unknown);
        };
        let lang = chosen.or(clerk.lang).unwrap_or(world.policy.lang);
        let form_token = world.key.tag("form", &[session]);
        let page = parts.uri.path_and_query();
        let page = page.map_or_else(String::new, ToString::to_string);
        Ok(Self {
            look,
            changes,
            lang,
            clerk,
            form_token,
            page,
        })
    }
}

/// The account that `change` has let in.
pub(super) fn let_in(change: &Change) -> Option<AccountId> {
    change.journal.iter().find_map(|entry| match entry.deed {
        crate::journal::Deed::DeskOpened { account } => Some(AccountId(account)),
        _ => None,
    })
}

/// A session of `account` that begins at `now`, as the header that puts it into the browser.
pub(super) fn session_cookie(account: AccountId, look: &Look) -> Option<HeaderValue> {
    let nonce = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 12]>());
    let (account, since) = (
        account.0.to_string(),
        look.now.timestamp_millis().to_string(),
    );
    let tag = look.world.key.tag(SESSION, &[&account, &since, &nonce]);
    let value = format!("{account}.{since}.{nonce}.{tag}");
    let secure = if look.world.policy.desk_url.starts_with("https:") {
        "; Secure"
    } else {
        ""
    };
    let life = SESSION_LIFE.num_seconds();
    // Lax: the link comes from another program, and its answer leads on to the desk.
    let cookie =
        format!("{SESSION}={value}; Path=/; Max-Age={life}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&cookie).ok()
}

/// The header that takes the session out of the browser.
pub(super) fn no_session_cookie() -> HeaderValue {
    HeaderValue::from_static("zaigang=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
}

/// The header that keeps a language.
pub(super) fn lang_cookie(lang: Lang) -> HeaderValue {
    HeaderValue::from_static(match lang {
        Lang::Zh => "lang=zh; Path=/; Max-Age=31536000; SameSite=Lax",
        Lang::En => "lang=en; Path=/; Max-Age=31536000; SameSite=Lax",
    })
}

/// Whose session it is, and since when.
fn opened_by(session: &str, key: &Key, now: Moment) -> Option<(AccountId, Moment)> {
    let mut parts = session.split('.');
    let (account, since, nonce, tag) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !key.fits(tag, SESSION, &[account, since, nonce]) {
        return None;
    }
    let since = Moment::from_timestamp_millis(since.parse().ok()?)?;
    let is_young = now - since < SESSION_LIFE;
    is_young.then_some((AccountId(account.parse().ok()?), since))
}

fn lang_in(headers: &HeaderMap) -> Option<Lang> {
    match cookie(headers, LANG)? {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(COOKIE).into_iter();
    let pairs = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    pairs
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(known, value)| (known == name).then_some(value))
}
