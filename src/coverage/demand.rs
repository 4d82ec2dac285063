use foldhash::{HashMap, HashSet};

use super::{Demand, Need};
use crate::roster::{NeedEntry, Role, Roster, UnitEntry};
use crate::time::Period;

/// What a roster without a list of needs must man: every post it has, by one person. `units` adds
/// the officers a unit must have at once, and the units that should have sent a roster.
#[must_use]
pub fn demand(roster: &Roster, period: Period, units: &[UnitEntry]) -> Demand {
    let mut seen = HashSet::default();
    let min_staff = min_staff(units);
    let staff_of = |unit: &str| min_staff.get(unit).copied().flatten();
    let mut needs: Vec<Need> = roster
        .posts
        .iter()
        .filter_map(|post| Some((post, needed(post.role, staff_of(&post.unit))?)))
        .filter(|(post, _)| seen.insert((post.unit.as_str(), post.name.as_str())))
        .map(|(post, count)| Need {
            unit: post.unit.clone(),
            post: post.name.clone(),
            role: post.role,
            count,
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
                count: needed(Role::DutyOfficer, staff_of(unit)).unwrap_or(1),
            }),
    );
    Demand { period, needs }
}

/// How many officers a list of units asks of each; the first entry of a unit counts.
#[must_use]
pub fn min_staff(units: &[UnitEntry]) -> HashMap<&str, Option<u32>> {
    let entries = units.iter().rev();
    entries
        .map(|entry| (entry.unit.as_str(), entry.min_staff))
        .collect()
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

/// How many a post of this kind needs where no list of needs says it; `min_staff`: of its unit, as
/// far as somebody says. `None` for what nobody must man.
#[must_use]
pub fn needed(role: Role, min_staff: Option<u32>) -> Option<u32> {
    // A unit's minimum staff is counted in officers: two officers do not ask for two leaders.
    let officers = min_staff.filter(|_| role == Role::DutyOfficer);
    is_judged(role).then(|| officers.map_or(1, |count| count.max(1)))
}

/// 卫生 and the like stand on a roster without being a post somebody must man.
fn is_judged(role: Role) -> bool {
    role != Role::Other
}
