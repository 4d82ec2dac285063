//! In a flood no reading empties the queue. Whatever the flood, its backlog, the two clocks and Telegram's delays:
//! nobody who answered in time is held to be silent, and who was silent is found out all the same.

use std::collections::VecDeque;

use chrono::DateTime;
use proptest::prelude::*;

use super::sample::{self, policy, pressed};
use super::{
    AccountId, Answer, Check, Heard, Input, Key, Pinged, Policy, Press, Record, What, World, decide,
};
use crate::spotcheck::{CheckId, Ladder, Outcome, State};
use crate::time::Moment;

pub(super) const WINDOW: i64 = 300_000;
pub(super) const DRAIN: i64 = 10_000;
/// A press is gone from the queue after this long.
const PRESS_KEPT: i64 = 150_000;
const BATCH: usize = 100;

/// Our clock, in milliseconds.
pub(super) fn at(millis: i64) -> Moment {
    DateTime::from_timestamp_millis(1_790_000_000_000 + millis).unwrap()
}

#[derive(Clone, Copy, Debug)]
enum Way {
    Press,
    Text,
}

/// How a flood goes: all in milliseconds.
#[derive(Clone, Debug)]
struct Flood {
    /// Telegram's clock is ahead of ours by so much.
    ahead: i64,
    /// From the ping's queueing to its sending, and from there to the word of it.
    to_send: i64,
    to_hear: i64,
    /// One reading, and how many messages come in during one.
    reading: i64,
    per_reading: usize,
    /// How many wait at its beginning.
    backlog: usize,
    /// Telegram holds any update back for so long at most.
    held_back: i64,
    /// When each officer answers after the ping, and how.
    answers: Vec<Option<(i64, Way)>>,
}

/// What waits in Telegram's queue.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    queued: i64,
    made: i64,
    by: Option<usize>,
    way: Way,
}

fn flood() -> impl Strategy<Value = Flood> {
    let way = prop_oneof![Just(Way::Press), Just(Way::Text)];
    let answer = prop_oneof![Just(None), (0..WINDOW + 60_000, way).prop_map(Some),];
    (
        -3_600_000..3_600_000_i64,
        (0..20_000_i64, 1..3_000_i64),
        (200..5_000_i64, 60..130_usize, 0..8_000_usize),
        0..DRAIN - 1_000,
        proptest::collection::vec(answer, 1..6),
    )
        .prop_map(
            |(ahead, (to_send, to_hear), (reading, per_reading, backlog), held_back, answers)| {
                Flood {
                    ahead,
                    to_send,
                    to_hear,
                    reading,
                    per_reading,
                    backlog,
                    held_back,
                    answers,
                }
            },
        )
}

pub(super) fn asked(officers: usize) -> World {
    let ladder = Ladder {
        window_ms: WINDOW.unsigned_abs(),
        drain_ms: DRAIN.unsigned_abs(),
        ..policy().ladder
    };
    let policy = Policy { ladder, ..policy() };
    let mut world = World::new(policy, Key::new([7; 32]));
    for (id, account) in (1..).zip(0..officers) {
        let asking = State::Asking {
            queued: at(0),
            blind: None,
        };
        world.put(Record::Check(Check {
            ladder,
            ..sample::asked(CheckId(id), officer(account), at(0), asking)
        }));
    }
    world
}

pub(super) fn officer(number: usize) -> AccountId {
    AccountId(1000 + i64::try_from(number).unwrap())
}

pub(super) fn happens(world: &mut World, input: &Input, now: i64) {
    let change = decide(world, input, at(now));
    world.apply(&change);
}

/// Telegram's clock when ours shows `now`, as its messages are dated: in whole seconds, cut off.
fn dated(flood: &Flood, now: i64) -> Moment {
    let theirs = at(now + flood.ahead).timestamp();
    DateTime::from_timestamp(theirs, 0).unwrap()
}

fn heard(flood: &Flood, by: usize, waiting: &Waiting, received: i64) -> Input {
    let what = match waiting.way {
        Way::Text => What::Answer(Answer::Here),
        Way::Press => pressed(Press::Answer(check(by))),
    };
    let heard = sample::heard(officer(by), at(received), what);
    Input::Heard(Heard {
        dated: heard.dated.map(|_| dated(flood, waiting.made)),
        ..heard
    })
}

pub(super) fn check(number: usize) -> CheckId {
    CheckId(u32::try_from(number).unwrap() + 1)
}

/// The same numbers for the same seed.
fn drawn(seed: &mut u64, below: i64) -> i64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    i64::try_from(*seed >> 33).unwrap() % below.max(1)
}

/// All that comes in until `until`, in the order in which it does.
fn arrivals(flood: &Flood, until: i64) -> VecDeque<Waiting> {
    let mut seed = 7;
    let mut all = Vec::new();
    let stranger = |made: i64, held_back: i64| Waiting {
        made,
        queued: made + held_back,
        by: None,
        way: Way::Text,
    };
    for _ in 0..flood.backlog {
        all.push(stranger(-drawn(&mut seed, 5_000) - 10_000, 0));
    }
    let rate = i64::try_from(flood.per_reading).unwrap();
    for number in 0..until * rate / flood.reading {
        let held_back = drawn(&mut seed, flood.held_back + 1);
        all.push(stranger(number * flood.reading / rate, held_back));
    }
    for (by, answer) in flood.answers.iter().enumerate() {
        if let Some((after, way)) = *answer {
            let made = flood.to_send + after;
            all.push(Waiting {
                made,
                queued: made + drawn(&mut seed, flood.held_back + 1),
                by: Some(by),
                way,
            });
        }
    }
    all.sort_by_key(|waiting| waiting.queued);
    all.into()
}

