//! Leave, stand-ins and swaps: the dialogue with whoever asks, and what the others are asked.

mod ends;

use chrono::Datelike;

use super::{Text, Tongue, rosters, safe, soon};
use crate::decide::{
    Agreed, Asker, Awaited, Effects, Lang, LeaveId, LeaveKind, LeavePress, LeaveSay, Offer, Press,
    Request, Say,
};
use crate::duty::{Reason, Turn};
use crate::time::{Span, TimeDelta};
use crate::words::{finding, when};
use ends::{ended, news};

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    match say {
        Say::Leave(say) => Some(text(say, t)),
        _ => None,
    }
}

fn text(say: &LeaveSay, t: &Tongue) -> Text {
    match say {
        LeaveSay::Whom { kind } => Text::new(whom(t, *kind)),
        LeaveSay::Unknown { name } => {
            let name = safe(name);
            Text::new(t.pick(
                format!("值班表里没有“{name}”。请写表里的姓名，例如：/leave 王建国"),
                format!("The roster has no \"{name}\". Please give the name as the roster has it: /leave Wang Jianguo"),
            ))
        }
        LeaveSay::NoTurns { name } => {
            let name = safe(name);
            Text::new(t.pick(
                format!("{name} 接下来没有班，不用请假。"),
                format!("{name} has no shift ahead; there is nothing to ask leave from."),
            ))
        }
        LeaveSay::WhichTurn {
            leave,
            kind,
            name,
            offers,
        } => which_turn(t, *leave, *kind, name.as_deref(), offers),
        LeaveSay::WhichReason { leave, span } => which_reason(t, *leave, span),
        LeaveSay::WriteReason { leave } => Text::new(t.pick(
            "什么原因？请用一句话写在下面发给我。",
            "What is the reason? Please write it below in one line.",
        ))
        .row([drop_button(t, *leave)]),
        LeaveSay::WhichStandIn {
            leave,
            kind,
            span,
            offers,
            declined,
        } => which_stand_in(t, *leave, *kind, span, offers, declined.as_deref()),
        LeaveSay::Confirm {
            leave,
            request,
            effects,
        } => confirm(t, *leave, request, effects),
        LeaveSay::Waiting { leave, request, on } => waiting(t, *leave, request, on),
        LeaveSay::StandInAsked { leave, request } => stand_in_asked(t, *leave, request),
        LeaveSay::Agreed { request } => {
            let asked = summary(t, request);
            Text::new(t.pick(
                format!("{asked}\n您已同意，正在等审批。<b>批准前，这个班还是{}的。</b>", safe(&request.name)),
                format!("{asked}\nYou have agreed; it is waiting for approval. <b>Until then the shift is still {}'s.</b>", safe(&request.name)),
            ))
        }
        LeaveSay::ApproverAsked {
            leave,
            request,
            effects,
        } => approver_asked(t, *leave, request, effects),
        LeaveSay::SentBack { request } => {
            let asked = summary(t, request);
            Text::new(t.pick(
                format!("{asked}\n已请他先找接班人，找好了再送您审批。"),
                format!("{asked}\nSent back for a stand-in; it will come to you again."),
            ))
        }
        LeaveSay::StandInFirst => Text::new(t.pick(
            "请假还没批：请先定接班人，在上面那条消息里选。<b>这个班还是您的。</b>",
            "Not approved yet: please find a stand-in first, in the message above. <b>The shift is still yours.</b>",
        )),
        LeaveSay::Forgotten => Text::new(t.pick(
            "这次没有选完，已作废，什么都没有改。",
            "This was not finished and is closed. Nothing was changed.",
        )),
        LeaveSay::Ended {
            request, end, to, ..
        } => Text::new(format!("{}\n{}", summary(t, request), ended(t, request, end, *to))),
        LeaveSay::News {
            leave,
            request,
            end,
            to,
        } => news(t, *leave, request, end, *to),
        LeaveSay::NobodyTook { request } => {
            let (who, span) = (who(request), stretch(t, &request.span));
            let name = safe(&request.name);
            Text::new(t.pick(
                format!("{who} 的 {span} 这个班想请人接，还没人接，到点仍由{name}值。请您过问一下。"),
                format!("{who} asked for somebody to take {span}; nobody has, so it is still {name}'s. Please look into it."),
            ))
        }
    }
}

