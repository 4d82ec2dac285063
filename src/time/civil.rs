use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Moment;

/// A zone by its name, such as `Asia/Shanghai`; never a bare offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Zone(Tz);

impl Default for Zone {
    fn default() -> Self {
        Self(Tz::Asia__Shanghai)
    }
}

impl std::str::FromStr for Zone {
    type Err = chrono_tz::ParseError;
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        name.parse().map(Self)
    }
}

impl TryFrom<String> for Zone {
    type Error = chrono_tz::ParseError;
    fn try_from(name: String) -> Result<Self, Self::Error> {
        name.parse()
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.to_string()
    }
}

impl std::fmt::Display for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.name())
    }
}

impl Zone {
    /// The instant a wall clock in this zone shows `civil`. A time shown twice is the earlier
    /// one; a time never shown (the hour skipped in spring) is the instant of the skip.
    #[must_use]
    pub fn moment(&self, civil: NaiveDateTime) -> Moment {
        let mut candidate = civil;
        for _ in 0..=24 * 4 {
            if let Some(found) = self.0.from_local_datetime(&candidate).earliest() {
                return found.to_utc();
            }
            candidate += chrono::TimeDelta::minutes(15);
        }
        civil.and_utc()
    }

    /// What a wall clock in this zone shows at `moment`.
    #[must_use]
    pub fn civil(&self, moment: Moment) -> NaiveDateTime {
        moment.with_timezone(&self.0).naive_local()
    }

    #[must_use]
    pub fn date(&self, moment: Moment) -> NaiveDate {
        self.civil(moment).date()
    }

    #[must_use]
    pub fn weekday(&self, moment: Moment) -> Weekday {
        self.civil(moment).weekday()
    }

    /// RFC 3339 with this zone's offset: `2026-10-01T00:00:00+08:00`.
    #[must_use]
    pub fn rfc3339(&self, moment: Moment) -> String {
        moment
            .with_timezone(&self.0)
            .to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
    }
}

/// Minutes since midnight, 0..1440.
#[must_use]
pub fn minute_of_day(time: NaiveTime) -> u32 {
    time.num_seconds_from_midnight() / 60
}

/// The wall clock of `minute` (0..=1440; 1440 is the next midnight) on `date`.
#[must_use]
pub fn clock_of(date: NaiveDate, minute: u32) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN) + chrono::TimeDelta::minutes(i64::from(minute))
}
