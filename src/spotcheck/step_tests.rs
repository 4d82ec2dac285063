//! Every branch of the machine, one sentence each.

use chrono::TimeDelta;

use super::*;
use crate::time::{Moment, Span};

/// 14:28 on the third of October in Shanghai.
fn at(secs: i64) -> Moment {
    Moment::from_timestamp(1_791_008_880 + secs, 0).expect("a moment of 2026")
}

const LADDER: Ladder = Ladder {
    window_ms: 300_000,
    reminder_ms: Some(150_000),
    drain_ms: 60_000,
    asking_patience_ms: 600_000,
    rung_patience_ms: 300_000,
    away_ms: 600_000,
};
const NO_REMINDER: Ladder = Ladder {
    reminder_ms: None,
    ..LADDER
};

fn asking() -> State {
    State::Asking {
        queued: at(0),
        blind: None,
    }
}

/// Queued at 0, dated 2, confirmed 3: the deadline by our clock is 303.
fn delivery() -> Delivery {
    Delivery {
        dated: at(2),
        confirmed: at(3),
        queued: at(0),
        unwatched_ms: 0,
        resumed: None,
    }
}

fn waiting() -> State {
    State::Waiting {
        delivery: delivery(),
        reminded: Reminded::NotYet,
        blind: None,
    }
}

fn draining() -> State {
    State::Draining {
        delivery: delivery(),
        reminded: Reminded::Done,
        blind: None,
    }
}

fn text(dated: i64) -> Event {
    Event::Answered(text_evidence(dated))
}

fn text_evidence(dated: i64) -> Evidence {
    Evidence::Message {
        update: dated,
        dated: at(dated),
        received: at(dated + 1),
    }
}

fn press_evidence(not_before: i64) -> Evidence {
    Evidence::Button {
        update: not_before,
        not_before: at(not_before),
        received: at(not_before + 9),
    }
}

fn press(not_before: i64) -> Event {
    Event::Answered(press_evidence(not_before))
}

fn read_from(began: i64) -> Event {
    Event::QueueRead { began: at(began) }
}

fn blind(from: i64, to: i64, cause: BlindCause) -> Blind {
    let span = Span::new(at(from), at(to)).expect("a blindness takes time");
    Blind { span, cause }
}

fn after(state: &State, event: &Event, now: i64) -> (State, Vec<Effect>) {
    step(&LADDER, state, event, at(now))
}

fn outcome_after(state: &State, events: &[(Event, i64)]) -> Outcome {
    let end = events
        .iter()
        .fold(*state, |state, (event, now)| after(&state, event, *now).0);
    ended(&end)
}

fn ended(state: &State) -> Outcome {
    *state.outcome().expect("it has ended")
}

fn present(evidence: Evidence) -> Outcome {
    Outcome::Present { evidence }
}

fn late(by_secs: u32, evidence: Evidence) -> Outcome {
    Outcome::Late { by_secs, evidence }
}

fn no_answer(began: i64) -> Outcome {
    Outcome::NoAnswer {
        queue_read_from: at(began),
    }
}

fn void(blind: Blind) -> Outcome {
    let reason = VoidReason::Blind(blind);
    Outcome::Void { reason }
}

#[test]
fn who_cannot_be_asked_is_undeliverable_and_has_to_be_rung() {
    let (state, effects) = after(&asking(), &Event::Refused(Unreached::Blocked), 1);
    let reason = Unreached::Blocked;
    assert_eq!(state.outcome(), Some(&Outcome::Undeliverable { reason }));
    assert_eq!(effects, [Effect::Escalate, Effect::Count]);
    assert_eq!(state.delivery(), None);
}

#[test]
fn a_refusal_after_the_delivery_changes_nothing() {
    let refused = Event::Refused(Unreached::Blocked);
    assert_eq!(after(&waiting(), &refused, 9), (waiting(), vec![]));
    assert_eq!(after(&draining(), &refused, 309), (draining(), vec![]));
}

#[test]
fn the_time_runs_from_the_delivery_and_not_from_the_queueing() {
    let delivered = Event::Delivered {
        dated: at(500),
        confirmed: at(501),
    };
    let (state, effects) = after(&asking(), &delivered, 501);
    let own = state.delivery().expect("it was delivered");
    assert_eq!(
        (own.dated, own.confirmed, own.queued),
        (at(500), at(501), at(0))
    );
    assert_eq!(own.deadline(&LADDER), at(801));
    assert_eq!(own.judged_from(&LADDER), at(861));
    assert!(effects.is_empty());
    assert!(state.is_open());
}

#[test]
fn a_second_delivery_does_not_move_the_deadline() {
    let again = Event::Delivered {
        dated: at(90),
        confirmed: at(91),
    };
    assert_eq!(after(&waiting(), &again, 91), (waiting(), vec![]));
}

