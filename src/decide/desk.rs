//! The web desk's door: who may open it, by a link that works once, and until when they are in.
//!
//! What is done at the desk comes in as the same [`Heard`](super::Heard) as from a chat. What the
//! chat would answer is then shown at the desk and sent to nobody. It knows no page and no cookie.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use super::draft::Draft;
use super::{Account, AccountId, Heard, Say, Urgency, World};
use crate::journal::Deed;
use crate::time::Moment;

const LOGIN: &str = "desk";

/// How long a link sent in the chat opens the desk.
const LINK_LIFE: TimeDelta = TimeDelta::minutes(15);

/// The longest a name somebody gives themselves may be, in characters.
const NAME_SHOWN: usize = 20;

impl AccountId {
    /// Whoever opened the desk by the link printed at the start: a clerk without a chat. Telegram
    /// gives nobody this number.
    pub const DESK: AccountId = AccountId(0);
}

/// An account's way to the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskDoor {
    /// The one link that opens it now.
    pub link: Option<DeskLink>,
    /// Whoever came in before then is out again.
    pub closed: Option<Moment>,
}

/// A link that opens the desk once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskLink {
    pub token: String,
    /// `None`: until it is used.
    pub until: Option<Moment>,
}

impl std::fmt::Debug for DeskLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DeskLink(…)")
    }
}

impl World {
    /// Where the desk's link for whoever starts the program leads, where one is outstanding.
    #[must_use]
    pub fn desk_link(&self) -> Option<String> {
        let account = self.accounts.get(&AccountId::DESK)?;
        let link = account.desk.link.as_ref()?;
        Some(login_url(&self.policy.desk_url, &link.token))
    }

    /// The account that has come in at `since` and may still work at the desk.
    #[must_use]
    pub fn at_desk(&self, account: AccountId, since: Moment) -> Option<&Account> {
        let account = self.accounts.get(&account)?;
        let is_in = account.desk.closed.is_none_or(|closed| closed <= since);
        (account.is_clerk() && is_in).then_some(account)
    }
}

fn login_url(desk: &str, token: &str) -> String {
    format!("{desk}/login/{token}")
}

/// While there is no clerk, every start leaves a fresh link for whoever started the program.
pub(super) fn started(draft: &mut Draft<'_>, chance: &[u8; 32]) {
    if draft.world.clerks().next().is_some() {
        return;
    }
    let link = DeskLink {
        token: fresh(draft, AccountId::DESK, chance),
        until: None,
    };
    let account = draft.account(AccountId::DESK).cloned();
    let mut account = account.unwrap_or_else(|| Account::new(AccountId::DESK, ""));
    if account.desk.link.as_ref() != Some(&link) {
        account.desk.link = Some(link);
        draft.put_account(account);
    }
}

/// `/desk`: a link to the desk; the one before it opens nothing any more.
pub(super) fn offered(draft: &mut Draft<'_>, heard: &Heard) {
    let Some(mut account) = draft.account(heard.account).cloned() else {
        return;
    };
    let token = fresh(draft, account.id, &heard.chance);
    let until = draft.now + LINK_LIFE;
    let url = login_url(&draft.world.policy.desk_url, &token);
    account.desk.link = Some(DeskLink {
        token,
        until: Some(until),
    });
    draft.put_account(account);
    let say = Say::DeskLink { url, until };
    draft.say(heard.account, Urgency::Receipt, say);
}

/// Somebody comes with a link. Only the deed on record tells that it opened.
pub(super) fn opened(draft: &mut Draft<'_>, token: &str) {
    let fits = |account: &&Account| {
        let link = account.desk.link.as_ref();
        link.is_some_and(|link| {
            let same: bool = link.token.as_bytes().ct_eq(token.as_bytes()).into();
            same && link.until.is_none_or(|until| draft.now < until)
        })
    };
    let mut accounts = draft.world.accounts.values();
    let Some(mut account) = accounts.find(fits).filter(|a| a.is_clerk()).cloned() else {
        return;
    };
    account.desk.link = None;
    draft.note(Deed::DeskOpened {
        account: account.id.0,
    });
    draft.put_account(account);
}

/// They leave it, on whatever machine they came in.
pub(super) fn closed(draft: &mut Draft<'_>, id: AccountId) {
    let Some(mut account) = draft.account(id).cloned() else {
        return;
    };
    account.desk.closed = Some(draft.now);
    draft.note(Deed::DeskClosed { account: id.0 });
    draft.put_account(account);
}

/// Whoever works at the desk without a chat says who they are: their decisions carry that name.
pub(super) fn named(draft: &mut Draft<'_>, id: AccountId, name: &str) {
    let name: String = name.trim().chars().take(NAME_SHOWN).collect();
    let known = draft.account(id).filter(|_| id == AccountId::DESK);
    let Some(account) = known.filter(|known| known.name != name).cloned() else {
        return;
    };
    draft.note(Deed::DeskNamed {
        account: id.0,
        name: name.clone(),
    });
    draft.put_account(Account { name, ..account });
}

fn fresh(draft: &Draft<'_>, account: AccountId, chance: &[u8; 32]) -> String {
    let chance: Vec<String> = chance.iter().map(|byte| format!("{byte:02x}")).collect();
    let parts = [account.0.to_string(), chance.concat()];
    let parts = parts.each_ref().map(String::as_str);
    draft.world.key.tag(LOGIN, &parts)
}
