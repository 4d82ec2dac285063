//! The one contract other programs may lean on: `zaigang.check/1`. Fields are only ever added.

use std::io::{self, Write};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::judge::{Checked, CheckedFile};
use super::{cell_name, level_name, tally};
use crate::coverage::{Hole, HoleClass};
use crate::review::{Muted, MutedBy};
use crate::roster::{
    self, Accounted, CellUse, Finding, Person, Place, Presence, Role, Shift, Telling,
};
use crate::time::{Span, Zone};
use crate::words::{Lang, finding::said};

pub(super) fn write(
    out: &mut impl Write,
    checked: &Checked,
    lang: Lang,
    account: Telling,
) -> io::Result<()> {
    let report = Report::of(checked, lang, account);
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    period: Period,
    files: Vec<File<'a>>,
    shifts: Vec<ShiftLine<'a>>,
    gaps: Vec<Gap<'a>>,
    findings: Vec<FindingLine>,
    summary: Summary,
    /// Only where something was suppressed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressed: Vec<Suppressed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cells: Option<Vec<Cell>>,
}

#[derive(Serialize)]
struct Period {
    start: String,
    end: String,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    encoding: &'static str,
    /// Null for workbooks, which say their sheet instead.
    delimiter: Option<char>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    sha256: String,
    rows: u32,
}

#[derive(Serialize)]
struct ShiftLine<'a> {
    unit: &'a str,
    post: &'a str,
    role: Role,
    presence: Presence,
    start: String,
    end: String,
    people: Vec<PersonLine<'a>>,
    assumed_hours: bool,
    source: Place,
}

#[derive(Serialize)]
struct PersonLine<'a> {
    name: &'a str,
    /// Whole, as a program has to compare it.
    phone: Option<&'a str>,
}

#[derive(Serialize)]
struct Gap<'a> {
    unit: &'a str,
    post: &'a str,
    start: String,
    end: String,
    class: HoleClass,
    needed: u32,
    present: u32,
}

#[derive(Serialize)]
struct FindingLine {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: String,
    help: String,
    file: Option<u32>,
    row: Option<u32>,
    column: Option<u32>,
    cell: Option<String>,
}

/// A finding that somebody has chosen not to hear, and why.
#[derive(Serialize)]
struct Suppressed {
    #[serde(flatten)]
    finding: FindingLine,
    by: &'static str,
    reason: Option<String>,
}

#[derive(Serialize)]
struct Summary {
    units: usize,
    shifts: usize,
    errors: usize,
    warnings: usize,
    /// Only where something was suppressed.
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<usize>,
}

#[derive(Serialize)]
struct Cell {
    file: u32,
    row: u32,
    column: u32,
    r#as: &'static str,
    /// Index into `shifts`.
    shift: Option<u32>,
}

impl<'a> Report<'a> {
    fn of(checked: &'a Checked, lang: Lang, account: Telling) -> Self {
        let zone = checked.zone;
        let tally = tally(checked);
        Self {
            schema: "zaigang.check/1",
            period: Period {
                start: zone.rfc3339(checked.period.start()),
                end: zone.rfc3339(checked.period.end()),
            },
            files: checked.files.iter().map(File::of).collect(),
            shifts: checked
                .roster
                .shifts
                .iter()
                .map(|s| ShiftLine::of(s, checked))
                .collect(),
            gaps: checked
                .holes
                .iter()
                .map(|hole| Gap::of(hole, checked))
                .collect(),
            findings: checked
                .findings
                .iter()
                .map(|finding| FindingLine::of(finding, zone, lang))
                .collect(),
            summary: Summary {
                units: tally.units,
                shifts: tally.shifts,
                errors: tally.errors,
                warnings: tally.warnings,
                suppressed: Some(tally.muted).filter(|muted| *muted > 0),
            },
            suppressed: checked
                .muted
                .iter()
                .map(|muted| Suppressed::of(muted, zone, lang))
                .collect(),
            cells: (account == Telling::EveryCell).then(|| cells(checked)),
        }
    }
}

