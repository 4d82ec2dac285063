//! A post judged by its rows as they are kept: by the sums and the rules that judge every roster,
//! given numbers in place of names. Two numbers that differ are two people, and that is all most
//! rules ask; where two rows of one number meet, only their names can tell, and the post is left to
//! those who read them.

use super::super::boundary_uncovered::Night;
use super::super::uncovered::{GAP_CODES, Neighbours, code_of};
use super::super::{DemandFrom, Limits, above_need, overlap_same_post, uncovered};
use super::Answer;
use crate::coverage::{self, Hole, HoleClass, Surplus};
use crate::roster::{Code, Entry, Finding, Place, Role, Roll};
use crate::time::{Moment, Period, Span, Zone};

/// More people at once than this are counted by those who read names.
const MOST_AT_ONCE: usize = 64;

/// How posts are judged.
pub(super) struct Bench<'a> {
    pub roll: &'a Roll<'a>,
    pub period: Period,
    pub demand_from: DemandFrom,
    pub zone: Zone,
    pub limits: Limits,
}

/// What was found at some posts.
pub(super) struct Found {
    answer: Answer,
    pub holes: Vec<Hole>,
    pub surplus: Vec<Surplus>,
    pub findings: Vec<Finding>,
    /// Findings that are not told, by their severity.
    pub untold: [usize; 3],
    pub nights: Vec<Night>,
}

impl Found {
    pub fn none(answer: Answer) -> Self {
        Self {
            answer,
            holes: Vec::new(),
            surplus: Vec::new(),
            findings: Vec::new(),
            untold: [0; 3],
            nights: Vec::new(),
        }
    }

    /// `alike`: what makes one finding of that code each.
    fn add<A>(&mut self, code: Code, alike: Vec<A>, finding: impl Fn(A) -> Option<Finding>) {
        match self.answer {
            Answer::Findings => self.findings.extend(alike.into_iter().filter_map(finding)),
            Answer::Numbers => self.untold[code.severity() as usize] += alike.len(),
        }
    }
}

/// A post: its unit, its name and the kind of duty.
type At<'r> = (&'r str, &'r str, Role);

/// A stretch between two instants, in seconds since 1970, with a headcount.
type Stretch = ((i64, i64), u32);

