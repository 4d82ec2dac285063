use super::{Law, Laws};
use crate::decide::Check;
use crate::simulate::faults::Kind;
use crate::simulate::run::{Run, Step};
use crate::simulate::truth::{Fate, Given, GivenAs};
use crate::spotcheck::{
    BlindCause, CheckId, Evidence, Outcome, Plea, State, Unreached, VoidReason,
};
use crate::time::{Moment, TimeDelta};

/// Telegram keeps a press for so long.
const PRESS_KEPT: TimeDelta = TimeDelta::seconds(150);
/// And a text for so long.
const TEXT_KEPT: TimeDelta = TimeDelta::hours(24);
/// Shorter than this nothing is called a blind interval.
const BLIND: TimeDelta = TimeDelta::seconds(100);
/// A question that could have left for this long is not unsent by misfortune.
const COULD_LEAVE: TimeDelta = TimeDelta::seconds(100);
/// As near as the two clocks are compared: by whole seconds, and by what was a while on its way.
const CLOCKS_BLUR: TimeDelta = TimeDelta::seconds(10);
const SECOND: TimeDelta = TimeDelta::seconds(1);

impl Run {
    /// A check stands otherwise than before.
    pub(super) fn judged(&mut self, laws: &Laws, check: &Check, before: Option<&State>) -> Step {
        let Some(outcome) = check.state.outcome() else {
            return Ok(());
        };
        let old = before.and_then(State::outcome);
        if old == Some(outcome) {
            return Ok(());
        }
        self.tell(|_| format!("= {} {outcome:?}", check.id));
        if let Some(asked) = self.truth.checks.get_mut(&check.id) {
            asked.judged.get_or_insert(self.now);
        }
        if let Some(old) = old
            && worth(outcome) <= worth(old)
        {
            let facts = format!("{}: {old:?} {outcome:?}", check.id);
            return Err(self.broken(Law::OnlyFavours, facts));
        }
        let is_void = matches!(outcome, Outcome::Void { .. } | Outcome::Present { .. });
        if laws.cancelled.contains(&check.id) && !is_void {
            return Err(self.broken(Law::CalledOff, format!("{}: {outcome:?}", check.id)));
        }
        match outcome {
            Outcome::NoAnswer { .. } => self.unanswered(check),
            Outcome::Late { evidence, .. } => {
                self.own_answer(check.id, evidence)?;
                self.nothing_in_time(check.id, outcome)
            }
            Outcome::Present { evidence } => {
                let given = self.own_answer(check.id, evidence)?;
                self.not_before(check.id, &given)?;
                // Where no receipt of the question came, nobody can say when it did.
                match check.state.delivery() {
                    Some(_) => self.not_late(check.id, &given, evidence),
                    None => Ok(()),
                }
            }
            Outcome::Undeliverable { reason } => self.undeliverable(check, *reason),
            Outcome::Void { reason } => self.void(laws, check, reason),
        }
    }

    /// 2, 4 and 5.
    fn unanswered(&self, check: &Check) -> Step {
        let id = check.id;
        let Some(end) = self.truth.deadline(id, check.ladder.window()) else {
            return Err(self.broken(Law::Undeliverable, format!("{id}: never asked")));
        };
        let drained = end + check.ladder.drain();
        // Without its own copy, the last one heard of counts.
        let heard = self.truth.checks.get(&id).is_none_or(|a| a.unheard == 0);
        if heard && self.now + SECOND < drained {
            return Err(self.broken(Law::NoAnswerProven, format!("{id}: {drained}")));
        }
        self.nothing_in_time(
            id,
            &Outcome::NoAnswer {
                queue_read_from: end,
            },
        )?;
        let from = self
            .truth
            .checks
            .get(&id)
            .and_then(|a| a.copies.first().copied());
        let from = from.unwrap_or(end);
        let blind = self.truth.gaps.iter().find(|(start, over)| {
            let pressed = from.max(*start);
            pressed < end && *over > from && pressed + PRESS_KEPT < *over
        });
        if let Some((start, over)) = blind {
            let facts = format!("{id}: {start} {over}");
            return Err(self.broken(Law::NoAnswerProven, facts));
        }
        Ok(())
    }

