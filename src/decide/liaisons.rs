//! Who speaks for a unit: its liaisons by the office's list, and the leaders its roster names. They
//! may send a roster of their own unit and see its state; of other units they learn nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::binding::same_number;
use super::{Account, Bound, World};
use crate::duty::{Member, members};
use crate::roster::{Liaison, Role, Roster, Shift, UnitEntry, Unread};

/// Why a file is not a unit's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outside {
    /// It names these besides.
    Names(Vec<String>),
    /// It names no unit, and its sender speaks for several.
    NamesNone,
}

/// Who speaks for units, whoever of them has an account: worked out once, for it is asked for each
/// word that anybody says.
#[derive(Clone, Debug)]
pub(super) struct Speakers {
    /// By the office's list.
    listed: Vec<(String, Vec<Liaison>)>,
    /// By the roster in force.
    leading: Vec<Member>,
}

impl Speakers {
    pub fn of(units: &[UnitEntry], roster: Option<&Roster>) -> Self {
        let units = units.iter();
        Self {
            listed: units.map(|e| (e.unit.clone(), e.liaisons())).collect(),
            leading: roster.map(leaders).unwrap_or_default(),
        }
    }
}

impl World {
    /// The units `account` speaks for: as the list has them, then as the roster does.
    pub(super) fn units_spoken_for(&self, account: &Account) -> Vec<String> {
        let Some(bound) = &account.bound else {
            return Vec::new();
        };
        let mut units: Vec<String> = Vec::new();
        let speakers = self.speakers_known();
        for (unit, liaisons) in &speakers.listed {
            let mut liaisons = liaisons.iter();
            if liaisons.any(|liaison| is_liaison(unit, liaison, bound)) {
                units.push(unit.clone());
            }
        }
        for Member { unit, name, phone } in &speakers.leading {
            let is_theirs = bound.is(unit, name, phone.as_ref());
            if is_theirs && !units.contains(unit) {
                units.push(unit.clone());
            }
        }
        units
    }

    /// Accounts that speak for `unit`: its liaisons, then its leaders.
    pub(super) fn speakers(&self, unit: &str) -> Vec<&Account> {
        let mut found: Vec<&Account> = Vec::new();
        let mut take = |account: &'_ Account| {
            let known = self.accounts.get(&account.id);
            if let Some(known) = known.filter(|k| !found.iter().any(|f| f.id == k.id)) {
                found.push(known);
            }
        };
        let speakers = self.speakers_known();
        let listed = speakers.listed.iter().filter(|(of, _)| of == unit);
        for (unit, liaisons) in listed {
            for liaison in liaisons {
                let theirs = |account: &&Account| {
                    let bound = account.bound.as_ref();
                    bound.is_some_and(|bound| is_liaison(unit, liaison, bound))
                };
                self.accounts.values().filter(theirs).for_each(&mut take);
            }
        }
        for member in speakers.leading.iter().filter(|member| member.unit == unit) {
            let account = self.account_of(unit, &member.name, member.phone.as_ref());
            account.into_iter().for_each(&mut take);
        }
        found
    }

    /// Everybody an account can be bound to: whom the roster in force names, and the liaisons it
    /// does not name.
    pub(super) fn bindable(&self) -> Vec<Member> {
        let standing = self.rostered();
        let mut people = standing.map_or_else(Vec::new, |(_, roster)| members(roster));
        let liaisons: Vec<Member> = self.liaisons().collect();
        for liaison in liaisons {
            let is_known = people.iter().any(|member| {
                let same_name = member.unit == liaison.unit && member.name == liaison.name;
                let numbers = member.phone.as_ref().zip(liaison.phone.as_ref());
                same_name || numbers.is_some_and(|(a, b)| same_number(a, b))
            });
            if !is_known {
                people.push(liaison);
            }
        }
        people
    }

    /// The liaisons of the list, each as somebody of the unit.
    pub(super) fn liaisons(&self) -> impl Iterator<Item = Member> {
        let listed = self.speakers_known().listed.iter();
        listed.flat_map(|(unit, liaisons)| {
            liaisons.iter().map(|Liaison { name, phone }| Member {
                unit: unit.clone(),
                name: name.clone(),
                phone: phone.clone(),
            })
        })
    }
}

/// Where both have a number it decides; otherwise the unit and the name.
fn is_liaison(unit: &str, liaison: &Liaison, bound: &Bound) -> bool {
    match (&liaison.phone, &bound.phone) {
        (Some(listed), Some(own)) => same_number(listed, own),
        _ => !liaison.name.is_empty() && bound.unit == unit && bound.name == liaison.name,
    }
}

