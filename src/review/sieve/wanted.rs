//! How many people each of a roll's posts needs, and what a list asks for that the roll has not.

use foldhash::{HashMap, HashSet};

use crate::coverage::{self, Demand, Need};
use crate::review::DemandFrom;
use crate::roster::{
    NeedEntry, NeedList, NeedRow, Post, Roll, Roster, UnitEntry, each_in_a_thread, role_of,
};
use crate::time::Period;

/// Where the demand on a roll comes from.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// Every post the roll has.
    Roll,
    /// A list of needs, and nothing else.
    List(&'a NeedList),
}

pub(super) struct Needs<'a> {
    pub from: DemandFrom,
    /// Per post, how many it needs; 0 where nobody asks.
    pub counts: Vec<u32>,
    /// Per post, its place in the order of the demand; empty where that is their own order.
    ranks: Vec<u32>,
    /// What the list asks for and the roll does not have, with its place in the list.
    missing: Vec<(u32, NeedRow<'a>)>,
}

impl<'a> Needs<'a> {
    pub fn of(roll: &Roll, wanted: Wanted<'a>, units: &[UnitEntry], threads: usize) -> Self {
        match wanted {
            Wanted::Roll => Self {
                from: DemandFrom::Roster,
                counts: counts_of_roll(roll, units),
                ranks: Vec::new(),
                missing: Vec::new(),
            },
            Wanted::List(list) => Self::of_list(roll, list, threads),
        }
    }

    /// The first row of a post counts, and none that asks for nobody.
    fn of_list(roll: &Roll, list: &'a NeedList, threads: usize) -> Self {
        let share = list.len().div_ceil(threads).max(1);
        let shares = (0..list.len()).step_by(share);
        let shares: Vec<_> = shares
            .map(|from| from..list.len().min(from + share))
            .collect();
        let found = each_in_a_thread(shares, |share| {
            let many = share.len();
            posts_named(roll, list.rows(share), many)
        });
        let mut needs = Self {
            from: DemandFrom::List,
            counts: vec![0; roll.posts()],
            ranks: vec![u32::MAX; roll.posts()],
            missing: Vec::new(),
        };
        let posts = found.iter().flatten();
        for (rank, (row, post)) in (0..).zip(list.rows(0..list.len()).zip(posts)) {
            match *post {
                _ if row.count == 0 => {}
                NOWHERE => needs.missing.push((rank, row)),
                post => {
                    let count = &mut needs.counts[post as usize];
                    if *count == 0 {
                        *count = row.count;
                        needs.ranks[post as usize] = rank;
                    }
                }
            }
        }
        needs
    }

    /// Where a post of the roll stands in the order of the demand.
    pub fn rank(&self, post: u32) -> u32 {
        self.ranks.get(post as usize).copied().unwrap_or(post)
    }

    /// Where what the roll does not have stands in the list, by unit and post.
    pub fn missing_ranks(&self) -> HashMap<(&[u8], &[u8]), u32> {
        let missing = self.missing.iter().rev();
        missing
            .map(|(rank, row)| ((row.unit, row.post), *rank))
            .collect()
    }

    /// What is asked for and the roll does not have. The units that it has stand in the roster, with
    /// a post nobody asks for.
    pub fn missing(&self, roll: &Roll, period: Period) -> (Roster, Demand) {
        let mut seen = HashSet::default();
        let rows = self.missing.iter().map(|(_, row)| row);
        let rows: Vec<NeedEntry> = rows
            .filter(|row| seen.insert((row.unit, row.post)))
            .map(NeedRow::entry)
            .collect();
        let known = |row: &&NeedEntry| roll.has_unit(&row.unit);
        let there = rows.iter().filter(known).map(|row| Post {
            unit: row.unit.clone(),
            name: String::new(),
            role: role_of(""),
            presence: role_of("").presence(),
        });
        let roster = Roster {
            posts: there.collect(),
            ..Roster::default()
        };
        let needs = rows.iter().map(|row| Need {
            unit: row.unit.clone(),
            post: row.post.clone(),
            role: role_of(&row.post),
            count: row.count,
        });
        let demand = Demand {
            period,
            needs: needs.collect(),
        };
        (roster, demand)
    }
}

/// In place of a post the roll does not have.
const NOWHERE: u32 = u32::MAX;

/// The number of each row's post.
fn posts_named<'a>(roll: &Roll, rows: impl Iterator<Item = NeedRow<'a>>, many: usize) -> Vec<u32> {
    let mut unit: Option<u32> = None;
    let named = rows.map(|row| {
        // A unit's needs stand together, and units mostly in the order of the roll.
        let likely = unit.map_or([0, 0], |unit| [unit, unit.saturating_add(1)]);
        let foreseen = likely.into_iter().find(|unit| {
            (*unit as usize) < roll.units() && roll.unit(*unit).as_bytes() == row.unit
        });
        let found = foreseen.or_else(|| roll.unit_named(row.unit));
        unit = found.or(unit);
        let post = found.and_then(|unit| roll.post_of(unit, row.post));
        post.unwrap_or(NOWHERE)
    });
    let mut posts = Vec::with_capacity(many);
    posts.extend(named);
    posts
}

fn counts_of_roll(roll: &Roll, units: &[UnitEntry]) -> Vec<u32> {
    let min_staff = coverage::min_staff(units);
    let posts = u32::try_from(roll.posts()).unwrap_or(u32::MAX);
    (0..posts)
        .map(|post| {
            let (unit, _, duty) = roll.post(post);
            let staff = min_staff.get(roll.unit(unit));
            coverage::needed(duty, staff.copied().flatten()).unwrap_or(0)
        })
        .collect()
}
