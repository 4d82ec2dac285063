//! What is said around a check's question: pleas, explanations, and the rungs above.

use super::{Text, Tongue, clipped, escaped, safe, soon, verdicts};
use crate::decide::{Cause, Lang, Press, Recall, Remark, Say};
use crate::roster::Presence;
use crate::spotcheck::{
    Attachment, AttachmentKind, CheckId, Explanation, Plea, Rung, Said, Sighting,
};

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    let text = match say {
        Say::Escalation {
            check,
            unit,
            name,
            window_secs,
            duty_line,
            rung,
            cause,
            presence,
        } => {
            let who = Who { unit, name };
            let line = duty_line.as_deref().map(safe);
            let what = silence(t, &who, *cause, *rung, *window_secs);
            let asked = request(t, &who, *rung, line.as_deref());
            let presence = presence.unwrap_or(Presence::OnPost);
            let buttons = Sighting::ALL.map(|sighting| {
                let label = report_label(t, *rung, presence, sighting);
                (label, Press::Sighted(*check, sighting))
            });
            let space = t.pick("", " ");
            Text::new(format!("{what}{space}{asked}")).row(buttons)
        }
        Say::Recalled { unit, name, why } => {
            let who = Who { unit, name };
            Text::new(recalled(t, &who, *why)).silent()
        }
        Say::BackAtPost { at } => {
            let clock = soon::clock(t, *at);
            Text::new(t.pick(
                format!("✅ {clock} 已回岗。谢谢！"),
                format!("✅ {clock}: back at post. Thank you!"),
            ))
        }
        Say::WordsNoted { words } => {
            let words = escaped(words);
            Text::new(t.pick(
                format!("记下了：“{words}”。"),
                format!("Noted: \"{words}\"."),
            ))
        }
        Say::ShownNoted { said: what } => {
            let what = said_briefly(t, what);
            Text::new(t.pick(
                format!("记下了：{what}，办公室会看。还要补的，接着发。"),
                format!("Noted: {what}. The office will look at it; send more if there is more."),
            ))
        }
        _ => return None,
    };
    Some(text)
}

/// Somebody, as a message names them.
struct Who<'a> {
    unit: &'a str,
    name: &'a str,
}

fn silence(t: &Tongue, who: &Who<'_>, cause: Cause, rung: Rung, window_secs: u64) -> String {
    let (unit, name) = (safe(who.unit), safe(who.name));
    match cause {
        Cause::NoAnswer => {
            let window = soon::secs(t, window_secs);
            // A colleague's phone must not read as if they were being checked themselves.
            match (rung, t.lang) {
                (Rung::Second, Lang::Zh) => {
                    format!("{unit} {name} {window}没有回答（待核实）。")
                }
                (Rung::Second, Lang::En) => {
                    format!("{name} ({unit}) has not answered for {window} (to be verified).")
                }
                (_, Lang::Zh) => format!("{unit} {name} {window}没有回应抽查（待核实）。"),
                (_, Lang::En) => format!(
                    "{name} ({unit}) has not answered a check for {window} (to be verified)."
                ),
            }
        }
        Cause::Undelivered(reason) => {
            let why = super::outcomes::unreached(t, reason);
            t.pick(
                format!("{unit} {name} 收不到我的消息（{why}）。"),
                format!("{name} ({unit}) cannot get my messages ({why})."),
            )
        }
        Cause::NotRelieved => t.pick(
            format!("{unit} {name} 说已换班，值班表里没有，也还没有人认这个班。"),
            format!(
                "{name} ({unit}) says they swapped; the roster does not have it, and nobody has \
                 said yet that the shift is theirs."
            ),
        ),
        Cause::NotBack => t.pick(
            format!("{unit} {name} 说暂时离开，到时间还没有报回来。"),
            format!("{name} ({unit}) stepped out and has not reported back in time."),
        ),
    }
}

fn request(t: &Tongue, who: &Who<'_>, rung: Rung, line: Option<&str>) -> String {
    let name = safe(who.name);
    match (rung, t.lang, line) {
        (Rung::Second, Lang::Zh, Some(line)) => {
            format!("您和{name}同一个班，请看一下，或打值班电话 {line}：人在吗？")
        }
        (Rung::Second, Lang::Zh, None) => format!("您和{name}同一个班，请看一下：人在吗？"),
        (Rung::Second, Lang::En, Some(line)) => {
            format!("You share the duty: please look, or ring {line}. Is {name} there?")
        }
        (Rung::Second, Lang::En, None) => {
            format!("You share the duty: please look. Is {name} there?")
        }
        (_, Lang::Zh, Some(line)) => format!("请打值班电话 {line} 看一下。"),
        (_, Lang::Zh, None) => "请打值班电话看一下。".to_owned(),
        (_, Lang::En, Some(line)) => format!("Please ring the duty phone {line}."),
        (_, Lang::En, None) => "Please ring the duty phone.".to_owned(),
    }
}

