//! What a start makes of the checks that were running, whatever the clock did while nobody looked
//! and however old what was kept is.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta};

use super::sample::{self, heard, policy, pressed};
use super::{
    AccountId, Answer, Given, Heard, Hearing, Input, Key, Pinged, Press, Record, RoundId, Slot,
    Undone, What, Whom, World, decide, worksheet,
};
use crate::spotcheck::{
    Blind, BlindCause, CheckId, Delivery, Outcome, Reminded, State, VoidReason,
};
use crate::time::{Moment, Span};

const CHECK: CheckId = CheckId(7);
const OFFICER: AccountId = AccountId(1007);

/// Our clock, in seconds after the question came.
fn at(secs: i64) -> Moment {
    DateTime::from_timestamp(1_790_000_000 + secs, 0).unwrap()
}

/// A check that came at 0, to be answered by 300 and judged from 360 on; the queue was read last
/// at `read`.
fn asked(read: i64) -> World {
    let mut world = World::new(policy(), Key::new([7; 32]));
    let waiting = State::Waiting {
        delivery: Delivery {
            dated: at(0),
            confirmed: at(0),
            queued: at(0),
            unwatched_ms: 0,
            resumed: None,
        },
        reminded: Reminded::NotYet,
        blind: None,
    };
    let check = sample::asked(CHECK, OFFICER, at(0), waiting);
    world.put(Record::Check(check));
    world.put(Record::Hearing(Hearing {
        dry_from: Some(at(read)),
        ..Hearing::default()
    }));
    world
}

fn happens(world: &mut World, input: &Input, now: i64) {
    let change = decide(world, input, at(now));
    world.apply(&change);
}

fn started(world: &mut World, now: i64) {
    happens(world, &Input::Started { chance: [1; 32] }, now);
    happens(world, &Input::Tick, now);
}

/// The queue is read every ten seconds, and nothing is in it.
fn read_dry(world: &mut World, from: i64, to: i64) {
    for now in (from..=to).step_by(10) {
        happens(world, &Input::Tick, now);
        happens(world, &Input::QueueRead { began: at(now) }, now);
    }
}

fn press(received: i64) -> Input {
    Input::Heard(heard(OFFICER, at(received), pressed(Press::Answer(CHECK))))
}

fn outcome(world: &World) -> Option<Outcome> {
    world.checks[&CHECK].state.outcome().copied()
}

/// How many seconds really passed while it was down, and by how many the clock was set on then.
const DOWN: [(i64, i64); 4] = [(5, 0), (5, 100), (45, 34), (5, 5_558)];

#[test]
fn a_clock_set_on_while_the_program_is_down_judges_nobody_before_their_time() {
    for (down, set_on) in DOWN {
        let (stopped, up) = (100, 100 + down + set_on);
        // By the clock as it is now, the drain ends so much later, less what really passed.
        let over = 360 + set_on;
        let mut silent = asked(stopped);
        started(&mut silent, up);
        read_dry(&mut silent, up, over);
        let blamed = matches!(outcome(&silent), Some(Outcome::NoAnswer { .. }));
        assert!(!blamed, "down {down}, set on {set_on}");

        let mut answering = asked(stopped);
        started(&mut answering, up);
        read_dry(&mut answering, up, over - 71);
        happens(&mut answering, &press(over - 70), over - 70);
        assert!(
            matches!(outcome(&answering), Some(Outcome::Present { .. })),
            "pressed ten seconds before the deadline: down {down}, set on {set_on}"
        );
    }
}

#[test]
fn silence_across_a_short_stop_is_found_out_all_the_same() {
    let mut world = asked(100);
    started(&mut world, 160);
    read_dry(&mut world, 160, 420);
    assert!(matches!(outcome(&world), Some(Outcome::NoAnswer { .. })));
}

#[test]
fn many_stops_in_a_row_put_no_judgement_off_for_longer_than_they_took() {
    let mut world = asked(100);
    for up in (110..200).step_by(10) {
        started(&mut world, up);
    }
    read_dry(&mut world, 190, 450);
    assert!(matches!(outcome(&world), Some(Outcome::NoAnswer { .. })));
}

#[test]
fn a_stop_in_the_drain_drains_anew() {
    let mut world = asked(310);
    started(&mut world, 380);
    read_dry(&mut world, 380, 430);
    assert_eq!(outcome(&world), None);
    read_dry(&mut world, 440, 440);
    assert!(matches!(outcome(&world), Some(Outcome::NoAnswer { .. })));
}

