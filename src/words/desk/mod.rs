//! What the web desk reads like, in Chinese and in English.

mod en;
pub mod refusals;
mod zh;

use super::Lang;

/// A text that is the same whatever the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    DeskName,
    OwnName,
    SkipToContent,
    Pages,
    Today,
    Live,
    LogOut,
}

#[must_use]
pub fn label(which: Label, lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => zh::label(which),
        Lang::En => en::label(which),
    }
}

/// The language as a document names it.
#[must_use]
pub fn lang_tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}
