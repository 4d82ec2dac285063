//! The sentences of the desk's first page.

use super::Lang;
use crate::decide::{
    Awaited, Check, GapAhead, Order, Request, RoundBoard, Standing, Unlinked, VersionLine,
};
use crate::roster::Role;
use crate::spotcheck::{Outcome, State};
use crate::time::{Moment, Period, Span, TimeDelta, Zone};
use crate::words::chat::leave::summary;
use crate::words::chat::{Tongue, ladder, outcomes, safe, soon};
use crate::words::when;

/// Whether somebody did not answer and it has been found what that means.
fn is_ruled(check: &Check) -> bool {
    let is_silence = matches!(check.state.outcome(), Some(Outcome::NoAnswer { .. }));
    is_silence && check.follow_up.ruling().is_some()
}

/// How the desk speaks at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Speech(Tongue);

impl Speech {
    #[must_use]
    pub fn new(lang: Lang, zone: Zone, now: Moment) -> Self {
        Self(Tongue { lang, zone, now })
    }

    /// `10月3日 周六 · 假期第 3 天，共 7 天`.
    #[must_use]
    pub fn today(&self, period: Option<Period>) -> String {
        let t = &self.0;
        let day = t.zone.date(t.now);
        let date = when::date(day, t.lang);
        let weekday = when::weekday(chrono::Datelike::weekday(&day), t.lang);
        let of_holiday = period.filter(|p| p.contains(t.now)).map(|period| {
            let first = t.zone.date(period.start());
            let last = t.zone.date(period.end() - TimeDelta::milliseconds(1));
            let (number, days) = ((day - first).num_days() + 1, (last - first).num_days() + 1);
            t.pick(
                format!(" · 第 {number} 天，共 {days} 天"),
                format!(" · day {number} of {days}"),
            )
        });
        let of_holiday = of_holiday.unwrap_or_default();
        t.pick(
            format!("{date} {weekday}{of_holiday}"),
            format!("{weekday} {date}{of_holiday}"),
        )
    }

    /// What stands beside the number of gaps, and under it.
    #[must_use]
    pub fn gaps(&self, standing: &Standing) -> (String, String) {
        let t = &self.0;
        let report = &standing.report;
        let minutes = i64::try_from(report.gap_minutes).unwrap_or(i64::MAX);
        let length = TimeDelta::try_minutes(minutes).unwrap_or_default();
        let length = when::length(length, t.lang);
        let headline = if report.gap_count == 0 {
            t.pick("处空档：都有人值班", "gaps: somebody is on duty throughout")
        } else {
            t.pick(
                format!("处空档，{length}没人"),
                format!("gaps, {length} uncovered"),
            )
        };
        let next = standing
            .gaps
            .iter()
            .find(|gap| !crate::decide::leads(gap.line.role));
        let leaders = report.leader_gap_count;
        let below = match next {
            Some(gap) if gap.line.span.start() <= t.now => {
                let (unit, till) = (&gap.line.unit, soon::near(t, gap.line.span.end()));
                t.pick(
                    format!("现在就没人：{unit}，到{till}"),
                    format!("Uncovered now: {unit}, until {till}"),
                )
            }
            Some(gap) => {
                let (unit, at) = (&gap.line.unit, soon::near(t, gap.line.span.start()));
                let ahead = soon::about(t, gap.line.span.start() - t.now);
                t.pick(
                    format!("最近：{at} {unit}（{ahead}后）"),
                    format!("Next: {at}, {unit} (in {ahead})"),
                )
            }
            None if leaders > 0 => t.pick(
                format!("另有 {leaders} 处缺带班领导"),
                format!("{leaders} without a duty leader"),
            ),
            None => String::new(),
        };
        (headline, below)
    }

    /// What stands beside the number of answers, and under it.
    #[must_use]
    pub fn answered(&self, round: &RoundBoard) -> (String, String) {
        let t = &self.0;
        let c = round.counts;
        let ruled = round.checks.iter().filter(|check| is_ruled(check)).count();
        let ruled = u32::try_from(ruled).unwrap_or(u32::MAX);
        let to_verify = c.no_answer.saturating_sub(ruled);
        let mut parts = Vec::new();
        for (count, zh, en) in [
            (round.open, "人还没到时限", "still open"),
            (to_verify, "人没答，待核实", "no answer, to be verified"),
            (ruled, "人没答，已核实", "no answer, verified"),
            (c.undeliverable, "人送不到", "undeliverable"),
            (c.void, "人作废", "void"),
        ] {
            if count > 0 {
                parts.push(t.pick(format!("{count} {zh}"), format!("{count} {en}")));
            }
        }
        let headline = t.pick("抽查已应答", "answered the last check");
        (headline, parts.join(&t.pick("，", ", ")))
    }

