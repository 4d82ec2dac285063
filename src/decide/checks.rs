//! All checks there ever were, and which of them somebody has to look at now: a round of thousands is
//! answered one by one, and nobody is to go through all of them for each answer.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use super::{AccountId, Check};
use crate::spotcheck::{self, CheckId, State};
use crate::time::Moment;

/// Read as a map of checks by their number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checks {
    all: BTreeMap<CheckId, Check>,
    /// Whom they ask.
    of: BTreeSet<(AccountId, CheckId)>,
    open: BTreeSet<CheckId>,
    wakes: Agenda,
    readings: Agenda,
    ends: Agenda,
    /// Those that were void for a fault of ours and are to be made up for.
    owed: Agenda,
}

/// When something is due about which check, in order of time.
#[derive(Clone, Debug, Default, PartialEq)]
struct Agenda(BTreeSet<(Moment, CheckId)>);

impl Deref for Checks {
    type Target = BTreeMap<CheckId, Check>;

    fn deref(&self) -> &Self::Target {
        &self.all
    }
}

impl FromIterator<Check> for Checks {
    fn from_iter<I: IntoIterator<Item = Check>>(checks: I) -> Self {
        let mut all = Self::default();
        checks.into_iter().for_each(|check| all.put(check));
        all
    }
}

impl Checks {
    /// The check as it is now.
    pub fn put(&mut self, check: Check) {
        let id = check.id;
        let before = self.all.remove(&id);
        let (was, now) = (before.as_ref(), &check);
        if let Some(account) = was.and_then(|check| check.asked.account) {
            self.of.remove(&(account, id));
        }
        self.of
            .extend(now.asked.account.map(|account| (account, id)));
        if now.state.is_open() {
            self.open.insert(id);
        } else {
            self.open.remove(&id);
        }
        self.wakes
            .moves(id, was.and_then(Check::next_wake), now.next_wake());
        self.readings
            .moves(id, was.and_then(Check::reading_due), now.reading_due());
        self.ends
            .moves(id, was.and_then(Check::ends_from), now.ends_from());
        self.owed
            .moves(id, was.and_then(Check::again_from), now.again_from());
        self.all.insert(id, check);
    }

    /// Those that ask `account`, the oldest first.
    #[must_use]
    pub fn of(&self, account: AccountId) -> impl DoubleEndedIterator<Item = &Check> {
        let theirs = (account, CheckId(0))..=(account, CheckId(u32::MAX));
        self.of.range(theirs).filter_map(|(_, id)| self.all.get(id))
    }

    /// Those that have no outcome yet, the oldest first.
    pub fn open(&self) -> impl Iterator<Item = &Check> {
        self.open.iter().filter_map(|id| self.all.get(id))
    }

    /// Those that are due to be looked at by `now`, the oldest first.
    pub(super) fn woken(&self, now: Moment) -> impl Iterator<Item = &Check> {
        let woken = self.wakes.until(now).into_iter();
        woken.filter_map(|id| self.all.get(&id))
    }

    /// When the next is to be looked at.
    pub(super) fn next_wake(&self) -> Option<Moment> {
        self.wakes.next()
    }

    /// Those that may end once all is read that came before `to`, the oldest first. That somebody
    /// was not heard for a while changes none of these moments.
    pub(super) fn ended_by_reading(&self, to: Moment) -> BTreeSet<CheckId> {
        self.ends.until(to)
    }

    /// Those whose person is to be asked again once a reading that began at `began` left the queue
    /// empty, the oldest first.
    pub(super) fn owed(&self, began: Moment) -> impl Iterator<Item = &Check> {
        let owed = self.owed.until(began).into_iter();
        owed.filter_map(|id| self.all.get(&id))
    }

    /// When a reading of the queue that leaves it empty first closes one, or first is the sign that
    /// somebody can be asked again.
    #[must_use]
    pub fn reading_due(&self) -> Option<Moment> {
        self.readings.next()
    }
}

impl Agenda {
    fn moves(&mut self, id: CheckId, from: Option<Moment>, to: Option<Moment>) {
        if from == to {
            return;
        }
        if let Some(from) = from {
            self.0.remove(&(from, id));
        }
        self.0.extend(to.map(|to| (to, id)));
    }

    fn until(&self, now: Moment) -> BTreeSet<CheckId> {
        let due = self.0.iter().take_while(|(at, _)| *at <= now);
        due.map(|(_, id)| *id).collect()
    }

    fn next(&self) -> Option<Moment> {
        self.0.first().map(|(at, _)| *at)
    }
}

impl Check {
    /// When it is to be looked at again, if nothing happens before.
    fn next_wake(&self) -> Option<Moment> {
        let own = spotcheck::next_wake(&self.ladder, &self.state);
        own.into_iter().chain(self.next_climb()).min()
    }

    /// No reading of what came before then ends it; `None` where no reading ever does.
    fn ends_from(&self) -> Option<Moment> {
        match &self.state {
            State::Waiting { delivery, .. } | State::Draining { delivery, .. } => {
                Some(delivery.confirmed + self.ladder.window() + self.ladder.drain())
            }
            State::Asking { .. } | State::Closed { .. } => None,
        }
    }

