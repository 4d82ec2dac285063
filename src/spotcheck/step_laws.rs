//! What holds of the machine whatever happens in whatever order.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::time::{Moment, Span};

fn at(millis: i64) -> Moment {
    Moment::from_timestamp_millis(1_791_008_880_000 + millis).expect("a moment of 2026")
}

fn whole_second(moment: Moment) -> Moment {
    Moment::from_timestamp(moment.timestamp(), 0).expect("a moment of 2026")
}

/// Within an hour and a half of the question, before and after.
fn moment() -> impl Strategy<Value = Moment> {
    (-1_000_000_i64..5_000_000).prop_map(at)
}

fn ladder() -> impl Strategy<Value = Ladder> {
    let reminder = prop::option::of(1_u64..900_000);
    (1_u64..900_000, reminder, 0_u64..120_000, 1_u64..900_000).prop_map(
        |(window_ms, reminder_ms, drain_ms, asking_patience_ms)| Ladder {
            window_ms,
            reminder_ms,
            drain_ms,
            asking_patience_ms,
            rung_patience_ms: 300_000,
            away_ms: 600_000,
        },
    )
}

fn evidence() -> impl Strategy<Value = Evidence> {
    prop_oneof![
        (any::<i64>(), moment(), moment()).prop_map(|(update, dated, received)| {
            Evidence::Message {
                update,
                dated: whole_second(dated),
                received,
            }
        }),
        (any::<i64>(), moment(), moment()).prop_map(|(update, not_before, received)| {
            Evidence::Button {
                update,
                not_before,
                received,
            }
        }),
        (moment(), prop::option::of(blind()))
            .prop_map(|(received, deaf)| Evidence::Page { received, deaf }),
    ]
}

fn blind() -> impl Strategy<Value = Blind> {
    let cause = prop_oneof![
        Just(BlindCause::Unread),
        Just(BlindCause::Conflict),
        Just(BlindCause::ClockSet),
        Just(BlindCause::Down),
        Just(BlindCause::Restored),
    ];
    (moment(), 1_i64..900_000, cause).prop_map(|(from, millis, cause)| Blind {
        span: Span::new(from, from + TimeDelta::milliseconds(millis)).expect("it takes time"),
        cause,
    })
}

fn plea() -> impl Strategy<Value = Plea> {
    prop_oneof![
        Just(Plea::SteppedOut),
        Just(Plea::Swapped),
        Just(Plea::Otherwise)
    ]
}

fn unreached() -> impl Strategy<Value = Unreached> {
    prop_oneof![
        Just(Unreached::NotBound),
        Just(Unreached::Blocked),
        Just(Unreached::NeverStarted),
        Just(Unreached::Deactivated),
        Just(Unreached::Refused),
    ]
}

/// The question is confirmed by our clock up to half an hour after it was queued; Telegram's
/// clock may stand anywhere.
fn delivered() -> impl Strategy<Value = Event> {
    (moment(), 0_i64..1_800_000, any::<bool>()).prop_map(|(dated, after, across_start)| {
        Event::Delivered {
            dated: whole_second(dated),
            confirmed: at(after),
            across_start,
        }
    })
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => delivered(),
        1 => unreached().prop_map(Event::Refused),
        3 => evidence().prop_map(Event::Answered),
        1 => (evidence(), plea()).prop_map(|(evidence, plea)| Event::Pleaded(evidence, plea)),
        3 => moment().prop_map(|began| Event::QueueRead { began }),
        1 => blind().prop_map(Event::WentBlind),
        3 => Just(Event::Woken),
        1 => Just(Event::Cancelled),
    ]
}

/// Events and the moments we hear of them, in the order in which we do.
fn story() -> impl Strategy<Value = Vec<(Event, Moment)>> {
    prop::collection::vec((event(), moment()), 0..16).prop_map(|mut story| {
        story.sort_by_key(|(_, now)| *now);
        story
    })
}

fn asked() -> State {
    State::Asking {
        queued: at(0),
        blind: None,
    }
}

