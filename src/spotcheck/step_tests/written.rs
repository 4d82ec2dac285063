//! How a delivery is written down: short, as nearly all are, and nothing lost.

use super::*;

#[test]
fn a_time_that_never_stood_still_is_not_written_and_one_that_did_is() {
    let stood_still = Delivery {
        unwatched_ms: 70,
        resumed: Some(at(310)),
        ..delivery()
    };
    for (delivery, is_told) in [(delivery(), false), (stood_still, true)] {
        let written = serde_json::to_string(&delivery).expect("it can be written");
        assert_eq!(written.contains("unwatched_ms"), is_told, "{written}");
        assert_eq!(written.contains("resumed"), is_told, "{written}");
        let read: Delivery = serde_json::from_str(&written).expect("and read again");
        assert_eq!(read, delivery);
    }
}
