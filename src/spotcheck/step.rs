use serde::{Deserialize, Serialize};

use super::unwatched::{resumed, set_on};
use super::{
    Blind, BlindCause, Delivery, Evidence, Ladder, MESSAGE_LIFE, Outcome, Plea, Unreached,
    VoidReason,
};
use crate::time::{Moment, TimeDelta};

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
    /// Telegram took the ping: its date, and our clock when we heard so. Where the program
    /// began after the ping was queued, that was `across_start`: how long it took nobody can say.
    Delivered {
        dated: Moment,
        confirmed: Moment,
        across_start: bool,
    },
    /// Telegram will never take it.
    Refused(Unreached),
    Answered(Evidence),
    /// The person says why not.
    Pleaded(Evidence, Plea),
    /// A reading of the queue that began at `began` left it empty.
    QueueRead {
        began: Moment,
    },
    /// The same, where nothing was ever heard from the person's account since it was tested:
    /// silence there says nothing.
    QueueReadUnverified {
        began: Moment,
    },
    /// Our side could not hear for a while.
    WentBlind(Blind),
    /// Our clock was set on by so much. Where that may have been a sleep in which answers were
    /// lost, it is `blind`, by the clock as it now is.
    ClockSet {
        by: TimeDelta,
        blind: Option<Blind>,
    },
    /// The program runs again. What our clock did since `since` nobody saw: it may have been set
    /// on by all of it.
    Resumed {
        since: Moment,
    },
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
        (_, Event::ClockSet { by, blind }) => Some((set_on(ladder, state, by, blind), vec![])),
        (_, Event::Resumed { since }) => {
            resumed(ladder, state, since, now).map(|state| (state, vec![]))
        }
        (State::Asking { queued, blind }, _) => asking(ladder, queued, blind, event, now),
        (
            State::Waiting {
                delivery,
                reminded,
                blind,
            },
            Event::Woken,
        ) => woken(ladder, delivery, reminded, blind, now),
        (
            State::Waiting {
                delivery, blind, ..
            }
            | State::Draining {
                delivery, blind, ..
            },
            _,
        ) => asked(ladder, state, &delivery, blind, event, now),
        (State::Closed { outcome, at, .. }, Event::Answered(evidence)) => {
            amended(ladder, state, (outcome, at), (evidence, None), now)
        }
        (State::Closed { outcome, at, .. }, Event::Pleaded(evidence, plea)) => {
            amended(ladder, state, (outcome, at), (evidence, Some(plea)), now)
        }
        (State::Closed { outcome, .. }, Event::WentBlind(blind)) => {
            undone(state, &outcome, blind, now)
        }
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
            // Who cannot be asked here has to be rung.
            let effects = vec![Effect::Escalate, Effect::Count];
            Some((closed(&state, outcome, now), effects))
        }
        Event::Delivered {
            dated,
            confirmed,
            across_start,
        } => {
            let mut delivery = Delivery {
                dated,
                confirmed,
                queued,
                unwatched_ms: 0,
                resumed: None,
            };
            if across_start {
                delivery = delivery.queued_at_any_time();
            }
            let waiting = State::Waiting {
                delivery: blind.map_or(delivery, |blind| delivery.beside(&blind)),
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
        Event::Pleaded(evidence, plea) => Some((
            closed(&state, said(Outcome::Present { evidence }, Some(plea)), now),
            vec![Effect::Withdraw, Effect::Tell, Effect::Count],
        )),
        Event::Woken if now >= queued + ladder.asking_patience() => {
            let unsent = VoidReason::Unsent {
                queued,
                given_up: now,
            };
            // It may have left, and been answered.
            let gone = blind.filter(|blind| blind.cause == BlindCause::Restored);
            let reason = gone.map_or(unsent, VoidReason::Blind);
            Some((
                closed(&state, Outcome::Void { reason }, now),
                vec![Effect::Withdraw, Effect::Count],
            ))
        }
        Event::WentBlind(new)
            if blind.is_none()
                && (new.span.end() > queued || new.cause == BlindCause::Restored) =>
        {
            let blind = Some(new);
            Some((State::Asking { queued, blind }, vec![]))
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
            let answer = (evidence, None);
            Some(answered(ladder, state, delivery, blind, answer, now))
        }
        Event::Pleaded(evidence, plea) if delivery.may_answer(&evidence) => {
            let answer = (evidence, Some(plea));
            Some(answered(ladder, state, delivery, blind, answer, now))
        }
        Event::QueueRead { began } | Event::QueueReadUnverified { began }
            if blind.is_some() && began >= delivery.void_from(ladder) =>
        {
            let outcome = Outcome::NoAnswer {
                queue_read_from: began,
            };
            Some(silent(state, blind, outcome, now))
        }
        Event::QueueRead { began } if began >= delivery.judged_from(ladder) => {
            let outcome = Outcome::NoAnswer {
                queue_read_from: began,
            };
            Some(silent(state, blind, outcome, now))
        }
        Event::QueueReadUnverified { began } if began >= delivery.judged_from(ladder) => {
            let outcome = Outcome::Undeliverable {
                reason: Unreached::NotVerified,
            };
            Some(silent(state, blind, outcome, now))
        }
        Event::WentBlind(new) if blind.is_none() && touches(ladder, delivery, &new) => {
            let mut blinded = *state;
            if let State::Waiting {
                delivery, blind, ..
            }
            | State::Draining {
                delivery, blind, ..
            } = &mut blinded
            {
                *delivery = delivery.beside(&new);
                *blind = Some(new);
            }
            Some((blinded, vec![]))
        }
        _ => None,
    }
}

