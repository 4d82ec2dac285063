//! The units a circular speaks of are asked before it goes out: is it so, or is there something
//! to say?

use super::{
    CircularPress, CircularSay, Proceeding, Questioned, Stage, UnitAnswer, UnitHeard, name_of,
    number, open_one, put, say, show,
};
use crate::decide::draft::Draft;
use crate::decide::statements::Words;
use crate::decide::{AccountId, Heard, Say, Slot, Toast, Urgency};
use crate::journal::Deed;
use crate::spotcheck::Attachment;
use crate::time::TimeDelta;

/// The longest statement that is kept.
const MOST_WORDS: usize = 500;

/// Every unit that has not been asked of this is asked now.
pub(super) fn asked(draft: &mut Draft<'_>, clerk: AccountId, mut proceeding: Proceeding) {
    let concerned: Vec<String> = proceeding
        .facts
        .concerned()
        .into_iter()
        .map(str::to_owned)
        .collect();
    if concerned.is_empty() {
        say(draft, clerk, CircularSay::NobodyToAsk);
        return;
    }
    proceeding.asked.get_or_insert(draft.now);
    let mut news = Vec::new();
    for unit in concerned {
        if proceeding.units.iter().any(|known| known.unit == unit) {
            continue;
        }
        let speakers = draft.world.speakers(&unit);
        let asked: Vec<AccountId> = speakers.iter().map(|account| account.id).collect();
        news.push(proceeding.units.len());
        proceeding.units.push(Questioned {
            unit,
            asked,
            answer: None,
            writing: None,
        });
    }
    for place in &news {
        question(draft, &proceeding, *place);
    }
    draft.note(Deed::CircularUnitsAsked {
        circular: proceeding.id.0,
        account: clerk.0,
        units: proceeding
            .units
            .iter()
            .map(|unit| unit.unit.clone())
            .collect(),
    });
    tell_office(draft, &proceeding);
    put(draft, proceeding);
}

/// Each of a unit's people has the question, or what was answered to it.
fn question(draft: &mut Draft<'_>, proceeding: &Proceeding, place: usize) {
    let (Some(unit), Some(until)) = (proceeding.units.get(place), proceeding.until()) else {
        return;
    };
    let place = u16::try_from(place).unwrap_or(u16::MAX);
    let facts = &proceeding.facts;
    let gaps = facts.gaps.iter().filter(|gap| gap.unit == unit.unit);
    let findings = facts.findings.iter().filter(|f| f.unit == unit.unit);
    let said = CircularSay::Question {
        circular: proceeding.id,
        place,
        unit: unit.unit.clone(),
        gaps: gaps.cloned().collect(),
        findings: findings.cloned().collect(),
        until,
        answer: unit.answer.clone(),
    };
    for account in &unit.asked {
        let slot = Slot::CircularUnit(proceeding.id, place);
        show(draft, *account, slot, said.clone());
    }
}

/// A unit's button.
pub(super) fn answered(
    draft: &mut Draft<'_>,
    heard: &Heard,
    mut proceeding: Proceeding,
    place: u16,
    press: CircularPress,
) -> Toast {
    let account = heard.account;
    let mut place = usize::from(place);
    if proceeding.stage == Stage::Superseded {
        // The question went with the draft before; what it asks is still to be answered.
        let Some(found) = taken_over(draft, &proceeding, place) else {
            return Toast::Outdated;
        };
        (proceeding, place) = found;
    }
    let Some(unit) = proceeding.units.get_mut(place) else {
        return Toast::Outdated;
    };
    if !unit.asked.contains(&account) {
        return Toast::NotYours;
    }
    if !matches!(proceeding.stage, Stage::Draft | Stage::Submitted { .. }) {
        return Toast::Outdated;
    }
    if matches!(press, CircularPress::Explain(_)) {
        unit.writing = Some(account);
        let unit = unit.unit.clone();
        say(draft, account, CircularSay::StatementAsked { unit });
        put(draft, proceeding);
        return Toast::Done;
    }
    took(draft, account, proceeding, place, None);
    Toast::Noted
}

