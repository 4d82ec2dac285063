//! The stretch a roster is judged over: the same in the terminal and in the chat.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use foldhash::HashSet;

use crate::roster::Roster;
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
    let days: BTreeSet<NaiveDate> = starts.into_iter().map(|start| zone.date(start)).collect();
    let days: Vec<NaiveDate> = days.into_iter().collect();
    if let Some(holiday) = holiday_touching(&days) {
        return (Some(holiday.period(zone)), PeriodFrom::Holiday);
    }
    let own = spans.reduce(|all, span| {
        Span::new(all.start().min(span.start()), all.end().max(span.end())).unwrap_or(all)
    });
    (own, PeriodFrom::Roster)
}
