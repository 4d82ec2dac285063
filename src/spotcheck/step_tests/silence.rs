//! Nobody answers: reminded, judged after the drain, and void where we were blind.

use super::*;

#[test]
fn a_reminder_goes_out_once_at_its_time() {
    assert_eq!(next_wake(&LADDER, &waiting()), Some(at(153)));
    assert_eq!(after(&waiting(), &Event::Woken, 152), (waiting(), vec![]));
    let (reminded, effects) = after(&waiting(), &Event::Woken, 153);
    assert_eq!(effects, [Effect::Remind]);
    assert_eq!(reminded.reminded(), Reminded::Done);
    assert_eq!(reminded.delivery(), Some(delivery()), "its time runs on");
    assert_eq!(next_wake(&LADDER, &reminded), Some(at(303)));
    assert_eq!(after(&reminded, &Event::Woken, 200), (reminded, vec![]));
}

#[test]
fn past_the_deadline_nobody_is_reminded_any_more() {
    let (state, effects) = after(&waiting(), &Event::Woken, 303);
    assert!(effects.is_empty());
    assert!(matches!(state, State::Draining { .. }));
    assert_eq!(state.reminded(), Reminded::NotYet);
    assert_eq!(next_wake(&LADDER, &state), None);
}

#[test]
fn without_a_reminder_the_check_wakes_at_its_deadline() {
    assert_eq!(next_wake(&NO_REMINDER, &waiting()), Some(at(303)));
    let (state, effects) = step(&NO_REMINDER, &waiting(), &Event::Woken, at(200));
    assert_eq!((state, effects), (waiting(), vec![]));
    let slow = Ladder {
        reminder_ms: Some(900_000),
        ..LADDER
    };
    assert_eq!(next_wake(&slow, &waiting()), Some(at(303)));
}

#[test]
fn only_a_reading_begun_after_the_drain_finds_no_answer() {
    for state in [waiting(), draining()] {
        for began in [10, 303, 362] {
            assert_eq!(after(&state, &read_from(began), 500), (state, vec![]));
        }
        let (closed, effects) = after(&state, &read_from(363), 364);
        assert_eq!(ended(&closed), no_answer(363));
        assert_eq!(effects, [Effect::Tell, Effect::Escalate, Effect::Count]);
    }
}

#[test]
fn waking_in_the_drain_does_nothing() {
    assert_eq!(
        after(&draining(), &Event::Woken, 9_999),
        (draining(), vec![])
    );
}

#[test]
fn what_is_in_doubt_is_void_no_sooner_than_silence_would_be_found() {
    let blind = blind(200, 302, BlindCause::Unread);
    for state in [waiting(), draining()] {
        let (state, _) = after(&state, &Event::WentBlind(blind), 302);
        for began in [244, 303, 362] {
            assert_eq!(after(&state, &read_from(began), 500), (state, vec![]));
        }
        let (closed, _) = after(&state, &read_from(363), 364);
        assert_eq!(ended(&closed), void(blind));
    }
}

#[test]
fn silence_is_void_where_we_were_blind_while_the_time_ran() {
    for cause in [
        BlindCause::Unread,
        BlindCause::Conflict,
        BlindCause::ClockSet,
    ] {
        for state in [asking(), waiting(), draining()] {
            let blind = blind(200, 302, cause);
            let delivered = delivered(2, 3);
            let events = [
                (Event::WentBlind(blind), 302),
                (delivered, 302),
                (read_from(999), 999),
            ];
            assert_eq!(outcome_after(&state, &events), void(blind));
        }
    }
}

#[test]
fn what_is_in_doubt_does_not_wait_for_a_time_that_stood_still() {
    let blind = blind(200, 302, BlindCause::Unread);
    let stood_still = State::Draining {
        delivery: Delivery {
            unwatched_ms: 5_000_000,
            ..delivery()
        },
        reminded: Reminded::Done,
        blind: Some(blind),
    };
    let end = outcome_after(&stood_still, &[(read_from(363), 364)]);
    assert_eq!(end, void(blind));
}

#[test]
fn a_void_tells_the_person_and_escalates_to_nobody() {
    let blinded = Event::WentBlind(blind(200, 302, BlindCause::Unread));
    let (state, _) = after(&waiting(), &blinded, 302);
    let (_, effects) = after(&state, &read_from(999), 999);
    assert_eq!(effects, [Effect::Tell, Effect::Count]);
}