pub(super) fn report_label(
    t: &Tongue,
    rung: Rung,
    presence: Presence,
    sighting: Sighting,
) -> String {
    match (rung, presence, sighting) {
        (Rung::Second, _, Sighting::AtPost) => t.pick("人在", "They're there"),
        (Rung::Second, _, Sighting::NotThere) => t.pick("人不在", "Not there"),
        (Rung::Second, _, Sighting::NotReached) => t.pick("联系不上", "Can't reach them"),
        (_, Presence::Reachable, Sighting::AtPost) => t.pick("打通了，正常", "Reached, all well"),
        (_, Presence::Reachable, Sighting::NotThere) => {
            t.pick("打通了，不在县内", "Reached, out of the county")
        }
        (_, _, Sighting::AtPost) => t.pick("打通了，在岗", "Reached, at post"),
        (_, _, Sighting::NotThere) => t.pick("打通了，不在", "Reached, not there"),
        (_, _, Sighting::NotReached) => t.pick("没打通", "No answer"),
    }
}

fn recalled(t: &Tongue, who: &Who<'_>, why: Recall) -> String {
    let (unit, name) = (safe(who.unit), safe(who.name));
    match why {
        Recall::Answered => t.pick(
            format!("{unit} {name} 已经回答了，不用再看。谢谢！"),
            format!("{name} ({unit}) has answered; no need to look any more. Thank you!"),
        ),
        Recall::Back => t.pick(
            format!("{unit} {name} 已经回岗了，不用再看。谢谢！"),
            format!("{name} ({unit}) is back at post; no need to look any more. Thank you!"),
        ),
        Recall::Relieved => t.pick(
            format!("{unit} {name} 的班已经有人认了，不用再看。谢谢！"),
            format!("Somebody has {name}'s shift ({unit}); no need to look any more. Thank you!"),
        ),
        Recall::Settled => t.pick(
            format!("{unit} {name} 的情况已经有人核实了，不用再看。谢谢！"),
            format!("{name} ({unit}) has been looked into; no need to look any more. Thank you!"),
        ),
        Recall::Reported { rung, sighting } => {
            let found = report_label(t, rung, Presence::OnPost, sighting);
            t.pick(
                format!("{unit} {name}：记下了，{found}。谢谢！"),
                format!("{name} ({unit}): noted. {found}. Thank you!"),
            )
        }
    }
}

/// What somebody may say in place of "here", as a button says it.
pub(super) fn plea_label(t: &Tongue, plea: Plea) -> String {
    match plea {
        Plea::SteppedOut => t.pick("🙋 暂时离开", "🙋 Stepped out"),
        Plea::Swapped => t.pick("🔄 已换班", "🔄 I swapped"),
        Plea::Otherwise => t.pick("🙋 另有情况", "🙋 Something else"),
    }
}

pub(super) fn plea(t: &Tongue, plea: Plea) -> String {
    match plea {
        Plea::SteppedOut => t.pick("暂时离开", "stepped out"),
        Plea::Swapped => t.pick("已换班", "swapped"),
        Plea::Otherwise => t.pick("另有情况", "something else"),
    }
}

/// What stands on the phone of somebody whose plea excused them.
pub(super) fn excused(
    t: &Tongue,
    check: CheckId,
    said: Plea,
    (at, back_by): (&str, Option<&str>),
    words: Option<&Said>,
) -> Text {
    let back_by = back_by.unwrap_or_default();
    if let Some(Said::Relieved(name)) = words {
        let name = safe(name);
        return Text::new(t.pick(
            format!("🔄 {at} 记下了：已换班，{name}答应接班。批准前，这个班还是您的。"),
            format!(
                "🔄 {at}, noted: you swapped, and {name} takes the shift. Until it is approved, \
                 the shift is still yours."
            ),
        ));
    }
    if let Some(Said::Words(words)) = words {
        let (said, words) = (plea(t, said), escaped(words));
        return Text::new(t.pick(
            format!("{at} 记下了：{said}，“{words}”。已转告值班办公室。"),
            format!("{at}, noted: {said}, \"{words}\". The duty office has been told."),
        ));
    }
    match said {
        Plea::SteppedOut => Text::new(t.pick(
            format!("🙋 {at} 记下了：您暂时离开。请在 <b>{back_by}</b> 前回来，回来后点一下。"),
            format!(
                "🙋 {at}, noted: you stepped out. Please be back by <b>{back_by}</b> and tap then."
            ),
        ))
        .row([(t.pick("我回来了", "I'm back"), Press::Back(check))]),
        Plea::Swapped => Text::new(t.pick(
            format!(
                "🔄 {at} 记下了：您说已换班。值班表里还没有这次换班，请告诉我谁接了班，我去问一下。"
            ),
            format!(
                "🔄 {at}, noted: you say you swapped. The roster does not have it yet; please \
                 tell me who has the shift, and I'll ask them."
            ),
        )),
        Plea::Otherwise => Text::new(t.pick(
            format!("🙋 {at} 记下了：另有情况。请直接回复一句话说明，我转告办公室。"),
            format!("🙋 {at}, noted. Please reply with a line about it; I'll tell the office."),
        )),
    }
}

