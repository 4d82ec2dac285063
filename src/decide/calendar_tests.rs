use std::collections::BTreeMap;
use std::sync::Arc;

use super::sample::policy;
use super::{
    AccountId, Asker, Calendar, CalendarEntry, Consent, Key, Leave, LeaveEnd, LeaveId, LeaveKind,
    LeaveState, Record, RosterId, UploadId, Version, Whose, World,
};
use crate::duty::{Amendment, Member, Turn, turns_of};
use crate::roster::sample::{at, roster};
use crate::roster::{Person, Phone};
use crate::time::{Moment, Span, TimeDelta};

const FIRST: &str = "
    城关镇 值班员 10-01T20:30 10-02T08:30 王建国:13800000001
    城关镇 值班员 10-03T20:30 10-04T08:30 赵敏:13800000002
    城关镇 带班领导 10-01T08:30 10-02T08:30 张建国
    水利局 值班员 10-05T08:30 10-05T17:30 王建国:13800000001
    东河乡 值班员 10-01T20:30 10-02T08:30 王建国:13800000009
";

fn empty_world() -> World {
    World::new(policy(), Key::new([7; 32]))
}

/// Puts `lines` in force at `since`.
fn put_in_force(world: &mut World, number: u32, since: Moment, lines: &str) {
    world.put(Record::Roster(RosterId(number), Arc::new(roster(lines))));
    world.put(Record::Version(Version {
        number,
        roster: RosterId(number),
        since,
        by: AccountId(1),
        upload: UploadId(number),
        restores: None,
    }));
}

fn world() -> World {
    let mut world = empty_world();
    put_in_force(&mut world, 1, at("09-28T10:00"), FIRST);
    world
}

fn turn_of(world: &World, unit: &str, name: &str) -> Turn {
    let (_, roster) = world.rostered().unwrap();
    let mut turns = turns_of(roster, |of, p| of == unit && p.name == name);
    turns.remove(0)
}

/// Leave or a swap, approved at `when`.
fn approve(world: &mut World, when: Moment, amendment: Amendment) {
    let by = AccountId(1);
    world.put(Record::Leave(Box::new(Leave {
        id: LeaveId(1),
        kind: LeaveKind::Swap,
        by,
        asker: Asker::Clerk,
        at: when,
        unit: amendment.turn.unit.clone(),
        person: amendment.turn.person.clone(),
        amendment: Some(amendment),
        reason: None,
        offered: Vec::new(),
        declined: Vec::new(),
        agreed: None,
        check: None,
        state: LeaveState::Ended(LeaveEnd::Approved {
            consent: Consent { by, at: when },
        }),
    })));
}

fn person(unit: &str, name: &str, phone: &str) -> Whose {
    Whose::Person(Member {
        unit: unit.into(),
        name: name.into(),
        phone: Phone::new(phone),
    })
}

fn wang() -> Whose {
    person("城关镇", "王建国", "13800000001")
}

fn zhao() -> Whose {
    person("城关镇", "赵敏", "13800000002")
}

fn starts(calendar: &Calendar) -> Vec<(&str, Moment)> {
    let entries = calendar.entries.iter();
    entries.map(|e| (e.unit.as_str(), e.span.start())).collect()
}

fn by_uid(calendar: &Calendar) -> BTreeMap<&str, &CalendarEntry> {
    let entries = calendar.entries.iter();
    entries.map(|e| (e.uid.as_str(), e)).collect()
}

#[test]
fn a_person_has_their_shifts_of_every_unit_and_no_namesakes() {
    let calendar = world().calendar(wang()).unwrap();
    assert_eq!(
        starts(&calendar),
        [("城关镇", at("10-01T20:30")), ("水利局", at("10-05T08:30"))]
    );
}

#[test]
fn a_unit_has_all_of_its_shifts_and_no_others() {
    let calendar = world().calendar(Whose::Unit("城关镇".into())).unwrap();
    assert_eq!(calendar.entries.len(), 3);
    assert!(calendar.entries.iter().all(|e| e.unit == "城关镇"));
}

#[test]
fn before_any_roster_there_is_no_calendar() {
    assert_eq!(empty_world().calendar(wang()), None);
}

