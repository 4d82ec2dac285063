//! What became of a check beside its outcome: who above was asked, what they found, what the
//! person said, and what a person ruled.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{AccountId, Check};
use crate::roster::{Phone, Presence, Role};
use crate::spotcheck::{
    CheckId, Climb, ClimbEnd, Explanation, Outcome, Rung, Said, Sighting, Stage, Standing, State,
    Unreached, Verdict, VerdictReason, VoidReason, again_from, next_climb,
};
use crate::time::Moment;

/// How long a text is still the answer to "anything to add?".
const WORDS_AWAITED: TimeDelta = TimeDelta::minutes(30);

/// A check that has not ended for so long after its time is one we cannot hear of.
const UNHEARD_FOR: TimeDelta = TimeDelta::minutes(2);

/// Everything about a check that its outcome does not say. Entries are only ever added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FollowUp {
    /// Who stands above, nearest first, as it was at the ping.
    pub rungs: Vec<Above>,
    pub climb: Climb,
    pub reports: Vec<Report>,
    pub statements: Vec<Statement>,
    /// The last one not withdrawn stands.
    pub rulings: Vec<Ruling>,
    /// Since when the person's own words are awaited.
    pub words_from: Option<Moment>,
    /// A verdict whose reason is still to come.
    pub drafting: Option<Drafting>,
    /// How often a clerk opened it to verify.
    pub sheets: u32,
    /// 补查: the check this one asks again, which was void for a fault of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<InsteadOf>,
    /// Where it was void for a fault of ours itself.
    #[serde(skip_serializing_if = "MadeUp::is_not_yet")]
    pub made_up: MadeUp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InsteadOf {
    pub check: CheckId,
    /// How often its person has been asked again with this one, for one fault of ours after another.
    pub times: u32,
}

/// Whether a check that was void for a fault of ours is made up for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MadeUp {
    #[default]
    NotYet,
    /// They are let sleep until then.
    NotBefore(Moment),
    /// That one asks the same person in the same shift, later.
    By(CheckId),
    /// Their shift is over, or somebody else has it, or it has been tried often enough, or they
    /// were there when somebody rang.
    Never,
}

impl MadeUp {
    fn is_not_yet(&self) -> bool {
        *self == MadeUp::NotYet
    }
}

impl Check {
    /// From when on a reading that leaves the queue empty is the sign to ask its person again; `None`
    /// where there is no reason to, or no more.
    pub(super) fn again_from(&self) -> Option<Moment> {
        let State::Closed { outcome, at, .. } = &self.state else {
            return None;
        };
        let is_owed = outcome.is_our_fault() && self.asked.account.is_some();
        match self.follow_up.made_up {
            MadeUp::NotYet if is_owed => {
                let times = self.follow_up.instead_of.map_or(0, |before| before.times);
                again_from(&self.ladder, *at, times, self.asked.shift.end())
            }
            MadeUp::NotBefore(morning) if is_owed => Some(morning),
            _ => None,
        }
    }
}

/// Somebody above the person asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Above {
    pub rung: Rung,
    pub standing: Standing,
    /// Empty where nobody has the duty.
    pub unit: String,
    pub name: String,
    pub account: Option<AccountId>,
}

/// What somebody found who rang or looked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub rung: Rung,
    pub by: AccountId,
    pub name: String,
    pub sighting: Sighting,
    pub at: Moment,
}

/// What the person asked said beside their answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub at: Moment,
    pub said: Said,
}

/// A verdict, by a person and for a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    pub verdict: Verdict,
    pub reason: VerdictReason,
    pub by: AccountId,
    pub name: String,
    pub at: Moment,
    /// Later evidence spoke against it.
    pub withdrawn: Option<Moment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drafting {
    pub by: AccountId,
    pub verdict: Verdict,
    pub at: Moment,
}

/// Why somebody above is asked to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    #[default]
    NoAnswer,
    Undelivered(Unreached),
    /// Stepped out, and not back.
    NotBack,
    /// Says that somebody else has the shift, and nobody says so too.
    NotRelieved,
}

/// Why they need not look any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recall {
    /// The person answered after all.
    Answered,
    /// The person is back.
    Back,
    /// Somebody else has the shift, and says so.
    Relieved,
    /// They looked, and said so.
    Reported { rung: Rung, sighting: Sighting },
    /// Somebody else knows.
    Settled,
}

/// Somebody to be rung: the duty line first, then their own number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToRing {
    /// `None` where nobody was asked: then there is nothing to record a result for.
    pub check: Option<CheckId>,
    pub unit: String,
    pub name: String,
    pub role: Role,
    pub presence: Presence,
    pub duty_line: Option<String>,
    pub phone: Option<Phone>,
}

/// What stands on record beside an outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remark {
    Said(Said),
    Found {
        rung: Rung,
        name: String,
        sighting: Sighting,
        at: Moment,
    },
    Ruled {
        verdict: Verdict,
        reason: VerdictReason,
        by: String,
        at: Moment,
    },
}

impl FollowUp {
    #[must_use]
    pub fn standings(&self) -> Vec<Standing> {
        self.rungs.iter().map(|above| above.standing).collect()
    }

    /// The rung's person, where there is one.
    #[must_use]
    pub fn above(&self, rung: u8) -> Option<&Above> {
        self.rungs.get(usize::from(rung))
    }

