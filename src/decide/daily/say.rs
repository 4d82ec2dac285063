//! The facts of what is said by the clock.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Matter, ReportId};
use crate::decide::{GapLine, Somebody};
use crate::duty::{Heading, Turn};
use crate::spotcheck::Unreached;
use crate::time::Moment;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DailySay {
    ShiftAhead {
        turns: Vec<Turn>,
        #[serde(default)]
        ahead: Ahead,
    },
    Digest(Digest),
    ReportAsked {
        report: ReportId,
        unit: String,
        due: Moment,
        asking: Asking,
    },
    /// What about?
    ReportAbout {
        report: ReportId,
        unit: String,
    },
    /// The next text is it.
    ReportWrite {
        heading: Heading,
    },
    ReportGiven {
        report: ReportId,
        unit: String,
        at: Moment,
        matters: Vec<Matter>,
    },
    /// To the clerks: something was reported.
    Happened {
        unit: String,
        matter: Matter,
    },
    /// To the clerks: who has reported, and what.
    Reports(Reports),
}

/// How far ahead a shift is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ahead {
    /// It is time to set out.
    #[default]
    Soon,
    /// The evening before a night.
    Tomorrow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asking {
    First,
    /// It is due, and nothing has come.
    Again,
    /// Somebody wants to report of themselves.
    Unasked,
}

/// The clerks' morning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    pub day: NaiveDate,
    /// Who is on today, by unit.
    pub units: Vec<(String, Vec<String>)>,
    /// Of the next 24 hours.
    pub gaps: Vec<GapLine>,
    /// On duty within 24 hours, and not bound.
    pub unbound: Vec<(Somebody, Moment)>,
    /// On duty within 24 hours, and the last message did not arrive.
    pub gone: Vec<(Somebody, Unreached)>,
    /// Requests for leave that wait for an answer.
    pub waiting: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reports {
    pub day: NaiveDate,
    pub quiet: u32,
    pub matters: Vec<(String, Matter)>,
    pub missing: Vec<String>,
    /// Of those missing, units in which nobody on duty can be asked here.
    pub unasked: Vec<String>,
}