#[test]
fn a_step_of_the_clock_shorter_than_telegram_keeps_a_press_hides_nothing() {
    for (by, is_doubtful) in [(60, false), (-3_600, false), (3_600, true)] {
        let mut world = asked(100);
        let by_it = TimeDelta::seconds(by);
        happens(&mut world, &Input::ClockSet { by: by_it }, 105 + by);
        read_dry(&mut world, 110 + by, 360 + by);
        let is_void = matches!(outcome(&world), Some(Outcome::Void { .. }));
        assert_eq!(
            is_void,
            is_doubtful,
            "set on by {by}: {:?}",
            outcome(&world)
        );
        assert!(outcome(&world).is_some());
    }
}

#[test]
fn a_clock_set_back_after_a_long_silence_hides_the_silence_no_more_than_before() {
    let mut world = asked(100);
    let by = TimeDelta::seconds(-180);
    happens(&mut world, &Input::ClockSet { by }, 290 - 180);
    read_dry(&mut world, 300 - 180, 360);
    assert!(matches!(outcome(&world), Some(Outcome::Void { .. })));
}

#[test]
fn what_ran_when_an_older_copy_was_made_is_void_and_names_the_stretch_that_is_gone() {
    // Before its deadline, and in its drain.
    for made in [100, 330] {
        let mut world = asked(made);
        let restored = Input::Restored(Undone {
            lines: 12,
            ..Undone::default()
        });
        happens(&mut world, &restored, 5_000);
        started(&mut world, 5_000);
        read_dry(&mut world, 5_000, 5_600);
        let gone = Blind {
            span: Span::new(at(made), at(5_000)).unwrap(),
            cause: BlindCause::Restored,
        };
        let reason = VoidReason::Blind(gone);
        assert_eq!(outcome(&world), Some(Outcome::Void { reason }));
    }
}

#[test]
fn silence_of_the_day_before_an_older_copy_is_put_back_is_held_against_nobody() {
    for (back, is_void) in [(5_000, true), (100_000, false)] {
        let mut world = asked(0);
        read_dry(&mut world, 0, 401);
        assert!(matches!(outcome(&world), Some(Outcome::NoAnswer { .. })));
        let restored = Input::Restored(Undone {
            lines: 12,
            ..Undone::default()
        });
        happens(&mut world, &restored, back);
        let stands = matches!(outcome(&world), Some(Outcome::Void { .. }));
        assert_eq!(stands, is_void, "put back at {back}: {:?}", outcome(&world));
    }
}

#[test]
fn silence_that_was_there_to_the_last_stands_when_an_older_copy_is_put_back() {
    let mut world = asked(0);
    read_dry(&mut world, 0, 401);
    let silence = outcome(&world);
    assert!(matches!(silence, Some(Outcome::NoAnswer { .. })));
    let restored = Input::Restored(Undone {
        lines: 12,
        silent: BTreeSet::from([CHECK]),
        ..Undone::default()
    });
    happens(&mut world, &restored, 5_000);
    assert_eq!(outcome(&world), silence);
}

#[test]
fn whoever_ran_in_an_older_copy_and_stood_unanswered_since_is_judged_again() {
    let silent = BTreeSet::from([CHECK]);
    // The note had heard to the end of the drain, or not; or they had answered.
    for (heard_to, silent, is_silent) in [
        (401, &silent, true),
        (359, &silent, false),
        (401, &BTreeSet::new(), false),
    ] {
        let mut world = asked(100);
        let restored = Input::Restored(Undone {
            lines: 12,
            silent: silent.clone(),
            heard_to: Some(at(heard_to)),
            ..Undone::default()
        });
        happens(&mut world, &restored, 5_000);
        started(&mut world, 5_000);
        answered(&mut world, 5_000, 5_000);
        read_dry(&mut world, 5_000, 5_010);
        let stands = matches!(outcome(&world), Some(Outcome::NoAnswer { .. }));
        let told = format!("{heard_to} {silent:?}: {:?}", outcome(&world));
        assert_eq!(stands, is_silent, "{told}");
    }
}

#[test]
fn no_number_is_given_twice_when_an_older_copy_is_put_back() {
    let given = Given {
        upload: 11,
        roster: 12,
        version: 13,
        round: 14,
        check: 15,
        leave: 16,
        report: 17,
        page: 18,
        draw: 19,
        circular: 20,
    };
    let mut world = asked(100);
    let restored = Input::Restored(Undone {
        lines: 9,
        given,
        ..Undone::default()
    });
    happens(&mut world, &restored, 5_000);
    assert_eq!(world.given, given);
    let draft = super::draft::Draft::new(&world, at(5_001));
    assert_eq!(draft.next_check(), CheckId(16));
    assert_eq!(draft.next_round(), RoundId(15));
}

