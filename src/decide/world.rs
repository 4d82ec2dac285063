//! What is known: the small state every decision is made from, and the records it is made of.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::daily::{self, Daily, DailyReport, Planned, ReportId};
use super::liaisons::Speakers;
use super::{
    Account, AccountId, Change, Checks, CircularId, Contact, FollowUp, Given, Key, Lang, Leave,
    LeaveId, Letterhead, Page, PageId, Proceeding, RosterId, Upload, UploadId, Version,
};
use crate::duty::{Amendment, amended};
use crate::review::judged_period;
use crate::roster::{Phone, Presence, Role, Roster, UnitEntry};
use crate::spotcheck::{Blind, CheckId, Commitment, Ladder, Lot, Measure, Seed, State, Terms};
use crate::time::{Moment, Period, Span, Zone};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoundId(pub u32);

/// The settings decisions rest on. A running check has its own copy of its part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    pub zone: Zone,
    pub lang: Lang,
    pub handover_minute: u32,
    /// The period somebody set; otherwise the holiday the roster's dates touch.
    pub period: Option<Period>,
    pub ladder: Ladder,
    /// Who must send a roster, where the office keeps such a list.
    pub units: Vec<UnitEntry>,
    /// How much the random draw asks.
    pub measure: Measure,
    pub daily: Daily,
    /// Where people find the web desk: `https://duty.example`, without a slash at its end.
    pub desk_url: String,
    pub letterhead: Letterhead,
}

/// One order to check, and the checks it made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    pub id: RoundId,
    pub by: AccountId,
    pub at: Moment,
    pub order: Order,
    pub checks: Vec<CheckId>,
    pub summary: Summary,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Summary {
    /// Checks are still open.
    Pending,
    /// Its sender has it; from now on it is edited.
    Told,
}

/// Who is to be checked, of those on duty now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    All,
    /// So many, at random.
    Some(u32),
    Unit(String),
    /// By the random draw: nobody chose.
    Drawn,
    /// 补查: whoever was asked before, to no avail and for a fault of ours.
    MakeUp,
}

/// One spot check: whom it asks, frozen as it stood at the ping, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub id: CheckId,
    pub round: RoundId,
    pub asked: Asked,
    pub ladder: Ladder,
    pub state: State,
    /// Telegram's clock showed no less when the question was queued, so what it dated before was
    /// said before. `None` where the two clocks had not been compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queued_theirs: Option<Moment>,
    #[serde(default)]
    pub follow_up: Box<FollowUp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub unit: String,
    pub post: String,
    pub role: Role,
    pub presence: Presence,
    pub shift: Span,
    pub name: String,
    pub phone: Option<Phone>,
    /// `None` where nobody is bound: then the check is undeliverable from the start.
    pub account: Option<AccountId>,
    /// The roster version that says this person was on duty.
    pub version: u32,
}

/// What is known of reading Telegram's queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hearing {
    /// When the last reading began that left the queue empty.
    pub dry_from: Option<Moment>,
    /// Everything queued before then has been read, though the queue was not empty.
    #[serde(default)]
    pub read_to: Option<Moment>,
    /// How the two clocks stood when they were last compared.
    #[serde(default)]
    pub clocks: Option<Clocks>,
    /// The same from the other side: Telegram's showed no less than `theirs` when ours showed
    /// `ours`.
    #[serde(default)]
    pub dates_heard: Option<Clocks>,
    /// When the clerks were last told of a second reader.
    #[serde(default)]
    pub conflict_told: Option<Moment>,
    /// When our own pages could not be reached last.
    #[serde(default)]
    pub deaf: Option<Blind>,
    /// Our clock was set, and by it nobody can tell for how long nothing was heard. Telegram's tells
    /// with its next answer.
    #[serde(default)]
    pub doubt: Option<Blind>,
    /// Telegram's clock when it last answered a reading.
    #[serde(default)]
    pub answered: Option<Moment>,
    /// Telegram's clock when it last answered that the queue is empty.
    #[serde(default)]
    pub dry_theirs: Option<Moment>,
    /// When the program last began to run: what our clock did before, nobody saw.
    #[serde(default)]
    pub up_since: Option<Moment>,
}

impl Hearing {
    /// Everything queued before then has been read.
    #[must_use]
    pub fn heard_to(&self) -> Option<Moment> {
        self.read_to.max(self.dry_from)
    }
}

/// Two readings of the two clocks: of a message that was sent, Telegram's showed no more than
/// `theirs` when ours showed `ours`; of one that was heard, no less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clocks {
    pub ours: Moment,
    pub theirs: Moment,
}

impl Clocks {
    /// What ours shows when Telegram's shows `dated`, if both stood at these readings at once: the
    /// earliest it can be by a message sent, the latest by one heard.
    #[must_use]
    pub fn ours_at(&self, dated: Moment) -> Moment {
        self.ours + (dated - self.theirs)
    }

