//! What is due by the clock: reminders before a shift, the clerks' morning digest, the daily
//! report of every unit. One plan says when, one mark says what is done, so that a restart
//! repeats nothing; what was missed is told late where it still helps, and left out where not.

mod digest;
mod plan;
mod record;
mod remind;
mod reports;
mod say;
#[cfg(test)]
mod tests;

pub use plan::{Daily, Planned, is_night_or_early, plan};
pub use record::{DailyReport, Matter, ReportId, ReportPress, Told};
pub use say::{Ahead, Asking, DailySay, Digest, Reports};

pub(super) use reports::{Writing, pressed, reported, written};

use super::draft::Draft;
use super::{AccountId, Record, Say, Slot, Urgency, World};
use crate::time::{Moment, TimeDelta};

/// A digest is of use for so long.
const MORNING: TimeDelta = TimeDelta::hours(6);

/// Does what is due.
pub(super) fn done(draft: &mut Draft<'_>) {
    let (world, now) = (draft.world, draft.now);
    let Some(mark) = done_until(world) else {
        return;
    };
    let plan = world.planned();
    let due = plan
        .iter()
        .skip_while(|(at, _)| *at <= mark)
        .take_while(|(at, _)| *at <= now);
    let due: Vec<(Moment, Planned)> = due.copied().collect();
    if due.is_empty() {
        return;
    }
    let today = world.policy.zone.date(now);
    for (at, what) in due {
        match what {
            Planned::BeforeShift(start) if start > now => remind::before(draft, start),
            Planned::Evening(day) => remind::evening(draft, day),
            Planned::Digest(_) if now - at < MORNING => digest::told(draft),
            Planned::AskReports(day) if day == today => reports::asked(draft, day),
            Planned::ReportsDue(day) if day == today => reports::due(draft, day),
            // Too late to be of use.
            Planned::BeforeShift(_)
            | Planned::Digest(_)
            | Planned::AskReports(_)
            | Planned::ReportsDue(_) => {}
        }
    }
    draft.put(Record::DailyMark(now));
}

/// When the next thing is due.
pub(super) fn next_wake(world: &World) -> Option<Moment> {
    let mark = done_until(world)?;
    let plan = world.planned();
    let next = plan.partition_point(|(at, _)| *at <= mark);
    plan.get(next).map(|(at, _)| *at)
}

/// Everything until then is done; before the first roster there was nothing to do.
fn done_until(world: &World) -> Option<Moment> {
    let first = world.versions.values().next().map(|v| v.since);
    world.daily_mark.or(first)
}

fn say(draft: &mut Draft<'_>, to: AccountId, say: DailySay) {
    draft.say(to, Urgency::Report, Say::Daily(Box::new(say)));
}

fn show(draft: &mut Draft<'_>, to: AccountId, slot: Slot, say: DailySay) {
    draft.show(to, Urgency::Report, slot, Say::Daily(Box::new(say)));
}
