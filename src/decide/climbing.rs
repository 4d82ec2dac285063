//! The rungs above a check: who stands on them, and what they are asked.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::{
    Above, AccountId, Asked, Cause, Check, FollowUp, Other, Recall, RoundId, Say, Slot, Urgency,
    World,
};
use crate::duty::{OnPost, on_duty};
use crate::journal::Deed;
use crate::roster::Role;
use crate::spotcheck::{
    self, CheckId, ClimbEffect, ClimbEnd, ClimbEvent, Outcome, Plea, Rung, Stage, Standing,
    VoidReason,
};
use crate::time::Moment;

/// Who is on duty now, by unit: made once for all checks of a round.
pub(super) struct Watch<'a> {
    by_unit: BTreeMap<&'a str, Vec<OnPost<'a>>>,
    chiefs: Vec<OnPost<'a>>,
}

impl<'a> Watch<'a> {
    pub fn at(world: &'a World, at: Moment) -> Self {
        let mut watch = Self {
            by_unit: BTreeMap::new(),
            chiefs: Vec::new(),
        };
        let Some((_, roster)) = world.in_force() else {
            return watch;
        };
        for on in on_duty(roster, at) {
            if on.post.role == Role::ChiefLeader {
                watch.chiefs.push(on);
            }
            watch.by_unit.entry(&on.post.unit).or_default().push(on);
        }
        watch
    }

    /// Whoever may stand on `rung` above `asked`, the fittest first.
    fn fit_for(&self, rung: Rung, asked: &Asked) -> Vec<OnPost<'a>> {
        let unit = self.by_unit.get(asked.unit.as_str());
        let of_unit = || unit.into_iter().flatten().copied();
        let other = |on: &OnPost<'a>| on.person.name != asked.name;
        match rung {
            Rung::Second => {
                let mut same: Vec<OnPost<'a>> =
                    of_unit().filter(|on| on.post.name == asked.post).collect();
                // The next in the roster's order, so that no one colleague is asked about all.
                if let Some(own) = same.iter().position(|on| !other(on)) {
                    same.rotate_left(own);
                }
                let role = |role| of_unit().filter(move |on| on.post.role == role);
                let others = role(Role::DutyOfficer).chain(role(Role::Standby));
                same.into_iter().chain(others).filter(other).collect()
            }
            Rung::DutyLeader => of_unit()
                .filter(|on| on.post.role == Role::DutyLeader)
                .filter(other)
                .collect(),
            Rung::ChiefLeader => {
                let own = |on: &&OnPost<'a>| on.post.unit == asked.unit;
                let (own, others): (Vec<_>, Vec<_>) = self.chiefs.iter().partition(own);
                own.into_iter().chain(others).copied().collect()
            }
            Rung::Clerk => Vec::new(),
        }
    }
}

/// The rungs above `asked`, as they stand now; the last is `office`.
pub(super) fn rungs_above(draft: &mut Draft<'_>, asked: &Asked, office: AccountId) -> Vec<Above> {
    let world = draft.world;
    let watch = draft
        .watch
        .take()
        .unwrap_or_else(|| Watch::at(world, draft.now));
    let mut rungs: Vec<Above> = Vec::new();
    for rung in kinds(asked.role) {
        let above = if *rung == Rung::Clerk {
            at_the_office(office)
        } else {
            let mut taken = vec![Some(office), asked.account];
            taken.extend(rungs.iter().map(|above| above.account));
            above(world, *rung, &watch.fit_for(*rung, asked), &taken)
        };
        rungs.push(above);
    }
    draft.watch = Some(watch);
    rungs
}

fn kinds(role: Role) -> &'static [Rung] {
    match role {
        Role::DutyOfficer | Role::Standby | Role::Other => {
            &[Rung::Second, Rung::DutyLeader, Rung::Clerk]
        }
        Role::DutyLeader | Role::Principal => &[Rung::ChiefLeader, Rung::Clerk],
        Role::ChiefLeader => &[Rung::Clerk],
    }
}

