//! Which days were given off, and which weekends were worked instead: a short table, each year
//! from the State Council's own notice. A year that is not here has not been announced, and is
//! never guessed.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Moment, Span, Zone};

/// The stretch a roster is judged over.
pub type Period = Span;

/// One announced holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// As the user names it: `national-day-2026`.
    pub id: &'static str,
    /// First day off, and the first day back at work.
    pub first: (i32, u32, u32),
    pub back: (i32, u32, u32),
    /// Weekend days worked in exchange.
    pub worked: &'static [(i32, u32, u32)],
    /// The notice it rests on.
    pub notice: &'static str,
}

const HOLIDAYS: &[Holiday] = &[
    Holiday {
        id: "national-day-2025",
        first: (2025, 10, 1),
        back: (2025, 10, 9),
        worked: &[(2025, 9, 28), (2025, 10, 11)],
        notice: "国务院办公厅关于2025年部分节假日安排的通知（2024-11-12）",
    },
    Holiday {
        id: "national-day-2026",
        first: (2026, 10, 1),
        back: (2026, 10, 8),
        worked: &[(2026, 9, 20), (2026, 10, 10)],
        notice: "国务院办公厅关于2026年部分节假日安排的通知（2025-11-04）",
    },
];

impl Holiday {
    #[must_use]
    pub fn first_day(&self) -> NaiveDate {
        date(self.first)
    }

    /// The first working day after it.
    #[must_use]
    pub fn back_day(&self) -> NaiveDate {
        date(self.back)
    }

    /// From the first midnight off to the midnight before work.
    #[must_use]
    pub fn period(&self, zone: Zone) -> Period {
        let start = midnight(zone, self.first_day());
        Span::new(start, midnight(zone, self.back_day())).expect("a holiday has at least one day")
    }
}

/// The announced holiday of this id.
#[must_use]
pub fn holiday(id: &str) -> Option<&'static Holiday> {
    HOLIDAYS.iter().find(|h| h.id == id)
}

/// All that are known, oldest first.
#[must_use]
pub fn holidays_of() -> &'static [Holiday] {
    HOLIDAYS
}

/// The known holiday that most of `dates` fall in.
#[must_use]
pub fn holiday_touching(dates: &[NaiveDate]) -> Option<&'static Holiday> {
    HOLIDAYS
        .iter()
        .map(|h| {
            let inside = dates
                .iter()
                .filter(|d| h.first_day() <= **d && **d < h.back_day());
            (inside.count(), h)
        })
        .filter(|(n, _)| *n > 0)
        .max_by_key(|(n, _)| *n)
        .map(|(_, h)| h)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    Work,
    Off,
}

/// Whether offices were open on `day`: announced days first, else the weekend.
#[must_use]
pub fn kind_of_day(day: NaiveDate) -> DayKind {
    for holiday in HOLIDAYS {
        if holiday.worked.iter().any(|w| date(*w) == day) {
            return DayKind::Work;
        }
        if holiday.first_day() <= day && day < holiday.back_day() {
            return DayKind::Off;
        }
    }
    match day.weekday() {
        Weekday::Sat | Weekday::Sun => DayKind::Off,
        _ => DayKind::Work,
    }
}

fn date((year, month, day): (i32, u32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("the table holds real dates")
}

fn midnight(zone: Zone, day: NaiveDate) -> Moment {
    zone.moment(day.and_time(chrono::NaiveTime::MIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_day_2026_is_seven_days_and_the_tenth_is_worked() {
        let holiday = holiday("national-day-2026").unwrap();
        let period = holiday.period(Zone::default());
        assert_eq!(period.length().num_hours(), 7 * 24);
        assert_eq!(kind_of_day(date((2026, 10, 10))), DayKind::Work);
        assert_eq!(kind_of_day(date((2026, 10, 7))), DayKind::Off);
        assert_eq!(kind_of_day(date((2026, 10, 8))), DayKind::Work);
    }

    #[test]
    fn national_day_2025_is_eight_days() {
        let period = holiday("national-day-2025")
            .unwrap()
            .period(Zone::default());
        assert_eq!(period.length().num_hours(), 8 * 24);
    }

    #[test]
    fn a_year_not_announced_is_unknown() {
        assert_eq!(holiday("national-day-2027"), None);
        assert_eq!(holiday_touching(&[date((2027, 10, 2))]), None);
    }
}
