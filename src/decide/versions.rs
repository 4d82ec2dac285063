//! Versions of the roster: the newest stands, every older one can be brought back as a version of
//! its own, and what each changed can be asked for. What was asked of anybody before stays as it
//! was asked.

use std::mem::take;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::binding::bind_the_waiting;
use super::draft::Draft;
use super::gaps::is_ahead;
use super::liaisons::part;
use super::{
    AccountId, GapLine, Heard, Policy, Record, Say, Slot, Toast, UploadState, Urgency, Version,
    World,
};
use crate::coverage::{Hole, demand, holes};
use crate::duty::members;
use crate::journal::Deed;
use crate::review::judged_period;
use crate::roster::Roster;
use crate::time::Moment;
use crate::versions::{Difference, difference, gaps_beyond};

/// How many changes stand in one message, and how many messages there are at most.
const CHANGES_A_PAGE: usize = 15;
const PAGES: usize = 5;
/// How many versions the list shows.
const VERSIONS_SHOWN: usize = 8;

/// What changes where one roster takes another's place, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// The version it is measured against.
    pub against: u32,
    pub shifts: u32,
    pub newcomers: u32,
    pub gone: u32,
    pub renumbered: u32,
    /// Gaps only the newer has, and only the older had, the nearest first; at most
    /// [`Changed::SHOWN`] each.
    pub opened: Vec<GapLine>,
    pub opened_count: u32,
    pub closed: Vec<GapLine>,
    pub closed_count: u32,
}

impl Changed {
    pub const SHOWN: usize = 3;

    /// Nothing that anybody would notice.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let counts = [self.shifts, self.newcomers, self.gone, self.renumbered];
        counts == [0; 4] && self.opened_count == 0 && self.closed_count == 0
    }
}

/// Who sent the roster of these units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentBy {
    pub name: String,
    pub units: Vec<String>,
    pub file_name: String,
}

/// One version in the list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionLine {
    pub number: u32,
    pub since: Moment,
    /// The account that put it in force, by its own name.
    pub by: String,
    pub file_name: Option<String>,
    pub restores: Option<u32>,
}

/// One roster beside another.
pub(super) struct Compared {
    pub difference: Difference,
    /// Gaps that only the newer has, the nearest first.
    pub opened: Vec<GapLine>,
    /// Gaps that only the older had.
    pub closed: Vec<GapLine>,
}

/// `after` beside `before`, over the period of `after`, as seen at `now`.
pub(super) fn compared(before: &Roster, after: &Roster, policy: &Policy, now: Moment) -> Compared {
    let difference = difference(before, after);
    let (Some(period), _) = judged_period(after, policy.period, policy.zone) else {
        return Compared {
            difference,
            opened: Vec::new(),
            closed: Vec::new(),
        };
    };
    let of = |roster: &Roster| holes(&demand(roster, period, &policy.units), roster);
    let (was, is) = (of(before), of(after));
    let told = |gaps: Vec<Hole>| {
        let ahead = gaps.iter().filter(|gap| is_ahead(gap, period, now));
        let mut lines: Vec<GapLine> = ahead.map(GapLine::of).collect();
        lines.sort_by(|a, b| (a.span, &a.unit, &a.post).cmp(&(b.span, &b.unit, &b.post)));
        lines
    };
    Compared {
        difference,
        opened: told(gaps_beyond(&is, &was)),
        closed: told(gaps_beyond(&was, &is)),
    }
}

impl Compared {
    /// `against` is the older one's version.
    pub fn counted(self, against: u32) -> Changed {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let mut changed = Changed {
            against,
            shifts: number(self.difference.amendments.len()),
            newcomers: number(self.difference.newcomers.len()),
            gone: number(self.difference.gone.len()),
            renumbered: number(self.difference.renumbered.len()),
            opened_count: number(self.opened.len()),
            closed_count: number(self.closed.len()),
            opened: self.opened,
            closed: self.closed,
        };
        changed.opened.truncate(Changed::SHOWN);
        changed.closed.truncate(Changed::SHOWN);
        changed
    }
}

/// The number of the version to come.
pub(super) fn next_number(world: &World) -> u32 {
    world.given.version + 1
}

/// `version` stands from now on, and who put it in force is told what that changed.
pub(super) fn begin(draft: &mut Draft<'_>, version: Version, roster: &Arc<Roster>) {
    let before = draft.world.rostered();
    let changed = before.map(|(older, standing)| {
        compared(standing, roster, &draft.world.policy, draft.now).counted(older.number)
    });
    // Who waited for a roster that names them is bound before the others are counted.
    bind_the_waiting(draft, roster);
    let unbound = members(roster)
        .iter()
        .filter(|member| !draft.is_bound(member))
        .count();
    let to = version.by;
    let mut say = Say::PutInForce {
        version: version.number,
        replaced: before.map(|(older, _)| older.number),
        units: number(roster.units().len()),
        shifts: number(roster.shifts.len()),
        unbound: number(unbound),
        restores: version.restores,
        changed: changed.clone().map(Box::new),
        sent_by: None,
    };
    if version.restores.is_some() {
        draft.say(to, Urgency::Report, say);
    } else if draft.is_clerk(to) {
        draft.show(to, Urgency::Report, Slot::Upload(version.upload), say);
    } else {
        let sent = sent_by(draft, &version);
        let own = part(roster, &sent.units);
        let mut people = members(&own);
        people.retain(|member| !draft.is_bound(member));
        let told = Say::UnitInForce {
            version: version.number,
            units: sent.units.clone(),
            shifts: number(own.shifts.len()),
            unbound: number(people.len()),
            changed: changed.map(Box::new),
        };
        draft.show(to, Urgency::Report, Slot::Upload(version.upload), told);
        if let Say::PutInForce { sent_by, .. } = &mut say {
            *sent_by = Some(sent);
        }
        let clerks: Vec<AccountId> = draft.world.clerks().map(|clerk| clerk.id).collect();
        for clerk in clerks {
            draft.say(clerk, Urgency::Report, say.clone());
        }
    }
    draft.put(Record::Version(version));
}

