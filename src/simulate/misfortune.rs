//! Faults befalling the program, and its getting up again.

use super::agenda::{Act, Entry};
use super::county::CLERK;
use super::faults::{Doom, Fault, Kind};
use super::laws::Law;
use super::planted;
use super::polling::At;
use super::run::{Run, Step};
use super::telephone::SOON_NOTICED;
use super::weather::{Air, Moved};
use crate::decide::{Check, Fetched};
use crate::engine::Lies;
use crate::roster::{Asked, read};
use crate::spotcheck::CheckId;
use crate::time::{Moment, TimeDelta};

impl Run {
    pub async fn befall(&mut self, fault: Fault) -> Step {
        self.tell(|_| format!("! {fault:?}"));
        match fault {
            Fault::Kill { kind, down } => self.kill(kind, down).await,
            Fault::Doomed { doom, after, down } => {
                self.weather.doom = Some((doom, after, down));
                Ok(())
            }
            Fault::Outage { kind, lasts } => self.outage(kind, lasts).await,
            Fault::Conflict { lasts } => {
                self.catch_up().await?;
                let until = self.now + lasts;
                self.truth.trouble(Kind::Conflict, self.now, until);
                self.weather.conflict(self.now, until);
                self.interrupt(until);
                Ok(())
            }
            // A process that hangs sees its clock set only once it goes on; here it is left alone.
            Fault::Clock { .. } if self.life.hangs_until.is_some() => Ok(()),
            Fault::Clock { by, down } if down > TimeDelta::zero() => {
                self.kill(Kind::Kill, down).await?;
                self.set_clock(by);
                Ok(())
            }
            Fault::Clock { by, .. } => {
                if !self.life.up {
                    return Ok(());
                }
                self.catch_up().await?;
                self.set_clock(by);
                let clock = self.clock();
                let told = self.program.clock_set(by, clock).await;
                told.map_err(|error| self.failed(&error))?;
                self.life.has_news = true;
                self.life.retry = None;
                Ok(())
            }
            Fault::StoreFails { lasts } => self.hang(lasts).await,
            Fault::Backup => {
                if self.is_working() {
                    let kept = self.program.back_up().await;
                    kept.map_err(|error| self.failed(&error))?;
                    self.laws.backed_up = Some(self.now);
                }
                Ok(())
            }
            Fault::Restore { down } => {
                if self.is_working() && self.laws.backed_up.is_some() {
                    self.kill(Kind::Restored, down).await?;
                    let before = self.now + down - TimeDelta::milliseconds(1);
                    self.agenda.enter(before, Entry::Restored);
                }
                Ok(())
            }
            Fault::SecondProcess => {
                self.truth.trouble(Kind::SecondProcess, self.now, self.now);
                if self.life.up && self.program.admits_another().await {
                    return Err(self.broken(Law::OneLeader, "admitted".to_owned()));
                }
                Ok(())
            }
            Fault::Cancelled => {
                self.cancel();
                Ok(())
            }
            other => {
                self.trouble(other);
                Ok(())
            }
        }
    }

    /// What concerns the world around the program alone.
    fn trouble(&mut self, fault: Fault) {
        let now = self.now;
        match fault {
            Fault::Slips { slip, count } => {
                self.weather.slips.extend((0..count).map(|_| slip));
            }
            Fault::SlowReadings { count } => self.weather.slow_readings += count,
            Fault::Delayed { count } => {
                self.truth
                    .trouble(Kind::Delayed, now, now + TimeDelta::minutes(10));
                self.weather.delayed += count;
            }
            Fault::Reordered => {
                self.truth.trouble(Kind::Reordered, now, now);
                for (deed, visible) in self.queue.swap_last() {
                    self.truth.given[deed].visible = visible;
                }
            }
            Fault::Repeated => {
                self.truth.trouble(Kind::Repeated, now, now);
                if let Some((deed, update)) = self.poll.last.clone() {
                    self.queue.repeat(now, deed, update);
                }
            }
            Fault::Strangers { count } => {
                self.truth.trouble(Kind::Strangers, now, now);
                self.crowd(count);
            }
            Fault::Roster { file } => {
                let kind = if file == 1 {
                    Kind::RosterChanged
                } else {
                    Kind::HalfRoster
                };
                self.truth.trouble(kind, now, now);
                let account = CLERK;
                self.act(Act::SendsFile { account, file });
            }
            Fault::NumbersAnew => {
                self.truth.trouble(Kind::NumbersAnew, now, now);
                self.queue.renumber();
                self.poll.last = None;
                self.poll.confirmed = None;
                self.laws.durable = None;
            }
            Fault::ChatMoved => {
                self.truth.trouble(Kind::ChatMoved, now, now);
                self.weather.moved = Moved::Yes;
            }
            Fault::Reach { person, reach } => {
                let account = self.county.people[person].account;
                self.reach.insert(account, reach);
            }
            _ => {}
        }
    }

