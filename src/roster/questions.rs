//! What a reading leaves open and a person could settle: each question with its choices, and each
//! choice a whole answer.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::answers::{Answer, ColumnName, ColumnUse, WordMeans};
use super::finding::Place;

/// One thing to ask, where it stands, and what can be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub asks: Asks,
    pub place: Option<Place>,
    /// At least two, save for rows and for an offer; where the reading rests on a guess, the guess is the first.
    pub choices: Vec<Answer>,
}

/// What is asked: the facts of the sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// So many shifts have no hours.
    DayBegins {
        shifts: u32,
    },
    /// Whose people, or what else, a column holds. `taken_for`: the post it was read as.
    Column {
        column: ColumnName,
        example: String,
        taken_for: Option<String>,
    },
    /// A header that may be another one with a slip of the pen.
    NearLabel {
        label: String,
        taken_for: String,
    },
    /// A blank may be the cell above or nobody; `above` is who stands there.
    Blanks {
        column: ColumnName,
        above: Option<String>,
    },
    /// Hours whose end is not after their start.
    NextDay {
        text: String,
    },
    /// A shift word or code without hours.
    Word {
        word: String,
    },
    /// `03/10`
    Slashes {
        text: String,
    },
    /// There is no such day; `instead` would fit.
    Day {
        text: String,
        instead: NaiveDate,
    },
    Year {
        year: i32,
    },
    /// A row that cannot be read; its cells, joined by [`ROW_JOINT`].
    Row {
        row: String,
    },
    /// A row that the spreadsheet does not show, and that holds shifts.
    HiddenRow {
        row: String,
    },
    /// Nothing was read: whether somebody points out the columns.
    Columns,
    /// Which column holds this; a cell of each that is offered, in the order of the choices.
    WhichColumn {
        holds: ColumnUse,
        examples: Vec<String>,
    },
    /// Which sheet of a workbook counts; the shifts of each, in the order of the choices.
    Sheet {
        shifts: Vec<u32>,
    },
    /// Which days bare weekdays are spread over; `taken`, whether some were.
    Spread {
        taken: bool,
    },
}

/// Between the cells of a row quoted whole.
pub(super) const ROW_JOINT: &str = " | ";

impl Question {
    /// The answer somebody wrote out, where the question takes one: `8:45`, `8:30-12:00`.
    #[must_use]
    pub fn answer_of(&self, text: &str) -> Option<Answer> {
        use super::calendar::stretch;
        use super::hours::{Hours, Looseness, only_hours};
        if matches!(self.asks, Asks::Spread { .. }) {
            return self.days_of(text);
        }
        let said = only_hours(&super::plain::plain(text.trim()), Looseness::Column)?;
        match (&self.asks, said) {
            (Asks::DayBegins { .. }, Hours::At(clock)) if clock.exists => {
                let minute = clock.minute % (24 * 60);
                Some(Answer::DayBegins { minute })
            }
            (Asks::Word { word }, hours @ Hours::Range { .. }) => {
                let stretch = stretch(&hours)?;
                Some(Answer::Word {
                    word: word.clone(),
                    means: WordMeans::Hours {
                        start_minute: stretch.start,
                        end_minute: stretch.end,
                    },
                })
            }
            _ => None,
        }
    }

    /// `10.1-10.7`, in the year of the days offered unless it names one.
    fn days_of(&self, text: &str) -> Option<Answer> {
        use chrono::Datelike;
        let offered = self.choices.iter().find_map(|choice| match choice {
            Answer::Spread { first, .. } => Some(first.year()),
            _ => None,
        })?;
        let said = super::days::only_days(&super::plain::plain(text.trim()))?;
        let [(from, Some(until))] = said.list[..] else {
            return None;
        };
        let year = from.year.unwrap_or(offered);
        let first = NaiveDate::from_ymd_opt(year, from.month?, from.day)?;
        let month = until.month.or(from.month)?;
        let last = NaiveDate::from_ymd_opt(until.year.unwrap_or(year), month, until.day)?;
        (first <= last).then_some(Answer::Spread { first, last })
    }
}
