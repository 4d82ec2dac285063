//! Spot checks: the question, the receipt, and how it ended for the one who was asked. Blame is
//! never the machine's.
//!
//! Does not know the round: its summary is `outcomes`'.

use chrono::TimeDelta;

use super::{Sound, Text, Tongue, count, ladder, outcomes, safe, soon};
use crate::decide::{Lang, Order, Ping, Press, Say, Toast};
use crate::roster::{Presence, Role};
use crate::spotcheck::{CheckId, Evidence, Outcome, Plea, Said, Unreached, VoidReason};
use crate::time::Moment;

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    let text = match say {
        Say::CheckChoice { on_duty } => choice(t, *on_duty),
        Say::UnitUnknown { asked, nearest } => unit_unknown(t, asked, nearest.as_deref()),
        Say::NobodyOnDuty { order, next } => nobody(t, order, *next),
        Say::RoundStarted {
            round,
            people,
            unreached,
            window_secs,
        } => {
            let (round, window) = (round.0, soon::secs(t, *window_secs));
            let mut html = t.pick(
                format!("第 {round} 轮抽查已发出：{people} 人，每人限 {window}。有结果就告诉您。"),
                format!(
                    "Round {round} is under way: {}, {window} each. I'll tell you the result.",
                    count(*people, "person", "people")
                ),
            );
            if *unreached > 0 {
                html.push_str(&t.pick(
                    format!("\n其中 {unreached} 人没绑定，请打电话。"),
                    match unreached {
                        1 => "\n1 of them is not bound and cannot be reached here; please ring them.".to_owned(),
                        _ => format!("\n{unreached} of them are not bound and cannot be reached here; please ring them."),
                    },
                ));
            }
            Text::new(html).silent()
        }
        Say::Ping(ping) => question(t, ping),
        Say::Reminder(ping) => reminder(t, ping),
        Say::Standing {
            presence,
            check,
            outcome,
            deadline,
            took_secs,
            said,
            back_by,
            ..
        } => {
            let text = Text::new(standing(t, outcome, *deadline, *took_secs));
            match outcome {
                Outcome::NoAnswer { .. } => {
                    text.row([(late_label(t, *presence), Press::Answer(*check))])
                }
                // A text has its receipt, and that one asks.
                Outcome::Late {
                    evidence: Evidence::Button { .. } | Evidence::Page { .. },
                    ..
                } => explained(t, *check, text, said.as_ref()),
                Outcome::Void {
                    reason: VoidReason::Excused { plea, evidence },
                } => {
                    let at = soon::clock(t, evidence.received());
                    let back_by = back_by.map(|by| soon::clock(t, by));
                    let times = (at.as_str(), back_by.as_deref());
                    ladder::excused(t, *check, *plea, times, said.as_ref())
                }
                _ => text,
            }
        }
        Say::LateReceipt {
            check,
            at,
            by_secs,
            said,
        } => {
            let clock = soon::clock(t, *at);
            let late = soon::secs(t, u64::from(*by_secs));
            let text = Text::new(t.pick(
                format!("收到，{clock}。比要求晚 {late}，记作“迟答”。"),
                format!("Got it, {clock}: {late} after the limit, recorded as \"late\"."),
            ));
            explained(t, *check, text, said.as_ref())
        }
        Say::AnswerReceipt { at, .. } => {
            let clock = soon::clock(t, *at);
            Text::new(t.pick(
                format!("收到，{clock} 已记下。辛苦了！"),
                format!("Got it, {clock}. Thank you!"),
            ))
        }
        Say::NothingToAnswer => Text::new(t.pick(
            "收到。现在没有等您回答的抽查。",
            "Thank you. There is no check waiting for your answer now.",
        )),
        Say::OtherNumber { waiting } => other_number(t, waiting),
        Say::RoundSummary(summary) => outcomes::round_summary(t, summary),
        _ => return None,
    };
    Some(text)
}

