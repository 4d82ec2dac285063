//! Whom to ring: the telephone worksheet, and the list of a round with all that is known.

use std::collections::BTreeSet;

use super::climbing::{duty_line, other};
use super::draft::Draft;
use super::rounds::askable;
use super::{AccountId, Asked, Check, Heard, Other, RoundId, Say, ToRing, Toast, Urgency, World};
use crate::time::Moment;

/// How many people stand in one message.
const TO_RING_A_PAGE: usize = 10;
const PEOPLE_A_PAGE: usize = 15;

/// Who is to be on the worksheet, of those on duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Those to be looked into.
    Unsettled,
    /// All of them, as on a day without Telegram.
    Everybody,
}

/// Everybody on duty at `at` who has to be rung: who was asked and is not settled, of whom we cannot
/// hear, and who has no account to be asked by. By unit, in the roster's order.
#[must_use]
pub fn worksheet(world: &World, whom: Whom, at: Moment) -> Vec<ToRing> {
    let mut sheet: Vec<ToRing> = Vec::new();
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    // The newest check of somebody is the one that counts.
    for check in world.checks.values().rev() {
        let whose = (check.asked.unit.clone(), check.asked.name.clone());
        let is_meant =
            whom == Whom::Everybody || check.is_unsettled() || world.wants_a_call(check, at);
        if !world.is_on_shift(check, at) || !seen.insert(whose) || !is_meant {
            continue;
        }
        let line = duty_line(world, &check.asked.unit, Some(check.asked.version));
        sheet.push(to_ring(check, line));
    }
    sheet.reverse();
    let unasked = askable(world, at).into_iter().filter(|asked| {
        let whose = (asked.unit.clone(), asked.name.clone());
        let is_meant = whom == Whom::Everybody || asked.account.is_none();
        is_meant && !seen.contains(&whose)
    });
    for asked in unasked {
        let line = duty_line(world, &asked.unit, None);
        sheet.push(of_asked(&asked, line));
    }
    sheet
}

impl World {
    /// Whether the shift `check` asked about is on when our clock shows `now`; or would be, had it
    /// not been set since: by what they were asked, and by Telegram's clock where that is known.
    fn is_on_shift(&self, check: &Check, now: Moment) -> bool {
        let theirs = self.hearing.dates_heard.map(|heard| heard.theirs_at(now));
        let since = check.state.delivery().map(|delivery| match theirs {
            Some(theirs) => theirs - delivery.dated,
            None => now - delivery.confirmed,
        });
        let round = self.rounds.get(&check.round);
        let unset = round.zip(since).map(|(round, since)| round.at + since);
        let shift = &check.asked.shift;
        shift.contains(now) || unset.is_some_and(|unset| shift.contains(unset))
    }

    /// Whether somebody should ring whoever `check` asked at `now`: only a telephone tells of them,
    /// their shift is on, and nobody has rung yet.
    #[must_use]
    pub fn wants_a_call(&self, check: &Check, now: Moment) -> bool {
        let nobody_rang = check.follow_up.rung_up().is_none();
        check.is_unheard(now) && self.is_on_shift(check, now) && nobody_rang
    }
}

/// `/phone`.
pub(super) fn tell_worksheet(draft: &mut Draft<'_>, heard: &Heard) {
    if draft.world.in_force().is_none() {
        draft.say(heard.account, Urgency::Report, Say::NoRoster);
        return;
    }
    let people = worksheet(draft.world, Whom::Unsettled, draft.now);
    tell(draft, heard.account, &people);
}

/// Whom of one round to ring.
pub(super) fn tell_round_worksheet(
    draft: &mut Draft<'_>,
    heard: &Heard,
    query: String,
    id: RoundId,
) {
    let Some(round) = draft.round(id).cloned() else {
        toast(draft, heard, query, Toast::Outdated);
        return;
    };
    let checks = round.checks.iter().filter_map(|id| draft.check(*id));
    let people: Vec<ToRing> = checks
        .filter(|check| {
            check.is_unsettled()
                || check.may_be_ruled()
                || draft.world.wants_a_call(check, draft.now)
        })
        .map(|check| {
            let line = duty_line(draft.world, &check.asked.unit, Some(check.asked.version));
            to_ring(check, line)
        })
        .collect();
    toast(draft, heard, query, Toast::Done);
    tell(draft, heard.account, &people);
}

fn tell(draft: &mut Draft<'_>, to: AccountId, people: &[ToRing]) {
    let total = number(people.len());
    let pages = number(people.chunks(TO_RING_A_PAGE).len()).max(1);
    let mut chunks = people.chunks(TO_RING_A_PAGE);
    for page in 1..=pages {
        let say = Say::Worksheet {
            at: draft.now,
            people: chunks.next().unwrap_or_default().to_vec(),
            total,
            page,
            pages,
        };
        draft.say(to, Urgency::Report, say);
    }
}

/// Everybody a round asked, with what became of it.
pub(super) fn tell_detail(draft: &mut Draft<'_>, heard: &Heard, query: String, id: RoundId) {
    let Some(round) = draft.round(id).cloned() else {
        toast(draft, heard, query, Toast::Outdated);
        return;
    };
    toast(draft, heard, query, Toast::Done);
    let people: Vec<Other> = round
        .checks
        .iter()
        .filter_map(|check| other(draft.check(*check)?))
        .collect();
    let pages = number(people.chunks(PEOPLE_A_PAGE).len()).max(1);
    let mut chunks = people.chunks(PEOPLE_A_PAGE);
    for page in 1..=pages {
        let say = Say::RoundDetail {
            round: id,
            at: round.at,
            people: chunks.next().unwrap_or_default().to_vec(),
            page,
            pages,
        };
        draft.say(heard.account, Urgency::Report, say);
    }
}

pub(super) fn to_ring(check: &Check, duty_line: Option<String>) -> ToRing {
    ToRing {
        check: Some(check.id),
        ..of_asked(&check.asked, duty_line)
    }
}

fn of_asked(asked: &Asked, duty_line: Option<String>) -> ToRing {
    ToRing {
        check: None,
        unit: asked.unit.clone(),
        name: asked.name.clone(),
        role: asked.role,
        presence: asked.presence,
        duty_line,
        phone: asked.phone.clone(),
    }
}

fn toast(draft: &mut Draft<'_>, heard: &Heard, query: String, toast: Toast) {
    draft.say(heard.account, Urgency::Receipt, Say::Toast { query, toast });
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