#[test]
fn an_answer_while_the_ping_is_queued_is_present_and_calls_the_ping_back() {
    for evidence in [text_evidence(5), press_evidence(5)] {
        let (state, effects) = after(&asking(), &Event::Answered(evidence), 6);
        assert_eq!(ended(&state), present(evidence));
        assert_eq!(effects, [Effect::Withdraw, Effect::Tell, Effect::Count]);
    }
}

#[test]
fn a_ping_that_cannot_leave_is_void_when_patience_ends_and_not_before() {
    assert_eq!(next_wake(&LADDER, &asking()), Some(at(600)));
    assert_eq!(after(&asking(), &Event::Woken, 599), (asking(), vec![]));
    let (state, effects) = after(&asking(), &Event::Woken, 600);
    let reason = VoidReason::Unsent {
        queued: at(0),
        given_up: at(600),
    };
    assert_eq!(state.outcome(), Some(&Outcome::Void { reason }));
    assert_eq!(effects, [Effect::Withdraw, Effect::Count]);
}

#[test]
fn a_reading_judges_nobody_who_was_not_asked_yet() {
    assert_eq!(
        after(&asking(), &read_from(9_999), 9_999),
        (asking(), vec![])
    );
}

#[test]
fn an_answer_in_the_window_is_present() {
    for evidence in [text_evidence(2), text_evidence(302), press_evidence(303)] {
        let answered = Event::Answered(evidence);
        assert_eq!(
            outcome_after(&waiting(), &[(answered, 304)]),
            present(evidence)
        );
        assert_eq!(
            outcome_after(&draining(), &[(answered, 304)]),
            present(evidence)
        );
    }
}

#[test]
fn an_answer_after_the_window_is_late_by_at_least_a_second() {
    let cases = [
        (text_evidence(303), 1),
        (text_evidence(372), 70),
        (press_evidence(304), 1),
    ];
    for (evidence, by_secs) in cases {
        let answered = Event::Answered(evidence);
        assert_eq!(
            outcome_after(&draining(), &[(answered, 400)]),
            late(by_secs, evidence)
        );
        let (_, effects) = after(&draining(), &answered, 400);
        assert_eq!(effects, [Effect::Tell, Effect::Count]);
    }
    let hair = Evidence::Button {
        update: 1,
        not_before: at(303) + TimeDelta::milliseconds(1),
        received: at(304),
    };
    assert_eq!(
        outcome_after(&draining(), &[(Event::Answered(hair), 304)]),
        late(1, hair)
    );
}

#[test]
fn a_window_of_part_of_a_second_is_counted_up() {
    // Dates are whole seconds: 1.5 s after the ping may be dated two later.
    let short = Ladder {
        window_ms: 1_500,
        ..LADDER
    };
    let (in_time, _) = step(&short, &waiting(), &text(4), at(5));
    assert_eq!(ended(&in_time), present(text_evidence(4)));
    let (over, _) = step(&short, &waiting(), &text(5), at(5));
    assert_eq!(ended(&over), late(1, text_evidence(5)));
}

#[test]
fn a_text_of_before_the_question_is_no_answer_to_it() {
    assert_eq!(after(&waiting(), &text(-3), 9), (waiting(), vec![]));
    let (closed, _) = after(&draining(), &read_from(400), 400);
    assert_eq!(after(&closed, &text(-3), 401), (closed, vec![]));
}

#[test]
fn a_text_between_the_queueing_and_the_delivery_answers_a_copy_whose_receipt_was_lost() {
    let state = State::Waiting {
        delivery: Delivery {
            dated: at(60),
            confirmed: at(60),
            queued: at(0),
            unwatched_ms: 0,
            resumed: None,
        },
        reminded: Reminded::NotYet,
        blind: None,
    };
    assert_eq!(
        outcome_after(&state, &[(text(20), 61)]),
        present(text_evidence(20))
    );
}

