//! A stretch of a plain file's rows, each as a few numbers; by one thread, which knows nothing of
//! the others' stretches.

use foldhash::{HashMap, HashMapExt, HashSet};
use memchr::{memchr, memrchr};

use super::columns::Columns;
use super::entry::{Entry, Kept};
use super::plain::{
    civil, is_plain_name, is_plain_phone, is_plain_unit, is_staff_number, plain_role,
};
use super::roll::Progress;
use super::rows::{Row, Rows};
use super::{Asked, BYTES_A_ROW, Role, believed_minutes};
use crate::time::Zone;

/// What one thread has read. Its numbers are its own.
pub(super) struct Part<'a> {
    /// In order of the file.
    pub entries: Vec<Kept>,
    /// In order of appearance.
    pub units: Vec<&'a str>,
    pub unit_numbers: HashMap<&'a str, u32>,
    /// Unit and name, the name's number being an index into `names`.
    pub posts: Vec<(u32, u32)>,
    pub post_numbers: HashMap<(u32, u32), u32>,
    /// What posts are called, and the kind of duty that tells.
    pub names: Vec<(&'a str, Role)>,
    /// Minutes since 1970 at which shifts begin.
    pub starts: HashSet<u32>,
    /// When the earliest shift begins and the last one ends, likewise.
    pub earliest: u32,
    pub latest: u32,
}

/// The cells of a row that a shift is made of, as bytes.
pub(super) struct Cut<'a> {
    /// Everything that says which post it is.
    pub post: &'a [u8],
    pub name: &'a [u8],
    pub phone: &'a [u8],
    start: &'a [u8],
    end: &'a [u8],
}

pub(super) struct Scan<'a, 's> {
    file: &'a [u8],
    columns: &'s Columns,
    phone_column: usize,
    most_minutes: u32,
    part: Part<'a>,
    /// Posts as they are written: by the bytes of all cells that say which one it is.
    known: HashMap<&'a [u8], u32>,
    written: Vec<Written<'a>>,
    /// Which of `written` the row before has: a post's rows often stand together.
    before: usize,
    people: HashSet<&'a [u8]>,
    starts: Minutes,
    ends: Minutes,
}

/// A post as one of its rows writes it.
struct Written<'a> {
    cells: &'a [u8],
    post: u32,
    /// Which came after it last time.
    next: u32,
}

/// How many rows a post has at least, by experience.
const ROWS_A_POST: usize = 12;

/// So many rows are read between two words of progress.
const ROWS_A_WORD: usize = 4096;

