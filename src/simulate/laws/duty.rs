use std::collections::BTreeMap;

use super::{Law, Laws};
use crate::decide::{Check, InsteadOf, World};
use crate::duty::{Amendment, Turn};
use crate::roster::Role;
use crate::simulate::run::{Run, Step};
use crate::simulate::truth::Asked;
use crate::spotcheck::{CheckId, Outcome};
use crate::time::{Moment, Span};
use crate::words::simulate::post;

/// Nobody is asked more often for faults of ours.
const AGAIN_AT_MOST: usize = 3;

impl Run {
    /// A check that was not there before.
    pub(super) fn first_seen(&mut self, laws: &Laws, check: &Check, world: &World) -> Step {
        // It may have been made right before the process died.
        let made = world
            .rounds
            .get(&check.round)
            .map_or(self.clock(), |round| round.at);
        let new = Asked {
            queued: (made - self.off()).min(self.now),
            account: check.asked.account,
            copies: Vec::new(),
            unheard: 0,
            refused: None,
            judged: None,
        };
        self.truth.checks.insert(check.id, new);
        self.figures.checks += 1;
        if let Some(before) = check.follow_up.instead_of {
            self.figures.made_up += 1;
            self.asked_again(laws, check, before, world)?;
        }
        self.tell(|_| {
            let asked = &check.asked;
            format!("? {} {} {}", check.id, asked.unit, asked.name)
        });
        let newest = laws.newest.map(|newest| (newest, &laws.in_force));
        let before = laws.before.as_ref();
        let before = before.map(|(version, in_force)| (*version, in_force));
        let asked = &check.asked;
        let is_it = |watch: &Watch<'_>| {
            watch.unit == asked.unit && watch.post == asked.post && watch.name == asked.name
        };
        let by_any = newest.into_iter().chain(before);
        let mut by_this = by_any.filter(|(version, _)| *version == asked.version);
        // One reading may bring an order, and after it the word that lets somebody go.
        let holds = by_this.any(|(_, in_force)| {
            let is_on = |agreed: Agreed| {
                let on_duty = self.on_duty(in_force, world, made, agreed);
                on_duty.iter().any(is_it)
            };
            is_on(Agreed::ByNow) || is_on(Agreed::Before(made))
        });
        if !holds {
            let facts = format!("{}: {asked:?} {newest:?}", check.id);
            return Err(self.broken(Law::OnDuty, facts));
        }
        Ok(())
    }

    /// `check` asks again whom `before` asked.
    fn asked_again(&self, laws: &Laws, check: &Check, before: InsteadOf, world: &World) -> Step {
        let before = before.check;
        let earlier = world.checks.get(&before);
        let is_theirs = earlier.is_some_and(|earlier| {
            let (asked, was) = (&check.asked, &earlier.asked);
            asked.unit == was.unit && asked.name == was.name && asked.shift.overlaps(&was.shift)
        });
        // It may have been raised in this very reading.
        let stood = laws.seen.get(&before).map(|seen| seen.state);
        let stood = stood.or(earlier.map(|earlier| earlier.state));
        let was_void =
            stood.is_some_and(|stood| stood.outcome().is_some_and(Outcome::is_our_fault));
        let in_its_stead = |of: &CheckId| Some(world.checks.get(of)?.follow_up.instead_of?.check);
        let times = std::iter::successors(Some(check.id), in_its_stead).count() - 1;
        let makes_up = |other: &&Check| {
            let instead_of = other.follow_up.instead_of.map(|of| of.check);
            other.id != check.id && instead_of == Some(before)
        };
        let others = world.checks.values().filter(makes_up);
        if is_theirs && was_void && times <= AGAIN_AT_MOST && others.count() == 0 {
            return Ok(());
        }
        let facts = format!("{} for {before}: {stood:?}, {times} times", check.id);
        Err(self.broken(Law::AskedAgain, facts))
    }

    /// Who is on duty at `at`, by the rows that were sent and what was agreed since.
    fn on_duty<'a>(
        &'a self,
        in_force: &BTreeMap<usize, usize>,
        world: &'a World,
        at: Moment,
        by: Agreed,
    ) -> Vec<Watch<'a>> {
        let mut watches = Vec::new();
        for (unit, file) in in_force {
            let rows = self.county.files[*file].rows.iter();
            for row in rows.filter(|row| row.unit == *unit && row.role != Role::Other) {
                let span = row.span(self.policy.zone);
                watches.extend(span.map(|span| Watch {
                    unit: &self.county.units[*unit],
                    post: post(row.role),
                    span,
                    name: &self.county.people[row.person].name,
                }));
            }
        }
        let mut agreed: Vec<(Moment, &Amendment)> = world
            .leaves
            .values()
            .filter_map(|leave| leave.in_force())
            .filter(|(since, _)| by.holds(*since))
            .collect();
        agreed.sort_by_key(|(since, _)| *since);
        for (_, amendment) in agreed {
            exchange(&mut watches, amendment);
        }
        watches.retain(|watch| watch.span.contains(at));
        watches
    }
}

/// Which leaves and swaps are heeded.
#[derive(Clone, Copy)]
enum Agreed {
    ByNow,
    Before(Moment),
}

impl Agreed {
    fn holds(self, since: Moment) -> bool {
        match self {
            Agreed::ByNow => true,
            Agreed::Before(moment) => since < moment,
        }
    }
}

/// Somebody at a post, from one moment to another. One person may be at two at a time.
#[derive(Clone, Copy)]
struct Watch<'a> {
    unit: &'a str,
    post: &'a str,
    span: Span,
    name: &'a str,
}

fn place(watches: &[Watch<'_>], turn: &Turn) -> Option<usize> {
    watches.iter().position(|watch| {
        let post = watch.unit == turn.unit && watch.post == turn.post;
        post && watch.span == turn.span && watch.name == turn.person.name
    })
}

/// Nothing of it where a later roster has not both turns any more.
fn exchange<'a>(watches: &mut Vec<Watch<'a>>, amendment: &'a Amendment) {
    let (own, theirs) = (&amendment.turn, amendment.in_return.as_ref());
    let Some(index) = place(watches, own) else {
        return;
    };
    if theirs.is_some_and(|turn| place(watches, turn).is_none()) {
        return;
    }
    let watch = watches.remove(index);
    let away = amendment.span;
    let before = Span::new(watch.span.start(), away.start());
    let after = Span::new(away.end(), watch.span.end());
    let left = [before, after].into_iter().flatten();
    watches.extend(left.map(|span| Watch { span, ..watch }));
    watches.extend(amendment.stand_in.as_ref().map(|person| Watch {
        span: away,
        name: &person.name,
        ..watch
    }));
    if let Some(index) = theirs.and_then(|turn| place(watches, turn)) {
        watches[index].name = &own.person.name;
    }
}