#[test]
fn a_clock_set_back_before_the_delivery_makes_no_answer_too_old() {
    let state = State::Waiting {
        delivery: Delivery {
            dated: at(60),
            confirmed: at(60 - 3600),
            queued: at(0),
            unwatched_ms: 0,
            resumed: None,
        },
        reminded: Reminded::NotYet,
        blind: None,
    };
    assert_eq!(
        outcome_after(&state, &[(text(90), -3500)]),
        present(text_evidence(90))
    );
    let unread = blind(-3540, -3300, BlindCause::Unread);
    let (blinded, _) = after(&state, &Event::WentBlind(unread), -3300);
    assert_ne!(blinded, state, "the blindness is within its time");
}

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
fn silence_is_void_where_we_were_blind_while_the_time_ran() {
    for cause in [
        BlindCause::Unread,
        BlindCause::Conflict,
        BlindCause::ClockSet,
    ] {
        for state in [asking(), waiting(), draining()] {
            let blind = blind(200, 302, cause);
            let delivered = Event::Delivered {
                dated: at(2),
                confirmed: at(3),
            };
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
fn a_void_tells_the_person_and_escalates_to_nobody() {
    let blinded = Event::WentBlind(blind(200, 302, BlindCause::Unread));
    let (state, _) = after(&waiting(), &blinded, 302);
    let (_, effects) = after(&state, &read_from(999), 999);
    assert_eq!(effects, [Effect::Tell, Effect::Count]);
}

#[test]
fn blindness_outside_the_time_that_ran_hides_nothing() {
    for (from, to) in [(-500, 0), (303, 900)] {
        for cause in [BlindCause::Unread, BlindCause::Conflict] {
            let blinded = Event::WentBlind(blind(from, to, cause));
            for state in [waiting(), draining()] {
                assert_eq!(after(&state, &blinded, 900), (state, vec![]));
            }
        }
    }
    let before = Event::WentBlind(blind(-500, 0, BlindCause::Unread));
    assert_eq!(after(&asking(), &before, 1), (asking(), vec![]));
}

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

fn pleaded(evidence: Evidence) -> Event {
    Event::Pleaded(evidence, Plea::SteppedOut)
}

fn excused(evidence: Evidence) -> Outcome {
    let plea = Plea::SteppedOut;
    let reason = VoidReason::Excused { plea, evidence };
    Outcome::Void { reason }
}

#[test]
fn a_plea_in_time_excuses() {
    let evidence = press_evidence(100);
    let (state, effects) = after(&asking(), &pleaded(evidence), 5);
    assert_eq!(ended(&state), excused(evidence));
    assert_eq!(effects, [Effect::Withdraw, Effect::Tell, Effect::Count]);
    for state in [waiting(), draining()] {
        let (state, effects) = after(&state, &pleaded(evidence), 109);
        assert_eq!(ended(&state), excused(evidence));
        assert_eq!(effects, [Effect::Tell, Effect::Count]);
    }
    let old = text_evidence(-100);
    assert_eq!(after(&waiting(), &pleaded(old), 9), (waiting(), vec![]));
}

#[test]
fn a_late_plea_is_a_late_answer_and_where_we_were_blind_a_void() {
    let evidence = press_evidence(400);
    let (state, _) = after(&draining(), &pleaded(evidence), 409);
    assert_eq!(ended(&state), late(97, evidence));
    let hidden = blind(10, 200, BlindCause::Unread);
    let events = [(Event::WentBlind(hidden), 200), (pleaded(evidence), 409)];
    assert_eq!(outcome_after(&draining(), &events), void(hidden));
}

#[test]
fn a_plea_heard_after_the_judgement_only_helps() {
    let (unanswered, _) = after(&waiting(), &read_from(363), 364);
    let in_time = press_evidence(100);
    let (state, effects) = after(&unanswered, &pleaded(in_time), 400);
    assert_eq!(ended(&state), excused(in_time));
    assert_eq!(effects, [Effect::Tell, Effect::Count]);
    let (present, _) = after(&waiting(), &press(10), 19);
    assert_eq!(after(&present, &pleaded(in_time), 400), (present, vec![]));
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
fn a_cancelled_check_is_void_and_its_ping_is_called_back() {
    for state in [asking(), waiting(), draining()] {
        let (closed, effects) = after(&state, &Event::Cancelled, 5);
        let reason = VoidReason::Cancelled;
        assert_eq!(closed.outcome(), Some(&Outcome::Void { reason }));
        assert_eq!(effects, [Effect::Withdraw, Effect::Tell, Effect::Count]);
    }
}

#[test]
fn what_is_closed_is_not_judged_cancelled_or_delivered_again() {
    let (closed, _) = after(&draining(), &text(350), 351);
    let delivered = Event::Delivered {
        dated: at(400),
        confirmed: at(400),
    };
    for event in [
        read_from(999),
        Event::Woken,
        Event::Cancelled,
        delivered,
        Event::Refused(Unreached::Blocked),
        Event::WentBlind(blind(10, 200, BlindCause::Unread)),
    ] {
        assert_eq!(after(&closed, &event, 999), (closed, vec![]));
    }
    assert_eq!(next_wake(&LADDER, &closed), None);
}

#[test]
fn a_late_answer_after_no_answer_is_late_and_tells_so() {
    let (closed, _) = after(&draining(), &read_from(363), 364);
    let (state, effects) = after(&closed, &press(500), 509);
    assert_eq!(ended(&state), late(197, press_evidence(500)));
    assert_eq!(effects, [Effect::Tell, Effect::Count]);
    assert_eq!(state.delivery(), Some(delivery()));
    assert_eq!(state.reminded(), Reminded::Done);
}

#[test]
fn a_text_in_time_reopens_what_was_judged_late_or_unanswered() {
    for judged in [read_from(363), text(350)] {
        let (closed, _) = after(&draining(), &judged, 364);
        let (state, effects) = after(&closed, &text(100), 400);
        assert_eq!(ended(&state), present(text_evidence(100)));
        assert_eq!(effects, [Effect::Tell, Effect::Count]);
    }
}

#[test]
fn an_answer_in_time_makes_a_void_present_and_a_late_one_leaves_it() {
    let blinded = Event::WentBlind(blind(10, 200, BlindCause::Unread));
    let (state, _) = after(&draining(), &blinded, 200);
    for end in [read_from(999), Event::Cancelled] {
        let (closed, _) = after(&state, &end, 999);
        assert_eq!(after(&closed, &text(350), 1_000), (closed, vec![]));
        assert_eq!(after(&closed, &press(350), 1_000), (closed, vec![]));
        let end = outcome_after(&closed, &[(text(100), 1_000)]);
        assert_eq!(end, present(text_evidence(100)));
    }
}

#[test]
fn a_second_late_answer_does_not_move_the_first() {
    let (closed, _) = after(&draining(), &text(350), 351);
    for answer in [text(320), text(380), press(390)] {
        assert_eq!(after(&closed, &answer, 400), (closed, vec![]));
    }
}

#[test]
fn a_press_proves_that_an_unsent_or_refused_ping_arrived_and_a_word_only_the_first() {
    let (unsent, _) = after(&asking(), &Event::Woken, 600);
    let (refused, _) = after(&asking(), &Event::Refused(Unreached::Refused), 1);
    for closed in [unsent, refused] {
        let end = outcome_after(&closed, &[(press(50), 700)]);
        assert_eq!(end, present(press_evidence(50)));
    }
    let end = outcome_after(&unsent, &[(text(50), 700)]);
    assert_eq!(end, present(text_evidence(50)));
    assert_eq!(after(&refused, &text(50), 700), (refused, vec![]));
}

fn page(received: i64) -> Event {
    Event::Answered(page_evidence(received))
}

fn page_evidence(received: i64) -> Evidence {
    Evidence::Page {
        received: at(received),
        deaf: None,
    }
}

#[test]
fn a_press_on_the_page_is_held_against_our_own_deadline() {
    let outcome = |event| {
        step(&LADDER, &waiting(), &event, at(310))
            .0
            .outcome()
            .copied()
    };
    let evidence = page_evidence(303);
    assert_eq!(outcome(page(303)), Some(Outcome::Present { evidence }));
    let evidence = page_evidence(305);
    assert_eq!(
        outcome(page(305)),
        Some(Outcome::Late {
            by_secs: 2,
            evidence
        })
    );
}

#[test]
fn a_late_press_on_a_page_that_could_not_be_reached_in_time_does_not_count() {
    let deaf = blind(290, 304, BlindCause::Down);
    let evidence = |deaf| Evidence::Page {
        received: at(320),
        deaf: Some(deaf),
    };
    let void = Outcome::Void {
        reason: VoidReason::Blind(deaf),
    };
    for state in [waiting(), draining(), closed_as_unanswered()] {
        let (after, _) = step(&LADDER, &state, &Event::Answered(evidence(deaf)), at(400));
        assert_eq!(after.outcome(), Some(&void), "{state:?}");
    }
    let before_it = blind(-60, 0, BlindCause::Down);
    let (after, _) = step(
        &LADDER,
        &waiting(),
        &Event::Answered(evidence(before_it)),
        at(320),
    );
    assert!(
        matches!(after.outcome(), Some(Outcome::Late { .. })),
        "{after:?}"
    );
}

fn closed_as_unanswered() -> State {
    let read = Event::QueueRead { began: at(370) };
    step(&LADDER, &draining(), &read, at(371)).0
}

#[test]
fn who_could_not_be_asked_may_answer_on_the_page_for_the_length_of_the_window() {
    let refused = Event::Refused(Unreached::NotBound);
    let (state, _) = step(&LADDER, &asking(), &refused, at(0));
    let (present, effects) = step(&LADDER, &state, &page(300), at(301));
    let evidence = page_evidence(300);
    assert_eq!(present.outcome(), Some(&Outcome::Present { evidence }));
    assert!(effects.contains(&Effect::Count));
    let (after, effects) = step(&LADDER, &state, &page(301), at(301));
    assert_eq!((after, effects), (state, vec![]), "never late: never asked");
}
