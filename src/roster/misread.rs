//! What the reader has to say of a file: facts, one variant per sentence.

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::answers::Answer;
use super::year::YearFrom;
use super::{Code, Limits, Phone};

/// What could not be read, or was read on a guess.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Misread {
    /// F311: not one byte of text.
    EmptyFile,
    /// F312: the first bytes are a picture's, an archive's: `PNG`, `ZIP`.
    NotATable { kind: String },
    /// F312: a workbook that needs a password.
    Locked,
    /// F312: a workbook, but cut short or damaged.
    Damaged,
    /// F313: small as a file, and past all measure once unpacked.
    Outgrown,
    /// F313: more shifts than these are no roster.
    TooManyShifts { most: usize },
    /// F325: the sheet read, and those left out with the shifts each seems to hold.
    OtherSheets {
        read: String,
        others: Vec<(String, u32)>,
    },
    /// F313: more bytes or rows than are taken.
    TooLarge {
        bytes: usize,
        rows: usize,
        limits: Limits,
    },
    /// F314
    Undecodable { encoding: String },
    /// F315: opened in this row, as a spreadsheet counts.
    UnclosedQuote { row: u32 },
    /// F316
    NulBytes,
    /// F301
    EncodingGuessed { encoding: String },
    /// F302: a label taken for another by near spelling.
    NearLabel { label: String, taken_for: String },
    /// F302: no label says what these people are; taken for `post`.
    UnlabelledPeople { label: String, post: String },
    /// F309: a column that could not be put to any use.
    UnknownColumn { label: String, example: String },
    /// F321: rows wider than the header; what stands beyond it was read as `post`.
    ShortHeader {
        named: u32,
        widest: u32,
        post: String,
    },
    /// F303, with the day that would fit its neighbours or its weekday.
    BadDate {
        text: String,
        instead: Option<NaiveDate>,
    },
    /// F303: a day of a month that nothing names.
    NoMonth { text: String },
    /// F304
    EndBeforeStart { text: String },
    /// F310
    BadTime { text: String },
    /// F305: blanks of a column read as the cell above.
    MergedCells { label: String, cells: u32 },
    /// F306
    Mangled {
        text: String,
        repaired: Option<Phone>,
    },
    /// F308: the hours are the handover's, for so many shifts.
    AssumedHours { shifts: u32, handover_minute: u32 },
    /// F317
    NoDate,
    /// F318
    NothingRead,
    /// F319: a row or cell that looks like duty.
    Unreadable { text: String },
    /// F319: a row without a date between dated ones.
    BlankDate {
        above: NaiveDate,
        instead: Option<NaiveDate>,
    },
    /// F319: a code no legend explains.
    UnknownCode { text: String },
    /// F320
    YearInferred { year: i32, from: YearFrom },
    /// F322: start and end the same.
    EqualClocks { text: String },
    /// F322: bare clocks that would make so many minutes.
    LongCrossing { text: String, minutes: u32 },
    /// F322: a word whose hours nothing in the file gives.
    GuessedWord {
        word: String,
        start_minute: u32,
        end_minute: u32,
    },
    /// F322: the column of hours is blank here.
    MissingHours,
    /// F322: one clock where a start and an end are needed.
    LoneClock { text: String },
    /// F323
    TooLong { minutes: u32, most_minutes: u32 },
    /// F324: `text` may be two dates; taken as `taken`.
    AmbiguousDate { text: String, taken: NaiveDate },
    /// F324: weekdays only; spread over the period.
    WeekdayTemplate,
    /// H403: written as `written`, but the day is a `real`.
    WeekdayMismatch {
        date: NaiveDate,
        written: Weekday,
        real: Weekday,
    },
    /// P201
    BadPhone { text: String },
    /// P205: somebody, and nobody says who.
    NamesNobody { text: String },
    /// P205: away, with nobody standing in.
    Away { name: String },
    /// P205: may be a name or not; read as one.
    DoubtfulName { name: String },
    /// P205: a remark or a note that may change who is on; the row was read without it.
    MayChange { text: String },
    /// P202: fewer or more numbers than people; nobody was given one.
    UnpairedPhones { people: u32, numbers: u32 },
    /// F322: a time in a bracket beside a name; not read.
    BracketedTime { text: String },
    /// P205: a blank that may mean the cell above or nobody; read as the one named.
    BlankTakenAs { name: Option<String> },
    /// X902: a remark that asks to ignore a rule and does not say why.
    ExcuseWithoutReason { code: Code },
    /// X902: a remark that asks to ignore what is no rule.
    NoSuchRule { text: String },
    /// F327: rows that the spreadsheet hides, with so many shifts that were read.
    HiddenRows { rows: Vec<u32>, shifts: u32 },
    /// F327: the same of columns.
    HiddenColumns { columns: Vec<u32>, shifts: u32 },
    /// F327: a text under a merged cell that shows another; not read.
    Covered { text: String, shown: String },
    /// F326: read so because a person said so.
    AsTold { answer: Answer },
}
