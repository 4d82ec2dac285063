//! How a request ended, as each of those concerned is told.

use super::super::{Text, Tongue, safe};
use super::{stretch, summary};
use crate::decide::{
    Agreed, Asker, Leader, LeaveEnd, LeaveId, LeaveKind, LeavePress, Party, Press, Request,
};
use crate::duty::Fit;

/// How it ended, under the request.
pub(super) fn ended(t: &Tongue, request: &Request, end: &LeaveEnd, to: Party) -> String {
    match end {
        LeaveEnd::Dropped => t.pick("没有送出，什么都没有改。", "Not sent. Nothing was changed."),
        LeaveEnd::Approved { .. } => {
            let after = after(t, request, to);
            match request.asker {
                Asker::Oneself => t.pick(
                    format!("✅ 已批准。{after}"),
                    format!("✅ Approved. {after}"),
                ),
                Asker::Clerk => t.pick(
                    format!("✅ 值班办公室已定。{after}"),
                    format!("✅ Ordered by the duty office. {after}"),
                ),
            }
        }
        LeaveEnd::Refused { .. } if to == Party::StandIn && request.agreed == Agreed::NotYet => {
            t.pick("您说不方便，已转告。", "You said no; they have been told.")
        }
        LeaveEnd::Refused { .. } => t.pick(
            format!("没有批准，这个班还是{}的。", holder(t, request, to)),
            format!(
                "Not approved: the shift is still {}.",
                holder(t, request, to)
            ),
        ),
        LeaveEnd::Withdrawn { .. } => t.pick(
            format!("已撤回，这个班还是{}的。", holder(t, request, to)),
            format!("Withdrawn: the shift is still {}.", holder(t, request, to)),
        ),
        LeaveEnd::Expired { leader, .. } => {
            let still = still_theirs(t, request, to);
            match leader {
                Leader::Told => t.pick(
                    format!("{still}已告诉带班领导。"),
                    format!("{still} The duty leader has been told."),
                ),
                Leader::NotAsked | Leader::NotTold => still,
            }
        }
        LeaveEnd::Lapsed { version, fit, .. } => lapsed(t, request, *version, *fit),
    }
}

pub(super) fn news(
    t: &Tongue,
    leave: LeaveId,
    request: &Request,
    end: &LeaveEnd,
    to: Party,
) -> Text {
    match (end, to) {
        (LeaveEnd::Expired { .. }, Party::Asker) => Text::new(t.pick(
            format!("{}要我告诉带班领导吗？", still_theirs(t, request, to)),
            format!(
                "{} Shall I tell the duty leader?",
                still_theirs(t, request, to)
            ),
        ))
        .row([
            (
                t.pick("告诉", "Tell them"),
                Press::Leave(leave, LeavePress::TellLeader),
            ),
            (
                t.pick("不用", "No need"),
                Press::Leave(leave, LeavePress::DoNotTell),
            ),
        ]),
        (LeaveEnd::Approved { .. }, Party::Asker | Party::Person | Party::StandIn) => {
            let after = after(t, request, to);
            match request.kind {
                LeaveKind::Swap => {
                    Text::new(t.pick(format!("换好了：{after}"), format!("Swapped: {after}")))
                }
                LeaveKind::Leave | LeaveKind::Cover => {
                    let done = match request.asker {
                        Asker::Oneself => t.pick("已批准。", "Approved. "),
                        Asker::Clerk => t.pick("值班办公室安排：", "Ordered by the duty office. "),
                    };
                    Text::new(format!("{done}{after}"))
                }
            }
        }
        (_, Party::Office) => Text::new(format!(
            "{}\n{}",
            summary(t, request),
            ended(t, request, end, to)
        ))
        .silent(),
        _ => Text::new(format!(
            "{}\n{}",
            summary(t, request),
            ended(t, request, end, to)
        )),
    }
}

/// Who is on duty afterwards.
fn after(t: &Tongue, request: &Request, to: Party) -> String {
    let span = stretch(t, &request.span);
    let told = match (to, request.asker) {
        (Party::Office | Party::Approver, _) | (_, Asker::Clerk) => String::new(),
        _ => t.pick("已报值班办公室备案。", " The duty office has been told."),
    };
    match (&request.stand_in, &request.in_return) {
        (Some(person), Some(turn)) => {
            let (one, other) = (safe(&person.name), safe(&request.name));
            let theirs = stretch(t, &turn.span);
            t.pick(
                format!("{span} {one}，{theirs} {other}。{told}"),
                format!("{span} {one}, {theirs} {other}.{told}"),
            )
        }
        (Some(_), None) if to == Party::StandIn => t.pick(
            format!("{span} 由您替{}值班。{told}", safe(&request.name)),
            format!("You take {span} for {}.{told}", safe(&request.name)),
        ),
        (Some(person), None) => {
            let name = safe(&person.name);
            t.pick(
                format!("{span} 由{name}值班。{told}"),
                format!("{name} takes {span}.{told}"),
            )
        }
        (None, _) => t.pick(
            format!("{span} 没有人接班。{told}"),
            format!("Nobody takes {span}.{told}"),
        ),
    }
}

fn still_theirs(t: &Tongue, request: &Request, to: Party) -> String {
    let span = stretch(t, &request.span);
    let holder = holder(t, request, to);
    match (request.agreed, &request.stand_in) {
        (Agreed::NotYet, Some(_)) => t.pick(
            format!("还没人接 {span}，到点仍由{holder}值。"),
            format!("Nobody has taken {span}: it is still {holder}."),
        ),
        _ => t.pick(
            format!("{span} 还没批下来，到点仍由{holder}值。"),
            format!("{span} has not been approved: it is still {holder}."),
        ),
    }
}

/// Whose the shift stays, as the reader is spoken to.
fn holder(t: &Tongue, request: &Request, to: Party) -> String {
    let name = safe(&request.name);
    match (to, request.asker) {
        (Party::Asker, Asker::Oneself) | (Party::Person, _) => t.pick("您", "yours"),
        _ => t.pick(name.clone(), format!("{name}'s")),
    }
}

fn lapsed(t: &Tongue, request: &Request, version: u32, fit: Fit) -> String {
    let span = stretch(t, &request.span);
    match fit {
        Fit::Written | Fit::Fits => t.pick(
            format!("第 {version} 版值班表已经按这个排了 {span}，以新表为准。"),
            format!("Version {version} of the roster already has {span} so; the new roster counts."),
        ),
        Fit::NoSuchTurn => t.pick(
            format!("⚠️ 第 {version} 版值班表里没有这个班了（{span}），原来的安排不再算数。请看新表，需要的话重新申请。"),
            format!("⚠️ Version {version} of the roster has no such shift ({span}), so this no longer counts. Please look at the new roster and ask again if need be."),
        ),
    }
}
