//! A unit and its liaison: how the unit stands, what it is asked for, and what the clerk hears of
//! those who were asked.

use super::rosters::{gap_text, unit_name};
use super::versions::{gap_changes, see_changes};
use super::{Text, Tongue, count, page, safe, soon};
use crate::decide::{
    Chase, ChaseReport, ChasedUnit, GapLine, Listener, Press, Say, UnitShift, UnitState, Unlinked,
};

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    let text = match say {
        Say::UnitInForce {
            version,
            units,
            shifts,
            unbound,
            changed,
        } => {
            let units = list(t, units);
            let mut lines = vec![t.pick(
                format!("✅ {units}的值班表已启用（第 {version} 版）：{shifts} 个班。已告诉值班办公室。"),
                format!(
                    "✅ The roster of {units} is in force (version {version}): {}. The duty office has been told.",
                    count(*shifts, "shift", "shifts")
                ),
            )];
            if let Some(changed) = changed {
                lines.extend(gap_changes(t, changed));
            }
            if *unbound > 0 {
                lines.push(t.pick(
                    format!("{unbound} 人还没绑定，链接在“本单位情况”里，请转给本人。"),
                    format!(
                        "{} not bound yet; pass on the links under \"My unit\".",
                        count(*unbound, "person is", "people are")
                    ),
                ));
            }
            let mut row = Vec::new();
            if changed.is_some() {
                row.push(see_changes(t, *version));
            }
            row.push(my_unit(t));
            Text::new(lines.join("\n")).row(row)
        }
        Say::OutsideUnits {
            file_name,
            own,
            others,
        } => outside(t, file_name, own, others),
        Say::WhichUnit { file_name, own } => {
            let (file, own) = (safe(file_name), list(t, own));
            Text::new(t.pick(
                format!("《{file}》没写是哪个单位的，您管着{own}。请在表里写上单位再发，什么也没有改动。"),
                format!("{file} names no unit, and you speak for {own}. Please write the unit into it and send it again; nothing was changed."),
            ))
        }
        Say::UnitState(state) => unit_state(t, state),
        Say::NoUnit {
            who: Listener::Clerk,
        } => Text::new(t.pick(
            "请在后面写上单位名，例如：/unit 城关镇",
            "Please add the unit's name, as in /unit Chengguan",
        )),
        Say::NoUnit { .. } => Text::new(t.pick(
            "您不是哪个单位的联络员或带班领导。要报值班表，请找值班办公室登记。",
            "You are no unit's liaison or leader. To send rosters, ask the duty office to list you.",
        )),
        Say::Chased { chase, units } => chased(t, *chase, units),
        Say::ChaseReport(report) => report_of_chase(t, report),
        Say::NobodyToChase { chase, listed } => nobody(t, *chase, *listed),
        Say::NothingSubmitted { units, total } => {
            let (units, more) = (list(t, units), rest(t, *total, units.len()));
            Text::new(t.pick(
                format!("还没有启用的值班表。<b>未报 {total} 个单位</b>：{units}{more}"),
                format!("No roster is in force yet. <b>Not submitted: {total}</b>: {units}{more}"),
            ))
            .row([chase_button(t, *total)])
        }
        _ => return None,
    };
    Some(text)
}

/// `催报 2 个单位`.
pub(super) fn chase_button(t: &Tongue, units: u32) -> (String, Press) {
    let label = t.pick(
        format!("催报 {units} 个单位"),
        format!("Remind {}", count(units, "unit", "units")),
    );
    (label, Press::Chase(Chase::Roster))
}

/// `催补 4 个单位`.
pub(super) fn fill_button(t: &Tongue, units: u32) -> (String, Press) {
    let label = t.pick(
        format!("催补 {units} 个单位"),
        format!("Ask {} to fill", count(units, "unit", "units")),
    );
    (label, Press::Chase(Chase::Gaps))
}

fn my_unit(t: &Tongue) -> (String, Press) {
    (t.pick("本单位情况", "My unit"), Press::Unit)
}

fn template(t: &Tongue) -> (String, Press) {
    (t.pick("要一份空白表", "An empty roster"), Press::Template)
}

fn list(t: &Tongue, names: &[String]) -> String {
    let names: Vec<String> = names.iter().take(12).map(|name| safe(name)).collect();
    names.join(t.pick("、", ", ").as_str())
}

