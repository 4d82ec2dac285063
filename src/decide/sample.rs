//! The policy that tests of decisions start from: nothing in it speaks of its own accord.

use super::{Daily, Lang, Letterhead, Policy};
use crate::spotcheck::{Ladder, Measure};
use crate::time::Zone;

/// Five minutes to answer in, no reminder, no draw, no page, nothing daily; the period follows the
/// roster.
pub fn policy() -> Policy {
    Policy {
        zone: Zone::default(),
        lang: Lang::Zh,
        handover_minute: 8 * 60,
        period: None,
        ladder: Ladder {
            window_ms: 300_000,
            reminder_ms: None,
            drain_ms: 60_000,
            asking_patience_ms: 600_000,
            rung_patience_ms: 300_000,
            away_ms: 600_000,
        },
        units: Vec::new(),
        measure: Measure::NONE,
        daily: Daily::default(),
        desk_url: String::new(),
        letterhead: Letterhead::default(),
    }
}
