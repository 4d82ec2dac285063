//! Answers to checks: a press, a word, or the check's number.

use super::draft::{Draft, Stepped};
use super::statements::is_back;
use super::{AccountId, Answer, ChatPlace, Check, Heard, Say, Slot, Toast, Urgency, page};
use crate::spotcheck::{CheckId, Event, Evidence, Outcome, State};
use chrono::TimeDelta;

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
            deaf: draft.world.hearing.deaf,
        };
    }
    // Where the queue was never empty, nothing proves that it came later.
    let asked = check.state.delivery().map(|d| d.confirmed);
    let dry_from = draft.world.hearing.dry_from.or(asked);
    Evidence::Button {
        update: heard.update,
        not_before: dry_from.unwrap_or(heard.received),
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
    let evidence = Evidence::Message {
        update: heard.update,
        dated: heard.dated.unwrap_or(heard.received),
        received: heard.received,
    };
    let targets = match answer {
        Answer::Number(id) => draft
            .check(id)
            .filter(|c| c.asked.account == Some(heard.account))
            .map(|c| vec![c.id])
            .unwrap_or_default(),
        Answer::Here => meant(draft, heard.account, &evidence),
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
    let checks = draft.world.checks.values();
    checks
        .filter(|c| c.asked.account == Some(account) && c.state.is_open())
        .map(|c| c.id)
        .collect()
}

/// The checks a bare "here" is about: every one it answers in time, be it judged already, and
/// every open one; where there is none, the latest that still lacks an answer.
fn meant(draft: &Draft<'_>, account: AccountId, evidence: &Evidence) -> Vec<CheckId> {
    let theirs = draft
        .world
        .checks
        .values()
        .filter(|c| c.asked.account == Some(account));
    let mut open = Vec::new();
    let mut latest = None;
    for check in theirs {
        let delivery = check.state.delivery();
        // Written before the question, it is about another one.
        if delivery.is_some_and(|d| !d.may_answer(evidence)) {
            continue;
        }
        let in_time =
            delivery.is_some_and(|d| d.lateness(evidence, &check.ladder) <= TimeDelta::zero());
        if check.state.is_open() || in_time {
            open.push(check.id);
        } else if let State::Closed { at, .. } = check.state
            && draft.now - at < RECENT
        {
            latest = Some(check.id);
        }
    }
    if open.is_empty() {
        open.extend(latest);
    }
    open
}
