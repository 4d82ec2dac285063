//! The rules a roster is judged by, in the order a clerk reads them: one rule per file, each with
//! a bad and a good example.
//!
//! A rule turns facts into findings. It knows no sentence, no language, no output format, and
//! whether somebody muted it; the reader's own findings never pass through here.

mod above_need;
mod below_minimum;
mod boundary_uncovered;
mod double_booked;
mod duplicate_row;
mod fold;
mod handover_seam;
mod leader_gap;
mod leader_is_officer;
mod ledger;
mod no_holiday_data;
mod no_landline;
mod officer_gap;
mod outside_period;
mod overlap_same_post;
mod overview;
mod people;
mod period;
#[cfg(test)]
mod scene;
mod selection;
mod shared_phone;
mod short_rest;
mod sieve;
mod suppression;
mod too_long;
mod two_phones;
mod uncovered;
mod unit_missing;
mod unknown_unit;

pub use period::{judged_period, judged_period_of};
pub use selection::{Selection, UnknownCode};
pub use sieve::{Answer, Piece, Sifting, Wanted};
pub use suppression::{Heard, Muted, MutedBy, suppressed};

use crate::coverage::{Demand, Hole};
use crate::roster::{Code, Finding, Roster, UnitEntry};
use crate::time::{TimeDelta, Zone};
use ledger::Ledger;

/// Everything the rules look at.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub roster: &'a Roster,
    pub demand: &'a Demand,
    pub demand_from: DemandFrom,
    pub period_from: PeriodFrom,
    pub holes: &'a [Hole],
    /// Who must send a roster; empty where there is no such list.
    pub units: &'a [UnitEntry],
    pub zone: Zone,
    pub limits: Limits,
}

/// Where the demand comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemandFrom {
    /// Every post the roster has.
    Roster,
    /// Somebody's list of needs.
    List,
}

/// Where the period comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodFrom {
    /// Somebody gave it.
    Asked,
    /// The announced holiday the roster's dates touch.
    Holiday,
    /// The roster's own first and last moment, for want of anything better.
    Roster,
}

/// How much is too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Between two shifts of one person; `None` does not ask.
    pub min_rest: Option<TimeDelta>,
    /// Shift after shift without a break.
    pub max_hours: TimeDelta,
    /// Up to this long, a hole between two shifts is a slip at the handover.
    pub seam: TimeDelta,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            min_rest: None,
            max_hours: TimeDelta::hours(24),
            seam: TimeDelta::minutes(15),
        }
    }
}

/// One rule: the code of its findings, what it looks at together, and how it finds them.
struct Rule {
    code: Code,
    looks_at: LooksAt,
    judge: Judge,
}

/// What a rule must see as a whole; of the rest it need see nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LooksAt {
    /// What one post needs, and its shifts.
    Post,
    /// One person's shifts, and those of whoever shares a number with them.
    Person,
    /// The overview of the whole file.
    File,
}

type Judge = fn(&Facts, &Ledger) -> Vec<Finding>;

/// All rules, in order.
const RULES: &[Rule] = &[
    rule(Code::G001, LooksAt::Post, officer_gap::findings),
    rule(Code::G002, LooksAt::Post, leader_gap::findings),
    rule(Code::G003, LooksAt::Post, handover_seam::findings),
    rule(Code::G004, LooksAt::File, boundary_uncovered::findings),
    rule(Code::G005, LooksAt::Post, below_minimum::findings),
    rule(Code::G006, LooksAt::Post, unit_missing::findings),
    rule(Code::C101, LooksAt::Person, double_booked::findings),
    rule(Code::C102, LooksAt::Post, overlap_same_post::findings),
    rule(Code::C103, LooksAt::Post, duplicate_row::findings),
    rule(Code::C104, LooksAt::Person, too_long::findings),
    rule(Code::C105, LooksAt::Person, leader_is_officer::findings),
    rule(Code::C106, LooksAt::Person, short_rest::findings),
    rule(Code::C107, LooksAt::Post, above_need::findings),
    rule(Code::P202, LooksAt::Person, shared_phone::findings),
    rule(Code::P203, LooksAt::Person, two_phones::findings),
    rule(Code::P204, LooksAt::File, no_landline::findings),
    rule(Code::F307, LooksAt::File, unknown_unit::findings),
    rule(Code::H401, LooksAt::File, outside_period::findings),
    rule(Code::H402, LooksAt::File, no_holiday_data::findings),
];

const fn rule(code: Code, looks_at: LooksAt, judge: Judge) -> Rule {
    Rule {
        code,
        looks_at,
        judge,
    }
}

/// What the rules find, in the order of the file; what has no cell comes last, in the order of
/// the rules.
#[must_use]
pub fn review(facts: &Facts) -> Vec<Finding> {
    let ledger = Ledger::of(facts.roster);
    let mut findings = judged(RULES.iter(), facts, &ledger);
    in_file_order(&mut findings);
    findings
}

/// What the rules that look at this find, in the order of the rules.
fn judged_by(looks_at: LooksAt, facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    let rules = RULES.iter().filter(|rule| rule.looks_at == looks_at);
    judged(rules, facts, ledger)
}

fn judged<'r>(
    rules: impl Iterator<Item = &'r Rule>,
    facts: &Facts,
    ledger: &Ledger,
) -> Vec<Finding> {
    rules
        .flat_map(|rule| {
            let found = (rule.judge)(facts, ledger);
            debug_assert!(found.iter().all(|finding| finding.code == rule.code));
            found
        })
        .collect()
}

/// Sorts findings as a reader meets their cells; those without a cell last.
pub fn in_file_order(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| (finding.place.is_none(), finding.place));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_code_of_its_own_in_order() {
        for pair in RULES.windows(2) {
            assert!(pair[0].code < pair[1].code, "{:?}", pair[1].code);
        }
    }
}
