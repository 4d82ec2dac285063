use std::borrow::Cow;
use std::path::PathBuf;

use super::core::Core;
use super::kept::Kept;
use super::planted::Planted;
use crate::decide::{AccountId, Change, Fetched, Input, Policy, UploadId, World};
use crate::engine::{Keeper, Reading, Sent, Wanted, reading_due};
use crate::spotcheck::BlindCause;
use crate::store::{Due, StoreError};
use crate::time::{Moment, TimeDelta};

/// What is tried: the same verbs on either ground.
pub(super) enum Program {
    /// The keeper and its store.
    Kept(Box<Kept>),
    /// The pure core.
    Core(Box<Core>),
    /// It is elsewhere, being looked at.
    Gone,
}

/// Where the first reading of a process begins.
pub(super) type Started = Result<Option<i64>, StoreError>;

impl Program {
    pub fn kept(url: String, folder: PathBuf, policy: Policy) -> Self {
        Program::Kept(Box::new(Kept::new(url, folder, policy)))
    }

    pub fn core(policy: Policy, key: [u8; 32], planted: Option<Planted>) -> Self {
        Program::Core(Box::new(Core::new(policy, key, planted)))
    }

    /// `fresh` becomes the deployment's key, where it has none.
    pub async fn start(&mut self, fresh: [u8; 32], chance: [u8; 32], now: Moment) -> Started {
        match self {
            Program::Kept(kept) => kept.start(fresh, chance, now).await,
            Program::Core(core) => core.start(chance, now),
            Program::Gone => Ok(None),
        }
    }

    pub async fn die(&mut self) {
        match self {
            Program::Kept(kept) => kept.die().await,
            Program::Core(core) => core.die(),
            Program::Gone => {}
        }
    }

    /// `None` while it is down.
    pub fn world(&self) -> Option<&World> {
        match self {
            Program::Kept(kept) => kept.keeper.as_ref().map(Keeper::world),
            Program::Core(core) => Some(core.world()),
            Program::Gone => None,
        }
    }

