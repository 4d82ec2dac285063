//! `--fix`: what can be put right for certain, in a copy beside the file; the file itself is
//! never touched.
//!
//! A copy is only written once it has been read again and says what the file said: the same
//! shifts, the same holes, and no finding that was not there before.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::{Format, Wishes};
use super::edit::Editable;
use super::inputs::Input;
use super::judge::{self, Checked, CheckedFile};
use super::short::on_one_line;
use crate::roster::{Code, Finding, Mend, Person, Place, Role, Severity, mends};
use crate::time::Span;
use crate::words::fix::{self, Fixed};
use crate::words::{Lang, check::Refusal, finding::message};

/// So many readings of a file at most go into finding out what may be put right.
const MOST_TRIALS: u32 = 64;

/// Writes a copy of each file that has something to put right, and says what was done.
pub(super) fn write(
    checked: &Checked,
    wishes: &Wishes,
    format: Format,
    lang: Lang,
) -> Result<(), Refusal> {
    let mut said = Vec::new();
    let mut refused = None;
    for (index, file) in checked.files.iter().enumerate() {
        match copied(checked, index, file, wishes, lang) {
            Ok(lines) => said.extend(lines),
            Err(refusal) => refused = refused.or(Some(refusal)),
        }
    }
    let text = said.join("\n");
    // What programs read is not mixed with what people read.
    let _ = match format {
        Format::Full | Format::Short => writeln!(anstream::stdout(), "\n{text}"),
        _ => writeln!(anstream::stderr(), "{text}"),
    };
    refused.map_or(Ok(()), Err)
}

/// What is said of one file once its copy is written.
fn copied(
    checked: &Checked,
    index: usize,
    file: &CheckedFile,
    wishes: &Wishes,
    lang: Lang,
) -> Result<Vec<String>, Refusal> {
    let path = &file.path;
    if path == "-" {
        return Err(Refusal::FixOfStdin);
    }
    if file.reading.source.delimiter.is_none() {
        return Ok(vec![fix::no_text(path, lang)]);
    }
    let Some(editable) = Editable::of(&file.bytes, &file.reading.source) else {
        return Ok(vec![fix::not_the_same(path, lang)]);
    };
    let mut trials = Trials {
        checked,
        index,
        editable: &editable,
        wishes,
        accepted: Vec::new(),
        left: MOST_TRIALS,
        best: None,
    };
    trials.accept(changes(checked, index, file, &editable, wishes));
    let (Some((bytes, again)), accepted) = (trials.best, trials.accepted) else {
        return Ok(vec![fix::nothing(path, lang)]);
    };
    let copy = copy_of(Path::new(path));
    keep(&copy, &bytes)?;
    Ok(told(path, &copy, &accepted, &again, index, lang))
}

/// Something to put right.
#[derive(Clone)]
enum Change {
    Cell(Mend),
    /// A row that stands twice, letter by letter.
    Row {
        row: u32,
        same_as: u32,
    },
}

fn changes(
    checked: &Checked,
    index: usize,
    file: &CheckedFile,
    editable: &Editable,
    wishes: &Wishes,
) -> Vec<Change> {
    let here = |place: &Place| place.file as usize == index;
    let twice = checked.findings.iter().filter(|f| f.code == Code::C103);
    let mut rows = BTreeSet::new();
    let mut changes = Vec::new();
    for finding in twice {
        let mut places = finding.also.iter().chain(&finding.place).copied();
        let Some(first) = places.next().filter(here) else {
            continue;
        };
        for place in places.filter(here) {
            let (row, same_as) = (place.row, first.row);
            if row != same_as && editable.are_alike(row, same_as) && rows.insert(row) {
                changes.push(Change::Row { row, same_as });
            }
        }
    }
    let cells = mends(&file.bytes, &wishes.asked).into_iter();
    let cells = cells.filter(|mend| !rows.contains(&mend.place.row));
    changes.extend(cells.map(Change::Cell));
    changes
}

/// Changes tried on one file.
struct Trials<'a> {
    checked: &'a Checked,
    index: usize,
    editable: &'a Editable<'a>,
    wishes: &'a Wishes,
    accepted: Vec<Change>,
    left: u32,
    /// The file with what is accepted, and what it says.
    best: Option<(Vec<u8>, Checked)>,
}

impl Trials<'_> {
    /// Takes all of `changes` that leave the file saying the same: together, else by halves.
    fn accept(&mut self, mut changes: Vec<Change>) {
        if changes.is_empty() || self.left == 0 {
            return;
        }
        self.left -= 1;
        let together = [self.accepted.as_slice(), &changes].concat();
        if let Some(best) = self.tried(&together) {
            self.best = Some(best);
            self.accepted = together;
        } else if changes.len() > 1 {
            let other_half = changes.split_off(changes.len() / 2);
            self.accept(changes);
            self.accept(other_half);
        }
    }

    fn tried(&self, changes: &[Change]) -> Option<(Vec<u8>, Checked)> {
        let mut cells = Vec::new();
        let mut rows = BTreeSet::new();
        for change in changes {
            match change {
                Change::Cell(mend) => cells.push(mend),
                Change::Row { row, .. } => {
                    rows.insert(*row);
                }
            }
        }
        let bytes = self.editable.with(&cells, &rows)?;
        let files = self.checked.files.iter().enumerate();
        let inputs = files.map(|(index, file)| Input {
            path: file.path.clone(),
            bytes: if index == self.index {
                bytes.clone().into()
            } else {
                file.bytes.clone()
            },
            answers: file.answers.clone(),
        });
        let again = judge::checked(inputs.collect(), self.wishes);
        let same = says_the_same(self.checked, &again, self.index, &rows);
        same.then_some((bytes, again))
    }
}

