//! A file's bytes → a reading. Text is read where it is; a workbook is unpacked by a process of
//! its own, with bounds on its memory and time, because a small one can ask for everything.
//!
//! Told by content, never by extension: a CSV named .xls is a CSV. Knows no chat and no command
//! line, and what a cell means is the reader's business.

mod cell;
mod child;
pub mod document;
mod mapped;
pub mod marked;
pub mod template;
mod unpack;
mod unseen;
mod wire;

pub use child::sheets_from_stdin;
pub use mapped::Mapped;

use crate::roster::{
    self, Answer, Asked, Asks, Cells, Code, Finding, Limits, Matter, Misread, Place, Question,
    Reading, Source,
};
use unpack::unpacked;

/// The command this program runs itself with to unpack a workbook.
pub const UNPACK: &str = "__workbook";

/// All that a file says, whatever it is. Blocks while a workbook is being unpacked.
#[must_use]
pub fn read(bytes: &[u8], asked: &Asked) -> Reading {
    match Container::of(bytes) {
        None => roster::read(bytes, asked),
        Some(container) => workbook(container, bytes, asked),
    }
}

/// The same for somebody who wants to see the form, however plain the file is.
#[must_use]
pub fn read_with_form(bytes: &[u8], asked: &Asked) -> Reading {
    match Container::of(bytes) {
        None => roster::read_in_full(bytes, asked),
        Some(container) => workbook(container, bytes, asked),
    }
}

fn workbook(container: Container, bytes: &[u8], asked: &Asked) -> Reading {
    let encoding = container.encoding();
    let limits = asked.limits.unwrap_or(Limits::CHAT);
    if bytes.len() > limits.bytes {
        let matter = Misread::TooLarge {
            bytes: bytes.len(),
            rows: 0,
            limits,
        };
        return roster::unopened(matter, encoding);
    }
    match unpacked(bytes, limits, encoding) {
        Ok(sheets) => best(&sheets, asked).unwrap_or_else(|| {
            roster::read_cells(
                &Cells {
                    encoding,
                    ..Cells::default()
                },
                asked,
            )
        }),
        Err(matter) => roster::unopened(matter, encoding),
    }
}

/// The cells that a reading rests on, once more; `None` where the file has none.
#[must_use]
pub fn cells(bytes: &[u8], source: &Source) -> Option<Cells> {
    let Some(container) = Container::of(bytes) else {
        return roster::cells(bytes);
    };
    let sheets = unpacked(bytes, Limits::CHAT, container.encoding()).ok()?;
    let mut sheets = sheets.into_iter();
    sheets.find(|cells| Some(&cells.sheet) == source.sheet.as_ref())
}

/// The sheet a person named, else the one with most shifts, the first of equals; it says so and
/// asks when another has shifts too.
fn best(sheets: &[Cells], asked: &Asked) -> Option<Reading> {
    let mut readings: Vec<Reading> = sheets
        .iter()
        .map(|cells| roster::read_cells(cells, asked))
        .collect();
    let shifts = |reading: &Reading| reading.roster.shifts.len();
    let filled = |reading: &Reading| !reading.account.cells.is_empty();
    let told = asked.answers.sheet();
    let is_told = |reading: &Reading| told.is_some() && reading.source.sheet.as_deref() == told;
    let chosen = (0..readings.len()).min_by_key(|n| {
        let reading = readings.get(*n);
        std::cmp::Reverse(reading.map(|r| (is_told(r), shifts(r), filled(r))))
    })?;
    let mut reading = readings.swap_remove(chosen);
    let others: Vec<(String, u32)> = sheets
        .iter()
        .filter(|cells| Some(&cells.sheet) != reading.source.sheet.as_ref())
        .filter_map(|cells| {
            let own = readings
                .iter()
                .find(|r| r.source.sheet.as_ref() == Some(&cells.sheet))?;
            Some((
                cells.sheet.clone(),
                u32::try_from(shifts(own)).unwrap_or(u32::MAX),
            ))
        })
        .filter(|(_, shifts)| *shifts > 0)
        .collect();
    let Some(read) = reading.source.sheet.clone().filter(|_| !others.is_empty()) else {
        return Some(reading);
    };
    if is_told(&reading) {
        let answer = Answer::Sheet { name: read };
        reading.findings.push(Finding {
            code: Code::F326,
            place: Some(Place::default()),
            also: Vec::new(),
            matter: Matter::Misread(Misread::AsTold { answer }),
        });
    } else {
        let own = u32::try_from(shifts(&reading)).unwrap_or(u32::MAX);
        let question = which_sheet((&read, own), &others);
        reading.form.questions.insert(0, question);
        reading.findings.push(Finding {
            code: Code::F325,
            place: Some(Place::default()),
            also: Vec::new(),
            matter: Matter::Misread(Misread::OtherSheets { read, others }),
        });
    }
    Some(reading)
}

