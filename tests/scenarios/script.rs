//! A scenario's text: what it shows, its rosters, what is done when, and the transcript.

use std::time::Duration;

use chrono::{FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};
use zaigang::decide::Lang;
use zaigang::rehearsal::{Doom, Reach};
use zaigang::time::{Moment, TimeDelta};

/// Stands between the script and the transcript.
pub const LINE: &str = "\n---\n";

pub struct Script {
    pub language: Lang,
    /// Random checks per unit.
    pub per_unit: u32,
    /// Whether the clock's own messages are played.
    pub by_the_clock: bool,
    /// Who is on a roster and has no account.
    pub unbound: Vec<String>,
    /// The office's list of units, `unit,liaison`; empty where it keeps none.
    pub units: String,
    /// Canonical files, one row a shift.
    pub rosters: Vec<String>,
    pub steps: Vec<Step>,
}

pub struct Step {
    pub at: Moment,
    pub deed: Deed,
    /// As it is written.
    pub told: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    Says {
        who: String,
        text: String,
        held_back: TimeDelta,
    },
    Presses {
        who: String,
        owner: String,
        label: String,
        held_back: TimeDelta,
    },
    /// Whatever button stands at this place, counted round the screen.
    PressesAny {
        who: String,
        place: usize,
    },
    SharesContact {
        who: String,
        of: String,
    },
    SendsRoster {
        who: String,
        number: usize,
    },
    Reach {
        who: String,
        reach: Reach,
    },
    Unreadable {
        until: Moment,
    },
    Unwritable {
        until: Moment,
    },
    Unreachable {
        until: Moment,
    },
    LosesReceipt,
    PutsOff(Duration),
    ComesTwice,
    Crash,
    Start,
    Doom(Doom),
    Conflict,
    ClockSet(TimeDelta),
}

impl Script {
    /// `head` is all of the file above the line.
    pub fn parsed(head: &str) -> Self {
        let mut script = Self {
            language: Lang::Zh,
            per_unit: 0,
            by_the_clock: false,
            unbound: Vec::new(),
            units: String::new(),
            rosters: Vec::new(),
            steps: Vec::new(),
        };
        let mut in_roster = false;
        let mut in_units = false;
        let mut date = None;
        for line in head.lines().skip(1).map(str::trim) {
            if line.is_empty() {
                in_roster = false;
                in_units = false;
            } else if in_units || line.starts_with("unit,") {
                in_units = true;
                script.units.push_str(line);
                script.units.push('\n');
            } else if line.starts_with("单位,") {
                in_roster = true;
                script.rosters.push(format!("{line}\n"));
            } else if in_roster {
                let roster = script.rosters.last_mut().unwrap();
                roster.push_str(line);
                roster.push('\n');
                date.get_or_insert_with(|| line.split(',').nth(1).unwrap().parse().unwrap());
            } else if let Some(names) = line.strip_prefix("unbound: ") {
                script.unbound = names.split(' ').map(str::to_owned).collect();
            } else if let Some(checks) = line.strip_prefix("per unit: ") {
                script.per_unit = checks.parse().expect("a number of checks");
            } else if line == "by the clock" {
                script.by_the_clock = true;
            } else if line == "language: en" {
                script.language = Lang::En;
            } else {
                let (at, told) = moment_before(line, date.expect("a roster comes first"));
                date = Some(civil(at).date_naive());
                script.steps.push(Step {
                    at,
                    deed: deed(told, civil(at).date_naive()),
                    told: told.to_owned(),
                });
            }
        }
        script
    }
}

/// A moment as the county's clocks show it.
pub fn civil(at: Moment) -> chrono::DateTime<FixedOffset> {
    at.with_timezone(&FixedOffset::east_opt(8 * 3600).unwrap())
}

