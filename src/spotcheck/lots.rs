//! The plan of a draw: at which instants each unit is asked.
//!
//! Every unit has as many lots as the terms say. A lot's candidates are instants of the whole
//! period, one after the other from the seed, and no roster has a say in them; the lot falls on
//! the first at which the unit has somebody to ask. So every manned second is as likely as any
//! other, a later version of the roster moves only the lots it must, and nobody can move one on
//! purpose without knowing the seed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::draw::Chance;
use super::roll::{Duty, Roll};
use super::terms::is_reachability;
use super::{CheckId, Nights, Seed, Terms};
use crate::roster::Presence;
use crate::time::{Moment, Period, Span, SpanSet};

/// A lot is held within this time of its instant, or not at all.
pub const PUNCTUAL: TimeDelta = TimeDelta::seconds(60);

/// One random check of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    pub unit: String,
    /// From 1.
    pub number: u32,
    /// `None` where the unit has nobody to ask in the time that is left.
    pub at: Option<Moment>,
    pub state: LotState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LotState {
    Pending,
    Held {
        check: CheckId,
        name: String,
        shift: Span,
    },
    NotHeld {
        why: NotHeld,
    },
}

/// Why a drawn instant passed without a check. It is counted and never made up for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotHeld {
    /// We were down or late.
    Missed,
    /// By then nobody of the unit was on duty.
    NobodyThere,
    /// Everybody there had been asked often enough in their shift.
    Capped,
}

impl Lot {
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.state == LotState::Pending
    }

    /// When it is due, while it is.
    #[must_use]
    pub fn due(&self) -> Option<Moment> {
        self.at.filter(|_| self.is_pending())
    }
}

/// All lots once `roll` and `terms` hold from `from` on, by unit and number. Of `before`, those
/// settled stay as they are; every other falls where the seed has it.
#[must_use]
pub fn lots(seed: &Seed, terms: &Terms, roll: &Roll, from: Moment, before: &[Lot]) -> Vec<Lot> {
    planned(seed, terms, roll, from, before, &mut |chance, period| {
        instant(chance, period)
    })
}

/// Which of `among` people at the instant a lot asks: an index.
#[must_use]
pub fn picked(seed: &Seed, unit: &str, number: u32, among: usize) -> usize {
    seed.chance(&["person", unit, &number.to_string()])
        .below(among.max(1))
}

/// The names of those who have not been asked `max` times in the shift they are in. `held` are
/// the settled lots so far.
#[must_use]
pub fn below_cap<'a>(
    people: impl IntoIterator<Item = (&'a str, Span)>,
    unit: &str,
    held: &[Lot],
    max: u32,
) -> Vec<&'a str> {
    let times = |who: &str, when: Span| {
        held.iter()
            .filter(|lot| lot.unit == unit)
            .filter(|lot| {
                matches!(&lot.state, LotState::Held { name, shift, .. } if (name.as_str(), *shift) == (who, when))
            })
            .count()
    };
    people
        .into_iter()
        .filter(|(name, shift)| times(name, *shift) < max as usize)
        .map(|(name, _)| name)
        .collect()
}

/// Where a lot's candidates come from.
pub(super) type Candidates<'a> = dyn FnMut(&mut Chance, Period) -> Moment + 'a;

/// Uniform over the seconds of the period.
fn instant(chance: &mut Chance, period: Period) -> Moment {
    let secs = usize::try_from(period.length().num_seconds()).unwrap_or(1);
    second(period.start(), chance.below(secs.max(1)))
}

/// [`lots`], with candidates from wherever the caller takes them.
pub(super) fn planned(
    seed: &Seed,
    terms: &Terms,
    roll: &Roll,
    from: Moment,
    before: &[Lot],
    candidates: &mut Candidates<'_>,
) -> Vec<Lot> {
    let units = roll.by_unit();
    let left = Span::new(from.max(terms.period.start()), terms.period.end());
    let (nights, quiet) = (terms.nights(), terms.quiet_time());
    let known: BTreeMap<(&str, u32), &Lot> = before
        .iter()
        .map(|lot| ((lot.unit.as_str(), lot.number), lot))
        .collect();
    let names: BTreeSet<&str> = units
        .keys()
        .copied()
        .chain(before.iter().map(|lot| lot.unit.as_str()))
        .collect();
    let mut all = Vec::new();
    for name in names {
        let mut unit = Unit {
            name,
            seed,
            terms,
            duties: units.get(name).map_or(&[], Vec::as_slice),
            manned: SpanSet::default(),
            quiet: &quiet,
            from,
            instants: Vec::new(),
        };
        unit.manned = unit.manned_time(left);
        let settled = before
            .iter()
            .filter(|lot| lot.unit == name && !lot.is_pending());
        let mut own: Vec<Lot> = settled.clone().cloned().collect();
        unit.instants.extend(settled.filter_map(|lot| lot.at));
        for number in 1..=terms.measure.per_unit {
            if known.get(&(name, number)).is_some_and(|l| !l.is_pending()) {
                continue;
            }
            let at = unit.drawn("lot", number, &unit.manned, candidates);
            unit.instants.extend(at);
            own.push(Lot {
                unit: name.to_owned(),
                number,
                at,
                state: LotState::Pending,
            });
        }
        own.sort_by_key(|lot| lot.number);
        if terms.measure.nights == Nights::AtLeastOne {
            unit.see_to_the_night(&nights, &mut own, candidates);
        }
        all.extend(own);
    }
    all
}