    /// A request that waits for somebody else's word, as HTML.
    #[must_use]
    pub fn leave_waits(&self, request: &Request, on: &Awaited) -> String {
        let t = &self.0;
        let on = match on {
            Awaited::StandIn => t.pick("等接班人答复", "waits for the stand-in"),
            Awaited::Leader(name) => {
                let name = safe(name);
                t.pick(
                    format!("等带班领导 {name} 批"),
                    format!("waits for {name}, the duty leader"),
                )
            }
            Awaited::Office => t.pick("等办公室批", "waits for the office"),
        };
        format!("{}\n{on}", summary(t, request))
    }

    /// What stands beside the number of units rostered now, and under it.
    #[must_use]
    pub fn rostered(&self, standing: &Standing) -> (String, String) {
        let t = &self.0;
        let headline = t.pick("单位此刻已排人", "units rostered now");
        let waiting = standing.leaves_waiting;
        let below = if waiting > 0 {
            t.pick(
                format!("{waiting} 个请假换班待批"),
                format!("{waiting} leave or swap requests waiting"),
            )
        } else {
            t.pick("按值班表算，不是应答", "by the roster, not by answers")
        };
        (headline, below)
    }

    /// What stands beside the number of people without an account, and under it.
    #[must_use]
    pub fn unbound(&self, today: usize) -> (String, String) {
        let t = &self.0;
        let headline = t.pick("人还没绑定", "not bound yet");
        let below = match today {
            0 => String::new(),
            _ => t.pick(
                format!("其中 {today} 人今天值班"),
                format!("{today} of them on duty today"),
            ),
        };
        (headline, below)
    }

    /// `14:28 发起 · 限 5 分钟`.
    #[must_use]
    pub fn round(&self, round: &RoundBoard) -> String {
        let t = &self.0;
        let (number, at) = (round.round.id.0, soon::near(t, round.round.at));
        let window = round.checks.first().map(|check| check.ladder.window());
        let window = when::length(window.unwrap_or_default(), t.lang);
        let drawn = match round.round.order {
            Order::Drawn => t.pick("，系统随机抽取", ", drawn at random"),
            Order::MakeUp => t.pick(
                "，补查：先前那次作废，是我们这边的原因",
                ", asked again: their last check was void for a fault of ours",
            ),
            _ => String::new(),
        };
        t.pick(
            format!("第 {number} 轮 · {at} 发起 · 限 {window}{drawn}"),
            format!("Round {number} · {at} · {window} to answer{drawn}"),
        )
    }

    /// What is to be said beside a check's outcome; HTML.
    #[must_use]
    pub fn check(&self, check: &Check) -> String {
        let t = &self.0;
        let said = match (check.state.outcome(), &check.state) {
            (Some(Outcome::Present { evidence }), _) => {
                if let Some(delivery) = check.state.delivery() {
                    let took = evidence.received() - delivery.confirmed;
                    when::length(took.max(TimeDelta::zero()), t.lang)
                } else {
                    // Answered on the own page, where nothing had to arrive first.
                    let at = soon::clock(t, evidence.received());
                    t.pick(format!("{at} 回答"), format!("answered at {at}"))
                }
            }
            (Some(Outcome::Late { by_secs, evidence }), _) => {
                outcomes::lateness(t, *by_secs, evidence)
            }
            _ if is_ruled(check) => {
                // What was found says it all, and is a remark.
                let remarks = ladder::remarks(t, &check.follow_up.remarks());
                return remarks.trim_start_matches(['；', ';', ' ']).to_owned();
            }
            (Some(Outcome::NoAnswer { .. }), _) => {
                t.pick("没有收到回答，待核实", "no answer received, to be verified")
            }
            (Some(Outcome::Undeliverable { reason }), _) => {
                let why = outcomes::unreached(t, *reason);
                t.pick(
                    format!("{why}，请打值班电话"),
                    format!("{why}; please ring the duty line"),
                )
            }
            (Some(Outcome::Void { reason }), _) => outcomes::void(t, reason),
            (None, State::Asking { .. }) => t.pick("正在送出", "being sent"),
            (None, _) => {
                let deadline = check.state.delivery().map(|d| d.deadline(&check.ladder));
                let by = deadline.map_or_else(String::new, |at| soon::clock(t, at));
                t.pick(format!("{by} 前回答"), format!("to answer by {by}"))
            }
        };
        let remarks = ladder::remarks(t, &check.follow_up.remarks());
        format!("{said}{remarks}")
    }

    /// `另外 3 人`.
    #[must_use]
    pub fn others(&self, count: usize) -> String {
        let t = &self.0;
        t.pick(format!("另外 {count} 人"), format!("{count} more"))
    }

    /// `其余 18 个单位全天有人`.
    #[must_use]
    pub fn fine_units(&self, count: usize) -> String {
        let t = &self.0;
        t.pick(
            format!("其余 {count} 个单位：全天有人"),
            format!("The other {count} units: covered all day"),
        )
    }

    /// `今晚 20:30 → 明早 08:30`.
    #[must_use]
    pub fn stretch(&self, span: &Span) -> String {
        let t = &self.0;
        format!(
            "{} → {}",
            soon::near(t, span.start()),
            soon::near(t, span.end())
        )
    }

