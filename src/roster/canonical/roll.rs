//! A plain file of any size as a roll: every row as a few numbers, read by all cores, and turned
//! round by unit. Whoever wants to look at some rows gets them as the roster they are.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use foldhash::fast::RandomState;
use foldhash::{HashMap, HashMapExt, HashSet};
use memchr::memchr;

use super::super::threads::{each_in_a_thread, stretches};
use super::columns::Columns;
use super::cut::Cut;
use super::directory::Directory;
use super::entry::{Entry, MOST_APART_MINUTES, minute};
use super::plain::plain_phone;
use super::posts::Posts;
use super::rows::Rows;
use super::scan::{Part, Posted, Scan};
use super::stretch::{Sheet, Stretch};
use super::{Asked, Person, Place, Post, Role, Roster, Shift, Telling};
use crate::time::{Moment, Span};

/// How far the threads are, in bytes of the file, which are read and then judged; and whether any
/// has met what makes the others' work vain.
#[derive(Debug, Default)]
pub struct Progress {
    bytes: AtomicUsize,
    is_vain: AtomicBool,
}

impl Progress {
    /// Read so far and judged so far, together.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    /// `None` where there is no use in going on.
    pub(super) fn read(&self, bytes: usize) -> Option<()> {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        (!self.is_vain.load(Ordering::Relaxed)).then_some(())
    }

    /// That so many of the roll's units have been looked at, each for its share of the file.
    pub fn judged(&self, units: u32, roll: &Roll) {
        let share = roll.file.len() / roll.units.len().max(1);
        self.bytes
            .fetch_add(share * units as usize, Ordering::Relaxed);
    }

    pub(super) fn give_up(&self) {
        self.is_vain.store(true, Ordering::Relaxed);
    }
}

/// A plain file's rows, its posts and its units. Rows are counted from 0, without the header.
pub struct Roll<'a> {
    file: &'a [u8],
    columns: Columns,
    phone_column: usize,
    /// The threads' rows, one's after the other's in order of the file.
    stretches: Vec<Stretch>,
    units: Directory,
    posts: Posts,
    names: Vec<(&'a str, Role)>,
    starts: HashSet<u32>,
    /// When the first shift begins, in minutes since 1970.
    earliest: u32,
    whole: Option<Span>,
}

impl<'a> Roll<'a> {
    /// `None` for a file that is not plain, or whose rows say no phone, or of more than 4 GB.
    #[must_use]
    pub fn of(
        file: &'a [u8],
        asked: &Asked,
        threads: NonZeroUsize,
        progress: &Progress,
    ) -> Option<Self> {
        if !asked.answers.is_empty() || asked.account == Telling::EveryCell {
            return None;
        }
        u32::try_from(file.len()).ok()?;
        let header = Rows::of(file).next()??;
        let columns = Columns::of(&header)?;
        let phone_column = columns.phone?;
        let begin = memchr(b'\n', file)? + 1;
        let bounds = stretches(file, begin, threads.get());
        let hasher = RandomState::default();
        let scanned = |bounds| {
            let scan = Scan::of(file, bounds, &columns, phone_column, asked, hasher.clone());
            scan.read(progress)
        };
        let parts: Vec<Part> = each_in_a_thread(bounds, scanned)
            .into_iter()
            .collect::<Option<_>>()?;
        Self::joined(file, columns, phone_column, parts).filter(|roll| roll.shifts() > 0)
    }

    fn joined(
        file: &'a [u8],
        columns: Columns,
        phone_column: usize,
        parts: Vec<Part<'a>>,
    ) -> Option<Self> {
        let mut parts = parts.into_iter();
        let first = parts.next()?;
        let Posted {
            mut earliest,
            mut latest,
            ..
        } = first.posted;
        let mut roll = Self {
            file,
            columns,
            phone_column,
            stretches: vec![first.rows],
            units: Directory::of(first.posted.units),
            posts: first.posted.posts,
            names: first.posted.names,
            starts: first.posted.starts,
            earliest: 0,
            whole: None,
        };
        for Part { rows, posted } in parts {
            let units = roll.units.enter(posted.units)?;
            let names = renumbered(&posted.names, &mut roll.names)?;
            let pairs = posted.posts.pairs().iter();
            let posts = pairs.map(|(unit, name)| {
                let (unit, name) = (units.get(*unit as usize)?, names.get(*name as usize)?);
                roll.posts.number(*unit, *name)
            });
            let posts = posts.collect::<Option<_>>()?;
            let rows = rows.joined_after(roll.stretches.last()?, units, posts)?;
            roll.stretches.push(rows);
            earliest = earliest.min(posted.earliest);
            latest = latest.max(posted.latest);
            roll.starts.extend(posted.starts);
        }
        let last_start = *roll.starts.iter().max()?;
        if last_start - earliest > MOST_APART_MINUTES {
            return None;
        }
        roll.earliest = earliest;
        roll.whole = Span::new(minute(earliest), minute(latest));
        Some(roll)
    }

    #[must_use]
    pub fn shifts(&self) -> usize {
        self.stretches.iter().map(Stretch::rows).sum()
    }

    /// How many people are on its sheets, together.
    #[must_use]
    pub fn people(&self) -> usize {
        self.stretches.iter().map(Stretch::people).sum()
    }

    #[must_use]
    pub fn units(&self) -> usize {
        self.units.len()
    }

    /// Units have their numbers in order of appearance.
    #[must_use]
    pub fn unit(&self, number: u32) -> &str {
        self.units.name(number)
    }

    #[must_use]
    pub fn posts(&self) -> usize {
        self.posts.len()
    }

