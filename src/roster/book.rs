//! What has been read so far: posts, shifts, findings, and what became of every cell.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use foldhash::HashMap;

use super::finding::{Code, Finding, Matter, Place};
use super::form::Form;
use super::misread::Misread;
use super::people::Person;
use super::shift::{Post, Role, Roster, Shift, Unnamed, Unread};
use super::{Account, Accounted, CellUse};
use crate::time::{Moment, Span, Zone, clock_of, minute_of_day};

/// A few lines of ranges and lists can ask for more shifts than there is memory: the largest
/// county has some thousands, and five thousand people with a code for each day of a month
/// 150,000.
const MOST_SHIFTS: usize = 600_000;

/// Of a file with so many rows that these are more, so many to a row.
const MOST_OF_A_ROW: usize = 2;

/// What a cell became, and the shift it is part of.
type Used = (CellUse, Option<u32>);

/// A cell of the sheet, counted from 0.
pub(super) type At = (usize, usize);

pub(super) struct Book {
    zone: Zone,
    day_begins_minute: u32,
    pub roster: Roster,
    pub findings: Vec<Finding>,
    /// By unit and name.
    posts: HashMap<String, HashMap<String, u32>>,
    /// By row and column, as far as anything was accounted for.
    uses: Vec<Vec<Option<Used>>>,
    pub assumed: u32,
    pub form: Form,
    most_shifts: usize,
    /// More was found than any roster has.
    pub overflows: bool,
    /// The instants of wall clocks, known once asked: a roster repeats the same few.
    moments: HashMap<NaiveDateTime, Moment>,
    /// Entries of the roster's unread whose days are known and whose hours are not yet.
    unread_days: Vec<(usize, (NaiveDate, NaiveDate))>,
}

impl Book {
    /// `rows`: of the sheet. `day_begins_minute`: when a duty day begins, unless the shifts of
    /// the file tell otherwise.
    pub fn new(zone: Zone, rows: usize, day_begins_minute: u32) -> Self {
        Self {
            most_shifts: MOST_SHIFTS.max(rows.saturating_mul(MOST_OF_A_ROW)),
            zone,
            day_begins_minute,
            roster: Roster::default(),
            findings: Vec::new(),
            posts: foldhash::HashMap::default(),
            uses: Vec::new(),
            assumed: 0,
            form: Form::default(),
            overflows: false,
            moments: foldhash::HashMap::default(),
            unread_days: Vec::new(),
        }
    }

    /// The post of this name in this unit; the first role it was met with stays.
    pub fn post(&mut self, unit: &str, name: &str, role: Role) -> u32 {
        let known = self.posts.get(unit).and_then(|names| names.get(name));
        if let Some(known) = known {
            return *known;
        }
        let index = u32::try_from(self.roster.posts.len()).unwrap_or(u32::MAX);
        self.roster.posts.push(Post {
            unit: unit.to_owned(),
            name: name.to_owned(),
            role,
            presence: role.presence(),
        });
        let names = self.posts.entry(unit.to_owned()).or_default();
        names.insert(name.to_owned(), index);
        index
    }

    pub fn span(&mut self, start: NaiveDateTime, end: NaiveDateTime) -> Option<Span> {
        Span::new(self.moment(start), self.moment(end))
    }

    fn moment(&mut self, civil: NaiveDateTime) -> Moment {
        let zone = self.zone;
        *self
            .moments
            .entry(civil)
            .or_insert_with(|| zone.moment(civil))
    }

    /// One shift; `None` where nobody is named or the stretch is empty.
    pub fn shift(
        &mut self,
        post: u32,
        span: Span,
        people: Arc<[Person]>,
        assumed: bool,
        at: At,
    ) -> Option<u32> {
        if people.is_empty() {
            self.unnamed(post, span, at);
            return None;
        }
        if self.is_full() {
            return None;
        }
        let index = u32::try_from(self.roster.shifts.len()).ok()?;
        self.roster.shifts.push(Shift {
            post,
            span,
            people,
            assumed_hours: assumed,
            source: place(at),
        });
        self.assumed += u32::from(assumed);
        *self.used(at) = Some((CellUse::Shift, Some(index)));
        Some(index)
    }

