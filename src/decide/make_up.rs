//! 补查: whoever was asked in vain for a fault of ours is asked again, as long as the shift lasts and we
//! hear. Else a fault of ours would be as good as an answer for whoever was not there.
//!
//! Why a check is void is the check machine's; this one only asks anew.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::rounds::{self, Question};
use super::{Asked, Check, InsteadOf, MadeUp, Order, World, draws};
use crate::spotcheck::{CheckId, Sighting};
use crate::time::Moment;

/// A reading that began at `began` left the queue empty: we hear. All that can be made up for now is
/// asked in one round.
pub(super) fn due(draft: &mut Draft<'_>, began: Moment) {
    let (world, now) = (draft.world, draft.now);
    let owed: Vec<&Check> = world.checks.owed(began).collect();
    if owed.is_empty() {
        return;
    }
    let terms = world
        .in_force()
        .and_then(|(_, roster)| draws::terms(world, roster));
    let asleep_until = |asked: &Asked| {
        let terms = terms.as_ref();
        terms.and_then(|terms| terms.quiet_until(asked.role, asked.presence, now))
    };
    let mut there: BTreeMap<&str, Vec<Asked>> = BTreeMap::new();
    let mut questions: Vec<Question> = Vec::new();
    for check in owed {
        let unit = check.asked.unit.as_str();
        if let Some(later) = asked_later(world, check) {
            settle(draft, check.id, MadeUp::By(later));
            continue;
        }
        // Somebody rang, and they were there.
        if check.follow_up.rung_up().is_some_and(Sighting::is_there) {
            settle(draft, check.id, MadeUp::Never);
            continue;
        }
        let on_duty = there
            .entry(unit)
            .or_insert_with(|| rounds::askable_in(world, unit, now));
        let Some(asked) = on_duty.iter().find(|asked| is_still(check, asked, now)) else {
            let shift = check.asked.shift;
            // Our clock was set back: by what it shows the shift is still to come.
            let made_up = if now < shift.start() {
                MadeUp::NotBefore(shift.start())
            } else {
                MadeUp::Never
            };
            settle(draft, check.id, made_up);
            continue;
        };
        match asleep_until(asked) {
            Some(morning) => settle(draft, check.id, MadeUp::NotBefore(morning)),
            None => questions.push(Question {
                asked: asked.clone(),
                instead_of: Some(InsteadOf {
                    check: check.id,
                    times: 1 + check.follow_up.instead_of.map_or(0, |before| before.times),
                }),
            }),
        }
    }
    let Some(by) = world.in_force().map(|(version, _)| version.by) else {
        return;
    };
    if questions.is_empty() {
        return;
    }
    let owed: Vec<Option<InsteadOf>> = questions.iter().map(|q| q.instead_of).collect();
    let (_, asked) = rounds::begin(draft, by, &Order::MakeUp, questions);
    for (owed, again) in owed.into_iter().flatten().zip(asked) {
        settle(draft, owed.check, MadeUp::By(again));
    }
}

/// The check after it that asks the same person in the same shift.
fn asked_later(world: &World, check: &Check) -> Option<CheckId> {
    let mut theirs = world.checks.of(check.asked.account?).rev();
    let later = theirs.find(|later| {
        later.asked.unit == check.asked.unit && later.asked.shift.overlaps(&check.asked.shift)
    });
    later.map(|later| later.id).filter(|id| *id > check.id)
}

/// Whether `asked` is whom `check` asked, on the same duty, with time to answer.
fn is_still(check: &Check, asked: &Asked, now: Moment) -> bool {
    let ladder = &check.ladder;
    asked.name == check.asked.name
        && asked.account.is_some()
        && asked.shift.overlaps(&check.asked.shift)
        && now + ladder.window() + ladder.drain() <= asked.shift.end()
}

fn settle(draft: &mut Draft<'_>, check: CheckId, made_up: MadeUp) {
    let Some(mut check) = draft.check(check).cloned() else {
        return;
    };
    check.follow_up.made_up = made_up;
    draft.amend(check);
}
