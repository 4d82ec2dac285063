//! The promises, held against the truth after every step.

mod duty;
mod end;
mod outcomes;

use std::collections::{BTreeMap, BTreeSet};

use super::faults::Kind;
use super::run::{Run, Step};
use crate::decide::{AccountId, Check, Input, Order, Say, World, decide};
use crate::roster::Shift;
use crate::spotcheck::{CheckId, Outcome, State};
use crate::time::{Moment, TimeDelta};

/// What is promised; the first fourteen by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Law {
    /// 1. Every check ends in exactly one outcome, in bounded time.
    Ends,
    /// 2. An answer in time is never judged late or unanswered.
    InTime,
    /// 3. Nothing is confirmed, or sent, before it is durable.
    Durable,
    /// 4. Nobody is judged unanswered while our side was blind, or too early.
    NoAnswerProven,
    /// 5. Who was not reached is undeliverable, and nobody else is.
    Undeliverable,
    /// 6. Later evidence counts, and changes only ever favour the officer.
    OnlyFavours,
    /// 7. Whoever is asked is on duty, by the version, leave and swaps in force at the ping.
    OnDuty,
    /// 8. A roster is wholly in or wholly out.
    WholeRoster,
    /// 9. At most one repeated ping for each crash or unknown outcome.
    OnePing,
    /// 10. Every outcome can be recomputed from its evidence.
    Recomputed,
    /// 11. No verdict without a person.
    Named,
    /// 12. The journal is a chain.
    Chained,
    /// 13. One leads.
    OneLeader,
    /// A late answer is never counted as in time, and nobody else's as theirs.
    OwnAnswer,
    /// No answer that came is lost.
    NotLost,
    /// Silence with nothing in the way is found out.
    Caught,
    /// Asked again is only who was asked in vain for a fault of ours, in the same shift, a few times.
    AskedAgain,
    /// A void names what blinded us, and it did.
    VoidHasCause,
    /// One order makes one round.
    OneRound,
    /// The most urgent leaves first.
    InOrder,
    /// Everybody who ordered a round is told how it ended.
    Told,
    /// What was called off is not judged.
    CalledOff,
    /// Deciding the same again changes nothing.
    Settled,
    /// The program did what it was asked.
    Program,
}

/// Between what is due and what is done.
const BREATH: TimeDelta = TimeDelta::seconds(90);
/// Every so many steps everything is decided once more.
const AGAIN_EVERY: u64 = 64;

/// What is remembered from one step to the next.
#[derive(Default)]
pub(super) struct Laws {
    seen: BTreeMap<CheckId, Seen>,
    versions: usize,
    /// The last file of each unit that is in force.
    in_force: BTreeMap<usize, usize>,
    /// The same before this step, and the version it was: one reading may bring an order, and after
    /// it the word that puts another roster in force.
    before: Option<(u32, BTreeMap<usize, usize>)>,
    newest: Option<u32>,
    pub cancelled: BTreeSet<CheckId>,
    /// The highest cursor that was ever kept.
    pub durable: Option<i64>,
    pub took_down: Option<(Kind, TimeDelta)>,
    summaries: BTreeMap<u32, [u32; 5]>,
    /// When the backup was made that may come back.
    pub backed_up: Option<Moment>,
    forgotten: Forgotten,
}

/// Whether what was seen is another program's past.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Forgotten {
    #[default]
    No,
    Yes,
}

#[derive(Clone, Copy, PartialEq)]
struct Seen {
    state: State,
    version: u32,
    rulings: usize,
}

impl Seen {
    fn of(check: &Check) -> Self {
        Self {
            state: check.state,
            version: check.asked.version,
            rulings: check.follow_up.rulings.len(),
        }
    }
}

impl Laws {
    pub fn forget(&mut self) {
        self.forgotten = Forgotten::Yes;
        self.backed_up = None;
    }

    /// A message is on a phone.
    pub fn shown(&mut self, _to: AccountId, say: &Say) {
        if let Say::RoundSummary(summary) = say {
            let c = &summary.counts;
            let counts = [c.present, c.late, c.no_answer, c.undeliverable, c.void];
            self.summaries.insert(summary.round.0, counts);
        }
    }
}

impl Run {
    pub async fn hold(&mut self) -> Step {
        // What it could not keep it will read anew once it can; nobody acts on it before.
        if !self.is_working() {
            return Ok(());
        }
        if self.poll.confirmed > self.laws.durable {
            let cursor = self.program.cursor().await;
            let cursor = cursor.map_err(|error| self.failed(&error))?;
            self.laws.durable = self.laws.durable.max(cursor);
            if self.poll.confirmed > cursor {
                let facts = format!("{:?} {cursor:?}", self.poll.confirmed);
                return Err(self.broken(Law::Durable, facts));
            }
        }
        let mut laws = std::mem::take(&mut self.laws);
        let held = self.hold_in(&mut laws);
        self.laws = laws;
        held
    }

    fn hold_in(&mut self, laws: &mut Laws) -> Step {
        // Taken out, so that the truth can be written while the world is read.
        let program = std::mem::replace(&mut self.program, super::program::Program::Gone);
        let held = match program.world() {
            Some(world) => self.hold_on(laws, world),
            None => Ok(()),
        };
        self.program = program;
        held
    }

