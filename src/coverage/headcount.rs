//! How many are there, and from when to when: one sweep over a post's turns. What tells people
//! apart and what counts time is the caller's: a roster has names and moments, a large file's rows
//! are a few numbers.

/// Somebody's turn at a post: who, from when, to when.
pub type Turn<N, T> = (N, (T, T));

/// Maximal stretches of `period` with the same headcount, where that is below `needed`.
#[must_use]
pub fn below<N: PartialEq, T: Copy + Ord>(
    needed: u32,
    period: (T, T),
    turns: impl Iterator<Item = Turn<N, T>>,
) -> Vec<((T, T), u32)> {
    let inside = turns.filter_map(|(who, (start, end))| {
        let (start, end) = (start.max(period.0), end.min(period.1));
        (start < end).then_some((who, (start, end)))
    });
    let mut changes = changes(inside);
    changes.insert(0, (period.0, 0));
    changes.push((period.1, 0));
    told_apart(&changes, |present| present < needed)
}

/// Maximal stretches with the same headcount, where that is above `needed`.
#[must_use]
pub fn above<N: PartialEq, T: Copy + Ord>(
    needed: u32,
    turns: impl Iterator<Item = Turn<N, T>>,
) -> Vec<((T, T), u32)> {
    told_apart(&changes(turns), |present| present > needed)
}

/// The stretches between changes with a headcount that is asked for, those as one that touch and
/// agree.
fn told_apart<T: Copy + Ord>(
    changes: &[(T, i32)],
    is_asked_for: impl Fn(u32) -> bool,
) -> Vec<((T, T), u32)> {
    let mut stretches: Vec<((T, T), u32)> = Vec::new();
    let mut present: u32 = 0;
    for pair in changes.windows(2) {
        let [(at, change), (next, _)] = *pair else {
            continue;
        };
        present = present.saturating_add_signed(change);
        if at >= next || !is_asked_for(present) {
            continue;
        }
        match stretches.last_mut() {
            Some((last, count)) if *count == present && last.1 == at => last.1 = next,
            _ => stretches.push(((at, next), present)),
        }
    }
    stretches
}

/// When somebody comes (+1) or goes (−1), in order of time; who is listed twice at once comes once.
fn changes<N: PartialEq, T: Copy + Ord>(turns: impl Iterator<Item = Turn<N, T>>) -> Vec<(T, i32)> {
    let mut turns: Vec<Turn<N, T>> = turns.collect();
    turns.sort_by_key(|(_, hours)| *hours);
    let mut changes = Vec::with_capacity(turns.len() * 2 + 2);
    let mut on_duty: Vec<(N, T)> = Vec::new();
    for (who, (start, end)) in turns {
        on_duty.retain(|(_, until)| {
            let is_on = start < *until;
            if !is_on {
                changes.push((*until, -1));
            }
            is_on
        });
        let mut listed = on_duty.iter_mut();
        if let Some((_, until)) = listed.find(|(other, _)| *other == who) {
            *until = end.max(*until);
        } else {
            changes.push((start, 1));
            on_duty.push((who, end));
        }
    }
    changes.extend(on_duty.into_iter().map(|(_, until)| (until, -1)));
    changes.sort_unstable();
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    const TURNS: [Turn<char, u32>; 4] = [
        ('甲', (0, 8)),
        ('乙', (6, 12)),
        ('乙', (10, 14)),
        ('丙', (20, 24)),
    ];

    #[test]
    fn who_is_listed_twice_at_once_is_one() {
        assert_eq!(above(1, TURNS.into_iter()), [((6, 8), 2)]);
    }

    #[test]
    fn a_period_begins_and_ends_with_nobody() {
        let below_one = below(1, (4, 30), TURNS.into_iter());
        assert_eq!(below_one, [((14, 20), 0), ((24, 30), 0)]);
    }

    #[test]
    fn one_of_two_is_too_few() {
        let below_two = below(2, (0, 9), TURNS.into_iter());
        assert_eq!(below_two, [((0, 6), 1), ((8, 9), 1)]);
    }
}
