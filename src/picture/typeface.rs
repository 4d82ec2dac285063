//! The letters pictures are drawn with, and how wide they are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Source};
use ttf_parser::Face;

/// Noto Sans SC, cut down to what rosters are written with: see `font/README.md`.
pub(crate) static BUNDLED: &[u8] = include_bytes!("font/NotoSansSC-Regular.subset.ttf");

static BUNDLED_FACE: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(BUNDLED, 0).expect("the font of the program is a font"));

static BUNDLED_FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_source(Source::Binary(Arc::new(BUNDLED)));
    Arc::new(fonts)
});

/// The family the drawing asks for.
pub(super) const FAMILY: &str = "Noto Sans SC";

/// Stands where no font has a glyph: a character must not vanish silently.
const UNDRAWN: char = '〓';

/// The fonts one picture is drawn with.
#[derive(Clone, Debug)]
pub struct Typeface {
    fonts: Arc<Database>,
    /// Advances, in ems, of what the program's own font does not have and another does.
    elsewhere: BTreeMap<char, f64>,
    undrawn: BTreeSet<char>,
}

impl Typeface {
    /// Fonts for all of `texts`: the program's own; for what it lacks `configured`, a font file's
    /// bytes; for what that lacks the machine's. Reads the machine's fonts only then.
    #[must_use]
    pub fn covering<'a>(
        texts: impl IntoIterator<Item = &'a str>,
        configured: Option<Vec<u8>>,
    ) -> Self {
        let mut typeface = Self {
            fonts: Arc::clone(&BUNDLED_FONTS),
            elsewhere: BTreeMap::new(),
            undrawn: texts
                .into_iter()
                .flat_map(str::chars)
                .filter(|c| !c.is_control() && BUNDLED_FACE.glyph_index(*c).is_none())
                .collect(),
        };
        if let (false, Some(font)) = (typeface.undrawn.is_empty(), configured) {
            typeface.look_into(|fonts| fonts.load_font_data(font));
        }
        if !typeface.undrawn.is_empty() {
            typeface.look_into(Database::load_system_fonts);
        }
        typeface
    }

    fn look_into(&mut self, load: impl FnOnce(&mut Database)) {
        let mut fonts = (*self.fonts).clone();
        load(&mut fonts);
        for face in fonts.faces() {
            fonts.with_face_data(face.id, |bytes, index| {
                let Ok(face) = Face::parse(bytes, index) else {
                    return;
                };
                self.undrawn.retain(|c| {
                    let advance = advance(&face, *c);
                    self.elsewhere.extend(advance.map(|advance| (*c, advance)));
                    advance.is_none()
                });
            });
        }
        self.fonts = Arc::new(fonts);
    }

    /// What no font had a glyph for.
    #[must_use]
    pub fn undrawn(&self) -> Vec<char> {
        self.undrawn.iter().copied().collect()
    }

    /// `text` as it can be drawn.
    #[must_use]
    pub fn drawable(&self, text: &str) -> String {
        let shown = |c: char| match c {
            c if c.is_control() => ' ',
            c if self.undrawn.contains(&c) => UNDRAWN,
            c => c,
        };
        text.chars().map(shown).collect()
    }

    /// How wide `text` is at `size` pixels.
    #[must_use]
    pub fn width(&self, text: &str, size: f64) -> f64 {
        let ems: f64 = text.chars().map(|c| self.ems(c)).sum();
        ems * size
    }

    fn ems(&self, c: char) -> f64 {
        advance(&BUNDLED_FACE, c)
            .or_else(|| self.elsewhere.get(&c).copied())
            .unwrap_or(1.0)
    }

    /// `text` no wider than `room`: smaller where that is enough, down to `least` pixels; else
    /// cut, with a mark that it is.
    #[must_use]
    pub fn fitted(&self, text: &str, sizes: (f64, f64), room: f64) -> (String, f64) {
        let (wished, least) = sizes;
        let width = self.width(text, wished);
        if width <= room {
            return (text.to_owned(), wished);
        }
        let size = (wished * room / width).floor();
        if size >= least {
            return (text.to_owned(), size);
        }
        (self.cut(text, least, room), least)
    }

    /// As much of `text` as `room` takes at `size`, and `…`.
    fn cut(&self, text: &str, size: f64, room: f64) -> String {
        let mut left = room / size - self.ems('…');
        let kept: String = text
            .chars()
            .take_while(|c| {
                left -= self.ems(*c);
                left >= 0.0
            })
            .collect();
        kept.trim_end().to_owned() + "…"
    }

    pub(super) fn fonts(&self) -> Arc<Database> {
        Arc::clone(&self.fonts)
    }
}

fn advance(face: &Face, c: char) -> Option<f64> {
    let advance = face.glyph_hor_advance(face.glyph_index(c)?)?;
    Some(f64::from(advance) / f64::from(face.units_per_em()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_own_font_has_what_rosters_are_written_with() {
        let written = "城关镇 20:30—08:30（12 小时）→ … ✓ ①〓 Wáng Jiànguó 㛃 䶮 𬭊";
        let typeface = Typeface::covering([written], None);
        assert!(typeface.undrawn().is_empty());
        assert!(Arc::ptr_eq(&typeface.fonts, &BUNDLED_FONTS));
    }

    #[test]
    fn what_no_font_has_is_a_visible_mark() {
        // Of a private area: no machine has a glyph for it.
        let typeface = Typeface::covering(["王\u{10FFF0}国"], None);
        assert_eq!(typeface.undrawn(), ['\u{10FFF0}']);
        assert_eq!(typeface.drawable("王\u{10FFF0}国"), "王〓国");
    }

    #[test]
    fn a_long_text_becomes_smaller_and_then_shorter() {
        let typeface = Typeface::covering([], None);
        assert_eq!(
            typeface.fitted("城关镇", (38.0, 30.0), 120.0),
            ("城关镇".to_owned(), 38.0)
        );
        assert_eq!(
            typeface.fitted("城关镇", (38.0, 30.0), 100.0),
            ("城关镇".to_owned(), 33.0)
        );
        let (cut, size) = typeface.fitted("城关镇人民政府", (38.0, 30.0), 100.0);
        assert_eq!((cut.as_str(), size), ("城关…", 30.0));
        assert!(typeface.width(&cut, size) <= 100.0);
    }
}
