//! Answers to checks: a press, a word, or the check's number.

use super::draft::Draft;
use super::happening::Stepped;
use super::statements::is_back;
use super::{AccountId, Answer, ChatPlace, Check, Heard, Say, Slot, Toast, Urgency, hearing, page};
use crate::spotcheck::{CheckId, Event, Evidence, Outcome, State, VoidReason};
use crate::time::{Moment, TimeDelta};

/// How long an unanswered check is still what a bare "here" is about.
const RECENT: TimeDelta = TimeDelta::hours(24);

/// A press of a ping's button.
pub(super) fn pressed(draft: &mut Draft<'_>, heard: &Heard, query: String, id: CheckId) {
    let toast = match draft.check(id) {
        Some(check) if page::is_own(draft.world, heard, check) => {
            let evidence = press_evidence(draft, heard, check);
            match draft.happen(id, &Event::Answered(evidence)) {
                Stepped::Unchanged => Toast::Already,
                Stepped::Changed => recorded(draft.check(id), heard),
            }
        }
        Some(_) => Toast::NotYours,
        None => Toast::Outdated,
    };
    draft.say(heard.account, Urgency::Receipt, Say::Toast { query, toast });
}

/// When a press of one of the check's buttons was made, as far as is known.
pub(super) fn press_evidence(draft: &Draft<'_>, heard: &Heard, check: &Check) -> Evidence {
    if heard.place == ChatPlace::Page {
        return Evidence::Page {
            received: heard.received,
            deaf: draft.world.hearing.deaf.or(draft.world.hearing.doubt),
        };
    }
    // Where the queue was never empty, nothing proves that it came later.
    let asked = check.state.delivery().map(|d| d.confirmed);
    let dry_from = draft.world.hearing.dry_from.or(asked);
    Evidence::Button {
        update: heard.update,
        // It was there when it came, whatever our clock did since the queue was empty.
        not_before: dry_from.map_or(heard.received, |from| from.min(heard.received)),
        received: heard.received,
    }
}

fn recorded(check: Option<&Check>, heard: &Heard) -> Toast {
    let at = heard.received;
    match check.and_then(|c| c.state.outcome()) {
        Some(Outcome::Late { .. }) => Toast::RecordedLate { at },
        _ => Toast::Recorded { at },
    }
}

/// A text that is an answer.
pub(super) fn texted(draft: &mut Draft<'_>, heard: &Heard, answer: Answer) {
    let dated = heard.dated.unwrap_or(heard.received);
    let evidence = Evidence::Message {
        update: heard.update,
        dated,
        received: heard.received,
    };
    let targets = match answer {
        Answer::Number(id) => draft
            .check(id)
            .filter(|c| c.asked.account == Some(heard.account))
            .map(|c| vec![c.id])
            .unwrap_or_default(),
        Answer::Here => meant(draft, heard.account, &evidence, dated),
    };
    if targets.is_empty() {
        let waiting = waiting(draft, heard.account);
        let say = if waiting.is_empty() {
            Say::NothingToAnswer
        } else {
            Say::OtherNumber { waiting }
        };
        draft.say(heard.account, Urgency::Receipt, say);
        return;
    }
    for id in targets {
        let stepped = draft.happen(id, &Event::Answered(evidence));
        if stepped == Stepped::Unchanged && is_back(draft, heard, id) {
            continue;
        }
        let said = draft
            .check(id)
            .and_then(|check| check.follow_up.last_said().cloned());
        let receipt = match draft.check(id).map(|c| c.state) {
            Some(State::Closed {
                outcome: Outcome::Late { by_secs, .. },
                ..
            }) => Say::LateReceipt {
                check: id,
                at: heard.received,
                by_secs,
                said,
            },
            Some(State::Closed {
                outcome: Outcome::Present { .. },
                ..
            }) => Say::AnswerReceipt {
                check: id,
                at: heard.received,
            },
            _ => Say::NothingToAnswer,
        };
        // The first one can be edited once it is explained.
        if let (Say::LateReceipt { .. }, Stepped::Changed) = (&receipt, stepped) {
            draft.show(heard.account, Urgency::Receipt, Slot::Receipt(id), receipt);
        } else {
            draft.say(heard.account, Urgency::Receipt, receipt);
        }
    }
}

fn waiting(draft: &Draft<'_>, account: AccountId) -> Vec<CheckId> {
    let theirs = draft.world.checks.of(account);
    theirs.filter(|c| c.state.is_open()).map(|c| c.id).collect()
}

/// The checks a bare "here" is about: every one it answers in time, be it judged already, and
/// every one that may have been asked by then and is open, or was only just given up. Where none
/// of these was surely asked when it was written, also the latest of before that still lacks an
/// answer.
fn meant(
    draft: &Draft<'_>,
    account: AccountId,
    evidence: &Evidence,
    dated: Moment,
) -> Vec<CheckId> {
    let theirs = draft.world.checks.of(account);
    let mut answered = Vec::new();
    let mut latest: Option<&Check> = None;
    let mut in_doubt = true;
    for check in theirs {
        let delivery = check.state.delivery();
        // Written before the question, it is about another one.
        if !may_have_asked(draft, check, evidence, dated) {
            continue;
        }
        let in_time =
            delivery.is_some_and(|d| d.lateness(evidence, &check.ladder) <= TimeDelta::zero());
        if check.state.is_open() || in_time || was_just_given_up(draft, check, dated) {
            answered.push(check.id);
            in_doubt &= delivery.is_none_or(|d| dated < d.dated);
        } else if let State::Closed { at, .. } = check.state
            && draft.now - at < RECENT
            && latest.is_none_or(|known| lacks_answer(check) || !lacks_answer(known))
        {
            latest = Some(check);
        }
    }
    if in_doubt {
        answered.extend(latest.map(|check| check.id));
    }
    answered
}

/// Whether it was given up as never sent, by the length of its window before what Telegram dated
/// so at most. A copy may have gone out whose receipt was lost, and this be the answer to it.
fn was_just_given_up(draft: &Draft<'_>, check: &Check, dated: Moment) -> bool {
    let State::Closed { outcome, at, .. } = check.state else {
        return false;
    };
    let blind_or_unsent = matches!(
        outcome,
        Outcome::Void {
            reason: VoidReason::Unsent { .. } | VoidReason::Blind(_)
        }
    );
    let end = at + check.ladder.window();
    let in_time = draft.now <= end || hearing::is_before(draft, dated, end);
    blind_or_unsent && check.state.delivery().is_none() && in_time
}

fn lacks_answer(check: &Check) -> bool {
    matches!(check.state.outcome(), Some(Outcome::NoAnswer { .. }))
}

/// Whether the question may have been on the phone when Telegram dated the text so. Of one that
/// was not delivered yet, a copy may have come whose receipt was lost; not before it was queued.
/// And who says "here" after it was queued is here, whichever question that was about.
fn may_have_asked(draft: &Draft<'_>, check: &Check, evidence: &Evidence, dated: Moment) -> bool {
    let delivery = check.state.delivery();
    !hearing::is_before_question(draft, dated, check)
        && delivery.is_none_or(|delivery| delivery.may_answer(evidence))
}
