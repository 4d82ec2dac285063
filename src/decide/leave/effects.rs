//! What an amendment would open: gaps by coverage, and people by the rules of review.

use super::Effects;
use crate::coverage::{Hole, HoleClass, demand, holes};
use crate::decide::{GapLine, World};
use crate::duty::{Amendment, Fit, amended};
use crate::review::{self, judged_period};
use crate::roster::{Code, Finding, Matter, Roster};
use crate::time::{SpanSet, TimeDelta};

/// Less than this between two turns is told to whoever approves.
const REST: TimeDelta = TimeDelta::hours(11);

/// What would be worse after `amendment` than it is now; none where it does not fit any more.
pub(super) fn effects(world: &World, amendment: &Amendment) -> Option<Effects> {
    let (_, standing) = world.in_force()?;
    if amendment.fit(standing) != Fit::Fits {
        return None;
    }
    let (before, after) = (
        concerned(standing, amendment),
        concerned(&amended(standing, [amendment]), amendment),
    );
    Some(Effects {
        gaps: gaps(world, standing, &before, &after),
        findings: findings(world, &before, &after),
    })
}

/// `roster` with no shifts but the unit's and those of the people concerned.
fn concerned(roster: &Roster, amendment: &Amendment) -> Roster {
    let turn = &amendment.turn;
    let names = [
        Some(turn.person.name.as_str()),
        amendment.stand_in.as_ref().map(|p| p.name.as_str()),
    ];
    let mut shifts = roster.shifts.clone();
    shifts.retain(|shift| {
        let has = |name: &str| shift.people.iter().any(|p| p.name == name);
        roster.post(shift).unit == turn.unit || names.into_iter().flatten().any(has)
    });
    Roster {
        shifts,
        ..roster.clone()
    }
}

fn gaps(world: &World, standing: &Roster, before: &Roster, after: &Roster) -> Vec<GapLine> {
    let policy = &world.policy;
    let (Some(period), _) = judged_period(standing, policy.period, policy.zone) else {
        return Vec::new();
    };
    let found = |roster: &Roster| {
        let mut found = holes(&demand(roster, period, &policy.units), roster);
        found.retain(|h| matches!(h.class, HoleClass::Gap | HoleClass::Boundary));
        found
    };
    let known = found(before);
    let is_known = |known: &Hole, hole: &Hole| {
        known.unit == hole.unit && known.post == hole.post && known.present <= hole.present
    };
    let mut gaps = Vec::new();
    for hole in found(after) {
        let known: SpanSet = known
            .iter()
            .filter(|k| is_known(k, &hole))
            .map(|k| k.span)
            .collect();
        let new = SpanSet::from(hole.span).subtract(&known);
        gaps.extend(new.spans().iter().map(|span| GapLine {
            unit: hole.unit.clone(),
            post: hole.post.clone(),
            role: hole.role,
            span: *span,
            needed: hole.needed,
            present: hole.present,
        }));
    }
    gaps
}

fn findings(world: &World, before: &Roster, after: &Roster) -> Vec<Finding> {
    let known = reviewed(world, before);
    let mut new = reviewed(world, after);
    new.retain(|finding| !known.iter().any(|k| k.matter == finding.matter));
    // Who goes on without a break has no short one: too long is a finding of its own.
    new.retain(|finding| match finding.matter {
        Matter::ShortRest { off, on, .. } => off < on,
        _ => true,
    });
    new
}

fn reviewed(world: &World, roster: &Roster) -> Vec<Finding> {
    let policy = &world.policy;
    let (Some(period), period_from) = judged_period(roster, policy.period, policy.zone) else {
        return Vec::new();
    };
    let mut found = review::review(&review::Facts {
        roster,
        demand: &demand(roster, period, &policy.units),
        demand_from: review::DemandFrom::Roster,
        period_from,
        holes: &[],
        units: &policy.units,
        zone: policy.zone,
        limits: review::Limits {
            min_rest: Some(REST),
            ..review::Limits::default()
        },
    });
    found.retain(|f| matches!(f.code, Code::C101 | Code::C104 | Code::C106));
    found
}
