//! Roster files sent in the chat: fetched, read, shown to their sender, and put in force whole
//! or not at all.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;

use super::draft::Draft;
use super::form;
use super::gaps::{gap_report, missing_from};
use super::liaisons::{Outside, confined};
use super::versions;
use super::{
    Changed, Fetched, FileReport, FormTalk, GapReport, Heard, Record, RosterId, Say, Slot, Toast,
    Upload, UploadId, UploadState, Urgency, Version, World,
};
use crate::coverage::{demand, holes};
use crate::journal::Deed;
use crate::review;
use crate::roster::{Code, Limits, Reading, Roster, Severity, Shift};

/// After the n-th failed fetch, and for how many times.
const FETCH_AGAIN: TimeDelta = TimeDelta::seconds(5);
const FETCH_TRIES: u32 = 60;

/// A file in a clerk's private chat.
pub(super) fn received(
    draft: &mut Draft<'_>,
    heard: &Heard,
    file: &str,
    file_name: &str,
    bytes: u64,
) {
    let to = heard.account;
    let file_name = file_name.to_owned();
    if let Some(message) = heard.message {
        draft.say(to, Urgency::Receipt, Say::Seen { message });
    }
    if bytes > Limits::CHAT.bytes as u64 {
        draft.say(to, Urgency::Report, Say::FileTooLarge { file_name, bytes });
        return;
    }
    let id = UploadId(draft.world.given.upload + 1);
    draft.note(Deed::RosterReceived {
        account: to.0,
        upload: id.0,
        file_name: file_name.clone(),
    });
    draft.put(Record::Upload(Upload {
        id,
        by: to,
        at: draft.now,
        file: file.to_owned(),
        file_name: file_name.clone(),
        state: UploadState::Fetching {
            tries: 0,
            next: draft.now,
        },
        form: FormTalk::default(),
        told: None,
    }));
    if !file.is_empty() {
        let say = Say::ReadingFile { file_name };
        draft.show(to, Urgency::Report, Slot::Upload(id), say);
    }
}

/// The file was fetched and read, or could not be.
pub(super) fn fetched(draft: &mut Draft<'_>, id: UploadId, result: &Fetched) {
    let Some(upload) = draft.world.uploads.get(&id).cloned() else {
        return;
    };
    let (UploadState::Fetching { tries, .. } | UploadState::Again { tries, .. }) = upload.state
    else {
        return;
    };
    let mut upload = upload;
    let file_name = upload.file_name.clone();
    let (state, say) = match result {
        Fetched::Read(reading) => match form::taken_in(draft.world, &upload, reading) {
            form::Next::Again(talk) => {
                let state = form::again(form::roster_of(&upload.state), draft.now);
                draft.put(Record::Upload(Upload {
                    state,
                    form: talk,
                    ..upload
                }));
                return;
            }
            form::Next::Tell(talk) => {
                upload.form = talk;
                read(draft, &mut upload, reading)
            }
        },
        Fetched::Later if tries + 1 < FETCH_TRIES => {
            let (tries, next) = (tries + 1, draft.now + FETCH_AGAIN);
            let state = match upload.state {
                UploadState::Again { roster, .. } => UploadState::Again {
                    roster,
                    tries,
                    next,
                },
                _ => UploadState::Fetching { tries, next },
            };
            draft.put(Record::Upload(Upload { state, ..upload }));
            return;
        }
        Fetched::TooLarge => {
            let bytes = Limits::CHAT.bytes as u64;
            (UploadState::Refused, Say::FileTooLarge { file_name, bytes })
        }
        Fetched::Gone | Fetched::Later => (UploadState::Refused, Say::FileGone { file_name }),
    };
    if upload.is_of_desk() {
        let told = Some(Box::new(say));
        draft.put(Record::Upload(Upload {
            state,
            told,
            ..upload
        }));
        return;
    }
    let to = upload.by;
    draft.put(Record::Upload(Upload { state, ..upload }));
    draft.show(to, Urgency::Report, Slot::Upload(id), say);
}

fn read(draft: &mut Draft<'_>, upload: &mut Upload, reading: &Reading) -> (UploadState, Say) {
    let own = match confined_to_sender(draft, upload, &reading.roster) {
        Ok(own) => own,
        Err(say) => return (UploadState::Refused, *say),
    };
    let report = Box::new(report(draft, upload, &own, reading));
    let say = Say::FileRead {
        upload: upload.id,
        file_name: upload.file_name.clone(),
        report,
    };
    if own.shifts.is_empty() {
        return (UploadState::Refused, say);
    }
    // No version rests on a reading that was only shown.
    let roster = form::roster_of(&upload.state).unwrap_or_else(|| next_roster(draft.world));
    draft.put(Record::Roster(roster, Arc::new(own)));
    (UploadState::Read { roster }, say)
}

