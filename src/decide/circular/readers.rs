//! Who gets a circular, who has read it, and what they hear when something in it proves wrong.

use super::{
    Approval, CircularSay, Correction, Proceeding, Reader, Stage, name_of, number, put, say, show,
};
use crate::decide::draft::Draft;
use crate::decide::{AccountId, Heard, Slot, Toast, World};
use crate::journal::Deed;
use crate::spotcheck::CheckId;

/// It goes to whoever speaks for a unit, and to the clerks.
pub(super) fn published(draft: &mut Draft<'_>, proceeding: Proceeding, approval: Approval) {
    let mut accounts: Vec<AccountId> = draft.world.clerks().map(|clerk| clerk.id).collect();
    for line in &proceeding.facts.units {
        let speakers = draft.world.speakers(&line.unit);
        accounts.extend(speakers.iter().map(|account| account.id));
    }
    accounts.sort_unstable();
    accounts.dedup();
    draft.note(Deed::CircularPublished {
        circular: proceeding.id.0,
        account: approval.by.0,
        name: approval.name.clone(),
        naming: proceeding.naming,
        findings: proceeding.facts.findings.iter().map(|f| f.check).collect(),
        readers: accounts.iter().map(|account| account.0).collect(),
    });
    for account in &accounts {
        let said = CircularSay::Published {
            circular: proceeding.id,
            covered: proceeding.facts.covered,
            by: approval.name.clone(),
            naming: proceeding.naming,
        };
        say(draft, *account, said);
    }
    let readers = accounts.into_iter().map(|account| Reader {
        account,
        read: None,
    });
    let published = Proceeding {
        readers: readers.collect(),
        stage: Stage::Published(approval),
        ..proceeding
    };
    tell_office(draft, &published);
    put(draft, published);
}

/// ⟦已阅⟧.
pub(super) fn read(draft: &mut Draft<'_>, heard: &Heard, mut proceeding: Proceeding) -> Toast {
    let mut readers = proceeding.readers.iter_mut();
    let Some(reader) = readers.find(|reader| reader.account == heard.account) else {
        return Toast::NotYours;
    };
    if reader.read.is_some() {
        return Toast::Already;
    }
    reader.read = Some(draft.now);
    draft.note(Deed::CircularRead {
        circular: proceeding.id.0,
        account: heard.account.0,
    });
    tell_office(draft, &proceeding);
    put(draft, proceeding);
    Toast::Noted
}

/// ⟦提醒未阅⟧.
pub(super) fn reminded(draft: &mut Draft<'_>, proceeding: &Proceeding) -> Toast {
    let unread = proceeding.readers.iter().filter(|r| r.read.is_none());
    let unread: Vec<AccountId> = unread.map(|reader| reader.account).collect();
    if proceeding.approval().is_none() || unread.is_empty() {
        return Toast::Outdated;
    }
    for account in unread {
        let said = CircularSay::Reminder {
            circular: proceeding.id,
            covered: proceeding.facts.covered,
        };
        // One message, however often it is asked for.
        show(draft, account, Slot::CircularReminder(proceeding.id), said);
    }
    Toast::Done
}

/// The drafter's one message about who has read it.
fn tell_office(draft: &mut Draft<'_>, proceeding: &Proceeding) {
    if let Some(said) = counted(draft.world, proceeding) {
        let slot = Slot::CircularReaders(proceeding.id);
        show(draft, proceeding.by, slot, said);
    }
}

/// Who has read it, once it is out.
pub(super) fn counted(world: &World, proceeding: &Proceeding) -> Option<CircularSay> {
    let approval = proceeding.approval()?;
    let readers = &proceeding.readers;
    let unread = readers.iter().filter(|reader| reader.read.is_none());
    let names = unread.map(|reader| world.name_of(reader.account));
    let unread: Vec<String> = names.collect();
    let units = proceeding.facts.units.iter().map(|line| &line.unit);
    let unreached = units.filter(|unit| world.speakers(unit).is_empty());
    Some(CircularSay::Readers {
        circular: proceeding.id,
        covered: proceeding.facts.covered,
        by: approval.name.clone(),
        read: number(readers.len() - unread.len()),
        total: number(readers.len()),
        unread: unread.into_iter().take(CircularSay::SHOWN).collect(),
        unreached: unreached.cloned().collect(),
    })
}

