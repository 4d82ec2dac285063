//! Who could stand in, what could be exchanged, and who approves.

use super::{Asker, Leave, Offer};
use crate::decide::{Account, AccountId, World};
use crate::duty::{Turn, members, on_duty, turns_of};
use crate::roster::{Person, Role, Roster};
use crate::time::{Moment, Span, TimeDelta, Zone};

/// How many numbered buttons one question has.
const OFFERS: usize = 10;
/// A turn longer than this is given away by the day: a principal's lasts the whole holiday.
const LONG: TimeDelta = TimeDelta::hours(36);
/// In nanoseconds.
const MINUTE: i64 = 60_000_000_000;

/// The account of somebody of `unit`.
pub(super) fn account<'a>(world: &'a World, unit: &str, person: &Person) -> Option<&'a Account> {
    world.account_of(unit, &person.name, person.phone.as_ref())
}

/// The turns of `leave`'s person that can still be given away, the next one first.
pub(in crate::decide) fn turns(
    world: &World,
    unit: &str,
    person: &Person,
    now: Moment,
) -> Vec<Offer> {
    let Some((_, roster)) = world.in_force() else {
        return Vec::new();
    };
    let ahead = own_turns(roster, unit, person)
        .into_iter()
        .filter(|turn| turn.span.end() > now && !is_asked_already(world, turn));
    let mut offers: Vec<Offer> = ahead
        .flat_map(|turn| {
            let spans = parts(&turn.span, now, world.policy.zone);
            spans
                .into_iter()
                .map(move |span| Offer::Turn(turn.clone(), span))
        })
        .collect();
    offers.truncate(OFFERS);
    offers
}

fn own_turns(roster: &Roster, unit: &str, person: &Person) -> Vec<Turn> {
    let mut turns = turns_of(roster, |_, p| p.name == person.name);
    let is_own = |turn: &Turn| {
        turn.unit == unit || (turn.person.phone.is_some() && turn.person.phone == person.phone)
    };
    turns.retain(is_own);
    turns
}

fn is_asked_already(world: &World, turn: &Turn) -> bool {
    let asked = world.leaves.values().filter(|leave| leave.is_asked());
    asked
        .filter_map(|leave| leave.amendment.as_ref())
        .any(|amendment| amendment.turn == *turn)
}

/// What is left of a turn; of a long one, also each of its days.
fn parts(turn: &Span, now: Moment, zone: Zone) -> Vec<Span> {
    // Nobody gives away half a minute.
    let minute = now - TimeDelta::nanoseconds(now.timestamp_nanos_opt().unwrap_or(0) % MINUTE);
    let Some(left) = Span::new(turn.start().max(minute), turn.end()) else {
        return Vec::new();
    };
    let mut parts = vec![left];
    if turn.length() <= LONG {
        return parts;
    }
    let midnight = |day: chrono::NaiveDate| zone.moment(day.and_time(chrono::NaiveTime::MIN));
    let mut day = zone.date(left.start());
    while let Some(next) = day.succ_opt() {
        let part = Span::new(midnight(day), midnight(next)).and_then(|day| day.meet(&left));
        let Some(part) = part else { break };
        parts.push(part);
        day = next;
    }
    parts
}

/// Who of the unit could take over: not on duty meanwhile and, where they are to be asked, to be
/// reached here. Those who do the same duty come first.
pub(super) fn stand_ins(world: &World, leave: &Leave) -> Vec<Person> {
    let (Some((_, roster)), Some(amendment)) = (world.in_force(), &leave.amendment) else {
        return Vec::new();
    };
    let Some((_, rostered)) = world.rostered() else {
        return Vec::new();
    };
    let mut people: Vec<Person> = members(rostered)
        .into_iter()
        .filter(|m| m.unit == leave.unit && m.name != leave.person.name)
        .map(|m| Person {
            name: m.name,
            phone: m.phone,
        })
        .filter(|p| leave.declined.iter().all(|d| d.name != p.name))
        .filter(|p| leave.asker == Asker::Clerk || account(world, &leave.unit, p).is_some())
        .filter(|p| is_free(roster, &leave.unit, p, &amendment.span))
        .collect();
    people.sort_by_key(|p| {
        let same_duty = turns_of(roster, |_, other| other.name == p.name)
            .iter()
            .any(|turn| turn.unit == leave.unit && turn.post == amendment.turn.post);
        !same_duty
    });
    people
}

pub(super) fn offered(people: Vec<Person>) -> Vec<Offer> {
    people
        .into_iter()
        .take(OFFERS)
        .map(Offer::StandIn)
        .collect()
}

