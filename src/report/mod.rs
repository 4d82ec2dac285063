//! What of a period is established, and may be said to everybody: gaps as the roster in force had
//! them at each time, rounds of checks, and findings that a person has verified by name.
//!
//! What nobody has verified is kept apart, in a type of its own, so that no document can hold it
//! by mistake. This floor knows no chat, no document and no sentence; it weighs nothing and ranks
//! nobody.

mod gaps;
#[cfg(test)]
mod tests;

pub use crate::journal::Naming;
pub use gaps::{Gap, InForce};

use serde::{Deserialize, Serialize};

use crate::roster::{Role, UnitEntry};
use crate::spotcheck::{CheckId, Outcome, Said, Verdict};
use crate::time::{Moment, Period, Span};

/// What a period is reported over and by.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    pub period: Period,
    /// What lies after it has not happened yet.
    pub now: Moment,
    /// Who must send a roster, where the office keeps such a list.
    pub listed: &'a [UnitEntry],
}

/// One spot check as the record has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub check: CheckId,
    pub round: u32,
    pub chosen: Chosen,
    pub unit: String,
    pub post: String,
    pub role: Role,
    pub name: String,
    /// When it was asked, or ordered where it never arrived.
    pub at: Moment,
    pub window_ms: u64,
    /// `None` while it runs.
    pub outcome: Option<Outcome>,
    /// The verdict that stands.
    pub ruled: Option<Ruled>,
    /// Who ordered it; `None` where nobody chose.
    pub ordered_by: Option<String>,
    /// What the person said beside their answer, in its order.
    pub said: Vec<Said>,
}

/// A person's verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruled {
    pub verdict: Verdict,
    /// Who gave it.
    pub by: String,
    pub at: Moment,
}

/// What stands at the head of a paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Head {
    #[default]
    Plain,
    /// 红头: the office's name in red, and a line for the number.
    Red,
}

/// Who chose whom to check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    /// The draw: nobody chose.
    AtRandom,
    /// A clerk.
    ByOrder,
}

/// All that is known of a period, sorted by whether it may be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiled {
    pub circular: Circular,
    /// Never part of any document.
    pub open: Vec<Open>,
}

/// What a circular may say: nothing in it waits for anybody's verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circular {
    /// The part of the period that has passed.
    pub covered: Span,
    /// Every unit, in the office's order, also those with nothing to say of.
    pub units: Vec<UnitLine>,
    pub random_rounds: u32,
    pub ordered_rounds: u32,
    /// By unit, then by time.
    pub gaps: Vec<Gap>,
    pub not_submitted: Vec<String>,
    /// By time.
    pub findings: Vec<Established>,
}

/// The settled checks of one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitLine {
    pub unit: String,
    pub random: Tally,
    pub ordered: Tally,
}

/// Settled checks by what came of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub present: u32,
    pub late: u32,
    /// No answer, and a person found them at post.
    pub present_by_phone: u32,
    /// No answer, and a person found a good reason.
    pub excused: u32,
    pub absent: u32,
    pub unreachable: u32,
    pub undeliverable: u32,
    pub void: u32,
}

/// A finding against somebody that a person has verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Established {
    pub check: CheckId,
    pub chosen: Chosen,
    pub unit: String,
    pub post: String,
    pub role: Role,
    pub name: String,
    pub at: Moment,
    pub window_ms: u64,
    pub ruled: Ruled,
}

/// A check of which nothing may be said yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    pub check: CheckId,
    pub unit: String,
    pub name: String,
    pub at: Moment,
    pub why: Unsettled,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unsettled {
    Running,
    /// No answer came, and nobody has given a verdict by name.
    NotVerified,
}

