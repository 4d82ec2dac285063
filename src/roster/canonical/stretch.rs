//! One thread's rows: in order of the file, and by unit. Units and posts have the thread's own
//! numbers here; the roll's are put beside them once all threads are done.

use super::entry::{Entry, Kept};
use super::posts::Posts;

pub(super) struct Stretch {
    /// The number of its first row among all.
    begin: u32,
    entries: Vec<Kept>,
    /// Its rows from 0, by unit, each unit's in order of the file.
    order: Vec<u32>,
    /// Per unit of the thread's, where its rows end in `order`.
    ends: Vec<u32>,
    joined: Joined,
}

/// What the thread's numbers are among all.
enum Joined {
    /// The first thread's are the roll's.
    AsTheyAre,
    Renumbered {
        /// The roll's number of each of the thread's posts.
        posts: Vec<u32>,
        /// The thread's number of each of the roll's units, as far as it has it.
        units: Vec<u32>,
    },
}

/// In place of a unit the thread has not met.
const NONE: u32 = u32::MAX;

impl Stretch {
    /// `None` for more rows than there are numbers.
    pub fn of(entries: Vec<Kept>, posts: &Posts, units: usize) -> Option<Self> {
        let rows = u32::try_from(entries.len()).ok()?;
        let pairs = posts.pairs();
        let unit_of = |entry: &Kept| pairs[entry.post as usize].0 as usize;
        let mut places = vec![0_u32; units];
        for entry in &entries {
            places[unit_of(entry)] += 1;
        }
        let mut taken = 0;
        for place in &mut places {
            taken += std::mem::replace(place, taken);
        }
        let mut order = vec![0; entries.len()];
        for (row, entry) in (0..rows).zip(&entries) {
            let place = &mut places[unit_of(entry)];
            order[*place as usize] = row;
            *place += 1;
        }
        Some(Self {
            begin: 0,
            entries,
            order,
            // Each place has gone on to where the next unit's first was.
            ends: places,
            joined: Joined::AsTheyAre,
        })
    }

    /// The same as one of several: its rows after those before it, and the roll's numbers of its
    /// units and of its posts. `None` for more rows than there are numbers.
    pub fn joined_after(self, before: &Self, units: &[u32], posts: Vec<u32>) -> Option<Self> {
        let most = units.iter().max().map_or(0, |most| *most as usize + 1);
        let mut numbers = vec![NONE; most];
        for (own, unit) in (0..).zip(units) {
            numbers[*unit as usize] = own;
        }
        let begin = before.end()?;
        begin.checked_add(u32::try_from(self.entries.len()).ok()?)?;
        Some(Self {
            begin,
            joined: Joined::Renumbered {
                posts,
                units: numbers,
            },
            ..self
        })
    }

    fn end(&self) -> Option<u32> {
        self.begin
            .checked_add(u32::try_from(self.entries.len()).ok()?)
    }

    pub fn begin(&self) -> u32 {
        self.begin
    }

    pub fn rows(&self) -> usize {
        self.entries.len()
    }

    /// The rows of one of the roll's units, with what they say, in order of the file.
    pub fn entries_of(&self, unit: u32, earliest: u32) -> impl Iterator<Item = (u32, Entry)> {
        let rows = self.order_of(unit).unwrap_or_default().iter();
        rows.map(move |row| {
            let kept = self.entries[*row as usize];
            (self.begin + row, self.told(kept, earliest))
        })
    }

    /// The first of these rows.
    pub fn first_of(&self, unit: u32) -> Option<u32> {
        Some(self.begin + self.order_of(unit)?.first()?)
    }

    /// `row`: among all.
    pub fn entry(&self, row: u32, earliest: u32) -> Entry {
        self.told(self.entries[(row - self.begin) as usize], earliest)
    }

    fn order_of(&self, unit: u32) -> Option<&[u32]> {
        let own = match &self.joined {
            Joined::AsTheyAre => unit,
            Joined::Renumbered { units, .. } => *units.get(unit as usize)?,
        };
        let end = *self.ends.get(own as usize)?;
        let begin = own
            .checked_sub(1)
            .map_or(0, |before| self.ends[before as usize]);
        self.order.get(begin as usize..end as usize)
    }

    fn told(&self, kept: Kept, earliest: u32) -> Entry {
        let entry = kept.entry(earliest);
        match &self.joined {
            Joined::AsTheyAre => entry,
            Joined::Renumbered { posts, .. } => Entry {
                post: posts[entry.post as usize],
                ..entry
            },
        }
    }
}
