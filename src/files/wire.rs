//! What the unpacking process says, a line of JSON at a time. A workbook whose last line is
//! missing was not unpacked to its end.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Line {
    /// The rows and merges that follow are this sheet's.
    Sheet {
        name: String,
    },
    /// A row counted from 0, and its cells that are not blank, with their columns from 0.
    Row(u32, Vec<(u32, String)>),
    /// First and last row and column, counted from 0.
    Merge([u32; 4]),
    /// Rows and columns of the sheet that are not shown, counted from 0.
    Hidden {
        rows: Vec<u32>,
        columns: Vec<u32>,
    },
    Fault(Fault),
    End,
}

/// Why a workbook is not told whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Fault {
    Locked,
    Damaged,
    /// A sheet has something in a row this far down.
    Rows(u32),
    /// More cells than are taken.
    Cells,
}
