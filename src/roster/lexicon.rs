//! A list of words asked by first characters, so that a text is gone through once and not once
//! for each word.

use foldhash::{HashMap, HashMapExt};

/// Words, each with what it means.
pub(super) struct Lexicon<T> {
    firsts: Characters,
    by_first: HashMap<char, Vec<Entry<T>>>,
}

/// A list of characters, asked of every character of a text.
pub(super) struct Characters {
    /// One bit for each of the first plane; the others are not listed.
    bits: Box<[u64]>,
}

/// The characters of a bit set's word.
const BITS: usize = 64;
/// So many characters has the plane on which every word of rosters is written.
const PLANE: usize = 0x1_0000;

/// Words asked by their last characters.
pub(super) struct Endings<T> {
    by_last: HashMap<char, Vec<Entry<T>>>,
}

pub(super) struct Entry<T> {
    /// Its place in the list.
    pub rank: usize,
    pub word: &'static str,
    pub means: T,
}

impl<T: Copy> Lexicon<T> {
    pub fn of(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut by_first: HashMap<char, Vec<Entry<T>>> = HashMap::new();
        for (rank, (word, means)) in words.into_iter().enumerate() {
            if let Some(first) = word.chars().next() {
                let entry = Entry { rank, word, means };
                let first = first.to_ascii_lowercase();
                by_first.entry(first).or_default().push(entry);
            }
        }
        Self {
            firsts: Characters::of(by_first.keys().copied()),
            by_first,
        }
    }

    /// What the first word of the list that stands anywhere in `text`, letter for letter, means.
    pub fn anywhere(&self, text: &str) -> Option<T> {
        let found = text.char_indices().filter_map(|(at, c)| {
            let here = &text[at..];
            let mut entries = self.entries(c)?.iter();
            entries.find(|entry| here.starts_with(entry.word))
        });
        found
            .min_by_key(|entry| entry.rank)
            .map(|entry| entry.means)
    }

    /// What the first word of the list that is `text` means, ASCII letters in either case.
    pub fn whole(&self, text: &str) -> Option<T> {
        let first = text.chars().next()?.to_ascii_lowercase();
        let mut entries = self.entries(first)?.iter();
        entries
            .find(|entry| entry.word.eq_ignore_ascii_case(text))
            .map(|entry| entry.means)
    }

    /// The words `text` begins with, letter for letter.
    pub fn starts_of<'t>(&'t self, text: &'t str) -> impl Iterator<Item = &'t Entry<T>> {
        let first = text.chars().next().map(|c| c.to_ascii_lowercase());
        let entries = first.and_then(|c| self.entries(c));
        let entries = entries.into_iter().flatten();
        entries.filter(move |entry| text.starts_with(entry.word))
    }

    /// Whether a word may begin with `c`.
    pub fn may_begin(&self, c: char) -> bool {
        self.firsts.hold(c.to_ascii_lowercase())
    }

    fn entries(&self, first: char) -> Option<&Vec<Entry<T>>> {
        // Most characters of a text begin no word, and are not worth a hash.
        let listed = self.firsts.hold(first);
        listed.then(|| self.by_first.get(&first)).flatten()
    }
}

impl Lexicon<()> {
    pub fn of_words(words: &[&'static str]) -> Self {
        Self::of(words.iter().map(|word| (*word, ())))
    }

    /// Whether `text` is a word of the list, ASCII letters in either case.
    pub fn holds(&self, text: &str) -> bool {
        self.whole(text).is_some()
    }
}

impl Characters {
    pub fn of(listed: impl IntoIterator<Item = char>) -> Self {
        let mut bits = vec![0u64; PLANE / BITS].into_boxed_slice();
        for c in listed {
            if let Some(word) = bits.get_mut(c as usize / BITS) {
                *word |= 1 << (c as usize % BITS);
            }
        }
        Self { bits }
    }

    pub fn hold(&self, c: char) -> bool {
        let word = self.bits.get(c as usize / BITS);
        word.is_some_and(|word| word >> (c as usize % BITS) & 1 == 1)
    }
}

impl<T: Copy> Endings<T> {
    pub fn of(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut by_last: HashMap<char, Vec<Entry<T>>> = HashMap::new();
        for (rank, (word, means)) in words.into_iter().enumerate() {
            if let Some(last) = word.chars().next_back() {
                let entry = Entry { rank, word, means };
                by_last.entry(last).or_default().push(entry);
            }
        }
        Self { by_last }
    }

    /// The words `text` ends with, letter for letter.
    pub fn of_text<'t>(&'t self, text: &'t str) -> impl Iterator<Item = &'t Entry<T>> {
        let last = text.chars().next_back();
        let entries = last.and_then(|c| self.by_last.get(&c));
        let entries = entries.into_iter().flatten();
        entries.filter(move |entry| text.ends_with(entry.word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon<u8> {
        Lexicon::of([("总值班", 1), ("值班", 2), ("duty", 3), ("总值", 4)])
    }

    #[test]
    fn the_list_s_order_settles_which_of_several_words_is_meant() {
        assert_eq!(lexicon().anywhere("值班总值班"), Some(1));
        assert_eq!(lexicon().anywhere("on duty: 值班"), Some(2));
        assert_eq!(lexicon().anywhere("总 值 班"), None);
    }

    #[test]
    fn a_whole_word_may_be_in_capitals() {
        assert_eq!(lexicon().whole("Duty"), Some(3));
        assert_eq!(lexicon().whole("值班员"), None);
        assert_eq!(lexicon().whole(""), None);
    }

    #[test]
    fn characters_beyond_the_first_plane_are_not_listed() {
        let listed = Characters::of(['值', 'a', '𠀀']);
        assert!(listed.hold('值') && listed.hold('a'));
        assert!(!listed.hold('b') && !listed.hold('𠀀'));
    }

    #[test]
    fn every_word_at_either_end_is_found() {
        let lexicon = lexicon();
        let starts: Vec<_> = lexicon.starts_of("总值班室").map(|e| e.word).collect();
        assert_eq!(starts, ["总值班", "总值"]);
        let endings = Endings::of([("班", ()), ("值班", ()), ("总", ())]);
        let ends: Vec<_> = endings.of_text("总值班").map(|e| e.word).collect();
        assert_eq!(ends, ["班", "值班"]);
        assert!(lexicon.may_begin('D') && !lexicon.may_begin('班'));
    }
}
