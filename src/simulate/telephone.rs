//! The clerk at the desk, with a telephone in hand, while Telegram brings nothing.

use std::ops::Range;

use super::agenda::Entry;
use super::habits::Habit;
use super::run::{Run, Step};
use crate::decide::{ChatPlace, Check, Heard, Input, Press, Pressed, What, World};
use crate::spotcheck::{CheckId, Sighting};
use crate::time::Moment;

/// In seconds: the clerk goes to see after so long that Telegram brings nothing.
pub(super) const SOON_NOTICED: Range<i64> = 300..900;
/// And once a round's result is there, with those who could not be heard.
pub(super) const ONCE_TOLD: Range<i64> = 20..120;
/// As long as something is wrong, again and again.
const AGAIN: Range<i64> = 300..1_200;

impl Run {
    pub fn goes_to_the_desk(&mut self, after: Range<i64>) {
        let after = self.ringing.secs(after.start, after.end);
        self.agenda.enter(self.now + after, Entry::AtTheDesk);
    }

    /// Everybody of whom nothing can be heard is rung. What was found is recorded at the desk; while
    /// the program is down, on the printed worksheet, until it runs again.
    pub async fn ring(&mut self) -> Step {
        if self.is_working() {
            self.catch_up().await?;
        }
        let clock = self.clock();
        let wanted = match self.program.looked_into().await {
            Ok(kept) => to_ring(kept.as_deref(), clock),
            Err(error) => return Err(self.failed(&error)),
        };
        for check in wanted {
            if !self.on_paper.contains_key(&check) {
                let found = self.found(check);
                self.tell(|_| format!("clerk rings {check}: {found:?}"));
                self.on_paper.insert(check, found);
            }
        }
        if self.is_working() {
            for (check, found) in std::mem::take(&mut self.on_paper) {
                self.record(check, found).await?;
            }
        }
        if self.life.troubled_until > self.now || !self.on_paper.is_empty() {
            self.goes_to_the_desk(AGAIN);
        }
        Ok(())
    }

    async fn record(&mut self, check: CheckId, found: Sighting) -> Step {
        // Who has not answered meanwhile and was at post has their verdict by it.
        *self.truth.rulings.entry(check).or_default() += usize::from(found.is_there());
        self.press_at_the_desk(Press::Rang(check, found)).await
    }

    /// What is true of whoever was asked.
    fn found(&mut self, check: CheckId) -> Sighting {
        let asked = self.truth.checks.get(&check);
        let owner = asked.and_then(|asked| self.county.owner(asked.account?));
        let habit = owner.map(|owner| owner.habit);
        // Whoever has the question before them shows by it whether they are there.
        let is_shown = asked.is_some_and(|asked| !asked.copies.is_empty());
        let is_away = if is_shown {
            self.was_away(check) && !habit.is_some_and(Habit::is_mute)
        } else {
            habit == Some(Habit::Absent)
        };
        if !is_away {
            return Sighting::AtPost;
        }
        if self.ringing.once_in(2) {
            Sighting::NotThere
        } else {
            Sighting::NotReached
        }
    }

    async fn press_at_the_desk(&mut self, press: Press) -> Step {
        let clerk = self.program.world().and_then(|world| world.clerks().next());
        let Some(account) = clerk.map(|clerk| clerk.id) else {
            return Ok(());
        };
        let clock = self.clock();
        let heard = Input::Heard(Heard {
            update: 0,
            account,
            name: String::new(),
            place: ChatPlace::Desk,
            dated: None,
            received: clock,
            message: None,
            what: What::Press {
                query: String::new(),
                press: Pressed::Ours(press),
            },
            chance: self.ringing.bytes(),
            raw: None,
        });
        let kept = self.program.act(heard, clock).await;
        kept.map_err(|error| self.failed(&error))?;
        self.life.has_news = true;
        self.life.retry = None;
        Ok(())
    }
}

fn to_ring(world: Option<&World>, clock: Moment) -> Vec<CheckId> {
    let Some(world) = world else {
        return Vec::new();
    };
    let checks = world.checks.values();
    let wanted = checks.filter(|check| world.wants_a_call(check, clock));
    wanted.map(|check| check.id).collect()
}

/// Whether a clerk who rang found them at their post.
pub(super) fn was_reached(check: &Check) -> bool {
    check.follow_up.rung_up().is_some_and(Sighting::is_there)
}

/// Whether a clerk who rang did not find whoever it asked.
pub(super) fn found_away(check: &Check) -> bool {
    let found = check.follow_up.rung_up();
    found.is_some_and(|found| !found.is_there())
}
