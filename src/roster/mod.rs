//! A clerk's file read: bytes → text → grid → what each cell is → axes → shifts.
//!
//! Reading never fails. What cannot be read is a [`Finding`] with its row and column, and every
//! cell is accounted for: part of a shift, context, or a finding. This floor holds the reader's
//! own vocabulary (header synonyms, 次日, 待定) as data; it judges nothing and knows no chat.

mod answers;
mod asking;
mod axis;
mod bare_hours;
mod blocks;
mod book;
mod bulk;
mod calendar;
mod canonical;
mod cell_people;
mod cells;
mod choices;
mod clauses;
mod closing;
mod contents;
mod dating;
mod day;
mod day_and_night;
mod days;
mod decode;
mod duties;
mod evidence;
mod excuse;
mod facts;
mod finding;
mod form;
mod grid;
mod grouped;
mod heading;
mod hours;
mod lexicon;
mod liaison;
mod likely_names;
mod lines;
mod matrix;
mod mend;
mod merged;
mod merges;
mod misread;
mod months;
mod moons;
mod name_pieces;
mod names;
mod needs;
mod nights;
mod numbers_below;
mod outline;
mod people;
mod phones;
mod plain;
mod pointing;
mod prose;
mod questions;
mod reader;
mod remarks;
mod row_kind;
mod row_labels;
mod rows;
#[cfg(test)]
pub(crate) mod sample;
mod settling;
mod sheet;
mod shift;
mod spread;
mod table;
mod threads;
mod titles;
mod told;
mod units;
mod unseen;
mod vocabulary;
mod wall_calendar;
mod weekdays;
mod within;
mod wording;
mod year;

pub use answers::{Answer, Answers, Blank, ColumnName, ColumnUse, SlashOrder, WordMeans};
pub use canonical::{Entry, Progress, Roll, Sheet, Who, minute};
pub use cells::{Cells, Hidden, Merge, read_cells, unopened};
pub use excuse::Excuse;
pub use finding::{Beside, Booking, Code, Finding, Matter, Place, Severity};
pub use form::{ColumnHolds, ColumnRead, Form};
pub use grouped::Grouped;
pub use liaison::Liaison;
pub use mend::{Mend, Mended, mends};
pub use misread::Misread;
pub use needs::{ListBytes, NeedList, NeedRow};
pub use outline::Outline;
pub use people::{Person, Phone};
pub use questions::{Asks, Question};
pub use shift::{Post, Presence, Role, Roster, Shift, Unnamed, Unread};
pub use threads::each_in_a_thread;
pub use units::{ListFault, NeedEntry, UnitEntry, need_entries, unit_entries};
pub use year::YearFrom;

use serde::{Deserialize, Serialize};

use crate::time::{Period, Zone};

/// What the reader is told beside the bytes.
#[derive(Clone, Debug)]
pub struct Asked {
    pub zone: Zone,
    /// The period somebody asked for; settles years and ambiguous dates. The dates a file itself
    /// names come first.
    pub period: Option<Period>,
    /// Minutes since midnight at which a duty day begins where the file does not say.
    pub handover_minute: u32,
    /// The unit of a file that names none.
    pub unit: Option<String>,
    /// The longest believable shift.
    pub max_shift_minutes: u32,
    /// 5 MB and 50,000 rows; none for delimited text on the command line.
    pub limits: Option<Limits>,
    pub account: Telling,
    /// What a person has said of the form before.
    pub answers: Answers,
}

/// What of the account somebody will look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Telling {
    #[default]
    EveryCell,
    /// Nothing: where all is plain it need not be drawn up.
    NotAsked,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            zone: Zone::default(),
            period: None,
            handover_minute: 8 * 60,
            unit: None,
            max_shift_minutes: 24 * 60,
            limits: None,
            account: Telling::default(),
            answers: Answers::default(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub bytes: usize,
    pub rows: usize,
}

impl Limits {
    /// What the chat and the desk take.
    pub const CHAT: Limits = Limits {
        bytes: 5_000_000,
        rows: 50_000,
    };

    fn hold(self, bytes: &[u8], source: &Source) -> bool {
        bytes.len() <= self.bytes && source.rows as usize <= self.rows
    }
}

/// How the bytes became a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// As encoding standards name it, lower case: `utf-8`, `gb18030`, `utf-16le`.
    pub encoding: &'static str,
    /// `None` for workbooks.
    pub delimiter: Option<char>,
    /// The sheet read, for workbooks.
    pub sheet: Option<String>,
    /// Records, as a spreadsheet counts its rows.
    pub rows: u32,
}

