//! Text → rows of cells, each with the row number a spreadsheet shows: blank lines count, a
//! quoted line break does not.
//!
//! Knows delimiters and quotes; what a cell means is not asked here.

use std::borrow::Cow;

use super::finding::{Code, Finding, Matter, Place};
use super::misread::Misread;

/// A table as the file holds it: ragged, blank rows kept.
pub(super) struct Grid {
    text: String,
    /// Where each cell ends in `text`.
    ends: Vec<u32>,
    /// Where each row's cells end in `ends`.
    rows: Vec<u32>,
}

impl Grid {
    /// A table whose cells are known already.
    pub fn of_rows(rows: &[Vec<String>]) -> Self {
        let mut grid = Grid {
            text: String::new(),
            ends: Vec::new(),
            rows: Vec::with_capacity(rows.len()),
        };
        for row in rows {
            for cell in row {
                grid.text.push_str(cell);
                grid.ends.push(length(grid.text.as_bytes()));
            }
            grid.rows.push(length(&grid.ends));
        }
        grid
    }

    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The cells of a row, counted from 0.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &str> {
        let from = row.checked_sub(1).map_or(0, |before| self.rows[before]) as usize;
        (from..self.rows[row] as usize).map(|cell| {
            let start = cell.checked_sub(1).map_or(0, |before| self.ends[before]);
            &self.text[start as usize..self.ends[cell] as usize]
        })
    }
}

/// What may stand between two cells.
const DELIMITERS: [char; 6] = [',', '\t', ';', '^', '|', '，'];

/// A full-width comma separates cells only when it stands as often in every one of this many
/// rows: in a cell it separates people.
const FULL_WIDTH_ROWS: usize = 3;

/// The table `text` holds, and what separates its cells.
pub(super) fn grid(text: &str) -> Result<(Grid, char), Box<Finding>> {
    let delimiter = delimiter(text);
    let text = match delimiter {
        '，' => Cow::Owned(text.replace('，', ",")),
        _ => Cow::Borrowed(text),
    };
    let split = if delimiter == '，' { ',' } else { delimiter };
    let tidy = quotes(&text, split)?;
    Ok((split_records(&tidy, split), delimiter))
}

/// The delimiter that cuts the most rows into the same number of cells.
fn delimiter(text: &str) -> char {
    let lines: Vec<&str> = logical_lines(text).take(200).collect();
    let mut best = (0usize, ',');
    for candidate in DELIMITERS {
        let counts: Vec<usize> = lines
            .iter()
            .map(|line| count_outside_quotes(line, candidate))
            .filter(|n| *n > 0)
            .collect();
        let Some(most) = counts.iter().max().copied() else {
            continue;
        };
        let same = |n: usize| counts.iter().filter(|c| **c == n).count();
        let (steady, cells) = counts
            .iter()
            .map(|n| (same(*n), *n))
            .max()
            .unwrap_or((0, 0));
        if candidate == '，'
            && (steady < FULL_WIDTH_ROWS || steady < lines.len() - 1 || most != cells)
        {
            continue;
        }
        let score = steady * 4 + counts.len() + cells.min(8);
        if score > best.0 {
            best = (score, candidate);
        }
    }
    best.1
}

/// Lines that are not blank, a quoted line break not ending one.
fn logical_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let mut quoted = false;
            let end = rest
                .char_indices()
                .take(64 * 1024)
                .find(|(_, c)| {
                    quoted ^= *c == '"';
                    !quoted && matches!(c, '\n' | '\r')
                })
                .map_or(rest.len(), |(at, _)| at);
            let line = &rest[..end];
            rest = rest.get(end + 1..).unwrap_or_default();
            if !line.trim().is_empty() {
                return Some(line);
            }
        }
        None
    })
}

fn count_outside_quotes(line: &str, wanted: char) -> usize {
    let mut quoted = false;
    line.chars()
        .filter(|c| {
            quoted ^= *c == '"';
            !quoted && *c == wanted
        })
        .count()
}