    /// The unit's number, the post's name and the kind of duty.
    #[must_use]
    pub fn post(&self, post: u32) -> (u32, &'a str, Role) {
        let (unit, name) = self.posts.pairs()[post as usize];
        let (name, role) = self.names[name as usize];
        (unit, name, role)
    }

    #[must_use]
    pub fn has_unit(&self, unit: &str) -> bool {
        self.unit_named(unit.as_bytes()).is_some()
    }

    /// The number of the unit of that name.
    #[must_use]
    pub fn unit_named(&self, unit: &[u8]) -> Option<u32> {
        self.units.number(unit)
    }

    /// The number of the unit's post of that name.
    #[must_use]
    pub fn post_named(&self, unit: &[u8], name: &[u8]) -> Option<u32> {
        self.post_of(self.unit_named(unit)?, name)
    }

    /// The same, of a unit by its number.
    #[must_use]
    pub fn post_of(&self, unit: u32, name: &[u8]) -> Option<u32> {
        let name = self
            .names
            .iter()
            .position(|(known, _)| known.as_bytes() == name)?;
        self.posts.find(unit, u32::try_from(name).ok()?)
    }

    /// The first row of a unit.
    #[must_use]
    pub fn first_row_of(&self, unit: u32) -> Option<u32> {
        self.entries_of(unit).map(|entry| entry.row).min()
    }

    /// The rows of a unit, sheet by sheet in order of the file.
    pub fn sheets_of(&self, unit: u32) -> impl Iterator<Item = Sheet<'_>> {
        let stretches = self.stretches.iter();
        stretches.flat_map(move |rows| rows.sheets_of(unit, self.earliest))
    }

    /// The rows of a unit: each post's in order of the file.
    pub fn entries_of(&self, unit: u32) -> impl Iterator<Item = Entry> {
        self.sheets_of(unit).flat_map(Sheet::entries)
    }

    /// Every moment at which a shift begins, in no order.
    pub fn starts(&self) -> impl Iterator<Item = Moment> {
        self.starts.iter().map(|start| minute(*start))
    }

    /// From the first shift's beginning to the last one's end.
    #[must_use]
    pub fn whole(&self) -> Option<Span> {
        self.whole
    }

    /// Rows as a spreadsheet counts them.
    #[must_use]
    pub fn file_rows(&self) -> u32 {
        u32::try_from(self.shifts() + 1).unwrap_or(u32::MAX)
    }

    /// The cell that says who is there.
    #[must_use]
    pub fn place(&self, row: u32) -> Place {
        Place {
            file: 0,
            // From 1, and after the header.
            row: row.saturating_add(2),
            column: u32::try_from(self.columns.name + 1).unwrap_or(u32::MAX),
        }
    }

    /// Who is there, as the row has it.
    #[must_use]
    pub fn name(&self, row: &Entry) -> Option<String> {
        let cut = self.cut(row)?;
        Some(String::from_utf8_lossy(cut.name).into_owned())
    }

    /// Whether all these rows write one name and one number.
    #[must_use]
    pub fn are_one_person(&self, rows: &[Entry]) -> bool {
        let written = |row: &Entry| {
            let cut = self.cut(row)?;
            Some((cut.name, cut.tail.phone))
        };
        let Some(first) = rows.first() else {
            return true;
        };
        let first = written(first);
        first.is_some() && rows.iter().all(|row| written(row) == first)
    }

    fn cut(&self, entry: &Entry) -> Option<Cut<'a>> {
        let rest = self.file.get(entry.at as usize..)?;
        let line = &rest[..memchr(b'\n', rest).unwrap_or(rest.len())];
        Cut::again(line, &self.columns, self.phone_column)
    }

    /// These rows as a roster, its shifts in their order and its posts as they first come.
    pub fn roster(&self, rows: impl IntoIterator<Item = Entry>) -> Roster {
        let mut roster = Roster::default();
        let mut posts: HashMap<u32, u32> = HashMap::new();
        let mut people: HashMap<Named, Arc<[Person]>> = HashMap::new();
        let mut spans: HashMap<(u32, u16), Option<Span>> = HashMap::new();
        for entry in rows {
            let post = *posts.entry(entry.post).or_insert_with(|| {
                roster.posts.push(self.told(entry.post));
                u32::try_from(roster.posts.len() - 1).unwrap_or(u32::MAX)
            });
            let cut = self.cut(&entry);
            let hours = (entry.start, entry.minutes);
            let span = *spans.entry(hours).or_insert_with(|| entry.span());
            let (Some(cut), Some(span)) = (cut, span) else {
                continue;
            };
            let named = people.entry((cut.name, cut.tail.phone)).or_insert_with(|| {
                Arc::new([Person {
                    name: String::from_utf8_lossy(cut.name).into_owned(),
                    phone: plain_phone(cut.tail.phone),
                }])
            });
            roster.shifts.push(Shift {
                post,
                span,
                people: named.clone(),
                assumed_hours: false,
                source: self.place(entry.row),
            });
        }
        roster
    }

    /// A post as rosters have it.
    #[must_use]
    pub fn told(&self, post: u32) -> Post {
        let (unit, name, role) = self.post(post);
        Post {
            unit: self.unit(unit).to_owned(),
            name: name.to_owned(),
            role,
            presence: role.presence(),
        }
    }
}

/// All threads' number of each of one thread's names for posts.
fn renumbered<'a>(own: &[(&'a str, Role)], all: &mut Vec<(&'a str, Role)>) -> Option<Vec<u32>> {
    let numbers = own.iter().map(|name| {
        let known = all.iter().position(|known| known == name);
        let number = known.unwrap_or_else(|| {
            all.push(*name);
            all.len() - 1
        });
        u32::try_from(number).ok()
    });
    numbers.collect()
}

/// A name and a phone, as they are written.
type Named<'a> = (&'a [u8], &'a [u8]);
