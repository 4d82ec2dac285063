//! `zaigang.check/1`: the one contract other programs may lean on. Fields are only ever added.
//!
//! Its JSON Schema stands beside it, drawn from these types; a test holds the two together, and
//! what is written here over a field is what the schema says of it.

use serde::Serialize;

use crate::coverage::HoleClass;
use crate::roster::{CellUse, Presence, Role, Severity};

/// The schema of the report, as `check --schema` prints it.
pub(super) const SCHEMA: &str = include_str!("zaigang.check.1.schema.json");

/// What `zaigang check --format json` says of all files together.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "zaigang.check/1"))]
pub(super) struct Report<'a> {
    /// `zaigang.check/1`.
    #[cfg_attr(test, schemars(extend("const" = "zaigang.check/1")))]
    pub schema: &'static str,
    /// What the rosters were judged over.
    pub period: Period,
    /// Every file, in the order asked for.
    pub files: Vec<File<'a>>,
    /// Every shift read, file by file.
    pub shifts: Vec<ShiftLine<'a>>,
    /// Every stretch of a post that nobody, or too few, are on.
    pub gaps: Vec<Gap<'a>>,
    /// What is to be said; what repeats is said once.
    pub findings: Vec<FindingLine>,
    pub summary: Summary,
    /// What somebody has chosen not to hear; left out where that is nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suppressed: Vec<Suppressed>,
    /// With `--account`: what became of every cell that is not blank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cells: Option<Vec<Cell>>,
}

/// A stretch of time, `[start, end)`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Period {
    #[cfg_attr(test, schemars(extend("format" = "date-time")))]
    pub start: String,
    #[cfg_attr(test, schemars(extend("format" = "date-time")))]
    pub end: String,
}

/// One file, and how its bytes became a table.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct File<'a> {
    /// As it was asked for; `-` for standard input.
    pub path: &'a str,
    /// As encoding standards name it, in lower case.
    pub encoding: &'static str,
    /// Null for workbooks, which say their sheet instead.
    pub delimiter: Option<char>,
    /// The sheet that was read; workbooks alone have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<&'a str>,
    #[cfg_attr(test, schemars(regex(pattern = "^[0-9a-f]{64}$")))]
    pub sha256: String,
    /// Rows as a spreadsheet counts them: blank lines count, a quoted line break does not.
    pub rows: u32,
}

/// One stretch of duty at one post, by one person or several together.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ShiftLine<'a> {
    /// Empty where the file names none.
    pub unit: &'a str,
    /// As the roster calls it.
    pub post: &'a str,
    pub role: Role,
    pub presence: Presence,
    #[cfg_attr(test, schemars(extend("format" = "date-time")))]
    pub start: String,
    #[cfg_attr(test, schemars(extend("format" = "date-time")))]
    pub end: String,
    /// At least one.
    pub people: Vec<PersonLine<'a>>,
    /// The file gives no hours: they are the handover's.
    pub assumed_hours: bool,
    pub source: Source,
}

/// The cell a shift's people stand in.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Source {
    /// Index into `files`.
    pub file: u32,
    /// From 1, as a spreadsheet shows it.
    pub row: u32,
    /// From 1.
    pub column: u32,
}

/// Somebody a roster names.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct PersonLine<'a> {
    pub name: &'a str,
    /// Digits alone; whole, as a program has to compare it.
    #[cfg_attr(test, schemars(regex(pattern = "^[0-9]{3,15}$")))]
    pub phone: Option<&'a str>,
}

/// One stretch of a post with fewer people than it needs.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Gap<'a> {
    pub unit: &'a str,
    pub post: &'a str,
    #[cfg_attr(test, schemars(extend("format" = "date-time")))]
    pub start: String,
    #[cfg_attr(test, schemars(extend("format" = "date-time")))]
    pub end: String,
    pub class: HoleClass,
    pub needed: u32,
    pub present: u32,
}

/// One thing to say about a roster.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct FindingLine {
    /// `zaigang explain CODE` says what it means; it never changes its meaning.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Z][0-9]{3}$")))]
    pub code: &'static str,
    /// The code's name, `officer-gap`.
    pub name: &'static str,
    pub severity: Severity,
    /// One sentence, in the language of `--lang`.
    pub message: String,
    /// What may be done about it; may be empty.
    pub help: String,
    /// Index into `files`; null where it is about no file.
    pub file: Option<u32>,
    /// From 1; null where it is about the file as a whole.
    pub row: Option<u32>,
    /// From 1; null where it is about the row as a whole.
    pub column: Option<u32>,
    /// As a spreadsheet names it, `E3`.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Z]+[0-9]+$")))]
    pub cell: Option<String>,
}

/// A finding that somebody has chosen not to hear.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Suppressed {
    #[serde(flatten)]
    pub finding: FindingLine,
    pub by: SuppressedBy,
    /// Why, where somebody says; a remark always does.
    pub reason: Option<String>,
}

/// Where somebody chose so.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(super) enum SuppressedBy {
    /// In a remark, for its own row.
    Remark,
    /// In the settings, for one unit.
    Unit,
    /// In the settings or by a flag.
    Everywhere,
}

/// What came out, counted.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Summary {
    pub units: usize,
    pub shifts: usize,
    pub errors: usize,
    pub warnings: usize,
    /// How many findings are under `suppressed`; left out where none are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<usize>,
}

/// One cell, and what became of it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Cell {
    /// Index into `files`.
    pub file: u32,
    pub row: u32,
    pub column: u32,
    pub r#as: CellUse,
    /// Index into `shifts`, for a cell that is part of one.
    pub shift: Option<u32>,
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// `BLESS=1` writes it.
    #[test]
    fn the_schema_is_that_of_the_types() {
        let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
        let schema = settings.into_generator().into_root_schema_for::<Report>();
        let drawn = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if std::env::var_os("BLESS").is_some() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/check");
            std::fs::write(folder.join("zaigang.check.1.schema.json"), &drawn).unwrap();
        }
        assert!(drawn == SCHEMA, "the types now say:\n{drawn}");
    }
}
