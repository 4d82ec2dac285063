use std::ops::Range;

use encoding_rs::Encoding;

use crate::roster::{Cells, Place, Source};

/// A delimited file's text by rows, for showing a finding under its cell.
pub(super) struct Excerpts {
    text: String,
    /// Rows as a spreadsheet counts them, without their line ends.
    rows: Vec<Range<usize>>,
    cut: Cut,
}

/// Where a row's cells are.
enum Cut {
    /// Between these, outside quotes.
    At(char),
    /// Known beforehand, from the row's own beginning.
    Known(Vec<Vec<Range<usize>>>),
}

/// What stands between two cells of a workbook's row.
const BETWEEN: &str = " | ";

/// Some rows of a file as lines of text.
pub(super) struct Excerpt {
    /// One line per row; line breaks within a cell are blanks here.
    pub text: String,
    pub first_row: u32,
    /// Where each row begins in `text`.
    starts: Vec<usize>,
}

impl Excerpts {
    /// `None` for workbooks, whose bytes are no text.
    pub fn of(bytes: &[u8], source: &Source) -> Option<Self> {
        let delimiter = source.delimiter?;
        let encoding = Encoding::for_label(source.encoding.as_bytes())?;
        let (text, _, _) = encoding.decode(bytes);
        let text = text.into_owned();
        let rows = rows(&text, delimiter);
        Some(Self {
            text,
            rows,
            cut: Cut::At(delimiter),
        })
    }

    /// A workbook's rows as lines of text.
    pub fn of_cells(cells: &Cells) -> Self {
        let mut text = String::new();
        let (mut rows, mut known) = (Vec::new(), Vec::new());
        for row in &cells.rows {
            let start = text.len();
            let mut ranges = Vec::with_capacity(row.len());
            for cell in row {
                if !ranges.is_empty() {
                    text.push_str(BETWEEN);
                }
                let from = text.len() - start;
                text.extend(cell.chars().map(|c| if c.is_control() { ' ' } else { c }));
                ranges.push(from..text.len() - start);
            }
            rows.push(start..text.len());
            known.push(ranges);
            text.push('\n');
        }
        Self {
            text,
            rows,
            cut: Cut::Known(known),
        }
    }

    /// Where the cells of a row are in it.
    fn cut(&self, row: usize, line: &str) -> Vec<Range<usize>> {
        match &self.cut {
            Cut::At(delimiter) => cells(line, *delimiter).collect(),
            Cut::Known(known) => known.get(row).cloned().unwrap_or_default(),
        }
    }

    /// All of it, as it was decoded.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A row without its line end.
    pub fn row(&self, row: u32) -> Option<&str> {
        self.text.get(self.rows.get(index(row)?)?.clone())
    }

    /// A row in the text, its line end included.
    pub fn whole_row(&self, row: u32) -> Option<Range<usize>> {
        let at = index(row)?;
        let start = self.rows.get(at)?.start;
        let next = self.rows.get(at + 1);
        Some(start..next.map_or(self.text.len(), |next| next.start))
    }

    /// A cell in the text, without quotes and outer blanks.
    pub fn cell(&self, place: Place) -> Option<Range<usize>> {
        let at = index(place.row)?;
        let row = self.rows.get(at)?;
        let line = &self.text[row.clone()];
        let cell = self.cut(at, line).get(index(place.column)?)?.clone();
        let cell = without_margins(line, cell);
        Some(row.start + cell.start..row.start + cell.end)
    }

    /// Rows `first..=last`, as far as there are any.
    pub fn excerpt(&self, first: u32, last: u32) -> Option<Excerpt> {
        let from = index(first)?;
        let rows = self.rows.get(from..self.rows.len().min(last as usize))?;
        let mut text = String::new();
        let mut starts = Vec::new();
        for row in rows {
            starts.push(text.len());
            let line = &self.text[row.clone()];
            text.extend(
                line.chars()
                    .map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }),
            );
            text.push('\n');
        }
        (!rows.is_empty()).then_some(Excerpt {
            text,
            first_row: first,
            starts,
        })
    }

    /// Where a cell stands in its row, quotes and outer blanks aside; the whole row for column 0
    /// and for a cell the row is too short for.
    pub fn cell_in_row(&self, place: Place) -> Option<Range<usize>> {
        let at = index(place.row)?;
        let line = &self.text[self.rows.get(at)?.clone()];
        let column = index(place.column);
        let cell = column.and_then(|column| self.cut(at, line).get(column).cloned());
        let cell = cell.unwrap_or(0..line.len());
        Some(without_margins(line, cell))
    }
}

impl Excerpt {
    /// A range of a row as a range of the whole excerpt.
    pub fn within(&self, row: u32, cell: &Range<usize>) -> Option<Range<usize>> {
        let start = self.starts.get(row.checked_sub(self.first_row)? as usize)?;
        Some(start + cell.start..start + cell.end)
    }
}

/// From 1 to 0-based; `None` for 0.
fn index(number: u32) -> Option<usize> {
    Some(number.checked_sub(1)? as usize)
}

