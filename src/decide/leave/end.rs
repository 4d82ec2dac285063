//! How a request ends, and who is told.

use std::collections::BTreeMap;

use super::people::{account, leader};
use super::{
    Consent, Leader, Leave, LeaveEnd, LeavePress, LeaveSay, LeaveState, Party, put, request, show,
    show_where_it_stands, tell,
};
use crate::decide::draft::Draft;
use crate::decide::{AccountId, Heard, Toast, World};
use crate::duty::{Amendment, Fit, amended};
use crate::journal::Deed;
use crate::roster::Roster;
use crate::time::{Moment, Span};

/// A clerk orders it.
pub(super) fn ordered(draft: &mut Draft<'_>, leave: Leave) {
    let consent = Consent {
        by: leave.by,
        at: draft.now,
    };
    let leave = from_now_on(leave, draft.now);
    let Some(amendment) = fitting(draft.world, &leave) else {
        ended(draft, &leave, LeaveEnd::Dropped, None);
        return;
    };
    draft.note(Deed::LeaveOrdered {
        leave: leave.id.0,
        account: leave.by.0,
        amendment: Box::new(amendment),
        reason: leave.reason.clone(),
    });
    let by = leave.by;
    ended(draft, &leave, LeaveEnd::Approved { consent }, Some(by));
}

/// The approver agrees.
pub(super) fn approved(draft: &mut Draft<'_>, leave: Leave, consent: Consent) -> Toast {
    let leave = from_now_on(leave, draft.now);
    let Some(amendment) = fitting(draft.world, &leave) else {
        return Toast::Outdated;
    };
    draft.note(Deed::LeaveApproved {
        leave: leave.id.0,
        account: consent.by.0,
        amendment: Box::new(amendment),
    });
    ended(
        draft,
        &leave,
        LeaveEnd::Approved { consent },
        Some(consent.by),
    );
    Toast::Done
}

/// What is past of a turn was its person's.
fn from_now_on(leave: Leave, now: Moment) -> Leave {
    let amendment = leave.amendment.clone().map(|amendment| {
        let start = amendment.span.start().max(now);
        let left = Span::new(start, amendment.span.end());
        Amendment {
            span: left.unwrap_or(amendment.span),
            ..amendment
        }
    });
    Leave { amendment, ..leave }
}

fn fitting(world: &World, leave: &Leave) -> Option<Amendment> {
    let amendment = leave.amendment.clone()?;
    let (_, standing) = world.in_force()?;
    (amendment.fit(standing) == Fit::Fits).then_some(amendment)
}

/// The person takes it back.
pub(super) fn withdrawn(draft: &mut Draft<'_>, heard: &Heard, leave: &Leave) {
    draft.note(Deed::LeaveWithdrawn {
        leave: leave.id.0,
        account: heard.account.0,
    });
    let end = LeaveEnd::Withdrawn { at: draft.now };
    let by = leave.by;
    ended(draft, leave, end, Some(by));
}

/// Ends `leave`: its messages say so wherever they stand, and who did not end it with their own
/// hand (`hand`) hears of it.
pub(super) fn ended(draft: &mut Draft<'_>, leave: &Leave, end: LeaveEnd, hand: Option<AccountId>) {
    let was_asked = leave.is_asked() || matches!(end, LeaveEnd::Approved { .. });
    let parties = if was_asked || matches!(leave.state, LeaveState::Ended(_)) {
        parties(draft.world, leave, &end)
    } else {
        BTreeMap::from([(leave.by, Party::Asker)])
    };
    let request = request(leave);
    let id = leave.id;
    put(
        draft,
        Leave {
            state: LeaveState::Ended(end),
            offered: Vec::new(),
            ..leave.clone()
        },
    );
    let Some(request) = request else {
        for to in parties.into_keys() {
            show(draft, to, id, LeaveSay::Forgotten);
        }
        return;
    };
    for (account, to) in parties {
        let news = LeaveSay::News {
            leave: id,
            request: request.clone(),
            end,
            to,
        };
        // The office has no message of the dialogue: it is told once.
        if to == Party::Office {
            tell(draft, account, news);
            continue;
        }
        if has_message(leave, to) {
            let say = LeaveSay::Ended {
                leave: id,
                request: request.clone(),
                end,
                to,
            };
            if to == Party::Approver {
                show_where_it_stands(draft, account, id, say);
            } else {
                show(draft, account, id, say);
            }
        }
        let concerns = matches!(to, Party::Asker | Party::Person | Party::StandIn);
        if concerns && hand != Some(account) && end != LeaveEnd::Dropped {
            tell(draft, account, news);
        }
    }
}

/// Whether a message of the dialogue stands in their chat.
fn has_message(leave: &Leave, party: Party) -> bool {
    match party {
        Party::Asker | Party::Approver => true,
        Party::StandIn => leave.agreed.is_some() || leave.state == LeaveState::AskingStandIn,
        Party::Person | Party::Office => false,
    }
}

