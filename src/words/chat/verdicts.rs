//! What the office does with checks nobody answered: lists, the telephone, verdicts. Blame is a
//! person's, and is told with that person's name.

use super::{Text, Tongue, count, escaped, ladder, outcomes, safe, soon, within};
use crate::decide::{Lang, Other, Press, Remark, RoundId, Say, ToRing};
use crate::spotcheck::{Ground, Outcome, Rung, Said, Sighting, Verdict, VerdictReason};
use crate::time::Moment;
use crate::words::phone;

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    let text = match say {
        Say::ToVerify {
            round,
            people,
            total,
        } => to_verify(t, *round, people, *total),
        Say::RoundDetail {
            round,
            at,
            people,
            page,
            pages,
        } => detail(t, (round.0, *at), people, (*page, *pages)),
        Say::Worksheet {
            people,
            total,
            page,
            pages,
            ..
        } => worksheet(t, people, *total, (*page, *pages)),
        Say::VerifyOne {
            one,
            outcome,
            remarks,
            takes_a_call,
            may_be_ruled,
        } => {
            let ended = match outcome {
                Some(outcome) => ended(t, outcome),
                None => t.pick(
                    "还没有结果：现在收不到回答",
                    "no result yet: answers do not reach us now",
                ),
            };
            let told = format!("{ended}{}", ladder::remarks(t, remarks));
            let text = verify_one(t, one, &told, *takes_a_call, *may_be_ruled);
            match one.check.filter(|_| remarks.iter().any(shows)) {
                Some(check) => text.row([(
                    t.pick("看照片、听语音", "See and hear what was sent"),
                    Press::Attached(check),
                )]),
                None => text,
            }
        }
        Say::ReasonAsked {
            check,
            unit,
            name,
            verdict: chosen,
        } => {
            let (unit, name, told) = (safe(unit), safe(name), verdict(t, *chosen));
            let mut text = Text::new(t.pick(
                format!("{unit} {name}：定为“{told}”，依据是什么？点一个，或直接回复一句话。"),
                format!("{name} ({unit}): \"{told}\". On what ground? Tap one, or reply in words."),
            ));
            for ground in chosen.grounds() {
                let label = self::ground(t, *ground);
                text = text.row([(label, Press::Because(*check, *ground))]);
            }
            text.row([(t.pick("返回", "Back"), Press::Verify(*check))])
        }
        Say::Ruled {
            check,
            unit,
            name,
            verdict: given,
            reason: why,
            by,
            at,
        } => {
            let (unit, name, by) = (safe(unit), safe(name), safe(by));
            let (given, why, clock) = (verdict(t, *given), reason(t, why), soon::clock(t, *at));
            Text::new(t.pick(
                format!("记下了：{unit} {name}，核实为“{given}”（{why}）。{by}，{clock}。"),
                format!("Noted: {name} ({unit}), found \"{given}\" ({why}). {by}, {clock}."),
            ))
            .row([(t.pick("改一下", "Change it"), Press::Verify(*check))])
        }
        Say::VerdictOvertaken {
            unit,
            name,
            verdict: given,
            outcome,
            ..
        } => {
            let (unit, name) = (safe(unit), safe(name));
            let (given, now) = (verdict(t, *given), ended(t, outcome));
            Text::new(t.pick(
                format!("{unit} {name} 的回答补到了：{now}。原来核实的“{given}”不再作数。"),
                format!(
                    "An answer of {name} ({unit}) came in: {now}. The finding \"{given}\" stands \
                     no longer."
                ),
            ))
        }
        _ => return None,
    };
    Some(text)
}

pub(super) fn verify_label(t: &Tongue) -> String {
    t.pick("核实电话结果", "Verify by phone")
}

fn detail(t: &Tongue, (round, at): (u32, Moment), people: &[Other], page: (u32, u32)) -> Text {
    let (clock, page) = (soon::clock(t, at), paging(page.0, page.1));
    let head = t.pick(
        format!("<b>第 {round} 轮名单</b>，{clock}{page}"),
        format!("<b>Everybody in round {round}</b>, {clock}{page}"),
    );
    if people.is_empty() {
        let none = t.pick("还没有结果。", "No results yet.");
        return Text::new(format!("{head}\n{none}"));
    }
    let lines = people.iter().map(|person| {
        let number = person.check;
        format!("{number} {}", outcomes::other(t, person))
    });
    Text::new(list(t, head, lines))
}

