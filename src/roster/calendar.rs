//! Days and hours as written → dates and stretches: the year, the month, 03/10, 次日 and 白班
//! settled by what the whole file says.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

use super::answers::SlashOrder;
use super::day::{Day, Spelling};
use super::days::Days;
use super::hours::{Clock, Hours, ShiftWord, meaning};
use super::moons::lunar_date;
use super::year::YearFrom;
use crate::time::clock_of;

/// What the file as a whole says about its days and hours.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    pub year: i32,
    pub year_from: Option<YearFrom>,
    pub month: Option<u32>,
    pub day_first: bool,
    /// A person said which of `03/10` is the month.
    pub told_order: Option<SlashOrder>,
    /// The year is a person's word.
    pub told_year: Option<i32>,
    /// The file names December and January, and its year is January's.
    pub year_is_of_january: bool,
    pub period: Option<(NaiveDate, NaiveDate)>,
    pub handover: u32,
    pub handover_from: HandoverFrom,
    pub legend: HashMap<String, Meaning>,
    /// The same by meaning: hours told of 白班 are those of 日班 too.
    pub legend_of_words: HashMap<ShiftWord, Stretch>,
    /// Words of the legend that a person gave.
    pub told_words: HashSet<String>,
    pub hours: Option<Stretch>,
    /// Every shift word the sheet uses: 晚上 beside 白天 is the night, beside 下午 the evening.
    pub words: HashSet<ShiftWord>,
    pub max_shift_minutes: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HandoverFrom {
    Asked,
    /// A note says 每日8:00交接.
    File,
    /// A person has said so.
    Told,
}

/// What a legend says of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Hours(Stretch),
    Word(ShiftWord),
}

/// Minutes from a day's midnight; the end may lie in later days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Stretch {
    pub start: u32,
    pub end: u32,
}

/// How a stretch came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settled {
    pub start: NaiveDateTime,
    pub end: NaiveDateTime,
    pub certainty: Certainty,
    /// Bare clocks that cross midnight for more than 16 hours.
    pub long_crossing: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Certainty {
    /// The file gives the hours.
    Given,
    /// The usual hours, and a person has said so.
    Told,
    /// 白班, 夜班 or no word at all: the usual hours.
    Assumed,
    /// 上午, D/E/N without a legend: hours nobody agreed on.
    Guessed,
}

/// Why hours cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unsettled {
    NoSuchTime,
    /// Full dates, end not after start.
    EndBeforeStart,
    /// Bare clocks, start and end the same.
    EqualClocks {
        at: NaiveDateTime,
    },
    NoSuchDate,
    /// 休: no duty.
    OffDuty,
    UnknownCode,
}

const LONG_CROSSING_MINUTES: i64 = 16 * 60;
const DAY: u32 = 24 * 60;

impl Certainty {
    /// Nobody gave these hours, neither the file nor a person.
    pub fn is_assumed(self) -> bool {
        matches!(self, Certainty::Assumed | Certainty::Guessed)
    }
}

impl Calendar {
    /// The date, or `None` where there is no such day.
    pub fn date(&self, day: &Day) -> Option<NaiveDate> {
        if day.spelling == Spelling::Lunar {
            return lunar_date(day.year.unwrap_or(self.year), day.month?, day.day);
        }
        if day.spelling == Spelling::Serial {
            return self.of_serial(day);
        }
        let (month, number) = match day.month {
            Some(month) if day.spelling == Spelling::Slashed && self.day_first => (day.day, month),
            Some(month) => (month, day.day),
            None => (self.month_for(day.day)?, day.day),
        };
        if let Some(year) = day.year {
            return NaiveDate::from_ymd_opt(year, month, number);
        }
        let in_year = |year| NaiveDate::from_ymd_opt(year, month, number);
        if let Some((from, to)) = self.period {
            let inside = [self.year, self.year + 1, self.year - 1]
                .into_iter()
                .filter_map(in_year)
                .find(|d| from <= *d && *d <= to);
            if inside.is_some() {
                return inside;
            }
        }
        match (self.year_is_of_january, month) {
            (true, 11 | 12) => in_year(self.year - 1),
            _ => in_year(self.year),
        }
    }

    /// Some workbooks count from 1904; the year asked for tells.
    fn of_serial(&self, day: &Day) -> Option<NaiveDate> {
        let usual = NaiveDate::from_ymd_opt(day.year?, day.month?, day.day)?;
        let later = usual + TimeDelta::days(1462);
        match self.period {
            Some((from, to)) if !(from <= usual && usual <= to) && from <= later && later <= to => {
                Some(later)
            }
            _ => Some(usual),
        }
    }

