use std::io::{self, Write};

use super::judge::Checked;
use super::{cell_name, level_name, tally};
use crate::roster::{Finding, Severity};
use crate::words::{self, Lang, finding::said};

/// Workflow commands, which annotate the changed lines of a pull request.
pub(super) fn write(out: &mut impl Write, checked: &Checked, lang: Lang) -> io::Result<()> {
    for finding in &checked.findings {
        let level = match finding.severity() {
            Severity::Note => "notice",
            other => level_name(other),
        };
        let said = said(finding, checked.zone, lang);
        let title = format!("{} {}", finding.code.id(), finding.code.slug());
        let message = match finding.place.and_then(|p| cell_name(p.row, p.column)) {
            Some(cell) => format!("{cell}: {}\n{}", said.message, said.help),
            None => format!("{}\n{}", said.message, said.help),
        };
        let place = place(checked, finding);
        let message = escaped(message.trim_end());
        writeln!(
            out,
            "::{level} {place}title={}::{message}",
            escaped_property(&title)
        )?;
    }
    writeln!(out, "{}", words::check::summary(&tally(checked), lang))
}

fn place(checked: &Checked, finding: &Finding) -> String {
    let Some((file, place)) = finding.place.and_then(|place| {
        let file = checked.files.get(place.file as usize)?;
        Some((file, place))
    }) else {
        return String::new();
    };
    let path = escaped_property(&file.path);
    match place.row {
        0 => format!("file={path},"),
        row => format!("file={path},line={row},"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