    /// Why the gap is one, and whether the unit was asked.
    #[must_use]
    pub fn cause(&self, gap: &GapAhead) -> String {
        let t = &self.0;
        let names = |names: &[String]| names.join(&t.pick("、", ", "));
        let (before, after) = (names(&gap.before), names(&gap.after));
        let length = when::length(gap.line.span.length(), t.lang);
        let mut said = match (before.is_empty(), after.is_empty(), gap.line.present) {
            (_, _, present @ 1..) => {
                let needed = gap.line.needed;
                t.pick(
                    format!("要 {needed} 人，只排了 {present} 人"),
                    format!("{present} of {needed} people"),
                )
            }
            (false, false, _) => t.pick(
                format!("{before} 下班后没排人，{after} 才接"),
                format!("nobody between {before} and {after}"),
            ),
            (false, true, _) => t.pick(
                format!("{before} 下班后没排人"),
                format!("nobody after {before}"),
            ),
            (true, false, _) => t.pick(
                format!("{after} 之前没排人"),
                format!("nobody before {after}"),
            ),
            (true, true, _) => t.pick("这一段没排人", "nobody is rostered"),
        };
        said = t.pick(format!("{said}，{length}"), format!("{said}, {length}"));
        if let Some(at) = gap.chased {
            let at = soon::near(t, at);
            said = t.pick(
                format!("{said} · {at} 已催"),
                format!("{said} · asked {at}"),
            );
        }
        said
    }

    /// `20:30 起没人 · 12 小时`.
    #[must_use]
    pub fn on_gap(&self, span: &Span) -> String {
        let t = &self.0;
        let (from, length) = (
            soon::clock(t, span.start()),
            when::length(span.length(), t.lang),
        );
        t.pick(
            format!("{from} 起没人 · {length}"),
            format!("nobody from {from} · {length}"),
        )
    }

    /// `王建国 08:30—20:30`, for who cannot see the bars.
    #[must_use]
    pub fn bar(&self, names: &[String], span: &Span) -> String {
        let t = &self.0;
        let names = self.names(names);
        format!("{names} {}", when::hours(span, t.zone, t.lang))
    }

    #[must_use]
    pub fn names(&self, names: &[String]) -> String {
        names.join(&self.0.pick("、", ", "))
    }

    /// `第 3 版值班表 · 10月2日 17:40 由 办公室小李 启用`.
    #[must_use]
    pub fn version(&self, version: &VersionLine) -> String {
        let t = &self.0;
        let (number, since) = (version.number, when::moment(version.since, t.zone, t.lang));
        let by = match (version.by.as_str(), t.lang) {
            ("", Lang::Zh) => "值班台".to_owned(),
            ("", Lang::En) => "the desk".to_owned(),
            (by, _) => by.to_owned(),
        };
        t.pick(
            format!("第 {number} 版值班表 · {since} 由 {by} 启用"),
            format!("Roster version {number} · {since} by {by}"),
        )
    }

    /// `数据截至 14:32:05`.
    #[must_use]
    pub fn as_of(&self) -> String {
        let t = &self.0;
        let at = soon::clock_secs(t, t.now);
        t.pick(format!("数据截至 {at}"), format!("As of {at}"))
    }

    #[must_use]
    pub fn moment(&self, at: Moment) -> String {
        when::moment(at, self.0.zone, self.0.lang)
    }

    #[must_use]
    pub fn clock(&self, at: Moment) -> String {
        soon::clock(&self.0, at)
    }

    /// `3 今天`, and how many gaps that day has, for who cannot see the colour.
    #[must_use]
    pub fn day(&self, day: chrono::NaiveDate, is_today: IsToday) -> String {
        let t = &self.0;
        let number = chrono::Datelike::day(&day);
        match is_today {
            IsToday::Yes => t.pick(format!("{number} 今天"), format!("{number} today")),
            IsToday::No => number.to_string(),
        }
    }

    #[must_use]
    pub fn gap_count(&self, count: u32) -> String {
        let t = &self.0;
        t.pick(format!("{count} 处空档"), format!("{count} gaps"))
    }

    #[must_use]
    pub fn role(&self, role: Role) -> Option<String> {
        let t = &self.0;
        Some(match role {
            Role::DutyLeader => t.pick("带班领导", "duty leader"),
            Role::ChiefLeader => t.pick("总带班", "leader in chief"),
            Role::Principal => t.pick("主要领导", "principal"),
            Role::Standby => t.pick("备班", "standby"),
            Role::DutyOfficer | Role::Other => return None,
        })
    }

    /// What is sent to somebody by SMS or by hand, so that they bind.
    #[must_use]
    pub fn invitation(&self, person: &Unlinked) -> String {
        let t = &self.0;
        let name = &person.name;
        let link = match &person.bot {
            Some(bot) => format!("https://t.me/{bot}?start={}", person.payload),
            None => format!("/start {}", person.payload),
        };
        t.pick(
            format!("{name}同志：请点 {link} 绑定值班提醒，约半分钟。这个链接只给您本人用。"),
            format!("{name}: please open {link} to get your duty reminders; it takes half a minute. The link is for you alone."),
        )
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsToday {
    Yes,
    No,
}
