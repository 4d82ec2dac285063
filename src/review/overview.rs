//! What the rules about a file as a whole look at: its units, and how much lies outside the period.

use foldhash::HashMap;

use super::boundary_uncovered::Night;
use super::suppression::excuse_at;
use crate::roster::{Code, Place, Roster};
use crate::time::{Moment, Period, Span};

pub(super) struct Overview<'a> {
    /// In order of appearance, each with the cell of its first shift.
    pub units: Vec<(&'a str, Option<Place>)>,
    /// By the remark that excuses it, in order of appearance.
    pub outside: Vec<(Option<usize>, Outside)>,
    /// In the order of the demand.
    pub nights: Vec<Night>,
}

/// Shifts that have no moment in the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outside {
    pub shifts: u32,
    /// Of the first in the file.
    pub place: Place,
    /// When the earliest begins, and the latest.
    pub starts: (Moment, Moment),
}

impl Outside {
    pub fn of(span: Span, place: Place) -> Self {
        Self {
            shifts: 1,
            place,
            starts: (span.start(), span.start()),
        }
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            shifts: self.shifts.saturating_add(other.shifts),
            place: self.place.min(other.place),
            starts: (
                self.starts.0.min(other.starts.0),
                self.starts.1.max(other.starts.1),
            ),
        }
    }
}

impl<'a> Overview<'a> {
    pub fn of(roster: &'a Roster, period: Period, nights: Vec<Night>) -> Self {
        let mut units: Vec<(&str, Option<Place>)> = Vec::new();
        let mut numbers: HashMap<&str, usize> = HashMap::default();
        let posts = roster.posts.iter().map(|post| {
            *numbers.entry(post.unit.as_str()).or_insert_with(|| {
                units.push((post.unit.as_str(), None));
                units.len() - 1
            })
        });
        let unit_of_post: Vec<usize> = posts.collect();
        let mut outside: Vec<(Option<usize>, Outside)> = Vec::new();
        for shift in &roster.shifts {
            let unit = unit_of_post[shift.post as usize];
            units[unit].1.get_or_insert(shift.source);
            if shift.span.overlaps(&period) {
                continue;
            }
            let excuse = excuse_at(roster, Code::H401, [shift.source]);
            let more = Outside::of(shift.span, shift.source);
            let known = outside.iter_mut().find(|(known, _)| *known == excuse);
            match known {
                Some((_, all)) => *all = all.and(more),
                None => outside.push((excuse, more)),
            }
        }
        Self {
            units,
            outside,
            nights,
        }
    }
}