/// Every state of the story, the first included.
fn told(ladder: &Ladder, story: &[(Event, Moment)]) -> Vec<State> {
    let mut states = vec![asked()];
    let mut state = asked();
    for (event, now) in story {
        state = step(ladder, &state, event, *now).0;
        states.push(state);
    }
    states
}

/// A story in which the question is delivered and a text comes, dated within the window of it.
fn story_with_a_text_in_time() -> impl Strategy<Value = (Ladder, Vec<(Event, Moment)>)> {
    let places = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    (
        ladder(),
        story(),
        delivered(),
        any::<prop::sample::Index>(),
        places,
    )
        .prop_map(|(ladder, mut story, delivered, within, (first, second))| {
            story
                .retain(|(event, _)| !matches!(event, Event::Delivered { .. } | Event::Refused(_)));
            let Event::Delivered {
                dated, confirmed, ..
            } = delivered
            else {
                unreachable!("it was made as one");
            };
            let secs = ladder.window_ms.div_ceil(1000) + 1;
            let later = i64::try_from(within.index(usize::try_from(secs).unwrap_or(1)));
            let text = Event::Answered(Evidence::Message {
                update: 1,
                dated: dated + TimeDelta::seconds(later.unwrap_or(0)),
                received: confirmed,
            });
            story.insert(first.index(story.len() + 1), (delivered, confirmed));
            story.insert(second.index(story.len() + 1), (text, confirmed));
            (ladder, story)
        })
}

