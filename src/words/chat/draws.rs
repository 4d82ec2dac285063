//! The random draw and the journal's head: what is promised, what is revealed, and how often
//! each unit was asked.

use super::{Contents, Text, Tongue, count, safe};
use crate::decide::{DrawShown, Lang, Say};
use crate::spotcheck::{Digest, Exposed, Occasion};
use crate::words::when;

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    let text = match say {
        Say::DrawCommitted {
            commitment,
            why,
            version,
            period,
            per_unit,
            units,
        } => {
            let length = when::span(period, t.zone, t.lang);
            let first = match why {
                Occasion::First => sealed(t, &length, *units, *per_unit),
                Occasion::NewRoster => t.pick(
                    format!(
                        "🎲 值班表换成第 {version} 版，随机抽查在<b>原来的种子</b>上重新封存。\
                         时间只在班次变了的地方变。"
                    ),
                    format!(
                        "🎲 Roster version {version} is in force; the random checks are sealed \
                         again on the <b>same seed</b>. Their times change only where shifts did."
                    ),
                ),
                Occasion::NewTerms if *per_unit == 0 => t.pick(
                    "🎲 随机抽查按设置停了，原来的种子期满照样公布。",
                    "🎲 Random checks are switched off in the settings; \
                     the seed is still told when the period is over.",
                ),
                Occasion::NewTerms => t.pick(
                    "🎲 抽查的设置变了，在<b>原来的种子</b>上重新封存。",
                    "🎲 The settings of the random checks have changed; \
                     they are sealed again on the <b>same seed</b>.",
                ),
            };
            let kept = t.pick(
                "请留着这条。期满公布种子，谁都能核对。",
                "Please keep this message. The seed is told when the period is over, \
                 and anybody can check.",
            );
            let label = t.pick("封存码", "Seal");
            Text::new(format!("{first}\n{label} {}\n{kept}", code(commitment)))
        }
        Say::DrawRevealed {
            seed,
            held,
            not_held,
        } => Text::new(t.pick(
            format!(
                "🎲 期满，公布随机抽查的种子\n{}\n抽了 {held} 次，没抽成 {not_held} 次。\
                 核对：zaigang export 导出日志，zaigang verify 验一遍。",
                code(seed)
            ),
            format!(
                "🎲 The period is over; the seed of its random checks\n{}\n{held} held, \
                 {not_held} not held. To check: zaigang export, then zaigang verify.",
                code(seed)
            ),
        )),
        Say::JournalHead { lines, link } => Text::new(t.pick(
            format!(
                "📒 日志到第 {lines} 行，尾码\n{}\n请留着：以后删改一行都对不上。",
                code(link)
            ),
            format!(
                "📒 The journal has {}; its head is\n{}\nPlease keep it: \
                 no line can be changed or cut off any more without showing.",
                count(u32::try_from(*lines).unwrap_or(u32::MAX), "line", "lines"),
                code(link)
            ),
        )),
        Say::DrawState(shown) => Text::new(state(t, shown)),
        Say::NoDraw => Text::new(t.pick(
            "还没有随机抽查：启用值班表时封存，期内随机抽。",
            "There are no random checks yet: they are sealed when a roster is put in force, \
             and held over its period.",
        )),
        Say::JournalExport => {
            let day = t.zone.date(t.now).format("%Y-%m-%d");
            let name = t.pick(
                format!("在岗日志-{day}.txt"),
                format!("zaigang-journal-{day}.txt"),
            );
            Text::new(t.pick(
                "到此刻的日志，不含手机号。核对：zaigang verify 这个文件",
                "The journal up to this moment; no phone number is in it. \
                 To check it: zaigang verify and this file",
            ))
            .enclosing(name, Contents::Journal)
            .row(super::circular::exports(t))
        }
        _ => return None,
    };
    Some(text.silent())
}

fn code(digest: &Digest) -> String {
    format!("<code>{digest}</code>")
}

fn sealed(t: &Tongue, period: &str, units: u32, per_unit: u32) -> String {
    t.pick(
        format!(
            "🎲 <b>随机抽查已封存</b>：{period}，{units} 个单位，各 {per_unit} 次。\
             时间和人都由种子定，现在谁也不知道。"
        ),
        format!(
            "🎲 <b>Random checks sealed</b>: {period}, {}, {per_unit} each. \
             The seed decides when and whom; nobody knows it now.",
            count(units, "unit", "units")
        ),
    )
}

/// The hours each column of the table begins at; the night is the first two.
const BANDS: [usize; 6] = [22, 2, 6, 10, 14, 18];

fn state(t: &Tongue, shown: &DrawShown) -> String {
    let mut lines = Vec::new();
    if shown.page == 1 {
        let period = when::span(&shown.period, t.zone, t.lang);
        let (per_unit, total) = (shown.per_unit, shown.total);
        lines.push(t.pick(
            format!("<b>随机抽查</b> {period}，每个单位 {per_unit} 次"),
            format!("<b>Random checks</b> {period}, {per_unit} for each unit"),
        ));
        for (at, commitment) in &shown.commitments {
            let at = when::moment(*at, t.zone, t.lang);
            let code = code(commitment);
            lines.push(t.pick(format!("{at} 封存 {code}"), format!("sealed {at} {code}")));
        }
        lines.extend(shown.seed.map(|seed| {
            let code = code(&seed);
            t.pick(format!("种子 {code}"), format!("seed {code}"))
        }));
        lines.push(t.pick(
            format!(
                "到现在：抽了 {}，没抽成 {}，作废 {}",
                total.held, total.not_held, total.void
            ),
            format!(
                "so far: {} held, {} not held, {} void",
                total.held, total.not_held, total.void
            ),
        ));
    }
    let mut table: Vec<String> = vec![
        BANDS
            .map(|hour| format!("{hour:02}"))
            .map(|hour| format!("{hour:<4}"))
            .concat(),
    ];
    for (unit, hours) in &shown.exposure.units {
        let bands = BANDS.map(|first| {
            let band = (first..first + 4).filter_map(|hour| hours.get(hour % 24));
            format!(
                "{:<4}",
                cell(band.copied().fold(Exposed::default(), Exposed::plus))
            )
        });
        table.push(format!("{}{}", bands.concat(), safe(unit)));
    }
    lines.push(format!("<pre>{}</pre>", table.join("\n")));
    lines.push(t.pick(
        "每列四小时，从列首的钟点起；数字是抽了几次，x 没抽成，v 作废",
        "Four hours a column, from the hour at its head; digits: held, x: not held, v: void",
    ));
    if shown.pages > 1 {
        lines.push(format!("{}/{}", shown.page, shown.pages));
    }
    lines.join("\n")
}

/// `2`, `·`, `1x`, `2v`.
fn cell(exposed: Exposed) -> String {
    let mark = |sign: &str, times: u32| match times {
        0 => String::new(),
        1 => sign.to_owned(),
        times => format!("{sign}{times}"),
    };
    let held = match exposed.held {
        0 => "·".to_owned(),
        held => held.to_string(),
    };
    held + &mark("x", exposed.not_held) + &mark("v", exposed.void)
}

/// A round's headline says who chose: `随机抽查结果`.
pub(super) fn drawn_headline(t: &Tongue, round: u32, clock: &str, total: u32) -> String {
    match t.lang {
        Lang::Zh => format!("<b>随机抽查结果</b>：第 {round} 轮，{clock}，{total} 人"),
        Lang::En => format!(
            "<b>Result of random round {round}</b>, {clock}, {}",
            count(total, "person", "people")
        ),
    }
}
