//! Whose word it goes out on, who gets it and has read it, and what they hear when something in it
//! proves wrong.

use super::super::{Contents, Text, Tongue, rosters, safe};
use super::units::{finding_line, unit_line};
use super::{anew, counts, names, read, submit};
use crate::decide::{CircularId, CircularPress, CircularSay, Enclosure, Numbers, Press, UnitHeard};
use crate::report::Naming;
use crate::time::Span;
use crate::words::circular::{Standing, file_name, title};
use crate::words::when;

pub(super) fn text(say: &CircularSay, t: &Tongue) -> Text {
    match say {
        CircularSay::NoApprover { named } => no_approver(t, named.as_deref()),
        CircularSay::Submitted { to } => {
            let to = names(t, to);
            Text::new(t.pick(
                format!("已送 {to} 审批，批了就印发。"),
                format!("Sent to {to} for approval; once approved it goes out."),
            ))
        }
        CircularSay::Approval {
            circular,
            covered,
            drafted_by,
            numbers,
            naming,
            units,
        } => approval(t, *circular, *covered, drafted_by, numbers, *naming, units),
        CircularSay::Returned { circular, by } => {
            let by = safe(by);
            Text::new(t.pick(
                format!("{by} 退回了通报。改好可以再送。"),
                format!("{by} has returned the circular. Mend it and send it again."),
            ))
            .row([
                (anew(t), Press::Circular(*circular, CircularPress::Anew)),
                (submit(t), Press::Circular(*circular, CircularPress::Submit)),
            ])
        }
        CircularSay::Published {
            circular,
            covered,
            by,
            naming,
        } => published(t, *circular, *covered, by, *naming),
        CircularSay::Readers { .. } => readers(t, say),
        CircularSay::Reminder { circular, covered } => {
            let title = title(covered, t.zone, t.lang);
            Text::new(t.pick(
                format!("请看一下《{title}》，看过点“已阅”。"),
                format!("Please read “{title}” and tap “Read”."),
            ))
            .row([(read(t), Press::Circular(*circular, CircularPress::Read))])
        }
        CircularSay::CorrectionDue {
            circular,
            covered,
            finding,
        } => {
            let (title, fact) = (title(covered, t.zone, t.lang), finding_line(t, finding));
            Text::new(t.pick(
                format!("⚠️ 《{title}》里有一项不再成立：{fact}。本人的回答后来到了。请更正。"),
                format!(
                    "⚠️ Something in “{title}” holds no longer: {fact}. Their own answer \
                     turned up. Please correct it."
                ),
            ))
            .row([(
                t.pick("发更正", "Send the correction"),
                Press::Circular(*circular, CircularPress::Correct(finding.check)),
            )])
        }
        CircularSay::Corrected { .. } => corrected(t, say),
        // Said elsewhere.
        CircularSay::TooEarly { .. }
        | CircularSay::Draft { .. }
        | CircularSay::ToVerify { .. }
        | CircularSay::ChangedMeanwhile
        | CircularSay::UnitsHeard { .. }
        | CircularSay::NobodyToAsk
        | CircularSay::Question { .. }
        | CircularSay::StatementAsked { .. }
        | CircularSay::AskUnitsFirst { .. }
        | CircularSay::Outstanding { .. } => Text::new(""),
    }
}

fn no_approver(t: &Tongue, named: Option<&str>) -> Text {
    let told = Text::new(match named {
        Some(name) => {
            let name = safe(name);
            t.pick(
                format!(
                    "配置里写的审批人 {name} 还没有绑定。发 /invite {name} 取链接请他绑定；或改配置 [circular] approver。"
                ),
                format!(
                    "{name}, whom the settings name as approver, has no account yet. /invite \
                     {name} makes a link; or change approver in [circular]."
                ),
            )
        }
        None => t.pick(
            "通报要由另一个人批，现在没有别人能批。请一位同事来当管理员（/clerks），他就能批；或在配置 zaigang.toml 的 [circular] 里写上审批人：approver = \"姓名\"，再重新启动。",
            "A circular needs another person's word, and there is nobody else. Ask a colleague in as \
             a clerk (/clerks): they can approve it; or name an approver in zaigang.toml: \
             approver = \"NAME\" in [circular], and start the program again.",
        ),
    });
    if named.is_some() {
        return told;
    }
    told.row([(
        t.pick("请一位同事来管", "Ask a colleague in"),
        Press::InviteClerk,
    )])
}

