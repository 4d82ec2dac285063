use std::path::Path;

use super::args::{FileBytes, Wishes};
use super::gather::{Gathered, gathered};
use super::inputs::Input;
use crate::coverage::{self, Demand, Hole};
use crate::files;
use crate::review::{self, DemandFrom, Facts, Heard, Muted, PeriodFrom, judged_period};
use crate::roster::{self, Asked, Finding, Reading, Roster};
use crate::time::{Period, Zone, holidays_of};

/// All that is known of the files once they are read and judged.
pub(super) struct Checked {
    pub files: Vec<CheckedFile>,
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
}

pub(super) struct CheckedFile {
    pub path: String,
    /// None where nothing is made of them: see [`FileBytes`].
    pub bytes: Vec<u8>,
    /// What a person said of its form.
    pub answers: roster::Answers,
    /// Its roster and findings have been taken out.
    pub reading: Reading,
}

/// Reads the files and judges them together.
pub(super) fn checked(mut inputs: Vec<Input>, wishes: &Wishes) -> Checked {
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
    if wishes.file_bytes == FileBytes::Freed {
        for input in &mut inputs {
            input.bytes = Vec::new();
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
    review::in_file_order(&mut findings);
    let Heard {
        mut findings,
        muted,
    } = review::suppressed(findings, &wishes.selection, &roster);
    review::in_file_order(&mut findings);
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
    }
}

fn demand(roster: &Roster, period: Period, wishes: &Wishes) -> (Demand, DemandFrom) {
    let Some(entries) = &wishes.needs else {
        let demand = coverage::demand(roster, period, &wishes.units);
        return (demand, DemandFrom::Roster);
    };
    let demand = coverage::demand_of_list(entries, roster, period, roster::role_of);
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
