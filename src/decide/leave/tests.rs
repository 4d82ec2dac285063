//! Whatever is pressed, by whom and when: nobody is off duty without everybody's word.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::decide::sample::{heard, policy, pressed};
use crate::decide::{
    Account, Bound, Command, Input, Key, Policy, Press, RosterId, UploadId, Version, What, World,
    decide,
};
use crate::duty::turns_of;
use crate::journal::Deed;
use crate::roster::{Person, Place, Post, Role, Roster, Shift};
use crate::time::{Moment, Span, TimeDelta};

const CLERK: i64 = 1;
const ASKER: i64 = 2;
const STAND_IN: i64 = 3;
const LEADER: i64 = 4;
const NAMES: [(i64, &str); 3] = [(ASKER, "甲"), (STAND_IN, "乙"), (LEADER, "丙")];

fn hour(hours: i64) -> Moment {
    Moment::from_timestamp(1_790_784_000, 0).unwrap() + TimeDelta::hours(hours)
}

fn shift(post: u32, from: i64, to: i64, name: &str) -> Shift {
    Shift {
        post,
        span: Span::new(hour(from), hour(to)).unwrap(),
        people: [Person {
            name: name.into(),
            phone: None,
        }]
        .into(),
        assumed_hours: false,
        source: Place::default(),
    }
}

/// 甲 on duty from hour 24 to 36 under 丙, 乙 from hour 60 to 72.
fn world() -> World {
    let post = |name: &str, role: Role| Post {
        unit: "青山镇".into(),
        name: name.into(),
        role,
        presence: role.presence(),
    };
    let roster = Roster {
        posts: vec![
            post("值班员", Role::DutyOfficer),
            post("带班领导", Role::DutyLeader),
        ],
        shifts: vec![
            shift(0, 24, 36, "甲"),
            shift(1, 24, 36, "丙"),
            shift(0, 60, 72, "乙"),
        ],
        ..Roster::default()
    };
    let policy = Policy {
        period: Span::new(hour(0), hour(96)),
        ..policy()
    };
    let mut world = World::new(policy, Key::new([7; 32]));
    let account = |id, clerk_since, bound| {
        Record::Account(Account {
            clerk_since,
            bound,
            ..Account::new(AccountId(id), "")
        })
    };
    world.put(account(CLERK, Some(hour(0)), None));
    for (id, name) in NAMES {
        let bound = Bound {
            unit: "青山镇".into(),
            name: name.into(),
            phone: None,
            at: hour(0),
        };
        world.put(account(id, None, Some(bound)));
    }
    world.put(Record::Roster(RosterId(1), Arc::new(roster)));
    world.put(Record::Version(Version {
        number: 1,
        roster: RosterId(1),
        since: hour(0),
        by: AccountId(CLERK),
        upload: UploadId(1),
        restores: None,
    }));
    world
}

#[derive(Clone, Debug)]
enum Step {
    Asks(i64, Command),
    Presses(i64, LeaveId, LeavePress),
    Tick,
}

fn steps() -> impl Strategy<Value = Step> {
    let who = prop::sample::select(vec![CLERK, ASKER, STAND_IN, LEADER]);
    let presses = prop_oneof![
        3 => (0u8..3).prop_map(LeavePress::Pick),
        6 => prop::sample::select(vec![
            LeavePress::Ill,
            LeavePress::NoStandIn,
            LeavePress::Cover,
            LeavePress::ChooseAgain,
            LeavePress::GoOn,
            LeavePress::Agree,
            LeavePress::Agree,
            LeavePress::Agree,
        ]),
        1 => prop::sample::select(vec![
            LeavePress::Drop,
            LeavePress::Withdraw,
            LeavePress::Refuse,
            LeavePress::SendBack,
            LeavePress::TellLeader,
        ]),
    ];
    prop_oneof![
        1 => Just(Step::Asks(ASKER, Command::Leave(String::new()))),
        1 => Just(Step::Asks(ASKER, Command::Swap(String::new()))),
        1 => Just(Step::Asks(CLERK, Command::Leave("甲".into()))),
        1 => Just(Step::Tick),
        12 => (who, 1u32..3, presses)
            .prop_map(|(who, id, press)| Step::Presses(who, LeaveId(id), press)),
    ]
}

