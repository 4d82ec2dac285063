//! Whose shifts a calendar shows, and when each last changed. A shift is known again by where and
//! when it begins, so that a calendar follows it through every version, leave and swap.
//!
//! It knows no calendar format and no sentence.

use std::collections::BTreeMap;

use super::climbing::duty_line;
use super::{Key, World};
use crate::duty::{Amendment, Member, Turn};
use crate::roster::{Person, Presence, Role, Roster};
use crate::time::{Moment, Span};

const SHIFT: &str = "shift";

/// Whose shifts a calendar shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    Person(Member),
    Unit(String),
}

/// The shifts of one person or one unit, by start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    pub whose: Whose,
    pub entries: Vec<CalendarEntry>,
}

/// One shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry {
    /// The same for the same shift, whoever has it and in whatever version.
    pub uid: String,
    /// Grows whenever the entry changes.
    pub sequence: u32,
    pub changed: Moment,
    pub unit: String,
    pub post: String,
    pub role: Role,
    pub presence: Presence,
    pub span: Span,
    /// Everybody there; none where all are on leave.
    pub people: Vec<String>,
    /// The number of the unit's duty line.
    pub duty_line: Option<String>,
}

/// What tells a shift from the others of its unit: its post, its start, and its rank among those
/// of that post that begin then.
type Known<'a> = (&'a str, &'a str, Moment, usize);

/// What a calendar shows of it.
type Shown<'a> = (Span, Vec<&'a Person>);

impl World {
    /// The calendar of `whose` as leave and swaps have it; `None` while no roster is in force.
    #[must_use]
    pub fn calendar(&self, whose: Whose) -> Option<Calendar> {
        let (_, roster) = self.in_force()?;
        let units = units_of(roster, &whose);
        let changes = self.changes(&units);
        let first = self.versions.values().next()?.since;
        let entries = shifts(roster, &units)
            .into_iter()
            .filter(|((unit, ..), (_, people))| is_for(&whose, unit, people))
            .filter_map(|(known, (span, people))| {
                let (unit, post, ..) = known;
                let posts = roster.posts.iter();
                let duty = posts
                    .into_iter()
                    .find(|p| p.unit == unit && p.name == post)?;
                let last = changes.last_of(known, span);
                Some(CalendarEntry {
                    uid: uid(&self.key, known),
                    // The time itself is the one count that only ever grows.
                    sequence: u32::try_from((last - first).num_seconds()).unwrap_or(0),
                    changed: last,
                    unit: unit.to_owned(),
                    post: post.to_owned(),
                    role: duty.role,
                    presence: duty.presence,
                    span,
                    people: people.iter().map(|p| p.name.clone()).collect(),
                    duty_line: duty_line(self, unit, None),
                })
            });
        let mut entries: Vec<CalendarEntry> = entries.collect();
        entries.sort_by(|a, b| (a.span, &a.unit, &a.post).cmp(&(b.span, &b.unit, &b.post)));
        Some(Calendar { whose, entries })
    }

    /// What happened to the shifts of `units`, version by version.
    fn changes<'a>(&'a self, units: &[&'a str]) -> Changes<'a> {
        let mut rostered: BTreeMap<Known<'a>, (Moment, Shown<'a>)> = BTreeMap::new();
        let mut first = None;
        for version in self.versions.values() {
            first = first.or(Some(version.since));
            let Some(roster) = self.rosters.get(&version.roster) else {
                continue;
            };
            let mut before = std::mem::take(&mut rostered);
            for (known, shown) in shifts(roster, units) {
                let kept = before.remove(&known).filter(|(_, was)| *was == shown);
                let since = kept.map_or(version.since, |(since, _)| since);
                rostered.insert(known, (since, shown));
            }
        }
        let approved = self.leaves.values().filter_map(super::Leave::in_force);
        Changes {
            first: first.unwrap_or_default(),
            rostered,
            approved: approved.collect(),
        }
    }
}

/// When the versions and the approvals changed what.
struct Changes<'a> {
    first: Moment,
    rostered: BTreeMap<Known<'a>, (Moment, Shown<'a>)>,
    approved: Vec<(Moment, &'a Amendment)>,
}

impl Changes<'_> {
    fn last_of(&self, known: Known<'_>, span: Span) -> Moment {
        let (unit, post, ..) = known;
        let concerns =
            |turn: &Turn| turn.unit == unit && turn.post == post && turn.span.overlaps(&span);
        let approved = self.approved.iter().filter(|(_, amendment)| {
            concerns(&amendment.turn) || amendment.in_return.as_ref().is_some_and(concerns)
        });
        let approved = approved.map(|(at, _)| *at).max();
        let rostered = self.rostered.get(&known).map(|(since, _)| *since);
        rostered.max(approved).unwrap_or(self.first)
    }
}

fn uid(key: &Key, (unit, post, start, rank): Known<'_>) -> String {
    let start = start.timestamp_millis().to_string();
    key.tag(SHIFT, &[unit, post, &start, &rank.to_string()])
}

/// The units somebody could have shifts in.
fn units_of<'a>(roster: &'a Roster, whose: &Whose) -> Vec<&'a str> {
    let mut units = roster.units();
    match whose {
        Whose::Unit(own) => units.retain(|unit| unit == own),
        // A number is the same person in every unit.
        Whose::Person(member) if member.phone.is_none() => {
            units.retain(|unit| *unit == member.unit);
        }
        Whose::Person(_) => {}
    }
    units
}

/// The shifts of these units; rows of one post with the same hours are one shift.
fn shifts<'a>(roster: &'a Roster, units: &[&str]) -> BTreeMap<Known<'a>, Shown<'a>> {
    let mut together: BTreeMap<(&str, &str, Span), Vec<&Person>> = BTreeMap::new();
    for shift in &roster.shifts {
        let post = roster.post(shift);
        if units.contains(&post.unit.as_str()) {
            let key = (post.unit.as_str(), post.name.as_str(), shift.span);
            together.entry(key).or_default().extend(shift.people.iter());
        }
    }
    let mut shifts: BTreeMap<Known<'_>, Shown<'_>> = BTreeMap::new();
    for ((unit, post, span), mut people) in together {
        people.sort();
        people.dedup();
        let start = span.start();
        let first = (unit, post, start, 0);
        let rank = shifts
            .range(first..=(unit, post, start, usize::MAX))
            .count();
        shifts.insert((unit, post, start, rank), (span, people));
    }
    shifts
}

fn is_for(whose: &Whose, unit: &str, people: &[&Person]) -> bool {
    let Whose::Person(member) = whose else {
        return true;
    };
    let is_theirs = |p: &&Person| {
        let same_number = member.phone.is_some() && p.phone == member.phone;
        p.name == member.name && (unit == member.unit || same_number)
    };
    people.iter().any(is_theirs)
}
