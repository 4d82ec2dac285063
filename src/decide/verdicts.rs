//! What a person makes of a check nobody answered: telephone results, and verdicts with a reason.
//!
//! A report is evidence and changes no outcome. A verdict is a clerk's, by name; it can be given
//! anew by a person, and is withdrawn when the officer's own answer turns up.

use super::circular;
use super::climbing::duty_line;
use super::draft::Draft;
use super::phone::to_ring;
use super::statements::Words;
use super::{AccountId, Check, Drafting, Heard, Recall, Report, Ruling, Say, Slot, Toast, Urgency};
use crate::journal::Deed;
use crate::spotcheck::{
    CheckId, ClimbEnd, ClimbEvent, Ground, Outcome, Rung, Sighting, Verdict, VerdictReason,
};

/// Somebody above reports what they found.
pub(super) fn reported(
    draft: &mut Draft<'_>,
    heard: &Heard,
    query: String,
    id: CheckId,
    sighting: Sighting,
) {
    let to = heard.account;
    let Some(check) = draft.check(id).cloned() else {
        toast(draft, heard, query, Toast::Outdated);
        return;
    };
    let rungs = &check.follow_up.rungs;
    let asked = check.follow_up.climb.asked.iter().copied();
    let own = asked.into_iter().find(|rung| {
        let above = rungs.get(usize::from(*rung));
        above.is_some_and(|a| a.account == Some(to) && a.rung != Rung::Clerk)
    });
    let Some((rung, above)) = own.and_then(|r| Some((r, rungs.get(usize::from(r))?))) else {
        toast(draft, heard, query, Toast::NotYours);
        return;
    };
    if !check.is_unsettled() {
        toast(draft, heard, query, Toast::Outdated);
        return;
    }
    let (kind, name) = (above.rung, above.name.clone());
    toast(draft, heard, query, Toast::Noted);
    attach(draft, heard, id, (kind, name), sighting);
    draft.climb(id, &ClimbEvent::Sighted { rung, sighting });
    let slot = Slot::Rung(id, rung);
    let rung = kind;
    let say = Say::Recalled {
        unit: check.asked.unit.clone(),
        name: check.asked.name.clone(),
        why: Recall::Reported { rung, sighting },
    };
    draft.show(to, Urgency::Receipt, slot, say);
}

/// The clerk rang.
pub(super) fn rang(
    draft: &mut Draft<'_>,
    heard: &Heard,
    query: String,
    id: CheckId,
    sighting: Sighting,
) {
    let Some(check) = draft.check(id).cloned() else {
        toast(draft, heard, query, Toast::Outdated);
        return;
    };
    if !check.takes_a_call(draft.now) {
        toast(draft, heard, query, Toast::Outdated);
        return;
    }
    toast(draft, heard, query, Toast::Noted);
    let name = clerk_name(draft, heard.account);
    attach(draft, heard, id, (Rung::Clerk, name), sighting);
    // Nothing is known of them but by the telephone, and that they are there needs no verdict.
    if !matches!(check.state.outcome(), Some(Outcome::NoAnswer { .. })) {
        if !check.state.is_open() {
            draft.climb(id, &ClimbEvent::Ended(ClimbEnd::Ruled));
        }
        show_sheet(draft, heard.account, id);
        return;
    }
    match sighting {
        // Reached at post, by a person with a name: that is the verdict.
        Sighting::AtPost => {
            let reason = VerdictReason::Ground(Ground::Reached);
            rule(draft, heard, id, Verdict::PresentByPhone, reason);
        }
        Sighting::NotThere | Sighting::NotReached => show_sheet(draft, heard.account, id),
    }
}

