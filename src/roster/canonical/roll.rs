//! A plain file of any size as a roll: every row as twenty bytes, read by all cores, and turned
//! round by unit. Whoever wants to look at some rows gets them as the roster they are.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};

use foldhash::{HashMap, HashMapExt, HashSet};
use memchr::memchr;

use super::super::threads::each_in_a_thread;
use super::columns::Columns;
use super::entry::{Entry, Kept, MOST_APART_MINUTES, minute};
use super::plain::plain_phone;
use super::rows::Rows;
use super::scan::{Cut, Part, Scan};
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
    pub fn judged(&self, units: usize, roll: &Roll) {
        let share = roll.file.len() / roll.units.len().max(1);
        self.bytes.fetch_add(share * units, Ordering::Relaxed);
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
    /// The threads' entries, one's after the other's in order of the file.
    parts: Vec<Vec<Kept>>,
    /// Per part, the number of its first row.
    begins: Vec<u32>,
    units: Vec<&'a str>,
    unit_numbers: HashMap<&'a str, u32>,
    posts: Vec<(u32, u32)>,
    post_numbers: HashMap<(u32, u32), u32>,
    names: Vec<(&'a str, Role)>,
    /// Rows by unit, each unit's in order of the file.
    order: Vec<AtomicU32>,
    /// Per unit, where its rows end in `order`.
    ends: Vec<u32>,
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
        let bounds = bounds(file, begin, threads.get());
        let scanned = |(begin, end): (usize, usize)| {
            let scan = Scan::new(file, &columns, phone_column, asked);
            scan.rows(begin, end, progress)
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
        let (mut earliest, mut latest) = (first.earliest, first.latest);
        let mut roll = Self {
            file,
            columns,
            phone_column,
            parts: vec![first.entries],
            begins: vec![0],
            units: first.units,
            unit_numbers: first.unit_numbers,
            posts: first.posts,
            post_numbers: first.post_numbers,
            names: first.names,
            order: Vec::new(),
            ends: Vec::new(),
            starts: first.starts,
            earliest: 0,
            whole: None,
        };
        let mut renumbered: Vec<Vec<u32>> = vec![Vec::new()];
        for part in parts {
            renumbered.push(roll.numbers_of(&part)?);
            earliest = earliest.min(part.earliest);
            latest = latest.max(part.latest);
            let before = roll
                .begins
                .last()?
                .checked_add(count(roll.parts.last()?)?)?;
            roll.begins.push(before);
            roll.parts.push(part.entries);
            roll.starts.extend(part.starts);
        }
        roll.begins
            .last()?
            .checked_add(count(roll.parts.last()?)?)?;
        let last_start = *roll.starts.iter().max()?;
        if last_start - earliest > MOST_APART_MINUTES {
            return None;
        }
        roll.earliest = earliest;
        roll.whole = Span::new(minute(earliest), minute(latest));
        roll.turn(&renumbered);
        Some(roll)
    }

    /// The roll's number of each of the part's posts.
    fn numbers_of(&mut self, part: &Part<'a>) -> Option<Vec<u32>> {
        let mut units = Vec::with_capacity(part.units.len());
        for unit in &part.units {
            let new = u32::try_from(self.units.len()).ok()?;
            units.push(*self.unit_numbers.entry(unit).or_insert_with(|| {
                self.units.push(unit);
                new
            }));
        }
        let mut names = Vec::with_capacity(part.names.len());
        for name in &part.names {
            let known = self.names.iter().position(|known| known == name);
            let known = known.unwrap_or_else(|| {
                self.names.push(*name);
                self.names.len() - 1
            });
            names.push(u32::try_from(known).ok()?);
        }
        let mut posts = Vec::with_capacity(part.posts.len());
        for (unit, name) in &part.posts {
            let key = (*units.get(*unit as usize)?, *names.get(*name as usize)?);
            let new = u32::try_from(self.posts.len()).ok()?;
            posts.push(*self.post_numbers.entry(key).or_insert_with(|| {
                self.posts.push(key);
                new
            }));
        }
        Some(posts)
    }

    /// Gives every entry its post's number in the roll, and puts the rows in order of their units.
    fn turn(&mut self, renumbered: &[Vec<u32>]) {
        let posts = &self.posts;
        let units = self.units.len();
        let numbered: Vec<_> = self.parts.iter_mut().zip(renumbered).collect();
        let counts = each_in_a_thread(numbered, |(entries, numbers)| {
            let mut counts = vec![0_u32; units];
            for entry in entries {
                if !numbers.is_empty() {
                    entry.post = numbers[entry.post as usize];
                }
                counts[posts[entry.post as usize].0 as usize] += 1;
            }
            counts
        });
        // From counts to where each part puts the first of its rows of a unit.
        let mut places = counts;
        let mut taken = 0;
        for unit in 0..units {
            for part in &mut places {
                taken += std::mem::replace(&mut part[unit], taken);
            }
            self.ends.push(taken);
        }
        self.order.resize_with(taken as usize, AtomicU32::default);
        let order = &self.order;
        let parts: Vec<_> = self.parts.iter().zip(&self.begins).zip(places).collect();
        each_in_a_thread(parts, |((entries, begin), mut places)| {
            for (row, entry) in (*begin..).zip(entries) {
                let place = &mut places[posts[entry.post as usize].0 as usize];
                order[*place as usize].store(row, Ordering::Relaxed);
                *place += 1;
            }
        });
    }

    #[must_use]
    pub fn shifts(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    /// In order of appearance.
    #[must_use]
    pub fn units(&self) -> &[&'a str] {
        &self.units
    }

    #[must_use]
    pub fn posts(&self) -> usize {
        self.posts.len()
    }

    /// The unit's number, the post's name and the kind of duty.
    #[must_use]
    pub fn post(&self, post: u32) -> (u32, &'a str, Role) {
        let (unit, name) = self.posts[post as usize];
        let (name, role) = self.names[name as usize];
        (unit, name, role)
    }

    #[must_use]
    pub fn has_unit(&self, unit: &str) -> bool {
        self.unit_numbers.contains_key(unit)
    }

    /// The number of the unit of that name.
    #[must_use]
    pub fn unit_named(&self, unit: &str) -> Option<u32> {
        self.unit_numbers.get(unit).copied()
    }

    /// The number of the unit's post of that name.
    #[must_use]
    pub fn post_named(&self, unit: &str, name: &str) -> Option<u32> {
        self.post_of(self.unit_named(unit)?, name)
    }

    /// The same, of a unit by its number.
    #[must_use]
    pub fn post_of(&self, unit: u32, name: &str) -> Option<u32> {
        let name = self.names.iter().position(|(known, _)| *known == name)?;
        let key = (unit, u32::try_from(name).ok()?);
        self.post_numbers.get(&key).copied()
    }

    /// The rows of a unit, in order of the file.
    pub fn rows_of(&self, unit: usize) -> impl Iterator<Item = u32> + Clone {
        let begin = unit.checked_sub(1).map_or(0, |before| self.ends[before]);
        let order = &self.order[begin as usize..self.ends[unit] as usize];
        order.iter().map(|row| row.load(Ordering::Relaxed))
    }

    /// The same, with what they say.
    pub fn entries_of(&self, unit: usize) -> impl Iterator<Item = (u32, Entry)> {
        let mut part = (0, &[][..]);
        self.rows_of(unit).map(move |row| {
            let within = |(begin, kept): (u32, &[Kept])| {
                let index = row.checked_sub(begin)?;
                kept.get(index as usize).copied()
            };
            let kept = within(part).unwrap_or_else(|| {
                part = self.part_of(row);
                part.1[(row - part.0) as usize]
            });
            (row, kept.entry(self.earliest))
        })
    }

    #[must_use]
    pub fn entry(&self, row: u32) -> Entry {
        let (begin, kept) = self.part_of(row);
        kept[(row - begin) as usize].entry(self.earliest)
    }

    /// The part with this row, and its first row's number.
    fn part_of(&self, row: u32) -> (u32, &[Kept]) {
        let part = self.begins.partition_point(|begin| *begin <= row) - 1;
        (self.begins[part], &self.parts[part])
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
    pub fn name(&self, row: u32) -> Option<String> {
        let cut = self.cut(&self.entry(row))?;
        Some(String::from_utf8_lossy(cut.name).into_owned())
    }

    fn cut(&self, entry: &Entry) -> Option<Cut<'a>> {
        let rest = self.file.get(entry.at as usize..)?;
        let line = &rest[..memchr(b'\n', rest).unwrap_or(rest.len())];
        Cut::again(line, &self.columns, self.phone_column)
    }

    /// These rows as a roster, its shifts in their order and its posts as they first come.
    pub fn roster(&self, rows: impl IntoIterator<Item = u32>) -> Roster {
        let mut roster = Roster::default();
        let mut posts: HashMap<u32, u32> = HashMap::new();
        let mut people: HashMap<Named, Arc<[Person]>> = HashMap::new();
        let mut spans: HashMap<(u32, u16), Option<Span>> = HashMap::new();
        for row in rows {
            let entry = self.entry(row);
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
            let named = people.entry((cut.name, cut.phone)).or_insert_with(|| {
                Arc::new([Person {
                    name: String::from_utf8_lossy(cut.name).into_owned(),
                    phone: plain_phone(cut.phone),
                }])
            });
            roster.shifts.push(Shift {
                post,
                span,
                people: named.clone(),
                assumed_hours: false,
                source: self.place(row),
            });
        }
        roster
    }

    /// A post as rosters have it.
    #[must_use]
    pub fn told(&self, post: u32) -> Post {
        let (unit, name, role) = self.post(post);
        Post {
            unit: self.units[unit as usize].to_owned(),
            name: name.to_owned(),
            role,
            presence: role.presence(),
        }
    }
}

/// A name and a phone, as they are written.
type Named<'a> = (&'a [u8], &'a [u8]);

fn count(entries: &[Kept]) -> Option<u32> {
    u32::try_from(entries.len()).ok()
}

/// About equal stretches from `begin` on, each from a line's beginning to a line's end.
fn bounds(file: &[u8], begin: usize, parts: usize) -> Vec<(usize, usize)> {
    let mut cuts: Vec<usize> = (1..parts)
        .map(|part| begin + (file.len() - begin) / parts * part)
        .filter_map(|at| Some(at + memchr(b'\n', file.get(at..)?)? + 1))
        .collect();
    cuts.push(file.len());
    let mut from = begin;
    cuts.into_iter()
        .map(|to| (std::mem::replace(&mut from, to), to))
        .collect()
}
