//! What an input means and what follows: `decide(world, input, now)` → one [`Change`].
//!
//! Pure: it sends nothing, stores nothing and reads no clock. It does not know how a sentence
//! reads nor what Telegram looks like; it speaks in facts.

mod answers;
mod binding;
mod change;
mod daily;
mod draft;
mod gaps;
mod heard;
mod hearing;
mod input;
mod key;
mod leave;
mod ready;
mod rounds;
mod say;
mod template;
mod uploads;
mod world;

pub use change::{Change, Notice, Slot, Urgency};
pub use daily::{
    Asking, Daily, DailyReport, DailySay, Digest, Matter, Planned, ReportId, ReportPress, Reports,
    Told,
};
pub use gaps::gap_report;
pub use input::{Answer, ChatPlace, Command, Fetched, Heard, Input, Pinged, Press, Pressed, What};
pub use key::Key;
pub use leave::{
    Agreed, Asker, Awaited, Consent, Effects, Leader, Leave, LeaveEnd, LeaveId, LeaveKind,
    LeavePress, LeaveSay, LeaveState, Offer, Party, Request,
};
pub use ready::{Contact, Readiness, Somebody, readiness};
pub use say::{
    Counts, FileReport, GapLine, GapReport, LinkRefusal, Listener, OnDuty, Other, Ping,
    RoundSummary, Say, Toast, Unlinked,
};
pub use world::{
    Account, AccountId, Asked, Bound, Check, Hearing, Order, Policy, Record, RosterId, Round,
    RoundId, Summary, Upload, UploadId, UploadState, Version, World,
};

use crate::spotcheck::{self, CheckId, Event};
use crate::time::Moment;
use draft::Draft;

/// The language somebody is spoken to in.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Zh,
    En,
}

/// What follows from `input` in `world` at `now`. Deciding again once the change is applied
/// changes nothing more.
#[must_use]
pub fn decide(world: &World, input: &Input, now: Moment) -> Change {
    let mut draft = Draft::new(world, now);
    match input {
        Input::Heard(heard) => {
            ready::heard_from(&mut draft, heard);
            heard::heard(&mut draft, heard);
        }
        Input::QueueRead { began } => hearing::queue_read(&mut draft, *began),
        Input::Disturbed { cause } => hearing::disturbed(&mut draft, *cause),
        Input::Pinged { check, result } => {
            let event = match *result {
                Pinged::Delivered { dated, confirmed } => Event::Delivered { dated, confirmed },
                Pinged::Refused(reason) => Event::Refused(reason),
            };
            let _ = draft.happen(*check, &event);
        }
        Input::Fetched { upload, result } => uploads::fetched(&mut draft, *upload, result),
        Input::Introduced { bot } => {
            if world.bot.as_deref() != Some(bot) {
                draft.put(Record::Bot(bot.clone()));
            }
        }
        Input::Undelivered { account, reason } => {
            ready::undelivered(&mut draft, *account, *reason);
        }
        Input::Tick => {
            tick(&mut draft);
            leave::expired(&mut draft);
            daily::done(&mut draft);
        }
    }
    if let Some((version, roster)) = draft.new_version() {
        leave::after_version(&mut draft, version, &roster);
    }
    draft.done()
}

fn tick(draft: &mut Draft<'_>) {
    let due: Vec<CheckId> = draft
        .world
        .checks
        .values()
        .filter(|c| spotcheck::next_wake(&c.ladder, &c.state).is_some_and(|wake| wake <= draft.now))
        .map(|c| c.id)
        .collect();
    for check in due {
        let _ = draft.happen(check, &Event::Woken);
    }
}
