use std::collections::BTreeSet;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::excerpt::Excerpts;
use crate::roster::{Mend, Source};

/// A delimited file that can be written back with some cells changed and every other byte as it
/// was.
pub(super) struct Editable<'a> {
    /// The byte order mark, if any.
    mark: &'a [u8],
    encoding: &'static Encoding,
    excerpts: Excerpts,
}

impl<'a> Editable<'a> {
    /// `None` for workbooks, and where what was decoded does not encode to the same bytes.
    pub fn of(bytes: &'a [u8], source: &Source) -> Option<Self> {
        let encoding = Encoding::for_label(source.encoding.as_bytes())?;
        let excerpts = Excerpts::of(bytes, source)?;
        let marked = Encoding::for_bom(bytes).map_or(0, |(_, length)| length);
        let (mark, rest) = bytes.split_at_checked(marked)?;
        let same = encoded(excerpts.text(), encoding)? == rest;
        same.then_some(Self {
            mark,
            encoding,
            excerpts,
        })
    }

    /// Whether two rows are the same, letter by letter.
    pub fn are_alike(&self, one: u32, other: u32) -> bool {
        let row = |number| self.excerpts.row(number);
        row(one).is_some() && row(one) == row(other)
    }

    /// The file with these cells changed and without these rows; `None` where a cell is not what
    /// it was taken for.
    pub fn with(&self, mends: &[&Mend], without: &BTreeSet<u32>) -> Option<Vec<u8>> {
        let text = self.excerpts.text();
        let mut edits = Vec::with_capacity(mends.len() + without.len());
        for mend in mends {
            let cell = self.excerpts.cell(mend.place)?;
            if text.get(cell.clone())? != mend.old {
                return None;
            }
            edits.push((cell, mend.new.as_str()));
        }
        for row in without {
            edits.push((self.excerpts.whole_row(*row)?, ""));
        }
        edits.sort_by_key(|(range, _)| range.start);
        let mut edited = String::with_capacity(text.len());
        let mut at = 0;
        for (range, new) in edits {
            edited.push_str(text.get(at..range.start)?);
            edited.push_str(new);
            at = range.end;
        }
        edited.push_str(text.get(at..)?);
        let body = encoded(&edited, self.encoding)?;
        Some([self.mark, &body].concat())
    }
}

/// `None` where the encoding lacks a character.
fn encoded(text: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    let units = || text.encode_utf16();
    if encoding == UTF_8 {
        Some(text.as_bytes().to_vec())
    } else if encoding == UTF_16LE {
        Some(units().flat_map(u16::to_le_bytes).collect())
    } else if encoding == UTF_16BE {
        Some(units().flat_map(u16::to_be_bytes).collect())
    } else {
        let (bytes, _, lacks_one) = encoding.encode(text);
        (!lacks_one).then(|| bytes.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::{Mended, Place};

    fn mend(row: u32, column: u32, old: &str, new: &str) -> Mend {
        Mend {
            place: Place {
                file: 0,
                row,
                column,
            },
            old: old.to_owned(),
            new: new.to_owned(),
            what: Mended::Phone,
        }
    }

    fn source(encoding: &'static str, delimiter: char) -> Source {
        Source {
            encoding,
            delimiter: Some(delimiter),
            sheet: None,
            rows: 0,
        }
    }

    #[test]
    fn nothing_but_the_cell_changes_in_any_encoding() {
        let text = "姓名;电话\r\n\r\n\"甲;乙\"; 138 0000 0001 \r\n丙;13800000002";
        let new = text.replace("138 0000 0001", "13800000001");
        for encoding in ["utf-8", "gb18030", "utf-16le", "utf-16be"] {
            let bytes = |text| encoded(text, Encoding::for_label(encoding.as_bytes()).unwrap());
            let old = bytes(text).unwrap();
            let file = Editable::of(&old, &source(encoding, ';')).unwrap();
            let mends = [&mend(3, 2, "138 0000 0001", "13800000001")];
            let edited = file.with(&mends, &BTreeSet::new());
            assert_eq!(edited, bytes(&new), "{encoding}");
        }
    }

    #[test]
    fn a_byte_order_mark_stays() {
        let bytes = [b"\xef\xbb\xbf".as_slice(), "a,b\nc,1 2\n".as_bytes()].concat();
        let file = Editable::of(&bytes, &source("utf-8", ',')).unwrap();
        let edited = file.with(&[&mend(2, 2, "1 2", "12")], &BTreeSet::new());
        assert_eq!(
            edited.unwrap(),
            [b"\xef\xbb\xbf".as_slice(), "a,b\nc,12\n".as_bytes()].concat()
        );
    }

    #[test]
    fn a_row_goes_with_its_line_end() {
        let file = Editable::of(b"a,b\r\nc,d\r\nc,d\r\ne,f", &source("utf-8", ',')).unwrap();
        assert!(file.are_alike(2, 3) && !file.are_alike(1, 2) && !file.are_alike(8, 9));
        let edited = file.with(&[], &BTreeSet::from([3]));
        assert_eq!(edited.unwrap(), b"a,b\r\nc,d\r\ne,f");
    }

    #[test]
    fn a_cell_that_is_not_there_is_not_written() {
        let file = Editable::of(b"a,b\nc,d\n", &source("utf-8", ',')).unwrap();
        for wrong in [
            mend(2, 2, "x", "y"),
            mend(2, 9, "d", "y"),
            mend(9, 1, "c", "y"),
        ] {
            assert_eq!(file.with(&[&wrong], &BTreeSet::new()), None);
        }
    }
}
