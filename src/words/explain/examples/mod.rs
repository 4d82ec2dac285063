//! A bad example and a good one of every rule: what a clerk's file may hold.

mod en;
mod zh;

use crate::roster::Code;
use crate::words::Lang;

/// The bad one, then the good one. A line `units.csv:` begins another file.
pub(super) fn examples(code: Code, lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Zh => zh::examples(code),
        Lang::En => en::examples(code),
    }
}
