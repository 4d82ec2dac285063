//! What happens to a check, and what follows: for its person, for its round, for those above.
//!
//! How a check goes from state to state is [`spotcheck::step`]'s; here its effects become what is
//! said, written down and counted.

use super::climbing::other;
use super::draft::Draft;
use super::{
    Check, Counts, Order, Origin, Ping, Round, RoundId, RoundSummary, Say, Slot, Summary, Urgency,
};
use crate::journal::Deed;
use crate::spotcheck::{
    self, CheckId, ClimbEnd, ClimbEvent, Effect, Event, Outcome, Reminded, State, VoidReason,
};

impl Draft<'_> {
    /// Let `event` happen to a check, and everything that follows from it.
    pub fn happen(&mut self, id: CheckId, event: &Event) -> Stepped {
        let Some(check) = self.check(id) else {
            return Stepped::Unchanged;
        };
        let event = &super::ready::weighed(self.world, check.asked.account, event);
        let (state, effects) = spotcheck::step(&check.ladder, &check.state, event, self.now);
        if state == check.state {
            return Stepped::Unchanged;
        }
        let check = check.clone();
        self.note(Deed::CheckHappened {
            check: id,
            event: *event,
            raw: self.raw.filter(|_| is_answer(event)),
        });
        self.write_down(&check, &state);
        let before = check.state.outcome().copied();
        let mut after = Check { state, ..check };
        if let Some(Outcome::Late { .. }) = state.outcome()
            && before.as_ref() != state.outcome()
        {
            after.follow_up.words_from = Some(self.now);
        }
        self.amend(after.clone());
        if let (Some(before), Some(outcome)) = (before, state.outcome())
            && before != *outcome
        {
            self.overturn(id, *outcome);
            let end = match event {
                Event::WentBlind(_) => ClimbEnd::Void,
                _ => ClimbEnd::Answered,
            };
            self.climb(id, &ClimbEvent::Ended(end));
        }
        for effect in effects {
            self.follow(&after, effect);
        }
        Stepped::Changed
    }

    fn write_down(&mut self, before: &Check, state: &State) {
        let check = before.id;
        match (before.state.outcome(), state) {
            (None, State::Closed { outcome, .. }) => self.note(Deed::CheckClosed {
                check,
                outcome: *outcome,
            }),
            (Some(was), State::Closed { outcome, .. }) if was != outcome => {
                self.note(Deed::CheckAmended {
                    check,
                    before: *was,
                    outcome: *outcome,
                });
            }
            // Also anew, by a clock that was set: what is judged later rests on that one.
            _ => {
                let delivery = state.delivery();
                let news = delivery.filter(|d| before.state.delivery() != Some(*d));
                if let Some(delivery) = news {
                    self.note(Deed::CheckDelivered { check, delivery });
                }
            }
        }
    }

    fn follow(&mut self, check: &Check, effect: Effect) {
        match effect {
            Effect::Remind => {
                if let Some(to) = check.asked.account {
                    let reminder = Say::Reminder(ping(check));
                    self.show(to, Urgency::Ping, Slot::Reminder(check.id), reminder);
                }
            }
            Effect::Withdraw => self.change.withdrawn.push(Slot::Ping(check.id)),
            Effect::Tell => self.tell(check),
            Effect::Escalate => self.escalate(check),
            Effect::Count => {
                self.recount.insert(check.round);
            }
        }
    }

    /// Silence goes up at once. Who could not be asked is looked for when silence would be: until
    /// then those above may have questions of their own to answer.
    fn escalate(&mut self, check: &Check) {
        let event = match check.state.outcome() {
            Some(Outcome::Undeliverable { .. }) => ClimbEvent::Due {
                until: self.now + check.ladder.window() + check.ladder.drain(),
            },
            _ => ClimbEvent::Silent,
        };
        self.climb(check.id, &event);
    }

    /// The person is told how the check stands.
    pub fn tell(&mut self, check: &Check) {
        let (Some(to), Some(standing)) = (check.asked.account, standing(check)) else {
            return;
        };
        self.show(to, Urgency::Receipt, Slot::Ping(check.id), standing.clone());
        if check.state.reminded() == Reminded::Done {
            self.change.withdrawn.push(Slot::Reminder(check.id));
            self.show(to, Urgency::Receipt, Slot::Reminder(check.id), standing);
        }
    }

    /// One summary per round, once all its checks are closed; from then on it is edited.
    pub fn tell_round(&mut self, id: RoundId) {
        if self.has_open_checks(id) {
            return;
        }
        let Some(round) = self.round(id).cloned() else {
            return;
        };
        let checks = round.checks.iter().filter_map(|c| self.check(*c));
        let Some(summary) = summary(&round, checks) else {
            return;
        };
        let to = match round.order {
            Order::Drawn | Order::MakeUp => self.world.clerks().map(|clerk| clerk.id).collect(),
            _ => vec![round.by],
        };
        if round.summary == Summary::Pending {
            let told = Round {
                summary: Summary::Told,
                ..round
            };
            self.rounds.insert(id, told);
        }
        for to in to {
            let say = Say::RoundSummary(summary.clone());
            self.show(to, Urgency::Report, Slot::Round(id), say);
        }
    }

    /// Whether a check of the round is open once the change is made.
    fn has_open_checks(&self, round: RoundId) -> bool {
        let untouched = self.world.checks.open();
        let untouched = untouched.filter(|check| !self.checks.contains_key(&check.id));
        let mut checks = self.checks.values().chain(untouched);
        checks.any(|check| check.round == round && check.state.is_open())
    }
}

