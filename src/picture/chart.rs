//! The timeline: two lanes to a unit, and what is missing in them.

use chrono::NaiveDate;

use super::paper::{
    AMBER_INK, Area, GREEN, GREY, INK, LEAST, LEFT, Paper, WHITE, area, bold, dashed, plain, solid,
};
use super::signs::{HALO, colour_of, ground, ink_of, paint};
use super::svg::Fill;
use crate::coverage::{CoverageMap, Lane, Mark, UnitRow};
use crate::time::{Moment, Span};
use crate::words::picture as words;

/// From one unit to the next.
const PITCH: f64 = 96.0;
/// From the days' labels to the first unit.
const DAYS: f64 = 100.0;
/// So wide a gap is at least: an hour of a week would be five.
const LEAST_GAP: f64 = 30.0;

const RIGHT_END: f64 = 1044.0;
/// Between these lies where the lanes begin, as the units' names need.
const LABEL: (f64, f64) = (128.0, 236.0);

const PALE: [&str; 2] = ["#E3E9F0", "#EDF1F5"];
/// A gap that is over.
const OVER: &str = "#F5C6C2";

/// A mark as this page shows it.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub number: u32,
    pub mark: &'a Mark,
    /// Its number and length stand beside it on this page, or on another.
    pub told: Told,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Here,
    Elsewhere,
}

/// Where in the picture a moment is.
pub(super) struct Chart {
    /// So many times as tall as need be: few rows fill a page too.
    tall: f64,
    start: Moment,
    secs: f64,
    left: f64,
    days: Vec<(NaiveDate, f64)>,
}

impl Chart {
    /// Wide enough on the left for the names of `rows`, each `tall` times its least height.
    pub fn of(rows: &[&UnitRow], tall: f64, paper: &Paper) -> Self {
        let view = paper.view;
        let widest = rows
            .iter()
            .map(|row| paper.width(&row.unit, 38.0))
            .fold(LABEL.0, f64::max);
        let mut chart = Self {
            tall,
            start: view.period.start(),
            secs: view.period.length().as_seconds_f64(),
            left: LEFT + widest.min(LABEL.1) + 44.0,
            days: Vec::new(),
        };
        let midnight = |day: &NaiveDate| view.zone.moment(day.and_time(chrono::NaiveTime::MIN));
        let days = view.days();
        chart.days = days
            .into_iter()
            .map(|day| (day, chart.x(midnight(&day).max(chart.start))))
            .collect();
        chart
    }

    fn width(&self) -> f64 {
        RIGHT_END - self.left
    }

    fn pitch(&self) -> f64 {
        PITCH * self.tall
    }

    fn x(&self, moment: Moment) -> f64 {
        let part = (moment - self.start).as_seconds_f64() / self.secs;
        self.left + part.clamp(0.0, 1.0) * self.width()
    }

    /// Days above the lanes; where the lanes may begin.
    pub fn days(&self, paper: &mut Paper, y: f64) -> f64 {
        let ends = self.days.iter().skip(1).map(|(_, x)| *x);
        let columns: Vec<(NaiveDate, f64, f64)> = self
            .days
            .iter()
            .zip(ends.chain([RIGHT_END]))
            .map(|((day, from), to)| (*day, *from, to))
            .collect();
        let narrowest = self.width() / count(columns.len().max(1));
        if narrowest < 70.0 {
            self.narrow_days(paper, y, &columns, narrowest);
            return y + DAYS;
        }
        let today = paper.view.running().map(|now| paper.view.zone.date(now));
        for (day, from, to) in columns {
            let middle = f64::midpoint(from, to);
            let (number, under) = words::column(day, paper.view);
            let (mut number_ink, mut under_ink) = (INK, GREY);
            if today == Some(day) {
                let width = (to - from).min(108.0);
                paper.fill(area(middle - width / 2.0, y, width, 72.0), 16.0, INK);
                (number_ink, under_ink) = (WHITE, WHITE);
            }
            paper.text(middle, y + 34.0, &number, bold(36.0, number_ink).centred());
            let letters = plain(LEAST, under_ink).centred();
            paper.text(middle, y + 63.0, &under, letters);
        }
        y + DAYS
    }

