//! Versions of the roster: what one changed, what it would change, and the way back.

use super::rosters::{gap_text, page_of, unit_name};
use super::{Text, Tongue, count, safe, units};
use crate::decide::{Changed, Chase, GapLine, Lang, Press, Say, VersionLine};
use crate::versions::Difference;
use crate::words::{versions as lines_of, when};

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    let text = match say {
        Say::PutInForce {
            version,
            replaced,
            units,
            shifts,
            unbound,
            restores,
            changed,
            sent_by,
        } => {
            let head = Head {
                version: *version,
                replaced: *replaced,
                restores: *restores,
            };
            let mut text = in_force(t, &head, changed.as_deref(), (*units, *shifts), *unbound);
            if let Some(sent) = sent_by {
                let by = units::by_whom(t, &sent.name, &sent.units, &sent.file_name);
                text.html = format!("{by}\n{}", text.html);
            }
            text
        }
        Say::Changes {
            version,
            difference,
            opened,
            closed,
            page,
            pages,
            left_out,
        } => {
            let title = Title {
                version: *version,
                page: *page,
                pages: *pages,
                left_out: *left_out,
            };
            Text::new(changes(t, title, difference, opened, closed))
        }
        Say::Versions(lines) => versions(t, lines),
        Say::SetBack { version, restored } => Text::new(t.pick(
            format!("您启用的第 {version} 版已由值班办公室撤下，现在用的是第 {restored} 版的内容。有疑问请联系办公室。"),
            format!("Version {version}, which you put in force, has been set back by the duty office; version {restored} is in use again. Please ask them if in doubt."),
        )),
        _ => return None,
    };
    Some(text)
}

struct Head {
    version: u32,
    replaced: Option<u32>,
    restores: Option<u32>,
}

fn in_force(
    t: &Tongue,
    head: &Head,
    changed: Option<&Changed>,
    (units, shifts): (u32, u32),
    unbound: u32,
) -> Text {
    let version = head.version;
    let same_as = head.restores.map_or_else(String::new, |older| {
        t.pick(
            format!("，就是第 {older} 版的内容"),
            format!(", with the contents of version {older}"),
        )
    });
    let replaces = head.replaced.map_or_else(String::new, |older| {
        let what = changed.map(|changed| counted(t, changed));
        let what = what.unwrap_or_default();
        t.pick(
            format!("（替换第 {older} 版{}）", led_by("：", &what)),
            format!(" (it replaces version {older}{})", led_by(": ", &what)),
        )
    });
    let mut lines = vec![t.pick(
        format!("✅ 第 {version} 版已启用{same_as}{replaces}：{units} 个单位，{shifts} 个班。"),
        format!(
            "✅ Version {version} is in force{same_as}{replaces}: {}, {}.",
            count(units, "unit", "units"),
            count(shifts, "shift", "shifts")
        ),
    )];
    if let Some(changed) = changed {
        lines.extend(gap_changes(t, changed));
    }
    lines.push(if unbound == 0 {
        t.pick("人都绑定好了。", "Everybody on it is bound.")
    } else {
        t.pick(
            format!("{unbound} 人还没绑定，抽查时找不到他们。"),
            match unbound {
                1 => "1 person is not bound yet; checks cannot reach them.".to_owned(),
                _ => format!("{unbound} people are not bound yet; checks cannot reach them."),
            },
        )
    });
    let mut text = Text::new(lines.join("\n"));
    if let Some(older) = head.replaced {
        text = text.row([see_changes(t, version), back_to(t, older, version)]);
    }
    let mut row = Vec::new();
    if unbound > 0 {
        let remind = t.pick("提醒绑定", "Remind them to bind");
        row.push((remind, Press::Chase(Chase::Binding)));
        row.push((t.pick("看没绑定的人", "Who is not bound"), Press::Unbound));
    }
    row.push((t.pick("看空档", "See the gaps"), Press::Gaps));
    text.row(row)
}

