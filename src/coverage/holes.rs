use foldhash::{HashMap, HashSet};

use super::headcount::{Turn, above, below};
use super::{Demand, Hole, HoleClass, Need, Surplus};
use crate::roster::{Grouped, Roster, Shift};
use crate::time::{Moment, Period, Span, SpanSet, TimeDelta};

/// The night before the period: up to this long before a post's first handover, its people stand
/// on the day before's roster.
const NIGHT: TimeDelta = TimeDelta::hours(12);

/// An unread shift's hours are a guess: its handover may come this much later.
const GUESS: TimeDelta = TimeDelta::hours(4);

/// Every stretch of the demand's period in which a post has fewer people than it needs: posts in
/// the order of the demand, each post's stretches in order of time.
///
/// People are counted by name within their post, each once however often they are listed.
#[must_use]
pub fn holes(demand: &Demand, roster: &Roster) -> Vec<Hole> {
    let units: HashSet<&str> = roster.posts.iter().map(|p| p.unit.as_str()).collect();
    let manning = Manning::of(demand, roster);
    let mut found = Vec::new();
    for (need, manned) in demand.needs.iter().zip(manning.by_need()) {
        if units.contains(need.unit.as_str()) {
            post_holes(need, demand.period, manned, roster, &mut found);
        } else {
            found.push(hole(need, demand.period, 0, HoleClass::NotSubmitted));
        }
    }
    found
}

/// Every stretch in which a post has more people than it needs, in the order of the demand.
#[must_use]
pub fn surplus(demand: &Demand, roster: &Roster) -> Vec<Surplus> {
    let manning = Manning::of(demand, roster);
    let mut found = Vec::new();
    for (need, manned) in demand.needs.iter().zip(manning.by_need()) {
        let above = above(need.count, manned.turns());
        found.extend(above.into_iter().filter_map(|((start, end), present)| {
            Some(Surplus {
                unit: need.unit.clone(),
                post: need.post.clone(),
                span: Span::new(start, end)?,
                needed: need.count,
                present,
            })
        }));
    }
    found
}

/// What a roster says about each need.
struct Manning<'a> {
    posts: Grouped<u32>,
    shifts: Grouped<&'a Shift>,
}

#[derive(Clone, Copy)]
struct Manned<'m, 'a> {
    /// Indices of the posts of that name.
    posts: &'m [u32],
    /// By their start.
    shifts: &'m [&'a Shift],
}

impl<'a> Manned<'_, 'a> {
    /// Everybody's turns.
    fn turns(&self) -> impl Iterator<Item = Turn<&'a str, Moment>> {
        self.shifts.iter().flat_map(|shift| {
            let hours = (shift.span.start(), shift.span.end());
            let people = shift.people.iter();
            people.map(move |person| (person.name.as_str(), hours))
        })
    }
}

impl<'a> Manning<'a> {
    fn of(demand: &Demand, roster: &'a Roster) -> Self {
        let need_of: HashMap<(&str, &str), u32> = (0..)
            .zip(&demand.needs)
            .map(|(index, need)| ((need.unit.as_str(), need.post.as_str()), index))
            .collect();
        let posts = roster.posts.iter();
        let need_of_post: Vec<Option<u32>> = posts
            .map(|post| {
                need_of
                    .get(&(post.unit.as_str(), post.name.as_str()))
                    .copied()
            })
            .collect();
        let posts = (0..).zip(&need_of_post);
        let posts = posts.filter_map(|(index, need)| Some(((*need)?, index)));
        let shifts = roster.shifts.iter();
        let shifts = shifts.filter_map(|shift| Some((need_of_post[shift.post as usize]?, shift)));
        let mut shifts = Grouped::of(demand.needs.len(), shifts);
        shifts.sort_by_key(|shift| shift.span);
        Self {
            posts: Grouped::of(demand.needs.len(), posts),
            shifts,
        }
    }

    /// In the order of the demand.
    fn by_need(&self) -> impl Iterator<Item = Manned<'_, 'a>> {
        let each = self.posts.iter().zip(self.shifts.iter());
        each.map(|(posts, shifts)| Manned { posts, shifts })
    }
}

