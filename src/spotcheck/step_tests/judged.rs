//! What is heard after the judgement only helps.

use super::*;

#[test]
fn what_is_closed_is_not_judged_cancelled_or_delivered_again() {
    let (closed, _) = after(&draining(), &text(350), 351);
    let delivered = delivered(400, 400);
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