    /// What Telegram's shows when ours shows `moment`, likewise: the latest it can be by a message
    /// sent, the earliest by one heard.
    #[must_use]
    pub fn theirs_at(&self, moment: Moment) -> Moment {
        self.theirs + (moment - self.ours)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DrawId(pub u32);

/// The random draw of one period: its secret, what was promised of it, and its lots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    pub id: DrawId,
    pub seed: Seed,
    /// The newest last; there is at least one.
    pub commitments: Vec<Commitment>,
    pub lots: Vec<Lot>,
    /// When its seed was told.
    pub revealed: Option<Moment>,
}

impl Draw {
    /// What it goes by now; `None` for a draw nobody committed to, which there is none of.
    #[must_use]
    pub fn terms(&self) -> Option<&Terms> {
        self.commitments.last().map(|c| &c.terms)
    }

    /// When it has something to do next.
    #[must_use]
    pub fn next_wake(&self) -> Option<Moment> {
        if self.revealed.is_some() {
            return None;
        }
        let reveal = self.terms().map(|terms| terms.period.end());
        self.lots.iter().filter_map(Lot::due).chain(reveal).min()
    }
}

/// The journal's head, as the clerks were last told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadTold {
    /// How many lines it had.
    pub lines: i64,
    /// When it is to be looked at again.
    pub next: Moment,
}

/// All of it. Made of records only, so that what is stored and what is decided from are the same.
#[derive(Clone, Debug)]
pub struct World {
    pub policy: Policy,
    pub key: Key,
    /// The bot's user name, once Telegram has told it.
    pub bot: Option<String>,
    pub accounts: BTreeMap<AccountId, Account>,
    pub uploads: BTreeMap<UploadId, Upload>,
    pub rosters: BTreeMap<RosterId, Arc<Roster>>,
    pub versions: BTreeMap<u32, Version>,
    pub rounds: BTreeMap<RoundId, Round>,
    pub checks: Checks,
    pub hearing: Hearing,
    pub leaves: BTreeMap<LeaveId, Leave>,
    pub contacts: BTreeMap<AccountId, Contact>,
    pub reports: BTreeMap<ReportId, DailyReport>,
    pub pages: BTreeMap<PageId, Page>,
    /// What is due by the clock is done until then; `None` before the first of it.
    pub daily_mark: Option<Moment>,
    /// The roster in force with all that was approved; worked out when somebody asks.
    amended: OnceLock<Option<Arc<Roster>>>,
    pub draws: BTreeMap<DrawId, Draw>,
    /// `None` until there is something worth telling.
    pub head_told: Option<HeadTold>,
    pub proceedings: BTreeMap<CircularId, Proceeding>,
    /// What has been given out, kept or not.
    pub given: Given,
    /// What is due by the clock, by that roster; likewise.
    planned: OnceLock<Vec<(Moment, Planned)>>,
    /// Who speaks for units, by that roster and the office's list; likewise.
    speakers: OnceLock<Speakers>,
}

/// One thing that is now so.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    Account(Account),
    Upload(Upload),
    Roster(RosterId, Arc<Roster>),
    Version(Version),
    Round(Round),
    Check(Check),
    Hearing(Hearing),
    /// The bot's user name.
    Bot(String),
    Leave(Box<Leave>),
    Draw(Draw),
    HeadTold(HeadTold),
    Contact(Contact),
    DailyReport(DailyReport),
    DailyMark(Moment),
    Page(Page),
    Circular(Box<Proceeding>),
    /// Numbers that were given out and stand nowhere else any more.
    Given(Given),
}

impl World {
    /// A world in which nothing has happened yet.
    #[must_use]
    pub fn new(policy: Policy, key: Key) -> Self {
        Self {
            policy,
            key,
            bot: None,
            accounts: BTreeMap::new(),
            uploads: BTreeMap::new(),
            rosters: BTreeMap::new(),
            versions: BTreeMap::new(),
            rounds: BTreeMap::new(),
            checks: Checks::default(),
            hearing: Hearing::default(),
            leaves: BTreeMap::new(),
            contacts: BTreeMap::new(),
            reports: BTreeMap::new(),
            pages: BTreeMap::new(),
            daily_mark: None,
            amended: OnceLock::new(),
            draws: BTreeMap::new(),
            head_told: None,
            proceedings: BTreeMap::new(),
            given: Given::default(),
            planned: OnceLock::new(),
            speakers: OnceLock::new(),
        }
    }

    /// The world after `change`.
    pub fn apply(&mut self, change: &Change) {
        for record in &change.records {
            self.put(record.clone());
        }
    }