/// What became of a check that something happened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stepped {
    Changed,
    Unchanged,
}

/// `None` while any check is open.
fn summary<'c>(round: &Round, checks: impl Iterator<Item = &'c Check>) -> Option<RoundSummary> {
    let mut counts = Counts::default();
    let mut others = Vec::new();
    for check in checks {
        let outcome = *check.state.outcome()?;
        counts.add(&outcome);
        if !matches!(outcome, Outcome::Present { .. }) {
            others.extend(other(check));
        }
    }
    others.sort_by_key(|o| match o.outcome {
        Outcome::NoAnswer { .. } => 0,
        Outcome::Undeliverable { .. } => 1,
        Outcome::Late { .. } => 2,
        Outcome::Void { .. } => 3,
        Outcome::Present { .. } => 4,
    });
    Some(RoundSummary {
        round: round.id,
        at: round.at,
        counts,
        others,
        origin: match round.order {
            Order::Drawn => Origin::Drawn,
            Order::MakeUp => Origin::MadeUp,
            _ => Origin::Ordered,
        },
    })
}

fn is_answer(event: &Event) -> bool {
    matches!(event, Event::Answered(_) | Event::Pleaded(..))
}

/// How a check ended, as its person is told; `None` while it is open.
pub(super) fn standing(check: &Check) -> Option<Say> {
    let outcome = check.state.outcome()?;
    let delivery = check.state.delivery();
    let took = match outcome {
        Outcome::Present { evidence } => {
            delivery.map(|d| (evidence.received() - d.confirmed).num_seconds().max(0))
        }
        _ => None,
    };
    Some(Say::Standing {
        check: check.id,
        name: check.asked.name.clone(),
        presence: check.asked.presence,
        outcome: *outcome,
        deadline: delivery.map(|d| d.deadline(&check.ladder)),
        took_secs: took.and_then(|s| u32::try_from(s).ok()),
        said: check.follow_up.last_said().cloned(),
        back_by: match outcome {
            Outcome::Void {
                reason: VoidReason::Excused { evidence, .. },
            } => Some(evidence.received() + check.ladder.away()),
            _ => None,
        },
    })
}

pub(super) fn ping(check: &Check) -> Ping {
    Ping {
        check: check.id,
        name: check.asked.name.clone(),
        role: check.asked.role,
        presence: check.asked.presence,
        window_ms: check.ladder.window_ms,
        deadline: check.state.delivery().map(|d| d.deadline(&check.ladder)),
        instead_of: check.follow_up.instead_of.map(|before| before.check),
    }
}
