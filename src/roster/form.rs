//! What the reader took a file's form to be: which column is what, and what it would ask of it.

use serde::{Deserialize, Serialize};

use super::questions::Question;
use super::shift::Role;

/// The form of one file, as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Of every table, in order; the same column of a later section stands once. At most
    /// [`Form::COLUMNS_KEPT`].
    pub columns: Vec<ColumnRead>,
    /// What a person could settle, the most telling first.
    pub questions: Vec<Question>,
}

impl Form {
    /// A wide sheet's days, and more; beyond this nobody looks.
    pub const COLUMNS_KEPT: usize = 256;
}

/// A column, and what it was read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnRead {
    /// From 1.
    pub column: u32,
    /// As written over it; empty where nothing is.
    pub label: String,
    pub holds: ColumnHolds,
    /// The first cell of it, as written.
    pub example: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnHolds {
    Dates,
    Weekdays,
    Starts,
    Ends,
    Hours,
    Units,
    /// Which post each row is about.
    Posts,
    /// People whose post stands elsewhere in the row.
    Names,
    People {
        post: String,
        role: Role,
    },
    /// A day of an axis: whoever stands under it is on that day.
    OneDay,
    Phones,
    DutyLines,
    Remarks,
    /// It could not be put to any use.
    Unknown,
}
