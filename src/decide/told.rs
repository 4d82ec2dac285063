//! What messages tell, in parts: who is on duty, what is uncovered, how a round came out.

use serde::{Deserialize, Serialize};

use super::{Changed, FormReport, Remark, RoundId};
use crate::coverage::CoverageMap;
use crate::roster::{Finding, Phone, Presence, Role};
use crate::spotcheck::{CheckId, Digest, Exposure, Outcome};
use crate::time::{Moment, Period, Span};

/// One page of what is known of a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawShown {
    pub period: Period,
    pub per_unit: u32,
    /// When each was told, oldest first.
    pub commitments: Vec<(Moment, Digest)>,
    /// Once it is told.
    pub seed: Option<Digest>,
    /// Of all units together.
    pub total: crate::spotcheck::Exposed,
    /// The page's units.
    pub exposure: Exposure,
    pub page: u32,
    pub pages: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Toast {
    Recorded {
        at: Moment,
    },
    RecordedLate {
        at: Moment,
    },
    /// Answered before.
    Already,
    Done,
    NotYours,
    Outdated,
    OnlyForClerks,
    /// What was pressed stands on record.
    Noted,
    /// There is always a clerk.
    LastClerk,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listener {
    Clerk,
    /// Speaks for a unit.
    Liaison,
    Officer,
    Outsider,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkRefusal {
    Used,
    Unknown,
    /// It was no link but a number, and its person has another account.
    NumberTaken,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ping {
    pub check: CheckId,
    pub name: String,
    pub role: Role,
    pub presence: Presence,
    pub window_ms: u64,
    /// By our clock, where it is known already; a ping's own is counted from its sending.
    pub deadline: Option<Moment>,
    /// The check it asks again, which was void for a fault of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<CheckId>,
}

/// What a file turned out to hold, as its sender has to be told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileReport {
    pub units: u32,
    pub shifts: u32,
    /// Findings at error first, then warnings; at most [`FileReport::SHOWN`].
    pub findings: Vec<Finding>,
    pub errors: u32,
    pub warnings: u32,
    pub gaps: GapReport,
    /// Rows (as the spreadsheet counts them) that could not be read.
    pub unread_rows: Vec<u32>,
    /// Units of the version in force that this file does not name and leaves as they are.
    pub kept_units: u32,
    /// Against the version in force, where there is one.
    #[serde(default)]
    pub changed: Option<Box<Changed>>,
    /// "So I read it", and what is asked of the form.
    #[serde(default)]
    pub form: FormReport,
}

impl FileReport {
    pub const SHOWN: usize = 8;
}

/// Uncovered time, the nearest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapReport {
    pub now: Option<Moment>,
    pub period: Option<Period>,
    /// Officers' posts; at most [`GapReport::SHOWN`].
    pub gaps: Vec<GapLine>,
    pub gap_count: u32,
    pub gap_minutes: u64,
    /// Leaders' posts; at most [`GapReport::SHOWN`].
    pub leader_gaps: Vec<GapLine>,
    pub leader_gap_count: u32,
    /// At most [`GapReport::SHOWN`].
    pub not_submitted: Vec<String>,
    #[serde(default)]
    pub not_submitted_count: u32,
    /// Units with a gap of officers or leaders.
    #[serde(default)]
    pub gap_units: u32,
    /// Stretches beside rows that could not be read.
    pub cannot_read: u32,
    pub units: u32,
    pub units_fine: u32,
    /// Units with a duty leader's post: of the others nobody can say that a leader is missing.
    #[serde(default)]
    pub units_led: u32,
}

impl GapReport {
    pub const SHOWN: usize = 12;
}

/// One page of the map of what is uncovered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapPicture {
    pub version: u32,
    pub map: CoverageMap,
    /// From 1.
    pub page: usize,
    /// So many pages are sent.
    pub pages: usize,
    pub report: GapReport,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapLine {
    pub unit: String,
    pub post: String,
    pub role: Role,
    pub span: Span,
    pub needed: u32,
    pub present: u32,
}

/// Who a unit has on duty at one moment, after leave and swaps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnDuty {
    pub unit: String,
    /// Post and people; a post that is empty now has none.
    pub posts: Vec<(String, Vec<String>)>,
    /// Of these people, who is there instead of whom.
    #[serde(default)]
    pub stand_ins: Vec<(String, String)>,
}

/// Somebody with no account, and the link to send them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlinked {
    pub unit: String,
    pub name: String,
    pub phone: Option<Phone>,
    /// `?start=` payload of the personal link.
    pub payload: String,
    pub bot: Option<String>,
    /// The address of their own page, for who has no Telegram.
    #[serde(default)]
    pub page: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundSummary {
    pub round: RoundId,
    pub at: Moment,
    pub counts: Counts,
    /// All but those present, gravest first.
    pub others: Vec<Other>,
    /// Who chose whom it asked.
    #[serde(default)]
    pub origin: Origin,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    #[default]
    Ordered,
    Drawn,
    /// For checks that were void for a fault of ours.
    MadeUp,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub present: u32,
    pub late: u32,
    pub no_answer: u32,
    pub undeliverable: u32,
    pub void: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    pub check: CheckId,
    pub unit: String,
    pub name: String,
    pub outcome: Outcome,
    #[serde(default)]
    pub remarks: Vec<Remark>,
}

impl Counts {
    pub fn add(&mut self, outcome: &Outcome) {
        let field = match outcome {
            Outcome::Present { .. } => &mut self.present,
            Outcome::Late { .. } => &mut self.late,
            Outcome::NoAnswer { .. } => &mut self.no_answer,
            Outcome::Undeliverable { .. } => &mut self.undeliverable,
            Outcome::Void { .. } => &mut self.void,
        };
        *field += 1;
    }

    #[must_use]
    pub fn total(&self) -> u32 {
        self.present + self.late + self.no_answer + self.undeliverable + self.void
    }
}
