//! What a plan keeps to, whatever the seed.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::roster::{Presence, Role};
use crate::spotcheck::lots::nth_second;
use crate::time::{Moment, Span, SpanSet, Zone};

/// Hours after the period's first midnight.
pub(super) fn hour(hours: i64) -> Moment {
    let start: Moment = "2026-09-30T16:00:00Z".parse().unwrap();
    start + TimeDelta::hours(hours)
}

pub(super) fn span(from: i64, to: i64) -> Span {
    Span::new(hour(from), hour(to)).unwrap()
}

pub(super) fn terms(per_unit: u32, nights: Nights) -> Terms {
    Terms {
        period: span(0, 7 * 24),
        zone: Zone::default(),
        measure: Measure {
            per_unit,
            per_shift_max: 2,
            nights,
            quiet: Some(Quiet {
                from_minute: 23 * 60,
                to_minute: 6 * 60,
            }),
        },
    }
}

pub(super) fn duty(unit: &str, name: &str, span: Span) -> Duty {
    Duty {
        unit: unit.into(),
        post: "值班员".into(),
        role: Role::DutyOfficer,
        presence: Presence::OnPost,
        span,
        people: vec![name.into()],
    }
}

/// Every day of the period, from one hour of the day to another.
pub(super) fn daily(unit: &str, from: i64, to: i64) -> Vec<Duty> {
    let day = |day: i64| {
        duty(
            unit,
            &format!("{unit}{day}"),
            span(day * 24 + from, day * 24 + to),
        )
    };
    (0..7).map(day).collect()
}

fn principal(unit: &str) -> Duty {
    Duty {
        role: Role::Principal,
        presence: Presence::Reachable,
        ..duty(unit, "高山", span(0, 7 * 24))
    }
}

pub(super) fn roll(duties: impl IntoIterator<Item = Vec<Duty>>) -> Roll {
    duties.into_iter().flatten().collect()
}

fn settled(lot: &Lot) -> Lot {
    Lot {
        state: LotState::NotHeld {
            why: NotHeld::Missed,
        },
        ..lot.clone()
    }
}

