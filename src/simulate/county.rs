//! A county of some units: its people, and the rosters its clerk sends.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};

use super::dice::Dice;
use super::habits::Habit;
use crate::decide::AccountId;
use crate::roster::Role;
use crate::time::{Moment, Period, Span, TimeDelta, Zone, holiday};
use crate::words::simulate::{self, next_day, post};

pub(super) const CLERK: AccountId = AccountId(1);
/// The clerk's chat once Telegram has moved it.
pub(super) const MOVED: AccountId = AccountId(2);
const FIRST_PERSON: i64 = 101;
/// Somebody's second account.
const SECOND: i64 = 1_000;
pub(super) const FIRST_STRANGER: i64 = 9_001;

const HOLIDAY: &str = "national-day-2025";
const OFFICERS: usize = 6;
const LEADERS: usize = 2;

pub(super) struct County {
    pub period: Period,
    pub units: Vec<String>,
    pub people: Vec<Somebody>,
    /// The rosters the clerk sends, the first one before the holiday.
    pub files: Vec<File>,
}

pub(super) struct Somebody {
    pub account: AccountId,
    pub name: String,
    pub phone: String,
    pub habit: Habit,
}

/// A roster as it is sent, and what it says.
pub(super) struct File {
    pub text: String,
    pub rows: Vec<Row>,
}

/// One person's turn.
#[derive(Clone)]
pub(super) struct Row {
    pub unit: usize,
    pub role: Role,
    pub date: NaiveDate,
    pub from: u32,
    pub to: u32,
    pub person: usize,
}

impl Somebody {
    pub fn second(&self) -> AccountId {
        AccountId(self.account.0 + SECOND)
    }
}

impl Row {
    pub fn span(&self, zone: Zone) -> Option<Span> {
        let start = self.date.and_hms_opt(self.from, 0, 0)?;
        let day = u64::from(self.to <= self.from);
        let end = self.date.checked_add_days(Days::new(day))?;
        let end = end.and_hms_opt(self.to, 0, 0)?;
        Span::new(zone.moment(start), zone.moment(end))
    }
}

impl County {
    pub fn drawn(dice: &mut Dice, units: usize, zone: Zone) -> Option<Self> {
        let holiday = holiday(HOLIDAY)?;
        let mut county = Self {
            period: holiday.period(zone),
            units: (0..units).map(simulate::unit).collect(),
            people: Vec::new(),
            files: Vec::new(),
        };
        for unit in 0..units {
            for _ in 0..size(unit) {
                county.settle(dice);
            }
        }
        let first = county.rows(holiday.first_day());
        let mut later = first.clone();
        county.exchange(&mut later, holiday.first_day(), dice);
        let one = later.iter().filter(|row| row.unit == 0).cloned().collect();
        let mut again: Vec<Row> = one;
        county.exchange(&mut again, holiday.first_day(), dice);
        county.files = [first, later, again]
            .into_iter()
            .map(|rows| county.file(rows))
            .collect();
        Some(county)
    }

    fn settle(&mut self, dice: &mut Dice) {
        let index = self.people.len();
        let number = i64::try_from(index).unwrap_or(0);
        self.people.push(Somebody {
            account: AccountId(FIRST_PERSON + number),
            name: simulate::person(index),
            phone: format!("000{:08}", index + 1),
            habit: Habit::drawn(dice),
        });
    }

    fn rows(&self, first: NaiveDate) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut base = 0;
        for unit in 0..self.units.len() {
            for (day, date) in first.iter_days().take(8).enumerate() {
                let mut row = |role, from, to, person: usize| {
                    rows.push(Row {
                        unit,
                        role,
                        date,
                        from,
                        to,
                        person: base + person,
                    });
                };
                let pair = (day % 3) * 2;
                row(Role::DutyOfficer, 8, 20, pair);
                row(Role::DutyOfficer, 8, 20, (pair + 1) % OFFICERS);
                row(Role::DutyOfficer, 20, 8, (pair + 2) % OFFICERS);
                row(Role::DutyLeader, 8, 8, OFFICERS + day % LEADERS);
                row(Role::Principal, 8, 8, OFFICERS + LEADERS);
                if unit == 0 {
                    row(Role::ChiefLeader, 8, 8, OFFICERS + LEADERS + 1 + day % 2);
                }
            }
            base += size(unit);
        }
        rows
    }

    /// From some day on, two officers of each unit have each other's turns.
    fn exchange(&self, rows: &mut [Row], first: NaiveDate, dice: &mut Dice) {
        let from = first + Days::new(dice.below(5));
        for unit in 0..self.units.len() {
            let mut officers: Vec<usize> = rows
                .iter()
                .filter(|row| row.unit == unit && row.role == Role::DutyOfficer)
                .map(|row| row.person)
                .collect();
            officers.sort_unstable();
            officers.dedup();
            let (one, other) = (dice.pick(&officers), dice.pick(&officers));
            let (Some(one), Some(other)) = (one, other) else {
                continue;
            };
            for row in rows.iter_mut().filter(|row| row.date >= from) {
                if row.person == one {
                    row.person = other;
                } else if row.person == other {
                    row.person = one;
                }
            }
        }
    }

    fn file(&self, rows: Vec<Row>) -> File {
        let mut text = simulate::header().to_owned();
        for row in &rows {
            let (unit, person) = (&self.units[row.unit], &self.people[row.person]);
            let to = if row.to > row.from {
                format!("{:02}:00", row.to)
            } else {
                next_day(row.to)
            };
            let _ = writeln!(
                text,
                "{unit},{},{:02}:00,{to},{},{},{}",
                row.date,
                row.from,
                post(row.role),
                person.name,
                person.phone
            );
        }
        File { text, rows }
    }

    /// Who has this account as their own.
    pub fn owner(&self, account: AccountId) -> Option<&Somebody> {
        let index = usize::try_from(account.0 - FIRST_PERSON).ok()?;
        self.people.get(index)
    }

    /// As the chat shows an account's owner.
    pub fn shown(&self, account: AccountId) -> String {
        let owner = self.owner(account);
        owner.map_or_else(|| account.0.to_string(), |owner| owner.name.clone())
    }

    /// A moment of the holiday.
    pub fn moment(&self, dice: &mut Dice) -> Moment {
        let length = self.period.end() - self.period.start();
        self.period.start() + dice.millis(0, length.num_milliseconds())
    }

    /// The afternoon before the holiday, or before the quiet week that comes first.
    pub fn eve(&self, quiet_days: i64) -> Moment {
        self.period.start() - TimeDelta::hours(9) - TimeDelta::days(quiet_days)
    }
}

/// Officers, leaders and the principal; the first unit has two chief leaders besides.
fn size(unit: usize) -> usize {
    OFFICERS + LEADERS + 1 + if unit == 0 { 2 } else { 0 }
}