impl<'a, 's> Scan<'a, 's> {
    pub fn new(file: &'a [u8], columns: &'s Columns, phone_column: usize, asked: &Asked) -> Self {
        Self {
            file,
            columns,
            phone_column,
            most_minutes: believed_minutes(asked),
            part: Part {
                entries: Vec::new(),
                units: Vec::new(),
                unit_numbers: HashMap::new(),
                posts: Vec::new(),
                post_numbers: HashMap::new(),
                names: Vec::new(),
                starts: HashSet::default(),
                earliest: u32::MAX,
                latest: 0,
            },
            known: HashMap::new(),
            written: Vec::new(),
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
        self.part.entries.reserve(rows);
        self.written.reserve(rows / ROWS_A_POST);
        let (mut at, mut told) = (begin, begin);
        while at < end {
            let length = memchr(b'\n', self.file.get(at..)?);
            let length = length.unwrap_or(self.file.len() - at);
            let entry = self.entry(self.file.get(at..at + length)?, at);
            let Some(kept) = entry.and_then(|entry| Kept::of(&entry)) else {
                progress.give_up();
                return None;
            };
            self.part.entries.push(kept);
            at += length + 1;
            if self.part.entries.len().is_multiple_of(ROWS_A_WORD) {
                progress.read(at - told)?;
                told = at;
            }
        }
        progress.read(end - told)?;
        Some(self.part)
    }

    fn entry(&mut self, line: &'a [u8], at: usize) -> Option<Entry> {
        let short = self.columns.are_in_order.then(|| Cut::from_the_end(line));
        let short = short
            .flatten()
            .and_then(|cut| Some((self.known_post(cut.post)?, cut)));
        let (post, cut) = match short {
            Some(found) => found,
            None => self.looked_at(line)?,
        };
        let (start, end) = (self.start(cut.start)?, self.ends.at(cut.end)?);
        let minutes = end
            .checked_sub(start)
            .filter(|m| (1..=self.most_minutes).contains(m))?;
        self.part.latest = self.part.latest.max(end);
        Some(Entry {
            post,
            start,
            minutes: u16::try_from(minutes).ok()?,
            name: self.name(cut.name)?,
            number: number(cut.phone)?,
            at: u32::try_from(at).ok()?,
        })
    }

    fn start(&mut self, text: &[u8]) -> Option<u32> {
        if let Some(known) = self.starts.known(text) {
            return Some(known);
        }
        let start = self.starts.at(text)?;
        self.part.starts.insert(start);
        self.part.earliest = self.part.earliest.min(start);
        Some(start)
    }

    /// A post that is known: the row before's; or the one that came after that last time, for day
    /// after day stands in the same order; or any.
    fn known_post(&mut self, cells: &[u8]) -> Option<u32> {
        let before = self.written.get(self.before)?;
        if before.cells == cells {
            return Some(before.post);
        }
        let guess = self.written.get(before.next as usize)?;
        if guess.cells == cells {
            self.before = before.next as usize;
            return Some(guess.post);
        }
        let known = *self.known.get(cells)?;
        self.written[self.before].next = known;
        self.before = known as usize;
        Some(self.written[self.before].post)
    }

    /// A row that is not cut by its length, or whose post is new.
    fn looked_at(&mut self, line: &'a [u8]) -> Option<(u32, Cut<'a>)> {
        let row = Rows::of(line).next()??;
        let cut = Cut::whole(&row, self.columns, self.phone_column)?;
        let post = match self.known_post(cut.post) {
            Some(post) => post,
            None => self.new_post(&cut, &row)?,
        };
        Some((post, cut))
    }

    fn new_post(&mut self, cut: &Cut<'a>, row: &Row<'a>) -> Option<u32> {
        str::from_utf8(cut.post).ok()?;
        let unit = str::from_utf8(row.cell(self.columns.unit)).ok()?;
        let name = str::from_utf8(row.cell(self.columns.role)).ok()?;
        let part = &mut self.part;
        let unit = if let Some(known) = part.unit_numbers.get(unit) {
            *known
        } else {
            let new = u32::try_from(part.units.len()).ok()?;
            let unit = Some(unit).filter(|unit| is_plain_unit(unit))?;
            part.units.push(unit);
            part.unit_numbers.insert(unit, new);
            new
        };
        let known = part.names.iter().position(|(known, _)| *known == name);
        let name = if let Some(known) = known {
            known
        } else {
            part.names.push((name, plain_role(name)?));
            part.names.len() - 1
        };
        let key = (unit, u32::try_from(name).ok()?);
        let new = u32::try_from(part.posts.len()).ok()?;
        let post = *part.post_numbers.entry(key).or_insert_with(|| {
            part.posts.push(key);
            new
        });
        let written = u32::try_from(self.written.len()).ok()?;
        self.known.insert(cut.post, written);
        if let Some(before) = self.written.get_mut(self.before) {
            before.next = written;
        }
        self.before = self.written.len();
        self.written.push(Written {
            cells: cut.post,
            post,
            next: 0,
        });
        Some(post)
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

/// How long a row's end is from the comma before the phone on, seconds included.
const TAIL: usize = 1 + 11 + 1 + 19 + 1 + 19;

impl<'a> Cut<'a> {
    /// Of a row whose columns are in order and whose last three have the usual length. What comes
    /// before the name is not looked at: whether it is three cells, somebody else must know.
    fn from_the_end(line: &'a [u8]) -> Option<Self> {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let (head, tail) = line.split_last_chunk::<TAIL>()?;
        let [b',', rest @ ..] = tail else { return None };
        if [rest[11], rest[31]] != [b','; 2] {
            return None;
        }
        let comma = memrchr(b',', head)?;
        Some(Self {
            post: &head[..comma],
            name: &head[comma + 1..],
            phone: &rest[..11],
            start: &rest[12..31],
            end: &rest[32..],
        })
    }

    /// Of any row, looking for every comma.
    fn whole(row: &Row<'a>, columns: &Columns, phone: usize) -> Option<Self> {
        // An empty cell may mean the one above.
        if row.width() != columns.width || row.cells().any(<[u8]>::is_empty) {
            return None;
        }
        Some(Self {
            post: row.stretch(&columns.post),
            name: row.cell(columns.name),
            phone: row.cell(phone),
            start: row.cell(columns.start),
            end: row.cell(columns.end),
        })
    }

    /// Of a row that has been read before.
    pub fn again(line: &'a [u8], columns: &Columns, phone: usize) -> Option<Self> {
        let short = columns.are_in_order.then(|| Self::from_the_end(line));
        short
            .flatten()
            .or_else(|| Self::whole(&Rows::of(line).next()??, columns, phone))
    }
}

/// An odd number without pattern, to spread what is multiplied by it.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

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

/// As two numbers, which are compared at once.
type Sixteen = (u64, u64);

/// Times as they are written → minutes since 1970. A roster has few, and the same again and again.
struct Minutes {
    zone: Zone,
    /// By some of the text's bits: the first sixteen bytes, and what they mean.
    known: Vec<(Sixteen, u32)>,
}

const KNOWN_TIMES: usize = 512;

impl Minutes {
    fn of(zone: Zone) -> Self {
        Self {
            zone,
            known: vec![((0, 0), 0); KNOWN_TIMES],
        }
    }

    fn place(text: &[u8]) -> Option<(Sixteen, usize)> {
        let (minute, rest) = text.split_first_chunk::<16>()?;
        if !rest.is_empty() && rest != b":00" {
            return None;
        }
        let (first, last) = (minute.first_chunk()?, minute.last_chunk()?);
        let key = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
        let mixed = (key.1 ^ key.0.rotate_left(32)).wrapping_mul(SPREAD);
        Some((key, (mixed >> 48) as usize % KNOWN_TIMES))
    }

    fn known(&self, text: &[u8]) -> Option<u32> {
        let (key, place) = Self::place(text)?;
        let (known, minute) = *self.known.get(place)?;
        (known == key && key != (0, 0)).then_some(minute)
    }

    fn at(&mut self, text: &[u8]) -> Option<u32> {
        if let Some(known) = self.known(text) {
            return Some(known);
        }
        let (key, place) = Self::place(text)?;
        let secs = self.zone.moment(civil(text)?).timestamp();
        let minute = u32::try_from(secs / 60).ok().filter(|_| secs % 60 == 0)?;
        *self.known.get_mut(place)? = (key, minute);
        Some(minute)
    }
}
