//! One cell of a workbook as the text a clerk sees.

use calamine::{Data, ExcelDateTime};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

/// A cell's value, shown. Formulas come as the value last worked out.
pub(super) fn shown(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        // Never in powers of ten: a telephone number is a number to a spreadsheet.
        Data::Float(number) => number.to_string(),
        Data::Bool(yes) => yes.to_string().to_uppercase(),
        Data::DateTime(moment) => moment_shown(*moment),
        Data::DateTimeIso(text) => text.replace('T', " "),
        Data::Error(error) => error.to_string(),
    }
}

/// A date, a clock, or both.
fn moment_shown(moment: ExcelDateTime) -> String {
    /// Before 1901 there is no roster: such a value is hours.
    const FIRST_DATE: f64 = 366.0;
    let serial = moment.as_f64();
    if moment.is_duration() || serial.is_nan() || serial < FIRST_DATE {
        return hours_shown(serial);
    }
    let Some(at) = civil(moment) else {
        return serial.to_string();
    };
    if serial.fract() == 0.0 {
        at.format("%Y-%m-%d").to_string()
    } else {
        at.format("%Y-%m-%d %H:%M").to_string()
    }
}

fn civil(moment: ExcelDateTime) -> Option<NaiveDateTime> {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())?;
    let [hour, minute, second] = [hour, minute, second].map(u32::from);
    let at = date.and_hms_milli_opt(hour, minute, second, milli.into())?;
    // A fraction of a day may fall a hair short of its minute.
    at.checked_add_signed(TimeDelta::milliseconds(500))
}

/// `08:30`; past a day, hours go on counting: `32:00`.
fn hours_shown(days: f64) -> String {
    let minutes = (days * 1440.0).round();
    if !(0.0..1e6).contains(&minutes) {
        return days.to_string();
    }
    let (hours, minutes) = ((minutes / 60.0).floor(), minutes % 60.0);
    format!("{hours:02}:{minutes:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{CellErrorType, ExcelDateTimeType};

    fn moment(serial: f64) -> String {
        let kind = ExcelDateTimeType::DateTime;
        shown(&Data::DateTime(ExcelDateTime::new(serial, kind, false)))
    }

    #[test]
    fn dates_and_clocks_look_as_in_the_spreadsheet() {
        assert_eq!(moment(46296.0), "2026-10-01");
        assert_eq!(moment(46296.0 + 8.5 / 24.0), "2026-10-01 08:30");
        assert_eq!(moment(8.5 / 24.0), "08:30");
        assert_eq!(moment(1.0), "24:00");
        let long = ExcelDateTime::new(4.0 / 3.0, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(shown(&Data::DateTime(long)), "32:00");
        let mac = ExcelDateTime::new(46296.0 - 1462.0, ExcelDateTimeType::DateTime, true);
        assert_eq!(shown(&Data::DateTime(mac)), "2026-10-01");
    }

    #[test]
    fn long_numbers_keep_every_digit() {
        assert_eq!(shown(&Data::Float(13_800_000_001.0)), "13800000001");
        assert_eq!(shown(&Data::Float(0.25)), "0.25");
        assert_eq!(shown(&Data::Float(1e30)).len(), 31);
    }

    #[test]
    fn an_error_is_shown_as_the_spreadsheet_shows_it() {
        assert_eq!(shown(&Data::Error(CellErrorType::Ref)), "#REF!");
        assert_eq!(moment(f64::NAN), "NaN");
    }
}
