//! Who leads, where several processes share one database server.
//!
//! Whoever holds the lock of a session of theirs leads, by the next epoch; the server lets go of
//! the lock when that process dies. One that stands still keeps the lock: it is known by a beat that
//! is not counted on, and its session is ended. Whatever it still believes, every commit of its asks
//! for its epoch, and is refused. No two clocks are compared: each waits by its own.

use std::sync::Arc;

use sqlx::{Connection as _, PgConnection};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::StoreError;
use super::link::Link;
use super::query::query;
use crate::clock::Clock;
use crate::time::{Moment, TimeDelta};

/// How often the beat is counted on.
const BEAT: TimeDelta = TimeDelta::seconds(1);
/// Before a server that does not answer is asked again.
const AGAIN: TimeDelta = TimeDelta::seconds(1);
/// For how long a beat is proof to the leader itself: less than anybody waits to depose it.
const PROOF: TimeDelta = TimeDelta::seconds(3);
/// A beat that stands still for so long is nobody's.
const STILL: TimeDelta = TimeDelta::seconds(4);

/// What a statement says that has waited for a lock too long.
const LOCK_NOT_AVAILABLE: &str = "55P03";

/// A session that asks to lead.
pub(super) struct Candidate {
    session: PgConnection,
    clock: Clock,
    /// The leader's epoch and beat as last seen, and since when they are so.
    seen: Option<((i64, i64), Moment)>,
}

impl Candidate {
    pub fn new(session: PgConnection) -> Self {
        Self {
            session,
            clock: Clock::start(),
            seen: None,
        }
    }

    pub fn link(&mut self) -> Link<'_> {
        Link::Postgres(&mut self.session)
    }

    /// The epoch it leads by; `None` where after a second somebody else still does.
    pub async fn leads(&mut self) -> Result<Option<i64>, sqlx::Error> {
        let link = &mut self.link();
        query("SET lock_timeout = '1s'").run(link).await?;
        // The table's own number: unlike a name, another deployment beside ours has another.
        let lock = query("SELECT pg_advisory_lock('journal'::regclass::oid::bigint)");
        if waited_in_vain(lock.run(link).await)?.is_none() {
            self.depose_who_stands_still().await?;
            return Ok(None);
        }
        // A transaction of the last leader's may be under way; the server ends it.
        let next = query(
            "INSERT INTO lease (only_row, epoch, beat) VALUES (1, 1, 0)
             ON CONFLICT (only_row) DO UPDATE SET epoch = lease.epoch + 1 RETURNING epoch",
        );
        waited_in_vain(next.value(link).await)
    }

    async fn depose_who_stands_still(&mut self) -> Result<(), sqlx::Error> {
        let link = &mut self.link();
        let beat: Option<(i64, i64)> = query("SELECT epoch, beat FROM lease").row(link).await?;
        let now = self.clock.now();
        let Some(beat) = beat else { return Ok(()) };
        match self.seen {
            Some((seen, since)) if seen == beat => {
                if now - since < STILL {
                    return Ok(());
                }
            }
            _ => {
                self.seen = Some((beat, now));
                return Ok(());
            }
        }
        tracing::warn!(
            epoch = beat.0,
            "the leader stands still: its session is ended"
        );
        query(
            "SELECT pg_terminate_backend(pid) FROM pg_locks
             WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()
             AND objid = 'journal'::regclass::oid AND objsubid = 1
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        )
        .run(&mut self.link())
        .await?;
        Ok(())
    }
}

/// A while, before a server that does not answer is asked again.
pub(super) async fn a_while() {
    let clock = Clock::start();
    clock.sleep_until(Some(clock.now() + AGAIN)).await;
}

/// `None` where the server gave up waiting for a lock.
fn waited_in_vain<T>(asked: Result<T, sqlx::Error>) -> Result<Option<T>, sqlx::Error> {
    match asked {
        Err(sqlx::Error::Database(error))
            if error.code().as_deref() == Some(LOCK_NOT_AVAILABLE) =>
        {
            Ok(None)
        }
        other => other.map(Some),
    }
}

/// That this process leads, and its beat.
pub(super) struct Lease {
    pub epoch: i64,
    clock: Arc<Clock>,
    standing: watch::Sender<Standing>,
    leave: watch::Sender<bool>,
    beats: JoinHandle<()>,
}

#[derive(Clone, Copy)]
struct Standing {
    /// Until when nobody else can lead.
    until: Moment,
    is_lost: bool,
}