fn at_the_office(office: AccountId) -> Above {
    Above {
        rung: Rung::Clerk,
        standing: Standing::Reachable,
        unit: String::new(),
        name: String::new(),
        account: Some(office),
    }
}

/// The first of `fit` with an account that stands nowhere else, or why there is none.
fn above(world: &World, rung: Rung, fit: &[OnPost<'_>], taken: &[Option<AccountId>]) -> Above {
    let account = |on: &OnPost<'_>| {
        let person = on.person;
        let account = world.account_of(&on.post.unit, &person.name, person.phone.as_ref());
        account.map(|account| account.id)
    };
    let person = |on: &OnPost<'_>, standing, account| Above {
        rung,
        standing,
        unit: on.post.unit.clone(),
        name: on.person.name.clone(),
        account,
    };
    let mut second_best = None;
    for on in fit {
        let account = account(on);
        let standing = match account {
            Some(_) if !taken.contains(&account) => {
                return person(on, Standing::Reachable, account);
            }
            Some(_) => Standing::Elsewhere,
            None => Standing::NoAccount,
        };
        second_best.get_or_insert_with(|| person(on, standing, None));
    }
    second_best.unwrap_or(Above {
        rung,
        standing: Standing::Vacant,
        unit: String::new(),
        name: String::new(),
        account: None,
    })
}

impl Draft<'_> {
    /// Let `event` happen on the way up from a check, and everything that follows from it.
    pub fn climb(&mut self, id: CheckId, event: &ClimbEvent) {
        let Some(check) = self.check(id).cloned() else {
            return;
        };
        let before = &check.follow_up.climb;
        let patience = check.ladder.rung_patience();
        let standings = check.follow_up.standings();
        let (climb, effects) = spotcheck::climb(&standings, patience, before, event, self.now);
        if climb == *before {
            return;
        }
        let after = Check {
            follow_up: Box::new(FollowUp {
                climb,
                ..*check.follow_up
            }),
            ..check
        };
        for effect in effects {
            match effect {
                ClimbEffect::Skip(rung) => self.skip(&after, rung),
                ClimbEffect::Ask(rung) => self.ask_above(&after, rung),
                ClimbEffect::Recall(rung) => self.recall(&after, rung),
            }
        }
        if after.follow_up.is_with_the_clerk() {
            self.look_into(after.round);
        }
        self.amend(after);
    }

    fn skip(&mut self, check: &Check, rung: u8) {
        let Some(above) = check.follow_up.above(rung) else {
            return;
        };
        self.note(Deed::RungSkipped {
            check: check.id,
            rung: above.rung,
            standing: above.standing,
            unit: above.unit.clone(),
            name: above.name.clone(),
        });
    }

    fn ask_above(&mut self, check: &Check, rung: u8) {
        let above = check.follow_up.above(rung);
        let Some((above, to)) = above.and_then(|above| Some((above, above.account?))) else {
            return;
        };
        self.note(Deed::RungAsked {
            check: check.id,
            rung: above.rung,
            account: to.0,
            name: above.name.clone(),
        });
        // The office has one list for the whole round.
        if above.rung == Rung::Clerk {
            return;
        }
        let asked = &check.asked;
        let say = Say::Escalation {
            check: check.id,
            unit: asked.unit.clone(),
            name: asked.name.clone(),
            window_secs: check.ladder.window_ms / 1000,
            duty_line: duty_line(self.world, &asked.unit, Some(asked.version)),
            rung: above.rung,
            cause: cause(check),
            presence: Some(asked.presence),
        };
        self.show(to, Urgency::Escalation, Slot::Rung(check.id, rung), say);
    }

    fn recall(&mut self, check: &Check, rung: u8) {
        let above = check.follow_up.above(rung);
        let to = above.and_then(|above| above.account.filter(|_| above.rung != Rung::Clerk));
        let reported = |to| check.follow_up.reports.iter().any(|r| r.by == to);
        // Who has reported keeps what they reported on the screen.
        let Some(to) = to.filter(|to| !reported(*to)) else {
            return;
        };
        let why = match check.follow_up.climb.stage {
            Stage::Over {
                end: ClimbEnd::Answered,
                ..
            } => Recall::Answered,
            Stage::Over {
                end: ClimbEnd::Back,
                ..
            } => Recall::Back,
            Stage::Over {
                end: ClimbEnd::Relieved,
                ..
            } => Recall::Relieved,
            _ => Recall::Settled,
        };
        let slot = Slot::Rung(check.id, rung);
        self.withdraw(slot);
        let say = Say::Recalled {
            unit: check.asked.unit.clone(),
            name: check.asked.name.clone(),
            why,
        };
        self.show(to, Urgency::Escalation, slot, say);
    }

    /// The office's list of one round: what has come up to it and is not settled yet.
    pub fn tell_unsettled(&mut self, id: RoundId) {
        let Some(round) = self.round(id).cloned() else {
            return;
        };
        let ids = || round.checks.iter();
        let before = unsettled(ids().filter_map(|id| self.world.checks.get(id)));
        let now = unsettled(ids().filter_map(|id| self.check(*id)));
        if before == now {
            return;
        }
        let mut people = now.unwrap_or_default();
        let total = u32::try_from(people.len()).unwrap_or(u32::MAX);
        people.truncate(UNSETTLED_SHOWN);
        let say = Say::ToVerify {
            round: id,
            people,
            total,
        };
        self.show(round.by, Urgency::Escalation, Slot::ToVerify(id), say);
    }
}

