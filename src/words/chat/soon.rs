//! Moments as a message says them, seen from the moment it is read: 今晚 20:30, 6 小时后.

use chrono::{Datelike, Timelike, Weekday};

use super::Tongue;
use crate::decide::Lang;
use crate::time::{Moment, Span, TimeDelta};
use crate::words::when;

/// The midnight at a day's end.
pub(super) const END_OF_DAY: &str = "24:00";

/// `14:33`.
pub(super) fn clock(t: &Tongue, moment: Moment) -> String {
    when::clock(t.zone.civil(moment))
}

/// `14:33:05`, where the seconds matter.
pub(super) fn clock_secs(t: &Tongue, moment: Moment) -> String {
    let civil = t.zone.civil(moment);
    format!("{}:{:02}", when::clock(civil), civil.second())
}

/// `今晚 20:30`, `明早 08:30`, `10月5日 08:30`.
pub(super) fn near(t: &Tongue, moment: Moment) -> String {
    let civil = t.zone.civil(moment);
    let days = (civil.date() - t.zone.date(t.now)).num_days();
    let day = match (days, civil.hour(), t.lang) {
        (0, 18.., Lang::Zh) => "今晚".to_owned(),
        (0, _, Lang::Zh) => "今天".to_owned(),
        (1, 0..12, Lang::Zh) => "明早".to_owned(),
        (1, 18.., Lang::Zh) => "明晚".to_owned(),
        (1, _, Lang::Zh) => "明天".to_owned(),
        (0, 18.., Lang::En) => "tonight".to_owned(),
        (0, _, Lang::En) => "today".to_owned(),
        (1, _, Lang::En) => "tomorrow".to_owned(),
        _ => when::date(civil.date(), t.lang),
    };
    format!("{day} {}", when::clock(civil))
}

/// How far ahead, roughly: `6 小时`, `3 天`.
pub(super) fn about(t: &Tongue, ahead: TimeDelta) -> String {
    let minutes = ahead.num_minutes();
    if minutes >= 48 * 60 {
        let days = minutes / (24 * 60);
        return t.pick(format!("{days} 天"), format!("{days} days"));
    }
    if minutes >= 120 {
        let hours = (minutes + 30) / 60;
        return t.pick(format!("{hours} 小时"), format!("{hours} h"));
    }
    when::length(TimeDelta::minutes(minutes.max(1)), t.lang)
}

/// `10月3日（周六） 20:30 至次日 08:30`.
pub(super) fn shift(t: &Tongue, span: &Span) -> String {
    let day = t.zone.date(span.start());
    let date = when::date(day, t.lang);
    let hours = when::hours(span, t.zone, t.lang);
    let weekday = weekday(t.lang, day.weekday());
    t.pick(
        format!("{date}（{weekday}）{hours}"),
        format!("{weekday} {date}, {hours}"),
    )
}

/// Seconds as a length.
pub(super) fn secs(t: &Tongue, secs: u64) -> String {
    let delta = i64::try_from(secs).ok().and_then(TimeDelta::try_seconds);
    when::length(delta.unwrap_or_default(), t.lang)
}

fn weekday(lang: Lang, day: Weekday) -> &'static str {
    const ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let index = day.num_days_from_monday() as usize;
    match lang {
        Lang::Zh => ZH[index],
        Lang::En => EN[index],
    }
}