/// What a list of `shown` leaves out of `total`.
fn rest(t: &Tongue, total: u32, shown: usize) -> String {
    let more = usize::try_from(total).unwrap_or(usize::MAX);
    match more.saturating_sub(shown) {
        0 => String::new(),
        more => t.pick(format!("，另有 {more} 个"), format!(" and {more} more")),
    }
}

fn outside(t: &Tongue, file_name: &str, own: &[String], others: &[String]) -> Text {
    let (file, own) = (safe(file_name), list(t, own));
    let more = match others.len().saturating_sub(3) {
        0 => String::new(),
        _ => t.pick(
            format!("等 {} 个单位", others.len()),
            format!(" and {} more", others.len() - 3),
        ),
    };
    let others = list(t, others.get(..3).unwrap_or(others));
    Text::new(t.pick(
        format!(
            "《{file}》没有收：里面有{others}{more}，您只能报{own}的。什么也没有改动。\n\
             请只留{own}的班再发；如果就是同一个单位，请把表里的单位写成“{own}”。"
        ),
        format!(
            "{file} was not taken: it has {others}{more}, and you may send the roster of {own} only. \
             Nothing was changed.\n\
             Please keep only the shifts of {own} and send it again; if it is the same unit, write \
             it as \"{own}\"."
        ),
    ))
}

fn unit_state(t: &Tongue, state: &UnitState) -> Text {
    let unit = unit_name(t, &state.unit);
    let Some(version) = state.version else {
        return Text::new(t.pick(
            format!("<b>{unit}</b>：还没有报值班表。把表直接发到这里就行，平时用的那份，不用改格式。"),
            format!("<b>{unit}</b> has sent no roster yet. Send the file right here, just as you keep it."),
        ))
        .row([template(t)]);
    };
    let mut lines = vec![t.pick(
        format!("<b>{unit}</b>：已报（第 {version} 版）"),
        format!("<b>{unit}</b>: submitted (version {version})"),
    )];
    lines.extend(gap_lines(t, &state.gaps.gaps, state.gaps.gap_count));
    let leaders = (&state.gaps.leader_gaps, state.gaps.leader_gap_count);
    lines.extend(gap_lines(t, leaders.0, leaders.1));
    if state.gaps.gap_count + state.gaps.leader_gap_count == 0 {
        lines.push(t.pick("没有空档。", "No gaps."));
    }
    if state.shift_count == 0 {
        lines.push(t.pick("接下来没有班。", "No shifts ahead."));
    } else {
        lines.push(t.pick("接下来的班：", "Shifts ahead:"));
        lines.extend(state.shifts.iter().map(|shift| shift_line(t, shift)));
        lines.extend(more(t, state.shift_count, state.shifts.len()));
    }
    if state.unbound_count > 0 {
        let unbound = state.unbound_count;
        lines.push(t.pick(
            format!("还没绑定的 {unbound} 人，请把链接转给本人："),
            format!(
                "{} not bound; please pass on their links:",
                count(unbound, "person is", "people are")
            ),
        ));
        lines.extend(state.unbound.iter().map(|person| person_line(t, person)));
        lines.extend(more(t, unbound, state.unbound.len()));
    }
    lines.extend(
        state
            .calendar
            .as_deref()
            .map(|url| page::unit_calendar(t, url)),
    );
    Text::new(lines.join("\n"))
}

fn gap_lines(t: &Tongue, gaps: &[GapLine], whole: u32) -> Vec<String> {
    let shown = gaps
        .iter()
        .take(6)
        .map(|gap| format!("⚠️ {}", gap_text(t, gap)));
    let mut lines: Vec<String> = shown.collect();
    lines.extend(more(t, whole, lines.len()));
    lines
}

fn more(t: &Tongue, whole: u32, shown: usize) -> Option<String> {
    let whole = usize::try_from(whole).unwrap_or(usize::MAX);
    let more = whole.saturating_sub(shown);
    (more > 0).then(|| t.pick(format!("……另有 {more} 个"), format!("… and {more} more")))
}

fn shift_line(t: &Tongue, shift: &UnitShift) -> String {
    let people: Vec<String> = shift.people.iter().take(6).map(|p| safe(p)).collect();
    let people = people.join(t.pick("、", ", ").as_str());
    let (when, post) = (soon::shift(t, &shift.span), safe(&shift.post));
    t.pick(
        format!("• {when} {post} {people}"),
        format!("• {when}, {post}: {people}"),
    )
}

