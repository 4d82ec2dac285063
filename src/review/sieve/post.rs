//! A post judged by its rows as they are kept: by the sums and the rules that judge every roster,
//! given numbers in place of names. Two numbers that differ are two people, and that is all most
//! rules ask; where two rows of one number meet, only their names can tell, and the post is left to
//! those who read them.

use super::super::boundary_uncovered::Night;
use super::super::uncovered::{GAP_CODES, Neighbours, code_of};
use super::super::{DemandFrom, Limits, above_need, overlap_same_post, uncovered};
use crate::coverage::{self, Hole, HoleClass, Surplus};
use crate::roster::{Entry, Finding, Place, Post, Role, Roll};
use crate::time::{Moment, Period, Span, Zone};

/// More people at once than this are counted by those who read names.
const MOST_AT_ONCE: usize = 64;

/// A row, with what it says.
pub(super) type Row = (u32, Entry);

/// How posts are judged.
pub(super) struct Bench<'a> {
    pub roll: &'a Roll<'a>,
    pub period: Period,
    pub demand_from: DemandFrom,
    pub zone: Zone,
    pub limits: Limits,
}

/// What was found at some posts.
#[derive(Default)]
pub(super) struct Found {
    pub holes: Vec<Hole>,
    pub surplus: Vec<Surplus>,
    pub findings: Vec<Finding>,
    pub nights: Vec<Night>,
}

/// A stretch between two instants, in seconds since 1970, with a headcount.
type Stretch = ((i64, i64), u32);

impl Bench<'_> {
    /// Adds what is found at a post that needs so many people (0: nobody asks); `None` where that
    /// takes names. `rows`: all of the post, by their start and end, then in order of the file.
    pub fn judge(&self, post: u32, count: u32, rows: &[Row], found: &mut Found) -> Option<()> {
        let (_, _, role) = self.roll.post(post);
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
        let post = self.roll.told(post);
        self.tell_short(&post, count, rows, &short, found);
        if are_together {
            self.tell_together(&post, rows, found);
        }
        self.tell_over(&post, count, rows, &over, found);
        Some(())
    }

    fn short(&self, count: u32, rows: &[Row]) -> Vec<Stretch> {
        let period = [self.period.start(), self.period.end()].map(|moment| moment.timestamp());
        if count == 0 || count == 1 && is_unbroken(period, rows) {
            return Vec::new();
        }
        coverage::below(count, period.into(), rows.iter().map(turn))
    }

    fn tell_short(
        &self,
        post: &Post,
        count: u32,
        rows: &[Row],
        short: &[Stretch],
        found: &mut Found,
    ) {
        let first_start = rows.first().and_then(|row| moment(turn(row).1.0));
        let mut gaps = Vec::new();
        for (hours, present) in short {
            let Some(span) = span(*hours) else { continue };
            let hole = Hole {
                unit: post.unit.clone(),
                post: post.name.clone(),
                role: post.role,
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
            let mut told = gaps.map(|(beside, hole)| (None, hole, *beside)).peekable();
            if told.peek().is_some() {
                let told = uncovered::told(code, told, self.zone);
                found.findings.extend(told);
            }
        }
        found.holes.extend(gaps.into_iter().map(|(_, hole)| hole));
    }

    fn tell_together(&self, post: &Post, rows: &[Row], found: &mut Found) {
        let by_start = rows
            .iter()
            .filter_map(|(row, entry)| Some((entry.span()?, *row)));
        // Whoever meets bears another number, and so another name.
        let meetings = overlap_same_post::meetings(by_start, |_, _| true);
        let told = meetings.into_iter().map(|meeting| (None, meeting));
        let said = |row| Some((self.roll.name(row)?, self.roll.place(row)));
        let told = overlap_same_post::told(post, told, self.zone, said);
        found.findings.extend(told);
    }

    fn tell_over(
        &self,
        post: &Post,
        count: u32,
        rows: &[Row],
        over: &[Stretch],
        found: &mut Found,
    ) {
        let told = over.iter().filter_map(|(hours, present)| {
            let surplus = Surplus {
                unit: post.unit.clone(),
                post: post.name.clone(),
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
        let findings = told.iter().map(|(over, newcomer)| (None, over, *newcomer));
        let findings = above_need::told(findings, self.zone);
        found.findings.extend(findings);
        found.surplus.extend(told.into_iter().map(|(over, _)| over));
    }

    /// The shifts that touch these hours or lie in them, and where they are written.
    fn beside(&self, rows: &[Row], hours: (i64, i64)) -> impl Iterator<Item = (Span, Place)> {
        let beside = rows.iter().filter(move |row| {
            let (_, (start, end)) = turn(row);
            start <= hours.1 && end >= hours.0
        });
        beside.filter_map(|(row, entry)| Some((entry.span()?, self.roll.place(*row))))
    }
}

fn turn((_, entry): &Row) -> coverage::Turn<u32, i64> {
    let secs = |minute: u32| i64::from(minute) * 60;
    (entry.name, (secs(entry.start), secs(entry.end())))
}

fn moment(secs: i64) -> Option<Moment> {
    Moment::from_timestamp(secs, 0)
}

fn span((start, end): (i64, i64)) -> Option<Span> {
    Span::new(moment(start)?, moment(end)?)
}

/// Whether any two of a post's shifts share time; `None` where two with the same name may, and
/// where more do than are worth comparing. `rows` come by their start.
fn do_any_meet(rows: &[Row]) -> Option<bool> {
    let (mut until, mut meet) = (0, false);
    let mut on_duty: Vec<(u32, u32)> = Vec::new();
    for (index, (_, entry)) in rows.iter().enumerate() {
        if entry.start < until {
            if !meet {
                let before = rows[..index]
                    .iter()
                    .map(|(_, entry)| (entry.name, entry.end()));
                on_duty.extend(before);
            }
            meet = true;
            on_duty.retain(|(_, end)| entry.start < *end);
            if on_duty.len() > MOST_AT_ONCE || on_duty.iter().any(|(name, _)| *name == entry.name) {
                return None;
            }
        }
        if meet {
            on_duty.push((entry.name, entry.end()));
        }
        until = until.max(entry.end());
    }
    Some(meet)
}

/// Whether somebody is there all through the period, which is in seconds since 1970.
fn is_unbroken(period: [i64; 2], rows: &[Row]) -> bool {
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
