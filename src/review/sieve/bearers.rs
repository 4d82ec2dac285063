use crate::roster::{Roll, each_in_a_thread};

/// Who bears which number, as pairs of a number and a unit; a unit has a pair for each of its
/// people. They lie in shelves by number, so that each shelf can be looked through at once.
pub(super) struct Bearers {
    shelves: Vec<Vec<(u32, u32)>>,
}

const SHELVES: usize = 64;

/// Among so many places for each of them, few numbers meet by chance.
const PLACES_A_NUMBER: usize = 8;

/// How often somebody is on duty in a large roster, by experience.
const SHIFTS_A_PERSON: usize = 2;

impl Bearers {
    /// With room for the people of so many shifts: to grow again and again takes twice the room.
    pub fn of(shifts: usize) -> Self {
        let room = shifts / SHIFTS_A_PERSON / SHELVES;
        Self {
            shelves: (0..SHELVES).map(|_| Vec::with_capacity(room)).collect(),
        }
    }

    pub fn add(&mut self, number: u32, unit: u32) {
        self.shelves[number as usize % SHELVES].push((number, unit));
    }
}

/// All whose number has several bearers, in any units. Numbers may be taken for one another; then
/// some rows are told that nobody else has the number of.
#[derive(Default)]
pub(super) struct Sharers {
    pub rows: Vec<u32>,
    pub numbers: Vec<u32>,
    /// Pairs of units that a number is borne in.
    pub links: Vec<(u32, u32)>,
}

pub(super) fn sharers(roll: &Roll, bearers: Vec<Bearers>) -> Sharers {
    let mut shelves: Vec<Vec<Vec<(u32, u32)>>> = vec![Vec::new(); SHELVES];
    let threads = bearers.len();
    for some in bearers {
        let by_number = shelves.iter_mut().zip(some.shelves);
        by_number.for_each(|(all, shelf)| all.push(shelf));
    }
    let mut shares: Vec<Vec<_>> = (0..threads).map(|_| Vec::new()).collect();
    for (at, shelf) in shelves.into_iter().enumerate() {
        shares[at % threads].push(shelf);
    }
    let found = each_in_a_thread(shares, |share| {
        let mut found = Sharers::default();
        for shelf in share {
            let mut pairs = likely_shared(&shelf);
            pairs.sort_unstable();
            let several = pairs
                .chunk_by(|a, b| a.0 == b.0)
                .filter(|same| same.len() > 1);
            for same in several {
                found.numbers.push(same[0].0);
                found
                    .links
                    .extend(same.windows(2).map(|two| (two[0].1, two[1].1)));
                for (number, unit) in dedup(same) {
                    let of_unit = roll.entries_of(unit);
                    let theirs = of_unit.filter(|(_, entry)| entry.number == number);
                    found.rows.extend(theirs.map(|(row, _)| row));
                }
            }
        }
        found
    });
    let mut all = Sharers::default();
    for some in found {
        all.rows.extend(some.rows);
        all.numbers.extend(some.numbers);
        all.links.extend(some.links);
    }
    all
}

/// All pairs of numbers that come more than once, and few others: most come once, and need not be
/// sorted.
fn likely_shared(shelf: &[Vec<(u32, u32)>]) -> Vec<(u32, u32)> {
    let pairs = || shelf.iter().flatten();
    let places = (pairs().count() * PLACES_A_NUMBER).next_power_of_two();
    let mut met = vec![0_u64; places.div_ceil(64)];
    let mut met_again = met.clone();
    // The last bits chose the shelf.
    let place = |number: u32| {
        let place = number as usize / SHELVES % places;
        (place / 64, 1_u64 << (place % 64))
    };
    for (number, _) in pairs() {
        let (word, bit) = place(*number);
        met_again[word] |= met[word] & bit;
        met[word] |= bit;
    }
    let likely = pairs().filter(|(number, _)| {
        let (word, bit) = place(*number);
        met_again[word] & bit != 0
    });
    likely.copied().collect()
}

fn dedup(sorted: &[(u32, u32)]) -> impl Iterator<Item = (u32, u32)> {
    sorted
        .chunk_by(|a, b| a == b)
        .filter_map(|same| same.first().copied())
}
