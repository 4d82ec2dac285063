//! A post rostered for nights alone on working days: its office hours are no duty, because the
//! roster itself says so.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::shift::Shift;
use crate::time::{Span, SpanSet, Zone, clock_of, minute_of_day};

/// A night of a working day, and the office hours before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Night {
    pub post: u32,
    pub office_hours: Span,
}

/// A night begins from three in the afternoon on and ends between five and ten.
const EARLIEST_START: u32 = 15 * 60;
const ENDS: std::ops::RangeInclusive<u32> = 5 * 60..=10 * 60;

/// The office hours of `date` that a shift leaves out, where it is a night.
pub(super) fn office_hours(
    zone: Zone,
    date: NaiveDate,
    start: NaiveDateTime,
    end: NaiveDateTime,
) -> Option<Span> {
    let morning = minute_of_day(end.time());
    let night = start.date() == date
        && Some(end.date()) == date.succ_opt()
        && minute_of_day(start.time()) >= EARLIEST_START
        && ENDS.contains(&morning);
    let morning = clock_of(date, morning);
    night.then(|| Span::new(zone.moment(morning), zone.moment(start)))?
}

/// Per post, the office hours that are no duty: those of posts nobody ever has by day then.
pub(super) fn declared(nights: &[Night], shifts: &[Shift]) -> Vec<(u32, SpanSet)> {
    let mut spans: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
    for night in nights {
        let of_post = spans.entry(night.post).or_default();
        of_post.push(night.office_hours);
    }
    let sets = spans.into_iter();
    let mut hours: BTreeMap<u32, SpanSet> = sets
        .map(|(post, spans)| (post, spans.into_iter().collect()))
        .collect();
    for shift in shifts {
        let by_day = |set: &SpanSet| set.overlaps(&shift.span);
        if hours.get(&shift.post).is_some_and(by_day) {
            hours.remove(&shift.post);
        }
    }
    hours.into_iter().collect()
}
