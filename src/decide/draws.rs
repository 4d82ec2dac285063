//! The random draw: promised when a roster is put in force, held lot by lot, revealed when the
//! period is over. And the journal's head, told day by day, so that nobody can cut its tail.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::draft::Draft;
use super::rounds::Question;
use super::{
    AccountId, Asked, Change, Draw, DrawId, DrawShown, HeadTold, Heard, Order, Record, Say,
    Urgency, Version, World, rounds,
};
use crate::journal::Deed;
use crate::review::judged_period;
use crate::roster::Roster;
use crate::spotcheck::{
    Commitment, Digest, Ended, Exposure, Lot, LotState, NotHeld, Occasion, Outcome, PUNCTUAL, Roll,
    Seed, Terms, below_cap, lots, picked,
};
use crate::time::{Moment, clock_of};

/// When the journal's head is told, in minutes since midnight.
const HEAD_TOLD_AT: u32 = 8 * 60;
const UNITS_A_PAGE: usize = 40;

/// What `change` makes of who is on duty is written down, and drawn for where a version came into
/// force: what follows besides. `world` is the one after the change.
pub(super) fn sealed(
    before: &World,
    world: &World,
    chance: Option<&[u8; 32]>,
    now: Moment,
) -> Change {
    let mut draft = Draft::new(world, now);
    let Some((version, roster)) = world.in_force() else {
        return Change::default();
    };
    let known = before.in_force();
    if known.is_none_or(|(known, _)| known.number != version.number) {
        seal(&mut draft, version, roster, chance);
    } else if let Some((_, known)) = known {
        change_duty(&mut draft, &Roll::of(known), &Roll::of(roster));
    }
    draft.done()
}

/// Whether `change` may change who is on duty.
pub(super) fn concern(change: &Change) -> bool {
    let mut records = change.records.iter();
    records.any(|record| matches!(record, Record::Version(_) | Record::Leave(_)))
}

fn seal(draft: &mut Draft<'_>, version: &Version, roster: &Roster, chance: Option<&[u8; 32]>) {
    let own = draft.world.rosters.get(&version.roster);
    let (own, roll) = (
        own.map_or_else(Roll::default, |own| Roll::of(own)),
        Roll::of(roster),
    );
    draft.note(Deed::RosterSealed {
        version: version.number,
        roll: own.digest(),
    });
    change_duty(draft, &own, &roll);
    if draft.world.head_told.is_none() {
        let next = next_head(draft.world, draft.now);
        draft.put(Record::HeadTold(HeadTold { lines: 0, next }));
    }
    commit(draft, version.number, roster, &roll, chance);
}

/// Leave and swaps, beside what the version says.
fn change_duty(draft: &mut Draft<'_>, before: &Roll, after: &Roll) {
    let (gone, new) = before.changes(after);
    if !(gone.is_empty() && new.is_empty()) {
        draft.note(Deed::DutyChanged { gone, new });
    }
}

/// The process begins: the settings a draw goes by may be others than before.
pub(super) fn started(draft: &mut Draft<'_>, chance: &[u8; 32]) {
    let Some((version, roster)) = draft.world.in_force() else {
        return;
    };
    // An earlier program put it in force, and sealed nothing.
    if draft.world.head_told.is_none() {
        seal(draft, version, roster, Some(chance));
        return;
    }
    let Some(terms) = terms(draft.world, roster) else {
        return;
    };
    let known = open_draw(draft.world, &terms).and_then(|draw| draw.commitments.last());
    if known.is_none_or(|c| c.terms != terms || c.version != version.number) {
        commit(
            draft,
            version.number,
            roster,
            &Roll::of(roster),
            Some(chance),
        );
    }
}

/// A commitment to the draw of the roster's period: on the seed it has, or on a new one.
fn commit(
    draft: &mut Draft<'_>,
    version: u32,
    roster: &Roster,
    roll: &Roll,
    chance: Option<&[u8; 32]>,
) {
    let (world, now) = (draft.world, draft.now);
    let Some(terms) = terms(world, roster).filter(|terms| now < terms.period.end()) else {
        return;
    };
    let mut draw = match (open_draw(world, &terms), chance) {
        (Some(draw), _) => draw.clone(),
        (None, None) => return,
        (None, Some(_)) if terms.measure.per_unit == 0 => return,
        (None, Some(chance)) => Draw {
            id: DrawId(world.given.draw + 1),
            seed: Seed::drawn_from(chance),
            commitments: Vec::new(),
            lots: Vec::new(),
            revealed: None,
        },
    };
    let before = draw.commitments.last();
    let why = match before {
        None => Occasion::First,
        Some(before) if before.version == version => Occasion::NewTerms,
        Some(_) => Occasion::NewRoster,
    };
    let commitment = Commitment::new(&draw.seed, (version, roll.digest()), terms, before, now);
    draw.lots = lots(&draw.seed, &terms, roll, now, &draw.lots);
    draw.commitments.push(commitment);
    draft.note(Deed::DrawCommitted {
        draw: draw.id.0,
        why,
        commitment,
    });
    let units: BTreeSet<&str> = draw.lots.iter().map(|lot| lot.unit.as_str()).collect();
    let say = Say::DrawCommitted {
        commitment: commitment.digest,
        why,
        version,
        period: terms.period,
        per_unit: terms.measure.per_unit,
        units: u32::try_from(units.len()).unwrap_or(u32::MAX),
    };
    tell_clerks(draft, &say);
    draft.put(Record::Draw(draw));
}