/// A late answer's receipt, with the question for an explanation or what was said.
fn explained(t: &Tongue, check: CheckId, text: Text, said: Option<&Said>) -> Text {
    match said {
        None => ladder::explanation_asked(t, check, text),
        Some(said) => Text {
            html: format!("{}{}", text.html, ladder::explanation(t, said)),
            ..text
        },
    }
}

pub(super) fn toast(t: &Tongue, toast: Toast) -> String {
    match toast {
        Toast::Recorded { at } => {
            let clock = soon::clock(t, at);
            t.pick(
                format!("收到，{clock} 已记下。辛苦了！"),
                format!("Got it, {clock}. Thank you!"),
            )
        }
        Toast::RecordedLate { at } => {
            let clock = soon::clock(t, at);
            t.pick(
                format!("收到，{clock} 已补记为“迟答”。"),
                format!("Got it, {clock}, recorded as \"late\"."),
            )
        }
        Toast::Already => t.pick("已经记下了，不用再点。", "It is recorded already."),
        Toast::Done => t.pick("好的。", "OK."),
        Toast::NotYours => t.pick(
            "这个按钮是发给别人的，只有本人能点。",
            "This button was sent to somebody else; only they can press it.",
        ),
        Toast::Outdated => t.pick("这个按钮已经过期了。", "This button is out of date."),
        Toast::LastClerk => t.pick(
            "总要留一位管理员：先请另一位同事进来。",
            "There is always one clerk: ask another colleague in first.",
        ),
        Toast::Noted => t.pick("记下了，谢谢！", "Noted, thank you!"),
        Toast::OnlyForClerks => t.pick(
            "只有值班办公室能点。",
            "Only the duty office can press this.",
        ),
    }
}

/// What a duty is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Question {
    OnPost,
    Leading,
    InCounty,
    Reachable,
}

fn question_of(ping: &Ping) -> Question {
    match (ping.role, ping.presence) {
        (Role::ChiefLeader | Role::Principal, _) => Question::InCounty,
        (_, Presence::Reachable) | (Role::Standby, _) => Question::Reachable,
        (Role::DutyLeader, _) => Question::Leading,
        (Role::DutyOfficer | Role::Other, _) => Question::OnPost,
    }
}

fn question(t: &Tongue, ping: &Ping) -> Text {
    let window = TimeDelta::milliseconds(i64::try_from(ping.window_ms).unwrap_or(i64::MAX / 2));
    let deadline = ping.deadline.unwrap_or(t.now + window);
    // A window of seconds needs a clock that shows them.
    let by = if ping.window_ms.is_multiple_of(60_000) {
        soon::clock(t, deadline)
    } else {
        soon::clock_secs(t, deadline)
    };
    let name = safe(&ping.name);
    let question = question_of(ping);
    let asked = match question {
        Question::OnPost => t.pick("您现在在岗吗？", "are you at your post?"),
        Question::Leading => t.pick("您在岗带班吗？", "are you leading on post?"),
        Question::InCounty => t.pick(
            "手机畅通、人在本县吗？",
            "is your phone on and are you in the county?",
        ),
        Question::Reachable => t.pick(
            "手机畅通、能随时到岗吗？",
            "is your phone on, and can you come when called?",
        ),
    };
    let word = answer_word(t, question);
    let number = ping.check;
    let (title, why) = match ping.instead_of {
        None => (t.pick("抽查", "Check"), String::new()),
        Some(before) => (
            t.pick("补查", "Check, once more"),
            t.pick(
                format!("第 {before} 号作废了（是我们这边的原因），再问您一次。\n"),
                format!("No. {before} was void for a fault of ours, so I am asking again.\n"),
            ),
        ),
    };
    let html = t.pick(
        format!(
            "【{title}】{name}，请在 <b>{by}</b> 前点一下：{asked}\n{why}第 {number} 号；也可直接回复“{word}”或 {number}"
        ),
        format!(
            "[{title}] {name}, please tap by <b>{by}</b>: {asked}\n{why}No. {number}; you may also reply \"{word}\" or {number}"
        ),
    );
    let pleas = pleas_of(question)
        .iter()
        .map(|plea| (ladder::plea_label(t, *plea), Press::Plead(number, *plea)));
    Text::new(html)
        .row([(answer_label(t, question), Press::Answer(number))])
        .row(pleas)
}