/// What was read, as far as its sender may send it: a clerk all of it, a liaison the own units.
fn confined_to_sender(
    draft: &mut Draft<'_>,
    upload: &Upload,
    read: &Roster,
) -> Result<Roster, Box<Say>> {
    if draft.is_clerk(upload.by) {
        return Ok(read.clone());
    }
    let own = draft.spoken_for(upload.by);
    if own.is_empty() {
        return Err(Box::new(Say::FileRefused));
    }
    let file_name = upload.file_name.clone();
    confined(read, &own).map_err(|outside| {
        Box::new(match outside {
            Outside::Names(others) => {
                draft.note(Deed::ForeignUnits {
                    account: upload.by.0,
                    upload: upload.id.0,
                });
                Say::OutsideUnits {
                    file_name,
                    own,
                    others,
                }
            }
            Outside::NamesNone => Say::WhichUnit { file_name, own },
        })
    })
}

fn report(
    draft: &Draft<'_>,
    upload: &mut Upload,
    roster: &Roster,
    reading: &Reading,
) -> FileReport {
    let (world, now) = (draft.world, draft.now);
    let (period, period_from) =
        review::judged_period(roster, world.policy.period, world.policy.zone);
    let mut findings = reading.findings.clone();
    if let Some(period) = period {
        let demand = demand(roster, period, &world.policy.units);
        let holes = holes(&demand, roster);
        findings.extend(review::review(&review::Facts {
            roster,
            demand: &demand,
            demand_from: review::DemandFrom::Roster,
            period_from,
            holes: &holes,
            units: &world.policy.units,
            zone: world.policy.zone,
            limits: review::Limits::default(),
        }));
    }
    let mut findings = review::suppressed(findings, &review::Selection::default(), roster).findings;
    let for_the_copy = findings.iter().take(FormTalk::FINDINGS_KEPT);
    upload.form.findings = for_the_copy.cloned().collect();
    // Uncovered time has its own part of the message.
    findings.retain(|f| {
        let is_told = f.severity() > Severity::Note || f.code == Code::H401;
        // Said once is enough: a file of which nothing could be read has that as its headline.
        is_told && f.code != Code::F318 && !f.code.id().starts_with('G')
    });
    findings.sort_by_key(|f| (std::cmp::Reverse(f.severity()), f.place));
    let errors = count(findings.iter().filter(|f| f.severity() == Severity::Error));
    let warnings = count(findings.iter()) - errors;
    // Whoever sends the own unit's file is told nothing of the others.
    let (silent, kept_units) = if draft.is_clerk(upload.by) {
        let next = world
            .rostered()
            .map(|(_, standing)| joined(standing, roster));
        let silent = missing_from(next.as_ref().unwrap_or(roster), &world.policy);
        (silent, kept_units(world, roster))
    } else {
        (Vec::new(), 0)
    };
    let unread: BTreeSet<u32> = roster.unread.iter().map(|u| u.place.row).collect();
    findings.truncate(FileReport::SHOWN);
    FileReport {
        units: count(roster.units().iter()),
        shifts: count(roster.shifts.iter()),
        errors,
        warnings,
        gaps: GapReport {
            not_submitted_count: count(silent.iter()),
            not_submitted: silent.into_iter().take(GapReport::SHOWN).collect(),
            ..gap_report(roster, &world.policy, now)
        },
        unread_rows: unread.into_iter().filter(|row| *row > 0).collect(),
        kept_units,
        changed: would_change(world, roster, now).map(Box::new),
        form: upload.form.report(reading, world),
        findings,
    }
}

/// What putting it in force would change.
fn would_change(world: &World, read: &Roster, now: crate::time::Moment) -> Option<Changed> {
    let (version, standing) = world.rostered()?;
    if read.shifts.is_empty() {
        return None;
    }
    let next = joined(standing, read);
    let compared = versions::compared(standing, &next, &world.policy, now);
    Some(compared.counted(version.number))
}