/// Sorts all that is known of `scope`'s period. `in_force`: the versions by their beginning; of
/// the time before the first, the first one says who was on duty. `None` where the period has not
/// begun.
#[must_use]
pub fn compiled(scope: &Scope<'_>, in_force: &[InForce], checks: &[Checked]) -> Option<Compiled> {
    let covered = Span::new(scope.period.start(), scope.period.end().min(scope.now))?;
    let mut units: Vec<UnitLine> = Vec::new();
    for unit in unit_names(scope, in_force) {
        line_of(&mut units, &unit);
    }
    let mut findings = Vec::new();
    let mut open = Vec::new();
    let mut rounds: Vec<(Chosen, u32)> = Vec::new();
    for checked in checks.iter().filter(|c| scope.period.contains(c.at)) {
        match settled(checked) {
            Err(why) => open.push(Open::of(checked, why)),
            Ok(count) => {
                let line = line_of(&mut units, &checked.unit);
                count(line.tally_mut(checked.chosen));
                rounds.push((checked.chosen, checked.round));
                findings.extend(Established::of(checked));
            }
        }
    }
    rounds.sort_unstable();
    rounds.dedup();
    let held = |chosen| number(rounds.iter().filter(|(c, _)| *c == chosen).count());
    findings.sort_by_key(|finding| (finding.at, finding.check));
    let order: Vec<String> = units.iter().map(|line| line.unit.clone()).collect();
    Some(Compiled {
        circular: Circular {
            covered,
            random_rounds: held(Chosen::AtRandom),
            ordered_rounds: held(Chosen::ByOrder),
            gaps: gaps::in_force_at_each_time(
                scope.period,
                covered,
                in_force,
                scope.listed,
                &order,
            ),
            not_submitted: gaps::not_submitted(in_force, scope.listed),
            findings,
            units,
        },
        open,
    })
}

/// How a check is counted; or why it must not be.
fn settled(checked: &Checked) -> Result<fn(&mut Tally), Unsettled> {
    let Some(outcome) = &checked.outcome else {
        return Err(Unsettled::Running);
    };
    Ok(match outcome {
        Outcome::Present { .. } => |tally| tally.present += 1,
        Outcome::Late { .. } => |tally| tally.late += 1,
        Outcome::Undeliverable { .. } => |tally| tally.undeliverable += 1,
        Outcome::Void { .. } => |tally| tally.void += 1,
        Outcome::NoAnswer { .. } => match checked.verified() {
            None => return Err(Unsettled::NotVerified),
            Some(ruled) => match ruled.verdict {
                Verdict::PresentByPhone => |tally| tally.present_by_phone += 1,
                Verdict::Excused => |tally| tally.excused += 1,
                Verdict::Absent => |tally| tally.absent += 1,
                Verdict::Unreachable => |tally| tally.unreachable += 1,
            },
        },
    })
}

impl Checked {
    /// The verdict on a check that got no answer, if somebody with a name gave it.
    fn verified(&self) -> Option<&Ruled> {
        let silent = matches!(self.outcome, Some(Outcome::NoAnswer { .. }));
        let ruled = self.ruled.as_ref().filter(|_| silent);
        ruled.filter(|ruled| !ruled.by.trim().is_empty())
    }
}

impl Established {
    /// `None` unless a person has found against them, by name.
    #[must_use]
    pub fn of(checked: &Checked) -> Option<Self> {
        let ruled = checked.verified()?;
        ruled.verdict.is_adverse().then(|| Self {
            check: checked.check,
            chosen: checked.chosen,
            unit: checked.unit.clone(),
            post: checked.post.clone(),
            role: checked.role,
            name: checked.name.clone(),
            at: checked.at,
            window_ms: checked.window_ms,
            ruled: ruled.clone(),
        })
    }
}

impl Open {
    fn of(checked: &Checked, why: Unsettled) -> Self {
        Self {
            check: checked.check,
            unit: checked.unit.clone(),
            name: checked.name.clone(),
            at: checked.at,
            why,
        }
    }
}

impl Circular {
    /// Units of which it says more than numbers: a gap, or a finding.
    #[must_use]
    pub fn concerned(&self) -> Vec<&str> {
        let lines = self.units.iter().map(|line| line.unit.as_str());
        lines.filter(|unit| self.concerns(unit)).collect()
    }

    fn concerns(&self, unit: &str) -> bool {
        self.gaps.iter().any(|gap| gap.unit == unit)
            || self.findings.iter().any(|finding| finding.unit == unit)
    }

