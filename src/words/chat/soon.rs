//! Moments as a message says them, seen from the moment it is read: 今晚 20:30, 6 小时后.

use chrono::{Datelike, Timelike};

use super::Tongue;
use crate::time::{Moment, Span, TimeDelta};
use crate::words::{ahead, when};

/// The midnight at a day's end.
pub(super) const END_OF_DAY: &str = "24:00";

/// `14:33`.
pub(in crate::words) fn clock(t: &Tongue, moment: Moment) -> String {
    when::clock(t.zone.civil(moment))
}

/// `14:33:05`, where the seconds matter.
pub(in crate::words) fn clock_secs(t: &Tongue, moment: Moment) -> String {
    let civil = t.zone.civil(moment);
    format!("{}:{:02}", when::clock(civil), civil.second())
}

/// `今晚 20:30`, `明早 08:30`, `10月5日 08:30`.
pub(in crate::words) fn near(t: &Tongue, moment: Moment) -> String {
    ahead::near(moment, t.now, t.zone, t.lang)
}

/// How far ahead, roughly: `6 小时`, `3 天`.
pub(in crate::words) fn about(t: &Tongue, ahead: TimeDelta) -> String {
    ahead::about(ahead, t.lang)
}

/// `10月3日（周六） 20:30 至次日 08:30`.
pub(in crate::words) fn shift(t: &Tongue, span: &Span) -> String {
    let day = t.zone.date(span.start());
    let date = when::date(day, t.lang);
    let hours = when::hours(span, t.zone, t.lang);
    let weekday = when::weekday(day.weekday(), t.lang);
    t.pick(
        format!("{date}（{weekday}）{hours}"),
        format!("{weekday} {date}, {hours}"),
    )
}

/// Seconds as a length.
pub(in crate::words) fn secs(t: &Tongue, secs: u64) -> String {
    let delta = i64::try_from(secs).ok().and_then(TimeDelta::try_seconds);
    when::length(delta.unwrap_or_default(), t.lang)
}
