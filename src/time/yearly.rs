//! The rule a zone keeps year after year, as POSIX writes it: `CST-8`, `EST5EDT,M3.2.0,M11.1.0`.
//!
//! Of its three ways to name a day only `M` (month, week, weekday) is known: no zone of our time
//! uses another, and a test reads them all.

use chrono::{DateTime, Datelike, NaiveDate};

/// Standard time, and summer time where there is one. Offsets are seconds east of Greenwich.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Yearly {
    standard_secs: i32,
    summer: Option<Summer>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Summer {
    offset_secs: i32,
    begins: Turn,
    ends: Turn,
}

/// When the clocks are turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Turn {
    month: u32,
    /// The first to the fourth such day of its month; 5 is the last.
    week: u32,
    /// 0 is Sunday.
    weekday: u32,
    /// Of the clocks before they are turned; may lie in another day.
    time_secs: i32,
}

/// Where the rule does not say.
const TURNED_AT: i32 = 2 * HOUR;
const HOUR: i32 = 3600;

impl Yearly {
    /// `None` for what is no such rule.
    pub fn of(rule: &str) -> Option<Self> {
        let (_, rest) = letters(rule)?;
        let (west, rest) = clock(rest)?;
        let standard_secs = -west;
        let Some((_, rest)) = letters(rest) else {
            return rest.is_empty().then_some(Self {
                standard_secs,
                summer: None,
            });
        };
        let (offset_secs, rest) = match clock(rest) {
            Some((west, rest)) => (-west, rest),
            None => (standard_secs + HOUR, rest),
        };
        let (begins, ends) = rest.strip_prefix(',')?.split_once(',')?;
        Some(Self {
            standard_secs,
            summer: Some(Summer {
                offset_secs,
                begins: Turn::of(begins)?,
                ends: Turn::of(ends)?,
            }),
        })
    }

    /// The offset at an instant, in seconds since 1970.
    pub fn offset_secs(&self, instant_secs: i64) -> i32 {
        self.summer
            .filter(|summer| self.is_summer(summer, instant_secs).unwrap_or(false))
            .map_or(self.standard_secs, |summer| summer.offset_secs)
    }

    fn is_summer(&self, summer: &Summer, instant_secs: i64) -> Option<bool> {
        let wall = DateTime::from_timestamp(instant_secs + i64::from(self.standard_secs), 0)?;
        let year = wall.year();
        let begins = summer.begins.wall_secs(year)? - i64::from(self.standard_secs);
        let ends = summer.ends.wall_secs(year)? - i64::from(summer.offset_secs);
        // South of the equator summer lasts over the new year.
        Some(if begins < ends {
            (begins..ends).contains(&instant_secs)
        } else {
            !(ends..begins).contains(&instant_secs)
        })
    }
}

impl Turn {
    /// `M3.2.0` or `M3.2.0/2:30`.
    fn of(text: &str) -> Option<Self> {
        let (day, time) = text.split_once('/').unwrap_or((text, ""));
        let mut numbers = day.strip_prefix('M')?.split('.').map(str::parse);
        let mut number = || numbers.next()?.ok();
        let time_secs = match time {
            "" => TURNED_AT,
            _ => clock(time).filter(|(_, rest)| rest.is_empty())?.0,
        };
        Some(Self {
            month: number()?,
            week: number()?,
            weekday: number()?,
            time_secs,
        })
    }

    /// What the clocks show when they are turned in `year`, as if it were UTC, since 1970.
    fn wall_secs(self, year: i32) -> Option<i64> {
        let first = NaiveDate::from_ymd_opt(year, self.month, 1)?;
        let ahead = (7 + self.weekday - first.weekday().num_days_from_sunday()) % 7;
        let mut weeks = (1..=self.week).rev();
        let date = weeks.find_map(|week| first.with_day(1 + ahead + (week - 1) * 7))?;
        let midnight = date.and_hms_opt(0, 0, 0)?.and_utc().timestamp();
        Some(midnight + i64::from(self.time_secs))
    }
}

/// A time's letters, `CST` or `<+08>`, and what comes after them.
fn letters(text: &str) -> Option<(&str, &str)> {
    if let Some(quoted) = text.strip_prefix('<') {
        return quoted.split_once('>');
    }
    let end = text.find(|c: char| !c.is_ascii_alphabetic());
    Some(text.split_at(end.unwrap_or(text.len()))).filter(|(letters, _)| !letters.is_empty())
}

/// `5`, `-5:30`, `+167:59:59` as seconds, and what comes after it.
fn clock(text: &str) -> Option<(i32, &str)> {
    let end = text.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | ':'));
    let (clock, rest) = text.split_at(end.unwrap_or(text.len()));
    let (sign, plain) = match clock.strip_prefix('-') {
        Some(plain) => (-1, plain),
        None => (1, clock.strip_prefix('+').unwrap_or(clock)),
    };
    let mut secs = 0;
    for (part, unit) in plain.split(':').zip([HOUR, 60, 1]) {
        secs += part.parse::<i32>().ok()? * unit;
    }
    Some((sign * secs, rest))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;

    use super::*;

    fn offset_minutes(rule: &str, utc: &str) -> i32 {
        let utc: NaiveDateTime = utc.parse().unwrap();
        let rule = Yearly::of(rule).unwrap();
        rule.offset_secs(utc.and_utc().timestamp()) / 60
    }

    #[test]
    fn a_zone_without_summer_time_keeps_its_offset() {
        for (rule, minutes) in [
            ("CST-8", 480),
            ("<-0930>9:30", -570),
            ("<+1245>-12:45", 765),
        ] {
            assert_eq!(offset_minutes(rule, "2050-07-01T00:00:00"), minutes);
        }
    }

    #[test]
    fn summer_begins_and_ends_on_its_sundays() {
        let new_york = "EST5EDT,M3.2.0,M11.1.0";
        for (utc, minutes) in [
            ("2050-03-13T06:59:59", -300),
            ("2050-03-13T07:00:00", -240),
            ("2050-11-06T05:59:59", -240),
            ("2050-11-06T06:00:00", -300),
        ] {
            assert_eq!(offset_minutes(new_york, utc), minutes, "{utc}");
        }
    }

    #[test]
    fn in_the_south_summer_lasts_over_the_new_year() {
        let sydney = "AEST-10AEDT,M10.1.0,M4.1.0/3";
        for (utc, minutes) in [
            ("2049-12-31T23:00:00", 660),
            ("2050-01-01T00:00:00", 660),
            ("2050-07-01T00:00:00", 600),
        ] {
            assert_eq!(offset_minutes(sydney, utc), minutes, "{utc}");
        }
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for text in [
            "",
            "CST",
            "8",
            "CST-8CDT",
            "CST-8CDT,J60,J300",
            "CST-8x",
            "EST5EDT,M3.2.0",
        ] {
            assert_eq!(Yearly::of(text), None, "{text}");
        }
    }
}