    /// Whether both say the same of `unit`.
    #[must_use]
    pub fn says_the_same_of(&self, unit: &str, other: &Circular) -> bool {
        let gaps = |circular: &Circular| -> Vec<Gap> {
            let of_unit = circular.gaps.iter().filter(|gap| gap.unit == unit);
            of_unit.cloned().collect()
        };
        let findings = |circular: &Circular| -> Vec<(CheckId, Verdict)> {
            let of_unit = circular.findings.iter().filter(|f| f.unit == unit);
            of_unit.map(|f| (f.check, f.ruled.verdict)).collect()
        };
        gaps(self) == gaps(other) && findings(self) == findings(other)
    }

    /// Whether anybody has been named for anything, or a unit.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.gaps.is_empty() && self.findings.is_empty() && self.not_submitted.is_empty()
    }

    /// The same once more by how its findings' checks stand now: what holds no longer is taken out
    /// and counted as what it was.
    #[must_use]
    pub fn corrected(&self, stand: &[Checked]) -> Circular {
        let mut corrected = self.clone();
        corrected.findings.retain(|finding| {
            let now = stand.iter().find(|checked| checked.check == finding.check);
            now.is_none_or(|checked| Established::of(checked).is_some())
        });
        let kept: Vec<CheckId> = corrected.findings.iter().map(|f| f.check).collect();
        for gone in self.findings.iter().filter(|f| !kept.contains(&f.check)) {
            let tally = line_of(&mut corrected.units, &gone.unit).tally_mut(gone.chosen);
            let counted = match gone.ruled.verdict {
                Verdict::Unreachable => &mut tally.unreachable,
                _ => &mut tally.absent,
            };
            *counted = counted.saturating_sub(1);
            let now = stand.iter().find(|checked| checked.check == gone.check);
            if let Some(Ok(count)) = now.map(settled) {
                count(tally);
            }
        }
        corrected
    }

    /// All units' checks of one kind.
    #[must_use]
    pub fn total(&self, chosen: Chosen) -> Tally {
        self.units.iter().fold(Tally::default(), |sum, line| {
            sum.plus(match chosen {
                Chosen::AtRandom => line.random,
                Chosen::ByOrder => line.ordered,
            })
        })
    }
}

impl UnitLine {
    fn tally_mut(&mut self, chosen: Chosen) -> &mut Tally {
        match chosen {
            Chosen::AtRandom => &mut self.random,
            Chosen::ByOrder => &mut self.ordered,
        }
    }
}

impl Tally {
    /// How many were checked.
    #[must_use]
    pub fn checked(&self) -> u32 {
        self.columns().iter().sum()
    }

    /// In the order a table has them.
    #[must_use]
    pub fn columns(&self) -> [u32; 8] {
        [
            self.present,
            self.late,
            self.present_by_phone,
            self.excused,
            self.absent,
            self.unreachable,
            self.undeliverable,
            self.void,
        ]
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Tally) -> Tally {
        Tally {
            present: self.present + other.present,
            late: self.late + other.late,
            present_by_phone: self.present_by_phone + other.present_by_phone,
            excused: self.excused + other.excused,
            absent: self.absent + other.absent,
            unreachable: self.unreachable + other.unreachable,
            undeliverable: self.undeliverable + other.undeliverable,
            void: self.void + other.void,
        }
    }
}

/// The list's units first, then those the rosters name besides.
fn unit_names(scope: &Scope<'_>, in_force: &[InForce]) -> Vec<String> {
    let listed = scope.listed.iter().map(|entry| entry.unit.clone());
    let latest = in_force.last().map(|version| version.roster.units());
    let rostered = latest.unwrap_or_default().into_iter().map(str::to_owned);
    listed.chain(rostered).collect()
}

fn line_of<'a>(units: &'a mut Vec<UnitLine>, unit: &str) -> &'a mut UnitLine {
    let known = units.iter().position(|line| line.unit == unit);
    let at = known.unwrap_or_else(|| {
        units.push(UnitLine {
            unit: unit.to_owned(),
            ..UnitLine::default()
        });
        units.len() - 1
    });
    &mut units[at]
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
