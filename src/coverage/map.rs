//! What a coverage map shows of a roster: every gap that lies ahead, unit by unit, and what stands
//! beside it. Knows no picture and no sentence.

use foldhash::{HashMap, HashSet};
use serde::{Deserialize, Serialize};

use super::{Demand, Hole, HoleClass};
use crate::roster::{Grouped, Role, Roster, Shift};
use crate::time::{Moment, Period, Span, TimeDelta};

/// Units and what of their duty is uncovered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageMap {
    pub period: Period,
    /// When it is looked at.
    pub now: Option<Moment>,
    /// What is to be seen: officers' gaps first, then leaders', then what could not be read; each
    /// in order of time.
    pub marks: Vec<Mark>,
    /// The units of the marks, the one with the first mark first.
    pub rows: Vec<UnitRow>,
    pub units: u32,
    /// Units without a mark, and how many of them have a leaders' post.
    pub fine: u32,
    pub fine_led: u32,
    pub not_submitted: Vec<String>,
}

/// Something uncovered of a unit; the same hours on several days are one mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub unit: String,
    /// All that are short in just these hours.
    pub posts: Vec<String>,
    pub role: Role,
    pub sight: Sight,
    /// In order of time; at least one, all of one length.
    pub spans: Vec<Span>,
    pub needed: u32,
    pub present: u32,
    /// Who leaves where the first of them begins, and who comes where it ends.
    pub before: Option<Neighbour>,
    pub after: Option<Neighbour>,
    pub manning: Manning,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    Gap,
    /// Beside something that could not be read: nobody can tell.
    Unread,
}

/// Whether a post has anybody at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manning {
    Never,
    AtTimes,
}

/// A shift beside a gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    pub span: Span,
    pub names: Vec<String>,
}

/// A unit as it is drawn: which lanes it has, and where they are empty by right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRow {
    pub unit: String,
    pub lanes: Vec<Lane>,
    /// No duty by the roster's own word, or the day before's.
    pub free: Vec<(Lane, Span)>,
    /// Gaps nobody can do anything about any more.
    pub past: Vec<(Lane, Span)>,
}

/// Who is to be there: a unit has one line for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    Officers,
    Leaders,
}

impl Lane {
    #[must_use]
    pub fn of(role: Role) -> Self {
        match role {
            Role::DutyLeader | Role::ChiefLeader | Role::Principal => Lane::Leaders,
            Role::DutyOfficer | Role::Standby | Role::Other => Lane::Officers,
        }
    }
}

impl Mark {
    #[must_use]
    pub fn lane(&self) -> Lane {
        Lane::of(self.role)
    }

    /// Of all its stretches together.
    #[must_use]
    pub fn length(&self) -> TimeDelta {
        self.spans.iter().map(Span::length).sum()
    }

    fn rank(&self) -> (Sight, Lane, Option<&Span>, &str) {
        let lane = if self.sight == Sight::Gap {
            self.lane()
        } else {
            Lane::Officers
        };
        (self.sight, lane, self.spans.first(), &self.unit)
    }
}

/// So many marks one picture holds: more would make it no portrait any more.
const MARKS_A_PAGE: usize = 6;

impl CoverageMap {
    /// How many pictures its marks need; one where there are none.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.marks.len().div_ceil(MARKS_A_PAGE).max(1)
    }

    /// The marks of a page, from 1, each with its number.
    pub fn on_page(&self, page: usize) -> impl Iterator<Item = (u32, &Mark)> {
        let before = page.saturating_sub(1).saturating_mul(MARKS_A_PAGE);
        (1..).zip(&self.marks).skip(before).take(MARKS_A_PAGE)
    }

    /// The gaps of one lane, each with its number as the map counts marks, from 1.
    pub fn gaps(&self, lane: Lane) -> impl Iterator<Item = (u32, &Mark)> {
        (1..)
            .zip(&self.marks)
            .filter(move |(_, mark)| mark.sight == Sight::Gap && mark.lane() == lane)
    }

    pub fn unread(&self) -> impl Iterator<Item = (u32, &Mark)> {
        (1..)
            .zip(&self.marks)
            .filter(|(_, mark)| mark.sight == Sight::Unread)
    }
}

/// The map of a roster as it looks at `now`: what is over by then is no mark any more, unless the
/// whole period is over or has not begun. `found`: the demand's holes.
#[must_use]
pub fn coverage_map(
    roster: &Roster,
    demand: &Demand,
    found: &[Hole],
    now: Option<Moment>,
) -> CoverageMap {
    let period = demand.period;
    let is_ahead = |span: &Span| now.is_none_or(|now| !period.contains(now) || span.end() > now);
    let is_seen = |hole: &&Hole| sight_of(hole.class).is_some() && is_ahead(&hole.span);
    let seen = found.iter().filter(is_seen);
    let marks = marks(seen, period, &Shifts::of(roster));

    let mut rows: Vec<UnitRow> = Vec::new();
    let mut row_of: HashMap<&str, usize> = HashMap::default();
    for mark in &marks {
        row_of.entry(&mark.unit).or_insert_with(|| {
            rows.push(UnitRow {
                unit: mark.unit.clone(),
                lanes: lanes_of(&mark.unit, demand),
                free: Vec::new(),
                past: Vec::new(),
            });
            rows.len() - 1
        });
    }
    for hole in found {
        let Some(row) = row_of.get(hole.unit.as_str()) else {
            continue;
        };
        let part = (Lane::of(hole.role), hole.span);
        match hole.class {
            HoleClass::Boundary | HoleClass::Declared => rows[*row].free.push(part),
            HoleClass::Gap if !is_ahead(&hole.span) => rows[*row].past.push(part),
            HoleClass::Gap | HoleClass::CannotRead | HoleClass::NotSubmitted => {}
        }
    }
    let units = roster.units();
    let fine: HashSet<&str> = units
        .iter()
        .copied()
        .filter(|unit| !row_of.contains_key(unit))
        .collect();
    let led: HashSet<&str> = demand
        .needs
        .iter()
        .filter(|need| Lane::of(need.role) == Lane::Leaders && fine.contains(need.unit.as_str()))
        .map(|need| need.unit.as_str())
        .collect();
    let silent = found.iter().filter(|h| h.class == HoleClass::NotSubmitted);
    let mut not_submitted: Vec<String> = silent.map(|hole| hole.unit.clone()).collect();
    not_submitted.dedup();
    CoverageMap {
        period,
        now,
        rows,
        units: number(units.len()),
        fine: number(fine.len()),
        fine_led: number(led.len()),
        not_submitted,
        marks,
    }
}

