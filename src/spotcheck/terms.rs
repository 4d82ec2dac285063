use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::roster::{Presence, Role};
use crate::time::{Moment, Period, Span, SpanSet, Zone, clock_of};

/// What a draw goes by, as the commitment has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    pub period: Period,
    pub zone: Zone,
    pub measure: Measure,
}

/// How much a draw asks of a unit and of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Random checks per unit and period.
    pub per_unit: u32,
    /// Random checks per person and shift, at most.
    pub per_shift_max: u32,
    pub nights: Nights,
    /// When nobody is asked whether they can be reached.
    pub quiet: Option<Quiet>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nights {
    /// Of every unit that mans a post at night, one check at night at least.
    AtLeastOne,
    AsDrawn,
}

/// From one wall clock to the next such, in minutes since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    pub from_minute: u32,
    pub to_minute: u32,
}

impl Measure {
    /// No random check at all.
    pub const NONE: Measure = Measure {
        per_unit: 0,
        per_shift_max: 2,
        nights: Nights::AtLeastOne,
        quiet: None,
    };
}

/// 夜间: from 22:00 to 06:00 the next day.
const NIGHT: Quiet = Quiet {
    from_minute: 22 * 60,
    to_minute: 6 * 60,
};

impl Terms {
    #[must_use]
    pub fn nights(&self) -> SpanSet {
        self.each_day(NIGHT)
    }

    #[must_use]
    pub fn quiet_time(&self) -> SpanSet {
        self.measure
            .quiet
            .map_or_else(SpanSet::default, |quiet| self.each_day(quiet))
    }

    /// Whether a check of that duty may be drawn at `at`.
    #[must_use]
    pub fn may_ask(&self, role: Role, presence: Presence, at: Moment) -> bool {
        self.quiet_until(role, presence, at).is_none()
    }

    /// Until when nobody of that duty is asked at `at`; `None` where they may be.
    #[must_use]
    pub fn quiet_until(&self, role: Role, presence: Presence, at: Moment) -> Option<Moment> {
        if !is_reachability(role, presence) {
            return None;
        }
        let quiet = self.quiet_time();
        let night = quiet.spans().iter().find(|span| span.contains(at));
        night.map(Span::end)
    }

    /// That stretch of every day the period touches.
    fn each_day(&self, hours: Quiet) -> SpanSet {
        let over_midnight = hours.to_minute <= hours.from_minute;
        let (first, last) = (
            self.zone.date(self.period.start()) - TimeDelta::days(1),
            self.zone.date(self.period.end()),
        );
        let days = first.iter_days().take_while(|day| *day <= last);
        let spans = days.filter_map(|day| {
            let ends_on = if over_midnight { day.succ_opt()? } else { day };
            let start = self.zone.moment(clock_of(day, hours.from_minute));
            let end = self.zone.moment(clock_of(ends_on, hours.to_minute));
            Span::new(start, end)
        });
        spans.collect()
    }
}

/// Whether the question is "can you be reached" and not "are you there".
pub(super) fn is_reachability(role: Role, presence: Presence) -> bool {
    matches!(role, Role::ChiefLeader | Role::Principal) || presence == Presence::Reachable
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        format!("{text}:00+08:00")
            .parse::<chrono::DateTime<chrono::FixedOffset>>()
            .unwrap()
            .to_utc()
    }

    fn terms() -> Terms {
        Terms {
            period: Span::new(at("2026-10-01T00:00"), at("2026-10-08T00:00")).unwrap(),
            zone: Zone::default(),
            measure: Measure {
                quiet: Some(Quiet {
                    from_minute: 23 * 60,
                    to_minute: 6 * 60,
                }),
                ..Measure::NONE
            },
        }
    }

    #[test]
    fn a_night_is_ten_in_the_evening_to_six_in_the_morning() {
        let nights = terms().nights();
        for (moment, is_night) in [
            ("2026-10-01T00:00", true),
            ("2026-10-01T05:59", true),
            ("2026-10-01T06:00", false),
            ("2026-10-03T21:59", false),
            ("2026-10-03T22:00", true),
            ("2026-10-07T23:59", true),
        ] {
            assert_eq!(nights.contains(at(moment)), is_night, "{moment}");
        }
    }

    #[test]
    fn leaders_are_left_in_peace_at_night_and_officers_are_not() {
        let (night, day) = (at("2026-10-03T02:00"), at("2026-10-03T10:00"));
        for (role, presence, at_night) in [
            (Role::DutyOfficer, Presence::OnPost, true),
            (Role::DutyLeader, Presence::InArea, true),
            (Role::ChiefLeader, Presence::InArea, false),
            (Role::Principal, Presence::Reachable, false),
            (Role::Standby, Presence::Reachable, false),
        ] {
            assert_eq!(terms().may_ask(role, presence, night), at_night, "{role:?}");
            assert!(terms().may_ask(role, presence, day), "{role:?}");
        }
    }

    #[test]
    fn quiet_hours_may_lie_within_a_day() {
        let mut terms = terms();
        terms.measure.quiet = Some(Quiet {
            from_minute: 12 * 60,
            to_minute: 14 * 60,
        });
        for (moment, may_ask) in [
            ("2026-10-03T11:59", true),
            ("2026-10-03T12:00", false),
            ("2026-10-03T13:59", false),
            ("2026-10-03T14:00", true),
            ("2026-10-03T02:00", true),
        ] {
            let (leader, at_home) = (Role::ChiefLeader, Presence::InArea);
            assert_eq!(
                terms.may_ask(leader, at_home, at(moment)),
                may_ask,
                "{moment}"
            );
        }
    }
}