/// Who sent what came into force, and for which units.
fn sent_by(draft: &Draft<'_>, version: &Version) -> SentBy {
    let world = draft.world;
    let upload = world.uploads.get(&version.upload);
    let read = upload.and_then(|upload| match upload.state {
        UploadState::Read { roster } => world.rosters.get(&roster),
        _ => None,
    });
    let units = read.map_or_else(Vec::new, |roster| roster.units());
    let account = draft.account(version.by);
    let bound = account.and_then(|account| account.bound.as_ref());
    let name = bound
        .map(|bound| &bound.name)
        .filter(|name| !name.is_empty());
    let name = name.or(account.map(|account| &account.name));
    SentBy {
        name: name.cloned().unwrap_or_default(),
        units: units.into_iter().map(str::to_owned).collect(),
        file_name: upload.map_or_else(String::new, |upload| upload.file_name.clone()),
    }
}

/// Whether `account` put this version in force.
pub(super) fn is_of(draft: &Draft<'_>, number: u32, account: AccountId) -> bool {
    let version = draft.world.versions.get(&number);
    version.is_some_and(|version| version.by == account)
}

/// The roster of `number` is in force again, unless another than `instead_of` has come to stand.
pub(super) fn restored(
    draft: &mut Draft<'_>,
    heard: &Heard,
    number: u32,
    instead_of: u32,
    query: String,
) {
    let world = draft.world;
    let standing = world.in_force().map(|(version, _)| version.number);
    let older = world.versions.get(&number);
    let found = older.and_then(|older| Some((older, world.rosters.get(&older.roster)?)));
    let (Some((older, roster)), true) = (found, standing == Some(instead_of)) else {
        toast(draft, heard.account, query, Toast::Outdated);
        return;
    };
    let next = next_number(world);
    draft.note(Deed::RosterRestored {
        account: heard.account.0,
        version: next,
        restored: number,
    });
    toast(draft, heard.account, query, Toast::Done);
    let version = Version {
        number: next,
        since: draft.now,
        by: heard.account,
        restores: Some(number),
        ..older.clone()
    };
    begin(draft, version, roster);
    let sender = world.versions.get(&instead_of).map(|undone| undone.by);
    if let Some(sender) = sender.filter(|sender| *sender != heard.account) {
        let say = Say::SetBack {
            version: instead_of,
            restored: number,
        };
        draft.say(sender, Urgency::Report, say);
    }
}

/// What version `number` changed, over as many messages as it takes.
pub(super) fn tell_changes(draft: &mut Draft<'_>, to: AccountId, number: u32) {
    let world = draft.world;
    let roster = |number: u32| {
        let version = world.versions.get(&number)?;
        world.rosters.get(&version.roster)
    };
    let older = number.checked_sub(1).and_then(roster);
    let (Some(before), Some(after)) = (older, roster(number)) else {
        draft.say(to, Urgency::Report, Say::NoRoster);
        return;
    };
    let Compared {
        difference,
        mut opened,
        mut closed,
    } = compared(before, after, &world.policy, draft.now);
    opened.truncate(Changed::SHOWN);
    closed.truncate(Changed::SHOWN);
    let Difference {
        amendments,
        mut newcomers,
        mut gone,
        mut renumbered,
    } = difference;
    let pages = amendments.chunks(CHANGES_A_PAGE).len().clamp(1, PAGES);
    let left_out = amendments.len().saturating_sub(pages * CHANGES_A_PAGE);
    let mut chunks = amendments.chunks(CHANGES_A_PAGE);
    for page in 1..=pages {
        // People and gaps stand on the first page alone.
        let say = Say::Changes {
            version: number,
            difference: Box::new(Difference {
                amendments: chunks.next().unwrap_or_default().to_vec(),
                newcomers: take(&mut newcomers),
                gone: take(&mut gone),
                renumbered: take(&mut renumbered),
            }),
            opened: take(&mut opened),
            closed: take(&mut closed),
            page: self::number(page),
            pages: self::number(pages),
            left_out: if page == pages {
                self::number(left_out)
            } else {
                0
            },
        };
        draft.say(to, Urgency::Report, say);
    }
}

/// The latest versions, each with what it changed and the way back to it.
pub(super) fn tell_versions(draft: &mut Draft<'_>, heard: &Heard) {
    let world = draft.world;
    let latest = world.versions.values().rev().take(VERSIONS_SHOWN);
    let lines: Vec<VersionLine> = latest
        .map(|version| VersionLine {
            number: version.number,
            since: version.since,
            by: world
                .accounts
                .get(&version.by)
                .map_or_else(String::new, |account| account.name.clone()),
            file_name: world
                .uploads
                .get(&version.upload)
                .map(|upload| upload.file_name.clone()),
            restores: version.restores,
        })
        .collect();
    let say = if lines.is_empty() {
        Say::NoRoster
    } else {
        Say::Versions(lines)
    };
    draft.say(heard.account, Urgency::Report, say);
}

fn toast(draft: &mut Draft<'_>, to: AccountId, query: String, toast: Toast) {
    draft.say(to, Urgency::Receipt, Say::Toast { query, toast });
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
