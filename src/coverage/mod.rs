//! Demand − shifts = holes, with headcount, per unit and post.
//!
//! What nobody mans is a [`Hole`] with a class; only [`HoleClass::Gap`] is anybody's fault. This
//! floor does not know rules, severities or sentences, and asks for no unit's opinion.

mod demand;
mod headcount;
mod holes;
mod map;

pub use demand::{demand, demand_of_list, min_staff, needed};
pub use headcount::{Turn, above, below};
pub use holes::{class_of, holes, surplus};
pub use map::{CoverageMap, Lane, Manning, Mark, Neighbour, Sight, UnitRow, coverage_map};

use serde::{Deserialize, Serialize};

use crate::roster::Role;
use crate::time::{Period, Span};

/// How many a post needs, all through the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    pub unit: String,
    /// The post's name.
    pub post: String,
    pub role: Role,
    pub count: u32,
}

/// What must be manned, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    pub period: Period,
    pub needs: Vec<Need>,
}

/// A stretch in which a post has fewer people than it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hole {
    pub unit: String,
    pub post: String,
    pub role: Role,
    pub span: Span,
    pub class: HoleClass,
    pub needed: u32,
    pub present: u32,
}

/// Why nobody is there; only the first is a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum HoleClass {
    /// Nobody, or fewer than needed, inside the period.
    Gap,
    /// Before the first handover at the period's start, at most 12 h: the day before's.
    Boundary,
    /// Beside something that could not be read.
    CannotRead,
    /// The unit sent nothing.
    NotSubmitted,
    /// The roster itself says this is no duty.
    Declared,
}

/// A stretch in which a post has more people than it needs, also outside the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surplus {
    pub unit: String,
    pub post: String,
    pub span: Span,
    pub needed: u32,
    pub present: u32,
}
