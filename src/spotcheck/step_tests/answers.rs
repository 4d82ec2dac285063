//! An answer is in time by Telegram's clock, or it is late.

use chrono::TimeDelta;

use super::*;

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
    // Three seconds it may have been on its way, and a date may be a second early.
    let end = outcome_after(&waiting(), &[(text(-2), 9)]);
    assert_eq!(end, present(text_evidence(-2)));
}

#[test]
fn a_receipt_shows_when_an_answer_reached_us() {
    let page = Evidence::Page {
        received: at(70),
        deaf: None,
    };
    assert_eq!(text_evidence(50).received(), at(51));
    assert_eq!(press_evidence(50).received(), at(59));
    assert_eq!(page.received(), at(70));
}

#[test]
fn a_text_between_the_queueing_and_the_delivery_answers_a_copy_whose_receipt_was_lost() {
    let state = waiting_since(Delivery {
        dated: at(60),
        confirmed: at(60),
        ..delivery()
    });
    assert_eq!(
        outcome_after(&state, &[(text(20), 61)]),
        present(text_evidence(20))
    );
}

#[test]
fn a_clock_set_back_before_the_delivery_makes_no_answer_too_old() {
    let state = waiting_since(Delivery {
        dated: at(60),
        confirmed: at(60 - 3600),
        ..delivery()
    });
    assert_eq!(
        outcome_after(&state, &[(text(90), -3500)]),
        present(text_evidence(90))
    );
    let unread = blind(-3540, -3300, BlindCause::Unread);
    let (blinded, _) = after(&state, &Event::WentBlind(unread), -3300);
    assert_ne!(blinded, state, "the blindness is within its time");
}