/// Rows end at line ends outside quotes. A quote opens only at the start of a cell.
fn rows(text: &str, delimiter: char) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut start = 0;
    let mut quotes = Quotes::default();
    let mut previous = '\n';
    for (at, c) in text.char_indices() {
        let is_quoted = quotes.pass(c, delimiter);
        if c == '\n' && previous == '\r' && !is_quoted && at == start {
            start = at + 1;
        } else if matches!(c, '\n' | '\r') && !is_quoted {
            rows.push(start..at);
            start = at + 1;
        }
        previous = c;
    }
    if start < text.len() {
        rows.push(start..text.len());
    }
    rows
}

fn cells(line: &str, delimiter: char) -> impl Iterator<Item = Range<usize>> {
    let mut quotes = Quotes::default();
    let mut ends: Vec<(usize, usize)> = line
        .char_indices()
        .filter(|(_, c)| !quotes.pass(*c, delimiter) && *c == delimiter)
        .map(|(at, c)| (at, at + c.len_utf8()))
        .collect();
    ends.push((line.len(), line.len()));
    let mut start = 0;
    ends.into_iter().map(move |(end, next)| {
        let cell = start..end;
        start = next;
        cell
    })
}

/// Follows quotes through a text.
struct Quotes {
    is_open: bool,
    /// Only blanks so far in this cell.
    at_start: bool,
}

impl Default for Quotes {
    fn default() -> Self {
        Self {
            is_open: false,
            at_start: true,
        }
    }
}

impl Quotes {
    /// Whether the character just passed stands inside quotes.
    fn pass(&mut self, c: char, delimiter: char) -> bool {
        let was_open = self.is_open;
        match c {
            // A doubled quote closes and opens again, which comes to the same.
            '"' if self.is_open => self.is_open = false,
            '"' if self.at_start || was_open => self.is_open = true,
            _ => {}
        }
        if !self.is_open {
            let ends_cell = c == delimiter || matches!(c, '\n' | '\r');
            self.at_start =
                ends_cell || (self.at_start && c.is_whitespace()) || (was_open && c == '"');
        }
        self.is_open
    }
}

fn without_margins(line: &str, cell: Range<usize>) -> Range<usize> {
    let content = &line[cell.clone()];
    let is_margin = |c: char| c.is_whitespace() || c == '"' || c == '\u{feff}';
    let start = content.len() - content.trim_start_matches(is_margin).len();
    let end = content.trim_end_matches(is_margin).len();
    if start < end {
        cell.start + start..cell.start + end
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpts(text: &str) -> Excerpts {
        let source = Source {
            encoding: "utf-8",
            delimiter: Some(','),
            sheet: None,
            rows: 0,
        };
        Excerpts::of(text.as_bytes(), &source).unwrap()
    }

    fn cell(text: &str, row: u32, column: u32) -> String {
        let excerpts = excerpts(text);
        let range = excerpts
            .cell_in_row(Place {
                file: 0,
                row,
                column,
            })
            .unwrap();
        let excerpt = excerpts.excerpt(row, row).unwrap();
        excerpt.text[excerpt.within(row, &range).unwrap()].to_owned()
    }

    #[test]
    fn rows_and_cells_are_found_as_a_spreadsheet_counts_them() {
        let text = "日期,姓名\r\n\r\n10月1日,\"甲\r\n乙,丙\", 丁 \r\n10月2日,戊\r\n";
        assert_eq!(cell(text, 1, 2), "姓名");
        assert_eq!(cell(text, 3, 2), "甲  乙,丙");
        assert_eq!(cell(text, 3, 3), "丁");
        assert_eq!(cell(text, 4, 2), "戊");
    }

    #[test]
    fn a_column_too_far_and_no_column_are_the_whole_row() {
        assert_eq!(cell("a,b\n", 1, 9), "a,b");
        assert_eq!(cell("a,b\n", 1, 0), "a,b");
    }

    #[test]
    fn a_workbooks_row_is_its_cells_side_by_side() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        let excerpts = Excerpts::of_cells(&Cells {
            rows: vec![row(&["值班表"]), row(&["10月1日", "", "甲,\n乙"])],
            ..Cells::default()
        });
        let place = |column| Place {
            file: 0,
            row: 2,
            column,
        };
        let excerpt = excerpts.excerpt(2, 2).unwrap();
        assert_eq!(excerpt.text, "10月1日 |  | 甲, 乙\n");
        let range = excerpts.cell_in_row(place(3)).unwrap();
        assert_eq!(&excerpt.text[excerpt.within(2, &range).unwrap()], "甲, 乙");
        assert!(excerpts.cell_in_row(place(2)).unwrap().is_empty());
    }

    #[test]
    fn a_quote_within_a_word_is_no_quote() {
        assert_eq!(cell("5\" x,b\nc,d\n", 2, 2), "d");
        assert_eq!(cell("\"a \"\"b\"\" c\",d\n", 1, 2), "d");
    }
}
