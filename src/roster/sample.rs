//! Small rosters for tests, written as one would say them.

use super::{Person, Phone, Place, Post, Role, Roster, Shift};
use crate::time::{Moment, Period, Span, Zone};

/// `10-01T08:00` of 2026, in Shanghai.
pub(crate) fn at(text: &str) -> Moment {
    let civil = chrono::NaiveDateTime::parse_from_str(&format!("2026-{text}"), "%Y-%m-%dT%H:%M");
    Zone::default().moment(civil.expect("a test writes real times"))
}

pub(crate) fn span(start: &str, end: &str) -> Span {
    Span::new(at(start), at(end)).expect("a test writes spans that are not empty")
}

/// The National Day of 2026.
pub(crate) fn week() -> Period {
    span("10-01T00:00", "10-08T00:00")
}

/// One line per shift: `unit post start end person+person`, a person being `name` or
/// `name:phone`. A line of a unit and a post alone is a post with nobody. Shifts come from the
/// row of their line, column 5; the kind of duty is told by the post's name.
pub(crate) fn roster(lines: &str) -> Roster {
    let mut roster = Roster::default();
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    for (row, line) in (1..).zip(lines) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let post = post_of(&mut roster, cells[0], cells[1]);
        if let [_, _, start, end, people] = cells[..] {
            roster.shifts.push(Shift {
                post,
                span: span(start, end),
                people: people.split('+').map(person).collect(),
                assumed_hours: false,
                source: Place {
                    file: 0,
                    row,
                    column: 5,
                },
            });
        }
    }
    roster
}

fn post_of(roster: &mut Roster, unit: &str, name: &str) -> u32 {
    let known = roster
        .posts
        .iter()
        .position(|p| p.unit == unit && p.name == name);
    let index = known.unwrap_or_else(|| {
        let role = match name {
            "带班领导" => Role::DutyLeader,
            "总带班" => Role::ChiefLeader,
            "主要领导" => Role::Principal,
            "二线" => Role::Standby,
            "卫生" => Role::Other,
            _ => Role::DutyOfficer,
        };
        roster.posts.push(Post {
            unit: unit.to_owned(),
            name: name.to_owned(),
            role,
            presence: role.presence(),
        });
        roster.posts.len() - 1
    });
    u32::try_from(index).expect("a test has few posts")
}

fn person(text: &str) -> Person {
    let (name, phone) = text.split_once(':').unwrap_or((text, ""));
    Person {
        name: name.to_owned(),
        phone: Phone::new(phone),
    }
}
