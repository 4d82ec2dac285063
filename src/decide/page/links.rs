//! Links nobody can guess: to a person's page, and to the calendar of a person or a unit. They are
//! made from the deployment's secret and never stored; the one before is worthless once a link was
//! taken back, and all are when the holiday is over.

use serde::{Deserialize, Serialize};

use super::Way;
use crate::decide::draft::Draft;
use crate::decide::{AccountId, Bound, Record, Whose, World};
use crate::duty::Member;
use crate::journal::Deed;
use crate::review::judged_period;
use crate::time::{Moment, TimeDelta};

const PAGE: &str = "page";
const CALENDAR: &str = "calendar";

/// How long after the holiday a late answer can still be explained.
const AFTERWARDS: TimeDelta = TimeDelta::hours(24);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PageId(pub u32);

/// What is known of somebody's links; nothing before one is used or taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub id: PageId,
    pub unit: String,
    pub name: String,
    /// How many links before this one were taken back.
    pub taken_back: u32,
    /// When the page was first opened.
    pub opened: Option<Moment>,
}

/// Where a person's own pages are.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnLinks {
    pub page: String,
    pub calendar: String,
}

impl Page {
    fn new(id: PageId, unit: &str, name: &str) -> Self {
        Self {
            id,
            unit: unit.to_owned(),
            name: name.to_owned(),
            taken_back: 0,
            opened: None,
        }
    }
}

impl AccountId {
    /// Whoever does something on that page and has no account. Telegram gives nobody such a number.
    pub(super) fn of_page(page: PageId) -> Self {
        AccountId(i64::MIN + i64::from(page.0))
    }

    /// The page behind such a number.
    pub(in crate::decide) fn page(self) -> Option<PageId> {
        let number = self.0.checked_sub(i64::MIN)?;
        u32::try_from(number).ok().map(PageId)
    }
}

impl World {
    /// The secret in the address of a person's page.
    #[must_use]
    pub fn page_secret(&self, member: &Member) -> String {
        let count = self.taken_back(&member.unit, &member.name).to_string();
        self.key.tag(PAGE, &[&member.unit, &member.name, &count])
    }

    /// The secret in the address of a calendar. It lets nobody onto the page: calendars are given
    /// to programs and servers of others.
    #[must_use]
    pub fn calendar_secret(&self, whose: &Whose) -> String {
        let (unit, name) = match whose {
            Whose::Person(member) => (member.unit.as_str(), member.name.as_str()),
            // Nobody of a roster has an empty name.
            Whose::Unit(unit) => (unit.as_str(), ""),
        };
        let count = self.taken_back(unit, name).to_string();
        self.key.tag(CALENDAR, &[unit, name, &count])
    }

    /// Whose page `secret` opens at `now`.
    #[must_use]
    pub fn page_bearer(&self, secret: &str, now: Moment) -> Option<Member> {
        let mut people = self.with_pages(now).into_iter();
        people.find(|member| {
            let count = self.taken_back(&member.unit, &member.name).to_string();
            let parts = [&member.unit, &member.name, &count];
            self.key.fits(secret, PAGE, &parts.map(String::as_str))
        })
    }

    /// Whose calendar `secret` is at `now`.
    #[must_use]
    pub fn calendar_bearer(&self, secret: &str, now: Moment) -> Option<Whose> {
        let people = self.with_pages(now);
        let mut units: Vec<String> = people.iter().map(|m| m.unit.clone()).collect();
        units.sort_unstable();
        units.dedup();
        let units = units.into_iter().map(Whose::Unit);
        let mut all = people.into_iter().map(Whose::Person).chain(units);
        all.find(|whose| {
            let (unit, name) = match whose {
                Whose::Person(member) => (member.unit.as_str(), member.name.as_str()),
                Whose::Unit(unit) => (unit.as_str(), ""),
            };
            let count = self.taken_back(unit, name).to_string();
            self.key.fits(secret, CALENDAR, &[unit, name, &count])
        })
    }

