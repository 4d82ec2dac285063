//! The empty roster for those who ask for one.

use super::draft::Draft;
use super::{Heard, Policy, Say, Urgency};
use crate::time::{Holiday, Moment, holidays_of};
use chrono::NaiveDate;

pub(super) fn tell_template(draft: &mut Draft<'_>, heard: &Heard) {
    let say = Say::Template {
        unit: None,
        first_day: first_day(&draft.world.policy, draft.now),
    };
    draft.say(heard.account, Urgency::Report, say);
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
