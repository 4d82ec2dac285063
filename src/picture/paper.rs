//! The sheet a page is laid out on: shapes with the house's few kinds of letters and colours.

use super::svg::{Anchor, Dash, Fill, Shape, Stroke, Weight};
use super::typeface::Typeface;
use crate::words::picture::View;

pub(super) const INK: &str = "#101828";
pub(super) const GREY: &str = "#475467";
pub(super) const WHITE: &str = "#FFFFFF";
pub(super) const RULE: &str = "#E4E7EC";
/// The only saturated colour but amber: for where nobody is.
pub(super) const RED: &str = "#D92D20";
pub(super) const AMBER: &str = "#F79009";
pub(super) const AMBER_INK: &str = "#B54708";
pub(super) const GREEN: &str = "#079455";

/// Left and right of everything; what is framed stands a little further out.
pub(super) const LEFT: f64 = 44.0;
pub(super) const RIGHT: f64 = 1036.0;
pub(super) const WIDTH: f64 = 1080.0;
pub(super) const FRAME: f64 = 36.0;

/// No letters are smaller: at 400 pixels across they are ten high.
pub(super) const LEAST: f64 = 26.0;

pub(super) struct Paper<'a> {
    pub typeface: &'a Typeface,
    pub view: &'a View,
    pub shapes: Vec<Shape>,
}

/// How a text is set.
#[derive(Clone, Copy)]
pub(super) struct Letters {
    pub size: f64,
    pub fill: &'static str,
    pub weight: Weight,
    pub anchor: Anchor,
}

pub(super) fn bold(size: f64, fill: &'static str) -> Letters {
    Letters {
        size,
        fill,
        weight: Weight::Bold,
        anchor: Anchor::Start,
    }
}

pub(super) fn plain(size: f64, fill: &'static str) -> Letters {
    Letters {
        weight: Weight::Regular,
        ..bold(size, fill)
    }
}

impl Letters {
    pub fn ending(self) -> Self {
        Self {
            anchor: Anchor::End,
            ..self
        }
    }

    pub fn centred(self) -> Self {
        Self {
            anchor: Anchor::Middle,
            ..self
        }
    }
}

/// A rectangle, with its corner at `x` and `y`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    pub fn overlaps(&self, other: &Area) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    /// Larger by so much on every side.
    pub fn grown(&self, by: f64) -> Area {
        Area {
            x: self.x - by,
            y: self.y - by,
            width: self.width + 2.0 * by,
            height: self.height + 2.0 * by,
        }
    }
}

pub(super) fn area(x: f64, y: f64, width: f64, height: f64) -> Area {
    Area {
        x,
        y,
        width,
        height,
    }
}

pub(super) fn solid(colour: &'static str, width: f64) -> Stroke {
    Stroke {
        colour,
        width,
        dash: Dash::Solid,
    }
}

pub(super) fn dashed(colour: &'static str, width: f64) -> Stroke {
    Stroke {
        colour,
        width,
        dash: Dash::Dashed,
    }
}

impl Paper<'_> {
    pub fn fill(&mut self, area: Area, radius: f64, colour: &'static str) {
        self.shapes
            .push(rect(area, radius, Fill::Colour(colour), None));
    }

    pub fn framed(&mut self, area: Area, radius: f64, fill: Fill, stroke: Stroke) {
        self.shapes.push(rect(area, radius, fill, Some(stroke)));
    }

    pub fn path(&mut self, data: String, fill: Option<&'static str>, stroke: Option<Stroke>) {
        self.shapes.push(Shape::Path { data, fill, stroke });
    }

    /// `text` with its baseline at `y`.
    pub fn text(&mut self, x: f64, y: f64, text: &str, letters: Letters) {
        self.shapes.push(Shape::Text {
            x,
            y,
            text: self.typeface.drawable(text),
            size: letters.size,
            fill: letters.fill,
            weight: letters.weight,
            anchor: letters.anchor,
        });
    }

    /// As [`Paper::text`], smaller or cut where it is wider than `room`; how wide it became.
    pub fn fitted(
        &mut self,
        (x, y): (f64, f64),
        text: &str,
        letters: Letters,
        least: f64,
        room: f64,
    ) -> f64 {
        let (text, size) = self.typeface.fitted(text, (letters.size, least), room);
        self.text(x, y, &text, Letters { size, ..letters });
        self.typeface.width(&text, size)
    }

    pub fn width(&self, text: &str, size: f64) -> f64 {
        self.typeface.width(text, size)
    }

    /// A line across the page.
    pub fn rule(&mut self, y: f64) {
        self.fill(area(FRAME, y, WIDTH - 2.0 * FRAME, 2.0), 0.0, RULE);
    }

    /// A tick, its left end at `x`.
    pub fn tick(&mut self, x: f64, y: f64) {
        let data = format!("M{x:.1} {y:.1} l9 9 l17 -19");
        self.path(data, None, Some(solid(GREEN, 6.0)));
    }

    /// A number on a round ground of `height`, in the middle of `x`; how wide it is.
    pub fn badge(&mut self, (x, y): (f64, f64), number: u32, height: f64, ground: &'static str) {
        let width = self.badge_width(number, height);
        let round = area(x - width / 2.0, y - height / 2.0, width, height);
        self.fill(round, height / 2.0, ground);
        let size = badge_size(number, height);
        let letters = bold(size, WHITE).centred();
        self.text(x, y + size * 0.36, &number.to_string(), letters);
    }

    pub fn badge_width(&self, number: u32, height: f64) -> f64 {
        let digits = self.width(&number.to_string(), badge_size(number, height));
        height.max(digits + 20.0)
    }
}

fn rect(area: Area, radius: f64, fill: Fill, stroke: Option<Stroke>) -> Shape {
    Shape::Rect {
        x: area.x,
        y: area.y,
        width: area.width,
        height: area.height,
        radius,
        fill,
        stroke,
    }
}

fn badge_size(number: u32, height: f64) -> f64 {
    let size = if number < 10 { 0.7 } else { 0.6 };
    (height * size).round().max(LEAST)
}