/// How many candidates are looked at before the manned seconds are drawn from directly: a unit
/// manned for some minutes of a week would wait long for one.
const TRIES: u32 = 1_000;

/// One unit in the planning.
struct Unit<'a> {
    name: &'a str,
    seed: &'a Seed,
    terms: &'a Terms,
    duties: &'a [&'a Duty],
    manned: SpanSet,
    quiet: &'a SpanSet,
    from: Moment,
    /// Of its lots so far, settled or planned.
    instants: Vec<Moment>,
}

impl Unit<'_> {
    /// When there is somebody to ask.
    fn manned_time(&self, left: Option<Span>) -> SpanSet {
        let mut asked: Vec<Span> = Vec::new();
        let mut reached: Vec<Span> = Vec::new();
        for duty in self.duties {
            let of_kind = if is_reachability(duty.role, duty.presence) {
                &mut reached
            } else {
                &mut asked
            };
            of_kind.extend(left.and_then(|left| left.meet(&duty.span)));
        }
        let reached: SpanSet = reached.into_iter().collect();
        let asked: SpanSet = asked.into_iter().collect();
        asked.union(&reached.subtract(self.quiet))
    }

    fn drawn(
        &self,
        purpose: &str,
        number: u32,
        within: &SpanSet,
        candidates: &mut Candidates<'_>,
    ) -> Option<Moment> {
        let secs: usize = within.spans().iter().map(secs_of).sum();
        if secs == 0 {
            return None;
        }
        let number = number.to_string();
        let mut chance = self.seed.chance(&[purpose, self.name, &number]);
        let fits = |at: &Moment| within.contains(*at) && self.has_room(*at);
        let first = (0..TRIES)
            .map(|_| candidates(&mut chance, self.terms.period))
            .find(&fits);
        first.or_else(|| {
            (0..TRIES / 10)
                .filter_map(|_| nth_second(within, chance.below(secs)))
                .find(&fits)
        })
    }

    /// Whether one more check at `at` leaves, at every planned instant, somebody who has not been
    /// asked often enough: as many before it in these people's shifts as they may bear together
    /// would be too many.
    fn has_room(&self, at: Moment) -> bool {
        if self.instants.contains(&at) {
            return false;
        }
        let all = || self.instants.iter().copied().chain([at]);
        all().filter(|x| *x >= self.from).all(|x| {
            let there = self.askable_at(x);
            let people: BTreeSet<&str> = there
                .iter()
                .flat_map(|duty| duty.people.iter().map(String::as_str))
                .collect();
            let begins = there.iter().map(|duty| duty.span.start()).min();
            let asked = all().filter(|y| begins.is_some_and(|b| b <= *y) && *y <= x);
            asked.count() <= people.len() * self.terms.measure.per_shift_max as usize
        })
    }

    fn askable_at(&self, at: Moment) -> Vec<&Duty> {
        let is_quiet = self.quiet.contains(at);
        let there = self.duties.iter().copied();
        there
            .filter(|d| d.span.contains(at))
            .filter(|d| !(is_quiet && is_reachability(d.role, d.presence)))
            .collect()
    }

    /// Where no lot falls at night and a post is manned then, the last one is drawn anew, at
    /// night.
    fn see_to_the_night(
        &mut self,
        nights: &SpanSet,
        own: &mut [Lot],
        candidates: &mut Candidates<'_>,
    ) {
        let on_post = self
            .duties
            .iter()
            .filter(|duty| duty.presence == Presence::OnPost);
        let on_post: SpanSet = on_post.map(|duty| duty.span).collect();
        let night = self.manned.intersect(&on_post).intersect(nights);
        let at_night = |lot: &Lot| lot.at.is_some_and(|at| nights.contains(at));
        if night.is_empty() || own.iter().any(at_night) {
            return;
        }
        let Some(last) = own.iter_mut().rev().find(|lot| lot.due().is_some()) else {
            return;
        };
        self.instants.retain(|at| Some(*at) != last.at);
        if let Some(at) = self.drawn("night", last.number, &night, candidates) {
            last.at = Some(at);
        }
        self.instants.extend(last.at);
    }
}

fn second(from: Moment, count: usize) -> Moment {
    from + TimeDelta::seconds(i64::try_from(count).unwrap_or(0))
}

fn secs_of(span: &Span) -> usize {
    usize::try_from(span.length().num_seconds()).unwrap_or(0)
}

/// The second of that number in `within`; `None` where it has not so many.
pub(super) fn nth_second(within: &SpanSet, mut nth: usize) -> Option<Moment> {
    within.spans().iter().find_map(|span| {
        let at = second(span.start(), nth);
        let rest = nth.checked_sub(secs_of(span));
        nth = rest.unwrap_or(0);
        rest.is_none().then_some(at)
    })
}