    /// Of many days some bear their date.
    fn narrow_days(
        &self,
        paper: &mut Paper,
        y: f64,
        columns: &[(NaiveDate, f64, f64)],
        narrowest: f64,
    ) {
        let mut free_from = self.left;
        for (day, from, _) in columns {
            let label = words::narrow_column(*day);
            let width = paper.width(&label, LEAST);
            if *from >= free_from && from + width <= RIGHT_END {
                paper.text(*from, y + 63.0, &label, plain(LEAST, INK));
                free_from = from + width.max(narrowest) + 18.0;
            }
        }
    }

    /// The lanes of `rows` from `y` on, with the marks in them.
    pub fn rows(&self, paper: &mut Paper, top: f64, rows: &[&UnitRow], shown: &[Shown]) -> f64 {
        let tops = (0..).map(|index: u32| top + f64::from(index) * self.pitch());
        let placed: Vec<(f64, &UnitRow, Vec<Shown>)> = tops
            .zip(rows)
            .map(|(y, row)| {
                let own = shown.iter().filter(|s| s.mark.unit == row.unit);
                (y, *row, own.copied().collect())
            })
            .collect();
        for (y, row, marks) in &placed {
            self.label(paper, *y, marks);
            self.lanes(paper, *y, row);
        }
        let end = top + count(placed.len()) * self.pitch();
        for (_, x) in self.days.iter().skip(1) {
            paper.fill(area(x - 1.5, top - 14.0, 3.0, end - top), 0.0, WHITE);
        }
        let now = paper.view.running().filter(|_| !placed.is_empty());
        let now = now.map(|now| self.x(now));
        if let Some(x) = now {
            paper.fill(area(x - 2.0, top - 14.0, 4.0, end - top - 4.0), 0.0, INK);
        }
        for (y, _, marks) in &placed {
            self.marks(paper, *y, marks);
        }
        if let Some(x) = now {
            let data = format!("M{:.1} {:.1} h24 l-12 15 z", x - 12.0, top - 27.0);
            paper.path(data, Some(INK), None);
        }
        end
    }

    fn label(&self, paper: &mut Paper, y: f64, marks: &[Shown]) {
        let ink = marks.iter().map(|s| ink_of(s.mark)).next().unwrap_or(INK);
        let Some(first) = marks.first() else { return };
        let name = words::unit(first.mark, paper.view);
        let room = self.left - LEFT - 14.0;
        let middle = y + 36.0 * self.tall;
        if paper.width(&name, 32.0) <= room {
            paper.fitted((LEFT, middle + 14.0), &name, bold(38.0, ink), 32.0, room);
            return;
        }
        let (one, other) = halves(&name, |text| paper.width(text, 28.0) <= room);
        paper.text(LEFT, middle - 2.0, &one, bold(28.0, ink));
        paper.fitted((LEFT, middle + 32.0), &other, bold(28.0, ink), LEAST, room);
    }

    fn lanes(&self, paper: &mut Paper, y: f64, row: &UnitRow) {
        for lane in &row.lanes {
            let (own, ground) = (self.lane(y, *lane), ground(*lane));
            paper.fill(own, 5.0, ground);
            for (_, span) in row.free.iter().filter(|(of, _)| of == lane) {
                let part = self.part(own, span);
                paper.fill(part.grown(1.0), 0.0, WHITE);
                if part.width > 12.0 {
                    let frame = dashed(ground, 2.0);
                    paper.framed(part.grown(-2.0), 4.0, Fill::Colour(WHITE), frame);
                }
            }
            for (_, span) in row.past.iter().filter(|(of, _)| of == lane) {
                paper.fill(self.part(own, span), 4.0, OVER);
            }
        }
    }

