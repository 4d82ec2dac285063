use std::ops::RangeInclusive;

/// The most columns a plain file has.
pub(super) const COLUMNS: usize = 7;

/// One row, and where its cells end.
pub(super) struct Row<'a> {
    bytes: &'a [u8],
    ends: [usize; COLUMNS],
    width: usize,
}

/// Rows of a file without quotes; `None` for one that is too wide or has a quote after all.
pub(super) struct Rows<'a> {
    file: &'a [u8],
    /// Where the next row begins.
    at: usize,
    marks: Marks<'a>,
}

impl<'a> Rows<'a> {
    pub fn of(file: &'a [u8]) -> Self {
        Self {
            file,
            at: 0,
            marks: Marks::of(file),
        }
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Option<Row<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let begin = self.at;
        if begin == self.file.len() {
            return None;
        }
        let mut ends = [0; COLUMNS];
        let mut width = 0;
        loop {
            let end = self.marks.next().unwrap_or(self.file.len());
            let mark = self.file.get(end);
            let Some(place) = ends.get_mut(width).filter(|_| mark != Some(&b'"')) else {
                return Some(None);
            };
            *place = end - begin;
            width += 1;
            if mark != Some(&b',') {
                self.at = self.file.len().min(end + 1);
                return Some(Some(Row::of(&self.file[begin..end], ends, width)));
            }
        }
    }
}

impl<'a> Row<'a> {
    fn of(bytes: &'a [u8], mut ends: [usize; COLUMNS], width: usize) -> Self {
        if bytes.ends_with(b"\r") {
            ends[width - 1] -= 1;
        }
        Self { bytes, ends, width }
    }

    pub fn width(&self) -> usize {
        self.width
    }

    /// The bytes from one cell to another, with the commas between them.
    pub fn stretch(&self, columns: &RangeInclusive<usize>) -> &'a [u8] {
        &self.bytes[self.begin(*columns.start())..self.ends[*columns.end()]]
    }

    pub fn cell(&self, column: usize) -> &'a [u8] {
        &self.bytes[self.begin(column)..self.ends[column]]
    }

    pub fn cells(&self) -> impl Iterator<Item = &'a [u8]> {
        (0..self.width).map(|column| self.cell(column))
    }

    fn begin(&self, column: usize) -> usize {
        column
            .checked_sub(1)
            .map_or(0, |before| self.ends[before] + 1)
    }
}

/// Where commas, line ends and quotes stand. They stand so close together that a search begun
/// anew for each of them costs more than a block of bytes looked at in one go.
struct Marks<'a> {
    blocks: std::slice::Iter<'a, [u8; BLOCK]>,
    /// The last block, filled up with zeros.
    last: Option<[u8; BLOCK]>,
    /// Where the next block begins.
    ahead: usize,
    /// A bit for every byte of the block before that is a mark not told yet.
    untold: u32,
}

const BLOCK: usize = 32;

impl<'a> Marks<'a> {
    fn of(file: &'a [u8]) -> Self {
        let (blocks, rest) = file.as_chunks();
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        Self {
            blocks: blocks.iter(),
            last: Some(last),
            ahead: 0,
            untold: 0,
        }
    }
}

impl Iterator for Marks<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.untold == 0 {
            self.untold = match self.blocks.next() {
                Some(block) => marked(block),
                None => marked(&self.last.take()?),
            };
            self.ahead += BLOCK;
        }
        let first = self.untold.trailing_zeros() as usize;
        self.untold &= self.untold - 1;
        Some(self.ahead - BLOCK + first)
    }
}

/// A bit for every byte that is a comma, a line end or a quote.
#[inline]
fn marked(block: &[u8; BLOCK]) -> u32 {
    // Without a branch, so that the compiler compares many bytes at once.
    let flags =
        block.map(|byte| u8::from(byte == b',') | u8::from(byte == b'\n') | u8::from(byte == b'"'));
    let eights = flags.as_chunks().0.iter().rev();
    eights.fold(0, |bits, eight| bits << 8 | u32::from(bits_of(*eight)))
}

/// Eight bytes of 0 or 1 as bits, the first the lowest.
#[inline]
fn bits_of(flags: [u8; 8]) -> u8 {
    // The factor moves each flag to its own place in the highest byte, and none onto another.
    let moved = u64::from_le_bytes(flags).wrapping_mul(0x0102_0408_1020_4080);
    moved.to_be_bytes()[0]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn marks_stand_where_a_look_at_each_byte_finds_them(
            file in proptest::collection::vec(
                prop_oneof![any::<u8>(), prop::sample::select(b",\n\"\xac\x8a\xa2\x2d\x0b".to_vec())],
                0..120,
            ),
        ) {
            let is_mark = |at: &usize| matches!(file[*at], b',' | b'\n' | b'"');
            let slowly: Vec<usize> = (0..file.len()).filter(is_mark).collect();
            prop_assert_eq!(Marks::of(&file).collect::<Vec<_>>(), slowly);
        }
    }
}
