//! Whether updates that were pushed came without a hole: their numbers go up by one, and several
//! are under way at once.
//!
//! What lies before the first proof of an empty queue is not known, so nothing is claimed of it.

use std::collections::BTreeSet;

/// More than this many behind a hole say that it will not be filled.
const MOST_AHEAD: usize = 10_000;

/// Numbers of updates, as they come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sequence {
    /// All numbers below it have come; nothing is known before the first proof.
    next: Option<i64>,
    /// Numbers that have come from it on.
    ahead: BTreeSet<i64>,
    highest: Option<i64>,
}

impl Sequence {
    /// These are kept.
    pub fn came(&mut self, ids: impl IntoIterator<Item = i64>) {
        for id in ids {
            // One that comes once more, or numbers that begin anew, lower: who can tell.
            if self.next.is_some_and(|next| id < next) {
                *self = Self::default();
            }
            self.highest = self.highest.max(Some(id));
            self.ahead.insert(id);
        }
        if self.ahead.len() > MOST_AHEAD {
            *self = Self {
                highest: self.highest,
                ..Self::default()
            };
        }
        self.close_up();
    }

    /// The highest number there is so far, to be handed to [`Sequence::is_whole_to`] once the
    /// queue that was asked for now is known to have been empty.
    pub fn highest(&self) -> Option<i64> {
        self.highest
    }

    /// The queue was empty after `id` had come: no number up to it is still to come.
    pub fn is_whole_to(&mut self, id: Option<i64>) {
        let Some(next) = id.and_then(|id| id.checked_add(1)) else {
            return;
        };
        self.next = Some(next);
        self.ahead = self.ahead.split_off(&next);
        self.close_up();
    }

    /// Whether nothing is still to come that was queued before what has come.
    pub fn is_whole(&self) -> bool {
        self.next.is_some() && self.ahead.is_empty()
    }

    fn close_up(&mut self) {
        while let Some(next) = self.next {
            if !self.ahead.remove(&next) {
                return;
            }
            self.next = Some(next.saturating_add(1));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_is_claimed_before_the_queue_was_empty_once() {
        let mut sequence = Sequence::default();
        sequence.came([7, 8]);
        assert!(!sequence.is_whole());
        sequence.is_whole_to(sequence.highest());
        assert!(sequence.is_whole());
    }

    #[test]
    fn a_hole_shows_until_it_is_filled() {
        let mut sequence = Sequence::default();
        sequence.came([7]);
        sequence.is_whole_to(Some(7));
        sequence.came([9, 10]);
        assert!(!sequence.is_whole());
        sequence.came([8]);
        assert!(sequence.is_whole());
    }

    #[test]
    fn what_came_while_the_queue_was_asked_for_is_not_taken_for_all_there_is() {
        let mut sequence = Sequence::default();
        sequence.came([7]);
        let before = sequence.highest();
        // 8 was queued after the question, and is still under way.
        sequence.came([9]);
        sequence.is_whole_to(before);
        assert!(!sequence.is_whole());
        sequence.came([8]);
        assert!(sequence.is_whole());
    }

    #[test]
    fn numbers_that_begin_anew_lower_or_higher_wait_for_a_proof() {
        let mut sequence = Sequence::default();
        sequence.came([1_000]);
        sequence.is_whole_to(Some(1_000));
        sequence.came([5_000_000]);
        assert!(!sequence.is_whole());
        sequence.is_whole_to(sequence.highest());
        assert!(sequence.is_whole());
        sequence.came([17]);
        assert!(!sequence.is_whole());
        sequence.is_whole_to(sequence.highest());
        sequence.came([19]);
        assert!(!sequence.is_whole(), "18 may be on its way");
        sequence.came([18]);
        assert!(sequence.is_whole());
    }

    proptest! {
        #[test]
        fn it_is_whole_exactly_when_every_number_has_come(
            order in Just((1..40_i64).collect::<Vec<_>>()).prop_shuffle(),
            groups in 1..7_usize,
        ) {
            let mut sequence = Sequence::default();
            sequence.came([0]);
            sequence.is_whole_to(Some(0));
            let mut known = BTreeSet::from([0]);
            for group in order.chunks(groups) {
                sequence.came(group.iter().copied());
                known.extend(group);
                let highest = known.last().copied().unwrap_or_default();
                let is_all = i64::try_from(known.len()).is_ok_and(|count| count == highest + 1);
                prop_assert_eq!(sequence.is_whole(), is_all);
            }
        }
    }
}
