use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use super::excerpt::Excerpts;
use super::judge::{Checked, CheckedFile};
use super::{cell_name, tally};
use crate::files;
use crate::roster::{Finding, Place, Severity};
use crate::words::finding::{Said, said};
use crate::words::{self, Lang};

/// Rows this far apart are shown in one piece.
const NEAR: u32 = 4;

/// Findings in rustc's manner, each under its row, then one line of counts.
pub(super) fn write(out: &mut impl Write, checked: &Checked, lang: Lang) -> io::Result<()> {
    let shown = Shown::of(checked);
    // Boxes of other widths than ASCII's fall apart in a Chinese terminal.
    let renderer = Renderer::styled();
    for finding in &checked.findings {
        let said = said(finding, checked.zone, lang);
        let diagnostic = renderer.render(&[shown.group(finding, &said)]);
        writeln!(out, "{}\n", with_cell(&diagnostic, finding.place))?;
    }
    writeln!(out, "{}", words::check::summary(&tally(checked), lang))
}

/// The files, ready to be quoted from.
struct Shown<'a> {
    files: Vec<(&'a CheckedFile, Option<Excerpts>)>,
}

impl<'a> Shown<'a> {
    fn of(checked: &'a Checked) -> Self {
        let is_quoted = |file: usize| {
            let mut places = checked.findings.iter().filter_map(|finding| finding.place);
            places.any(|place| place.file as usize == file)
        };
        let files = checked.files.iter().enumerate();
        let excerpts = |(index, file): (usize, &'a CheckedFile)| {
            let excerpts = is_quoted(index).then(|| excerpts_of(file)).flatten();
            (file, excerpts)
        };
        Self {
            files: files.map(excerpts).collect(),
        }
    }

    fn group(&self, finding: &Finding, said: &Said) -> Group<'_> {
        let level = match finding.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level
            .primary_title(normalize_untrusted_str(&said.message))
            .id(finding.code.id());
        let mut group = title.elements(self.snippets(finding, said));
        if !said.help.is_empty() {
            group = group.element(Level::HELP.message(normalize_untrusted_str(&said.help)));
        }
        group
    }

    fn snippets(&self, finding: &Finding, said: &Said) -> Vec<Element<'_>> {
        let mut cells: Vec<Cell> = Vec::new();
        let mut labels = said.labels.iter().map(String::as_str);
        for place in finding.place.iter().chain(finding.also.iter().take(2)) {
            let label = labels.next().unwrap_or_default().to_owned();
            cells.extend(self.cell(*place, label));
        }
        if cells.is_empty() {
            return self.origin(finding).into_iter().collect();
        }
        // The first cell is what the finding is about, wherever in the file the others stand.
        let mut pieces: Vec<Vec<(AnnotationKind, Cell)>> = Vec::new();
        let mut kind = AnnotationKind::Primary;
        for cell in cells {
            let is_near = |piece: &&mut Vec<(AnnotationKind, Cell)>| {
                piece.iter().any(|(_, other)| {
                    other.place.file == cell.place.file
                        && other.place.row.abs_diff(cell.place.row) <= NEAR
                })
            };
            match pieces.iter_mut().find(is_near) {
                Some(piece) => piece.push((kind, cell)),
                None => pieces.push(vec![(kind, cell)]),
            }
            kind = AnnotationKind::Context;
        }
        pieces
            .into_iter()
            .filter_map(|piece| self.snippet(piece))
            .collect()
    }

    fn cell(&self, place: Place, label: String) -> Option<Cell> {
        let (_, excerpts) = self.files.get(place.file as usize)?;
        let range = excerpts.as_ref()?.cell_in_row(place)?;
        Some(Cell {
            place,
            range,
            label,
        })
    }

    fn snippet(&self, piece: Vec<(AnnotationKind, Cell)>) -> Option<Element<'_>> {
        let rows = piece.iter().map(|(_, cell)| cell.place.row);
        let (first, last) = (rows.clone().min()?, rows.max()?);
        let (file, excerpts) = self.files.get(piece.first()?.1.place.file as usize)?;
        let excerpt = excerpts.as_ref()?.excerpt(first, last)?;
        let annotations: Vec<_> = piece
            .into_iter()
            .filter_map(|(kind, cell)| {
                let span = excerpt.within(cell.place.row, &cell.range)?;
                let label = Some(normalize_untrusted_str(&cell.label));
                let annotation = kind.span(span);
                Some(match label.filter(|label| !label.is_empty()) {
                    Some(label) => annotation.label(label),
                    None => annotation,
                })
            })
            .collect();
        let snippet = Snippet::source(excerpt.text)
            .line_start(first as usize)
            .path(file.path.as_str())
            .annotations(annotations);
        Some(snippet.into())
    }

    fn origin(&self, finding: &Finding) -> Option<Element<'_>> {
        let (file, _) = self.files.get(finding.place?.file as usize)?;
        Some(Origin::path(file.path.as_str()).into())
    }
}

fn excerpts_of(file: &CheckedFile) -> Option<Excerpts> {
    let source = &file.reading.source;
    match source.delimiter {
        Some(_) => Excerpts::of(&file.bytes, source),
        None => Some(Excerpts::of_cells(&files::cells(&file.bytes, source)?)),
    }
}

struct Cell {
    place: Place,
    range: Range<usize>,
    label: String,
}

/// The spreadsheet's name of the cell, after the place as programmers name it; where there is no
/// place, no gutter beside nothing.
fn with_cell(rendered: &str, place: Option<Place>) -> String {
    let name = place.and_then(|place| cell_name(place.row, place.column));
    let mut name = name.map(|name| format!(" ({name})"));
    let mut lines = Vec::new();
    let has_place = rendered.contains("--> ");
    for line in rendered.lines() {
        if !has_place && anstream::adapter::strip_str(line).to_string().trim() == "|" {
            continue;
        }
        let is_place = line.contains("--> ");
        let suffix = if is_place { name.take() } else { None };
        lines.push(line.to_owned() + suffix.as_deref().unwrap_or_default());
    }
    lines.join("\n")
}
