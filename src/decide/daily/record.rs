use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::decide::AccountId;
use crate::duty::Heading;
use crate::time::Moment;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReportId(pub u32);

/// What a unit had to report of one day (日报告).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DailyReport {
    pub id: ReportId,
    pub unit: String,
    pub day: NaiveDate,
    /// Who was asked, and who asked to report unasked.
    pub asked: Vec<AccountId>,
    /// Nothing happened, somebody said.
    pub quiet: Option<Told>,
    pub matters: Vec<Matter>,
    /// Whose next text is a matter, and under which heading.
    pub writing: Option<(AccountId, Heading)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub by: AccountId,
    pub at: Moment,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    pub heading: Heading,
    pub words: String,
    pub told: Told,
}

/// A button of the daily report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportPress {
    Quiet,
    /// Something happened.
    Write,
    About(Heading),
}

impl DailyReport {
    /// Whether the unit has reported anything, be it that all is quiet.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.quiet.is_some() || !self.matters.is_empty()
    }
}
