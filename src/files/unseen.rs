//! What a spreadsheet does not show: its hidden rows and columns.
//!
//! The reader of workbooks knows nothing of them, so the sheets are gone through once more for
//! these alone; whatever cannot be made out counts as shown. Knows no cell.

use std::io::{BufRead, BufReader, Cursor, Read};

use zip::ZipArchive;

use super::wire::Line;

/// More than a sheet of a roster unpacks to.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// More hidden rows, or columns, than anybody looks for.
const MOST_HIDDEN: usize = 2_000;

/// The parts of an .xlsx, its sheets in the order of the workbook.
pub(super) struct Parts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    sheets: Vec<String>,
}

impl<'b> Parts<'b> {
    pub fn of(bytes: &'b [u8]) -> Option<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut targets: Vec<(String, String)> = Vec::new();
        tags(&mut archive, "xl/_rels/workbook.xml.rels", |name, tag| {
            if let ("Relationship", Some(id), Some(to)) =
                (name, attribute(tag, "Id"), attribute(tag, "Target"))
            {
                targets.push((id.to_owned(), part_name(to)));
            }
        })?;
        let mut sheets = Vec::new();
        tags(&mut archive, "xl/workbook.xml", |name, tag| {
            if let ("sheet", Some(id)) = (name, attribute(tag, "id")) {
                let part = targets.iter().find(|(known, _)| known == id);
                sheets.push(part.map_or_else(String::new, |(_, part)| part.clone()));
            }
        })?;
        Some(Self { archive, sheets })
    }

    /// The rows and columns that sheet hides, counted from 0; `None` where it hides none.
    pub fn hidden(&mut self, sheet: usize) -> Option<Line> {
        let part = self.sheets.get(sheet)?.clone();
        let (mut rows, mut columns): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        let mut row = 0_u32;
        tags(&mut self.archive, &part, |name, tag| match name {
            "row" => {
                let told = attribute(tag, "r").and_then(|r| r.parse::<u32>().ok());
                row = told.unwrap_or(row + 1);
                if is_hidden(tag) && rows.len() < MOST_HIDDEN {
                    rows.extend(row.checked_sub(1));
                }
            }
            "col" if is_hidden(tag) => {
                let number = |name| attribute(tag, name).and_then(|n| n.parse::<u32>().ok());
                if let (Some(first @ 1..), Some(last)) = (number("min"), number("max")) {
                    columns.extend((first - 1..last).take(MOST_HIDDEN));
                    columns.truncate(MOST_HIDDEN);
                }
            }
            _ => {}
        })?;
        (!rows.is_empty() || !columns.is_empty()).then_some(Line::Hidden { rows, columns })
    }
}

/// Calls `each` with the name of every opening tag of a part, and all that stands in the tag.
fn tags(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    part: &str,
    mut each: impl FnMut(&str, &str),
) -> Option<()> {
    let file = archive.by_name(part).ok()?;
    let mut text = BufReader::new(file.take(MOST_BYTES));
    let mut piece = Vec::new();
    while text.read_until(b'>', &mut piece).ok()? > 0 {
        let tag = piece.iter().rposition(|byte| *byte == b'<');
        let tag = tag.and_then(|at| str::from_utf8(piece.get(at + 1..)?).ok());
        if let Some(tag) = tag {
            let name = tag.split([' ', '\t', '\r', '\n', '/', '>']).next();
            let name = name.and_then(|name| name.rsplit(':').next());
            each(name.unwrap_or_default(), tag);
        }
        piece.clear();
    }
    Some(())
}

/// The value of `name="…"`, whatever its namespace.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut places = tag.match_indices(name).map(|(at, _)| at);
    places.find_map(|at| {
        let begins = tag[..at].ends_with([' ', '\t', '\r', '\n', ':']);
        let value = tag[at + name.len()..].trim_start().strip_prefix('=')?;
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = value.get(1..)?.split(quote).next();
        value.filter(|_| begins)
    })
}

fn is_hidden(tag: &str) -> bool {
    matches!(attribute(tag, "hidden"), Some("1" | "true"))
}

/// A target as the archive names it.
fn part_name(target: &str) -> String {
    match target.strip_prefix('/') {
        Some(from_root) => from_root.to_owned(),
        None => format!("xl/{target}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_is_known_by_its_whole_name() {
        let tag = r#"row r="3" spans="1:4" hidden="1" x:id='rId2'"#;
        assert_eq!(attribute(tag, "r"), Some("3"));
        assert_eq!(attribute(tag, "id"), Some("rId2"));
        assert_eq!(attribute(tag, "ans"), None);
        assert!(is_hidden(tag) && !is_hidden(r#"row r="3" hidden="0""#));
    }
}
