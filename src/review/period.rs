//! The stretch a roster is judged over: the same in the terminal and in the chat.

use crate::roster::Roster;
use crate::time::{Period, Span, Zone, holiday_touching};

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
    let mut starts: Vec<_> = spans.clone().map(|span| span.start()).collect();
    starts.sort_unstable();
    starts.dedup();
    let mut days: Vec<_> = starts.into_iter().map(|start| zone.date(start)).collect();
    days.dedup();
    if let Some(holiday) = holiday_touching(&days) {
        return (Some(holiday.period(zone)), PeriodFrom::Holiday);
    }
    let own = spans.reduce(|all, span| {
        Span::new(all.start().min(span.start()), all.end().max(span.end())).unwrap_or(all)
    });
    (own, PeriodFrom::Roster)
}
