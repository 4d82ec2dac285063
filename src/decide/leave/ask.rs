//! The asker's side: which turn, why, who takes it; then it is sent.

use super::people::{account, approver, exchanges, offered, stand_ins, turns};
use super::{
    Asker, Awaited, Leave, LeaveEnd, LeaveId, LeaveKind, LeavePress, LeaveSay, LeaveState, Offer,
    effects, end, put, request, show, tell,
};
use crate::decide::draft::Draft;
use crate::decide::{Account, AccountId, ChatPlace, Check, Heard, Say, Toast, Urgency, World};
use crate::duty::{Amendment, Reason, members};
use crate::journal::Deed;
use crate::roster::Person;

/// The longest reason that is kept.
const REASON_SHOWN: usize = 100;

/// `/leave` or `/swap`: an officer's own, or a clerk's for somebody.
pub(in crate::decide) fn asked(draft: &mut Draft<'_>, heard: &Heard, kind: LeaveKind, name: &str) {
    let world = draft.world;
    let Some((_, roster)) = world.rostered() else {
        draft.say(heard.account, Urgency::Report, Say::NoRoster);
        return;
    };
    let own = draft.account(heard.account);
    // On their own page a clerk is an officer like all.
    let is_clerk = heard.place != ChatPlace::Page && own.is_some_and(Account::is_clerk);
    let bound = world.behind(heard.account);
    let (asker, unit, person) = if is_clerk && !name.is_empty() {
        let found = members(roster)
            .into_iter()
            .find(|m| m.name == name || format!("{} {}", m.unit, m.name) == name);
        let Some(member) = found else {
            let name = name.to_owned();
            tell(draft, heard.account, LeaveSay::Unknown { name });
            return;
        };
        let (name, phone) = (member.name, member.phone);
        (Asker::Clerk, member.unit, Person { name, phone })
    } else if let Some(bound) = bound {
        let (name, phone) = (bound.name, bound.phone);
        let asker = if is_clerk {
            Asker::Clerk
        } else {
            Asker::Oneself
        };
        (asker, bound.unit, Person { name, phone })
    } else if is_clerk {
        tell(draft, heard.account, LeaveSay::Whom { kind });
        return;
    } else {
        draft.say(heard.account, Urgency::Report, Say::NotBoundYet);
        return;
    };
    let offers = turns(world, &unit, &person, draft.now);
    if offers.is_empty() {
        let name = person.name;
        tell(draft, heard.account, LeaveSay::NoTurns { name });
        return;
    }
    let _ = dropped(draft, heard.account);
    let leave = Leave {
        id: next_id(world),
        kind,
        by: heard.account,
        asker,
        at: draft.now,
        unit,
        person,
        amendment: None,
        reason: None,
        offered: offers,
        declined: Vec::new(),
        agreed: None,
        check: None,
        state: LeaveState::ChoosingTurn,
    };
    let say = LeaveSay::WhichTurn {
        leave: leave.id,
        kind,
        name: (asker == Asker::Clerk).then(|| leave.person.name.clone()),
        offers: leave.offered.clone(),
    };
    show(draft, leave.by, leave.id, say);
    put(draft, leave);
}

/// Whether somebody could be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::decide) enum Claimed {
    Asking,
    /// Nobody of the unit could be asked here.
    Nobody,
}

/// Who is asked in `check` says that somebody else has this shift: they are asked whom, and it
/// goes the way of a stand-in. Until it is approved, the shift is still theirs.
pub(in crate::decide) fn claimed(draft: &mut Draft<'_>, by: AccountId, check: &Check) -> Claimed {
    let (world, asked) = (draft.world, &check.asked);
    let person = Person {
        name: asked.name.clone(),
        phone: asked.phone.clone(),
    };
    let this = turns(world, &asked.unit, &person, draft.now)
        .into_iter()
        .find_map(|offer| match offer {
            Offer::Turn(turn, span) if turn.post == asked.post && turn.span.contains(draft.now) => {
                Some((turn, span))
            }
            _ => None,
        });
    let Some((turn, span)) = this else {
        return Claimed::Nobody;
    };
    let leave = Leave {
        id: next_id(world),
        kind: LeaveKind::Cover,
        by,
        asker: Asker::Oneself,
        at: draft.now,
        unit: turn.unit.clone(),
        person,
        amendment: Some(Amendment {
            turn,
            span,
            stand_in: None,
            in_return: None,
        }),
        reason: None,
        offered: Vec::new(),
        declined: Vec::new(),
        agreed: None,
        check: Some(check.id),
        state: LeaveState::ChoosingStandIn,
    };
    if stand_ins(world, &leave).is_empty() {
        return Claimed::Nobody;
    }
    let _ = dropped(draft, by);
    choose_stand_in(draft, leave, None);
    Claimed::Asking
}

fn next_id(world: &World) -> LeaveId {
    LeaveId(world.given.leave + 1)
}

/// Whether there was something to drop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::decide) enum Dropped {
    Something,
    Nothing,
}

