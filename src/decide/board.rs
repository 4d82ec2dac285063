//! How everything stands at one moment, for whoever looks instead of asking: gaps and who was
//! chased for them, the last round, who is rostered, who has no account, and a day's posts.
//!
//! "Rostered" is what the roster says, "answered" what a person said: the two are never one number.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::gaps::{gap_report, is_ahead, missing_from};
use super::{Check, Counts, GapLine, GapReport, Round, Unlinked, VersionLine, World};
use crate::coverage::{HoleClass, demand, holes};
use crate::duty::{Member, members, on_duty};
use crate::journal::Chase;
use crate::review::judged_period;
use crate::roster::{Role, Roster};
use crate::spotcheck::Outcome;
use crate::time::{Moment, Period, Span, TimeDelta, clock_of, minute_of_day};

/// Minutes of the day between which a day's posts are handed over.
const MORNING: std::ops::Range<u32> = 5 * 60..12 * 60;

/// The desk's first page.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    pub now: Moment,
    /// `None` while nothing is in force.
    pub standing: Option<Standing>,
    pub not_submitted: Vec<String>,
    pub round: Option<RoundBoard>,
}

/// What the roster in force says.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    pub version: VersionLine,
    pub period: Option<Period>,
    pub report: GapReport,
    /// Every gap that lies ahead, the nearest first.
    pub gaps: Vec<GapAhead>,
    pub rostered: Rostered,
    /// Leave and swaps that wait for somebody's word.
    pub leaves_waiting: u32,
    /// Those on duty soonest first.
    pub unbound: Vec<Unreachable>,
}

/// A gap, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapAhead {
    pub line: GapLine,
    /// When the unit was last asked to fill its gaps.
    pub chased: Option<Moment>,
    /// Who goes when it begins, and who comes when it ends.
    pub before: Vec<String>,
    pub after: Vec<String>,
}

/// Of how many units the roster names an officer for this very moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rostered {
    pub units: u32,
    pub of: u32,
}

/// Somebody without an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreachable {
    pub link: Unlinked,
    pub role: Role,
    /// Their next or running shift; `None` where all are over.
    pub next: Option<Span>,
}

/// The last round: its checks, those that need somebody first.
#[derive(Clone, Debug, PartialEq)]
pub struct RoundBoard {
    pub round: Round,
    pub checks: Vec<Check>,
    pub counts: Counts,
    pub open: u32,
}

/// One day's posts, from handover to handover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayPosts {
    pub day: NaiveDate,
    pub span: Span,
    pub units: Vec<UnitDay>,
}

/// What one unit has on that day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitDay {
    pub unit: String,
    pub leaders: Vec<Bar>,
    pub officers: Vec<Bar>,
    /// Uncovered stretches, cut to the day.
    pub gaps: Vec<GapLine>,
}

/// People who are there together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    pub span: Span,
    pub names: Vec<String>,
}

/// One tab: a day, and how many gaps touch it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayTab {
    pub day: NaiveDate,
    pub gaps: u32,
    pub leader_gaps: u32,
}

impl World {
    /// How everything stands at `now`.
    #[must_use]
    pub fn board(&self, now: Moment) -> Board {
        let standing = self.standing(now);
        let not_submitted = match self.in_force() {
            Some((_, roster)) => missing_from(roster, &self.policy),
            None => missing_from(&Roster::default(), &self.policy),
        };
        let round = self.rounds.keys().next_back();
        Board {
            now,
            standing,
            not_submitted,
            round: round.and_then(|id| self.round_board(*id)),
        }
    }

    fn standing(&self, now: Moment) -> Option<Standing> {
        let (version, roster) = self.in_force()?;
        let period = judged_period(roster, self.policy.period, self.policy.zone).0;
        let waiting = self.leaves.values().filter(|leave| leave.is_asked());
        Some(Standing {
            version: self.version_line(version.number)?,
            period,
            report: gap_report(roster, &self.policy, now),
            gaps: self.gaps_ahead(roster, now),
            rostered: rostered(roster, now),
            leaves_waiting: number(waiting.count()),
            unbound: self.unreachable(roster, now),
        })
    }

