//! A stretch of a plain file's rows, each as a few numbers; by one thread, which knows nothing of
//! the others' stretches.

use foldhash::HashSet;
use foldhash::fast::RandomState;
use memchr::memchr;

use super::binder::{Binder, ROWS_A_BLOCK};
use super::columns::Columns;
use super::cut::{Cut, TAIL, Tail, three};
use super::entry::{Entry, MOST_MINUTES, Who};
use super::minutes::Minutes;
use super::plain::{is_plain_name, is_plain_phone, is_plain_unit, is_staff_number, plain_role};
use super::posts::Posts;
use super::register::Register;
use super::roll::Progress;
use super::rows::Rows;
use super::stretch::Stretch;
use super::writings::Writings;
use super::{Asked, Role, believed_minutes};

/// What one thread has read.
pub(super) struct Part<'a> {
    pub rows: Stretch,
    pub posted: Posted<'a>,
}

/// The posts of a thread's rows, and when they are manned. Its numbers are its own.
pub(super) struct Posted<'a> {
    pub units: Register,
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
    /// Where its rows begin and end.
    stretch: (usize, usize),
    columns: &'s Columns,
    phone_column: usize,
    most_minutes: u32,
    posted: Posted<'a>,
    writings: Writings<'a>,
    binder: Binder,
    /// How many rows have been read, and how many when the last new unit came.
    rows: u32,
    newest: u32,
    people: HashSet<&'a [u8]>,
    starts: Minutes,
    ends: Minutes,
}

/// After so many rows without a new unit, those with the next one are likely to be others': a section
/// ends there. What it has written is forgotten, for who comes later is looked up anew.
const ROWS_WITHOUT_NEW: u32 = ROWS_A_BLOCK as u32 / 16;

/// So many rows are read between two words of progress.
const ROWS_A_WORD: u32 = 4096;

impl<'a, 's> Scan<'a, 's> {
    /// Of the rows that begin in `stretch`.
    pub fn of(
        file: &'a [u8],
        stretch: (usize, usize),
        columns: &'s Columns,
        phone_column: usize,
        asked: &Asked,
        hasher: RandomState,
    ) -> Self {
        Self {
            file,
            stretch,
            columns,
            phone_column,
            most_minutes: believed_minutes(asked).min(MOST_MINUTES),
            posted: Posted {
                units: Register::of(hasher),
                posts: Posts::default(),
                names: Vec::new(),
                starts: HashSet::default(),
                earliest: u32::MAX,
                latest: 0,
            },
            writings: Writings::default(),
            binder: Binder::of(stretch.1 - stretch.0),
            rows: 0,
            newest: 0,
            people: HashSet::default(),
            starts: Minutes::of(asked.zone),
            ends: Minutes::of(asked.zone),
        }
    }

