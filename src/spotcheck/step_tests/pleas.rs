//! Why not, in place of "here".

use super::*;

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
