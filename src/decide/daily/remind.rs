//! Reminders to those whose shift is ahead.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Ahead, DailySay, is_night_or_early, say};
use crate::decide::AccountId;
use crate::decide::draft::Draft;
use crate::duty::{Turn, turns_of};
use crate::roster::{Role, Roster};
use crate::time::Moment;

/// An hour or so before: those whose shift begins at `start`, but who are on duty until then
/// know.
pub(super) fn before(draft: &mut Draft<'_>, start: Moment) {
    remind(draft, Ahead::Soon, |roster, turns| {
        let goes_on = |turn: &Turn| {
            turns_of(roster, |_, p| turn.is_of(p))
                .iter()
                .any(|other| other.span.start() < start && other.span.end() >= start)
        };
        turns.retain(|turn| turn.span.start() == start && !goes_on(turn));
    });
}

/// The evening of `day`: those who have the next night or early morning.
pub(super) fn evening(draft: &mut Draft<'_>, day: NaiveDate) {
    let (zone, now) = (draft.world.policy.zone, draft.now);
    let Some(tomorrow) = day.succ_opt() else {
        return;
    };
    remind(draft, Ahead::Tomorrow, |_, turns| {
        turns.retain(|turn| {
            let start = turn.span.start();
            zone.date(start) == tomorrow && start > now && is_night_or_early(&turn.span, zone)
        });
    });
}

/// One message to each account of those whose turns `keep` leaves.
fn remind(draft: &mut Draft<'_>, ahead: Ahead, keep: impl Fn(&Roster, &mut Vec<Turn>)) {
    let world = draft.world;
    let Some((_, roster)) = world.in_force() else {
        return;
    };
    let is_duty = |turn: &Turn| {
        let mut posts = roster.posts.iter();
        let post = posts.find(|p| p.unit == turn.unit && p.name == turn.post);
        post.is_some_and(|p| p.role != Role::Principal)
    };
    let mut turns = turns_of(roster, |_, _| true);
    keep(roster, &mut turns);
    turns.retain(is_duty);
    let mut by_account: BTreeMap<AccountId, Vec<Turn>> = BTreeMap::new();
    for turn in turns {
        let person = &turn.person;
        let account = world.account_of(&turn.unit, &person.name, person.phone.as_ref());
        if let Some(account) = account {
            by_account.entry(account.id).or_default().push(turn);
        }
    }
    for (account, turns) in by_account {
        say(draft, account, DailySay::ShiftAhead { turns, ahead });
    }
}
