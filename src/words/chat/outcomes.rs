//! How a round's checks ended: its summary, a line for each person, and why a check could not be
//! sent or does not count. What did not come back is "no answer, to be verified".
//!
//! Does not ask anybody: the questions and their receipts are `checks`.

use super::{Text, Tongue, count, draws, ladder, safe, soon, verdicts, within};
use crate::decide::{Origin, Other, Press, Remark, RoundSummary};
use crate::spotcheck::{BlindCause, Evidence, Outcome, Unreached, VoidReason};

pub(super) fn round_summary(t: &Tongue, summary: &RoundSummary) -> Text {
    let clock = soon::clock(t, summary.at);
    let (round, c) = (summary.round.0, summary.counts);
    let total = c.total();
    let headline = match summary.origin {
        Origin::Drawn => draws::drawn_headline(t, round, &clock, total),
        Origin::MadeUp => t.pick(
            format!("<b>补查结果</b>：第 {round} 轮，{clock}，{total} 人（先前那次作废，是我们这边的原因）"),
            format!(
                "<b>Asked again, round {round}</b>, {clock}: {} whose last check was void for a fault of ours",
                count(total, "person", "people")
            ),
        ),
        Origin::Ordered => t.pick(
            format!("<b>抽查结果</b>：第 {round} 轮，{clock}，{total} 人"),
            format!(
                "<b>Result of round {round}</b>, {clock}, {}",
                count(total, "person", "people")
            ),
        ),
    };
    let mut lines = vec![
        headline,
        t.pick(
            format!(
                "在岗 {}，迟答 {}，没答 {}，送不到 {}，作废 {}",
                c.present, c.late, c.no_answer, c.undeliverable, c.void
            ),
            format!(
                "present {}, late {}, no answer {}, undeliverable {}, void {}",
                c.present, c.late, c.no_answer, c.undeliverable, c.void
            ),
        ),
    ];
    let (named, left_out) = within(summary.others.iter().map(|o| other(t, o)));
    lines.extend(named);
    if left_out > 0 {
        lines.push(t.pick(
            format!("……另有 {left_out} 人"),
            format!("… and {left_out} more"),
        ));
    }
    let mut buttons = vec![(t.pick("看名单", "Everybody"), Press::Detail(summary.round))];
    if c.no_answer + c.undeliverable > 0 {
        let verify = (verdicts::verify_label(t), Press::Worksheet(summary.round));
        buttons.push(verify);
    }
    if summary.origin != Origin::MadeUp {
        buttons.push((t.pick("再抽一次", "Once more"), Press::Again(summary.round)));
    }
    Text::new(lines.join("\n")).row(buttons).silent()
}

/// One person's line: the outcome, and what else is on record.
pub(super) fn other(t: &Tongue, other: &Other) -> String {
    let who = format!("{} {}", safe(&other.unit), safe(&other.name));
    let ended = match other.outcome {
        Outcome::Present { .. } => t.pick(format!("在岗：{who}"), format!("Present: {who}")),
        Outcome::Late { by_secs, evidence } => {
            let late = lateness(t, by_secs, &evidence);
            t.pick(
                format!("迟答：{who}（{late}）"),
                format!("Late: {who} (by {late})"),
            )
        }
        Outcome::NoAnswer { .. } if is_ruled(other) => t.pick(
            format!("没答：{who}（已核实）"),
            format!("No answer: {who} (verified)"),
        ),
        Outcome::NoAnswer { .. } => t.pick(
            format!("没答：{who}（没有收到回答，待核实）"),
            format!("No answer: {who} (to be verified)"),
        ),
        Outcome::Undeliverable { reason } => {
            let why = unreached(t, reason);
            t.pick(
                format!("送不到：{who}（{why}，请打电话）"),
                format!("Undeliverable: {who} ({why}; please ring)"),
            )
        }
        Outcome::Void { reason } => {
            let why = void(t, &reason);
            if let VoidReason::Excused { .. } = reason {
                t.pick(
                    format!("作废：{who}（{why}）"),
                    format!("Void: {who} ({why})"),
                )
            } else {
                t.pick(
                    format!("作废：{who}（{why}，不算本人）"),
                    format!("Void: {who} ({why}; it does not count)"),
                )
            }
        }
    };
    format!("{ended}{}", ladder::remarks(t, &other.remarks))
}

fn is_ruled(other: &Other) -> bool {
    let ruled = |remark: &Remark| matches!(remark, Remark::Ruled { .. });
    other.remarks.iter().any(ruled)
}

pub(in crate::words) fn unreached(t: &Tongue, reason: Unreached) -> String {
    match reason {
        Unreached::NotBound => t.pick("还没绑定", "not bound yet"),
        Unreached::Blocked => t.pick("停用了机器人", "stopped the bot"),
        Unreached::NeverStarted => t.pick("没有打开过机器人", "never started the bot"),
        Unreached::Deactivated => t.pick("账号已注销", "the account is gone"),
        Unreached::Refused => t.pick("Telegram 不收", "Telegram refuses the message"),
        Unreached::NotVerified => t.pick(
            "没回过测试消息，联系方式未核实",
            "never answered the test message, so the contact is not verified",
        ),
    }
}

pub(in crate::words) fn void(t: &Tongue, reason: &VoidReason) -> String {
    let from_to = |span: crate::time::Span| {
        let (from, to) = (soon::clock(t, span.start()), soon::clock(t, span.end()));
        format!("{from}—{to}")
    };
    match reason {
        VoidReason::Cancelled => t.pick("已取消", "called off"),
        VoidReason::Excused { plea, evidence } => {
            let clock = soon::clock(t, evidence.received());
            let plea = ladder::plea(t, *plea);
            t.pick(
                format!("{clock} 本人说：{plea}"),
                format!("said at {clock}: {plea}"),
            )
        }
        VoidReason::Unsent { queued, given_up } => {
            let (from, to) = (soon::clock(t, *queued), soon::clock(t, *given_up));
            t.pick(
                format!("{from}—{to} 没能发出去"),
                format!("could not be sent, {from}–{to}"),
            )
        }
        VoidReason::Blind(blind) => {
            let span = from_to(blind.span);
            match blind.cause {
                BlindCause::Unread => t.pick(
                    format!("{span} 我们收不到消息"),
                    format!("we could not receive, {span}"),
                ),
                BlindCause::Conflict => t.pick(
                    format!("{span} 另有程序在收消息"),
                    format!("another program was receiving, {span}"),
                ),
                BlindCause::ClockSet => t.pick(
                    format!("{span} 时钟被改过"),
                    format!("the clock was set, {span}"),
                ),
                BlindCause::Restored => t.pick(
                    format!("{span} 的记录没有了（恢复了旧备份）"),
                    format!("the records of {span} are gone (an older backup was restored)"),
                ),
                BlindCause::Down => t.pick(
                    format!("{span} 个人页面打不开"),
                    format!("personal pages could not be reached, {span}"),
                ),
            }
        }
    }
}

/// A press has no time of its own: it was made some time after the queue was last empty, so what
/// is known of its lateness is the least it can be.
pub(in crate::words) fn lateness(t: &Tongue, by_secs: u32, evidence: &Evidence) -> String {
    let late = soon::secs(t, u64::from(by_secs));
    match evidence {
        Evidence::Message { .. } | Evidence::Page { .. } => t.pick(format!("晚 {late}"), late),
        Evidence::Button { .. } => t.pick(format!("至少晚 {late}"), format!("at least {late}")),
    }
}
