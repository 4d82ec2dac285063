//! A unit as its own people see it: its shifts, its gaps, who of it has no account, and whether
//! its roster has come.

use serde::{Deserialize, Serialize};

use super::draft::Draft;
use super::gaps::{gap_report, unlinked};
use super::liaisons::part;
use super::rounds::unit_named;
use super::{GapReport, Heard, Listener, Policy, Say, Unlinked, Urgency, Way, Whose, World};
use crate::duty::members;
use crate::review::judged_period;
use crate::roster::Roster;
use crate::time::Span;

/// A unit as its own people see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitState {
    pub unit: String,
    /// The version in force, where the unit is in it.
    pub version: Option<u32>,
    /// What has not ended, by time; at most [`UnitState::SHOWN`].
    pub shifts: Vec<UnitShift>,
    pub shift_count: u32,
    pub gaps: GapReport,
    /// With the links to pass on; at most [`UnitState::SHOWN`].
    pub unbound: Vec<Unlinked>,
    pub unbound_count: u32,
    /// The address of the unit's calendar, where telephones can reach it.
    #[serde(default)]
    pub calendar: Option<String>,
}

impl UnitState {
    pub const SHOWN: usize = 10;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitShift {
    pub post: String,
    pub span: Span,
    pub people: Vec<String>,
}

/// `/unit`, with a name for a clerk.
pub(super) fn tell_unit(draft: &mut Draft<'_>, heard: &Heard, who: Listener, name: &str) {
    let units = match who {
        Listener::Clerk if !name.is_empty() => known(draft.world, name),
        _ => Ok(draft.spoken_for(heard.account)),
    };
    let units = match units {
        Ok(units) if !units.is_empty() => units,
        Ok(_) => {
            draft.say(heard.account, Urgency::Report, Say::NoUnit { who });
            return;
        }
        Err(nearest) => {
            let asked = name.to_owned();
            let say = Say::UnitUnknown { asked, nearest };
            draft.say(heard.account, Urgency::Report, say);
            return;
        }
    };
    for unit in units {
        let say = Say::UnitState(Box::new(state(draft, unit)));
        draft.say(heard.account, Urgency::Report, say);
    }
}

/// The unit somebody means, on the list or the roster; else the nearest, to suggest.
fn known(world: &World, name: &str) -> Result<Vec<String>, Option<String>> {
    let listed = world.policy.units.iter().map(|entry| entry.unit.as_str());
    let standing = world.in_force();
    let rostered = standing.map_or_else(Vec::new, |(_, roster)| roster.units());
    let mut units: Vec<&str> = listed.chain(rostered).collect();
    units.sort_unstable();
    units.dedup();
    unit_named(&units, name).map(|unit| vec![unit.to_owned()])
}

fn state(draft: &Draft<'_>, unit: String) -> UnitState {
    let world = draft.world;
    let standing = world.in_force();
    let standing = standing.filter(|(_, roster)| roster.units().contains(&unit.as_str()));
    let Some((version, roster)) = standing else {
        return UnitState {
            unit,
            version: None,
            shifts: Vec::new(),
            shift_count: 0,
            gaps: GapReport::default(),
            unbound: Vec::new(),
            unbound_count: 0,
            calendar: None,
        };
    };
    let own = part(roster, std::slice::from_ref(&unit));
    let mut shifts: Vec<UnitShift> = own
        .shifts
        .iter()
        .filter(|shift| shift.span.end() > draft.now)
        .map(|shift| UnitShift {
            post: own.post(shift).name.clone(),
            span: shift.span,
            people: shift.people.iter().map(|p| p.name.clone()).collect(),
        })
        .collect();
    shifts.sort_by(|a, b| (a.span, &a.post).cmp(&(b.span, &b.post)));
    let shift_count = count(shifts.len());
    shifts.truncate(UnitState::SHOWN);
    let mut unbound = members(&own);
    unbound.retain(|member| !draft.is_bound(member));
    let links = unbound.iter().take(UnitState::SHOWN);
    let links: Vec<Unlinked> = links.map(|member| unlinked(draft, member)).collect();
    UnitState {
        version: Some(version.number),
        shifts,
        shift_count,
        gaps: gap_report(&own, &policy_of(&world.policy, roster, &unit), draft.now),
        unbound: links,
        unbound_count: count(unbound.len()),
        calendar: match world.pages_open(draft.now) {
            Way::Open => Some(world.calendar_link(&Whose::Unit(unit.clone()))),
            Way::None => None,
        },
        unit,
    }
}

/// The same period as for everybody, and no other unit.
fn policy_of(policy: &Policy, roster: &Roster, unit: &str) -> Policy {
    let (period, _) = judged_period(roster, policy.period, policy.zone);
    let mut policy = Policy {
        period,
        ..policy.clone()
    };
    policy.units.retain(|entry| entry.unit == unit);
    policy
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
