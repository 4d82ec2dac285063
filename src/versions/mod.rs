//! What differs between two versions of a roster: whose shift went to whom, whose hours moved,
//! who is new and who is gone, and which gaps opened or closed.
//!
//! A shift of several people is as many seats, each with one name in it, so that two rows of one
//! name and one row of two names say the same. It knows no chat, no file and no rule.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::coverage::{Hole, HoleClass};
use crate::duty::{Member, members};
use crate::roster::{Phone, Post, Roster};
use crate::time::{Span, SpanSet, TimeDelta};

/// One name at one post for one stretch.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Seat {
    pub post: Post,
    pub span: Span,
    pub name: String,
}

/// What one seat was and is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amendment {
    /// The same post and hours, somebody else.
    OtherPerson {
        post: Post,
        span: Span,
        before: String,
        after: String,
    },
    /// The same person at the same post, about the same time.
    OtherHours {
        post: Post,
        name: String,
        before: Span,
        after: Span,
    },
    Added(Seat),
    Removed(Seat),
}

/// Somebody whose telephone number is another one now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renumbered {
    pub unit: String,
    pub name: String,
    pub before: Option<Phone>,
    pub after: Option<Phone>,
}

/// What differs between two rosters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// By unit and post, then by time.
    pub amendments: Vec<Amendment>,
    /// In the order of the newer roster.
    pub newcomers: Vec<Member>,
    /// In the order of the older one.
    pub gone: Vec<Member>,
    pub renumbered: Vec<Renumbered>,
}

/// Hours moved by less than this are the same shift's; beyond, it is another shift.
const SAME_SHIFT: TimeDelta = TimeDelta::hours(12);

impl Difference {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The seats of the newer roster, where `seats` are those of the older one.
    #[must_use]
    pub fn applied(&self, seats: &BTreeSet<Seat>) -> BTreeSet<Seat> {
        let sides = || self.amendments.iter().map(Amendment::sides);
        let gone: BTreeSet<Seat> = sides().filter_map(|(before, _)| before).collect();
        let come = sides().filter_map(|(_, after)| after);
        seats.difference(&gone).cloned().chain(come).collect()
    }
}

impl Amendment {
    #[must_use]
    pub fn post(&self) -> &Post {
        match self {
            Self::OtherPerson { post, .. } | Self::OtherHours { post, .. } => post,
            Self::Added(seat) | Self::Removed(seat) => &seat.post,
        }
    }

    /// When it begins: where it was, or else where it is.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::OtherPerson { span, .. } => *span,
            Self::OtherHours { before, .. } => *before,
            Self::Added(seat) | Self::Removed(seat) => seat.span,
        }
    }

    /// The seat before and after; none where there was none.
    fn sides(&self) -> (Option<Seat>, Option<Seat>) {
        let seat = |post: &Post, span: &Span, name: &String| Seat {
            post: post.clone(),
            span: *span,
            name: name.clone(),
        };
        match self {
            Self::OtherPerson {
                post,
                span,
                before,
                after,
            } => (
                Some(seat(post, span, before)),
                Some(seat(post, span, after)),
            ),
            Self::OtherHours {
                post,
                name,
                before,
                after,
            } => (
                Some(seat(post, before, name)),
                Some(seat(post, after, name)),
            ),
            Self::Added(seat) => (None, Some(seat.clone())),
            Self::Removed(seat) => (Some(seat.clone()), None),
        }
    }
}

/// Every seat a roster has.
#[must_use]
pub fn seats(roster: &Roster) -> BTreeSet<Seat> {
    taken(roster).into_iter().map(Taken::owned).collect()
}

/// What makes `before` into `after`; empty where they say the same.
#[must_use]
pub fn difference(before: &Roster, after: &Roster) -> Difference {
    let (was, is) = (taken(before), taken(after));
    let mut gone: Vec<Taken<'_>> = was.difference(&is).copied().collect();
    let mut come: Vec<Taken<'_>> = is.difference(&was).copied().collect();
    let mut amendments = other_people(&mut gone, &mut come);
    amendments.extend(other_hours(&mut gone, &mut come));
    amendments.extend(gone.into_iter().map(|t| Amendment::Removed(t.owned())));
    amendments.extend(come.into_iter().map(|t| Amendment::Added(t.owned())));
    let rank = units_in_order(before, after);
    amendments.sort_by_cached_key(|amendment| {
        let post = amendment.post();
        (
            rank.get(post.unit.as_str()).copied(),
            post.clone(),
            amendment.span(),
        )
    });
    let (newcomers, left, renumbered) = people(&members(before), &members(after));
    Difference {
        amendments,
        newcomers,
        gone: left,
        renumbered,
    }
}