/// What a flood came to: each check's outcome when it ended, and after the last empty reading.
struct Ended {
    amid: Vec<Option<Outcome>>,
    after: Vec<Option<Outcome>>,
    /// Presses that Telegram no longer had when they were to be read.
    dropped: Vec<usize>,
    /// How far the reading was ever behind.
    behind: i64,
    /// Whether any reading amid the flood emptied the queue.
    was_dry: bool,
}

fn played(flood: &Flood) -> Ended {
    let mut world = asked(flood.answers.len());
    happens(&mut world, &Input::QueueRead { began: at(-1) }, 0);
    let told = flood.to_send + flood.to_hear;
    let until = told + WINDOW + DRAIN + 120_000;
    let mut queue = arrivals(flood, until);
    let mut ended = Ended {
        amid: Vec::new(),
        after: Vec::new(),
        dropped: Vec::new(),
        behind: 0,
        was_dry: false,
    };
    let mut now = told;
    for number in 0..flood.answers.len() {
        let result = Pinged::Delivered {
            dated: dated(flood, flood.to_send),
            confirmed: at(told),
        };
        let check = check(number);
        happens(&mut world, &Input::Pinged { check, result }, now);
    }
    loop {
        let began = now;
        now += flood.reading;
        happens(&mut world, &Input::Tick, now);
        let is_over = began > until;
        queue.retain(|waiting| {
            let gone = matches!(waiting.way, Way::Press) && began - waiting.queued > PRESS_KEPT;
            if gone {
                ended.dropped.extend(waiting.by);
            }
            !gone
        });
        let ready = queue.iter().take_while(|waiting| waiting.queued <= began);
        let batch: Vec<Waiting> = ready.take(BATCH).copied().collect();
        queue.drain(..batch.len());
        if let Some(first) = batch.first() {
            ended.behind = ended.behind.max(began - first.queued);
        }
        // What strangers say is nobody's evidence: only its date counts here.
        let answers = batch.iter().filter_map(|w| Some((w.by?, w)));
        let inputs: Vec<Input> = answers.map(|(by, w)| heard(flood, by, w, now)).collect();
        for input in &inputs {
            happens(&mut world, input, now);
        }
        let newest = batch
            .iter()
            .filter(|w| w.by.is_none())
            .map(|w| w.made)
            .max();
        let began = at(began);
        match newest {
            Some(newest) if batch.len() == BATCH => {
                let dated = dated(flood, newest);
                happens(&mut world, &Input::QueueFull { began, dated }, now);
            }
            _ if batch.len() < BATCH => {
                ended.was_dry |= !is_over;
                happens(&mut world, &Input::QueueRead { began }, now);
                if is_over {
                    break;
                }
            }
            _ => {}
        }
        for (number, answer) in flood.answers.iter().enumerate() {
            let read = |w: &Waiting| w.by == Some(number);
            let in_time = answer.is_some_and(|(after, _)| after <= WINDOW);
            let outcome = world.checks[&check(number)].state.outcome();
            let blamed = matches!(outcome, Some(Outcome::NoAnswer { .. }));
            assert!(
                !(in_time && blamed),
                "officer {number}, {} still waiting, at {now}",
                queue.iter().filter(|w| read(w)).count(),
            );
        }
        if !is_over {
            ended.amid = outcomes(&world);
        }
    }
    ended.after = outcomes(&world);
    ended
}

fn outcomes(world: &World) -> Vec<Option<Outcome>> {
    let checks = world.checks.values();
    checks.map(|check| check.state.outcome().copied()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_flood_neither_blames_nor_hides_anybody(flood in flood()) {
        let ended = played(&flood);
        for (number, answer) in flood.answers.iter().enumerate() {
            let (amid, after) = (&ended.amid[number], &ended.after[number]);
            let was_dropped = ended.dropped.contains(&number);
            match (answer, after) {
                (Some((_, Way::Press)), Some(outcome)) if was_dropped => {
                    prop_assert!(matches!(outcome, Outcome::Void { .. }), "{outcome:?}");
                }
                (Some((millis, Way::Text)), Some(outcome)) if *millis <= WINDOW => {
                    prop_assert!(matches!(outcome, Outcome::Present { .. }), "{outcome:?}");
                }
                (Some((millis, Way::Press)), Some(outcome)) if *millis <= WINDOW - flood.held_back => {
                    prop_assert!(matches!(outcome, Outcome::Present { .. }), "{outcome:?}");
                }
                (None, Some(outcome)) if ended.behind < 100_000 - DRAIN => {
                    prop_assert!(matches!(outcome, Outcome::NoAnswer { .. }), "{outcome:?}");
                    prop_assert!(amid.is_some(), "found out only when the flood was over");
                }
                (_, outcome) => prop_assert!(outcome.is_some(), "it never ended"),
            }
        }
    }

    #[test]
    fn a_flood_that_is_kept_up_with_voids_nothing(mut flood in flood()) {
        flood.backlog = 200;
        flood.per_reading = 100;
        let ended = played(&flood);
        prop_assume!(!ended.was_dry);
        for outcome in ended.after.iter().flatten() {
            prop_assert!(!matches!(outcome, Outcome::Void { .. }), "{outcome:?}");
        }
    }
}
