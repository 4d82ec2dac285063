//! Which questions a bare "here" answers that nobody knows to have arrived: those that were queued
//! before it was written, by whatever clock that can be told.

use chrono::DateTime;

use super::draft::Draft;
use super::sample::{self, heard, policy};
use super::{AccountId, Answer, Heard, Input, Key, Order, Record, What, World, decide, rounds};
use crate::spotcheck::{CheckId, Delivery, Outcome, Reminded, State};
use crate::time::Moment;

const OFFICER: AccountId = AccountId(1007);
/// Telegram's clock is ahead of ours by so many seconds.
const AHEAD: i64 = 500;
/// By how many seconds our clock was set while the program was down.
const SET_BY: [i64; 5] = [0, 30, -30, 5_000, -5_000];

/// Our clock, in seconds.
fn at(secs: i64) -> Moment {
    DateTime::from_timestamp(1_790_000_000 + secs, 0).unwrap()
}

fn happens(world: &mut World, input: &Input, now: i64) {
    let change = decide(world, input, at(now));
    world.apply(&change);
}

/// An earlier question that came at 0, and one that was queued at 100 and did not leave yet.
fn asked_twice() -> (World, CheckId) {
    let mut world = World::new(policy(), Key::new([7; 32]));
    let delivery = Delivery {
        dated: at(AHEAD),
        confirmed: at(0),
        queued: at(0),
        unwatched_ms: 0,
        resumed: None,
    };
    let waiting = State::Waiting {
        delivery,
        reminded: Reminded::NotYet,
        blind: None,
    };
    let first = sample::asked(CheckId(1), OFFICER, at(0), waiting);
    let asked = first.asked.clone();
    world.put(Record::Check(first));
    world.given.check = 1;
    answered(&mut world, 90, 90);
    let mut draft = Draft::new(&world, at(100));
    let (_, ids) = rounds::begin(&mut draft, OFFICER, &Order::Drawn, vec![asked.into()]);
    let change = draft.done();
    world.apply(&change);
    (world, ids[0])
}

/// Telegram answers a reading when our clock shows `now`, and showed `ours` where nobody set it.
fn answered(world: &mut World, now: i64, ours: i64) {
    let opened = Input::QueueOpened {
        began: at(now),
        dated: Some(at(ours + AHEAD)),
    };
    happens(world, &opened, now);
}

/// They write "here" when our clock shows `written`; it is read after a stop, in which our clock
/// was set.
fn reads_after_a_stop(world: &mut World, written: i64, set_by: i64) {
    let now = 110 + set_by;
    happens(world, &Input::Started { chance: [1; 32] }, now);
    answered(world, now, 110);
    let here = Input::Heard(Heard {
        dated: Some(at(written + AHEAD)),
        ..heard(OFFICER, at(now), What::Answer(Answer::Here))
    });
    happens(world, &here, now);
}

fn is_present(world: &World, check: CheckId) -> bool {
    let outcome = world.checks[&check].state.outcome();
    matches!(outcome, Some(Outcome::Present { .. }))
}

#[test]
fn a_word_of_before_a_question_was_queued_does_not_answer_it_whatever_our_clock_did_since() {
    for set_by in SET_BY {
        let (mut world, second) = asked_twice();
        reads_after_a_stop(&mut world, 97, set_by);
        assert!(is_present(&world, CheckId(1)), "{set_by}");
        assert!(!is_present(&world, second), "{set_by}");
    }
}

#[test]
fn who_says_here_after_a_question_was_queued_is_here_whichever_question_that_was_about() {
    for set_by in SET_BY {
        for written in [100, 105] {
            let (mut world, second) = asked_twice();
            reads_after_a_stop(&mut world, written, set_by);
            assert!(is_present(&world, CheckId(1)), "{set_by} {written}");
            assert!(is_present(&world, second), "{set_by} {written}");
        }
    }
}

#[test]
fn where_the_clocks_were_never_compared_a_word_is_in_doubt_and_counts() {
    let (mut world, second) = asked_twice();
    let mut check = world.checks[&second].clone();
    check.queued_theirs = None;
    world.put(Record::Check(check));
    reads_after_a_stop(&mut world, 50, 0);
    assert!(is_present(&world, second));
}
