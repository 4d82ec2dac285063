use super::*;
use crate::coverage::{demand, holes};
use crate::roster::sample::{at, roster, span, week};
use crate::roster::{Place, Roster, UnitEntry, Unread};

fn seen(roster: &Roster, now: &str) -> CoverageMap {
    let demand = demand(roster, week(), &[]);
    coverage_map(roster, &demand, &holes(&demand, roster), Some(at(now)))
}

const NIGHT_OUT: &str = "石桥镇 值班员 10-01T00:00 10-03T20:30 王建国
     石桥镇 值班员 10-04T08:30 10-08T00:00 李秀英
     石桥镇 带班领导 10-01T00:00 10-08T00:00 张建国
     柳河镇 值班员 10-01T00:00 10-08T00:00 赵敏";

#[test]
fn a_gap_is_told_with_who_leaves_and_who_comes() {
    let map = seen(&roster(NIGHT_OUT), "10-03T14:32");
    let [mark] = map.marks.as_slice() else {
        panic!("one mark: {:?}", map.marks);
    };
    assert_eq!(mark.spans, [span("10-03T20:30", "10-04T08:30")]);
    let names = |shift: &Option<Neighbour>| shift.as_ref().map(|shift| shift.names.clone());
    assert_eq!(names(&mark.before), Some(vec!["王建国".to_owned()]));
    assert_eq!(names(&mark.after), Some(vec!["李秀英".to_owned()]));
    assert_eq!((map.units, map.fine, map.fine_led), (2, 1, 0));
}

#[test]
fn a_gap_that_is_over_is_no_mark_and_its_unit_is_fine() {
    let map = seen(&roster(NIGHT_OUT), "10-04T09:00");
    assert_eq!((map.marks, map.fine), (Vec::new(), 2));
    let after_the_holiday = seen(&roster(NIGHT_OUT), "10-20T00:00");
    assert_eq!(after_the_holiday.marks.len(), 1);
}

#[test]
fn the_same_hours_on_several_days_are_one_mark() {
    let days = ["01", "02", "03", "04", "05", "06", "07", "08"];
    let lines: Vec<String> = days
        .windows(2)
        .map(|pair| {
            let (day, next) = (pair[0], pair[1]);
            format!(
                "石桥镇 值班员 10-{day}T00:00 10-{day}T12:00 甲
                 石桥镇 值班员 10-{day}T13:00 10-{next}T00:00 乙"
            )
        })
        .collect();
    let map = seen(&roster(&lines.join("\n")), "10-03T12:30");
    let noons: Vec<usize> = map.marks.iter().map(|mark| mark.spans.len()).collect();
    assert_eq!(noons, [5]);
    assert_eq!(map.rows[0].past.len(), 2);
}

#[test]
fn a_unit_whose_roster_never_had_leaders_has_no_lane_for_them() {
    let map = seen(
        &roster("柳河镇 值班员 10-01T08:00 10-06T00:00 赵敏"),
        "10-03T14:32",
    );
    assert_eq!(map.rows[0].lanes, [Lane::Officers]);
    let night = span("10-01T00:00", "10-01T08:00");
    assert_eq!(map.rows[0].free, [(Lane::Officers, night)]);
}

#[test]
fn officers_come_before_leaders_and_what_was_not_read_comes_last() {
    let mut roster = roster(
        "石桥镇 值班员 10-01T00:00 10-06T00:00 甲
         石桥镇 带班领导
         柳河镇 值班员 10-01T00:00 10-04T00:00 乙",
    );
    roster.unread.push(Unread {
        post: Some(2),
        span: Some(span("10-04T00:00", "10-08T00:00")),
        place: Place::default(),
    });
    let map = seen(&roster, "10-03T14:32");
    let told: Vec<(&str, Sight, Lane, Manning)> = map
        .marks
        .iter()
        .map(|m| (m.unit.as_str(), m.sight, m.lane(), m.manning))
        .collect();
    assert_eq!(
        told,
        [
            ("石桥镇", Sight::Gap, Lane::Officers, Manning::AtTimes),
            ("石桥镇", Sight::Gap, Lane::Leaders, Manning::Never),
            ("柳河镇", Sight::Unread, Lane::Officers, Manning::AtTimes),
        ]
    );
}

#[test]
fn two_posts_short_in_the_same_hours_are_one_mark_of_both() {
    let map = seen(
        &roster(
            "县医院 一线 10-01T00:00 10-05T00:00 甲
             县医院 值班员 10-01T00:00 10-05T00:00 乙",
        ),
        "10-03T14:32",
    );
    let posts: Vec<&[String]> = map.marks.iter().map(|mark| mark.posts.as_slice()).collect();
    assert_eq!(posts, [["一线", "值班员"]]);
}

#[test]
fn who_sent_nothing_is_neither_a_gap_nor_fine() {
    let roster = roster("柳河镇 值班员 10-01T00:00 10-08T00:00 赵敏");
    let listed = UnitEntry {
        unit: "红旗街道".to_owned(),
        ..UnitEntry::default()
    };
    let demand = demand(&roster, week(), &[listed]);
    let map = coverage_map(&roster, &demand, &holes(&demand, &roster), None);
    assert_eq!(map.not_submitted, ["红旗街道"]);
    assert_eq!((map.marks.len(), map.units, map.fine), (0, 1, 1));
}
