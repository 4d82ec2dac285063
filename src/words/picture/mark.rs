//! One mark of the picture in the list under it: what is missing, when, and why.

use chrono::{NaiveDate, TimeDelta, Timelike};

use super::View;
use crate::coverage::{Manning, Mark, Neighbour, Sight};
use crate::roster::Role;
use crate::time::{Moment, Span};
use crate::words::{Lang, ahead, when};

/// A gap shorter than this is one between two shifts' clocks; a longer one lacks a person.
const A_SHIFT: TimeDelta = TimeDelta::hours(6);

/// The unit's name; a file of one unit may name none.
#[must_use]
pub fn unit(mark: &Mark, view: &View) -> String {
    if mark.unit.is_empty() {
        view.pick("本单位", "This unit")
    } else {
        mark.unit.clone()
    }
}

/// `缺值班员`.
#[must_use]
pub fn what(mark: &Mark, view: &View) -> String {
    match (mark.sight, mark.present) {
        (Sight::Unread, _) => view.pick("没读懂，待核实", "not read, to be verified"),
        (Sight::Gap, 0) => {
            let posts = posts(mark, view);
            view.pick(format!("缺{posts}"), format!("no {posts}"))
        }
        (Sight::Gap, _) => {
            let posts = posts(mark, view);
            view.pick(format!("{posts}不够"), format!("too few: {posts}"))
        }
    }
}

/// As the roster calls them; in English as their kind of duty is called, where there is one name.
fn posts(mark: &Mark, view: &View) -> String {
    let role = match (mark.role, view.lang) {
        (Role::DutyOfficer | Role::Other, Lang::Zh) => "值班员",
        (Role::DutyLeader, Lang::Zh) => "带班领导",
        (Role::ChiefLeader, Lang::Zh) => "总带班",
        (Role::Principal, Lang::Zh) => "主要领导",
        (Role::Standby, Lang::Zh) => "备班",
        (Role::DutyOfficer | Role::Other, Lang::En) => "duty officer",
        (Role::DutyLeader, Lang::En) => "duty leader",
        (Role::ChiefLeader, Lang::En) => "chief leader",
        (Role::Principal, Lang::En) => "principal",
        (Role::Standby, Lang::En) => "standby",
    };
    let is_plain = |post: &String| !post.is_empty() && (view.lang == Lang::Zh || post.is_ascii());
    let named: Vec<&str> = mark
        .posts
        .iter()
        .filter(|post| is_plain(post))
        .map(String::as_str)
        .collect();
    match named.as_slice() {
        [] => role.to_owned(),
        [one] => (*one).to_owned(),
        [first, rest @ ..] => view.pick(
            format!("{first}等 {} 岗", rest.len() + 1),
            format!("{first} and {} more", rest.len()),
        ),
    }
}

/// `12 小时`; of what repeats, each one's.
#[must_use]
pub fn length(mark: &Mark, view: &View) -> String {
    let one = mark.spans.first().map_or(TimeDelta::zero(), Span::length);
    when::length(one, view.lang)
}

/// `今晚 20:30 → 明早 08:30`, `5日 08:30 → 17:30`; what repeats as [`when::spans`] says it.
#[must_use]
pub fn times(mark: &Mark, view: &View) -> String {
    let [span] = mark.spans.as_slice() else {
        return when::spans(&mark.spans, view.zone, view.lang);
    };
    let start = view.zone.civil(span.start());
    let from = format!("{} {}", day_said(span.start(), view), when::clock(start));
    let end = view.zone.civil(span.end());
    let is_midnight = (end.hour(), end.minute()) == (0, 0);
    // The midnight at a day's end is its 24:00.
    let last = span.end() - TimeDelta::seconds(i64::from(is_midnight));
    let clock = if is_midnight {
        "24:00".to_owned()
    } else {
        when::clock(end)
    };
    if view.zone.date(last) == start.date() {
        return format!("{from} → {clock}");
    }
    format!("{from} → {} {clock}", day_said(last, view))
}

/// `今晚`, `5日`.
fn day_said(moment: Moment, view: &View) -> String {
    let near = view
        .running()
        .and_then(|now| ahead::near_day(moment, now, view.zone, view.lang));
    near.map_or_else(|| view.day(view.zone.date(moment)), str::to_owned)
}

