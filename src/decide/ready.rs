//! Before the holiday: who is bound, whose number is on file, and who has answered the one test
//! message. It is no check: it has no outcome, and not answering it counts against nobody.

use serde::{Deserialize, Serialize};

use super::draft::Draft;
use super::{AccountId, Heard, Record, Say, Slot, Toast, Urgency, World};
use crate::duty::{Member, members, turns_of};
use crate::journal::Deed;
use crate::roster::Phone;
use crate::spotcheck::{Event, Unreached};
use crate::time::Moment;

/// What is known of reaching an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub account: AccountId,
    /// When the one test message was queued.
    pub tested: Option<Moment>,
    /// The first sign of life after it.
    pub answered: Option<Moment>,
    /// Why the last message did not arrive, until they are heard from.
    pub gone: Option<Unreached>,
}

/// Who of those with duty ahead is ready, and what the others lack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readiness {
    pub people: u32,
    pub ready: u32,
    pub unbound: Vec<Somebody>,
    /// Bound, and not sent the test message yet.
    pub untested: Vec<Somebody>,
    /// Sent it, and not heard from since.
    pub silent: Vec<Somebody>,
    /// Messages to them do not arrive.
    pub gone: Vec<(Somebody, Unreached)>,
    /// No telephone number on file.
    pub no_phone: Vec<Somebody>,
}

/// Somebody on the roster, as a message names them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Somebody {
    pub unit: String,
    pub name: String,
}

impl Contact {
    fn new(account: AccountId) -> Self {
        Self {
            account,
            tested: None,
            answered: None,
            gone: None,
        }
    }

    /// Whether the test message was sent and nothing was heard since.
    #[must_use]
    pub fn is_unverified(&self) -> bool {
        self.tested.is_some() && self.answered.is_none()
    }
}

impl From<&Member> for Somebody {
    fn from(member: &Member) -> Self {
        Somebody {
            unit: member.unit.clone(),
            name: member.name.clone(),
        }
    }
}

/// Whether the test message waits for a word of `account`.
pub(super) fn awaits(world: &World, account: AccountId) -> bool {
    let contact = world.contacts.get(&account);
    contact.is_some_and(Contact::is_unverified)
}

/// Whatever somebody does shows that they are there.
pub(super) fn heard_from(draft: &mut Draft<'_>, heard: &Heard) {
    let Some(contact) = draft.world.contacts.get(&heard.account).copied() else {
        return;
    };
    if contact.is_unverified() {
        let account = heard.account.0;
        draft.note(Deed::TestAnswered { account });
        draft.show(
            heard.account,
            Urgency::Receipt,
            Slot::Test,
            Say::TestAnswered { at: draft.now },
        );
    } else if contact.gone.is_none() {
        return;
    }
    let answered = contact.answered.or(contact.tested.map(|_| draft.now));
    draft.put(Record::Contact(Contact {
        answered,
        gone: None,
        ..contact
    }));
}

/// A message to `account` will never arrive.
pub(super) fn undelivered(draft: &mut Draft<'_>, account: AccountId, reason: Unreached) {
    let known = draft.world.contacts.get(&account).copied();
    let contact = known.unwrap_or(Contact::new(account));
    if contact.gone != Some(reason) {
        let gone = Some(reason);
        draft.put(Record::Contact(Contact { gone, ..contact }));
    }
}

/// The button under the test message. That it was pressed is noted already.
pub(super) fn test_answered(draft: &mut Draft<'_>, heard: &Heard, query: String) {
    let toast = Toast::Recorded { at: heard.received };
    draft.say(heard.account, Urgency::Receipt, Say::Toast { query, toast });
}

/// One test message to everybody bound who has not had it.
pub(super) fn test_everybody(draft: &mut Draft<'_>, heard: &Heard) {
    let untested = untested(draft.world, draft.now);
    for (member, account) in &untested {
        draft.note(Deed::TestSent {
            account: account.0,
            unit: member.unit.clone(),
            name: member.name.clone(),
        });
        let known = draft.world.contacts.get(account).copied();
        draft.put(Record::Contact(Contact {
            tested: Some(draft.now),
            answered: None,
            ..known.unwrap_or(Contact::new(*account))
        }));
        let name = member.name.clone();
        draft.show(*account, Urgency::Report, Slot::Test, Say::Test { name });
    }
    let people = number(untested.len());
    draft.say(heard.account, Urgency::Report, Say::TestSent { people });
}

fn untested(world: &World, now: Moment) -> Vec<(Member, AccountId)> {
    let mut seen = std::collections::BTreeSet::new();
    with_duty_ahead(world, now)
        .into_iter()
        .filter_map(|m| {
            let account = world.account_of(&m.unit, &m.name, m.phone.as_ref())?.id;
            let tested = world.contacts.get(&account).and_then(|c| c.tested);
            (tested.is_none() && seen.insert(account)).then_some((m, account))
        })
        .collect()
}

/// Everybody whose duty is not over.
fn with_duty_ahead(world: &World, now: Moment) -> Vec<Member> {
    let Some((_, roster)) = world.in_force() else {
        return Vec::new();
    };
    let ahead: std::collections::BTreeSet<(String, String)> = turns_of(roster, |_, _| true)
        .into_iter()
        .filter(|turn| turn.span.end() > now)
        .map(|turn| (turn.unit, turn.person.name))
        .collect();
    let mut people = members(roster);
    people.retain(|m| ahead.contains(&(m.unit.clone(), m.name.clone())));
    people
}

/// Who is ready at `now`, and what the others lack.
#[must_use]
pub fn readiness(world: &World, now: Moment) -> Readiness {
    let mut told = Readiness::default();
    for member in with_duty_ahead(world, now) {
        told.people += 1;
        let somebody = Somebody::from(&member);
        if member.phone.is_none() {
            told.no_phone.push(somebody.clone());
        }
        let phone: Option<&Phone> = member.phone.as_ref();
        let Some(account) = world.account_of(&member.unit, &member.name, phone) else {
            told.unbound.push(somebody);
            continue;
        };
        match world.contacts.get(&account.id) {
            Some(Contact {
                gone: Some(reason), ..
            }) => told.gone.push((somebody, *reason)),
            Some(contact) if contact.is_unverified() => told.silent.push(somebody),
            Some(Contact {
                tested: Some(_), ..
            }) => told.ready += 1,
            _ => told.untested.push(somebody),
        }
    }
    told
}

pub(super) fn tell_readiness(draft: &mut Draft<'_>, heard: &Heard) {
    let say = if draft.world.in_force().is_some() {
        Say::Ready(Box::new(readiness(draft.world, draft.now)))
    } else {
        Say::NoRoster
    };
    draft.say(heard.account, Urgency::Report, say);
}

/// Silence of somebody who never answered the test message says only that nobody knows whether
/// they get any.
pub(super) fn weighed(world: &World, account: Option<AccountId>, event: &Event) -> Event {
    match *event {
        Event::QueueRead { began } if account.is_some_and(|a| awaits(world, a)) => {
            Event::QueueReadUnverified { began }
        }
        event => event,
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