pub(super) fn see_changes(t: &Tongue, version: u32) -> (String, Press) {
    (
        t.pick("看改动", "See what changed"),
        Press::Changes(version),
    )
}

fn back_to(t: &Tongue, version: u32, instead_of: u32) -> (String, Press) {
    let label = t.pick(
        format!("退回第 {version} 版"),
        format!("Back to version {version}"),
    );
    let press = Press::Restore {
        version,
        instead_of,
    };
    (label, press)
}

/// What a file that is not in force yet would change.
pub(super) fn would_change(t: &Tongue, changed: &Changed) -> Vec<String> {
    let against = changed.against;
    if changed.is_nothing() {
        return vec![t.pick(
            format!("和现在的第 {against} 版没有不同。"),
            format!("It says the same as version {against}, which is in force."),
        )];
    }
    let what = counted(t, changed);
    let mut lines = vec![t.pick(
        format!("和现在的第 {against} 版比：{what}。"),
        format!("Against version {against}, in force now: {what}."),
    )];
    lines.extend(gap_changes(t, changed));
    lines
}

/// `改 5 个班，新增 2 人`.
fn counted(t: &Tongue, changed: &Changed) -> String {
    let said = |number: u32, zh: String, en: String| (number > 0).then(|| t.pick(zh, en));
    let Changed {
        shifts,
        newcomers,
        gone,
        renumbered,
        ..
    } = *changed;
    let parts: Vec<String> = [
        said(
            shifts,
            format!("改 {shifts} 个班"),
            count(shifts, "shift changed", "shifts changed"),
        ),
        said(
            newcomers,
            format!("新增 {newcomers} 人"),
            count(newcomers, "new person", "new people"),
        ),
        said(
            gone,
            format!("减少 {gone} 人"),
            count(gone, "person gone", "people gone"),
        ),
        said(
            renumbered,
            format!("{renumbered} 人换了号码"),
            count(renumbered, "new number", "new numbers"),
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        return t.pick("班和人都没有变", "no shift and nobody changed");
    }
    parts.join(t.pick("，", ", ").as_str())
}

pub(super) fn gap_changes(t: &Tongue, changed: &Changed) -> Vec<String> {
    let mut lines = Vec::new();
    let (opened, closed) = (changed.opened_count, changed.closed_count);
    if opened > 0 {
        lines.push(t.pick(
            format!("⚠️ 多出 {opened} 处空档："),
            format!("⚠️ {} opened:", count(opened, "gap", "gaps")),
        ));
        lines.extend(gap_list(t, &changed.opened, opened));
    }
    if closed > 0 {
        lines.push(t.pick(
            format!("补上 {closed} 处空档："),
            format!("{} closed:", count(closed, "gap", "gaps")),
        ));
        lines.extend(gap_list(t, &changed.closed, closed));
    }
    lines
}

fn gap_list(t: &Tongue, gaps: &[GapLine], whole: u32) -> Vec<String> {
    let mut lines: Vec<String> = gaps
        .iter()
        .map(|gap| format!("• {}", gap_text(t, gap)))
        .collect();
    let shown = u32::try_from(gaps.len()).unwrap_or(u32::MAX);
    let more = whole.saturating_sub(shown);
    if more > 0 {
        lines.push(t.pick(format!("……另有 {more} 处"), format!("… and {more} more")));
    }
    lines
}

/// How many people stand in the list of a message.
const PEOPLE_SHOWN: usize = 10;

struct Title {
    version: u32,
    page: u32,
    pages: u32,
    left_out: u32,
}

fn changes(
    t: &Tongue,
    Title {
        version,
        page,
        pages,
        left_out,
    }: Title,
    difference: &Difference,
    opened: &[GapLine],
    closed: &[GapLine],
) -> String {
    let page_of = page_of(page, pages);
    let mut lines = vec![t.pick(
        format!("<b>第 {version} 版的改动</b>{page_of}"),
        format!("<b>What version {version} changed</b>{page_of}"),
    )];
    let nothing = difference.is_empty() && opened.is_empty() && closed.is_empty();
    if nothing && page == 1 {
        lines.push(t.pick("没有不同。", "Nothing."));
    }
    let folded: Vec<String> = difference
        .amendments
        .iter()
        .map(|amendment| lines_of::amendment(amendment, t.zone, t.lang, safe))
        .collect();
    if !folded.is_empty() {
        lines.push(format!(
            "<blockquote expandable>{}</blockquote>",
            folded.join("\n")
        ));
    }
    let separator = t.pick("、", ", ");
    let mut people = |label: String, names: Vec<String>| {
        if names.is_empty() {
            return;
        }
        let more = names.len().saturating_sub(PEOPLE_SHOWN);
        let shown: Vec<String> = names.into_iter().take(PEOPLE_SHOWN).collect();
        let rest = match more {
            0 => String::new(),
            _ => t.pick(format!("等 {more} 人"), format!(" and {more} more")),
        };
        lines.push(format!("{label}{}{rest}", shown.join(&separator)));
    };
    let named = |unit: &str, name: &str| format!("{} {}", unit_name(t, unit), safe(name));
    let newcomers = difference.newcomers.iter();
    people(
        t.pick("新增：", "New: "),
        newcomers.map(|m| named(&m.unit, &m.name)).collect(),
    );
    let gone = difference.gone.iter();
    people(
        t.pick("不再出现：", "Gone: "),
        gone.map(|m| named(&m.unit, &m.name)).collect(),
    );
    let renumbered = difference.renumbered.iter();
    people(
        t.pick("换了号码：", "New numbers: "),
        renumbered.map(|m| named(&m.unit, &m.name)).collect(),
    );
    let mut gaps = |label: String, gaps: &[GapLine]| {
        if !gaps.is_empty() {
            lines.push(label);
            let whole = u32::try_from(gaps.len()).unwrap_or(u32::MAX);
            lines.extend(gap_list(t, gaps, whole));
        }
    };
    gaps(t.pick("⚠️ 多出的空档：", "⚠️ Gaps opened:"), opened);
    gaps(t.pick("补上的空档：", "Gaps closed:"), closed);
    if left_out > 0 {
        lines.push(t.pick(
            format!("另有 {left_out} 处改动没有列出。"),
            format!(
                "{} not listed.",
                count(left_out, "more change is", "more changes are")
            ),
        ));
    }
    lines.join("\n")
}

fn versions(t: &Tongue, lines: &[VersionLine]) -> Text {
    let mut said = vec![t.pick("<b>值班表的版本</b>", "<b>Versions of the roster</b>")];
    said.extend(lines.iter().enumerate().map(|(index, line)| {
        let at = when::moment(line.since, t.zone, t.lang);
        let number = line.number;
        let stands = match (index, t.lang) {
            (0, Lang::Zh) => "（现在用的）",
            (0, Lang::En) => " (in force)",
            _ => "",
        };
        let from = match (line.restores, &line.file_name) {
            (Some(older), _) => t.pick(
                format!("退回第 {older} 版"),
                format!("back to version {older}"),
            ),
            (None, Some(file)) => t.pick(format!("《{}》", safe(file)), safe(file)),
            (None, None) => String::new(),
        };
        let by = safe(&line.by);
        t.pick(
            format!("第 {number} 版{stands}：{at}，{by} {from}"),
            format!("Version {number}{stands}: {at}, {by}, {from}"),
        )
    }));
    let mut text = Text::new(said.join("\n"));
    let Some(standing) = lines.first().map(|line| line.number) else {
        return text;
    };
    for line in lines {
        let number = line.number;
        let mut row = Vec::new();
        if number > 1 {
            let label = t.pick(
                format!("第 {number} 版改了什么"),
                format!("What version {number} changed"),
            );
            row.push((label, Press::Changes(number)));
        }
        if number != standing {
            row.push(back_to(t, number, standing));
        }
        if !row.is_empty() {
            text = text.row(row);
        }
    }
    text
}

fn led_by(mark: &str, text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("{mark}{text}")
    }
}