    /// What is kept, be the process up or down: as the printed worksheet sees it.
    pub async fn looked_into(&self) -> Result<Option<Cow<'_, World>>, StoreError> {
        Ok(match self {
            Program::Kept(kept) => match &kept.keeper {
                Some(keeper) => Some(Cow::Borrowed(keeper.world())),
                None => kept.looked_into().await?.map(Cow::Owned),
            },
            Program::Core(core) => Some(Cow::Borrowed(core.world())),
            Program::Gone => None,
        })
    }

    pub async fn hear(
        &mut self,
        reading: &Reading,
        now: Moment,
        chance: &mut impl FnMut() -> [u8; 32],
    ) -> Result<(), StoreError> {
        match self {
            Program::Kept(kept) => match &mut kept.keeper {
                Some(keeper) => keeper.hear(reading, now, chance).await,
                None => Ok(()),
            },
            Program::Core(core) => core.hear(reading, now, chance),
            Program::Gone => Ok(()),
        }
    }

    pub async fn settle(&mut self, sent: &[Sent], now: Moment) -> Result<(), StoreError> {
        match self {
            Program::Kept(kept) => match &mut kept.keeper {
                Some(keeper) => keeper.settle(sent, now).await,
                None => Ok(()),
            },
            Program::Core(core) => core.settle(sent, now),
            Program::Gone => Ok(()),
        }
    }

    pub async fn tick(&mut self, now: Moment) -> Result<(), StoreError> {
        match self {
            Program::Kept(kept) => match &mut kept.keeper {
                Some(keeper) => keeper.tick(now).await,
                None => Ok(()),
            },
            Program::Core(core) => core.tick(now),
            Program::Gone => Ok(()),
        }
    }

    pub async fn fetched(
        &mut self,
        upload: UploadId,
        result: Fetched,
        bytes: Option<&[u8]>,
        now: Moment,
    ) -> Result<(), StoreError> {
        match self {
            Program::Kept(kept) => match &mut kept.keeper {
                Some(keeper) => keeper.fetched(upload, result, bytes, now).await,
                None => Ok(()),
            },
            Program::Core(core) => core.fetched(upload, result, bytes, now),
            Program::Gone => Ok(()),
        }
    }

    /// Somebody does something at the desk.
    pub async fn act(&mut self, input: Input, now: Moment) -> Result<(), StoreError> {
        match self {
            Program::Kept(kept) => match &mut kept.keeper {
                Some(keeper) => keeper.act(&input, None, now).await.map(|_| ()),
                None => Ok(()),
            },
            Program::Core(core) => core.one(input, now),
            Program::Gone => Ok(()),
        }
    }

    pub async fn disturbed(&mut self, cause: BlindCause, now: Moment) -> Result<(), StoreError> {
        match self {
            Program::Kept(kept) => match &mut kept.keeper {
                Some(keeper) => keeper.disturbed(cause, now).await,
                None => Ok(()),
            },
            Program::Core(core) => core.one(Input::Disturbed { cause }, now),
            Program::Gone => Ok(()),
        }
    }

    pub async fn clock_set(&mut self, by: TimeDelta, now: Moment) -> Result<(), StoreError> {
        match self {
            Program::Kept(kept) => match &mut kept.keeper {
                Some(keeper) => keeper.clock_set(by, now).await,
                None => Ok(()),
            },
            Program::Core(core) => core.one(Input::ClockSet { by }, now),
            Program::Gone => Ok(()),
        }
    }

    pub async fn due(&self, now: Moment, busy: &[AccountId]) -> Result<Vec<Due>, StoreError> {
        const LIMIT: u32 = 60;
        match self {
            Program::Kept(kept) => match &kept.keeper {
                Some(keeper) => keeper.due(now, LIMIT, busy).await,
                None => Ok(Vec::new()),
            },
            Program::Core(core) => Ok(core.due(now, LIMIT as usize, busy)),
            Program::Gone => Ok(Vec::new()),
        }
    }

    pub async fn next_due(&self, after: Moment) -> Result<Option<Moment>, StoreError> {
        match self {
            Program::Kept(kept) => match &kept.keeper {
                Some(keeper) => keeper.store().next_due(after).await,
                None => Ok(None),
            },
            Program::Core(core) => Ok(core.outbox().next_due(after)),
            Program::Gone => Ok(None),
        }
    }

    pub async fn cursor(&self) -> Result<Option<i64>, StoreError> {
        match self {
            Program::Kept(kept) => match &kept.keeper {
                Some(keeper) => keeper.store().cursor().await,
                None => Ok(None),
            },
            Program::Core(core) => Ok(core.cursor()),
            Program::Gone => Ok(None),
        }
    }

    /// When the last update came.
    pub async fn heard_at(&self) -> Result<Option<Moment>, StoreError> {
        match self {
            Program::Kept(kept) => match &kept.keeper {
                Some(keeper) => keeper.heard_at().await,
                None => Ok(None),
            },
            Program::Core(core) => Ok(core.heard_at()),
            Program::Gone => Ok(None),
        }
    }

    pub fn next_wake(&self) -> Option<Moment> {
        self.world().and_then(World::next_wake)
    }

    pub fn reading_due(&self) -> Option<Moment> {
        self.world().and_then(reading_due)
    }

    pub fn wanted(&self, now: Moment) -> Vec<Wanted> {
        match self {
            Program::Kept(kept) => kept.wanted(now),
            Program::Core(core) => core.wanted(now),
            Program::Gone => Vec::new(),
        }
    }

    pub async fn fail(&mut self) -> Result<(), StoreError> {
        match self {
            Program::Kept(kept) => kept.fail().await,
            Program::Core(core) => {
                core.failing = true;
                Ok(())
            }
            Program::Gone => Ok(()),
        }
    }

    pub async fn mend(&mut self) -> Result<(), StoreError> {
        match self {
            Program::Kept(kept) => kept.mend().await,
            Program::Core(core) => {
                core.failing = false;
                Ok(())
            }
            Program::Gone => Ok(()),
        }
    }

    pub async fn back_up(&mut self) -> Result<(), StoreError> {
        match self {
            Program::Kept(kept) => kept.back_up().await,
            Program::Core(core) => {
                core.back_up();
                Ok(())
            }
            Program::Gone => Ok(()),
        }
    }

    /// The process must be down.
    pub async fn restore(&mut self) -> Result<(), StoreError> {
        match self {
            Program::Kept(kept) => kept.restore().await,
            Program::Core(core) => {
                core.restore();
                Ok(())
            }
            Program::Gone => Ok(()),
        }
    }

    /// Whether a second process was let at the same data.
    pub async fn admits_another(&mut self) -> bool {
        match self {
            Program::Kept(kept) => kept.admits_another().await,
            Program::Core(core) => {
                core.start_another();
                false
            }
            Program::Gone => false,
        }
    }

    /// What a person with the right to do so changes beside `decide`: only on the core.
    pub fn change(&mut self, change: &Change) {
        if let Program::Core(core) = self {
            core.change(change);
        }
    }

    /// A commit is cut in half.
    pub fn keep_half(&mut self, reading: &Reading) {
        if let Program::Core(core) = self {
            core.keep_half(reading);
        }
    }

    /// The journal, exported; the process may be down.
    pub async fn journal(&self) -> Result<String, StoreError> {
        match self {
            Program::Kept(kept) => crate::store::export(&kept.place()?).await,
            Program::Core(core) => Ok(core.journal()),
            Program::Gone => Ok(String::new()),
        }
    }
}