fn link(person: &Unlinked) -> String {
    match &person.bot {
        Some(bot) => format!("https://t.me/{}?start={}", safe(bot), person.payload),
        None => format!("/start {}", person.payload),
    }
}

fn person_line(t: &Tongue, person: &Unlinked) -> String {
    format!("{}\n{}", liaison_name(t, &person.name), link(person))
}

/// The list may have a number and no name.
fn liaison_name(t: &Tongue, name: &str) -> String {
    if name.is_empty() {
        t.pick("联络员", "the liaison")
    } else {
        safe(name)
    }
}

fn chased(t: &Tongue, chase: Chase, units: &[ChasedUnit]) -> Text {
    let names: Vec<String> = units.iter().map(|unit| unit.unit.clone()).collect();
    let names = list(t, &names);
    match chase {
        Chase::Roster => Text::new(t.pick(
            format!(
                "{names}的值班表还没有报，值班办公室请您尽快报。\n\
                 把表直接发到这里就行，平时用的那份，不用改格式。"
            ),
            format!(
                "The roster of {names} has not come yet; the duty office asks you to send it soon.\n\
                 Send the file right here, just as you keep it."
            ),
        ))
        .row([template(t)]),
        Chase::Gaps => {
            let mut lines = vec![t.pick(
                format!("{names}的值班表还有空档，值班办公室请您补上："),
                format!("The roster of {names} has gaps; the duty office asks you to fill them:"),
            )];
            for unit in units {
                lines.extend(gap_lines(t, &unit.gaps, unit.gap_count));
            }
            lines.push(t.pick(
                "改好以后把表重新发到这里就行。",
                "Mend the roster and send it here again.",
            ));
            Text::new(lines.join("\n")).row([my_unit(t)])
        }
        Chase::Binding => {
            let mut lines = vec![t.pick(
                format!("{names}还有人没绑定，抽查时找不到他们。请把链接转给本人（一人一个）："),
                format!("Some people of {names} are not bound, and checks cannot reach them. Please pass on their links, one each:"),
            )];
            for unit in units {
                lines.extend(unit.unbound.iter().map(|person| person_line(t, person)));
                lines.extend(more(t, unit.unbound_count, unit.unbound.len()));
            }
            Text::new(lines.join("\n"))
        }
    }
}

fn report_of_chase(t: &Tongue, report: &ChaseReport) -> Text {
    let mut lines = Vec::new();
    let pair = |(unit, name): &(String, String)| {
        let (unit, name) = (unit_name(t, unit), liaison_name(t, name));
        t.pick(format!("{unit}（{name}）"), format!("{unit} ({name})"))
    };
    let separator = t.pick("、", ", ");
    if !report.told.is_empty() {
        let told: Vec<String> = report.told.iter().take(30).map(pair).collect();
        let units = report.told.len();
        lines.push(t.pick(
            format!("已提醒 {units} 个单位：{}", told.join(&separator)),
            format!("Reminded {units}: {}", told.join(&separator)),
        ));
    }
    if !report.lately.is_empty() {
        let lately = report.lately.iter().take(30).map(|(unit, at)| {
            let (unit, clock) = (unit_name(t, unit), soon::clock(t, *at));
            t.pick(format!("{unit}（{clock}）"), format!("{unit} ({clock})"))
        });
        let lately: Vec<String> = lately.collect();
        lines.push(t.pick(
            format!("刚提醒过，一小时内不再发：{}", lately.join(&separator)),
            format!(
                "Reminded within the hour, not again: {}",
                lately.join(&separator)
            ),
        ));
    }
    if !report.unlisted.is_empty() {
        let units = list(t, &report.unlisted);
        let more = rest(
            t,
            u32::try_from(report.unlisted.len()).unwrap_or(u32::MAX),
            report.unlisted.len().min(12),
        );
        lines.push(t.pick(
            format!("没有联络员，请打电话：{units}{more}（在 units.csv 的 liaison 一列写上就能提醒）"),
            format!("No liaison, please ring them: {units}{more} (write one into the liaison column of units.csv)"),
        ));
    }
    if !report.unbound.is_empty() {
        lines.push(t.pick(
            "联络员还没绑定，把下面的话发给本人：",
            "The liaison has no account yet; send them these words:",
        ));
        let copies = report.unbound.iter();
        lines.extend(copies.map(|person| format!("<pre>{}</pre>", copy(t, report.chase, person))));
    }
    Text::new(lines.join("\n"))
}