/// Why nobody is there, as far as the roster tells.
#[must_use]
pub fn cause(mark: &Mark, view: &View) -> Option<String> {
    if mark.sight == Sight::Unread {
        return Some(view.pick(
            "值班表这里没读懂，不算空档，改好再看",
            "The roster could not be read here: not counted as a gap",
        ));
    }
    if mark.present > 0 {
        let (needed, present) = (mark.needed, mark.present);
        return Some(view.pick(
            format!("要 {needed} 人，只排了 {present} 人"),
            format!("{present} of {needed} people"),
        ));
    }
    if mark.manning == Manning::Never {
        let posts = posts(mark, view);
        return Some(view.pick(
            format!("{posts}一栏为空"),
            format!("Nobody is listed as {posts}"),
        ));
    }
    let first = mark.spans.first()?;
    match (&mark.before, &mark.after) {
        (Some(before), Some(after)) => Some(between(mark, first, (before, after), view)),
        (Some(before), None) => {
            let names = names(before, view);
            Some(view.pick(
                format!("{names} 交班后没排人"),
                format!("Nobody after {names}"),
            ))
        }
        (None, Some(after)) => {
            let names = names(after, view);
            Some(view.pick(
                format!("{names} 接班前没排人"),
                format!("Nobody before {names}"),
            ))
        }
        (None, None) => None,
    }
}

fn between(
    mark: &Mark,
    gap: &Span,
    (before, after): (&Neighbour, &Neighbour),
    view: &View,
) -> String {
    let kinds = (kind(&before.span, view), kind(&after.span, view));
    let is_daytime = view.zone.date(gap.start()) == view.zone.date(gap.end());
    if is_daytime && gap.length() >= A_SHIFT && kinds == (Kind::Night, Kind::Night) {
        return view.pick("这一天只排了夜班", "Only nights are rostered that day");
    }
    if gap.length() < A_SHIFT || mark.spans.len() > 1 {
        let (one, other) = match (kinds, view.lang) {
            ((Kind::Day, Kind::Night), Lang::Zh) => ("白班", "夜班"),
            ((Kind::Night, Kind::Day), Lang::Zh) => ("夜班", "白班"),
            (_, Lang::Zh) => ("上一班", "下一班"),
            ((Kind::Day, Kind::Night), Lang::En) => ("The day shift", "the night shift"),
            ((Kind::Night, Kind::Day), Lang::En) => ("The night shift", "the day shift"),
            (_, Lang::En) => ("One shift", "the next"),
        };
        let ends = when::clock(view.zone.civil(gap.start()));
        let begins = when::clock(view.zone.civil(gap.end()));
        return view.pick(
            format!("{one} {ends} 结束，{other} {begins} 才开始"),
            format!("{one} ends at {ends}, {other} begins at {begins}"),
        );
    }
    let day = day_said(gap.end(), view);
    let (one, other) = (names(before, view), names(after, view));
    view.pick(
        format!("{one} 交班后没排人，{other} {day}才接"),
        format!(
            "Nobody after {one}; {other} comes {}",
            on(day.clone(), view)
        ),
    )
}

/// `tomorrow` stands alone, a date does not.
fn on(day: String, view: &View) -> String {
    let is_date = view.lang == Lang::En && day.starts_with(|c: char| c.is_ascii_digit());
    if is_date { format!("on {day}") } else { day }
}

fn names(shift: &Neighbour, view: &View) -> String {
    match shift.names.as_slice() {
        [] => view.pick("上一班", "the shift before"),
        [one] => one.clone(),
        [one, other] => view.pick(format!("{one}、{other}"), format!("{one} and {other}")),
        [one, ..] => view.pick(
            format!("{one}等 {} 人", shift.names.len()),
            format!("{one} and {} more", shift.names.len() - 1),
        ),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Day,
    Night,
    Other,
}

fn kind(span: &Span, view: &View) -> Kind {
    let start = view.zone.civil(span.start());
    let last: NaiveDate = view.zone.date(span.end() - TimeDelta::seconds(1));
    if span.length() > TimeDelta::hours(16) {
        return Kind::Other;
    }
    match start.hour() {
        16.. => Kind::Night,
        5..=12 if last == start.date() => Kind::Day,
        _ => Kind::Other,
    }
}