impl Bench<'_> {
    /// Adds what is found at a post that needs so many people (0: nobody asks); `None` where that
    /// takes names. `rows`: all of the post, by their start and end, then in order of the file.
    pub fn judge(&self, post: u32, count: u32, rows: &[Entry], found: &mut Found) -> Option<()> {
        let (unit, name, role) = self.roll.post(post);
        let post = (self.roll.unit(unit), name, role);
        let meet = do_any_meet(rows)?;
        let short = self.short(count, rows);
        let is_above_asked = self.demand_from == DemandFrom::List && count > 0;
        let over = if meet && is_above_asked {
            coverage::above(count, rows.iter().map(turn))
        } else {
            Vec::new()
        };
        let are_together = meet && count <= 1 && role != Role::Other;
        if short.is_empty() && over.is_empty() && !are_together {
            return Some(());
        }
        self.tell_short(post, count, rows, &short, found);
        if are_together {
            self.tell_together(post, rows, found);
        }
        self.tell_over(post, count, rows, &over, found);
        Some(())
    }

    fn short(&self, count: u32, rows: &[Entry]) -> Vec<Stretch> {
        let period = [self.period.start(), self.period.end()].map(|moment| moment.timestamp());
        if count == 0 || count == 1 && is_unbroken(period, rows) {
            return Vec::new();
        }
        coverage::below(count, period.into(), rows.iter().map(turn))
    }

    fn tell_short(
        &self,
        (unit, post, role): At,
        count: u32,
        rows: &[Entry],
        short: &[Stretch],
        found: &mut Found,
    ) {
        let first_start = rows.first().and_then(|row| moment(turn(row).1.0));
        let mut gaps = Vec::new();
        for (hours, present) in short {
            let Some(span) = span(*hours) else { continue };
            let hole = Hole {
                unit: unit.to_owned(),
                post: post.to_owned(),
                role,
                span,
                class: coverage::class_of(span, self.period, first_start),
                needed: count,
                present: *present,
            };
            if hole.class == HoleClass::Boundary {
                let mut beside = self.beside(rows, *hours);
                let next = beside.find(|(shift, _)| shift.start() == span.end());
                found.nights.push(Night {
                    hole: hole.clone(),
                    next: next.map(|(_, place)| place),
                });
            }
            gaps.push((Neighbours::among(span, || self.beside(rows, *hours)), hole));
        }
        for code in GAP_CODES {
            let gaps = gaps.iter().filter(|(beside, hole)| {
                hole.class == HoleClass::Gap && code_of(hole, beside, &self.limits) == code
            });
            let mut gaps = gaps.map(|(beside, hole)| (None, hole, *beside)).peekable();
            if gaps.peek().is_some() {
                let alike = uncovered::alike(gaps, self.zone);
                found.add(code, alike, |gaps| uncovered::finding(code, &gaps));
            }
        }
        found.holes.extend(gaps.into_iter().map(|(_, hole)| hole));
    }

    fn tell_together(&self, (unit, post, _): At, rows: &[Entry], found: &mut Found) {
        let by_start = rows.iter().filter_map(|row| Some((row.span()?, row)));
        // Whoever meets bears another number, and so another name.
        let meetings = overlap_same_post::meetings(by_start, |_, _| true);
        let meetings = meetings.into_iter().map(|meeting| (None, meeting));
        let said = |row: &Entry| Some((self.roll.name(row)?, self.roll.place(row.row)));
        let alike = overlap_same_post::alike(meetings, self.zone);
        found.add(Code::C102, alike, |meetings| {
            overlap_same_post::finding((unit, post), &meetings, said)
        });
    }

    fn tell_over(
        &self,
        (unit, post, _): At,
        count: u32,
        rows: &[Entry],
        over: &[Stretch],
        found: &mut Found,
    ) {
        let told = over.iter().filter_map(|(hours, present)| {
            let surplus = Surplus {
                unit: unit.to_owned(),
                post: post.to_owned(),
                span: span(*hours)?,
                needed: count,
                present: *present,
            };
            let newcomer = above_need::newcomer(&surplus, self.beside(rows, *hours));
            Some((surplus, newcomer))
        });
        let told: Vec<(Surplus, Option<Place>)> = told.collect();
        if told.is_empty() {
            return;
        }
        let surplus = told.iter().map(|(over, newcomer)| (None, over, *newcomer));
        let alike = above_need::alike(surplus, self.zone);
        found.add(Code::C107, alike, |over| above_need::finding(&over));
        found.surplus.extend(told.into_iter().map(|(over, _)| over));
    }

    /// The shifts that touch these hours or lie in them, and where they are written.
    fn beside(&self, rows: &[Entry], hours: (i64, i64)) -> impl Iterator<Item = (Span, Place)> {
        let beside = rows.iter().filter(move |row| {
            let (_, (start, end)) = turn(row);
            start <= hours.1 && end >= hours.0
        });
        beside.filter_map(|row| Some((row.span()?, self.roll.place(row.row))))
    }
}

fn turn(row: &Entry) -> coverage::Turn<u32, i64> {
    let secs = |minute: u32| i64::from(minute) * 60;
    (row.who.name, (secs(row.start), secs(row.end())))
}

fn moment(secs: i64) -> Option<Moment> {
    Moment::from_timestamp(secs, 0)
}

fn span((start, end): (i64, i64)) -> Option<Span> {
    Span::new(moment(start)?, moment(end)?)
}

/// Whether any two of a post's shifts share time; `None` where two with the same name may, and
/// where more do than are worth comparing. `rows` come by their start.
fn do_any_meet(rows: &[Entry]) -> Option<bool> {
    let (mut until, mut meet) = (0, false);
    let mut on_duty: Vec<(u32, u32)> = Vec::new();
    for (index, entry) in rows.iter().enumerate() {
        if entry.start < until {
            if !meet {
                let before = rows[..index].iter();
                on_duty.extend(before.map(|entry| (entry.who.name, entry.end())));
            }
            meet = true;
            on_duty.retain(|(_, end)| entry.start < *end);
            if on_duty.len() > MOST_AT_ONCE
                || on_duty.iter().any(|(name, _)| *name == entry.who.name)
            {
                return None;
            }
        }
        if meet {
            on_duty.push((entry.who.name, entry.end()));
        }
        until = until.max(entry.end());
    }
    Some(meet)
}

/// Whether somebody is there all through the period, which is in seconds since 1970.
fn is_unbroken(period: [i64; 2], rows: &[Entry]) -> bool {
    let mut until = period[0];
    for row in rows {
        let (_, (start, end)) = turn(row);
        if start > until {
            break;
        }
        until = until.max(end);
    }
    until >= period[1]
}
