//! What is uncovered, and who is on: the clerk's questions to the roster in force.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::{
    GapLine, GapPicture, GapReport, Heard, OnDuty, Policy, Say, Unlinked, Urgency, Way, World,
};
use crate::coverage::{CoverageMap, Hole, HoleClass, coverage_map, demand, holes};
use crate::duty::{Member, members};
use crate::review::judged_period;
use crate::roster::{Role, Roster};
use crate::time::{Moment, Period};

/// How many units, or people, stand in one message.
const UNITS_A_PAGE: usize = 20;
const PEOPLE_A_PAGE: usize = 15;

/// What of the period is still uncovered at `now`; all of it where the period is over or not yet
/// begun.
#[must_use]
pub fn gap_report(roster: &Roster, policy: &Policy, now: Moment) -> GapReport {
    let (Some(period), _) = judged_period(roster, policy.period, policy.zone) else {
        return GapReport::default();
    };
    let found = holes(&demand(roster, period, &policy.units), roster);
    let ahead = |hole: &&Hole| is_ahead(hole, period, now);
    let of_class = |class: HoleClass| found.iter().filter(move |h| h.class == class).filter(ahead);

    let mut officers: Vec<GapLine> = Vec::new();
    let mut leaders: Vec<GapLine> = Vec::new();
    for hole in of_class(HoleClass::Gap) {
        let line = GapLine::of(hole);
        match hole.role {
            Role::DutyLeader | Role::ChiefLeader | Role::Principal => leaders.push(line),
            _ => officers.push(line),
        }
    }
    officers.sort_by(|a, b| (a.span, &a.unit).cmp(&(b.span, &b.unit)));
    leaders.sort_by(|a, b| (a.span, &a.unit).cmp(&(b.span, &b.unit)));

    let silent = missing_from(roster, policy);
    let gap_units: BTreeSet<&str> = officers
        .iter()
        .chain(&leaders)
        .map(|line| line.unit.as_str())
        .collect();
    let gap_units = number(gap_units.len());
    let units = roster.units();
    let troubled = |unit: &&&str| {
        let of_unit = |line: &GapLine| line.unit == ***unit;
        officers.iter().chain(&leaders).any(of_unit)
    };
    let fine = units.len() - units.iter().filter(troubled).count();
    let led: BTreeSet<&str> = roster
        .posts
        .iter()
        .filter(|post| post.role == Role::DutyLeader)
        .map(|post| post.unit.as_str())
        .collect();
    let minutes: i64 = officers.iter().map(|g| g.span.length().num_minutes()).sum();
    let mut report = GapReport {
        now: Some(now),
        period: Some(period),
        gap_count: number(officers.len()),
        gap_minutes: u64::try_from(minutes).unwrap_or(0),
        leader_gap_count: number(leaders.len()),
        gaps: officers,
        leader_gaps: leaders,
        not_submitted_count: number(silent.len()),
        not_submitted: silent,
        gap_units,
        cannot_read: number(of_class(HoleClass::CannotRead).count()),
        units: number(units.len()),
        units_fine: number(fine),
        units_led: number(led.len()),
    };
    report.gaps.truncate(GapReport::SHOWN);
    report.leader_gaps.truncate(GapReport::SHOWN);
    report.not_submitted.truncate(GapReport::SHOWN);
    report
}

/// Units that should have sent a roster and are not in the one in force.
pub(super) fn not_submitted(world: &World) -> Vec<String> {
    let standing = world.in_force();
    standing.map_or_else(
        || missing_from(&Roster::default(), &world.policy),
        |(_, roster)| missing_from(roster, &world.policy),
    )
}

/// Units on the list, or named by the roster itself as silent, that `roster` has no post of.
pub(super) fn missing_from(roster: &Roster, policy: &Policy) -> Vec<String> {
    let here: BTreeSet<&str> = roster.units().into_iter().collect();
    let listed = policy.units.iter().map(|entry| &entry.unit);
    let mut seen = BTreeSet::new();
    listed
        .chain(&roster.not_submitted)
        .filter(|unit| !here.contains(unit.as_str()) && seen.insert(unit.as_str()))
        .cloned()
        .collect()
}

