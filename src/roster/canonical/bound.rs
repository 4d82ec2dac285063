//! A thread's rows by unit, and within a unit by post: sheet by sheet, as they were bound.

use super::entry::{Entry, Kept, Who};

/// Some rows of one unit that lie together, and what they do not say themselves.
#[derive(Clone, Copy)]
pub(super) struct Sheet {
    /// The thread's number of it.
    pub unit: u32,
    pub room: u16,
    pub rows: u16,
    pub people: u16,
    /// Whether any two of its people have one name, with two numbers.
    pub has_namesakes: bool,
    /// Where its rows, its people and its posts begin among all.
    pub first_kept: u32,
    pub first_person: u32,
    pub first_post: u32,
    /// From which its rows are counted.
    pub first_row: u32,
}

/// A thread's rows, all of them.
pub(super) struct Bound {
    rooms: Vec<Vec<Kept>>,
    people: Vec<Who>,
    /// The thread's numbers, sheet by sheet in the order of its rows.
    posts: Vec<u32>,
    /// By unit, and each unit's in order of the file.
    sheets: Vec<Sheet>,
    /// Per unit, where its sheets end.
    ends: Vec<u32>,
}

impl Bound {
    /// `sheets`: in order of the file.
    pub fn of(
        rooms: Vec<Vec<Kept>>,
        people: Vec<Who>,
        posts: Vec<u32>,
        mut sheets: Vec<Sheet>,
        units: usize,
    ) -> Self {
        if !sheets.is_sorted_by_key(|sheet| sheet.unit) {
            sheets.sort_by_key(|sheet| sheet.unit);
        }
        let mut ends = vec![0; units];
        for (end, sheet) in (1..).zip(&sheets) {
            ends[sheet.unit as usize] = end;
        }
        let mut before = 0;
        for end in &mut ends {
            // A unit without a sheet ends where the one before it does.
            before = before.max(*end);
            *end = before;
        }
        Self {
            rooms,
            people,
            posts,
            sheets,
            ends,
        }
    }

    /// How many people are on its sheets, together.
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// A unit's, in order of the file.
    pub fn sheets_of(&self, unit: u32) -> &[Sheet] {
        let Some(end) = self.ends.get(unit as usize) else {
            return &[];
        };
        let begin = unit
            .checked_sub(1)
            .map_or(0, |before| self.ends[before as usize]);
        &self.sheets[begin as usize..*end as usize]
    }

    /// Without those of other sheets.
    pub fn people_on(&self, sheet: &Sheet) -> &[Who] {
        let first = sheet.first_person as usize;
        &self.people[first..first + usize::from(sheet.people)]
    }

    /// The sheet's rows, post by post, each post's in order of the file; with the thread's numbers.
    pub fn entries_on(&self, sheet: &Sheet, earliest: u32) -> impl Iterator<Item = Entry> {
        let people = self.people_on(sheet);
        let first = sheet.first_kept as usize;
        let rows = &self.rooms[usize::from(sheet.room)][first..first + usize::from(sheet.rows)];
        let mut posts = self.posts[sheet.first_post as usize..].iter();
        let (mut post, first_row) = (0, sheet.first_row);
        rows.iter().map(move |row| {
            if row.is_next_post() {
                post = posts.next().copied().unwrap_or(post);
            }
            row.entry(post, people, first_row, earliest)
        })
    }
}
