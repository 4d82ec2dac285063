//! Who is really on duty, and when: the roster in force with leave, stand-ins and swaps. It knows
//! no chat, no check, and not who agreed to what.

mod amendment;
mod report;

pub use amendment::{Amendment, Fit, Reason, Turn, amended, turns_of};
pub use report::Heading;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::roster::{Person, Phone, Post, Roster, Shift};
use crate::time::Moment;

/// One person at one post at one moment.
#[derive(Clone, Copy, Debug)]
pub struct OnPost<'a> {
    pub post: &'a Post,
    pub shift: &'a Shift,
    pub person: &'a Person,
}

/// Everybody on duty at `at`, in the roster's order.
pub fn on_duty(roster: &Roster, at: Moment) -> impl Iterator<Item = OnPost<'_>> {
    roster
        .shifts
        .iter()
        .filter(move |shift| shift.span.contains(at))
        .flat_map(move |shift| {
            shift.people.iter().map(move |person| OnPost {
                post: roster.post(shift),
                shift,
                person,
            })
        })
}

/// When the next shift after `at` begins.
#[must_use]
pub fn next_start(roster: &Roster, at: Moment) -> Option<Moment> {
    let starts = roster.shifts.iter().map(|s| s.span.start());
    starts.filter(|start| *start > at).min()
}

/// Somebody a roster names: one name in one unit, with the number any of its rows gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub unit: String,
    pub name: String,
    pub phone: Option<Phone>,
}

/// Everybody the roster names, each once, by unit in the roster's order, then by first shift.
#[must_use]
pub fn members(roster: &Roster) -> Vec<Member> {
    let mut order: Vec<Member> = Vec::new();
    let mut at: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for shift in &roster.shifts {
        let unit = roster.post(shift).unit.as_str();
        for person in shift.people.iter() {
            let index = *at.entry((unit, &person.name)).or_insert_with(|| {
                order.push(Member {
                    unit: unit.to_owned(),
                    name: person.name.clone(),
                    phone: None,
                });
                order.len() - 1
            });
            if order[index].phone.is_none() {
                order[index].phone.clone_from(&person.phone);
            }
        }
    }
    let unit_rank: BTreeMap<&str, usize> = roster
        .units()
        .into_iter()
        .enumerate()
        .map(|(rank, unit)| (unit, rank))
        .collect();
    order.sort_by_key(|m| unit_rank.get(m.unit.as_str()).copied());
    order
}

/// The shifts of one person, by start.
pub fn shifts_of(roster: &Roster, mut is_theirs: impl FnMut(&str, &Person) -> bool) -> Vec<&Shift> {
    let mut shifts: Vec<&Shift> = roster
        .shifts
        .iter()
        .filter(|s| {
            let unit = &roster.post(s).unit;
            s.people.iter().any(|p| is_theirs(unit, p))
        })
        .collect();
    shifts.sort_by_key(|s| s.span);
    shifts
}