fn to_verify(t: &Tongue, id: RoundId, people: &[Other], total: u32) -> Text {
    let round = id.0;
    if people.is_empty() {
        return Text::new(t.pick(
            format!("第 {round} 轮没有要核实的了。"),
            format!("Nothing is left to verify in round {round}."),
        ));
    }
    let head = t.pick(
        format!("<b>请核实</b>：第 {round} 轮，{total} 人"),
        format!(
            "<b>Please verify</b>: round {round}, {}",
            count(total, "person", "people")
        ),
    );
    let lines = people.iter().map(|person| {
        let (unit, name) = (safe(&person.unit), safe(&person.name));
        let why = match person.outcome {
            Outcome::Void { reason } => outcomes::void(t, &reason),
            Outcome::Undeliverable { reason } => {
                let why = outcomes::unreached(t, reason);
                t.pick(
                    format!("收不到消息（{why}）"),
                    format!("gets no messages ({why})"),
                )
            }
            outcome => ended(t, &outcome),
        };
        let remarks = ladder::remarks(t, &person.remarks);
        t.pick(
            format!("• {unit} {name}：{why}{remarks}"),
            format!("• {unit} {name}: {why}{remarks}"),
        )
    });
    Text::new(list(t, head, lines)).row([(verify_label(t), Press::Worksheet(id))])
}

/// `head` and as many lines as a message takes.
fn list(t: &Tongue, head: String, lines: impl ExactSizeIterator<Item = String>) -> String {
    let (mut kept, left_out) = within(lines);
    kept.insert(0, head);
    if left_out > 0 {
        kept.push(t.pick(
            format!("……另有 {left_out} 人"),
            format!("… and {left_out} more"),
        ));
    }
    kept.join("\n")
}

fn paging(page: u32, pages: u32) -> String {
    if pages > 1 {
        format!(" ({page}/{pages})")
    } else {
        String::new()
    }
}

fn worksheet(t: &Tongue, people: &[ToRing], total: u32, (page, pages): (u32, u32)) -> Text {
    if people.is_empty() {
        return Text::new(t.pick(
            "现在没有要打的电话：在班的人都绑定了，也没有要核实的抽查。",
            "Nobody has to be rung now: everybody on duty is bound, and no check is open to \
             verify.",
        ));
    }
    let of_many = paging(page, pages);
    let head = t.pick(
        format!(
            "<b>要打的电话</b>：{total} 人{of_many}\n先打值班电话，没人接再打手机。问清：是不是本人，是不是在岗。"
        ),
        format!(
            "<b>To be rung</b>: {}{of_many}\nThe duty line first, then the person's own number. \
             Ask: is it them, and are they at their post?",
            count(total, "person", "people")
        ),
    );
    let lines = (1_u32..).zip(people).map(|(number, one)| {
        let (unit, name) = (safe(&one.unit), safe(&one.name));
        let numbers = escaped(&phone::numbers(one, t.lang));
        let who = format!("{unit} {name}");
        t.pick(
            format!("{number}. {who}：{numbers}"),
            format!("{number}. {who}: {numbers}"),
        )
    });
    let lines: Vec<String> = lines.collect();
    let mut html = list(t, head, lines.into_iter());
    if people.iter().any(|one| one.check.is_none()) {
        html.push_str(&t.pick(
            "\n没有按钮的人还没抽查；发 /check 之后，电话结果就能记下来。",
            "\nWho has no button has not been checked yet; after /check the result of the call \
             can be recorded.",
        ));
    }
    let mut text = Text::new(html);
    let buttons: Vec<(String, Press)> = (1_u32..)
        .zip(people)
        .filter_map(|(number, one)| {
            let label = format!("{number} {}", super::clipped(&one.name, NAME_ON_BUTTON));
            Some((label, Press::Verify(one.check?)))
        })
        .collect();
    for row in buttons.chunks(2) {
        text = text.row(row.iter().cloned());
    }
    text
}

/// Whether there is something to see or hear.
fn shows(remark: &Remark) -> bool {
    matches!(remark, Remark::Said(Said::Shown { .. }))
}

/// What stands under a photo or a voice message that is passed on.
pub(super) fn attached(t: &Tongue, (unit, name): (&str, &str), at: Moment, words: &str) -> String {
    let (unit, name, clock) = (safe(unit), safe(name), soon::clock(t, at));
    let said = escaped(words);
    match (words.is_empty(), t.lang) {
        (true, Lang::Zh) => format!("{unit} {name}，{clock}"),
        (true, Lang::En) => format!("{name} ({unit}), {clock}"),
        (false, Lang::Zh) => format!("{unit} {name}，{clock}：{said}"),
        (false, Lang::En) => format!("{name} ({unit}), {clock}: {said}"),
    }
}

