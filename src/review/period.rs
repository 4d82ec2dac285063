//! The stretch a roster is judged over: the same in the terminal and in the chat.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use foldhash::HashSet;

use crate::roster::{Roll, Roster};
use crate::time::{Moment, Period, Span, Zone, holiday_touching};

use super::PeriodFrom;

/// The period `asked` for; else the announced holiday the roster's dates touch; else the dates'
/// own span. `None` for a roster without one date.
#[must_use]
pub fn judged_period(
    roster: &Roster,
    asked: Option<Period>,
    zone: Zone,
) -> (Option<Period>, PeriodFrom) {
    if asked.is_some() {
        return (asked, PeriodFrom::Asked);
    }
    let shifts = roster.shifts.iter().map(|shift| shift.span);
    let spans = shifts.chain(roster.unread.iter().filter_map(|unread| unread.span));
    // A roster's many shifts begin at few moments.
    let starts: HashSet<Moment> = spans.clone().map(|span| span.start()).collect();
    let whole = spans.reduce(|all, span| {
        Span::new(all.start().min(span.start()), all.end().max(span.end())).unwrap_or(all)
    });
    period_of(starts.into_iter(), whole, zone)
}

/// The same of a roll.
#[must_use]
pub fn judged_period_of(
    roll: &Roll,
    asked: Option<Period>,
    zone: Zone,
) -> (Option<Period>, PeriodFrom) {
    match asked {
        Some(_) => (asked, PeriodFrom::Asked),
        None => period_of(roll.starts(), roll.whole(), zone),
    }
}

/// `whole`: from the first moment to the last.
fn period_of(
    starts: impl Iterator<Item = Moment>,
    whole: Option<Span>,
    zone: Zone,
) -> (Option<Period>, PeriodFrom) {
    let days: BTreeSet<NaiveDate> = starts.map(|start| zone.date(start)).collect();
    let days: Vec<NaiveDate> = days.into_iter().collect();
    match holiday_touching(&days) {
        Some(holiday) => (Some(holiday.period(zone)), PeriodFrom::Holiday),
        None => (whole, PeriodFrom::Roster),
    }
}
