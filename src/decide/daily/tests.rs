//! However the ticks fall, nothing is said twice and no reminder comes after its shift began.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::decide::sample::policy;
use crate::decide::{
    Account, AccountId, Bound, Change, Daily, DailySay, Input, Key, Policy, Record, RosterId, Say,
    UploadId, Version, World, decide,
};
use crate::roster::{Person, Place, Post, Role, Roster, Shift};
use crate::time::{Moment, Span, TimeDelta, Zone, clock_of};

const CLERK: AccountId = AccountId(1);
const OFFICER: AccountId = AccountId(2);

/// Minutes from the midnight before 1 October, in the county.
fn minute(minutes: i64) -> Moment {
    let midnight = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
    Zone::default().moment(clock_of(midnight, 0)) + TimeDelta::minutes(minutes)
}

/// A clerk and one bound officer, whose shifts begin at these hours.
fn world(starts: &[i64]) -> World {
    let policy = Policy {
        period: Span::new(minute(0), minute(7 * 24 * 60)),
        daily: Daily {
            before_shift: Some(TimeDelta::hours(1)),
            evening_minute: Some(20 * 60),
            digest_minute: Some(8 * 60),
            report_minute: Some(15 * 60),
        },
        ..policy()
    };
    let shifts = starts.iter().map(|start| Shift {
        post: 0,
        span: Span::new(minute(start * 60), minute(start * 60 + 480)).unwrap(),
        people: [Person {
            name: "甲".into(),
            phone: None,
        }]
        .into(),
        assumed_hours: false,
        source: Place::default(),
    });
    let roster = Roster {
        posts: vec![Post {
            unit: "青山镇".into(),
            name: "值班员".into(),
            role: Role::DutyOfficer,
            presence: Role::DutyOfficer.presence(),
        }],
        shifts: shifts.collect(),
        ..Roster::default()
    };
    let account = |id, clerk_since, bound| {
        Record::Account(Account {
            clerk_since,
            bound,
            ..Account::new(id, "")
        })
    };
    let bound = Bound {
        unit: "青山镇".into(),
        name: "甲".into(),
        phone: None,
        at: minute(0),
    };
    let mut world = World::new(policy, Key::new([7; 32]));
    world.put(account(CLERK, Some(minute(0)), None));
    world.put(account(OFFICER, None, Some(bound)));
    world.put(Record::Roster(RosterId(1), Arc::new(roster)));
    world.put(Record::Version(Version {
        number: 1,
        roster: RosterId(1),
        since: minute(0),
        by: CLERK,
        upload: UploadId(1),
        restores: None,
    }));
    world
}

/// Ticks at these moments, in order; what is said at each.
fn ticked(world: &mut World, ticks: &[Moment]) -> Vec<(Moment, Change)> {
    let mut said = Vec::new();
    for now in ticks {
        let change = decide(world, &Input::Tick, *now);
        world.apply(&change);
        said.push((*now, change));
    }
    said
}

/// For each shift, when its person was told an hour before.
fn reminded(said: &[(Moment, Change)]) -> BTreeMap<Moment, Vec<Moment>> {
    let mut reminded: BTreeMap<Moment, Vec<Moment>> = BTreeMap::new();
    for (at, change) in said {
        for notice in &change.notices {
            if let Say::Daily(say) = &notice.say
                && let DailySay::ShiftAhead { turns, .. } = &**say
            {
                for turn in turns
                    .iter()
                    .filter(|turn| turn.span.start() - *at <= TimeDelta::hours(1))
                {
                    reminded.entry(turn.span.start()).or_default().push(*at);
                }
            }
        }
    }
    reminded
}

fn digests(said: &[(Moment, Change)]) -> usize {
    let notices = said.iter().flat_map(|(_, change)| &change.notices);
    let is_digest = |say: &Say| matches!(say, Say::Daily(d) if matches!(**d, DailySay::Digest(_)));
    notices
        .filter(|n| n.to == CLERK && is_digest(&n.say))
        .count()
}

prop_compose! {
    /// Shifts that do not touch: whoever is on duty already needs no reminder.
    fn starts()(days in proptest::collection::btree_set(0i64..6, 1..6), hour in 9i64..15) -> Vec<i64> {
        days.into_iter().map(|day| day * 24 + hour).collect()
    }
}

proptest! {
    #[test]
    fn woken_when_it_asks_every_shift_is_told_once_and_every_morning(starts in starts()) {
        let mut world = world(&starts);
        let end = minute(7 * 24 * 60);
        let mut said = Vec::new();
        while let Some(wake) = world.next_wake().filter(|wake| *wake < end) {
            said.extend(ticked(&mut world, &[wake]));
            prop_assert!(world.next_wake().is_none_or(|next| next > wake), "it goes on");
        }
        let told = reminded(&said);
        prop_assert_eq!(told.len(), starts.len());
        prop_assert!(told.iter().all(|(start, at)| at[..] == [*start - TimeDelta::hours(1)]));
        prop_assert_eq!(digests(&said), 7);
    }

    #[test]
    fn whenever_it_runs_nothing_is_told_twice_nor_after_the_shift_began(
        starts in starts(),
        ticks in proptest::collection::btree_set(0i64..7 * 24 * 60, 1..60),
    ) {
        let mut world = world(&starts);
        let ticks: Vec<Moment> = ticks.into_iter().map(minute).collect();
        let twice: Vec<Moment> = ticks.iter().flat_map(|at| [*at, *at]).collect();
        let said = ticked(&mut world, &twice);
        for pair in said.chunks(2) {
            prop_assert!(pair[1].1.is_empty(), "a second tick at one moment: {:?}", pair[1].1);
        }
        for (start, at) in reminded(&said) {
            prop_assert_eq!(at.len(), 1);
            prop_assert!(at[0] < start);
        }
        prop_assert!(digests(&said) <= 7);
    }
}

#[test]
fn before_a_roster_stands_the_clock_has_nothing_to_say() {
    let mut world = world(&[10]);
    world.versions.clear();
    assert_eq!(world.next_wake(), None);
    assert!(decide(&world, &Input::Tick, minute(9 * 60)).is_empty());
}
