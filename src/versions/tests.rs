use proptest::prelude::*;

use super::*;
use crate::coverage::{demand, holes};
use crate::roster::sample::{roster, span, week};

const BEFORE: &str = "
    城关镇 值班员 10-01T08:00 10-01T20:00 王建国
    城关镇 值班员 10-01T20:00 10-02T08:00 赵敏
    东河乡 值班员 10-01T08:00 10-02T08:00 许刚:13800000002
";

fn amended(after: &str) -> Difference {
    difference(&roster(BEFORE), &roster(after))
}

fn said(found: &Difference) -> Vec<String> {
    let amendments = found.amendments.iter();
    amendments
        .map(|amendment| match amendment {
            Amendment::OtherPerson { before, after, .. } => format!("{before} → {after}"),
            Amendment::OtherHours { name, .. } => format!("{name}: other hours"),
            Amendment::Added(seat) => format!("+ {}", seat.name),
            Amendment::Removed(seat) => format!("- {}", seat.name),
        })
        .collect()
}

#[test]
fn a_shift_in_other_hands_is_one_change() {
    let found = amended(
        "城关镇 值班员 10-01T08:00 10-01T20:00 李秀英
         城关镇 值班员 10-01T20:00 10-02T08:00 赵敏
         东河乡 值班员 10-01T08:00 10-02T08:00 许刚:13800000002",
    );
    assert_eq!(said(&found), ["王建国 → 李秀英"]);
    assert_eq!(found.newcomers[0].name, "李秀英");
    assert_eq!(found.gone[0].name, "王建国");
}

#[test]
fn a_day_swapped_for_a_night_is_two_shifts_in_other_hands_and_nobody_is_new() {
    let found = amended(
        "城关镇 值班员 10-01T08:00 10-01T20:00 赵敏
         城关镇 值班员 10-01T20:00 10-02T08:00 王建国
         东河乡 值班员 10-01T08:00 10-02T08:00 许刚:13800000002",
    );
    assert_eq!(said(&found), ["王建国 → 赵敏", "赵敏 → 王建国"]);
    assert!(found.newcomers.is_empty() && found.gone.is_empty());
}

#[test]
fn a_shift_cut_short_and_filled_up_is_other_hours_and_one_more() {
    let found = amended(
        "城关镇 值班员 10-01T08:00 10-01T14:30 王建国
         城关镇 值班员 10-01T14:30 10-01T20:00 李秀英
         城关镇 值班员 10-01T20:00 10-02T08:00 赵敏
         东河乡 值班员 10-01T08:00 10-02T08:00 许刚:13800000002",
    );
    assert_eq!(said(&found), ["王建国: other hours", "+ 李秀英"]);
}

#[test]
fn the_same_duty_on_another_day_is_another_shift() {
    let found = amended(
        "城关镇 值班员 10-03T08:00 10-03T20:00 王建国
         城关镇 值班员 10-01T20:00 10-02T08:00 赵敏
         东河乡 值班员 10-01T08:00 10-02T08:00 许刚:13800000002",
    );
    assert_eq!(said(&found), ["- 王建国", "+ 王建国"]);
}

#[test]
fn how_a_file_spreads_people_over_rows_changes_nothing() {
    let together = "城关镇 值班员 10-01T08:00 10-01T20:00 王建国+赵敏";
    let apart = "城关镇 值班员 10-01T08:00 10-01T20:00 赵敏
                 城关镇 值班员 10-01T08:00 10-01T20:00 王建国";
    assert!(
        difference(&roster(together), &roster(apart))
            .amendments
            .is_empty()
    );
}

#[test]
fn another_number_is_no_other_shift() {
    let found = amended(&BEFORE.replace("13800000002", "13800000003"));
    assert_eq!(said(&found), [""; 0]);
    let [number] = found.renumbered.as_slice() else {
        panic!("one number changed: {found:?}");
    };
    assert_eq!(number.after.as_ref().unwrap().digits(), "13800000003");
    assert!(!found.is_empty());
}

#[test]
fn gaps_open_and_close_by_the_hours_they_are_longer_or_shorter() {
    let before = roster(BEFORE);
    let after = roster(
        "城关镇 值班员 10-01T08:00 10-01T14:00 王建国
         城关镇 值班员 10-01T20:00 10-03T08:00 赵敏
         东河乡 值班员 10-01T08:00 10-02T08:00 许刚",
    );
    let of = |roster: &Roster| holes(&demand(roster, week(), &[]), roster);
    let spans = |gaps: Vec<Hole>| gaps.into_iter().map(|gap| gap.span).collect::<Vec<_>>();
    let opened = gaps_beyond(&of(&after), &of(&before));
    assert_eq!(spans(opened), [span("10-01T14:00", "10-01T20:00")]);
    let closed = gaps_beyond(&of(&before), &of(&after));
    assert_eq!(spans(closed), [span("10-02T08:00", "10-03T08:00")]);
}

/// Rosters of two units, two posts and five names, on two days in steps of four hours.
fn rosters() -> impl Strategy<Value = Roster> {
    let shift = (
        0..2usize,
        0..2usize,
        0..10i64,
        1..5i64,
        0..5usize,
        0..5usize,
    );
    proptest::collection::vec(shift, 0..12).prop_map(|shifts| {
        let line = |(unit, post, start, length, one, other): (usize, usize, i64, i64, _, _)| {
            let names = ["王建国", "赵敏", "许刚", "李秀英", "邓红"];
            let clock = |step: i64| format!("10-{:02}T{:02}:00", 1 + step / 6, step % 6 * 4);
            let (unit, post) = (["城关镇", "东河乡"][unit], ["值班员", "带班领导"][post]);
            let (from, to) = (clock(start), clock(start + length));
            let [one, other]: [&str; 2] = [names[one], names[other]];
            format!("{unit} {post} {from} {to} {one}:1380000000{length}+{other}\n")
        };
        roster(&shifts.into_iter().map(line).collect::<String>())
    })
}

proptest! {
    #[test]
    fn a_roster_differs_from_itself_in_nothing(one in rosters()) {
        prop_assert!(difference(&one, &one).is_empty());
    }

    #[test]
    fn the_difference_applied_to_the_older_gives_the_newer(one in rosters(), other in rosters()) {
        let found = difference(&one, &other);
        prop_assert_eq!(found.applied(&seats(&one)), seats(&other));
        let back = difference(&other, &one);
        prop_assert_eq!(back.applied(&seats(&other)), seats(&one));
        prop_assert_eq!(back.amendments.len(), found.amendments.len());
    }

    #[test]
    fn who_is_new_one_way_is_gone_the_other(one in rosters(), other in rosters()) {
        let (there, back) = (difference(&one, &other), difference(&other, &one));
        let names = |people: &[Member]| -> BTreeSet<(String, String)> {
            people.iter().map(|m| (m.unit.clone(), m.name.clone())).collect()
        };
        prop_assert_eq!(names(&there.newcomers), names(&back.gone));
        prop_assert_eq!(names(&there.gone), names(&back.newcomers));
        prop_assert_eq!(there.renumbered.len(), back.renumbered.len());
    }
}
