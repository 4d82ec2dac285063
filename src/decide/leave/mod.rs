//! Leave, stand-ins and swaps: asked, agreed to, approved; and told to everybody concerned. Until
//! it is approved, a turn is still its person's.

mod answer;
mod ask;
mod effects;
mod end;
mod people;
mod record;
mod say;
mod stands;
#[cfg(test)]
mod tests;

pub use record::{
    Asker, Consent, Leader, Leave, LeaveEnd, LeaveId, LeaveKind, LeavePress, LeaveState, Offer,
};
pub use say::{Agreed, Awaited, Effects, LeaveSay, Party, Request};

pub(super) use ask::{Claimed, Taken, asked, claimed, dropped, written};
pub(super) use end::{after_version, expired, next_wake};
pub(super) use people::turns;
pub(super) use stands::stands;

use super::draft::Draft;
use super::{AccountId, Heard, Record, Say, Slot, Toast, Urgency};

/// A button of the dialogue.
pub(super) fn pressed(
    draft: &mut Draft<'_>,
    heard: &Heard,
    id: LeaveId,
    press: LeavePress,
    query: String,
) {
    let leave = draft.world.leaves.get(&id).cloned();
    let toast = leave.map_or(Toast::Outdated, |leave| {
        let asked = leave.is_asked() && press != LeavePress::Withdraw;
        if asked {
            answer::answered(draft, heard, &leave, press)
        } else if leave.by == heard.account {
            ask::went_on(draft, heard, leave, press)
        } else {
            Toast::Outdated
        }
    });
    draft.say(heard.account, Urgency::Receipt, Say::Toast { query, toast });
}

fn put(draft: &mut Draft<'_>, leave: Leave) {
    draft.put(Record::Leave(Box::new(leave)));
}

/// What the dialogue's message in this chat now reads.
fn show(draft: &mut Draft<'_>, to: AccountId, id: LeaveId, say: LeaveSay) {
    let say = Say::Leave(Box::new(say));
    draft.show(to, Urgency::Report, Slot::Leave(id), say);
}

/// What whoever approves has in their chat, from wherever they approve.
fn show_where_it_stands(draft: &mut Draft<'_>, to: AccountId, id: LeaveId, say: LeaveSay) {
    let say = Say::Leave(Box::new(say));
    draft.show_where_it_stands(to, Urgency::Report, Slot::Leave(id), say);
}

fn tell(draft: &mut Draft<'_>, to: AccountId, say: LeaveSay) {
    draft.say(to, Urgency::Report, Say::Leave(Box::new(say)));
}

/// What is asked for; none before a turn is chosen.
fn request(leave: &Leave) -> Option<Request> {
    let amendment = leave.amendment.as_ref()?;
    Some(Request {
        kind: leave.kind,
        asker: leave.asker,
        unit: leave.unit.clone(),
        name: leave.person.name.clone(),
        span: amendment.span,
        reason: leave.reason.clone(),
        stand_in: amendment.stand_in.clone(),
        in_return: amendment.in_return.clone(),
        agreed: match leave.agreed {
            Some(_) => Agreed::Yes,
            None => Agreed::NotYet,
        },
    })
}