    /// Whether a day that is only a number says no date.
    pub fn needs_month(&self) -> bool {
        self.month.is_none() && self.period.is_none()
    }

    /// The month of a day that is only a number.
    fn month_for(&self, day: u32) -> Option<u32> {
        if self.month.is_some() {
            return self.month;
        }
        let (from, to) = self.period?;
        let months = [from, to];
        let inside = months.iter().find(|d| {
            NaiveDate::from_ymd_opt(d.year(), d.month(), day).is_some_and(|d| from <= d && d <= to)
        });
        Some(inside.unwrap_or(&from).month())
    }

    /// Every date of a list or range, in order; the days that do not exist.
    pub fn dates(&self, days: &Days) -> (Vec<NaiveDate>, Vec<Day>) {
        let (mut dates, mut wrong) = (Vec::new(), Vec::new());
        for (from, to) in &days.list {
            let Some(start) = self.date(from) else {
                wrong.push(*from);
                continue;
            };
            dates.push(start);
            let Some(to) = to else { continue };
            match self.date(to) {
                Some(end) if start < end && (end - start).num_days() <= 62 => {
                    dates.extend(start.iter_days().skip(1).take_while(|d| *d <= end));
                }
                Some(end) if end == start => {}
                _ => wrong.push(*to),
            }
        }
        (dates, wrong)
    }

    /// The stretch `hours` mean on `date`.
    pub fn settle(&self, date: NaiveDate, hours: Option<&Hours>) -> Result<Settled, Unsettled> {
        match hours {
            Some(Hours::Range { start, end }) => self.between(date, start, end),
            Some(Hours::At(clock)) => {
                let start = self.at(date, clock)?;
                Ok(Settled {
                    start,
                    end: start + TimeDelta::days(1),
                    certainty: Certainty::Guessed,
                    long_crossing: false,
                })
            }
            Some(Hours::Word(word)) => self.by_word(date, word),
            None => Ok(self.unspoken(date)),
        }
    }

    /// A duty day where nothing gives its hours: the note's, else from handover to handover.
    fn unspoken(&self, date: NaiveDate) -> Settled {
        match self.hours {
            Some(stretch) => on(date, stretch, Certainty::Given),
            None => on(
                date,
                Stretch {
                    start: self.handover,
                    end: self.handover + DAY,
                },
                match self.handover_from {
                    HandoverFrom::File => Certainty::Given,
                    HandoverFrom::Told => Certainty::Told,
                    HandoverFrom::Asked => Certainty::Assumed,
                },
            ),
        }
    }

    /// What a word means: by the legend, else by custom.
    pub fn word(&self, word: &str) -> Option<(Option<Stretch>, Certainty)> {
        let key = legend_key(word);
        match self.legend.get(&key) {
            Some(Meaning::Hours(stretch)) => return Some((Some(*stretch), Certainty::Given)),
            Some(Meaning::Word(word)) => return Some(self.by_custom(*word)),
            None => {}
        }
        let known = meaning(word)?;
        if let Some(stretch) = self.legend_of_words.get(&known) {
            return Some((Some(*stretch), Certainty::Given));
        }
        Some(self.by_custom(known))
    }

    /// Takes a legend's entries to heart: what is told last of a code holds, and of words that
    /// mean the same what is told first.
    pub fn learn(&mut self, entries: impl IntoIterator<Item = (String, Meaning)>) {
        for (code, told) in entries {
            if let (Some(word), Meaning::Hours(stretch)) = (meaning(&code), told) {
                self.legend_of_words.entry(word).or_insert(stretch);
            }
            self.legend.insert(code, told);
        }
    }

    fn by_word(&self, date: NaiveDate, word: &str) -> Result<Settled, Unsettled> {
        match self.word(word) {
            Some((Some(stretch), certainty)) => Ok(on(date, stretch, certainty)),
            Some((None, _)) => Err(Unsettled::OffDuty),
            None => Err(Unsettled::UnknownCode),
        }
    }

