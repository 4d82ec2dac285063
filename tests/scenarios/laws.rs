//! What holds after every step of every scenario, whatever happens in it.
//!
//! The laws know the truth from the script: who answered when, and what went wrong when. They do
//! not ask the machine whether an answer was in time.

use std::collections::{BTreeMap, BTreeSet};

use zaigang::decide::{Answer, Asked, Check, FollowUp, Input, Policy, Slot, World, decide};
use zaigang::rehearsal::Rehearsal;
use zaigang::spotcheck::{CheckId, Outcome, Rung, State, VoidReason};
use zaigang::time::{Moment, Span, TimeDelta};

use super::play::{Given, GivenAs};
use super::script::Script;

/// Telegram keeps a press for so long, and a message for a day.
const PRESS_KEPT: TimeDelta = TimeDelta::seconds(150);
const MESSAGE_KEPT: TimeDelta = TimeDelta::hours(24);
/// Between what is due and what is done.
const BREATH: TimeDelta = TimeDelta::seconds(60);

/// What went wrong around the program.
#[derive(Clone, Copy, Debug)]
pub enum Trouble {
    Deaf(Span),
    Mute(Span),
    ReceiptLost,
    Conflict(Moment),
    ClockSet(Moment),
    /// Back, while the program looked on: that hides nothing.
    ClockSetBack(Moment),
}

pub struct Laws {
    window: TimeDelta,
    drain: TimeDelta,
    asking_patience: TimeDelta,
    /// For each unit, how many shifts each roster sent has for it.
    shifts: BTreeMap<String, BTreeSet<usize>>,
    troubles: Vec<Trouble>,
    down_since: Option<Moment>,
    given: Vec<Given>,
    seen: BTreeMap<CheckId, Seen>,
}

/// A check as it stood at the last look.
struct Seen {
    asked: Asked,
    outcome: Option<Outcome>,
    follow_up: Box<FollowUp>,
}

impl Laws {
    pub fn new(policy: &Policy, script: &Script) -> Self {
        let mut shifts: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for roster in &script.rosters {
            let mut of_unit: BTreeMap<&str, usize> = BTreeMap::new();
            for row in roster.lines().skip(1) {
                *of_unit.entry(row.split(',').next().unwrap()).or_insert(0) += 1;
            }
            for (unit, count) in of_unit {
                shifts.entry(unit.to_owned()).or_default().insert(count);
            }
        }
        Self {
            window: policy.ladder.window(),
            drain: policy.ladder.drain(),
            asking_patience: policy.ladder.asking_patience(),
            shifts,
            troubles: Vec::new(),
            down_since: None,
            given: Vec::new(),
            seen: BTreeMap::new(),
        }
    }

    pub fn trouble(&mut self, trouble: Trouble) {
        self.troubles.push(trouble);
    }

    pub fn given(&mut self, given: Given) {
        self.given.push(given);
    }

    /// Takes note of whether the program runs; whether that is as it was.
    pub fn running(&mut self, now: Moment, runs: bool) -> bool {
        match (self.down_since, runs) {
            (None, false) => {
                self.down_since = Some(now);
                return false;
            }
            (Some(from), true) => {
                self.down_since = None;
                let down = Span::new(from, now);
                self.troubles.extend(down.map(Trouble::Deaf));
            }
            _ => {}
        }
        true
    }

    /// When the last outage ends that is known of.
    pub fn last_outage_ends(&self) -> Option<Moment> {
        let ends = self.troubles.iter().filter_map(|trouble| match trouble {
            Trouble::Deaf(span) | Trouble::Mute(span) => Some(span.end()),
            Trouble::Conflict(at) | Trouble::ClockSet(at) | Trouble::ClockSetBack(at) => Some(*at),
            Trouble::ReceiptLost => None,
        });
        ends.max()
    }

    /// Everything that holds at every moment.
    pub async fn hold(&mut self, rehearsal: &Rehearsal) {
        let Some(keeper) = rehearsal.keeper() else {
            return;
        };
        let world = keeper.world();
        let cursor = keeper.store().cursor().await.unwrap();
        assert!(
            rehearsal.confirmed() <= cursor,
            "confirmed to Telegram and not on the disk: {:?}, {cursor:?}",
            rehearsal.confirmed()
        );
        for check in world.checks.values() {
            self.stays_as_asked(check, world);
            self.only_rises(check);
            self.is_bounded(check, rehearsal);
            // What was judged keeps the readings of the clock of its time.
            if self.is_news(check) {
                self.no_answer_is_proven(check, rehearsal);
                self.void_has_a_cause(check, rehearsal);
            }
            self.record_only_grows(check);
            verdicts_are_a_persons(check, world);
            climb_fits_the_outcome(check);
            if !rehearsal.has_unread() {
                self.an_answer_in_time_counts(check);
            }
        }
        let outcomes = world.checks.values().map(|check| {
            let outcome = check.state.outcome().copied();
            let seen = Seen {
                asked: check.asked.clone(),
                outcome,
                follow_up: check.follow_up.clone(),
            };
            (check.id, seen)
        });
        self.seen = outcomes.collect();
        self.pings_come_once(world, rehearsal);
        rungs_come_once(rehearsal);
        self.rosters_are_whole(world);
        deciding_again_changes_nothing(world, rehearsal);
    }

