//! A stretch of a plain file's rows, each as a few numbers; by one thread, which knows nothing of
//! the others' stretches.

use std::collections::hash_map;

use foldhash::{HashMap, HashMapExt, HashSet};
use memchr::memchr;

use super::columns::Columns;
use super::cut::{Cut, TAIL, Tail, begins_with, three};
use super::entry::{Entry, Kept};
use super::minutes::Minutes;
use super::plain::{is_plain_name, is_plain_phone, is_plain_unit, is_staff_number, plain_role};
use super::posts::Posts;
use super::roll::Progress;
use super::rows::Rows;
use super::stretch::Stretch;
use super::{Asked, BYTES_A_ROW, Role, believed_minutes};

/// What one thread has read.
pub(super) struct Part<'a> {
    pub rows: Stretch,
    pub posted: Posted<'a>,
}

/// The posts of a thread's rows, and when they are manned. Its numbers are its own.
pub(super) struct Posted<'a> {
    /// In order of appearance.
    pub units: Vec<&'a str>,
    pub unit_numbers: HashMap<&'a [u8], u32>,
    pub posts: Posts,
    /// What posts are called, and the kind of duty that tells.
    pub names: Vec<(&'a str, Role)>,
    /// Minutes since 1970 at which shifts begin.
    pub starts: HashSet<u32>,
    /// When the earliest shift begins and the last one ends, likewise.
    pub earliest: u32,
    pub latest: u32,
}

pub(super) struct Scan<'a, 's> {
    file: &'a [u8],
    columns: &'s Columns,
    phone_column: usize,
    most_minutes: u32,
    entries: Vec<Kept>,
    posted: Posted<'a>,
    written: Vec<Written<'a>>,
    /// Per unit, how many ways its posts are written in, and the latest of the first few.
    of_unit: Vec<(u32, u32)>,
    /// Those of a unit's that are not among the first few.
    further: HashMap<&'a [u8], u32>,
    /// Which of `written` the row before has: a post's rows often stand together.
    before: usize,
    people: HashSet<&'a [u8]>,
    starts: Minutes,
    ends: Minutes,
}

/// A post as one of its rows writes it.
struct Written<'a> {
    cells: &'a [u8],
    unit: u32,
    post: u32,
    /// The unit's one before it.
    sibling: u32,
    /// Which came after it last time.
    next: u32,
}

/// How many rows a post has at least, by experience, and a unit.
const ROWS_A_POST: usize = 12;
const ROWS_A_UNIT: usize = 24;

/// A unit's posts are written in few ways, and these are looked through one by one.
const FEW: u32 = 16;

/// So many rows are read between two words of progress.
const ROWS_A_WORD: usize = 4096;

impl<'a, 's> Scan<'a, 's> {
    pub fn new(file: &'a [u8], columns: &'s Columns, phone_column: usize, asked: &Asked) -> Self {
        Self {
            file,
            columns,
            phone_column,
            most_minutes: believed_minutes(asked),
            entries: Vec::new(),
            posted: Posted {
                units: Vec::new(),
                unit_numbers: HashMap::new(),
                posts: Posts::default(),
                names: Vec::new(),
                starts: HashSet::default(),
                earliest: u32::MAX,
                latest: 0,
            },
            written: Vec::new(),
            of_unit: Vec::new(),
            further: HashMap::new(),
            before: 0,
            people: HashSet::default(),
            starts: Minutes::of(asked.zone),
            ends: Minutes::of(asked.zone),
        }
    }

