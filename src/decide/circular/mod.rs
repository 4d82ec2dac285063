//! The circular: drafted by a clerk from what is verified, put before the units it speaks of,
//! approved by a person by name, and read. Nothing leaves the office on the machine's word.

mod approval;
mod facts;
mod readers;
mod record;
mod say;
mod stands;
#[cfg(test)]
mod tests;
mod units;

pub use facts::{checks_made, circular_facts, reported_period};
pub use record::{
    Approval, CircularId, CircularPress, Correction, Proceeding, Questioned, Reader, Stage, Struck,
    UnitAnswer,
};
pub use say::{CircularSay, Numbers, UnitHeard, Why};

pub(super) use readers::{Turn, no_longer_stands};
pub(super) use units::{forget, shown, written};

use super::draft::Draft;
use super::{Account, AccountId, Heard, Record, Say, Slot, Toast, Urgency, World};
use crate::journal::Deed;
use crate::report::{Chosen, Circular, Compiled, Gap, Naming, Open, Unsettled};
use crate::time::Moment;

/// `/circular`, or its button: a draft of the facts as they are now.
pub(super) fn ordered(draft: &mut Draft<'_>, heard: &Heard) {
    if draft.world.in_force().is_none() {
        draft.say(heard.account, Urgency::Report, Say::NoRoster);
        return;
    }
    drafted(draft, heard.account, Why::Asked);
}

/// A new draft in place of whichever has not gone out yet.
fn drafted(draft: &mut Draft<'_>, by: AccountId, why: Why) {
    let Some(compiled) = circular_facts(draft.world, draft.now) else {
        let period = reported_period(draft.world);
        let start = period.map_or(draft.now, |period| period.start());
        say(draft, by, CircularSay::TooEarly { start });
        return;
    };
    let before = open_one(draft.world).cloned();
    let mut made = Proceeding {
        id: next_id(draft.world),
        by,
        at: draft.now,
        facts: compiled.circular,
        naming: Naming::default(),
        struck: Vec::new(),
        stage: Stage::Draft,
        asked: None,
        units: Vec::new(),
        overdue_told: None,
        readers: Vec::new(),
        corrections: Vec::new(),
    };
    if let Some(before) = before {
        carry_over(&before, &mut made);
        put(
            draft,
            Proceeding {
                stage: Stage::Superseded,
                ..before
            },
        );
    }
    draft.note(Deed::CircularDrafted {
        circular: made.id.0,
        account: by.0,
        gaps: number(made.facts.gaps.len()),
        findings: made.facts.findings.iter().map(|f| f.check).collect(),
        left_out: compiled.open.iter().map(|open| open.check).collect(),
    });
    show_draft(draft, by, &made, &compiled.open, why);
    put(draft, made);
}

/// What was decided about the draft before, and what units said of facts that are the same.
fn carry_over(before: &Proceeding, made: &mut Proceeding) {
    made.naming = before.naming;
    made.struck.clone_from(&before.struck);
    strike_out(&mut made.facts, &made.struck);
    let concerned: Vec<&str> = made.facts.concerned();
    let (old, new) = (&before.facts, &made.facts);
    let still = |unit: &&Questioned| {
        concerned.contains(&unit.unit.as_str()) && new.says_the_same_of(&unit.unit, old)
    };
    made.units = before.units.iter().filter(still).cloned().collect();
    // Who is asked anew has the whole time; who was asked before needs no second question.
    if made.units.len() == concerned.len() {
        made.asked = before.asked;
        made.overdue_told = before.overdue_told;
    }
}

fn strike_out(facts: &mut Circular, struck: &[Struck]) {
    let is_struck = |gap: &Gap| struck.iter().any(|struck| struck.gap == *gap);
    facts.gaps.retain(|gap| !is_struck(gap));
}

/// A button of a circular was pressed.
pub(super) fn pressed(
    draft: &mut Draft<'_>,
    heard: &Heard,
    id: CircularId,
    press: CircularPress,
    query: String,
) {
    let known = draft.world.proceedings.get(&id).cloned();
    let toast = match known {
        None => Toast::Outdated,
        Some(proceeding) => match press {
            CircularPress::True(place) | CircularPress::Explain(place) => {
                units::answered(draft, heard, proceeding, place, press)
            }
            CircularPress::Approve | CircularPress::Return => {
                approval::decided(draft, heard, proceeding, press)
            }
            CircularPress::Read => readers::read(draft, heard, proceeding),
            _ if !draft.is_clerk(heard.account) => Toast::OnlyForClerks,
            CircularPress::RemindReaders => readers::reminded(draft, &proceeding),
            CircularPress::Correct(check) => {
                readers::corrected(draft, heard.account, proceeding, check)
            }
            _ => by_clerk(draft, heard.account, proceeding, press),
        },
    };
    draft.say(heard.account, Urgency::Receipt, Say::Toast { query, toast });
}

/// What a clerk does with a draft.
fn by_clerk(
    draft: &mut Draft<'_>,
    clerk: AccountId,
    proceeding: Proceeding,
    press: CircularPress,
) -> Toast {
    if proceeding.stage != Stage::Draft {
        return Toast::Outdated;
    }
    match press {
        CircularPress::Anew => drafted(draft, clerk, Why::Asked),
        CircularPress::Verify => show_open(draft, clerk, &proceeding),
        CircularPress::AskUnits => units::asked(draft, clerk, proceeding),
        CircularPress::Name => renamed(draft, clerk, proceeding, Naming::Named),
        CircularPress::DoNotName => renamed(draft, clerk, proceeding, Naming::Unnamed),
        CircularPress::Strike(place) => return struck(draft, clerk, proceeding, place),
        CircularPress::Submit | CircularPress::SubmitNow => {
            approval::submitted(draft, clerk, proceeding, press);
        }
        _ => return Toast::Outdated,
    }
    Toast::Done
}