    async fn outage(&mut self, kind: Kind, lasts: TimeDelta) -> Step {
        self.catch_up().await?;
        let (from, to) = (self.now, self.now + lasts);
        self.truth.trouble(kind, from, to);
        match kind {
            Kind::Unreadable => self.weather.deaf(from, to),
            Kind::Unwritable => self.weather.mute(from, to),
            Kind::Token => self.weather.no_token(from, to),
            _ => {
                self.weather.deaf(from, to);
                self.weather.mute(from, to);
            }
        }
        self.interrupt(to);
        Ok(())
    }

    /// A reading under way breaks off, and everything is clear again at `until`.
    fn interrupt(&mut self, until: Moment) {
        self.life.troubled_until = self.life.troubled_until.max(until);
        self.agenda.enter(until, Entry::Clears);
        self.goes_to_the_desk(SOON_NOTICED);
        let is_waiting = matches!(self.poll.at, At::Idle | At::Waiting { .. });
        if is_waiting && self.is_working() && self.weather.air(self.now) != Air::Clear {
            self.note_gap(self.now);
            self.poll.at = At::Pausing { until: self.now };
        }
    }

    /// The store fails every commit for a while, and the program hangs on it.
    async fn hang(&mut self, lasts: TimeDelta) -> Step {
        if !self.is_working() {
            return Ok(());
        }
        self.catch_up().await?;
        let until = self.now + lasts;
        self.truth.trouble(Kind::StoreFails, self.now, until);
        let failing = self.program.fail().await;
        failing.map_err(|error| self.failed(&error))?;
        let clock = self.clock();
        let reading = crate::engine::Reading {
            updates: Vec::new(),
            began: clock,
            dated: None,
            rest: crate::engine::Rest::Dry,
        };
        // Where the queue can be read at all.
        if self.weather.air(self.now) == Air::Clear {
            let kept = self.program.hear(&reading, clock, &mut || [0; 32]).await;
            if kept.is_ok() {
                return Err(self.broken(Law::Program, "kept by a failing store".to_owned()));
            }
        }
        self.life.hangs_until = Some(until);
        self.interrupt(until);
        Ok(())
    }

    /// Something that was wrong is over.
    pub async fn clear(&mut self) -> Step {
        if self.life.hangs_until.is_some_and(|until| until <= self.now) {
            let mended = self.program.mend().await;
            mended.map_err(|error| self.failed(&error))?;
            self.life.hangs_until = None;
            // What could not be kept is not known any more.
            let clock = self.clock();
            let ticked = self.program.tick(clock).await;
            ticked.map_err(|error| self.failed(&error))?;
            let given_up = |until: Moment| until + TimeDelta::seconds(10) < self.now;
            // Nor does it ask again before the last reading is kept.
            let is_due = match self.poll.at {
                At::Waiting { until, .. } => given_up(until),
                At::Idle => true,
                _ => false,
            };
            if is_due {
                self.poll.at = At::Pausing { until: self.now };
                self.poll.floor = self.now;
            }
        }
        self.life.has_news = true;
        Ok(())
    }

    fn set_clock(&mut self, by: TimeDelta) {
        let kind = if by > TimeDelta::zero() {
            Kind::ClockOn
        } else {
            Kind::ClockBack
        };
        self.truth.trouble(kind, self.now, self.now);
        self.weather.set_clock(self.now, by);
    }

    pub async fn kill(&mut self, kind: Kind, down: TimeDelta) -> Step {
        if !self.is_working() {
            return Ok(());
        }
        self.catch_up().await?;
        if matches!(self.poll.at, At::Idle | At::Waiting { .. }) {
            self.note_gap(self.now);
        }
        self.truth.unproven.push((self.poll.dry, self.now + down));
        self.truth.trouble(kind, self.now, self.now + down);
        self.truth.crashes += 1;
        self.lose_trips();
        self.program.die().await;
        self.life.up = false;
        self.life.retry = None;
        self.poll.at = At::Down;
        let until = self.now + down;
        self.life.troubled_until = self.life.troubled_until.max(until);
        self.agenda.enter(until, Entry::Start);
        self.goes_to_the_desk(SOON_NOTICED);
        Ok(())
    }

    /// The process dies of the doom it was under.
    pub async fn die(&mut self) -> Step {
        let (kind, down) = self
            .laws
            .took_down
            .take()
            .unwrap_or((Kind::Kill, TimeDelta::seconds(5)));
        self.kill(kind, down).await
    }