pub(super) fn terms(world: &World, roster: &Roster) -> Option<Terms> {
    let policy = &world.policy;
    let (period, _) = judged_period(roster, policy.period, policy.zone);
    Some(Terms {
        period: period?,
        zone: policy.zone,
        measure: policy.measure,
    })
}

/// The draw whose seed is still secret and whose period is, at least in part, that of `terms`.
fn open_draw<'a>(world: &'a World, terms: &Terms) -> Option<&'a Draw> {
    world.draws.values().rev().find(|draw| {
        let own = draw.terms().map(|own| own.period);
        draw.revealed.is_none() && own.is_some_and(|own| own.overlaps(&terms.period))
    })
}

fn tell_clerks(draft: &mut Draft<'_>, say: &Say) {
    let clerks: Vec<AccountId> = draft.world.clerks().map(|clerk| clerk.id).collect();
    for clerk in clerks {
        draft.say(clerk, Urgency::Report, say.clone());
    }
}

/// Holds the lots that are due, and reveals the draws that are over.
pub(super) fn due(draft: &mut Draft<'_>) {
    let (world, now) = (draft.world, draft.now);
    let is_due = |draw: &&Draw| draw.next_wake().is_some_and(|wake| wake <= now);
    for draw in world.draws.values().filter(is_due) {
        let mut draw = draw.clone();
        let instants = draw.lots.iter().filter_map(Lot::due);
        let instants: BTreeSet<Moment> = instants.filter(|at| *at <= now).collect();
        for instant in instants {
            hold(draft, &mut draw, instant);
        }
        if draw.terms().is_some_and(|terms| terms.period.end() <= now) {
            reveal(draft, &mut draw);
        }
        draft.put(Record::Draw(draw));
    }
}

/// The lots of one instant: one round, of one person for each unit.
fn hold(draft: &mut Draft<'_>, draw: &mut Draw, instant: Moment) {
    let due = |lot: &Lot| lot.due() == Some(instant);
    let waiting: Vec<usize> = (0..draw.lots.len())
        .filter(|index| due(&draw.lots[*index]))
        .collect();
    let mut held: Vec<(usize, Vec<String>)> = Vec::new();
    let mut people: Vec<Asked> = Vec::new();
    for index in waiting {
        match drawn(draft, draw, index) {
            Ok((among, asked)) => {
                held.push((index, among));
                people.push(asked);
            }
            Err(why) => pass_over(draft, draw, index, why),
        }
    }
    let Some(by) = draft.world.in_force().map(|(version, _)| version.by) else {
        return;
    };
    if people.is_empty() {
        return;
    }
    let questions = people.iter().cloned().map(Question::from).collect();
    let (round, checks) = rounds::begin(draft, by, &Order::Drawn, questions);
    for (((index, among), asked), check) in held.into_iter().zip(people).zip(checks) {
        let lot = &mut draw.lots[index];
        lot.state = LotState::Held {
            check,
            name: asked.name.clone(),
            shift: asked.shift,
        };
        draft.note(Deed::LotHeld {
            draw: draw.id.0,
            unit: lot.unit.clone(),
            number: lot.number,
            due: instant,
            round: round.0,
            check,
            among,
            name: asked.name,
            shift: asked.shift,
        });
    }
}

/// Whom the lot at `index` asks now, and whom it was drawn from.
fn drawn(draft: &Draft<'_>, draw: &Draw, index: usize) -> Result<(Vec<String>, Asked), NotHeld> {
    let (lot, now) = (&draw.lots[index], draft.now);
    if lot.at.is_some_and(|at| now - at > PUNCTUAL) {
        return Err(NotHeld::Missed);
    }
    let terms = draw.terms().ok_or(NotHeld::NobodyThere)?;
    let mut there = by_name(rounds::askable_in(draft.world, &lot.unit, now));
    there.retain(|asked| terms.may_ask(asked.role, asked.presence, now));
    if there.is_empty() {
        return Err(NotHeld::NobodyThere);
    }
    let people = there.iter().map(|a| (a.name.as_str(), a.shift));
    let among = below_cap(people, &lot.unit, &draw.lots, terms.measure.per_shift_max);
    let among: Vec<String> = among.into_iter().map(str::to_owned).collect();
    let name = among.get(picked(&draw.seed, &lot.unit, lot.number, among.len()));
    let asked = there.into_iter().find(|a| Some(&a.name) == name);
    asked.map(|asked| (among, asked)).ok_or(NotHeld::Capped)
}

