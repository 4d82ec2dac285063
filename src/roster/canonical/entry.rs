//! One row of a roll as a few numbers: as it is looked at, and as it is kept.

use crate::time::{Moment, Span};

/// One row, as far as it takes to see whether there is anything to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which of the roll's posts.
    pub post: u32,
    /// Minutes since 1970, in UTC.
    pub start: u32,
    pub minutes: u16,
    /// The same for every shift with this name, and for few others.
    pub name: u32,
    /// The same for every shift with this phone, and for few others.
    pub number: u32,
    /// Where the row begins in the file.
    pub(super) at: u32,
}

impl Entry {
    /// In minutes since 1970.
    #[must_use]
    pub fn end(&self) -> u32 {
        self.start.saturating_add(self.minutes.into())
    }

    #[must_use]
    pub fn span(&self) -> Option<Span> {
        Span::new(minute(self.start), minute(self.end()))
    }
}

/// A minute since 1970 as a moment.
#[must_use]
pub fn minute(minute: u32) -> Moment {
    let secs = i64::from(minute) * 60;
    Moment::from_timestamp(secs, 0).unwrap_or_default()
}

/// An entry in twenty bytes: a nation has ten million. Of its start only the last bits are there,
/// which tell any two of a roll apart; [`Kept::entry`] knows the others.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    pub post: u32,
    hours: u32,
    name: u32,
    number: u32,
    at: u32,
}

/// How many of the hours' bits say how long the shift is; the others are its start's.
const MINUTES_BITS: u32 = 12;

/// No two starts of a roll may be further apart: almost two years.
pub(super) const MOST_APART_MINUTES: u32 = (1 << (u32::BITS - MINUTES_BITS)) - 1;

impl Kept {
    /// `None` for a shift of almost three days and more.
    pub fn of(entry: &Entry) -> Option<Self> {
        let minutes = u32::from(entry.minutes);
        (minutes < 1 << MINUTES_BITS).then_some(Self {
            post: entry.post,
            hours: entry.start << MINUTES_BITS | minutes,
            name: entry.name,
            number: entry.number,
            at: entry.at,
        })
    }

    /// `earliest`: when the roll's first shift begins, in minutes since 1970.
    pub fn entry(&self, earliest: u32) -> Entry {
        let start = self.hours >> MINUTES_BITS;
        let after = start.wrapping_sub(earliest) & MOST_APART_MINUTES;
        let minutes = self.hours & ((1 << MINUTES_BITS) - 1);
        Entry {
            post: self.post,
            start: earliest.saturating_add(after),
            minutes: u16::try_from(minutes).unwrap_or(u16::MAX),
            name: self.name,
            number: self.number,
            at: self.at,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_kept_is_the_entry_itself(
            earliest in 0..u32::MAX / 2,
            after in 0..=MOST_APART_MINUTES,
            minutes in 0_u16..1 << MINUTES_BITS,
            others in any::<[u32; 4]>(),
        ) {
            let [post, name, number, at] = others;
            let start = earliest + after;
            let entry = Entry { post, start, minutes, name, number, at };
            let kept = Kept::of(&entry).map(|kept| kept.entry(earliest));
            prop_assert_eq!(kept, Some(entry));
        }
    }

    #[test]
    fn a_shift_of_three_days_is_not_kept() {
        let entry = Entry {
            post: 0,
            start: 0,
            minutes: 3 * 24 * 60,
            name: 0,
            number: 0,
            at: 0,
        };
        assert!(Kept::of(&entry).is_none());
    }
}
