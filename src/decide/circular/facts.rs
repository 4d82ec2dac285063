//! The world's records as the report's facts.

use crate::decide::{Check, Order, Round, World};
use crate::report::{Checked, Chosen, Compiled, InForce, Ruled, Scope, compiled};
use crate::review::judged_period;
use crate::spotcheck::State;
use crate::time::{Moment, Period};

/// All that may be said of the period at `now`; `None` where it has not begun, or nothing is in
/// force.
#[must_use]
pub fn circular_facts(world: &World, now: Moment) -> Option<Compiled> {
    let scope = Scope {
        period: reported_period(world)?,
        now,
        listed: &world.policy.units,
    };
    compiled(&scope, &in_force(world), &checks_made(world))
}

/// The period a circular is about.
#[must_use]
pub fn reported_period(world: &World) -> Option<Period> {
    let (_, roster) = world.in_force()?;
    judged_period(roster, world.policy.period, world.policy.zone).0
}

fn in_force(world: &World) -> Vec<InForce> {
    let versions = world.versions.values();
    versions
        .filter_map(|version| {
            Some(InForce {
                since: version.since,
                roster: world.roster_of(version.number)?,
            })
        })
        .collect()
}

/// Every check, in the order of their numbers.
#[must_use]
pub fn checks_made(world: &World) -> Vec<Checked> {
    let checks = world.checks.values();
    checks.map(|check| checked(world, check)).collect()
}

fn checked(world: &World, check: &Check) -> Checked {
    let own = world.rounds.get(&check.round);
    let round = ordered_in(world, check);
    let delivered = check.state.delivery().map(|delivery| delivery.confirmed);
    let queued = match check.state {
        State::Asking { queued, .. } => Some(queued),
        _ => None,
    };
    let ordered = own.map(|round| round.at);
    Checked {
        check: check.id,
        round: round.map_or(check.round, |round| round.id).0,
        chosen: match round.map(|round| &round.order) {
            Some(Order::Drawn) => Chosen::AtRandom,
            _ => Chosen::ByOrder,
        },
        unit: check.asked.unit.clone(),
        post: check.asked.post.clone(),
        role: check.asked.role,
        name: check.asked.name.clone(),
        at: delivered.or(queued).or(ordered).unwrap_or_default(),
        window_ms: check.ladder.window_ms,
        outcome: check.state.outcome().copied(),
        ruled: check.follow_up.ruling().map(|ruling| Ruled {
            verdict: ruling.verdict,
            by: ruling.name.clone(),
            at: ruling.at,
        }),
        ordered_by: round
            .filter(|round| round.order != Order::Drawn)
            .and_then(|round| world.accounts.get(&round.by))
            .map(|account| account.name.clone()),
        said: check
            .follow_up
            .statements
            .iter()
            .map(|s| s.said.clone())
            .collect(),
    }
}

/// The round whose order asked for it: what is made up for belongs to the first.
fn ordered_in<'a>(world: &'a World, check: &'a Check) -> Option<&'a Round> {
    let before = |check: &&'a Check| world.checks.get(&check.follow_up.instead_of?.check);
    let first = std::iter::successors(Some(check), before).last()?;
    world.rounds.get(&first.round)
}
