//! Reading Telegram's queue: what a dry reading proves, and what a gap between two may hide.

use chrono::TimeDelta;

use super::draft::Draft;
use super::{AccountId, Check, Clocks, Hearing, Record, Say, Undone, Urgency, make_up};
use crate::journal::Deed;
use crate::spotcheck::{Blind, BlindCause, CheckId, Event, MESSAGE_LIFE, Outcome, State};
use crate::time::{Moment, Span};

/// Telegram keeps a button press for about 150 s. A queue unread for this long may have lost one.
const BUTTON_LIFE: TimeDelta = TimeDelta::seconds(120);
/// Dates are whole seconds, cut off, and Telegram's servers need not agree to the second.
const DATES_BLUR: TimeDelta = TimeDelta::seconds(2);
/// From one answer of Telegram's to the next: what a reading may wait, beside what loses a press.
const ANSWERS_APART: TimeDelta = TimeDelta::seconds(130);
/// For so long a comparison of the clocks is believed: they drift.
const CLOCKS_HOLD: TimeDelta = TimeDelta::hours(1);
/// No clock that nobody sets drifts by one part in so many.
const DRIFTS_BY: i32 = 1_000;
/// How often the clerks are told of a second reader.
const CONFLICT_TOLD_EVERY: TimeDelta = TimeDelta::hours(1);

/// A reading that began at `began` left the queue empty: every open check that was due is judged.
pub(super) fn queue_read(draft: &mut Draft<'_>, began: Moment) {
    // Asked for before our clock was set back: by which moment it is dry cannot be said.
    if began > draft.now {
        return;
    }
    read_to(draft, began, began);
    let hearing = draft.world.hearing;
    draft.put(Record::Hearing(Hearing {
        // One asked for before our clock was set on proves less than is known already.
        dry_from: hearing.dry_from.max(Some(began)),
        dry_theirs: hearing.answered,
        ..hearing
    }));
    make_up::due(draft, began);
}

/// A reading that began at `began` came back full. Telegram hands out what it has in the order in
/// which it came in, so whatever came in before a message it handed out has been handed out too;
/// and a message comes in no earlier than it is dated. In a flood that is as good as an empty
/// queue: an answer is still to come only if Telegram holds it back for longer than the drain.
pub(super) fn queue_full(draft: &mut Draft<'_>, began: Moment, dated: Moment) {
    let (now, hearing) = (draft.now, draft.world.hearing);
    let believed = |clocks: &Clocks| (now - clocks.ours).abs() <= CLOCKS_HOLD;
    let Some(clocks) = hearing.clocks.filter(believed) else {
        return;
    };
    let to = clocks.ours_at(dated);
    // Past our own time nothing has been read: the clocks are not as they were compared.
    if to > now || Some(to) <= hearing.heard_to() {
        return;
    }
    read_to(draft, began, to);
    draft.put(Record::Hearing(Hearing {
        read_to: Some(to),
        ..hearing
    }));
}

/// What a reading that began at `began`, and that Telegram answered at `dated` by its own clock,
/// brings is weighed knowing that something may have been dropped from the queue before.
pub(super) fn queue_opened(draft: &mut Draft<'_>, began: Moment, dated: Option<Moment>) {
    if began > draft.now {
        return;
    }
    let hearing = draft.world.hearing;
    // It was empty just now by Telegram's clock, whatever ours made of the time since.
    let apart = hearing.dry_theirs.zip(dated).map(|(dry, now)| now - dry);
    if apart.is_some_and(|apart| apart <= ANSWERS_APART) {
        return;
    }
    let silence = hearing
        .heard_to()
        .filter(|from| began - *from > BUTTON_LIFE)
        .and_then(|from| Span::new(from, began));
    if let Some(span) = silence {
        let cause = BlindCause::Unread;
        went_blind(draft, Blind { span, cause });
    }
}

/// The same by Telegram's own clock: it answers a reading that began at `began` at `dated`. Ours may
/// have been set back while nobody looked, by just so much that a long silence seems short.
pub(super) fn queue_answered(draft: &mut Draft<'_>, began: Moment, dated: Option<Moment>) {
    let hearing = draft.hearing();
    let apart = hearing.answered.zip(dated).map(|(last, now)| now - last);
    let is_heard = apart.is_some_and(|apart| apart <= ANSWERS_APART);
    if let Some(doubt) = hearing.doubt.filter(|_| !is_heard) {
        went_blind(draft, doubt);
    }
    if apart.is_some() && !is_heard {
        let from = unheard_from(hearing.heard_to(), began);
        let cause = BlindCause::Unread;
        if let Some(span) = Span::new(from, began) {
            went_blind(draft, Blind { span, cause });
        }
    }
    if let Some(dated) = dated {
        date_heard(draft, dated, draft.now);
    }
    let hearing = draft.hearing();
    // What came by another way tells nothing of the silence between two answers.
    let told = Hearing {
        answered: dated,
        doubt: None,
        ..hearing
    };
    if told != hearing {
        draft.put(Record::Hearing(told));
    }
}