fn whom(t: &Tongue, kind: LeaveKind) -> String {
    match kind {
        LeaveKind::Leave => t.pick(
            "替谁请假？请在后面写上姓名，例如：/leave 王建国",
            "Leave for whom? Please add the name: /leave Wang Jianguo",
        ),
        LeaveKind::Swap | LeaveKind::Cover => t.pick(
            "替谁换班？请在后面写上姓名，例如：/swap 王建国",
            "Whose shift is to be swapped? Please add the name: /swap Wang Jianguo",
        ),
    }
}

fn which_turn(
    t: &Tongue,
    leave: LeaveId,
    kind: LeaveKind,
    name: Option<&str>,
    offers: &[Offer],
) -> Text {
    let whose = name.map(|name| t.pick(format!("{}的", safe(name)), format!("{}: ", safe(name))));
    let whose = whose.unwrap_or_default();
    let asked = match kind {
        LeaveKind::Leave => t.pick(
            format!("{whose}哪个班要请假？"),
            format!("{whose}leave from which shift?"),
        ),
        LeaveKind::Swap | LeaveKind::Cover => t.pick(
            format!("{whose}哪个班要换？"),
            format!("{whose}which shift is to be swapped?"),
        ),
    };
    offered(t, Text::new(asked), leave, offers).row([drop_button(t, leave)])
}

fn which_reason(t: &Tongue, leave: LeaveId, span: &Span) -> Text {
    let span = stretch(t, span);
    let button = |zh: &str, en: &str, press| (t.pick(zh, en), Press::Leave(leave, press));
    Text::new(t.pick(
        format!("{span} 请假，什么原因？"),
        format!("Leave for {span}: what is the reason?"),
    ))
    .row([
        button("生病", "Ill", LeavePress::Ill),
        button("家里有事", "Family", LeavePress::Family),
    ])
    .row([
        button("公务", "Official duty", LeavePress::Official),
        button("其他", "Something else", LeavePress::Other),
    ])
    .row([drop_button(t, leave)])
}

fn which_stand_in(
    t: &Tongue,
    leave: LeaveId,
    kind: LeaveKind,
    span: &Span,
    offers: &[Offer],
    declined: Option<&str>,
) -> Text {
    let mut html = String::new();
    if let Some(name) = declined {
        let name = safe(name);
        html = t.pick(
            format!("{name}不方便。"),
            format!("It does not suit {name}. "),
        );
    }
    let span = stretch(t, span);
    let none = offers.is_empty();
    html.push_str(&match (kind, none) {
        (LeaveKind::Swap, false) => t.pick(
            format!("{span} 这个班想和谁换？"),
            format!("With whom would you swap {span}?"),
        ),
        (LeaveKind::Swap, true) => t.pick(
            format!("{span} 这个班没有能换的人（别人那时有班，或还没绑定）。"),
            format!("Nobody can swap {span} (they are on duty then, or not bound)."),
        ),
        (_, false) => t.pick(
            format!("{span} 谁来接？也可以直接发姓名。"),
            format!("Who takes {span}? You may also send the name."),
        ),
        (_, true) => t.pick(
            format!("{span} 本单位没有能接的人（那时有班，或还没绑定）。"),
            format!("Nobody of the unit can take {span} (they are on duty then, or not bound)."),
        ),
    });
    let text = offered(t, Text::new(html), leave, offers);
    let text = match kind {
        LeaveKind::Swap => text.row([(
            t.pick("请一个人代班", "Find a stand-in instead"),
            Press::Leave(leave, LeavePress::Cover),
        )]),
        LeaveKind::Leave => text.row([(
            t.pick("还没找到", "Nobody yet"),
            Press::Leave(leave, LeavePress::NoStandIn),
        )]),
        LeaveKind::Cover => text,
    };
    text.row([drop_button(t, leave)])
}

fn confirm(t: &Tongue, leave: LeaveId, request: &Request, effects: &Effects) -> Text {
    let warned = effect_lines(t, effects);
    let asked = match (request.kind, &request.stand_in) {
        (_, None) => t.pick("请先定接班人。", "Please find a stand-in first."),
        (LeaveKind::Swap, Some(_)) => t.pick("还要换吗？", "Swap all the same?"),
        (_, Some(person)) => {
            let name = safe(&person.name);
            t.pick(
                format!("还请{name}接吗？"),
                format!("Ask {name} all the same?"),
            )
        }
    };
    let again = match request.kind {
        LeaveKind::Swap => t.pick("换一个人", "Somebody else"),
        LeaveKind::Leave | LeaveKind::Cover => t.pick("选接班人", "Choose a stand-in"),
    };
    let go_on = match request.asker {
        Asker::Oneself => t.pick("仍然送审", "Send it all the same"),
        Asker::Clerk => t.pick("仍然批准", "Order it all the same"),
    };
    Text::new(format!("{}\n{warned}\n{asked}", summary(t, request)))
        .row([
            (again, Press::Leave(leave, LeavePress::ChooseAgain)),
            (go_on, Press::Leave(leave, LeavePress::GoOn)),
        ])
        .row([drop_button(t, leave)])
}