fn renamed(draft: &mut Draft<'_>, clerk: AccountId, proceeding: Proceeding, naming: Naming) {
    let changed = Proceeding {
        naming,
        ..proceeding
    };
    let open = open_as_of(draft.world, &changed);
    show_draft(draft, clerk, &changed, &open, Why::Asked);
    put(draft, changed);
}

/// A gap is taken out on the unit's word, by a clerk with a name.
fn struck(draft: &mut Draft<'_>, clerk: AccountId, proceeding: Proceeding, place: u16) -> Toast {
    let Some(gap) = proceeding.facts.gaps.get(usize::from(place)).cloned() else {
        return Toast::Outdated;
    };
    draft.note(Deed::CircularGapStruck {
        circular: proceeding.id.0,
        account: clerk.0,
        name: name_of(draft, clerk),
        unit: gap.unit.clone(),
        post: gap.post.clone(),
        span: gap.span,
    });
    let mut changed = proceeding;
    let by = name_of(draft, clerk);
    changed.struck.push(Struck { gap, by });
    changed.stage = Stage::Superseded;
    put(draft, changed.clone());
    // The facts of a draft never change: this is another.
    let mut made = Proceeding {
        id: next_id(draft.world),
        by: clerk,
        stage: Stage::Draft,
        ..changed.clone()
    };
    strike_out(&mut made.facts, &made.struck);
    let still: Vec<String> = made
        .facts
        .concerned()
        .into_iter()
        .map(str::to_owned)
        .collect();
    made.units.retain(|unit| still.contains(&unit.unit));
    let open = open_as_of(draft.world, &made);
    show_draft(draft, clerk, &made, &open, Why::Changed);
    put(draft, made);
    Toast::Done
}

fn show_draft(draft: &mut Draft<'_>, to: AccountId, made: &Proceeding, open: &[Open], why: Why) {
    let open_count = number(open.len());
    let shown = open.iter().take(CircularSay::SHOWN);
    let said = CircularSay::Draft {
        circular: made.id,
        numbers: numbers(&made.facts),
        naming: made.naming,
        open: shown.cloned().collect(),
        open_count,
        why,
    };
    say(draft, to, said);
}

fn show_open(draft: &mut Draft<'_>, clerk: AccountId, proceeding: &Proceeding) {
    let compiled = circular_facts(draft.world, draft.now);
    let open = compiled.map_or_else(Vec::new, |compiled| compiled.open);
    let open: Vec<Open> = open
        .into_iter()
        .filter(|open| open.why == Unsettled::NotVerified)
        .collect();
    let said = CircularSay::ToVerify {
        circular: proceeding.id,
        open_count: number(open.len()),
        open: open.into_iter().take(CircularSay::SHOWN).collect(),
    };
    say(draft, clerk, said);
}

/// Whether all that it says is what the record says, as of its own time.
fn still_holds(world: &World, proceeding: &Proceeding) -> bool {
    as_of(world, proceeding).is_some_and(|compiled| compiled.circular == proceeding.facts)
}

fn as_of(world: &World, proceeding: &Proceeding) -> Option<Compiled> {
    let mut compiled = circular_facts(world, proceeding.at)?;
    strike_out(&mut compiled.circular, &proceeding.struck);
    Some(compiled)
}

fn open_as_of(world: &World, proceeding: &Proceeding) -> Vec<Open> {
    as_of(world, proceeding).map_or_else(Vec::new, |compiled| compiled.open)
}

fn numbers(facts: &Circular) -> Numbers {
    let both = facts.total(Chosen::AtRandom);
    let both = both.plus(facts.total(Chosen::ByOrder));
    Numbers {
        covered: facts.covered,
        gaps: number(facts.gaps.len()),
        findings: number(facts.findings.len()),
        late: both.late,
        not_submitted: number(facts.not_submitted.len()),
        units: number(facts.concerned().len()),
    }
}

/// When something about a circular is due.
pub(super) fn next_wake(world: &World) -> Option<Moment> {
    let proceedings = world.proceedings.values();
    proceedings.filter_map(Proceeding::next_wake).min()
}

/// Does what is due.
pub(super) fn done(draft: &mut Draft<'_>) {
    let proceedings = draft.world.proceedings.values();
    let due = proceedings.filter(|p| p.next_wake().is_some_and(|wake| wake <= draft.now));
    let due: Vec<Proceeding> = due.cloned().collect();
    for proceeding in due {
        units::overdue(draft, proceeding);
    }
}

fn open_one(world: &World) -> Option<&Proceeding> {
    world.proceedings.values().rfind(|p| p.is_open())
}

fn next_id(world: &World) -> CircularId {
    CircularId(world.given.circular + 1)
}

fn put(draft: &mut Draft<'_>, proceeding: Proceeding) {
    draft.put(Record::Circular(Box::new(proceeding)));
}

fn say(draft: &mut Draft<'_>, to: AccountId, said: CircularSay) {
    draft.say(to, Urgency::Report, Say::Circular(Box::new(said)));
}

fn show(draft: &mut Draft<'_>, to: AccountId, slot: Slot, said: CircularSay) {
    draft.show(to, Urgency::Report, slot, Say::Circular(Box::new(said)));
}

/// By the roster where it names them; else as the chat does.
fn name_of(draft: &Draft<'_>, account: AccountId) -> String {
    draft.account(account).map_or_else(String::new, named)
}

fn named(account: &Account) -> String {
    let bound = account.bound.as_ref().map(|bound| bound.name.clone());
    let bound = bound.filter(|name| !name.trim().is_empty());
    bound.unwrap_or_else(|| account.name.clone())
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
