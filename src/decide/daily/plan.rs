//! When something is due by the clock: the roster, the period and the office's hours say it, and
//! nothing else. What is due is looked up when it is.

use chrono::NaiveDate;

use crate::roster::{Role, Roster};
use crate::time::{Moment, Period, Span, TimeDelta, Zone, clock_of, minute_of_day};

/// The office's hours; what is `None` is not done at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Daily {
    /// Before a shift, its people are reminded.
    pub before_shift: Option<TimeDelta>,
    /// Minute of the day at which those of the next night or early morning are reminded.
    pub evening_minute: Option<u32>,
    /// Minute of the day of the clerks' digest.
    pub digest_minute: Option<u32>,
    /// Minute of the day by which every unit has reported.
    pub report_minute: Option<u32>,
}

/// Something due at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Planned {
    /// The shifts that begin then.
    BeforeShift(Moment),
    /// The shifts of the day after this one that are at night or early.
    Evening(NaiveDate),
    Digest(NaiveDate),
    AskReports(NaiveDate),
    ReportsDue(NaiveDate),
}

/// Units are asked for their report this long before it is due.
const TO_REPORT: TimeDelta = TimeDelta::hours(1);
/// A shift that begins before this minute begins early.
const EARLY: u32 = 8 * 60;
/// A shift that lasts beyond this minute of its first day lasts into the night.
const NIGHT: u32 = 22 * 60;

/// All that is due in `period`, in order of time.
#[must_use]
pub fn plan(roster: &Roster, period: Period, zone: Zone, daily: &Daily) -> Vec<(Moment, Planned)> {
    let mut plan = Vec::new();
    if let Some(before) = daily.before_shift {
        let shifts = roster.shifts.iter();
        let starts = shifts
            .filter(|s| roster.post(s).role != Role::Principal)
            .map(|s| s.span.start())
            .filter(|start| period.contains(*start));
        plan.extend(starts.map(|start| (start - before, Planned::BeforeShift(start))));
    }
    let at = |day: NaiveDate, minute: u32| zone.moment(clock_of(day, minute));
    let last = zone.date(period.end());
    let first = zone.date(period.start());
    let eve = first.pred_opt().unwrap_or(first);
    for day in eve.iter_days().take_while(|day| *day <= last) {
        let of_day = [
            daily
                .evening_minute
                .map(|m| (at(day, m), Planned::Evening(day))),
            daily
                .digest_minute
                .map(|m| (at(day, m), Planned::Digest(day))),
            daily
                .report_minute
                .map(|m| (at(day, m) - TO_REPORT, Planned::AskReports(day))),
            daily
                .report_minute
                .map(|m| (at(day, m), Planned::ReportsDue(day))),
        ];
        let counts = |(at, what): &(Moment, Planned)| match what {
            // The evening before the first day is for its first shifts.
            Planned::Evening(_) => *at < period.end(),
            _ => period.contains(*at),
        };
        plan.extend(of_day.into_iter().flatten().filter(counts));
    }
    plan.sort_unstable();
    plan.dedup();
    plan
}

/// Whether a shift is one to sleep before: it begins early, or lasts into the night.
#[must_use]
pub fn is_night_or_early(span: &Span, zone: Zone) -> bool {
    let start = zone.civil(span.start());
    let night = zone.moment(clock_of(start.date(), NIGHT));
    minute_of_day(start.time()) < EARLY || span.end() > night
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::roster::{Person, Place, Post, Shift};

    const DAILY: Daily = Daily {
        before_shift: Some(TimeDelta::hours(1)),
        evening_minute: Some(20 * 60),
        digest_minute: Some(8 * 60),
        report_minute: Some(15 * 60),
    };

    /// Hours from the midnight before 1 October, in the county.
    fn hour(hours: i64) -> Moment {
        let midnight = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
        Zone::default().moment(clock_of(midnight, 0)) + TimeDelta::hours(hours)
    }

    fn week() -> Period {
        Span::new(hour(0), hour(7 * 24)).unwrap()
    }

    fn roster(shifts: &[(i64, i64)]) -> Roster {
        let shifts = shifts.iter().map(|(start, hours)| Shift {
            post: 0,
            span: Span::new(hour(*start), hour(start + hours)).unwrap(),
            people: [Person {
                name: "甲".into(),
                phone: None,
            }]
            .into(),
            assumed_hours: false,
            source: Place::default(),
        });
        Roster {
            posts: vec![Post {
                unit: "青山镇".into(),
                name: "值班员".into(),
                role: Role::DutyOfficer,
                presence: Role::DutyOfficer.presence(),
            }],
            shifts: shifts.collect(),
            ..Roster::default()
        }
    }

    proptest! {
        #[test]
        fn every_start_in_the_period_has_one_reminder_before_it_and_every_day_its_own_hours(
            shifts in proptest::collection::vec((-30i64..200, 1i64..25), 0..12),
        ) {
            let roster = roster(&shifts);
            let plan = plan(&roster, week(), Zone::default(), &DAILY);
            prop_assert!(plan.is_sorted());
            let mut starts: Vec<Moment> = roster.shifts.iter().map(|s| s.span.start()).collect();
            starts.retain(|s| week().contains(*s));
            starts.sort_unstable();
            starts.dedup();
            let reminders: Vec<Moment> = plan
                .iter()
                .filter_map(|(at, what)| match what {
                    Planned::BeforeShift(start) if *at + TimeDelta::hours(1) == *start => Some(*start),
                    _ => None,
                })
                .collect();
            prop_assert_eq!(reminders, starts);
            let many = |of: fn(&Planned) -> bool| plan.iter().filter(|(_, p)| of(p)).count();
            prop_assert_eq!(many(|p| matches!(p, Planned::Digest(_))), 7);
            prop_assert_eq!(many(|p| matches!(p, Planned::AskReports(_))), 7);
            prop_assert_eq!(many(|p| matches!(p, Planned::ReportsDue(_))), 7);
            prop_assert_eq!(many(|p| matches!(p, Planned::Evening(_))), 8, "and the eve");
        }
    }

    #[test]
    fn what_the_office_does_not_want_is_not_planned() {
        let roster = roster(&[(20, 12)]);
        assert_eq!(
            plan(&roster, week(), Zone::default(), &Daily::default()),
            []
        );
    }

    #[test]
    fn nights_and_early_mornings_are_told_the_evening_before_and_days_are_not() {
        let zone = Zone::default();
        let span = |from: i64, to: i64| Span::new(hour(from), hour(to)).unwrap();
        for (from, to) in [(20, 32), (8, 32), (0, 8), (7, 15), (16, 23)] {
            assert!(is_night_or_early(&span(from, to), zone), "{from}—{to}");
        }
        for (from, to) in [(8, 20), (9, 18), (14, 22)] {
            assert!(!is_night_or_early(&span(from, to), zone), "{from}—{to}");
        }
    }
}
