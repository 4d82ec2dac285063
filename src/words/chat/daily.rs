//! What is said by the clock: a shift ahead, the clerks' morning, the daily report. Only the
//! reminder shortly before a shift rings: it is there to be heard.

use super::{Text, Tongue, count, escaped, outcomes, rosters, safe, soon};
use crate::decide::{
    Ahead, Asking, DailySay, Digest, Matter, Press, ReportId, ReportPress, Reports, Say, Somebody,
};
use crate::duty::{Heading, Turn};
use crate::time::Moment;
use crate::words::when;

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    match say {
        Say::Daily(say) => Some(text(say, t)),
        _ => None,
    }
}

fn text(say: &DailySay, t: &Tongue) -> Text {
    match say {
        DailySay::ShiftAhead { turns, ahead } => {
            let text = Text::new(shifts_ahead(t, turns));
            match ahead {
                Ahead::Soon => text,
                Ahead::Tomorrow => text.silent(),
            }
        }
        DailySay::Digest(digest) => Text::new(morning(t, digest))
            .row([
                (t.pick("谁在岗", "Who is on"), Press::Who),
                (t.pick("空档", "Gaps"), Press::Gaps),
            ])
            .silent(),
        DailySay::ReportAsked {
            report,
            unit,
            due,
            asking,
        } => report_asked(t, *report, unit, *due, *asking).silent(),
        DailySay::ReportAbout { report, unit } => {
            let unit = unit_name(t, unit);
            let about = |heading| {
                let label = heading_name(t, heading);
                (label, Press::Report(*report, ReportPress::About(heading)))
            };
            Text::new(t.pick(
                format!("{unit} 报哪一类情况？"),
                format!("{unit}: what is it about?"),
            ))
            .row([
                about(Heading::Safety),
                about(Heading::Petition),
                about(Heading::Other),
            ])
        }
        DailySay::ReportWrite { heading } => {
            let heading = heading_name(t, *heading);
            Text::new(t.pick(
                format!("<b>{heading}</b>：请把情况写在下面发给我（时间、地点、怎么处理的）。"),
                format!("<b>{heading}</b>: please write it below (when, where, what was done)."),
            ))
        }
        DailySay::ReportGiven {
            report,
            unit,
            at,
            matters,
        } => report_given(t, *report, unit, *at, matters),
        DailySay::Happened { unit, matter } => {
            let (unit, matter) = (unit_name(t, unit), matter_line(t, matter));
            Text::new(t.pick(
                format!("<b>{unit}</b> 报情况：{matter}"),
                format!("<b>{unit}</b> reports: {matter}"),
            ))
        }
        DailySay::Reports(reports) => Text::new(all_reports(t, reports)).silent(),
    }
}

fn shifts_ahead(t: &Tongue, turns: &[Turn]) -> String {
    let name = turns.first().map(|turn| safe(&turn.person.name));
    let name = name.unwrap_or_default();
    let mut lines = vec![match turns {
        [turn] => {
            let start = soon::near(t, turn.span.start());
            let about = soon::about(t, turn.span.start() - t.now);
            t.pick(
                format!("{name}，{start} 您值班（{about}后）："),
                format!("{name}, you are on duty {start} (in {about}):"),
            )
        }
        _ => t.pick(
            format!("{name}，接下来您有这些班："),
            format!("{name}, your next shifts:"),
        ),
    }];
    lines.extend(turns.iter().map(|turn| {
        let span = soon::shift(t, &turn.span);
        let (unit, post) = (safe(&turn.unit), safe(&turn.post));
        let place = if unit.is_empty() {
            post
        } else {
            format!("{unit} {post}")
        };
        t.pick(format!("• {span}，{place}"), format!("• {span}, {place}"))
    }));
    lines.push(t.pick(
        "来不了请马上 /leave 请假；没有批准前，班还是您的。",
        "If you cannot come, send /leave at once; until it is approved the shift is yours.",
    ));
    lines.join("\n")
}

