//! A circular's way through the chat: the draft, and what is taken along beside it. A file's
//! caption holds little: what is long has a message of its own.

mod readers;
mod units;

use super::{Contents, Text, Tongue, count, rosters, safe, soon};
use crate::decide::{
    CircularId, CircularPress, CircularSay, Enclosure, Export, Numbers, Press, Say, Why,
};
use crate::report::{Naming, Open, Unsettled};
use crate::time::Span;
use crate::words::circular::{Standing, file_name};
use crate::words::{sheets, when};

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    match say {
        Say::Circular(say) => Some(text(say, t)),
        Say::Export(export) => Some(exported(t, *export)),
        _ => None,
    }
}

/// What can be taken along beside the journal, for `/export`.
pub(super) fn exports(t: &Tongue) -> [(String, Press); 3] {
    [
        (t.pick("空档 Excel", "Gaps (Excel)"), Press::GapSheet),
        (
            t.pick("值班表 Excel", "Roster (Excel)"),
            Press::Export(Export::Roster),
        ),
        (
            t.pick("抽查记录 Excel", "Checks (Excel)"),
            Press::Export(Export::Checks),
        ),
    ]
}

fn exported(t: &Tongue, export: Export) -> Text {
    let caption = match export {
        Export::Gaps => t.pick("值班表里的空档。", "What the roster leaves open."),
        Export::Roster => t.pick(
            "值班表，含请假和换班；后面一页可以打印出来贴在墙上。手机号已遮住。",
            "The roster with leave and swaps; the page behind it is for the wall. \
             Mobile numbers are masked.",
        ),
        Export::Checks => t.pick(
            "抽查记录。没有核实的写着“待核实”。",
            "The log of checks. What nobody has verified says so.",
        ),
    };
    let name = format!("{}.xlsx", sheets::file_name(export, t.lang));
    Text::new(caption).enclosing(name, Contents::Kept(Enclosure::Export(export), t.lang))
}

fn text(say: &CircularSay, t: &Tongue) -> Text {
    match say {
        CircularSay::TooEarly { start } => {
            let start = soon::near(t, *start);
            Text::new(t.pick(
                format!("值班期 {start} 才开始，还没有可以通报的事。"),
                format!("The period begins {start}: there is nothing to report yet."),
            ))
        }
        CircularSay::Draft {
            circular,
            numbers,
            naming,
            open,
            open_count,
            why,
        } => draft(t, *circular, numbers, *naming, (open, *open_count), *why),
        CircularSay::ToVerify {
            circular,
            open,
            open_count,
        } => to_verify(t, *circular, open, *open_count),
        CircularSay::ChangedMeanwhile => Text::new(t.pick(
            "审批之前情况有变化，没有印发。下面是新的草稿，请再看一遍。",
            "Something changed before it was approved, so it did not go out. Here is a new draft.",
        )),
        _ => units::text(say, t).unwrap_or_else(|| readers::text(say, t)),
    }
}

fn draft(
    t: &Tongue,
    circular: CircularId,
    numbers: &Numbers,
    naming: Naming,
    (open, open_count): (&[Open], u32),
    why: Why,
) -> Text {
    let mut lines = Vec::new();
    if why == Why::Changed {
        lines.push(t.pick(
            "情况有变化，重新生成了一份，请再看一遍。",
            "Something has changed: this is a new draft, please look again.",
        ));
    }
    let (span, counts) = (covered(t, &numbers.covered), counts(t, numbers));
    lines.push(t.pick(
        format!("草稿好了（{span}）：{counts}。"),
        format!("Draft ready ({span}): {counts}."),
    ));
    if open_count > 0 {
        let who = open
            .iter()
            .map(|open| somebody(t, open))
            .collect::<Vec<_>>();
        let shown = u32::try_from(who.len()).unwrap_or(u32::MAX);
        let more = if open_count > shown {
            t.pick("等", " and others")
        } else {
            String::new()
        };
        let who = who.join(&t.pick("、", ", "));
        lines.push(t.pick(
            format!("有 {open_count} 项还没核实（{who}{more}），<b>不会写进去</b>。"),
            format!(
                "{} not verified and <b>left out</b> ({who}{more}).",
                match open_count {
                    1 => "1 item is".to_owned(),
                    n => format!("{n} items are"),
                }
            ),
        ));
    }
    if naming == Naming::Unnamed {
        lines.push(t.pick("这份不写人名。", "No person is named in it."));
    }
    let press = |press| Press::Circular(circular, press);
    let named = match naming {
        Naming::Named => (
            t.pick("不点名", "No names"),
            press(CircularPress::DoNotName),
        ),
        Naming::Unnamed => (t.pick("点名", "With names"), press(CircularPress::Name)),
    };
    let mut first = Vec::new();
    if open.iter().any(|open| open.why == Unsettled::NotVerified) {
        first.push((t.pick("去核实", "Verify"), press(CircularPress::Verify)));
    }
    if numbers.units > 0 {
        first.push((ask_units(t), press(CircularPress::AskUnits)));
    }
    Text::new(lines.join("\n"))
        .enclosing(
            file_name(Standing::Draft, t.lang),
            Contents::Kept(Enclosure::Circular(circular, naming), t.lang),
        )
        .row(first)
        .row([named, (submit(t), press(CircularPress::Submit))])
}

