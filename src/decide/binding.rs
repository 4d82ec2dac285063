//! Who is who: the clerk's place, and which account belongs to which person of the roster.

use super::draft::Draft;
use super::{
    Account, AccountId, Bound, Heard, LinkRefusal, Listener, Say, Urgency, Way, World, clerks,
    page, strangers,
};
use crate::duty::{Member, members, shifts_of};
use crate::journal::Deed;
use crate::roster::{Phone, Roster};
use crate::time::Span;

const CLAIM: &str = "claim";
const BIND: &str = "bind";

impl World {
    /// The `?start=` payload that makes its bearer the first clerk.
    #[must_use]
    pub fn claim_payload(&self) -> String {
        format!("claim_{}", self.key.tag(CLAIM, &[]))
    }

    /// The `?start=` payload of a person's own link. The same person has the same link, whatever
    /// version the roster is in; it opens once, for once they are bound it is refused.
    #[must_use]
    pub fn bind_payload(&self, member: &Member) -> String {
        let tag = self.key.tag(BIND, &[&member.unit, &member.name]);
        format!("b_{tag}")
    }
}

/// `/start` with whatever the link carried.
pub(super) fn started(draft: &mut Draft<'_>, heard: &Heard, payload: &str) {
    if let Some(token) = payload.strip_prefix("claim_") {
        claim(draft, heard, token);
    } else if let Some(token) = payload.strip_prefix("clerk_") {
        clerks::joined(draft, heard, token);
    } else if let Some(token) = payload.strip_prefix("b_") {
        by_link(draft, heard, token);
    } else {
        welcome(draft, heard);
    }
}

fn welcome(draft: &mut Draft<'_>, heard: &Heard) {
    let account = draft.account(heard.account);
    let bound = account.and_then(|a| a.bound.clone());
    let clerk = account.is_some_and(|a| a.clerk_since.is_some());
    match bound {
        Some(bound) => tell_bound(draft, heard.account, &bound.unit, &bound.name),
        None if clerk => draft.say(
            heard.account,
            Urgency::Report,
            Say::Help {
                who: Listener::Clerk,
            },
        ),
        None => draft.say(heard.account, Urgency::Report, Say::Welcome),
    }
}

fn claim(draft: &mut Draft<'_>, heard: &Heard, token: &str) {
    let own = draft
        .account(heard.account)
        .is_some_and(|a| a.clerk_since.is_some());
    let free = draft.world.clerks().next().is_none();
    let say = if own {
        Say::Claimed
    } else if free && draft.world.key.fits(token, CLAIM, &[]) {
        let mut account = account_or_new(draft, heard);
        account.clerk_since = Some(draft.now);
        draft.put_account(account);
        draft.note(Deed::ClerkClaimed {
            account: heard.account.0,
        });
        draft.show_menu(heard.account);
        Say::Claimed
    } else {
        draft.note(Deed::ClerkRefused {
            account: heard.account.0,
        });
        Say::ClaimRefused
    };
    draft.say(heard.account, Urgency::Report, say);
}

fn by_link(draft: &mut Draft<'_>, heard: &Heard, token: &str) {
    let world = draft.world;
    let member = world
        .bindable()
        .into_iter()
        .find(|m| world.key.fits(token, BIND, &[&m.unit, &m.name]));
    match member {
        Some(member) => bind(draft, heard, &member, LinkRefusal::Used),
        None => draft.say(
            heard.account,
            Urgency::Report,
            Say::LinkRefused {
                why: LinkRefusal::Unknown,
            },
        ),
    }
}

