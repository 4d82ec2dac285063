use foldhash::{HashMap, HashSet};

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
        let mut stretches: Vec<(Span, u32)> = Vec::new();
        let duties = manned.shifts.iter().map(|shift| (*shift, shift.span));
        for (span, present) in stretches_of(headcount_changes(duties)) {
            if present > need.count {
                join(&mut stretches, span, present);
            }
        }
        found.extend(stretches.into_iter().map(|(span, present)| Surplus {
            unit: need.unit.clone(),
            post: need.post.clone(),
            span,
            needed: need.count,
            present,
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
    for (span, present) in short_stretches(need.count, period, manned.shifts) {
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

/// Maximal stretches of `period` with the same headcount, where that is below `needed`.
fn short_stretches(needed: u32, period: Period, shifts: &[&Shift]) -> Vec<(Span, u32)> {
    let inside = shifts
        .iter()
        .filter_map(|shift| Some((*shift, shift.span.meet(&period)?)));
    let mut changes = headcount_changes(inside);
    changes.insert(0, (period.start(), 0));
    changes.push((period.end(), 0));
    let mut stretches = Vec::new();
    for (span, present) in stretches_of(changes) {
        if present < needed {
            join(&mut stretches, span, present);
        }
    }
    stretches
}

/// Appends a stretch, as one with the last where they touch and agree.
fn join(stretches: &mut Vec<(Span, u32)>, span: Span, present: u32) {
    match stretches.last_mut() {
        Some((last, count)) if *count == present && last.end() == span.start() => {
            *last = Span::new(last.start(), span.end()).unwrap_or(span);
        }
        _ => stretches.push((span, present)),
    }
}

/// The stretches between changes, with their headcounts.
fn stretches_of(changes: Vec<(Moment, i32)>) -> impl Iterator<Item = (Span, u32)> {
    let mut changes = changes.into_iter().peekable();
    let mut present: u32 = 0;
    std::iter::from_fn(move || {
        loop {
            let (at, change) = changes.next()?;
            present = present.saturating_add_signed(change);
            let (next, _) = changes.peek()?;
            if let Some(span) = Span::new(at, *next) {
                return Some((span, present));
            }
        }
    })
}

/// When somebody comes (+1) or goes (−1), in order of time; who is listed twice at once comes once.
fn headcount_changes<'a>(duties: impl Iterator<Item = (&'a Shift, Span)>) -> Vec<(Moment, i32)> {
    let mut duties: Vec<(&Shift, Span)> = duties.collect();
    duties.sort_by_key(|(_, span)| *span);
    let mut changes = Vec::with_capacity(duties.len() * 2 + 2);
    let mut on_duty: Vec<(&str, Moment)> = Vec::new();
    for (shift, span) in duties {
        on_duty.retain(|(_, end)| {
            let is_on = span.start() < *end;
            if !is_on {
                changes.push((*end, -1));
            }
            is_on
        });
        for person in shift.people.iter() {
            let mut listed = on_duty.iter_mut();
            if let Some((_, end)) = listed.find(|(name, _)| *name == person.name) {
                *end = span.end().max(*end);
            } else {
                changes.push((span.start(), 1));
                on_duty.push((&person.name, span.end()));
            }
        }
    }
    changes.extend(on_duty.into_iter().map(|(_, end)| (end, -1)));
    changes.sort_unstable();
    changes
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
