//! Our clock is set while a check runs, or after it.

use chrono::TimeDelta;

use super::*;

/// Our clock is set on by an hour, ten seconds after the queue was last empty.
fn set_on_at(secs: i64) -> Event {
    Event::ClockSet {
        by: TimeDelta::hours(1),
        blind: Some(blind(3_590 + secs, 3_600 + secs, BlindCause::ClockSet)),
    }
}

#[test]
fn a_clock_set_on_leaves_everybody_their_time() {
    for state in [asking(), waiting(), draining()] {
        let (moved, effects) = after(&state, &set_on_at(20), 3_620);
        assert!(effects.is_empty());
        let before = next_wake(&LADDER, &state).map(|wake| wake + TimeDelta::hours(1));
        assert_eq!(next_wake(&LADDER, &moved), before);
        assert_eq!(after(&moved, &read_from(3_700), 3_700), (moved, vec![]));
    }
    let (moved, _) = after(&waiting(), &set_on_at(20), 3_620);
    let (answered, _) = after(&moved, &press(3_900), 3_909);
    assert_eq!(ended(&answered), present(press_evidence(3_900)));
}

#[test]
fn only_silence_while_the_clock_was_set_is_in_doubt() {
    for (set_at, is_doubtful) in [(20, true), (312, true), (314, false)] {
        let (moved, _) = after(&draining(), &set_on_at(set_at), 3_600 + set_at);
        let (closed, _) = after(&moved, &read_from(3_963), 3_963);
        let is_void = matches!(ended(&closed), Outcome::Void { .. });
        assert_eq!(is_void, is_doubtful, "set at {set_at}");
    }
}

#[test]
fn what_blinded_us_before_the_clock_was_set_is_still_named() {
    let first = blind(10, 160, BlindCause::Unread);
    for state in [asking(), waiting(), draining()] {
        let (blinded, _) = after(&state, &Event::WentBlind(first), 160);
        let (moved, _) = after(&blinded, &set_on_at(200), 3_800);
        let (State::Asking { blind, .. }
        | State::Waiting { blind, .. }
        | State::Draining { blind, .. }) = moved
        else {
            panic!("it is open");
        };
        assert_eq!(blind, Some(self::blind(3_610, 3_760, BlindCause::Unread)));
    }
}

#[test]
fn a_clock_set_after_the_judgement_changes_none_and_a_late_press_is_as_late_as_it_was() {
    let (closed, _) = after(&waiting(), &read_from(363), 364);
    let (moved, effects) = after(&closed, &set_on_at(400), 4_000);
    assert_eq!(
        (moved.outcome(), effects),
        (closed.outcome(), vec![]),
        "the judgement stands"
    );
    let evidence = press_evidence(4_303);
    let (answered, _) = after(&moved, &Event::Answered(evidence), 4_312);
    assert_eq!(ended(&answered), late(400, evidence));
}

#[test]
fn every_moment_of_our_clock_goes_with_it_where_it_is_set_and_none_of_telegrams() {
    let by = TimeDelta::hours(-1);
    let back = |moment: Moment| moment + by;
    let delivery = Delivery {
        unwatched_ms: 70,
        resumed: Some(at(310)),
        ..delivery()
    };
    let moved = Delivery {
        dated: delivery.dated,
        confirmed: back(delivery.confirmed),
        queued: back(delivery.queued),
        unwatched_ms: delivery.unwatched_ms,
        resumed: delivery.resumed.map(back),
    };
    let (outcome, reminded, blind) = (no_answer(400), Reminded::Done, None);
    let open = |delivery| State::Draining {
        delivery,
        reminded,
        blind,
    };
    let ended = |at, delivery| State::Closed {
        outcome,
        at,
        delivery,
        reminded,
    };
    let asking = |queued| State::Asking { queued, blind };
    for (state, expected) in [
        (asking(at(0)), asking(back(at(0)))),
        (open(delivery), open(moved)),
        (
            ended(at(400), Some(delivery)),
            ended(back(at(400)), Some(moved)),
        ),
        (ended(at(400), None), ended(back(at(400)), None)),
    ] {
        let set = Event::ClockSet { by, blind: None };
        assert_eq!(after(&state, &set, 500), (expected, vec![]));
    }
}

#[test]
fn a_stop_gives_back_what_was_left_and_nothing_that_was_over() {
    let resumed = |unwatched_ms, resumed| State::Draining {
        delivery: Delivery {
            unwatched_ms,
            resumed,
            ..delivery()
        },
        reminded: Reminded::Done,
        blind: None,
    };
    for (since, expected) in [
        (302, resumed(198_000, None)),
        (303, resumed(0, Some(at(500)))),
        (362, resumed(0, Some(at(500)))),
        (363, draining()),
    ] {
        let started = Event::Resumed { since: at(since) };
        assert_eq!(after(&draining(), &started, 500), (expected, vec![]));
    }
}

#[test]
fn a_stop_that_took_no_time_changes_nothing() {
    for state in [waiting(), draining()] {
        let started = Event::Resumed { since: at(100) };
        assert_eq!(after(&state, &started, 100), (state, vec![]));
        assert_eq!(after(&state, &started, 90), (state, vec![]));
    }
}

#[test]
fn a_drain_cut_short_does_not_begin_anew_for_what_is_void_already() {
    let cut_short = Event::Resumed { since: at(340) };
    for reason in void_before_its_end() {
        let void = void_for(reason, delivery());
        assert_eq!(after(&void, &cut_short, 500), (void, vec![]));
    }
}

#[test]
fn what_was_left_of_the_time_of_a_void_check_is_left_after_a_stop() {
    let within_the_window = Event::Resumed { since: at(200) };
    let given_back = Delivery {
        unwatched_ms: 300_000,
        ..delivery()
    };
    for reason in void_before_its_end() {
        assert_eq!(
            after(&void_for(reason, delivery()), &within_the_window, 500),
            (void_for(reason, given_back), vec![])
        );
    }
}

/// Why a check can be void while its person can still answer in time.
fn void_before_its_end() -> [VoidReason; 2] {
    let doubt = blind(10, 160, BlindCause::Unread);
    [VoidReason::Blind(doubt), VoidReason::Cancelled]
}

fn void_for(reason: VoidReason, delivery: Delivery) -> State {
    State::Closed {
        outcome: Outcome::Void { reason },
        at: at(330),
        delivery: Some(delivery),
        reminded: Reminded::Done,
    }
}
