//! What the roster in force says: gaps, who is on, who has no account.

use super::{Text, Tongue, count, escaped, safe, soon, units};
use crate::decide::{GapLine, GapReport, Lang, OnDuty, Press, Say, Unlinked};
use crate::time::TimeDelta;
use crate::words::when;

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    let text = match say {
        Say::NoRoster => Text::new(t.pick(
            "还没有启用的值班表。请把值班表文件发到这里，看过后点“启用”。",
            "No roster is in force yet. Send the roster file here, look it over, then tap \"Use it\".",
        )),
        Say::Gaps(report) => Text::new(gap_message(t, report)).row(chase_buttons(t, report)),
        Say::Who {
            at,
            version,
            units,
            page,
            pages,
        } => {
            let clock = when::moment(*at, t.zone, t.lang);
            let mut lines = vec![t.pick(
                format!("<b>{clock} 排在岗上的人</b>（第 {version} 版）{}", page_of(*page, *pages)),
                format!("<b>Rostered at {clock}</b> (version {version}){}", page_of(*page, *pages)),
            )];
            lines.extend(units.iter().map(|u| unit_line(t, u)));
            Text::new(lines.join("\n"))
        }
        Say::Unbound {
            people,
            total,
            page,
            pages,
        } => unbound(t, people, *total, *page, *pages),
        Say::InviteUnknown { name } => {
            let name = safe(name);
            Text::new(t.pick(
                format!("值班表里没有“{name}”。请写表里的姓名，例如：/invite 王建国"),
                format!("The roster has no \"{name}\". Please give the name as the roster has it: /invite Wang Jianguo"),
            ))
        }
        Say::InviteWhom => Text::new(t.pick(
            "请在后面写上姓名，例如：/invite 王建国。所有没绑定的人：/unbound",
            "Please add the name, as in /invite Wang Jianguo. Everybody not bound yet: /unbound",
        )),
        Say::InviteBound { unit, name } => {
            let who = format!("{} {}", unit_name(t, unit), safe(name));
            Text::new(t.pick(
                format!("{who} 已经绑定好了，不用再发链接。"),
                format!("{who} is bound already and needs no link."),
            ))
        }
        _ => return None,
    };
    Some(text)
}

/// Where somebody taps, or what they send while the bot's name is not known.
pub(super) fn start_link(bot: Option<&str>, payload: &str) -> String {
    match bot {
        Some(bot) => format!("https://t.me/{}?start={payload}", safe(bot)),
        None => format!("/start {payload}"),
    }
}

pub(super) fn page_of(page: u32, pages: u32) -> String {
    if pages > 1 {
        format!(" {page}/{pages}")
    } else {
        String::new()
    }
}

fn unit_line(t: &Tongue, unit: &OnDuty) -> String {
    let posts: Vec<String> = unit
        .posts
        .iter()
        .map(|(post, people)| {
            let post = safe(post);
            if people.is_empty() {
                return t.pick(
                    format!("<b>⚠️ {post} 没排人</b>"),
                    format!("<b>⚠️ {post}: nobody</b>"),
                );
            }
            let names: Vec<String> = people.iter().take(8).map(|p| on_post(t, unit, p)).collect();
            format!("{post} {}", names.join(t.pick("、", ", ").as_str()))
        })
        .collect();
    let name = unit_name(t, &unit.unit);
    format!(
        "{name}{}{}",
        t.pick("：", ": "),
        posts.join(t.pick("；", "; ").as_str())
    )
}

/// A name, and for whom they are there where the roster names somebody else.
fn on_post(t: &Tongue, unit: &OnDuty, name: &str) -> String {
    let instead = unit.stand_ins.iter().find(|(there, _)| there == name);
    let name = safe(name);
    match instead {
        Some((_, rostered)) => {
            let rostered = safe(rostered);
            t.pick(
                format!("{name}（替{rostered}）"),
                format!("{name} (for {rostered})"),
            )
        }
        None => name,
    }
}

pub(super) fn unit_name(t: &Tongue, unit: &str) -> String {
    if unit.is_empty() {
        t.pick("本单位", "this unit")
    } else {
        safe(unit)
    }
}

