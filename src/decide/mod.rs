//! What an input means and what follows: `decide(world, input, now)` → one [`Change`].
//!
//! Pure: it sends nothing, stores nothing and reads no clock. It does not know how a sentence
//! reads nor what Telegram looks like; it speaks in facts.

mod account;
mod answers;
#[cfg(test)]
mod answers_laws;
#[cfg(test)]
mod answers_tests;
mod binding;
mod board;
mod calendar;
#[cfg(test)]
mod calendar_tests;
mod change;
mod chase;
mod checks;
mod circular;
mod clerks;
mod climbing;
mod daily;
mod desk;
#[cfg(test)]
mod downtime_laws;
mod draft;
mod draws;
mod enclosure;
mod follow_up;
mod form;
mod gaps;
mod given;
mod happening;
mod heard;
mod hearing;
#[cfg(test)]
mod hearing_laws;
#[cfg(test)]
mod hearing_tests;
mod input;
mod key;
mod leave;
mod liaisons;
mod make_up;
#[cfg(test)]
mod make_up_tests;
mod page;
mod phone;
mod presses;
mod ready;
#[cfg(test)]
mod restart_tests;
mod rounds;
#[cfg(test)]
mod sample;
mod say;
mod statements;
mod strangers;
mod template;
mod told;
mod unit;
mod upload;
mod uploads;
mod verdicts;
mod versions;
mod world;

pub use account::{Account, AccountId, Bound};
pub use board::{
    Bar, Board, DayPosts, DayTab, GapAhead, Rostered, RoundBoard, Standing, UnitDay, Unreachable,
    leads,
};
pub use calendar::{Calendar, CalendarEntry, Whose};
pub use change::{Change, Notice, Slot, Urgency};
pub use chase::{ChaseReport, ChasedUnit};
pub use checks::Checks;
pub use circular::{
    Approval, CircularId, CircularPress, CircularSay, Correction, Numbers, Proceeding, Questioned,
    Reader, Stage, Struck, UnitAnswer, UnitHeard, Why, checks_made, circular_facts,
    reported_period,
};
pub use clerks::{ClerkLine, ClerkLink, ClerksSay};
pub use daily::{
    Ahead, Asking, Daily, DailyReport, DailySay, Digest, Matter, Planned, ReportId, ReportPress,
    Reports, Told,
};
pub use desk::{DeskDoor, DeskLink};
pub use enclosure::{Enclosure, Export, Letterhead, duty_lines};
pub use follow_up::{
    Above, Cause, Drafting, FollowUp, InsteadOf, MadeUp, Recall, Remark, Report, Ruling, Statement,
    ToRing,
};
pub use form::{FormReport, FormTalk, Said};
pub use gaps::{gap_map, gap_report};
pub use given::Given;
pub use input::{
    Answer, ChatPlace, Command, Fetched, Heard, Input, Pinged, Press, Pressed, Undone, What,
};
pub use key::Key;
pub use leave::{
    Agreed, Asker, Awaited, Consent, Effects, Leader, Leave, LeaveEnd, LeaveId, LeaveKind,
    LeavePress, LeaveSay, LeaveState, Offer, Party, Request,
};
pub use page::{OwnLinks, OwnPage, Page, PageId, PageShift, Possible, Way, Writing};
pub use phone::{Whom, worksheet};
pub use ready::{Contact, Readiness, Somebody, readiness};
pub use say::Say;
pub use strangers::Heeded;
pub use told::{
    Counts, DrawShown, FileReport, GapLine, GapPicture, GapReport, LinkRefusal, Listener, OnDuty,
    Origin, Other, Ping, RoundSummary, Toast, Unlinked,
};
pub use unit::{UnitShift, UnitState};
pub use upload::{RosterId, Upload, UploadId, UploadState, Version};
pub use versions::{Changed, SentBy, VersionLine};
pub use world::{
    Asked, Check, Clocks, Draw, DrawId, HeadTold, Hearing, Order, Policy, Record, Round, RoundId,
    Summary, World,
};