/// A reading that began at `began` brings everything queued before `to`: what was due by then is
/// judged, unless something may have been dropped from the queue before it was read.
fn read_to(draft: &mut Draft<'_>, began: Moment, to: Moment) {
    let dated = draft.hearing().answered;
    queue_opened(draft, began, dated);
    for check in draft.world.checks.ended_by_reading(to) {
        let _ = draft.happen(check, &Event::QueueRead { began: to });
    }
}

/// Telegram has `dated` a ping that was queued before: its clock showed no more when ours showed
/// the queueing.
pub(super) fn clocks_compared(draft: &mut Draft<'_>, check: CheckId, dated: Moment) {
    let Some(State::Asking { queued, .. }) = draft.check(check).map(|check| check.state) else {
        return;
    };
    let new = Clocks {
        ours: queued,
        theirs: dated + DATES_BLUR,
    };
    let hearing = draft.hearing();
    // Of two, the one that was sent sooner after its queueing says more.
    let says_more = |known: Clocks| {
        new.ours - new.theirs >= known.ours - known.theirs || new.ours - known.ours > CLOCKS_HOLD
    };
    if hearing.clocks.is_none_or(says_more) {
        draft.put(Record::Hearing(Hearing {
            clocks: Some(new),
            ..hearing
        }));
    }
}

/// Whether the check's question was queued when the program had not begun yet. A copy may have
/// left then, and what our clock did since nobody saw.
pub(super) fn was_queued_before_start(draft: &Draft<'_>, check: CheckId) -> bool {
    let state = draft.check(check).map(|check| check.state);
    let up_since = draft.hearing().up_since;
    matches!(state, Some(State::Asking { queued, .. }) if Some(queued) <= up_since)
}

/// Something dated by Telegram reached us at `reached`: its clock showed no less by then.
pub(super) fn date_heard(draft: &mut Draft<'_>, dated: Moment, reached: Moment) {
    let new = Clocks {
        ours: reached,
        theirs: dated,
    };
    let hearing = draft.hearing();
    // Of two, the one that was heard sooner after its date says more, for as long as it holds.
    let says_more = |known: Clocks| {
        let is_old = new.ours - known.ours > CLOCKS_HOLD / 2;
        new.theirs - new.ours >= known.theirs - known.ours || is_old
    };
    if hearing.dates_heard == Some(new) {
        return;
    }
    if hearing.dates_heard.is_none_or(says_more) {
        draft.put(Record::Hearing(Hearing {
            dates_heard: Some(new),
            ..hearing
        }));
    }
}

/// Whether what Telegram dated so was surely written before ours showed `moment`. Of a moment of
/// before the start that can never be said: the clock may have been set while nobody looked.
pub(super) fn is_before(draft: &Draft<'_>, dated: Moment, moment: Moment) -> bool {
    let believed = |heard: &Clocks| (draft.now - heard.ours).abs() <= CLOCKS_HOLD;
    let hearing = draft.hearing();
    let heard = hearing.dates_heard.filter(believed);
    let was_up = hearing.up_since.is_none_or(|since| since <= moment);
    was_up && heard.is_some_and(|heard| heard.ours_at(dated + DATES_BLUR) <= moment)
}

/// What Telegram's clock shows now at the least, where the two were compared since the start.
pub(super) fn theirs_now(draft: &Draft<'_>) -> Option<Moment> {
    let heard = draft.hearing().dates_heard?;
    let drifted = (draft.now - heard.ours).abs() / DRIFTS_BY;
    Some(heard.theirs_at(draft.now) - drifted)
}

/// Whether what Telegram dated so was surely written before the question was queued. What its
/// clock showed then is kept with the check, and holds whatever becomes of ours.
pub(super) fn is_before_question(draft: &Draft<'_>, dated: Moment, check: &Check) -> bool {
    let queued = match check.state {
        State::Asking { queued, .. } => Some(queued),
        ref state => state.delivery().map(|delivery| delivery.queued),
    };
    let by_theirs = check
        .queued_theirs
        .is_some_and(|theirs| dated + DATES_BLUR <= theirs);
    by_theirs || queued.is_some_and(|queued| is_before(draft, dated, queued))
}