/// What the person said, and what they pleaded in place of "here".
type Answer = (Evidence, Option<Plea>);

fn answered(
    ladder: &Ladder,
    state: &State,
    delivery: &Delivery,
    blind: Option<Blind>,
    (evidence, plea): Answer,
    now: Moment,
) -> (State, Vec<Effect>) {
    let outcome = said(weighed(ladder, delivery, blind, evidence), plea);
    let effects = vec![Effect::Tell, Effect::Count];
    (closed(state, outcome, now), effects)
}

/// A plea in time excuses; a late one is a late answer, with its words.
fn said(outcome: Outcome, plea: Option<Plea>) -> Outcome {
    match (outcome, plea) {
        (Outcome::Present { evidence }, Some(plea)) => Outcome::Void {
            reason: VoidReason::Excused { plea, evidence },
        },
        (outcome, _) => outcome,
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
                (delivery.runs_from() + after).min(delivery.deadline(ladder))
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
    pub fn closed_at(&self) -> Option<Moment> {
        match self {
            State::Closed { at, .. } => Some(*at),
            _ => None,
        }
    }

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

/// As [`judged`], unless an earlier answer may be one that was lost.
fn weighed(
    ladder: &Ladder,
    delivery: &Delivery,
    blind: Option<Blind>,
    evidence: Evidence,
) -> Outcome {
    let deaf = evidence.deaf();
    let deaf = deaf.filter(|deaf| touches(ladder, delivery, deaf));
    match (judged(ladder, delivery, evidence), blind.or(deaf)) {
        (Outcome::Late { .. }, Some(blind)) => Outcome::Void {
            reason: VoidReason::Blind(blind),
        },
        (outcome, _) => outcome,
    }
}

/// Closed with `outcome`, unless an answer could have been lost on our side.
fn silent(
    state: &State,
    blind: Option<Blind>,
    outcome: Outcome,
    now: Moment,
) -> (State, Vec<Effect>) {
    if let Some(blind) = blind {
        let reason = VoidReason::Blind(blind);
        let effects = vec![Effect::Tell, Effect::Count];
        return (closed(state, Outcome::Void { reason }, now), effects);
    }
    let effects = vec![Effect::Tell, Effect::Escalate, Effect::Count];
    (closed(state, outcome, now), effects)
}

fn woken(
    ladder: &Ladder,
    delivery: Delivery,
    reminded: Reminded,
    blind: Option<Blind>,
    now: Moment,
) -> Next {
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
    let due = reminded == Reminded::NotYet && now >= delivery.runs_from() + after;
    let waiting = State::Waiting {
        delivery,
        reminded: Reminded::Done,
        blind,
    };
    due.then_some((waiting, vec![Effect::Remind]))
}

/// Evidence after the close, with `outcome` at `at`: it only ever favours the person.
fn amended(
    ladder: &Ladder,
    state: &State,
    (outcome, at): (Outcome, Moment),
    (evidence, plea): Answer,
    now: Moment,
) -> Next {
    let better = match state.delivery() {
        Some(delivery) if delivery.may_answer(&evidence) => {
            weighed(ladder, &delivery, None, evidence)
        }
        Some(_) => return None,
        // Never confirmed as delivered, and yet answered: a copy did arrive. A bare text proves
        // that only where a copy may have gone out at all; a page shows the question for the
        // window and no longer.
        None => match (outcome, evidence) {
            (Outcome::Undeliverable { .. }, Evidence::Message { .. }) => return None,
            (_, Evidence::Page { received, .. }) if received > at + ladder.window() => return None,
            _ => Outcome::Present { evidence },
        },
    };
    let better = said(better, plea);
    let effects = vec![Effect::Tell, Effect::Count];
    (better.favour() > outcome.favour()).then(|| (closed(state, better, now), effects))
}

/// Silence, after an older copy of what was kept was put back: a late answer that was kept since
/// that copy was made is gone.
fn undone(state: &State, outcome: &Outcome, blind: Blind, now: Moment) -> Next {
    let is_silent = matches!(outcome, Outcome::NoAnswer { .. });
    (is_silent && blind.cause == BlindCause::Restored).then(|| {
        let reason = VoidReason::Blind(blind);
        let effects = vec![Effect::Tell, Effect::Count];
        (closed(state, Outcome::Void { reason }, now), effects)
    })
}

/// Whether an answer to an open check may be lost in `blind`.
pub(super) fn touches(ladder: &Ladder, delivery: &Delivery, blind: &Blind) -> bool {
    let exposed = delivery.exposed(ladder);
    let takes_texts = match blind.cause {
        // What was running when an older copy was made went on since, and nothing is known of it.
        BlindCause::Restored => return true,
        // A text that was given in time may still come while the queue is drained.
        BlindCause::Conflict => true,
        _ => blind.span.end() - blind.span.start() >= MESSAGE_LIFE,
    };
    exposed.is_some_and(|exposed| {
        exposed.overlaps(&blind.span) || takes_texts && blind.span.end() > exposed.start()
    })
}