fn seeds() -> impl Strategy<Value = Seed> {
    any::<[u8; 32]>().prop_map(|bytes| Seed::revealed(Digest(bytes)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_unit_has_its_lots_at_instants_when_somebody_is_there(seed in seeds(), per_unit in 0u32..3) {
        let roll = roll([daily("甲", 8, 20), daily("乙", 0, 24), vec![principal("丙")]]);
        let terms = terms(per_unit, Nights::AtLeastOne);
        let drawn = lots(&seed, &terms, &roll, hour(-24), &[]);
        prop_assert_eq!(drawn.len(), 3 * per_unit as usize);
        for lot in &drawn {
            let at = lot.at.expect("all three are manned");
            prop_assert!(terms.period.contains(at));
            let there = roll.present(&lot.unit, at);
            prop_assert!(there.iter().any(|p| terms.may_ask(p.duty.role, p.duty.presence, at)));
        }
        prop_assert_eq!(&drawn, &lots(&seed, &terms, &roll, hour(-24), &[]));
    }

    #[test]
    fn where_a_post_is_manned_at_night_one_lot_is_at_night(seed in seeds(), per_unit in 1u32..4) {
        let roll = roll([daily("甲", 8, 20), daily("乙", 0, 24), vec![principal("丙")]]);
        let terms = terms(per_unit, Nights::AtLeastOne);
        let nights = terms.nights();
        let drawn = lots(&seed, &terms, &roll, hour(0), &[]);
        let at_night = |unit: &str| {
            drawn.iter().filter(|l| l.unit == unit && l.at.is_some_and(|at| nights.contains(at))).count()
        };
        prop_assert!(at_night("乙") >= 1);
        prop_assert_eq!(at_night("甲"), 0);
    }

    #[test]
    fn a_new_version_moves_only_the_lots_it_must(seed in seeds(), changed_at in 1i64..150) {
        let first = roll([daily("甲", 8, 20), daily("乙", 0, 24)]);
        let terms = terms(2, Nights::AsDrawn);
        let before = lots(&seed, &terms, &first, hour(0), &[]);
        let passed: Vec<Lot> = before.iter()
            .map(|l| if l.at < Some(hour(changed_at)) { settled(l) } else { l.clone() })
            .collect();
        let second = roll([daily("甲", 6, 18), daily("乙", 0, 24), daily("丁", 0, 24)]);
        let after = lots(&seed, &terms, &second, hour(changed_at), &passed);
        for (lot, was) in after.iter().filter(|l| l.unit == "乙").zip(passed.iter().filter(|l| l.unit == "乙")) {
            prop_assert_eq!(lot, was, "its duties are as they were");
        }
        for was in passed.iter().filter(|l| l.unit == "甲") {
            let lot = after.iter().find(|l| l.unit == was.unit && l.number == was.number).unwrap();
            // Those no longer manned move, and those for which a second opens up earlier in the
            // seed's order.
            if !was.is_pending() {
                prop_assert_eq!(lot, was);
            } else if let Some(at) = lot.at {
                prop_assert!(at >= hour(changed_at) && !second.present("甲", at).is_empty());
            }
        }
        let joined: Vec<&Lot> = after.iter().filter(|l| l.unit == "丁").collect();
        prop_assert_eq!(joined.len(), 2);
        prop_assert!(joined.iter().all(|l| l.at.is_some_and(|at| at >= hour(changed_at))));
    }

    #[test]
    fn nobody_is_asked_more_often_in_a_shift_than_the_terms_allow(seed in seeds(), per_unit in 1u32..8) {
        // Two people for four days, then one for three: 12 checks are all that fits.
        let pair = Duty { people: vec!["张三".into(), "李四".into()], ..duty("甲", "", span(0, 96)) };
        let roll = roll([vec![pair, duty("甲", "王五", span(96, 168))]]);
        let terms = terms(per_unit, Nights::AtLeastOne);
        let mut drawn = lots(&seed, &terms, &roll, hour(0), &[]);
        drawn.retain(|lot| lot.at.is_some());
        drawn.sort_by_key(|lot| lot.at);
        let mut held: Vec<Lot> = Vec::new();
        for lot in drawn {
            let there = roll.present("甲", lot.at.unwrap());
            let people = there.iter().map(|p| (p.name, p.duty.span));
            let free = below_cap(people, "甲", &held, 2);
            prop_assert!(!free.is_empty(), "the plan leaves room: {:?}", held);
            let name = free[picked(&seed, "甲", lot.number, free.len())].to_owned();
            let shift = there.iter().find(|p| p.name == name).unwrap().duty.span;
            held.push(Lot { state: LotState::Held { check: CheckId(1), name, shift }, ..lot });
        }
        prop_assert!(held.len() >= (per_unit.min(4)) as usize);
    }

    #[test]
    fn a_commitment_fits_its_own_seed_and_terms_alone(seed in seeds(), other in seeds()) {
        let (terms, changed) = (terms(2, Nights::AtLeastOne), terms(3, Nights::AtLeastOne));
        let commitment = Commitment::new(&seed, (1, Digest::of(b"roll")), terms, None, hour(0));
        prop_assert!(commitment.fits(&seed));
        prop_assert!(!commitment.fits(&other) || seed == other);
        for other in [
            Commitment { terms: changed, ..commitment },
            Commitment { version: 2, ..commitment },
            Commitment { roll: Digest::of(b"other"), ..commitment },
        ] {
            prop_assert!(!other.fits(&seed), "{:?}", other);
        }
        let next = Commitment::new(&seed, (2, Digest::of(b"roll")), terms, Some(&commitment), hour(1));
        prop_assert_eq!(next.before, commitment.digest);
        let unchained = Commitment { before: Digest::NONE, ..next };
        prop_assert!(!unchained.fits(&seed));
    }
}

#[test]
fn a_unit_manned_for_minutes_of_a_week_is_drawn_within_them() {
    let short = Span::new(hour(50), hour(50) + TimeDelta::minutes(1)).unwrap();
    let roll = roll([vec![duty("甲", "张三", short)]]);
    for byte in 0..20 {
        let seed = Seed::revealed(Digest([byte; 32]));
        let drawn = lots(&seed, &terms(2, Nights::AsDrawn), &roll, hour(0), &[]);
        assert!(
            drawn.iter().all(|lot| short.contains(lot.at.unwrap())),
            "{drawn:?}"
        );
    }
}

#[test]
fn a_unit_with_nobody_left_to_ask_keeps_its_lots_without_an_instant() {
    let roll = roll([daily("甲", 8, 20)]);
    let seed = Seed::revealed(Digest([3; 32]));
    let terms = terms(2, Nights::AtLeastOne);
    let drawn = lots(&seed, &terms, &roll, hour(6 * 24 + 21), &[]);
    assert_eq!(drawn.iter().map(|l| l.at).collect::<Vec<_>>(), [None, None]);
    let planned = lots(&seed, &terms, &roll, hour(0), &[]);
    let gone = lots(&seed, &terms, &Roll::default(), hour(0), &planned);
    assert!(
        gone.iter().all(|lot| lot.is_pending() && lot.at.is_none()),
        "{gone:?}"
    );
}

#[test]
fn the_cap_counts_what_was_held_of_one_person_in_one_shift_of_one_unit() {
    let (morning, evening) = (span(0, 12), span(12, 24));
    let lot = |unit: &str, state| Lot {
        unit: unit.to_owned(),
        number: 1,
        at: None,
        state,
    };
    let held = |unit: &str, name: &str, shift| {
        let name = name.to_owned();
        let check = CheckId(1);
        lot(unit, LotState::Held { check, name, shift })
    };
    let missed = LotState::NotHeld {
        why: NotHeld::Missed,
    };
    let so_far = [
        held("甲", "张三", morning),
        held("甲", "张三", morning),
        held("甲", "李四", morning),
        held("乙", "李四", morning),
        lot("甲", missed),
    ];
    let free = |name, shift| !below_cap([(name, shift)], "甲", &so_far, 2).is_empty();
    assert!(!free("张三", morning));
    assert!(free("张三", evening));
    assert!(free("李四", morning));
    assert!(free("王五", morning));
}

#[test]
fn a_unit_nobody_mans_gets_lots_without_a_time() {
    let nobody = roll([vec![Duty {
        role: Role::Principal,
        presence: Presence::Reachable,
        ..duty("甲", "高山", span(23, 24))
    }]]);
    let drawn = lots(
        &Seed::revealed(Digest([3; 32])),
        &terms(2, Nights::AtLeastOne),
        &nobody,
        hour(0),
        &[],
    );
    assert_eq!(drawn.len(), 2);
    assert!(drawn.iter().all(|lot| lot.at.is_none()), "{drawn:?}");
}

#[test]
fn a_second_is_found_across_spans_and_none_beyond_them() {
    let within: SpanSet = [span(0, 1), span(5, 6)].into_iter().collect();
    assert_eq!(nth_second(&within, 0), Some(hour(0)));
    assert_eq!(
        nth_second(&within, 3_599),
        Some(hour(1) - TimeDelta::seconds(1))
    );
    assert_eq!(nth_second(&within, 3_600), Some(hour(5)));
    assert_eq!(
        nth_second(&within, 7_199),
        Some(hour(6) - TimeDelta::seconds(1))
    );
    assert_eq!(nth_second(&within, 7_200), None);
}

fn settled_at(number: u32, at: i64) -> Lot {
    settled(&Lot {
        unit: "甲".to_owned(),
        number,
        at: Some(hour(at)),
        state: LotState::Pending,
    })
}

#[test]
fn a_lot_stays_by_day_where_the_night_has_no_room_for_it() {
    // Whoever has the night was asked twice before it.
    let early = [settled_at(1, 17), settled_at(2, 18)];
    let evening = duty("甲", "张三", span(16, 24));
    let morning = duty("甲", "李四", span(30, 34));
    let seed = Seed::revealed(Digest([3; 32]));
    let terms = terms(3, Nights::AtLeastOne);
    let planned = lots(
        &seed,
        &terms,
        &roll([vec![evening, morning]]),
        hour(19),
        &early,
    );
    assert!(
        planned[2].at.is_some_and(|at| span(30, 34).contains(at)),
        "{planned:?}"
    );
}

#[test]
fn where_every_lot_is_settled_none_is_moved_into_the_night() {
    let by_day = [settled_at(1, 10), settled_at(2, 34)];
    let seed = Seed::revealed(Digest([3; 32]));
    let around_the_clock = roll([daily("甲", 0, 24)]);
    let terms = terms(2, Nights::AtLeastOne);
    let planned = lots(&seed, &terms, &around_the_clock, hour(50), &by_day);
    assert_eq!(planned, by_day);
}

#[test]
fn a_lot_is_due_at_its_time_and_not_once_it_is_settled() {
    let pending = Lot {
        unit: "甲".to_owned(),
        number: 1,
        at: Some(hour(7)),
        state: LotState::Pending,
    };
    assert_eq!(pending.due(), Some(hour(7)));
    assert_eq!(settled(&pending).due(), None);
}