    fn gaps_ahead(&self, roster: &Roster, now: Moment) -> Vec<GapAhead> {
        let Some(period) = judged_period(roster, self.policy.period, self.policy.zone).0 else {
            return Vec::new();
        };
        let found = holes(&demand(roster, period, &self.policy.units), roster);
        let gaps = found.iter().filter(|hole| hole.class == HoleClass::Gap);
        let ahead = gaps.filter(|hole| is_ahead(hole, period, now));
        let mut ahead: Vec<GapAhead> = ahead
            .map(|hole| {
                let line = GapLine::of(hole);
                GapAhead {
                    chased: self.last_chased(&line.unit, Chase::Gaps),
                    before: people_of(roster, &line, |span| span.end() == line.span.start()),
                    after: people_of(roster, &line, |span| span.start() == line.span.end()),
                    line,
                }
            })
            .collect();
        ahead.sort_by(|a, b| (a.line.span, &a.line.unit).cmp(&(b.line.span, &b.line.unit)));
        ahead
    }

    fn last_chased(&self, unit: &str, chase: Chase) -> Option<Moment> {
        let speakers = self.speakers(unit).into_iter();
        speakers
            .filter_map(|account| account.chased.get(&chase).copied())
            .max()
    }

    fn unreachable(&self, roster: &Roster, now: Moment) -> Vec<Unreachable> {
        let without = |m: &Member| {
            self.account_of(&m.unit, &m.name, m.phone.as_ref())
                .is_none()
        };
        let people = members(roster).into_iter().filter(without);
        let mut people: Vec<Unreachable> = people
            .map(|member| {
                let theirs = |shift: &&crate::roster::Shift| {
                    let unit = &roster.post(shift).unit;
                    *unit == member.unit && shift.people.iter().any(|p| p.name == member.name)
                };
                let ahead = roster.shifts.iter().filter(theirs);
                let ahead = ahead.filter(|shift| shift.span.end() > now);
                let next = ahead.min_by_key(|shift| shift.span);
                let any = next.or_else(|| roster.shifts.iter().find(theirs));
                Unreachable {
                    role: any.map_or(Role::Other, |shift| roster.post(shift).role),
                    next: next.map(|shift| shift.span),
                    link: Unlinked {
                        payload: self.bind_payload(&member),
                        bot: self.bot.clone(),
                        page: None,
                        unit: member.unit,
                        name: member.name,
                        phone: member.phone,
                    },
                }
            })
            .collect();
        people.sort_by_key(|person| (person.next.is_none(), person.next));
        people
    }

    /// A version as lists tell it.
    #[must_use]
    pub fn version_line(&self, number: u32) -> Option<VersionLine> {
        let version = self.versions.get(&number)?;
        let account = self.accounts.get(&version.by);
        let upload = self.uploads.get(&version.upload);
        Some(VersionLine {
            number,
            since: version.since,
            by: account.map_or_else(String::new, |account| account.name.clone()),
            file_name: upload.map(|upload| upload.file_name.clone()),
            restores: version.restores,
        })
    }

    /// A round with its checks, those that need somebody first.
    #[must_use]
    pub fn round_board(&self, id: super::RoundId) -> Option<RoundBoard> {
        let round = self.rounds.get(&id)?.clone();
        let ids = round.checks.iter();
        let mut checks: Vec<Check> = ids.filter_map(|id| self.checks.get(id)).cloned().collect();
        checks.sort_by_key(urgency);
        let mut counts = Counts::default();
        let outcomes = checks.iter().filter_map(|check| check.state.outcome());
        outcomes.for_each(|outcome| counts.add(outcome));
        let open = number(checks.iter().filter(|check| check.state.is_open()).count());
        Some(RoundBoard {
            round,
            checks,
            counts,
            open,
        })
    }

    /// The days of the period, each with its gaps.
    #[must_use]
    pub fn day_tabs(&self, gaps: &[GapAhead], period: Period) -> Vec<DayTab> {
        let (first, last) = (
            self.duty_day(period.start()),
            self.duty_day(last_of(period)),
        );
        let days = first.iter_days().take_while(|day| *day <= last);
        days.map(|day| {
            let span = self.day_span(day);
            let touching = |gap: &&GapAhead| span.is_some_and(|s| s.overlaps(&gap.line.span));
            let (leaders, officers): (Vec<&GapAhead>, Vec<&GapAhead>) = gaps
                .iter()
                .filter(touching)
                .partition(|gap| leads(gap.line.role));
            DayTab {
                day,
                gaps: number(officers.len()),
                leader_gaps: number(leaders.len()),
            }
        })
        .collect()
    }

    /// The day, from handover to handover, that `at` belongs to.
    #[must_use]
    pub fn duty_day(&self, at: Moment) -> NaiveDate {
        let handover = TimeDelta::minutes(self.handover_minute().into());
        self.policy.zone.date(at - handover)
    }