    /// The rows that begin in `begin..end`; `None` where one of them is not plain, or another
    /// thread has met such a one.
    pub fn rows(mut self, begin: usize, end: usize, progress: &Progress) -> Option<Part<'a>> {
        let rows = (end - begin) / BYTES_A_ROW + 1;
        self.entries.reserve(rows);
        self.written.reserve(rows / ROWS_A_POST);
        self.of_unit.reserve(rows / ROWS_A_UNIT);
        self.posted.units.reserve(rows / ROWS_A_UNIT);
        self.posted.unit_numbers.reserve(rows / ROWS_A_UNIT);
        let (mut at, mut told) = (begin, begin);
        while at < end {
            let read = self.foreseen_row(at).or_else(|| self.any_row(at));
            let Some((kept, next)) = read.and_then(|(entry, next)| Some((Kept::of(&entry)?, next)))
            else {
                progress.give_up();
                return None;
            };
            self.entries.push(kept);
            at = next;
            if self.entries.len().is_multiple_of(ROWS_A_WORD) {
                progress.read(at - told)?;
                told = at;
            }
        }
        progress.read(end - told)?;
        let rows = Stretch::of(self.entries, &self.posted.posts, self.posted.units.len())?;
        Some(Part {
            rows,
            posted: self.posted,
        })
    }

    /// The row that begins here, and where the next begins, if its post is one of the two that are
    /// likeliest and its cells have their usual lengths: no mark need be looked for. It may be plain
    /// without.
    fn foreseen_row(&mut self, at: usize) -> Option<(Entry, usize)> {
        let row = self.file.get(at..)?;
        let cells = self.foreseen_post(row)?;
        let rest = row.get(cells..)?;
        let comma = match rest {
            [_, _, _, _, _, _, _, _, b',', ..] => STAFF_NUMBER,
            _ => memchr(b',', rest.get(..LONGEST_NAME.min(rest.len()))?)?,
        };
        let (name, rest) = rest.split_at_checked(comma)?;
        let (tail, _) = rest.split_first_chunk::<{ TAIL + 1 }>()?;
        let (tail, end) = tail.split_first_chunk::<TAIL>()?;
        let tail = Tail::of(tail).filter(|_| end == b"\n")?;
        let post = self.written.get(self.before)?.post;
        let entry = self.entry(post, name, &tail, at)?;
        Some((entry, at + cells + comma + TAIL + 1))
    }

    /// How long the cells of the post are that the row begins with, the comma after them included:
    /// the row before's, or that of the row that came after that last time, for day after day stands
    /// in the same order.
    fn foreseen_post(&mut self, row: &[u8]) -> Option<usize> {
        if !self.columns.are_in_order {
            return None;
        }
        let before = self.written.get(self.before)?;
        if begins_with(row, before.cells) {
            return Some(before.cells.len() + 1);
        }
        let next = before.next as usize;
        let guess = self.written.get(next)?;
        if !begins_with(row, guess.cells) {
            return None;
        }
        self.before = next;
        Some(guess.cells.len() + 1)
    }

    fn any_row(&mut self, at: usize) -> Option<(Entry, usize)> {
        let rest = self.file.get(at..)?;
        let length = memchr(b'\n', rest).unwrap_or(rest.len());
        let line = rest.get(..length)?;
        let short = self.columns.are_in_order.then(|| Cut::from_the_end(line));
        let short = short.flatten().and_then(|cut| {
            let (unit, name) = three(cut.post)?;
            Some((self.post(cut.post, unit, name)?, cut))
        });
        let (post, cut) = match short {
            Some(found) => found,
            None => self.looked_at(line)?,
        };
        let entry = self.entry(post, cut.name, &cut.tail, at)?;
        Some((entry, at + length + 1))
    }

    /// A row that is not cut by its length.
    fn looked_at(&mut self, line: &'a [u8]) -> Option<(u32, Cut<'a>)> {
        let row = Rows::of(line).next()??;
        let cut = Cut::whole(&row, self.columns, self.phone_column)?;
        let (unit, name) = (row.cell(self.columns.unit), row.cell(self.columns.role));
        Some((self.post(cut.post, unit, name)?, cut))
    }

    fn entry(&mut self, post: u32, name: &'a [u8], tail: &Tail, at: usize) -> Option<Entry> {
        let (start, end) = (self.start(tail.start)?, self.ends.at(tail.end)?);
        let minutes = end
            .checked_sub(start)
            .filter(|m| (1..=self.most_minutes).contains(m))?;
        self.posted.latest = self.posted.latest.max(end);
        Some(Entry {
            post,
            start,
            minutes: u16::try_from(minutes).ok()?,
            name: self.name(name)?,
            number: number(tail.phone)?,
            at: u32::try_from(at).ok()?,
        })
    }

    fn start(&mut self, text: &[u8]) -> Option<u32> {
        if let Some(known) = self.starts.known(text) {
            return Some(known);
        }
        let start = self.starts.at(text)?;
        self.posted.starts.insert(start);
        self.posted.earliest = self.posted.earliest.min(start);
        Some(start)
    }

    /// The number of the post that is written so; `unit` and `name` are two of its cells.
    fn post(&mut self, cells: &'a [u8], unit: &'a [u8], name: &'a [u8]) -> Option<u32> {
        let before = self.written.get(self.before);
        let same =
            before.filter(|before| self.posted.units[before.unit as usize].as_bytes() == unit);
        let unit = match same {
            Some(before) => before.unit,
            None => self.posted.unit(unit)?,
        };
        let written = match self.writing(unit, cells) {
            Some(known) => known,
            None => self.new_writing(unit, cells, name)?,
        };
        if let Some(before) = self.written.get_mut(self.before) {
            before.next = written;
        }
        self.before = written as usize;
        Some(self.written.get(self.before)?.post)
    }

    /// Which of `written` it is.
    fn writing(&self, unit: u32, cells: &[u8]) -> Option<u32> {
        let (count, mut at) = *self.of_unit.get(unit as usize)?;
        for _ in 0..count.min(FEW) {
            let written = self.written.get(at as usize)?;
            if written.cells == cells {
                return Some(at);
            }
            at = written.sibling;
        }
        self.further.get(cells).copied().filter(|_| count > FEW)
    }

    fn new_writing(&mut self, unit: u32, cells: &'a [u8], name: &'a [u8]) -> Option<u32> {
        let new = u32::try_from(self.written.len()).ok()?;
        str::from_utf8(cells).ok()?;
        let post = self.posted.post(unit, name)?;
        if self.of_unit.len() == unit as usize {
            self.of_unit.push((0, 0));
        }
        let (count, latest) = self.of_unit.get_mut(unit as usize)?;
        self.written.push(Written {
            cells,
            unit,
            post,
            sibling: *latest,
            next: 0,
        });
        *count += 1;
        if *count <= FEW {
            *latest = new;
        } else {
            self.further.insert(cells, new);
        }
        Some(new)
    }

    /// A number that the same name always has, and few others.
    fn name(&mut self, name: &'a [u8]) -> Option<u32> {
        if !is_staff_number(name) && !self.people.contains(name) {
            str::from_utf8(name)
                .ok()
                .filter(|name| is_plain_name(name))?;
            self.people.insert(name);
        }
        Some(short(name))
    }
}

