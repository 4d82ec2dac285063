//! Design faults, planted one at a time around the real core, for the laws to catch. None of
//! them is in the program: each is put in where the played ground stands between the core and
//! the world outside.

use super::faults::{Kind, Slip};
use crate::decide::{Change, Check, Input, Record, What, World, decide};
use crate::engine::decided as really_decided;
use crate::roster::Roster;
use crate::spotcheck::{
    CheckId, Event, Outcome, State, Unreached, Verdict, VerdictReason, VoidReason, step,
};
use crate::telegram::{self, Receipt, SendError};
use crate::time::{Moment, TimeDelta};

/// A design fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planted {
    ConfirmBeforeCommit,
    CursorOutside,
    DeadlineFromAttempt,
    DeadlineFromQueueing,
    LocalClock,
    NoDrain,
    DrainFromBeforeDeadline,
    DedupeByMaxId,
    DedupeByIdAlone,
    NoDedupe,
    ButtonsOnly,
    RetryWithoutOutbox,
    OutboxAfterSend,
    UnknownAsFailure,
    UnknownAsSuccess,
    ForbiddenAsNoAnswer,
    FloodDrops,
    FloodWithoutOrder,
    ServerErrorAsPermanent,
    MoveIgnored,
    OtherAccountCounted,
    ForwardedCounted,
    LateEvidenceIgnored,
    VerdictAgainstOfficer,
    VersionAtJudging,
    SwapIgnored,
    LeaveIgnored,
    HalfRoster,
    TwoLeaders,
    EpochUnchecked,
    RestoredAsWhole,
    ClockFiresDeadlines,
    ReminderResets,
    CancelledJudged,
    LinkSkipped,
    /// Beyond the list: what came with asking again.
    SilenceAskedAgain,
}

impl Planted {
    /// In the order of the list they were asked for in.
    pub const ALL: [Planted; 36] = [
        Planted::ConfirmBeforeCommit,
        Planted::CursorOutside,
        Planted::DeadlineFromAttempt,
        Planted::DeadlineFromQueueing,
        Planted::LocalClock,
        Planted::NoDrain,
        Planted::DrainFromBeforeDeadline,
        Planted::DedupeByMaxId,
        Planted::DedupeByIdAlone,
        Planted::NoDedupe,
        Planted::ButtonsOnly,
        Planted::RetryWithoutOutbox,
        Planted::OutboxAfterSend,
        Planted::UnknownAsFailure,
        Planted::UnknownAsSuccess,
        Planted::ForbiddenAsNoAnswer,
        Planted::FloodDrops,
        Planted::FloodWithoutOrder,
        Planted::ServerErrorAsPermanent,
        Planted::MoveIgnored,
        Planted::OtherAccountCounted,
        Planted::ForwardedCounted,
        Planted::LateEvidenceIgnored,
        Planted::VerdictAgainstOfficer,
        Planted::VersionAtJudging,
        Planted::SwapIgnored,
        Planted::LeaveIgnored,
        Planted::HalfRoster,
        Planted::TwoLeaders,
        Planted::EpochUnchecked,
        Planted::RestoredAsWhole,
        Planted::ClockFiresDeadlines,
        Planted::ReminderResets,
        Planted::CancelledJudged,
        Planted::LinkSkipped,
        Planted::SilenceAskedAgain,
    ];
}

/// What the core decides, where `planted` lies in what it is told or in what comes of it.
pub(super) fn decided(
    planted: Option<Planted>,
    world: &World,
    input: &Input,
    now: Moment,
) -> Change {
    let Some(planted) = planted else {
        return really_decided(world, input, now);
    };
    match (planted, input) {
        (Planted::ClockFiresDeadlines, Input::ClockSet { .. })
        | (Planted::RestoredAsWhole, Input::Restored(_)) => Change::default(),
        (Planted::ButtonsOnly, Input::Heard(heard)) if matches!(heard.what, What::Answer(_)) => {
            Change::default()
        }
        (Planted::LateEvidenceIgnored, Input::Heard(heard)) => {
            let mut deaf = world.clone();
            let of = heard.account;
            let stays = |check: &&Check| check.state.is_open() || check.asked.account != Some(of);
            deaf.checks = world.checks.values().filter(stays).cloned().collect();
            match heard.what {
                What::Answer(_) => decide(&deaf, input, now),
                _ => really_decided(world, input, now),
            }
        }
        (Planted::LeaveIgnored | Planted::SwapIgnored, Input::Tick | Input::Heard(_)) => {
            without_leave(planted, world, input, now)
        }
        (Planted::RestoredAsWhole, Input::Started { .. }) => {
            let mut change = really_decided(world, input, now);
            let hearing = crate::decide::Hearing {
                dry_from: Some(now),
                ..world.hearing
            };
            change.records.push(Record::Hearing(hearing));
            change
        }
        (Planted::NoDrain, Input::QueueRead { .. }) => undrained(world, input, now),
        (Planted::DrainFromBeforeDeadline, Input::QueueRead { .. }) => {
            undrained(world, &Input::QueueRead { began: now }, now)
        }
        (Planted::SilenceAskedAgain, Input::QueueRead { .. }) => {
            silence_forgiven(world, input, now)
        }
        _ => twisted(planted, world, really_decided(world, input, now), now),
    }
}