/// How many lines of one kind the digest has.
const LINES_SHOWN: usize = 12;

fn morning(t: &Tongue, digest: &Digest) -> String {
    let day = when::date(digest.day, t.lang);
    let units = count_of(digest.units.len());
    let mut lines = vec![t.pick(
        format!("<b>{day} 早报</b>：{units} 个单位有人值班"),
        format!(
            "<b>{day}, this morning</b>: {} with somebody on duty",
            count(units, "unit", "units")
        ),
    )];
    lines.extend(digest.units.iter().take(LINES_SHOWN).map(|(unit, names)| {
        let names: Vec<String> = names.iter().take(6).map(|name| safe(name)).collect();
        let names = names.join(t.pick("、", ", ").as_str());
        let unit = unit_name(t, unit);
        t.pick(format!("{unit}：{names}"), format!("{unit}: {names}"))
    }));
    lines.extend(more(t, digest.units.len()));
    if digest.gaps.is_empty() {
        lines.push(t.pick("✅ 24 小时内没有空档。", "✅ No gap in the next 24 hours."));
    } else {
        let gaps = count_of(digest.gaps.len());
        lines.push(t.pick(
            format!("⚠️ <b>24 小时内 {gaps} 处空档</b>"),
            format!(
                "⚠️ <b>{} in the next 24 hours</b>",
                count(gaps, "gap", "gaps")
            ),
        ));
        let gaps = (1..).zip(&digest.gaps).take(LINES_SHOWN);
        lines.extend(gaps.map(|(n, gap)| rosters::gap_line(t, n, gap)));
        lines.extend(more(t, digest.gaps.len()));
    }
    for (somebody, start) in digest.unbound.iter().take(LINES_SHOWN) {
        let (who, start) = (named(t, somebody), soon::near(t, *start));
        lines.push(t.pick(
            format!("没绑定：{who}（{start} 的班），/unbound 看链接"),
            format!("Not bound: {who} (on duty {start}); links in /unbound"),
        ));
    }
    lines.extend(more(t, digest.unbound.len()));
    for (somebody, reason) in digest.gone.iter().take(LINES_SHOWN) {
        let (who, why) = (named(t, somebody), outcomes::unreached(t, *reason));
        lines.push(t.pick(
            format!("送不到：{who}（{why}），请打电话"),
            format!("Undeliverable: {who} ({why}); please ring"),
        ));
    }
    if digest.waiting > 0 {
        let waiting = digest.waiting;
        lines.push(t.pick(
            format!("还有 {waiting} 个请假、换班在等人答复。"),
            format!(
                "{} for leave or a swap still waiting.",
                count(waiting, "request", "requests")
            ),
        ));
    }
    lines.join("\n")
}

fn report_asked(t: &Tongue, report: ReportId, unit: &str, due: Moment, asking: Asking) -> Text {
    let (unit, due) = (unit_name(t, unit), soon::clock(t, due));
    let asked = match asking {
        Asking::First => t.pick(
            format!("{unit} 今天平安吗？请在 {due} 前报一下。"),
            format!("All quiet in {unit} today? Please report by {due}."),
        ),
        Asking::Again => t.pick(
            format!("{unit} 今天的情况还没有报（{due} 前）。今天平安吗？"),
            format!("{unit} has not reported today (due {due}). All quiet?"),
        ),
        Asking::Unasked => t.pick(
            format!("{unit} 今天平安吗？"),
            format!("All quiet in {unit} today?"),
        ),
    };
    Text::new(asked).row([
        (
            t.pick("✅ 平安无事", "✅ All quiet"),
            Press::Report(report, ReportPress::Quiet),
        ),
        (
            t.pick("有情况，我来写", "Something to report"),
            Press::Report(report, ReportPress::Write),
        ),
    ])
}

