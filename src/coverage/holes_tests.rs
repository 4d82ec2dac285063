use proptest::prelude::*;

use super::*;
use crate::coverage::{demand, demand_of_list};
use crate::roster::sample::{at, roster, span, week};
use crate::roster::{NeedEntry, Place, Role, UnitEntry, Unread};

fn found(roster: &Roster) -> Vec<(Span, HoleClass)> {
    holes(&demand(roster, week(), &[]), roster)
        .into_iter()
        .map(|hole| (hole.span, hole.class))
        .collect()
}

#[test]
fn the_night_before_the_first_handover_is_the_day_befores() {
    let roster = roster("石桥镇 值班员 10-01T08:00 10-08T08:00 甲");
    let night = span("10-01T00:00", "10-01T08:00");
    assert_eq!(found(&roster), [(night, HoleClass::Boundary)]);
}

#[test]
fn more_than_half_a_day_before_the_first_handover_is_a_gap() {
    let roster = roster("石桥镇 值班员 10-01T12:01 10-08T08:00 甲");
    let morning = span("10-01T00:00", "10-01T12:01");
    assert_eq!(found(&roster), [(morning, HoleClass::Gap)]);
}

#[test]
fn a_roster_that_reaches_back_before_the_period_has_no_boundary() {
    let roster = roster(
        "石桥镇 值班员 09-30T08:00 09-30T20:00 甲
         石桥镇 值班员 10-01T08:00 10-08T08:00 乙",
    );
    let night = span("10-01T00:00", "10-01T08:00");
    assert_eq!(found(&roster), [(night, HoleClass::Gap)]);
}

#[test]
fn an_early_end_is_a_gap_however_short() {
    let roster = roster("石桥镇 值班员 10-01T00:00 10-07T20:00 甲");
    let night = span("10-07T20:00", "10-08T00:00");
    assert_eq!(found(&roster), [(night, HoleClass::Gap)]);
}

#[test]
fn a_post_with_nobody_at_all_is_one_gap() {
    assert_eq!(found(&roster("石桥镇 值班员")), [(week(), HoleClass::Gap)]);
}

#[test]
fn a_night_left_out_is_a_gap_and_nobody_elses_post_fills_it() {
    let roster = roster(
        "石桥镇 值班员 10-01T00:00 10-04T20:00 甲
         石桥镇 值班员 10-05T08:00 10-08T08:00 乙
         石桥镇 带班领导 10-01T00:00 10-08T00:00 丙
         石桥镇 二线 10-01T00:00 10-08T00:00 丁",
    );
    let night = span("10-04T20:00", "10-05T08:00");
    assert_eq!(found(&roster), [(night, HoleClass::Gap)]);
}

#[test]
fn a_post_that_is_no_duty_is_not_judged() {
    let roster = roster(
        "石桥镇 值班员 10-01T00:00 10-08T00:00 甲
         石桥镇 卫生 10-01T08:00 10-01T10:00 乙",
    );
    assert_eq!(found(&roster), []);
}

#[test]
fn a_hole_where_a_row_could_not_be_read_is_not_a_gap() {
    let mut roster = roster(
        "石桥镇 值班员 10-01T00:00 10-03T08:00 甲
         石桥镇 值班员 10-04T08:00 10-08T00:00 乙",
    );
    roster.unread.push(Unread {
        post: Some(0),
        span: Some(span("10-03T00:00", "10-04T07:30")),
        place: Place::default(),
    });
    let day = span("10-03T08:00", "10-04T08:00");
    assert_eq!(found(&roster), [(day, HoleClass::CannotRead)]);
}

#[test]
fn a_row_that_could_not_be_read_excuses_its_own_day_only() {
    let mut roster = roster(
        "石桥镇 值班员 10-01T00:00 10-03T08:00 甲
         石桥镇 值班员 10-06T08:00 10-08T00:00 乙",
    );
    roster.unread.push(Unread {
        post: None,
        span: Some(span("10-03T08:00", "10-04T08:00")),
        place: Place::default(),
    });
    let expected = [
        (span("10-03T08:00", "10-04T08:00"), HoleClass::CannotRead),
        (span("10-04T08:00", "10-06T08:00"), HoleClass::Gap),
    ];
    assert_eq!(found(&roster), expected);
}

#[test]
fn a_first_row_that_could_not_be_read_leaves_the_boundary_a_boundary() {
    let mut roster = roster("石桥镇 值班员 10-02T08:00 10-08T00:00 甲");
    roster.unread.push(Unread {
        post: None,
        span: Some(span("10-01T08:00", "10-02T08:00")),
        place: Place::default(),
    });
    let expected = [
        (span("10-01T00:00", "10-01T08:00"), HoleClass::Boundary),
        (span("10-01T08:00", "10-02T08:00"), HoleClass::CannotRead),
    ];
    assert_eq!(found(&roster), expected);
}

