//! The draw, made anew from the revealed seed: what was committed to, which instants it has for
//! each unit, and whom of those on duty it picks.

use std::collections::BTreeMap;

use chrono::{TimeDelta, Timelike};

use super::book::{Book, Entered};
use super::outcomes::Outcomes;
use super::watch::Watch;
use super::{DrawProof, Fault};
use crate::journal::Deed;
use crate::spotcheck::{
    CheckId, Commitment, Digest, Ended, Exposure, Lot, LotState, NotHeld, Outcome, PUNCTUAL, Roll,
    Seed, below_cap, lots, picked,
};
use crate::time::{Moment, Span};

pub(super) struct Draws {
    /// Told somewhere in the journal.
    seeds: BTreeMap<u32, Seed>,
    known: BTreeMap<u32, Drawn>,
}

#[derive(Default)]
struct Drawn {
    commitments: Vec<Commitment>,
    /// Every lot, where the seed is known.
    lots: Vec<Lot>,
    written: Vec<Written>,
    revealed: Option<Digest>,
}

/// What is written of a lot.
struct Written {
    unit: String,
    due: Option<Moment>,
    check: Option<CheckId>,
}

impl Draws {
    pub fn of(book: &Book) -> Self {
        let mut seeds = BTreeMap::new();
        for entered in &book.entries {
            if let Deed::DrawRevealed { draw, seed } = entered.entry.deed {
                seeds.entry(draw).or_insert(Seed::revealed(seed));
            }
        }
        Self {
            seeds,
            known: BTreeMap::new(),
        }
    }

    pub fn take(
        &mut self,
        entered: &Entered,
        watch: &Watch,
        outcomes: &Outcomes,
    ) -> Result<(), Fault> {
        let at = entered.entry.at;
        match &entered.entry.deed {
            Deed::DrawCommitted {
                draw, commitment, ..
            } => self.committed(*draw, commitment, at, watch)?,
            Deed::LotHeld {
                draw,
                unit,
                number,
                due,
                check,
                among,
                name,
                shift,
                ..
            } => {
                let held = Held {
                    roll: &watch.roll,
                    among,
                    name,
                    shift: *shift,
                };
                self.held(*draw, (unit, *number), (*due, at), &held)?;
                if !outcomes.asks(*check, unit, name) {
                    return Err(Fault::NoCheck { check: *check });
                }
                self.settle(*draw, (unit, *number), Some(*due), || LotState::Held {
                    check: *check,
                    name: name.clone(),
                    shift: *shift,
                })?;
                self.write(*draw, unit, Some(*due), Some(*check));
            }
            Deed::LotNotHeld {
                draw,
                unit,
                number,
                due,
                why,
            } => {
                self.not_held(&watch.roll, *draw, (unit, *number), (*due, at), *why)?;
                let state = || LotState::NotHeld { why: *why };
                self.settle(*draw, (unit, *number), *due, state)?;
                self.write(*draw, unit, *due, None);
            }
            Deed::DrawRevealed { draw, seed } => self.revealed(*draw, *seed, at)?,
            _ => {}
        }
        Ok(())
    }

    fn committed(
        &mut self,
        draw: u32,
        commitment: &Commitment,
        at: Moment,
        watch: &Watch,
    ) -> Result<(), Fault> {
        let fault = Fault::Commitment { draw };
        let seed = self.seeds.get(&draw);
        let drawn = self.known.entry(draw).or_default();
        let before = drawn.commitments.last().map_or(Digest::NONE, |c| c.digest);
        let stands = watch.is(commitment.version, commitment.roll);
        if !stands || commitment.before != before || commitment.at != at {
            return Err(fault);
        }
        drawn.commitments.push(*commitment);
        let Some(seed) = seed else { return Ok(()) };
        if !commitment.fits(seed) {
            return Err(Fault::Seed { draw });
        }
        drawn.lots = lots(seed, &commitment.terms, &watch.roll, at, &drawn.lots);
        Ok(())
    }

    /// Whether the seed has that person asked, of those on duty then.
    fn held(
        &self,
        draw: u32,
        (unit, number): (&str, u32),
        (due, at): (Moment, Moment),
        held: &Held<'_>,
    ) -> Result<(), Fault> {
        let lot = || Fault::Lot {
            draw,
            unit: unit.to_owned(),
            number,
        };
        let picked_fault = || Fault::Picked {
            draw,
            unit: unit.to_owned(),
            number,
        };
        if at < due || at - due > PUNCTUAL {
            return Err(lot());
        }
        let free = self.free(held.roll, draw, unit, at).ok_or_else(lot)?;
        let expected: Vec<&str> = free.iter().map(|(name, _)| *name).collect();
        if expected != held.among.iter().map(String::as_str).collect::<Vec<_>>() {
            return Err(picked_fault());
        }
        let its_shift = free.iter().find(|(name, _)| *name == held.name);
        if its_shift.map(|(_, shift)| *shift) != Some(held.shift) {
            return Err(picked_fault());
        }
        let Some(seed) = self.seeds.get(&draw) else {
            return Ok(());
        };
        let index = picked(seed, unit, number, expected.len());
        if expected.get(index) != Some(&held.name) {
            return Err(picked_fault());
        }
        Ok(())
    }

