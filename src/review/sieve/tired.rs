//! People who rest too little between two shifts and have nothing else about them: no two shifts
//! that touch, none that is too long, one number, which nobody bears elsewhere. Of all rules about
//! people one alone can have a word on them, and it needs no more than their rows.

use foldhash::HashSet;

use super::super::short_rest;
use super::post::Bench;
use crate::roster::{Entry, Finding, Place};
use crate::time::Span;

/// Some such people, one thread's.
#[derive(Default)]
pub(super) struct Tired {
    /// Each one's number, and where their rows end in `rows`.
    people: Vec<(u32, u32)>,
    /// One person's after the other's, each one's by their start and end, then in order of the file.
    rows: Vec<Entry>,
}

impl Tired {
    pub fn add(&mut self, number: u32, rows: impl Iterator<Item = Entry>) {
        self.rows.extend(rows);
        let end = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.people.push((number, end));
    }

    /// Everybody's rows, without those whose number is one of `elsewhere`.
    pub fn rows_of_each<'t>(
        &'t self,
        elsewhere: &'t HashSet<u32>,
    ) -> impl Iterator<Item = &'t [Entry]> {
        let mut begin = 0;
        let each = self.people.iter().map(move |(number, end)| {
            let from = std::mem::replace(&mut begin, *end as usize);
            (number, &self.rows[from..*end as usize])
        });
        each.filter(|(number, _)| !elsewhere.contains(number))
            .map(|(_, rows)| rows)
    }
}

impl Bench<'_> {
    /// What is found of one such person; `None` where their rows are not all of one name and number
    /// after all. `rows`: all of theirs, by their start and end, then in order of the file.
    pub fn rests(&self, rows: &[Entry]) -> Option<Vec<Finding>> {
        let name = self.roll.name(rows.first()?)?;
        if !self.roll.are_one_person(rows) {
            return None;
        }
        let tiring = rows.iter().filter_map(|row| {
            let (unit, _, role) = self.roll.post(row.post);
            let duty = Duty {
                unit,
                place: self.roll.place(row.row),
            };
            short_rest::tires(role.presence(), role).then_some((row.span()?, duty))
        });
        let tiring: Vec<(Span, Duty)> = tiring.collect();
        let Some(least) = self.limits.min_rest else {
            return Some(Vec::new());
        };
        let short = short_rest::rests(tiring.into_iter(), least);
        let told = short.into_iter().map(|((off, before), (on, duty))| {
            let unit = self.roll.unit(duty.unit);
            let rest = (off.end(), on.start());
            short_rest::told((unit, &name), rest, least, [before.place, duty.place])
        });
        Some(told.collect())
    }
}

#[derive(Clone, Copy)]
struct Duty {
    unit: u32,
    place: Place,
}
