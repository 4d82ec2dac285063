//! The question: on its way, refused, delivered or called off.

use super::*;

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
    let delivered = delivered(500, 501);
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
    let again = delivered(90, 91);
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
fn a_question_given_up_names_an_older_copy_that_was_put_back_and_no_other_blindness() {
    for (cause, is_named) in [
        (BlindCause::Restored, true),
        (BlindCause::Unread, false),
        (BlindCause::Conflict, false),
        (BlindCause::ClockSet, false),
    ] {
        let blind = blind(10, 160, cause);
        let events = [(Event::WentBlind(blind), 160), (Event::Woken, 600)];
        let unsent = VoidReason::Unsent {
            queued: at(0),
            given_up: at(600),
        };
        let reason = if is_named {
            VoidReason::Blind(blind)
        } else {
            unsent
        };
        assert_eq!(outcome_after(&asking(), &events), Outcome::Void { reason });
    }
}

#[test]
fn a_reading_judges_nobody_who_was_not_asked_yet() {
    assert_eq!(
        after(&asking(), &read_from(9_999), 9_999),
        (asking(), vec![])
    );
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

#[test]
fn where_our_clock_is_in_doubt_a_copy_may_have_come_long_before_the_receipt() {
    let delivered = delivered(200, 201);
    for (cause, counts) in [
        (BlindCause::Unread, true),
        (BlindCause::ClockSet, true),
        (BlindCause::Restored, true),
        (BlindCause::Conflict, false),
    ] {
        let blinded = Event::WentBlind(blind(10, 160, cause));
        for events in [[blinded, delivered], [delivered, blinded]] {
            let mut state = asking();
            for event in events {
                state = after(&state, &event, 202).0;
            }
            let evidence = text_evidence(-5_000);
            let (heard, _) = after(&state, &Event::Answered(evidence), 203);
            let is_present = heard.outcome() == Some(&present(evidence));
            assert_eq!(is_present, counts, "{cause:?}");
        }
    }
}

#[test]
fn a_copy_of_before_the_program_began_may_have_come_long_before_the_receipt() {
    for across_start in [false, true] {
        let delivered = Event::Delivered {
            dated: at(200),
            confirmed: at(201),
            across_start,
        };
        let evidence = text_evidence(-3);
        let (waiting, _) = after(&asking(), &delivered, 201);
        let (heard, _) = after(&waiting, &Event::Answered(evidence), 202);
        let is_present = heard.outcome() == Some(&present(evidence));
        assert_eq!(is_present, across_start);
    }
}
