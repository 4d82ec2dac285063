use std::io::{self, Write};

use super::judge::Checked;
use super::short::on_one_line;
use super::{cell_name, level_name, tally};
use crate::words::{self, Lang, finding::said};

/// A table for a comment or a note, then one line of counts.
pub(super) fn write(out: &mut impl Write, checked: &Checked, lang: Lang) -> io::Result<()> {
    if !checked.findings.is_empty() {
        let columns = words::check::columns(lang);
        writeln!(out, "| {} |", columns.join(" | "))?;
        writeln!(out, "|{}", " --- |".repeat(columns.len()))?;
    }
    for finding in &checked.findings {
        let said = said(finding, checked.zone, lang);
        let file = finding
            .place
            .and_then(|place| checked.files.get(place.file as usize));
        let path = file.map_or("", |file| file.path.as_str());
        let cell = finding
            .place
            .and_then(|p| cell_name(p.row, p.column))
            .unwrap_or_default();
        let row = [
            level_name(finding.severity()),
            finding.code.id(),
            path,
            &cell,
            &said.message,
            &said.help,
        ];
        writeln!(out, "| {} |", row.map(escaped).join(" | "))?;
    }
    writeln!(out, "\n{}", words::check::summary(&tally(checked), lang))
}

fn escaped(text: &str) -> String {
    on_one_line(text)
        .replace('\\', "\\\\")
        .replace('|', "\\|")
        .replace('<', "&lt;")
}
