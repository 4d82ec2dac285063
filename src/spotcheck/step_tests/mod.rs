//! Every branch of the machine, one sentence each.

mod answers;
mod asking;
mod clock;
mod judged;
mod pages;
mod pleas;
mod silence;
mod written;

use super::*;
use crate::time::{Moment, Span};

/// 14:28 on the third of October in Shanghai.
fn at(secs: i64) -> Moment {
    Moment::from_timestamp(1_791_008_880 + secs, 0).expect("a moment of 2026")
}

pub(super) const LADDER: Ladder = Ladder {
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
    waiting_since(delivery())
}

fn waiting_since(delivery: Delivery) -> State {
    State::Waiting {
        delivery,
        reminded: Reminded::NotYet,
        blind: None,
    }
}

/// Telegram took it, and the program ran all the time since it was queued.
fn delivered(dated: i64, confirmed: i64) -> Event {
    Event::Delivered {
        dated: at(dated),
        confirmed: at(confirmed),
        across_start: false,
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
