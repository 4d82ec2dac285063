use foldhash::HashMap;

use crate::roster::{Person, Phone, Post, Roster, Shift};

/// The roster turned round: by post, and by person.
pub(super) struct Ledger<'a> {
    roster: &'a Roster,
    /// Per post, its shifts by their start.
    by_post: Vec<Vec<&'a Shift>>,
    posts_named: HashMap<(&'a str, &'a str), Vec<usize>>,
    pub(super) people: Vec<Someone<'a>>,
}

/// One person, as far as a roster can tell: the same name in the same unit, or the same name
/// with the same number anywhere.
pub(super) struct Someone<'a> {
    pub(super) name: &'a str,
    /// By their start, then by their place in the file.
    pub(super) duties: Vec<Duty<'a>>,
}

/// One person's part in a shift.
#[derive(Clone, Copy)]
pub(super) struct Duty<'a> {
    pub(super) shift: &'a Shift,
    pub(super) post: &'a Post,
    pub(super) phone: Option<&'a Phone>,
    /// Index into [`Ledger::people`].
    pub(super) person: usize,
}

impl<'a> Ledger<'a> {
    pub(super) fn of(roster: &'a Roster) -> Self {
        let mut by_post: Vec<Vec<&Shift>> = roster.posts.iter().map(|_| Vec::new()).collect();
        for shift in &roster.shifts {
            by_post[shift.post as usize].push(shift);
        }
        for shifts in &mut by_post {
            shifts.sort_by_key(|shift| shift.span);
        }
        let mut posts_named: HashMap<(&str, &str), Vec<usize>> = HashMap::default();
        for (index, post) in roster.posts.iter().enumerate() {
            let key = (post.unit.as_str(), post.name.as_str());
            posts_named.entry(key).or_default().push(index);
        }
        Self {
            roster,
            by_post,
            posts_named,
            people: people(roster),
        }
    }

    /// Every post with its shifts, by their start.
    pub(super) fn posts(&self) -> impl Iterator<Item = (&'a Post, &[&'a Shift])> {
        self.roster
            .posts
            .iter()
            .zip(self.by_post.iter().map(Vec::as_slice))
    }

    /// The shifts of a unit's post.
    pub(super) fn shifts_at<'l>(
        &'l self,
        unit: &'l str,
        post: &'l str,
    ) -> impl Iterator<Item = &'a Shift> + use<'a, 'l> {
        let posts = self.posts_named.get(&(unit, post)).into_iter().flatten();
        posts.flat_map(|index| self.by_post[*index].iter().copied())
    }
}

fn people(roster: &Roster) -> Vec<Someone<'_>> {
    let mut units: HashMap<&str, u32> = HashMap::default();
    let unit_of_post: Vec<u32> = roster
        .posts
        .iter()
        .map(|post| {
            let next = u32::try_from(units.len()).unwrap_or(u32::MAX);
            *units.entry(post.unit.as_str()).or_insert(next)
        })
        .collect();
    let mut same = Same::default();
    let mut in_unit: HashMap<(&str, u32), usize> = HashMap::default();
    let mut with_phone: HashMap<(&str, &Phone), usize> = HashMap::default();
    let mut ids: Vec<usize> = Vec::with_capacity(roster.shifts.len());
    for (shift, person) in everybody(roster) {
        let (name, unit) = (person.name.as_str(), unit_of_post[shift.post as usize]);
        let id = *in_unit
            .entry((name, unit))
            .or_insert_with(|| same.newcomer());
        if let Some(phone) = &person.phone {
            let other = *with_phone.entry((name, phone)).or_insert(id);
            same.join(id, other);
        }
        ids.push(id);
    }
    let mut duties_of = vec![0; same.leader.len()];
    for id in &mut ids {
        *id = same.leader_of(*id);
        duties_of[*id] += 1;
    }
    let mut someone_of: Vec<Option<usize>> = vec![None; same.leader.len()];
    let mut people: Vec<Someone> = Vec::new();
    for (leader, (shift, person)) in ids.into_iter().zip(everybody(roster)) {
        let index = *someone_of[leader].get_or_insert_with(|| {
            people.push(Someone {
                name: &person.name,
                duties: Vec::with_capacity(duties_of[leader]),
            });
            people.len() - 1
        });
        people[index].duties.push(Duty {
            shift,
            post: roster.post(shift),
            phone: person.phone.as_ref(),
            person: index,
        });
    }
    for someone in &mut people {
        someone
            .duties
            .sort_by_key(|duty| (duty.shift.span, duty.shift.source));
    }
    people
}

/// Everybody's part in every shift, in the order of the file.
fn everybody(roster: &Roster) -> impl Iterator<Item = (&Shift, &Person)> {
    let shifts = roster.shifts.iter();
    shifts.flat_map(|shift| shift.people.iter().map(move |person| (shift, person)))
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
        Ledger::of(&roster)
            .people
            .iter()
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
