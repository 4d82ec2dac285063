//! A list of words asked by first characters, so that a text is gone through once and not once
//! for each word.

use foldhash::{HashMap, HashMapExt};

/// Words, each with what it means.
pub(super) struct Lexicon<T> {
    by_first: HashMap<char, Vec<Entry<T>>>,
}

struct Entry<T> {
    /// Its place in the list.
    rank: usize,
    word: &'static str,
    means: T,
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
        Self { by_first }
    }

    /// What the first word of the list that stands anywhere in `text`, letter for letter, means.
    pub fn anywhere(&self, text: &str) -> Option<T> {
        let found = text.char_indices().filter_map(|(at, c)| {
            let here = &text[at..];
            let mut entries = self.by_first.get(&c)?.iter();
            entries.find(|entry| here.starts_with(entry.word))
        });
        found
            .min_by_key(|entry| entry.rank)
            .map(|entry| entry.means)
    }

    /// What the first word of the list that is `text` means, ASCII letters in either case.
    pub fn whole(&self, text: &str) -> Option<T> {
        let first = text.chars().next()?.to_ascii_lowercase();
        let mut entries = self.by_first.get(&first)?.iter();
        entries
            .find(|entry| entry.word.eq_ignore_ascii_case(text))
            .map(|entry| entry.means)
    }

    /// The longest word `text` begins with.
    pub fn longest_start(&self, text: &str) -> Option<&'static str> {
        let entries = self.by_first.get(&text.chars().next()?)?.iter();
        entries
            .map(|entry| entry.word)
            .filter(|word| text.starts_with(word))
            .max_by_key(|word| word.len())
    }

    /// Whether a word may begin with `c`.
    pub fn may_begin(&self, c: char) -> bool {
        self.by_first.contains_key(&c.to_ascii_lowercase())
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
    fn the_longest_beginning_wins() {
        assert_eq!(lexicon().longest_start("总值班室"), Some("总值班"));
        assert_eq!(lexicon().longest_start("班"), None);
        assert!(lexicon().may_begin('D') && !lexicon().may_begin('班'));
    }
}