/// What may be said in place of the answer.
fn pleas_of(question: Question) -> &'static [Plea] {
    match question {
        Question::OnPost => &[Plea::SteppedOut, Plea::Swapped],
        Question::Leading | Question::InCounty | Question::Reachable => &[Plea::Otherwise],
    }
}

/// The word that answers it as the button does.
fn answer_word(t: &Tongue, question: Question) -> String {
    match question {
        Question::OnPost | Question::Leading => t.pick("在岗", "here"),
        Question::InCounty | Question::Reachable => t.pick("畅通", "reachable"),
    }
}

fn answer_label(t: &Tongue, question: Question) -> String {
    match question {
        Question::OnPost => t.pick("✅ 我在岗", "✅ I'm here"),
        Question::Leading => t.pick("✅ 在岗带班", "✅ I'm here"),
        Question::InCounty => t.pick("✅ 畅通，在县内", "✅ Reachable, in the county"),
        Question::Reachable => t.pick("✅ 畅通", "✅ Reachable"),
    }
}

fn late_label(t: &Tongue, presence: Presence) -> String {
    match presence {
        Presence::OnPost | Presence::InArea => t.pick("✅ 我在岗（补答）", "✅ I'm here (late)"),
        Presence::Reachable => t.pick("✅ 畅通（补答）", "✅ Reachable (late)"),
    }
}

fn reminder(t: &Tongue, ping: &Ping) -> Text {
    let name = safe(&ping.name);
    let question = question_of(ping);
    let left = ping.deadline.map_or(0, |d| (d - t.now).num_milliseconds());
    let left = u64::try_from(left).unwrap_or(0).div_ceil(1000);
    let left = soon::secs(t, left.max(1));
    let asked = match question {
        Question::OnPost | Question::Leading => t.pick("您在岗吗？", "are you at your post?"),
        Question::InCounty | Question::Reachable => t.pick("手机畅通吗？", "is your phone on?"),
    };
    let text = Text::new(t.pick(
        format!("还有 {left}：{name}，{asked}"),
        format!("{left} left: {name}, {asked}"),
    ));
    Text {
        sound: Sound::Ringing,
        ..text.row([(answer_label(t, question), Press::Answer(ping.check))])
    }
}

fn standing(
    t: &Tongue,
    outcome: &Outcome,
    deadline: Option<Moment>,
    took_secs: Option<u32>,
) -> String {
    match outcome {
        Outcome::Present { evidence } => {
            let clock = soon::clock(t, evidence.received());
            let took = took_secs.map(|secs| soon::secs(t, u64::from(secs)));
            match (t.lang, took) {
                (Lang::Zh, Some(took)) => format!("✅ {clock} 在岗（{took}）。"),
                (Lang::Zh, None) => format!("✅ {clock} 在岗。"),
                (Lang::En, Some(took)) => format!("✅ {clock}: here ({took})."),
                (Lang::En, None) => format!("✅ {clock}: here."),
            }
        }
        Outcome::Late { by_secs, evidence } => {
            let clock = soon::clock(t, evidence.received());
            let late = outcomes::lateness(t, *by_secs, evidence);
            t.pick(
                format!("收到，{clock}。比要求{late}，记作“迟答”。"),
                format!("Got it, {clock}: {late} after the limit, recorded as \"late\"."),
            )
        }
        Outcome::NoAnswer { .. } => {
            let by = deadline.map_or_else(String::new, |d| soon::clock(t, d));
            t.pick(
                format!("{by} 前没收到您的回答。看到后请点一下，我会补记。"),
                format!("No answer by {by}. Please tap when you see this; I'll add it."),
            )
        }
        Outcome::Void { .. } => t.pick(
            "这次抽查作废了（是我们这边的原因），不用理会，不算在您头上。",
            "This check is void, for reasons on our side. Please ignore it; it does not count.",
        ),
        Outcome::Undeliverable {
            reason: Unreached::NotVerified,
        } => t.pick(
            "没收到您的回答。您还没回过测试消息，这次记作“联系方式未核实”。看到后请随便回一句。",
            "No answer from you. You have never answered the test message, so this counts as \
             \"contact not verified\". Please send any word when you see this.",
        ),
        Outcome::Undeliverable { .. } => {
            t.pick("这次抽查没有送到。", "This check could not be delivered.")
        }
    }
}