    /// Whether it ended otherwise at the last look, or had not ended.
    fn is_news(&self, check: &Check) -> bool {
        let before = self.seen.get(&check.id).and_then(|seen| seen.outcome);
        before != check.state.outcome().copied()
    }

    /// 1. Every check is closed soon after its time, or after the last outage.
    fn is_bounded(&self, check: &Check, rehearsal: &Rehearsal) {
        let due = match check.state {
            State::Asking { queued, .. } => queued + self.asking_patience,
            State::Waiting { delivery, .. } | State::Draining { delivery, .. } => {
                delivery.confirmed + self.window + self.drain
            }
            State::Closed { .. } => return,
        };
        let ahead = rehearsal.clock() - rehearsal.now();
        let outage = self.last_outage_ends().map(|end| end + ahead);
        let bound = outage.map_or(due, |end| due.max(end)) + BREATH;
        assert!(
            rehearsal.clock() <= bound,
            "check {} is open beyond its time: {:?}",
            check.id,
            check.state
        );
    }

    /// 2. An answer in time is never judged late or unanswered; a text never goes unseen at all.
    fn an_answer_in_time_counts(&self, check: &Check) {
        for given in self.given.iter().filter(|g| self.in_time(g, check)) {
            let outcome = check.state.outcome();
            let judged_wrong = matches!(
                outcome,
                Some(Outcome::Late { .. } | Outcome::NoAnswer { .. })
            );
            assert!(
                !judged_wrong,
                "check {}: {given:?}, yet {outcome:?}",
                check.id
            );
            let kept = matches!(given.answer, GivenAs::Text(_))
                && !self.may_be_lost(given.at, given.at, MESSAGE_KEPT);
            assert!(
                !kept || matches!(outcome, Some(Outcome::Present { .. })),
                "check {}: {given:?}, yet {outcome:?}",
                check.id
            );
        }
    }

    /// By Telegram's clock alone.
    fn in_time(&self, given: &Given, check: &Check) -> bool {
        let own = check.asked.account == Some(given.account);
        let meant = match given.answer {
            GivenAs::Text(Answer::Here) => true,
            GivenAs::Text(Answer::Number(id)) | GivenAs::Press(id) => id == check.id,
        };
        let dated = check.state.delivery().map(|delivery| delivery.dated);
        let within = dated.is_some_and(|d| d <= given.at && given.at <= d + self.window);
        own && meant && within
    }

    /// Whether what was given between `from` and `to` may never have come, where Telegram keeps
    /// it for `kept`.
    fn may_be_lost(&self, from: Moment, to: Moment, kept: TimeDelta) -> bool {
        self.troubles.iter().any(|trouble| match trouble {
            Trouble::Deaf(span) => {
                span.start() <= to
                    && span.end() > from
                    && from.max(span.start()) + kept < span.end()
            }
            Trouble::Conflict(at) => from <= *at && *at <= to + kept,
            _ => false,
        })
    }

    /// 4 and 5. Nobody is judged unanswered who was not reached, nor before a reading that began
    /// after the deadline and the drain, nor where a press may have been lost.
    fn no_answer_is_proven(&self, check: &Check, rehearsal: &Rehearsal) {
        let Some(outcome) = check.state.outcome() else {
            return;
        };
        if let Outcome::Late { .. } = outcome {
            assert!(rehearsal.pings(check.id) > 0, "late, and never asked");
        }
        let Outcome::NoAnswer { queue_read_from } = outcome else {
            return;
        };
        assert!(rehearsal.pings(check.id) > 0, "unanswered, and never asked");
        let delivery = check
            .state
            .delivery()
            .expect("what was asked was delivered");
        let dry_from = delivery.confirmed + self.window + self.drain;
        assert!(
            *queue_read_from >= dry_from,
            "judged by the reading of {queue_read_from}, due from {dry_from}"
        );
        let deadline = delivery.dated + self.window;
        let blind = self.troubles.iter().any(|trouble| match trouble {
            Trouble::Deaf(span) => {
                span.start() < deadline
                    && span.end() > delivery.dated
                    && delivery.dated.max(span.start()) + PRESS_KEPT < span.end()
            }
            Trouble::Conflict(at) | Trouble::ClockSet(at) => {
                delivery.dated < *at && *at <= deadline
            }
            _ => false,
        });
        assert!(!blind, "check {} is judged though we were blind", check.id);
    }

