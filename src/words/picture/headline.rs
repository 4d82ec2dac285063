use super::View;
use crate::coverage::{CoverageMap, Lane, Mark};
use crate::time::{Moment, TimeDelta};
use crate::words::{Lang, ahead, when};

/// The answer before the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    pub mood: Mood,
    /// Set large before the first line.
    pub count: Option<usize>,
    pub first: String,
    pub second: Option<String>,
    pub third: Option<String>,
}

/// What the answer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Gaps,
    /// Only leaders are missing.
    Leaders,
    /// Nobody can tell: not read, not sent.
    Open,
    Clear,
}

#[must_use]
pub fn headline(map: &CoverageMap, view: &View) -> Headline {
    let count = |lane| map.gaps(lane).map(|(_, mark)| stretches(mark)).sum();
    let (gaps, leaders): (usize, usize) = (count(Lane::Officers), count(Lane::Leaders));
    let unread: usize = map.unread().map(|(_, mark)| stretches(mark)).sum();
    let silent = map.not_submitted.len();
    let told = |lane| map.gaps(lane).map(|(_, mark)| mark);
    let others = |what: &[Other]| others(map, what, view);
    if gaps > 0 {
        return Headline {
            mood: Mood::Gaps,
            count: Some(gaps),
            first: officers_missing(map, gaps, view),
            second: nearest(told(Lane::Officers), view),
            third: others(&[
                Other::Leaders(leaders),
                Other::Unread(unread),
                Other::Silent(silent),
            ]),
        };
    }
    if leaders > 0 {
        return Headline {
            mood: Mood::Leaders,
            count: Some(leaders),
            first: view.pick(
                "处缺带班领导",
                match leaders {
                    1 => "stretch without a duty leader",
                    _ => "stretches without a duty leader",
                },
            ),
            second: nearest(told(Lane::Leaders), view),
            third: others(&[Other::Unread(unread), Other::Silent(silent)]),
        };
    }
    if unread > 0 {
        return Headline {
            mood: Mood::Open,
            count: Some(unread),
            first: view.pick("处没读懂，待核实", "not read, to be verified"),
            second: Some(view.pick(
                "不算空档：改好值班表再看",
                "Not counted as gaps: mend the roster and look again",
            )),
            third: others(&[Other::Silent(silent)]),
        };
    }
    if silent > 0 {
        return Headline {
            mood: Mood::Open,
            count: Some(silent),
            first: view.pick(
                "个单位还没报值班表",
                match silent {
                    1 => "unit has sent no roster",
                    _ => "units have sent no roster",
                },
            ),
            second: None,
            third: others(&[]),
        };
    }
    clear(map, view)
}

fn clear(map: &CoverageMap, view: &View) -> Headline {
    let units = map.units;
    if units == 0 {
        return Headline {
            mood: Mood::Open,
            count: None,
            first: view.pick("没有读到一个班", "Not one shift was read"),
            second: None,
            third: None,
        };
    }
    let length = ahead::about(view.period.length(), view.lang);
    let is_led = map.fine_led == map.fine;
    let units_en = match units {
        1 => "1 unit".to_owned(),
        _ => format!("{units} units"),
    };
    Headline {
        mood: Mood::Clear,
        count: None,
        first: if is_led {
            view.pick("都有人值班、有领导带班", "On duty and led at every hour")
        } else {
            view.pick("都有人值班", "On duty at every hour")
        },
        second: Some(view.pick(
            format!("{units} 个单位，{length}，没有空档"),
            format!("{units_en}, {length}, no gap"),
        )),
        third: (!is_led).then(|| {
            let led = map.fine_led;
            view.pick(
                format!("有带班领导的单位 {led} 个，其余没有核对带班"),
                format!("{led} with duty leaders; the others name none"),
            )
        }),
    }
}

/// How many holes a mark stands for.
fn stretches(mark: &Mark) -> usize {
    mark.spans.len() * mark.posts.len()
}

fn officers_missing(map: &CoverageMap, gaps: usize, view: &View) -> String {
    let marks = || map.gaps(Lane::Officers).map(|(_, mark)| mark);
    let total: TimeDelta = marks()
        .flat_map(|mark| mark.posts.iter().map(|_| mark.length()))
        .sum();
    let total = when::length(total, view.lang);
    let is_short = marks().any(|mark| mark.present > 0);
    let (zh, en) = if is_short {
        ("人手不够", "with too few on duty")
    } else {
        ("没人", "with nobody on duty")
    };
    let noun = if gaps == 1 { "gap" } else { "gaps" };
    view.pick(
        format!("处空档，合计 {total}{zh}"),
        format!("{noun}, {total} {en}"),
    )
}

/// The first of them that is not over.
fn nearest<'a>(marks: impl Iterator<Item = &'a Mark>, view: &View) -> Option<String> {
    let now = view.running();
    let is_ahead = |end: Moment| now.is_none_or(|now| end > now);
    let ahead = marks.flat_map(|mark| mark.spans.iter().map(move |span| (span, mark)));
    let (span, mark) = ahead
        .filter(|(span, _)| is_ahead(span.end()))
        .min_by_key(|(span, _)| **span)?;
    let unit = super::unit(mark, view);
    let start = span.start();
    let Some(now) = now else {
        let civil = view.zone.civil(start);
        let at = format!("{} {}", view.day(civil.date()), when::clock(civil));
        return Some(view.pick(
            format!("最早一处：{at} {unit}"),
            format!("First: {at}, {unit}"),
        ));
    };
    if start <= now {
        let until = ahead::near(span.end(), now, view.zone, view.lang);
        return Some(view.pick(
            format!("现在就缺：{unit}，到{until}"),
            format!("Right now: {unit}, until {until}"),
        ));
    }
    let at = ahead::near(start, now, view.zone, view.lang);
    let length = ahead::about(start - now, view.lang);
    Some(view.pick(
        format!("最近一处：{at} {unit}（{length}后）"),
        format!("Next: {at}, {unit} (in {length})"),
    ))
}

/// What else there is to say, if there is any of it.
enum Other {
    Leaders(usize),
    Unread(usize),
    Silent(usize),
}

/// `另 1 处缺带班领导，其余 20 个单位正常`.
fn others(map: &CoverageMap, others: &[Other], view: &View) -> Option<String> {
    let mut parts: Vec<String> = others
        .iter()
        .filter_map(|other| match other {
            Other::Leaders(0) | Other::Unread(0) | Other::Silent(0) => None,
            Other::Leaders(n) => Some(view.pick(
                format!("另 {n} 处缺带班领导"),
                format!("{n} without a leader"),
            )),
            Other::Unread(n) => {
                Some(view.pick(format!("{n} 处没读懂"), format!("{n} could not be read")))
            }
            Other::Silent(n) => {
                Some(view.pick(format!("{n} 个单位未报"), format!("{n} sent none")))
            }
        })
        .collect();
    match (map.fine, view.lang) {
        (0, _) => {}
        (n, Lang::Zh) => parts.push(format!("其余 {n} 个单位正常")),
        (1, Lang::En) => parts.push("the other unit is fine".to_owned()),
        (n, Lang::En) => parts.push(format!("the other {n} units are fine")),
    }
    let said = parts.join(&view.pick("，", ", "));
    let mut letters = said.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}