#[test]
fn a_new_version_keeps_the_shifts_it_keeps() {
    let mut world = world();
    let before = world.calendar(wang()).unwrap();
    let later = FIRST.replace("10-05T08:30 10-05T17:30", "10-05T08:30 10-05T18:00");
    put_in_force(&mut world, 2, at("09-30T09:00"), &later);
    let after = world.calendar(wang()).unwrap();
    let (before, after) = (by_uid(&before), by_uid(&after));
    assert_eq!(
        before.keys().collect::<Vec<_>>(),
        after.keys().collect::<Vec<_>>(),
        "the same shifts"
    );
    for (uid, was) in before {
        let is = after[uid];
        if is.unit == "水利局" {
            assert!(is.sequence > was.sequence);
            assert_eq!(is.changed, at("09-30T09:00"));
            assert_eq!(is.span.end(), at("10-05T18:00"));
        } else {
            assert_eq!(is, was);
        }
    }
}

#[test]
fn a_swapped_shift_moves_to_the_other_calendar() {
    let mut world = world();
    let (wangs, zhaos) = (
        world.calendar(wang()).unwrap(),
        world.calendar(zhao()).unwrap(),
    );
    let (given, taken) = (
        turn_of(&world, "城关镇", "王建国"),
        turn_of(&world, "城关镇", "赵敏"),
    );
    let swap = Amendment {
        span: given.span,
        turn: given,
        stand_in: Some(taken.person.clone()),
        in_return: Some(taken),
    };
    approve(&mut world, at("09-29T12:00"), swap);
    let wangs_now = world.calendar(wang()).unwrap();
    let zhaos_now = world.calendar(zhao()).unwrap();
    let night = |calendar: &Calendar| calendar.entries[0].clone();
    let (gone, come) = (night(&wangs), night(&zhaos_now));
    assert_eq!(come.uid, gone.uid);
    assert!(come.sequence > gone.sequence, "{come:?}");
    assert_eq!(come.people, ["赵敏"]);
    assert_eq!(come.changed, at("09-29T12:00"));
    assert_eq!(night(&wangs_now).uid, night(&zhaos).uid);
    // What nobody swapped stays as it was.
    assert_eq!(wangs_now.entries.last(), wangs.entries.last());
}

#[test]
fn leave_without_a_stand_in_empties_the_unit_s_shift_and_leaves_the_persons_calendar() {
    let mut world = world();
    let turn = turn_of(&world, "城关镇", "王建国");
    let part = Span::new(turn.span.start() + TimeDelta::hours(4), turn.span.end()).unwrap();
    let leave = Amendment {
        turn: turn.clone(),
        span: part,
        stand_in: None,
        in_return: None,
    };
    let whole = world.calendar(wang()).unwrap().entries[0].clone();
    approve(&mut world, at("09-29T12:00"), leave);
    let own = world.calendar(wang()).unwrap().entries[0].clone();
    assert_eq!(own.uid, whole.uid, "what is left of it is the same shift");
    assert_eq!(own.span.end(), part.start());
    assert!(own.sequence > whole.sequence);
    let unit = world.calendar(Whose::Unit("城关镇".into())).unwrap();
    let empty = unit.entries.iter().find(|e| e.people.is_empty()).unwrap();
    assert_eq!(empty.span, part);
}

#[test]
fn rows_of_one_post_and_hour_are_one_shift_and_other_hours_another() {
    let mut world = empty_world();
    let lines = "
        城关镇 值班员 10-01T08:30 10-01T17:30 王建国
        城关镇 值班员 10-01T08:30 10-01T17:30 赵敏
        城关镇 值班员 10-01T08:30 10-01T20:30 周宁
    ";
    put_in_force(&mut world, 1, at("09-28T10:00"), lines);
    let unit = world.calendar(Whose::Unit("城关镇".into())).unwrap();
    let people: Vec<&[String]> = unit.entries.iter().map(|e| e.people.as_slice()).collect();
    let both = ["王建国".to_owned(), "赵敏".to_owned()];
    assert_eq!(people, [&both[..], &["周宁".to_owned()]]);
    assert_eq!(by_uid(&unit).len(), 2, "each has a name of its own");
}

#[test]
fn an_outsider_of_the_roster_has_an_empty_calendar() {
    let nobody = Person {
        name: "何平".into(),
        phone: None,
    };
    let calendar = world()
        .calendar(person("城关镇", &nobody.name, ""))
        .unwrap();
    assert_eq!(calendar.entries, []);
}