/// The program begins. While nobody looked, the clock may have been set: nothing is known of how
/// it goes any more. Returns the time in which nobody could be heard, where it is known.
pub(super) fn started(draft: &mut Draft<'_>) -> Option<Blind> {
    let (now, known) = (draft.now, draft.world.hearing);
    let mut hearing = Hearing {
        clocks: None,
        dates_heard: None,
        up_since: Some(now),
        ..known
    };
    // What is known was noted later than it is now: set back, by so much at the least.
    if let Some(noted) = last_noted(draft).filter(|noted| *noted > now) {
        let by = now - noted - TimeDelta::seconds(1);
        // For how long, nobody can say.
        hearing.up_since = Some(now - by);
        set_on(draft, by, hearing, Elapsed::Unknown);
        return None;
    }
    resume(draft, known);
    let span = known.dry_from.and_then(|from| Span::new(from, now));
    let down = span.map(|span| Blind {
        span,
        cause: BlindCause::Down,
    });
    hearing.deaf = down.or(known.deaf);
    if hearing != known {
        draft.put(Record::Hearing(hearing));
    }
    down
}

/// The latest moment of ours that running checks and the readings speak of.
fn last_noted(draft: &Draft<'_>) -> Option<Moment> {
    let noted = draft
        .world
        .checks
        .open()
        .filter_map(|check| match check.state {
            State::Asking { queued, .. } => Some(queued),
            ref state => state.delivery().map(|delivery| delivery.confirmed),
        });
    noted.max().max(draft.world.hearing.dry_from)
}

/// Whether our clock went on while nobody looked or was set on, it cannot tell: of every check
/// whose time was running, what was left of it is left still.
fn resume(draft: &mut Draft<'_>, known: Hearing) {
    let watched_to = known.heard_to().max(known.up_since);
    let checks: Vec<CheckId> = draft.world.checks.keys().copied().collect();
    for check in checks {
        let confirmed = draft.check(check).and_then(|check| check.state.delivery());
        let since = watched_to.or(confirmed.map(|delivery| delivery.confirmed));
        if let Some(since) = since {
            let _ = draft.happen(check, &Event::Resumed { since });
        }
    }
}

/// The process begins on an older copy of what was kept. Whatever was heard after it was made is
/// confirmed to Telegram and gone; what was running then can be held against nobody, but for what
/// is known beside the copy: who had not answered to the last.
pub(super) fn restored(draft: &mut Draft<'_>, undone: &Undone) {
    let (now, hearing) = (draft.now, draft.world.hearing);
    let lines = undone.lines;
    draft.note(Deed::BackupRestored { lines });
    draft.put(Record::Given(undone.given));
    let was_heard_to = hearing.heard_to();
    let from = unheard_from(was_heard_to, now);
    let heard_to = undone.heard_to.filter(|to| *to <= now);
    if let Some(span) = Span::new(from, now) {
        let blind = Blind {
            span,
            cause: BlindCause::Restored,
        };
        for check in in_doubt(draft, undone, heard_to) {
            let _ = draft.happen(check, &Event::WentBlind(blind));
        }
    }
    if heard_to > was_heard_to {
        // For those who stood unanswered; of all others it is in doubt.
        draft.put(Record::Hearing(Hearing {
            dry_from: heard_to,
            ..draft.hearing()
        }));
    }
    let clerks: Vec<AccountId> = draft.world.clerks().map(|clerk| clerk.id).collect();
    for clerk in clerks {
        draft.say(clerk, Urgency::Escalation, Say::Restored { from, lines });
    }
}

/// Of what checks an older copy says too little: of those that were running when it was made, and of
/// those that were silent, whose late answers went with the rest. What a person found out stands
/// until a person finds otherwise.
fn in_doubt(draft: &Draft<'_>, undone: &Undone, heard_to: Option<Moment>) -> Vec<CheckId> {
    let was_silent = |check: &Check| undone.silent.contains(&check.id);
    let ran = open_checks(draft).into_iter().filter(|check| {
        let check = draft.check(*check);
        // It was judged by then, and is again by the next reading.
        let is_judged = check.is_some_and(|check| {
            let from = check.state.delivery().map(|d| d.judged_from(&check.ladder));
            was_silent(check) && from.is_some_and(|from| Some(from) <= heard_to)
        });
        !is_judged
    });
    let ended = answerable(draft, draft.now).into_iter().filter(|check| {
        let is_unruled = |check: &Check| check.follow_up.ruling().is_none();
        draft
            .check(*check)
            .is_some_and(|check| is_unruled(check) && !was_silent(check))
    });
    ran.chain(ended).collect()
}