/// One of each name, at the post that asks most, by name: a lot is drawn among names.
fn by_name(people: Vec<Asked>) -> Vec<Asked> {
    let mut named: Vec<Asked> = Vec::new();
    for asked in people {
        match named.iter_mut().find(|known| known.name == asked.name) {
            Some(known) if rounds::rank(&asked) < rounds::rank(known) => *known = asked,
            Some(_) => {}
            None => named.push(asked),
        }
    }
    named.sort_by(|a, b| a.name.cmp(&b.name));
    named
}

fn pass_over(draft: &mut Draft<'_>, draw: &mut Draw, index: usize, why: NotHeld) {
    let lot = &mut draw.lots[index];
    lot.state = LotState::NotHeld { why };
    draft.note(Deed::LotNotHeld {
        draw: draw.id.0,
        unit: lot.unit.clone(),
        number: lot.number,
        due: lot.at,
        why,
    });
}

/// The period is over: the seed is told, and with it everything can be recomputed.
fn reveal(draft: &mut Draft<'_>, draw: &mut Draw) {
    for index in 0..draw.lots.len() {
        if draw.lots[index].is_pending() {
            pass_over(draft, draw, index, NotHeld::NobodyThere);
        }
    }
    let seed = draw.seed.reveal();
    draw.revealed = Some(draft.now);
    draft.note(Deed::DrawRevealed {
        draw: draw.id.0,
        seed,
    });
    let is_held = |lot: &&Lot| matches!(lot.state, LotState::Held { .. });
    let held = draw.lots.iter().filter(is_held).count();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let say = Say::DrawRevealed {
        seed,
        held: count(held),
        not_held: count(draw.lots.len() - held),
    };
    tell_clerks(draft, &say);
    // The head that holds the reveal follows it at once.
    let lines = draft.world.head_told.map_or(0, |told| told.lines);
    let next = draft.now;
    draft.put(Record::HeadTold(HeadTold { lines, next }));
}

/// Where the journal stands: told where it has grown since.
pub(super) fn tell_head(draft: &mut Draft<'_>, lines: i64, link: Digest) {
    if draft.world.head_told.is_none_or(|told| told.lines < lines) {
        tell_clerks(draft, &Say::JournalHead { lines, link });
    }
    let next = next_head(draft.world, draft.now);
    draft.put(Record::HeadTold(HeadTold { lines, next }));
}

/// The next morning after `now`.
fn next_head(world: &World, now: Moment) -> Moment {
    let zone = world.policy.zone;
    let today = zone.date(now);
    let mornings = today.iter_days().take(3);
    let mut mornings = mornings.map(|day| zone.moment(clock_of(day, HEAD_TOLD_AT)));
    let next = mornings.find(|morning| *morning > now);
    next.unwrap_or(now + TimeDelta::days(1))
}

/// What was promised of the newest draw, and what became of it so far.
pub(super) fn tell_draw(draft: &mut Draft<'_>, heard: &Heard) {
    let world = draft.world;
    let draw = world.draws.values().next_back();
    let (Some(draw), Some(terms)) = (draw, draw.and_then(Draw::terms)) else {
        draft.say(heard.account, Urgency::Report, Say::NoDraw);
        return;
    };
    let all = exposure(world, draw);
    let units: Vec<_> = all.units.iter().collect();
    let pages = units.chunks(UNITS_A_PAGE).len().max(1);
    for page in 0..pages {
        let shown = units.iter().skip(page * UNITS_A_PAGE).take(UNITS_A_PAGE);
        let shown = shown.map(|(unit, hours)| ((*unit).clone(), **hours));
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let say = Say::DrawState(DrawShown {
            period: terms.period,
            per_unit: terms.measure.per_unit,
            commitments: draw.commitments.iter().map(|c| (c.at, c.digest)).collect(),
            seed: draw.revealed.map(|_| draw.seed.reveal()),
            total: all.total(),
            exposure: Exposure {
                units: shown.collect(),
            },
            page: number(page + 1),
            pages: number(pages),
        });
        draft.say(heard.account, Urgency::Report, say);
    }
}

/// How often each unit was asked at random. Lots still to come are nobody's business.
fn exposure(world: &World, draw: &Draw) -> Exposure {
    let mut exposure = Exposure::default();
    for lot in &draw.lots {
        let ended = match &lot.state {
            LotState::Pending => {
                exposure.units.entry(lot.unit.clone()).or_default();
                continue;
            }
            // It fell into no hour.
            LotState::NotHeld { .. } if lot.at.is_none() => continue,
            LotState::NotHeld { .. } => Ended::NotHeld,
            LotState::Held { check, .. } => {
                let check = world.checks.get(check);
                match check.and_then(|check| check.state.outcome()) {
                    Some(Outcome::Void { .. }) => Ended::Void,
                    _ => Ended::Held,
                }
            }
        };
        exposure.add(&lot.unit, hour_of(world, lot), ended);
    }
    exposure
}

/// The hour of the day it fell into.
fn hour_of(world: &World, lot: &Lot) -> u32 {
    use chrono::Timelike;
    lot.at.map_or(0, |at| world.policy.zone.civil(at).hour())
}