    /// The addresses of a person's own pages.
    #[must_use]
    pub fn own_links(&self, member: &Member) -> OwnLinks {
        let page = self.page_secret(member);
        OwnLinks {
            page: format!("{}/p/{page}", self.policy.desk_url),
            calendar: self.calendar_link(&Whose::Person(member.clone())),
        }
    }

    /// The address of a calendar.
    #[must_use]
    pub fn calendar_link(&self, whose: &Whose) -> String {
        let secret = self.calendar_secret(whose);
        format!("{}/calendar/{secret}.ics", self.policy.desk_url)
    }

    /// Whether people can be led to their pages at `now`: from another machine, and while there is
    /// something to see.
    #[must_use]
    pub fn pages_open(&self, now: Moment) -> Way {
        let is_open = is_public(&self.policy.desk_url) && !self.with_pages(now).is_empty();
        if is_open { Way::Open } else { Way::None }
    }

    /// Somebody as the roster has them, whether they have an account or a page alone.
    #[must_use]
    pub fn behind(&self, account: AccountId) -> Option<Bound> {
        let Some(page) = account.page() else {
            return self.accounts.get(&account)?.bound.clone();
        };
        let page = self.pages.get(&page)?;
        let mut people = self.bindable().into_iter();
        let member = people.find(|m| m.unit == page.unit && m.name == page.name)?;
        Some(Bound {
            unit: member.unit,
            name: member.name,
            phone: member.phone,
            at: page.opened.unwrap_or_default(),
        })
    }

    /// The account a person acts under on their page; `None` before it was opened.
    #[must_use]
    pub fn page_account(&self, member: &Member) -> Option<AccountId> {
        let bound = self.account_of(&member.unit, &member.name, member.phone.as_ref());
        let page = || self.page(&member.unit, &member.name);
        bound
            .map(|account| account.id)
            .or_else(|| page().map(|page| AccountId::of_page(page.id)))
    }

    /// What is known of somebody's links.
    #[must_use]
    pub fn page(&self, unit: &str, name: &str) -> Option<&Page> {
        let mut pages = self.pages.values();
        pages.find(|page| page.unit == unit && page.name == name)
    }

    fn taken_back(&self, unit: &str, name: &str) -> u32 {
        self.page(unit, name).map_or(0, |page| page.taken_back)
    }

    /// Everybody who has a page at `now`.
    fn with_pages(&self, now: Moment) -> Vec<Member> {
        let Some((_, roster)) = self.in_force() else {
            return Vec::new();
        };
        let period = judged_period(roster, self.policy.period, self.policy.zone).0;
        let ends = roster.shifts.iter().map(|shift| shift.span.end());
        let last = ends.chain(period.map(|period| period.end())).max();
        if last.is_none_or(|last| now >= last + AFTERWARDS) {
            return Vec::new();
        }
        self.bindable()
    }
}

/// Takes back the links of `people`: whoever has them opens nothing any more.
pub(in crate::decide) fn taken_back(draft: &mut Draft<'_>, by: AccountId, people: &[Member]) {
    let world = draft.world;
    let mut free = next_free(world);
    for Member { unit, name, .. } in people {
        let page = world.page(unit, name).cloned().unwrap_or_else(|| {
            let page = Page::new(free, unit, name);
            free.0 += 1;
            page
        });
        draft.note(Deed::LinksTakenBack {
            account: by.0,
            unit: unit.clone(),
            name: name.clone(),
        });
        draft.put(Record::Page(Page {
            taken_back: page.taken_back + 1,
            opened: None,
            ..page
        }));
    }
}

pub(super) fn known_or_new(world: &World, unit: &str, name: &str) -> Page {
    let known = world.page(unit, name).cloned();
    known.unwrap_or_else(|| Page::new(next_free(world), unit, name))
}

fn next_free(world: &World) -> PageId {
    PageId(world.given.page + 1)
}

/// Whether another machine could follow an address.
fn is_public(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, host)| host);
    let own = ["127.", "localhost", "[::1]", "0.0.0.0", "[::]"];
    !host.is_empty() && !own.iter().any(|own| host.starts_with(own))
}