/// What the clerk copies into a message of their own.
fn copy(t: &Tongue, chase: Chase, person: &Unlinked) -> String {
    let unit = unit_name(t, &person.unit);
    let (who, link) = (liaison_name(t, &person.name), link(person));
    let what = match chase {
        Chase::Roster => t.pick(
            format!("{unit}的值班表还没有报，请尽快报值班办公室"),
            format!("the roster of {unit} has not come yet, please send it soon"),
        ),
        Chase::Gaps => t.pick(
            format!("{unit}的值班表还有空档，请补上重报"),
            format!("the roster of {unit} has gaps, please fill them and send it again"),
        ),
        Chase::Binding => t.pick(
            format!("{unit}还有值班人员没绑定，请帮着提醒"),
            format!("some people on duty of {unit} are not bound yet, please remind them"),
        ),
    };
    t.pick(
        format!("{who}：{what}。点这个链接绑定，以后直接把表发给机器人：{link}"),
        format!("{who}: {what}. Open this link to be bound, then send files to the bot: {link}"),
    )
}

fn nobody(t: &Tongue, chase: Chase, listed: u32) -> Text {
    Text::new(match chase {
        Chase::Roster if listed == 0 => t.pick(
            "没有单位名单，不知道谁该报。在 zaigang.toml 里写 units = \"units.csv\"，名单的列：unit,kind,duty_line,min_staff,liaison。",
            "There is no list of units, so nobody knows who should send a roster. Set units = \"units.csv\" in zaigang.toml; its columns are unit,kind,duty_line,min_staff,liaison.",
        ),
        Chase::Roster => t.pick(
            format!("✅ 名单上的 {listed} 个单位都报了。"),
            format!("✅ All {listed} units of the list have sent their rosters."),
        ),
        Chase::Gaps => t.pick("✅ 没有空档要补。", "✅ There are no gaps to fill."),
        Chase::Binding => t.pick(
            "✅ 值班表上的人都绑定好了。",
            "✅ Everybody on the roster is bound.",
        ),
    })
}

/// What a person who speaks for units is told beside their own shifts.
pub(super) fn speaks_for(t: &Tongue, units: &[String]) -> String {
    let units = list(t, units);
    t.pick(
        format!("您可以报{units}的值班表：把表直接发到这里。/unit 看本单位情况，/template 要空白表。"),
        format!("You may send the roster of {units}: the file, right here. /unit shows how the unit stands, /template gives an empty roster."),
    )
}

/// Whose file it was, to the clerk.
pub(super) fn by_whom(t: &Tongue, name: &str, units: &[String], file_name: &str) -> String {
    let (name, units, file) = (liaison_name(t, name), list(t, units), safe(file_name));
    t.pick(
        format!("{name} 报了{units}的值班表（《{file}》）。"),
        format!("{name} sent the roster of {units} ({file})."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::Lang;
    use crate::roster::sample::at;
    use crate::time::Zone;
    use crate::words::chat::{Rendered, rendered};

    fn said(say: &Say, lang: Lang) -> String {
        match rendered(say, lang, &Zone::default(), at("10-03T14:28")) {
            Rendered::Message { html, .. } => html,
            other => panic!("a message: {other:?}"),
        }
    }

    #[test]
    fn the_longest_report_of_a_chase_fits_a_message() {
        let name = "岗".repeat(60);
        let person = Unlinked {
            unit: name.clone(),
            name: name.clone(),
            phone: None,
            payload: "b_0123456789012345678901".to_owned(),
            bot: Some("zaigang_test_bot".to_owned()),
            page: None,
        };
        let report = ChaseReport {
            chase: Chase::Roster,
            told: vec![(name.clone(), name.clone()); 60],
            lately: vec![(name.clone(), at("10-03T14:00")); 60],
            unbound: vec![person; 8],
            unlisted: vec![name; 60],
        };
        let say = Say::ChaseReport(Box::new(report));
        for lang in [Lang::Zh, Lang::En] {
            let html = said(&say, lang);
            assert!(html.encode_utf16().count() < 4096 + 200, "{}", html.len());
            assert_eq!(
                html.matches("<pre>").count(),
                html.matches("</pre>").count()
            );
        }
    }
}