    fn lane(&self, y: f64, lane: Lane) -> Area {
        let tall = self.tall;
        match lane {
            Lane::Leaders => area(self.left, y, self.width(), 14.0 * tall),
            Lane::Officers => area(self.left, y + 20.0 * tall, self.width(), 40.0 * tall),
        }
    }

    fn part(&self, lane: Area, span: &Span) -> Area {
        let (from, to) = (self.x(span.start()), self.x(span.end()));
        Area {
            x: from,
            width: to - from,
            ..lane
        }
    }

    /// Where what is `width` wide begins, as near to `x` as the lanes allow. One as wide as they are
    /// begins where they do, though its end comes out a hair beside theirs.
    fn within(&self, x: f64, width: f64) -> f64 {
        x.min(RIGHT_END - width).max(self.left)
    }

    /// A gap's block: taller than its lane, and never too narrow to see.
    fn block(&self, y: f64, lane: Lane, span: &Span) -> Area {
        let part = self.part(self.lane(y, lane), span);
        let width = part.width.max(LEAST_GAP);
        let x = self.within(part.x - (width - part.width) / 2.0, width);
        match lane {
            Lane::Leaders => area(x, y - 10.0, width, 12.0 + 14.0 * self.tall),
            Lane::Officers => area(x, y + 18.0 * self.tall, width, 56.0 * self.tall),
        }
    }

    fn marks(&self, paper: &mut Paper, y: f64, marks: &[Shown]) {
        let mut taken: Vec<Area> = Vec::new();
        let blocks = |shown: &Shown| -> Vec<Area> {
            let spans = shown.mark.spans.iter();
            spans
                .map(|span| self.block(y, shown.mark.lane(), span))
                .collect()
        };
        for shown in marks {
            for block in blocks(shown) {
                paint(paper, block, shown.mark);
                taken.push(block.grown(HALO));
            }
        }
        for shown in marks.iter().filter(|shown| shown.told == Told::Here) {
            let mut is_first = true;
            for block in blocks(shown) {
                let length = is_first.then(|| words::length(shown.mark, paper.view));
                let pill = self.pill(paper, y, block, (shown, length), &taken);
                taken.push(pill);
                is_first = false;
            }
        }
    }

    /// The number and length of a block beside it, where there is room; on it where there is
    /// none. What it covers.
    fn pill(
        &self,
        paper: &mut Paper,
        y: f64,
        block: Area,
        (shown, length): (&Shown, Option<String>),
        taken: &[Area],
    ) -> Area {
        const HEIGHT: f64 = 46.0;
        let badge = paper.badge_width(shown.number, HEIGHT);
        let top = match shown.mark.lane() {
            Lane::Leaders => y + 47.0 * self.tall - HEIGHT / 2.0,
            Lane::Officers => y + 46.0 * self.tall - HEIGHT / 2.0,
        };
        let places = |width: f64| {
            let middle = block.x + (block.width - width) / 2.0;
            let is_wide = block.width > width + 24.0;
            let sides = [block.right() + 12.0, block.x - 12.0 - width];
            let inside = is_wide.then_some(middle);
            let all = sides.into_iter().chain(inside);
            all.map(move |x| area(x, top, width, HEIGHT))
        };
        let own = block.grown(HALO);
        let is_free = |place: &Area| {
            let mut others = taken.iter().filter(|other| **other != own);
            let is_inside = place.x > block.x && place.right() < block.right();
            place.x >= self.left
                && place.right() <= RIGHT_END
                && (is_inside || !own.overlaps(place))
                && !others.any(|other| other.overlaps(place))
        };
        let colour = colour_of(shown.mark);
        let ink = ink_of(shown.mark);
        if let Some(length) = length {
            let width = badge + 12.0 + paper.width(&length, 29.0) + 22.0;
            if let Some(place) = places(width).find(is_free) {
                let ground = Fill::Colour(WHITE);
                paper.framed(place, HEIGHT / 2.0, ground, solid(colour, 3.0));
                let middle = place.y + HEIGHT / 2.0;
                let at = (place.x + badge / 2.0, middle);
                paper.badge(at, shown.number, HEIGHT, colour);
                let x = place.x + badge + 12.0;
                paper.text(x, middle + 11.0, &length, bold(29.0, ink));
                return place;
            }
        }
        let free = places(badge).find(is_free);
        let place = free.unwrap_or_else(|| {
            let middle = block.x + block.width / 2.0 - badge / 2.0;
            let x = self.within(middle, badge);
            area(x, block.y + (block.height - HEIGHT) / 2.0, badge, HEIGHT)
        });
        let at = (place.x + badge / 2.0, place.y + HEIGHT / 2.0);
        paper.fill(place.grown(3.0), HEIGHT, WHITE);
        paper.badge(at, shown.number, HEIGHT, colour);
        place
    }

