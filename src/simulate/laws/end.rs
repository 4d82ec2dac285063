use std::collections::BTreeSet;

use super::Law;
use crate::decide::{Check, MadeUp, Order, World};
use crate::proof::{Fault, proven};
use crate::simulate::faults::{Kind, Mix};
use crate::simulate::figures::Absent;
use crate::simulate::run::{Run, Step};
use crate::simulate::telephone::{found_away, was_reached};
use crate::simulate::truth::{Asked, Fate, GivenAs};
use crate::spotcheck::{Blind, BlindCause, CheckId, Outcome, State, VoidReason};
use crate::time::{Moment, TimeDelta};

/// Longer than this without a look is a gap an answer may have been lost in.
const HIDING: TimeDelta = TimeDelta::seconds(100);
/// For so long a late answer may still come.
const CORRECTED: TimeDelta = TimeDelta::hours(25);

impl Run {
    /// When everything is over.
    pub async fn hold_at_the_end(&mut self) -> Step {
        let program = std::mem::replace(&mut self.program, crate::simulate::program::Program::Gone);
        let held = match program.world() {
            Some(world) => self.hold_of_all(world),
            None => Err(self.broken(Law::Program, "down".to_owned())),
        };
        self.program = program;
        held?;
        let journal = self.program.journal().await;
        let journal = journal.map_err(|error| self.failed(&error))?;
        match proven(journal.as_bytes(), None) {
            Ok(proof) => {
                self.figures.lines += proof.lines;
                Ok(())
            }
            Err(found) => {
                let law = match *found.fault {
                    Fault::Link | Fault::Number { .. } | Fault::Head | Fault::Form => Law::Chained,
                    _ => Law::Recomputed,
                };
                Err(self.broken(law, format!("{found:?}")))
            }
        }
    }

    fn hold_of_all(&mut self, world: &World) -> Step {
        for check in world.checks.values() {
            let Some(outcome) = check.state.outcome() else {
                return Err(self.broken(Law::Ends, format!("{}: {:?}", check.id, check.state)));
            };
            self.figures.count(outcome);
            if self.mix == Mix::Calm && outcome.is_our_fault() {
                let facts = format!("{}: {outcome:?}, and nothing was wrong", check.id);
                return Err(self.broken(Law::VoidHasCause, facts));
            }
            self.not_lost(check, outcome)?;
            self.figures.held_back += u64::from(self.was_held_back(check.id, outcome));
            self.caught(check, outcome, world)?;
        }
        self.told(world)?;
        self.figures.by_fault(&self.truth, world);
        Ok(())
    }

    /// 2 and 6: what came counts.
    fn not_lost(&self, check: &Check, outcome: &Outcome) -> Step {
        let id = check.id;
        let window = self.policy.ladder.window();
        let Some(end) = self.truth.deadline(id, window) else {
            return Ok(());
        };
        let is_delivered = check.state.delivery().is_some();
        let kept = |fate: Fate| matches!(fate, Fate::Kept(at) if !self.truth.was_undone(at));
        for given in self.truth.answers(id).filter(|given| kept(given.fate)) {
            let in_time = given.counts_from() <= end;
            let is_word = given.what == GivenAs::Here;
            // A bare word names no question. Long after, it is about nothing any more; and where no
            // receipt says when the question came, it may be about another that was on the phone,
            // and a start since leaves no clock to tell by.
            let is_elsewhere = is_word
                && (!in_time
                    || !is_delivered
                        && (self.truth.asks_otherwise(id, given, window)
                            || self.truth.stopped_before_read(given)));
            let holds = match outcome {
                Outcome::Present { .. } => true,
                // A plea adds nothing to it, and a late answer would only take from it.
                Outcome::Void { .. } => !in_time || given.is_plea(),
                Outcome::Late { .. } => !in_time,
                // That a refused question came all the same, a text does not prove.
                Outcome::Undeliverable { .. } => {
                    !in_time || given.is_plea() || given.is_text() && !is_delivered
                }
                Outcome::NoAnswer { .. } => false,
            };
            if !holds && !is_elsewhere {
                let facts = format!("{id}: {given:?} {outcome:?}");
                return Err(self.broken(Law::NotLost, facts));
            }
        }
        Ok(())
    }

    /// Whether it stands as silent or late beside an answer in time: Telegram held that back past
    /// the drain, and it never came.
    fn was_held_back(&self, id: CheckId, outcome: &Outcome) -> bool {
        let Some(end) = self.truth.deadline(id, self.policy.ladder.window()) else {
            return false;
        };
        let is_against = matches!(outcome, Outcome::NoAnswer { .. } | Outcome::Late { .. });
        let mut answers = self.truth.answers(id);
        is_against && answers.any(|given| given.counts_from() <= end)
    }