pub use crate::journal::Chase;
use crate::spotcheck::{self, CheckId, ClimbEvent, Event};
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
        Input::Heard(heard) if heard.place == ChatPlace::Desk => {
            draft.at_desk(heard.account);
            heard::heard(&mut draft, heard);
        }
        // A page says nothing of whether messages arrive.
        Input::Heard(heard) if heard.place == ChatPlace::Page => page::heard(&mut draft, heard),
        Input::Heard(heard) => {
            draft.rests_on(heard.raw);
            if let Some(dated) = heard.dated {
                hearing::date_heard(&mut draft, dated, heard.received);
            }
            ready::heard_from(&mut draft, heard);
            heard::heard(&mut draft, heard);
        }
        Input::QueueOpened { began, dated } => {
            hearing::queue_opened(&mut draft, *began, *dated);
            hearing::queue_answered(&mut draft, *began, *dated);
        }
        Input::QueueRead { began } => hearing::queue_read(&mut draft, *began),
        Input::QueueFull { began, dated } => hearing::queue_full(&mut draft, *began, *dated),
        Input::Disturbed { cause } => hearing::disturbed(&mut draft, *cause),
        Input::ClockSet { by } => hearing::clock_set(&mut draft, *by),
        Input::Pinged { check, result } => {
            let event = match *result {
                Pinged::Delivered { dated, confirmed } => {
                    hearing::clocks_compared(&mut draft, *check, dated);
                    hearing::date_heard(&mut draft, dated, confirmed);
                    let across_start = hearing::was_queued_before_start(&draft, *check);
                    Event::Delivered {
                        dated,
                        confirmed,
                        across_start,
                    }
                }
                Pinged::Refused(reason) => Event::Refused(reason),
            };
            let _ = draft.happen(*check, &event);
        }
        Input::RungTold {
            check,
            rung,
            result,
        } => rung_told(&mut draft, *check, *rung, *result),
        Input::Fetched { upload, result } => uploads::fetched(&mut draft, *upload, result),
        Input::Introduced { bot } => {
            if world.bot.as_deref() != Some(bot) {
                draft.put(Record::Bot(bot.clone()));
            }
            // Who speaks for a unit, and what can be asked for, may have changed with this start.
            let accounts: Vec<AccountId> = world.accounts.keys().copied().collect();
            for account in accounts {
                if matches!(draft.listener(account), Listener::Clerk | Listener::Liaison) {
                    draft.show_menu(account);
                }
            }
        }
        Input::Undelivered { account, reason } => {
            ready::undelivered(&mut draft, *account, *reason);
        }
        Input::Tick => {
            tick(&mut draft);
            leave::expired(&mut draft);
            daily::done(&mut draft);
            circular::done(&mut draft);
        }
        Input::Started { chance } => {
            let down = hearing::started(&mut draft);
            draws::started(&mut draft, chance);
            desk::started(&mut draft, chance);
            if let Some(down) = down {
                page::came_up(&mut draft, down);
            }
            // What came to its end meanwhile is not asked any more.
            tick(&mut draft);
        }
        Input::Restored(undone) => hearing::restored(&mut draft, undone),
        Input::JournalHead { lines, link } => draws::tell_head(&mut draft, *lines, *link),
        Input::DeskOpened { token } => desk::opened(&mut draft, token),
        Input::DeskClosed { account } => desk::closed(&mut draft, *account),
        Input::DeskNamed { account, name } => desk::named(&mut draft, *account, name),
        Input::PageOpened { member } => page::opened(&mut draft, member),
    }
    if let Some((version, roster)) = draft.new_version() {
        leave::after_version(&mut draft, version, &roster);
    }
    let mut change = draft.done();
    if draws::concern(&change) {
        let mut after = world.clone();
        after.apply(&change);
        change.extend(draws::sealed(world, &after, input.chance(), now));
    }
    change
}

fn tick(draft: &mut Draft<'_>) {
    let woken = draft.world.checks.woken(draft.now);
    let due: Vec<CheckId> = woken
        .filter(|c| spotcheck::next_wake(&c.ladder, &c.state).is_some_and(|wake| wake <= draft.now))
        .map(|c| c.id)
        .collect();
    for check in due {
        let _ = draft.happen(check, &Event::Woken);
    }
    draws::due(draft);
    let woken = draft.world.checks.woken(draft.now);
    let climbing: Vec<CheckId> = woken
        .filter(|c| c.next_climb().is_some_and(|wake| wake <= draft.now))
        .map(|c| c.id)
        .collect();
    for check in climbing {
        draft.climb(check, &ClimbEvent::Woken);
    }
}

/// Telegram's word on the question to somebody above.
fn rung_told(draft: &mut Draft<'_>, check: CheckId, rung: u8, result: Pinged) {
    let event = match result {
        Pinged::Delivered { confirmed, .. } => ClimbEvent::Told {
            rung,
            at: confirmed,
        },
        Pinged::Refused(_) => ClimbEvent::Refused { rung },
    };
    draft.climb(check, &event);
}
