//! Above the person asked: who is told next that no answer came, until somebody knows more.
//!
//! The check itself is closed by then, at the person's own deadline. What a rung reports is
//! evidence for a person's verdict; nothing here changes an outcome. Like [`super::step`] it is
//! pure, and it knows no account: whether a rung can be asked is handed in.

use serde::{Deserialize, Serialize};

use super::Sighting;
use crate::time::{Moment, TimeDelta};

/// Who stands above the person asked, nearest first.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// Another officer of the same post, or a stand-in of the unit.
    Second,
    #[default]
    DutyLeader,
    ChiefLeader,
    Clerk,
}

/// Whether somebody can be asked on a rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Reachable,
    /// Somebody has this duty, and no account.
    NoAccount,
    /// Nobody has this duty now.
    Vacant,
    /// The same account stands on another rung, or is the person asked.
    Elsewhere,
}

/// How far up a check has gone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Climb {
    pub stage: Stage,
    /// The rungs that were asked, in their order, each once.
    pub asked: Vec<u8>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nobody above had to be asked.
    #[default]
    Below,
    /// The climb begins at `until`, unless it ends before.
    Due {
        until: Moment,
    },
    /// A rung has been asked; `told` once the question is on their phone. An outage in between
    /// does not use up their patience.
    On {
        rung: u8,
        told: Option<Moment>,
    },
    Over {
        end: ClimbEnd,
        at: Moment,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClimbEnd {
    /// The person answered after all.
    Answered,
    /// The person is back at post.
    Back,
    /// Somebody else has the shift, and says so.
    Relieved,
    /// A rung found them at post.
    Found,
    /// A verdict was given.
    Ruled,
    /// There is nobody to ask.
    Nobody,
    /// Nothing can be made of their silence any more.
    Void,
}

/// What can happen on the way up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClimbEvent {
    /// No answer came, or none is to be waited for any more.
    Silent,
    /// Nobody is to look before `until`: the person stepped out with leave till then, somebody
    /// else is asked whether the shift is theirs, or those above may be answering checks of
    /// their own.
    Due {
        until: Moment,
    },
    /// Straight to the last rung: it is a matter for the office.
    Referred,
    /// The question reached the rung's phone.
    Told {
        rung: u8,
        at: Moment,
    },
    /// It never will.
    Refused {
        rung: u8,
    },
    Sighted {
        rung: u8,
        sighting: Sighting,
    },
    Woken,
    Ended(ClimbEnd),
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClimbEffect {
    /// Nobody can be asked on this rung.
    Skip(u8),
    Ask(u8),
    /// The rung need not look any more.
    Recall(u8),
}

/// The climb after `event`; `rungs` says for each rung, lowest first, whether it can be asked.
#[must_use]
pub fn climb(
    rungs: &[Standing],
    patience: TimeDelta,
    before: &Climb,
    event: &ClimbEvent,
    now: Moment,
) -> (Climb, Vec<ClimbEffect>) {
    let mut after = Ascent {
        rungs,
        patience,
        now,
        climb: before.clone(),
        effects: Vec::new(),
    };
    match (before.stage, *event) {
        (Stage::Below | Stage::Due { .. }, ClimbEvent::Silent) => after.up_from(0),
        (Stage::Below, ClimbEvent::Due { until }) => {
            after.climb.stage = Stage::Due { until };
        }
        (Stage::Below, ClimbEvent::Referred) => after.up_from(rungs.len().saturating_sub(1)),
        (Stage::Due { until }, ClimbEvent::Woken) if now >= until => after.up_from(0),
        (Stage::Due { .. } | Stage::On { .. }, ClimbEvent::Ended(end)) => after.end(end, None),
        (Stage::On { rung, told: None }, ClimbEvent::Told { rung: told, at }) if told == rung => {
            let told = Some(at);
            after.climb.stage = Stage::On { rung, told };
            after.pass_the_impatient();
        }
        (Stage::On { rung, .. }, ClimbEvent::Refused { rung: refused }) if refused == rung => {
            after.up_from(usize::from(rung) + 1);
        }
        (Stage::On { .. }, ClimbEvent::Woken) => after.pass_the_impatient(),
        (Stage::On { rung, .. }, ClimbEvent::Sighted { rung: by, sighting }) => match sighting {
            Sighting::AtPost => after.end(ClimbEnd::Found, Some(by)),
            Sighting::NotThere | Sighting::NotReached if by == rung => {
                after.up_from(usize::from(rung) + 1);
            }
            Sighting::NotThere | Sighting::NotReached => {}
        },
        _ => {}
    }
    (after.climb, after.effects)
}

/// When to look again, if nothing happens before.
#[must_use]
pub fn next_climb(rungs: &[Standing], patience: TimeDelta, climb: &Climb) -> Option<Moment> {
    match climb.stage {
        Stage::Due { until } => Some(until),
        Stage::On {
            rung,
            told: Some(told),
        } => reachable_from(rungs, usize::from(rung) + 1).map(|_| told + patience),
        Stage::Below | Stage::On { told: None, .. } | Stage::Over { .. } => None,
    }
}

impl Climb {
    /// Whether somebody above still has to look.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        matches!(self.stage, Stage::On { .. })
    }

    /// Whether time runs in it.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self.stage, Stage::Due { .. } | Stage::On { .. })
    }

    /// The same by a clock of ours that was set on by `by`.
    #[must_use]
    pub fn moved(&self, by: TimeDelta) -> Self {
        let stage = match self.stage {
            Stage::Due { until } => Stage::Due { until: until + by },
            Stage::On { rung, told } => Stage::On {
                rung,
                told: told.map(|told| told + by),
            },
            Stage::Below | Stage::Over { .. } => self.stage,
        };
        Self {
            stage,
            ..self.clone()
        }
    }
}

/// One step of a climb in the making.
struct Ascent<'a> {
    rungs: &'a [Standing],
    patience: TimeDelta,
    now: Moment,
    climb: Climb,
    effects: Vec<ClimbEffect>,
}

impl Ascent<'_> {
    /// To the first rung from `from` on that can be asked; where there is none, the one that was
    /// asked last keeps the question.
    fn up_from(&mut self, from: usize) {
        let Some(next) = reachable_from(self.rungs, from) else {
            if self.climb.asked.is_empty() {
                self.end(ClimbEnd::Nobody, None);
            }
            return;
        };
        let skipped = (from..usize::from(next)).filter_map(|rung| u8::try_from(rung).ok());
        self.effects.extend(skipped.map(ClimbEffect::Skip));
        self.effects.push(ClimbEffect::Ask(next));
        self.climb.asked.push(next);
        self.climb.stage = Stage::On {
            rung: next,
            told: None,
        };
    }

    fn pass_the_impatient(&mut self) {
        if let Stage::On {
            rung,
            told: Some(told),
        } = self.climb.stage
            && self.now >= told + self.patience
        {
            self.up_from(usize::from(rung) + 1);
        }
    }

    fn end(&mut self, end: ClimbEnd, by: Option<u8>) {
        let asked = self.climb.asked.iter().filter(|rung| Some(**rung) != by);
        self.effects
            .extend(asked.map(|rung| ClimbEffect::Recall(*rung)));
        self.climb.stage = Stage::Over { end, at: self.now };
    }
}

fn reachable_from(rungs: &[Standing], from: usize) -> Option<u8> {
    let above = rungs.iter().enumerate().skip(from);
    above
        .filter(|(_, standing)| **standing == Standing::Reachable)
        .find_map(|(rung, _)| u8::try_from(rung).ok())
}
