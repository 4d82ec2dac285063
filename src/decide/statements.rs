//! What the person asked says beside "here": stepped out, swapped, and why an answer came late.

use super::answers::press_evidence;
use super::draft::Draft;
use super::happening::Stepped;
use super::leave::{self, Claimed};
use super::{AccountId, Check, Heard, Say, Slot, Statement, Toast, Urgency, page, verdicts};
use crate::journal::Deed;
use crate::spotcheck::{
    Attachment, CheckId, ClimbEnd, ClimbEvent, Event, Evidence, Explanation, Outcome, Plea,
    Reminded, Said, Stage, VoidReason,
};

/// How much of somebody's own words is kept.
const MOST_WORDS: usize = 200;

/// A press of one of a ping's other buttons.
pub(super) fn pleaded(
    draft: &mut Draft<'_>,
    heard: &Heard,
    query: String,
    id: CheckId,
    plea: Plea,
) {
    let Some(check) = own(draft, heard, &query, id) else {
        return;
    };
    let evidence = press_evidence(draft, heard, &check);
    let toast = match draft.happen(id, &Event::Pleaded(evidence, plea)) {
        Stepped::Unchanged => Toast::Already,
        Stepped::Changed => {
            // In time it is the outcome itself.
            if let Some(Outcome::Late { .. }) = draft.check(id).and_then(|c| c.state.outcome()) {
                state(draft, heard, id, Said::Plea(plea));
                tell_again(draft, id);
                Toast::RecordedLate { at: heard.received }
            } else {
                follow(draft, id);
                Toast::Noted
            }
        }
    };
    draft.say(heard.account, Urgency::Receipt, Say::Toast { query, toast });
}

/// What follows from a plea that excuses.
fn follow(draft: &mut Draft<'_>, id: CheckId) {
    let Some(check) = draft.check(id).cloned() else {
        return;
    };
    let Some(Outcome::Void {
        reason: VoidReason::Excused { plea, evidence },
    }) = check.state.outcome()
    else {
        return;
    };
    if *plea == Plea::SteppedOut {
        let until = evidence.received() + check.ladder.away();
        draft.climb(id, &ClimbEvent::Due { until });
        return;
    }
    let mut awaiting = check.clone();
    awaiting.follow_up.words_from = Some(draft.now);
    draft.amend(awaiting);
    let by = check.asked.account.filter(|_| *plea == Plea::Swapped);
    match by.map(|by| leave::claimed(draft, by, &check)) {
        // Whoever has the shift may say so; then those above are asked.
        Some(Claimed::Asking) => {
            let until = evidence.received() + check.ladder.rung_patience();
            draft.climb(id, &ClimbEvent::Due { until });
        }
        Some(Claimed::Nobody) => draft.climb(id, &ClimbEvent::Silent),
        None => draft.climb(id, &ClimbEvent::Referred),
    }
}

/// Somebody else says that the shift is theirs.
pub(super) fn relieved(draft: &mut Draft<'_>, heard: &Heard, id: CheckId, name: String) {
    draft.climb(id, &ClimbEvent::Ended(ClimbEnd::Relieved));
    state(draft, heard, id, Said::Relieved(name));
    tell_again(draft, id);
}

/// "I'm back."
pub(super) fn came_back(draft: &mut Draft<'_>, heard: &Heard, query: String, id: CheckId) {
    if own(draft, heard, &query, id).is_none() {
        return;
    }
    let toast = if is_back(draft, heard, id) {
        Toast::Noted
    } else {
        Toast::Already
    };
    draft.say(heard.account, Urgency::Receipt, Say::Toast { query, toast });
}

/// Whether the person was out, and now no longer is.
pub(super) fn is_back(draft: &mut Draft<'_>, heard: &Heard, id: CheckId) -> bool {
    let Some(check) = draft.check(id) else {
        return false;
    };
    let stepped_out = matches!(
        check.state.outcome(),
        Some(Outcome::Void {
            reason: VoidReason::Excused {
                plea: Plea::SteppedOut,
                ..
            }
        })
    );
    let was_reminded = check.state.reminded() == Reminded::Done;
    let is_out = matches!(
        check.follow_up.climb.stage,
        Stage::Due { .. } | Stage::On { .. }
    );
    if !stepped_out || !is_out {
        return false;
    }
    draft.climb(id, &ClimbEvent::Ended(ClimbEnd::Back));
    state(draft, heard, id, Said::Back);
    let slots = [Slot::Ping(id), Slot::Reminder(id)];
    let shown = if was_reminded { 2 } else { 1 };
    for slot in slots.into_iter().take(shown) {
        let say = Say::BackAtPost { at: heard.received };
        draft.show(heard.account, Urgency::Receipt, slot, say);
    }
    true
}

/// A press of one of the explanations offered with a late answer.
pub(super) fn explained(
    draft: &mut Draft<'_>,
    heard: &Heard,
    query: String,
    id: CheckId,
    excuse: Explanation,
) {
    let Some(check) = own(draft, heard, &query, id) else {
        return;
    };
    let is_late = matches!(check.state.outcome(), Some(Outcome::Late { .. }));
    let toast = match (is_late, check.follow_up.last_said()) {
        (true, None) => {
            state(draft, heard, id, Said::Explanation(excuse));
            tell_again(draft, id);
            Toast::Noted
        }
        (true, Some(_)) => Toast::Already,
        (false, _) => Toast::Outdated,
    };
    draft.say(heard.account, Urgency::Receipt, Say::Toast { query, toast });
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    Taken,
    Unclaimed,
}