    /// Nobody answered, and nothing could have hidden that they did.
    fn caught(&mut self, check: &Check, outcome: &Outcome, world: &World) -> Step {
        let (id, state) = (check.id, &check.state);
        let asked = self.truth.checks.get(&id).cloned();
        let Some(asked) = asked.filter(|asked| !asked.copies.is_empty()) else {
            return Ok(());
        };
        let unreached = |outcome: &Outcome| matches!(outcome, Outcome::Undeliverable { .. });
        let is_verified = !unreached(outcome);
        let called_off = self.laws.cancelled.contains(&id);
        let is_reached = until_judged(world, check).any(was_reached);
        let silent = self.truth.answers(id).next().is_none()
            && !self.truth.spoke_since(&asked)
            && !is_reached;
        if !silent || !is_verified || called_off {
            return Ok(());
        }
        let caught = matches!(outcome, Outcome::NoAnswer { .. });
        let window = self.policy.ladder.window() + self.policy.ladder.drain();
        let end = asked
            .copies
            .last()
            .map_or(asked.queued, |copy| *copy + window);
        let end = match state {
            State::Closed { .. } => end + TimeDelta::seconds(30),
            _ => end,
        };
        let truth = &self.truth;
        // What was wrong counts for as long as it was not judged; and a backup that comes back undoes
        // the corrections of a day, by a clock that may have been set since.
        let judged = |end: Moment| end.max(asked.judged.unwrap_or(end));
        let undone = |from: Moment, end: Moment| {
            let is_undone = matches!(
                outcome,
                Outcome::Void {
                    reason: VoidReason::Blind(Blind {
                        cause: BlindCause::Restored,
                        ..
                    })
                }
            );
            let back = truth.restored.iter().map(|(_, back)| *back).max();
            let is_recent = truth.was_restored(from, end + CORRECTED)
                || back.is_some_and(|back| truth.was_troubled(Kind::CLOCK, from, back));
            is_undone && is_recent
        };
        // While it does not run nobody watches its clock, and no time of anybody's runs.
        let end = truth.with_stops(asked.queued, end);
        let early = asked.queued - TimeDelta::seconds(30);
        let clouded = truth.was_deaf(early, end, HIDING)
            || truth.was_troubled(&[Kind::Conflict], early - HIDING, judged(end))
            || truth.was_troubled(Kind::CLOCK, early, end)
            || truth.was_restored(early, judged(end))
            || undone(early, judged(end));
        let silent = ended(world, check, |outcome| {
            matches!(outcome, Outcome::NoAnswer { .. })
        });
        let found = silent || until_judged(world, check).any(found_away);
        let absent = Absent {
            people: 1,
            caught: u64::from(found),
            again: u64::from(silent && !caught),
            rung: u64::from(found && !silent),
            too_late: u64::from(!found && is_too_late(world, check)),
            hidden: u64::from(clouded),
            caught_hidden: u64::from(clouded && found),
        };
        // Of some it only shows when they are asked again that they never read any question.
        if !ended(world, check, unreached) {
            self.figures.absent(self.mix, absent);
        }
        if !caught && !clouded {
            let facts = format!("{id}: {asked:?} {outcome:?}");
            return Err(self.broken(Law::Caught, facts));
        }
        Ok(())
    }

    fn told(&self, world: &World) -> Step {
        let ordered = world.rounds.values().filter(|r| r.order != Order::Drawn);
        let mut untold = BTreeSet::new();
        for round in ordered {
            let mut counts = [0; 5];
            let back_since = |asked: &Asked| {
                let mut restored = self.truth.restored.iter();
                restored.any(|(_, back)| *back >= asked.queued)
            };
            let before = |check| self.truth.checks.get(check).is_none_or(back_since);
            // What stood on a phone before a backup came back is not known any more.
            if round.checks.iter().any(before) {
                continue;
            }
            for check in &round.checks {
                let outcome = world.checks.get(check).and_then(|c| c.state.outcome());
                let column = match outcome {
                    Some(Outcome::Present { .. }) => 0,
                    Some(Outcome::Late { .. }) => 1,
                    Some(Outcome::NoAnswer { .. }) => 2,
                    Some(Outcome::Undeliverable { .. }) => 3,
                    _ => 4,
                };
                counts[column] += 1;
            }
            if self.laws.summaries.get(&round.id.0) != Some(&counts) {
                untold.insert((round.id.0, counts));
            }
        }
        if untold.is_empty() {
            return Ok(());
        }
        Err(self.broken(Law::Told, format!("{untold:?} {:?}", self.laws.summaries)))
    }
}

/// It, and whatever asked again in its stead.
fn until_judged<'a>(world: &'a World, check: &'a Check) -> impl Iterator<Item = &'a Check> {
    let again = |check: &&'a Check| match check.follow_up.made_up {
        MadeUp::By(later) => world.checks.get(&later),
        _ => None,
    };
    std::iter::successors(Some(check), again)
}

/// Whether it, or one that asked again in its stead, ended so.
fn ended(world: &World, check: &Check, so: impl Fn(&Outcome) -> bool) -> bool {
    let mut outcomes = until_judged(world, check).filter_map(|check| check.state.outcome());
    outcomes.any(so)
}

/// Whether nobody could be asked again any more by the time we heard.
fn is_too_late(world: &World, check: &Check) -> bool {
    let last = until_judged(world, check).last();
    last.is_some_and(|last| last.follow_up.made_up == MadeUp::Never)
}
