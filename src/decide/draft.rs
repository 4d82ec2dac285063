use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{
    Account, AccountId, Change, Check, Counts, Notice, Other, Ping, Record, Round, RoundId,
    RoundSummary, Say, Slot, Summary, Urgency, World,
};
use crate::journal::{Deed, Entry};
use crate::roster::{Role, Roster};
use crate::spotcheck::{self, CheckId, Effect, Event, Outcome, Reminded, State};
use crate::time::Moment;

/// A change in the making: what the world will be is asked of it, so that one decision can touch
/// the same check twice.
pub(super) struct Draft<'a> {
    pub world: &'a World,
    pub now: Moment,
    change: Change,
    accounts: BTreeMap<AccountId, Account>,
    checks: BTreeMap<CheckId, Check>,
    rounds: BTreeMap<RoundId, Round>,
    /// Rounds whose count has changed.
    recount: BTreeSet<RoundId>,
}

impl<'a> Draft<'a> {
    pub fn new(world: &'a World, now: Moment) -> Self {
        Self {
            world,
            now,
            change: Change::default(),
            accounts: BTreeMap::new(),
            checks: BTreeMap::new(),
            rounds: BTreeMap::new(),
            recount: BTreeSet::new(),
        }
    }

    /// Everything decided, as one change.
    pub fn done(mut self) -> Change {
        for round in std::mem::take(&mut self.recount) {
            self.tell_round(round);
        }
        let records = self
            .accounts
            .into_values()
            .map(Record::Account)
            .chain(self.rounds.into_values().map(Record::Round))
            .chain(self.checks.into_values().map(Record::Check));
        self.change.records.extend(records);
        self.change
    }

    /// The version that is put in force, and its roster.
    pub fn new_version(&self) -> Option<(u32, Arc<Roster>)> {
        let records = &self.change.records;
        let version = records.iter().rev().find_map(|record| match record {
            Record::Version(version) => Some(version),
            _ => None,
        })?;
        let new = records.iter().rev().find_map(|record| match record {
            Record::Roster(id, roster) if *id == version.roster => Some(roster),
            _ => None,
        });
        let roster = new.or_else(|| self.world.rosters.get(&version.roster))?;
        Some((version.number, Arc::clone(roster)))
    }

    pub fn put(&mut self, record: Record) {
        self.change.records.push(record);
    }

    pub fn note(&mut self, deed: Deed) {
        self.change.journal.push(Entry { at: self.now, deed });
    }

    /// Queue `say` as a message of its own.
    pub fn say(&mut self, to: AccountId, urgency: Urgency, say: Say) {
        self.queue(to, urgency, None, say);
    }

    /// Queue `say` as what the slot's message now reads.
    pub fn show(&mut self, to: AccountId, urgency: Urgency, slot: Slot, say: Say) {
        self.queue(to, urgency, Some(slot), say);
    }