/// Every gap that lies ahead, by unit: the unit with the nearest one first.
pub(super) fn gap_lines_by_unit(
    roster: &Roster,
    policy: &Policy,
    now: Moment,
) -> Vec<(String, Vec<GapLine>)> {
    let (Some(period), _) = judged_period(roster, policy.period, policy.zone) else {
        return Vec::new();
    };
    let found = holes(&demand(roster, period, &policy.units), roster);
    let mut lines: Vec<GapLine> = found
        .iter()
        .filter(|hole| hole.class == HoleClass::Gap && is_ahead(hole, period, now))
        .map(GapLine::of)
        .collect();
    lines.sort_by(|a, b| (a.span, &a.unit).cmp(&(b.span, &b.unit)));
    let mut by_unit: Vec<(String, Vec<GapLine>)> = Vec::new();
    for line in lines {
        match by_unit.iter_mut().find(|(unit, _)| *unit == line.unit) {
            Some((_, gaps)) => gaps.push(line),
            None => by_unit.push((line.unit.clone(), vec![line])),
        }
    }
    by_unit
}

impl GapLine {
    pub(super) fn of(hole: &Hole) -> Self {
        Self {
            unit: hole.unit.clone(),
            post: hole.post.clone(),
            role: hole.role,
            span: hole.span,
            needed: hole.needed,
            present: hole.present,
        }
    }
}

/// Whether anybody can still do something about it, or the period is not running.
pub(super) fn is_ahead(hole: &Hole, period: Period, now: Moment) -> bool {
    !period.contains(now) || hole.span.end() > now
}

/// So many pictures go out at once; what stands on no page is in the workbook.
const PAGES_SENT: usize = 4;

pub(super) fn tell_gaps(draft: &mut Draft<'_>, heard: &Heard) {
    let (policy, now) = (&draft.world.policy, draft.now);
    let Some((version, roster)) = draft.world.in_force() else {
        let say = nothing_in_force(draft);
        draft.say(heard.account, Urgency::Report, say);
        return;
    };
    let report = gap_report(roster, policy, now);
    let Some(map) = map_of(roster, policy, now) else {
        draft.say(heard.account, Urgency::Report, Say::Gaps(report));
        return;
    };
    let version = version.number;
    let pages = map.pages().min(PAGES_SENT);
    for page in 1..=pages {
        let picture = GapPicture {
            version,
            map: map.clone(),
            page,
            pages,
            report: report.clone(),
        };
        draft.say(
            heard.account,
            Urgency::Report,
            Say::GapPicture(Box::new(picture)),
        );
    }
}

/// What of the roster is uncovered, to be drawn. `None` without a period to look at.
fn map_of(roster: &Roster, policy: &Policy, now: Moment) -> Option<CoverageMap> {
    let (period, _) = judged_period(roster, policy.period, policy.zone);
    let demand = demand(roster, period?, &policy.units);
    let found = holes(&demand, roster);
    Some(coverage_map(roster, &demand, &found, Some(now)))
}

/// What of the roster in force is uncovered.
#[must_use]
pub fn gap_map(world: &World, now: Moment) -> Option<CoverageMap> {
    let (_, roster) = world.in_force()?;
    map_of(roster, &world.policy, now)
}

/// The workbook of the gaps.
pub(super) fn tell_gap_sheet(draft: &mut Draft<'_>, heard: &Heard) {
    let map = gap_map(draft.world, draft.now);
    let say = map.map_or(Say::NoRoster, |map| Say::GapSheet(Box::new(map)));
    draft.say(heard.account, Urgency::Report, say);
}

/// What counts as a gap.
pub(super) fn tell_counting(draft: &mut Draft<'_>, heard: &Heard) {
    let policy = &draft.world.policy;
    let in_force = draft.world.in_force();
    let period =
        in_force.and_then(|(_, roster)| judged_period(roster, policy.period, policy.zone).0);
    let say = period.map_or(Say::NoRoster, |period| Say::GapsCounted { period });
    draft.say(heard.account, Urgency::Report, say);
}

fn nothing_in_force(draft: &Draft<'_>) -> Say {
    let mut units = not_submitted(draft.world);
    if units.is_empty() {
        return Say::NoRoster;
    }
    let total = number(units.len());
    units.truncate(GapReport::SHOWN);
    Say::NothingSubmitted { units, total }
}