/// A story in which the question is delivered and nobody answers but on the page, once: so many
/// milliseconds from the deadline, and after our page could not be reached in some way.
fn story_with_a_page_press() -> impl Strategy<Value = (Ladder, Vec<(Event, Moment)>, i64)> {
    let places = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let after = -400_000_i64..400_000;
    (
        ladder(),
        story(),
        delivered(),
        after,
        prop::option::of(blind()),
        places,
    )
        .prop_map(
            |(ladder, mut story, delivered, after, deaf, (first, second))| {
                story.retain(|(event, _)| {
                    !matches!(
                        event,
                        Event::Delivered { .. }
                            | Event::Refused(_)
                            | Event::Answered(_)
                            | Event::Pleaded(..)
                    )
                });
                let Event::Delivered { confirmed, .. } = delivered else {
                    unreachable!("it was made as one");
                };
                let received = confirmed + ladder.window() + TimeDelta::milliseconds(after);
                let press = Event::Answered(Evidence::Page { received, deaf });
                story.insert(first.index(story.len() + 1), (delivered, confirmed));
                story.insert(second.index(story.len() + 1), (press, received));
                (ladder, story, after)
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn outcomes_only_rise_and_only_by_evidence_that_came_or_is_gone(ladder in ladder(), story in story()) {
        let states = told(&ladder, &story);
        for (pair, (event, _)) in states.windows(2).zip(&story) {
            let (Some(before), after) = (pair[0].outcome(), pair[1].outcome()) else {
                continue;
            };
            let Some(after) = after else {
                return Err(TestCaseError::fail("what was closed is open again"));
            };
            if before != after {
                prop_assert!(after.favour() > before.favour(), "{:?}, then {:?}", before, after);
                let may_raise = match event {
                    Event::Answered(_) | Event::Pleaded(..) => true,
                    Event::WentBlind(blind) => blind.cause == BlindCause::Restored,
                    _ => false,
                };
                prop_assert!(may_raise, "{:?}", event);
            }
        }
    }

    #[test]
    fn deciding_the_same_again_changes_nothing(ladder in ladder(), story in story()) {
        let mut state = asked();
        for (event, now) in &story {
            let (once, _) = step(&ladder, &state, event, *now);
            let (twice, effects) = step(&ladder, &once, event, *now);
            prop_assert_eq!(once, twice, "{:?}", event);
            prop_assert!(effects.is_empty(), "{:?}: {:?}", event, effects);
            state = once;
        }
    }

    #[test]
    fn what_changes_nothing_has_no_effect(ladder in ladder(), story in story()) {
        let mut state = asked();
        for (event, now) in &story {
            let (next, effects) = step(&ladder, &state, event, *now);
            prop_assert!(next != state || effects.is_empty(), "{:?}: {:?}", event, effects);
            state = next;
        }
    }

    #[test]
    fn a_text_in_time_is_never_judged_late_or_unanswered(
        (ladder, story) in story_with_a_text_in_time(),
    ) {
        let states = told(&ladder, &story);
        let end = states.last().and_then(|state| state.outcome().copied());
        prop_assert!(
            matches!(end, Some(Outcome::Present { .. })),
            "{:?} after {:#?}", end, story
        );
    }

    #[test]
    fn a_press_on_the_page_in_time_is_never_judged_late_or_unanswered(
        (ladder, story, after) in story_with_a_page_press(),
    ) {
        prop_assume!(after <= 0);
        let states = told(&ladder, &story);
        let end = states.last().and_then(|state| state.outcome().copied());
        prop_assert!(
            !matches!(end, Some(Outcome::Late { .. } | Outcome::NoAnswer { .. })),
            "{:?} after {:#?}", end, story
        );
    }

    #[test]
    fn where_our_page_could_not_be_reached_no_press_on_it_is_late(
        (ladder, story, _) in story_with_a_page_press(),
    ) {
        let states = told(&ladder, &story);
        let state = states.last().copied().unwrap_or_else(asked);
        let Some(Outcome::Late { evidence, .. }) = state.outcome() else { return Ok(()) };
        let exposed = state.delivery().and_then(|delivery| delivery.exposed(&ladder));
        let touched = evidence.deaf().zip(exposed).is_some_and(|(deaf, exposed)| {
            exposed.overlaps(&deaf.span)
        });
        prop_assert!(!touched, "{:?} after {:#?}", state, story);
    }

    #[test]
    fn nobody_is_unanswered_but_by_a_reading_begun_after_the_drain(
        ladder in ladder(), story in story(),
    ) {
        let states = told(&ladder, &story);
        for (pair, (event, _)) in states.windows(2).zip(&story) {
            let Some(Outcome::NoAnswer { queue_read_from }) = pair[1].outcome() else { continue };
            let delivery = pair[1].delivery();
            let Some(delivery) = delivery else {
                return Err(TestCaseError::fail("unanswered, and never asked"));
            };
            let due = delivery.confirmed + ladder.window() + ladder.drain();
            prop_assert!(*queue_read_from >= due);
            if pair[0].is_open() {
                prop_assert_eq!(event, &Event::QueueRead { began: *queue_read_from });
            }
        }
    }

    #[test]
    fn where_we_were_blind_while_the_time_ran_nobody_is_late_or_unanswered(
        ladder in ladder(), story in story(),
    ) {
        let states = told(&ladder, &story);
        let delivery = states.last().and_then(State::delivery);
        let Some(exposed) = delivery.and_then(|d| d.exposed(&ladder)) else { return Ok(()) };
        let blinded = states.iter().zip(&story).any(|(state, (event, _))| match event {
            // It was queued at 0: what was not heard before is no answer to it.
            Event::WentBlind(blind) => {
                state.is_open() && blind.span.end() > at(0) && blind.span.overlaps(&exposed)
            }
            _ => false,
        });
        let end = states.last().and_then(State::outcome);
        let against = matches!(end, Some(Outcome::NoAnswer { .. } | Outcome::Late { .. }));
        prop_assert!(!(blinded && against), "{:?}", end);
    }

    #[test]
    fn every_check_ends_once_we_wake_and_read(ladder in ladder(), story in story()) {
        let mut state = told(&ladder, &story).pop().unwrap_or_else(asked);
        for _ in 0..3 {
            let Some(wake) = next_wake(&ladder, &state) else { break };
            state = step(&ladder, &state, &Event::Woken, wake).0;
        }
        prop_assert_eq!(next_wake(&ladder, &state), None, "it asks to be woken for ever");
        let began = state.delivery().map_or(at(0), |d| d.judged_from(&ladder));
        state = step(&ladder, &state, &Event::QueueRead { began }, began).0;
        prop_assert!(!state.is_open(), "{:?}", state);
    }

    #[test]
    fn setting_our_clock_moves_nobodys_time(
        ladder in ladder(),
        story in story(),
        minutes in -600_i64..600,
        doubt in prop::option::of(blind()),
    ) {
        let by = TimeDelta::minutes(minutes);
        let set = Event::ClockSet { by, blind: doubt };
        for state in told(&ladder, &story).into_iter().filter(State::is_open) {
            let (moved, effects) = step(&ladder, &state, &set, at(0));
            prop_assert!(effects.is_empty() && moved.is_open());
            let wake = next_wake(&ladder, &state).map(|wake| wake + by);
            prop_assert_eq!(next_wake(&ladder, &moved), wake);
            let judged = |state: &State| state.delivery().map(|d| d.judged_from(&ladder));
            prop_assert_eq!(judged(&moved), judged(&state).map(|due| due + by));
            let dated = |state: &State| state.delivery().map(|d| d.dated);
            prop_assert_eq!(dated(&moved), dated(&state));
        }
    }

    #[test]
    fn whether_they_were_tested_or_not_nobody_is_judged_before_the_drain_is_over(
        ladder in ladder(), story in story(), early in 1_i64..600_000,
    ) {
        for state in told(&ladder, &story).into_iter().filter(State::is_open) {
            let due = state.delivery().map(|delivery| delivery.judged_from(&ladder));
            let began = due.unwrap_or(at(0)) - TimeDelta::milliseconds(early);
            for reading in [Event::QueueRead { began }, Event::QueueReadUnverified { began }] {
                let (after, effects) = step(&ladder, &state, &reading, began);
                let is_void = matches!(after.outcome(), Some(Outcome::Void { .. }));
                prop_assert!(is_void || (after == state && effects.is_empty()), "{:?}", after);
            }
            let Some(began) = due else { continue };
            let reading = Event::QueueReadUnverified { began };
            let (after, _) = step(&ladder, &state, &reading, began);
            let is_blamed = matches!(after.outcome(), Some(Outcome::NoAnswer { .. }));
            prop_assert!(!after.is_open() && !is_blamed, "{:?}", after);
        }
    }

    #[test]
    fn a_clock_set_on_while_nobody_watched_takes_nobodys_time(
        ladder in ladder(), story in story(), since in moment(), away in 1_i64..3_000_000,
        set_on in 0_i64..3_000_000,
    ) {
        let (away, set_on) = (TimeDelta::milliseconds(away), TimeDelta::milliseconds(set_on));
        let now = since + away + set_on;
        for state in told(&ladder, &story).into_iter().filter(State::is_open) {
            let (resumed, effects) = step(&ladder, &state, &Event::Resumed { since }, now);
            prop_assert!(effects.is_empty() && resumed.is_open());
            let (Some(before), Some(after)) = (state.delivery(), resumed.delivery()) else {
                prop_assert_eq!(resumed, state);
                continue;
            };
            let left = |due: Moment, at: Moment| (due - at).max(TimeDelta::zero());
            for (due, still_due) in [
                (before.deadline(&ladder), after.deadline(&ladder)),
                (before.judged_from(&ladder), after.judged_from(&ladder)),
            ] {
                prop_assert!(left(still_due, now) >= left(due, since), "{:?}", after);
            }
            let still = left(after.judged_from(&ladder), now);
            let least = left(before.judged_from(&ladder), since);
            prop_assert!(still <= least.max(ladder.drain()), "{:?}", after);
            prop_assert_eq!((after.dated, after.queued), (before.dated, before.queued));
            if before.deadline(&ladder) <= since {
                prop_assert_eq!(after.deadline(&ladder), before.deadline(&ladder));
            }
        }
    }

    #[test]
    fn waking_before_the_time_does_nothing(ladder in ladder(), story in story()) {
        for state in told(&ladder, &story) {
            let Some(wake) = next_wake(&ladder, &state) else { continue };
            let early = wake - TimeDelta::milliseconds(1);
            prop_assert_eq!(step(&ladder, &state, &Event::Woken, early), (state, vec![]));
            let (woken, _) = step(&ladder, &state, &Event::Woken, wake);
            prop_assert_ne!(woken, state, "woken for nothing");
        }
    }
}