impl Lease {
    /// `candidate` leads by `epoch`.
    pub fn begins(candidate: Candidate, epoch: i64) -> Self {
        let clock = Arc::new(candidate.clock);
        let until = clock.now() + PROOF;
        let standing = watch::Sender::new(Standing {
            until,
            is_lost: false,
        });
        let leave = watch::Sender::new(false);
        let beats = tokio::spawn(beats(
            candidate.session,
            epoch,
            Arc::clone(&clock),
            standing.clone(),
            leave.subscribe(),
        ));
        tracing::info!(epoch, "this process leads");
        Self {
            epoch,
            clock,
            standing,
            leave,
            beats,
        }
    }

    pub fn lead(&self) -> Lead {
        Lead(Some((Arc::clone(&self.clock), self.standing.subscribe())))
    }

    /// Somebody else leads.
    pub fn lose(&self) {
        lose(&self.standing);
    }

    /// Lets go at once, so that nobody waits.
    pub async fn let_go(mut self) {
        self.leave.send_replace(true);
        let _ = (&mut self.beats).await;
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.beats.abort();
    }
}

fn lose(standing: &watch::Sender<Standing>) {
    standing.send_if_modified(|standing| !std::mem::replace(&mut standing.is_lost, true));
}

/// Counts on until somebody else leads, or it is to let go.
async fn beats(
    mut session: PgConnection,
    epoch: i64,
    clock: Arc<Clock>,
    standing: watch::Sender<Standing>,
    mut leave: watch::Receiver<bool>,
) {
    loop {
        let began = clock.now();
        let beat = query("UPDATE lease SET beat = beat + 1 WHERE epoch = $1").bind(epoch);
        let link = &mut Link::Postgres(&mut session);
        match beat.run(link).await {
            Ok(1) => standing.send_modify(|standing| standing.until = began + PROOF),
            Ok(_) => return lose(&standing),
            // Waiting behind a commit is no loss.
            Err(sqlx::Error::Database(error))
                if error.code().as_deref() == Some(LOCK_NOT_AVAILABLE) => {}
            Err(error) => {
                tracing::warn!(%error, "the session that leads is gone");
                return lose(&standing);
            }
        }
        tokio::select! {
            () = clock.sleep_until(Some(began + BEAT)) => {}
            _ = leave.wait_for(|leave| *leave) => break,
        }
    }
    let link = &mut Link::Postgres(&mut session);
    let _ = query("SELECT pg_advisory_unlock_all()").run(link).await;
    let _ = session.close().await;
}

/// Whether this process leads: what it does outside the store, it does only while it does.
#[derive(Clone)]
pub struct Lead(Option<(Arc<Clock>, watch::Receiver<Standing>)>);

impl Lead {
    /// Of a process that has its data to itself.
    #[must_use]
    pub fn undisputed() -> Self {
        Self(None)
    }

    /// Of a process that has led, and whose proof of it has run out.
    #[cfg(test)]
    pub(crate) fn run_out() -> Self {
        let clock = Arc::new(Clock::start());
        let standing = Standing {
            until: clock.now() - PROOF,
            is_lost: false,
        };
        let (_, standing) = watch::channel(standing);
        Self(Some((clock, standing)))
    }

    /// Whether nobody else can lead at this moment.
    #[must_use]
    pub fn holds(&self) -> bool {
        let Some((clock, standing)) = &self.0 else {
            return true;
        };
        let standing = *standing.borrow();
        !standing.is_lost && clock.now() < standing.until
    }

    /// Until [`Lead::holds`]; for ever where somebody else leads.
    pub async fn held(&mut self) {
        while !self.holds() {
            let Some((_, standing)) = &mut self.0 else {
                return;
            };
            if standing.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    /// Until somebody else leads; for ever where nobody ever will.
    pub async fn lost(&mut self) {
        let Some((_, standing)) = &mut self.0 else {
            return std::future::pending().await;
        };
        let lost = standing.wait_for(|standing| standing.is_lost);
        if lost.await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Refuses what an earlier leader still wants to keep: the lease stays as it is until `link`'s
/// transaction ends.
pub(super) async fn still_leads(link: &mut Link<'_>, epoch: i64) -> Result<(), StoreError> {
    let row: Option<(i64,)> = query("SELECT epoch FROM lease FOR SHARE").row(link).await?;
    match row {
        Some((current,)) if current == epoch => Ok(()),
        _ => Err(StoreError::Superseded),
    }
}