    pub fn put(&mut self, record: Record) {
        self.given.seen(&record);
        match record {
            Record::Account(account) => {
                self.accounts.insert(account.id, account);
            }
            Record::Upload(upload) => {
                self.uploads.insert(upload.id, upload);
            }
            Record::Roster(id, roster) => {
                self.rosters.insert(id, roster);
                self.forget_worked_out();
            }
            Record::Version(version) => {
                self.versions.insert(version.number, version);
                self.forget_worked_out();
            }
            Record::Round(round) => {
                self.rounds.insert(round.id, round);
            }
            Record::Check(check) => self.checks.put(check),
            Record::Hearing(hearing) => self.hearing = hearing,
            Record::Bot(name) => self.bot = Some(name),
            Record::DailyReport(report) => {
                self.reports.insert(report.id, report);
            }
            Record::DailyMark(mark) => self.daily_mark = Some(mark),
            Record::Page(page) => {
                self.pages.insert(page.id, page);
            }
            Record::Contact(contact) => {
                self.contacts.insert(contact.account, contact);
            }
            Record::Leave(leave) => {
                self.leaves.insert(leave.id, *leave);
                self.forget_worked_out();
            }
            Record::Draw(draw) => {
                self.draws.insert(draw.id, draw);
            }
            Record::HeadTold(told) => self.head_told = Some(told),
            Record::Circular(proceeding) => {
                self.proceedings.insert(proceeding.id, *proceeding);
            }
            Record::Given(_) => {}
        }
    }

    /// The version in force, and its roster with every leave and swap that was approved: who is
    /// really on duty.
    #[must_use]
    pub fn in_force(&self) -> Option<(&Version, &Arc<Roster>)> {
        let (version, _) = self.rostered()?;
        let roster = self.amended.get_or_init(|| self.roster_of(version.number));
        Some((version, roster.as_ref()?))
    }

    fn forget_worked_out(&mut self) {
        self.amended = OnceLock::new();
        self.planned = OnceLock::new();
        self.speakers = OnceLock::new();
    }

    pub(super) fn speakers_known(&self) -> &Speakers {
        self.speakers.get_or_init(|| {
            let roster = self.in_force().map(|(_, roster)| &**roster);
            Speakers::of(&self.policy.units, roster)
        })
    }

    /// All that is due by the clock, in order of time.
    #[must_use]
    pub fn planned(&self) -> &[(Moment, Planned)] {
        self.planned.get_or_init(|| {
            let policy = &self.policy;
            let roster = self.in_force().map(|(_, roster)| roster);
            let period = |roster| judged_period(roster, policy.period, policy.zone).0;
            roster
                .and_then(|roster| Some((roster, period(roster)?)))
                .map(|(roster, period)| daily::plan(roster, period, policy.zone, &policy.daily))
                .unwrap_or_default()
        })
    }

    /// The version in force, and its roster as it was sent.
    #[must_use]
    pub fn rostered(&self) -> Option<(&Version, &Arc<Roster>)> {
        let version = self.versions.values().next_back()?;
        Some((version, self.rosters.get(&version.roster)?))
    }

    /// The roster of a version with every leave and swap that was approved.
    #[must_use]
    pub fn roster_of(&self, version: u32) -> Option<Arc<Roster>> {
        let roster = self.rosters.get(&self.versions.get(&version)?.roster)?;
        let mut approved: Vec<(Moment, &Amendment)> =
            self.leaves.values().filter_map(Leave::in_force).collect();
        if approved.is_empty() {
            return Some(Arc::clone(roster));
        }
        approved.sort_by_key(|(since, _)| *since);
        let in_order = approved.into_iter().map(|(_, amendment)| amendment);
        Some(Arc::new(amended(roster, in_order)))
    }

    /// The clerks that have a chat.
    pub fn clerks(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values().filter(|a| a.clerk_since.is_some())
    }

    /// Whether nothing links `account` to anybody: it serves no office, belongs to nobody and was
    /// never asked anything. Anybody can offer a number.
    #[must_use]
    pub fn is_stranger(&self, account: AccountId) -> bool {
        let is_known = self.accounts.get(&account).is_some_and(Account::is_known);
        !is_known && self.checks.of(account).next().is_none()
    }

    /// The language `account` is spoken to in.
    #[must_use]
    pub fn lang(&self, account: AccountId) -> Lang {
        self.accounts
            .get(&account)
            .and_then(|a| a.lang)
            .unwrap_or(self.policy.lang)
    }

    /// The account bound to this person of the roster.
    #[must_use]
    pub fn account_of(&self, unit: &str, name: &str, phone: Option<&Phone>) -> Option<&Account> {
        self.accounts
            .values()
            .find(|a| a.bound.as_ref().is_some_and(|b| b.is(unit, name, phone)))
    }

    /// The earliest moment at which something is due.
    #[must_use]
    pub fn next_wake(&self) -> Option<Moment> {
        let leaves = super::leave::next_wake(self);
        let draws = self.draws.values().filter_map(Draw::next_wake);
        let head = self.head_told.map(|told| told.next);
        let due = self.checks.next_wake().into_iter().chain(leaves);
        let daily = daily::next_wake(self);
        let circulars = super::circular::next_wake(self);
        let due = due.chain(draws).chain(head).chain(daily);
        due.chain(circulars).min()
    }
}
