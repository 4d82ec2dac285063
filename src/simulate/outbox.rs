use std::collections::{BTreeMap, HashMap, HashSet};

use super::planted::Planted;
use crate::decide::{AccountId, Notice, Slot};
use crate::store::{Arrival, Due, Fate, NoticeId, Settled};
use crate::time::Moment;

/// Messages on their way, kept as the store keeps them: the same order, the same holding up.
#[derive(Clone, Default)]
pub(super) struct Outbox {
    queued: BTreeMap<i64, Row>,
    /// Where each message ever queued belongs.
    homes: HashMap<i64, (Option<Slot>, AccountId)>,
    standing: HashMap<(Slot, AccountId), i32>,
    last: i64,
}

#[derive(Clone)]
struct Row {
    notice: Notice,
    not_before: Option<Moment>,
    tries: u32,
    unknown_tries: u32,
}

impl Outbox {
    pub fn queue(&mut self, notices: &[Notice]) {
        for notice in notices {
            self.last += 1;
            self.homes.insert(self.last, (notice.slot, notice.to));
            let row = Row {
                notice: notice.clone(),
                not_before: None,
                tries: 0,
                unknown_tries: 0,
            };
            self.queued.insert(self.last, row);
        }
        let slots: HashSet<Slot> = notices.iter().filter_map(|n| n.slot).collect();
        self.replace_edits(&slots);
    }

    /// Of the edits queued for one message, only the latest is sent.
    fn replace_edits(&mut self, slots: &HashSet<Slot>) {
        let mut of_slot: BTreeMap<(Slot, AccountId), Vec<i64>> = BTreeMap::new();
        for (id, row) in &self.queued {
            if let Some(slot) = row.notice.slot.filter(|slot| slots.contains(slot)) {
                let home = (slot, row.notice.to);
                of_slot.entry(home).or_default().push(*id);
            }
        }
        for (home, ids) in of_slot {
            let first = usize::from(!self.standing.contains_key(&home));
            let last = ids.len().saturating_sub(1);
            for id in ids.get(first..last).unwrap_or_default() {
                self.queued.remove(id);
            }
        }
    }

    pub fn withdraw(&mut self, slots: &[Slot]) {
        let is_meant = |row: &Row| row.notice.slot.is_some_and(|slot| slots.contains(&slot));
        self.queued.retain(|_, row| !is_meant(row));
    }

    pub fn settle(&mut self, settled: &[Settled]) {
        for Settled { notice, fate } in settled {
            let id = notice.0;
            match fate {
                Fate::Sent { message } => {
                    self.queued.remove(&id);
                    if let (Some((Some(slot), chat)), Some(message)) =
                        (self.homes.get(&id).copied(), message)
                    {
                        self.standing.insert((slot, chat), *message);
                    }
                }
                Fate::Later { at, arrival } => {
                    if let Some(row) = self.queued.get_mut(&id) {
                        row.tries += 1;
                        row.unknown_tries += u32::from(*arrival == Arrival::Unknown);
                        row.not_before = Some(*at);
                    }
                }
                Fate::Moved { to } => self.moved(id, *to),
                Fate::Dead { .. } => {
                    self.queued.remove(&id);
                }
            }
        }
    }

    fn moved(&mut self, id: i64, to: AccountId) {
        let Some(from) = self.queued.get(&id).map(|row| row.notice.to) else {
            return;
        };
        for (id, row) in &mut self.queued {
            if row.notice.to == from {
                row.notice.to = to;
                if let Some(home) = self.homes.get_mut(id) {
                    home.1 = to;
                }
            }
        }
    }

    /// Messages that may leave at `now`, most urgent first, then oldest; one to a chat.
    pub fn due(
        &self,
        now: Moment,
        limit: usize,
        busy: &[AccountId],
        planted: Option<Planted>,
    ) -> Vec<Due> {
        let mut free: Vec<(&i64, &Row)> = self.not_held_up().collect();
        free.retain(|(_, row)| row.not_before.is_none_or(|at| at <= now));
        free.sort_by_key(|(id, row)| (row.notice.urgency, **id));
        if planted == Some(Planted::FloodWithoutOrder) && self.was_put_off() {
            free.reverse();
        }
        let mut taken: HashSet<AccountId> = busy.iter().copied().collect();
        free.into_iter()
            .filter(|(_, row)| taken.insert(row.notice.to))
            .take(limit)
            .map(|(id, row)| self.given_out(*id, row))
            .collect()
    }

    fn was_put_off(&self) -> bool {
        self.queued.values().any(|row| row.tries > 0)
    }

    fn given_out(&self, id: i64, row: &Row) -> Due {
        let slot = row.notice.slot;
        let standing = slot.and_then(|slot| self.standing.get(&(slot, row.notice.to)));
        Due {
            id: NoticeId(id),
            notice: row.notice.clone(),
            tries: row.tries,
            unknown_tries: row.unknown_tries,
            message: standing.copied(),
        }
    }

    /// In a chat a message passes none of its own urgency, and none of its own slot.
    fn not_held_up(&self) -> impl Iterator<Item = (&i64, &Row)> {
        let mut by_urgency = HashSet::new();
        let mut by_slot = HashSet::new();
        self.queued.iter().filter(move |(_, row)| {
            let notice = &row.notice;
            let first = by_urgency.insert((notice.to, notice.urgency));
            let slot = notice.slot;
            let first_of_slot = slot.is_none_or(|slot| by_slot.insert((notice.to, slot)));
            first && first_of_slot
        })
    }

    /// The first moment after `after` at which a message may leave that may not yet.
    pub fn next_due(&self, after: Moment) -> Option<Moment> {
        let put_off = self.not_held_up().filter_map(|(_, row)| row.not_before);
        put_off.filter(|at| *at > after).min()
    }

    /// Messages lost with the process that alone knew of them.
    pub fn forget_put_off(&mut self) {
        self.queued.retain(|_, row| row.tries == 0);
    }

    pub fn forget_all(&mut self) {
        self.queued.clear();
    }
}
