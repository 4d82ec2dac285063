//! A roster file sent in the chat: what was read, what to mend, what to choose.

use super::{Contents, Text, Tongue, count, escaped, rosters, safe};
use chrono::NaiveDate;

use crate::decide::{FileReport, Lang, Press, Say, UploadId};
use crate::roster::{Finding, Severity};
use crate::words::{finding, template};

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    let text = match say {
        Say::ReadingFile { file_name } => {
            let file = safe(file_name);
            Text::new(t.pick(format!("正在看《{file}》…"), format!("Reading {file}…"))).silent()
        }
        Say::FileRead {
            upload,
            file_name,
            report,
        } => read(t, *upload, file_name, report),
        Say::FileTooLarge { file_name, bytes } => {
            let (file, megabytes) = (safe(file_name), bytes.div_ceil(1_000_000));
            Text::new(t.pick(
                format!(
                    "《{file}》太大了（约 {megabytes} MB），最多收 5 MB、50,000 行。\
                     请只留值班表那一页，另存为 CSV 再发。"
                ),
                format!(
                    "{file} is too large (about {megabytes} MB); the limit is 5 MB and 50,000 \
                     rows. Please keep only the roster, save it as CSV and send it again."
                ),
            ))
        }
        Say::FileGone { file_name } => {
            let file = safe(file_name);
            Text::new(t.pick(
                format!("《{file}》没能从 Telegram 取下来，什么也没有改动。请再发一次。"),
                format!("{file} could not be fetched from Telegram; nothing was changed. Please send it again."),
            ))
        }
        Say::FileRefused => Text::new(t.pick(
            "这份文件我不能收：值班表由值班办公室发。要报值班表，请交给办公室。",
            "I can't take this file: rosters come from the duty office. Please hand yours to them.",
        )),
        Say::PhotoNotRoster => Text::new(t.pick(
            "照片我看不了。请把值班表的电子表格（.xlsx 或 CSV）作为文件发来。",
            "I can't read a photo. Please send the roster's spreadsheet (.xlsx or CSV) as a file.",
        )),
        Say::PutInForce {
            version,
            replaced,
            units,
            shifts,
            unbound,
        } => in_force(t, *version, *replaced, (*units, *shifts), *unbound),
        Say::PutAside { file_name } => {
            let file = safe(file_name);
            Text::new(t.pick(
                format!("好，《{file}》先不用，现在的值班表不变。改好了再发就行。"),
                format!(
                    "OK, {file} is put aside and the present roster stands. Send it again any time."
                ),
            ))
        }
        Say::Template { unit, first_day } => empty_roster(t, unit.as_deref(), *first_day),
        _ => return None,
    };
    Some(text)
}

fn empty_roster(t: &Tongue, unit: Option<&str>, first_day: NaiveDate) -> Text {
    let caption = t.pick(
        "空白值班表。自己的表也行，什么格式都可以直接发来。",
        "An empty roster. Your own will do as well: send it in whatever form it has.",
    );
    let words = template::template(unit, first_day, t.lang);
    Text::new(caption).enclosing(template::file_name(unit, t.lang), Contents::Template(words))
}

fn in_force(
    t: &Tongue,
    version: u32,
    replaced: Option<u32>,
    (units, shifts): (u32, u32),
    unbound: u32,
) -> Text {
    let mut html = match (replaced, t.lang) {
        (Some(old), Lang::Zh) => format!("✅ 第 {version} 版已启用（替换第 {old} 版）"),
        (None, Lang::Zh) => format!("✅ 第 {version} 版已启用"),
        (Some(old), Lang::En) => {
            format!("✅ Version {version} is in force (it replaces version {old})")
        }
        (None, Lang::En) => format!("✅ Version {version} is in force"),
    };
    html.push_str(&t.pick(
        format!("：{units} 个单位，{shifts} 个班。"),
        format!(
            ": {}, {}.",
            count(units, "unit", "units"),
            count(shifts, "shift", "shifts")
        ),
    ));
    let text = if unbound == 0 {
        html.push_str(&t.pick("\n人都绑定好了。", "\nEverybody on it is bound."));
        Text::new(html)
    } else {
        html.push_str(&t.pick(
            format!("\n{unbound} 人还没绑定，抽查时找不到他们。"),
            match unbound {
                1 => "\n1 person is not bound yet; checks cannot reach them.".to_owned(),
                _ => format!("\n{unbound} people are not bound yet; checks cannot reach them."),
            },
        ));
        Text::new(html).row([(t.pick("看没绑定的人", "Who is not bound"), Press::Unbound)])
    };
    let gaps = (t.pick("看空档", "See the gaps"), Press::Gaps);
    text.row([gaps])
}