    /// Where nothing went wrong, nothing is void, and a blindness named is of the check's time.
    fn void_has_a_cause(&self, check: &Check, rehearsal: &Rehearsal) {
        let Some(Outcome::Void { reason }) = check.state.outcome() else {
            return;
        };
        if let VoidReason::Excused { .. } = reason {
            return;
        }
        let at_fault = !self.troubles.is_empty() || rehearsal.crashes() > 0;
        assert!(
            at_fault,
            "check {} is void and nothing went wrong",
            check.id
        );
        if let (VoidReason::Blind(blind), Some(delivery)) = (reason, check.state.delivery())
            && blind.cause == zaigang::spotcheck::BlindCause::Unread
        {
            let asked = delivery.queued.min(delivery.dated);
            let overlaps =
                blind.span.end() > asked && blind.span.start() < delivery.confirmed + self.window;
            assert!(overlaps, "check {}: {blind:?} is of another time", check.id);
        }
    }

    /// 6. What stands is only ever changed in the person's favour.
    fn only_rises(&self, check: &Check) {
        let before = self.seen.get(&check.id).and_then(|seen| seen.outcome);
        let Some(before) = before else { return };
        let now = check.state.outcome().expect("what is closed stays closed");
        assert!(
            before == *now || worth(now) > worth(&before),
            "check {}: {before:?}, then {now:?}",
            check.id
        );
    }

    /// What was reported, said and ruled stays as it was; a verdict may be withdrawn, no more.
    fn record_only_grows(&self, check: &Check) {
        let Some(before) = self.seen.get(&check.id).map(|seen| &seen.follow_up) else {
            return;
        };
        let now = &check.follow_up;
        assert_eq!(before.rungs, now.rungs, "check {}", check.id);
        assert!(now.reports.starts_with(&before.reports));
        assert!(now.statements.starts_with(&before.statements));
        assert!(now.climb.asked.starts_with(&before.climb.asked));
        assert!(now.rulings.len() >= before.rulings.len());
        for (was, is) in before.rulings.iter().zip(&now.rulings) {
            let mut unchanged = was.clone();
            unchanged.withdrawn = is.withdrawn;
            assert_eq!(&unchanged, is, "check {}", check.id);
            assert!(was.withdrawn.is_none() || was == is, "check {}", check.id);
        }
    }

    /// 7. The roster in force at the ping says who was on duty, then and for ever.
    fn stays_as_asked(&self, check: &Check, world: &World) {
        if let Some(seen) = self.seen.get(&check.id) {
            assert_eq!(seen.asked, check.asked, "check {}", check.id);
            return;
        }
        let (version, roster) = world.in_force().expect("a check rests on a roster");
        let asked = &check.asked;
        assert_eq!(asked.version, version.number, "check {}", check.id);
        let at = world.rounds[&check.round].at;
        let on = zaigang::duty::on_duty(roster, at)
            .any(|on| on.post.unit == asked.unit && on.person.name == asked.name);
        assert!(on, "{} {} is not on duty", asked.unit, asked.name);
    }

    /// 8. Of each unit, every shift of one file that was sent.
    fn rosters_are_whole(&self, world: &World) {
        let Some((_, roster)) = world.rostered() else {
            return;
        };
        for unit in roster.units() {
            let own = |shift: &&zaigang::roster::Shift| roster.post(shift).unit == unit;
            let count = roster.shifts.iter().filter(own).count();
            let whole = self.shifts.get(unit).is_some_and(|c| c.contains(&count));
            assert!(whole, "{unit} has {count} shifts in force");
        }
    }

    /// 9. At most one repeated ping for each crash and each receipt that was lost.
    fn pings_come_once(&self, world: &World, rehearsal: &Rehearsal) {
        let copies = world.checks.keys().map(|check| rehearsal.pings(*check));
        let repeated: u32 = copies.map(|copies| copies.saturating_sub(1)).sum();
        let lost = |trouble: &&Trouble| matches!(trouble, Trouble::ReceiptLost);
        let lost = u32::try_from(self.troubles.iter().filter(lost).count()).unwrap();
        assert!(
            repeated <= rehearsal.crashes() + lost,
            "{repeated} pings came again after {} crashes and {lost} lost receipts",
            rehearsal.crashes()
        );
    }
}