fn unbound(t: &Tongue, people: &[Unlinked], total: u32, page: u32, pages: u32) -> Text {
    if people.is_empty() {
        return Text::new(t.pick(
            "✅ 值班表上的人都绑定好了。",
            "✅ Everybody on the roster is bound.",
        ));
    }
    let mut lines = vec![t.pick(
        format!(
            "<b>还没绑定：{total} 人</b>{}\n把各人的链接发给本人，点一下就绑定（一人一个，不要转给别人）：",
            page_of(page, pages)
        ),
        format!(
            "<b>Not bound yet: {total}</b>{}\nSend each person their own link; one tap binds them. Each link is for one person only:",
            page_of(page, pages)
        ),
    )];
    for person in people {
        let phone = person.phone.as_ref().map(|p| format!(" {p}"));
        let link = start_link(person.bot.as_deref(), &person.payload);
        lines.push(format!(
            "{} {}{}\n{link}",
            unit_name(t, &person.unit),
            safe(&person.name),
            phone.unwrap_or_default()
        ));
        if let Some(page) = &person.page {
            let page = escaped(page);
            lines.push(t.pick(
                format!("没有 Telegram 的，发这个个人页面：\n{page}"),
                format!("Without Telegram, their own page does:\n{page}"),
            ));
        }
    }
    Text::new(lines.join("\n"))
}

/// What asks the units that it concerns.
pub(super) fn chase_buttons(t: &Tongue, report: &GapReport) -> Vec<(String, Press)> {
    let mut row = Vec::new();
    if report.gap_units > 0 {
        row.push(units::fill_button(t, report.gap_units));
    }
    if report.not_submitted_count > 0 {
        row.push(units::chase_button(t, report.not_submitted_count));
    }
    row
}

/// All of it in words.
pub(super) fn gap_message(t: &Tongue, report: &GapReport) -> String {
    let lines = gap_lines(t, report);
    if !lines.is_empty() {
        return lines.join("\n");
    }
    let (units, led) = (report.units, report.units_led);
    let length = report.period.map_or(TimeDelta::zero(), |p| p.length());
    let length = soon::about(t, length);
    let units_of = count(units, "unit", "units");
    if units > 0 && led == units {
        return t.pick(
            format!("✅ {units} 个单位，{length}都有人值班、有领导带班。"),
            format!(
                "✅ {units_of}, {length}: somebody is on duty and a leader is in charge at every hour."
            ),
        );
    }
    let covered = t.pick(
        format!("✅ {units} 个单位，{length}都有人值班。"),
        format!("✅ {units_of}, {length}: somebody is on duty at every hour."),
    );
    let leaders = if led == 0 {
        t.pick(
            "表里没有带班领导，带班没有核对。",
            "The roster names no duty leaders, so none were checked.",
        )
    } else {
        t.pick(
            format!("带班领导只有 {led} 个单位写了，都没有空档；其余单位没有核对。"),
            format!(
                "Only {} {} duty leaders, without a gap; the others were not checked.",
                count(led, "unit", "units"),
                if led == 1 { "names" } else { "name" },
            ),
        )
    };
    format!("{covered}\n{leaders}")
}

/// What stands under the picture of the gaps: the answer, the lines of what it shows, and what
/// else there is to know.
pub(super) fn caption(t: &Tongue, report: &GapReport, shown: &[String], rest: Remainder) -> String {
    let mut lines = Vec::new();
    if report.gap_count > 0 {
        lines.push(gaps_headline(t, report));
        lines.extend(nearest(t, report));
    }
    if report.leader_gap_count > 0 {
        lines.push(leaders_headline(t, report));
    }
    lines.extend_from_slice(shown);
    if rest == Remainder::InWorkbook {
        lines.push(t.pick(
            "还有一些没画出来，点 Excel 看全部。",
            "There are more than the pictures show; Excel has them all.",
        ));
    }
    lines.extend(others(t, report));
    if lines.is_empty() {
        return gap_message(t, report);
    }
    lines.extend(fine(t, report));
    lines.join("\n")
}

/// Where what no picture shows is found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Remainder {
    None,
    InWorkbook,
}

fn gaps_headline(t: &Tongue, report: &GapReport) -> String {
    let (gaps, total) = (report.gap_count, minutes(t, report.gap_minutes));
    let (short_zh, short_en) = if report.gaps.iter().any(|gap| gap.present > 0) {
        ("人手不够", "with too few on duty")
    } else {
        ("没人", "with nobody on duty")
    };
    t.pick(
        format!("⚠️ <b>{gaps} 处空档，{total}{short_zh}</b>"),
        format!(
            "⚠️ <b>{}, {total} {short_en}</b>",
            count(gaps, "gap", "gaps")
        ),
    )
}

fn leaders_headline(t: &Tongue, report: &GapReport) -> String {
    let gaps = report.leader_gap_count;
    t.pick(
        format!("⚠️ <b>{gaps} 处缺带班领导</b>"),
        format!(
            "⚠️ <b>{} without a duty leader</b>",
            count(gaps, "stretch", "stretches")
        ),
    )
}

