//! Who is asked again after a fault of ours, when, and how often.

use std::sync::Arc;

use super::sample::{self, policy};
use super::{
    Account, AccountId, Bound, Check, Input, Key, MadeUp, Order, Record, Report, RosterId, RoundId,
    UploadId, Version, Whom, World, decide, worksheet,
};
use crate::roster::Role;
use crate::roster::sample::{at, roster};
use crate::spotcheck::{
    Blind, BlindCause, CheckId, Evidence, Measure, Outcome, Plea, Quiet, Reminded, Rung, Sighting,
    State, VoidReason,
};
use crate::time::{Moment, Span, TimeDelta};

const OFFICER: AccountId = AccountId(1007);
const FIRST: CheckId = CheckId(7);
const ROSTER: &str = "
    城关镇 值班员 10-01T20:30 10-02T08:30 王建国
    城关镇 主要领导 10-01T08:30 10-02T08:30 李明
";

fn blind(to: Moment) -> Outcome {
    let span = Span::new(to - TimeDelta::minutes(5), to).unwrap();
    let cause = BlindCause::Unread;
    let reason = VoidReason::Blind(Blind { span, cause });
    Outcome::Void { reason }
}

fn closed(outcome: Outcome, at: Moment) -> State {
    State::Closed {
        outcome,
        at,
        delivery: None,
        reminded: Reminded::NotYet,
    }
}

fn check(id: CheckId, name: &str, state: State) -> Check {
    let mut check = sample::asked(id, OFFICER, at("10-01T21:00"), state);
    check.asked.unit = "城关镇".into();
    check.asked.name = name.into();
    check.asked.shift = Span::new(at("10-01T20:30"), at("10-02T08:30")).unwrap();
    check
}

/// `name` is bound, and was asked in vain until 21:10.
fn world_of(name: &str) -> World {
    let mut world = World::new(policy(), Key::new([7; 32]));
    world.put(Record::Roster(RosterId(1), Arc::new(roster(ROSTER))));
    world.put(Record::Version(Version {
        number: 1,
        roster: RosterId(1),
        since: at("09-28T10:00"),
        by: AccountId(1),
        upload: UploadId(1),
        restores: None,
    }));
    let mut account = Account::new(OFFICER, name);
    account.bound = Some(Bound {
        unit: "城关镇".into(),
        name: name.into(),
        phone: None,
        at: at("09-28T11:00"),
    });
    world.put(Record::Account(account));
    let void = closed(blind(at("10-01T21:10")), at("10-01T21:10"));
    world.put(Record::Check(check(FIRST, name, void)));
    world
}

fn world() -> World {
    world_of("王建国")
}

/// The queue is read dry at `when`: who is asked again by it.
fn read(world: &mut World, when: &str) -> Option<CheckId> {
    let began = at(when);
    let known: Vec<CheckId> = world.checks.keys().copied().collect();
    let change = decide(world, &Input::QueueRead { began }, began);
    world.apply(&change);
    let mut new = world.checks.keys().filter(|id| !known.contains(id));
    let asked = new.next().copied();
    assert_eq!(new.next(), None, "one question at a time");
    asked
}

fn ends(world: &mut World, id: CheckId, outcome: Outcome, when: &str) {
    let mut check = world.checks[&id].clone();
    check.state = closed(outcome, at(when));
    world.put(Record::Check(check));
}

fn made_up(world: &World) -> MadeUp {
    world.checks[&FIRST].follow_up.made_up
}

#[test]
fn whoever_was_asked_in_vain_for_our_fault_is_asked_again_once_ten_minutes_are_heard() {
    let mut world = world();
    // Webhooks are looked into when somebody waits for it.
    assert_eq!(world.checks.reading_due(), Some(at("10-01T21:20")));
    assert_eq!(read(&mut world, "10-01T21:19"), None);
    let again = read(&mut world, "10-01T21:20").unwrap();
    let check = &world.checks[&again];
    assert_eq!(check.follow_up.instead_of.map(|b| b.check), Some(FIRST));
    assert_eq!(check.asked.name, "王建国");
    assert_eq!(world.rounds[&check.round].order, Order::MakeUp);
    assert_eq!(made_up(&world), MadeUp::By(again));
    assert_eq!(read(&mut world, "10-01T21:20"), None);
    assert_eq!(read(&mut world, "10-01T23:00"), None);
}

#[test]
fn what_is_in_the_way_again_is_waited_out_for_longer_and_three_times_are_enough() {
    let mut world = world();
    let mut asked = Vec::new();
    for (again, void) in [
        ("10-01T21:20", "10-01T21:30"),
        ("10-01T22:10", "10-01T22:20"),
        ("10-02T01:00", "10-02T01:10"),
    ] {
        let id = read(&mut world, again).unwrap();
        ends(&mut world, id, blind(at(void)), void);
        assert_eq!(read(&mut world, void), None);
        asked.push(id);
    }
    assert_eq!(read(&mut world, "10-02T07:00"), None);
    let last = world.checks[&asked[2]].follow_up.instead_of;
    assert_eq!(last.map(|b| (b.check, b.times)), Some((asked[1], 3)));
    assert_eq!(world.checks.reading_due(), None);
}

