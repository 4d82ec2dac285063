//! A table nobody can make sense of, its columns pointed out by a person one after the other.
//!
//! The reader offers each column with its heading and a cell of it; the answers are those any
//! column may have, so that the next file of the form is read by them without a word.

use super::answers::{Answer, Answers, ColumnName, ColumnUse, key};
use super::blocks::census;
use super::book::place;
use super::plain::quoted;
use super::questions::{Asks, Question};
use super::reader::Reader;
use super::sheet::{Kind, Sheet};
use super::shift::Role;
use super::table::{Block, Column};

/// What is asked for, the indispensable first.
const WANTED: [ColumnUse; 6] = [
    ColumnUse::Date,
    ColumnUse::People(Role::DutyOfficer),
    ColumnUse::People(Role::DutyLeader),
    ColumnUse::Hours,
    ColumnUse::Phone,
    ColumnUse::Unit,
];

/// So many columns have a button each.
const MOST_OFFERED: usize = 20;

/// A table has a heading and some rows.
const FEWEST_ROWS: usize = 2;

/// A column somebody can point at.
#[derive(Clone, Debug)]
pub(super) struct Offered {
    name: ColumnName,
    example: String,
}

/// Whether this row holds every heading that a person has pointed at.
pub(super) fn is_pointed_out(sheet: &Sheet<'_>, row: usize, labels: &[String]) -> bool {
    let holds = |label: &String| sheet.filled(row).any(|(_, cell)| key(cell.raw) == *label);
    !labels.is_empty() && labels.iter().all(holds)
}

/// The headings that make a row a header because a person pointed at them.
pub(super) fn pointed_labels(answers: &Answers) -> Vec<String> {
    if answers.point_out() {
        answers.labels()
    } else {
        Vec::new()
    }
}

impl Reader<'_, '_> {
    /// The columns under a header, kept of the table with most rows.
    pub(super) fn offer_columns(&mut self, block: &Block, columns: &[Column]) {
        if block.header.is_empty() || block.rows.len() <= self.offered_rows {
            return;
        }
        self.offered_rows = block.rows.len();
        let labelled = columns.iter().zip(block.columns.clone());
        let offered = labelled.filter_map(|(column, at)| {
            let example = block
                .rows
                .clone()
                .find_map(|row| self.sheet.cell(row, at))?;
            Some(Offered {
                name: ColumnName::of(&column.label, place((0, at)).column),
                example: quoted(example.raw),
            })
        });
        self.offered = offered.take(MOST_OFFERED).collect();
    }

    /// Whether somebody wants to point out the columns of a table of which nothing was read; then
    /// each of them.
    pub(super) fn pointing_questions(&self) -> Vec<Question> {
        let answers = &self.asked.answers;
        let is_pointing = answers.point_out();
        let has_read = !self.book.roster.shifts.is_empty() || self.spread.is_some();
        if !is_pointing && has_read {
            return Vec::new();
        }
        let offered = match &self.offered[..] {
            [] => presumed(self.sheet),
            known => known.to_vec(),
        };
        if offered.len() < 2 {
            return Vec::new();
        }
        if !is_pointing {
            return vec![question(Asks::Columns, vec![Answer::PointsOut])];
        }
        let free: Vec<&Offered> = offered.iter().filter(|o| !answers.name(&o.name)).collect();
        let wanted = WANTED.into_iter().filter(|holds| !answers.place(holds));
        let questions = wanted.map(|holds| {
            let columns = free.iter().map(|offered| Answer::Column {
                column: offered.name.clone(),
                holds: holds.clone(),
            });
            let none = Answer::NoColumn {
                holds: holds.clone(),
            };
            let choices = columns.chain([none]).collect();
            let examples = free.iter().map(|offered| offered.example.clone()).collect();
            question(Asks::WhichColumn { holds, examples }, choices)
        });
        questions.filter(|_| !free.is_empty()).collect()
    }
}

fn question(asks: Asks, choices: Vec<Answer>) -> Question {
    Question {
        asks,
        place: None,
        choices,
    }
}

/// The columns of a table without a header the reader knows: headed by the first row of words
/// over other cells, or by nothing.
fn presumed(sheet: &Sheet<'_>) -> Vec<Offered> {
    let rows: Vec<usize> = (0..sheet.rows.len())
        .filter(|row| sheet.filled(*row).nth(1).is_some())
        .take(MOST_OFFERED)
        .collect();
    let [head, below @ ..] = &rows[..] else {
        return Vec::new();
    };
    if rows.len() < FEWEST_ROWS {
        return Vec::new();
    }
    let is_headed = is_words(sheet, *head);
    let columns = (0..sheet.width).filter_map(|column| {
        let label = sheet.cell(*head, column).filter(|_| is_headed);
        let label = label.map_or("", |cell| cell.raw);
        let example = match (is_headed, sheet.cell(*head, column)) {
            (false, Some(cell)) => Some(cell),
            _ => below.iter().find_map(|row| sheet.cell(*row, column)),
        };
        Some(Offered {
            name: ColumnName::of(label, place((0, column)).column),
            example: quoted(example?.raw),
        })
    });
    columns.take(MOST_OFFERED).collect()
}

/// Headings are words: no day, clock or number stands among them.
fn is_words(sheet: &Sheet<'_>, row: usize) -> bool {
    let seen = census(sheet, row);
    let firm = |kind| {
        matches!(
            kind,
            Kind::Phone | Kind::Clock | Kind::Moment | Kind::Range | Kind::Number
        )
    };
    seen.days == 0 && !sheet.filled(row).any(|(_, cell)| firm(cell.kind))
}
