//! The list under the timeline: each mark's number, unit, what is missing, when, and why.

use super::paper::{GREY, INK, LEAST, Paper, RIGHT, bold, plain};
use super::signs::{colour_of, ink_of};
use crate::coverage::Mark;
use crate::words::picture as words;

/// Where the texts begin, right of the number.
const TEXT: f64 = 110.0;
const ROOM: f64 = RIGHT - TEXT;
const UNIT: f64 = 38.0;
const WHAT: f64 = 32.0;
const TIMES: f64 = 35.0;

/// How an entry's lines are set.
enum Setting {
    /// Unit, what and when in one line.
    Wide,
    /// When in a line of its own.
    Narrow,
}

/// How tall the entry of `mark` is.
fn height(paper: &Paper, mark: &Mark) -> f64 {
    let lines = match setting(paper, mark) {
        Setting::Wide => 64.0,
        Setting::Narrow => 108.0,
    };
    let cause = words::cause(mark, paper.view).map_or(0.0, |_| 42.0);
    lines + cause
}

fn setting(paper: &Paper, mark: &Mark) -> Setting {
    let view = paper.view;
    let width = paper.width(&words::unit(mark, view), UNIT)
        + paper.width(&words::what(mark, view), WHAT)
        + paper.width(&words::times(mark, view), TIMES);
    if width + 16.0 + 24.0 <= ROOM {
        Setting::Wide
    } else {
        Setting::Narrow
    }
}

/// Sets the entry with its upper edge at `y`; where it ends.
pub(super) fn entry(paper: &mut Paper, y: f64, number: u32, mark: &Mark) -> f64 {
    let view = paper.view;
    paper.badge((68.0, y + 28.0), number, 50.0, colour_of(mark));
    let what = words::what(mark, view);
    let what_width = paper.width(&what, WHAT).min(ROOM / 2.0);
    let unit = words::unit(mark, view);
    let room = ROOM - what_width - 16.0;
    let first = y + 42.0;
    let width = paper.fitted((TEXT, first), &unit, bold(UNIT, INK), 30.0, room);
    let at = (TEXT + width + 16.0, first);
    let letters = bold(WHAT, ink_of(mark));
    paper.fitted(at, &what, letters, LEAST, ROOM - width - 16.0);
    let times = words::times(mark, view);
    let mut next = first;
    match setting(paper, mark) {
        Setting::Wide => paper.text(RIGHT, first, &times, bold(TIMES, INK).ending()),
        Setting::Narrow => {
            next += 44.0;
            paper.fitted((TEXT, next), &times, bold(TIMES, INK), LEAST, ROOM);
        }
    }
    if let Some(cause) = words::cause(mark, view) {
        let at = (TEXT, next + 42.0);
        paper.fitted(at, &cause, plain(30.0, GREY), LEAST, ROOM);
    }
    y + height(paper, mark)
}
