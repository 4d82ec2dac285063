//! The office's clerks: who they are, how a second one is asked in, and how one is let go.
//!
//! The first clerk claims the place (`binding`); every other comes by the link of a clerk who is
//! one already, and there is always one left.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use super::binding::account_or_new;
use super::draft::Draft;
use super::{
    Account, AccountId, Heard, LinkRefusal, Say, Toast, Urgency, World, circular, statements,
};
use crate::journal::Deed;
use crate::time::Moment;

const CLERK: &str = "clerk";

/// How long a link that makes a clerk opens: long enough to be passed on by hand.
const LINK_LIFE: TimeDelta = TimeDelta::hours(24);

/// The one link of a clerk's by which a colleague may become one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClerkLink {
    pub token: String,
    pub until: Moment,
}

impl std::fmt::Debug for ClerkLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClerkLink(…)")
    }
}

/// The facts of what is said about the office's own people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClerksSay {
    List {
        clerks: Vec<ClerkLine>,
        /// Who reads it: nobody lets themselves go.
        reader: AccountId,
    },
    /// Opens once, until then.
    Link {
        payload: String,
        bot: Option<String>,
        until: Moment,
    },
    /// To every clerk but the new one.
    Joined { name: String, by: String },
    /// To whoever is about to let somebody go.
    Sure { account: AccountId, name: String },
    /// To every clerk that is left.
    Gone { name: String, by: String },
    /// To the one who is none any more.
    NoLonger { by: String },
}

/// One clerk, as the others see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClerkLine {
    pub account: AccountId,
    pub name: String,
    pub since: Moment,
}

impl World {
    /// The clerks that have a chat, the first one first.
    #[must_use]
    pub fn clerk_lines(&self) -> Vec<ClerkLine> {
        let lines = self.clerks().filter_map(|account| {
            Some(ClerkLine {
                account: account.id,
                name: account.name.clone(),
                since: account.clerk_since?,
            })
        });
        let mut lines: Vec<ClerkLine> = lines.collect();
        lines.sort_by_key(|line| (line.since, line.account));
        lines
    }
}

/// `/clerks`.
pub(super) fn tell_clerks(draft: &mut Draft<'_>, heard: &Heard) {
    let said = ClerksSay::List {
        clerks: draft.world.clerk_lines(),
        reader: heard.account,
    };
    say(draft, heard.account, said);
}

/// ⟦请一位同事⟧: a link; the one before it opens nothing any more.
pub(super) fn invited(draft: &mut Draft<'_>, heard: &Heard) {
    let Some(account) = draft.account(heard.account).cloned() else {
        return;
    };
    let until = draft.now + LINK_LIFE;
    let chance: Vec<String> = heard.chance.iter().map(|b| format!("{b:02x}")).collect();
    let parts = [account.id.0.to_string(), chance.concat()];
    let token = draft
        .world
        .key
        .tag(CLERK, &parts.each_ref().map(String::as_str));
    draft.note(Deed::ClerkInvited {
        account: account.id.0,
    });
    let said = ClerksSay::Link {
        payload: format!("clerk_{token}"),
        bot: draft.world.bot.clone(),
        until,
    };
    let colleague = Some(ClerkLink { token, until });
    draft.put_account(Account {
        colleague,
        ..account
    });
    say(draft, heard.account, said);
}

