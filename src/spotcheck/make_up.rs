use chrono::TimeDelta;

use super::{Outcome, VoidReason};
use crate::time::Moment;

/// For so long nothing has stood in the way before somebody is asked again.
const SETTLED: TimeDelta = TimeDelta::minutes(10);
/// What was in the way once more is waited out so many times longer.
const PATIENCE_GROWS: i32 = 4;
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
/// asked again; `made_up` says how often they were already, in that check's stead. `None` where it
/// has been often enough.
#[must_use]
pub fn again_from(void_since: Moment, made_up: u32) -> Option<Moment> {
    (made_up < MOST).then(|| void_since + SETTLED * PATIENCE_GROWS.pow(made_up))
}

#[cfg(test)]
mod tests {
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
        let minutes: Vec<Option<i64>> = (0..4)
            .map(|times| again_from(void, times).map(|from| (from - void).num_minutes()))
            .collect();
        assert_eq!(minutes, [Some(10), Some(40), Some(160), None]);
    }
}
