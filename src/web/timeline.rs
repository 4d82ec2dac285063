//! A day's posts as bars, handover to handover. Positions are attributes of plain SVG, so that
//! nothing on the page is styled in place; whoever cannot see bars hears who is there.

use maud::{Markup, html};

use super::visit::Visit;
use crate::decide::{Bar, DayPosts, UnitDay, leads};
use crate::time::{Moment, Span, TimeDelta};
use crate::words::desk::{Label, label};

/// Units drawn before the rest is folded away; those with a gap are always drawn.
const DRAWN: usize = 6;

const LEADER_TALL: usize = 16;
const OFFICER_TALL: usize = 28;
const GAP_TALL: usize = 36;
const SPACE: usize = 3;

/// Gaps shorter than these have no room for their words; whoever points at one is told.
const ROOM_AT_A_DESK_HOURS: i64 = 6;
const ROOM_ON_A_PHONE_HOURS: i64 = 12;

pub(super) fn timeline(visit: &Visit, posts: &DayPosts) -> Markup {
    let troubled = posts.units.iter().filter(|unit| !unit.is_fine()).count();
    let drawn = troubled.max(DRAWN).min(posts.units.len());
    let (first, rest) = posts.units.split_at(drawn);
    html! {
        svg.hidden width="0" height="0" aria-hidden="true" focusable="false" {
            defs {
                pattern id="hatch" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect.hatch-a width="10" height="10" {}
                    rect.hatch-b width="3" height="10" {}
                }
            }
        }
        div.rows {
            (axis(visit, posts.span))
            @for unit in first { (row(visit, posts.span, unit)) }
        }
        @if !rest.is_empty() {
            details.rest {
                summary { "✓ " (visit.speech().fine_units(rest.len())) }
                div.rows { @for unit in rest { (row(visit, posts.span, unit)) } }
            }
        }
    }
}

fn axis(visit: &Visit, day: Span) -> Markup {
    let speech = visit.speech();
    let now = visit.look.now;
    let hours = [0, 4, 8, 12, 16, 20].map(|h| day.start() + TimeDelta::hours(h));
    html! {
        div.unit aria-hidden="true" {}
        svg.axis width="100%" height="32" aria-hidden="true" focusable="false" {
            @for at in hours {
                text x=(percent(day, at)) y="13" { (speech.clock(at)) }
            }
            @if day.contains(now) {
                text.now x=(percent(day, now)) y="30" text-anchor="middle" { "▼" }
            }
        }
    }
}

fn row(visit: &Visit, day: Span, unit: &UnitDay) -> Markup {
    let lanes = piled(&unit.officers);
    let has_leaders = !unit.leaders.is_empty() || unit.gaps.iter().any(|gap| leads(gap.role));
    let top = if has_leaders {
        LEADER_TALL + SPACE
    } else {
        SPACE
    };
    let tall = top + lanes.len().max(1) * (OFFICER_TALL + SPACE) + SPACE;
    let now = visit.look.now;
    let name = if unit.unit.is_empty() {
        "–"
    } else {
        unit.unit.as_str()
    };
    html! {
        div class=(if unit.is_fine() { "unit" } else { "unit bad" }) { (name) }
        svg.bars width="100%" height=(tall) role="img" aria-label=(spoken(visit, unit)) {
            @for bar in &unit.leaders {
                (drawn(visit, day, bar, "leader", 0, LEADER_TALL))
            }
            @for (index, lane) in lanes.iter().enumerate() {
                @for bar in lane {
                    (drawn(visit, day, bar, "officer", top + index * (OFFICER_TALL + SPACE), OFFICER_TALL))
                }
            }
            @for gap in &unit.gaps {
                @if leads(gap.role) {
                    (uncovered(visit, day, &gap.span, "gap leader", 0, LEADER_TALL))
                } @else {
                    (uncovered(visit, day, &gap.span, "gap", top.saturating_sub(SPACE), GAP_TALL))
                }
            }
            @if day.contains(now) {
                line.now x1=(percent(day, now)) x2=(percent(day, now)) y1="0" y2=(tall) {}
            }
        }
    }
}

