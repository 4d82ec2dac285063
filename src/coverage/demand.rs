use foldhash::{HashMap, HashSet};

use super::{Demand, Need};
use crate::roster::{NeedEntry, Role, Roster, UnitEntry};
use crate::time::Period;

/// What a roster without a list of needs must man: every post it has, by one person. `units` adds
/// the officers a unit must have at once, and the units that should have sent a roster.
#[must_use]
pub fn demand(roster: &Roster, period: Period, units: &[UnitEntry]) -> Demand {
    let mut seen = HashSet::default();
    let mut needs: Vec<Need> = roster
        .posts
        .iter()
        .filter(|post| is_judged(post.role))
        .filter(|post| seen.insert((post.unit.as_str(), post.name.as_str())))
        .map(|post| Need {
            unit: post.unit.clone(),
            post: post.name.clone(),
            role: post.role,
            count: least(units, &post.unit, post.role),
        })
        .collect();
    let here: HashSet<&str> = roster.posts.iter().map(|p| p.unit.as_str()).collect();
    let mut missing = HashSet::default();
    let listed = units.iter().map(|entry| entry.unit.as_str());
    let silent = roster.not_submitted.iter().map(String::as_str);
    needs.extend(
        listed
            .chain(silent)
            .filter(|unit| !here.contains(unit) && missing.insert(*unit))
            .map(|unit| Need {
                unit: unit.to_owned(),
                post: String::new(),
                role: Role::DutyOfficer,
                count: least(units, unit, Role::DutyOfficer),
            }),
    );
    Demand { period, needs }
}

/// What a list says must be manned, and nothing else. `role_of` tells the kind of duty of a post
/// that the roster does not have.
#[must_use]
pub fn demand_of_list(
    entries: &[NeedEntry],
    roster: &Roster,
    period: Period,
    role_of: impl Fn(&str) -> Role,
) -> Demand {
    let known: HashMap<(&str, &str), Role> = roster
        .posts
        .iter()
        .rev()
        .map(|post| ((post.unit.as_str(), post.name.as_str()), post.role))
        .collect();
    let mut seen = HashSet::default();
    let needs = entries
        .iter()
        .filter(|entry| entry.count > 0)
        .filter(|entry| seen.insert((entry.unit.as_str(), entry.post.as_str())))
        .map(|entry| Need {
            unit: entry.unit.clone(),
            post: entry.post.clone(),
            role: known
                .get(&(entry.unit.as_str(), entry.post.as_str()))
                .copied()
                .unwrap_or_else(|| role_of(&entry.post)),
            count: entry.count,
        })
        .collect();
    Demand { period, needs }
}

/// 卫生 and the like stand on a roster without being a post somebody must man.
fn is_judged(role: Role) -> bool {
    role != Role::Other
}

/// A unit's minimum staff is counted in officers: two officers do not ask for two leaders.
fn least(units: &[UnitEntry], unit: &str, role: Role) -> u32 {
    if role != Role::DutyOfficer {
        return 1;
    }
    units
        .iter()
        .find(|entry| entry.unit == unit)
        .and_then(|entry| entry.min_staff)
        .map_or(1, |count| count.max(1))
}
