//! A bare "here" answers what was asked when it was written: never a question that came later,
//! and no question that was open then is left without it.

use chrono::DateTime;
use proptest::prelude::*;

use super::hearing_laws::{DRAIN, WINDOW, asked, at, check, happens, officer};
use super::sample::heard;
use super::{Answer, Check, Heard, Input, Pinged, Record, What};
use crate::spotcheck::{Outcome, State};
use crate::time::Moment;

/// Two questions to one person, and one text: all in milliseconds, by our clock.
#[derive(Clone, Debug)]
struct Story {
    /// Telegram's clock is ahead of ours by so much.
    ahead: i64,
    first: Question,
    second: Question,
    written: i64,
    /// Telegram holds it back for so long.
    held_back: i64,
}

/// When it was queued, when it came to the phone, and when we heard so.
#[derive(Clone, Copy, Debug)]
struct Question {
    queued: i64,
    came: i64,
    confirmed: i64,
}

fn question(queued: i64) -> impl Strategy<Value = Question> {
    (0..60_000_i64, 1..3_000_i64).prop_map(move |(to_send, to_hear)| Question {
        queued,
        came: queued + to_send,
        confirmed: queued + to_send + to_hear,
    })
}

fn story() -> impl Strategy<Value = Story> {
    let questions = (question(0), (70_000..700_000_i64).prop_flat_map(question));
    let text = (1..400_000_i64, 0..120_000_i64, any::<bool>());
    (-3_600_000..3_600_000_i64, questions, text).prop_map(
        |(ahead, (first, second), (after, held_back, near_second))| Story {
            ahead,
            first,
            second,
            written: if near_second {
                (second.queued - 120_000 + after).max(first.came + 1)
            } else {
                first.came + after
            },
            held_back,
        },
    )
}

/// What came of the two, once all is read.
fn played(story: &Story) -> [Outcome; 2] {
    let dated = |now: i64| -> Moment {
        DateTime::from_timestamp(at(now + story.ahead).timestamp(), 0).unwrap()
    };
    let mut world = asked(1);
    let second = Check {
        id: check(1),
        state: State::Asking {
            queued: at(story.second.queued),
            blind: None,
        },
        ..world.checks[&check(0)].clone()
    };
    let text = |received| {
        Input::Heard(Heard {
            dated: Some(dated(story.written)),
            ..heard(officer(0), at(received), What::Answer(Answer::Here))
        })
    };
    let pinged = |number, question: Question| Input::Pinged {
        check: check(number),
        result: Pinged::Delivered {
            dated: dated(question.came),
            confirmed: at(question.confirmed),
        },
    };
    let arrives = story.written + story.held_back;
    let mut deeds = vec![
        (story.first.confirmed, pinged(0, story.first)),
        (story.second.confirmed, pinged(1, story.second)),
        (arrives, text(arrives)),
    ];
    let end = arrives.max(story.second.confirmed + WINDOW + DRAIN) + 10_000;
    let readings = (-1..=end / 5_000 + 1).map(|turn| turn * 5_000);
    deeds.extend(readings.map(|now| (now, Input::QueueRead { began: at(now) })));
    deeds.sort_by_key(|(now, _)| *now);
    let mut second = Some(second);
    for (now, deed) in deeds {
        if now >= story.second.queued
            && let Some(check) = second.take()
        {
            world.put(Record::Check(check));
        }
        happens(&mut world, &Input::Tick, now);
        happens(&mut world, &deed, now);
    }
    [0, 1].map(|number| *world.checks[&check(number)].state.outcome().unwrap())
}

/// Dates are whole seconds, and Telegram's servers need not agree to two of them; our word of the
/// first question's coming may be late by three.
const BLUR: i64 = 7_000;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_bare_word_answers_what_was_asked_when_it_was_written(story in story()) {
        let [first, second] = played(&story);
        let in_time = |question: &Question| story.written <= question.came + WINDOW;
        if in_time(&story.first) {
            prop_assert!(matches!(first, Outcome::Present { .. }), "first: {first:?}");
        }
        if story.written >= story.second.came && in_time(&story.second) {
            prop_assert!(matches!(second, Outcome::Present { .. }), "second: {second:?}");
        }
        if story.written < story.second.queued - BLUR {
            prop_assert!(matches!(second, Outcome::NoAnswer { .. }), "second: {second:?}");
        }
        if story.written < story.second.came - 1_000 {
            prop_assert!(!matches!(first, Outcome::NoAnswer { .. }), "first: {first:?}");
        }
        if story.written >= story.first.came + WINDOW + 2_000 {
            prop_assert!(!matches!(first, Outcome::Present { .. }), "first: {first:?}");
        }
    }
}