/// Its sender puts an upload in force.
pub(super) fn put_in_force(draft: &mut Draft<'_>, heard: &Heard, id: UploadId, query: String) {
    let to = heard.account;
    let Some(upload) = draft.world.uploads.get(&id).filter(|u| u.by == to).cloned() else {
        toast(draft, heard, query, Toast::NotYours);
        return;
    };
    let UploadState::Read { roster: read } = upload.state else {
        let toast_ = match upload.state {
            UploadState::InForce { .. } => Toast::Already,
            _ => Toast::Outdated,
        };
        toast(draft, heard, query, toast_);
        return;
    };
    let Some(own) = draft.world.rosters.get(&read).cloned() else {
        toast(draft, heard, query, Toast::Outdated);
        return;
    };
    let own_units = draft.spoken_for(to);
    let is_theirs = |unit: &&str| own_units.iter().any(|known| known == unit);
    if !draft.is_clerk(to) && !own.units().iter().all(is_theirs) {
        toast(draft, heard, query, Toast::NotYours);
        return;
    }
    let before = draft.world.rostered();
    let (roster_id, roster) = match before {
        Some((_, standing)) if kept_units(draft.world, &own) > 0 => {
            let joined = Arc::new(joined(standing, &own));
            let id = next_roster(draft.world);
            draft.put(Record::Roster(id, Arc::clone(&joined)));
            (id, joined)
        }
        _ => (read, own),
    };
    let number = versions::next_number(draft.world);
    draft.put(Record::Upload(Upload {
        state: UploadState::InForce { version: number },
        told: None,
        ..upload
    }));
    draft.note(Deed::RosterInForce {
        account: to.0,
        upload: id.0,
        version: number,
    });
    toast(draft, heard, query, Toast::Done);
    let version = Version {
        number,
        roster: roster_id,
        since: draft.now,
        by: to,
        upload: id,
        restores: None,
    };
    versions::begin(draft, version, &roster);
}

/// Its sender puts an upload aside.
pub(super) fn put_aside(draft: &mut Draft<'_>, heard: &Heard, id: UploadId, query: String) {
    let own = draft
        .world
        .uploads
        .get(&id)
        .filter(|u| u.by == heard.account);
    let Some(upload) = own.cloned() else {
        toast(draft, heard, query, Toast::NotYours);
        return;
    };
    if !matches!(upload.state, UploadState::Read { .. }) {
        toast(draft, heard, query, Toast::Outdated);
        return;
    }
    draft.note(Deed::RosterAside {
        account: heard.account.0,
        upload: id.0,
    });
    let say = Say::PutAside {
        file_name: upload.file_name.clone(),
    };
    draft.put(Record::Upload(Upload {
        state: UploadState::Aside,
        told: None,
        ..upload
    }));
    toast(draft, heard, query, Toast::Done);
    draft.show(heard.account, Urgency::Report, Slot::Upload(id), say);
}

fn toast(draft: &mut Draft<'_>, heard: &Heard, query: String, toast: Toast) {
    draft.say(heard.account, Urgency::Receipt, Say::Toast { query, toast });
}

/// The roster that stands once `newer` is in force: its units as it has them, every other unit
/// as it was. One unit's file must not empty its neighbours' posts.
fn joined(standing: &Roster, newer: &Roster) -> Roster {
    let replaced: BTreeSet<&str> = newer.units().into_iter().collect();
    let mut roster = newer.clone();
    let mut moved: Vec<Option<u32>> = Vec::with_capacity(standing.posts.len());
    for post in &standing.posts {
        let kept = !replaced.contains(post.unit.as_str());
        moved.push(
            kept.then_some(())
                .and_then(|()| u32::try_from(roster.posts.len()).ok()),
        );
        if kept {
            roster.posts.push(post.clone());
        }
    }
    let place_of = |post: u32| moved.get(post as usize).copied().flatten();
    for shift in &standing.shifts {
        if let Some(post) = place_of(shift.post) {
            roster.shifts.push(Shift {
                post,
                ..shift.clone()
            });
        }
    }
    for unread in &standing.unread {
        if let Some(post) = unread.post.and_then(place_of) {
            roster.unread.push(crate::roster::Unread {
                post: Some(post),
                ..unread.clone()
            });
        }
    }
    for (post, set) in &standing.declared {
        if let Some(post) = place_of(*post) {
            roster.declared.push((post, set.clone()));
        }
    }
    let kept = |unit: &str| !replaced.contains(unit);
    let lines = standing.duty_lines.iter().filter(|(unit, _)| kept(unit));
    roster.duty_lines.extend(lines.cloned());
    let silent = standing.not_submitted.iter().filter(|unit| kept(unit));
    roster.not_submitted.extend(silent.cloned());
    roster
}

fn kept_units(world: &World, newer: &Roster) -> u32 {
    let Some((_, standing)) = world.rostered() else {
        return 0;
    };
    let named: BTreeSet<&str> = newer.units().into_iter().collect();
    count(standing.units().iter().filter(|u| !named.contains(**u)))
}

fn next_roster(world: &World) -> RosterId {
    RosterId(world.given.roster + 1)
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}
