//! The export's form. Every byte of it is bound: the first line is always the same, a roster by
//! its digest, an entry by its link, and the last line by the entries.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{Contradiction, Fault};
use crate::journal::{self, Deed, Entry};
use crate::spotcheck::{Digest, Roll};

const FIRST_LINE: &str = "zaigang journal 1";

/// What a journal names by its digest: the texts an export holds beside the entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Originals {
    /// Of every roster put in force, who is on duty when.
    pub rolls: Vec<String>,
    /// The updates answers came by, to the letter.
    pub updates: Vec<String>,
}

/// An export, read and its chain checked.
pub(super) struct Book {
    pub rolls: BTreeMap<Digest, Roll>,
    pub updates: BTreeMap<Digest, String>,
    pub entries: Vec<Entered>,
    /// Where in the file the head stands.
    pub head_line: usize,
}

/// One entry of the journal, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Entered {
    /// Of the file, from 1.
    pub line: usize,
    pub entry: Entry,
    pub link: Digest,
}

/// The export of a journal: the originals it names, and its entries (the JSON they are linked by,
/// and the link), in order.
#[must_use]
pub fn written<'a>(
    originals: &Originals,
    entries: impl IntoIterator<Item = (&'a str, [u8; 32])>,
) -> String {
    let mut text = format!("{FIRST_LINE}\n");
    for (digest, roll) in by_digest(&originals.rolls) {
        let _ = writeln!(text, "roll {digest} {roll}");
    }
    for (digest, update) in by_digest(&originals.updates) {
        let _ = writeln!(text, "update {digest} {}", quoted(update));
    }
    let mut head = (0, Digest::NONE);
    for (number, (entry, link)) in (1..).zip(entries) {
        head = (number, Digest(link));
        let _ = writeln!(text, "{number} {} {entry}", head.1);
    }
    let _ = writeln!(text, "head {} {}", head.0, head.1);
    text
}

fn by_digest(texts: &[String]) -> BTreeMap<Digest, &String> {
    let named = texts.iter().map(|text| (Digest::of(text.as_bytes()), text));
    named.collect()
}

/// On one line, whatever is in it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

pub(super) fn read(file: &[u8]) -> Result<Book, Contradiction> {
    let mut book = Book {
        rolls: BTreeMap::new(),
        updates: BTreeMap::new(),
        entries: Vec::new(),
        head_line: 0,
    };
    let mut named: BTreeMap<Digest, (u32, usize)> = BTreeMap::new();
    let mut roll_lines: Vec<(Digest, usize)> = Vec::new();
    let mut update_lines: BTreeMap<Digest, usize> = BTreeMap::new();
    let mut stand = Digest::NONE;
    let lines: Vec<&[u8]> = file.split(|byte| *byte == b'\n').collect();
    // The last line ends like every other.
    let (last, lines) = lines.split_last().unwrap_or((&file, &[]));
    for (line, bytes) in (1..).zip(lines) {
        let at = |fault| Contradiction {
            line,
            fault: Box::new(fault),
        };
        let text = std::str::from_utf8(bytes).map_err(|_| at(Fault::Form))?;
        if line == 1 {
            let is_export = text == FIRST_LINE;
            is_export.then_some(()).ok_or(at(Fault::NoExport))?;
        } else if book.head_line > 0 {
            return Err(at(Fault::Form));
        } else if let Some(rest) = text.strip_prefix("roll ") {
            let in_place = book.entries.is_empty() && book.updates.is_empty();
            let (digest, roll) = roll_in(rest).filter(|_| in_place).ok_or(at(Fault::Roll))?;
            let follows = roll_lines.last().is_none_or(|(before, _)| *before < digest);
            follows.then_some(()).ok_or(at(Fault::Roll))?;
            roll_lines.push((digest, line));
            book.rolls.insert(digest, roll);
        } else if let Some(rest) = text.strip_prefix("update ") {
            let in_place = book.entries.is_empty();
            let read = update_in(rest).filter(|_| in_place);
            let (digest, update) = read.ok_or(at(Fault::Update))?;
            let last = update_lines.keys().next_back();
            let follows = last.is_none_or(|before| *before < digest);
            follows.then_some(()).ok_or(at(Fault::Update))?;
            update_lines.insert(digest, line);
            book.updates.insert(digest, update);
        } else if let Some(rest) = text.strip_prefix("head ") {
            let is_head = rest == format!("{} {stand}", book.entries.len());
            is_head.then_some(()).ok_or(at(Fault::Head))?;
            book.head_line = line;
        } else {
            let expected = book.entries.len() as u64 + 1;
            let entered = entry_in(text, expected, stand)
                .map_err(at)
                .map(|(entry, link)| Entered { line, entry, link })?;
            stand = entered.link;
            if let Deed::RosterSealed { version, roll } = entered.entry.deed {
                named.entry(roll).or_insert((version, line));
            }
            book.entries.push(entered);
        }
    }
    let end = lines.len() + 1;
    if book.head_line == 0 || !last.is_empty() {
        let fault = if end == 1 {
            Fault::NoExport
        } else {
            Fault::Head
        };
        return Err(Contradiction {
            line: end,
            fault: Box::new(fault),
        });
    }
    all_is_named(&book, &update_lines, &roll_lines, &named)?;
    Ok(book)
}

