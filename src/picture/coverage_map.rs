//! The pages of the coverage map: the answer first, then the units with gaps, then their list.

use super::chart::{Chart, Shown, Told};
use super::draw::{DrawError, png};
use super::key;
use super::paper::{
    AMBER_INK, FRAME, GREEN, GREY, INK, LEAST, LEFT, Paper, RED, RIGHT, WHITE, WIDTH, area, bold,
    plain, solid,
};
use super::signs::legend;
use super::svg::{Fill, Svg};
use super::typeface::Typeface;
use crate::coverage::{CoverageMap, Mark, UnitRow};
use crate::words::picture::{self as words, Mood, View};

/// The pages of one map, and the letters they are set in.
#[derive(Clone, Debug)]
pub struct Pictures {
    /// At least one.
    pub pages: Vec<Svg>,
    typeface: Typeface,
}

impl Pictures {
    /// A page as PNG. Takes some tens of milliseconds: not for a thread that others wait for.
    pub fn png(&self, page: &Svg) -> Result<Vec<u8>, DrawError> {
        png(page, &self.typeface)
    }

    /// What no font had a glyph for, and is drawn as `〓`.
    #[must_use]
    pub fn undrawn(&self) -> Vec<char> {
        self.typeface.undrawn()
    }

    /// How wide `text` is at `size` pixels.
    #[must_use]
    pub fn width(&self, text: &str, size: f64) -> f64 {
        self.typeface.width(text, size)
    }
}

/// The map in pictures 1080 pixels wide: one, or as many as its marks need. `version`: of the
/// roster, where it has one. `font`: a font file's bytes, for what the program's own lacks.
#[must_use]
pub fn coverage_pictures(
    map: &CoverageMap,
    version: Option<u32>,
    view: &View,
    font: Option<Vec<u8>>,
) -> Pictures {
    let typeface = Typeface::covering(names(map), font);
    let numbers = 1..=map.pages();
    let pages = numbers
        .map(|number| Page::of(map, number, version).drawn(view, &typeface))
        .collect();
    Pictures { pages, typeface }
}

/// One of them, from 1, as PNG.
pub fn page(
    map: &CoverageMap,
    number: usize,
    version: Option<u32>,
    view: &View,
    font: Option<Vec<u8>>,
) -> Result<Vec<u8>, DrawError> {
    let typeface = Typeface::covering(names(map), font);
    let page = Page::of(map, number, version).drawn(view, &typeface);
    png(&page, &typeface)
}

/// Everything on the map that somebody else has written.
fn names(map: &CoverageMap) -> impl Iterator<Item = &str> {
    let marks = map.marks.iter();
    let own = marks
        .clone()
        .flat_map(|mark| mark.posts.iter().chain([&mark.unit]));
    let beside = marks.flat_map(|mark| mark.before.iter().chain(&mark.after));
    let people = beside.flat_map(|shift| &shift.names);
    let all = own.chain(people).chain(&map.not_submitted);
    all.map(String::as_str)
}

/// No page is lower: upright, it is as wide as the phone and its words as large as they get.
const LEAST_HEIGHT: f64 = 1160.0;
/// So much taller than need be rows are at most.
const MOST_TALL: f64 = 2.0;
/// Where a page with little on it has air: above the days, above the list, above the foot.
const GAPS_BETWEEN: f64 = 3.0;

/// What a page has more than it needs.
#[derive(Clone, Copy)]
struct Room {
    tall: f64,
    between: f64,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            tall: 1.0,
            between: 0.0,
        }
    }
}

struct Page<'a> {
    map: &'a CoverageMap,
    version: Option<u32>,
    number: usize,
    marks: Vec<(u32, &'a Mark)>,
}

impl<'a> Page<'a> {
    fn of(map: &'a CoverageMap, number: usize, version: Option<u32>) -> Self {
        Self {
            map,
            version,
            number,
            marks: map.on_page(number).collect(),
        }
    }

    /// Upright, however little there is to show.
    fn drawn(&self, view: &View, typeface: &Typeface) -> Svg {
        let least = self.set(view, typeface, Room::default());
        let spare = LEAST_HEIGHT - least.height;
        if spare <= 0.0 {
            return least;
        }
        let tall = self.set(
            view,
            typeface,
            Room {
                tall: MOST_TALL,
                between: 0.0,
            },
        );
        let (tall, left) = if tall.height >= LEAST_HEIGHT {
            let grown = tall.height - least.height;
            (1.0 + (MOST_TALL - 1.0) * spare / grown, 0.0)
        } else {
            (MOST_TALL, LEAST_HEIGHT - tall.height)
        };
        let between = left / GAPS_BETWEEN;
        self.set(view, typeface, Room { tall, between })
    }