/// The question after a late answer, and what can be tapped.
pub(super) fn explanation_asked(t: &Tongue, check: CheckId, text: Text) -> Text {
    let asked = t.pick("要说明一下吗？", " Anything to add?");
    let buttons = Explanation::ALL.map(|reason| (excuse(t, reason), Press::Explain(check, reason)));
    Text {
        html: format!("{}{asked}", text.html),
        ..text.row(buttons)
    }
}

fn excuse(t: &Tongue, excuse: Explanation) -> String {
    match excuse {
        Explanation::Patrol => t.pick("在巡查", "On patrol"),
        Explanation::OnThePhone => t.pick("在接电话", "On the phone"),
        Explanation::Unheard => t.pick("没听见", "Didn't hear"),
        Explanation::None => t.pick("不用", "No"),
    }
}

/// The explanation that stands with a late answer.
pub(super) fn explanation(t: &Tongue, words: &Said) -> String {
    match words {
        Said::Explanation(Explanation::None) => String::new(),
        words => {
            let words = said_briefly(t, words);
            t.pick(format!("说明：{words}。"), format!(" Added: {words}."))
        }
    }
}

/// `［照片 2 张、语音 7 秒］`: what somebody showed or spoke, to be looked at on the desk.
pub(in crate::words) fn shown(t: &Tongue, attachments: &[Attachment]) -> String {
    let is_photo = |a: &&Attachment| a.kind == AttachmentKind::Photo;
    let photos = attachments.iter().filter(is_photo).count();
    let mut parts = Vec::new();
    if photos > 0 {
        let many = if photos == 1 { "photo" } else { "photos" };
        parts.push(t.pick(format!("照片 {photos} 张"), format!("{photos} {many}")));
    }
    parts.extend(attachments.iter().filter_map(|a| match a.kind {
        AttachmentKind::Voice { secs } => {
            Some(t.pick(format!("语音 {secs} 秒"), format!("voice, {secs} s")))
        }
        AttachmentKind::Photo => None,
    }));
    let parts = parts.join(&t.pick("、", ", "));
    t.pick(format!("［{parts}］"), format!("[{parts}]"))
}

/// How much of somebody's words a list shows.
const WORDS_SHOWN: usize = 60;

fn said_briefly(t: &Tongue, words: &Said) -> String {
    said(t, words, |words| escaped(&clipped(words, WORDS_SHOWN)))
}

/// What the person said; `as_shown` fits their own words to where it is to stand.
pub(in crate::words) fn said(
    t: &Tongue,
    words: &Said,
    as_shown: impl Fn(&str) -> String,
) -> String {
    match words {
        Said::Plea(said) => plea(t, *said),
        Said::Explanation(why) => excuse(t, *why),
        Said::Words(words) => {
            let words = as_shown(words);
            t.pick(format!("“{words}”"), format!("\"{words}\""))
        }
        Said::Shown { attachment, words } => {
            let shown = shown(t, std::slice::from_ref(attachment));
            let words = as_shown(words);
            if words.is_empty() {
                shown
            } else {
                t.pick(format!("“{words}”{shown}"), format!("\"{words}\" {shown}"))
            }
        }
        Said::Back => t.pick("已回岗", "back at post"),
        Said::Relieved(name) => {
            let name = as_shown(name);
            t.pick(format!("{name}答应接班"), format!("{name} takes the shift"))
        }
    }
}

/// What stands on record beside an outcome, as one line goes on; empty where nothing does.
pub(in crate::words) fn remarks(t: &Tongue, remarks: &[Remark]) -> String {
    let told = remarks.iter().map(|remark| match remark {
        Remark::Said(words) => {
            let words = said_briefly(t, words);
            t.pick(format!("本人说：{words}"), format!("says: {words}"))
        }
        Remark::Found {
            rung,
            name,
            sighting,
            at,
        } => {
            let (clock, name) = (soon::clock(t, *at), safe(name));
            let found = report_label(t, *rung, Presence::OnPost, *sighting);
            t.pick(
                format!("{clock} {name}：{found}"),
                format!("{clock} {name}: {found}"),
            )
        }
        Remark::Ruled {
            verdict,
            reason,
            by,
            at,
        } => {
            let (clock, by) = (soon::clock(t, *at), safe(by));
            let (verdict, reason) = (verdicts::verdict(t, *verdict), verdicts::reason(t, reason));
            t.pick(
                format!("{clock} {by} 核实为“{verdict}”：{reason}"),
                format!("{clock} {by} found \"{verdict}\": {reason}"),
            )
        }
    });
    let stop = t.pick("；", "; ");
    told.flat_map(|remark| [stop.clone(), remark]).collect()
}
