use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::climbing::{Watch, other};
use super::{
    Account, AccountId, Change, Check, Counts, Hearing, Listener, Notice, Order, Origin, Ping,
    Record, Round, RoundId, RoundSummary, Say, Slot, Summary, Urgency, World,
};
use crate::duty::Member;
use crate::journal::{Deed, Entry};
use crate::roster::Roster;
use crate::spotcheck::{
    self, CheckId, ClimbEnd, ClimbEvent, Digest, Effect, Event, Outcome, Reminded, State,
    VoidReason,
};
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
    /// Rounds of which the office has something else to look into.
    unsettled: BTreeSet<RoundId>,
    /// Who is being answered at the desk.
    at_desk: Option<AccountId>,
    /// Of the update that is being answered.
    raw: Option<Digest>,
    /// Who is on duty now, once somebody has asked.
    pub(super) watch: Option<Watch<'a>>,
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
            unsettled: BTreeSet::new(),
            at_desk: None,
            raw: None,
            watch: None,
        }
    }

    /// Everything decided, as one change.
    pub fn done(mut self) -> Change {
        for round in std::mem::take(&mut self.recount) {
            self.tell_round(round);
        }
        for round in std::mem::take(&mut self.unsettled) {
            self.tell_unsettled(round);
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

    /// What is said to `account` is shown to them at the desk.
    pub fn at_desk(&mut self, account: AccountId) {
        self.at_desk = Some(account);
    }

    /// What is decided rests on the update of this digest.
    pub fn rests_on(&mut self, raw: Option<Digest>) {
        self.raw = raw;
    }

    pub fn put(&mut self, record: Record) {
        self.change.records.push(record);
    }

    /// What is known of reading the queue once the change is made.
    pub fn hearing(&self) -> Hearing {
        let mut records = self.change.records.iter().rev();
        let new = records.find_map(|record| match record {
            Record::Hearing(hearing) => Some(*hearing),
            _ => None,
        });
        new.unwrap_or(self.world.hearing)
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

    /// The same of a message that stands in their chat already: there it is edited even for
    /// whoever is at the desk now.
    pub fn show_where_it_stands(&mut self, to: AccountId, urgency: Urgency, slot: Slot, say: Say) {
        if self.at_desk == Some(to) {
            self.change.shown.push(say.clone());
        }
        self.send(to, urgency, Some(slot), say);
    }

    fn queue(&mut self, to: AccountId, urgency: Urgency, slot: Option<Slot>, say: Say) {
        // What is asked of them as of anybody on duty is asked in their chat, wherever they are.
        let is_their_own = slot.is_some_and(Slot::asks_a_person);
        if self.at_desk == Some(to) && !is_their_own {
            self.change.shown.push(say);
            return;
        }
        self.send(to, urgency, slot, say);
    }

    fn send(&mut self, to: AccountId, urgency: Urgency, slot: Option<Slot>, say: Say) {
        // There is no chat to send it to; the desk and the own page show how things stand.
        let is_pressed =
            |toast: &Say| !matches!(toast, Say::Toast { query, .. } if query.is_empty());
        if to == AccountId::DESK || to.page().is_some() || !is_pressed(&say) {
            return;
        }
        let urgency = if self.is_stranger(to) {
            Urgency::Stranger
        } else {
            urgency
        };
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

    /// Whether this person has an account once the change is made.
    pub fn is_bound(&self, member: &Member) -> bool {
        let Member { unit, name, phone } = member;
        let theirs = |account: &Account| {
            let bound = account.bound.as_ref();
            bound.is_some_and(|b| b.is(unit, name, phone.as_ref()))
        };
        let untouched = self.world.accounts.values();
        let untouched = untouched.filter(|account| !self.accounts.contains_key(&account.id));
        self.accounts.values().chain(untouched).any(theirs)
    }

    pub fn listener(&self, id: AccountId) -> Listener {
        match self.account(id) {
            Some(a) if a.is_clerk() => Listener::Clerk,
            Some(a) if !self.world.units_spoken_for(a).is_empty() => Listener::Liaison,
            Some(a) if a.bound.is_some() => Listener::Officer,
            _ => Listener::Outsider,
        }
    }

    pub fn is_stranger(&self, id: AccountId) -> bool {
        let now_known = self.accounts.get(&id);
        let is_known = now_known.is_some_and(Account::is_known);
        !is_known && self.world.is_stranger(id)
    }

    /// Whether nothing is said or written down.
    pub fn is_silent(&self) -> bool {
        self.change.notices.is_empty() && self.change.journal.is_empty()
    }

    /// Forgets all that was decided, but for what was read off the clocks and the messages of
    /// which `stays` is true.
    pub fn forget(&mut self, stays: impl Fn(&Say) -> bool) {
        let old = std::mem::take(&mut self.change);
        let (world, now) = (self.world, self.now);
        *self = Self::new(world, now);
        let of_clocks = |record: &Record| matches!(record, Record::Hearing(_));
        let (records, notices) = (old.records.into_iter(), old.notices.into_iter());
        self.change.records = records.filter(of_clocks).collect();
        self.change.notices = notices.filter(|notice| stays(&notice.say)).collect();
    }

    /// The commands of `id`'s menu are those they can use.
    pub fn show_menu(&mut self, id: AccountId) {
        let who = self.listener(id);
        self.say(id, Urgency::Report, Say::Menu { who });
    }

    pub fn is_clerk(&self, id: AccountId) -> bool {
        self.account(id).is_some_and(Account::is_clerk)
    }

    /// The units `id` speaks for.
    pub fn spoken_for(&self, id: AccountId) -> Vec<String> {
        let account = self.account(id);
        account.map_or_else(Vec::new, |account| self.world.units_spoken_for(account))
    }

    pub fn put_account(&mut self, account: Account) {
        self.accounts.insert(account.id, account);
    }

    pub fn put_round(&mut self, round: Round) {
        self.recount.insert(round.id);
        self.rounds.insert(round.id, round);
    }

    pub fn round(&self, id: RoundId) -> Option<&Round> {
        self.rounds.get(&id).or_else(|| self.world.rounds.get(&id))
    }

    /// The round's count is told anew.
    pub fn recount(&mut self, round: RoundId) {
        self.recount.insert(round);
    }

    /// The office is told anew what of the round it has to look into.
    pub fn look_into(&mut self, round: RoundId) {
        self.unsettled.insert(round);
    }

    /// Messages still queued under `slot` are not to be sent.
    pub fn withdraw(&mut self, slot: Slot) {
        self.change
            .notices
            .retain(|notice| notice.slot != Some(slot));
        self.change.withdrawn.push(slot);
    }

    pub fn check(&self, id: CheckId) -> Option<&Check> {
        self.checks.get(&id).or_else(|| self.world.checks.get(&id))
    }

    /// The number the next round gets.
    pub fn next_round(&self) -> RoundId {
        let own = self.rounds.keys().next_back().map_or(0, |own| own.0);
        RoundId(own.max(self.world.given.round) + 1)
    }

    /// The number the next check gets.
    pub fn next_check(&self) -> CheckId {
        let own = self.checks.keys().next_back().map_or(0, |own| own.0);
        CheckId(own.max(self.world.given.check) + 1)
    }

    pub fn put_check(&mut self, check: Check) {
        self.recount.insert(check.round);
        self.checks.insert(check.id, check);
    }

    /// The check, changed in something that its round does not count.
    pub fn amend(&mut self, check: Check) {
        self.checks.insert(check.id, check);
    }

    /// Let `event` happen to a check, and everything that follows from it.
    pub fn happen(&mut self, id: CheckId, event: &Event) -> Stepped {
        let Some(check) = self.check(id).cloned() else {
            return Stepped::Unchanged;
        };
        let event = &super::ready::weighed(self.world, check.asked.account, event);
        let (state, effects) = spotcheck::step(&check.ladder, &check.state, event, self.now);
        if state == check.state {
            return Stepped::Unchanged;
        }
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
            self.climb(id, &ClimbEvent::Ended(ClimbEnd::Answered));
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
    fn tell_round(&mut self, id: RoundId) {
        let Some(round) = self.round(id).cloned() else {
            return;
        };
        let checks = round.checks.iter().filter_map(|c| self.check(*c));
        let Some(summary) = summary(&round, checks) else {
            return;
        };
        let to = match round.order {
            Order::Drawn => self.world.clerks().map(|clerk| clerk.id).collect(),
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
    }
}
