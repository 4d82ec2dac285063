//! Dates, times, stretches and lengths, as people say them.

use chrono::{Datelike, Month, NaiveDate, NaiveDateTime, Timelike, Weekday};

use super::Lang;
use crate::time::{Moment, Span, TimeDelta, Zone};

/// `10月3日`, `3 Oct`.
#[must_use]
pub fn date(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}月{}日", day.month(), day.day()),
        Lang::En => format!("{} {}", day.day(), month(day)),
    }
}

/// `2026年10月3日`, `3 Oct 2026`.
#[must_use]
pub fn date_with_year(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}年{}", day.year(), date(day, lang)),
        Lang::En => format!("{} {}", date(day, lang), day.year()),
    }
}

/// `周六`, `Sat`.
#[must_use]
pub fn weekday(day: Weekday, lang: Lang) -> &'static str {
    const ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let index = day.num_days_from_monday() as usize;
    match lang {
        Lang::Zh => ZH[index],
        Lang::En => EN[index],
    }
}

/// `08:30`.
#[must_use]
pub fn clock(civil: NaiveDateTime) -> String {
    format!("{:02}:{:02}", civil.hour(), civil.minute())
}

/// `10月3日 20:30`, `3 Oct 20:30`.
#[must_use]
pub fn moment(moment: Moment, zone: Zone, lang: Lang) -> String {
    let civil = zone.civil(moment);
    format!("{} {}", date(civil.date(), lang), clock(civil))
}

/// `10月3日 20:30 至 4日 08:30`, `3 Oct 20:30 to 4 Oct 08:30`; within a day `10月3日 08:00 至 12:00`.
/// A midnight at the end is the 24:00 of the day before.
#[must_use]
pub fn span(span: &Span, zone: Zone, lang: Lang) -> String {
    let (start, end) = (zone.civil(span.start()), EndOfSpan::of(span, zone));
    let from = format!("{} {}", date(start.date(), lang), clock(start));
    let until = if end.date == start.date() {
        end.clock()
    } else if lang == Lang::Zh && same_month(end.date, start.date()) {
        format!("{}日 {}", end.date.day(), end.clock())
    } else {
        format!("{} {}", date(end.date, lang), end.clock())
    };
    match lang {
        Lang::Zh => format!("{from} 至 {until}"),
        Lang::En => format!("{from} to {until}"),
    }
}

/// The hours of a span whose day is already said: `20:30 至次日 08:30`, `20:30 to 08:30 the next
/// day`, `08:00 至 12:00`. Over two days and more the date comes with it.
#[must_use]
pub fn hours(span: &Span, zone: Zone, lang: Lang) -> String {
    let from = clock(zone.civil(span.start()));
    let until = until(span, zone, lang);
    match lang {
        Lang::Zh if until.starts_with(|c: char| c.is_ascii_digit()) => format!("{from} 至 {until}"),
        Lang::Zh => format!("{from} 至{until}"),
        Lang::En => format!("{from} to {until}"),
    }
}

/// When a span whose first day is already said ends: `次日 08:30`, `08:30 the next day`, `12:00`.
#[must_use]
pub fn until(span: &Span, zone: Zone, lang: Lang) -> String {
    let (start, end) = (zone.date(span.start()), EndOfSpan::of(span, zone));
    let clock = end.clock();
    match (lang, (end.date - start).num_days()) {
        (_, 0) => clock,
        // Nobody says 次日 24:00.
        (_, 1) if end.hour == 24 => format!("{} {clock}", date(end.date, lang)),
        (Lang::Zh, 1) => format!("次日 {clock}"),
        (Lang::En, 1) => format!("{clock} the next day"),
        _ => format!("{} {clock}", date(end.date, lang)),
    }
}

/// Several spans of the same hours on different days: `10月1日至7日每天 12:00 至 13:00`; one alone
/// as [`span`] says it.
#[must_use]
pub fn spans(spans: &[Span], zone: Zone, lang: Lang) -> String {
    let [first, _, ..] = spans else {
        return spans
            .first()
            .map_or_else(String::new, |s| span(s, zone, lang));
    };
    let mut days: Vec<NaiveDate> = spans.iter().map(|s| zone.date(s.start())).collect();
    days.dedup();
    let (days, hours) = (self::days(&days, lang), hours(first, zone, lang));
    match lang {
        Lang::Zh => format!("{days}每天 {hours}"),
        Lang::En => format!("{days}, each day {hours}"),
    }
}

