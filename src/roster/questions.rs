//! What a reading leaves open and a person could settle: each question with its choices, and each
//! choice a whole answer.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::answers::{Answer, ColumnName, WordMeans};
use super::finding::Place;

/// One thing to ask, where it stands, and what can be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub asks: Asks,
    pub place: Option<Place>,
    /// At least two, save for rows; where the reading rests on a guess, the guess is the first.
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
}

/// Between the cells of a row quoted whole.
pub(super) const ROW_JOINT: &str = " | ";

impl Question {
    /// The answer somebody wrote out, where the question takes one: `8:45`, `8:30-12:00`.
    #[must_use]
    pub fn answer_of(&self, text: &str) -> Option<Answer> {
        use super::calendar::stretch;
        use super::hours::{Hours, Looseness, only_hours};
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
}
