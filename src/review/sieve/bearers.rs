//! Who bears a number that somebody else bears as well, in any unit.

use std::ops::Range;

use foldhash::HashSet;

use crate::roster::{Entry, Roll, Who, each_in_a_thread};

/// Everybody's numbers, each as often as it has bearers. They lie in shelves, so that each shelf can
/// be looked through at once.
pub(super) struct Numbers {
    shelves: Vec<Vec<u32>>,
}

const SHELVES: usize = 64;

/// Among so many places for each of them, few numbers meet by chance.
const PLACES_A_NUMBER: usize = 8;

/// Shared numbers are few, and all others are to be told from them at once.
const PLACES_A_SHARED_NUMBER: usize = 64;

impl Numbers {
    /// With room for so many: to grow again and again takes twice the room.
    pub fn of(many: usize) -> Self {
        let room = many / SHELVES + many / SHELVES / 8;
        Self {
            shelves: (0..SHELVES).map(|_| Vec::with_capacity(room)).collect(),
        }
    }

    pub fn add(&mut self, number: u32) {
        self.shelves[number as usize % SHELVES].push(number);
    }
}

/// All whose number has several bearers. Numbers may be taken for one another; then some rows are
/// told that nobody else has the number of.
#[derive(Default)]
pub(super) struct Sharers {
    pub rows: Vec<Entry>,
    pub numbers: HashSet<u32>,
    /// Pairs of units that a number is borne in.
    pub links: Vec<(u32, u32)>,
}

/// Somebody in a unit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Bearer {
    number: u32,
    unit: u32,
    name: u32,
}

/// `numbers`: one thread's each.
pub(super) fn sharers(roll: &Roll, numbers: Vec<Numbers>) -> Sharers {
    let threads = numbers.len();
    let shared = shared(numbers);
    let units = u32::try_from(roll.units()).unwrap_or(u32::MAX);
    let share = units
        .div_ceil(u32::try_from(threads).unwrap_or(u32::MAX))
        .max(1);
    let starts = (0..units).step_by(share as usize);
    let of_units = starts.map(|from| from..units.min(from.saturating_add(share)));
    let bearers = each_in_a_thread(of_units.collect(), |units| bearers(roll, units, &shared));
    let mut bearers = bearers.concat();
    bearers.sort_unstable();
    // Whoever stands on several of a unit's sheets.
    bearers.dedup();
    let mut found = Sharers {
        numbers: shared,
        ..Sharers::default()
    };
    for same in bearers.chunk_by(|a, b| a.number == b.number) {
        let links = same.windows(2).map(|two| (two[0].unit, two[1].unit));
        found.links.extend(links);
        for of_unit in same.chunk_by(|a, b| a.unit == b.unit) {
            let rows = roll.entries_of(of_unit[0].unit);
            let theirs = rows.filter(|row| row.who.number == same[0].number);
            found.rows.extend(theirs);
        }
    }
    found
}

/// The numbers that come more than once.
fn shared(numbers: Vec<Numbers>) -> HashSet<u32> {
    let mut shelves: Vec<Vec<Vec<u32>>> = vec![Vec::new(); SHELVES];
    let mut shares: Vec<Vec<_>> = numbers.iter().map(|_| Vec::new()).collect();
    for some in numbers {
        let by_number = shelves.iter_mut().zip(some.shelves);
        by_number.for_each(|(all, shelf)| all.push(shelf));
    }
    let threads = shares.len();
    for (at, shelf) in shelves.into_iter().enumerate() {
        shares[at % threads].push(shelf);
    }
    let found = each_in_a_thread(shares, |share| {
        let mut found = Vec::new();
        for shelf in share {
            let mut likely = likely_shared(&shelf);
            likely.sort_unstable();
            let several = likely.chunk_by(|a, b| a == b);
            let several = several.filter(|same| same.len() > 1);
            found.extend(several.map(|same| same[0]));
        }
        found
    });
    found.into_iter().flatten().collect()
}

/// All numbers that come more than once, and few others: most come once, and need not be sorted.
fn likely_shared(shelf: &[Vec<u32>]) -> Vec<u32> {
    let numbers = || shelf.iter().flatten().copied();
    let places = (numbers().count() * PLACES_A_NUMBER).next_power_of_two();
    // Whether a number of that place has been met, and whether it has been met again.
    let mut met = vec![[0_u64; 2]; places.div_ceil(64)];
    // The last bits chose the shelf.
    let place = |number: u32| {
        let place = number as usize / SHELVES % places;
        (place / 64, 1 << (place % 64))
    };
    for number in numbers() {
        let (word, bit) = place(number);
        let [once, again] = &mut met[word];
        *again |= *once & bit;
        *once |= bit;
    }
    let likely = numbers().filter(|number| {
        let (word, bit) = place(*number);
        met[word][1] & bit != 0
    });
    likely.collect()
}

/// Whoever has one of these numbers in one of these units.
fn bearers(roll: &Roll, units: Range<u32>, numbers: &HashSet<u32>) -> Vec<Bearer> {
    let places = (numbers.len() * PLACES_A_SHARED_NUMBER).next_power_of_two();
    let mut shared = vec![0_u64; places.div_ceil(64)];
    let place = |number: u32| {
        let place = number as usize % places;
        (place / 64, 1 << (place % 64))
    };
    for number in numbers {
        let (word, bit) = place(*number);
        shared[word] |= bit;
    }
    let is_shared = |who: &Who| {
        let (word, bit) = place(who.number);
        shared[word] & bit != 0 && numbers.contains(&who.number)
    };
    let people = units.flat_map(|unit| {
        let sheets = roll.sheets_of(unit);
        sheets.flat_map(move |sheet| sheet.people().iter().map(move |who| (unit, who)))
    });
    let mut bearers = Vec::new();
    people.for_each(|(unit, who)| {
        if is_shared(who) {
            let Who { name, number } = *who;
            bearers.push(Bearer { number, unit, name });
        }
    });
    bearers
}