/// Answers given since the last dry reading may never reach us.
pub(super) fn disturbed(draft: &mut Draft<'_>, cause: BlindCause) {
    let now = draft.now;
    let hearing = draft.world.hearing;
    let from = unheard_from(hearing.dry_from, now);
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

/// Our clock was set on by `by` (back, where it is less than nothing). How far is known to the
/// moment, so every running time goes on by the new clock; but a step on may have been a sleep of
/// the machine's, in which presses were lost if it was long enough.
pub(super) fn clock_set(draft: &mut Draft<'_>, by: TimeDelta) {
    let hearing = draft.world.hearing;
    let heard = hearing.heard_to();
    // By the clock as it was, or by the clock as it is: by whichever it is longer.
    let ago = heard.map(|heard| (draft.now - heard).max(draft.now - by - heard));
    let elapsed = match ago {
        Some(ago) if ago <= BUTTON_LIFE => Elapsed::Little,
        _ => Elapsed::Unknown,
    };
    set_on(draft, by, hearing, elapsed);
}

/// How long ago the queue was last read, whatever our clock did since.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Elapsed {
    /// Telegram still has every press.
    Little,
    Unknown,
}

/// The same, `hearing` being what was known until now.
fn set_on(draft: &mut Draft<'_>, by: TimeDelta, hearing: Hearing, elapsed: Elapsed) {
    let now = draft.now;
    let dry_from = hearing.dry_from.map(|from| from + by);
    let moved = |clocks: Clocks| Clocks {
        ours: clocks.ours + by,
        ..clocks
    };
    let from = unheard_from(dry_from, now);
    let cause = BlindCause::ClockSet;
    let blind = Span::new(from, now).map(|span| Blind { span, cause });
    let blind = blind.filter(|_| elapsed == Elapsed::Unknown);
    let known = hearing.doubt.map(|doubt| doubt.moved(by));
    // Telegram's clock will tell, where it told the time with its last answer.
    let (blind, doubt) = match hearing.answered {
        Some(_) => (None, known.or(blind)),
        None => (blind.or(known), None),
    };
    draft.note(Deed::ClockSet {
        by_ms: by.num_milliseconds(),
    });
    draft.put(Record::Hearing(Hearing {
        dry_from,
        doubt,
        deaf: hearing.deaf.map(|deaf| deaf.moved(by)),
        read_to: hearing.read_to.map(|to| to + by),
        clocks: hearing.clocks.map(moved),
        dates_heard: hearing.dates_heard.map(moved),
        up_since: hearing.up_since.map(|since| since + by),
        ..hearing
    }));
    let mut running = open_checks(draft);
    // They ended by the clock as it was.
    running.extend(answerable(draft, now - by));
    for check in running {
        let _ = draft.happen(check, &Event::ClockSet { by, blind });
    }
    let climbing = draft.world.checks.values();
    let climbing: Vec<CheckId> = climbing
        .filter(|check| check.follow_up.climb.is_running())
        .map(|check| check.id)
        .collect();
    for id in climbing {
        if let Some(mut check) = draft.check(id).cloned() {
            check.follow_up.climb = check.follow_up.climb.moved(by);
            draft.amend(check);
        }
    }
}

/// Since when nothing may have been heard by `to`: since what is known to have been, and for a second
/// at the least.
fn unheard_from(known: Option<Moment>, to: Moment) -> Moment {
    let known = known.filter(|from| *from < to);
    known.unwrap_or(to - TimeDelta::seconds(1))
}

fn went_blind(draft: &mut Draft<'_>, blind: Blind) {
    for check in open_checks(draft) {
        let _ = draft.happen(check, &Event::WentBlind(blind));
    }
}

/// Closed checks that a late answer may still change at `now`.
fn answerable(draft: &Draft<'_>, now: Moment) -> Vec<CheckId> {
    let checks = draft.world.checks.values();
    checks
        .filter(|check| match check.state {
            State::Closed { outcome, at, .. } => {
                !matches!(outcome, Outcome::Present { .. }) && (now - at).abs() < MESSAGE_LIFE
            }
            _ => false,
        })
        .map(|check| check.id)
        .collect()
}

fn open_checks(draft: &Draft<'_>) -> Vec<CheckId> {
    draft.world.checks.open().map(|c| c.id).collect()
}
