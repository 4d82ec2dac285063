use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::climbing::Watch;
use super::{
    Account, AccountId, Change, Check, Hearing, Listener, Notice, Record, Round, RoundId, Say,
    Slot, Urgency, World,
};
use crate::duty::Member;
use crate::journal::{Deed, Entry};
use crate::roster::Roster;
use crate::spotcheck::{CheckId, Digest};
use crate::time::Moment;

/// A change in the making: what the world will be is asked of it, so that one decision can touch
/// the same check twice.
pub(super) struct Draft<'a> {
    pub world: &'a World,
    pub now: Moment,
    pub(super) change: Change,
    accounts: BTreeMap<AccountId, Account>,
    pub(super) checks: BTreeMap<CheckId, Check>,
    pub(super) rounds: BTreeMap<RoundId, Round>,
    /// Rounds whose count has changed.
    pub(super) recount: BTreeSet<RoundId>,
    /// Rounds of which the office has something else to look into.
    unsettled: BTreeSet<RoundId>,
    /// Who is being answered at the desk.
    at_desk: Option<AccountId>,
    /// Of the update that is being answered.
    pub(super) raw: Option<Digest>,
    /// Who is on duty now, once somebody has asked.
    pub(super) watch: Option<Watch<'a>>,
}

impl<'a> Draft<'a> {
    pub fn new(world: &'a World, now: Moment) -> Self {
        Self {
            world,
            now,
            change: Change::default(),
            accounts: BTreeMap::new(),
            checks: BTreeMap::new(),
            rounds: BTreeMap::new(),
            recount: BTreeSet::new(),
            unsettled: BTreeSet::new(),
            at_desk: None,
            raw: None,
            watch: None,
        }
    }

    /// Everything decided, as one change.
    pub fn done(mut self) -> Change {
        for round in std::mem::take(&mut self.recount) {
            self.tell_round(round);
        }
        for round in std::mem::take(&mut self.unsettled) {
            self.tell_unsettled(round);
        }
        let records = self
            .accounts
            .into_values()
            .map(Record::Account)
            .chain(self.rounds.into_values().map(Record::Round))
            .chain(self.checks.into_values().map(Record::Check));
        self.change.records.extend(records);
        self.change
    }

    /// The version that is put in force, and its roster.
    pub fn new_version(&self) -> Option<(u32, Arc<Roster>)> {
        let records = &self.change.records;
        let version = records.iter().rev().find_map(|record| match record {
            Record::Version(version) => Some(version),
            _ => None,
        })?;
        let new = records.iter().rev().find_map(|record| match record {
            Record::Roster(id, roster) if *id == version.roster => Some(roster),
            _ => None,
        });
        let roster = new.or_else(|| self.world.rosters.get(&version.roster))?;
        Some((version.number, Arc::clone(roster)))
    }

    /// What is said to `account` is shown to them at the desk.
    pub fn at_desk(&mut self, account: AccountId) {
        self.at_desk = Some(account);
    }

    /// What is decided rests on the update of this digest.
    pub fn rests_on(&mut self, raw: Option<Digest>) {
        self.raw = raw;
    }

    pub fn put(&mut self, record: Record) {
        self.change.records.push(record);
    }

    /// What is known of reading the queue once the change is made.
    pub fn hearing(&self) -> Hearing {
        let mut records = self.change.records.iter().rev();
        let new = records.find_map(|record| match record {
            Record::Hearing(hearing) => Some(*hearing),
            _ => None,
        });
        new.unwrap_or(self.world.hearing)
    }

    pub fn note(&mut self, deed: Deed) {
        self.change.journal.push(Entry { at: self.now, deed });
    }

    /// Queue `say` as a message of its own.
    pub fn say(&mut self, to: AccountId, urgency: Urgency, say: Say) {
        self.queue(to, urgency, None, say);
    }

    /// Queue `say` as what the slot's message now reads.
    pub fn show(&mut self, to: AccountId, urgency: Urgency, slot: Slot, say: Say) {
        self.queue(to, urgency, Some(slot), say);
    }

    /// The same of a message that stands in their chat already: there it is edited even for
    /// whoever is at the desk now.
    pub fn show_where_it_stands(&mut self, to: AccountId, urgency: Urgency, slot: Slot, say: Say) {
        if self.at_desk == Some(to) {
            self.change.shown.push(say.clone());
        }
        self.send(to, urgency, Some(slot), say);
    }

    fn queue(&mut self, to: AccountId, urgency: Urgency, slot: Option<Slot>, say: Say) {
        // What is asked of them as of anybody on duty is asked in their chat, wherever they are.
        let is_their_own = slot.is_some_and(Slot::asks_a_person);
        if self.at_desk == Some(to) && !is_their_own {
            self.change.shown.push(say);
            return;
        }
        self.send(to, urgency, slot, say);
    }

