//! Ordering a round: whom it asks, and the pings that go out.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use super::climbing::rungs_above;
use super::draft::Draft;
use super::happening::ping;
use super::{
    AccountId, Asked, Check, FollowUp, Heard, InsteadOf, Order, Record, Round, RoundId, Say, Slot,
    Summary, Urgency, World, hearing,
};
use crate::duty::{OnPost, members, next_start, on_duty};
use crate::journal::Deed;
use crate::roster::{Phone, Presence, Role};
use crate::spotcheck::{CheckId, Event, State, Unreached, drawn};
use crate::time::{Moment, Span};

/// Everybody a check could ask at `at`: one entry a person, however many posts they hold, at the
/// post that asks most of them.
pub(super) fn askable(world: &World, at: Moment) -> Vec<Asked> {
    askable_where(world, at, |_| true)
}

/// Everybody a check of `unit` could ask at `at`, whatever else they do elsewhere.
pub(super) fn askable_in(world: &World, unit: &str, at: Moment) -> Vec<Asked> {
    askable_where(world, at, |on| on.post.unit == unit)
}

fn askable_where(world: &World, at: Moment, is_meant: impl Fn(&OnPost<'_>) -> bool) -> Vec<Asked> {
    let Some((version, roster)) = world.in_force() else {
        return Vec::new();
    };
    let numbers: BTreeMap<(String, String), Option<Phone>> = members(roster)
        .into_iter()
        .map(|m| ((m.unit, m.name), m.phone))
        .collect();
    let mut people: Vec<Asked> = Vec::new();
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    let meant = on_duty(roster, at).filter(|on| on.post.role != Role::Other && is_meant(on));
    for on in meant {
        let mut asked = asked(&on, version.number);
        if asked.phone.is_none() {
            let known = numbers.get(&(asked.unit.clone(), asked.name.clone()));
            asked.phone = known.cloned().flatten();
        }
        let whose = match &asked.phone {
            Some(phone) => (phone.digits().to_owned(), asked.name.clone()),
            None => (asked.unit.clone(), asked.name.clone()),
        };
        match seen.get(&whose) {
            Some(&index) if rank(&asked) < rank(&people[index]) => people[index] = asked,
            Some(_) => {}
            None => {
                seen.insert(whose, people.len());
                people.push(asked);
            }
        }
    }
    for asked in &mut people {
        asked.account = world
            .account_of(&asked.unit, &asked.name, asked.phone.as_ref())
            .map(|a| a.id);
    }
    people
}

/// Of several posts at once, the least is the one a person is asked about.
pub(super) fn rank(asked: &Asked) -> (Presence, Span, &str) {
    (asked.presence, asked.shift, &asked.post)
}

fn asked(on: &OnPost<'_>, version: u32) -> Asked {
    Asked {
        unit: on.post.unit.clone(),
        post: on.post.name.clone(),
        role: on.post.role,
        presence: on.post.presence,
        shift: on.shift.span,
        name: on.person.name.clone(),
        phone: on.person.phone.clone(),
        account: None,
        version,
    }
}

/// A clerk orders a check of those on duty now.
pub(super) fn ordered(draft: &mut Draft<'_>, heard: &Heard, order: &Order) {
    let clerk = heard.account;
    let Some((version, roster)) = draft.world.in_force() else {
        draft.say(clerk, Urgency::Report, Say::NoRoster);
        return;
    };
    let mut people = askable(draft.world, draft.now);
    match order {
        Order::All | Order::Drawn | Order::MakeUp => {}
        Order::Some(count) => {
            let count = usize::try_from(*count).unwrap_or(usize::MAX);
            let mut picked = drawn(&heard.chance, people.len(), count);
            picked.sort_unstable();
            people = picked.into_iter().map(|i| people[i].clone()).collect();
        }
        Order::Unit(name) => match unit_named(&roster.units(), name) {
            Ok(unit) => people.retain(|a| a.unit == unit),
            Err(nearest) => {
                let say = Say::UnitUnknown {
                    asked: name.clone(),
                    nearest,
                };
                draft.say(clerk, Urgency::Report, say);
                return;
            }
        },
    }
    if people.is_empty() {
        let say = Say::NobodyOnDuty {
            order: order.clone(),
            next: next_start(roster, draft.now),
        };
        draft.say(clerk, Urgency::Report, say);
        return;
    }
    let round = draft.next_round();
    draft.note(Deed::RoundOrdered {
        account: clerk.0,
        round: round.0,
        checks: u32::try_from(people.len()).unwrap_or(u32::MAX),
        version: version.number,
    });
    let unreached = people.iter().filter(|a| a.account.is_none()).count();
    let started = Say::RoundStarted {
        round,
        people: u32::try_from(people.len()).unwrap_or(u32::MAX),
        unreached: u32::try_from(unreached).unwrap_or(u32::MAX),
        window_secs: draft.world.policy.ladder.window_ms / 1000,
    };
    draft.say(clerk, Urgency::Receipt, started);
    let questions = people.into_iter().map(Question::from).collect();
    begin(draft, clerk, order, questions);
}

/// Whom a check asks, and in which one's stead.
pub(super) struct Question {
    pub asked: Asked,
    pub instead_of: Option<InsteadOf>,
}

impl From<Asked> for Question {
    fn from(asked: Asked) -> Self {
        Self {
            asked,
            instead_of: None,
        }
    }
}

/// A round of `questions`: its number, and those of its checks in their order.
pub(super) fn begin(
    draft: &mut Draft<'_>,
    by: AccountId,
    order: &Order,
    questions: Vec<Question>,
) -> (RoundId, Vec<CheckId>) {
    let round = draft.next_round();
    let ids: Vec<CheckId> = (draft.next_check().0..)
        .take(questions.len())
        .map(CheckId)
        .collect();
    draft.put_round(Round {
        id: round,
        by,
        at: draft.now,
        order: order.clone(),
        checks: ids.clone(),
        summary: Summary::Pending,
    });
    // The stretch since the last dry reading counts for these checks from here on, also across a
    // restart.
    draft.put(Record::Hearing(draft.hearing()));
    for (id, question) in ids.iter().zip(questions) {
        ask(draft, round, *id, question);
    }
    (round, ids)
}

fn ask(draft: &mut Draft<'_>, round: RoundId, id: CheckId, question: Question) {
    let Question { asked, instead_of } = question;
    draft.note(Deed::CheckAsked {
        check: id,
        unit: asked.unit.clone(),
        name: asked.name.clone(),
        version: asked.version,
        ladder: Some(draft.world.policy.ladder),
    });
    if let Some(before) = instead_of {
        draft.note(Deed::CheckMadeUp {
            check: id,
            instead_of: before.check,
        });
    }
    let account = asked.account;
    let queued = State::Asking {
        queued: draft.now,
        blind: None,
    };
    let office = draft.round(round).map(|round| round.by);
    let rungs = office.map(|office| rungs_above(draft, &asked, office));
    let check = Check {
        id,
        round,
        asked,
        ladder: draft.world.policy.ladder,
        state: queued,
        queued_theirs: hearing::theirs_now(draft),
        follow_up: Box::new(FollowUp {
            rungs: rungs.unwrap_or_default(),
            instead_of,
            ..FollowUp::default()
        }),
    };
    let say = Say::Ping(ping(&check));
    draft.put_check(check);
    if let Some(to) = account {
        draft.show(to, Urgency::Ping, Slot::Ping(id), say);
    } else {
        let _ = draft.happen(id, &Event::Refused(Unreached::NotBound));
    }
}

/// The unit somebody means: by its name, or the only one whose name holds what they wrote. Else
/// the nearest, to suggest.
pub(super) fn unit_named<'a>(units: &[&'a str], asked: &str) -> Result<&'a str, Option<String>> {
    let asked = plain(asked);
    if let Some(unit) = units.iter().find(|u| plain(u) == asked) {
        return Ok(unit);
    }
    let holding: Vec<&&str> = units.iter().filter(|u| plain(u).contains(&asked)).collect();
    if let [only] = holding.as_slice() {
        return Ok(only);
    }
    let nearest = units
        .iter()
        .map(|u| (strsim::normalized_damerau_levenshtein(&plain(u), &asked), u))
        .filter(|(likeness, _)| *likeness >= 0.4)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, u)| (*u).to_owned());
    Err(nearest)
}

/// As it is compared: full-width letters, digits and brackets are the plain ones, and case is one.
fn plain(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).collect()
}
