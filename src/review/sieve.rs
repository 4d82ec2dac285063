//! A roll's rows sifted: posts and people of whom no rule can have anything to say are left out. All
//! else is judged by the sums and the rules that judge every roster, some units at a time: from its
//! rows, where the numbers kept of them tell all that a rule asks (`post`, `tired`), and as a roster
//! of names where they do not.
//!
//! The sieve may keep what turns out to be clean, and never drops what is not: a test holds what
//! comes of it to what the rules say of the whole file.

mod bearers;
mod circles;
mod post;
mod unit;

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use foldhash::HashMap;

use super::boundary_uncovered::{Night, nights};
use super::ledger::Ledger;
use super::overview::{Outside, Overview};
use super::{DemandFrom, Facts, Limits, LooksAt, PeriodFrom, judged_by};
use crate::coverage::{self, Demand, Hole, Need, Surplus};
use crate::roster::{
    Finding, Matter, NeedRow, Post, Progress, Roll, Roster, UnitEntry, each_in_a_thread, minute,
    role_of,
};
use crate::time::{Period, Zone};
use post::{Bench, Found};
use unit::Desk;

/// How many units a thread takes at a time.
const UNITS_AT_A_TIME: usize = 256;

/// Where the demand on a roll comes from.
#[derive(Debug)]
pub enum Wanted<'a> {
    /// Every post the roll has.
    Roll,
    /// A list of needs, and nothing else.
    List(Vec<NeedRow<'a>>),
}

/// A part of the roll that was looked at, and what the rules say of it.
pub struct Piece<'p> {
    /// What was read of it once more: at least the shifts at which people are found.
    pub roster: &'p Roster,
    pub holes: &'p [Hole],
    /// Without a list of needs nobody is too many.
    pub surplus: &'p [Surplus],
    /// Each post's and each person's in the order of the rules.
    pub findings: Vec<Finding>,
}

/// A roll, and how it is to be judged.
pub struct Sifting<'a> {
    roll: &'a Roll<'a>,
    period: Period,
    period_from: PeriodFrom,
    demand_from: DemandFrom,
    units: &'a [UnitEntry],
    zone: Zone,
    limits: Limits,
    threads: usize,
    /// Per post, how many it needs; 0 where nobody asks.
    counts: Vec<u32>,
    /// Per post, its place in the order of the demand; empty where that is their own order.
    ranks: Vec<u32>,
    /// What the list asks for and the roll does not have, with its place in the list.
    missing: Vec<(u32, NeedRow<'a>)>,
}

impl<'a> Sifting<'a> {
    /// `units`: who must send a roster; empty where there is no such list.
    #[must_use]
    pub fn of(
        roll: &'a Roll<'a>,
        (period, period_from): (Period, PeriodFrom),
        wanted: Wanted<'a>,
        units: &'a [UnitEntry],
        zone: Zone,
        limits: Limits,
        threads: NonZeroUsize,
    ) -> Self {
        let mut sifting = Self {
            roll,
            period,
            period_from,
            demand_from: DemandFrom::Roster,
            units,
            zone,
            limits,
            threads: threads.get(),
            counts: Vec::new(),
            ranks: Vec::new(),
            missing: Vec::new(),
        };
        match wanted {
            Wanted::Roll => sifting.counts = counts_of_roll(roll, units),
            Wanted::List(rows) => {
                sifting.demand_from = DemandFrom::List;
                sifting.take_list(&rows);
            }
        }
        sifting
    }

