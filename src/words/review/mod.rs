//! What findings say: the rules' own here, the reader's in `reading`.

mod en;
mod zh;

use super::finding::Said;
use super::{Lang, reading};
use crate::roster::{Finding, Misread};
use crate::time::{Span, Zone};

pub(super) fn said(finding: &Finding, zone: Zone, lang: Lang) -> Said {
    match lang {
        Lang::Zh => zh::said(finding, zone),
        Lang::En => en::said(finding, zone),
    }
}

fn misread(misread: &Misread, lang: Lang) -> Said {
    let help = reading::help(misread, lang).unwrap_or_default();
    Said::new(reading::message(misread, lang), help)
}

/// At most so many names in one sentence; the rest are counted.
const NAMES_SAID: usize = 3;

/// The names to say, and how many are left unsaid.
fn few<T: AsRef<str>>(names: &[T]) -> (Vec<&str>, usize) {
    let said = names.iter().take(NAMES_SAID).map(AsRef::as_ref).collect();
    (said, names.len().saturating_sub(NAMES_SAID))
}

/// The first of the spans a sentence is about; a finding has at least one.
fn first(spans: &[Span]) -> &Span {
    spans.first().expect("a finding about hours has hours")
}

/// `石桥镇 值班员`, `石桥镇`, `值班员`: what is not empty.
fn joined(parts: &[&str]) -> String {
    let filled: Vec<&str> = parts.iter().copied().filter(|p| !p.is_empty()).collect();
    filled.join(" ")
}