fn waiting(t: &Tongue, leave: LeaveId, request: &Request, on: &Awaited) -> Text {
    let sent = match on {
        Awaited::StandIn => {
            let name = request.stand_in.as_ref().map(|p| safe(&p.name));
            let name = name.unwrap_or_default();
            t.pick(
                format!("已问{name}，等他同意。"),
                format!("{name} has been asked."),
            )
        }
        Awaited::Leader(name) => {
            let name = safe(name);
            t.pick(
                format!("已送{name}（带班领导）审批。"),
                format!("It has gone to {name}, the duty leader, for approval."),
            )
        }
        Awaited::Office => t.pick(
            "已送值班办公室审批。",
            "It has gone to the duty office for approval.",
        ),
    };
    Text::new(t.pick(
        format!(
            "{}\n{sent}<b>批准前，这个班还是您的。</b>",
            summary(t, request)
        ),
        format!(
            "{}\n{sent} <b>Until it is approved, the shift is still yours.</b>",
            summary(t, request)
        ),
    ))
    .row([(
        t.pick("撤回", "Withdraw"),
        Press::Leave(leave, LeavePress::Withdraw),
    )])
}

fn stand_in_asked(t: &Tongue, leave: LeaveId, request: &Request) -> Text {
    let (name, span) = (safe(&request.name), stretch(t, &request.span));
    let asked = if let Some(turn) = &request.in_return {
        let other = stretch(t, &turn.span);
        t.pick(
            format!("{name}想和您换班：您值 {span}，他值 {other}。"),
            format!("{name} would swap with you: you take {span}, they take {other}."),
        )
    } else {
        let why = request.reason.as_ref().map(|r| reason(t, r));
        let why = why.map_or_else(String::new, |why| {
            t.pick(format!("（{why}）"), format!(" ({why})"))
        });
        t.pick(
            format!("{name}{why}想请您接一个班：{span}。"),
            format!("{name}{why} asks you to take a shift: {span}."),
        )
    };
    let (yes, no) = match request.kind {
        LeaveKind::Swap => (t.pick("可以换", "Yes, swap"), t.pick("不方便", "No")),
        LeaveKind::Leave | LeaveKind::Cover => {
            (t.pick("我来接", "I'll take it"), t.pick("不方便", "No"))
        }
    };
    Text::new(asked).row([
        (yes, Press::Leave(leave, LeavePress::Agree)),
        (no, Press::Leave(leave, LeavePress::Refuse)),
    ])
}

fn approver_asked(t: &Tongue, leave: LeaveId, request: &Request, effects: &Effects) -> Text {
    let mut html = summary(t, request);
    html.push('\n');
    html.push_str(&match (effects.are_none(), request.kind) {
        (true, LeaveKind::Swap) => t.pick("换后没有空档。", "No gap afterwards."),
        (true, _) => t.pick("批准后没有空档。", "No gap afterwards."),
        (false, _) => effect_lines(t, effects),
    });
    let agree = if effects.gaps.is_empty() {
        t.pick("同意", "Approve")
    } else {
        t.pick("仍然同意", "Approve all the same")
    };
    let text = Text::new(html).row([
        (agree, Press::Leave(leave, LeavePress::Agree)),
        (
            t.pick("不同意", "Refuse"),
            Press::Leave(leave, LeavePress::Refuse),
        ),
    ]);
    match request.stand_in {
        None => text.row([(
            t.pick("请先找接班人", "A stand-in first"),
            Press::Leave(leave, LeavePress::SendBack),
        )]),
        Some(_) => text,
    }
}