/// `10月1日至3日、5日`, `1–3 Oct, 5 Oct`: days in order, runs of three and more drawn together.
#[must_use]
pub fn days(days: &[NaiveDate], lang: Lang) -> String {
    let mut runs: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for &day in days {
        match runs.last_mut() {
            Some((_, last)) if last.succ_opt() == Some(day) => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let mut said = String::new();
    let mut before: Option<NaiveDate> = None;
    for (first, last) in runs {
        let (separator, join) = match lang {
            Lang::Zh => (
                "、",
                if first.succ_opt() == Some(last) {
                    "、"
                } else {
                    "至"
                },
            ),
            Lang::En => (
                ", ",
                if first.succ_opt() == Some(last) {
                    ", "
                } else {
                    " to "
                },
            ),
        };
        if before.is_some() {
            said += separator;
        }
        said += &after(before, first, lang);
        if first != last {
            said += join;
            said += &after(Some(first), last, lang);
        }
        before = Some(last);
    }
    said
}

/// `12 小时`, `2 小时 30 分`, `45 分钟`, `30 秒`; `12 h`, `2 h 30 min`, `45 min`, `30 s`.
#[must_use]
pub fn length(length: TimeDelta, lang: Lang) -> String {
    let (hours, minutes) = (length.num_hours(), length.num_minutes() % 60);
    let seconds = length.num_seconds() % 60;
    let parts = match lang {
        Lang::Zh if minutes == 0 || hours == 0 => ["小时", "分钟", "秒"],
        Lang::Zh => ["小时", "分", "秒"],
        Lang::En => ["h", "min", "s"],
    };
    let said: Vec<String> = [hours, minutes, seconds]
        .into_iter()
        .zip(parts)
        .filter(|(count, _)| *count != 0)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    if said.is_empty() {
        return format!("0 {}", parts[2]);
    }
    said.join(" ")
}

/// Where a span ends, with midnight as the 24:00 of the day before.
struct EndOfSpan {
    date: NaiveDate,
    hour: u32,
    minute: u32,
}

impl EndOfSpan {
    fn of(span: &Span, zone: Zone) -> Self {
        let civil = zone.civil(span.end());
        let is_midnight = (civil.hour(), civil.minute()) == (0, 0);
        match civil.date().pred_opt() {
            Some(date) if is_midnight => Self {
                date,
                hour: 24,
                minute: 0,
            },
            _ => Self {
                date: civil.date(),
                hour: civil.hour(),
                minute: civil.minute(),
            },
        }
    }

    fn clock(&self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }
}

/// A day said after another: in Chinese without the month where that is the same.
fn after(before: Option<NaiveDate>, day: NaiveDate, lang: Lang) -> String {
    match before {
        Some(before) if lang == Lang::Zh && same_month(before, day) => format!("{}日", day.day()),
        _ => date(day, lang),
    }
}

fn same_month(one: NaiveDate, other: NaiveDate) -> bool {
    (one.year(), one.month()) == (other.year(), other.month())
}

/// `Oct`.
fn month(day: NaiveDate) -> &'static str {
    let name = u8::try_from(day.month())
        .ok()
        .and_then(|number| Month::try_from(number).ok())
        .map_or("", |month| month.name());
    name.get(..3).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::sample;

    fn both(said: impl Fn(Lang) -> String) -> [String; 2] {
        [said(Lang::Zh), said(Lang::En)]
    }

    #[test]
    fn a_span_says_no_more_than_it_must() {
        let said = |start, end| both(|lang| span(&sample::span(start, end), Zone::default(), lang));
        assert_eq!(
            said("10-03T20:30", "10-04T08:30"),
            ["10月3日 20:30 至 4日 08:30", "3 Oct 20:30 to 4 Oct 08:30"]
        );
        assert_eq!(
            said("10-03T12:00", "10-03T14:30"),
            ["10月3日 12:00 至 14:30", "3 Oct 12:00 to 14:30"]
        );
        assert_eq!(
            said("09-30T20:00", "10-01T08:00"),
            [
                "9月30日 20:00 至 10月1日 08:00",
                "30 Sep 20:00 to 1 Oct 08:00"
            ]
        );
        assert_eq!(
            said("10-06T00:00", "10-07T00:00"),
            ["10月6日 00:00 至 24:00", "6 Oct 00:00 to 24:00"]
        );
    }

    #[test]
    fn the_same_hours_on_many_days_are_said_once() {
        let noon =
            |day: u32| sample::span(&format!("10-0{day}T12:00"), &format!("10-0{day}T13:00"));
        let spans: Vec<Span> = [1, 2, 3, 5, 6].into_iter().map(noon).collect();
        assert_eq!(
            both(|lang| self::spans(&spans, Zone::default(), lang)),
            [
                "10月1日至3日、5日、6日每天 12:00 至 13:00",
                "1 Oct to 3 Oct, 5 Oct, 6 Oct, each day 12:00 to 13:00"
            ]
        );
        let night = [
            sample::span("10-01T20:00", "10-02T08:00"),
            sample::span("10-03T20:00", "10-04T08:00"),
        ];
        assert_eq!(
            both(|lang| self::spans(&night, Zone::default(), lang)),
            [
                "10月1日、3日每天 20:00 至次日 08:00",
                "1 Oct, 3 Oct, each day 20:00 to 08:00 the next day"
            ]
        );
    }

    #[test]
    fn a_length_has_the_units_people_use() {
        let said = |seconds| both(|lang| length(TimeDelta::seconds(seconds), lang));
        assert_eq!(said(12 * 3600), ["12 小时", "12 h"]);
        assert_eq!(said(9000), ["2 小时 30 分", "2 h 30 min"]);
        assert_eq!(said(900), ["15 分钟", "15 min"]);
        assert_eq!(said(90), ["1 分钟 30 秒", "1 min 30 s"]);
        assert_eq!(said(0), ["0 秒", "0 s"]);
    }

    #[test]
    fn a_moment_and_a_date_stand_alone() {
        let at = sample::at("10-03T08:05");
        assert_eq!(
            both(|lang| moment(at, Zone::default(), lang)),
            ["10月3日 08:05", "3 Oct 08:05"]
        );
        let day = Zone::default().date(at);
        assert_eq!(
            both(|lang| date_with_year(day, lang)),
            ["2026年10月3日", "3 Oct 2026"]
        );
    }
}