#[test]
fn a_late_text_read_with_what_an_outage_left_is_held_against_nobody() {
    let mut world = asked(100);
    // A press at 110 would be gone by now.
    let opened = Input::QueueOpened {
        began: at(320),
        dated: None,
    };
    happens(&mut world, &opened, 320);
    let late = Input::Heard(Heard {
        dated: Some(at(310)),
        ..heard(OFFICER, at(320), What::Answer(Answer::Here))
    });
    happens(&mut world, &late, 320);
    assert!(
        matches!(outcome(&world), Some(Outcome::Void { .. })),
        "{:?}",
        outcome(&world)
    );
}

#[test]
fn a_copy_made_as_a_check_began_is_in_doubt_by_whatever_clock() {
    for now in [-86_400, -10, 5_000] {
        let mut world = asked(-5);
        let restored = Input::Restored(Undone {
            lines: 1,
            ..Undone::default()
        });
        happens(&mut world, &restored, now);
        started(&mut world, now);
        read_dry(&mut world, now, now + 700);
        let reason = world.checks[&CHECK].state.outcome().copied();
        let cause = match reason {
            Some(Outcome::Void {
                reason: VoidReason::Blind(blind),
            }) => Some(blind.cause),
            _ => None,
        };
        assert_eq!(cause, Some(BlindCause::Restored), "put back at {now}");
    }
}

#[test]
fn a_clock_set_back_while_nobody_looked_leaves_every_running_check_in_doubt() {
    // Asked after the last reading, and the clock is a day back.
    let mut world = asked(-5);
    started(&mut world, -86_400);
    read_dry(&mut world, -86_400, -86_400 + 700);
    assert!(
        matches!(outcome(&world), Some(Outcome::Void { .. })),
        "{:?}",
        outcome(&world)
    );
}

/// Telegram answers a reading, its own clock showing `theirs`.
fn answered(world: &mut World, began: i64, theirs: i64) {
    let opened = Input::QueueOpened {
        began: at(began),
        dated: Some(at(theirs)),
    };
    happens(world, &opened, began);
}

fn word(dated: i64, received: i64) -> Input {
    Input::Heard(Heard {
        dated: Some(at(dated)),
        ..heard(OFFICER, at(received), What::Answer(Answer::Here))
    })
}

#[test]
fn a_silence_that_a_clock_set_back_hides_is_seen_by_telegrams_own() {
    for (really, is_doubtful) in [(60, false), (5_200, true)] {
        let mut world = asked(100);
        answered(&mut world, 100, 900);
        // A minute by our clock.
        started(&mut world, 160);
        answered(&mut world, 160, 900 + really);
        read_dry(&mut world, 160, 420);
        let is_void = matches!(outcome(&world), Some(Outcome::Void { .. }));
        assert_eq!(is_void, is_doubtful, "{really}: {:?}", outcome(&world));
    }
}

#[test]
fn for_how_long_nothing_was_heard_when_our_clock_was_set_on_telegrams_tells() {
    const DAY: i64 = 86_400;
    for (really, is_doubtful) in [(Some(10), false), (Some(5_200), true), (None, true)] {
        let mut world = asked(100);
        answered(&mut world, 100, 900);
        let by = TimeDelta::days(1);
        happens(&mut world, &Input::ClockSet { by }, DAY + 105);
        let opened = Input::QueueOpened {
            began: at(DAY + 110),
            dated: really.map(|really| at(900 + really)),
        };
        happens(&mut world, &opened, DAY + 110);
        read_dry(&mut world, DAY + 110, DAY + 420);
        let is_void = matches!(outcome(&world), Some(Outcome::Void { .. }));
        assert_eq!(is_void, is_doubtful, "{really:?}: {:?}", outcome(&world));
    }
}

#[test]
fn whoever_is_waited_for_in_vain_because_we_do_not_hear_is_to_be_rung() {
    let world = asked(100);
    let to_ring = |now: i64| worksheet(&world, Whom::Unsettled, at(now)).len();
    // Judged from 360 on, and so much later still not.
    assert_eq!((to_ring(479), to_ring(480)), (0, 1));
    // Their shift is over.
    assert_eq!((to_ring(3_599), to_ring(3_600)), (1, 0));
}

