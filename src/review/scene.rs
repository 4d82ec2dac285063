//! What a rule's examples are judged in.

use super::{DemandFrom, Facts, Judge, Ledger, Limits, PeriodFrom};
use crate::coverage;
use crate::roster::{Finding, NeedEntry, Role, Roster, UnitEntry, sample};
use crate::time::Zone;

/// A small roster for the National Day of 2026, with the lists beside it.
pub struct Scene {
    pub roster: Roster,
    pub units: Vec<UnitEntry>,
    pub needs: Vec<NeedEntry>,
    pub limits: Limits,
    pub period_from: PeriodFrom,
}

impl Scene {
    /// See [`sample::roster`].
    pub fn of(lines: &str) -> Self {
        Self {
            roster: sample::roster(lines),
            units: Vec::new(),
            needs: Vec::new(),
            limits: Limits::default(),
            period_from: PeriodFrom::Asked,
        }
    }

    /// What one rule says of it.
    pub fn findings(&self, judge: Judge) -> Vec<Finding> {
        let (demand, demand_from) = if self.needs.is_empty() {
            let demand = coverage::demand(&self.roster, sample::week(), &self.units);
            (demand, DemandFrom::Roster)
        } else {
            let officer = |_: &str| Role::DutyOfficer;
            let demand =
                coverage::demand_of_list(&self.needs, &self.roster, sample::week(), officer);
            (demand, DemandFrom::List)
        };
        let facts = Facts {
            roster: &self.roster,
            demand: &demand,
            demand_from,
            period_from: self.period_from,
            holes: &coverage::holes(&demand, &self.roster),
            units: &self.units,
            zone: Zone::default(),
            limits: self.limits,
        };
        judge(&facts, &Ledger::of(&self.roster))
    }
}