    /// The doom is fulfilled.
    pub fn took_down(&mut self) {
        if let Some((doom, _, down)) = self.weather.doom.take() {
            let kind = match doom {
                Doom::BeforeCommit => Kind::KillBeforeCommit,
                Doom::AfterCommit => Kind::KillAfterCommit,
                Doom::BeforePing => Kind::KillBeforePing,
                Doom::AfterPing => Kind::KillAfterPing,
            };
            self.laws.took_down = Some((kind, down));
        }
    }

    /// Whether the process dies at what it does now, before or after it is kept.
    pub fn doomed(&mut self) -> Option<Doom> {
        match &mut self.weather.doom {
            Some((doom @ (Doom::BeforeCommit | Doom::AfterCommit), 0, _)) => {
                let doom = *doom;
                self.took_down();
                Some(doom)
            }
            Some((Doom::BeforeCommit | Doom::AfterCommit, after, _)) => {
                *after -= 1;
                None
            }
            _ => None,
        }
    }

    pub async fn start(&mut self) -> Step {
        if self.life.up {
            return Ok(());
        }
        let (fresh, chance, clock) = (self.dice.bytes(), self.dice.bytes(), self.clock());
        let started = self.program.start(fresh, chance, clock).await;
        let offset = started.map_err(|error| self.failed(&error))?;
        self.poll.offset = offset;
        self.poll.floor = self.now;
        self.poll.at = At::Pausing { until: self.now };
        let heard = self.program.heard_at().await;
        let heard = heard.map_err(|error| self.failed(&error))?;
        self.poll.last_update = heard.unwrap_or(clock);
        self.key = self.program.world().map(|world| world.key.clone());
        self.life.up = true;
        self.life.number += 1;
        self.life.since = self.now;
        self.life.has_news = true;
        Ok(())
    }

    pub async fn tick(&mut self) -> Step {
        let doom = self.doomed();
        if doom == Some(Doom::BeforeCommit) {
            return self.die().await;
        }
        let clock = self.clock();
        let ticked = self.program.tick(clock).await;
        ticked.map_err(|error| self.failed(&error))?;
        self.life.has_news = true;
        if doom.is_some() {
            return self.die().await;
        }
        Ok(())
    }

    /// Files that are wanted are fetched and read.
    pub async fn fetch(&mut self) -> Step {
        if !self.is_working() || self.weather.air(self.now) != Air::Clear {
            return Ok(());
        }
        let clock = self.clock();
        for wanted in self.program.wanted(clock) {
            let number = wanted.file.trim_start_matches("roster-");
            let number = number.trim_end_matches(".csv").parse::<usize>();
            let file = number.ok().and_then(|number| self.county.files.get(number));
            let bytes = file.map_or(&b""[..], |file| file.text.as_bytes()).to_vec();
            let asked = Asked {
                answers: wanted.answers.clone(),
                ..self.asked.clone()
            };
            let reading = Fetched::Read(Box::new(read(&bytes, &asked)));
            let news = (wanted.lies == Lies::WithTelegram).then_some(bytes.as_slice());
            let kept = self.program.fetched(wanted.upload, reading, news, clock);
            let kept = kept.await;
            kept.map_err(|error| self.failed(&error))?;
            self.life.has_news = true;
        }
        Ok(())
    }

    /// A check is called off.
    fn cancel(&mut self) {
        if !self.is_core || !self.is_working() {
            return;
        }
        let Some(world) = self.program.world() else {
            return;
        };
        let open = world.checks.values().filter(|c| c.state.is_open());
        let open: Vec<&Check> = open.collect();
        // Not the last of its round: this is done behind the program's back, and it tells nobody.
        let has_others = |check: &&&Check| {
            let of_it = open.iter().filter(|other| other.round == check.round);
            of_it.count() > 1
        };
        let open: Vec<CheckId> = open.iter().filter(has_others).map(|c| c.id).collect();
        let Some(check) = self.dice.pick(&open) else {
            return;
        };
        let clock = self.clock();
        if let Some(world) = self.program.world() {
            let change = planted::cancelled(self.planted, world, check, clock);
            self.program.change(&change);
        }
        self.truth.trouble(Kind::Cancelled, self.now, self.now);
        self.laws.cancelled.insert(check);
        self.life.has_news = true;
    }

    /// The backup stands where what was kept stood.
    pub async fn restore(&mut self) -> Step {
        let restored = self.program.restore().await;
        restored.map_err(|error| self.failed(&error))?;
        let made = self.laws.backed_up.unwrap_or(self.now);
        self.truth.restored.push((made, self.now));
        self.poll.confirmed = None;
        self.laws.durable = None;
        self.laws.forget();
        Ok(())
    }
}