/// The text with blanks before an opening quote taken away (the `csv` crate opens a quote only
/// at the very start of a cell); an error where a quote is never closed.
fn quotes(text: &str, delimiter: char) -> Result<Cow<'_, str>, Box<Finding>> {
    if !text.contains('"') {
        return Ok(Cow::Borrowed(text));
    }
    let mut tidy = String::with_capacity(text.len());
    let mut row = 1u32;
    let mut opened_at = None;
    let mut blanks = 0usize;
    let mut cell_is_blank = true;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if opened_at.is_some() {
            if c == '"' {
                if chars.peek() == Some(&'"') {
                    tidy.push('"');
                    chars.next();
                } else {
                    opened_at = None;
                }
            }
            tidy.push(c);
            continue;
        }
        match c {
            '"' if cell_is_blank => {
                tidy.truncate(tidy.len() - blanks);
                opened_at = Some(row);
                cell_is_blank = false;
            }
            c if c == delimiter || c == '\n' || c == '\r' => {
                row += u32::from(c == '\n' || (c == '\r' && chars.peek() != Some(&'\n')));
                (cell_is_blank, blanks) = (true, 0);
            }
            ' ' | '\u{3000}' if cell_is_blank => blanks += c.len_utf8(),
            _ => cell_is_blank = false,
        }
        tidy.push(c);
    }
    match opened_at {
        None => Ok(Cow::Owned(tidy)),
        Some(row) => Err(Box::new(Finding {
            code: Code::F315,
            place: Some(Place {
                file: 0,
                row,
                column: 0,
            }),
            also: Vec::new(),
            matter: Matter::Misread(Misread::UnclosedQuote { row }),
        })),
    }
}

fn split_records(text: &str, delimiter: char) -> Grid {
    let mut grid = Grid {
        text: String::with_capacity(text.len()),
        ends: Vec::with_capacity(text.len() / 8),
        rows: Vec::with_capacity(text.len() / 48),
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .quoting(text.contains('"'))
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut record = csv::ByteRecord::new();
    loop {
        let from = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        // Reading from memory with ragged rows allowed, the crate has no error left to report.
        if !matches!(reader.read_byte_record(&mut record), Ok(true)) {
            break;
        }
        for _ in 0..blank_lines(text, from) {
            grid.rows.push(length(&grid.ends));
        }
        for cell in &record {
            grid.text.push_str(&String::from_utf8_lossy(cell));
            grid.ends.push(length(grid.text.as_bytes()));
        }
        grid.rows.push(length(&grid.ends));
    }
    grid
}

/// Line ends between the end of the last record, at `from`, and the next.
fn blank_lines(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    if from > 0 && bytes.get(from - 1) == Some(&b'\r') && bytes.get(from) == Some(&b'\n') {
        at += 1;
    }
    let mut lines = 0;
    while let Some(end @ (b'\r' | b'\n')) = bytes.get(at) {
        at += if *end == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
            2
        } else {
            1
        };
        lines += 1;
    }
    lines
}

/// Files are refused long before four thousand million of anything.
fn length<T>(of: &[T]) -> u32 {
    u32::try_from(of.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> (Vec<Vec<String>>, char) {
        let (grid, delimiter) = grid(text).ok().unwrap();
        let rows = (0..grid.rows())
            .map(|r| grid.row(r).map(str::to_owned).collect())
            .collect();
        (rows, delimiter)
    }

    #[test]
    fn rows_count_as_a_spreadsheet_counts_them() {
        let (rows, _) = table("a,b\r\n\r\n\"c\nd\",e\r\n\r\n\r\nf,g\r\n");
        let second: Vec<&str> = rows
            .iter()
            .map(|r| r.get(1).map_or("", String::as_str))
            .collect();
        assert_eq!(second, ["b", "", "e", "", "", "g"]);
        assert_eq!(rows[2][0], "c\nd");
    }

    #[test]
    fn leading_blank_lines_count_too() {
        assert_eq!(table("\n\na,b\n").0.len(), 3);
        assert_eq!(table("a,b\rc,d\r\re,f").0.len(), 4);
    }

    #[test]
    fn a_quote_after_a_blank_opens_a_cell() {
        assert_eq!(table("x, \"a,b\",y\n").0[0], ["x", "a,b", "y"]);
        assert_eq!(table("say \"hi\",y\n").0[0], ["say \"hi\"", "y"]);
    }

    #[test]
    fn every_delimiter_is_found() {
        for (text, wanted) in [
            ("a\tb、c\td\n1\t2,3\t4\n", '\t'),
            ("a;b;c\n1;2,5;3\n", ';'),
            ("a^b^c\n1^2^3\n", '^'),
            (
                "日期，姓名，电话\n1日，张三，1\n2日，李四，2\n3日，王五，3\n",
                '，',
            ),
            ("10月1日：张三，李四\n10月2日：王五，赵六\n", ','),
        ] {
            assert_eq!(table(text).1, wanted, "{text}");
        }
    }

    #[test]
    fn an_unclosed_quote_is_told_with_its_row() {
        let found = grid("a,b\nc,\"d\ne,f\n").err().unwrap();
        assert_eq!((found.code, found.place.unwrap().row), (Code::F315, 2));
    }
}
