//! The county on its stage: its people come in, are asked, and answer as they are cast.

use std::collections::BTreeSet;
use std::process::ExitCode;

use super::{CLERK, FIRST_PERSON, Habit, Story, asked_at, printed};
use crate::cli::say;
use crate::decide::{AccountId, Input, Policy};
use crate::duty::{Member, members, on_duty};
use crate::rehearsal::{Reach, Rehearsal};
use crate::roster::{Role, Roster};
use crate::time::{Moment, TimeDelta};
use crate::words::answers::here;
use crate::words::demo::{Scene, clerk, use_label};
use crate::words::when;

/// The county while it is played.
pub(super) struct Stage<'a> {
    pub story: &'a Story,
    pub rehearsal: Rehearsal,
    pub policy: Policy,
    /// Lines printed already.
    pub told: usize,
    pub telling: Telling,
}

/// Whether what is said is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    Aloud,
    Quietly,
}

impl Stage<'_> {
    pub async fn play(&mut self, roster: &Roster) -> anyhow::Result<ExitCode> {
        self.story.scene(&Scene::Roster);
        self.send_roster().await?;
        if roster.shifts.is_empty() {
            self.story.scene(&Scene::NothingRead);
            return Ok(ExitCode::FAILURE);
        }
        let Some(at) = self.moment_of_check(roster) else {
            self.story.scene(&Scene::NobodyOnDuty);
            return Ok(ExitCode::FAILURE);
        };
        let off = self.somebody_off(roster, at);
        let people = self.bind(roster, off).await?;
        self.rehearsal.pass_to(at).await?;
        self.told = self.rehearsal.lines().len();
        let at_clock = when::moment(at, self.policy.zone, self.story.lang);
        self.story.scene(&Scene::Round { at: at_clock });
        self.clerk_says("/gaps").await?;
        self.check(&people).await?;
        self.story.scene(&Scene::Closing {
            seed: self.story.seed,
        });
        Ok(ExitCode::SUCCESS)
    }

    /// The county in the middle of its holiday, a round just ordered: who answers for themselves,
    /// and somebody on duty with no phone of their own, for whoever looks in.
    pub async fn prepare(
        &mut self,
        roster: &Roster,
    ) -> anyhow::Result<Option<(Vec<AccountId>, Option<Member>)>> {
        self.send_roster().await?;
        let at = self
            .moment_of_check(roster)
            .filter(|_| !roster.shifts.is_empty());
        let Some(at) = at else {
            self.story.scene(&Scene::NobodyOnDuty);
            return Ok(None);
        };
        let officers = on_duty(roster, at).filter(|on| on.post.role == Role::DutyOfficer);
        let on: BTreeSet<(&str, &str)> = officers
            .map(|on| (on.post.unit.as_str(), on.person.name.as_str()))
            .collect();
        let everybody = members(roster);
        let guest = everybody
            .iter()
            .rposition(|m| on.contains(&(m.unit.as_str(), m.name.as_str())));
        let people = self.bind(roster, guest).await?;
        self.rehearsal.pass_to(at).await?;
        self.clerk_says("/check all").await?;
        let guest = guest.and_then(|index| everybody.into_iter().nth(index));
        if let Some(member) = guest.clone() {
            self.rehearsal
                .act(&Input::PageOpened { member }, None)
                .await?;
        }
        let officers = people.into_iter().map(|(account, _)| account).collect();
        Ok(Some((officers, guest)))
    }

    /// Somebody who is not asked about in the round at `at`.
    fn somebody_off(&mut self, roster: &Roster, at: Moment) -> Option<usize> {
        let on: BTreeSet<&str> = asked_at(roster, at);
        let everybody = members(roster);
        let mut off: Vec<usize> = (0..everybody.len())
            .filter(|i| !on.contains(everybody[*i].name.as_str()))
            .collect();
        if off.is_empty() {
            return None;
        }
        let drawn = self.rehearsal.chance_below(off.len());
        Some(off.swap_remove(drawn))
    }

    async fn send_roster(&mut self) -> anyhow::Result<()> {
        self.rehearsal.introduce(CLERK, clerk(self.story.lang));
        let claim = self.rehearsal.keeper().map(|k| k.world().claim_payload());
        self.clerk_says(&format!("/start {}", claim.unwrap_or_default()))
            .await?;
        let bytes = self.story.bytes.clone();
        self.rehearsal.sends_file(CLERK, &self.story.name, bytes);
        self.settle().await?;
        let _ = self.rehearsal.presses(CLERK, use_label(self.story.lang));
        self.settle().await
    }

    /// Everybody binds but `left_out`.
    async fn bind(
        &mut self,
        roster: &Roster,
        left_out: Option<usize>,
    ) -> anyhow::Result<Vec<(AccountId, Member)>> {
        let everybody = members(roster);
        let bound = everybody.len() - usize::from(left_out.is_some());
        self.scene(&Scene::Binding {
            people: bound,
            left_out: usize::from(left_out.is_some()),
        });
        let mut people = Vec::new();
        for (account, (index, member)) in (FIRST_PERSON..).zip(everybody.into_iter().enumerate()) {
            if Some(index) == left_out {
                continue;
            }
            let account = AccountId(account);
            self.rehearsal.introduce(account, &member.name);
            match (&member.phone, self.rehearsal.keeper()) {
                (Some(phone), _) => {
                    self.rehearsal.says(account, "/start");
                    self.rehearsal.settle().await?;
                    self.rehearsal.shares_contact(account, phone.digits());
                }
                (None, Some(keeper)) => {
                    let link = keeper.world().bind_payload(&member);
                    self.rehearsal.says(account, &format!("/start {link}"));
                }
                (None, None) => {}
            }
            if people.is_empty() {
                self.settle().await?;
            }
            people.push((account, member));
        }
        self.rehearsal.settle().await?;
        self.scene(&Scene::MoreLikeThis {
            people: people.len().saturating_sub(1),
        });
        Ok(people)
    }

    async fn check(&mut self, people: &[(AccountId, Member)]) -> anyhow::Result<()> {
        let now = self.rehearsal.now();
        let on: Vec<(AccountId, String)> = {
            let Some(keeper) = self.rehearsal.keeper() else {
                return Ok(());
            };
            let Some((_, roster)) = keeper.world().in_force() else {
                return Ok(());
            };
            let names = asked_at(roster, now);
            let on = people
                .iter()
                .filter(|(_, m)| names.contains(m.name.as_str()));
            on.map(|(a, m)| (*a, m.name.clone())).collect()
        };
        let cast = self.cast(&on);
        self.clerk_says("/check all").await?;
        let window = TimeDelta::milliseconds(
            i64::try_from(self.policy.ladder.window_ms).unwrap_or(i64::MAX),
        );
        let mut deeds = Vec::new();
        for (account, habit) in cast {
            let quick = self.rehearsal.chance_below(100) + 8;
            let after = match habit {
                Habit::Late => {
                    let over = self.rehearsal.chance_below(90) + 65;
                    window + TimeDelta::seconds(i64::try_from(over).unwrap_or(65))
                }
                _ => TimeDelta::seconds(i64::try_from(quick).unwrap_or(8)),
            };
            deeds.push((now + after, account, habit));
        }
        deeds.sort_by_key(|(at, account, _)| (*at, *account));
        for (at, account, habit) in deeds {
            self.rehearsal.pass_to(at).await?;
            self.act(account, habit);
            self.settle().await?;
        }
        self.rehearsal.pass_to(now + window * 2).await?;
        self.settle().await
    }

    /// One late, one silent, one who stopped the bot, as far as people go round; drawn anew for
    /// every seed.
    fn cast(&mut self, on: &[(AccountId, String)]) -> Vec<(AccountId, Habit)> {
        let mut left: Vec<&(AccountId, String)> = on.iter().collect();
        let mut draw = |rehearsal: &mut Rehearsal, spare: usize| {
            if left.len() <= spare {
                return None;
            }
            let index = rehearsal.chance_below(left.len());
            Some(left.swap_remove(index))
        };
        let late = draw(&mut self.rehearsal, 1);
        let silent = draw(&mut self.rehearsal, 1);
        let blocked = draw(&mut self.rehearsal, 1);
        if let Some((account, _)) = blocked {
            self.rehearsal.set_reach(*account, Reach::Blocked);
        }
        let name = |who: Option<&(AccountId, String)>| who.map(|(_, name)| name.clone());
        let casting = Scene::Casting {
            late: name(late),
            silent: name(silent),
            blocked: name(blocked),
        };
        let mut cast: Vec<(AccountId, Habit)> = Vec::new();
        cast.extend(late.map(|(account, _)| (*account, Habit::Late)));
        cast.extend(silent.map(|(account, _)| (*account, Habit::Silent)));
        for (account, _) in left {
            let habit = match self.rehearsal.chance_below(4) {
                0 => Habit::Word,
                1 => Habit::Number,
                _ => Habit::Button,
            };
            cast.push((*account, habit));
        }
        self.story.scene(&casting);
        cast
    }

    fn act(&mut self, account: AccountId, habit: Habit) {
        match habit {
            Habit::Silent => {}
            Habit::Button | Habit::Late => {
                let _ = self.rehearsal.presses(account, "✅");
            }
            Habit::Word => {
                self.rehearsal.says(account, here(self.story.lang));
            }
            Habit::Number => {
                let number = self.rehearsal.keeper().and_then(|k| {
                    let checks = k.world().checks.values();
                    let own = checks.filter(|c| c.asked.account == Some(account));
                    own.map(|c| c.id.to_string()).next_back()
                });
                if let Some(number) = number {
                    self.rehearsal.says(account, &number);
                }
            }
        }
    }

    /// In the hours before the first gap, so that it is news; where there is none, when most are
    /// on duty.
    fn moment_of_check(&mut self, roster: &Roster) -> Option<Moment> {
        let start = roster.shifts.iter().map(|s| s.span.start()).min()?;
        let end = roster.shifts.iter().map(|s| s.span.end()).max()?;
        let quarters = ((end - start).num_minutes() / 15).clamp(1, 4_000);
        let moments: Vec<(usize, Moment)> = (0..quarters)
            .map(|n| start + TimeDelta::minutes(n * 15))
            .map(|at| (asked_at(roster, at).len(), at))
            .collect();
        let most = moments.iter().map(|(people, _)| *people).max()?;
        if most == 0 {
            return None;
        }
        let gap = self.first_gap(roster);
        let before_gap =
            |at: &Moment| gap.is_some_and(|g| *at < g && g - *at <= TimeDelta::hours(8));
        let full: Vec<Moment> = moments
            .iter()
            .filter(|(people, _)| *people == most)
            .map(|(_, at)| *at)
            .collect();
        let near: Vec<Moment> = full.iter().copied().filter(before_gap).collect();
        let from = if near.is_empty() { full } else { near };
        let drawn = self.rehearsal.chance_below(from.len());
        let minutes = self.rehearsal.chance_below(15);
        let minutes = TimeDelta::minutes(i64::try_from(minutes).unwrap_or(0));
        from.get(drawn).map(|at| *at + minutes)
    }

    fn first_gap(&self, roster: &Roster) -> Option<Moment> {
        let keeper = self.rehearsal.keeper()?;
        let (_, in_force) = keeper.world().in_force()?;
        let _ = roster;
        crate::decide::gap_report(in_force, &self.policy, self.rehearsal.now())
            .gaps
            .first()
            .map(|gap| gap.span.start())
    }

    fn scene(&self, which: &Scene) {
        if self.telling == Telling::Aloud {
            self.story.scene(which);
        }
    }

    async fn clerk_says(&mut self, text: &str) -> anyhow::Result<()> {
        self.rehearsal.says(CLERK, text);
        self.settle().await
    }

    /// Lets things happen, and prints what was said.
    async fn settle(&mut self) -> anyhow::Result<()> {
        self.rehearsal.settle().await?;
        let zone = self.policy.zone;
        let lines = self.rehearsal.lines();
        let new = lines.iter().skip(self.told);
        for line in new.filter(|_| self.telling == Telling::Aloud) {
            say(&printed(line, zone));
        }
        self.told = self.rehearsal.lines().len();
        Ok(())
    }
}