    /// The first row of a post counts, and none that asks for nobody.
    fn take_list(&mut self, rows: &[NeedRow<'a>]) {
        let roll = self.roll;
        let share = rows.len().div_ceil(self.threads).max(1);
        let found = each_in_a_thread(rows.chunks(share).collect(), |rows: &[NeedRow]| {
            // A unit's needs stand together.
            let by_unit = rows.chunk_by(|a, b| a.unit == b.unit);
            let numbers = by_unit.flat_map(|rows| {
                let unit = roll.unit_named(rows[0].unit);
                let number = move |row: &NeedRow| roll.post_of(unit?, row.post);
                rows.iter().map(number)
            });
            numbers.collect::<Vec<Option<u32>>>()
        });
        self.counts = vec![0; roll.posts()];
        self.ranks = vec![u32::MAX; roll.posts()];
        for (rank, (row, post)) in (0..).zip(rows.iter().zip(found.into_iter().flatten())) {
            match post {
                _ if row.count == 0 => {}
                None => self.missing.push((rank, *row)),
                Some(post) => {
                    let count = &mut self.counts[post as usize];
                    if *count == 0 {
                        *count = row.count;
                        self.ranks[post as usize] = rank;
                    }
                }
            }
        }
    }

    /// What becomes of every piece that has to be looked at, in no order.
    pub fn pieces<R: Send>(&self, progress: &Progress, each: impl Fn(Piece) -> R + Sync) -> Vec<R> {
        let next = AtomicUsize::new(0);
        let share = self.roll.shifts() / self.threads;
        let nights = Mutex::new(Vec::new());
        let bench = Bench {
            roll: self.roll,
            period: self.period,
            demand_from: self.demand_from,
            zone: self.zone,
            limits: self.limits,
        };
        let of_posts = each_in_a_thread((0..self.threads).collect(), |_| {
            let mut desk = Desk::of(&self.counts, &bench, share);
            let mut done = Vec::new();
            loop {
                let first = next.fetch_add(UNITS_AT_A_TIME, Ordering::Relaxed);
                let units = self.roll.units().len();
                if first >= units {
                    break (desk.people, desk.bearers, desk.outside, done);
                }
                desk.clear_posts();
                (first..units.min(first + UNITS_AT_A_TIME)).for_each(|unit| desk.unit(unit));
                done.push(found(std::mem::take(&mut desk.found), &nights, &each));
                if !desk.posts.is_empty() {
                    done.push(self.posts(&desk, &nights, &each));
                }
                progress.judged(UNITS_AT_A_TIME.min(units - first), self.roll);
            }
        });
        let (mut people, mut bearers) = (Vec::new(), Vec::new());
        let (mut outside, mut done) = (Vec::new(), Vec::new());
        for (some_people, some_bearers, some_outside, some_done) in of_posts {
            people.extend(some_people);
            bearers.push(some_bearers);
            outside.extend(some_outside);
            done.extend(some_done);
        }
        let outside = outside.into_iter().map(|(shifts, row, starts)| Outside {
            shifts,
            place: self.roll.place(row),
            starts: (minute(starts.0), minute(starts.1)),
        });
        let outside = outside.reduce(Outside::and);
        let sharers = bearers::sharers(self.roll, bearers);
        people.extend(sharers.rows);
        people.sort_unstable();
        people.dedup();
        let mut parts = circles::parted(self.roll, &people, &sharers.links);
        let share = parts.len().div_ceil(self.threads).max(1);
        let for_each_thread: Vec<&mut [Vec<u32>]> = parts.chunks_mut(share).collect();
        let of_people = each_in_a_thread(for_each_thread, |parts| {
            let rows = parts.iter_mut().map(std::mem::take);
            let judged = rows.map(|rows| self.people(rows, &each));
            judged.collect::<Vec<R>>()
        });
        done.extend(of_people.into_iter().flatten());
        let mut nights = nights
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        nights.sort_by_cached_key(|night: &Night| self.rank(&night.hole.unit, &night.hole.post));
        done.push(self.missing(&each));
        done.push(self.file(outside, nights, &each));
        done
    }

    fn facts<'f>(&'f self, roster: &'f Roster, demand: &'f Demand, holes: &'f [Hole]) -> Facts<'f> {
        Facts {
            roster,
            demand,
            demand_from: self.demand_from,
            period_from: self.period_from,
            holes,
            units: self.units,
            zone: self.zone,
            limits: self.limits,
        }
    }

    fn posts<R>(&self, desk: &Desk, nights_of: &Mutex<Vec<Night>>, each: impl Fn(Piece) -> R) -> R {
        let roster = self.roll.roster(desk.rows.iter().copied());
        let needs = desk.posts.iter().zip(&roster.posts);
        let needs = needs.filter_map(|(number, post)| {
            let count = self.counts[*number as usize];
            (count > 0).then(|| Need {
                unit: post.unit.clone(),
                post: post.name.clone(),
                role: post.role,
                count,
            })
        });
        let demand = Demand {
            period: self.period,
            needs: needs.collect(),
        };
        let holes = coverage::holes(&demand, &roster);
        let ledger = Ledger::of(&roster);
        let facts = self.facts(&roster, &demand, &holes);
        let findings = judged_by(LooksAt::Post, &facts, &ledger);
        let nights = nights(&holes, &ledger);
        keep_nights(nights_of, nights);
        let surplus = match self.demand_from {
            DemandFrom::List => ledger.surplus(&facts),
            DemandFrom::Roster => &[],
        };
        each(Piece {
            roster: &roster,
            holes: &holes,
            surplus,
            findings,
        })
    }

    fn people<R>(&self, rows: Vec<u32>, each: impl Fn(Piece) -> R) -> R {
        let roster = self.roll.roster(rows);
        let demand = self.no_demand();
        let facts = self.facts(&roster, &demand, &[]);
        let findings = judged_by(LooksAt::Person, &facts, &Ledger::of(&roster));
        each(Piece {
            roster: &roster,
            holes: &[],
            surplus: &[],
            findings,
        })
    }

    /// What is asked for and nobody has sent.
    fn missing<R>(&self, each: impl Fn(Piece) -> R) -> R {
        let here = |unit: &str| self.roll.has_unit(unit);
        let (roster, demand) = match self.demand_from {
            DemandFrom::List => self.missing_of_list(),
            DemandFrom::Roster => {
                let away = self.units.iter().filter(|entry| !here(&entry.unit));
                let away: Vec<UnitEntry> = away.cloned().collect();
                let nothing = Roster::default();
                let demand = coverage::demand(&nothing, self.period, &away);
                (nothing, demand)
            }
        };
        let holes = coverage::holes(&demand, &roster);
        let facts = self.facts(&roster, &demand, &holes);
        let findings = judged_by(LooksAt::Post, &facts, &Ledger::of(&roster));
        each(Piece {
            roster: &roster,
            holes: &holes,
            surplus: &[],
            findings,
        })
    }

    /// The units that are there stand in the roster, with a post nobody asks for.
    fn missing_of_list(&self) -> (Roster, Demand) {
        let mut seen = foldhash::HashSet::default();
        let rows = self.missing.iter().map(|(_, row)| row);
        let rows: Vec<&NeedRow> = rows
            .filter(|row| seen.insert((row.unit, row.post)))
            .collect();
        let known = |row: &&&NeedRow| self.roll.has_unit(row.unit);
        let there = rows.iter().filter(known).map(|row| Post {
            unit: row.unit.to_owned(),
            name: String::new(),
            role: role_of(""),
            presence: role_of("").presence(),
        });
        let roster = Roster {
            posts: there.collect(),
            ..Roster::default()
        };
        let needs = rows.iter().map(|row| Need {
            unit: row.unit.to_owned(),
            post: row.post.to_owned(),
            role: role_of(row.post),
            count: row.count,
        });
        let demand = Demand {
            period: self.period,
            needs: needs.collect(),
        };
        (roster, demand)
    }

    fn file<R>(
        &self,
        outside: Option<Outside>,
        nights: Vec<Night>,
        each: impl Fn(Piece) -> R,
    ) -> R {
        // Where a unit begins is asked of those alone that are not on a list of units.
        let is_listed = !self.units.is_empty();
        let units = self.roll.units().iter().enumerate().map(|(number, unit)| {
            let first = is_listed.then(|| self.roll.rows_of(number).next());
            let first = first.flatten();
            (*unit, first.map(|row| self.roll.place(row)))
        });
        let overview = Overview {
            units: units.collect(),
            outside: outside.map(|outside| (None, outside)).into_iter().collect(),
            nights,
        };
        let (nothing, demand) = (Roster::default(), self.no_demand());
        let ledger = Ledger::of_overview(&nothing, overview);
        let findings = judged_by(LooksAt::File, &self.facts(&nothing, &demand, &[]), &ledger);
        each(Piece {
            roster: &nothing,
            holes: &[],
            surplus: &[],
            findings,
        })
    }

    fn no_demand(&self) -> Demand {
        Demand {
            period: self.period,
            needs: Vec::new(),
        }
    }

    /// Where a post stands in the order of the demand.
    fn rank(&self, unit: &str, post: &str) -> u32 {
        let number = self.roll.post_named(unit, post);
        number.map_or(u32::MAX, |number| {
            let rank = self.ranks.get(number as usize);
            rank.copied().unwrap_or(number)
        })
    }

    /// What came of all pieces, in the order in which the rules say it of a whole roster.
    #[must_use]
    pub fn in_order(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        let missing: HashMap<(&str, &str), u32> = self
            .missing
            .iter()
            .rev()
            .map(|(rank, row)| ((row.unit, row.post), *rank))
            .collect();
        let rank = |finding: &Finding| match &finding.matter {
            Matter::Uncovered { unit, post, .. } | Matter::AboveNeed { unit, post, .. }
                if finding.place.is_none() =>
            {
                let missing = missing.get(&(unit.as_str(), post.as_str()));
                missing.copied().unwrap_or_else(|| self.rank(unit, post))
            }
            _ => 0,
        };
        findings.sort_by_cached_key(|finding| {
            let place = finding.place;
            (place.is_none(), place, finding.code, rank(finding))
        });
        findings
    }
}

fn found<R>(found: Found, nights_of: &Mutex<Vec<Night>>, each: impl Fn(Piece) -> R) -> R {
    keep_nights(nights_of, found.nights);
    each(Piece {
        roster: &Roster::default(),
        holes: &found.holes,
        surplus: &found.surplus,
        findings: found.findings,
    })
}

fn keep_nights(nights_of: &Mutex<Vec<Night>>, nights: Vec<Night>) {
    if !nights.is_empty()
        && let Ok(mut all) = nights_of.lock()
    {
        all.extend(nights);
    }
}

fn counts_of_roll(roll: &Roll, units: &[UnitEntry]) -> Vec<u32> {
    let min_staff = coverage::min_staff(units);
    let posts = u32::try_from(roll.posts()).unwrap_or(u32::MAX);
    (0..posts)
        .map(|post| {
            let (unit, _, duty) = roll.post(post);
            let staff = min_staff.get(roll.units()[unit as usize]);
            coverage::needed(duty, staff.copied().flatten()).unwrap_or(0)
        })
        .collect()
}

#[cfg(test)]
mod tests;