#[test]
fn an_unread_row_of_no_known_day_may_be_any_of_the_holes() {
    let mut roster = roster(
        "石桥镇 值班员 10-01T00:00 10-03T08:00 甲
         石桥镇 值班员 10-04T08:00 10-08T00:00 乙",
    );
    roster.unread.push(Unread {
        post: None,
        span: None,
        place: Place::default(),
    });
    let day = span("10-03T08:00", "10-04T08:00");
    assert_eq!(found(&roster), [(day, HoleClass::CannotRead)]);
}

#[test]
fn hours_the_roster_calls_no_duty_are_listed_as_such() {
    let mut roster = roster(
        "石桥镇 值班员 10-01T00:00 10-02T08:00 甲
         石桥镇 值班员 10-02T18:00 10-08T00:00 乙",
    );
    let office_hours = span("10-02T08:00", "10-02T17:30");
    roster.declared.push((0, office_hours.into()));
    let expected = [
        (office_hours, HoleClass::Declared),
        (span("10-02T17:30", "10-02T18:00"), HoleClass::Gap),
    ];
    assert_eq!(found(&roster), expected);
}

#[test]
fn a_unit_on_the_list_without_a_roster_has_not_submitted() {
    let roster = roster("石桥镇 值班员 10-01T00:00 10-08T00:00 甲");
    let listed = |unit: &str| UnitEntry {
        unit: unit.to_owned(),
        ..UnitEntry::default()
    };
    let units = [listed("石桥镇"), listed("大湾乡")];
    let found = holes(&demand(&roster, week(), &units), &roster);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].unit, "大湾乡");
    assert_eq!(
        (found[0].span, found[0].class),
        (week(), HoleClass::NotSubmitted)
    );
}

#[test]
fn somebody_listed_twice_is_one_pair_of_hands() {
    let roster = roster(
        "石桥镇 值班员 10-01T00:00 10-08T00:00 甲+甲
         石桥镇 值班员 10-03T00:00 10-05T00:00 甲
         石桥镇 值班员 10-04T00:00 10-05T00:00 乙",
    );
    let two = [NeedEntry {
        unit: "石桥镇".to_owned(),
        post: "值班员".to_owned(),
        count: 2,
    }];
    let demand = demand_of_list(&two, &roster, week(), |_| Role::DutyOfficer);
    let found: Vec<(Span, u32)> = holes(&demand, &roster)
        .into_iter()
        .map(|hole| (hole.span, hole.present))
        .collect();
    let expected = [
        (span("10-01T00:00", "10-04T00:00"), 1),
        (span("10-05T00:00", "10-08T00:00"), 1),
    ];
    assert_eq!(found, expected);
}

/// Minutes after the week's start.
fn minute(m: i64) -> Moment {
    at("10-01T00:00") + TimeDelta::minutes(m)
}

proptest! {
    #[test]
    fn headcounts_agree_with_a_minute_grid(
        duties in proptest::collection::vec((-20i64..120, 1i64..60, 0usize..4, 0usize..4), 0..12),
        free in proptest::collection::vec((0i64..120, 1i64..30), 0..3),
        needed in 1u32..4,
    ) {
        let names = ["甲", "乙", "丙", "丁"];
        let period = Span::new(minute(0), minute(100)).unwrap();
        let mut roster = roster("石桥镇 值班员");
        for &(start, length, one, other) in &duties {
            let people = format!("{}+{}", names[one], names[other]);
            let line = format!("石桥镇 值班员 10-01T00:00 10-01T00:01 {people}");
            let mut shift = self::roster(&line).shifts.remove(0);
            shift.span = Span::new(minute(start), minute(start + length)).unwrap();
            roster.shifts.push(shift);
        }
        let declared = free.iter().filter_map(|&(s, l)| Span::new(minute(s), minute(s + l)));
        roster.declared.push((0, declared.collect()));
        let need = Need {
            unit: "石桥镇".to_owned(),
            post: "值班员".to_owned(),
            role: Role::DutyOfficer,
            count: needed,
        };
        let found = holes(&Demand { period, needs: vec![need] }, &roster);
        for m in -20..140 {
            let mut on: Vec<&str> = duties
                .iter()
                .filter(|(start, length, ..)| (*start..start + length).contains(&m))
                .flat_map(|&(_, _, one, other)| [names[one], names[other]])
                .collect();
            on.sort_unstable();
            on.dedup();
            let is_free = free.iter().any(|&(s, l)| (s..s + l).contains(&m));
            let is_short = (0..100).contains(&m) && on.len() < needed as usize;
            let here: Vec<&Hole> = found.iter().filter(|h| h.span.contains(minute(m))).collect();
            prop_assert_eq!(here.len(), usize::from(is_short), "minute {}", m);
            for hole in here {
                prop_assert_eq!(hole.present as usize, on.len());
                prop_assert_eq!(hole.class == HoleClass::Declared, is_free);
            }
        }
        for pair in found.windows(2) {
            prop_assert!(pair[0].span.end() <= pair[1].span.start(), "in order: {:?}", pair);
        }
    }
}
