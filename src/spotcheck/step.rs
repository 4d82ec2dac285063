use serde::{Deserialize, Serialize};

use super::{Blind, BlindCause, Delivery, Evidence, Ladder, Outcome, Unreached, VoidReason};
use crate::time::Moment;

/// Where a check stands. Asking (queued) is not Waiting (delivered): nobody is ever blamed for a
/// ping that did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The ping is queued. A copy may be on the phone already, its receipt lost on the way back.
    Asking {
        queued: Moment,
        blind: Option<Blind>,
    },
    /// The ping is on the phone; the person's time runs.
    Waiting {
        delivery: Delivery,
        reminded: Reminded,
        blind: Option<Blind>,
    },
    /// The deadline is over; a reading of the queue that begins after the drain is awaited.
    Draining {
        delivery: Delivery,
        reminded: Reminded,
        blind: Option<Blind>,
    },
    Closed {
        outcome: Outcome,
        at: Moment,
        delivery: Option<Delivery>,
        reminded: Reminded,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reminded {
    NotYet,
    Done,
}

/// What can happen to a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Telegram took the ping: its date, and our clock when we heard so.
    Delivered {
        dated: Moment,
        confirmed: Moment,
    },
    /// Telegram will never take it.
    Refused(Unreached),
    Answered(Evidence),
    /// A reading of the queue that began at `began` left it empty.
    QueueRead {
        began: Moment,
    },
    /// Our side could not hear for a while.
    WentBlind(Blind),
    Woken,
    Cancelled,
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask once more, with sound.
    Remind,
    /// The queued ping is not to be sent any more.
    Withdraw,
    /// Tell the person how the check stands.
    Tell,
    /// Somebody else is to look: the next rung.
    Escalate,
    /// The round's count has changed.
    Count,
}

/// The check after `event`. Deciding the same again changes nothing.
#[must_use]
pub fn step(ladder: &Ladder, state: &State, event: &Event, now: Moment) -> (State, Vec<Effect>) {
    let open = state.is_open();
    let next = match (*state, *event) {
        (_, Event::Cancelled) if open => {
            let reason = VoidReason::Cancelled;
            let effects = vec![Effect::Withdraw, Effect::Tell, Effect::Count];
            Some((closed(state, Outcome::Void { reason }, now), effects))
        }
        (State::Asking { queued, blind }, _) => asking(ladder, queued, blind, event, now),
        (State::Waiting { .. }, Event::Woken) => woken(ladder, state, now),
        (
            State::Waiting {
                delivery, blind, ..
            }
            | State::Draining {
                delivery, blind, ..
            },
            _,
        ) => asked(ladder, state, &delivery, blind, event, now),
        (
            State::Closed {
                outcome, delivery, ..
            },
            Event::Answered(evidence),
        ) => amended(ladder, state, &outcome, delivery, evidence, now),
        (State::Closed { .. }, _) => None,
    };
    next.unwrap_or((*state, vec![]))
}

type Next = Option<(State, Vec<Effect>)>;

/// The ping is queued.
fn asking(
    ladder: &Ladder,
    queued: Moment,
    blind: Option<Blind>,
    event: &Event,
    now: Moment,
) -> Next {
    let state = State::Asking { queued, blind };
    match *event {
        Event::Refused(reason) => {
            let outcome = Outcome::Undeliverable { reason };
            Some((closed(&state, outcome, now), vec![Effect::Count]))
        }
        Event::Delivered { dated, confirmed } => {
            let waiting = State::Waiting {
                delivery: Delivery {
                    dated,
                    confirmed,
                    queued,
                },
                reminded: Reminded::NotYet,
                blind,
            };
            Some((waiting, vec![]))
        }
        // A copy went out whose receipt was lost.
        Event::Answered(evidence) => Some((
            closed(&state, Outcome::Present { evidence }, now),
            vec![Effect::Withdraw, Effect::Tell, Effect::Count],
        )),
        Event::Woken if now >= queued + ladder.asking_patience() => {
            let reason = VoidReason::Unsent {
                queued,
                given_up: now,
            };
            Some((
                closed(&state, Outcome::Void { reason }, now),
                vec![Effect::Withdraw, Effect::Count],
            ))
        }
        Event::WentBlind(new) if blind.is_none() => {
            // A clock that was set makes every reading of it doubtful, before and after.
            let counts = new.span.end() > queued || new.cause == BlindCause::ClockSet;
            let blind = Some(new);
            counts.then_some((State::Asking { queued, blind }, vec![]))
        }
        _ => None,
    }
}

/// The ping is on the phone, and something other than the time happens.
fn asked(
    ladder: &Ladder,
    state: &State,
    delivery: &Delivery,
    blind: Option<Blind>,
    event: &Event,
    now: Moment,
) -> Next {
    match *event {
        Event::Answered(evidence) if delivery.may_answer(&evidence) => {
            let outcome = match (judged(ladder, delivery, evidence), blind) {
                // An earlier answer may be the one that was lost.
                (Outcome::Late { .. }, Some(blind)) => Outcome::Void {
                    reason: VoidReason::Blind(blind),
                },
                (outcome, _) => outcome,
            };
            let effects = vec![Effect::Tell, Effect::Count];
            Some((closed(state, outcome, now), effects))
        }
        Event::QueueRead { began } if began >= delivery.judged_from(ladder) => {
            Some(unanswered(state, blind, began, now))
        }
        Event::WentBlind(new) if blind.is_none() && touches(ladder, delivery, &new) => {
            let mut blinded = *state;
            if let State::Waiting { blind, .. } | State::Draining { blind, .. } = &mut blinded {
                *blind = Some(new);
            }
            Some((blinded, vec![]))
        }
        _ => None,
    }
}