/// Somebody shared a contact: their own binds them, anybody else's does not.
pub(super) fn contact(
    draft: &mut Draft<'_>,
    heard: &Heard,
    phone: Option<&Phone>,
    of: Option<AccountId>,
) {
    if of != Some(heard.account) {
        draft.note(Deed::ForeignContact {
            account: heard.account.0,
        });
        draft.say(heard.account, Urgency::Report, Say::ForeignContact);
        return;
    }
    let world = draft.world;
    let found = with_number(world.bindable(), phone);
    if let Some(member) = only(&found) {
        bind(draft, heard, &member.clone(), LinkRefusal::NumberTaken);
        return;
    }
    let mut account = account_or_new(draft, heard);
    let is_news = account.contact.as_ref() != phone;
    account.contact = phone.cloned();
    let name = account.name.clone();
    draft.put_account(account);
    let phone = phone.cloned();
    draft.say(
        heard.account,
        Urgency::Report,
        Say::NumberNotInRoster {
            phone: phone.clone(),
        },
    );
    // Told once a number, however often it is sent.
    if is_news && world.in_force().is_some() && strangers::is_number_told(draft) {
        let clerks: Vec<AccountId> = world.clerks().map(|c| c.id).collect();
        for clerk in clerks {
            let say = Say::NumberUnknownToOffice {
                account: name.clone(),
                phone: phone.clone(),
            };
            draft.say(clerk, Urgency::Report, say);
        }
    }
}

/// Accounts that shared their number before the roster named it.
pub(super) fn bind_the_waiting(draft: &mut Draft<'_>, roster: &Roster) {
    let waiting: Vec<Account> = draft
        .world
        .accounts
        .values()
        .filter(|a| a.bound.is_none() && a.contact.is_some())
        .cloned()
        .collect();
    for account in waiting {
        let found = with_number(members(roster), account.contact.as_ref());
        let Some(member) = only(&found) else { continue };
        if taken(draft.world, member, account.id).is_none() {
            put_bound(draft, account, member, Some(roster));
        }
    }
}

/// `if_taken` is what they hear where `member` has another account.
fn bind(draft: &mut Draft<'_>, heard: &Heard, member: &Member, if_taken: LinkRefusal) {
    let account = account_or_new(draft, heard);
    let own = account.bound.as_ref();
    if own.is_some_and(|b| b.is(&member.unit, &member.name, member.phone.as_ref())) {
        tell_bound(draft, heard.account, &member.unit, &member.name);
    } else if let Some(bound) = own {
        let say = Say::TakenByAnother {
            unit: bound.unit.clone(),
            name: bound.name.clone(),
        };
        draft.say(heard.account, Urgency::Report, say);
    } else if taken(draft.world, member, heard.account).is_some() {
        let why = if_taken;
        draft.say(heard.account, Urgency::Report, Say::LinkRefused { why });
    } else {
        let standing = draft.world.in_force().map(|(_, roster)| roster);
        put_bound(draft, account, member, standing.map(AsRef::as_ref));
    }
}

/// The clerk frees the people of this name (or of "unit name") from their accounts, so that a new
/// phone can be bound, and takes back their links. What was asked of the old account stays with it.
pub(super) fn unbind(draft: &mut Draft<'_>, heard: &Heard, name: &str) {
    let is_meant = |b: &Bound| b.name == name || format!("{} {}", b.unit, b.name) == name;
    let linked = with_links(draft, name);
    let freed: Vec<Account> = draft
        .world
        .accounts
        .values()
        .filter(|a| a.bound.as_ref().is_some_and(is_meant))
        .cloned()
        .collect();
    page::taken_back(draft, heard.account, &linked);
    for Member { unit, name, .. } in linked.iter().filter(|_| freed.is_empty()) {
        let (unit, name) = (unit.clone(), name.clone());
        let say = Say::LinksTakenBack { unit, name };
        draft.say(heard.account, Urgency::Report, say);
    }
    if freed.is_empty() && linked.is_empty() {
        let name = name.to_owned();
        draft.say(heard.account, Urgency::Report, Say::UnbindUnknown { name });
        return;
    }
    for account in freed {
        let Some(bound) = account.bound.clone() else {
            continue;
        };
        draft.note(Deed::PersonUnbound {
            account: account.id.0,
            by: heard.account.0,
            unit: bound.unit.clone(),
            name: bound.name.clone(),
        });
        let say = Say::UnboundNow {
            unit: bound.unit,
            name: bound.name,
        };
        if account.id != heard.account {
            draft.say(account.id, Urgency::Report, say.clone());
        }
        draft.say(heard.account, Urgency::Report, say);
        let account_id = account.id;
        draft.put_account(Account {
            bound: None,
            contact: None,
            ..account
        });
        draft.show_menu(account_id);
    }
}

