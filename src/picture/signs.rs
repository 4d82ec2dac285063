//! What each thing looks like, and the line that says so.

use super::paper::{
    AMBER, AMBER_INK, Area, GREY, INK, LEAST, LEFT, Paper, RED, WHITE, area, dashed, plain, solid,
};
use super::svg::Fill;
use crate::coverage::{CoverageMap, Lane, Mark, Sight};
use crate::words::picture as words;

/// White round a gap, which keeps it apart from its lane.
pub(super) const HALO: f64 = 5.0;

const LEADERS_GROUND: &str = "#B4C1CF";
const OFFICERS_GROUND: &str = "#D9E1EA";
/// A gap in red stripes, a missing leader in amber, what was not read as an empty frame.
pub(super) fn paint(paper: &mut Paper, block: Area, mark: &Mark) {
    paper.fill(block.grown(HALO), 12.0, WHITE);
    match (mark.sight, mark.lane()) {
        (Sight::Gap, Lane::Officers) => paper.framed(block, 8.0, Fill::Hatch, solid(RED, 4.0)),
        (Sight::Gap, Lane::Leaders) => {
            paper.framed(block, 6.0, Fill::Colour(AMBER), solid(AMBER_INK, 4.0));
        }
        (Sight::Unread, _) => paper.framed(block, 8.0, Fill::Colour(WHITE), dashed(GREY, 4.0)),
    }
}

pub(super) fn colour_of(mark: &Mark) -> &'static str {
    match (mark.sight, mark.lane()) {
        (Sight::Gap, Lane::Officers) => RED,
        (Sight::Gap, Lane::Leaders) => AMBER,
        (Sight::Unread, _) => GREY,
    }
}

/// As [`colour_of`], dark enough for letters.
pub(super) fn ink_of(mark: &Mark) -> &'static str {
    match colour_of(mark) {
        AMBER => AMBER_INK,
        colour => colour,
    }
}

pub(super) fn ground(lane: Lane) -> &'static str {
    match lane {
        Lane::Leaders => LEADERS_GROUND,
        Lane::Officers => OFFICERS_GROUND,
    }
}

/// The signs, one after the other; where they end.
pub(super) fn legend(paper: &mut Paper, y: f64, map: &CoverageMap) -> f64 {
    let legend = words::legend(paper.view);
    let has_leaders = map
        .rows
        .iter()
        .any(|row| row.lanes.contains(&Lane::Leaders));
    let mut x = LEFT;
    let say = |paper: &mut Paper, x: &mut f64, text: &str| {
        paper.text(*x + 52.0, y + 30.0, text, plain(LEAST, GREY));
        *x += 52.0 + paper.width(text, LEAST) + 30.0;
    };
    if has_leaders || map.fine_led > 0 {
        paper.fill(area(x, y + 14.0, 42.0, 14.0), 5.0, LEADERS_GROUND);
        say(paper, &mut x, &legend.leaders);
    }
    paper.fill(area(x, y + 4.0, 42.0, 32.0), 5.0, OFFICERS_GROUND);
    say(paper, &mut x, &legend.officers);
    if map.gaps(Lane::Officers).next().is_some() {
        let block = area(x + 4.0, y + 4.0, 34.0, 32.0);
        paper.framed(block, 6.0, Fill::Hatch, solid(RED, 3.0));
        say(paper, &mut x, &legend.gap);
    }
    if map.unread().next().is_some() {
        let block = area(x + 4.0, y + 4.0, 34.0, 32.0);
        paper.framed(block, 6.0, Fill::Colour(WHITE), dashed(GREY, 3.0));
        say(paper, &mut x, &legend.unread);
    }
    if let (Some(now), false) = (&legend.now, map.rows.is_empty()) {
        let data = format!("M{:.1} {:.1} h28 l-14 18 z", x + 12.0, y + 12.0);
        paper.path(data, Some(INK), None);
        say(paper, &mut x, now);
    }
    y + 46.0
}