fn attach(
    draft: &mut Draft<'_>,
    heard: &Heard,
    id: CheckId,
    (rung, name): (Rung, String),
    sighting: Sighting,
) {
    let Some(mut check) = draft.check(id).cloned() else {
        return;
    };
    draft.note(Deed::Sighted {
        check: id,
        rung,
        account: heard.account.0,
        name: name.clone(),
        sighting,
    });
    check.follow_up.reports.push(Report {
        rung,
        by: heard.account,
        name,
        sighting,
        at: draft.now,
    });
    draft.look_into(check.round);
    draft.recount(check.round);
    draft.amend(check);
}

/// A clerk opens one check to look into it.
pub(super) fn opened(draft: &mut Draft<'_>, heard: &Heard, query: String, id: CheckId) {
    let now = draft.now;
    let told = |check: &&Check| !check.state.is_open() || check.takes_a_call(now);
    let Some(mut check) = draft.check(id).filter(told).cloned() else {
        toast(draft, heard, query, Toast::Outdated);
        return;
    };
    check.follow_up.sheets += 1;
    check
        .follow_up
        .drafting
        .take_if(|drafting| drafting.by == heard.account);
    draft.amend(check);
    toast(draft, heard, query, Toast::Done);
    show_sheet(draft, heard.account, id);
}

fn show_sheet(draft: &mut Draft<'_>, to: AccountId, id: CheckId) {
    let Some(check) = draft.check(id).cloned() else {
        return;
    };
    let line = duty_line(draft.world, &check.asked.unit, Some(check.asked.version));
    let say = Say::VerifyOne {
        one: to_ring(&check, line),
        outcome: check.state.outcome().copied(),
        remarks: check.follow_up.remarks(),
        takes_a_call: check.takes_a_call(draft.now),
        may_be_ruled: check.may_be_ruled(),
    };
    draft.show(to, Urgency::Report, sheet(&check), say);
}

/// A verdict is chosen; its reason is still to come.
pub(super) fn chosen(
    draft: &mut Draft<'_>,
    heard: &Heard,
    query: String,
    id: CheckId,
    verdict: Verdict,
) {
    let open = draft.check(id).filter(|check| check.may_be_ruled());
    let Some(mut check) = open.cloned() else {
        toast(draft, heard, query, Toast::Outdated);
        return;
    };
    forget_drafts(draft, heard.account);
    check.follow_up.drafting = Some(Drafting {
        by: heard.account,
        verdict,
        at: draft.now,
    });
    toast(draft, heard, query, Toast::Done);
    let say = Say::ReasonAsked {
        check: id,
        unit: check.asked.unit.clone(),
        name: check.asked.name.clone(),
        verdict,
    };
    draft.show(heard.account, Urgency::Report, sheet(&check), say);
    draft.amend(check);
}

/// One reason at a time is awaited from one clerk.
fn forget_drafts(draft: &mut Draft<'_>, clerk: AccountId) {
    let is_theirs = |check: &&Check| check.follow_up.drafting.is_some_and(|d| d.by == clerk);
    let drafts: Vec<Check> = draft
        .world
        .checks
        .values()
        .filter(is_theirs)
        .cloned()
        .collect();
    for mut check in drafts {
        check.follow_up.drafting = None;
        draft.amend(check);
    }
}

/// One of the usual grounds for the verdict that was chosen.
pub(super) fn grounded(
    draft: &mut Draft<'_>,
    heard: &Heard,
    query: String,
    id: CheckId,
    ground: Ground,
) {
    let drafting = draft.check(id).and_then(|check| check.follow_up.drafting);
    let verdict = drafting
        .filter(|drafting| drafting.by == heard.account)
        .map(|drafting| drafting.verdict)
        .filter(|verdict| verdict.grounds().contains(&ground));
    let given = verdict.filter(|_| draft.check(id).is_some_and(Check::may_be_ruled));
    let Some(verdict) = given else {
        toast(draft, heard, query, Toast::Outdated);
        return;
    };
    toast(draft, heard, query, Toast::Noted);
    rule(draft, heard, id, verdict, VerdictReason::Ground(ground));
}

