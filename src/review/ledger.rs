use std::cell::OnceCell;

use foldhash::HashMap;

use super::Facts;
use super::boundary_uncovered::nights;
use super::overview::Overview;
use super::people::People;
pub(super) use super::people::{Duty, Someone};
use crate::coverage::{self, Surplus};
use crate::roster::{Grouped, Post, Roster, Shift};

/// The roster turned round: by post, by person, and as a whole; each when a rule first asks.
pub(super) struct Ledger<'a> {
    roster: &'a Roster,
    by_post: OnceCell<Grouped<&'a Shift>>,
    posts_named: OnceCell<HashMap<(&'a str, &'a str), Vec<usize>>>,
    people: OnceCell<People<'a>>,
    overview: OnceCell<Overview<'a>>,
    surplus: OnceCell<Vec<Surplus>>,
}

impl<'a> Ledger<'a> {
    pub(super) fn of(roster: &'a Roster) -> Self {
        Self {
            roster,
            by_post: OnceCell::new(),
            posts_named: OnceCell::new(),
            people: OnceCell::new(),
            overview: OnceCell::new(),
            surplus: OnceCell::new(),
        }
    }

    /// Of a file that is not here as a roster, but for this.
    pub(super) fn of_overview(nothing: &'a Roster, overview: Overview<'a>) -> Self {
        Self {
            overview: OnceCell::from(overview),
            ..Self::of(nothing)
        }
    }

    fn by_post(&self) -> &Grouped<&'a Shift> {
        self.by_post.get_or_init(|| self.roster.by_post())
    }

    /// Every post with its shifts, by their start.
    pub(super) fn posts(&self) -> impl Iterator<Item = (&'a Post, &[&'a Shift])> {
        self.roster.posts.iter().zip(self.by_post().iter())
    }

    /// The shifts of a unit's post.
    pub(super) fn shifts_at<'l>(
        &'l self,
        unit: &'l str,
        post: &'l str,
    ) -> impl Iterator<Item = &'a Shift> + use<'a, 'l> {
        let named = self.posts_named.get_or_init(|| posts_named(self.roster));
        let posts = named.get(&(unit, post)).into_iter().flatten();
        posts.flat_map(|index| self.by_post().get(*index).iter().copied())
    }

    /// In the order of the demand.
    pub(super) fn surplus(&self, facts: &Facts) -> &[Surplus] {
        let surplus = || coverage::surplus(facts.demand, self.roster);
        self.surplus.get_or_init(surplus)
    }

    fn everybody(&self) -> &People<'a> {
        self.people.get_or_init(|| People::of(self.roster))
    }

    /// Everybody, in order of appearance.
    pub(super) fn people(&self) -> impl Iterator<Item = Someone<'_, 'a>> {
        self.everybody().everybody()
    }

    /// See [`People::newcomers`].
    pub(super) fn newcomers(&self) -> impl Iterator<Item = &'a Shift> {
        self.everybody().newcomers()
    }

    pub(super) fn overview(&self, facts: &Facts) -> &Overview<'a> {
        self.overview.get_or_init(|| {
            let nights = nights(facts.holes, self);
            Overview::of(self.roster, facts.demand.period, nights)
        })
    }
}

fn posts_named(roster: &Roster) -> HashMap<(&str, &str), Vec<usize>> {
    let mut named: HashMap<(&str, &str), Vec<usize>> = HashMap::default();
    for (index, post) in roster.posts.iter().enumerate() {
        let key = (post.unit.as_str(), post.name.as_str());
        named.entry(key).or_default().push(index);
    }
    named
}