/// What `account` has begun and not sent is forgotten.
pub(in crate::decide) fn dropped(draft: &mut Draft<'_>, account: AccountId) -> Dropped {
    let drafts: Vec<Leave> = draft
        .world
        .leaves
        .values()
        .filter(|leave| leave.by == account && leave.is_draft())
        .cloned()
        .collect();
    let mut dropped = Dropped::Nothing;
    for leave in drafts {
        end::ended(draft, &leave, LeaveEnd::Dropped, None);
        dropped = Dropped::Something;
    }
    dropped
}

/// A text while a reason, or a stand-in's name, is asked for.
pub(in crate::decide) fn written(draft: &mut Draft<'_>, heard: &Heard, text: &str) -> Taken {
    let open = draft
        .world
        .leaves
        .values()
        .rfind(|leave| leave.by == heard.account && leave.is_draft());
    let Some(leave) = open.cloned() else {
        return Taken::No;
    };
    match leave.state {
        LeaveState::WritingReason => {
            let reason = text.trim().chars().take(REASON_SHOWN).collect();
            because(draft, leave, Reason::Other(reason));
            Taken::Yes
        }
        LeaveState::ChoosingStandIn if leave.kind != LeaveKind::Swap => {
            let found = stand_ins(draft.world, &leave)
                .into_iter()
                .find(|p| p.name == text.trim());
            let Some(person) = found else {
                return Taken::No;
            };
            chosen(draft, leave, Some(person));
            Taken::Yes
        }
        _ => Taken::No,
    }
}

/// Whether a text was part of the dialogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::decide) enum Taken {
    Yes,
    No,
}

/// A button pressed by the asker.
pub(super) fn went_on(
    draft: &mut Draft<'_>,
    heard: &Heard,
    leave: Leave,
    press: LeavePress,
) -> Toast {
    match (leave.state, press) {
        (LeaveState::Ended(LeaveEnd::Expired { at, leader }), _) => {
            return end::about_expired(draft, leave, at, leader, press);
        }
        (LeaveState::Ended(_), _) => return Toast::Outdated,
        (_, LeavePress::Withdraw) if leave.is_asked() => {
            end::withdrawn(draft, heard, &leave);
        }
        (_, LeavePress::Drop) if leave.is_draft() => {
            end::ended(draft, &leave, LeaveEnd::Dropped, None);
        }
        (_, LeavePress::Pick(number)) => {
            let Some(offer) = leave.offered.get(usize::from(number)).cloned() else {
                return Toast::Outdated;
            };
            return picked(draft, leave, offer);
        }
        (LeaveState::ChoosingReason, LeavePress::Ill) => because(draft, leave, Reason::Ill),
        (LeaveState::ChoosingReason, LeavePress::Family) => because(draft, leave, Reason::Family),
        (LeaveState::ChoosingReason, LeavePress::Official) => {
            because(draft, leave, Reason::Official);
        }
        (LeaveState::ChoosingReason, LeavePress::Other) => {
            let state = LeaveState::WritingReason;
            show(
                draft,
                leave.by,
                leave.id,
                LeaveSay::WriteReason { leave: leave.id },
            );
            put(draft, Leave { state, ..leave });
        }
        (LeaveState::ChoosingStandIn, LeavePress::NoStandIn) => chosen(draft, leave, None),
        (LeaveState::ChoosingStandIn, LeavePress::Cover) => {
            let kind = LeaveKind::Cover;
            choose_stand_in(draft, Leave { kind, ..leave }, None);
        }
        (LeaveState::Confirming, LeavePress::ChooseAgain) => choose_stand_in(draft, leave, None),
        (LeaveState::Confirming, LeavePress::GoOn) => send(draft, leave),
        _ => return Toast::Outdated,
    }
    Toast::Done
}

fn picked(draft: &mut Draft<'_>, leave: Leave, offer: Offer) -> Toast {
    match (leave.state, offer) {
        (LeaveState::ChoosingTurn, Offer::Turn(turn, span)) => {
            let leave = Leave {
                unit: turn.unit.clone(),
                amendment: Some(Amendment {
                    turn,
                    span,
                    stand_in: None,
                    in_return: None,
                }),
                offered: Vec::new(),
                ..leave
            };
            if leave.kind == LeaveKind::Leave {
                let state = LeaveState::ChoosingReason;
                let say = LeaveSay::WhichReason {
                    leave: leave.id,
                    span,
                };
                show(draft, leave.by, leave.id, say);
                put(draft, Leave { state, ..leave });
            } else {
                choose_stand_in(draft, leave, None);
            }
            Toast::Done
        }
        (LeaveState::ChoosingStandIn, Offer::StandIn(person)) => {
            chosen(draft, leave, Some(person));
            Toast::Done
        }
        (LeaveState::ChoosingStandIn, Offer::Return(turn)) => {
            let Some(amendment) = leave.amendment.clone() else {
                return Toast::Outdated;
            };
            let amendment = Some(Amendment {
                stand_in: Some(turn.person.clone()),
                in_return: Some(turn),
                ..amendment
            });
            weighed(draft, Leave { amendment, ..leave });
            Toast::Done
        }
        _ => Toast::Outdated,
    }
}

