//! While the program is not running its machine's clock may be set on, by less than what a silence
//! of the queue would show. It takes no second of anybody's time.

use chrono::DateTime;
use proptest::prelude::*;

use super::hearing_laws::{DRAIN, WINDOW, asked, at, check, happens, officer};
use super::sample::{heard, pressed};
use super::{Heard, Input, Pinged, Press};
use crate::spotcheck::Outcome;

/// All in milliseconds; the ping comes to the phone at nought.
#[derive(Clone, Debug)]
struct Story {
    stopped: i64,
    down: i64,
    /// By so much the clock was set on meanwhile.
    set_on: i64,
    pressed: Option<i64>,
    /// From one reading of the queue to the next.
    reading: i64,
}

fn story() -> impl Strategy<Value = Story> {
    (
        1..WINDOW + DRAIN,
        (0..60_000_i64, 0..50_000_i64),
        proptest::option::of(1..WINDOW),
        1_000..10_000_i64,
    )
        .prop_map(|(stopped, (down, set_on), pressed, reading)| Story {
            stopped,
            down,
            set_on,
            pressed,
            reading,
        })
}

fn ended(story: &Story) -> Outcome {
    let mut world = asked(1);
    let started = story.stopped + story.down;
    // What our clock shows.
    let ours = |now: i64| {
        if now < started {
            now
        } else {
            now + story.set_on
        }
    };
    happens(&mut world, &Input::QueueRead { began: at(-1) }, 0);
    let result = Pinged::Delivered {
        dated: DateTime::from_timestamp(at(0).timestamp(), 0).unwrap(),
        confirmed: at(0),
    };
    let pinged = Input::Pinged {
        check: check(0),
        result,
    };
    happens(&mut world, &pinged, 0);
    let mut waits = story.pressed;
    let mut was_down = false;
    let mut now = 0;
    loop {
        now += story.reading;
        if now >= story.stopped && !was_down {
            was_down = true;
            now = now.max(started);
            let chance = [1; 32];
            happens(&mut world, &Input::Started { chance }, ours(now));
        }
        happens(&mut world, &Input::Tick, ours(now));
        if let Some(pressed) = waits.take_if(|pressed| *pressed <= now) {
            let press = press(ours(now), pressed);
            happens(&mut world, &press, ours(now));
        }
        let began = at(ours(now));
        happens(&mut world, &Input::QueueRead { began }, ours(now));
        if let Some(outcome) = world.checks[&check(0)].state.outcome()
            && waits.is_none()
        {
            return *outcome;
        }
        assert!(now < 3 * WINDOW, "it never ends");
    }
}

fn press(received: i64, update: i64) -> Input {
    let what = pressed(Press::Answer(check(0)));
    Input::Heard(Heard {
        update,
        ..heard(officer(0), at(received), what)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_clock_set_on_while_we_were_down_makes_nobody_late_and_hides_nobody(story in story()) {
        let outcome = ended(&story);
        match story.pressed {
            Some(_) => prop_assert!(matches!(outcome, Outcome::Present { .. }), "{outcome:?}"),
            None => prop_assert!(matches!(outcome, Outcome::NoAnswer { .. }), "{outcome:?}"),
        }
    }
}