fn choice(t: &Tongue, on_duty: u32) -> Text {
    if on_duty == 0 {
        return Text::new(t.pick(
            "此刻值班表上没有人在班，没有可抽查的人。看空档：/gaps",
            "Nobody is rostered right now, so there is nobody to check. See /gaps",
        ));
    }
    Text::new(t.pick(
        format!("此刻有 {on_duty} 人在班。抽查谁？\n也可以发 /check 单位名"),
        match on_duty {
            1 => "1 person is on duty now. Whom shall I check?\nOr send /check UNIT".to_owned(),
            _ => format!(
                "{on_duty} people are on duty now. Whom shall I check?\nOr send /check UNIT"
            ),
        },
    ))
    .row([
        (t.pick("全部", "Everybody"), Press::CheckAll),
        (t.pick("随机 1 人", "1 at random"), Press::CheckSome(1)),
        (t.pick("随机 3 人", "3 at random"), Press::CheckSome(3)),
    ])
}

fn unit_unknown(t: &Tongue, asked: &str, nearest: Option<&str>) -> Text {
    let asked = safe(asked);
    Text::new(match (nearest.map(safe), t.lang) {
        (Some(near), Lang::Zh) => {
            format!("值班表里没有“{asked}”这个单位。是“{near}”吗？请发 /check {near}")
        }
        (None, Lang::Zh) => format!("值班表里没有“{asked}”这个单位。全部单位：/who"),
        (Some(near), Lang::En) => {
            format!(
                "The roster has no unit \"{asked}\". Did you mean \"{near}\"? Send /check {near}"
            )
        }
        (None, Lang::En) => format!("The roster has no unit \"{asked}\". All units: /who"),
    })
}

fn nobody(t: &Tongue, order: &Order, next: Option<Moment>) -> Text {
    let whose = match (order, t.lang) {
        (Order::Unit(unit), Lang::Zh) => format!("{} 此刻没有人在班", safe(unit)),
        (Order::Unit(unit), Lang::En) => format!("{} has nobody on duty right now", safe(unit)),
        (_, Lang::Zh) => "此刻值班表上没有人在班".to_owned(),
        (_, Lang::En) => "Nobody is rostered right now".to_owned(),
    };
    let next = next.map(|next| {
        let at = soon::near(t, next);
        t.pick(
            format!("最近的班 {at} 开始。"),
            format!(" The next shift starts {at}."),
        )
    });
    let then = next.unwrap_or_default();
    Text::new(t.pick(
        format!("{whose}，没有可抽查的人。{then}看空档：/gaps"),
        format!("{whose}, so there is nobody to check.{then} See /gaps"),
    ))
}

fn other_number(t: &Tongue, waiting: &[CheckId]) -> Text {
    let numbers: Vec<String> = waiting.iter().map(CheckId::to_string).collect();
    let (zh, en) = (numbers.join("、"), numbers.join(", "));
    Text::new(t.pick(
        format!(
            "这个号对不上，没有记。等您回答的是第 {zh} 号：请点它的按钮，或回复“在岗”或这个号。"
        ),
        format!(
            "That number is not yours, so nothing is recorded. No. {en} waits for your answer: \
             please tap its button, or reply \"here\" or that number."
        ),
    ))
}
