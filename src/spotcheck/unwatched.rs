//! What becomes of a check's times when our clock did what nobody saw: it was set, or the program
//! was not running. Nobody is to lose a second of theirs by it.

use super::step::touches;
use super::{Blind, Ladder, Outcome, State};
use crate::time::{Moment, TimeDelta};

/// The same check by a clock that was set on by `by`. The step may have been a sleep of the
/// machine's; where one of that length can have lost an answer, silence while the person's time
/// ran is in doubt. What ended before it is not.
pub(super) fn set_on(ladder: &Ladder, state: &State, by: TimeDelta, doubt: Option<Blind>) -> State {
    let mut moved = *state;
    match &mut moved {
        State::Asking { queued, blind } => {
            *queued += by;
            *blind = blind.map(|known| known.moved(by)).or(doubt);
        }
        State::Waiting {
            delivery, blind, ..
        }
        | State::Draining {
            delivery, blind, ..
        } => {
            *delivery = delivery.moved(by);
            let touched = doubt.filter(|doubt| touches(ladder, delivery, doubt));
            *blind = blind.map(|known| known.moved(by)).or(touched);
        }
        // What was judged stays; a late answer is still held against the deadline.
        State::Closed { delivery, at, .. } => {
            *delivery = delivery.map(|known| known.moved(by));
            *at += by;
        }
    }
    moved
}

/// The same check, nobody having watched the clock from `since` to `now`. Of that stretch any
/// part may be a step of the clock's, so none of it counts: what was left of the person's time is
/// left still, also where it was found early that nothing can be made of their silence, or it was
/// called off; and a drain that was cut short begins anew.
pub(super) fn resumed(ladder: &Ladder, state: &State, since: Moment, now: Moment) -> Option<State> {
    let unwatched = now - since;
    let mut resumed = *state;
    let open = resumed.is_open();
    let (State::Waiting { delivery, .. }
    | State::Draining { delivery, .. }
    | State::Closed {
        outcome: Outcome::Void { .. },
        delivery: Some(delivery),
        ..
    }) = &mut resumed
    else {
        return None;
    };
    if unwatched <= TimeDelta::zero() || delivery.judged_from(ladder) <= since {
        return None;
    }
    if delivery.deadline(ladder) > since {
        let millis = u64::try_from(unwatched.num_milliseconds()).unwrap_or(0);
        delivery.unwatched_ms = delivery.unwatched_ms.saturating_add(millis);
    } else if open {
        delivery.resumed = Some(now);
    }
    Some(resumed)
}
