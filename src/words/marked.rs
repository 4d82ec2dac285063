//! What a marked-up copy of a clerk's file says beside its notes.

use super::Lang;
use super::finding::{Said, said};
use crate::roster::{Finding, Place, Severity};
use crate::time::Zone;

/// All that a marked copy says: a note for each cell, and the list behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remarks {
    /// The copy's own sheet, where the file names none.
    pub untitled: String,
    pub list_sheet: String,
    /// Header first.
    pub list: Vec<[String; 4]>,
    pub notes: Vec<Remark>,
}

/// A note on a cell; its place as [`Place`] has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub row: u32,
    pub column: u32,
    pub severity: Severity,
    pub note: String,
}

/// What the copy says of these findings.
#[must_use]
pub fn remarks(findings: &[Finding], zone: Zone, lang: Lang) -> Remarks {
    let (list_sheet, header) = list(lang);
    let mut remarks = Remarks {
        untitled: sheet(lang).to_owned(),
        list_sheet: list_sheet.to_owned(),
        list: vec![header.map(str::to_owned)],
        notes: Vec::new(),
    };
    for finding in findings {
        let said = said(finding, zone, lang);
        let code = finding.code.id();
        let place = finding.place.filter(|place| place.row > 0);
        remarks.notes.extend(place.map(|place| Remark {
            row: place.row,
            column: place.column,
            severity: finding.severity(),
            note: note(code, &said),
        }));
        let cell = place.and_then(|place| {
            let named = Place {
                column: place.column.max(1),
                ..place
            };
            named.cell()
        });
        remarks.list.push([
            code.to_owned(),
            cell.unwrap_or_default(),
            said.message,
            said.help,
        ]);
    }
    remarks
}

/// What the copy is called.
#[must_use]
pub fn file_name(original: &str, lang: Lang) -> String {
    let stem = original.rsplit_once('.').map_or(original, |(stem, _)| stem);
    match lang {
        Lang::Zh => format!("{stem}-标红.xlsx"),
        Lang::En => format!("{stem}-marked.xlsx"),
    }
}

/// The sheet that lists all findings, and its columns: code, cell, message, help.
fn list(lang: Lang) -> (&'static str, [&'static str; 4]) {
    match lang {
        Lang::Zh => ("检查结果", ["编号", "单元格", "问题", "怎么改"]),
        Lang::En => ("Findings", ["Code", "Cell", "Finding", "Help"]),
    }
}

/// The copy's sheet, where the file names none.
fn sheet(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "值班表",
        Lang::En => "Roster",
    }
}

/// The note at a cell.
fn note(code: &str, said: &Said) -> String {
    if said.help.is_empty() {
        format!("{code} {}", said.message)
    } else {
        format!("{code} {}\n→ {}", said.message, said.help)
    }
}