    /// When most of the morning's shifts begin by the roster in force; the office's own handover
    /// where none does.
    fn handover_minute(&self) -> u32 {
        let Some((_, roster)) = self.in_force() else {
            return self.policy.handover_minute;
        };
        let mut starts: BTreeMap<u32, usize> = BTreeMap::new();
        for shift in &roster.shifts {
            let minute = minute_of_day(self.policy.zone.civil(shift.span.start()).time());
            if MORNING.contains(&minute) {
                *starts.entry(minute).or_default() += 1;
            }
        }
        let usual = starts.into_iter().max_by_key(|(_, count)| *count);
        usual.map_or(self.policy.handover_minute, |(minute, _)| minute)
    }

    fn day_span(&self, day: NaiveDate) -> Option<Span> {
        let handover = self.handover_minute();
        let at = |day: NaiveDate| {
            let civil = clock_of(day, handover);
            self.policy.zone.moment(civil)
        };
        Span::new(at(day), at(day.succ_opt()?))
    }

    /// Who has which post on `day`, units with a gap first. `None` while nothing is in force.
    #[must_use]
    pub fn day_posts(&self, day: NaiveDate, gaps: &[GapAhead]) -> Option<DayPosts> {
        let (_, roster) = self.in_force()?;
        let span = self.day_span(day)?;
        let mut units: Vec<UnitDay> = roster
            .units()
            .into_iter()
            .map(|unit| {
                let of_unit = gaps.iter().filter(|gap| gap.line.unit == unit);
                let gaps = of_unit.filter_map(|gap| {
                    let span = gap.line.span.meet(&span)?;
                    let line = gap.line.clone();
                    Some(GapLine { span, ..line })
                });
                UnitDay {
                    unit: unit.to_owned(),
                    leaders: bars(roster, unit, span, leads),
                    officers: bars(roster, unit, span, |role| {
                        !leads(role) && role != Role::Standby
                    }),
                    gaps: gaps.collect(),
                }
            })
            .collect();
        units.sort_by_key(|unit| match unit.gaps.as_slice() {
            [] => 2,
            gaps if gaps.iter().all(|gap| leads(gap.role)) => 1,
            _ => 0,
        });
        Some(DayPosts { day, span, units })
    }
}

impl UnitDay {
    /// Whether somebody is there all day, and no gap is known.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        self.gaps.is_empty()
    }
}

/// Whether a role leads others.
#[must_use]
pub fn leads(role: Role) -> bool {
    matches!(role, Role::DutyLeader | Role::ChiefLeader | Role::Principal)
}

fn last_of(period: Period) -> Moment {
    period.end() - TimeDelta::milliseconds(1)
}

fn rostered(roster: &Roster, now: Moment) -> Rostered {
    let manning = on_duty(roster, now).filter(|on| !leads(on.post.role));
    let manning = manning.filter(|on| on.post.role != Role::Standby);
    let units: BTreeSet<&str> = manning.map(|on| on.post.unit.as_str()).collect();
    Rostered {
        units: number(units.len()),
        of: number(roster.units().len()),
    }
}

fn people_of(roster: &Roster, gap: &GapLine, is_beside: impl Fn(Span) -> bool) -> Vec<String> {
    let shifts = roster.shifts.iter().filter(|shift| {
        let post = roster.post(shift);
        post.unit == gap.unit && post.name == gap.post && is_beside(shift.span)
    });
    let people = shifts.flat_map(|shift| shift.people.iter());
    people.map(|person| person.name.clone()).collect()
}

fn bars(roster: &Roster, unit: &str, day: Span, is_of: impl Fn(Role) -> bool) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    let shifts = roster.shifts.iter().filter(|shift| {
        let post = roster.post(shift);
        post.unit == unit && is_of(post.role)
    });
    for shift in shifts {
        let Some(span) = shift.span.meet(&day) else {
            continue;
        };
        let names = shift.people.iter().map(|person| person.name.clone());
        match bars.iter_mut().find(|bar| bar.span == span) {
            Some(bar) => bar.names.extend(names),
            None => bars.push(Bar {
                span,
                names: names.collect(),
            }),
        }
    }
    bars.retain(|bar| !bar.names.is_empty());
    bars.sort_by_key(|bar| bar.span);
    bars
}

fn urgency(check: &Check) -> (u8, bool) {
    let rank = match check.state.outcome() {
        Some(Outcome::NoAnswer { .. }) => 0,
        Some(Outcome::Undeliverable { .. }) => 1,
        Some(Outcome::Late { .. }) => 2,
        Some(Outcome::Void { .. }) => 3,
        None => 4,
        Some(Outcome::Present { .. }) => 5,
    };
    (rank, check.follow_up.ruling().is_some())
}

impl RoundBoard {
    /// How many were asked.
    #[must_use]
    pub fn total(&self) -> u32 {
        number(self.checks.len())
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