    /// All units without a mark, in one line; where it ends.
    pub fn rest(&self, paper: &mut Paper, y: f64, map: &CoverageMap) -> f64 {
        let (label, said) = words::rest(map, paper.view);
        let room = self.left - LEFT - 14.0;
        paper.fitted((LEFT, y + 40.0), &label, plain(34.0, GREY), LEAST, room);
        if map.fine_led > 0 {
            paper.fill(area(self.left, y + 4.0, self.width(), 10.0), 4.0, PALE[0]);
        }
        paper.fill(area(self.left, y + 18.0, self.width(), 30.0), 6.0, PALE[1]);
        let (said, size) = paper
            .typeface
            .fitted(&said, (31.0, LEAST), self.width() - 160.0);
        let width = paper.width(&said, size) + 90.0;
        let x = self.left + (self.width() - width) / 2.0;
        paper.fill(area(x, y + 2.0, width, 50.0), 25.0, WHITE);
        paper.tick(x + 20.0, y + 28.0);
        paper.text(x + 60.0, y + 38.0, &said, bold(size, GREEN));
        y + 62.0
    }

    /// All units that sent nothing, in one line; where it ends.
    pub fn silent(&self, paper: &mut Paper, y: f64, map: &CoverageMap) -> f64 {
        let (label, said) = words::silent(map, paper.view);
        let room = self.left - LEFT - 14.0;
        let letters = plain(34.0, AMBER_INK);
        paper.fitted((LEFT, y + 40.0), &label, letters, LEAST, room);
        let frame = area(self.left, y + 2.0, self.width(), 50.0);
        paper.framed(frame, 8.0, Fill::Colour(WHITE), dashed(GREY, 3.0));
        let room = self.width() - 40.0;
        let at = (self.left + 20.0, y + 38.0);
        paper.fitted(at, &said, plain(31.0, GREY), LEAST, room);
        y + 62.0
    }
}

/// `name` in two lines of nearly one length, broken at a blank where there is one; where both
/// cannot be whole, as much as `fits` in the first.
fn halves(name: &str, fits: impl Fn(&str) -> bool) -> (String, String) {
    let breaks = name.char_indices().map(|(at, _)| at).skip(1);
    let breaks: Vec<(&str, &str)> = breaks.filter_map(|at| name.split_at_checked(at)).collect();
    let unevenness = |(one, other): &(&str, &str)| one.len().abs_diff(other.len());
    let whole = |(one, other): &&(&str, &str)| fits(one.trim_end()) && fits(other.trim_start());
    let at_blanks = breaks.iter().filter(|(_, other)| other.starts_with(' '));
    let (one, other) = at_blanks
        .filter(whole)
        .min_by_key(|halves| unevenness(halves))
        .or_else(|| {
            breaks
                .iter()
                .filter(whole)
                .min_by_key(|halves| unevenness(halves))
        })
        .or_else(|| breaks.iter().take_while(|(one, _)| fits(one)).last())
        .copied()
        .unwrap_or((name, ""));
    (one.trim_end().to_owned(), other.trim_start().to_owned())
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}