/// The gaps of `holes`, as far as they are none of `others`.
#[must_use]
pub fn gaps_beyond(holes: &[Hole], others: &[Hole]) -> Vec<Hole> {
    let is_gap = |hole: &&Hole| hole.class == HoleClass::Gap;
    let mut known: BTreeMap<(&str, &str), Vec<Span>> = BTreeMap::new();
    for hole in others.iter().filter(is_gap) {
        let at = (hole.unit.as_str(), hole.post.as_str());
        known.entry(at).or_default().push(hole.span);
    }
    let known: BTreeMap<(&str, &str), SpanSet> = known
        .into_iter()
        .map(|(at, spans)| (at, spans.into_iter().collect()))
        .collect();
    let none = SpanSet::default();
    let beyond = |hole: &Hole| {
        let at = (hole.unit.as_str(), hole.post.as_str());
        SpanSet::from(hole.span).subtract(known.get(&at).unwrap_or(&none))
    };
    let gaps = holes.iter().filter(is_gap);
    gaps.flat_map(|hole| {
        let rest = beyond(hole);
        let spans = rest.spans().to_vec();
        spans.into_iter().map(|span| Hole {
            span,
            ..hole.clone()
        })
    })
    .collect()
}

/// A [`Seat`] in its roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Taken<'a> {
    post: &'a Post,
    span: Span,
    name: &'a str,
}

impl Taken<'_> {
    fn owned(self) -> Seat {
        Seat {
            post: self.post.clone(),
            span: self.span,
            name: self.name.to_owned(),
        }
    }
}

fn taken(roster: &Roster) -> BTreeSet<Taken<'_>> {
    let shifts = roster.shifts.iter();
    shifts
        .flat_map(|shift| {
            shift.people.iter().map(|person| Taken {
                post: roster.post(shift),
                span: shift.span,
                name: &person.name,
            })
        })
        .collect()
}

/// Seats of one post and stretch that changed hands; they are taken out of both.
fn other_people<'a>(gone: &mut Vec<Taken<'a>>, come: &mut Vec<Taken<'a>>) -> Vec<Amendment> {
    let pairs = pairs(gone, come, |t| (t.post, t.span), |_, _| true);
    let amendment = |(before, after): (Taken<'_>, Taken<'_>)| Amendment::OtherPerson {
        post: before.post.clone(),
        span: before.span,
        before: before.name.to_owned(),
        after: after.name.to_owned(),
    };
    pairs.into_iter().map(amendment).collect()
}

/// Seats of one person at one post whose hours moved; they are taken out of both.
fn other_hours<'a>(gone: &mut Vec<Taken<'a>>, come: &mut Vec<Taken<'a>>) -> Vec<Amendment> {
    let is_same_shift = |a: &Taken<'_>, b: &Taken<'_>| {
        let moved = a.span.start() - b.span.start();
        moved.abs() < SAME_SHIFT
    };
    let pairs = pairs(gone, come, |t| (t.post, t.name), is_same_shift);
    let amendment = |(before, after): (Taken<'_>, Taken<'_>)| Amendment::OtherHours {
        post: before.post.clone(),
        name: before.name.to_owned(),
        before: before.span,
        after: after.span,
    };
    pairs.into_iter().map(amendment).collect()
}

/// Seats gone and come that belong together: of the same key, the first that fits in order of
/// time. They are taken out of both.
fn pairs<'a, K: Ord>(
    gone: &mut Vec<Taken<'a>>,
    come: &mut Vec<Taken<'a>>,
    key: impl Fn(&Taken<'a>) -> K,
    fits: impl Fn(&Taken<'a>, &Taken<'a>) -> bool,
) -> Vec<(Taken<'a>, Taken<'a>)> {
    let mut open: BTreeMap<K, VecDeque<Taken<'a>>> = BTreeMap::new();
    for seat in come.drain(..) {
        open.entry(key(&seat)).or_default().push_back(seat);
    }
    let mut found = Vec::new();
    gone.retain(|before| {
        let of_key = open.get_mut(&key(before));
        let fitting = of_key.and_then(|seats| {
            let at = seats.iter().position(|after| fits(before, after))?;
            seats.remove(at)
        });
        found.extend(fitting.map(|after| (*before, after)));
        fitting.is_none()
    });
    come.extend(open.into_values().flatten());
    found
}

fn units_in_order<'a>(before: &'a Roster, after: &'a Roster) -> BTreeMap<&'a str, usize> {
    let mut rank = BTreeMap::new();
    for unit in after.units().into_iter().chain(before.units()) {
        let next = rank.len();
        rank.entry(unit).or_insert(next);
    }
    rank
}

/// Who is new, who is gone, and whose number is another one.
fn people(before: &[Member], after: &[Member]) -> (Vec<Member>, Vec<Member>, Vec<Renumbered>) {
    let by_name = |people: &'_ [Member]| -> BTreeMap<(String, String), Option<Phone>> {
        let named = people.iter().map(|m| {
            let name = (m.unit.clone(), m.name.clone());
            (name, m.phone.clone())
        });
        named.collect()
    };
    let (was, is) = (by_name(before), by_name(after));
    let lacks = |side: &BTreeMap<(String, String), Option<Phone>>, m: &&Member| {
        !side.contains_key(&(m.unit.clone(), m.name.clone()))
    };
    let newcomers = after.iter().filter(|m| lacks(&was, m)).cloned();
    let gone = before.iter().filter(|m| lacks(&is, m)).cloned();
    let renumbered = after.iter().filter_map(|m| {
        let number = was.get(&(m.unit.clone(), m.name.clone()))?;
        (*number != m.phone).then(|| Renumbered {
            unit: m.unit.clone(),
            name: m.name.clone(),
            before: number.clone(),
            after: m.phone.clone(),
        })
    });
    (newcomers.collect(), gone.collect(), renumbered.collect())
}

#[cfg(test)]
mod tests;