    /// The second: whatever became of it, an answer in time is not held against anybody. A text
    /// that Telegram held back past the drain is heard later; where it never came, because another
    /// took it or it grew too old, nobody could know, and it is counted.
    fn nothing_in_time(&self, id: CheckId, outcome: &Outcome) -> Step {
        let window = self.policy.ladder.window();
        let Some(end) = self.truth.deadline(id, window) else {
            return Ok(());
        };
        // A copy nobody heard of may have come later than the one by which it is judged.
        let drained = (end + self.policy.ladder.drain() - SECOND).min(self.now);
        let is_silence = matches!(outcome, Outcome::NoAnswer { .. });
        let mut answers = self.truth.answers(id);
        let given = answers.find(|given| {
            let known = match given.fate {
                Fate::Taken | Fate::Expired => given.visible < drained,
                // What a backup undid and Telegram had held back, nobody could know.
                Fate::Kept(at) => !self.truth.was_undone(at) || given.visible < drained,
                Fate::Waiting => is_silence && given.visible < drained,
            };
            given.counts_from() <= end && known
        });
        match given {
            Some(given) => Err(self.broken(Law::InTime, format!("{id}: {given:?} {outcome:?}"))),
            None => Ok(()),
        }
    }

    /// The answer `evidence` names, which the person asked gave.
    fn own_answer(
        &self,
        id: CheckId,
        evidence: &Evidence,
    ) -> Result<Given, Box<super::super::Broken>> {
        let (Evidence::Message { update, .. } | Evidence::Button { update, .. }) = evidence else {
            // Nobody here opens a page.
            return Err(self.broken(Law::OwnAnswer, format!("{id}: {evidence:?}")));
        };
        let mut answers = self.truth.answers(id);
        let given = answers.find(|given| given.update == Some(*update));
        // A word that is about several questions came before this copy of one.
        let account = self.truth.checks.get(&id).and_then(|asked| asked.account);
        let mut all = self.truth.given.iter();
        let word = all.find(|given| {
            given.update == Some(*update) && Some(given.account) == account && given.is_text()
        });
        given
            .or(word)
            .copied()
            .ok_or_else(|| self.broken(Law::OwnAnswer, format!("{id}: {evidence:?}")))
    }

    /// A word of before the question was queued says nothing of whether they were there then. Where
    /// the program began anew and heard nothing since, no clock is left to tell by.
    fn not_before(&self, id: CheckId, given: &Given) -> Step {
        let Some(asked) = self.truth.checks.get(&id) else {
            return Ok(());
        };
        let before = given.at + CLOCKS_BLUR < asked.queued;
        let (from, truth) = (given.at, &self.truth);
        let has_no_clock = || {
            truth.was_deaf(from, asked.queued, BLIND)
                && truth.was_troubled(Kind::STOPS, from - TEXT_KEPT, asked.queued)
        };
        if given.what == GivenAs::Here && before && !has_no_clock() {
            return Err(self.broken(Law::OwnAnswer, format!("{id}: {given:?} {asked:?}")));
        }
        Ok(())
    }

    /// A text after the deadline is not in time.
    fn not_late(&self, id: CheckId, given: &Given, evidence: &Evidence) -> Step {
        let window = self.policy.ladder.window();
        let is_text = matches!(evidence, Evidence::Message { .. });
        let end = self.truth.deadline(id, window);
        if is_text && end.is_some_and(|end| given.at > end + SECOND + SECOND) {
            return Err(self.broken(Law::OwnAnswer, format!("{id}: {given:?} {end:?}")));
        }
        Ok(())
    }

