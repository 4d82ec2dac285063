//! Any bytes, read as the chat reads them and as the command line does.

#![no_main]
#![allow(dead_code, unused_imports)]

mod laws;
#[path = "../../src/roster/mod.rs"]
mod roster;
#[path = "../../src/time/mod.rs"]
mod time;

use libfuzzer_sys::fuzz_target;
use roster::{Asked, Limits, Telling, cells, read};
use time::{Zone, holiday};

fuzz_target!(|bytes: &[u8]| {
    let asked = Asked {
        period: holiday("national-day-2026").map(|h| h.period(Zone::default())),
        limits: Some(Limits::CHAT),
        ..Asked::default()
    };
    let reading = read(bytes, &asked);
    laws::hold(&reading, cells(bytes).as_ref(), &asked);
    // A plain file may have gone the short way, which depends on what is asked.
    if reading.findings.is_empty() {
        let unasked = Asked {
            account: Telling::NotAsked,
            ..asked
        };
        laws::same(&reading, &read(bytes, &unasked));
    }
});
