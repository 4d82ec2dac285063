//! `zaigang demo` with its desk open: the rehearsal goes on by the clock on the wall, its officers
//! answer what they are asked, and whoever looks in works at the desk and on one officer's page.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use super::serve::stop_signal;
use crate::clock::Clock;
use crate::decide::AccountId;
use crate::engine::Keeper;
use crate::rehearsal::Rehearsal;
use crate::spotcheck::CheckId;
use crate::time::{Moment, TimeDelta};
use crate::web::{self, Counter, Errand, Look, Site, Unfetched};

/// How often the officers look at their phones.
const BEAT: Duration = Duration::from_millis(250);
/// How long a page that is being sent may take at the end.
const PAGES_PATIENCE: Duration = Duration::from_secs(1);

/// A story that goes on, and who takes part in it.
pub(super) struct OpenHouse {
    rehearsal: Rehearsal,
    clock: Arc<Clock>,
    officers: Vec<AccountId>,
    /// When each check is answered by whom it asks; never, for the silent.
    answers: BTreeMap<CheckId, Option<(Moment, AccountId)>>,
}

impl OpenHouse {
    /// Goes on from where `rehearsal` stands; `officers` answer for themselves.
    pub fn of(rehearsal: Rehearsal, officers: Vec<AccountId>) -> Self {
        let clock = Arc::new(Clock::from(rehearsal.now()));
        Self {
            rehearsal,
            clock,
            officers,
            answers: BTreeMap::new(),
        }
    }

    /// Stays open at `listener` until somebody stops it.
    pub async fn keep(mut self, listener: TcpListener) -> anyhow::Result<()> {
        let stop = stop_signal()?;
        tokio::pin!(stop);
        let (stopping, stopped) = watch::channel(false);
        let (office, mut counter) = web::office();
        let Some(archive) = self
            .rehearsal
            .keeper()
            .map(|keeper| keeper.store().archive())
        else {
            return Ok(());
        };
        let site = Site {
            office,
            archive,
            clock: Arc::clone(&self.clock),
            settings: Vec::new(),
            hook: None,
        };
        let pages = tokio::spawn(web::serve(listener, site, stopped));
        let mut beat = tokio::time::interval(BEAT);
        loop {
            tokio::select! {
                biased;
                () = &mut stop => break,
                Some(errand) = counter.errands.recv() => {
                    self.go_on().await?;
                    self.run_errand(errand).await?;
                }
                _ = beat.tick() => {}
            }
            self.go_on().await?;
            self.tell(&counter);
        }
        let _ = stopping.send(true);
        drop(counter);
        let _ = tokio::time::timeout(PAGES_PATIENCE, pages).await;
        self.rehearsal.crash().await;
        Ok(())
    }

    /// Lets happen what is due by now, the officers' answers among it.
    async fn go_on(&mut self) -> anyhow::Result<()> {
        let now = self.clock.now();
        self.take_notice(now);
        let due: Vec<(CheckId, Moment, AccountId)> = self
            .answers
            .iter()
            .filter_map(|(check, answer)| answer.map(|(at, who)| (*check, at, who)))
            .filter(|(_, at, _)| *at <= now)
            .collect();
        for (check, _, who) in due {
            let _ = self.rehearsal.presses(who, "✅");
            self.answers.insert(check, None);
        }
        self.rehearsal.pass_to(now).await?;
        Ok(())
    }

    /// Whoever has been asked makes up their mind: most answer soon, one late, one not at all.
    fn take_notice(&mut self, now: Moment) {
        let Some(keeper) = self.rehearsal.keeper() else {
            return;
        };
        let checks = keeper.world().checks.values();
        let asked = checks.filter(|check| check.state.delivery().is_some());
        let new = asked.filter(|check| !self.answers.contains_key(&check.id));
        let new: Vec<(CheckId, AccountId, TimeDelta)> = new
            .filter_map(|check| Some((check.id, check.asked.account?, check.ladder.window())))
            .filter(|(_, account, _)| self.officers.contains(account))
            .collect();
        for (check, account, window) in new {
            let secs = i64::try_from(self.rehearsal.chance_below(40)).unwrap_or(0) + 6;
            let soon = TimeDelta::seconds(secs);
            let answer = match self.answers.len() % 6 {
                2 => Some((now + window + soon, account)),
                4 => None,
                _ => Some((now + soon, account)),
            };
            self.answers.insert(check, answer);
        }
    }

    async fn run_errand(&mut self, errand: Errand) -> anyhow::Result<()> {
        match errand {
            Errand::Look(reply) => {
                let now = self.clock.now();
                if let Some(keeper) = self.rehearsal.keeper() {
                    let world = Arc::new(keeper.world().clone());
                    let _ = reply.send(Look { world, now });
                }
            }
            Errand::Act { input, file, done } => {
                let change = self.rehearsal.act(&input, file.as_deref()).await?;
                if let Some(change) = change {
                    let _ = done.send(change);
                }
            }
            Errand::Fetch { done, .. } => {
                // A played Telegram keeps no files.
                let _ = done.send(Err(Unfetched::Gone));
            }
        }
        Ok(())
    }

    fn tell(&self, counter: &Counter) {
        counter.tell(self.rehearsal.keeper().map_or(0, Keeper::changes));
    }
}
