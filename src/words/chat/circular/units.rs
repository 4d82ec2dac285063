//! What the units are asked, and what they said.

use super::super::{Text, Tongue, clipped, escaped, ladder, rosters, safe, soon, verdicts};
use super::{SHOWN, ask_units, more, names, submit};
use crate::decide::{CircularId, CircularPress, CircularSay, Press, UnitAnswer, UnitHeard};
use crate::report::{Established, Gap};
use crate::roster::Role;
use crate::spotcheck::Attachment;
use crate::time::Moment;
use crate::words::when;

pub(super) fn text(say: &CircularSay, t: &Tongue) -> Option<Text> {
    Some(match say {
        CircularSay::UnitsHeard {
            circular,
            units,
            until,
        } => units_heard(t, *circular, units, *until),
        CircularSay::NobodyToAsk => Text::new(t.pick(
            "通报里没有说到哪个单位，不用征求意见。",
            "It says nothing of any unit: there is nobody to ask.",
        )),
        CircularSay::Question {
            circular,
            place,
            unit,
            gaps,
            findings,
            until,
            answer,
        } => {
            let said = facts(t, gaps, findings);
            question(
                t,
                (*circular, *place),
                unit,
                &said,
                (*until, answer.as_ref()),
            )
        }
        CircularSay::StatementAsked { unit } => {
            let unit = rosters::unit_name(t, unit);
            Text::new(t.pick(
                format!(
                    "请把 {unit} 的说明写在下面发给我，一条写完（500 字以内），也可以发照片或语音。不写了发 /cancel。"
                ),
                format!(
                    "Please write what {unit} has to say in one message (500 characters at \
                     most), or send photos or a voice message. /cancel to leave it."
                ),
            ))
        }
        CircularSay::AskUnitsFirst { circular } => Text::new(t.pick(
            "送审之前，先问一问通报里说到的单位。",
            "Before it goes for approval, the units it speaks of are asked.",
        ))
        .row([(
            ask_units(t),
            Press::Circular(*circular, CircularPress::AskUnits),
        )]),
        CircularSay::Outstanding {
            circular,
            units,
            until,
        } => outstanding(t, *circular, units, *until),
        _ => return None,
    })
}

fn units_heard(t: &Tongue, circular: CircularId, units: &[UnitHeard], until: Moment) -> Text {
    let answered = units.iter().filter(|unit| unit.answer.is_some()).count();
    let (until_said, total) = (soon::near(t, until), units.len());
    let is_over = t.now >= until;
    let head = match (answered == total, is_over) {
        (true, _) => t.pick(
            format!("<b>{total} 个单位都回了</b>，可以送审。"),
            format!("<b>All {total} units have answered</b>; it can go for approval."),
        ),
        (false, false) => t.pick(
            format!("<b>征求意见：{answered}/{total} 已回</b>（到 {until_said}）"),
            format!("<b>Units heard: {answered} of {total}</b> (until {until_said})"),
        ),
        (false, true) => t.pick(
            format!("<b>征求意见到时间了：{answered}/{total} 已回</b>，可以送审。"),
            format!(
                "<b>Time is over: {answered} of {total} units answered</b>; it can go for approval."
            ),
        ),
    };
    let mut lines = vec![head];
    lines.extend(units.iter().take(SHOWN).map(|unit| unit_line(t, unit)));
    lines.extend(more(t, units.len()));
    let mut text = Text::new(lines.join("\n"));
    // What a unit has something to say to can be taken out, or looked into once more.
    let contested = units.iter().filter(|unit| {
        let answer = unit.answer.as_ref();
        answer.is_some_and(|answer| answer.words.is_some())
    });
    for unit in contested.take(3) {
        let name = clipped(&unit.unit, 12);
        let strike = unit.gaps.iter().take(3).map(|gap| {
            let label = t.pick(
                format!("{name} 空档不写"),
                format!("{name}: leave the gap out"),
            );
            (
                label,
                Press::Circular(circular, CircularPress::Strike(*gap)),
            )
        });
        let verify = unit.checks.iter().take(3).map(|check| {
            let label = t.pick(format!("{name} 再核实"), format!("{name}: verify again"));
            (label, Press::Verify(*check))
        });
        for button in strike.chain(verify) {
            text = text.row([button]);
        }
    }
    text.row([(submit(t), Press::Circular(circular, CircularPress::Submit))])
}

/// The longest statement in a list of them.
const STATEMENT_SHOWN: usize = 120;

/// Words, and what was shown beside them or instead.
fn stated(t: &Tongue, words: &str, attachments: &[Attachment], most: usize) -> String {
    let words = escaped(&clipped(words, most));
    match (attachments, words.is_empty()) {
        ([], _) => words,
        (shown, true) => ladder::shown(t, shown),
        (shown, false) => format!("{words} {}", ladder::shown(t, shown)),
    }
}