fn approval(
    t: &Tongue,
    circular: CircularId,
    covered: Span,
    drafted_by: &str,
    numbers: &Numbers,
    naming: Naming,
    units: &[UnitHeard],
) -> Text {
    let title = title(&covered, t.zone, t.lang);
    let (by, counts) = (safe(drafted_by), counts(t, numbers));
    let mut lines = vec![
        t.pick(
            format!("请审《{title}》（{by} 拟）。"),
            format!("Please approve “{title}” (drafted by {by})."),
        ),
        counts,
    ];
    lines.extend(units.iter().take(8).map(|unit| unit_line(t, unit)));
    lines.push(t.pick(
        "同意后马上发给各单位，署您的名；文号请办公室填写。",
        "Once you approve it goes to the units on your word; the office fills in its number.",
    ));
    let press = |press| Press::Circular(circular, press);
    Text::new(lines.join("\n"))
        .enclosing(
            file_name(Standing::Draft, t.lang),
            Contents::Kept(Enclosure::Circular(circular, naming), t.lang),
        )
        .row([
            (t.pick("同意", "Approve"), press(CircularPress::Approve)),
            (t.pick("退回", "Return"), press(CircularPress::Return)),
        ])
}

fn published(t: &Tongue, circular: CircularId, covered: Span, by: &str, naming: Naming) -> Text {
    let (title, by) = (title(&covered, t.zone, t.lang), safe(by));
    Text::new(t.pick(
        format!("《{title}》已印发（{by} 审批）。看过请点“已阅”。"),
        format!("“{title}” is out, approved by {by}. Please tap “Read” once you have."),
    ))
    .enclosing(
        file_name(Standing::Published, t.lang),
        Contents::Kept(Enclosure::Circular(circular, naming), t.lang),
    )
    .row([(read(t), Press::Circular(circular, CircularPress::Read))])
}

fn readers(t: &Tongue, say: &CircularSay) -> Text {
    let CircularSay::Readers {
        circular,
        covered,
        by,
        read,
        total,
        unread,
        unreached,
    } = say
    else {
        return Text::new("");
    };
    let (title, by) = (title(covered, t.zone, t.lang), safe(by));
    let mut lines = vec![t.pick(
        format!("《{title}》已印发，{by} 审批。<b>已阅 {read}/{total}</b>"),
        format!("“{title}” is out, approved by {by}. <b>Read by {read} of {total}</b>"),
    )];
    if !unread.is_empty() {
        let left_out = (total - read).saturating_sub(u32::try_from(unread.len()).unwrap_or(0));
        let who = names(t, unread);
        let more = match left_out {
            0 => String::new(),
            n => t.pick(format!("，另有 {n} 人"), format!(" and {n} more")),
        };
        lines.push(t.pick(
            format!("未阅：{who}{more}"),
            format!("Not yet: {who}{more}"),
        ));
    }
    if !unreached.is_empty() {
        let who = names(t, unreached);
        lines.push(t.pick(
            format!("没有人绑定、收不到的单位：{who}，请另送一份。"),
            format!("Nobody of these units is bound, please send it otherwise: {who}"),
        ));
    }
    let text = Text::new(lines.join("\n")).silent();
    if unread.is_empty() {
        return text;
    }
    text.row([(
        t.pick("提醒未阅", "Remind the others"),
        Press::Circular(*circular, CircularPress::RemindReaders),
    )])
}

fn corrected(t: &Tongue, say: &CircularSay) -> Text {
    let CircularSay::Corrected {
        circular,
        covered,
        finding,
        naming,
        by,
        at,
        ..
    } = say
    else {
        return Text::new("");
    };
    let (title, by) = (title(covered, t.zone, t.lang), safe(by));
    let (checked, at) = (
        when::moment(finding.at, t.zone, t.lang),
        when::moment(*at, t.zone, t.lang),
    );
    let unit = rosters::unit_name(t, &finding.unit);
    let whom = match naming {
        Naming::Named => format!("{unit} {}", safe(&finding.name)),
        Naming::Unnamed => unit,
    };
    let text = Text::new(t.pick(
        format!(
            "更正：《{title}》中“{whom} {checked} 抽查没有应答”一项，现已查明不成立，予以撤销。（{by}，{at}）"
        ),
        format!(
            "Correction to “{title}”: what it says of {whom}, {checked}, has been found not to \
             hold and is withdrawn. ({by}, {at})"
        ),
    ));
    match circular {
        Some(circular) => text.enclosing(
            file_name(Standing::Corrected, t.lang),
            Contents::Kept(Enclosure::Correction(*circular, *naming), t.lang),
        ),
        None => text,
    }
}
