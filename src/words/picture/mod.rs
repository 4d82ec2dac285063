//! What stands in the coverage picture.

mod headline;
mod mark;
pub mod sheet;

pub use headline::{Headline, Mood, headline};
pub use mark::{cause, length, times, unit, what};

use chrono::{Datelike, NaiveDate};

use super::{Lang, when};
use crate::coverage::CoverageMap;
use crate::time::{Moment, Period, Zone, holiday_touching};

/// For whom a picture is drawn, and when they see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    pub lang: Lang,
    pub zone: Zone,
    pub period: Period,
    pub now: Option<Moment>,
}

impl View {
    /// Now, where the period is running.
    #[must_use]
    pub fn running(&self) -> Option<Moment> {
        self.now.filter(|now| self.period.contains(*now))
    }

    fn pick(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        match self.lang {
            Lang::Zh => zh.into(),
            Lang::En => en.into(),
        }
    }

    /// The days the period touches.
    #[must_use]
    pub fn days(&self) -> Vec<NaiveDate> {
        let first = self.zone.date(self.period.start());
        let last = self
            .zone
            .date(self.period.end() - chrono::TimeDelta::seconds(1));
        first.iter_days().take_while(|day| *day <= last).collect()
    }

    /// `5日` where all of the period is of one month, else `10月5日`.
    fn day(&self, day: NaiveDate) -> String {
        let first = self.zone.date(self.period.start());
        let last = self
            .zone
            .date(self.period.end() - chrono::TimeDelta::seconds(1));
        let is_one_month = [first, last]
            .iter()
            .all(|d| (d.year(), d.month()) == (day.year(), day.month()));
        match self.lang {
            Lang::Zh if is_one_month => format!("{}日", day.day()),
            _ => when::date(day, self.lang),
        }
    }
}

#[must_use]
pub fn title(view: &View) -> String {
    let is_national_day =
        holiday_touching(&view.days()).is_some_and(|holiday| holiday.id.starts_with("national"));
    if is_national_day {
        view.pick("国庆值班 · 谁在岗", "National Day duty")
    } else {
        view.pick("值班 · 谁在岗", "Who is on duty")
    }
}

/// `10月1日—7日`, `1–7 Oct`.
#[must_use]
pub fn dates(view: &View) -> String {
    let days = view.days();
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return String::new();
    };
    let is_one_month = (first.year(), first.month()) == (last.year(), last.month());
    let said = when::date(*first, view.lang);
    if first == last {
        return said;
    }
    match view.lang {
        Lang::Zh if is_one_month => format!("{said}—{}日", last.day()),
        Lang::Zh => format!("{said}—{}", when::date(*last, view.lang)),
        Lang::En if is_one_month => format!("{}–{}", first.day(), when::date(*last, view.lang)),
        Lang::En => format!("{said} – {}", when::date(*last, view.lang)),
    }
}

/// A column's day and what stands under it: `3`, `今天`.
#[must_use]
pub fn column(day: NaiveDate, view: &View) -> (String, String) {
    let is_today = view.running().is_some_and(|now| view.zone.date(now) == day);
    let under = if is_today {
        view.pick("今天", "today")
    } else {
        when::weekday(day.weekday(), view.lang).to_owned()
    };
    (day.day().to_string(), under)
}

/// A column's day where there are many: `10/3`.
#[must_use]
pub fn narrow_column(day: NaiveDate) -> String {
    format!("{}/{}", day.month(), day.day())
}

/// The one line of all units without a mark: its label, and how they stand.
#[must_use]
pub fn rest(map: &CoverageMap, view: &View) -> (String, String) {
    let fine = map.fine;
    let label = if map.rows.is_empty() {
        view.pick(format!("全部 {fine} 个"), format!("All {fine}"))
    } else {
        view.pick(format!("其余 {fine} 个"), format!("Other {fine}"))
    };
    let said = if map.fine_led == fine {
        view.pick("全程有人、有领导带班", "on duty and led at every hour")
    } else if map.fine_led == 0 {
        view.pick("全程有人值班", "on duty at every hour")
    } else {
        let led = map.fine_led;
        view.pick(
            format!("全程有人，{led} 个有领导带班"),
            format!("on duty at every hour, {led} led"),
        )
    };
    (label, said)
}

/// The one line of all units that sent nothing.
#[must_use]
pub fn silent(map: &CoverageMap, view: &View) -> (String, String) {
    let count = map.not_submitted.len();
    (
        view.pick(format!("未报 {count} 个"), format!("{count} sent none")),
        map.not_submitted.join(&view.pick("、", ", ")),
    )
}

/// What the signs mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legend {
    pub leaders: String,
    pub officers: String,
    pub gap: String,
    pub unread: String,
    /// Where the period is running.
    pub now: Option<String>,
}

#[must_use]
pub fn legend(view: &View) -> Legend {
    let now = view.running().map(|now| {
        let clock = when::clock(view.zone.civil(now));
        view.pick(format!("现在 {clock}"), format!("now {clock}"))
    });
    Legend {
        leaders: view.pick("带班领导", "leaders"),
        officers: view.pick("值班员", "officers"),
        gap: view.pick("没人", "nobody"),
        unread: view.pick("没读懂", "not read"),
        now,
    }
}

/// `第 3 版值班表 · 24 个单位 · 10月3日 14:32 生成`.
#[must_use]
pub fn footer(map: &CoverageMap, version: Option<u32>, view: &View) -> String {
    let units = map.units;
    let mut parts = Vec::new();
    if let Some(version) = version {
        parts.push(view.pick(
            format!("第 {version} 版值班表"),
            format!("roster version {version}"),
        ));
    }
    parts.push(view.pick(
        format!("{units} 个单位"),
        match units {
            1 => "1 unit".to_owned(),
            _ => format!("{units} units"),
        },
    ));
    if let Some(now) = view.now {
        let at = when::moment(now, view.zone, view.lang);
        parts.push(view.pick(format!("{at} 生成"), format!("drawn {at}")));
    }
    parts.join(" · ")
}

/// `第 2/4 张`.
#[must_use]
pub fn page(page: usize, pages: usize, view: &View) -> String {
    view.pick(
        format!("第 {page}/{pages} 张"),
        format!("{page} of {pages}"),
    )
}

/// That some characters could not be drawn.
#[must_use]
pub fn undrawn(characters: &[char], view: &View) -> String {
    let codes: Vec<String> = characters
        .iter()
        .take(3)
        .map(|c| format!("U+{:04X}", u32::from(*c)))
        .collect();
    let (count, codes) = (characters.len(), codes.join(&view.pick("、", ", ")));
    view.pick(
        format!("〓＝字库里没有的字，{count} 个：{codes}"),
        format!("〓 = no glyph for {count}: {codes}"),
    )
}
