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
mod tired;
mod unit;
mod wanted;

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use super::boundary_uncovered::{Night, nights};
use super::ledger::Ledger;
use super::overview::{Outside, Overview};
use super::{DemandFrom, Facts, Limits, LooksAt, PeriodFrom, judged_by};
use crate::coverage::{self, Demand, Hole, Need, Surplus};
use crate::roster::{
    Entry, Finding, Matter, Progress, Roll, Roster, UnitEntry, each_in_a_thread, minute,
};
use crate::time::{Period, Zone};
use post::{Bench, Found};
use unit::Desk;
use wanted::Needs;
pub use wanted::Wanted;

/// How many units a thread takes at a time.
const UNITS_AT_A_TIME: u32 = 256;

/// The same of people who only rest too little.
const TIRED_AT_A_TIME: usize = 1024;

/// What is asked to be said of posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// What was found there.
    Findings,
    /// Only how much, for nobody hears the findings.
    Numbers,
}

/// What there is to do once all units have been looked at.
enum Work<'w> {
    File(Option<Outside>, Vec<Night>),
    Missing,
    People(Vec<Entry>),
    Tired(&'w [&'w [Entry]]),
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
    /// How many more there are, by their severity, where numbers are asked for.
    pub untold: [usize; 3],
}

/// A roll, and how it is to be judged.
pub struct Sifting<'a> {
    roll: &'a Roll<'a>,
    period: Period,
    period_from: PeriodFrom,
    needs: Needs<'a>,
    units: &'a [UnitEntry],
    zone: Zone,
    limits: Limits,
    threads: usize,
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
        let threads = threads.get();
        Self {
            roll,
            period,
            period_from,
            needs: Needs::of(roll, wanted, units, threads),
            units,
            zone,
            limits,
            threads,
        }
    }

    /// What becomes of every piece that has to be looked at, in no order.
    pub fn pieces<R: Send>(
        &self,
        answer: Answer,
        progress: &Progress,
        each: impl Fn(Piece) -> R + Sync,
    ) -> Vec<R> {
        let next = AtomicU32::new(0);
        let units = u32::try_from(self.roll.units()).unwrap_or(u32::MAX);
        let share = self.roll.people() / self.threads;
        let nights = Mutex::new(Vec::new());
        let bench = Bench {
            roll: self.roll,
            period: self.period,
            demand_from: self.needs.from,
            zone: self.zone,
            limits: self.limits,
        };
        let of_posts = each_in_a_thread((0..self.threads).collect(), |_| {
            let mut desk = Desk::of(&self.needs.counts, &bench, answer, share);
            let mut done = Vec::new();
            loop {
                let first = next.fetch_add(UNITS_AT_A_TIME, Ordering::Relaxed);
                if first >= units {
                    break (desk, done);
                }
                desk.clear_posts();
                (first..units.min(first + UNITS_AT_A_TIME)).for_each(|unit| desk.unit(unit));
                let here = std::mem::replace(&mut desk.found, Found::none(answer));
                done.push(found(here, &nights, &each));
                if !desk.posts.is_empty() {
                    done.push(self.posts(&desk, &nights, &each));
                }
                progress.judged(UNITS_AT_A_TIME.min(units - first), self.roll);
            }
        });
        let (mut people, mut numbers, mut tired) = (Vec::new(), Vec::new(), Vec::new());
        let (mut outside, mut done) = (Vec::new(), Vec::new());
        for (desk, some_done) in of_posts {
            people.extend(desk.people);
            numbers.push(desk.numbers);
            tired.push(desk.tired);
            outside.extend(desk.outside);
            done.extend(some_done);
        }
        let outside = outside.into_iter().map(|(shifts, row, starts)| Outside {
            shifts,
            place: self.roll.place(row),
            starts: (minute(starts.0), minute(starts.1)),
        });
        let outside = outside.reduce(Outside::and);
        let mut nights = nights
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        nights.sort_by_cached_key(|night: &Night| self.rank(&night.hole.unit, &night.hole.post));
        let sharers = bearers::sharers(self.roll, numbers);
        people.extend(sharers.rows);
        people.sort_unstable_by_key(|row| row.row);
        people.dedup_by_key(|row| row.row);
        let tired = tired
            .iter()
            .flat_map(|some| some.rows_of_each(&sharers.numbers));
        let tired: Vec<&[Entry]> = tired.collect();
        let parts = circles::parted(self.roll, &people, &sharers.links);
        let of_tired = tired.chunks(TIRED_AT_A_TIME).map(Work::Tired);
        let of_people = parts.into_iter().map(Work::People);
        // The longest first.
        let work = [Work::File(outside, nights), Work::Missing].into_iter();
        let work: Vec<Work> = work.chain(of_people).chain(of_tired).collect();
        let work = Mutex::new(work.into_iter());
        let worked = each_in_a_thread((0..self.threads).collect(), |_| {
            let mut done = Vec::new();
            while let Some(next) = work.lock().ok().and_then(|mut work| work.next()) {
                match next {
                    Work::File(outside, nights) => done.push(self.file(outside, nights, &each)),
                    Work::Missing => done.push(self.missing(&each)),
                    Work::People(rows) => done.push(self.people(rows, &each)),
                    Work::Tired(people) => done.extend(self.tired(&bench, people, &each)),
                }
            }
            done
        });
        done.extend(worked.into_iter().flatten());
        done
    }

    fn facts<'f>(&'f self, roster: &'f Roster, demand: &'f Demand, holes: &'f [Hole]) -> Facts<'f> {
        Facts {
            roster,
            demand,
            demand_from: self.needs.from,
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
            let count = self.needs.counts[*number as usize];
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
        let surplus = match self.needs.from {
            DemandFrom::List => ledger.surplus(&facts),
            DemandFrom::Roster => &[],
        };
        each(Piece {
            roster: &roster,
            holes: &holes,
            surplus,
            findings,
            untold: [0; 3],
        })
    }

    fn people<R>(&self, rows: Vec<Entry>, each: impl Fn(Piece) -> R) -> R {
        let roster = self.roll.roster(rows);
        let demand = self.no_demand();
        let facts = self.facts(&roster, &demand, &[]);
        let findings = judged_by(LooksAt::Person, &facts, &Ledger::of(&roster));
        each(Piece {
            roster: &roster,
            holes: &[],
            surplus: &[],
            findings,
            untold: [0; 3],
        })
    }

    fn tired<R>(&self, bench: &Bench, people: &[&[Entry]], each: impl Fn(Piece) -> R) -> Vec<R> {
        let mut findings = Vec::new();
        let (mut cited, mut mistaken) = (Vec::new(), Vec::new());
        for rows in people {
            let Some(found) = bench.rests(rows) else {
                mistaken.extend(*rows);
                continue;
            };
            let is_cited = |row: &&Entry| {
                let place = Some(self.roll.place(row.row));
                found.iter().any(|finding| finding.place == place)
            };
            cited.extend(rows.iter().filter(is_cited));
            findings.extend(found);
        }
        let mut done = vec![each(Piece {
            roster: &self.roll.roster(cited),
            holes: &[],
            surplus: &[],
            findings,
            untold: [0; 3],
        })];
        if !mistaken.is_empty() {
            mistaken.sort_unstable_by_key(|row: &Entry| row.row);
            done.push(self.people(mistaken, each));
        }
        done
    }

    /// What is asked for and nobody has sent.
    fn missing<R>(&self, each: impl Fn(Piece) -> R) -> R {
        let here = |unit: &str| self.roll.has_unit(unit);
        let (roster, demand) = match self.needs.from {
            DemandFrom::List => self.needs.missing(self.roll, self.period),
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
            untold: [0; 3],
        })
    }

    fn file<R>(
        &self,
        outside: Option<Outside>,
        nights: Vec<Night>,
        each: impl Fn(Piece) -> R,
    ) -> R {
        // Where a unit begins is asked of those alone that are not on a list of units.
        let is_listed = !self.units.is_empty();
        let units = u32::try_from(self.roll.units()).unwrap_or(u32::MAX);
        let units = (0..units).map(|unit| {
            let first = is_listed.then(|| self.roll.first_row_of(unit));
            let first = first.flatten();
            (self.roll.unit(unit), first.map(|row| self.roll.place(row)))
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
            untold: [0; 3],
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
        let number = self.roll.post_named(unit.as_bytes(), post.as_bytes());
        number.map_or(u32::MAX, |number| self.needs.rank(number))
    }

    /// What came of all pieces, in the order in which the rules say it of a whole roster.
    #[must_use]
    pub fn in_order(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        let missing = self.needs.missing_ranks();
        let rank = |finding: &Finding| match &finding.matter {
            Matter::Uncovered { unit, post, .. } | Matter::AboveNeed { unit, post, .. }
                if finding.place.is_none() =>
            {
                let missing = missing.get(&(unit.as_bytes(), post.as_bytes()));
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
        untold: found.untold,
    })
}

fn keep_nights(nights_of: &Mutex<Vec<Night>>, nights: Vec<Night>) {
    if !nights.is_empty()
        && let Ok(mut all) = nights_of.lock()
    {
        all.extend(nights);
    }
}

#[cfg(test)]
mod tests;
