//! Who is who on a roster, and everybody's duties together.

use foldhash::{HashMap, HashMapExt};

use crate::roster::{Grouped, Person, Phone, Post, Roster, Shift};

/// Everybody on a roster.
pub(super) struct People<'a> {
    names: Vec<&'a str>,
    duties: Grouped<Duty<'a>>,
    newcomers: Vec<&'a Shift>,
}

/// One person, as far as a roster can tell: the same name in the same unit, or the same name
/// with the same number anywhere.
#[derive(Clone, Copy)]
pub(super) struct Someone<'l, 'a> {
    pub(super) name: &'a str,
    /// By their start, then by their place in the file.
    pub(super) duties: &'l [Duty<'a>],
}

/// One person's part in a shift.
#[derive(Clone, Copy)]
pub(super) struct Duty<'a> {
    pub(super) shift: &'a Shift,
    pub(super) post: &'a Post,
    pub(super) phone: Option<&'a Phone>,
    /// Which of [`People::everybody`].
    pub(super) person: u32,
}

impl<'a> People<'a> {
    pub(super) fn of(roster: &'a Roster) -> Self {
        let (mut bearers, newcomers) = Bearers::of(roster);
        let (persons, names) = bearers.told_apart();
        let parts = roster.shifts.iter().zip(&bearers.of_shift);
        let duties = parts.flat_map(|(shift, first)| {
            let persons = persons[*first..].iter();
            persons.zip(shift.people.iter()).map(|(person, named)| {
                let duty = Duty {
                    shift,
                    post: roster.post(shift),
                    phone: named.phone.as_ref(),
                    person: *person,
                };
                (*person, duty)
            })
        });
        let mut duties = Grouped::of(names.len(), duties);
        duties.sort_by_key(|duty| (duty.shift.span, duty.shift.source));
        Self {
            names,
            duties,
            newcomers,
        }
    }

    /// In order of appearance.
    pub(super) fn everybody(&self) -> impl Iterator<Item = Someone<'_, 'a>> {
        let each = self.names.iter().zip(self.duties.iter());
        each.map(|(name, duties)| Someone { name, duties })
    }

    /// Shifts in order of the file, without those whose people their unit has had together before:
    /// whoever is named at all, with whatever number, is named in one of these.
    pub(super) fn newcomers(&self) -> impl Iterator<Item = &'a Shift> {
        self.newcomers.iter().copied()
    }
}

/// Names as their units bear them, of which several may turn out to be one person.
#[derive(Default)]
struct Bearers<'a> {
    names: Vec<&'a str>,
    same: Same,
    /// The bearers of every list of people, one list after the other.
    lists: Vec<usize>,
    /// Per shift, where the bearers of its people begin in `lists`.
    of_shift: Vec<usize>,
}

impl<'a> Bearers<'a> {
    /// The roster's bearers, and the shifts that brought a list of people not met before.
    fn of(roster: &'a Roster) -> (Self, Vec<&'a Shift>) {
        let unit_of_post = unit_of_post(roster);
        let unit_of = |shift: &Shift| unit_of_post[shift.post as usize];
        let mut newcomers: Vec<&Shift> = Vec::new();
        let mut named = 0;
        // A reader keeps the same people once, so that where they lie tells whether they are.
        let mut met: HashMap<(*const Person, u32), usize> = HashMap::default();
        let met_at = |shift: &'a Shift| {
            let list = (shift.people.as_ptr(), unit_of(shift));
            *met.entry(list).or_insert_with(|| {
                newcomers.push(shift);
                named += shift.people.len();
                named - shift.people.len()
            })
        };
        let of_shift = roster.shifts.iter().map(met_at).collect();
        let mut found = Self {
            of_shift,
            ..Self::default()
        };
        let mut in_unit: HashMap<(&str, u32), usize> = HashMap::with_capacity(named);
        let mut with_phone: HashMap<(&str, &Phone), usize> = HashMap::with_capacity(named);
        for shift in &newcomers {
            for person in shift.people.iter() {
                let name = person.name.as_str();
                let bearer = *in_unit.entry((name, unit_of(shift))).or_insert_with(|| {
                    found.names.push(name);
                    found.same.newcomer()
                });
                if let Some(phone) = &person.phone {
                    let other = *with_phone.entry((name, phone)).or_insert(bearer);
                    found.same.join(bearer, other);
                }
                found.lists.push(bearer);
            }
        }
        (found, newcomers)
    }

    /// Who each bearer in `lists` is, and everybody's name: numbers in order of appearance.
    fn told_apart(&mut self) -> (Vec<u32>, Vec<&'a str>) {
        let mut names: Vec<&str> = Vec::new();
        let mut person_of: Vec<Option<u32>> = vec![None; self.names.len()];
        let persons = self.lists.iter().map(|bearer| {
            let first = self.same.leader_of(*bearer);
            *person_of[first].get_or_insert_with(|| {
                names.push(self.names[first]);
                u32::try_from(names.len() - 1).unwrap_or(u32::MAX)
            })
        });
        (persons.collect(), names)
    }
}

/// A number per post, the same where the unit is the same.
fn unit_of_post(roster: &Roster) -> Vec<u32> {
    let mut units: HashMap<&str, u32> = HashMap::default();
    let posts = roster.posts.iter();
    posts
        .map(|post| {
            let next = u32::try_from(units.len()).unwrap_or(u32::MAX);
            *units.entry(post.unit.as_str()).or_insert(next)
        })
        .collect()
}

/// Who turns out to be the same: disjoint sets.
#[derive(Default)]
struct Same {
    leader: Vec<usize>,
}

impl Same {
    fn newcomer(&mut self) -> usize {
        self.leader.push(self.leader.len());
        self.leader.len() - 1
    }

    fn leader_of(&mut self, id: usize) -> usize {
        let mut at = id;
        while self.leader[at] != at {
            self.leader[at] = self.leader[self.leader[at]];
            at = self.leader[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.leader_of(one), self.leader_of(other));
        self.leader[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::sample;

    fn duties_per_person(lines: &str) -> Vec<(String, usize)> {
        let roster = sample::roster(lines);
        People::of(&roster)
            .everybody()
            .map(|someone| (someone.name.to_owned(), someone.duties.len()))
            .collect()
    }

    #[test]
    fn a_name_is_one_person_in_its_unit_and_somebody_else_elsewhere() {
        let people = duties_per_person(
            "石桥镇 值班员 10-01T08:00 10-02T08:00 甲
             石桥镇 值班员 10-02T08:00 10-03T08:00 甲
             柳河镇 值班员 10-01T08:00 10-02T08:00 甲",
        );
        assert_eq!(people, [("甲".to_owned(), 2), ("甲".to_owned(), 1)]);
    }

    #[test]
    fn a_number_makes_the_same_name_one_person_across_units() {
        let people = duties_per_person(
            "石桥镇 值班员 10-01T08:00 10-02T08:00 甲:13800000001
             柳河镇 值班员 10-02T08:00 10-03T08:00 甲
             柳河镇 值班员 10-03T08:00 10-04T08:00 甲:13800000001",
        );
        assert_eq!(people, [("甲".to_owned(), 3)]);
    }
}