/// The gaps in lines; none where there is nothing to tell.
pub(super) fn gap_lines(t: &Tongue, report: &GapReport) -> Vec<String> {
    let mut lines = Vec::new();
    if report.gap_count > 0 {
        lines.push(gaps_headline(t, report));
        lines.extend(nearest(t, report));
        lines.extend((1..).zip(&report.gaps).map(|(n, gap)| gap_line(t, n, gap)));
        lines.extend(more(t, report.gap_count, report.gaps.len()));
    }
    if report.leader_gap_count > 0 {
        lines.push(leaders_headline(t, report));
        lines.extend(
            (1..)
                .zip(&report.leader_gaps)
                .map(|(n, gap)| gap_line(t, n, gap)),
        );
        lines.extend(more(t, report.leader_gap_count, report.leader_gaps.len()));
    }
    lines.extend(others(t, report));
    if !lines.is_empty() {
        lines.extend(fine(t, report));
    }
    lines
}

/// Who sent nothing, and what could not be read.
fn others(t: &Tongue, report: &GapReport) -> Vec<String> {
    let mut lines = Vec::new();
    if !report.not_submitted.is_empty() {
        let units: Vec<String> = report.not_submitted.iter().map(|u| safe(u)).collect();
        let more = more_units(t, report.not_submitted_count, units.len());
        let units = units.join(t.pick("、", ", ").as_str());
        lines.push(t.pick(
            format!("未报：{units}{more}"),
            format!("Not submitted: {units}{more}"),
        ));
    }
    if report.cannot_read > 0 {
        let unread = report.cannot_read;
        lines.push(t.pick(
            format!("另有 {unread} 处没读懂，不算空档，改好表再看。"),
            format!(
                "{} could not be read, so nobody can tell; mend the roster and look again.",
                count(unread, "more stretch", "more stretches")
            ),
        ));
    }
    lines
}

fn fine(t: &Tongue, report: &GapReport) -> Option<String> {
    let fine = report.units_fine;
    (fine > 0).then(|| {
        t.pick(
            format!("其余 {fine} 个单位正常。"),
            match fine {
                1 => "The other unit is fine.".to_owned(),
                _ => format!("The other {fine} units are fine."),
            },
        )
    })
}

fn nearest(t: &Tongue, report: &GapReport) -> Option<String> {
    let now = report.now?;
    let next = report.gaps.iter().find(|g| g.span.end() > now)?;
    let unit = unit_name(t, &next.unit);
    if next.span.start() <= now {
        let till = soon::near(t, next.span.end());
        return Some(t.pick(
            format!("现在就没人：{unit}，到{till}"),
            format!("Uncovered right now: {unit}, until {till}"),
        ));
    }
    let at = soon::near(t, next.span.start());
    let ahead = soon::about(t, next.span.start() - now);
    Some(t.pick(
        format!("最近：{at} {unit}（{ahead}后）"),
        format!("Next: {at}, {unit} (in {ahead})"),
    ))
}

pub(super) fn gap_line(t: &Tongue, number: u32, gap: &GapLine) -> String {
    format!("{number}. {}", gap_text(t, gap))
}

/// `城关镇 值班员 10月3日 20:30 至 4日 08:30（12 小时）`.
pub(super) fn gap_text(t: &Tongue, gap: &GapLine) -> String {
    let span = when::span(&gap.span, t.zone, t.lang);
    let length = when::length(gap.span.length(), t.lang);
    let (unit, post) = (unit_name(t, &gap.unit), safe(&gap.post));
    let short = if gap.present > 0 {
        match t.lang {
            Lang::Zh => format!("，需 {} 人只有 {} 人", gap.needed, gap.present),
            Lang::En => format!(", {} of {} people", gap.present, gap.needed),
        }
    } else {
        String::new()
    };
    t.pick(
        format!("{unit} {post} {span}（{length}{short}）"),
        format!("{unit}, {post}: {span} ({length}{short})"),
    )
}

fn more(t: &Tongue, count: u32, shown: usize) -> Option<String> {
    let more = usize::try_from(count)
        .unwrap_or(usize::MAX)
        .checked_sub(shown)?;
    (more > 0).then(|| t.pick(format!("……另有 {more} 处"), format!("… and {more} more")))
}

fn more_units(t: &Tongue, count: u32, shown: usize) -> String {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    match count.saturating_sub(shown) {
        0 => String::new(),
        _ => t.pick(
            format!("等 {count} 个单位"),
            format!(" and others, {count} in all"),
        ),
    }
}

fn minutes(t: &Tongue, minutes: u64) -> String {
    let delta = i64::try_from(minutes)
        .ok()
        .and_then(crate::time::TimeDelta::try_minutes);
    when::length(delta.unwrap_or_default(), t.lang)
}