    fn queue(&mut self, to: AccountId, urgency: Urgency, slot: Option<Slot>, say: Say) {
        let lang = self
            .accounts
            .get(&to)
            .and_then(|a| a.lang)
            .unwrap_or_else(|| self.world.lang(to));
        self.change.notices.push(Notice {
            to,
            lang,
            urgency,
            slot,
            say,
        });
    }

    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts
            .get(&id)
            .or_else(|| self.world.accounts.get(&id))
    }

    pub fn put_account(&mut self, account: Account) {
        self.accounts.insert(account.id, account);
    }

    pub fn put_round(&mut self, round: Round) {
        self.recount.insert(round.id);
        self.rounds.insert(round.id, round);
    }

    pub fn check(&self, id: CheckId) -> Option<&Check> {
        self.checks.get(&id).or_else(|| self.world.checks.get(&id))
    }

    pub fn put_check(&mut self, check: Check) {
        self.recount.insert(check.round);
        self.checks.insert(check.id, check);
    }

    /// Let `event` happen to a check, and everything that follows from it.
    pub fn happen(&mut self, id: CheckId, event: &Event) -> Stepped {
        let Some(check) = self.check(id).cloned() else {
            return Stepped::Unchanged;
        };
        let (state, effects) = spotcheck::step(&check.ladder, &check.state, event, self.now);
        if state == check.state {
            return Stepped::Unchanged;
        }
        let state = match state {
            State::Closed {
                outcome,
                at,
                delivery,
                reminded,
            } => State::Closed {
                outcome: super::ready::weighed(self.world, check.asked.account, outcome),
                at,
                delivery,
                reminded,
            },
            open => open,
        };
        self.write_down(&check, &state);
        let after = Check { state, ..check };
        for effect in effects {
            self.follow(&after, effect);
        }
        self.checks.insert(id, after);
        Stepped::Changed
    }

    fn write_down(&mut self, before: &Check, state: &State) {
        let check = before.id;
        match (before.state.outcome(), state) {
            (None, State::Closed { outcome, .. }) => self.note(Deed::CheckClosed {
                check,
                outcome: *outcome,
            }),
            (Some(was), State::Closed { outcome, .. }) => self.note(Deed::CheckAmended {
                check,
                before: *was,
                outcome: *outcome,
            }),
            (None, State::Waiting { delivery, .. })
                if matches!(before.state, State::Asking { .. }) =>
            {
                self.note(Deed::CheckDelivered {
                    check,
                    delivery: *delivery,
                });
            }
            _ => {}
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

    fn tell(&mut self, check: &Check) {
        let (Some(to), Some(outcome)) = (check.asked.account, check.state.outcome()) else {
            return;
        };
        let delivery = check.state.delivery();
        let took = match outcome {
            Outcome::Present { evidence } => {
                delivery.map(|d| (evidence.received() - d.confirmed).num_seconds().max(0))
            }
            _ => None,
        };
        let standing = Say::Standing {
            check: check.id,
            name: check.asked.name.clone(),
            presence: check.asked.presence,
            outcome: *outcome,
            deadline: delivery.map(|d| d.deadline(&check.ladder)),
            took_secs: took.and_then(|s| u32::try_from(s).ok()),
        };
        self.show(to, Urgency::Receipt, Slot::Ping(check.id), standing.clone());
        if check.state.reminded() == Reminded::Done {
            self.change.withdrawn.push(Slot::Reminder(check.id));
            self.show(to, Urgency::Receipt, Slot::Reminder(check.id), standing);
        }
    }

    /// The duty leader of the unit is asked to ring the duty line.
    fn escalate(&mut self, check: &Check) {
        let Some(roster) = self.world.roster_of(check.asked.version) else {
            return;
        };
        let leader = crate::duty::on_duty(&roster, self.now)
            .filter(|on| on.post.unit == check.asked.unit && on.post.role == Role::DutyLeader)
            .find_map(|on| {
                let person = on.person;
                self.world
                    .account_of(&on.post.unit, &person.name, person.phone.as_ref())
            })
            .map(|account| account.id)
            .filter(|id| Some(*id) != check.asked.account);
        let Some(to) = leader else { return };
        let duty_line = roster
            .duty_lines
            .iter()
            .find(|(unit, _)| *unit == check.asked.unit)
            .map(|(_, line)| line.clone());
        let say = Say::Escalation {
            check: check.id,
            unit: check.asked.unit.clone(),
            name: check.asked.name.clone(),
            window_secs: check.ladder.window_ms / 1000,
            duty_line,
        };
        self.say(to, Urgency::Escalation, say);
    }

    /// One summary per round, once all its checks are closed; from then on it is edited.
    fn tell_round(&mut self, id: RoundId) {
        let round = self.rounds.get(&id).or_else(|| self.world.rounds.get(&id));
        let Some(round) = round.cloned() else { return };
        let checks: Vec<Check> = round
            .checks
            .iter()
            .filter_map(|c| self.check(*c).cloned())
            .collect();
        let Some(summary) = summary(&round, &checks) else {
            return;
        };
        let to = round.by;
        if round.summary == Summary::Pending {
            let told = Round {
                summary: Summary::Told,
                ..round
            };
            self.rounds.insert(id, told);
        }
        self.show(
            to,
            Urgency::Report,
            Slot::Round(id),
            Say::RoundSummary(summary),
        );
    }
}

/// What became of a check that something happened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stepped {
    Changed,
    Unchanged,
}

/// `None` while any check is open.
fn summary(round: &Round, checks: &[Check]) -> Option<RoundSummary> {
    let mut counts = Counts::default();
    let mut others = Vec::new();
    for check in checks {
        let outcome = *check.state.outcome()?;
        counts.add(&outcome);
        if !matches!(outcome, Outcome::Present { .. }) {
            others.push(Other {
                check: check.id,
                unit: check.asked.unit.clone(),
                name: check.asked.name.clone(),
                outcome,
            });
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
    }
}
