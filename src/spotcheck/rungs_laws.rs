//! What holds of every climb, and the way it goes, one sentence each.

use proptest::prelude::*;

use super::*;
use crate::time::{Moment, TimeDelta};

const PATIENCE: TimeDelta = TimeDelta::minutes(5);

fn at(secs: i64) -> Moment {
    Moment::from_timestamp(1_791_008_880 + secs, 0).expect("a moment of 2026")
}

fn standing() -> impl Strategy<Value = Standing> {
    prop_oneof![
        3 => Just(Standing::Reachable),
        1 => Just(Standing::NoAccount),
        1 => Just(Standing::Vacant),
        1 => Just(Standing::Elsewhere),
    ]
}

fn rungs() -> impl Strategy<Value = Vec<Standing>> {
    prop::collection::vec(standing(), 0..5)
}

fn sighting() -> impl Strategy<Value = Sighting> {
    prop::sample::select(Sighting::ALL.to_vec())
}

fn moment() -> impl Strategy<Value = Moment> {
    (0_i64..7_200).prop_map(at)
}

fn event() -> impl Strategy<Value = ClimbEvent> {
    let rung = 0_u8..5;
    let end = prop_oneof![
        Just(ClimbEnd::Answered),
        Just(ClimbEnd::Void),
        Just(ClimbEnd::Back),
        Just(ClimbEnd::Ruled)
    ];
    prop_oneof![
        3 => Just(ClimbEvent::Silent),
        1 => moment().prop_map(|until| ClimbEvent::Due { until }),
        1 => Just(ClimbEvent::Referred),
        4 => (rung.clone(), moment()).prop_map(|(rung, at)| ClimbEvent::Told { rung, at }),
        1 => rung.clone().prop_map(|rung| ClimbEvent::Refused { rung }),
        2 => (rung, sighting()).prop_map(|(rung, sighting)| ClimbEvent::Sighted { rung, sighting }),
        4 => Just(ClimbEvent::Woken),
        1 => end.prop_map(ClimbEvent::Ended),
    ]
}

fn story() -> impl Strategy<Value = Vec<(ClimbEvent, Moment)>> {
    prop::collection::vec((event(), moment()), 0..20).prop_map(|mut story| {
        story.sort_by_key(|(_, now)| *now);
        story
    })
}