/// Nothing is in the file that no entry speaks of, and every roll that one speaks of is there.
/// `named` says of each roll which version it was sealed with, and in which line.
fn all_is_named(
    book: &Book,
    update_lines: &BTreeMap<Digest, usize>,
    roll_lines: &[(Digest, usize)],
    named: &BTreeMap<Digest, (u32, usize)>,
) -> Result<(), Contradiction> {
    let updates_named: BTreeSet<Digest> = book
        .entries
        .iter()
        .filter_map(|entered| super::named(&entered.entry).map(|(_, digest)| digest))
        .collect();
    let unnamed = update_lines
        .iter()
        .find(|(digest, _)| !updates_named.contains(digest));
    if let Some((_, line)) = unnamed {
        let (line, fault) = (*line, Fault::UpdateUnnamed);
        return Err(Contradiction {
            line,
            fault: Box::new(fault),
        });
    }
    let held: BTreeSet<Digest> = book.rolls.keys().copied().collect();
    let unnamed = roll_lines
        .iter()
        .find(|(digest, _)| !named.contains_key(digest));
    if let Some((_, line)) = unnamed {
        let (line, fault) = (*line, Fault::RollUnnamed);
        return Err(Contradiction {
            line,
            fault: Box::new(fault),
        });
    }
    let missing = named.iter().find(|(digest, _)| !held.contains(digest));
    if let Some((_, (version, line))) = missing {
        let (version, line) = (*version, *line);
        let fault = Fault::RollMissing { version };
        return Err(Contradiction {
            line,
            fault: Box::new(fault),
        });
    }
    Ok(())
}

fn roll_in(rest: &str) -> Option<(Digest, Roll)> {
    let (digest, text) = rest.split_once(' ')?;
    let digest: Digest = digest.parse().ok()?;
    let roll: Roll = serde_json::from_str(text).ok()?;
    (Digest::of(text.as_bytes()) == digest).then_some((digest, roll))
}

fn update_in(rest: &str) -> Option<(Digest, String)> {
    let (digest, text) = rest.split_once(' ')?;
    let digest: Digest = digest.parse().ok()?;
    let update: String = serde_json::from_str(text).ok()?;
    let is_as_written = quoted(&update) == text && Digest::of(update.as_bytes()) == digest;
    is_as_written.then_some((digest, update))
}

/// One line's entry and link: the `expected`-th, after the link `before`.
fn entry_in(text: &str, expected: u64, before: Digest) -> Result<(Entry, Digest), Fault> {
    let (number, rest) = text.split_once(' ').ok_or(Fault::Form)?;
    let (link, entry) = rest.split_once(' ').ok_or(Fault::Form)?;
    if number != expected.to_string() {
        return Err(Fault::Number { expected });
    }
    let link: Digest = link.parse().map_err(|_| Fault::Form)?;
    if journal::link(&before.0, entry) != link.0 {
        return Err(Fault::Link);
    }
    let entry = serde_json::from_str(entry).map_err(|_| Fault::Unknown)?;
    Ok((entry, link))
}