fn drawn(visit: &Visit, day: Span, bar: &Bar, kind: &str, y: usize, tall: usize) -> Markup {
    let speech = visit.speech();
    let names = speech.names(&bar.names);
    let who = if kind == "leader" {
        format!("{} {names}", label(Label::Leader, visit.lang))
    } else {
        names
    };
    html! {
        svg class=(kind) x=(percent(day, bar.span.start())) y=(y) width=(share(day, &bar.span)) height=(tall) {
            title { (speech.bar(&bar.names, &bar.span)) }
            rect width="100%" height="100%" rx="4" {}
            text x="8" y=(tall / 2) dominant-baseline="central" { (who) }
        }
    }
}

fn uncovered(visit: &Visit, day: Span, span: &Span, kind: &str, y: usize, tall: usize) -> Markup {
    let said = visit.speech().on_gap(span);
    let hours = span.length().num_hours();
    let is_wide = tall == GAP_TALL && hours >= ROOM_AT_A_DESK_HOURS;
    let is_wide_on_phones = hours >= ROOM_ON_A_PHONE_HOURS;
    html! {
        svg class=(kind) x=(percent(day, span.start())) y=(y) width=(share(day, span)) height=(tall) {
            title { (said) }
            rect.edge width="100%" height="100%" rx="6" {}
            rect.fill x="2" y="2" width="100%" height=(tall - 4) rx="5" {}
            @if is_wide {
                text.halo.long[is_wide_on_phones] x="50%" y=(tall / 2) text-anchor="middle" dominant-baseline="central" { (said) }
            }
        }
    }
}

/// Shifts that overlap lie one under another.
fn piled(bars: &[Bar]) -> Vec<Vec<Bar>> {
    let mut lanes: Vec<Vec<Bar>> = Vec::new();
    for bar in bars {
        let free = lanes.iter_mut().find(|lane| {
            lane.last()
                .is_none_or(|last| last.span.end() <= bar.span.start())
        });
        match free {
            Some(lane) => lane.push(bar.clone()),
            None => lanes.push(vec![bar.clone()]),
        }
    }
    lanes
}

fn spoken(visit: &Visit, unit: &UnitDay) -> String {
    let speech = visit.speech();
    let leaders = unit.leaders.iter().map(|bar| {
        let said = speech.bar(&bar.names, &bar.span);
        format!("{} {said}", label(Label::Leader, visit.lang))
    });
    let officers = unit
        .officers
        .iter()
        .map(|bar| speech.bar(&bar.names, &bar.span));
    let gaps = unit.gaps.iter().map(|gap| speech.on_gap(&gap.span));
    let all: Vec<String> = leaders.chain(officers).chain(gaps).collect();
    format!("{}: {}", unit.unit, all.join("; "))
}

fn percent(day: Span, at: Moment) -> String {
    let millis = (at - day.start()).num_milliseconds();
    of_day(day, millis)
}

fn share(day: Span, span: &Span) -> String {
    of_day(day, span.length().num_milliseconds())
}

/// In hundredths of a per cent: finer than any screen.
fn of_day(day: Span, millis: i64) -> String {
    let whole = day.length().num_milliseconds().max(1);
    let parts = millis.saturating_mul(10_000) / whole;
    format!("{}.{:02}%", parts / 100, parts % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::sample::span;

    #[test]
    fn overlapping_shifts_lie_in_lanes_of_their_own() {
        let bar = |start, end| Bar {
            span: span(start, end),
            names: Vec::new(),
        };
        let bars = [
            bar("10-03T08:00", "10-03T16:00"),
            bar("10-03T12:00", "10-03T20:00"),
            bar("10-03T16:00", "10-04T08:00"),
        ];
        let lanes = piled(&bars);
        assert_eq!(lanes.len(), 2);
        assert_eq!(lanes[0], [bars[0].clone(), bars[2].clone()]);
    }

    #[test]
    fn a_place_on_the_day_is_its_share_of_it() {
        let day = span("10-03T08:00", "10-04T08:00");
        assert_eq!(percent(day, day.start()), "0.00%");
        assert_eq!(share(day, &span("10-03T20:00", "10-04T08:00")), "50.00%");
    }
}