/// No verdict without a person, and none against somebody whose answer is there.
fn verdicts_are_a_persons(check: &Check, world: &World) {
    for ruling in &check.follow_up.rulings {
        let clerk = &world.accounts[&ruling.by];
        assert!(clerk.clerk_since.is_some(), "check {}", check.id);
        assert_eq!(clerk.name, ruling.name, "check {}", check.id);
    }
    let adverse = check.follow_up.ruling().filter(|r| r.verdict.is_adverse());
    let unanswered = matches!(check.state.outcome(), Some(Outcome::NoAnswer { .. }));
    assert!(
        adverse.is_none() || unanswered,
        "check {}: {adverse:?}",
        check.id
    );
}

/// Nobody above is asked but about silence, nobody twice, and late evidence ends it.
fn climb_fits_the_outcome(check: &Check) {
    let follow_up = &check.follow_up;
    let asked = &follow_up.climb.asked;
    assert!(asked.windows(2).all(|pair| pair[0] < pair[1]), "{asked:?}");
    let officers = asked
        .iter()
        .filter_map(|rung| follow_up.above(*rung))
        .filter(|above| above.rung != Rung::Clerk);
    let mut accounts = BTreeSet::from([check.asked.account]);
    for above in officers {
        assert!(above.account.is_some(), "check {}", check.id);
        assert!(accounts.insert(above.account), "check {}", check.id);
    }
    if follow_up.climb.is_running() {
        let may_climb = match check.state.outcome() {
            Some(Outcome::NoAnswer { .. } | Outcome::Undeliverable { .. }) => true,
            Some(Outcome::Void { reason }) => matches!(reason, VoidReason::Excused { .. }),
            _ => false,
        };
        assert!(may_climb, "check {}: {:?}", check.id, follow_up.climb);
    }
}

/// A crash may repeat one question to somebody above, and nothing else does.
fn rungs_come_once(rehearsal: &Rehearsal) {
    let copies = rehearsal.rungs().values();
    let repeated: u32 = copies.map(|copies| copies.saturating_sub(1)).sum();
    assert!(repeated <= rehearsal.crashes(), "{repeated} came again");
}

/// Every round's counts are on its clerk's screen as they are.
pub fn summaries_are_told(rehearsal: &Rehearsal) {
    let world = rehearsal.keeper().expect("the end is told").world();
    for round in world.rounds.values() {
        let mut counts = [0; 5];
        for check in &round.checks {
            let outcome = world.checks[check].state.outcome().expect("it has ended");
            counts[column(outcome)] += 1;
        }
        let [present, late, none, unreached, void] = counts;
        let zh =
            format!("在岗 {present}，迟答 {late}，没答 {none}，送不到 {unreached}，作废 {void}");
        let en = format!(
            "present {present}, late {late}, no answer {none}, undeliverable {unreached}, void {void}"
        );
        let screen = rehearsal.screen(round.by);
        let told = screen
            .iter()
            .any(|message| message.html.contains(&zh) || message.html.contains(&en));
        assert!(told, "{:?} was never told: {zh}", Slot::Round(round.id));
    }
}

/// What an outcome is worth to the person: a void and an undelivered question say nothing
/// against anybody, a late answer does.
fn worth(outcome: &Outcome) -> u8 {
    match outcome {
        Outcome::NoAnswer { .. } => 0,
        Outcome::Late { .. } | Outcome::Void { .. } | Outcome::Undeliverable { .. } => 1,
        Outcome::Present { .. } => 2,
    }
}

/// Where the summary counts it.
fn column(outcome: &Outcome) -> usize {
    match outcome {
        Outcome::Present { .. } => 0,
        Outcome::Late { .. } => 1,
        Outcome::NoAnswer { .. } => 2,
        Outcome::Undeliverable { .. } => 3,
        Outcome::Void { .. } => 4,
    }
}

/// What was done at this moment is done: the same tick and the same reading change nothing more.
fn deciding_again_changes_nothing(world: &World, rehearsal: &Rehearsal) {
    let clock = rehearsal.clock();
    let tick = decide(world, &Input::Tick, clock);
    assert!(tick.is_empty(), "a second tick: {tick:?}");
    if let Some(began) = world.hearing.dry_from {
        let again = decide(world, &Input::QueueRead { began }, clock);
        let mut after = world.clone();
        after.apply(&again);
        assert_eq!(after.checks, world.checks, "a second look at one reading");
        assert!(again.notices.is_empty(), "{:?}", again.notices);
    }
}
