//! A picture as shapes, and those as SVG.

use std::fmt::Write;

use super::typeface::FAMILY;

/// A picture, in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Svg {
    pub width: f64,
    pub height: f64,
    /// From the back to the front.
    pub shapes: Vec<Shape>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Rect {
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        radius: f64,
        fill: Fill,
        stroke: Option<Stroke>,
    },
    Circle {
        x: f64,
        y: f64,
        radius: f64,
        fill: &'static str,
    },
    /// `y` is the baseline.
    Text {
        x: f64,
        y: f64,
        text: String,
        size: f64,
        fill: &'static str,
        weight: Weight,
        anchor: Anchor,
    },
    /// `data` as SVG has it.
    Path {
        data: String,
        fill: Option<&'static str>,
        stroke: Option<Stroke>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    Colour(&'static str),
    /// Red stripes, which grey keeps.
    Hatch,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    pub colour: &'static str,
    pub width: f64,
    pub dash: Dash,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    Solid,
    Dashed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// How letters are made bold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bold {
    /// By a bold font, where whoever shows the picture has one.
    ByFont,
    /// By a stroke round a regular one.
    ByStroke,
}

/// How thick that stroke is, in ems.
const STROKE_OF_BOLD: f64 = 0.042;

const HATCH: &str = "<defs><pattern id=\"hatch\" width=\"14\" height=\"14\" \
    patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
    <rect width=\"14\" height=\"14\" fill=\"#D92D20\"/>\
    <rect width=\"5\" height=\"14\" fill=\"#F97066\"/></pattern></defs>\n";

/// Where a file of its own is shown without the program's font.
const OTHER_FAMILIES: [&str; 3] = ["PingFang SC", "Microsoft YaHei", "sans-serif"];

impl Svg {
    /// The picture as a file of its own.
    #[must_use]
    pub fn file(&self) -> String {
        self.written(Bold::ByFont)
    }

    /// The picture as SVG.
    pub(super) fn written(&self, bold: Bold) -> String {
        let (width, height) = (self.width, self.height);
        let families = OTHER_FAMILIES.join(", ");
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" font-family=\"{FAMILY}, {families}\">\n{HATCH}"
        );
        for shape in &self.shapes {
            shape.write(&mut svg, bold);
            svg.push('\n');
        }
        svg + "</svg>\n"
    }
}

impl Shape {
    fn write(&self, svg: &mut String, bold: Bold) {
        // Writing to a text cannot fail.
        let _ = match self {
            Shape::Rect {
                x,
                y,
                width,
                height,
                radius,
                fill,
                stroke,
            } => {
                let fill = match fill {
                    Fill::Colour(colour) => colour,
                    Fill::Hatch => "url(#hatch)",
                };
                let stroke = stroke.map(written).unwrap_or_default();
                write!(
                    svg,
                    "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" \
                     rx=\"{radius}\" fill=\"{fill}\"{stroke}/>"
                )
            }
            Shape::Circle { x, y, radius, fill } => write!(
                svg,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{fill}\"/>"
            ),
            Shape::Text {
                x,
                y,
                text,
                size,
                fill,
                weight,
                anchor,
            } => {
                let anchor = match anchor {
                    Anchor::Start => "start",
                    Anchor::Middle => "middle",
                    Anchor::End => "end",
                };
                let weight = match (weight, bold) {
                    (Weight::Regular, _) => String::new(),
                    (Weight::Bold, Bold::ByFont) => " font-weight=\"700\"".to_owned(),
                    (Weight::Bold, Bold::ByStroke) => format!(
                        " stroke=\"{fill}\" stroke-width=\"{:.2}\" stroke-linejoin=\"round\"",
                        size * STROKE_OF_BOLD
                    ),
                };
                write!(
                    svg,
                    "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" fill=\"{fill}\"{weight} \
                     text-anchor=\"{anchor}\">{}</text>",
                    escaped(text)
                )
            }
            Shape::Path { data, fill, stroke } => {
                let fill = fill.unwrap_or("none");
                let stroke = stroke.map(written).unwrap_or_default();
                write!(svg, "<path d=\"{data}\" fill=\"{fill}\"{stroke}/>")
            }
        };
    }
}

fn written(stroke: Stroke) -> String {
    let Stroke {
        colour,
        width,
        dash,
    } = stroke;
    let dash = match dash {
        Dash::Solid => "",
        Dash::Dashed => " stroke-dasharray=\"9 7\"",
    };
    format!(
        " stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linecap=\"round\" \
         stroke-linejoin=\"round\"{dash}"
    )
}

fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            // XML has no way to say these.
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => xml.push(' '),
            c => xml.push(c),
        }
    }
    xml
}
