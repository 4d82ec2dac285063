//! SVG → PNG.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::svg::{Bold, Svg};
use super::typeface::{FAMILY, Typeface};

/// Why a picture cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    #[error("the picture is no SVG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    #[error("no memory for a picture of {width} by {height}")]
    Memory { width: u32, height: u32 },
    #[error("the picture cannot be packed: {0}")]
    Packing(String),
}

/// The picture's bytes.
pub(super) fn png(picture: &Svg, typeface: &Typeface) -> Result<Vec<u8>, DrawError> {
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: typeface.fonts(),
        ..Options::default()
    };
    let tree = Tree::from_str(&picture.written(Bold::ByStroke), &options)?;
    let size = tree.size().to_int_size();
    let (width, height) = (size.width(), size.height());
    let mut pixels = Pixmap::new(width, height).ok_or(DrawError::Memory { width, height })?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    let packed = pixels.encode_png();
    packed.map_err(|error| DrawError::Packing(error.to_string()))
}
