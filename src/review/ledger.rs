use foldhash::HashMap;

use super::people::People;
pub(super) use super::people::{Duty, Someone};
use crate::roster::{Grouped, Post, Roster, Shift};

/// The roster turned round: by post, and by person.
pub(super) struct Ledger<'a> {
    roster: &'a Roster,
    by_post: Grouped<&'a Shift>,
    posts_named: HashMap<(&'a str, &'a str), Vec<usize>>,
    people: People<'a>,
}

impl<'a> Ledger<'a> {
    pub(super) fn of(roster: &'a Roster) -> Self {
        let mut posts_named: HashMap<(&str, &str), Vec<usize>> = HashMap::default();
        for (index, post) in roster.posts.iter().enumerate() {
            let key = (post.unit.as_str(), post.name.as_str());
            posts_named.entry(key).or_default().push(index);
        }
        Self {
            roster,
            by_post: roster.by_post(),
            posts_named,
            people: People::of(roster),
        }
    }

    /// Every post with its shifts, by their start.
    pub(super) fn posts(&self) -> impl Iterator<Item = (&'a Post, &[&'a Shift])> {
        self.roster.posts.iter().zip(self.by_post.iter())
    }

    /// The shifts of a unit's post.
    pub(super) fn shifts_at<'l>(
        &'l self,
        unit: &'l str,
        post: &'l str,
    ) -> impl Iterator<Item = &'a Shift> + use<'a, 'l> {
        let posts = self.posts_named.get(&(unit, post)).into_iter().flatten();
        posts.flat_map(|index| self.by_post.get(*index).iter().copied())
    }

    /// Everybody, in order of appearance.
    pub(super) fn people(&self) -> impl Iterator<Item = Someone<'_, 'a>> {
        self.people.everybody()
    }

    /// See [`People::newcomers`].
    pub(super) fn newcomers(&self) -> impl Iterator<Item = &'a Shift> {
        self.people.newcomers()
    }
}