fn input(step: &Step, now: Moment) -> Input {
    let by = |account: i64, what| Input::Heard(heard(AccountId(account), now, what));
    match step {
        Step::Asks(account, command) => by(*account, What::Command(command.clone())),
        Step::Presses(account, id, press) => by(*account, pressed(Press::Leave(*id, *press))),
        Step::Tick => Input::Tick,
    }
}

fn approvals(journal: &[Deed]) -> BTreeMap<u32, i64> {
    let approved = journal.iter().filter_map(|deed| match deed {
        Deed::LeaveApproved { leave, account, .. } | Deed::LeaveOrdered { leave, account, .. } => {
            Some((*leave, *account))
        }
        _ => None,
    });
    approved.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn nobody_is_off_duty_without_everybodys_word(
        story in proptest::collection::vec((steps(), 0i64..40), 1..60),
    ) {
        let mut world = world();
        let as_sent = world.rostered().unwrap().1.clone();
        let (mut now, mut journal) = (hour(1), Vec::new());
        for (step, minutes) in story {
            now += TimeDelta::minutes(minutes);
            let change = decide(&world, &input(&step, now), now);
            world.apply(&change);
            journal.extend(change.journal.into_iter().map(|entry| entry.deed));

            let approved = approvals(&journal);
            for leave in world.leaves.values() {
                let Some((_, amendment)) = leave.in_force() else { continue };
                let by = approved.get(&leave.id.0).copied();
                let stand_in = amendment.stand_in.as_ref().map(|p| p.name.as_str());
                let agreed = leave.agreed.map(|consent| consent.by.0);
                match leave.asker {
                    Asker::Clerk => prop_assert_eq!(by, Some(CLERK)),
                    Asker::Oneself => {
                        prop_assert!(matches!(by, Some(CLERK | LEADER)), "{:?}", by);
                        let word = NAMES.iter().find(|(_, name)| Some(*name) == stand_in);
                        prop_assert_eq!(agreed, word.map(|(id, _)| *id));
                    }
                }
            }
            if approved.is_empty() {
                prop_assert_eq!(world.in_force().unwrap().1, &as_sent);
            }
            let people = |roster: &Roster| turns_of(roster, |_, _| true).len();
            let given_away = world.leaves.values().filter_map(Leave::in_force);
            let unmanned = given_away.filter(|(_, a)| a.stand_in.is_none()).count();
            let left = people(world.in_force().unwrap().1) + unmanned;
            prop_assert!(left >= people(&as_sent), "nobody vanishes in silence");
        }
    }

    #[test]
    fn no_request_outlives_the_beginning_of_its_shift(
        story in proptest::collection::vec(steps(), 1..60),
    ) {
        let mut world = world();
        for step in story {
            world.apply(&decide(&world, &input(&step, hour(1)), hour(1)));
        }
        while let Some(wake) = world.next_wake() {
            prop_assert!(wake <= hour(70));
            let tick = decide(&world, &Input::Tick, wake);
            prop_assert!(!tick.is_empty());
            world.apply(&tick);
            prop_assert!(decide(&world, &Input::Tick, wake).is_empty());
        }
        prop_assert!(world.leaves.values().all(|leave| !leave.is_asked() && !leave.is_draft()));
    }
}

#[test]
fn with_everybodys_word_the_stand_in_is_on_duty() {
    let mut world = world();
    let press = |who, press| Step::Presses(who, LeaveId(1), press);
    let story = [
        Step::Asks(ASKER, Command::Leave(String::new())),
        press(ASKER, LeavePress::Pick(0)),
        press(ASKER, LeavePress::Ill),
        press(ASKER, LeavePress::Pick(0)),
        press(STAND_IN, LeavePress::Agree),
        press(LEADER, LeavePress::Agree),
    ];
    let mut journal = Vec::new();
    for step in story {
        let change = decide(&world, &input(&step, hour(1)), hour(1));
        world.apply(&change);
        journal.extend(change.journal.into_iter().map(|entry| entry.deed));
    }
    assert_eq!(approvals(&journal), BTreeMap::from([(1, LEADER)]));
    let (_, roster) = world.in_force().unwrap();
    let on = |at| crate::duty::on_duty(roster, hour(at)).map(|on| on.person.name.as_str());
    assert_eq!(on(30).collect::<Vec<_>>(), ["乙", "丙"]);
}