/// Turns of the same duty that could be had in exchange: neither would be in two places.
pub(super) fn exchanges(world: &World, leave: &Leave, now: Moment) -> Vec<Offer> {
    let (Some((_, roster)), Some(amendment)) = (world.in_force(), &leave.amendment) else {
        return Vec::new();
    };
    let given = &amendment.turn;
    let role = |turn: &Turn| {
        let mut posts = roster.posts.iter();
        posts
            .find(|p| p.unit == turn.unit && p.name == turn.post)
            .map(|p| p.role)
    };
    let mut turns: Vec<Turn> = turns_of(roster, |unit, p| {
        unit == leave.unit && p.name != leave.person.name
    })
    .into_iter()
    .filter(|turn| turn.span.start() > now && role(turn) == role(given))
    .filter(|turn| leave.declined.iter().all(|d| d.name != turn.person.name))
    .filter(|turn| {
        leave.asker == Asker::Clerk || account(world, &leave.unit, &turn.person).is_some()
    })
    .filter(|turn| {
        is_free(roster, &leave.unit, &turn.person, &given.span)
            && is_free_but(roster, &leave.unit, &leave.person, &turn.span, given)
    })
    .collect();
    turns.sort_by_key(|turn| (turn.span.start() - given.span.start()).abs());
    turns.truncate(OFFERS - 1);
    turns.into_iter().map(Offer::Return).collect()
}

fn is_free(roster: &Roster, unit: &str, person: &Person, span: &Span) -> bool {
    let turns = own_turns(roster, unit, person);
    turns.iter().all(|turn| !turn.span.overlaps(span))
}

fn is_free_but(roster: &Roster, unit: &str, person: &Person, span: &Span, but: &Turn) -> bool {
    let turns = own_turns(roster, unit, person);
    turns
        .iter()
        .all(|turn| turn == but || !turn.span.overlaps(span))
}

/// Who approves: the unit's duty leader of that time, else the one of now; `None` is the office,
/// which also approves what concerns a leader.
pub(super) fn approver(world: &World, leave: &Leave, now: Moment) -> Option<AccountId> {
    let amendment = leave.amendment.as_ref()?;
    let (_, roster) = world.in_force()?;
    let of_leader = roster.posts.iter().any(|post| {
        post.unit == amendment.turn.unit
            && post.name == amendment.turn.post
            && matches!(
                post.role,
                Role::DutyLeader | Role::ChiefLeader | Role::Principal
            )
    });
    if of_leader {
        return None;
    }
    leaders(world, roster, &leave.unit, amendment.span.start())
        .chain(leaders(world, roster, &leave.unit, now))
        .find(|(_, person)| {
            let stands_in = amendment.stand_in.as_ref();
            person.name != leave.person.name && stands_in.is_none_or(|p| p.name != person.name)
        })
        .map(|(account, _)| account)
}

/// The unit's duty leaders at `at` who can be reached here.
fn leaders<'a>(
    world: &'a World,
    roster: &'a Roster,
    unit: &'a str,
    at: Moment,
) -> impl Iterator<Item = (AccountId, &'a Person)> {
    on_duty(roster, at)
        .filter(move |on| on.post.unit == unit && on.post.role == Role::DutyLeader)
        .filter_map(move |on| account(world, unit, on.person).map(|a| (a.id, on.person)))
}

/// The duty leader to be told that nobody took a turn.
pub(super) fn leader(world: &World, leave: &Leave, now: Moment) -> Option<AccountId> {
    let amendment = leave.amendment.as_ref()?;
    let (_, roster) = world.in_force()?;
    leaders(world, roster, &leave.unit, amendment.span.start())
        .chain(leaders(world, roster, &leave.unit, now))
        .map(|(account, _)| account)
        .find(|account| *account != leave.by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::clock_of;

    /// Hours from the midnight before 1 October, in the county.
    fn hour(hours: i64) -> Moment {
        let midnight = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
        Zone::default().moment(clock_of(midnight, 0)) + TimeDelta::hours(hours)
    }

    fn span(from: i64, to: i64) -> Span {
        Span::new(hour(from), hour(to)).unwrap()
    }

    #[test]
    fn a_whole_holiday_is_given_away_in_one_or_by_the_day() {
        let parts = parts(&span(0, 96), hour(30), Zone::default());
        assert_eq!(
            parts,
            [span(30, 96), span(30, 48), span(48, 72), span(72, 96)]
        );
    }

    #[test]
    fn a_shift_is_given_away_whole_and_one_under_way_from_this_minute() {
        let zone = Zone::default();
        assert_eq!(parts(&span(20, 32), hour(3), zone), [span(20, 32)]);
        let later = hour(21) + TimeDelta::seconds(59);
        assert_eq!(parts(&span(20, 32), later, zone), [span(21, 32)]);
        assert_eq!(parts(&span(20, 32), hour(32), zone), []);
    }
}