impl<'a> File<'a> {
    fn of(file: &'a CheckedFile) -> Self {
        let source = &file.reading.source;
        Self {
            path: &file.path,
            encoding: source.encoding,
            delimiter: source.delimiter,
            sheet: source.sheet.as_deref(),
            sha256: hex(&Sha256::digest(&file.bytes)),
            rows: source.rows,
        }
    }
}

impl<'a> ShiftLine<'a> {
    fn of(shift: &'a Shift, checked: &'a Checked) -> Self {
        let post = checked.roster.post(shift);
        let (start, end) = ends(&shift.span, checked.zone);
        Self {
            unit: named(&post.unit, checked),
            post: &post.name,
            role: post.role,
            presence: post.presence,
            start,
            end,
            people: shift.people.iter().map(PersonLine::of).collect(),
            assumed_hours: shift.assumed_hours,
            source: shift.source,
        }
    }
}

impl<'a> PersonLine<'a> {
    fn of(person: &'a Person) -> Self {
        Self {
            name: &person.name,
            phone: person.phone.as_ref().map(roster::Phone::digits),
        }
    }
}

impl<'a> Gap<'a> {
    fn of(hole: &'a Hole, checked: &'a Checked) -> Self {
        let (start, end) = ends(&hole.span, checked.zone);
        Self {
            unit: named(&hole.unit, checked),
            post: &hole.post,
            start,
            end,
            class: hole.class,
            needed: hole.needed,
            present: hole.present,
        }
    }
}

impl FindingLine {
    fn of(finding: &Finding, zone: Zone, lang: Lang) -> Self {
        let said = said(finding, zone, lang);
        let place = finding.place;
        let row = place.map(|place| place.row).filter(|row| *row > 0);
        let column = place.map(|place| place.column).filter(|column| *column > 0);
        Self {
            code: finding.code.id(),
            name: finding.code.slug(),
            severity: level_name(finding.severity()),
            message: said.message,
            help: said.help,
            file: place.map(|place| place.file),
            row,
            column,
            cell: row
                .zip(column)
                .and_then(|(row, column)| cell_name(row, column)),
        }
    }
}

impl Suppressed {
    fn of(muted: &Muted, zone: Zone, lang: Lang) -> Self {
        Self {
            finding: FindingLine::of(&muted.finding, zone, lang),
            by: match muted.by {
                MutedBy::Remark(_) => "remark",
                MutedBy::Unit => "unit",
                MutedBy::Everywhere => "everywhere",
            },
            reason: muted.reason.clone(),
        }
    }
}

/// Every cell that is not blank; shifts are numbered through all files, as in `shifts`.
fn cells(checked: &Checked) -> Vec<Cell> {
    let mut shifts_before = 0;
    let mut cells = Vec::new();
    for (file, checked_file) in (0..).zip(&checked.files) {
        let accounted = checked_file.reading.account.cells.iter();
        cells.extend(accounted.map(|cell| Cell::of(cell, file, shifts_before)));
        let sources = checked.roster.shifts.iter().map(|shift| shift.source.file);
        let here = sources.filter(|source| *source == file).count();
        shifts_before += u32::try_from(here).unwrap_or(u32::MAX);
    }
    cells
}

impl Cell {
    fn of(cell: &Accounted, file: u32, shifts_before: u32) -> Self {
        Self {
            file,
            row: cell.place.row,
            column: cell.place.column,
            r#as: match cell.r#as {
                CellUse::Shift => "shift",
                CellUse::Title => "title",
                CellUse::Header => "header",
                CellUse::Legend => "legend",
                CellUse::Note => "note",
                CellUse::Total => "total",
                CellUse::Signature => "signature",
                CellUse::Unit => "unit",
                CellUse::Finding => "finding",
            },
            shift: cell.shift.map(|shift| shift + shifts_before),
        }
    }
}

/// The unit's name; empty where a file's name only stands in for one.
fn named<'a>(unit: &'a str, checked: &Checked) -> &'a str {
    if checked.stand_ins.iter().any(|name| name == unit) {
        ""
    } else {
        unit
    }
}

fn ends(span: &Span, zone: Zone) -> (String, String) {
    (zone.rfc3339(span.start()), zone.rfc3339(span.end()))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