fn post_holes(need: &Need, period: Period, manned: Manned, roster: &Roster, found: &mut Vec<Hole>) {
    if need.count == 1 && is_unbroken(period, manned.shifts) {
        return;
    }
    let declared: SpanSet = roster
        .declared
        .iter()
        .filter(|(post, _)| manned.posts.contains(post))
        .flat_map(|(_, spans)| spans.spans().iter().copied())
        .collect();
    let unread = unread_spans(manned, roster);
    let first_start = manned.shifts.iter().map(|s| s.span.start()).min();
    let within = (period.start(), period.end());
    for ((start, end), present) in below(need.count, within, manned.turns()) {
        let Some(span) = Span::new(start, end) else {
            continue;
        };
        let stretch = SpanSet::from(span);
        let free = stretch.intersect(&declared);
        let open = stretch.subtract(&declared);
        let mut pieces: Vec<(Span, HoleClass)> = free
            .spans()
            .iter()
            .map(|span| (*span, HoleClass::Declared))
            .collect();
        for span in open.spans() {
            classify(*span, period, first_start, &unread, &mut pieces);
        }
        pieces.sort_unstable();
        found.extend(
            pieces
                .into_iter()
                .map(|(span, class)| hole(need, span, present, class)),
        );
    }
}

/// What an uncovered stretch is where the roster could be read to the last cell and says of no time
/// that it is no duty. `first_start`: of the post's first shift.
#[must_use]
pub fn class_of(span: Span, period: Period, first_start: Option<Moment>) -> HoleClass {
    let mut pieces = Vec::with_capacity(1);
    classify(span, period, first_start, &[], &mut pieces);
    pieces.first().map_or(HoleClass::Gap, |(_, class)| *class)
}

/// Whether somebody is there all through the period: most posts are, and nobody need be counted.
/// `shifts` come by their start.
fn is_unbroken(period: Period, shifts: &[&Shift]) -> bool {
    let mut until = period.start();
    for shift in shifts {
        if shift.span.start() > until {
            break;
        }
        if !shift.people.is_empty() {
            until = until.max(shift.span.end());
        }
    }
    until >= period.end()
}

fn hole(need: &Need, span: Span, present: u32, class: HoleClass) -> Hole {
    Hole {
        unit: need.unit.clone(),
        post: need.post.clone(),
        role: need.role,
        span,
        class,
        needed: need.count,
        present,
    }
}

/// Where this post may have a shift nobody could read. `None`: at any time.
fn unread_spans(manned: Manned, roster: &Roster) -> Vec<Option<Span>> {
    let mut spans: Vec<Option<Span>> = roster
        .unread
        .iter()
        .filter(|unread| unread.post.is_none_or(|post| manned.posts.contains(&post)))
        .map(|unread| unread.span)
        .collect();
    spans.sort_unstable();
    spans
}

/// Cuts an uncovered stretch at the things that explain it.
fn classify(
    span: Span,
    period: Period,
    first_start: Option<Moment>,
    unread: &[Option<Span>],
    pieces: &mut Vec<(Span, HoleClass)>,
) {
    let is_first_night = |s: Span| s.start() == period.start() && s.length() <= NIGHT;
    let ends_at_handover = first_start.is_some_and(|f| span.end() <= f && f < period.end());
    if is_first_night(span) && ends_at_handover {
        pieces.push((span, HoleClass::Boundary));
        return;
    }
    if unread.contains(&None) {
        pieces.push((span, HoleClass::CannotRead));
        return;
    }
    let mut from = span.start();
    for unread in unread.iter().flatten() {
        let Some(beside) = Span::new(from, span.end()).and_then(|rest| rest.meet(unread)) else {
            continue;
        };
        if let Some(before) = Span::new(from, beside.start()) {
            let is_boundary =
                is_first_night(before) && first_start.is_none_or(|f| before.end() <= f);
            let class = if is_boundary {
                HoleClass::Boundary
            } else {
                HoleClass::Gap
            };
            pieces.push((before, class));
        }
        let end = if span.end() - beside.end() <= GUESS {
            span.end()
        } else {
            beside.end()
        };
        match pieces.last_mut() {
            Some((last, HoleClass::CannotRead)) if last.end() == beside.start() => {
                *last = Span::new(last.start(), end).unwrap_or(beside);
            }
            _ => pieces.extend(Span::new(beside.start(), end).map(|s| (s, HoleClass::CannotRead))),
        }
        from = end;
    }
    pieces.extend(Span::new(from, span.end()).map(|rest| (rest, HoleClass::Gap)));
}

#[cfg(test)]
#[path = "holes_tests.rs"]
mod tests;