impl<'a> Posted<'a> {
    fn post(&mut self, unit: u32, name: &'a [u8]) -> Option<u32> {
        let known = self
            .names
            .iter()
            .position(|(known, _)| known.as_bytes() == name);
        let name = if let Some(known) = known {
            known
        } else {
            let name = str::from_utf8(name).ok()?;
            self.names.push((name, plain_role(name)?));
            self.names.len() - 1
        };
        self.posts.number(unit, u32::try_from(name).ok()?)
    }

    fn unit(&mut self, unit: &'a [u8]) -> Option<u32> {
        match self.unit_numbers.entry(unit) {
            hash_map::Entry::Occupied(known) => Some(*known.get()),
            hash_map::Entry::Vacant(place) => {
                let new = u32::try_from(self.units.len()).ok()?;
                let text = str::from_utf8(unit).ok()?;
                self.units
                    .push(Some(text).filter(|text| is_plain_unit(text))?);
                Some(*place.insert(new))
            }
        }
    }
}

/// `P0000001` is so long.
const STAFF_NUMBER: usize = 8;

/// In bytes: no name is longer that is worth foreseeing.
const LONGEST_NAME: usize = 32;

/// An odd number without pattern, to spread what is multiplied by it.
pub(super) const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A number that the same phone always has, and few others.
fn number(phone: &[u8]) -> Option<u32> {
    if !is_plain_phone(phone) {
        return None;
    }
    let (first, last) = (phone.first_chunk::<8>()?, phone.last_chunk::<8>()?);
    let mixed = u64::from_le_bytes(*first).rotate_left(24) ^ u64::from_le_bytes(*last);
    Some((mixed.wrapping_mul(SPREAD) >> 32) as u32)
}

fn short(name: &[u8]) -> u32 {
    let mixed = name.chunks(8).fold(0, |mixed: u64, chunk| {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        (mixed ^ u64::from_le_bytes(eight))
            .wrapping_mul(SPREAD)
            .rotate_left(29)
    });
    (mixed.wrapping_mul(SPREAD) >> 32) as u32
}