/// What holds no longer and waits for somebody's word.
pub(super) fn corrections_due(proceeding: &Proceeding) -> Vec<CircularSay> {
    let due = proceeding.corrections.iter().filter(|c| c.sent.is_none());
    let due = due.filter_map(|correction| {
        let mut findings = proceeding.facts.findings.iter();
        let finding = findings.find(|finding| finding.check == correction.check)?;
        Some(CircularSay::CorrectionDue {
            circular: proceeding.id,
            covered: proceeding.facts.covered,
            finding: finding.clone(),
        })
    });
    due.collect()
}

/// How it came that a finding holds no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::decide) enum Turn {
    /// A person found otherwise, and signs for it.
    Ruled(AccountId),
    /// The officer's own answer turned up: a person has to sign for the correction.
    Answered,
}

/// A finding against somebody holds no longer: where it was published, the readers hear so.
pub(in crate::decide) fn no_longer_stands(draft: &mut Draft<'_>, check: CheckId, turn: Turn) {
    let named = |proceeding: &&Proceeding| {
        let facts = &proceeding.facts;
        let corrections = &proceeding.corrections;
        proceeding.approval().is_some()
            && facts.findings.iter().any(|finding| finding.check == check)
            && !corrections
                .iter()
                .any(|c| c.check == check && c.sent.is_some())
    };
    let published = draft.world.proceedings.values().filter(named);
    let published: Vec<Proceeding> = published.cloned().collect();
    for mut proceeding in published {
        if let Turn::Ruled(account) = turn {
            let _ = corrected(draft, account, proceeding, check);
            continue;
        }
        let findings = proceeding.facts.findings.iter();
        let finding = findings.clone().find(|finding| finding.check == check);
        if let Some(finding) = finding.cloned() {
            let clerks: Vec<AccountId> = draft.world.clerks().map(|clerk| clerk.id).collect();
            for clerk in clerks {
                let said = CircularSay::CorrectionDue {
                    circular: proceeding.id,
                    covered: proceeding.facts.covered,
                    finding: finding.clone(),
                };
                say(draft, clerk, said);
            }
            proceeding
                .corrections
                .push(Correction { check, sent: None });
            put(draft, proceeding);
        }
    }
}

/// The correction goes to the same readers, on a clerk's word.
pub(super) fn corrected(
    draft: &mut Draft<'_>,
    clerk: AccountId,
    mut proceeding: Proceeding,
    check: CheckId,
) -> Toast {
    let findings = proceeding.facts.findings.iter();
    let finding = findings.clone().find(|finding| finding.check == check);
    let (Some(finding), Stage::Published(_)) = (finding.cloned(), &proceeding.stage) else {
        return Toast::Outdated;
    };
    let known = proceeding.corrections.iter().position(|c| c.check == check);
    let sent = known.and_then(|at| proceeding.corrections.get(at)?.sent.clone());
    if sent.is_some() {
        return Toast::Already;
    }
    let approval = Approval {
        by: clerk,
        name: name_of(draft, clerk),
        at: draft.now,
    };
    draft.note(Deed::CircularCorrected {
        circular: proceeding.id.0,
        check,
        account: clerk.0,
        name: approval.name.clone(),
    });
    for reader in &proceeding.readers {
        let said = CircularSay::Corrected {
            circular: Some(proceeding.id),
            covered: proceeding.facts.covered,
            check,
            finding: finding.clone(),
            naming: proceeding.naming,
            by: approval.name.clone(),
            at: draft.now,
        };
        say(draft, reader.account, said);
    }
    proceeding.corrections.retain(|c| c.check != check);
    proceeding.corrections.push(Correction {
        check,
        sent: Some(approval),
    });
    put(draft, proceeding);
    Toast::Done
}
