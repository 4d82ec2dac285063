//! The dialogue as its asker sees it now, for whoever looks without having been written to.

use super::ask::awaited;
use super::{Awaited, Consent, Leave, LeaveEnd, LeaveSay, LeaveState, Party, effects, request};
use crate::decide::World;
use crate::time::Moment;

/// The asker's message as it reads now; none where the dialogue left nothing to tell.
pub(in crate::decide) fn stands(world: &World, leave: &Leave) -> Option<LeaveSay> {
    let id = leave.id;
    let span = leave.amendment.as_ref().map(|amendment| amendment.span);
    let waiting = |on| {
        let request = request(leave)?;
        Some(LeaveSay::Waiting {
            leave: id,
            request,
            on,
        })
    };
    match leave.state {
        LeaveState::ChoosingTurn => Some(LeaveSay::WhichTurn {
            leave: id,
            kind: leave.kind,
            name: None,
            offers: leave.offered.clone(),
        }),
        LeaveState::ChoosingReason => Some(LeaveSay::WhichReason {
            leave: id,
            span: span?,
        }),
        LeaveState::WritingReason => Some(LeaveSay::WriteReason { leave: id }),
        LeaveState::ChoosingStandIn => Some(LeaveSay::WhichStandIn {
            leave: id,
            kind: leave.kind,
            span: span?,
            offers: leave.offered.clone(),
            declined: leave.declined.last().map(|person| person.name.clone()),
        }),
        LeaveState::Confirming => Some(LeaveSay::Confirm {
            leave: id,
            request: request(leave)?,
            effects: effects::effects(world, leave.amendment.as_ref()?)?,
        }),
        LeaveState::AskingStandIn => waiting(Awaited::StandIn),
        LeaveState::AskingApprover { approver } => waiting(awaited(world, approver)),
        LeaveState::Ended(LeaveEnd::Dropped) => None,
        LeaveState::Ended(end) => Some(LeaveSay::Ended {
            leave: id,
            request: request(leave)?,
            end,
            to: Party::Asker,
        }),
    }
}

impl World {
    /// What waits for somebody's word, the oldest first: with the buttons where it is the office's,
    /// and else with whom it waits for.
    #[must_use]
    pub fn leaves_waiting(&self) -> Vec<LeaveSay> {
        let waiting = self.leaves.values().filter(|leave| leave.is_asked());
        let said = waiting.filter_map(|leave| {
            let LeaveState::AskingApprover { approver: None } = leave.state else {
                return stands(self, leave);
            };
            Some(LeaveSay::ApproverAsked {
                leave: leave.id,
                request: request(leave)?,
                effects: effects::effects(self, leave.amendment.as_ref()?)?,
            })
        });
        said.collect()
    }
}

impl Leave {
    /// When it ended, where that is on record.
    #[must_use]
    pub fn ended_at(&self) -> Option<Moment> {
        let LeaveState::Ended(end) = self.state else {
            return None;
        };
        match end {
            LeaveEnd::Dropped => None,
            LeaveEnd::Approved { consent } | LeaveEnd::Refused { consent } => {
                let Consent { at, .. } = consent;
                Some(at)
            }
            LeaveEnd::Withdrawn { at }
            | LeaveEnd::Expired { at, .. }
            | LeaveEnd::Lapsed { at, .. } => Some(at),
        }
    }
}
