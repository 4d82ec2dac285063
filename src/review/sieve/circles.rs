//! Rows of people, parted so that whoever may be the same person as somebody, or shares a number
//! with them, is in one part with them: each part can be judged alone.

use foldhash::HashMap;

use crate::roster::{Entry, Roll};

/// So many rows are judged at a time, and more where that parts nobody.
const ROWS_AT_A_TIME: usize = 4096;

/// `links`: pairs of units in which a number is borne. A name is one person in its unit at most, so
/// nobody else's rows belong together. Every part's rows are in order of the file.
pub(super) fn parted(roll: &Roll, rows: &[Entry], links: &[(u32, u32)]) -> Vec<Vec<Entry>> {
    let leaders = leaders(links);
    let circle_of = |row: &Entry| {
        let (unit, ..) = roll.post(row.post);
        leaders.get(&unit).copied().unwrap_or(unit)
    };
    let mut by_circle: Vec<(u32, &Entry)> = rows.iter().map(|row| (circle_of(row), row)).collect();
    by_circle.sort_unstable_by_key(|(circle, row)| (*circle, row.row));
    let mut parts: Vec<Vec<Entry>> = Vec::new();
    for circle in by_circle.chunk_by(|a, b| a.0 == b.0) {
        if parts.last().is_none_or(|part| part.len() >= ROWS_AT_A_TIME) {
            parts.push(Vec::new());
        }
        if let Some(part) = parts.last_mut() {
            part.extend(circle.iter().map(|(_, row)| *row));
        }
    }
    for part in &mut parts {
        part.sort_unstable_by_key(|row| row.row);
    }
    parts
}

/// Of every unit that is linked to an earlier one, the first of all it is linked to.
fn leaders(links: &[(u32, u32)]) -> HashMap<u32, u32> {
    let mut leaders: HashMap<u32, u32> = HashMap::default();
    for (one, other) in links {
        let [one, other] = [*one, *other].map(|unit| leader_of(&mut leaders, unit));
        if one != other {
            leaders.insert(one.max(other), one.min(other));
        }
    }
    let units: Vec<u32> = leaders.keys().copied().collect();
    for unit in units {
        leader_of(&mut leaders, unit);
    }
    leaders
}

/// From then on it is found at once.
fn leader_of(leaders: &mut HashMap<u32, u32>, unit: u32) -> u32 {
    let mut leader = unit;
    while let Some(next) = leaders.get(&leader) {
        leader = *next;
    }
    let mut at = unit;
    while at != leader {
        at = leaders.insert(at, leader).unwrap_or(leader);
    }
    leader
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_linked_through_others_have_one_leader() {
        let leaders = leaders(&[(5, 4), (9, 8), (4, 8), (2, 2)]);
        assert_eq!([5, 9, 8].map(|unit| leaders.get(&unit)), [Some(&4); 3]);
        assert_eq!([1, 2, 4].map(|unit| leaders.get(&unit)), [None; 3]);
    }
}