    /// `None` where a row is not plain, or another thread has met such a one.
    pub fn read(mut self, progress: &Progress) -> Option<Part<'a>> {
        let (mut at, end) = self.stretch;
        let mut told = at;
        while at < end {
            let Some(next) = self.foreseen_row(at).or_else(|| self.any_row(at)) else {
                progress.give_up();
                return None;
            };
            at = next;
            if self.rows.is_multiple_of(ROWS_A_WORD) {
                progress.read(at - told)?;
                told = at;
            }
        }
        progress.read(end - told)?;
        let Posted { posts, units, .. } = &self.posted;
        let bound = self.binder.bound(posts, units.names().len());
        Some(Part {
            rows: Stretch::of(self.rows, bound),
            posted: self.posted,
        })
    }

    /// Takes the row that begins here, and says where the next begins, if its post is one
    /// of the two that are likeliest and its cells have their usual lengths: no mark need be looked
    /// for. It may be plain without.
    fn foreseen_row(&mut self, at: usize) -> Option<usize> {
        let row = self.file.get(at..).filter(|_| self.columns.are_in_order)?;
        let (post, cells) = self.writings.foreseen(row)?;
        let rest = row.get(cells..)?;
        if let Some((name, [b',', ..])) = rest.split_first_chunk::<STAFF_NUMBER>()
            && is_staff_number(name)
        {
            let name = short(name);
            let tail = Tail::before_line_end(rest.get(STAFF_NUMBER..)?)?;
            self.take(post, name, &tail, at)?;
            return Some(at + cells + STAFF_NUMBER + TAIL + 1);
        }
        let comma = memchr(b',', rest.get(..LONGEST_NAME.min(rest.len()))?)?;
        let (name, rest) = rest.split_at_checked(comma)?;
        let tail = Tail::before_line_end(rest)?;
        let name = self.name(name)?;
        self.take(post, name, &tail, at)?;
        Some(at + cells + comma + TAIL + 1)
    }

    fn any_row(&mut self, at: usize) -> Option<usize> {
        let rest = self.file.get(at..)?;
        let length = memchr(b'\n', rest).unwrap_or(rest.len());
        let line = rest.get(..length)?;
        let short = self.columns.are_in_order.then(|| Cut::from_the_end(line));
        let short = short.flatten().and_then(|cut| {
            let (unit, name) = three(cut.post)?;
            let cells = line.get(..=cut.post.len())?;
            Some((self.post(cells, unit, name)?, cut))
        });
        let (post, cut) = match short {
            Some(found) => found,
            None => self.looked_at(line)?,
        };
        let name = self.name(cut.name)?;
        self.take(post, name, &cut.tail, at)?;
        Some(at + length + 1)
    }

    /// A row that is not cut by its length.
    fn looked_at(&mut self, line: &'a [u8]) -> Option<(u32, Cut<'a>)> {
        let row = Rows::of(line).next()??;
        let cut = Cut::whole(&row, self.columns, self.phone_column)?;
        let (unit, name) = (row.cell(self.columns.unit), row.cell(self.columns.role));
        let cells = if self.columns.are_in_order {
            line.get(..=cut.post.len())?
        } else {
            cut.post
        };
        Some((self.post(cells, unit, name)?, cut))
    }

    fn take(&mut self, post: u32, name: u32, tail: &Tail, at: usize) -> Option<()> {
        let (start, end) = (self.start(tail.start)?, self.end(tail.end)?);
        let minutes = end
            .checked_sub(start)
            .filter(|m| (1..=self.most_minutes).contains(m))?;
        let number = number(tail.phone)?;
        let entry = Entry {
            post,
            start,
            minutes: u16::try_from(minutes).ok()?,
            person: 0,
            who: Who { name, number },
            row: self.rows,
            at: u32::try_from(at).ok()?,
        };
        self.rows += 1;
        self.binder.add(entry, &self.posted.posts);
        Some(())
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

    fn end(&mut self, text: &[u8]) -> Option<u32> {
        if let Some(known) = self.ends.known(text) {
            return Some(known);
        }
        let end = self.ends.at(text)?;
        self.posted.latest = self.posted.latest.max(end);
        Some(end)
    }

    /// The number of the post that is written so; `unit` and `name` are two of its cells.
    fn post(&mut self, cells: &'a [u8], unit: &'a [u8], name: &'a [u8]) -> Option<u32> {
        let before = self.writings.post_before();
        let before = before.map(|before| self.posted.posts.unit(before));
        let names = self.posted.units.names();
        let same = before.filter(|same| names.name(*same as usize).as_bytes() == unit);
        let unit = match same {
            Some(same) => same,
            None => self.unit(unit)?,
        };
        if let Some(known) = self.writings.known(unit, cells) {
            return Some(known);
        }
        str::from_utf8(cells).ok()?;
        let post = self.posted.post(unit, name)?;
        self.writings.add(unit, cells, post)?;
        Some(post)
    }

    fn unit(&mut self, name: &'a [u8]) -> Option<u32> {
        let known = self.posted.units.names().len();
        let unit = self.posted.units.enter(name, |name| {
            let text = str::from_utf8(name).ok();
            text.filter(|text| is_plain_unit(text))
        })?;
        if unit as usize == known {
            if self.rows - self.newest > ROWS_WITHOUT_NEW {
                self.binder.lay_down(&self.posted.posts);
                self.writings.forget(unit);
            }
            self.newest = self.rows;
        }
        Some(unit)
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
