//! One thread's rows, by unit. Units and posts have the thread's own numbers here; the roll's are put
//! beside them once all threads are done.

use super::bound::{self, Bound};
use super::entry::{Entry, Who};

pub(super) struct Stretch {
    /// The number of its first row among all.
    begin: u32,
    /// How many it has.
    rows: u32,
    bound: Bound,
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
    pub fn of(rows: u32, bound: Bound) -> Self {
        Self {
            begin: 0,
            rows,
            bound,
            joined: Joined::AsTheyAre,
        }
    }

    /// The same as one of several: its rows after those before it, and the roll's numbers of its
    /// units and of its posts. `None` for more rows than there are numbers.
    pub fn joined_after(self, before: &Self, units: &[u32], posts: Vec<u32>) -> Option<Self> {
        let most = units.iter().max().map_or(0, |most| *most as usize + 1);
        let mut numbers = vec![NONE; most];
        for (own, unit) in (0..).zip(units) {
            numbers[*unit as usize] = own;
        }
        let begin = before.begin.checked_add(before.rows)?;
        begin.checked_add(self.rows)?;
        Some(Self {
            begin,
            joined: Joined::Renumbered {
                posts,
                units: numbers,
            },
            ..self
        })
    }

    pub fn rows(&self) -> usize {
        self.rows as usize
    }

    /// How many people are on its sheets.
    pub fn people(&self) -> usize {
        self.bound.people()
    }

    /// The sheets of one of the roll's units, in order of the file.
    pub fn sheets_of(&self, unit: u32, earliest: u32) -> impl Iterator<Item = Sheet<'_>> {
        let own = match &self.joined {
            Joined::AsTheyAre => unit,
            Joined::Renumbered { units, .. } => units.get(unit as usize).copied().unwrap_or(NONE),
        };
        let sheets = self.bound.sheets_of(own).iter();
        sheets.map(move |own| Sheet {
            stretch: self,
            own,
            earliest,
        })
    }

    fn post(&self, own: u32) -> u32 {
        match &self.joined {
            Joined::AsTheyAre => own,
            Joined::Renumbered { posts, .. } => posts[own as usize],
        }
    }
}

/// Some rows of one unit that lie together.
#[derive(Clone, Copy)]
pub struct Sheet<'r> {
    stretch: &'r Stretch,
    own: &'r bound::Sheet,
    earliest: u32,
}

impl<'r> Sheet<'r> {
    /// Post by post, each post's in order of the file.
    pub fn entries(self) -> impl Iterator<Item = Entry> + use<'r> {
        let Self {
            stretch,
            own,
            earliest,
        } = self;
        let entries = stretch.bound.entries_on(own, earliest);
        entries.map(move |entry| Entry {
            post: stretch.post(entry.post),
            row: stretch.begin + entry.row,
            ..entry
        })
    }

    /// Whoever is on it, each once: what [`Entry::person`] counts.
    #[must_use]
    pub fn people(self) -> &'r [Who] {
        self.stretch.bound.people_on(self.own)
    }

    /// Whether any two of its people have one name.
    #[must_use]
    pub fn has_namesakes(self) -> bool {
        self.own.has_namesakes
    }
}