#[test]
fn only_a_fault_of_ours_is_made_up_for() {
    let evidence = Evidence::Message {
        update: 1,
        dated: at("10-01T21:05"),
        received: at("10-01T21:05"),
    };
    let plea = Plea::SteppedOut;
    let excused = VoidReason::Excused { plea, evidence };
    let others = [
        Outcome::Present { evidence },
        Outcome::NoAnswer {
            queue_read_from: at("10-01T21:10"),
        },
        Outcome::Void { reason: excused },
        Outcome::Void {
            reason: VoidReason::Cancelled,
        },
    ];
    for outcome in others {
        let mut world = world();
        ends(&mut world, FIRST, outcome, "10-01T21:10");
        assert_eq!(read(&mut world, "10-01T22:00"), None, "{outcome:?}");
    }
}

#[test]
fn nobody_is_asked_again_whose_shift_leaves_no_time_to_answer_or_has_become_somebody_elses() {
    let mut late = world();
    assert_eq!(read(&mut late, "10-02T08:25"), None);
    assert_eq!(made_up(&late), MadeUp::Never);
    let mut over = world();
    assert_eq!(read(&mut over, "10-02T08:30"), None);
    assert_eq!(made_up(&over), MadeUp::Never);

    let mut swapped = world();
    let other = ROSTER.replace("王建国", "赵敏");
    swapped.put(Record::Roster(RosterId(1), Arc::new(roster(&other))));
    assert_eq!(read(&mut swapped, "10-01T22:00"), None);
    assert_eq!(made_up(&swapped), MadeUp::Never);
}

#[test]
fn whoever_was_at_their_post_when_a_clerk_rang_is_not_asked_again() {
    use Sighting::{AtPost, NotReached, NotThere};
    let again = |found: &[(Rung, Sighting)]| {
        let mut world = world();
        let mut rung = world.checks[&FIRST].clone();
        let reports = found.iter().map(|(rung, sighting)| Report {
            rung: *rung,
            by: AccountId(1),
            name: "陈静".into(),
            sighting: *sighting,
            at: at("10-01T21:15"),
        });
        rung.follow_up.reports = reports.collect();
        world.put(Record::Check(rung));
        let sheet = worksheet(&world, Whom::Unsettled, at("10-01T21:15"));
        let is_on_it = sheet.iter().any(|one| one.check == Some(FIRST));
        (is_on_it, read(&mut world, "10-01T21:20").is_some())
    };
    // Whether they are to be rung, and are asked.
    assert_eq!(again(&[]), (true, true));
    assert_eq!(again(&[(Rung::Clerk, AtPost)]), (false, false));
    assert_eq!(again(&[(Rung::Clerk, NotReached)]), (false, true));
    assert_eq!(again(&[(Rung::Second, AtPost)]), (true, true));
    let twice = [(Rung::Clerk, NotThere), (Rung::Clerk, AtPost)];
    assert_eq!(again(&twice), (false, false));
}

#[test]
fn by_a_clock_set_back_before_the_shift_it_is_waited_for() {
    let mut world = world();
    ends(&mut world, FIRST, blind(at("09-30T21:10")), "09-30T21:10");
    assert_eq!(read(&mut world, "09-30T22:00"), None);
    let begins = world.checks[&FIRST].asked.shift.start();
    assert_eq!(made_up(&world), MadeUp::NotBefore(begins));
    assert_eq!(read(&mut world, "10-01T21:30"), Some(CheckId(8)));
}

#[test]
fn whoever_was_asked_since_is_not_asked_again_for_the_check_before() {
    let mut world = world();
    let mut later = check(
        CheckId(8),
        "王建国",
        closed(blind(at("10-01T21:40")), at("10-01T21:40")),
    );
    later.round = RoundId(2);
    world.put(Record::Check(later));
    assert_eq!(read(&mut world, "10-01T21:30"), None);
    assert_eq!(made_up(&world), MadeUp::By(CheckId(8)));
    let again = read(&mut world, "10-01T21:50").unwrap();
    let before = world.checks[&again].follow_up.instead_of;
    assert_eq!(before.map(|b| b.check), Some(CheckId(8)));
}

#[test]
fn who_need_only_be_reachable_is_let_sleep_until_the_morning() {
    let mut world = world_of("李明");
    let mut principal = world.checks[&FIRST].clone();
    principal.asked.role = Role::Principal;
    world.put(Record::Check(principal));
    world.policy.measure = Measure {
        quiet: Some(Quiet {
            from_minute: 21 * 60,
            to_minute: 6 * 60,
        }),
        ..Measure::NONE
    };
    assert_eq!(read(&mut world, "10-01T21:30"), None);
    assert_eq!(world.checks.reading_due(), Some(at("10-02T06:00")));
    assert_eq!(read(&mut world, "10-02T05:59"), None);
    assert!(read(&mut world, "10-02T06:00").is_some());
}
