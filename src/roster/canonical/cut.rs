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

/// Whether a row's first cells are these.
pub(super) fn begins_with(row: &[u8], cells: &[u8]) -> bool {
    row.split_at_checked(cells.len())
        .is_some_and(|(first, rest)| first == cells && rest.first() == Some(&b','))
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
    fn a_row_begins_with_cells_and_not_with_part_of_one() {
        assert!(begins_with(
            "石桥镇,值班员,".as_bytes(),
            "石桥镇,值班员".as_bytes()
        ));
        assert!(!begins_with(
            "石桥镇,值班员甲,".as_bytes(),
            "石桥镇,值班员".as_bytes()
        ));
        assert!(!begins_with(
            "石桥镇".as_bytes(),
            "石桥镇,值班员".as_bytes()
        ));
    }
}
