//! Days of the moons that hold a long holiday, as calendars print them.

use chrono::{NaiveDate, TimeDelta};

/// New Year's day of the moon, and how many days the month before it had.
const LUNAR_NEW_YEARS: &[(i32, u32, u32, u32)] = &[
    (2024, 2, 10, 30),
    (2025, 1, 29, 29),
    (2026, 2, 17, 29),
    (2027, 2, 6, 29),
    (2028, 1, 26, 29),
    (2029, 2, 13, 29),
    (2030, 2, 3, 30),
];

/// The fifteenth of the eighth moon, 中秋: the moon that National Day falls in or follows.
const MID_AUTUMNS: &[(i32, u32, u32)] = &[
    (2024, 9, 17),
    (2025, 10, 6),
    (2026, 9, 25),
    (2027, 9, 15),
    (2028, 10, 3),
    (2029, 9, 22),
    (2030, 9, 12),
];

/// Of a day of the first, the eighth or the twelfth moon; the others hold no long holiday.
pub(super) fn lunar_date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    if month == 8 {
        let (_, m, d) = MID_AUTUMNS.iter().find(|(y, ..)| *y == year)?;
        let fifteenth = NaiveDate::from_ymd_opt(year, *m, *d)?;
        // Whether it has a thirtieth differs from year to year.
        let is_certain = (1..=29).contains(&day);
        return is_certain.then(|| fifteenth + TimeDelta::days(i64::from(day) - 15));
    }
    let (_, m, d, last) = LUNAR_NEW_YEARS.iter().find(|(y, ..)| *y == year)?;
    let first = NaiveDate::from_ymd_opt(year, *m, *d)?;
    match month {
        1 if day <= 29 => Some(first + TimeDelta::days(i64::from(day) - 1)),
        12 if day >= *last => Some(first - TimeDelta::days(1)),
        12 => Some(first - TimeDelta::days(i64::from(*last - day) + 1)),
        _ => None,
    }
}