#[test]
fn a_word_of_before_the_stop_is_held_against_no_clock_of_after_it() {
    let mut world = asked(100);
    started(&mut world, 160);
    // It was set back by most of an hour.
    answered(&mut world, 160, 3_160);
    happens(&mut world, &word(50, 170), 170);
    assert!(
        matches!(outcome(&world), Some(Outcome::Present { .. })),
        "{:?}",
        outcome(&world)
    );
}

#[test]
fn a_silence_that_our_clock_made_up_takes_no_second_of_anybodys_time() {
    let mut world = asked(100);
    started(&mut world, 86_500);
    read_dry(&mut world, 86_500, 86_500);
    assert!(matches!(outcome(&world), Some(Outcome::Void { .. })));
    started(&mut world, 200_000);
    read_dry(&mut world, 200_000, 200_000);
    happens(&mut world, &press(200_010), 200_010);
    assert!(
        matches!(outcome(&world), Some(Outcome::Present { .. })),
        "{:?}",
        outcome(&world)
    );
}

/// A check that is queued at 0 and was never heard of since, after one nobody answered.
fn queued() -> World {
    let mut world = asked(0);
    let unanswered = State::Closed {
        outcome: Outcome::NoAnswer {
            queue_read_from: at(-5_000),
        },
        at: at(-5_000),
        delivery: None,
        reminded: Reminded::NotYet,
    };
    let asking = State::Asking {
        queued: at(0),
        blind: None,
    };
    for (id, state) in [(CheckId(3), unanswered), (CHECK, asking)] {
        world.put(Record::Check(sample::asked(id, OFFICER, at(0), state)));
    }
    world
}

#[test]
fn what_came_to_its_end_while_we_were_down_is_not_asked_any_more() {
    let mut world = queued();
    let change = decide(&world, &Input::Started { chance: [1; 32] }, at(700));
    world.apply(&change);
    assert!(
        matches!(
            outcome(&world),
            Some(Outcome::Void {
                reason: VoidReason::Unsent { .. }
            })
        ),
        "{:?}",
        outcome(&world)
    );
    assert_eq!(change.withdrawn, [Slot::Ping(CHECK)]);
}

#[test]
fn a_word_answers_what_was_given_up_as_unsent_within_its_window() {
    let given = [(100, 705, true), (100, 80_000, true), (1_010, 1_011, false)];
    for (dated, received, counts) in given {
        let mut world = queued();
        started(&mut world, 700);
        answered(&mut world, received, received);
        happens(&mut world, &word(dated, received), received);
        let is_present = matches!(outcome(&world), Some(Outcome::Present { .. }));
        assert_eq!(is_present, counts, "{dated}: {:?}", outcome(&world));
    }
}

#[test]
fn a_clock_set_on_by_a_day_takes_what_was_given_up_before_with_it() {
    let mut world = asked(0);
    let mut check = world.checks[&CHECK].clone();
    let (queued, given_up) = (at(0), at(600));
    check.state = State::Closed {
        outcome: Outcome::Void {
            reason: VoidReason::Unsent { queued, given_up },
        },
        at: given_up,
        delivery: None,
        reminded: Reminded::NotYet,
    };
    world.put(Record::Check(check));
    let (hour, day) = (3_600, 86_400);
    let by = TimeDelta::seconds(day);
    let given_up_when_set = |after: i64| {
        let mut world = world.clone();
        happens(&mut world, &Input::ClockSet { by }, 600 + after + day);
        world.checks[&CHECK].state.closed_at()
    };
    // A word that is read hours later is still held against the time it had; of a day ago none is.
    for after in [4 * hour, day - 1] {
        assert_eq!(given_up_when_set(after), Some(at(600 + day)), "{after}");
    }
    assert_eq!(given_up_when_set(day), Some(at(600)));
}

#[test]
fn who_answered_the_copy_of_before_a_short_stop_was_there_whatever_became_of_the_clock() {
    // The stop takes a minute. Set back by most of an hour, or by just so much that time seems to
    // have gone on.
    for up in [-3_000, 3] {
        let mut world = queued();
        let hearing = world.hearing;
        world.put(Record::Hearing(Hearing {
            answered: Some(at(0)),
            ..hearing
        }));
        started(&mut world, up);
        answered(&mut world, up, 60);
        let result = Pinged::Delivered {
            dated: at(61),
            confirmed: at(up + 1),
        };
        let check = CHECK;
        happens(&mut world, &Input::Pinged { check, result }, up + 1);
        happens(&mut world, &word(40, up + 11), up + 11);
        assert!(
            matches!(outcome(&world), Some(Outcome::Present { .. })),
            "up at {up}: {:?}",
            outcome(&world)
        );
    }
}