fn to_verify(t: &Tongue, circular: CircularId, open: &[Open], open_count: u32) -> Text {
    let again = [(anew(t), Press::Circular(circular, CircularPress::Anew))];
    if open.is_empty() {
        return Text::new(t.pick(
            "没有要核实的了，可以重新生成草稿。",
            "Nothing is left to verify; draft it anew.",
        ))
        .row(again);
    }
    let mut lines = vec![t.pick(
        format!("<b>还有 {open_count} 项没核实</b>，点名字看，核实完再重新生成："),
        format!(
            "<b>{} to verify</b>. Open each, then draft anew:",
            count(open_count, "item", "items")
        ),
    )];
    let numbered = || (1_u32..).zip(open);
    lines.extend(numbered().map(|(number, open)| {
        let (at, who) = (soon::near(t, open.at), somebody(t, open));
        format!("{number}. {at} {who}")
    }));
    let mut text = Text::new(lines.join("\n"));
    for (number, open) in numbered() {
        let label = format!("{number} {}", super::clipped(&open.name, 20));
        text = text.row([(label, Press::Verify(open.check))]);
    }
    text.row(again)
}

/// How many units one message tells of.
const SHOWN: usize = 20;

/// `空档 3 处，没答 2 次，迟答 1 次`.
fn counts(t: &Tongue, numbers: &Numbers) -> String {
    let (gaps, silent, late) = (numbers.gaps, numbers.findings, numbers.late);
    let mut said = t.pick(
        format!("空档 {gaps} 处，没答 {silent} 次，迟答 {late} 次"),
        format!(
            "{}, {silent} unanswered, {late} late",
            count(gaps, "gap", "gaps")
        ),
    );
    if numbers.not_submitted > 0 {
        let missing = numbers.not_submitted;
        said += &t.pick(
            format!("，没报值班表 {missing} 个单位"),
            format!(", no roster from {}", count(missing, "unit", "units")),
        );
    }
    said
}

fn covered(t: &Tongue, span: &Span) -> String {
    let last = span.end() - crate::time::TimeDelta::milliseconds(1);
    let (first, last) = (t.zone.date(span.start()), t.zone.date(last));
    if first == last {
        return when::date(first, t.lang);
    }
    let (first, last) = (when::date(first, t.lang), when::date(last, t.lang));
    t.pick(format!("{first}—{last}"), format!("{first} – {last}"))
}

fn somebody(t: &Tongue, open: &Open) -> String {
    format!("{} {}", rosters::unit_name(t, &open.unit), safe(&open.name))
}

fn names(t: &Tongue, names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| safe(name)).collect();
    shown.join(&t.pick("、", ", "))
}

fn more(t: &Tongue, total: usize) -> Option<String> {
    let more = total.checked_sub(SHOWN).filter(|more| *more > 0)?;
    Some(t.pick(format!("……另有 {more} 条"), format!("… and {more} more")))
}

fn ask_units(t: &Tongue) -> String {
    t.pick("征求单位意见", "Ask the units")
}

fn submit(t: &Tongue) -> String {
    t.pick("送审", "Send for approval")
}

fn anew(t: &Tongue) -> String {
    t.pick("重新生成", "Draft anew")
}

fn read(t: &Tongue) -> String {
    t.pick("已阅", "Read")
}
