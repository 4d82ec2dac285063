//! Every outcome, made anew from what happened to its check.

use std::collections::{BTreeMap, BTreeSet};

use super::Fault;
use super::book::{Book, Entered};
use super::updates::sender;
use super::watch::Watch;
use crate::journal::Deed;
use crate::spotcheck::{CheckId, Digest, Event, Ladder, Outcome, State, step};

#[derive(Default)]
pub(super) struct Outcomes {
    pub proven: u64,
    pub unproven: u64,
    checks: BTreeMap<CheckId, Standing>,
    /// Whose each account is or was, by the lines so far.
    people: BTreeSet<(i64, String)>,
    /// Those that were asked again.
    made_up: BTreeSet<CheckId>,
    /// What the next line has to say.
    owed: Option<(CheckId, Option<Outcome>, Outcome)>,
}

/// A check as the lines so far make it.
struct Standing {
    unit: String,
    name: String,
    /// `None` where an earlier program wrote it down.
    machine: Option<(Ladder, State)>,
    outcome: Option<Outcome>,
}

impl Outcomes {
    pub fn take(&mut self, entered: &Entered, watch: &Watch, book: &Book) -> Result<(), Fault> {
        let at = entered.entry.at;
        if let Some((check, before, evident)) = self.owed.take() {
            return self.settled(&entered.entry.deed, check, before, evident);
        }
        match &entered.entry.deed {
            Deed::CheckAsked {
                check,
                unit,
                name,
                version,
                ladder,
            } => {
                let there = watch.roll.present(unit, at);
                let is_there = there.iter().any(|present| present.name == name);
                // An earlier program sealed no roster.
                let is_sealed = watch.version > 0;
                if is_sealed && !(is_there && *version == watch.version) {
                    return Err(Fault::NotOnDuty {
                        check: *check,
                        version: *version,
                    });
                }
                let asking = State::Asking {
                    queued: at,
                    blind: None,
                };
                let standing = Standing {
                    unit: unit.clone(),
                    name: name.clone(),
                    machine: ladder.map(|ladder| (ladder, asking)),
                    outcome: None,
                };
                if self.checks.insert(*check, standing).is_some() {
                    return Err(Fault::NoCheck { check: *check });
                }
            }
            Deed::CheckMadeUp { check, instead_of } => {
                if !self.makes_up(*check, *instead_of) {
                    return Err(Fault::MadeUp { check: *check });
                }
                self.made_up.insert(*instead_of);
            }
            Deed::PersonBound { account, name, .. } => {
                self.people.insert((*account, name.clone()));
            }
            Deed::CheckHappened { check, event, raw } => {
                if let Some(raw) = raw {
                    self.answered_by(*check, event, *raw, book)?;
                }
                let no_check = Fault::NoCheck { check: *check };
                let standing = self.checks.get_mut(check).ok_or(no_check)?;
                let Some((ladder, state)) = &mut standing.machine else {
                    return Ok(());
                };
                let (after, _) = step(ladder, state, event, at);
                if after == *state {
                    return Err(Fault::NoEffect { check: *check });
                }
                *state = after;
                let evident = after.outcome().copied();
                if evident != standing.outcome {
                    let before = standing.outcome;
                    self.owed = evident.map(|evident| (*check, before, evident));
                }
            }
            Deed::CheckClosed { check, outcome } | Deed::CheckAmended { check, outcome, .. } => {
                let no_check = Fault::NoCheck { check: *check };
                let standing = self.checks.get_mut(check).ok_or(no_check)?;
                // No line before it makes an outcome of what happened.
                if standing.machine.is_some() {
                    return Err(Fault::Outcome {
                        check: *check,
                        written: Some(*outcome),
                        evident: standing.outcome,
                    });
                }
                standing.outcome = Some(*outcome);
                self.unproven += 1;
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether the update of that digest is one this person answered that check with.
    fn answered_by(
        &self,
        check: CheckId,
        event: &Event,
        raw: Digest,
        book: &Book,
    ) -> Result<(), Fault> {
        let raw = book.updates.get(&raw);
        let raw = raw.ok_or(Fault::UpdateMissing { check })?;
        let standing = self.checks.get(&check).ok_or(Fault::NoCheck { check })?;
        let own = |account| self.people.contains(&(account, standing.name.clone()));
        let is_own = sender(raw, check, event).is_some_and(own);
        is_own.then_some(()).ok_or(Fault::UpdateOther { check })
    }

    /// The line after an event that closes a check, or raises it, says with what.
    fn settled(
        &mut self,
        deed: &Deed,
        check: CheckId,
        before: Option<Outcome>,
        evident: Outcome,
    ) -> Result<(), Fault> {
        let written = match deed {
            Deed::CheckClosed { check: of, outcome } if *of == check && before.is_none() => {
                Some(*outcome)
            }
            Deed::CheckAmended {
                check: of,
                before: was,
                outcome,
            } if *of == check && before == Some(*was) => Some(*outcome),
            _ => None,
        };
        if written != Some(evident) {
            return Err(Fault::Outcome {
                check,
                written,
                evident: Some(evident),
            });
        }
        self.proven += 1;
        if let Some(standing) = self.checks.get_mut(&check) {
            standing.outcome = written;
        }
        Ok(())
    }

    /// Whether `before` was void for a fault of the office's, is not made up for, and `check` asks the
    /// same person after it.
    fn makes_up(&self, check: CheckId, before: CheckId) -> bool {
        let is_void = self.outcome(before).is_some_and(Outcome::is_our_fault);
        let was_asked = self.checks.get(&before);
        let is_theirs = was_asked.is_some_and(|of| self.asks(check, &of.unit, &of.name));
        check > before && is_void && is_theirs && !self.made_up.contains(&before)
    }

    /// Nothing is owed any more.
    pub fn end(&self) -> Result<(), Fault> {
        match self.owed {
            None => Ok(()),
            Some((check, _, evident)) => Err(Fault::Outcome {
                check,
                written: None,
                evident: Some(evident),
            }),
        }
    }

    pub fn outcome(&self, check: CheckId) -> Option<&Outcome> {
        self.checks.get(&check)?.outcome.as_ref()
    }

    /// Whether `check` asks this person of this unit.
    pub fn asks(&self, check: CheckId, unit: &str, name: &str) -> bool {
        let standing = self.checks.get(&check);
        standing.is_some_and(|s| s.unit == unit && s.name == name)
    }
}
