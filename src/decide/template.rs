//! The empty roster for those who ask for one.

use super::draft::Draft;
use super::{Heard, Policy, Say, Urgency};
use crate::time::{Holiday, Moment, holidays_of};
use chrono::NaiveDate;

/// With the unit filled in for whoever speaks for one.
pub(super) fn tell_template(draft: &mut Draft<'_>, heard: &Heard) {
    let first_day = first_day(&draft.world.policy, draft.now);
    let own = draft.spoken_for(heard.account);
    let units = if own.is_empty() {
        vec![None]
    } else {
        own.into_iter().map(Some).collect()
    };
    for unit in units {
        let say = Say::Template { unit, first_day };
        draft.say(heard.account, Urgency::Report, say);
    }
}

/// The day its examples show: where the set period begins, else the next holiday, else the last
/// one known.
fn first_day(policy: &Policy, now: Moment) -> NaiveDate {
    if let Some(period) = policy.period {
        return policy.zone.date(period.start());
    }
    let today = policy.zone.date(now);
    let ahead = holidays_of().iter().find(|h| h.back_day() > today);
    let shown = ahead.or(holidays_of().last());
    shown.map_or(today, Holiday::first_day)
}