    /// When a reading of the queue is to tell what became of it.
    fn reading_due(&self) -> Option<Moment> {
        match &self.state {
            State::Asking { queued, .. } => Some(*queued + self.ladder.window() / 4),
            State::Waiting { delivery, .. } | State::Draining { delivery, .. } => {
                Some(delivery.judged_from(&self.ladder))
            }
            State::Closed { .. } => self.again_from(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::asked;
    use super::*;
    use crate::spotcheck::{Blind, BlindCause, Delivery, Event, Outcome, Reminded, Stage, step};
    use crate::spotcheck::{Evidence, VoidReason};
    use crate::time::{Span, TimeDelta};

    fn at(secs: i64) -> Moment {
        Moment::from_timestamp(1_790_000_000 + secs, 0).unwrap()
    }

    fn state(kind: u8, from: i64) -> State {
        let delivery = Delivery {
            dated: at(from),
            confirmed: at(from + 1),
            queued: at(from),
            unwatched_ms: u64::from(kind / 8) * 7_000,
            resumed: (kind > 128).then(|| at(from + 900)),
        };
        let span = Span::new(at(from), at(from + 5)).unwrap();
        let cause = BlindCause::Unread;
        let blind = kind.is_multiple_of(3).then_some(Blind { span, cause });
        let reminded = Reminded::NotYet;
        match kind % 4 {
            0 => State::Asking {
                queued: at(from),
                blind,
            },
            1 => State::Waiting {
                delivery,
                reminded,
                blind,
            },
            2 => State::Draining {
                delivery,
                reminded,
                blind,
            },
            _ => State::Closed {
                outcome: Outcome::Void {
                    reason: VoidReason::Cancelled,
                },
                at: at(from),
                delivery: Some(delivery),
                reminded,
            },
        }
    }

    fn check((id, account, kind, from): (u32, i64, u8, i64)) -> Check {
        let state = state(kind, from);
        let mut check = asked(CheckId(id), AccountId(account), at(from), state);
        if account == 0 {
            check.asked.account = None;
        }
        if kind.is_multiple_of(5) {
            check.follow_up.climb.stage = Stage::Due {
                until: at(from + 3),
            };
        }
        check
    }

    proptest! {
        #[test]
        fn what_is_asked_of_some_is_what_all_would_answer(
            puts in prop::collection::vec((0..12_u32, 0..4_i64, any::<u8>(), 0..4_000_i64), 1..40),
            now in 0..6_000_i64,
        ) {
            let mut checks = Checks::default();
            let mut plain = BTreeMap::new();
            for put in puts {
                checks.put(check(put));
                plain.insert(CheckId(put.0), check(put));
            }
            let ids = |wanted: &dyn Fn(&Check) -> bool| -> Vec<CheckId> {
                plain.values().filter(|c| wanted(c)).map(|c| c.id).collect()
            };
            let told = |checks: &mut dyn Iterator<Item = &Check>| -> Vec<CheckId> {
                checks.map(|c| c.id).collect()
            };
            let now = at(now);
            prop_assert_eq!(&*checks, &plain);
            for account in (1..4).map(AccountId) {
                let theirs = ids(&|c| c.asked.account == Some(account));
                prop_assert_eq!(told(&mut checks.of(account)), theirs);
            }
            prop_assert_eq!(told(&mut checks.open()), ids(&|c| c.state.is_open()));
            let is_due = |c: &Check| c.next_wake().is_some_and(|wake| wake <= now);
            prop_assert_eq!(told(&mut checks.woken(now)), ids(&is_due));
            let wakes = plain.values().filter_map(Check::next_wake);
            prop_assert_eq!(checks.next_wake(), wakes.min());
            let readings = plain.values().filter_map(Check::reading_due);
            prop_assert_eq!(checks.reading_due(), readings.min());
        }

        #[test]
        fn a_reading_changes_none_but_those_it_may_end(
            kind in any::<u8>(), from in 0..4_000_i64, read in 0..6_000_i64, blind in 0..6_000_i64,
        ) {
            let mut checks = Checks::default();
            let check = check((1, 1, kind, from));
            checks.put(check.clone());
            let (to, now) = (at(read), at(6_000));
            let cause = BlindCause::Unread;
            let span = Span::new(at(blind), at(blind + 1)).unwrap();
            let blinded = Event::WentBlind(Blind { span, cause });
            let (blinded, _) = step(&check.ladder, &check.state, &blinded, now);
            for state in [check.state, blinded] {
                for event in [
                    Event::QueueRead { began: to },
                    Event::QueueReadUnverified { began: to },
                ] {
                    let (after, _) = step(&check.ladder, &state, &event, now);
                    let may_end = checks.ended_by_reading(to).contains(&check.id);
                    prop_assert!(may_end || after == state, "{state:?} {after:?}");
                }
            }
        }
    }

    #[test]
    fn who_is_answered_at_last_is_looked_at_no_more() {
        let mut checks = Checks::default();
        let waiting = check((1, 7, 1, 0));
        checks.put(waiting.clone());
        assert!(checks.reading_due().is_some() && checks.next_wake().is_some());
        let evidence = Evidence::Message {
            update: 1,
            dated: at(9),
            received: at(9),
        };
        let (state, _) = step(
            &waiting.ladder,
            &waiting.state,
            &Event::Answered(evidence),
            at(9),
        );
        checks.put(Check { state, ..waiting });
        assert_eq!((checks.reading_due(), checks.next_wake()), (None, None));
        assert!(
            checks
                .ended_by_reading(at(0) + TimeDelta::days(9))
                .is_empty()
        );
    }
}
