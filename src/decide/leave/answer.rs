//! The others' side: the stand-in's word, and the approver's.

use super::ask::{ask_approver, choose_stand_in};
use super::people::account;
use super::{
    Consent, Leave, LeaveEnd, LeavePress, LeaveSay, LeaveState, Party, end, request, show,
    show_where_it_stands, tell,
};
use crate::decide::draft::Draft;
use crate::decide::statements::relieved;
use crate::decide::{Heard, Toast};
use crate::journal::Deed;

/// A button pressed by whoever a request waits for.
pub(super) fn answered(
    draft: &mut Draft<'_>,
    heard: &Heard,
    leave: &Leave,
    press: LeavePress,
) -> Toast {
    match leave.state {
        LeaveState::AskingStandIn if is_stand_in(draft, heard, leave) => {
            by_stand_in(draft, heard, leave, press)
        }
        LeaveState::AskingApprover { approver } => {
            let may = match approver {
                Some(account) => account == heard.account,
                None => draft.is_clerk(heard.account),
            };
            if may {
                by_approver(draft, heard, leave, press)
            } else {
                Toast::Outdated
            }
        }
        _ => Toast::Outdated,
    }
}

fn is_stand_in(draft: &Draft<'_>, heard: &Heard, leave: &Leave) -> bool {
    let stand_in = leave.amendment.as_ref().and_then(|a| a.stand_in.as_ref());
    stand_in
        .and_then(|person| account(draft.world, &leave.unit, person))
        .is_some_and(|account| account.id == heard.account)
}

fn by_stand_in(draft: &mut Draft<'_>, heard: &Heard, leave: &Leave, press: LeavePress) -> Toast {
    let (id, account) = (leave.id, heard.account);
    let consent = Consent {
        by: account,
        at: draft.now,
    };
    let (deed, end_of_it) = match press {
        LeavePress::Agree => (
            Deed::StandInAgreed {
                leave: id.0,
                account: account.0,
            },
            None,
        ),
        LeavePress::Refuse => (
            Deed::StandInRefused {
                leave: id.0,
                account: account.0,
            },
            Some(LeaveEnd::Refused { consent }),
        ),
        _ => return Toast::Outdated,
    };
    draft.note(deed);
    let mut leave = leave.clone();
    if end_of_it.is_none() {
        leave.agreed = Some(consent);
    }
    let Some(request) = request(&leave) else {
        return Toast::Outdated;
    };
    // Their part is over, whatever becomes of the rest.
    if let Some(end) = end_of_it {
        let to = Party::StandIn;
        show(
            draft,
            account,
            id,
            LeaveSay::Ended {
                leave: id,
                request,
                end,
                to,
            },
        );
        let stand_in = leave.amendment.as_ref().and_then(|a| a.stand_in.clone());
        leave.declined.extend(stand_in.clone());
        choose_stand_in(draft, leave, stand_in.as_ref());
    } else {
        show(draft, account, id, LeaveSay::Agreed { request });
        let stand_in = leave.amendment.as_ref().and_then(|a| a.stand_in.clone());
        if let Some((check, stand_in)) = leave.check.zip(stand_in) {
            relieved(draft, heard, check, stand_in.name);
        }
        ask_approver(draft, leave);
    }
    Toast::Done
}

fn by_approver(draft: &mut Draft<'_>, heard: &Heard, leave: &Leave, press: LeavePress) -> Toast {
    let (id, account) = (leave.id, heard.account);
    let consent = Consent {
        by: account,
        at: draft.now,
    };
    let leave = leave.clone();
    match press {
        LeavePress::Agree => return end::approved(draft, leave, consent),
        LeavePress::Refuse => {
            draft.note(Deed::LeaveRefused {
                leave: id.0,
                account: account.0,
            });
            end::ended(draft, &leave, LeaveEnd::Refused { consent }, Some(account));
        }
        LeavePress::SendBack => {
            draft.note(Deed::LeaveSentBack {
                leave: id.0,
                account: account.0,
            });
            if let Some(request) = request(&leave) {
                show_where_it_stands(draft, account, id, LeaveSay::SentBack { request });
            }
            let by = leave.by;
            choose_stand_in(draft, leave, None);
            tell(draft, by, LeaveSay::StandInFirst);
        }
        _ => return Toast::Outdated,
    }
    Toast::Done
}
