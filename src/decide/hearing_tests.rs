//! What one reading of the queue proves, to the second, and which of two looks at the clocks is
//! believed.

use chrono::{DateTime, TimeDelta};

use super::draft::Draft;
use super::hearing::theirs_now;
use super::sample::{self, heard, policy};
use super::{
    Account, AccountId, Answer, Clocks, Heard, Hearing, Input, Key, Pinged, Record, Say, What,
    World, decide,
};
use crate::journal::Deed;
use crate::spotcheck::{Blind, BlindCause, CheckId, Delivery, Reminded, State};
use crate::time::{Moment, Span};

const CHECK: CheckId = CheckId(7);
const OFFICER: AccountId = AccountId(1007);

/// Our clock, in seconds after the question came.
fn at(secs: i64) -> Moment {
    DateTime::from_timestamp(1_790_000_000 + secs, 0).unwrap()
}

fn world(state: State, hearing: Hearing) -> World {
    let mut world = World::new(policy(), Key::new([7; 32]));
    let check = sample::asked(CHECK, OFFICER, at(0), state);
    world.put(Record::Check(check));
    world.put(Record::Hearing(hearing));
    world
}

/// A check that came at 0 and waits for its answer.
fn waiting(hearing: Hearing) -> World {
    let delivery = Delivery {
        dated: at(0),
        confirmed: at(0),
        queued: at(0),
        unwatched_ms: 0,
        resumed: None,
    };
    let state = State::Waiting {
        delivery,
        reminded: Reminded::NotYet,
        blind: None,
    };
    world(state, hearing)
}

fn asking(queued: i64, hearing: Hearing) -> World {
    let state = State::Asking {
        queued: at(queued),
        blind: None,
    };
    world(state, hearing)
}

/// Ours and Telegram's.
fn clocks(ours: i64, theirs: i64) -> Clocks {
    Clocks {
        ours: at(ours),
        theirs: at(theirs),
    }
}

fn happens(world: &mut World, input: &Input, now: i64) {
    let change = decide(world, input, at(now));
    world.apply(&change);
}

fn opened(began: i64, dated: Option<i64>) -> Input {
    Input::QueueOpened {
        began: at(began),
        dated: dated.map(at),
    }
}

fn is_blind(world: &World) -> bool {
    matches!(
        world.checks[&CHECK].state,
        State::Waiting { blind: Some(_), .. }
    )
}

#[test]
fn a_dry_reading_is_noted_by_both_clocks_and_an_earlier_one_takes_nothing_back() {
    let mut world = waiting(Hearing {
        answered: Some(at(900)),
        ..Hearing::default()
    });
    for began in [50, 30] {
        happens(&mut world, &Input::QueueRead { began: at(began) }, 60);
        let hearing = world.hearing;
        let noted = (hearing.dry_from, hearing.dry_theirs);
        assert_eq!(noted, (Some(at(50)), Some(at(900))), "{began}");
    }
}

#[test]
fn a_full_reading_proves_as_much_as_its_newest_message_and_nothing_past_our_own_time() {
    // Telegram's clock is 1,000 s ahead, and all is read up to 50 by ours.
    let cases = [(200, 1_100, 100), (100, 1_100, 100), (99, 1_100, 50)];
    for (now, newest, proves) in cases.into_iter().chain([(200, 1_040, 50)]) {
        let mut world = waiting(Hearing {
            clocks: Some(clocks(0, 1_000)),
            read_to: Some(at(50)),
            ..Hearing::default()
        });
        let full = Input::QueueFull {
            began: at(now),
            dated: at(newest),
        };
        happens(&mut world, &full, now);
        assert_eq!(world.hearing.read_to, Some(at(proves)), "{now} {newest}");
    }
}

#[test]
fn two_minutes_unread_are_too_long_unless_telegrams_clock_says_they_were_not() {
    for (began, theirs, is_too_long) in [
        (120, None, false),
        (121, None, true),
        (121, Some(1_030), false),
        (135, Some(1_031), true),
    ] {
        let mut world = waiting(Hearing {
            dry_from: Some(at(0)),
            dry_theirs: Some(at(900)),
            ..Hearing::default()
        });
        happens(&mut world, &opened(began, theirs), began);
        assert_eq!(is_blind(&world), is_too_long, "{began} {theirs:?}");
    }
}

#[test]
fn a_doubt_of_our_clock_ends_with_telegrams_next_answer() {
    let span = Span::new(at(0), at(10)).unwrap();
    let cause = BlindCause::ClockSet;
    for (theirs, is_borne_out) in [(1_030, false), (1_031, true)] {
        let mut world = waiting(Hearing {
            dry_from: Some(at(9)),
            answered: Some(at(900)),
            doubt: Some(Blind { span, cause }),
            ..Hearing::default()
        });
        happens(&mut world, &opened(10, Some(theirs)), 10);
        assert_eq!(is_blind(&world), is_borne_out, "{theirs}");
        let hearing = world.hearing;
        let told = (hearing.doubt, hearing.answered);
        assert_eq!(told, (None, Some(at(theirs))));
    }
}

#[test]
fn of_two_pings_the_one_that_left_sooner_says_more_of_the_clocks_for_an_hour() {
    // At our 0 Telegram's clock showed 100 at the most.
    for (queued, theirs, says_more) in [
        (10, 112, false),
        (10, 110, true),
        (10, 108, true),
        (3_600, 3_800, false),
        (3_601, 3_801, true),
    ] {
        let known = clocks(0, 100);
        let mut world = asking(
            queued,
            Hearing {
                clocks: Some(known),
                ..Hearing::default()
            },
        );
        let result = Pinged::Delivered {
            // Cut off to whole seconds, and two servers may be a second apart.
            dated: at(theirs - 2),
            confirmed: at(queued),
        };
        let check = CHECK;
        happens(&mut world, &Input::Pinged { check, result }, queued);
        let believed = if says_more {
            clocks(queued, theirs)
        } else {
            known
        };
        assert_eq!(world.hearing.clocks, Some(believed), "{queued} {theirs}");
    }
}

