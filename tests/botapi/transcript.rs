//! Everything said by both sides, in order, to be read by people.

use std::fmt;

/// The story of a run, one line or paragraph an entry.
#[derive(Debug, Default, Clone)]
pub struct Transcript(Vec<String>);

impl Transcript {
    /// A person did something.
    pub fn person(&mut self, name: &str, what: &str) {
        self.entry(&format!("{name} ▸ "), what);
    }

    /// The bot did something in a chat.
    pub fn bot(&mut self, chat: &str, what: &str) {
        self.entry(&format!("→ {chat}: "), what);
    }

    /// The wire or the weather.
    pub fn aside(&mut self, what: &str) {
        self.entry("  ~ ", what);
    }

    fn entry(&mut self, lead: &str, what: &str) {
        let mut lines = what.lines();
        let mut text = format!("{lead}{}", lines.next().unwrap_or_default());
        for line in lines {
            text.push_str("\n    ");
            text.push_str(line);
        }
        self.0.push(text);
    }
}

impl fmt::Display for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|entry| writeln!(f, "{entry}"))
    }
}
