//! The year of a roster whose days give none.

use chrono::{Datelike, NaiveDate, Weekday};

use super::Asked;
use crate::time::{holidays_of, minute_of_day};

/// Where a year that no cell gives was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum YearFrom {
    /// The weekdays beside the dates.
    Weekdays,
    /// The period asked for.
    Period,
    /// The announced holiday the dates fall in.
    Holiday,
    /// Nothing at all: the last announced holiday's year.
    Nothing,
}

/// The year of days that give none: by their weekdays, the period asked for, an announced
/// holiday; and where it was taken from.
pub(super) fn year_of(named: &[(u32, u32, Option<Weekday>)], asked: &Asked) -> (i32, YearFrom) {
    let period_year = asked.period.map(|p| asked.zone.date(p.start()).year());
    let date = |year, (month, day, _): &(u32, u32, Option<Weekday>)| {
        NaiveDate::from_ymd_opt(year, *month, *day)
    };
    let latest = holidays_of().last().map_or(2026, |h| h.first_day().year());
    let near = period_year.unwrap_or(latest);
    let fits = |year: i32| {
        named
            .iter()
            .filter(|n| n.2.is_some() && date(year, n).map(|d| d.weekday()) == n.2)
            .count()
    };
    let told = named.iter().filter(|n| n.2.is_some()).count();
    if told > 0 {
        let best = (near - 2..=near + 3)
            .map(|y| (fits(y), -(y - near).abs(), y))
            .max();
        if let Some((_, _, year)) = best.filter(|(fitting, ..)| fitting * 2 > told) {
            return (year, YearFrom::Weekdays);
        }
    }
    if let Some(year) = period_year {
        return (year, YearFrom::Period);
    }
    let touched = holidays_of().iter().rev().find(|h| {
        named.iter().any(|n| {
            date(h.first_day().year(), n).is_some_and(|d| h.first_day() <= d && d < h.back_day())
        })
    });
    match touched {
        Some(holiday) => (holiday.first_day().year(), YearFrom::Holiday),
        None => (latest, YearFrom::Nothing),
    }
}

/// First and last day of the period asked for.
pub(super) fn period_days(asked: &Asked) -> Option<(NaiveDate, NaiveDate)> {
    let period = asked.period?;
    let (from, to) = (
        asked.zone.civil(period.start()),
        asked.zone.civil(period.end()),
    );
    let last = if minute_of_day(to.time()) == 0 {
        to.date().pred_opt()?
    } else {
        to.date()
    };
    Some((from.date(), last))
}