    fn unnamed(&mut self, post: u32, span: Span, at: At) {
        if self.roster.unnamed.len() < self.most_shifts {
            let place = place(at);
            self.roster.unnamed.push(Unnamed { post, span, place });
        }
    }

    /// Whether there is no room for one more shift or unread cell; from the first that found
    /// none on, the book holds less than the file.
    fn is_full(&mut self) -> bool {
        self.overflows |= self.roster.shifts.len() + self.roster.unread.len() >= self.most_shifts;
        self.overflows
    }

    /// Why a book that overflows is not believed.
    pub fn outgrown(&self) -> Misread {
        Misread::TooManyShifts {
            most: self.most_shifts,
        }
    }

    pub fn find(&mut self, code: Code, at: At, matter: Misread) {
        self.find_at(code, Some(place(at)), matter);
        if matches!(
            code,
            Code::F303
                | Code::F304
                | Code::F306
                | Code::F310
                | Code::F319
                | Code::F322
                | Code::F323
                | Code::P201
                | Code::P205
        ) {
            self.used(at).get_or_insert((CellUse::Finding, None));
        }
    }

    pub fn find_at(&mut self, code: Code, place: Option<Place>, matter: Misread) {
        let known = self.findings.iter().rev().take(40).any(|f| {
            f.code == code && f.place == place && f.matter == Matter::Misread(matter.clone())
        });
        if !known {
            self.findings.push(Finding {
                code,
                place,
                also: Vec::new(),
                matter: Matter::Misread(matter),
            });
        }
    }

    /// Whether a cell was found to look like duty that nobody can read.
    pub fn is_unreadable(&self, at: At) -> bool {
        let here = Some(place(at));
        self.findings
            .iter()
            .rev()
            .take_while(|f| f.place == here)
            .any(|f| f.code == Code::F319)
    }

    /// A shift may stand here, on these duty days, and cannot be read.
    pub fn unread(&mut self, post: Option<u32>, days: Option<(NaiveDate, NaiveDate)>, at: At) {
        if let Some(days) = days.filter(|_| !self.overflows) {
            self.unread_days.push((self.roster.unread.len(), days));
        }
        self.unread_between(post, None, at);
    }

    /// Once all is read, duty days that could not be read begin when those that could do.
    pub fn settle_unread(&mut self) {
        let begins = self.day_begins();
        for (index, (first, last)) in std::mem::take(&mut self.unread_days) {
            let span = self.span(clock_of(first, begins), clock_of(last, 1440 + begins));
            if let Some(unread) = self.roster.unread.get_mut(index) {
                unread.span = span;
            }
        }
    }

    /// The minute at which most of the days read begin; where none was read, the one expected.
    fn day_begins(&self) -> u32 {
        let mut firsts: HashMap<NaiveDate, u32> = HashMap::default();
        for shift in &self.roster.shifts {
            let start = self.zone.civil(shift.span.start());
            let minute = minute_of_day(start.time());
            let first = firsts.entry(start.date()).or_insert(minute);
            *first = minute.min(*first);
        }
        let mut days_at: HashMap<u32, u32> = HashMap::default();
        for minute in firsts.into_values() {
            *days_at.entry(minute).or_default() += 1;
        }
        let most = days_at
            .into_iter()
            .max_by_key(|(minute, days)| (*days, std::cmp::Reverse(*minute)));
        most.map_or(self.day_begins_minute, |(minute, _)| minute)
    }

    pub fn unread_between(&mut self, post: Option<u32>, span: Option<Span>, at: At) {
        if self.is_full() {
            return;
        }
        self.roster.unread.push(Unread {
            post,
            span,
            place: place(at),
        });
    }

