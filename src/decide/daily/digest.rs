//! The clerks' morning: who is on today, what is uncovered, who cannot be reached.

use super::{DailySay, Digest, say};
use crate::coverage::{HoleClass, demand, holes};
use crate::decide::draft::Draft;
use crate::decide::{AccountId, GapLine, Somebody, World};
use crate::duty::turns_of;
use crate::review::judged_period;
use crate::roster::{Role, Roster};
use crate::time::{Moment, Span, TimeDelta};

const AHEAD: TimeDelta = TimeDelta::hours(24);

pub(super) fn told(draft: &mut Draft<'_>) {
    let Some(digest) = digest(draft.world, draft.now) else {
        return;
    };
    let clerks: Vec<AccountId> = draft.world.clerks().map(|c| c.id).collect();
    for clerk in clerks {
        say(draft, clerk, DailySay::Digest(digest.clone()));
    }
}

fn digest(world: &World, now: Moment) -> Option<Digest> {
    let (_, roster) = world.in_force()?;
    let ahead = Span::new(now, now + AHEAD)?;
    let zone = world.policy.zone;
    let today = zone.date(now);
    let mut units: Vec<(String, Vec<String>)> = Vec::new();
    let (mut unbound, mut gone) = (Vec::new(), Vec::new());
    for turn in turns_of(roster, |_, _| true) {
        if !turn.span.overlaps(&ahead) {
            continue;
        }
        let person = &turn.person;
        if turn.span.start() <= now || zone.date(turn.span.start()) == today {
            match units.iter_mut().find(|(unit, _)| *unit == turn.unit) {
                Some((_, names)) if names.contains(&person.name) => {}
                Some((_, names)) => names.push(person.name.clone()),
                None => units.push((turn.unit.clone(), vec![person.name.clone()])),
            }
        }
        let somebody = Somebody {
            unit: turn.unit.clone(),
            name: person.name.clone(),
        };
        let account = world.account_of(&turn.unit, &person.name, person.phone.as_ref());
        match account.map(|a| world.contacts.get(&a.id).and_then(|c| c.gone)) {
            None if !unbound.iter().any(|(other, _)| *other == somebody) => {
                unbound.push((somebody, turn.span.start()));
            }
            Some(Some(reason)) if !gone.iter().any(|(other, _)| *other == somebody) => {
                gone.push((somebody, reason));
            }
            _ => {}
        }
    }
    let rank = |unit: &str| roster.units().iter().position(|u| *u == unit);
    units.sort_by_key(|(unit, _)| rank(unit));
    let waiting = world.leaves.values().filter(|l| l.is_asked()).count();
    Some(Digest {
        day: today,
        units,
        gaps: gaps(world, roster, &ahead),
        unbound,
        gone,
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
    })
}

fn gaps(world: &World, roster: &Roster, ahead: &Span) -> Vec<GapLine> {
    let policy = &world.policy;
    let (Some(period), _) = judged_period(roster, policy.period, policy.zone) else {
        return Vec::new();
    };
    let mut gaps: Vec<GapLine> = holes(&demand(roster, period, &policy.units), roster)
        .into_iter()
        .filter(|hole| hole.class == HoleClass::Gap && hole.role != Role::Other)
        .filter_map(|hole| {
            Some(GapLine {
                span: hole.span.meet(ahead)?,
                unit: hole.unit,
                post: hole.post,
                role: hole.role,
                needed: hole.needed,
                present: hole.present,
            })
        })
        .collect();
    gaps.sort_by(|a, b| (a.span, &a.unit).cmp(&(b.span, &b.unit)));
    gaps
}
