//! `--marked`: the clerk's own file again, with each finding at its cell.

use std::path::Path;

use super::cell_name;
use super::judge::Checked;
use crate::files::{self, marked::List, marked::Mark};
use crate::words::{self, Lang, check::Refusal, finding::said};

/// Writes the copy beside what else is said of the file.
pub(super) fn write(path: &Path, checked: &Checked, lang: Lang) -> Result<(), Refusal> {
    let [file] = checked.files.as_slice() else {
        return Err(Refusal::ManyToMark);
    };
    let cells = files::cells(&file.bytes, &file.reading.source);
    let mut cells = cells.ok_or_else(|| Refusal::NothingToMark {
        path: file.path.clone(),
    })?;
    if cells.sheet.is_empty() {
        words::marked::sheet(lang).clone_into(&mut cells.sheet);
    }
    let (sheet, header) = words::marked::list(lang);
    let mut list = List {
        // Two sheets of one name are none at all.
        sheet: if cells.sheet == sheet {
            format!("{sheet} 2")
        } else {
            sheet.to_owned()
        },
        rows: vec![header.map(str::to_owned)],
    };
    let mut marks = Vec::new();
    for finding in &checked.findings {
        let said = said(finding, checked.zone, lang);
        let code = finding.code.id();
        let place = finding.place.filter(|place| place.row > 0);
        marks.extend(place.map(|place| Mark {
            row: place.row,
            column: place.column,
            severity: finding.severity(),
            note: words::marked::note(code, &said),
        }));
        let cell = place.and_then(|place| cell_name(place.row, place.column.max(1)));
        list.rows.push([
            code.to_owned(),
            cell.unwrap_or_default(),
            said.message,
            said.help,
        ]);
    }
    let failed = |cause: &dyn std::fmt::Display| Refusal::CannotWrite {
        path: path.display().to_string(),
        cause: cause.to_string(),
    };
    let bytes = files::marked::workbook(&cells, &marks, &list).map_err(|error| failed(&error))?;
    std::fs::write(path, bytes).map_err(|error| failed(&error))
}