/// A text that is no answer and no order: it may be a reason or an explanation somebody was
/// asked for.
pub(super) fn words(draft: &mut Draft<'_>, heard: &Heard, text: &str) -> Words {
    let words: String = text.trim().chars().take(MOST_WORDS).collect();
    if words.is_empty() {
        return Words::Unclaimed;
    }
    if verdicts::reasoned(draft, heard, &words) == Words::Taken {
        return Words::Taken;
    }
    let Some(id) = awaiting(draft, heard.account) else {
        return Words::Unclaimed;
    };
    state(draft, heard, id, Said::Words(words.clone()));
    tell_again(draft, id);
    // Nobody that could be asked here was named.
    if draft.check(id).is_some_and(says_swapped) {
        draft.climb(id, &ClimbEvent::Silent);
    }
    let noted = Say::WordsNoted { words };
    draft.say(heard.account, Urgency::Receipt, noted);
    Words::Taken
}

/// A photo or a voice message of somebody whose own words are awaited. They may still be to come:
/// pictures arrive one by one.
pub(super) fn shown(
    draft: &mut Draft<'_>,
    heard: &Heard,
    attachment: &Attachment,
    caption: &str,
) -> Words {
    let Some(id) = awaiting(draft, heard.account) else {
        return Words::Unclaimed;
    };
    let words: String = caption.trim().chars().take(MOST_WORDS).collect();
    let since = draft.check(id).and_then(|check| check.follow_up.words_from);
    let attachment = attachment.clone();
    let said = Said::Shown { attachment, words };
    state(draft, heard, id, said.clone());
    if let Some(mut check) = draft.check(id).cloned() {
        check.follow_up.words_from = since;
        draft.amend(check);
    }
    tell_again(draft, id);
    let noted = Say::ShownNoted { said };
    draft.say(heard.account, Urgency::Receipt, noted);
    Words::Taken
}

/// What the person asked has sent about a check, for a clerk to see and hear.
pub(super) fn tell_attached(draft: &mut Draft<'_>, heard: &Heard, id: CheckId) {
    let Some(check) = draft.check(id).cloned() else {
        return;
    };
    for statement in check.follow_up.statements {
        let Said::Shown { attachment, words } = statement.said else {
            continue;
        };
        let say = Say::Attached {
            unit: check.asked.unit.clone(),
            name: check.asked.name.clone(),
            at: statement.at,
            attachment,
            words,
        };
        draft.say(heard.account, Urgency::Report, say);
    }
}

/// The check about which the account's own words are awaited.
fn awaiting(draft: &Draft<'_>, account: AccountId) -> Option<CheckId> {
    let mut theirs = draft.world.checks.of(account).rev();
    let awaiting = theirs.find(|check| check.follow_up.awaits_words(draft.now));
    awaiting.map(|check| check.id)
}

fn says_swapped(check: &Check) -> bool {
    let reason = check.state.outcome().and_then(|outcome| match outcome {
        Outcome::Void { reason } => Some(reason),
        _ => None,
    });
    matches!(
        reason,
        Some(VoidReason::Excused {
            plea: Plea::Swapped,
            ..
        })
    )
}

/// Forgets that words are awaited from this account.
pub(super) fn forget(draft: &mut Draft<'_>, account: AccountId) {
    let awaiting: Vec<Check> = draft
        .world
        .checks
        .values()
        .filter(|check| {
            let own = check.asked.account == Some(account);
            let words = own && check.follow_up.awaits_words(draft.now);
            words || check.follow_up.awaits_reason(account, draft.now)
        })
        .cloned()
        .collect();
    for mut check in awaiting {
        if check.asked.account == Some(account) {
            check.follow_up.words_from = None;
        }
        check
            .follow_up
            .drafting
            .take_if(|drafting| drafting.by == account);
        draft.amend(check);
    }
}

/// Attaches what the person said to the check.
fn state(draft: &mut Draft<'_>, heard: &Heard, id: CheckId, said: Said) {
    let Some(mut check) = draft.check(id).cloned() else {
        return;
    };
    draft.note(Deed::PersonSaid {
        check: id,
        account: heard.account.0,
        said: said.clone(),
    });
    check.follow_up.words_from = None;
    check.follow_up.statements.push(Statement {
        at: draft.now,
        said,
    });
    draft.look_into(check.round);
    draft.recount(check.round);
    draft.amend(check);
}

/// What stands on the person's phone no longer asks what was answered.
fn tell_again(draft: &mut Draft<'_>, id: CheckId) {
    let Some(check) = draft.check(id).cloned() else {
        return;
    };
    let Some(Outcome::Late {
        by_secs,
        evidence: Evidence::Message { received, .. },
    }) = check.state.outcome()
    else {
        draft.tell(&check);
        return;
    };
    // A text has its own receipt, and that one asked.
    let receipt = Say::LateReceipt {
        check: id,
        at: *received,
        by_secs: *by_secs,
        said: check.follow_up.last_said().cloned(),
    };
    if let Some(to) = check.asked.account {
        draft.show(to, Urgency::Receipt, Slot::Receipt(id), receipt);
    }
}

/// The check, where it is the presser's own; otherwise they hear that it is not.
fn own(draft: &mut Draft<'_>, heard: &Heard, query: &str, id: CheckId) -> Option<Check> {
    let check = draft.check(id).cloned();
    let toast = match &check {
        Some(check) if page::is_own(draft.world, heard, check) => return Some(check.clone()),
        Some(_) => Toast::NotYours,
        None => Toast::Outdated,
    };
    let query = query.to_owned();
    draft.say(heard.account, Urgency::Receipt, Say::Toast { query, toast });
    None
}