/// Whether the same shifts and holes were read, and nothing was found that was not before.
fn says_the_same(before: &Checked, after: &Checked, index: usize, without: &BTreeSet<u32>) -> bool {
    let where_it_was = |place: Place| {
        let mut row = place.row;
        if place.file as usize == index && row > 0 {
            for removed in without {
                row += u32::from(*removed <= row);
            }
        }
        Place { row, ..place }
    };
    let mut known = of_findings(before, |place| place);
    let nothing_new = of_findings(after, where_it_was).into_iter().all(|found| {
        let at = known.iter().position(|other| *other == found);
        at.map(|at| known.swap_remove(at)).is_some()
    });
    nothing_new
        && before.demand.period == after.demand.period
        && before.holes == after.holes
        && shifts(before, without) == shifts(after, without)
}

fn of_findings(checked: &Checked, was: impl Fn(Place) -> Place) -> Vec<(Code, Option<Place>)> {
    let heard = checked.findings.iter();
    let all = heard.chain(checked.muted.iter().map(|muted| &muted.finding));
    all.map(|finding| (finding.code, finding.place.map(&was)))
        .collect()
}

type SaidShift<'a> = (&'a str, &'a str, Role, Span, &'a [Person], bool);

/// What the shifts say, by whom and when; each once where rows that stood twice are gone.
fn shifts<'a>(checked: &'a Checked, without: &BTreeSet<u32>) -> Vec<SaidShift<'a>> {
    let mut shifts: Vec<SaidShift> = checked
        .roster
        .shifts
        .iter()
        .map(|shift| {
            let post = checked.roster.post(shift);
            let people = &*shift.people;
            let (unit, name) = (post.unit.as_str(), post.name.as_str());
            (
                unit,
                name,
                post.role,
                shift.span,
                people,
                shift.assumed_hours,
            )
        })
        .collect();
    shifts.sort_unstable();
    if !without.is_empty() {
        shifts.dedup();
    }
    shifts
}

/// `国庆.csv` → `国庆.fixed.csv`.
pub(super) fn copy_of(path: &Path) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(".fixed");
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

/// Never over a file that is there already, unless it is the same.
fn keep(copy: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    let path = copy.display().to_string();
    if std::fs::read(copy).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    match std::fs::File::create_new(copy).and_then(|mut file| file.write_all(bytes)) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(Refusal::CopyThere { path })
        }
        Err(error) => Err(Refusal::CannotWrite {
            path,
            cause: error.to_string(),
        }),
    }
}

fn told(
    path: &str,
    copy: &Path,
    accepted: &[Change],
    again: &Checked,
    index: usize,
    lang: Lang,
) -> Vec<String> {
    let rows = accepted.iter();
    let rows = rows.filter(|c| matches!(c, Change::Row { .. })).count();
    let cells = accepted.len() - rows;
    let copy = copy.display().to_string();
    let mut lines = vec![fix::heading(path, &copy, cells, rows, lang)];
    for change in accepted {
        let said = match change {
            Change::Row { row, same_as } => fix::fixed(
                &Fixed::Row {
                    row: *row,
                    same_as: *same_as,
                },
                lang,
            ),
            Change::Cell(mend) => fix::fixed(
                &Fixed::Cell {
                    cell: &mend.place.cell().unwrap_or_default(),
                    old: &mend.old,
                    new: &mend.new,
                    what: mend.what,
                },
                lang,
            ),
        };
        lines.push(format!("  {}", on_one_line(&said)));
    }
    let left: Vec<&Finding> = again
        .findings
        .iter()
        .filter(|f| f.severity() > Severity::Note)
        .filter(|f| f.place.is_some_and(|p| p.file as usize == index))
        .collect();
    lines.push(fix::left(left.len(), lang));
    for finding in left {
        let cell = finding.place.and_then(|place| place.cell());
        let said = message(finding, again.zone, lang);
        let parts = [
            finding.code.id(),
            cell.as_deref().unwrap_or_default(),
            &said,
        ];
        let filled = parts.into_iter().filter(|part| !part.is_empty());
        let line: Vec<&str> = filled.collect();
        lines.push(format!("  {}", on_one_line(&line.join(" "))));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_the_extension() {
        let name = |path| copy_of(Path::new(path)).display().to_string();
        assert_eq!(name("表/国庆.csv"), "表/国庆.fixed.csv");
        assert_eq!(name("值班表"), "值班表.fixed");
        assert_eq!(name("10.1.csv"), "10.1.fixed.csv");
    }
}