fn because(draft: &mut Draft<'_>, leave: Leave, reason: Reason) {
    let reason = Some(reason);
    choose_stand_in(draft, Leave { reason, ..leave }, None);
}

/// Asks who is to take over; `declined` has just said no.
pub(super) fn choose_stand_in(draft: &mut Draft<'_>, leave: Leave, declined: Option<&Person>) {
    let Some(amendment) = leave.amendment.clone() else {
        return;
    };
    let leave = Leave {
        amendment: Some(Amendment {
            stand_in: None,
            in_return: None,
            ..amendment
        }),
        agreed: None,
        state: LeaveState::ChoosingStandIn,
        ..leave
    };
    let offered = match leave.kind {
        LeaveKind::Swap => exchanges(draft.world, &leave, draft.now),
        LeaveKind::Leave | LeaveKind::Cover => offered(stand_ins(draft.world, &leave)),
    };
    let say = LeaveSay::WhichStandIn {
        leave: leave.id,
        kind: leave.kind,
        span: amendment.span,
        offers: offered.clone(),
        declined: declined.map(|p| p.name.clone()),
    };
    show(draft, leave.by, leave.id, say);
    put(draft, Leave { offered, ..leave });
}

fn chosen(draft: &mut Draft<'_>, leave: Leave, stand_in: Option<Person>) {
    let Some(amendment) = leave.amendment.clone() else {
        return;
    };
    let amendment = Some(Amendment {
        stand_in,
        in_return: None,
        ..amendment
    });
    weighed(draft, Leave { amendment, ..leave });
}

/// What it would open is told before anybody else is asked.
fn weighed(draft: &mut Draft<'_>, leave: Leave) {
    let (Some(amendment), Some(request)) = (&leave.amendment, request(&leave)) else {
        return;
    };
    let Some(effects) = effects::effects(draft.world, amendment) else {
        end::ended(draft, &leave, LeaveEnd::Dropped, None);
        return;
    };
    if effects.are_none() {
        send(draft, leave);
        return;
    }
    let say = LeaveSay::Confirm {
        leave: leave.id,
        request,
        effects,
    };
    show(draft, leave.by, leave.id, say);
    let state = LeaveState::Confirming;
    put(draft, Leave { state, ..leave });
}

/// To the stand-in, to the approver, or, where a clerk asks, into force.
fn send(draft: &mut Draft<'_>, leave: Leave) {
    let Some(amendment) = leave.amendment.clone() else {
        return;
    };
    let leave = Leave {
        offered: Vec::new(),
        ..leave
    };
    if leave.asker == Asker::Clerk {
        end::ordered(draft, leave);
        return;
    }
    draft.note(Deed::LeaveAsked {
        leave: leave.id.0,
        account: leave.by.0,
        amendment: Box::new(amendment.clone()),
        reason: leave.reason.clone(),
    });
    match &amendment.stand_in {
        Some(person) => ask_stand_in(draft, leave, person),
        None => ask_approver(draft, leave),
    }
}

fn ask_stand_in(draft: &mut Draft<'_>, leave: Leave, person: &Person) {
    let (Some(request), Some(account)) = (
        request(&leave),
        account(draft.world, &leave.unit, person).map(|a| a.id),
    ) else {
        // Freed from their account since they were offered.
        choose_stand_in(draft, leave, Some(person));
        return;
    };
    let id = leave.id;
    let asked = LeaveSay::StandInAsked {
        leave: id,
        request: request.clone(),
    };
    show(draft, account, id, asked);
    waits(draft, &leave, Awaited::StandIn);
    let state = LeaveState::AskingStandIn;
    put(draft, Leave { state, ..leave });
}

pub(super) fn ask_approver(draft: &mut Draft<'_>, leave: Leave) {
    let world = draft.world;
    let (Some(request), Some(amendment)) = (request(&leave), leave.amendment.as_ref()) else {
        return;
    };
    let Some(effects) = effects::effects(world, amendment) else {
        end::ended(draft, &leave, LeaveEnd::Dropped, None);
        return;
    };
    let approver = approver(world, &leave, draft.now);
    let asked: Vec<AccountId> = match approver {
        Some(account) => vec![account],
        None => world.clerks().map(|c| c.id).collect(),
    };
    let say = LeaveSay::ApproverAsked {
        leave: leave.id,
        request,
        effects,
    };
    for to in asked {
        show(draft, to, leave.id, say.clone());
    }
    waits(draft, &leave, awaited(world, approver));
    let state = LeaveState::AskingApprover { approver };
    put(draft, Leave { state, ..leave });
}

/// Whose approval it waits for.
pub(super) fn awaited(world: &World, approver: Option<AccountId>) -> Awaited {
    approver
        .and_then(|id| world.accounts.get(&id))
        .and_then(|a| a.bound.as_ref())
        .map_or(Awaited::Office, |b| Awaited::Leader(b.name.clone()))
}

fn waits(draft: &mut Draft<'_>, leave: &Leave, on: Awaited) {
    let Some(request) = request(leave) else {
        return;
    };
    let say = LeaveSay::Waiting {
        leave: leave.id,
        request,
        on,
    };
    show(draft, leave.by, leave.id, say);
}