    fn by_custom(&self, word: ShiftWord) -> (Option<Stretch>, Certainty) {
        let morning = if (6 * 60..=10 * 60).contains(&self.handover) {
            self.handover
        } else {
            8 * 60
        };
        let from = |hour: u32, until: u32| {
            Some(Stretch {
                start: hour * 60,
                end: until * 60,
            })
        };
        let uses = |words: &[ShiftWord]| words.iter().any(|w| self.words.contains(w));
        let thirds = uses(&[ShiftWord::Middle]);
        let halves = uses(&[ShiftWord::Day]) && !thirds && !uses(&[ShiftWord::Afternoon]);
        let day = Some(Stretch {
            start: morning,
            end: morning + DAY / 2,
        });
        let night = Some(Stretch {
            start: morning + DAY / 2,
            end: morning + DAY,
        });
        match word {
            ShiftWord::Whole => match self.hours {
                Some(stretch) if stretch.end - stretch.start == DAY => {
                    (Some(stretch), Certainty::Given)
                }
                _ => (
                    Some(Stretch {
                        start: self.handover,
                        end: self.handover + DAY,
                    }),
                    self.usually(),
                ),
            },
            ShiftWord::Day if thirds => (from(8, 16), Certainty::Guessed),
            ShiftWord::Day => (day, self.usually()),
            ShiftWord::Evening | ShiftWord::Late if halves => (night, self.usually()),
            ShiftWord::Night | ShiftWord::Evening if uses(&[ShiftWord::Afternoon]) => {
                (from(18, 32), Certainty::Guessed)
            }
            ShiftWord::Night if !thirds => (night, self.usually()),
            ShiftWord::Morning => (from(8, 12), Certainty::Guessed),
            ShiftWord::Noon => (from(12, 14), Certainty::Guessed),
            ShiftWord::Afternoon if uses(&[ShiftWord::Noon]) => (from(14, 18), Certainty::Guessed),
            ShiftWord::Afternoon => (from(12, 18), Certainty::Guessed),
            ShiftWord::Early if !thirds => (day, Certainty::Guessed),
            ShiftWord::Early => (from(8, 16), Certainty::Guessed),
            ShiftWord::Middle => (from(16, 24), Certainty::Guessed),
            ShiftWord::Night | ShiftWord::Late if thirds => (from(24, 32), Certainty::Guessed),
            ShiftWord::Night | ShiftWord::Evening | ShiftWord::Late => (night, Certainty::Guessed),
            ShiftWord::Off => (None, Certainty::Given),
        }
    }

    /// How sure the usual hours of a day or night are.
    fn usually(&self) -> Certainty {
        match self.handover_from {
            HandoverFrom::Told => Certainty::Told,
            HandoverFrom::Asked | HandoverFrom::File => Certainty::Assumed,
        }
    }

    fn at(&self, date: NaiveDate, clock: &Clock) -> Result<NaiveDateTime, Unsettled> {
        if !clock.exists {
            return Err(Unsettled::NoSuchTime);
        }
        let own = match &clock.day {
            Some(day) => self.date(day).ok_or(Unsettled::NoSuchDate)?,
            None => date + TimeDelta::days(i64::from(clock.days_later.unwrap_or(0))),
        };
        Ok(clock_of(own, clock.minute))
    }

    fn between(&self, date: NaiveDate, start: &Clock, end: &Clock) -> Result<Settled, Unsettled> {
        let from = self.at(date, start)?;
        let base = if start.day.is_some() {
            from.date()
        } else {
            date
        };
        let mut to = self.at(base, end)?;
        let mut long_crossing = false;
        if to <= from {
            let dated =
                end.day.is_some() || end.days_later == Some(0) && start.days_later.is_none();
            if dated {
                return Err(Unsettled::EndBeforeStart);
            }
            if to == from {
                return Err(Unsettled::EqualClocks { at: from });
            }
            to += TimeDelta::days(1);
            long_crossing = (to - from).num_minutes() > LONG_CROSSING_MINUTES;
            if to <= from {
                return Err(Unsettled::EndBeforeStart);
            }
        }
        Ok(Settled {
            start: from,
            end: to,
            certainty: Certainty::Given,
            long_crossing,
        })
    }
}

fn on(date: NaiveDate, stretch: Stretch, certainty: Certainty) -> Settled {
    Settled {
        start: clock_of(date, stretch.start),
        end: clock_of(date, stretch.end),
        certainty,
        long_crossing: false,
    }
}

/// The minutes a written range means on any day, where it needs no date.
pub(super) fn stretch(hours: &Hours) -> Option<Stretch> {
    let Hours::Range { start, end } = hours else {
        return None;
    };
    if !start.exists || !end.exists || start.day.is_some() || end.day.is_some() {
        return None;
    }
    let from = start.minute + DAY * start.days_later.unwrap_or(0);
    let mut to = end.minute + DAY * end.days_later.unwrap_or(0);
    if to < from {
        to += DAY;
    }
    (from < to).then_some(Stretch {
        start: from,
        end: to,
    })
}

/// What a legend's word is known by: A班 is the code A.
pub(super) fn legend_key(word: &str) -> String {
    let word = word.trim().trim_matches(['(', ')']);
    let is_code = |code: &&str| (1..=2).contains(&code.len()) && code.is_ascii();
    let code = word.strip_suffix('班').filter(is_code);
    code.unwrap_or(word).to_lowercase()
}