    /// The verdict that stands.
    #[must_use]
    pub fn ruling(&self) -> Option<&Ruling> {
        self.rulings
            .last()
            .filter(|ruling| ruling.withdrawn.is_none())
    }

    /// Whether it has come up to the office.
    #[must_use]
    pub fn is_with_the_clerk(&self) -> bool {
        let asked = self.climb.asked.last().and_then(|rung| self.above(*rung));
        asked.is_some_and(|above| above.rung == Rung::Clerk)
    }

    /// Whether the person's next text is about this check.
    #[must_use]
    pub fn awaits_words(&self, now: Moment) -> bool {
        self.words_from
            .is_some_and(|from| now - from < WORDS_AWAITED)
    }

    /// Whether the next text of `clerk` is the reason of a verdict.
    #[must_use]
    pub fn awaits_reason(&self, clerk: AccountId, now: Moment) -> bool {
        self.drafting
            .is_some_and(|draft| draft.by == clerk && now - draft.at < WORDS_AWAITED)
    }

    /// What a clerk found last who rang.
    #[must_use]
    pub fn rung_up(&self) -> Option<Sighting> {
        let mut rung = self.reports.iter().rev();
        let last = rung.find(|report| report.rung == Rung::Clerk);
        last.map(|report| report.sighting)
    }

    /// What the person last said.
    #[must_use]
    pub fn last_said(&self) -> Option<&Said> {
        self.statements.last().map(|statement| &statement.said)
    }

    /// All that a reader of the record should see beside the outcome, in its order.
    #[must_use]
    pub fn remarks(&self) -> Vec<Remark> {
        let said = self.statements.iter().filter_map(|s| match &s.said {
            Said::Explanation(Explanation::None) => None,
            said => Some(Remark::Said(said.clone())),
        });
        let found = self.reports.iter().map(|report| Remark::Found {
            rung: report.rung,
            name: report.name.clone(),
            sighting: report.sighting,
            at: report.at,
        });
        let ruled = self.ruling().map(|ruling| Remark::Ruled {
            verdict: ruling.verdict,
            reason: ruling.reason.clone(),
            by: ruling.name.clone(),
            at: ruling.at,
        });
        said.chain(found).chain(ruled).collect()
    }
}

impl Check {
    /// When the way up goes on by itself.
    #[must_use]
    pub fn next_climb(&self) -> Option<Moment> {
        let follow_up = &self.follow_up;
        follow_up.climb.is_running().then(|| {
            let standings = follow_up.standings();
            next_climb(&standings, self.ladder.rung_patience(), &follow_up.climb)
        })?
    }

    /// Whether a person still has to look into it: no answer, or none that could be given.
    #[must_use]
    pub fn is_unsettled(&self) -> bool {
        let follow_up = &self.follow_up;
        let open = match self.state.outcome() {
            Some(Outcome::NoAnswer { .. } | Outcome::Undeliverable { .. }) => true,
            Some(Outcome::Void {
                reason: VoidReason::Excused { .. },
            }) => follow_up.climb.is_under_way(),
            _ => false,
        };
        let found = matches!(
            follow_up.climb.stage,
            Stage::Over {
                end: ClimbEnd::Answered | ClimbEnd::Back | ClimbEnd::Relieved | ClimbEnd::Ruled,
                ..
            }
        );
        let rung_up = follow_up.rung_up().is_some();
        let awaits_verdict = matches!(self.state.outcome(), Some(Outcome::NoAnswer { .. }));
        open && !found && follow_up.ruling().is_none() && (awaits_verdict || !rung_up)
    }

    /// Whether a verdict may be given: only where no answer came.
    #[must_use]
    pub fn may_be_ruled(&self) -> bool {
        matches!(self.state.outcome(), Some(Outcome::NoAnswer { .. }))
    }

    /// Whether only a telephone tells of them at `now`: we do not hear, or did not, and they have
    /// not been asked again.
    #[must_use]
    pub fn is_unheard(&self, now: Moment) -> bool {
        let is_asked_again = matches!(self.follow_up.made_up, MadeUp::By(_));
        match self.state.outcome() {
            Some(outcome) => outcome.is_our_fault() && !is_asked_again,
            None => self.is_overdue(now),
        }
    }

    /// Whether a result of the telephone is still evidence of something.
    #[must_use]
    pub fn takes_a_call(&self, now: Moment) -> bool {
        match self.state.outcome() {
            Some(
                Outcome::NoAnswer { .. }
                | Outcome::Undeliverable { .. }
                | Outcome::Void {
                    reason: VoidReason::Excused { .. },
                },
            ) => true,
            Some(outcome) => outcome.is_our_fault(),
            None => self.is_overdue(now),
        }
    }

    /// Whether it should have been sent, or ended, a while ago: something of ours is in the way.
    fn is_overdue(&self, now: Moment) -> bool {
        let due = match &self.state {
            State::Asking { queued, .. } => *queued + self.ladder.window(),
            State::Waiting { delivery, .. } | State::Draining { delivery, .. } => {
                delivery.judged_from(&self.ladder)
            }
            State::Closed { .. } => return false,
        };
        now >= due + UNHEARD_FOR
    }
}
