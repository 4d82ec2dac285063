//! What differs between two rosters, in lines: for the terminal, and for the chat's own list.

use super::{Lang, when};
use crate::coverage::Hole;
use crate::duty::Member;
use crate::time::{Span, Zone};
use crate::versions::{Amendment, Difference, Seat};

/// Two rosters side by side.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'a> {
    pub older: &'a str,
    pub newer: &'a str,
    pub difference: &'a Difference,
    pub opened: &'a [Hole],
    pub closed: &'a [Hole],
}

/// A file of a comparison of which not everything could be read.
#[must_use]
pub fn not_all_read(path: &str, places: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{path} 有 {places} 处没读懂，下面没有算上；先看 zaigang check {path}"),
        Lang::En => format!(
            "{places} places of {path} could not be read and are left out; see zaigang check {path}"
        ),
    }
}

/// All that differs, a line for each change.
#[must_use]
pub fn comparison(said: &Comparison<'_>, zone: Zone, lang: Lang) -> String {
    let Comparison {
        older,
        newer,
        difference,
        opened,
        closed,
    } = *said;
    if difference.is_empty() && opened.is_empty() && closed.is_empty() {
        return match lang {
            Lang::Zh => format!("{older} 和 {newer}：班次和人都没有不同"),
            Lang::En => format!("{older} and {newer}: the same shifts, the same people"),
        };
    }
    let shifts = difference.amendments.len();
    let mut lines = vec![match lang {
        Lang::Zh => format!("{older} → {newer}：改 {shifts} 个班"),
        Lang::En => format!("{older} → {newer}: shifts changed: {shifts}"),
    }];
    let amendments = difference.amendments.iter();
    lines.extend(amendments.map(|a| amendment(a, zone, lang, str::to_owned)));
    let people = |members: &[Member]| {
        let named = members.iter().map(|m| named(&m.unit, &m.name));
        named.collect::<Vec<_>>()
    };
    let renumbered = difference.renumbered.iter();
    let renumbered: Vec<String> = renumbered.map(|r| named(&r.unit, &r.name)).collect();
    for (zh, en, names) in [
        ("新增：", "New: ", people(&difference.newcomers)),
        ("不再出现：", "Gone: ", people(&difference.gone)),
        ("换了号码：", "New numbers: ", renumbered),
    ] {
        if !names.is_empty() {
            lines.push(match lang {
                Lang::Zh => format!("{zh}{}", names.join("、")),
                Lang::En => format!("{en}{}", names.join(", ")),
            });
        }
    }
    for (zh, en, gaps) in [
        ("多出的空档：", "Gaps opened:", opened),
        ("补上的空档：", "Gaps closed:", closed),
    ] {
        if gaps.is_empty() {
            continue;
        }
        lines.push(match lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        });
        lines.extend(gaps.iter().map(|gap| gap_line(gap, zone, lang)));
    }
    lines.join("\n")
}

/// One change; `shown` puts down a name of the file.
pub fn amendment(
    amendment: &Amendment,
    zone: Zone,
    lang: Lang,
    shown: impl Fn(&str) -> String,
) -> String {
    let post = amendment.post();
    let place = named(&shown(&post.unit), &shown(&post.name));
    let said = |what: String, of: String| match lang {
        Lang::Zh => format!("{place} {what}：{of}"),
        Lang::En => format!("{place}, {what}: {of}"),
    };
    let span_of = |span: &Span| when::span(span, zone, lang);
    let seat = |seat: &Seat| said(span_of(&seat.span), shown(&seat.name));
    match amendment {
        Amendment::OtherPerson {
            span,
            before,
            after,
            ..
        } => said(
            span_of(span),
            format!("{} → {}", shown(before), shown(after)),
        ),
        Amendment::OtherHours {
            name,
            before,
            after,
            ..
        } => {
            // Where the day is the same it need not be said again.
            let is = if zone.date(before.start()) == zone.date(after.start()) {
                when::hours(after, zone, lang)
            } else {
                span_of(after)
            };
            said(shown(name), format!("{} → {is}", span_of(before)))
        }
        Amendment::Added(added) => format!("＋ {}", seat(added)),
        Amendment::Removed(removed) => format!("－ {}", seat(removed)),
    }
}

fn named(unit: &str, name: &str) -> String {
    format!("{unit} {name}").trim().to_owned()
}

fn gap_line(gap: &Hole, zone: Zone, lang: Lang) -> String {
    let place = named(&gap.unit, &gap.post);
    let span = when::span(&gap.span, zone, lang);
    let length = when::length(gap.span.length(), lang);
    match lang {
        Lang::Zh => format!("  {place} {span}（{length}）"),
        Lang::En => format!("  {place}, {span} ({length})"),
    }
}