/// The checks it makes are of whoever the roster names, leave or not.
fn without_leave(planted: Planted, world: &World, input: &Input, now: Moment) -> Change {
    let change = really_decided(world, input, now);
    let mut records = change.records.iter();
    let asks = records.any(|record| match record {
        Record::Check(check) => !world.checks.contains_key(&check.id),
        _ => false,
    });
    if !asks {
        return change;
    }
    let mut blind = world.clone();
    blind.leaves.clear();
    // What was worked out from the leaves is worked out anew.
    let version = world.versions.values().next_back().cloned();
    blind.apply(&Change {
        records: version.map(Record::Version).into_iter().collect(),
        ..Change::default()
    });
    let is_swap = |leave: &crate::decide::Leave| {
        let amendment = leave.amendment.as_ref();
        amendment.is_some_and(|amendment| amendment.in_return.is_some())
    };
    let leaves = world.leaves.values();
    let kept: Vec<_> = leaves
        .filter(|leave| is_swap(leave) == (planted == Planted::LeaveIgnored))
        .cloned()
        .collect();
    for leave in kept {
        blind.put(Record::Leave(Box::new(leave)));
    }
    really_decided(&blind, input, now)
}

/// Judged by a reading that began right at the deadline.
fn undrained(world: &World, input: &Input, now: Moment) -> Change {
    let mut hasty = world.clone();
    for mut check in world.checks.open().cloned() {
        check.ladder.drain_ms = 0;
        hasty.put(Record::Check(check));
    }
    let mut change = really_decided(&hasty, input, now);
    for record in &mut change.records {
        if let Record::Check(check) = record
            && let Some(known) = world.checks.get(&check.id)
        {
            check.ladder = known.ladder;
        }
    }
    change
}

/// Who did not answer is asked again as if the fault had been ours.
fn silence_forgiven(world: &World, input: &Input, now: Moment) -> Change {
    let mut forgiving = world.clone();
    let is_silent = |check: &Check| {
        let outcome = check.state.outcome();
        matches!(outcome, Some(Outcome::NoAnswer { .. }))
    };
    for mut check in world.checks.values().filter(|c| is_silent(c)).cloned() {
        if let State::Closed { outcome, at, .. } = &mut check.state {
            let (queued, given_up) = (*at, *at);
            let reason = VoidReason::Unsent { queued, given_up };
            *outcome = Outcome::Void { reason };
        }
        forgiving.put(Record::Check(check));
    }
    let mut change = really_decided(&forgiving, input, now);
    for record in &mut change.records {
        if let Record::Check(check) = record
            && let Some(known) = world.checks.get(&check.id).filter(|c| is_silent(c))
        {
            check.state = known.state;
        }
    }
    change
}