fn told(rungs: &[Standing], story: &[(ClimbEvent, Moment)]) -> Vec<(Climb, Vec<ClimbEffect>)> {
    let mut so_far = Climb::default();
    let mut told = Vec::new();
    for (event, now) in story {
        let (after, effects) = climb(rungs, PATIENCE, &so_far, event, *now);
        so_far = after.clone();
        told.push((after, effects));
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_rung_is_asked_twice_and_only_upwards(rungs in rungs(), story in story()) {
        let told = told(&rungs, &story);
        let asks = told.iter().flat_map(|(_, effects)| effects).filter_map(|e| match e {
            ClimbEffect::Ask(rung) => Some(*rung),
            _ => None,
        });
        let asks: Vec<u8> = asks.collect();
        prop_assert!(asks.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", asks);
        for rung in &asks {
            prop_assert_eq!(rungs[usize::from(*rung)], Standing::Reachable);
        }
        let written = told.last().map(|(climb, _)| climb.asked.clone());
        prop_assert_eq!(written.unwrap_or_default(), asks);
    }

    #[test]
    fn what_is_over_stays_over(rungs in rungs(), story in story()) {
        let told = told(&rungs, &story);
        for pair in told.windows(2) {
            if matches!(pair[0].0.stage, Stage::Over { .. }) {
                prop_assert_eq!(&pair[0].0, &pair[1].0);
                prop_assert!(pair[1].1.is_empty());
            }
        }
    }

    #[test]
    fn who_was_asked_is_called_back_but_for_whoever_found_them(
        rungs in rungs(), story in story(),
    ) {
        for ((after, effects), (event, _)) in told(&rungs, &story).iter().zip(&story) {
            if !matches!(after.stage, Stage::Over { .. }) || effects.is_empty() {
                continue;
            }
            let finder = match event {
                ClimbEvent::Sighted { rung, .. } => Some(*rung),
                _ => None,
            };
            let others = after.asked.iter().filter(|rung| Some(**rung) != finder);
            let recalls: Vec<ClimbEffect> = others.map(|r| ClimbEffect::Recall(*r)).collect();
            prop_assert_eq!(effects, &recalls);
        }
    }

    #[test]
    fn deciding_the_same_again_changes_nothing(rungs in rungs(), story in story()) {
        let mut so_far = Climb::default();
        for (event, now) in &story {
            let (once, _) = climb(&rungs, PATIENCE, &so_far, event, *now);
            let (twice, effects) = climb(&rungs, PATIENCE, &once, event, *now);
            prop_assert_eq!(&once, &twice, "{:?}", event);
            prop_assert!(effects.is_empty(), "{:?}: {:?}", event, effects);
            so_far = once;
        }
    }

    #[test]
    fn waking_before_the_time_does_nothing_and_at_it_something(
        rungs in rungs(), story in story(),
    ) {
        for (so_far, _) in told(&rungs, &story) {
            let Some(wake) = next_climb(&rungs, PATIENCE, &so_far) else { continue };
            let early = wake - TimeDelta::milliseconds(1);
            let woken = climb(&rungs, PATIENCE, &so_far, &ClimbEvent::Woken, early);
            prop_assert_eq!(woken, (so_far.clone(), vec![]));
            let (woken, _) = climb(&rungs, PATIENCE, &so_far, &ClimbEvent::Woken, wake);
            prop_assert_ne!(woken, so_far, "woken for nothing");
        }
    }

    #[test]
    fn silence_reaches_the_highest_rung_that_can_be_asked(rungs in rungs()) {
        let mut now = at(0);
        let (mut so_far, _) = climb(&rungs, PATIENCE, &Climb::default(), &ClimbEvent::Silent, now);
        while let Stage::On { rung, told: None } = so_far.stage {
            let event = ClimbEvent::Told { rung, at: now };
            so_far = climb(&rungs, PATIENCE, &so_far, &event, now).0;
            let Some(wake) = next_climb(&rungs, PATIENCE, &so_far) else { break };
            now = wake;
            so_far = climb(&rungs, PATIENCE, &so_far, &ClimbEvent::Woken, now).0;
        }
        let highest = rungs.iter().rposition(|standing| *standing == Standing::Reachable);
        let reached = so_far.asked.last().map(|rung| usize::from(*rung));
        prop_assert_eq!(reached, highest);
    }
}

const ALL: [Standing; 3] = [Standing::Reachable; 3];

fn after(rungs: &[Standing], events: &[(ClimbEvent, i64)]) -> (Climb, Vec<ClimbEffect>) {
    let mut last = (Climb::default(), Vec::new());
    for (event, now) in events {
        last = climb(rungs, PATIENCE, &last.0, event, at(*now));
    }
    last
}

#[test]
fn a_rung_without_an_account_is_passed_over_and_said_so() {
    let rungs = [Standing::Vacant, Standing::NoAccount, Standing::Reachable];
    let (_, effects) = after(&rungs, &[(ClimbEvent::Silent, 0)]);
    let passed = [
        ClimbEffect::Skip(0),
        ClimbEffect::Skip(1),
        ClimbEffect::Ask(2),
    ];
    assert_eq!(effects, passed);
}

#[test]
fn an_outage_does_not_burn_a_rungs_patience() {
    let told = ClimbEvent::Told {
        rung: 0,
        at: at(1_000),
    };
    let (asked, _) = after(&ALL, &[(ClimbEvent::Silent, 0), (ClimbEvent::Woken, 999)]);
    assert_eq!(asked.asked, [0]);
    let (heard, _) = climb(&ALL, PATIENCE, &asked, &told, at(1_000));
    assert_eq!(next_climb(&ALL, PATIENCE, &heard), Some(at(1_300)));
}

#[test]
fn who_did_not_find_them_passes_the_question_on_at_once() {
    for sighting in [Sighting::NotThere, Sighting::NotReached] {
        let report = ClimbEvent::Sighted { rung: 0, sighting };
        let (_, effects) = after(&ALL, &[(ClimbEvent::Silent, 0), (report, 9)]);
        assert_eq!(effects, [ClimbEffect::Ask(1)]);
    }
}

#[test]
fn a_refusal_that_comes_late_passes_nobody_else_over() {
    let up = [
        (ClimbEvent::Silent, 0),
        (ClimbEvent::Refused { rung: 0 }, 1),
    ];
    let (so_far, _) = after(&ALL, &up);
    assert!(matches!(so_far.stage, Stage::On { rung: 1, .. }));
    let again = ClimbEvent::Refused { rung: 0 };
    assert_eq!(
        climb(&ALL, PATIENCE, &so_far, &again, at(9)),
        (so_far.clone(), vec![])
    );
}

#[test]
fn a_late_report_of_a_lower_rung_passes_nothing_on_and_a_good_one_ends_it() {
    let up = [
        (ClimbEvent::Silent, 0),
        (ClimbEvent::Refused { rung: 0 }, 1),
    ];
    let by_first = |sighting| ClimbEvent::Sighted { rung: 0, sighting };
    let (so_far, _) = after(&ALL, &up);
    let bad = by_first(Sighting::NotThere);
    assert_eq!(
        climb(&ALL, PATIENCE, &so_far, &bad, at(9)),
        (so_far.clone(), vec![])
    );
    let good = by_first(Sighting::AtPost);
    let (over, effects) = climb(&ALL, PATIENCE, &so_far, &good, at(9));
    let end = ClimbEnd::Found;
    assert_eq!(over.stage, Stage::Over { end, at: at(9) });
    assert_eq!(effects, [ClimbEffect::Recall(1)]);
}

#[test]
fn who_is_back_in_time_is_looked_for_by_nobody() {
    let out = (ClimbEvent::Due { until: at(600) }, 0);
    let (over, effects) = after(&ALL, &[out, (ClimbEvent::Ended(ClimbEnd::Back), 500)]);
    assert!(over.asked.is_empty() && effects.is_empty());
    let (_, effects) = after(&ALL, &[out, (ClimbEvent::Woken, 600)]);
    assert_eq!(effects, [ClimbEffect::Ask(0)]);
}

#[test]
fn what_is_referred_goes_to_the_last_rung_alone() {
    let (so_far, effects) = after(&ALL, &[(ClimbEvent::Referred, 0)]);
    assert_eq!(effects, [ClimbEffect::Ask(2)]);
    assert_eq!(so_far.asked, [2]);
}

#[test]
fn somebody_looks_while_a_rung_has_the_question_and_time_runs_before_that_too() {
    let below = Climb::default();
    let (due, _) = after(&ALL, &[(ClimbEvent::Due { until: at(600) }, 0)]);
    let (on, _) = after(&ALL, &[(ClimbEvent::Silent, 0)]);
    let ruled = ClimbEvent::Ended(ClimbEnd::Ruled);
    let (over, _) = after(&ALL, &[(ClimbEvent::Silent, 0), (ruled, 9)]);
    let climbs = [&below, &due, &on, &over];
    let looks = climbs.map(Climb::is_under_way);
    assert_eq!(looks, [false, false, true, false]);
    let runs = climbs.map(Climb::is_running);
    assert_eq!(runs, [false, true, true, false]);
}

#[test]
fn a_clock_set_on_takes_what_is_to_come_with_it_and_nothing_that_is_over() {
    let hour = TimeDelta::hours(1);
    let due = ClimbEvent::Due { until: at(600) };
    let told = ClimbEvent::Told { rung: 0, at: at(9) };
    for story in [
        vec![(due, 0)],
        vec![(ClimbEvent::Silent, 0)],
        vec![(ClimbEvent::Silent, 0), (told, 9)],
    ] {
        let (so_far, _) = after(&ALL, &story);
        let moved = so_far.moved(hour);
        assert_eq!(moved.asked, so_far.asked);
        let wake = next_climb(&ALL, PATIENCE, &so_far).map(|wake| wake + hour);
        assert_eq!(next_climb(&ALL, PATIENCE, &moved), wake);
    }
    let ruled = ClimbEvent::Ended(ClimbEnd::Ruled);
    let (over, _) = after(&ALL, &[(ClimbEvent::Silent, 0), (ruled, 9)]);
    assert_eq!(over.moved(hour), over);
}

#[test]
fn nobody_is_woken_for_a_rung_above_which_nobody_can_be_asked() {
    let rungs = [Standing::Reachable, Standing::Vacant];
    let told = ClimbEvent::Told { rung: 0, at: at(1) };
    let (so_far, _) = after(&rungs, &[(ClimbEvent::Silent, 0), (told, 1)]);
    assert_eq!(next_climb(&rungs, PATIENCE, &so_far), None);
}

#[test]
fn a_climb_with_nobody_on_it_is_over_at_once() {
    let rungs = [Standing::Vacant, Standing::NoAccount];
    let (over, effects) = after(&rungs, &[(ClimbEvent::Silent, 3)]);
    let end = ClimbEnd::Nobody;
    assert_eq!(over.stage, Stage::Over { end, at: at(3) });
    assert_eq!(effects, []);
}