/// Who is on duty now, as rostered; units with an empty post first.
/// Who is on duty now, after leave and swaps; units with an empty post first.
pub(super) fn tell_who(draft: &mut Draft<'_>, heard: &Heard) {
    let Some((version, roster)) = draft.world.in_force() else {
        draft.say(heard.account, Urgency::Report, Say::NoRoster);
        return;
    };
    let (version, now) = (version.number, draft.now);
    let mut units: Vec<OnDuty> = roster.units().into_iter().map(named).collect();
    for (index, post) in (0..).zip(&roster.posts) {
        let Some(unit) = units.iter_mut().find(|u| u.unit == post.unit) else {
            continue;
        };
        let on: Vec<String> = roster
            .shifts
            .iter()
            .filter(|s| s.post == index && s.span.contains(now))
            .flat_map(|s| s.people.iter().map(|p| p.name.clone()))
            .collect();
        match unit.posts.iter_mut().find(|(name, _)| *name == post.name) {
            Some((_, people)) => people.extend(on),
            None => unit.posts.push((post.name.clone(), on)),
        }
    }
    for amendment in draft.world.leaves.values().filter_map(|l| l.in_force()) {
        let at_now = amendment.1.replaced_at(now);
        let Some(unit) = units.iter_mut().find(|u| u.unit == amendment.1.turn.unit) else {
            continue;
        };
        let is_there = |name: &str| {
            unit.posts
                .iter()
                .any(|(_, on)| on.iter().any(|n| n == name))
        };
        let pair = at_now.filter(|(stand_in, _)| is_there(&stand_in.name));
        let pair = pair.map(|(stand_in, person)| (stand_in.name.clone(), person.name.clone()));
        unit.stand_ins.extend(pair);
    }
    units.sort_by_key(|u| u.posts.iter().all(|(_, people)| !people.is_empty()));
    let pages = units.chunks(UNITS_A_PAGE);
    let count = number(pages.len());
    for (page, units) in (1..).zip(pages) {
        let say = Say::Who {
            at: now,
            version,
            units: units.to_vec(),
            page,
            pages: count,
        };
        draft.say(heard.account, Urgency::Report, say);
    }
}

fn named(unit: &str) -> OnDuty {
    OnDuty {
        unit: unit.to_owned(),
        posts: Vec::new(),
        stand_ins: Vec::new(),
    }
}

/// Everybody on the roster with no account, and each one's own link.
pub(super) fn tell_unbound(draft: &mut Draft<'_>, heard: &Heard) {
    let world = draft.world;
    let Some((_, roster)) = world.rostered() else {
        draft.say(heard.account, Urgency::Report, Say::NoRoster);
        return;
    };
    let people: Vec<Unlinked> = members(roster)
        .iter()
        .filter(|m| {
            let account = world.account_of(&m.unit, &m.name, m.phone.as_ref());
            account.is_none()
        })
        .map(|m| unlinked(draft, m))
        .collect();
    let total = number(people.len());
    let pages = number(people.chunks(PEOPLE_A_PAGE).len()).max(1);
    let mut chunks = people.chunks(PEOPLE_A_PAGE);
    for page in 1..=pages {
        let say = Say::Unbound {
            people: chunks.next().unwrap_or_default().to_vec(),
            total,
            page,
            pages,
        };
        draft.say(heard.account, Urgency::Report, say);
    }
}

/// The link of the people of this name.
pub(super) fn tell_invitation(draft: &mut Draft<'_>, heard: &Heard, name: &str) {
    let people = draft.world.bindable();
    if people.is_empty() {
        draft.say(heard.account, Urgency::Report, Say::NoRoster);
        return;
    }
    let (bound, unbound): (Vec<Member>, Vec<Member>) = people
        .into_iter()
        .filter(|m| m.name == name || format!("{} {}", m.unit, m.name) == name)
        .partition(|m| {
            let account = draft.world.account_of(&m.unit, &m.name, m.phone.as_ref());
            account.is_some()
        });
    let say = match (unbound.as_slice(), bound.as_slice()) {
        ([], _) if name.is_empty() => Say::InviteWhom,
        ([], []) => Say::InviteUnknown {
            name: name.to_owned(),
        },
        ([], [member, ..]) => Say::InviteBound {
            unit: member.unit.clone(),
            name: member.name.clone(),
        },
        _ => Say::Unbound {
            people: unbound.iter().map(|m| invited(draft, m)).collect(),
            total: number(unbound.len()),
            page: 1,
            pages: 1,
        },
    };
    draft.say(heard.account, Urgency::Report, say);
}

/// Somebody who may have no Telegram at all.
fn invited(draft: &Draft<'_>, member: &Member) -> Unlinked {
    let world = draft.world;
    Unlinked {
        page: match world.pages_open(draft.now) {
            Way::Open => Some(world.own_links(member).page),
            Way::None => None,
        },
        ..unlinked(draft, member)
    }
}

pub(super) fn unlinked(draft: &Draft<'_>, member: &Member) -> Unlinked {
    Unlinked {
        unit: member.unit.clone(),
        name: member.name.clone(),
        phone: member.phone.clone(),
        payload: draft.world.bind_payload(member),
        bot: draft.world.bot.clone(),
        page: None,
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
