//! Blanks that belong to the merged cell above them, told from blanks where nobody is.

use chrono::{NaiveDate, NaiveDateTime};
use foldhash::HashMap;

use super::answers::{Answer, Blank, ColumnName};
use super::calendar::Settled;
use super::facts::RowFacts;
use super::finding::Code;
use super::misread::Misread;
use super::reader::Reader;
use crate::time::clock_of;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Merged {
    /// A blank is nobody.
    No,
    /// One cell for all shifts of its day.
    Shifts,
    /// One cell for several days.
    Days,
}

impl Reader<'_, '_> {
    /// Whether blanks of a people column mean the cell above, and how far.
    pub(super) fn merged(&mut self, column: usize, facts: &[RowFacts], label: &str) -> Merged {
        if self.sheet.knows_merges() {
            return Merged::No;
        }
        let filled = |n: usize| self.sheet.cell(facts[n].row, column).is_some();
        let starts: Vec<usize> = (0..facts.len())
            .filter(|n| !facts[*n].date_carried && !facts[*n].dates.is_empty())
            .collect();
        let (mut once, mut otherwise) = (0, 0);
        for (k, start) in starts.iter().enumerate() {
            let end = starts.get(k + 1).copied().unwrap_or(facts.len());
            let later = (start + 1..end)
                .filter(|n| facts[*n].date_carried)
                .collect::<Vec<_>>();
            if later.is_empty() {
                continue;
            }
            let any_later = later.iter().any(|n| filled(*n));
            once += usize::from(filled(*start) && !any_later);
            otherwise += usize::from(any_later);
        }
        if once > 0 {
            if once > otherwise {
                let cells = (0..facts.len()).filter(|n| !filled(*n)).count();
                self.book.find_at(
                    Code::F305,
                    Some(super::finding::Place {
                        file: 0,
                        row: 0,
                        column: u32::try_from(column + 1).unwrap_or(0),
                    }),
                    Misread::MergedCells {
                        label: label.to_owned(),
                        cells: u32::try_from(cells).unwrap_or(u32::MAX),
                    },
                );
                return Merged::Shifts;
            }
            return Merged::No;
        }
        if otherwise > 0 || starts.len() < 3 {
            return Merged::No;
        }
        self.merged_over_days(column, facts, &starts, label)
    }

    pub(super) fn merged_over_days(
        &mut self,
        column: usize,
        facts: &[RowFacts],
        starts: &[usize],
        label: &str,
    ) -> Merged {
        let filled = |n: &usize| self.sheet.cell(facts[*n].row, column).is_some();
        let full = starts.iter().filter(|n| filled(n)).count();
        let blank = starts.len() - full;
        if full == 0 || blank == 0 || !filled(&starts[0]) {
            return Merged::No;
        }
        let followed = starts
            .windows(2)
            .filter(|w| filled(&w[0]) && !filled(&w[1]))
            .count();
        let last_is_filled = usize::from(starts.last().is_some_and(filled));
        let first_blank = starts.iter().find(|n| !filled(n)).copied();
        let regular = followed + last_is_filled >= full && blank + last_is_filled >= full;
        let Some(first_blank) =
            first_blank.filter(|_| regular || followed * 2 >= full && blank >= 2)
        else {
            return Merged::No;
        };
        let at = (facts[first_blank].row, column);
        let position = super::book::place(at).column;
        if let Some(mean) = self.asked.answers.blanks(label, position) {
            let column = ColumnName::of(label, position);
            let answer = Answer::Blanks { column, mean };
            self.note_told(answer, Some(super::book::place(at)));
            return match mean {
                Blank::SameAsAbove => Merged::Days,
                Blank::Nobody => Merged::No,
            };
        }
        let name = facts
            .get(first_blank.wrapping_sub(1))
            .and_then(|f| self.sheet.cell(f.row, column))
            .map(|c| c.raw.to_owned());
        self.book.find_at(
            Code::P205,
            Some(super::book::place(at)),
            Misread::BlankTakenAs {
                name: name.filter(|_| regular),
            },
        );
        if regular { Merged::Days } else { Merged::No }
    }

    /// The last row of a merged cell's run within its day.
    pub(super) fn run_end(&self, facts: &[RowFacts], from: usize, column: usize) -> usize {
        let mut last = from;
        for (n, fact) in facts.iter().enumerate().skip(from + 1) {
            if !fact.date_carried || self.sheet.cell(fact.row, column).is_some() {
                break;
            }
            last = n;
        }
        last
    }

    /// From the first shift of a merged run to the end of its last; a day with a shift missing is
    /// still as long as the others.
    pub(super) fn whole_run(
        &self,
        facts: &[RowFacts],
        from: usize,
        until: usize,
        date: NaiveDate,
        first: &Settled,
        usual: Option<(i64, i64)>,
    ) -> (NaiveDateTime, NaiveDateTime) {
        let end_of = |n: usize, date: NaiveDate| {
            let hours = facts[n].hours.as_ref().map(|(h, ..)| h);
            self.calendar.settle(date, hours).ok().map(|s| s.end)
        };
        let end = (from..=until)
            .filter_map(|n| end_of(n, date))
            .max()
            .unwrap_or(first.end);
        let covers_group = until + 1 == facts.len() || !facts[until + 1].date_carried;
        let start = (first.start - clock_of(date, 0)).num_minutes();
        match usual {
            Some((s, e)) if s == start && covers_group && !facts[from].date_carried => (
                first.start,
                end.max(clock_of(date, 0) + chrono::TimeDelta::minutes(e)),
            ),
            _ => (first.start, end),
        }
    }

    /// The minutes after midnight at which most days of a table begin and end.
    pub(super) fn usual_day(&self, facts: &[RowFacts]) -> Option<(i64, i64)> {
        let end_of = |n: usize, date: NaiveDate| {
            let hours = facts[n].hours.as_ref().map(|(h, ..)| h);
            self.calendar.settle(date, hours).ok().map(|s| s.end)
        };
        let offset = |n: usize| {
            let date = *facts[n].dates.first()?;
            let group = (n..facts.len()).take_while(|m| *m == n || facts[*m].date_carried);
            let start = self
                .calendar
                .settle(date, facts[n].hours.as_ref().map(|(h, ..)| h))
                .ok()?
                .start;
            let end = group.filter_map(|m| end_of(m, date)).max()?;
            Some((start - clock_of(date, 0), end - clock_of(date, 0)))
        };
        let mut lengths: HashMap<(i64, i64), usize> = HashMap::default();
        for n in (0..facts.len()).filter(|n| !facts[*n].date_carried) {
            if let Some((start, end)) = offset(n) {
                *lengths
                    .entry((start.num_minutes(), end.num_minutes()))
                    .or_default() += 1;
            }
        }
        lengths
            .into_iter()
            .max_by_key(|(at, count)| (*count, *at))
            .map(|(at, _)| at)
    }
}
