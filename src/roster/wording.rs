//! What words were found to be, known once asked: a roster repeats its few names and labels.

use std::sync::Arc;

use foldhash::HashMap;

use super::clauses::{Part, label_first, parts_labelled};
use super::heading::Heading;
use super::names::{Naming, Spacing, naming};
use super::plain::plain;
use super::within::{bracketed, shifts_within};

/// More different words are none that repeat.
const MOST_KNOWN: usize = 10_000;

#[derive(Debug)]
pub(super) struct Wording {
    spacing: Spacing,
    namings: HashMap<String, Arc<Naming>>,
    partings: HashMap<String, Option<Arc<[Part]>>>,
    labels: Labels,
}

/// Some people under one label, and who they are.
#[derive(Debug)]
pub(super) struct Spoken {
    pub part: Part,
    pub naming: Arc<Naming>,
}

impl Wording {
    pub fn new(spacing: Spacing) -> Self {
        Self {
            spacing,
            namings: HashMap::default(),
            partings: HashMap::default(),
            labels: Labels::default(),
        }
    }

    /// Who a text names.
    pub fn naming(&mut self, text: &str) -> Arc<Naming> {
        let spacing = self.spacing;
        once(&mut self.namings, text, || Arc::new(naming(text, spacing)))
    }

    /// The shifts and posts a cell tells apart; `None` where it only names people.
    pub fn shifts_within(&mut self, text: &str) -> Option<Arc<[Part]>> {
        let spacing = self.spacing;
        once(&mut self.partings, text, || {
            shifts_within(text, spacing).map(Arc::from)
        })
    }

    /// The labels, hours and people of a piece of text.
    pub fn spoken(&mut self, text: &str) -> Vec<Spoken> {
        let text = plain(text);
        let spacing = self.spacing;
        let parts = bracketed(&text, spacing).unwrap_or_else(|| {
            let labels = &mut self.labels;
            parts_labelled(&text, spacing, &mut |token| labels.label_of(token, spacing))
        });
        let of = |part: Part| Spoken {
            naming: self.naming(&part.people),
            part,
        };
        parts.into_iter().map(of).collect()
    }
}

/// What is known of `text`, found now unless it was before.
fn once<T: Clone>(known: &mut HashMap<String, T>, text: &str, find: impl FnOnce() -> T) -> T {
    if let Some(known) = known.get(text) {
        return known.clone();
    }
    let found = find();
    if known.len() < MOST_KNOWN {
        known.insert(text.to_owned(), found.clone());
    }
    found
}

/// The labels words begin with.
#[derive(Debug, Default)]
struct Labels {
    /// The heading of a word, and how many bytes follow it.
    known: HashMap<String, Option<(Heading, usize)>>,
}

impl Labels {
    fn label_of<'t>(&mut self, token: &'t str, spacing: Spacing) -> Option<(Heading, &'t str)> {
        if let Some(known) = self.known.get(token) {
            let (heading, left) = known.as_ref()?;
            return Some((heading.clone(), &token[token.len() - left..]));
        }
        let found = label_first(token, spacing);
        if self.known.len() < MOST_KNOWN {
            let kept = found.as_ref().map(|(h, after)| (h.clone(), after.len()));
            self.known.insert(token.to_owned(), kept);
        }
        found
    }
}