pub(super) fn unit_line(t: &Tongue, unit: &UnitHeard) -> String {
    let name = rosters::unit_name(t, &unit.unit);
    match &unit.answer {
        Some(UnitAnswer {
            name: by,
            words: Some(words),
            attachments,
            ..
        }) => {
            let (by, words) = (safe(by), stated(t, words, attachments, STATEMENT_SHOWN));
            t.pick(
                format!("✍️ {name}（{by}）说明：{words}"),
                format!("✍️ {name} ({by}): {words}"),
            )
        }
        Some(UnitAnswer { name: by, .. }) => {
            let by = safe(by);
            t.pick(
                format!("✅ {name}（{by}）属实"),
                format!("✅ {name} ({by}): it is so"),
            )
        }
        None if unit.asked.is_empty() => t.pick(
            format!("☎️ {name} 没有人绑定，请打电话问"),
            format!("☎️ {name}: nobody is bound, please ring"),
        ),
        None => t.pick(
            format!("⏳ {name} 没回"),
            format!("⏳ {name}: no answer yet"),
        ),
    }
}

fn facts(t: &Tongue, gaps: &[Gap], findings: &[Established]) -> Vec<String> {
    let gaps = gaps.iter().map(|gap| gap_line(t, gap));
    gaps.chain(findings.iter().map(|f| finding_line(t, f)))
        .collect()
}

fn gap_line(t: &Tongue, gap: &Gap) -> String {
    let span = when::span(&gap.span, t.zone, t.lang);
    let is_leader = matches!(
        gap.role,
        Role::DutyLeader | Role::ChiefLeader | Role::Principal
    );
    match (is_leader, gap.present) {
        (true, 0) => t.pick(
            format!("{span} 没有安排带班领导"),
            format!("{span}: no leader"),
        ),
        (false, 0) => t.pick(
            format!("{span} 没有安排值班人员"),
            format!("{span}: nobody on duty"),
        ),
        (_, present) => {
            let needed = gap.needed;
            t.pick(
                format!("{span} 应有 {needed} 人，只安排 {present} 人"),
                format!("{span}: {present} of {needed} on duty"),
            )
        }
    }
}

pub(super) fn finding_line(t: &Tongue, finding: &Established) -> String {
    let at = when::moment(finding.at, t.zone, t.lang);
    let who = format!(
        "{} {}",
        rosters::unit_name(t, &finding.unit),
        safe(&finding.name)
    );
    let verdict = verdicts::verdict(t, finding.ruled.verdict);
    t.pick(
        format!("{who} {at} 抽查没有应答，核实为“{verdict}”"),
        format!("{who}, {at}: no answer to a check, verified as {verdict}"),
    )
}

fn question(
    t: &Tongue,
    (circular, place): (CircularId, u16),
    unit: &str,
    said: &[String],
    (until, answer): (Moment, Option<&UnitAnswer>),
) -> Text {
    let unit = rosters::unit_name(t, unit);
    let by = soon::near(t, until);
    let mut lines = vec![t.pick(
        format!("拟通报 <b>{unit}</b>，请在 {by} 前回一下：情况属实吗？"),
        format!("A circular is to say this of <b>{unit}</b>. Is it so? Please answer by {by}."),
    )];
    lines.extend(said.iter().take(SHOWN).map(|line| format!("• {line}")));
    lines.extend(more(t, said.len()));
    let press = |press| Press::Circular(circular, press);
    let Some(answer) = answer else {
        return Text::new(lines.join("\n")).row([
            (
                t.pick("属实", "It is so"),
                press(CircularPress::True(place)),
            ),
            (
                t.pick("有说明", "Something to say"),
                press(CircularPress::Explain(place)),
            ),
        ]);
    };
    let (name, at) = (safe(&answer.name), soon::clock(t, answer.at));
    lines.push(match &answer.words {
        None => t.pick(
            format!("✅ {at} {name} 回：属实。"),
            format!("✅ {at}, {name}: it is so."),
        ),
        Some(words) => {
            let words = stated(t, words, &answer.attachments, words.len());
            t.pick(
                format!("✍️ {at} {name} 说明：{words}\n已附上，办公室会看。"),
                format!("✍️ {at}, {name}: {words}\nIt is attached; the office will read it."),
            )
        }
    });
    Text::new(lines.join("\n")).row([(
        t.pick("改一下说明", "Say something else"),
        press(CircularPress::Explain(place)),
    )])
}

fn outstanding(t: &Tongue, circular: CircularId, units: &[String], until: Moment) -> Text {
    let (who, until) = (names(t, units), soon::near(t, until));
    Text::new(t.pick(
        format!("{who} 还没回，时间到 {until}。等一等，还是现在送审？"),
        format!("{who} may still answer until {until}. Wait, or send it for approval now?"),
    ))
    .row([(
        t.pick("不等了，送审", "Send it now"),
        Press::Circular(circular, CircularPress::SubmitNow),
    )])
}