fn sight_of(class: HoleClass) -> Option<Sight> {
    match class {
        HoleClass::Gap => Some(Sight::Gap),
        HoleClass::CannotRead => Some(Sight::Unread),
        HoleClass::Boundary | HoleClass::NotSubmitted | HoleClass::Declared => None,
    }
}

fn lanes_of(unit: &str, demand: &Demand) -> Vec<Lane> {
    let of_unit = demand.needs.iter().filter(|need| need.unit == unit);
    let mut lanes: Vec<Lane> = of_unit.map(|need| Lane::of(need.role)).collect();
    lanes.sort_unstable();
    lanes.dedup();
    lanes
}

/// What holes share that are one mark: unit, post, class, headcount, time of day and length.
type SameHours<'a> = (&'a str, &'a str, Sight, (u32, u32), TimeDelta, TimeDelta);

fn marks<'a>(holes: impl Iterator<Item = &'a Hole>, period: Period, shifts: &Shifts) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut mark_of: HashMap<SameHours, usize> = HashMap::default();
    for hole in holes {
        let Some(sight) = sight_of(hole.class) else {
            continue;
        };
        let into_the_period = (hole.span.start() - period.start()).num_seconds();
        let same_hours = (
            hole.unit.as_str(),
            hole.post.as_str(),
            sight,
            (hole.needed, hole.present),
            TimeDelta::seconds(into_the_period.rem_euclid(24 * 3600)),
            hole.span.length(),
        );
        if let Some(mark) = mark_of.get(&same_hours) {
            marks[*mark].spans.push(hole.span);
            continue;
        }
        mark_of.insert(same_hours, marks.len());
        let (before, after) = shifts.beside(hole);
        marks.push(Mark {
            unit: hole.unit.clone(),
            posts: vec![hole.post.clone()],
            role: hole.role,
            sight,
            spans: vec![hole.span],
            needed: hole.needed,
            present: hole.present,
            before,
            after,
            manning: shifts.manning(hole),
        });
    }
    marks.sort_by(|a, b| a.rank().cmp(&b.rank()));
    // Posts of one kind that are short in just the same hours.
    marks.dedup_by(|next, kept| {
        let is_same = next.unit == kept.unit
            && (next.sight, next.lane()) == (kept.sight, kept.lane())
            && next.spans == kept.spans
            && (next.needed, next.present) == (kept.needed, kept.present);
        if is_same {
            kept.posts.append(&mut next.posts);
        }
        is_same
    });
    marks
}

/// Every post's shifts, by unit and name.
struct Shifts<'a> {
    posts: HashMap<(&'a str, &'a str), Vec<usize>>,
    by_post: Grouped<&'a Shift>,
}

impl<'a> Shifts<'a> {
    fn of(roster: &'a Roster) -> Self {
        let mut posts: HashMap<(&str, &str), Vec<usize>> = HashMap::default();
        for (index, post) in roster.posts.iter().enumerate() {
            let key = (post.unit.as_str(), post.name.as_str());
            posts.entry(key).or_default().push(index);
        }
        Self {
            posts,
            by_post: roster.by_post(),
        }
    }

    fn at<'s>(&'s self, hole: &'s Hole) -> impl Iterator<Item = &'s Shift> {
        let posts = self.posts.get(&(hole.unit.as_str(), hole.post.as_str()));
        let posts = posts.into_iter().flatten();
        posts
            .flat_map(|post| self.by_post.get(*post).iter().copied())
            .filter(|shift| !shift.people.is_empty())
    }

    fn beside(&self, hole: &Hole) -> (Option<Neighbour>, Option<Neighbour>) {
        let before = self.at(hole).find(|s| s.span.end() == hole.span.start());
        let after = self.at(hole).find(|s| s.span.start() == hole.span.end());
        (before.map(Neighbour::of), after.map(Neighbour::of))
    }

    fn manning(&self, hole: &Hole) -> Manning {
        if self.at(hole).next().is_some() {
            Manning::AtTimes
        } else {
            Manning::Never
        }
    }
}

impl Neighbour {
    fn of(shift: &Shift) -> Self {
        Self {
            span: shift.span,
            names: shift.people.iter().map(|p| p.name.clone()).collect(),
        }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[path = "map_tests.rs"]
mod tests;
