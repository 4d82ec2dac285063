//! A plain row cut into the cells that a shift is made of.

use memchr::{memchr2_iter, memrchr};

use super::columns::Columns;
use super::rows::{Row, Rows};

/// The cells of a row that a shift is made of, as bytes.
pub(super) struct Cut<'a> {
    /// Everything that says which post it is.
    pub post: &'a [u8],
    pub name: &'a [u8],
    pub tail: Tail<'a>,
}

/// Whether a row begins with these bytes. Sixteen at a step: to call somebody who compares any
/// number of them takes longer.
pub(super) fn begins_with(row: &[u8], bytes: &[u8]) -> bool {
    let Some(first) = row.get(..bytes.len()) else {
        return false;
    };
    match (first.last_chunk::<16>(), bytes.last_chunk::<16>()) {
        (Some(last), Some(wanted)) => {
            let (steps, wanted_steps) = (first.as_chunks::<16>().0, bytes.as_chunks().0);
            last == wanted && steps.iter().zip(wanted_steps).all(|(a, b)| a == b)
        }
        _ => first == bytes,
    }
}

/// The first and the last of three cells, none of them empty, as far as they are cells at all.
pub(super) fn three(cells: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut marks = memchr2_iter(b',', b'"', cells);
    let (first, last) = (marks.next()?, marks.next()?);
    let are_cells = marks.next().is_none() && [first, last].iter().all(|at| cells[*at] == b',');
    let are_filled = first > 0 && last > first + 1 && last + 1 < cells.len();
    (are_cells && are_filled).then(|| (&cells[..first], &cells[last + 1..]))
}

/// How long a row's end is from the comma before the phone on, seconds included.
pub(super) const TAIL: usize = 1 + 11 + 1 + 19 + 1 + 19;

/// What comes after the name.
pub(super) struct Tail<'a> {
    pub phone: &'a [u8],
    pub start: &'a [u8],
    pub end: &'a [u8],
}

impl<'a> Tail<'a> {
    pub fn of(tail: &'a [u8; TAIL]) -> Option<Self> {
        let [b',', rest @ ..] = tail else { return None };
        ([rest[11], rest[31]] == [b','; 2]).then(|| Self {
            phone: &rest[..11],
            start: &rest[12..31],
            end: &rest[32..],
        })
    }

    /// The first of what is here, and after it the line's end.
    pub fn before_line_end(rest: &'a [u8]) -> Option<Self> {
        let (tail, [b'\n']) = rest.first_chunk::<{ TAIL + 1 }>()?.split_first_chunk()? else {
            return None;
        };
        Self::of(tail)
    }
}

impl<'a> Cut<'a> {
    /// Of a row whose columns are in order and whose last three have the usual length. What comes
    /// before the name is not looked at: whether it is three cells, somebody else must know.
    pub fn from_the_end(line: &'a [u8]) -> Option<Self> {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let (head, tail) = line.split_last_chunk::<TAIL>()?;
        let tail = Tail::of(tail)?;
        let comma = memrchr(b',', head)?;
        Some(Self {
            post: &head[..comma],
            name: &head[comma + 1..],
            tail,
        })
    }

    /// Of any row, looking for every comma.
    pub fn whole(row: &Row<'a>, columns: &Columns, phone: usize) -> Option<Self> {
        // An empty cell may mean the one above.
        if row.width() != columns.width || row.cells().any(<[u8]>::is_empty) {
            return None;
        }
        Some(Self {
            post: row.stretch(&columns.post),
            name: row.cell(columns.name),
            tail: Tail {
                phone: row.cell(phone),
                start: row.cell(columns.start),
                end: row.cell(columns.end),
            },
        })
    }

    /// Of a row that has been read before.
    pub fn again(line: &'a [u8], columns: &Columns, phone: usize) -> Option<Self> {
        let short = columns.are_in_order.then(|| Self::from_the_end(line));
        short
            .flatten()
            .or_else(|| Self::whole(&Rows::of(line).next()??, columns, phone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_cells_are_three_and_filled() {
        let told = |cells: &'static str| three(cells.as_bytes());
        assert_eq!(
            told("石桥镇,值班室,值班员"),
            Some(("石桥镇".as_bytes(), "值班员".as_bytes()))
        );
        for other in [
            "石桥镇,值班员",
            "a,b,c,d",
            ",b,c",
            "a,,c",
            "a,b,",
            "a,\"b,c",
        ] {
            assert_eq!(told(other), None, "{other}");
        }
    }

    #[test]
    fn a_row_begins_with_all_the_bytes_or_with_none() {
        let row = "900001柳河镇,带班室,带班领导,张建国,13800000003".as_bytes();
        for end in 0..row.len() {
            let bytes = row[..end].to_vec();
            assert!(begins_with(row, &bytes), "{end}");
            assert!(!begins_with(&row[..end], row), "{end}");
            for other in 0..end {
                let mut other_bytes = bytes.clone();
                other_bytes[other] ^= 1;
                assert!(!begins_with(row, &other_bytes), "{other} of {end}");
            }
        }
    }
}