/// Which of the sheets that hold shifts counts: the one read, or another.
fn which_sheet((read, shifts): (&str, u32), others: &[(String, u32)]) -> Question {
    let others = others.iter().map(|(name, shifts)| (name.as_str(), *shifts));
    let (choices, shifts) = [(read, shifts)]
        .into_iter()
        .chain(others)
        .take(MOST_SHEETS)
        .map(|(name, shifts)| {
            let name = name.to_owned();
            (Answer::Sheet { name }, shifts)
        })
        .unzip();
    Question {
        asks: Asks::Sheet { shifts },
        place: None,
        choices,
    }
}

/// So many sheets have a button each.
const MOST_SHEETS: usize = 12;

/// What workbooks are wrapped in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Container {
    /// .xlsx
    Zip,
    /// .xls, .et, and an .xlsx with a password.
    Ole,
}

/// What each entry of a zip file begins with, and how far its name is from there.
const ENTRY: &[u8] = b"PK\x03\x04";
const ENTRY_HEAD: usize = 30;

impl Container {
    /// `None` for what is no workbook: text, pictures, documents.
    fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(ENTRY) {
            // Entry by entry: what is cut short has lost the directory at its end.
            let mut names = bytes
                .windows(ENTRY_HEAD + 3)
                .filter(|w| w.starts_with(ENTRY));
            return names.any(|w| w.ends_with(b"xl/")).then_some(Container::Zip);
        }
        let is_ole = bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
        let streams = ["Workbook", "Book", "EncryptedPackage"];
        let mut names = streams.iter().map(|name| utf16(name));
        (is_ole && names.any(|name| holds(bytes, &name))).then_some(Container::Ole)
    }

    /// How text is kept within.
    fn encoding(self) -> &'static str {
        match self {
            Container::Zip => "utf-8",
            Container::Ole => "utf-16le",
        }
    }
}

fn holds(bytes: &[u8], name: &[u8]) -> bool {
    bytes.windows(name.len()).any(|window| window == name)
}

/// As a directory of streams spells a name: from its first letter to its closing zeros.
fn utf16(name: &str) -> Vec<u8> {
    let units = name.encode_utf16().chain([0]);
    units.flat_map(u16::to_le_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_it_holds_whatever_it_is_called() {
        let ole = |stream: &str| {
            [
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(),
                &utf16(stream),
            ]
            .concat()
        };
        let zip = |name: &str| [ENTRY, &[0; 26], name.as_bytes()].concat();
        assert_eq!(Container::of(&zip("xl/workbook.xml")), Some(Container::Zip));
        let late = [zip("_rels/.rels"), zip("xl/worksheets")].concat();
        assert_eq!(Container::of(&late), Some(Container::Zip));
        assert_eq!(Container::of(&zip("word/document.xml")), None);
        assert_eq!(Container::of(&ole("Workbook")), Some(Container::Ole));
        assert_eq!(
            Container::of(&ole("EncryptedPackage")),
            Some(Container::Ole)
        );
        assert_eq!(Container::of(&ole("WordDocument")), None);
        assert_eq!(Container::of("日期,值班员\n".as_bytes()), None);
    }
}