/// `城关镇 王建国 请假：3日 20:30—4日 08:30，家里有事，赵敏接班（已同意）`.
pub(in crate::words) fn summary(t: &Tongue, request: &Request) -> String {
    let (who, span) = (who(request), stretch(t, &request.span));
    if let (Some(person), Some(turn)) = (&request.stand_in, &request.in_return) {
        return exchange(t, &who, &span, &safe(&person.name), turn);
    }
    let asked = match request.kind {
        LeaveKind::Leave => t.pick(
            format!("{who} 请假：{span}"),
            format!("{who}, leave: {span}"),
        ),
        LeaveKind::Swap | LeaveKind::Cover => t.pick(
            format!("{who} 请人代班：{span}"),
            format!("{who}, a stand-in for {span}"),
        ),
    };
    let mut parts = vec![asked];
    parts.extend(request.reason.as_ref().map(|r| reason(t, r)));
    if let Some(person) = &request.stand_in {
        let name = safe(&person.name);
        parts.push(match request.agreed {
            Agreed::Yes => t.pick(
                format!("{name}接班（已同意）"),
                format!("{name} takes it (has agreed)"),
            ),
            Agreed::NotYet => t.pick(format!("{name}接班"), format!("{name} takes it")),
        });
    } else {
        parts.push(t.pick("还没有接班人", "no stand-in yet"));
    }
    parts.join(t.pick("，", ", ").as_str())
}

fn exchange(t: &Tongue, who: &str, span: &str, other: &str, turn: &Turn) -> String {
    let theirs = stretch(t, &turn.span);
    t.pick(
        format!("{who} ⇄ {other} 换班：{span} 换 {theirs}"),
        format!("{who} ⇄ {other}, swap: {span} for {theirs}"),
    )
}

fn who(request: &Request) -> String {
    if request.unit.is_empty() {
        safe(&request.name)
    } else {
        format!("{} {}", safe(&request.unit), safe(&request.name))
    }
}

fn reason(t: &Tongue, reason: &Reason) -> String {
    match reason {
        Reason::Ill => t.pick("生病", "ill"),
        Reason::Family => t.pick("家里有事", "family"),
        Reason::Official => t.pick("公务", "official duty"),
        Reason::Other(words) => super::escaped(words),
    }
}

/// What it would open: `批准后这 12 小时没人值班`.
fn effect_lines(t: &Tongue, effects: &Effects) -> String {
    let mut lines: Vec<String> = Vec::new();
    let nobody: TimeDelta = effects
        .gaps
        .iter()
        .filter(|gap| gap.present == 0)
        .map(|gap| gap.span.length())
        .sum();
    if nobody > TimeDelta::zero() {
        let length = when::length(nobody, t.lang);
        lines.push(t.pick(
            format!("⚠️ <b>批准后这 {length}没人值班。</b>"),
            format!("⚠️ <b>Once approved, nobody is on duty for {length}.</b>"),
        ));
    } else if !effects.gaps.is_empty() {
        lines.push(t.pick(
            "⚠️ <b>批准后人手不够。</b>",
            "⚠️ <b>Once approved, too few are on duty.</b>",
        ));
    }
    lines.extend(
        (1..)
            .zip(&effects.gaps)
            .map(|(n, gap)| rosters::gap_line(t, n, gap)),
    );
    lines.extend(effects.findings.iter().map(|f| {
        let said = finding::message(f, t.zone, t.lang);
        format!("⚠️ {}", super::escaped(&said))
    }));
    lines.join("\n")
}

fn offered(t: &Tongue, text: Text, leave: LeaveId, offers: &[Offer]) -> Text {
    (0..).zip(offers).fold(text, |text, (number, offer)| {
        let label = match offer {
            Offer::Turn(_, span) => stretch(t, span),
            Offer::StandIn(person) => super::clipped(&person.name, super::NAME_SHOWN),
            Offer::Return(turn) => {
                let name = super::clipped(&turn.person.name, super::NAME_SHOWN);
                format!("{name} {}", stretch(t, &turn.span))
            }
        };
        text.row([(label, Press::Leave(leave, LeavePress::Pick(number)))])
    })
}

fn drop_button(t: &Tongue, leave: LeaveId) -> (String, Press) {
    (
        t.pick("取消", "Cancel"),
        Press::Leave(leave, LeavePress::Drop),
    )
}

/// `3日 20:30—4日 08:30`, `3日 08:30—20:30`; in English with the month.
fn stretch(t: &Tongue, span: &Span) -> String {
    let (start, end) = (t.zone.civil(span.start()), t.zone.civil(span.end()));
    let day = |date: chrono::NaiveDate| match t.lang {
        Lang::Zh => format!("{}日", date.day()),
        Lang::En => when::date(date, t.lang),
    };
    let last = span.end() - TimeDelta::seconds(1);
    let last = t.zone.date(last);
    let end_clock = if last == end.date() {
        when::clock(end)
    } else {
        soon::END_OF_DAY.to_owned()
    };
    let from = format!("{} {}", day(start.date()), when::clock(start));
    if last == start.date() {
        format!("{from}—{end_clock}")
    } else {
        format!("{from}—{} {end_clock}", day(last))
    }
}