    fn send(&mut self, to: AccountId, urgency: Urgency, slot: Option<Slot>, say: Say) {
        // There is no chat to send it to; the desk and the own page show how things stand.
        let is_pressed =
            |toast: &Say| !matches!(toast, Say::Toast { query, .. } if query.is_empty());
        if to == AccountId::DESK || to.page().is_some() || !is_pressed(&say) {
            return;
        }
        let urgency = if self.is_stranger(to) {
            Urgency::Stranger
        } else {
            urgency
        };
        let lang = self
            .accounts
            .get(&to)
            .and_then(|a| a.lang)
            .unwrap_or_else(|| self.world.lang(to));
        self.change.notices.push(Notice {
            to,
            lang,
            urgency,
            slot,
            say,
        });
    }

    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts
            .get(&id)
            .or_else(|| self.world.accounts.get(&id))
    }

    /// Whether this person has an account once the change is made.
    pub fn is_bound(&self, member: &Member) -> bool {
        let Member { unit, name, phone } = member;
        let theirs = |account: &Account| {
            let bound = account.bound.as_ref();
            bound.is_some_and(|b| b.is(unit, name, phone.as_ref()))
        };
        let untouched = self.world.accounts.values();
        let untouched = untouched.filter(|account| !self.accounts.contains_key(&account.id));
        self.accounts.values().chain(untouched).any(theirs)
    }

    pub fn listener(&self, id: AccountId) -> Listener {
        match self.account(id) {
            Some(a) if a.is_clerk() => Listener::Clerk,
            Some(a) if !self.world.units_spoken_for(a).is_empty() => Listener::Liaison,
            Some(a) if a.bound.is_some() => Listener::Officer,
            _ => Listener::Outsider,
        }
    }

    pub fn is_stranger(&self, id: AccountId) -> bool {
        let now_known = self.accounts.get(&id);
        let is_known = now_known.is_some_and(Account::is_known);
        !is_known && self.world.is_stranger(id)
    }

    /// Whether nothing is said or written down.
    pub fn is_silent(&self) -> bool {
        self.change.notices.is_empty() && self.change.journal.is_empty()
    }

    /// Forgets all that was decided, but for what was read off the clocks and the messages of
    /// which `stays` is true.
    pub fn forget(&mut self, stays: impl Fn(&Say) -> bool) {
        let old = std::mem::take(&mut self.change);
        let (world, now) = (self.world, self.now);
        *self = Self::new(world, now);
        let of_clocks = |record: &Record| matches!(record, Record::Hearing(_));
        let (records, notices) = (old.records.into_iter(), old.notices.into_iter());
        self.change.records = records.filter(of_clocks).collect();
        self.change.notices = notices.filter(|notice| stays(&notice.say)).collect();
    }

    /// The commands of `id`'s menu are those they can use.
    pub fn show_menu(&mut self, id: AccountId) {
        let who = self.listener(id);
        self.say(id, Urgency::Report, Say::Menu { who });
    }

    pub fn is_clerk(&self, id: AccountId) -> bool {
        self.account(id).is_some_and(Account::is_clerk)
    }

    /// The units `id` speaks for.
    pub fn spoken_for(&self, id: AccountId) -> Vec<String> {
        let account = self.account(id);
        account.map_or_else(Vec::new, |account| self.world.units_spoken_for(account))
    }

    pub fn put_account(&mut self, account: Account) {
        self.accounts.insert(account.id, account);
    }

    pub fn put_round(&mut self, round: Round) {
        self.recount.insert(round.id);
        self.rounds.insert(round.id, round);
    }

    pub fn round(&self, id: RoundId) -> Option<&Round> {
        self.rounds.get(&id).or_else(|| self.world.rounds.get(&id))
    }

    /// The round's count is told anew.
    pub fn recount(&mut self, round: RoundId) {
        self.recount.insert(round);
    }

    /// The office is told anew what of the round it has to look into.
    pub fn look_into(&mut self, round: RoundId) {
        self.unsettled.insert(round);
    }

    /// Messages still queued under `slot` are not to be sent.
    pub fn withdraw(&mut self, slot: Slot) {
        self.change
            .notices
            .retain(|notice| notice.slot != Some(slot));
        self.change.withdrawn.push(slot);
    }

    pub fn check(&self, id: CheckId) -> Option<&Check> {
        self.checks.get(&id).or_else(|| self.world.checks.get(&id))
    }

    /// The number the next round gets.
    pub fn next_round(&self) -> RoundId {
        let own = self.rounds.keys().next_back().map_or(0, |own| own.0);
        RoundId(own.max(self.world.given.round) + 1)
    }

    /// The number the next check gets.
    pub fn next_check(&self) -> CheckId {
        let own = self.checks.keys().next_back().map_or(0, |own| own.0);
        CheckId(own.max(self.world.given.check) + 1)
    }

    pub fn put_check(&mut self, check: Check) {
        self.recount.insert(check.round);
        self.checks.insert(check.id, check);
    }

    /// The check, changed in something that its round does not count.
    pub fn amend(&mut self, check: Check) {
        self.checks.insert(check.id, check);
    }
}