/// The open draft that says the same of the unit, and the unit's place in it.
fn taken_over(draft: &Draft<'_>, before: &Proceeding, place: usize) -> Option<(Proceeding, usize)> {
    let unit = &before.units.get(place)?.unit;
    let open = open_one(draft.world)?;
    let place = open.units.iter().position(|known| known.unit == *unit)?;
    let same = open.facts.says_the_same_of(unit, &before.facts);
    same.then(|| (open.clone(), place))
}

/// A text while a unit's statement is awaited.
pub(in crate::decide) fn written(draft: &mut Draft<'_>, heard: &Heard, text: &str) -> Words {
    let account = heard.account;
    let awaiting = |unit: &Questioned| unit.writing == Some(account);
    let mut open = draft.world.proceedings.values().filter(|p| p.is_open());
    let Some(proceeding) = open.rfind(|p| p.units.iter().any(awaiting)).cloned() else {
        return Words::Unclaimed;
    };
    let Some(place) = proceeding.units.iter().position(awaiting) else {
        return Words::Unclaimed;
    };
    let words: String = text.trim().chars().take(MOST_WORDS).collect();
    if words.is_empty() {
        return Words::Unclaimed;
    }
    // Words that follow a photo belong to it.
    let before = proceeding
        .units
        .get(place)
        .and_then(|unit| unit.answer.as_ref());
    let shown = before.filter(|answer| answer.by == account && answer.words.as_deref() == Some(""));
    let attachments = shown.map_or_else(Vec::new, |answer| answer.attachments.clone());
    let said = Statement { words, attachments };
    took(draft, account, proceeding, place, Some(said));
    Words::Taken
}

/// How long after a statement more photos still belong to it: an album comes one by one.
const ALBUM_PATIENCE: TimeDelta = TimeDelta::minutes(10);
/// How many photos and voice messages one statement has at most.
const MOST_ATTACHMENTS: usize = 10;

/// A photo or a voice message while a unit's statement is awaited, or soon after one came.
pub(in crate::decide) fn shown(
    draft: &mut Draft<'_>,
    heard: &Heard,
    attachment: &Attachment,
    caption: &str,
) -> Words {
    let (account, now) = (heard.account, draft.now);
    let is_fresh = |answer: &UnitAnswer| {
        answer.by == account && answer.words.is_some() && now - answer.at < ALBUM_PATIENCE
    };
    let belongs = |unit: &Questioned| {
        unit.writing == Some(account) || unit.answer.as_ref().is_some_and(is_fresh)
    };
    let mut open = draft.world.proceedings.values().filter(|p| p.is_open());
    let found = open.rfind(|p| p.units.iter().any(belongs)).cloned();
    let place = found
        .as_ref()
        .and_then(|p| p.units.iter().position(belongs));
    let (Some(proceeding), Some(place)) = (found, place) else {
        return Words::Unclaimed;
    };
    let before = proceeding
        .units
        .get(place)
        .and_then(|unit| unit.answer.clone());
    let before = before.filter(is_fresh);
    let mut words = before
        .as_ref()
        .and_then(|b| b.words.clone())
        .unwrap_or_default();
    if words.is_empty() {
        words = caption.trim().chars().take(MOST_WORDS).collect();
    }
    let mut attachments = before.map_or_else(Vec::new, |before| before.attachments);
    if attachments.len() < MOST_ATTACHMENTS {
        attachments.push(attachment.clone());
    }
    let said = Statement { words, attachments };
    took(draft, account, proceeding, place, Some(said));
    Words::Taken
}

/// What a unit has to say.
struct Statement {
    words: String,
    attachments: Vec<Attachment>,
}