    /// What became of a cell; the first word stands, save that a shift outranks it.
    pub fn account(&mut self, at: At, used: CellUse, shift: Option<u32>) {
        let entry = self.used(at).get_or_insert((used, shift));
        if used == CellUse::Shift && entry.0 != CellUse::Shift {
            *entry = (used, shift);
        }
    }

    fn used(&mut self, (row, column): At) -> &mut Option<Used> {
        if self.uses.len() <= row {
            self.uses.resize_with(row + 1, Vec::new);
        }
        let cells = &mut self.uses[row];
        if cells.len() <= column {
            cells.resize(column + 1, None);
        }
        &mut cells[column]
    }

    /// Words beside the duty, whatever they were taken along with; `false` where the cell names
    /// a shift's people or something was found of it.
    pub fn note(&mut self, at: At) -> bool {
        let source = place(at);
        let shift = self.used(at).and_then(|(_, shift)| shift);
        let shift = shift.and_then(|index| self.roster.shifts.get(index as usize));
        let is_note = shift.is_none_or(|shift| shift.source != source)
            && !matches!(self.used(at), Some((CellUse::Finding, _)));
        if is_note {
            *self.used(at) = Some((CellUse::Note, None));
        }
        is_note
    }

    pub fn is_accounted(&self, (row, column): At) -> bool {
        self.uses
            .get(row)
            .and_then(|cells| cells.get(column))
            .is_some_and(Option::is_some)
    }

    /// Moves findings, sources and accounts to where their text is written; what then says the
    /// same thing twice is said once.
    pub fn move_places(&mut self, to: impl Fn(At) -> At) {
        let moved = |from: Place| match (from.row.checked_sub(1), from.column.checked_sub(1)) {
            (Some(row), Some(column)) => {
                let (row, column) = to((row as usize, column as usize));
                Place {
                    file: from.file,
                    ..place((row, column))
                }
            }
            _ => from,
        };
        for shift in &mut self.roster.shifts {
            shift.source = moved(shift.source);
        }
        for unread in &mut self.roster.unread {
            unread.place = moved(unread.place);
        }
        for excuse in &mut self.roster.excuses {
            excuse.place = moved(excuse.place);
        }
        for unnamed in &mut self.roster.unnamed {
            unnamed.place = moved(unnamed.place);
        }
        let mut kept: Vec<Finding> = Vec::with_capacity(self.findings.len());
        for mut finding in std::mem::take(&mut self.findings) {
            let was = finding.place;
            finding.place = was.map(moved);
            if finding.place == was || !kept.contains(&finding) {
                kept.push(finding);
            }
        }
        self.findings = kept;
        for question in &mut self.form.questions {
            question.place = question.place.map(moved);
        }
        for (row, cells) in self.uses.iter_mut().enumerate() {
            for (column, used) in cells.iter_mut().enumerate() {
                if to((row, column)) != (row, column) {
                    *used = None;
                }
            }
        }
    }

    pub fn account_of_all(&self) -> Account {
        let rows = self.uses.iter().enumerate();
        let cells = rows
            .flat_map(|(row, cells)| {
                cells
                    .iter()
                    .enumerate()
                    .map(move |(column, used)| ((row, column), used))
            })
            .filter_map(|(at, used)| {
                used.map(|(r#as, shift)| Accounted {
                    place: place(at),
                    r#as,
                    shift,
                })
            })
            .collect();
        Account { cells }
    }
}

pub(super) fn place((row, column): At) -> Place {
    let count = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
    Place {
        file: 0,
        row: count(row),
        column: count(column),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_with_more_than_any_roster_has_says_so() {
        let mut book = Book::new(Zone::default(), 1, 0);
        for _ in 0..MOST_SHIFTS {
            book.unread_between(None, None, (0, 0));
        }
        assert!(!book.overflows);
        book.unread_between(None, None, (0, 0));
        assert!(book.overflows);
        assert_eq!(book.roster.unread.len(), MOST_SHIFTS);
    }
}
