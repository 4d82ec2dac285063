//! What holds of any reading at all.

use std::collections::HashSet;

use crate::roster::{Asked, CellUse, Cells, Code, Place, Reading, Role};

/// Whoever is relieved late stays longer than the longest shift, where both ends are dated.
const OVERTIME_MINUTES: u32 = 4 * 60;

/// Panics where a reading contradicts itself, or leaves a cell of `table` unaccounted for.
/// `table` is `None` where the bytes are no text.
pub fn hold(reading: &Reading, table: Option<&Cells>, asked: &Asked) {
    let roster = &reading.roster;
    assert!(
        !roster.shifts.is_empty() || !reading.findings.is_empty(),
        "nothing was read, and nothing is said of it"
    );
    if is_refused(reading) {
        assert!(roster.shifts.is_empty(), "refused, and yet read");
        return;
    }
    let places = account(reading);
    let inside = |place: Place| place.row <= reading.source.rows;
    for shift in &roster.shifts {
        assert!((shift.post as usize) < roster.posts.len(), "{shift:?}");
        assert!(!shift.people.is_empty(), "{shift:?}");
        for person in shift.people.iter() {
            assert!(!person.name.trim().is_empty(), "{shift:?}");
        }
        let longest = match roster.post(shift).role {
            Role::Principal | Role::ChiefLeader => 31 * 24 * 60,
            _ => asked.max_shift_minutes + OVERTIME_MINUTES,
        };
        assert!(
            shift.span.length().num_minutes() <= i64::from(longest),
            "{shift:?} is too long to be believed"
        );
        assert!(
            shift.source.row > 0 && shift.source.column > 0 && inside(shift.source),
            "{shift:?} stands nowhere"
        );
        assert!(
            places.contains(&(shift.source.row, shift.source.column)),
            "{shift:?} has a cell that is not accounted for"
        );
    }
    for unread in &roster.unread {
        let known = |post: u32| (post as usize) < roster.posts.len();
        assert!(unread.post.is_none_or(known), "{unread:?}");
        assert!(inside(unread.place), "{unread:?} stands nowhere");
    }
    for (post, _) in &roster.declared {
        assert!((*post as usize) < roster.posts.len());
    }
    for finding in &reading.findings {
        assert!(
            finding.place.is_none_or(inside),
            "{finding:?} stands nowhere"
        );
    }
    for (r, row) in table
        .expect("what was read is text")
        .rows
        .iter()
        .enumerate()
    {
        for (c, cell) in row.iter().enumerate() {
            let place = (count(r + 1), count(c + 1));
            assert!(
                cell.trim().is_empty() || places.contains(&place),
                "{cell:?} at {place:?} is dropped"
            );
        }
    }
}

/// Panics where the same file is read twice and not said to be the same.
pub fn same(one: &Reading, other: &Reading) {
    assert_eq!(one.source, other.source);
    assert_eq!(one.roster, other.roster);
    assert_eq!(one.findings, other.findings);
}

/// Every place accounted for, each once.
fn account(reading: &Reading) -> HashSet<(u32, u32)> {
    let shifts = reading.roster.shifts.len();
    let mut places = HashSet::new();
    for cell in &reading.account.cells {
        let place = (cell.place.row, cell.place.column);
        assert!(places.insert(place), "{place:?} twice");
        assert!(cell.shift.is_none_or(|s| (s as usize) < shifts), "{cell:?}");
        assert!(
            cell.r#as == CellUse::Shift || cell.shift.is_none(),
            "{cell:?}"
        );
    }
    places
}

/// One finding for the whole file, and nothing of it was read.
fn is_refused(reading: &Reading) -> bool {
    let whole = [
        Code::F311,
        Code::F312,
        Code::F313,
        Code::F314,
        Code::F315,
        Code::F316,
    ];
    reading.account.cells.is_empty()
        && matches!(&reading.findings[..], [only] if whole.contains(&only.code))
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