#[test]
fn of_two_messages_the_one_that_came_sooner_says_more_of_the_clocks_for_half_an_hour() {
    // At our 0 Telegram's clock showed 100 at the least.
    for (received, dated, says_more) in [
        (10, 109, false),
        (10, 110, true),
        (10, 111, true),
        (1_800, 1_800, false),
        (1_801, 1_801, true),
    ] {
        let known = clocks(0, 100);
        let mut world = waiting(Hearing {
            dates_heard: Some(known),
            ..Hearing::default()
        });
        let said = Input::Heard(Heard {
            dated: Some(at(dated)),
            ..heard(OFFICER, at(received), What::Answer(Answer::Here))
        });
        happens(&mut world, &said, received);
        let believed = if says_more {
            clocks(received, dated)
        } else {
            known
        };
        let heard = world.hearing.dates_heard;
        assert_eq!(heard, Some(believed), "{received} {dated}");
    }
}

#[test]
fn a_word_is_of_before_the_question_only_where_that_is_sure_to_two_seconds() {
    // Queued at 100, when Telegram's clock showed 1,100 at the least.
    for (dated, is_answer) in [(1_098, false), (1_099, true)] {
        let mut world = asking(
            100,
            Hearing {
                dates_heard: Some(clocks(50, 1_050)),
                ..Hearing::default()
            },
        );
        let said = Input::Heard(Heard {
            dated: Some(at(dated)),
            ..heard(OFFICER, at(200), What::Answer(Answer::Here))
        });
        happens(&mut world, &said, 200);
        let state = world.checks[&CHECK].state;
        assert_eq!(!state.is_open(), is_answer, "{dated}");
    }
}

#[test]
fn what_telegrams_clock_shows_is_known_less_a_thousandth_of_the_time_since() {
    let world = waiting(Hearing {
        dates_heard: Some(clocks(0, 100)),
        ..Hearing::default()
    });
    for (now, theirs) in [(0, 100), (1_000, 1_099), (-1_000, -901)] {
        assert_eq!(theirs_now(&Draft::new(&world, at(now))), Some(at(theirs)));
    }
}

#[test]
fn a_start_believes_no_comparison_of_the_clocks_wherever_ours_now_stands() {
    let known = Hearing {
        dry_from: Some(at(0)),
        clocks: Some(clocks(0, 0)),
        dates_heard: Some(clocks(0, 0)),
        ..Hearing::default()
    };
    for now in [-3_600, 0, 1, 3_600] {
        let mut world = waiting(known);
        let chance = [1; 32];
        happens(&mut world, &Input::Started { chance }, now);
        let hearing = world.hearing;
        let compared = (hearing.clocks, hearing.dates_heard);
        assert_eq!(compared, (None, None), "started at {now}");
        assert_eq!(hearing.up_since, Some(at(now)), "started at {now}");
        assert!(hearing.dry_from <= Some(at(now)), "started at {now}");
    }
}

#[test]
fn a_start_at_the_very_moment_noted_last_is_no_clock_set_back() {
    for (now, is_set_back) in [(0, false), (-1, true)] {
        let started = Input::Started { chance: [1; 32] };
        let change = decide(&waiting(Hearing::default()), &started, at(now));
        let set = change
            .journal
            .iter()
            .any(|line| matches!(line.deed, Deed::ClockSet { .. }));
        assert_eq!(set, is_set_back, "{now}");
    }
}

#[test]
fn a_clock_set_on_takes_all_that_is_known_by_it_along() {
    let deaf = |from: i64| Blind {
        span: Span::new(at(from), at(from + 10)).unwrap(),
        cause: BlindCause::Down,
    };
    let told = Some(at(5));
    let known = |by: i64| Hearing {
        dry_from: Some(at(10 + by)),
        read_to: Some(at(20 + by)),
        clocks: Some(clocks(30 + by, 1_030)),
        dates_heard: Some(clocks(40 + by, 1_040)),
        deaf: Some(deaf(by)),
        up_since: Some(at(15 + by)),
        conflict_told: told,
        ..Hearing::default()
    };
    for by in [-700, 700] {
        let mut world = waiting(known(0));
        let input = Input::ClockSet {
            by: TimeDelta::seconds(by),
        };
        happens(&mut world, &input, 50 + by);
        assert_eq!(world.hearing, known(by), "{by}");
    }
}

#[test]
fn a_second_reader_leaves_all_in_doubt_and_the_clerks_are_told_once_an_hour() {
    let mut world = waiting(Hearing {
        // Read at the very moment.
        dry_from: Some(at(10)),
        ..Hearing::default()
    });
    let clerk = AccountId(1);
    world.put(Record::Account(Account {
        clerk_since: Some(at(-9_000)),
        ..Account::new(clerk, "")
    }));
    let cause = BlindCause::Conflict;
    for (now, is_told) in [(10, true), (3_609, false), (3_610, true), (3_611, false)] {
        let change = decide(&world, &Input::Disturbed { cause }, at(now));
        world.apply(&change);
        assert!(is_blind(&world), "{now}");
        let told = change
            .notices
            .iter()
            .any(|notice| matches!(notice.say, Say::TwoReaders));
        assert_eq!(told, is_told, "{now}");
    }
    let unread = Input::Disturbed {
        cause: BlindCause::Unread,
    };
    assert!(decide(&world, &unread, at(90_000)).notices.is_empty());
}