/// The people of this name (or of "unit name") whose own links may be in somebody's hands.
fn with_links(draft: &Draft<'_>, name: &str) -> Vec<Member> {
    let world = draft.world;
    let is_meant = |m: &Member| m.name == name || format!("{} {}", m.unit, m.name) == name;
    let may_have = |m: &Member| {
        let opened = world.page(&m.unit, &m.name).and_then(|page| page.opened);
        opened.is_some() || world.pages_open(draft.now) == Way::Open
    };
    let mut people = world.bindable();
    people.retain(|m| is_meant(m) && may_have(m));
    people
}

/// `roster` says which shifts are theirs.
fn put_bound(draft: &mut Draft<'_>, account: Account, member: &Member, roster: Option<&Roster>) {
    let id = account.id;
    draft.note(Deed::PersonBound {
        account: id.0,
        unit: member.unit.clone(),
        name: member.name.clone(),
    });
    draft.put_account(Account {
        bound: Some(Bound {
            unit: member.unit.clone(),
            name: member.name.clone(),
            phone: member.phone.clone(),
            at: draft.now,
        }),
        contact: None,
        ..account
    });
    let shifts = roster.map(|roster| ahead(draft, roster, id));
    let say = Say::Bound {
        unit: member.unit.clone(),
        name: member.name.clone(),
        shifts: shifts.unwrap_or_default(),
        speaks_for: draft.spoken_for(id),
    };
    draft.say(id, Urgency::Report, say);
    draft.show_menu(id);
}

fn tell_bound(draft: &mut Draft<'_>, to: AccountId, unit: &str, name: &str) {
    let shifts = upcoming(draft, to);
    let say = Say::Bound {
        unit: unit.to_owned(),
        name: name.to_owned(),
        shifts,
        speaks_for: draft.spoken_for(to),
    };
    draft.say(to, Urgency::Report, say);
}

/// The shifts of this account's person that have not ended.
pub(super) fn upcoming(draft: &Draft<'_>, account: AccountId) -> Vec<Span> {
    let standing = draft.world.in_force();
    standing.map_or_else(Vec::new, |(_, roster)| ahead(draft, roster, account))
}

/// As [`upcoming`], of a roster that may not stand yet.
fn ahead(draft: &Draft<'_>, roster: &Roster, account: AccountId) -> Vec<Span> {
    let Some(bound) = draft.account(account).and_then(|a| a.bound.as_ref()) else {
        return Vec::new();
    };
    shifts_of(roster, |unit, p| bound.is(unit, &p.name, p.phone.as_ref()))
        .into_iter()
        .map(|s| s.span)
        .filter(|s| s.end() > draft.now)
        .collect()
}

/// Another account that this person is bound to.
fn taken(world: &World, member: &Member, but: AccountId) -> Option<AccountId> {
    world
        .account_of(&member.unit, &member.name, member.phone.as_ref())
        .map(|a| a.id)
        .filter(|id| *id != but)
}

fn with_number(people: Vec<Member>, phone: Option<&Phone>) -> Vec<Member> {
    let Some(phone) = phone else {
        return Vec::new();
    };
    let mut found = people;
    found.retain(|m| m.phone.as_ref().is_some_and(|p| same_number(p, phone)));
    found
}

/// The one name among `found`, whichever units it stands in.
fn only(found: &[Member]) -> Option<&Member> {
    let first = found.first()?;
    found.iter().all(|m| m.name == first.name).then_some(first)
}

/// The same number, with or without a country code in front.
pub(super) fn same_number(a: &Phone, b: &Phone) -> bool {
    let (a, b) = (a.digits(), b.digits());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long || (short.len() >= 8 && long.ends_with(short) && long.len() - short.len() <= 4)
}

pub(super) fn account_or_new(draft: &Draft<'_>, heard: &Heard) -> Account {
    match draft.account(heard.account) {
        Some(account) => Account {
            name: heard.name.clone(),
            ..account.clone()
        },
        None => Account::new(heard.account, &heard.name),
    }
}