/// What was decided, and a mistake made with it.
fn twisted(planted: Planted, world: &World, mut change: Change, now: Moment) -> Change {
    for record in &mut change.records {
        match record {
            Record::Roster(_, roster) if planted == Planted::HalfRoster => {
                let half: &mut Roster = std::sync::Arc::make_mut(roster);
                half.shifts.truncate(half.shifts.len() / 2);
            }
            Record::Check(check) => {
                let before = world.checks.get(&check.id).map(|known| known.state);
                let closes = before.is_some_and(|state| state.is_open()) && !check.state.is_open();
                match (planted, &mut check.state) {
                    (Planted::VersionAtJudging, _) if closes => {
                        let version = world.versions.keys().next_back();
                        check.asked.version = version.copied().unwrap_or_default();
                    }
                    (
                        Planted::ReminderResets,
                        State::Waiting {
                            delivery, reminded, ..
                        },
                    ) if *reminded == crate::spotcheck::Reminded::Done
                        && before.map(|state| state.reminded()) != Some(*reminded) =>
                    {
                        delivery.confirmed = now;
                        delivery.dated = now;
                    }
                    (Planted::VerdictAgainstOfficer, State::Closed { .. }) if closes => {
                        rule_by_itself(check, now);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    change
}

/// A verdict nobody gave.
fn rule_by_itself(check: &mut crate::decide::Check, now: Moment) {
    if let Some(Outcome::NoAnswer { .. }) = check.state.outcome() {
        check.follow_up.rulings.push(crate::decide::Ruling {
            verdict: Verdict::Absent,
            reason: VerdictReason::Ground(crate::spotcheck::Ground::NothingReached),
            by: super::county::CLERK,
            name: String::new(),
            at: now,
            withdrawn: None,
        });
    }
}

/// A check that somebody calls off; with the fault, it is as open as before.
pub(super) fn cancelled(
    planted: Option<Planted>,
    world: &World,
    id: CheckId,
    now: Moment,
) -> Change {
    let mut change = Change::default();
    let Some(check) = world.checks.get(&id) else {
        return change;
    };
    let event = Event::Cancelled;
    let (state, _) = step(&check.ladder, &check.state, &event, now);
    if let Some(outcome) = state.outcome().copied() {
        let note = |deed| crate::journal::Entry { at: now, deed };
        if planted != Some(Planted::CancelledJudged) {
            let mut check = check.clone();
            check.state = state;
            change.records.push(Record::Check(check));
            let check = id;
            change
                .journal
                .push(note(crate::journal::Deed::CheckHappened {
                    check,
                    event,
                    raw: None,
                }));
            change
                .journal
                .push(note(crate::journal::Deed::CheckClosed { check, outcome }));
        }
        change.withdrawn.push(crate::decide::Slot::Ping(id));
    }
    change
}

/// How much earlier a question is taken to have come, by the fault: at its first try, or when it
/// was queued.
pub(super) fn moved_up(planted: Option<Planted>, tries: u32, waited: TimeDelta) -> TimeDelta {
    match planted {
        Some(Planted::DeadlineFromAttempt) if tries > 0 => waited,
        Some(Planted::DeadlineFromQueueing) => waited,
        _ => TimeDelta::zero(),
    }
}

/// Whether a message is dropped where it should be tried again.
pub(super) fn drops(planted: Option<Planted>, result: &Result<Receipt, SendError>) -> bool {
    match result {
        Err(SendError::Later { fate, .. }) => {
            planted == Some(Planted::FloodDrops) && *fate == telegram::Fate::NotSent
        }
        Err(SendError::Moved { .. }) => planted == Some(Planted::MoveIgnored),
        _ => false,
    }
}

/// Telegram's word on a message, as it is taken, `slip` having befallen it; `at` is our clock.
pub(super) fn taken(
    planted: Option<Planted>,
    slip: Option<Slip>,
    result: Result<Receipt, SendError>,
    at: Moment,
) -> Result<Receipt, SendError> {
    let sent = || Receipt {
        message: None,
        dated: Some(at),
    };
    match (planted, result) {
        (Some(Planted::LocalClock), Ok(receipt)) => Ok(Receipt {
            dated: receipt.dated.map(|_| at),
            ..receipt
        }),
        (
            Some(Planted::UnknownAsFailure),
            Err(SendError::Later {
                fate: telegram::Fate::Unknown,
                ..
            }),
        ) => Err(SendError::Broken(String::new())),
        (
            Some(Planted::UnknownAsSuccess),
            Err(SendError::Later {
                fate: telegram::Fate::Unknown,
                ..
            }),
        )
        | (Some(Planted::ForbiddenAsNoAnswer), Err(SendError::Gone(_))) => Ok(sent()),
        (Some(Planted::ServerErrorAsPermanent), Err(_))
            if slip.is_some_and(|slip| slip.kind() == Kind::ServerError) =>
        {
            Err(SendError::Gone(Unreached::Refused))
        }
        (_, result) => result,
    }
}
