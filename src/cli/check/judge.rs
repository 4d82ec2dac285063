use std::path::Path;

use super::args::{Kept, Tabling, Wishes};
use super::gather::{Gathered, gathered};
use super::inputs::{Bytes, Input};
use super::sifted;
use super::tables::{Judged, Tables};
use crate::coverage::{self, Demand, Hole, HoleClass};
use crate::files;
use crate::review::{self, DemandFrom, Facts, Heard, Muted, PeriodFrom, judged_period};
use crate::roster::{self, Asked, Finding, Reading, Roster, Severity};
use crate::time::{Period, TimeDelta, Zone, holidays_of};

/// All that is known of the files once they are read and judged.
pub(super) struct Checked {
    pub files: Vec<CheckedFile>,
    /// Empty, and so are the needs and the holes, where nothing is made of them: see [`Kept`].
    pub roster: Roster,
    /// See [`Gathered::stand_ins`].
    pub stand_ins: Vec<String>,
    pub demand: Demand,
    pub holes: Vec<Hole>,
    /// What is to be heard, in the order of the files.
    pub findings: Vec<Finding>,
    /// What somebody has chosen not to hear.
    pub muted: Vec<Muted>,
    pub zone: Zone,
    pub counts: Counts,
    /// Where they were asked for: in parts, to be written one after the other.
    pub tables: Vec<Tables>,
}

/// What came out, counted.
#[derive(Clone, Copy, Default)]
pub(super) struct Counts {
    pub units: usize,
    pub shifts: usize,
    /// Findings to be heard: notes, warnings, errors.
    pub findings: [usize; 3],
    pub gaps: usize,
    pub gap_time: TimeDelta,
    pub unjudged: usize,
}

impl Counts {
    pub fn of_holes(holes: &[Hole]) -> Self {
        let of = |class| holes.iter().filter(move |hole| hole.class == class);
        Self {
            gaps: of(HoleClass::Gap).count(),
            gap_time: of(HoleClass::Gap).map(|hole| hole.span.length()).sum(),
            unjudged: of(HoleClass::CannotRead).count(),
            ..Self::default()
        }
    }

    pub fn hear(&mut self, findings: &[Finding]) {
        for finding in findings {
            self.findings[finding.severity() as usize] += 1;
        }
    }

    pub fn add(&mut self, other: &Self) {
        self.units += other.units;
        self.shifts += other.shifts;
        let findings = self.findings.iter_mut().zip(other.findings);
        findings.for_each(|(all, more)| *all += more);
        self.gaps += other.gaps;
        self.gap_time += other.gap_time;
        self.unjudged += other.unjudged;
    }

    /// Findings as serious as this or more.
    pub fn from(&self, least: Severity) -> usize {
        self.findings[least as usize..].iter().sum()
    }
}

pub(super) struct CheckedFile {
    pub path: String,
    /// None where nothing is made of them: see [`Kept`].
    pub bytes: Bytes,
    /// What a person said of its form.
    pub answers: roster::Answers,
    /// Its roster and findings have been taken out.
    pub reading: Reading,
}

/// Reads the files and judges them together.
pub(super) fn checked(mut inputs: Vec<Input>, wishes: &Wishes) -> Checked {
    if let [only] = &mut inputs[..]
        && let Some(checked) = sifted::checked(only, wishes)
    {
        return checked;
    }
    let mut readings: Vec<Reading> = inputs
        .iter()
        .map(|input| {
            let asked = Asked {
                answers: input.answers.clone(),
                ..wishes.asked.clone()
            };
            files::read(&input.bytes, &asked)
        })
        .collect();
    if wishes.kept == Kept::Findings {
        for input in &mut inputs {
            input.bytes = Vec::new().into();
        }
    }
    let names: Vec<String> = inputs.iter().map(|input| stem(&input.path)).collect();
    let Gathered {
        roster,
        mut findings,
        stand_ins,
    } = gathered(&mut readings, &names);
    let zone = wishes.asked.zone;
    let (period, period_from) = period(&roster, wishes);
    let (demand, demand_from) = demand(&roster, period, wishes);
    let holes = coverage::holes(&demand, &roster);
    findings.extend(review::review(&Facts {
        roster: &roster,
        demand: &demand,
        demand_from,
        period_from,
        holes: &holes,
        units: &wishes.units,
        zone,
        limits: wishes.limits,
    }));
    let tables = (wishes.tables != Tabling::NotAsked).then(|| {
        let surplus = match demand_from {
            DemandFrom::List => coverage::surplus(&demand, &roster),
            DemandFrom::Roster => Vec::new(),
        };
        Tables::of(&Judged {
            roster: &roster,
            holes: &holes,
            surplus: &surplus,
            findings: &findings,
            zone,
        })
    });
    review::in_file_order(&mut findings);
    let Heard {
        mut findings,
        muted,
    } = review::suppressed(findings, &wishes.selection, &roster);
    review::in_file_order(&mut findings);
    let mut counts = Counts {
        units: roster.units().len(),
        shifts: roster.shifts.len(),
        ..Counts::of_holes(&holes)
    };
    counts.hear(&findings);
    let files = inputs.into_iter().zip(readings);
    Checked {
        files: files
            .map(|(input, reading)| CheckedFile {
                path: input.path,
                bytes: input.bytes,
                answers: input.answers,
                reading,
            })
            .collect(),
        findings,
        muted,
        roster,
        stand_ins,
        demand,
        holes,
        zone,
        counts,
        tables: tables.into_iter().collect(),
    }
}

fn demand(roster: &Roster, period: Period, wishes: &Wishes) -> (Demand, DemandFrom) {
    let Some(needs) = &wishes.needs else {
        let demand = coverage::demand(roster, period, &wishes.units);
        return (demand, DemandFrom::Roster);
    };
    let demand = coverage::demand_of_list(&needs.entries(), roster, period, roster::role_of);
    (demand, DemandFrom::List)
}

/// The period asked for; else the announced holiday the dates touch; else the dates' own span.
fn period(roster: &Roster, wishes: &Wishes) -> (Period, PeriodFrom) {
    let zone = wishes.asked.zone;
    let (period, from) = judged_period(roster, wishes.asked.period, zone);
    // Without one date there is nothing to judge, and any period does; the latest is the likeliest.
    period.map_or_else(
        || {
            let latest = holidays_of().last().expect("the table holds holidays");
            (latest.period(zone), PeriodFrom::Holiday)
        },
        |period| (period, from),
    )
}

fn stem(path: &str) -> String {
    let stem = Path::new(path).file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}