/// All that one file said.
#[derive(Clone, Debug)]
pub struct Reading {
    pub source: Source,
    pub roster: Roster,
    pub findings: Vec<Finding>,
    pub account: Account,
    pub form: Form,
}

/// What became of every cell that is not blank.
#[derive(Clone, Debug, Default)]
pub struct Account {
    pub cells: Vec<Accounted>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accounted {
    pub place: Place,
    pub r#as: CellUse,
    /// Index into the roster's shifts, for cells that became part of one.
    pub shift: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum CellUse {
    Shift,
    Title,
    Header,
    Legend,
    Note,
    Total,
    Signature,
    Unit,
    Finding,
}

/// All that `bytes` say, read as a clerk's roster. Never fails: what cannot be read is a finding.
#[must_use]
pub fn read(bytes: &[u8], asked: &Asked) -> Reading {
    // What somebody said of the form asks for the way on which it is heard.
    let unanswered = asked.answers.is_empty();
    let short = unanswered.then(|| canonical::read(bytes, asked)).flatten();
    let holds = |reading: &Reading| {
        asked
            .limits
            .is_none_or(|limits| limits.hold(bytes, &reading.source))
    };
    short
        .filter(holds)
        .unwrap_or_else(|| read_in_full(bytes, asked))
}

/// The same without the short way that plain files take: the form is told of any file.
#[must_use]
pub fn read_in_full(bytes: &[u8], asked: &Asked) -> Reading {
    let nothing = |finding: Box<Finding>| Reading {
        source: Source {
            encoding: "utf-8",
            delimiter: None,
            sheet: None,
            rows: 0,
        },
        roster: Roster::default(),
        findings: vec![*finding],
        account: Account::default(),
        form: Form::default(),
    };
    if let Some(limits) = asked.limits.filter(|l| bytes.len() > l.bytes) {
        return nothing(too_large(bytes.len(), 0, limits));
    }
    let decoded = match decode::decode(bytes) {
        Ok(decoded) => decoded,
        Err(finding) => return nothing(finding),
    };
    let (grid, delimiter) = match grid::grid(&decoded.text) {
        Ok(found) => found,
        Err(finding) => return nothing(finding),
    };
    if let Some(limits) = asked.limits.filter(|l| grid.rows() > l.rows) {
        return nothing(too_large(bytes.len(), grid.rows(), limits));
    }
    let source = Source {
        encoding: decoded.encoding,
        delimiter: Some(delimiter),
        sheet: None,
        rows: u32::try_from(grid.rows()).unwrap_or(u32::MAX),
    };
    if let Some(finding) = bulk::refusal(&grid) {
        return Reading {
            source,
            ..nothing(finding)
        };
    }
    let mut book = reader::read_sheet(&mut sheet::Sheet::new(&grid, asked.zone), asked);
    if book.overflows {
        return Reading {
            source,
            ..nothing(decode::whole_file(Code::F313, book.outgrown()))
        };
    }
    if decoded.guessed {
        let matter = Misread::EncodingGuessed {
            encoding: decoded.encoding.to_owned(),
        };
        book.find_at(Code::F301, Some(Place::default()), matter);
    }
    book.settle_unread();
    let account = book.account_of_all();
    Reading {
        source,
        roster: book.roster,
        findings: book.findings,
        account,
        form: book.form,
    }
}

fn too_large(bytes: usize, rows: usize, limits: Limits) -> Box<Finding> {
    decode::whole_file(
        Code::F313,
        Misread::TooLarge {
            bytes,
            rows,
            limits,
        },
    )
}

/// The kind of duty a post's name tells of.
#[must_use]
pub fn role_of(post: &str) -> Role {
    heading::role_of(post).unwrap_or(Role::DutyOfficer)
}

/// The cells of delimited text as they were read; `None` for what is no text.
#[must_use]
pub fn cells(bytes: &[u8]) -> Option<Cells> {
    let decoded = decode::decode(bytes).ok()?;
    let (grid, _) = grid::grid(&decoded.text).ok()?;
    let row = |row| grid.row(row).map(str::to_owned).collect();
    Some(Cells {
        encoding: decoded.encoding,
        rows: (0..grid.rows()).map(row).collect(),
        ..Cells::default()
    })
}

/// The text of a small file of ours, in whatever encoding it was saved.
#[must_use]
pub fn text(bytes: &[u8]) -> Option<String> {
    decode::decode(bytes).ok().map(|d| d.text.into_owned())
}