/// `14:28`, `14:28:30` or `10-04 14:28` at the head of `text`, and what follows it.
fn moment_before(text: &str, date: NaiveDate) -> (Moment, &str) {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    if first.contains(':') {
        return (moment(date, first), rest);
    }
    let (month, day) = first.split_once('-').expect("a date is month-day");
    let year = chrono::Datelike::year(&date);
    let date = NaiveDate::from_ymd_opt(year, month.parse().unwrap(), day.parse().unwrap());
    let (clock, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    (moment(date.unwrap(), clock), rest)
}

fn moment(date: NaiveDate, clock: &str) -> Moment {
    let time = NaiveTime::parse_from_str(clock, "%H:%M:%S")
        .or_else(|_| NaiveTime::parse_from_str(clock, "%H:%M"))
        .unwrap_or_else(|_| panic!("{clock} is no time"));
    let zone = FixedOffset::east_opt(8 * 3600).unwrap();
    let local = zone.from_local_datetime(&date.and_time(time)).unwrap();
    local.with_timezone(&Utc)
}

fn deed(told: &str, date: NaiveDate) -> Deed {
    let until = |text: &str| moment_before(text, date).0;
    if let Some(deed) = of_the_program(told) {
        return deed;
    }
    if let Some(end) = told.strip_prefix("telegram unreadable until ") {
        return Deed::Unreadable { until: until(end) };
    }
    if let Some(end) = told.strip_prefix("telegram unwritable until ") {
        return Deed::Unwritable { until: until(end) };
    }
    if let Some(end) = told.strip_prefix("telegram unreachable until ") {
        return Deed::Unreachable { until: until(end) };
    }
    if let Some(wait) = told.strip_prefix("the next ping is put off for ") {
        return Deed::PutsOff(length(wait).to_std().unwrap());
    }
    if let Some(by) = told.strip_prefix("the clock is set ") {
        return Deed::ClockSet(length(by));
    }
    of_somebody(told)
}

fn of_the_program(told: &str) -> Option<Deed> {
    Some(match told {
        "the next receipt is lost" => Deed::LosesReceipt,
        "the last update comes twice" => Deed::ComesTwice,
        "crash" => Deed::Crash,
        "start" => Deed::Start,
        "crash before the next reading is kept" => Deed::Doom(Doom::BeforeKeeping),
        "crash before the next ping leaves" => Deed::Doom(Doom::BeforePing),
        "crash after the next ping arrives" => Deed::Doom(Doom::AfterPing),
        "another program reads the queue" => Deed::Conflict,
        _ => return None,
    })
}

fn of_somebody(told: &str) -> Deed {
    let (said, held_back) = match told.split_once(", held back ") {
        Some((said, wait)) => (said, length(wait)),
        None => (told, TimeDelta::zero()),
    };
    if let Some((who, text)) = said.split_once(": ") {
        return Deed::Says {
            who: who.to_owned(),
            text: text.to_owned(),
            held_back,
        };
    }
    let (who, does) = said.split_once(' ').expect("somebody does something");
    let who = who.to_owned();
    if let Some(pressed) = does.strip_prefix("presses ") {
        let (owner, label) = pressed.split_once("'s ").unwrap_or((&who, pressed));
        return Deed::Presses {
            owner: owner.to_owned(),
            label: label.to_owned(),
            who,
            held_back,
        };
    }
    let reach = |reach| Deed::Reach {
        who: who.clone(),
        reach,
    };
    match does {
        "blocks the bot" => reach(Reach::Blocked),
        "unblocks the bot" => reach(Reach::Open),
        "deletes the account" => reach(Reach::Gone),
        "shares the own contact" => Deed::SharesContact {
            of: who.clone(),
            who,
        },
        _ => {
            if let Some(number) = does.strip_prefix("sends roster ") {
                let number = number.parse().unwrap();
                return Deed::SendsRoster { who, number };
            }
            let of = does
                .strip_prefix("shares the contact of ")
                .unwrap_or_else(|| panic!("nobody knows how to do this: {told}"));
            let of = of.to_owned();
            Deed::SharesContact { who, of }
        }
    }
}

/// `90s`, `+1h`, `-30m`.
fn length(text: &str) -> TimeDelta {
    let (number, unit) = text.split_at(text.len() - 1);
    let number: i64 = number.parse().unwrap_or_else(|_| panic!("{text}"));
    match unit {
        "s" => TimeDelta::seconds(number),
        "m" => TimeDelta::minutes(number),
        "h" => TimeDelta::hours(number),
        _ => panic!("{text} is no length of time"),
    }
}
