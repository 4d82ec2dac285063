use std::collections::BTreeMap;
use std::ops::AddAssign;

use super::faults::{Kind, Mix, Plan};
use super::truth::Truth;
use crate::decide::World;
use crate::spotcheck::{Outcome, VoidReason};

/// What was counted, of one holiday or of many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub holidays: u64,
    /// Of these, without a fault.
    pub calm: u64,
    pub faults: u64,
    pub steps: u64,
    pub readings: u64,
    pub messages: u64,
    pub lines: u64,
    pub checks: u64,
    /// Present, late, no answer, undeliverable, void.
    pub outcomes: [u64; 5],
    /// Of the void, those excused or called off.
    pub excused: u64,
    /// Checks that asked again whom a fault of ours had kept from being judged.
    pub made_up: u64,
    /// Voids as they came, by what they rest on: a blind interval, or no way to send.
    pub blind: u64,
    pub unsent: u64,
    /// Checks that stand as silent or late beside an answer in time that Telegram held back past
    /// the drain and that never came.
    pub held_back: u64,
    /// Who was asked and gave no sign at all: in holidays without a fault, with faults anywhere,
    /// and with faults aimed at the checks.
    pub absent: [Absent; 3],
    pub by_fault: BTreeMap<Kind, Told>,
}

/// People who were asked and gave no sign at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Absent {
    pub people: u64,
    /// Of these, found out, at once or when they were asked again.
    pub caught: u64,
    /// Of those found out, the ones that a fault of ours had hidden at first.
    pub again: u64,
    /// And those of whom only a clerk's telephone told.
    pub rung: u64,
    /// Of the others, those whose shift was over before anybody could be asked again.
    pub too_late: u64,
    /// Of the people, those of whom an answer could have been lost.
    pub hidden: u64,
    pub caught_hidden: u64,
}

/// What is told of one kind of fault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub times: u64,
    /// Checks it fell into.
    pub checks: u64,
    /// Of these, void; for a blind interval or for want of sending.
    pub void: u64,
}

impl Figures {
    pub(super) fn of(plan: &Plan) -> Self {
        Self {
            holidays: 1,
            calm: u64::from(plan.mix == Mix::Calm),
            faults: plan.faults,
            ..Self::default()
        }
    }

    /// The people nobody heard of, of all holidays.
    #[must_use]
    pub fn all_absent(&self) -> Absent {
        let mut all = Absent::default();
        for absent in self.absent {
            all += absent;
        }
        all
    }

    pub(super) fn absent(&mut self, mix: Mix, absent: Absent) {
        self.absent[mix as usize] += absent;
    }

    pub(super) fn count(&mut self, outcome: &Outcome) {
        let column = match outcome {
            Outcome::Present { .. } => 0,
            Outcome::Late { .. } => 1,
            Outcome::NoAnswer { .. } => 2,
            Outcome::Undeliverable { .. } => 3,
            Outcome::Void { .. } => 4,
        };
        self.outcomes[column] += 1;
        self.excused += u64::from(matches!(
            outcome,
            Outcome::Void {
                reason: VoidReason::Excused { .. } | VoidReason::Cancelled
            }
        ));
    }

    pub(super) fn by_fault(&mut self, truth: &Truth, world: &World) {
        for trouble in &truth.troubles {
            let told = self.by_fault.entry(trouble.kind).or_default();
            told.times += 1;
            for (id, asked) in &truth.checks {
                let last = asked.copies.last().copied().unwrap_or(asked.queued);
                let end = last + chrono::TimeDelta::minutes(6);
                if trouble.from > end || trouble.to < asked.queued {
                    continue;
                }
                told.checks += 1;
                let outcome = world.checks.get(id).and_then(|c| c.state.outcome());
                told.void += u64::from(outcome.is_some_and(Outcome::is_our_fault));
            }
        }
    }
}

impl AddAssign for Absent {
    fn add_assign(&mut self, other: Absent) {
        self.people += other.people;
        self.caught += other.caught;
        self.again += other.again;
        self.rung += other.rung;
        self.too_late += other.too_late;
        self.hidden += other.hidden;
        self.caught_hidden += other.caught_hidden;
    }
}

impl AddAssign<&Figures> for Figures {
    fn add_assign(&mut self, other: &Figures) {
        self.holidays += other.holidays;
        self.calm += other.calm;
        self.faults += other.faults;
        self.steps += other.steps;
        self.readings += other.readings;
        self.messages += other.messages;
        self.lines += other.lines;
        self.checks += other.checks;
        for (sum, more) in self.outcomes.iter_mut().zip(other.outcomes) {
            *sum += more;
        }
        self.excused += other.excused;
        self.made_up += other.made_up;
        self.blind += other.blind;
        self.unsent += other.unsent;
        self.held_back += other.held_back;
        for (sum, more) in self.absent.iter_mut().zip(other.absent) {
            *sum += more;
        }
        for (kind, told) in &other.by_fault {
            let sum = self.by_fault.entry(*kind).or_default();
            sum.times += told.times;
            sum.checks += told.checks;
            sum.void += told.void;
        }
    }
}
