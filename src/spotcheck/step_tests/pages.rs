//! Answers on the person's own page.

use super::*;

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