fn read(t: &Tongue, upload: UploadId, file_name: &str, report: &FileReport) -> Text {
    let mut lines = vec![headline(t, file_name, report)];
    lines.extend(report.findings.iter().map(|f| finding_line(t, f)));
    let shown = u32::try_from(report.findings.len()).unwrap_or(u32::MAX);
    let more = (report.errors + report.warnings).saturating_sub(shown);
    if more > 0 {
        lines.push(t.pick(
            format!("另有 {more} 处没有列出，改好这些再发一次就能看到。"),
            format!("{more} more are not listed; mend these and send the file again to see them."),
        ));
    }
    if report.shifts == 0 {
        lines.push(t.pick(
            "什么也没有改动。请改好再发。",
            "Nothing was changed. Please mend the file and send it again.",
        ));
        return Text::new(lines.join("\n"));
    }
    lines.extend(rosters::gap_lines(t, &report.gaps));
    if report.kept_units > 0 {
        let kept = report.kept_units;
        lines.push(t.pick(
            format!("这份里没有的 {kept} 个单位，沿用现在的值班表。"),
            match kept {
                1 => "The one unit this file does not name keeps its present roster.".to_owned(),
                _ => format!("The {kept} units this file does not name keep their present roster."),
            },
        ));
    }
    let aside = (t.pick("暂不使用", "Not yet"), Press::Aside(upload));
    let in_force = (use_label(t, report), Press::Use(upload));
    Text::new(lines.join("\n")).row([aside, in_force])
}

fn headline(t: &Tongue, file_name: &str, report: &FileReport) -> String {
    let file = safe(file_name);
    if report.shifts == 0 {
        // A count of gaps would say that something had been looked at.
        return t.pick(
            format!("看完了《{file}》：<b>一个班也没有读出来。</b>"),
            format!("Checked {file}: <b>not one shift could be read.</b>"),
        );
    }
    let (units, shifts) = (report.units, report.shifts);
    let (errors, gaps) = (
        report.errors,
        report.gaps.gap_count + report.gaps.leader_gap_count,
    );
    let verdict = match (t.lang, errors, gaps) {
        (Lang::Zh, 0, 0) => "没有要改的，没有空档。".to_owned(),
        (Lang::Zh, 0, _) => format!("表没有错，有 {gaps} 处空档。"),
        (Lang::Zh, _, _) => format!("{errors} 处要改，{gaps} 处空档。"),
        (Lang::En, 0, 0) => "Nothing to fix, no gaps.".to_owned(),
        (Lang::En, 0, _) => format!("Nothing to fix, but {}.", count(gaps, "gap", "gaps")),
        (Lang::En, _, _) => format!(
            "{}, {}.",
            count(errors, "thing to fix", "things to fix"),
            count(gaps, "gap", "gaps")
        ),
    };
    t.pick(
        format!("看完了《{file}》：{units} 个单位，{shifts} 个班。<b>{verdict}</b>"),
        format!(
            "Checked {file}: {}, {}. <b>{verdict}</b>",
            count(units, "unit", "units"),
            count(shifts, "shift", "shifts")
        ),
    )
}

fn use_label(t: &Tongue, report: &FileReport) -> String {
    if !report.unread_rows.is_empty() {
        let rows = row_list(&report.unread_rows);
        return t.pick(
            format!("不要第 {rows} 行，启用"),
            format!("Use it without row {rows}"),
        );
    }
    if report.gaps.gap_count + report.gaps.leader_gap_count > 0 {
        return t.pick("有空档也启用", "Use it with gaps");
    }
    t.pick("启用", "Use it")
}

/// `3、5、9…`: a label has room for a few.
fn row_list(rows: &[u32]) -> String {
    let mut named: Vec<String> = rows.iter().take(4).map(u32::to_string).collect();
    if rows.len() > 4 {
        named.push(format!("…（{}）", rows.len()));
    }
    named.join("、")
}

/// The longest sentence of one finding in a message.
const SENTENCE_SHOWN: usize = 160;

/// The longest advice beside it.
const HELP_SHOWN: usize = 100;

fn finding_line(t: &Tongue, finding: &Finding) -> String {
    let mark = match finding.severity() {
        Severity::Error => "❌",
        Severity::Warning | Severity::Note => "⚠️",
    };
    let place = finding.place.filter(|p| p.row > 0).map(|place| {
        let row = place.row;
        match place.cell() {
            Some(cell) => t.pick(
                format!("第 {row} 行（{cell}）："),
                format!("row {row} ({cell}): "),
            ),
            None => t.pick(format!("第 {row} 行："), format!("row {row}: ")),
        }
    });
    let said = finding::said(finding, t.zone, t.lang);
    let sentence = escaped(&super::clipped(&said.message, SENTENCE_SHOWN));
    let line = format!("{mark} {}{sentence}", place.unwrap_or_default());
    // What is wrong enough to mend says how.
    if finding.severity() < Severity::Error || said.help.is_empty() {
        return line;
    }
    let help = escaped(&super::clipped(&said.help, HELP_SHOWN));
    t.pick(format!("{line}。{help}"), format!("{line}; {help}"))
}
