//! Chasing units: for the roster that has not come, for the gaps in it, for the people without an
//! account. Whoever speaks for a unit gets one message, and not again for a while; the clerk hears
//! who got it, and what to send to those who could not be reached.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use serde::{Deserialize, Serialize};

use super::draft::Draft;
use super::gaps::{gap_lines_by_unit, not_submitted, unlinked};
use super::{Account, AccountId, Chase, GapLine, Heard, Say, Unlinked, Urgency};
use crate::duty::members;
use crate::journal::Deed;
use crate::time::Moment;

/// Nobody is chased for the same thing again within this time.
const PATIENCE: TimeDelta = TimeDelta::hours(1);
/// How many links stand in one message.
const LINKS_A_PAGE: usize = 8;

/// What a unit is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChasedUnit {
    pub unit: String,
    /// At most [`ChasedUnit::SHOWN`].
    pub gaps: Vec<GapLine>,
    pub gap_count: u32,
    /// At most [`ChasedUnit::SHOWN`].
    pub unbound: Vec<Unlinked>,
    pub unbound_count: u32,
}

impl ChasedUnit {
    pub const SHOWN: usize = 8;
}

/// Which units were chased, and which could not be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChaseReport {
    pub chase: Chase,
    /// Unit, and who got the message.
    pub told: Vec<(String, String)>,
    /// Unit, and when its people were chased last: too short a while ago.
    pub lately: Vec<(String, Moment)>,
    /// Units whose liaison has no account: whom to write to, with their link.
    pub unbound: Vec<Unlinked>,
    /// Units of which nobody is known.
    pub unlisted: Vec<String>,
}

/// A clerk has the units chased that it concerns.
pub(super) fn ordered(draft: &mut Draft<'_>, heard: &Heard, chase: Chase) {
    let units = concerned(draft, chase);
    chased(draft, heard, chase, units);
}

/// A clerk has one unit asked to fill its gaps.
pub(super) fn fill(draft: &mut Draft<'_>, heard: &Heard, unit: &str) {
    let mut units = concerned(draft, Chase::Gaps);
    units.retain(|concerned| concerned.unit == unit);
    chased(draft, heard, Chase::Gaps, units);
}

fn chased(draft: &mut Draft<'_>, heard: &Heard, chase: Chase, units: Vec<ChasedUnit>) {
    let to = heard.account;
    if units.is_empty() {
        let listed = number(draft.world.policy.units.len());
        draft.say(to, Urgency::Report, Say::NobodyToChase { chase, listed });
        return;
    }
    let names: Vec<String> = units.iter().map(|unit| unit.unit.clone()).collect();
    let mut report = ChaseReport::of(chase);
    let mut messages: BTreeMap<AccountId, Vec<ChasedUnit>> = BTreeMap::new();
    for unit in units {
        sort_out(draft, unit, &mut report, &mut messages);
    }
    draft.note(Deed::UnitsChased {
        account: to.0,
        chase,
        units: names,
        told: messages.keys().map(|account| account.0).collect(),
    });
    for (account, units) in messages {
        if let Some(account) = draft.account(account).cloned() {
            let mut chased = account.chased.clone();
            chased.insert(chase, draft.now);
            draft.put_account(Account { chased, ..account });
        }
        draft.say(account, Urgency::Report, Say::Chased { chase, units });
    }
    tell(draft, to, report);
}

/// To whom the message about `unit` goes, or why it goes to nobody.
fn sort_out(
    draft: &Draft<'_>,
    unit: ChasedUnit,
    report: &mut ChaseReport,
    messages: &mut BTreeMap<AccountId, Vec<ChasedUnit>>,
) {
    let world = draft.world;
    if let Some(account) = world.speakers(&unit.unit).first() {
        let last = account.chased.get(&report.chase);
        if let Some(at) = last.filter(|at| draft.now - **at < PATIENCE) {
            report.lately.push((unit.unit, *at));
            return;
        }
        let bound = account.bound.as_ref().map(|bound| bound.name.clone());
        let name = bound.filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| account.name.clone());
        report.told.push((unit.unit.clone(), name));
        messages.entry(account.id).or_default().push(unit);
        return;
    }
    match world.liaisons().find(|liaison| liaison.unit == unit.unit) {
        Some(liaison) => report.unbound.push(unlinked(draft, &liaison)),
        None => report.unlisted.push(unit.unit),
    }
}

fn tell(draft: &mut Draft<'_>, to: AccountId, mut report: ChaseReport) {
    let rest = report
        .unbound
        .split_off(LINKS_A_PAGE.min(report.unbound.len()));
    let chase = report.chase;
    draft.say(to, Urgency::Report, Say::ChaseReport(Box::new(report)));
    for people in rest.chunks(LINKS_A_PAGE) {
        let page = ChaseReport {
            unbound: people.to_vec(),
            ..ChaseReport::of(chase)
        };
        draft.say(to, Urgency::Report, Say::ChaseReport(Box::new(page)));
    }
}

impl ChaseReport {
    fn of(chase: Chase) -> Self {
        Self {
            chase,
            told: Vec::new(),
            lately: Vec::new(),
            unbound: Vec::new(),
            unlisted: Vec::new(),
        }
    }
}

/// The units there is something to chase for.
fn concerned(draft: &Draft<'_>, chase: Chase) -> Vec<ChasedUnit> {
    let named = |unit: String| ChasedUnit {
        unit,
        ..ChasedUnit::default()
    };
    match chase {
        Chase::Roster => not_submitted(draft.world).into_iter().map(named).collect(),
        Chase::Gaps => with_gaps(draft),
        Chase::Binding => with_unbound(draft),
    }
}

fn with_gaps(draft: &Draft<'_>) -> Vec<ChasedUnit> {
    let Some((_, roster)) = draft.world.in_force() else {
        return Vec::new();
    };
    let by_unit = gap_lines_by_unit(roster, &draft.world.policy, draft.now);
    let units = by_unit.into_iter().map(|(unit, mut gaps)| {
        let gap_count = number(gaps.len());
        gaps.truncate(ChasedUnit::SHOWN);
        ChasedUnit {
            unit,
            gaps,
            gap_count,
            ..ChasedUnit::default()
        }
    });
    units.collect()
}

fn with_unbound(draft: &Draft<'_>) -> Vec<ChasedUnit> {
    let Some((_, roster)) = draft.world.in_force() else {
        return Vec::new();
    };
    let mut by_unit: Vec<(String, Vec<Unlinked>)> = Vec::new();
    for member in members(roster).iter().filter(|m| !draft.is_bound(m)) {
        let link = unlinked(draft, member);
        match by_unit.iter_mut().find(|(unit, _)| *unit == member.unit) {
            Some((_, people)) => people.push(link),
            None => by_unit.push((member.unit.clone(), vec![link])),
        }
    }
    let units = by_unit.into_iter().map(|(unit, mut unbound)| {
        let unbound_count = number(unbound.len());
        unbound.truncate(ChasedUnit::SHOWN);
        ChasedUnit {
            unit,
            unbound,
            unbound_count,
            ..ChasedUnit::default()
        }
    });
    units.collect()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