#[test]
fn blindness_outside_the_time_that_ran_hides_nothing() {
    for (from, to, cause) in [
        (-500, 0, BlindCause::Unread),
        (-500, 0, BlindCause::Conflict),
        (-100_000, 0, BlindCause::Unread),
        (303, 900, BlindCause::Unread),
        // Telegram still has every text.
        (303, 303 + DAY - 1, BlindCause::Unread),
    ] {
        let blinded = Event::WentBlind(blind(from, to, cause));
        for state in [waiting(), draining()] {
            assert_eq!(after(&state, &blinded, 900), (state, vec![]));
        }
    }
    let before = Event::WentBlind(blind(-500, 0, BlindCause::Unread));
    assert_eq!(after(&asking(), &before, 1), (asking(), vec![]));
}

const DAY: i64 = 86_400;

#[test]
fn a_text_of_within_the_time_that_was_lost_in_the_drain_is_held_against_nobody() {
    for (to, cause) in [
        (330, BlindCause::Conflict),
        (305 + DAY, BlindCause::Unread),
        (900 + DAY, BlindCause::Unread),
    ] {
        let lost = blind(305, to, cause);
        let events = [(Event::WentBlind(lost), to), (read_from(to + 99), to + 99)];
        assert_eq!(outcome_after(&draining(), &events), void(lost));
    }
}

#[test]
fn silence_is_in_doubt_once_later_answers_may_be_undone_and_by_nothing_else() {
    let silent = after(&draining(), &read_from(363), 364).0;
    assert!(matches!(silent.outcome(), Some(Outcome::NoAnswer { .. })));
    for cause in [
        BlindCause::Unread,
        BlindCause::Conflict,
        BlindCause::ClockSet,
        BlindCause::Down,
    ] {
        let blinded = Event::WentBlind(blind(0, 5_000, cause));
        assert_eq!(after(&silent, &blinded, 5_000), (silent, vec![]));
    }
    let gone = blind(900, 5_000, BlindCause::Restored);
    let (undone, effects) = after(&silent, &Event::WentBlind(gone), 5_000);
    assert_eq!(undone.outcome().copied(), Some(void(gone)));
    assert_eq!(effects, [Effect::Tell, Effect::Count]);
    // What was found of others stands.
    let present = after(&draining(), &text(250), 310).0;
    assert_eq!(
        after(&present, &Event::WentBlind(gone), 5_000),
        (present, vec![])
    );
}

#[test]
fn the_first_blindness_is_the_one_that_is_named() {
    let first = blind(10, 160, BlindCause::Unread);
    let second = blind(170, 180, BlindCause::Conflict);
    for state in [asking(), waiting(), draining()] {
        let (once, _) = after(&state, &Event::WentBlind(first), 160);
        assert_eq!(after(&once, &Event::WentBlind(second), 180), (once, vec![]));
    }
}

#[test]
fn an_answer_in_time_counts_also_where_we_were_blind() {
    let blinded = (Event::WentBlind(blind(10, 200, BlindCause::Unread)), 200);
    for state in [waiting(), draining()] {
        let end = outcome_after(&state, &[blinded, (text(250), 251)]);
        assert_eq!(end, present(text_evidence(250)));
    }
}

#[test]
fn a_late_answer_where_we_were_blind_is_void() {
    let hidden = blind(10, 200, BlindCause::Unread);
    let blinded = (Event::WentBlind(hidden), 200);
    for state in [waiting(), draining()] {
        for answer in [text(350), press(350)] {
            assert_eq!(
                outcome_after(&state, &[blinded, (answer, 351)]),
                void(hidden)
            );
        }
    }
}

#[test]
fn whatever_ran_when_an_older_copy_was_made_is_in_doubt_however_short_the_stretch() {
    // It ended before the question was queued, by a clock that may have been set since.
    for (cause, is_void) in [(BlindCause::Restored, true), (BlindCause::Down, false)] {
        let gone = blind(-90, -60, cause);
        let (state, _) = after(&draining(), &Event::WentBlind(gone), 310);
        let (state, _) = after(&state, &read_from(400), 400);
        let expected = if is_void { void(gone) } else { no_answer(400) };
        assert_eq!(ended(&state), expected, "{cause:?}");
    }
}

#[test]
fn only_what_has_ended_did_so_at_a_moment() {
    let (closed, _) = after(&draining(), &read_from(400), 401);
    assert_eq!(closed.closed_at(), Some(at(401)));
    assert_eq!(
        [asking(), waiting(), draining()].map(|state| state.closed_at()),
        [None; 3]
    );
}
