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
    /// Sorted: a roster that says the same in another order has the same roll.
    duties: Vec<Duty>,
}

/// One stretch of duty of the people of one post.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
        roster.shifts.iter().map(duty).collect()
    }

    /// What changes this roll into `after`: the duties that are gone, and those that are new.
    #[must_use]
    pub fn changes(&self, after: &Roll) -> (Vec<Duty>, Vec<Duty>) {
        let (mut gone, mut new) = (Vec::new(), Vec::new());
        let (mut old, mut now) = (
            self.duties.iter().peekable(),
            after.duties.iter().peekable(),
        );
        loop {
            match (old.peek(), now.peek()) {
                (None, None) => return (gone, new),
                (Some(one), Some(other)) if one == other => {
                    old.next();
                    now.next();
                }
                (Some(one), other) if other.is_none_or(|other| one < other) => {
                    gone.extend(old.next().cloned());
                }
                _ => new.extend(now.next().cloned()),
            }
        }
    }

    /// The roll after that change; `None` where what is gone was never there.
    #[must_use]
    pub fn changed(&self, gone: &[Duty], new: &[Duty]) -> Option<Roll> {
        let mut duties = self.duties.clone();
        for duty in gone {
            let at = duties.binary_search(duty).ok()?;
            duties.remove(at);
        }
        Some(duties.into_iter().chain(new.iter().cloned()).collect())
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

    /// Everybody of `unit` a check could ask at `at`, each once, by name.
    #[must_use]
    pub fn present(&self, unit: &str, at: Moment) -> Vec<Present<'_>> {
        let mut people: BTreeMap<&str, &Duty> = BTreeMap::new();
        let on = |d: &&Duty| d.unit == unit && d.role != Role::Other && d.span.contains(at);
        for duty in self.duties.iter().filter(on) {
            for name in &duty.people {
                let known = people.entry(name).or_insert(duty);
                if duty.rank() < known.rank() {
                    *known = duty;
                }
            }
        }
        let present = people.into_iter();
        present.map(|(name, duty)| Present { duty, name }).collect()
    }
}

impl FromIterator<Duty> for Roll {
    fn from_iter<I: IntoIterator<Item = Duty>>(duties: I) -> Self {
        let mut duties: Vec<Duty> = duties.into_iter().collect();
        duties.sort();
        Self { duties }
    }
}

impl Duty {
    /// Of several duties at once, the least is the one a person is asked about.
    fn rank(&self) -> (Presence, Span, &str) {
        (self.presence, self.span, &self.post)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::roster::{Asked, read};

    #[test]
    fn a_roll_has_no_phone_and_reads_back_to_the_letter() {
        let csv = "单位,日期,开始,结束,角色,姓名,手机\n\
                   东河乡,2026-10-03,08:00,20:00,值班员,许刚,13800000002\n";
        let roster = read(csv.as_bytes(), &Asked::default()).roster;
        let roll = Roll::of(&roster);
        assert_eq!(roll.duties.len(), 1);
        assert_eq!(roll.by_unit().keys().collect::<Vec<_>>(), [&"东河乡"]);
        let text = roll.text();
        assert!(!text.contains("138"), "{text}");
        let again: Roll = serde_json::from_str(&text).unwrap();
        assert_eq!((&again, again.text()), (&roll, text));
    }

    #[test]
    fn who_has_two_duties_at_once_is_asked_about_the_one_on_post() {
        let hours = super::super::lots_tests::span(0, 8);
        let duty = |post: &str, role, presence, name: &str| Duty {
            unit: "甲".to_owned(),
            post: post.to_owned(),
            role,
            presence,
            span: hours,
            people: vec![name.to_owned()],
        };
        let roll: Roll = [
            duty("二线", Role::DutyOfficer, Presence::Reachable, "张三"),
            duty("值班员", Role::DutyOfficer, Presence::OnPost, "张三"),
            duty("司机", Role::Other, Presence::OnPost, "李四"),
        ]
        .into_iter()
        .collect();
        let present = roll.present("甲", hours.start());
        let asked = present.iter().map(|p| (p.name, p.duty.post.as_str()));
        assert_eq!(asked.collect::<Vec<_>>(), [("张三", "值班员")]);
        assert_eq!(roll.by_unit()["甲"].len(), 2, "a driver is not checked");
        assert_eq!(roll.present("甲", hours.end()), []);
        assert_eq!(roll.present("乙", hours.start()), []);
        assert_eq!(roll.digest(), Digest::of(roll.text().as_bytes()));
    }

    fn rolls() -> impl Strategy<Value = Roll> {
        let duty = (0..3_usize, 0..4_i64, 1..4_i64, 0..4_usize);
        proptest::collection::vec(duty, 0..8).prop_map(|duties| {
            let named = |(unit, from, hours, person): (usize, i64, i64, usize)| Duty {
                unit: ["甲", "乙", "丙"][unit].to_owned(),
                post: "值班员".to_owned(),
                role: Role::DutyOfficer,
                presence: Presence::OnPost,
                span: super::super::lots_tests::span(from, from + hours),
                people: vec![["张三", "李四", "王五", "赵六"][person].to_owned()],
            };
            duties.into_iter().map(named).collect()
        })
    }

    proptest! {
        #[test]
        fn what_changes_one_roll_into_another_does_so((before, after) in (rolls(), rolls())) {
            let (gone, new) = before.changes(&after);
            prop_assert!(gone.iter().all(|duty| !new.contains(duty)), "{:?} {:?}", gone, new);
            prop_assert_eq!(before.changed(&gone, &new), Some(after));
        }

        #[test]
        fn what_was_never_there_cannot_go((before, other) in (rolls(), rolls())) {
            let (_, new) = before.changes(&other);
            // A duty that stands there already may be new once more.
            prop_assume!(new.iter().any(|duty| !before.duties.contains(duty)));
            prop_assert_eq!(before.changed(&new, &[]), None);
        }

        #[test]
        fn the_order_of_a_roster_is_not_in_its_roll(roll in rolls()) {
            let turned: Roll = roll.duties.iter().rev().cloned().collect();
            prop_assert_eq!(turned.text(), roll.text());
        }
    }
}