    /// 5.
    fn undeliverable(&self, check: &Check, reason: Unreached) -> Step {
        let asked = self.truth.checks.get(&check.id);
        let refused = asked.and_then(|asked| asked.refused);
        let account = check.asked.account;
        let holds = match reason {
            Unreached::NotBound => account.is_none(),
            Unreached::NotVerified => {
                let owner = account.and_then(|account| self.county.owner(account));
                let from = self.truth.checks.get(&check.id).map(|a| a.queued);
                owner.is_some_and(|owner| owner.habit.is_mute())
                    || account.is_some_and(|account| !self.was_heard(account, from))
            }
            reason => refused == Some(reason),
        };
        if holds {
            return Ok(());
        }
        let facts = format!("{}: {reason:?} {asked:?}", check.id);
        Err(self.broken(Law::Undeliverable, facts))
    }

    /// Whether anything of theirs was kept since the day before `from`.
    fn was_heard(&self, account: crate::decide::AccountId, from: Option<Moment>) -> bool {
        let tested = self.county.period.start() - TimeDelta::hours(8) - TimeDelta::minutes(1);
        let mut given = self.truth.given.iter();
        given.any(|given| {
            let kept = matches!(given.fate, Fate::Kept(at) if from.is_none_or(|from| at < from));
            given.account == account && kept && given.at > tested
        })
    }

    fn void(&mut self, laws: &Laws, check: &Check, reason: &VoidReason) -> Step {
        let id = check.id;
        let broken = |run: &Self| run.broken(Law::VoidHasCause, format!("{id}: {reason:?}"));
        match reason {
            VoidReason::Cancelled if laws.cancelled.contains(&id) => Ok(()),
            VoidReason::Cancelled => Err(broken(self)),
            VoidReason::Excused { plea, evidence } => {
                let _: (&Plea, _) = (plea, self.own_answer(id, evidence)?);
                Ok(())
            }
            VoidReason::Unsent { .. } => {
                let from = self
                    .truth
                    .checks
                    .get(&id)
                    .map_or(self.now, |asked| asked.queued);
                if self.could_leave(from) && !self.clock_was_set(from) {
                    return Err(broken(self));
                }
                self.figures.unsent += 1;
                Ok(())
            }
            VoidReason::Blind(blind) => {
                let off = self.off();
                let (from, to) = (blind.span.start() - off, blind.span.end() - off);
                let near = BLIND;
                let truth = &self.truth;
                let set = truth.was_troubled(Kind::CLOCK, from - TimeDelta::days(2), self.now);
                let restored = !truth.restored.is_empty();
                let holds = match blind.cause {
                    BlindCause::Unread => {
                        truth.was_deaf(from - near, to + near, BLIND) || set || restored
                    }
                    BlindCause::Conflict => {
                        truth.was_troubled(&[Kind::Conflict], from - near, to + near) || set
                    }
                    BlindCause::ClockSet => set,
                    BlindCause::Down => truth.crashes > 0,
                    BlindCause::Restored => restored,
                };
                if holds {
                    self.figures.blind += 1;
                    return Ok(());
                }
                Err(broken(self))
            }
        }
    }

    /// Whether nothing kept messages from leaving for a good while since `from`.
    fn could_leave(&self, from: Moment) -> bool {
        let mut at = from;
        let mut held: Vec<(Moment, Moment)> = self
            .truth
            .troubles
            .iter()
            .filter(|t| Kind::MUTING.contains(&t.kind) && t.to > from)
            .map(|t| (t.from, t.to))
            .collect();
        held.sort_unstable();
        for (start, over) in held {
            if start - at > COULD_LEAVE {
                return true;
            }
            at = at.max(over);
        }
        self.now - at > COULD_LEAVE
    }

    fn clock_was_set(&self, from: Moment) -> bool {
        self.truth.was_troubled(Kind::CLOCK, from, self.now)
    }
}

/// What an outcome is worth to the person.
fn worth(outcome: &Outcome) -> u8 {
    match outcome {
        Outcome::NoAnswer { .. } => 0,
        Outcome::Late { .. } | Outcome::Void { .. } | Outcome::Undeliverable { .. } => 1,
        Outcome::Present { .. } => 2,
    }
}