/// Everybody who has a message of the dialogue or is to know its end; nobody twice.
fn parties(world: &World, leave: &Leave, end: &LeaveEnd) -> BTreeMap<AccountId, Party> {
    let mut parties = BTreeMap::new();
    // The office knows who is on duty, and of nothing that came to nothing.
    if matches!(end, LeaveEnd::Approved { .. } | LeaveEnd::Lapsed { .. }) {
        parties.extend(world.clerks().map(|c| (c.id, Party::Office)));
    }
    match leave.state {
        LeaveState::AskingApprover { approver: None } => {
            parties.extend(world.clerks().map(|c| (c.id, Party::Approver)));
        }
        LeaveState::AskingApprover {
            approver: Some(approver),
        } => {
            parties.insert(approver, Party::Approver);
        }
        _ => {}
    }
    let stand_in = leave.amendment.as_ref().and_then(|a| a.stand_in.as_ref());
    if let Some(account) = stand_in.and_then(|p| account(world, &leave.unit, p)) {
        parties.insert(account.id, Party::StandIn);
    }
    if let Some(account) = account(world, &leave.unit, &leave.person) {
        parties.insert(account.id, Party::Person);
    }
    parties.insert(leave.by, Party::Asker);
    parties
}

/// The buttons under an expired request: whether the duty leader is to be told.
pub(super) fn about_expired(
    draft: &mut Draft<'_>,
    leave: Leave,
    at: Moment,
    known: Leader,
    press: LeavePress,
) -> Toast {
    if known != Leader::NotAsked {
        return Toast::Already;
    }
    let now_known = match press {
        LeavePress::TellLeader => Leader::Told,
        LeavePress::DoNotTell => Leader::NotTold,
        _ => return Toast::Outdated,
    };
    let Some(request) = request(&leave) else {
        return Toast::Outdated;
    };
    if now_known == Leader::Told {
        let leader = leader(draft.world, &leave, draft.now);
        let told: Vec<AccountId> = match leader {
            Some(leader) => vec![leader],
            None => draft.world.clerks().map(|c| c.id).collect(),
        };
        for to in told {
            let request = request.clone();
            tell(draft, to, LeaveSay::NobodyTook { request });
        }
    }
    let end = LeaveEnd::Expired {
        at,
        leader: now_known,
    };
    let id = leave.id;
    let say = LeaveSay::Ended {
        leave: id,
        request,
        end,
        to: Party::Asker,
    };
    show(draft, leave.by, id, say);
    let state = LeaveState::Ended(end);
    put(draft, Leave { state, ..leave });
    Toast::Done
}

/// When the next request expires.
pub(in crate::decide) fn next_wake(world: &World) -> Option<Moment> {
    world.leaves.values().filter_map(Leave::expires).min()
}

/// What nobody answered in time.
pub(in crate::decide) fn expired(draft: &mut Draft<'_>) {
    let now = draft.now;
    let due: Vec<Leave> = draft
        .world
        .leaves
        .values()
        .filter(|leave| leave.expires().is_some_and(|at| at <= now))
        .cloned()
        .collect();
    for leave in due {
        if leave.is_asked() {
            draft.note(Deed::LeaveExpired { leave: leave.id.0 });
            let end = LeaveEnd::Expired {
                at: now,
                leader: Leader::NotAsked,
            };
            ended(draft, &leave, end, None);
        } else {
            ended(draft, &leave, LeaveEnd::Dropped, None);
        }
    }
}

/// A new version stands: what does not fit it any more ends, and everybody concerned is told.
/// Nothing that was approved is lost in silence.
pub(in crate::decide) fn after_version(draft: &mut Draft<'_>, version: u32, roster: &Roster) {
    let now = draft.now;
    let mut standing = roster.clone();
    let mut in_order: Vec<&Leave> = draft.world.leaves.values().collect();
    // Those in force first, as they came into force; the others see what they make of the roster.
    in_order.sort_by_key(|leave| {
        let since = leave.in_force().map(|(since, _)| since);
        (since.is_none(), since, leave.id)
    });
    let mut lapsed: Vec<(Leave, Fit)> = Vec::new();
    for leave in in_order {
        let Some(amendment) = &leave.amendment else {
            continue;
        };
        let open = leave.is_asked() || leave.in_force().is_some();
        if !open || amendment.span.end() <= now {
            continue;
        }
        match amendment.fit(&standing) {
            Fit::Fits if leave.in_force().is_some() => {
                standing = amended(&standing, [amendment]);
            }
            Fit::Fits => {}
            fit => lapsed.push((leave.clone(), fit)),
        }
    }
    for (leave, fit) in lapsed {
        draft.note(Deed::LeaveLapsed {
            leave: leave.id.0,
            version,
            fit,
        });
        let end = LeaveEnd::Lapsed {
            at: now,
            version,
            fit,
        };
        ended(draft, &leave, end, None);
    }
}
