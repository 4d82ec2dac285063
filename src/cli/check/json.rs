//! What was checked, as a report for programs.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::judge::{Checked, CheckedFile};
use super::report::{
    Cell, File, FindingLine, Gap, Period, PersonLine, Report, ShiftLine, Source, Summary,
    Suppressed, SuppressedBy,
};
use super::{cell_name, tally};
use crate::coverage::Hole;
use crate::review::{Muted, MutedBy};
use crate::roster::{self, Accounted, Finding, Person, Shift, Telling};
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

impl<'a> Report<'a> {
    fn of(checked: &'a Checked, lang: Lang, account: Telling) -> Self {
        let zone = checked.zone;
        let tally = tally(checked);
        Self {
            schema: "zaigang.check/1",
            period: Period {
                start: zone.rfc3339(checked.demand.period.start()),
                end: zone.rfc3339(checked.demand.period.end()),
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
            sha256: hex(&Sha256::digest(&*file.bytes)),
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
            source: Source {
                file: shift.source.file,
                row: shift.source.row,
                column: shift.source.column,
            },
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
            severity: finding.severity(),
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
                MutedBy::Remark(_) => SuppressedBy::Remark,
                MutedBy::Unit => SuppressedBy::Unit,
                MutedBy::Everywhere => SuppressedBy::Everywhere,
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
            r#as: cell.r#as,
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