/// When to look at the check again, if nothing happens before.
#[must_use]
pub fn next_wake(ladder: &Ladder, state: &State) -> Option<Moment> {
    match state {
        State::Asking { queued, .. } => Some(*queued + ladder.asking_patience()),
        State::Waiting {
            delivery, reminded, ..
        } => Some(match (ladder.reminder(), reminded) {
            (Some(after), Reminded::NotYet) => {
                (delivery.confirmed + after).min(delivery.deadline(ladder))
            }
            _ => delivery.deadline(ladder),
        }),
        State::Draining { .. } | State::Closed { .. } => None,
    }
}

impl State {
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        match self {
            State::Closed { outcome, .. } => Some(outcome),
            _ => None,
        }
    }

    #[must_use]
    pub fn delivery(&self) -> Option<Delivery> {
        match *self {
            State::Waiting { delivery, .. } | State::Draining { delivery, .. } => Some(delivery),
            State::Closed { delivery, .. } => delivery,
            State::Asking { .. } => None,
        }
    }

    #[must_use]
    pub fn reminded(&self) -> Reminded {
        match *self {
            State::Waiting { reminded, .. }
            | State::Draining { reminded, .. }
            | State::Closed { reminded, .. } => reminded,
            State::Asking { .. } => Reminded::NotYet,
        }
    }

    /// Whether a queue reading that begins at the right time would close it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.outcome().is_none()
    }
}

/// `state`, closed with `outcome`; what is known of its delivery stays.
fn closed(state: &State, outcome: Outcome, at: Moment) -> State {
    State::Closed {
        outcome,
        at,
        delivery: state.delivery(),
        reminded: state.reminded(),
    }
}

fn judged(ladder: &Ladder, delivery: &Delivery, evidence: Evidence) -> Outcome {
    let late = delivery.lateness(&evidence, ladder);
    if late <= chrono::TimeDelta::zero() {
        return Outcome::Present { evidence };
    }
    let by_secs = u32::try_from(late.num_seconds().max(1)).unwrap_or(u32::MAX);
    Outcome::Late { by_secs, evidence }
}

fn unanswered(
    state: &State,
    blind: Option<Blind>,
    began: Moment,
    now: Moment,
) -> (State, Vec<Effect>) {
    if let Some(blind) = blind {
        let reason = VoidReason::Blind(blind);
        let effects = vec![Effect::Tell, Effect::Count];
        return (closed(state, Outcome::Void { reason }, now), effects);
    }
    let outcome = Outcome::NoAnswer {
        queue_read_from: began,
    };
    let effects = vec![Effect::Tell, Effect::Escalate, Effect::Count];
    (closed(state, outcome, now), effects)
}

fn woken(ladder: &Ladder, state: &State, now: Moment) -> Next {
    let State::Waiting {
        delivery,
        reminded,
        blind,
    } = *state
    else {
        return None;
    };
    // Past the deadline a reminder would only confuse.
    if now >= delivery.deadline(ladder) {
        let draining = State::Draining {
            delivery,
            reminded,
            blind,
        };
        return Some((draining, vec![]));
    }
    let after = ladder.reminder()?;
    let due = reminded == Reminded::NotYet && now >= delivery.confirmed + after;
    let waiting = State::Waiting {
        delivery,
        reminded: Reminded::Done,
        blind,
    };
    due.then_some((waiting, vec![Effect::Remind]))
}

/// Evidence after the close: it only ever favours the person.
fn amended(
    ladder: &Ladder,
    state: &State,
    outcome: &Outcome,
    delivery: Option<Delivery>,
    evidence: Evidence,
    now: Moment,
) -> Next {
    let better = match delivery {
        Some(delivery) if delivery.may_answer(&evidence) => judged(ladder, &delivery, evidence),
        Some(_) => return None,
        // Never confirmed as delivered, and yet answered: a copy did arrive. A bare text proves
        // that only where a copy may have gone out at all.
        None => match (outcome, evidence) {
            (Outcome::Undeliverable { .. }, Evidence::Message { .. }) => return None,
            _ => Outcome::Present { evidence },
        },
    };
    let effects = vec![Effect::Tell, Effect::Count];
    (better.favour() > outcome.favour()).then(|| (closed(state, better, now), effects))
}

fn touches(ladder: &Ladder, delivery: &Delivery, blind: &Blind) -> bool {
    // A clock that was set makes every reading of it doubtful, before and after.
    blind.cause == BlindCause::ClockSet
        || delivery
            .exposed(ladder)
            .is_some_and(|exposed| exposed.overlaps(&blind.span))
}
