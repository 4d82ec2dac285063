use std::io::{self, Write};

use super::judge::Checked;
use super::{cell_name, level_name, tally};
use crate::roster::{Finding, Place};
use crate::words::{self, Lang, finding::message};

/// One line per finding, `path:row:column: error[G001] D2: …`, then one line of counts. The
/// column is the spreadsheet's.
pub(super) fn write(out: &mut impl Write, checked: &Checked, lang: Lang) -> io::Result<()> {
    for finding in &checked.findings {
        let level = level_name(finding.severity());
        let code = finding.code.id();
        let place = at(checked, finding);
        let message = on_one_line(&message(finding, checked.zone, lang));
        writeln!(out, "{place}{level}[{code}]: {message}")?;
    }
    writeln!(out, "{}", words::check::summary(&tally(checked), lang))
}

/// `国庆值班表.csv:2:4 (D2): `; nothing for what has no file.
fn at(checked: &Checked, finding: &Finding) -> String {
    let file = finding.place.and_then(|place| {
        let file = checked.files.get(place.file as usize)?;
        Some((file, place))
    });
    match file {
        None => String::new(),
        Some((file, Place { row: 0, .. })) => format!("{}: ", file.path),
        Some((file, Place { row, column, .. })) => match cell_name(row, column) {
            None => format!("{}:{row}: ", file.path),
            Some(cell) => format!("{}:{row}:{column} ({cell}): ", file.path),
        },
    }
}

/// Names come out of files, and files hold line breaks.
pub(super) fn on_one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