/// Whom the roster names as leaders, each once.
fn leaders(roster: &Roster) -> Vec<Member> {
    let mut found: BTreeMap<(&str, &str), Member> = BTreeMap::new();
    for shift in &roster.shifts {
        let post = roster.post(shift);
        if !matches!(post.role, Role::DutyLeader | Role::Principal) {
            continue;
        }
        for person in shift.people.iter() {
            let at = (post.unit.as_str(), person.name.as_str());
            let member = found.entry(at).or_insert_with(|| Member {
                unit: post.unit.clone(),
                name: person.name.clone(),
                phone: None,
            });
            if member.phone.is_none() {
                member.phone.clone_from(&person.phone);
            }
        }
    }
    found.into_values().collect()
}

/// `read` as the roster of `own` units alone; a file that names no unit is the one unit's.
pub(super) fn confined(read: &Roster, own: &[String]) -> Result<Roster, Outside> {
    let is_own = |unit: &str| own.iter().any(|known| known == unit);
    let others: Vec<String> = read
        .units()
        .into_iter()
        .filter(|unit| !unit.is_empty() && !is_own(unit))
        .map(str::to_owned)
        .collect();
    if !others.is_empty() {
        return Err(Outside::Names(others));
    }
    let mut roster = read.clone();
    let unnamed = roster.posts.iter_mut().filter(|post| post.unit.is_empty());
    match own {
        [only] => unnamed.for_each(|post| post.unit.clone_from(only)),
        _ if unnamed.count() > 0 => return Err(Outside::NamesNone),
        _ => {}
    }
    roster.not_submitted.retain(|unit| is_own(unit));
    roster.duty_lines.retain(|(unit, _)| is_own(unit));
    Ok(roster)
}

/// What `roster` says of `units`, and nothing else.
pub(super) fn part(roster: &Roster, units: &[String]) -> Roster {
    let kept: BTreeSet<&str> = units.iter().map(String::as_str).collect();
    let mut own = Roster::default();
    let mut moved: Vec<Option<u32>> = Vec::with_capacity(roster.posts.len());
    for post in &roster.posts {
        let place = kept.contains(post.unit.as_str()).then_some(own.posts.len());
        moved.push(place.and_then(|place| u32::try_from(place).ok()));
        if place.is_some() {
            own.posts.push(post.clone());
        }
    }
    let place_of = |post: u32| moved.get(post as usize).copied().flatten();
    own.shifts = roster
        .shifts
        .iter()
        .filter_map(|shift| {
            let post = place_of(shift.post)?;
            Some(Shift {
                post,
                ..shift.clone()
            })
        })
        .collect();
    own.unread = roster
        .unread
        .iter()
        .filter_map(|unread| {
            let post = place_of(unread.post?)?;
            Some(Unread {
                post: Some(post),
                ..unread.clone()
            })
        })
        .collect();
    own.declared = roster
        .declared
        .iter()
        .filter_map(|(post, set)| Some((place_of(*post)?, set.clone())))
        .collect();
    let lines = roster.duty_lines.iter();
    let lines = lines.filter(|(unit, _)| kept.contains(unit.as_str()));
    own.duty_lines = lines.cloned().collect();
    own
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::sample::roster;

    fn own(units: &[&str]) -> Vec<String> {
        units.iter().map(|unit| (*unit).to_owned()).collect()
    }

    const TWO: &str = "
        城关镇 值班员 10-01T08:00 10-01T20:00 王建国
        东河乡 值班员 10-01T08:00 10-02T08:00 许刚
    ";

    #[test]
    fn a_file_that_names_another_unit_is_refused_whole() {
        let refused = confined(&roster(TWO), &own(&["城关镇"]));
        assert_eq!(refused, Err(Outside::Names(own(&["东河乡"]))));
        assert!(confined(&roster(TWO), &own(&["城关镇", "东河乡"])).is_ok());
    }

    #[test]
    fn a_file_that_names_no_unit_is_its_senders() {
        let mut read = roster("城关镇 值班员 10-01T08:00 10-01T20:00 王建国");
        for post in &mut read.posts {
            post.unit.clear();
        }
        let taken = confined(&read, &own(&["东河乡"])).unwrap();
        assert_eq!(taken.units(), ["东河乡"]);
        let unclear = confined(&read, &own(&["城关镇", "东河乡"]));
        assert_eq!(unclear, Err(Outside::NamesNone));
    }

    #[test]
    fn a_part_has_the_posts_and_shifts_of_its_units() {
        let whole = roster(TWO);
        let part = part(&whole, &own(&["东河乡"]));
        assert_eq!(part.units(), ["东河乡"]);
        assert_eq!(part.shifts.len(), 1);
        assert_eq!(part.post(&part.shifts[0]).unit, "东河乡");
    }
}