/// Forgets that a statement is awaited from this account.
pub(in crate::decide) fn forget(draft: &mut Draft<'_>, account: AccountId) {
    let waits = |unit: &Questioned| unit.writing == Some(account);
    let open = draft.world.proceedings.values();
    let open = open.filter(|p| p.is_open() && p.units.iter().any(waits));
    let open: Vec<Proceeding> = open.cloned().collect();
    for mut proceeding in open {
        for unit in proceeding.units.iter_mut().filter(|unit| waits(unit)) {
            unit.writing = None;
        }
        put(draft, proceeding);
    }
}

fn took(
    draft: &mut Draft<'_>,
    account: AccountId,
    mut proceeding: Proceeding,
    place: usize,
    said: Option<Statement>,
) {
    let name = name_of(draft, account);
    let (words, attachments) = match said {
        Some(said) => (Some(said.words), said.attachments),
        None => (None, Vec::new()),
    };
    let answer = UnitAnswer {
        by: account,
        name: name.clone(),
        at: draft.now,
        words: words.clone(),
        attachments: attachments.clone(),
    };
    let Some(unit) = proceeding.units.get_mut(place) else {
        return;
    };
    unit.answer = Some(answer);
    // A photo alone may be followed by its words.
    unit.writing = (words.as_deref() == Some("")).then_some(account);
    draft.note(Deed::CircularUnitAnswered {
        circular: proceeding.id.0,
        account: account.0,
        name,
        unit: unit.unit.clone(),
        words,
        attachments,
    });
    question(draft, &proceeding, place);
    tell_office(draft, &proceeding);
    put(draft, proceeding);
}

/// The drafter sees the answers as they come: one message, and a new one once all are there.
fn tell_office(draft: &mut Draft<'_>, proceeding: &Proceeding) {
    let Some(until) = proceeding.until() else {
        return;
    };
    let said = CircularSay::UnitsHeard {
        circular: proceeding.id,
        units: heard(proceeding),
        until,
    };
    let answered = proceeding.units.iter().any(|unit| unit.answer.is_some());
    if answered && proceeding.unanswered().next().is_none() {
        draft.withdraw(Slot::CircularUnits(proceeding.id));
        say(draft, proceeding.by, said);
        return;
    }
    show(
        draft,
        proceeding.by,
        Slot::CircularUnits(proceeding.id),
        said,
    );
}

/// The time is over, and some have not answered.
pub(super) fn overdue(draft: &mut Draft<'_>, mut proceeding: Proceeding) {
    proceeding.overdue_told = Some(draft.now);
    if let Some(until) = proceeding.until() {
        let said = CircularSay::UnitsHeard {
            circular: proceeding.id,
            units: heard(&proceeding),
            until,
        };
        let said = Say::Circular(Box::new(said));
        draft.say(proceeding.by, Urgency::Report, said);
    }
    put(draft, proceeding);
}

/// What each unit said, with where it can be changed.
pub(super) fn heard(proceeding: &Proceeding) -> Vec<UnitHeard> {
    let facts = &proceeding.facts;
    let units = proceeding.units.iter();
    units
        .map(|unit| {
            let gaps = facts.gaps.iter().enumerate();
            let gaps = gaps.filter(|(_, gap)| gap.unit == unit.unit);
            let findings = facts.findings.iter().filter(|f| f.unit == unit.unit);
            UnitHeard {
                unit: unit.unit.clone(),
                asked: unit.asked.clone(),
                answer: unit.answer.clone(),
                gaps: gaps.filter_map(|(at, _)| u16::try_from(at).ok()).collect(),
                checks: findings.map(|finding| finding.check).collect(),
            }
        })
        .collect()
}

/// Whether every unit it speaks of has been asked.
pub(super) fn all_asked(proceeding: &Proceeding) -> bool {
    let concerned = number(proceeding.facts.concerned().len());
    concerned == 0 || (proceeding.asked.is_some() && number(proceeding.units.len()) >= concerned)
}
