//! Reading Telegram's queue: what a dry reading proves, and what a gap between two may hide.

use chrono::TimeDelta;

use super::draft::Draft;
use super::{AccountId, Hearing, Record, Say, Urgency};
use crate::spotcheck::{Blind, BlindCause, CheckId, Event};
use crate::time::{Moment, Span};

/// Telegram keeps a button press for about 150 s. A queue unread for this long may have lost one.
const BUTTON_LIFE: TimeDelta = TimeDelta::seconds(120);
/// How often the clerks are told of a second reader.
const CONFLICT_TOLD_EVERY: TimeDelta = TimeDelta::hours(1);

/// A reading that began at `began` left the queue empty: every open check that was due is judged.
pub(super) fn queue_read(draft: &mut Draft<'_>, began: Moment) {
    let hearing = draft.world.hearing;
    let silence = hearing
        .dry_from
        .filter(|from| began - *from > BUTTON_LIFE)
        .and_then(|from| Span::new(from, began));
    if let Some(span) = silence {
        let cause = BlindCause::Unread;
        went_blind(draft, Blind { span, cause });
    }
    for check in open_checks(draft) {
        let _ = draft.happen(check, &Event::QueueRead { began });
    }
    draft.put(Record::Hearing(Hearing {
        dry_from: Some(began),
        ..hearing
    }));
}

/// Answers given since the last dry reading may never reach us.
pub(super) fn disturbed(draft: &mut Draft<'_>, cause: BlindCause) {
    let now = draft.now;
    let hearing = draft.world.hearing;
    let from = hearing.dry_from.filter(|from| *from < now);
    let from = from.unwrap_or(now - TimeDelta::seconds(1));
    if let Some(span) = Span::new(from, now) {
        went_blind(draft, Blind { span, cause });
    }
    let told = hearing.conflict_told;
    if cause == BlindCause::Conflict && told.is_none_or(|at| now - at >= CONFLICT_TOLD_EVERY) {
        let clerks: Vec<AccountId> = draft.world.clerks().map(|c| c.id).collect();
        for clerk in clerks {
            draft.say(clerk, Urgency::Escalation, Say::TwoReaders);
        }
        draft.put(Record::Hearing(Hearing {
            conflict_told: Some(now),
            ..hearing
        }));
    }
}

fn went_blind(draft: &mut Draft<'_>, blind: Blind) {
    for check in open_checks(draft) {
        let _ = draft.happen(check, &Event::WentBlind(blind));
    }
}

fn open_checks(draft: &Draft<'_>) -> Vec<CheckId> {
    draft
        .world
        .checks
        .values()
        .filter(|c| c.state.is_open())
        .map(|c| c.id)
        .collect()
}
