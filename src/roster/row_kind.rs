//! What kind of row each row under a header is: data, or words around them.

use super::blocks::{is_signature, is_total, starts_with_any};
use super::remarks::not_submitted;
use super::sheet::{Kind, Sheet};
use super::vocabulary::{EXAMPLE_STARTS, NOTE_STARTS};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    Blank,
    Data,
    /// One cell with a day and people in it.
    Line,
    /// One cell naming a unit, a post, a day or a shift for the rows below.
    Heading,
    Title,
    Note,
    Legend,
    Total,
    Signature,
    NotSubmitted,
}

impl RowKind {
    /// Whether it stands beside the table's rows and is none of them.
    pub(super) fn is_aside(self) -> bool {
        matches!(
            self,
            Self::Note | Self::Signature | Self::Total | Self::NotSubmitted
        )
    }
}

/// What a row is, seen alone; `in_table` rows stand under a header.
pub(super) fn row_kind(sheet: &Sheet<'_>, row: usize) -> RowKind {
    let filled: Vec<_> = sheet.filled(row).collect();
    let [(_, first), rest @ ..] = &filled[..] else {
        return RowKind::Blank;
    };
    if not_submitted(&first.text).is_some() {
        return RowKind::NotSubmitted;
    }
    if starts_with_any(&first.text, EXAMPLE_STARTS) {
        return RowKind::Note;
    }
    if is_total(sheet, row) {
        return RowKind::Total;
    }
    if is_signature(sheet, row) {
        return RowKind::Signature;
    }
    let noted = starts_with_any(&first.text, NOTE_STARTS)
        && (first.text.chars().count() > 4
            || first.text.contains(':')
            || !rest.is_empty()
            || first.text.chars().count() <= 2 && rest.is_empty());
    let wordy = matches!(
        first.kind,
        Kind::Text
            | Kind::Label(_)
            | Kind::Post
            | Kind::Code
            | Kind::Line
            | Kind::Range
            | Kind::Placeholder
    );
    if noted
        && wordy
        && !rest
            .iter()
            .any(|(_, c)| c.kind == Kind::People && rest.len() > 1)
    {
        return RowKind::Note;
    }
    if rest.is_empty() {
        return match first.kind {
            Kind::Unit | Kind::Post | Kind::Days | Kind::Month | Kind::Shift | Kind::Range => {
                RowKind::Heading
            }
            Kind::Line => RowKind::Line,
            Kind::Text if first.text.chars().count() > 24 => RowKind::Note,
            Kind::Text | Kind::Label(_) | Kind::Number | Kind::Code => RowKind::Title,
            _ => RowKind::Data,
        };
    }
    let legend = matches!(first.kind, Kind::Shift | Kind::Code)
        && filled.len() <= 3
        && rest
            .iter()
            .all(|(_, c)| matches!(c.kind, Kind::Range | Kind::Text | Kind::Shift))
        && filled[0].0 == 0
        && filled[1].0 == 1
        && rest.iter().any(|(_, c)| c.kind == Kind::Range);
    if legend {
        return RowKind::Legend;
    }
    if filled
        .iter()
        .all(|(_, c)| c.kind == Kind::Text && c.text.chars().count() > 8)
    {
        return RowKind::Note;
    }
    RowKind::Data
}