fn report_given(t: &Tongue, report: ReportId, unit: &str, at: Moment, matters: &[Matter]) -> Text {
    let (unit, clock) = (unit_name(t, unit), soon::clock(t, at));
    let mut lines = vec![if matters.is_empty() {
        t.pick(
            format!("✅ {clock} {unit} 平安无事，已报值班办公室。"),
            format!("✅ {clock}: all quiet in {unit}; the duty office has it."),
        )
    } else {
        t.pick(
            format!("{clock} {unit} 的情况已报值班办公室："),
            format!("{clock}: the duty office has what {unit} reports:"),
        )
    }];
    lines.extend(matters.iter().map(|matter| matter_line(t, matter)));
    let again = if matters.is_empty() {
        t.pick("又有情况，我来写", "Something has happened since")
    } else {
        t.pick("再写一条", "Write another")
    };
    Text::new(lines.join("\n")).row([(again, Press::Report(report, ReportPress::Write))])
}

fn all_reports(t: &Tongue, reports: &Reports) -> String {
    let day = when::date(reports.day, t.lang);
    let (quiet, missing) = (reports.quiet, count_of(reports.missing.len()));
    let mut told: Vec<&String> = reports.matters.iter().map(|(unit, _)| unit).collect();
    told.dedup();
    let grave = count_of(told.len());
    let mut lines = vec![t.pick(
        format!("<b>{day} 日报告</b>：平安 {quiet}，有情况 {grave}，未报 {missing}"),
        format!("<b>Reports of {day}</b>: quiet {quiet}, with news {grave}, missing {missing}"),
    )];
    let matters = reports.matters.iter().take(LINES_SHOWN);
    lines.extend(matters.map(|(unit, matter)| {
        let (unit, matter) = (unit_name(t, unit), matter_line(t, matter));
        t.pick(format!("{unit}｜{matter}"), format!("{unit} | {matter}"))
    }));
    lines.extend(more(t, reports.matters.len()));
    if missing > 0 {
        let names = names(t, &reports.missing);
        lines.push(t.pick(format!("未报：{names}"), format!("Missing: {names}")));
    }
    if !reports.unasked.is_empty() {
        let names = names(t, &reports.unasked);
        lines.push(t.pick(
            format!("其中没有人绑定、没法问，请打电话：{names}"),
            format!("Nobody on duty there is bound; please ring: {names}"),
        ));
    }
    lines.join("\n")
}

/// The longest a matter may be in a list.
const MATTER_SHOWN: usize = 200;

fn matter_line(t: &Tongue, matter: &Matter) -> String {
    let heading = heading_name(t, matter.heading);
    let words = escaped(&super::clipped(&matter.words, MATTER_SHOWN));
    t.pick(format!("{heading}：{words}"), format!("{heading}: {words}"))
}

fn heading_name(t: &Tongue, heading: Heading) -> String {
    match heading {
        Heading::Safety => t.pick("安全生产", "Work safety"),
        Heading::Petition => t.pick("信访", "Petitions"),
        Heading::Other => t.pick("其他", "Other"),
    }
}

fn names(t: &Tongue, units: &[String]) -> String {
    let shown: Vec<String> = units
        .iter()
        .take(40)
        .map(|unit| unit_name(t, unit))
        .collect();
    shown.join(t.pick("、", ", ").as_str())
}

fn named(t: &Tongue, somebody: &Somebody) -> String {
    format!("{} {}", unit_name(t, &somebody.unit), safe(&somebody.name))
}

fn unit_name(t: &Tongue, unit: &str) -> String {
    rosters::unit_name(t, unit)
}

fn more(t: &Tongue, total: usize) -> Option<String> {
    let more = total.checked_sub(LINES_SHOWN).filter(|more| *more > 0)?;
    Some(t.pick(format!("……另有 {more} 条"), format!("… and {more} more")))
}

fn count_of(total: usize) -> u32 {
    u32::try_from(total).unwrap_or(u32::MAX)
}