    fn not_held(
        &self,
        roll: &Roll,
        draw: u32,
        (unit, number): (&str, u32),
        (due, at): (Option<Moment>, Moment),
        why: NotHeld,
    ) -> Result<(), Fault> {
        let late = due.map_or(TimeDelta::zero(), |due| at - due);
        let holds = match why {
            NotHeld::Missed => late > PUNCTUAL,
            NotHeld::NobodyThere => due.is_none() || self.there(roll, draw, unit, at).is_empty(),
            NotHeld::Capped => {
                let free = self.free(roll, draw, unit, at);
                free.is_some_and(|f| f.is_empty()) && !self.there(roll, draw, unit, at).is_empty()
            }
        };
        holds.then_some(()).ok_or(Fault::Lot {
            draw,
            unit: unit.to_owned(),
            number,
        })
    }

    /// Whom of `unit` the terms allow to ask at `at`, as the roster in force has it.
    fn there<'r>(&self, roll: &'r Roll, draw: u32, unit: &str, at: Moment) -> Vec<(&'r str, Span)> {
        let commitment = self.known.get(&draw).and_then(|d| d.commitments.last());
        let Some(commitment) = commitment else {
            return Vec::new();
        };
        let there = roll.present(unit, at).into_iter();
        there
            .filter(|p| commitment.terms.may_ask(p.duty.role, p.duty.presence, at))
            .map(|p| (p.name, p.duty.span))
            .collect()
    }

    /// Of these, who has not been asked often enough; `None` for a draw nobody committed to.
    fn free<'r>(
        &self,
        roll: &'r Roll,
        draw: u32,
        unit: &str,
        at: Moment,
    ) -> Option<Vec<(&'r str, Span)>> {
        let drawn = self.known.get(&draw)?;
        let max = drawn.commitments.last()?.terms.measure.per_shift_max;
        let mut there = self.there(roll, draw, unit, at);
        let free = below_cap(there.iter().copied(), unit, &drawn.lots, max);
        there.retain(|(name, _)| free.contains(name));
        Some(there)
    }

    /// The lot is due then, and now settled. While the seed is secret, what is written is taken
    /// for it.
    fn settle(
        &mut self,
        draw: u32,
        (unit, number): (&str, u32),
        due: Option<Moment>,
        state: impl FnOnce() -> LotState,
    ) -> Result<(), Fault> {
        let fault = || Fault::Lot {
            draw,
            unit: unit.to_owned(),
            number,
        };
        let is_open = !self.seeds.contains_key(&draw);
        let drawn = self.known.get_mut(&draw).ok_or_else(fault)?;
        let known = drawn
            .lots
            .iter_mut()
            .find(|lot| lot.unit == unit && lot.number == number);
        match known {
            Some(lot) if lot.is_pending() && lot.at == due => lot.state = state(),
            None if is_open => drawn.lots.push(Lot {
                unit: unit.to_owned(),
                number,
                at: due,
                state: state(),
            }),
            _ => return Err(fault()),
        }
        Ok(())
    }

    fn write(&mut self, draw: u32, unit: &str, due: Option<Moment>, check: Option<CheckId>) {
        let drawn = self.known.entry(draw).or_default();
        drawn.written.push(Written {
            unit: unit.to_owned(),
            due,
            check,
        });
    }

    fn revealed(&mut self, draw: u32, seed: Digest, at: Moment) -> Result<(), Fault> {
        let fault = Fault::Reveal { draw };
        let drawn = self.known.get_mut(&draw).ok_or(fault.clone())?;
        let ends = drawn.commitments.last().map(|c| c.terms.period.end());
        if drawn.revealed.is_some() || ends.is_none_or(|end| at < end) {
            return Err(fault);
        }
        drawn.revealed = Some(seed);
        match drawn.lots.iter().find(|lot| lot.is_pending()) {
            None => Ok(()),
            Some(lot) => Err(Fault::LotSkipped {
                draw,
                unit: lot.unit.clone(),
                number: lot.number,
            }),
        }
    }

    pub fn proofs(&self) -> Vec<DrawProof> {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let proof = |(draw, drawn): (&u32, &Drawn)| {
            let held = drawn.written.iter().filter(|w| w.check.is_some()).count();
            DrawProof {
                draw: *draw,
                commitments: count(drawn.commitments.len()),
                held: count(held),
                not_held: count(drawn.written.len() - held),
                seed: drawn.revealed,
            }
        };
        self.known.iter().map(proof).collect()
    }

    pub fn exposure(&self, outcomes: &Outcomes) -> Exposure {
        let mut exposure = Exposure::default();
        for drawn in self.known.values() {
            let Some(zone) = drawn.commitments.last().map(|c| c.terms.zone) else {
                continue;
            };
            for written in &drawn.written {
                let Some(due) = written.due else { continue };
                let outcome = written.check.map(|check| outcomes.outcome(check));
                let ended = match outcome {
                    None => Ended::NotHeld,
                    Some(Some(Outcome::Void { .. })) => Ended::Void,
                    Some(_) => Ended::Held,
                };
                exposure.add(&written.unit, zone.civil(due).hour(), ended);
            }
        }
        exposure
    }
}

/// Whom a lot asked, as it is written.
struct Held<'a> {
    roll: &'a Roll,
    among: &'a [String],
    name: &'a str,
    shift: Span,
}