    fn hold_on(&mut self, laws: &mut Laws, world: &World) -> Step {
        if laws.forgotten == Forgotten::Yes {
            self.remember_anew(laws, world);
        }
        self.whole_rosters(laws, world)?;
        let off = self.off();
        for check in world.checks.values() {
            if check.state.is_open() {
                self.ends_in_time(check, off)?;
            }
            let (seen, stands) = (laws.seen.get(&check.id).copied(), Seen::of(check));
            if seen == Some(stands) {
                continue;
            }
            match seen {
                None => self.first_seen(laws, check, world)?,
                Some(seen) if seen.version != stands.version => {
                    return Err(self.broken(Law::OnDuty, format!("{:?}", stands.version)));
                }
                Some(_) => {}
            }
            self.named(check)?;
            let before = seen.map(|seen| seen.state);
            self.judged(laws, check, before.as_ref())?;
            laws.seen.insert(check.id, stands);
        }
        let by_nobody = [Order::Drawn, Order::MakeUp];
        let ordered = world.rounds.values();
        let ordered = ordered.filter(|round| !by_nobody.contains(&round.order));
        if ordered.count() > self.truth.orders {
            return Err(self.broken(Law::OneRound, format!("{}", self.truth.orders)));
        }
        if self.figures.steps.is_multiple_of(AGAIN_EVERY) {
            self.settled(world)?;
        }
        Ok(())
    }

    /// What stands after a backup is what is known from now on.
    fn remember_anew(&mut self, laws: &mut Laws, world: &World) {
        laws.forgotten = Forgotten::No;
        laws.versions = 0;
        laws.newest = None;
        laws.seen.clear();
        laws.cancelled.retain(|id| {
            let check = world.checks.get(id);
            check.is_some_and(|check| !check.state.is_open())
        });
        self.truth
            .checks
            .retain(|id, _| world.checks.contains_key(id));
        // What was asked since is first seen as ever.
        let known = world.checks.values();
        let known = known.filter(|check| self.truth.checks.contains_key(&check.id));
        laws.seen
            .extend(known.map(|check| (check.id, Seen::of(check))));
        for asked in self.truth.checks.values_mut() {
            asked.unheard += 1;
        }
    }

    /// 1.
    fn ends_in_time(&self, check: &Check, off: TimeDelta) -> Step {
        let ladder = &check.ladder;
        let due = match check.state {
            State::Asking { queued, .. } => queued + ladder.asking_patience(),
            State::Waiting { delivery, .. } | State::Draining { delivery, .. } => {
                delivery.judged_from(ladder)
            }
            State::Closed { .. } => return Ok(()),
        };
        let clear = self.life.troubled_until + off;
        if self.now + off <= due.max(clear) + BREATH {
            return Ok(());
        }
        Err(self.broken(Law::Ends, format!("{}: {:?}", check.id, check.state)))
    }

    /// 11.
    fn named(&self, check: &Check) -> Step {
        let given = self.truth.rulings.get(&check.id).copied().unwrap_or(0);
        let follow_up = &check.follow_up;
        let nobodys = follow_up
            .rulings
            .iter()
            .any(|ruling| ruling.name.is_empty());
        let unanswered = matches!(check.state.outcome(), Some(Outcome::NoAnswer { .. }));
        let adverse = follow_up.ruling().is_some_and(|r| r.verdict.is_adverse());
        if follow_up.rulings.len() > given || nobodys || adverse && !unanswered {
            let facts = format!("{}: {:?}", check.id, follow_up.rulings);
            return Err(self.broken(Law::Named, facts));
        }
        Ok(())
    }

    /// 8. Of each unit, every shift of the last file that names it.
    fn whole_rosters(&self, laws: &mut Laws, world: &World) -> Step {
        laws.before = None;
        if world.versions.len() == laws.versions {
            return Ok(());
        }
        laws.versions = world.versions.len();
        let in_force = std::mem::take(&mut laws.in_force);
        laws.before = laws.newest.map(|newest| (newest, in_force));
        laws.newest = world.versions.keys().next_back().copied();
        for version in world.versions.values() {
            let name = world
                .uploads
                .get(&version.upload)
                .map(|u| u.file_name.as_str());
            let number = name.and_then(|name| name.strip_prefix("roster-"));
            let number =
                number.and_then(|rest| rest.trim_end_matches(".csv").parse::<usize>().ok());
            let Some(number) = number else { continue };
            let file = &self.county.files[number];
            laws.in_force
                .extend(file.rows.iter().map(|row| (row.unit, number)));
        }
        let Some((_, roster)) = world.rostered() else {
            return Ok(());
        };
        for (unit, file) in &laws.in_force {
            let rows = self.county.files[*file].rows.iter();
            let rows = rows.filter(|row| row.unit == *unit).count();
            let name = &self.county.units[*unit];
            let own = |shift: &&Shift| roster.post(shift).unit == *name;
            let people = roster
                .shifts
                .iter()
                .filter(own)
                .map(|shift| shift.people.len());
            let people: usize = people.sum();
            if people != rows {
                let facts = format!("{name}: {people} of {rows}");
                return Err(self.broken(Law::WholeRoster, facts));
            }
        }
        Ok(())
    }

    /// The same tick and the same reading change nothing more.
    fn settled(&self, world: &World) -> Step {
        let clock = self.clock();
        if !self.is_working() || world.next_wake().is_some_and(|wake| wake <= clock) {
            return Ok(());
        }
        let again = decide(world, &Input::Tick, clock);
        if !again.is_empty() {
            return Err(self.broken(Law::Settled, format!("{again:?}")));
        }
        Ok(())
    }
}
