//! A thread's rows bound as they are read: block by block they are put in order of their units and
//! posts, and what one unit has in a block becomes a sheet. A large file has a unit's rows close
//! together, so that a unit has few sheets, and a block stays in the nearest cache meanwhile.

use std::mem;

use super::BYTES_A_ROW;
use super::bound::{Bound, Sheet};
use super::entry::{Entry, Kept, MOST_ROWS, Who};
use super::posts::Posts;

pub(super) struct Binder {
    /// The latest rows, in order of the file.
    block: Vec<Entry>,
    /// Its rows in their new order.
    turned: Vec<u16>,
    /// The units and posts of the block, in the new order.
    posts_here: Vec<(u32, u32)>,
    /// Per post of the thread's, where its next row comes in the new order; of other blocks' posts 0.
    places: Vec<u32>,
    known: Known,
    rooms: Vec<Vec<Kept>>,
    people: Vec<Who>,
    posts: Vec<u32>,
    sheets: Vec<Sheet>,
}

/// The people of one sheet by name. What other sheets have left in it does not count.
#[derive(Default)]
struct Known {
    /// People at the place their name says or soon after; what stands elsewhere is another sheet's.
    places: Vec<u16>,
    /// The last of the places that are used: all its bits are set.
    last: usize,
    /// Per person of the sheet, their place.
    place_of: Vec<u16>,
    has_namesakes: bool,
}

/// Few enough for a cache, and enough for a unit's rows to be found together. Few in tests, so that
/// short files have several blocks.
pub(super) const ROWS_A_BLOCK: u16 = if cfg!(test) { 8 } else { 8192 };

const _: () = assert!(ROWS_A_BLOCK <= MOST_ROWS);

/// Rows that are kept are not moved for more: another room is begun.
const ROWS_A_ROOM: usize = if cfg!(test) { 20 } else { 1 << 18 };

const _: () = assert!(ROWS_A_BLOCK as usize <= ROWS_A_ROOM);

impl Binder {
    /// For so many bytes of rows.
    pub fn of(bytes: usize) -> Self {
        let rows = bytes / BYTES_A_ROW + 1;
        Self {
            block: Vec::with_capacity(rows.min(ROWS_A_BLOCK.into())),
            turned: Vec::new(),
            posts_here: Vec::new(),
            places: Vec::new(),
            known: Known::default(),
            rooms: Vec::new(),
            people: Vec::new(),
            posts: Vec::new(),
            sheets: Vec::new(),
        }
    }

    /// `row`: the one after the latest; its person is counted here.
    pub fn add(&mut self, row: Entry, posts: &Posts) {
        self.block.push(row);
        if self.block.len() == usize::from(ROWS_A_BLOCK) {
            self.lay_down(posts);
        }
    }

    /// All that was added, to be looked up by `units` units.
    pub fn bound(mut self, posts: &Posts, units: usize) -> Bound {
        self.lay_down(posts);
        Bound::of(self.rooms, self.people, self.posts, self.sheets, units)
    }

    /// Ends the block: what comes is another section's, with other units.
    pub fn lay_down(&mut self, posts: &Posts) {
        let Some(first_row) = self.block.first().map(|row| row.row) else {
            return;
        };
        self.make_room();
        self.turn(posts);
        let (turned, here) = (mem::take(&mut self.turned), mem::take(&mut self.posts_here));
        let mut begin = 0;
        for of_unit in here.chunk_by(|a, b| a.0 == b.0) {
            let end = of_unit
                .last()
                .map_or(begin, |(_, post)| self.places[*post as usize] as usize);
            self.lay_sheet(of_unit, &turned[begin..end], first_row);
            begin = end;
        }
        for (_, post) in &here {
            self.places[*post as usize] = 0;
        }
        (self.turned, self.posts_here) = (turned, here);
        self.posts_here.clear();
        self.block.clear();
    }

    /// Puts the block's rows in order of their units and posts.
    fn turn(&mut self, posts: &Posts) {
        self.places.resize(posts.len(), 0);
        for row in &self.block {
            let rows = &mut self.places[row.post as usize];
            if *rows == 0 {
                self.posts_here.push((posts.unit(row.post), row.post));
            }
            *rows += 1;
        }
        self.posts_here.sort_unstable();
        let mut taken = 0;
        for (_, post) in &self.posts_here {
            taken += mem::replace(&mut self.places[*post as usize], taken);
        }
        self.turned.resize(self.block.len(), 0);
        for (at, row) in (0..).zip(&self.block) {
            let place = &mut self.places[row.post as usize];
            self.turned[*place as usize] = at;
            // At last it is where the post's rows end.
            *place += 1;
        }
    }

