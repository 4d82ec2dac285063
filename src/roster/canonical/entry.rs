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
    /// Which of the people of its sheet.
    pub person: u16,
    pub who: Who,
    /// Which row of the file, from 0 and without the header.
    pub row: u32,
    /// Where the row begins in the file.
    pub(super) at: u32,
}

/// Somebody as a row has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Who {
    /// The same for every shift with this name, and for few others.
    pub name: u32,
    /// The same for every shift with this phone, and for few others.
    pub number: u32,
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

/// An entry in three numbers: a nation has ten million. The rest its sheet knows.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    /// The start's last bits, which tell any two of a roll apart, and the minutes.
    hours: u32,
    at: u32,
    /// The person, the row after the sheet's first one, and [`NEXT_POST`].
    place: u32,
}

const MINUTES_BITS: u32 = 12;

/// No shift may be longer: almost three days.
pub(super) const MOST_MINUTES: u32 = (1 << MINUTES_BITS) - 1;

/// No two starts of a roll may be further apart: almost two years.
pub(super) const MOST_APART_MINUTES: u32 = (1 << (u32::BITS - MINUTES_BITS)) - 1;

const ROW_BITS: u32 = 15;

/// No sheet may have more rows, and so none has more people.
pub(super) const MOST_ROWS: u16 = 1 << ROW_BITS;

/// That the row is the first of the next of its sheet's posts.
const NEXT_POST: u32 = 1 << (2 * ROW_BITS);

impl Kept {
    /// `first_row`: from which the sheet's rows are counted.
    pub fn of(entry: &Entry, first_row: u32) -> Self {
        let person = u32::from(entry.person) << ROW_BITS;
        Self {
            hours: entry.start << MINUTES_BITS | u32::from(entry.minutes) & MOST_MINUTES,
            at: entry.at,
            place: person | entry.row.wrapping_sub(first_row),
        }
    }

    pub fn next_post(self) -> Self {
        Self {
            place: self.place | NEXT_POST,
            ..self
        }
    }

    pub fn is_next_post(&self) -> bool {
        self.place & NEXT_POST != 0
    }

    /// `earliest`: when the roll's first shift begins, in minutes since 1970. `people`: the sheet's.
    pub fn entry(&self, post: u32, people: &[Who], first_row: u32, earliest: u32) -> Entry {
        let after = (self.hours >> MINUTES_BITS).wrapping_sub(earliest) & MOST_APART_MINUTES;
        let short = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
        let last = u32::from(MOST_ROWS) - 1;
        let person = short(self.place >> ROW_BITS & last);
        Entry {
            post,
            start: earliest.saturating_add(after),
            minutes: short(self.hours & MOST_MINUTES),
            person,
            who: people[usize::from(person)],
            row: first_row + (self.place & last),
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
            (person, row) in (0..40_u16, 0..u32::from(MOST_ROWS)),
            (first_row, post, at) in (0..u32::MAX / 2, any::<u32>(), any::<u32>()),
        ) {
            let people: Vec<Who> = (0..40).map(|name| Who { name, number: name + 7 }).collect();
            let (start, row) = (earliest + after, first_row + row);
            let who = people[usize::from(person)];
            let entry = Entry { post, start, minutes, person, who, row, at };
            let kept = Kept::of(&entry, first_row);
            prop_assert!(!kept.is_next_post() && kept.next_post().is_next_post());
            for kept in [kept, kept.next_post()] {
                prop_assert_eq!(kept.entry(post, &people, first_row, earliest), entry);
            }
        }
    }
}