/// The reason of a verdict, in the clerk's own words.
pub(super) fn reasoned(draft: &mut Draft<'_>, heard: &Heard, words: &str) -> Words {
    let mut checks = draft.world.checks.values();
    let awaiting = checks.find(|check| {
        check.follow_up.awaits_reason(heard.account, draft.now) && check.may_be_ruled()
    });
    let drafted = awaiting.and_then(|check| Some((check.id, check.follow_up.drafting?.verdict)));
    let Some((id, verdict)) = drafted else {
        return Words::Unclaimed;
    };
    rule(
        draft,
        heard,
        id,
        verdict,
        VerdictReason::Words(words.to_owned()),
    );
    Words::Taken
}

fn rule(
    draft: &mut Draft<'_>,
    heard: &Heard,
    id: CheckId,
    verdict: Verdict,
    reason: VerdictReason,
) {
    let by = heard.account;
    let is_clerk = draft.is_clerk(by);
    let Some(mut check) = draft.check(id).filter(|_| is_clerk).cloned() else {
        return;
    };
    let name = clerk_name(draft, by);
    draft.note(Deed::VerdictGiven {
        check: id,
        account: by.0,
        name: name.clone(),
        verdict,
        reason: reason.clone(),
    });
    check.follow_up.drafting = None;
    check.follow_up.rulings.push(Ruling {
        verdict,
        reason: reason.clone(),
        by,
        name: name.clone(),
        at: draft.now,
        withdrawn: None,
    });
    let say = Say::Ruled {
        check: id,
        unit: check.asked.unit.clone(),
        name: check.asked.name.clone(),
        verdict,
        reason,
        by: name,
        at: draft.now,
    };
    draft.show(by, Urgency::Report, sheet(&check), say);
    draft.look_into(check.round);
    draft.recount(check.round);
    draft.amend(check);
    draft.climb(id, &ClimbEvent::Ended(ClimbEnd::Ruled));
    if !verdict.is_adverse() {
        circular::no_longer_stands(draft, id, circular::Turn::Ruled(by));
    }
}

impl Draft<'_> {
    /// The officer's own answer turned up: a verdict against them stands no longer, and who gave
    /// it is told. One in their favour does them no harm.
    pub fn overturn(&mut self, id: CheckId, outcome: Outcome) {
        let Some(mut check) = self.check(id).cloned() else {
            return;
        };
        check.follow_up.drafting = None;
        let now = self.now;
        let standing = check.follow_up.rulings.last_mut();
        let adverse = standing.filter(|r| r.withdrawn.is_none() && r.verdict.is_adverse());
        let overturned = adverse.map(|ruling| {
            ruling.withdrawn = Some(now);
            (ruling.verdict, ruling.by)
        });
        let office = self.round(check.round).map(|round| round.by);
        let say = |verdict| Say::VerdictOvertaken {
            check: id,
            unit: check.asked.unit.clone(),
            name: check.asked.name.clone(),
            verdict,
            outcome,
        };
        if let Some((verdict, by)) = overturned {
            self.note(Deed::VerdictWithdrawn { check: id, verdict });
            circular::no_longer_stands(self, id, circular::Turn::Answered);
            self.say(by, Urgency::Escalation, say(verdict));
            if let Some(office) = office.filter(|office| *office != by) {
                self.say(office, Urgency::Escalation, say(verdict));
            }
        }
        self.amend(check);
    }
}

/// The message a clerk has of this check: a new one each time it is opened.
fn sheet(check: &Check) -> Slot {
    Slot::Sheet(check.id, check.follow_up.sheets)
}

fn clerk_name(draft: &Draft<'_>, clerk: AccountId) -> String {
    let account = draft.account(clerk);
    account.map_or_else(String::new, |account| account.name.clone())
}

fn toast(draft: &mut Draft<'_>, heard: &Heard, query: String, toast: Toast) {
    draft.say(heard.account, Urgency::Receipt, Say::Toast { query, toast });
}
