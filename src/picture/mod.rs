//! Facts in the forms people and other programs open.
//!
//! The coverage picture is facts and their words laid out as a plain SVG, and drawn with a font
//! that is part of the program. Knows no chat, no file and no time of its own.

mod chart;
mod coverage_map;
pub mod docx;
mod draw;
pub mod gaps_sheet;
pub mod ical;
mod key;
mod paper;
mod prescribed;
pub mod sheet;
mod signs;
mod svg;
mod typeface;

pub(crate) use typeface::BUNDLED;

pub use coverage_map::{Pictures, coverage_pictures, page};
pub use draw::DrawError;
pub use svg::{Fill, Shape, Svg};

#[cfg(test)]
mod tests;
