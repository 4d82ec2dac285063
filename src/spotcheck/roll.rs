use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Digest;
use crate::roster::{Presence, Role, Roster};
use crate::time::{Moment, Span};

/// Who is on duty when, and nothing else of a roster: no numbers of phones, no notes. Its text is
/// what a draw is bound to and what it is recomputed from, so it is a form of its own that does
/// not change when the roster's does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Roll {
    /// In the roster's order.
    pub duties: Vec<Duty>,
}

/// One stretch of duty of the people of one post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    pub unit: String,
    pub post: String,
    pub role: Role,
    pub presence: Presence,
    pub span: Span,
    pub people: Vec<String>,
}

/// Somebody on duty in a unit at one moment, at the post that asks most of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Present<'a> {
    pub duty: &'a Duty,
    pub name: &'a str,
}

impl Roll {
    #[must_use]
    pub fn of(roster: &Roster) -> Self {
        let duty = |shift: &crate::roster::Shift| {
            let post = roster.post(shift);
            Duty {
                unit: post.unit.clone(),
                post: post.name.clone(),
                role: post.role,
                presence: post.presence,
                span: shift.span,
                people: shift.people.iter().map(|p| p.name.clone()).collect(),
            }
        };
        Self {
            duties: roster.shifts.iter().map(duty).collect(),
        }
    }

    /// One line of JSON.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(self).expect("a roll is text and moments")
    }

    /// The digest of [`Roll::text`].
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(self.text().as_bytes())
    }

    /// The duties a check could ask about, by unit.
    #[must_use]
    pub fn by_unit(&self) -> BTreeMap<&str, Vec<&Duty>> {
        let mut units: BTreeMap<&str, Vec<&Duty>> = BTreeMap::new();
        for duty in self.duties.iter().filter(|d| d.role != Role::Other) {
            units.entry(&duty.unit).or_default().push(duty);
        }
        units
    }

    /// Everybody of `unit` a check could ask at `at`, each once, in the roster's order.
    #[must_use]
    pub fn present(&self, unit: &str, at: Moment) -> Vec<Present<'_>> {
        let mut people: Vec<Present<'_>> = Vec::new();
        let on = |d: &&Duty| d.unit == unit && d.role != Role::Other && d.span.contains(at);
        for duty in self.duties.iter().filter(on) {
            for name in &duty.people {
                match people.iter_mut().find(|p| p.name == name) {
                    Some(known) if duty.presence < known.duty.presence => known.duty = duty,
                    Some(_) => {}
                    None => people.push(Present { duty, name }),
                }
            }
        }
        people
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::{Asked, read};

    #[test]
    fn a_roll_has_no_phone_and_reads_back_to_the_letter() {
        let csv = "单位,日期,开始,结束,角色,姓名,手机\n\
                   东河乡,2026-10-03,08:00,20:00,值班员,许刚,13800000002\n";
        let roster = read(csv.as_bytes(), &Asked::default()).roster;
        let roll = Roll::of(&roster);
        assert_eq!(roll.duties.len(), 1);
        let text = roll.text();
        assert!(!text.contains("138"), "{text}");
        let again: Roll = serde_json::from_str(&text).unwrap();
        assert_eq!((&again, again.text()), (&roll, text));
    }
}
