//! What a marked-up copy of a clerk's file says beside its notes.

use super::Lang;
use super::finding::Said;

/// The sheet that lists all findings, and its columns: code, cell, message, help.
#[must_use]
pub fn list(lang: Lang) -> (&'static str, [&'static str; 4]) {
    match lang {
        Lang::Zh => ("检查结果", ["编号", "单元格", "问题", "怎么改"]),
        Lang::En => ("Findings", ["Code", "Cell", "Finding", "Help"]),
    }
}

/// The copy's sheet, where the file names none.
#[must_use]
pub fn sheet(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "值班表",
        Lang::En => "Roster",
    }
}

/// The note at a cell.
#[must_use]
pub fn note(code: &str, said: &Said) -> String {
    if said.help.is_empty() {
        format!("{code} {}", said.message)
    } else {
        format!("{code} {}\n→ {}", said.message, said.help)
    }
}