/// `/start clerk_…`.
pub(super) fn joined(draft: &mut Draft<'_>, heard: &Heard, token: &str) {
    let is_clerk = |id| draft.account(id).is_some_and(|a| a.clerk_since.is_some());
    if is_clerk(heard.account) {
        draft.say(heard.account, Urgency::Report, Say::Claimed);
        return;
    }
    let opens = |account: &&Account| {
        let link = account.colleague.as_ref();
        account.is_clerk()
            && link.is_some_and(|link| {
                let same: bool = link.token.as_bytes().ct_eq(token.as_bytes()).into();
                same && draft.now < link.until
            })
    };
    let Some(inviter) = draft.world.accounts.values().find(opens).cloned() else {
        draft.note(Deed::ClerkRefused {
            account: heard.account.0,
        });
        let why = LinkRefusal::Unknown;
        draft.say(heard.account, Urgency::Report, Say::LinkRefused { why });
        return;
    };
    let (by, name) = (inviter.name.clone(), heard.name.clone());
    draft.note(Deed::ClerkJoined {
        account: heard.account.0,
        name: name.clone(),
        by: inviter.id.0,
    });
    draft.put_account(Account {
        colleague: None,
        ..inviter
    });
    let account = account_or_new(draft, heard);
    draft.put_account(Account {
        clerk_since: Some(draft.now),
        ..account
    });
    draft.say(heard.account, Urgency::Report, Say::Claimed);
    draft.show_menu(heard.account);
    for clerk in others(draft, heard.account) {
        let (name, by) = (name.clone(), by.clone());
        say(draft, clerk, ClerksSay::Joined { name, by });
    }
}

/// ⟦撤下 …⟧: asked once more before it is done.
pub(super) fn about_to_go(draft: &mut Draft<'_>, heard: &Heard, id: AccountId, query: String) {
    let toast = match leaving(draft, heard, id) {
        Ok(account) => {
            let (account, name) = (account.id, account.name);
            say(draft, heard.account, ClerksSay::Sure { account, name });
            Toast::Done
        }
        Err(toast) => toast,
    };
    draft.say(heard.account, Urgency::Receipt, Say::Toast { query, toast });
}

/// Somebody is a clerk no longer: at once, in the chat and at the desk.
pub(super) fn let_go(draft: &mut Draft<'_>, heard: &Heard, id: AccountId, query: String) {
    let toast = match leaving(draft, heard, id) {
        Ok(account) => {
            gone(draft, heard, account);
            Toast::Done
        }
        Err(toast) => toast,
    };
    draft.say(heard.account, Urgency::Receipt, Say::Toast { query, toast });
}

/// The clerk `id`, whom somebody else lets go while another one stays.
fn leaving(draft: &Draft<'_>, heard: &Heard, id: AccountId) -> Result<Account, Toast> {
    let account = draft.account(id).filter(|a| a.clerk_since.is_some());
    let account = account.cloned().ok_or(Toast::Outdated)?;
    if id == heard.account {
        return Err(Toast::NotYours);
    }
    if others(draft, id).is_empty() {
        return Err(Toast::LastClerk);
    }
    Ok(account)
}

fn gone(draft: &mut Draft<'_>, heard: &Heard, account: Account) {
    let (id, name) = (account.id, account.name.clone());
    let by = draft.account(heard.account);
    let by = by.map_or_else(String::new, |account| account.name.clone());
    draft.note(Deed::ClerkDismissed {
        account: id.0,
        name: name.clone(),
        by: heard.account.0,
    });
    let mut account = account;
    account.clerk_since = None;
    account.colleague = None;
    account.desk.link = None;
    draft.put_account(account);
    // A reason or a statement they were still to write is nobody's now.
    statements::forget(draft, id);
    circular::forget(draft, id);
    say(draft, id, ClerksSay::NoLonger { by: by.clone() });
    draft.show_menu(id);
    for clerk in others(draft, id) {
        let (name, by) = (name.clone(), by.clone());
        say(draft, clerk, ClerksSay::Gone { name, by });
    }
}

fn others(draft: &Draft<'_>, but: AccountId) -> Vec<AccountId> {
    let clerks = draft.world.clerks().map(|clerk| clerk.id);
    clerks.filter(|id| *id != but).collect()
}

fn say(draft: &mut Draft<'_>, to: AccountId, said: ClerksSay) {
    draft.say(to, Urgency::Report, Say::Clerks(Box::new(said)));
}
