//! A person's word: without it nothing goes out.

use super::{
    Approval, CircularPress, CircularSay, Proceeding, Stage, Why, drafted, name_of, numbers, put,
    readers, say, still_holds, units,
};
use crate::decide::draft::Draft;
use crate::decide::{AccountId, Heard, Toast};
use crate::journal::Deed;

/// A clerk has it approved.
pub(super) fn submitted(
    draft: &mut Draft<'_>,
    clerk: AccountId,
    proceeding: Proceeding,
    press: CircularPress,
) {
    if !still_holds(draft.world, &proceeding) {
        drafted(draft, clerk, Why::Changed);
        return;
    }
    let circular = proceeding.id;
    if !units::all_asked(&proceeding) {
        say(draft, clerk, CircularSay::AskUnitsFirst { circular });
        return;
    }
    let outstanding: Vec<String> = proceeding.unanswered().map(|u| u.unit.clone()).collect();
    let waits = proceeding.until().filter(|until| draft.now < *until);
    if let Some(until) = waits.filter(|_| press == CircularPress::Submit)
        && !outstanding.is_empty()
    {
        let units = outstanding;
        let said = CircularSay::Outstanding {
            circular,
            units,
            until,
        };
        say(draft, clerk, said);
        return;
    }
    let to = approvers(draft, clerk);
    if to.is_empty() {
        let named = draft.world.policy.letterhead.approver.clone();
        say(draft, clerk, CircularSay::NoApprover { named });
        return;
    }
    draft.note(Deed::CircularSubmitted {
        circular: circular.0,
        account: clerk.0,
        to: to.iter().map(|account| account.0).collect(),
    });
    let drafted_by = name_of(draft, clerk);
    for account in &to {
        let said = CircularSay::Approval {
            circular,
            covered: proceeding.facts.covered,
            drafted_by: drafted_by.clone(),
            numbers: numbers(&proceeding.facts),
            naming: proceeding.naming,
            units: units::heard(&proceeding),
        };
        say(draft, *account, said);
    }
    let names = to.iter().map(|account| name_of(draft, *account)).collect();
    say(draft, clerk, CircularSay::Submitted { to: names });
    put(
        draft,
        Proceeding {
            by: clerk,
            stage: Stage::Submitted { at: draft.now, to },
            ..proceeding
        },
    );
}

/// Whom the settings name; else every other clerk. Never the drafter.
fn approvers(draft: &Draft<'_>, drafter: AccountId) -> Vec<AccountId> {
    let named = draft.world.policy.letterhead.approver.as_deref();
    let others = draft.world.accounts.values().filter(|a| a.id != drafter);
    let may = others.filter(|account| {
        let is_clerk = account.clerk_since.is_some();
        match named {
            None => is_clerk,
            // A name from the roster is checked; one that an account gives itself counts only
            // with a clerk.
            Some(name) => {
                let bound = account.bound.as_ref();
                bound.is_some_and(|bound| bound.name == name) || (is_clerk && account.name == name)
            }
        }
    });
    may.map(|account| account.id).collect()
}

/// ⟦同意⟧ or ⟦退回⟧.
pub(super) fn decided(
    draft: &mut Draft<'_>,
    heard: &Heard,
    proceeding: Proceeding,
    press: CircularPress,
) -> Toast {
    let Stage::Submitted { to, .. } = &proceeding.stage else {
        return Toast::Outdated;
    };
    // Who was asked may have been let go, or another approver named, since.
    let may = approvers(draft, proceeding.by).contains(&heard.account);
    if !to.contains(&heard.account) || !may {
        return Toast::NotYours;
    }
    let name = name_of(draft, heard.account);
    if name.trim().is_empty() {
        return Toast::NotYours;
    }
    if press == CircularPress::Return {
        draft.note(Deed::CircularReturned {
            circular: proceeding.id.0,
            account: heard.account.0,
            name: name.clone(),
        });
        let circular = proceeding.id;
        let said = CircularSay::Returned { circular, by: name };
        say(draft, proceeding.by, said);
        put(
            draft,
            Proceeding {
                stage: Stage::Draft,
                ..proceeding
            },
        );
        return Toast::Done;
    }
    // What is approved is what was read, and still so.
    if !still_holds(draft.world, &proceeding) {
        say(draft, proceeding.by, CircularSay::ChangedMeanwhile);
        drafted(draft, proceeding.by, Why::Changed);
        return Toast::Outdated;
    }
    let approval = Approval {
        by: heard.account,
        name,
        at: draft.now,
    };
    readers::published(draft, proceeding, approval);
    Toast::Done
}
