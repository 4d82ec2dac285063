use chrono::TimeDelta;

use super::{Ladder, Outcome, VoidReason};
use crate::time::Moment;

/// For so long nothing has stood in the way before somebody is asked again.
const SETTLED: TimeDelta = TimeDelta::minutes(10);
/// What was in the way once more is waited out so many times longer.
const PATIENCE_GROWS: i32 = 4;
/// So long before the last moment that leaves time to answer, for the reading that says we hear.
const ON_THE_WAY: TimeDelta = TimeDelta::minutes(1);
/// Beyond so many it would be a nuisance to whoever sits there, for faults that are not theirs.
const MOST: u32 = 3;

impl Outcome {
    /// Whether nothing is known of the person for a fault of ours alone: they may be asked again.
    #[must_use]
    pub fn is_our_fault(&self) -> bool {
        let Outcome::Void { reason } = self else {
            return false;
        };
        matches!(reason, VoidReason::Blind(_) | VoidReason::Unsent { .. })
    }
}

/// From when on somebody whose check has been void for a fault of ours since `void_since` may be
/// asked again; `made_up` says how often they were already, in that check's stead, and `shift_end`
/// until when they are there. `None` where it has been often enough.
#[must_use]
pub fn again_from(
    ladder: &Ladder,
    void_since: Moment,
    made_up: u32,
    shift_end: Moment,
) -> Option<Moment> {
    let settled = void_since + SETTLED * PATIENCE_GROWS.checked_pow(made_up)?;
    // Rather sooner than not at all.
    let last_call = shift_end - ladder.window() - ladder.drain() - ON_THE_WAY;
    // The reading that made it void is no sign yet.
    let next = void_since + TimeDelta::milliseconds(1);
    (made_up < MOST).then(|| settled.min(last_call).max(next))
}

#[cfg(test)]
mod tests {
    use super::super::step_tests::LADDER;
    use super::super::{Blind, BlindCause, Evidence, Plea, Unreached};
    use super::*;
    use crate::time::Span;

    #[test]
    fn blindness_and_what_could_not_be_sent_are_our_fault_and_nothing_else_is() {
        let at = Moment::from_timestamp(1_790_000_000, 0).unwrap();
        let span = Span::new(at, at + SETTLED).unwrap();
        let cause = BlindCause::Unread;
        let (queued, given_up) = (at, at + SETTLED);
        let evidence = Evidence::Message {
            update: 1,
            dated: at,
            received: at,
        };
        let plea = Plea::Swapped;
        let void = |reason| Outcome::Void { reason }.is_our_fault();
        assert!(void(VoidReason::Blind(Blind { span, cause })));
        assert!(void(VoidReason::Unsent { queued, given_up }));
        assert!(!void(VoidReason::Cancelled));
        assert!(!void(VoidReason::Excused { plea, evidence }));
        let queue_read_from = at;
        let reason = Unreached::Blocked;
        for outcome in [
            Outcome::Present { evidence },
            Outcome::Late {
                by_secs: 1,
                evidence,
            },
            Outcome::NoAnswer { queue_read_from },
            Outcome::Undeliverable { reason },
        ] {
            assert!(!outcome.is_our_fault(), "{outcome:?}");
        }
    }

    #[test]
    fn each_time_what_was_in_the_way_is_waited_out_for_longer_and_three_times_are_enough() {
        let void = Moment::from_timestamp(1_790_000_000, 0).unwrap();
        let waited = waits(void, TimeDelta::hours(8));
        assert_eq!(waited, [Some(10), Some(40), Some(160), None]);
    }

    #[test]
    fn where_that_would_be_too_late_it_is_as_late_as_leaves_time_to_answer() {
        let void = Moment::from_timestamp(1_790_000_000, 0).unwrap();
        // Five minutes to answer, one to drain and one on the way; of the last it is known at once
        // that it is too late.
        for (left, [first, later]) in [(47, [10, 40]), (12, [5, 5]), (3, [0, 0])] {
            let waited = waits(void, TimeDelta::minutes(left));
            let expected = [Some(first), Some(later), Some(later), None];
            assert_eq!(waited, expected, "{left}");
        }
    }

    fn waits(void: Moment, left: TimeDelta) -> [Option<i64>; 4] {
        [0, 1, 2, 3].map(|times| {
            let from = again_from(&LADDER, void, times, void + left);
            from.map(|from| (from - void).num_minutes())
        })
    }
}