    fn set(&self, view: &View, typeface: &Typeface, room: Room) -> Svg {
        let mut paper = Paper {
            typeface,
            view,
            shapes: Vec::new(),
        };
        let mut y = title(&mut paper);
        if self.number == 1 {
            y = answer(&mut paper, y, self.map);
        }
        y = self.timeline(&mut paper, y + 30.0 + room.between, room.tall);
        y += room.between;
        if !self.marks.is_empty() {
            paper.rule(y + 14.0);
            y += 26.0;
            for (number, mark) in &self.marks {
                y = key::entry(&mut paper, y, *number, mark);
            }
        }
        y = self.foot(&mut paper, y + 20.0 + room.between);
        let ground = area(0.0, 0.0, WIDTH, y);
        let mut shapes = std::mem::take(&mut paper.shapes);
        paper.fill(ground, 0.0, WHITE);
        paper.shapes.append(&mut shapes);
        Svg {
            width: WIDTH,
            height: y,
            shapes: paper.shapes,
        }
    }

    fn timeline(&self, paper: &mut Paper, y: f64, tall: f64) -> f64 {
        let map = self.map;
        let is_here = |row: &&UnitRow| self.marks.iter().any(|(_, mark)| mark.unit == row.unit);
        let rows: Vec<&UnitRow> = map.rows.iter().filter(is_here).collect();
        let shown: Vec<Shown> = (1..)
            .zip(&map.marks)
            .map(|(number, mark)| Shown {
                number,
                mark,
                told: if self.marks.iter().any(|(here, _)| *here == number) {
                    Told::Here
                } else {
                    Told::Elsewhere
                },
            })
            .collect();
        let chart = Chart::of(&rows, tall, paper);
        let top = chart.days(paper, y);
        let mut y = chart.rows(paper, top, &rows, &shown);
        if self.number == self.map.pages() {
            if !map.not_submitted.is_empty() {
                y = chart.silent(paper, y, map);
            }
            if map.fine > 0 {
                y = chart.rest(paper, y, map);
            }
        }
        legend(paper, y + 4.0, map)
    }

    fn foot(&self, paper: &mut Paper, y: f64) -> f64 {
        let view = paper.view;
        paper.rule(y);
        let mut room = RIGHT - LEFT;
        let count = self.map.pages();
        if count > 1 {
            let page = words::page(self.number, count, view);
            paper.text(RIGHT, y + 42.0, &page, bold(27.0, INK).ending());
            room -= paper.width(&page, 27.0) + 24.0;
        }
        let footer = words::footer(self.map, self.version, view);
        let letters = plain(27.0, GREY);
        paper.fitted((LEFT, y + 42.0), &footer, letters, LEAST, room);
        let undrawn = paper.typeface.undrawn();
        if undrawn.is_empty() {
            return y + 62.0;
        }
        let note = words::undrawn(&undrawn, view);
        let at = (LEFT, y + 80.0);
        paper.fitted(at, &note, letters, LEAST, RIGHT - LEFT);
        y + 100.0
    }
}

/// What it is and of which days; where it ends.
fn title(paper: &mut Paper) -> f64 {
    let view = paper.view;
    let dates = words::dates(view);
    paper.text(RIGHT, 80.0, &dates, plain(34.0, GREY).ending());
    let room = RIGHT - LEFT - paper.width(&dates, 34.0) - 24.0;
    let title = words::title(view);
    paper.fitted((LEFT, 80.0), &title, bold(48.0, INK), 34.0, room);
    108.0
}

/// The answer in words; where it ends.
fn answer(paper: &mut Paper, y: f64, map: &CoverageMap) -> f64 {
    const HEIGHT: f64 = 196.0;
    let headline = words::headline(map, paper.view);
    let (ground, border, ink) = match headline.mood {
        Mood::Gaps => ("#FEF3F2", "#FECDCA", RED),
        Mood::Leaders => ("#FFFAEB", "#FEDF89", AMBER_INK),
        Mood::Open => ("#F2F4F7", "#D0D5DD", GREY),
        Mood::Clear => ("#ECFDF3", "#ABEFC6", GREEN),
    };
    let frame = area(FRAME, y, WIDTH - 2.0 * FRAME, HEIGHT);
    paper.framed(frame, 22.0, Fill::Colour(ground), solid(border, 2.0));
    let mut x = 64.0;
    if let Some(count) = headline.count {
        let count = count.to_string();
        let size = if count.len() > 2 { 84.0 } else { 118.0 };
        paper.text(x, y + 96.0 + size * 0.28, &count, bold(size, ink));
        x += paper.width(&count, size) + 22.0;
    } else if headline.mood == Mood::Clear {
        let data = format!("M{:.1} {:.1} l24 24 l46 -52", x + 6.0, y + 104.0);
        paper.path(data, None, Some(solid(GREEN, 15.0)));
        x += 104.0;
    }
    let lines = [
        Some((headline.first, bold(46.0, ink), 32.0)),
        headline.second.map(|line| (line, bold(36.0, INK), LEAST)),
        headline.third.map(|line| (line, plain(32.0, GREY), LEAST)),
    ];
    let lines: Vec<_> = lines.into_iter().flatten().collect();
    let baselines: &[f64] = match lines.len() {
        3.. => &[62.0, 118.0, 170.0],
        2 => &[88.0, 148.0],
        _ => &[114.0],
    };
    for ((line, letters, least), baseline) in lines.into_iter().zip(baselines) {
        let room = RIGHT - 20.0 - x;
        paper.fitted((x, y + baseline), &line, letters, least, room);
    }
    y + HEIGHT
}