    /// `posts`: the unit's, in the order of its `rows`.
    fn lay_sheet(&mut self, posts: &[(u32, u32)], rows: &[u16], first_row: u32) {
        let (Some((unit, _)), Some(room)) = (posts.first(), self.rooms.last_mut()) else {
            return;
        };
        let (first_kept, first_person) = (room.len(), self.people.len());
        self.known.clear(rows.len());
        let mut before = None;
        for row in rows {
            let row = &self.block[usize::from(*row)];
            let person = self.known.person(row.who, first_person, &mut self.people);
            let kept = Kept::of(&Entry { person, ..*row }, first_row);
            let is_next_post = before.replace(row.post) != Some(row.post);
            room.push(if is_next_post { kept.next_post() } else { kept });
        }
        self.sheets.push(Sheet {
            unit: *unit,
            room: short(self.rooms.len() - 1),
            rows: short(rows.len()),
            people: short(self.people.len() - first_person),
            has_namesakes: self.known.has_namesakes,
            first_kept: long(first_kept),
            first_person: long(first_person),
            first_post: long(self.posts.len()),
            first_row,
        });
        self.posts.extend(posts.iter().map(|(_, post)| post));
    }

    /// So that the block has room in the last of the rooms.
    fn make_room(&mut self) {
        let free = self.rooms.last().map(|room| room.capacity() - room.len());
        if free.is_none_or(|free| free < self.block.len()) {
            self.rooms.push(Vec::with_capacity(ROWS_A_ROOM));
        }
    }
}

impl Known {
    fn clear(&mut self, rows: usize) {
        let places = (rows * 2).next_power_of_two();
        self.last = places - 1;
        self.place_of.clear();
        self.has_namesakes = false;
        if self.places.len() < places {
            self.places.resize(places, 0);
        }
    }

    /// Where they stand among the sheet's people, which begin at `first`; if need be from now on.
    fn person(&mut self, who: Who, first: usize, people: &mut Vec<Who>) -> u16 {
        let mut place = who.name as usize & self.last;
        loop {
            let person = self.places[place];
            // What stands in a place from before is another sheet's.
            if self.place_of.get(usize::from(person)) != Some(&short(place)) {
                break;
            }
            let known = people[first + usize::from(person)];
            if known == who {
                return person;
            }
            self.has_namesakes |= known.name == who.name;
            place = (place + 1) & self.last;
        }
        let new = short(self.place_of.len());
        self.place_of.push(short(place));
        self.places[place] = new;
        people.push(who);
        new
    }
}

/// What counts a sheet's rows and people, and rooms: a file of 4 GB has few.
fn short(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// What counts all of a thread's rows.
fn long(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Rows at any of three units' posts, by any of five names with one or another number.
    fn rows() -> impl Strategy<Value = Vec<(u32, u32, u32, u32)>> {
        prop::collection::vec((0..3_u32, 0..4_u32, 0..5_u32, 0..2_u32), 0..80)
    }

    proptest! {
        #[test]
        fn every_row_lies_on_a_sheet_of_its_unit_as_it_was_added(rows in rows()) {
            let mut posts = Posts::default();
            let mut binder = Binder::of(rows.len());
            let mut added = Vec::new();
            for (row, (unit, name, person, number)) in (0..).zip(rows) {
                // Names that differ by more than a sheet has places begin at the same one.
                let who = Who { name: person << 16, number };
                let post = posts.number(unit, name).unwrap();
                let entry = Entry { post, start: 60 * row, minutes: 480, person: 0, who, row, at: 90 * row };
                binder.add(entry, &posts);
                added.push(entry);
            }
            let bound = binder.bound(&posts, 3);
            for unit in 0..3 {
                let mut found = Vec::new();
                for sheet in bound.sheets_of(unit) {
                    let people = bound.people_on(sheet);
                    let mut each = people.to_vec();
                    each.sort_unstable();
                    each.dedup();
                    prop_assert_eq!(each.len(), people.len(), "each once");
                    let mut names: Vec<u32> = each.iter().map(|who| who.name).collect();
                    names.dedup();
                    prop_assert_eq!(sheet.has_namesakes, names.len() < each.len());
                    let entries: Vec<Entry> = bound.entries_on(sheet, 0).collect();
                    prop_assert!(entries.is_sorted_by_key(|entry| (entry.post, entry.row)));
                    for entry in entries {
                        prop_assert_eq!(people[usize::from(entry.person)], entry.who);
                        found.push(Entry { person: 0, ..entry });
                    }
                }
                found.sort_unstable_by_key(|entry| entry.row);
                let of_unit = added.iter().filter(|entry| posts.unit(entry.post) == unit);
                prop_assert_eq!(found, of_unit.copied().collect::<Vec<_>>());
            }
        }
    }
}