const NAME_ON_BUTTON: usize = 16;

fn verify_one(
    t: &Tongue,
    one: &ToRing,
    told: &str,
    takes_a_call: bool,
    may_be_ruled: bool,
) -> Text {
    let (unit, name) = (safe(&one.unit), safe(&one.name));
    let number = one.check.map_or_else(String::new, |check| {
        t.pick(format!("（第 {check} 号）"), format!(" (No. {check})"))
    });
    let dial = escaped(&phone::numbers(one, t.lang));
    let ask = phone::to_ask(one, t.lang);
    let mut text = Text::new(t.pick(
        format!("<b>{unit} {name}</b>{number}\n{dial}\n问：{ask}\n{told}"),
        format!("<b>{unit} {name}</b>{number}\n{dial}\nAsk: {ask}\n{told}"),
    ));
    let Some(check) = one.check else { return text };
    if takes_a_call {
        text = text.row(Sighting::ALL.map(|sighting| {
            let label = ladder::report_label(t, Rung::Clerk, one.presence, sighting);
            (label, Press::Rang(check, sighting))
        }));
    }
    if may_be_ruled {
        for pair in Verdict::ALL.chunks(2) {
            text = text.row(pair.iter().map(|given| {
                let told = verdict(t, *given);
                let label = t.pick(format!("定为：{told}"), format!("Find: {told}"));
                (label, Press::Rule(check, *given))
            }));
        }
    }
    text
}

/// How a check stands, as part of a sentence.
fn ended(t: &Tongue, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Present { .. } => t.pick("按时回答了", "answered in time"),
        Outcome::Late { .. } => t.pick("迟答", "answered late"),
        Outcome::NoAnswer { .. } => t.pick("没有收到回答，待核实", "no answer, to be verified"),
        Outcome::Undeliverable { reason } => {
            let why = outcomes::unreached(t, *reason);
            t.pick(format!("送不到：{why}"), format!("undeliverable: {why}"))
        }
        Outcome::Void { reason } => {
            let why = outcomes::void(t, reason);
            t.pick(format!("作废：{why}"), format!("void: {why}"))
        }
    }
}

pub(super) fn verdict(t: &Tongue, verdict: Verdict) -> String {
    match verdict {
        Verdict::PresentByPhone => t.pick("电话核实在岗", "at post, by phone"),
        Verdict::Excused => t.pick("有正当原因", "excused"),
        Verdict::Absent => t.pick("脱岗", "absent"),
        Verdict::Unreachable => t.pick("失联", "unreachable"),
    }
}

pub(super) fn reason(t: &Tongue, reason: &VerdictReason) -> String {
    match reason {
        VerdictReason::Ground(ground) => self::ground(t, *ground),
        VerdictReason::Words(words) => escaped(words),
    }
}

fn ground(t: &Tongue, ground: Ground) -> String {
    match (ground, t.lang) {
        (Ground::Reached, Lang::Zh) => "打通了，在岗",
        (Ground::Reached, Lang::En) => "reached by telephone, at post",
        (Ground::DutyLine, Lang::Zh) => "值班电话是本人接的",
        (Ground::DutyLine, Lang::En) => "answered the duty line",
        (Ground::OwnPhone, Lang::Zh) => "打通本人手机，在岗",
        (Ground::OwnPhone, Lang::En) => "reached on the own phone, at post",
        (Ground::Seen, Lang::Zh) => "同事或领导看到在岗",
        (Ground::Seen, Lang::En) => "seen at post by a colleague or leader",
        (Ground::Patrol, Lang::Zh) => "在巡查",
        (Ground::Patrol, Lang::En) => "on patrol",
        (Ground::Mission, Lang::Zh) => "出任务",
        (Ground::Mission, Lang::En) => "on a mission",
        (Ground::Ill, Lang::Zh) => "生病",
        (Ground::Ill, Lang::En) => "ill",
        (Ground::RungNotThere, Lang::Zh) => "打通值班电话，人不在",
        (Ground::RungNotThere, Lang::En) => "the duty line was answered: not there",
        (Ground::LookedNotThere, Lang::Zh) => "派人去看，人不在",
        (Ground::LookedNotThere, Lang::En) => "somebody went to look: not there",
        (Ground::NothingReached, Lang::Zh) => "值班电话和手机都没打通",
        (Ground::NothingReached, Lang::En) => "neither the duty line nor the own phone answered",
    }
    .to_owned()
}
