use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::coverage::{HoleClass, demand, holes};
use crate::roster::{Role, Roster, UnitEntry};
use crate::time::{Moment, Period, Span};

/// A version with leave and swaps, from when it said who is on duty.
#[derive(Clone, Debug)]
pub struct InForce {
    pub since: Moment,
    pub roster: Arc<Roster>,
}

/// Nobody, or too few, were on duty by the roster in force at that time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Gap {
    pub unit: String,
    pub post: String,
    pub role: Role,
    pub span: Span,
    pub needed: u32,
    pub present: u32,
}

/// The gaps of `covered`, each stretch by the version in force then. By the order of `units`, then
/// by time.
pub(super) fn in_force_at_each_time(
    period: Period,
    covered: Span,
    in_force: &[InForce],
    listed: &[UnitEntry],
    units: &[String],
) -> Vec<Gap> {
    let mut found: Vec<Gap> = Vec::new();
    for (version, stretch) in stretches(covered, in_force) {
        // Judged over all of the period, as `/gaps` does, and shown for its own part.
        let needs = demand(&version.roster, period, listed);
        let short = holes(&needs, &version.roster);
        let gaps = short
            .into_iter()
            .filter(|hole| hole.class == HoleClass::Gap);
        found.extend(gaps.filter_map(|hole| {
            Some(Gap {
                span: hole.span.meet(&stretch)?,
                unit: hole.unit,
                post: hole.post,
                role: hole.role,
                needed: hole.needed,
                present: hole.present,
            })
        }));
    }
    let rank = |unit: &str| units.iter().position(|known| known == unit);
    let key = |gap: &Gap| (rank(&gap.unit), gap.post.clone(), gap.span);
    found.sort_by_cached_key(key);
    let mut joined: Vec<Gap> = Vec::new();
    for gap in found {
        match joined.last_mut().filter(|last| last.goes_on_in(&gap)) {
            Some(last) => {
                let end = gap.span.end().max(last.span.end());
                last.span = Span::new(last.span.start(), end).unwrap_or(last.span);
            }
            None => joined.push(gap),
        }
    }
    joined.sort_by_cached_key(|gap| (rank(&gap.unit), gap.span));
    joined
}

impl Gap {
    /// One version leaves off where the next takes over.
    fn goes_on_in(&self, next: &Gap) -> bool {
        (&self.unit, &self.post, self.needed, self.present)
            == (&next.unit, &next.post, next.needed, next.present)
            && self.span.end() == next.span.start()
    }
}

/// Each version's part of `covered`.
fn stretches(covered: Span, in_force: &[InForce]) -> Vec<(&InForce, Span)> {
    let mut found = Vec::new();
    for (index, version) in in_force.iter().enumerate() {
        let from = if index == 0 {
            covered.start()
        } else {
            version.since.max(covered.start())
        };
        let next = in_force.get(index + 1).map(|next| next.since);
        let until = next.map_or(covered.end(), |next| next.min(covered.end()));
        found.extend(Span::new(from, until).map(|stretch| (version, stretch)));
    }
    found
}

/// Units that should have sent a roster and are not in the latest one.
pub(super) fn not_submitted(in_force: &[InForce], listed: &[UnitEntry]) -> Vec<String> {
    let Some(latest) = in_force.last() else {
        return Vec::new();
    };
    let here = latest.roster.units();
    let listed = listed.iter().map(|entry| &entry.unit);
    let mut missing: Vec<String> = Vec::new();
    for unit in listed.chain(&latest.roster.not_submitted) {
        if !here.contains(&unit.as_str()) && !missing.contains(unit) {
            missing.push(unit.clone());
        }
    }
    missing
}