/// What has come up to the office and is not settled; `None` where nothing ever came up.
fn unsettled<'c>(checks: impl Iterator<Item = &'c Check>) -> Option<Vec<Other>> {
    let with_the_clerk: Vec<&Check> = checks
        .filter(|check| check.follow_up.is_with_the_clerk())
        .collect();
    let open = with_the_clerk.iter().filter(|check| check.is_unsettled());
    (!with_the_clerk.is_empty()).then(|| open.filter_map(|check| other(check)).collect())
}

/// How many people one message about what is to be verified names.
const UNSETTLED_SHOWN: usize = 20;

/// A closed check as lists of people tell it.
pub(super) fn other(check: &Check) -> Option<Other> {
    Some(Other {
        check: check.id,
        unit: check.asked.unit.clone(),
        name: check.asked.name.clone(),
        outcome: *check.state.outcome()?,
        remarks: check.follow_up.remarks(),
    })
}

/// The number of a unit's duty line: the office's own list comes before the roster.
pub(super) fn duty_line(world: &World, unit: &str, version: Option<u32>) -> Option<String> {
    let listed = world.policy.units.iter().find(|entry| entry.unit == unit);
    if let Some(line) = listed.and_then(|entry| entry.duty_line.clone()) {
        return Some(line);
    }
    let roster = match version {
        Some(version) => world
            .versions
            .get(&version)
            .and_then(|v| world.rosters.get(&v.roster)),
        None => world.in_force().map(|(_, roster)| roster),
    };
    let lines = roster.map(|roster| &roster.duty_lines);
    let line = lines?.iter().find(|(of, _)| of == unit);
    line.map(|(_, line)| line.clone())
}

fn cause(check: &Check) -> Cause {
    match check.state.outcome() {
        Some(Outcome::Undeliverable { reason }) => Cause::Undelivered(*reason),
        Some(Outcome::Void {
            reason:
                VoidReason::Excused {
                    plea: Plea::Swapped,
                    ..
                },
        }) => Cause::NotRelieved,
        Some(Outcome::Void { .. }) => Cause::NotBack,
        _ => Cause::NoAnswer,
    }
}
