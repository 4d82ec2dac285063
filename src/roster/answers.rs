//! What a clerk has said of a form, once, so that nobody need ask again.
//!
//! An answer is about the form, not about a row: a column is known by its header, or by its place
//! where it has none; a doubtful text by its own words. So it holds for the next file of the same
//! office too, and one that fits nothing there changes nothing. Knows no chat and no file of its own.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::plain::{key_of, plain};
use super::shift::Role;

/// One answer to one question a reading left open.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Where the file gives no hours, a duty day begins at this minute of the day.
    DayBegins { minute: u32 },
    /// What a column holds.
    Column {
        column: ColumnName,
        holds: ColumnUse,
    },
    /// What the blanks of a column mean.
    Blanks { column: ColumnName, mean: Blank },
    /// An end that is not after its start lies on the next day: everywhere in the form, or only
    /// where the hours are written so.
    NextDay { written: Option<String> },
    /// When a shift word or code is, where no legend says it.
    Word { word: String, means: WordMeans },
    /// Which number of `03/10` is the month.
    Slashes { order: SlashOrder },
    /// What a day that does not exist was meant to be.
    Day { written: String, day: NaiveDate },
    /// The year of dates that give none.
    Year { year: i32 },
    /// A row of these words is no duty. See [`super::Asks::Row`].
    LeftOut { row: String },
    /// The headings are others than the reader knows: a person points out the columns.
    PointsOut,
    /// No column holds this.
    NoColumn { holds: ColumnUse },
    /// Of a workbook's sheets, the one that counts.
    Sheet { name: String },
    /// The first and the last day that bare weekdays are spread over.
    Spread { first: NaiveDate, last: NaiveDate },
}

/// How a column is known again in the next file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnName {
    /// By its header; blanks and case do not matter.
    Label(String),
    /// It has none: by its place, from 1.
    Unlabelled(u32),
    /// All without one from this place on.
    UnlabelledFrom(u32),
}

/// What somebody can say that a column holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnUse {
    /// People at a post of this kind.
    People(Role),
    /// As if its header said so.
    Like(String),
    Date,
    Unit,
    Phone,
    Hours,
    /// Nothing of duty; its cells are remarks.
    Remark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blank {
    SameAsAbove,
    Nobody,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordMeans {
    /// Minutes from the day's midnight; the end may lie in the next day.
    Hours { start_minute: u32, end_minute: u32 },
    /// Nobody is on.
    OffDuty,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlashOrder {
    MonthFirst,
    DayFirst,
}

impl ColumnName {
    /// The name of the column at `position`, from 1, under `label`.
    #[must_use]
    pub fn of(label: &str, position: u32) -> Self {
        if label.trim().is_empty() {
            ColumnName::Unlabelled(position)
        } else {
            ColumnName::Label(label.to_owned())
        }
    }

    fn is(&self, other: &ColumnName) -> bool {
        match (self, other) {
            (ColumnName::Label(one), ColumnName::Label(other)) => key(one) == key(other),
            (ColumnName::Unlabelled(one), ColumnName::Unlabelled(other))
            | (ColumnName::UnlabelledFrom(one), ColumnName::UnlabelledFrom(other)) => one == other,
            _ => false,
        }
    }
}

impl Answer {
    /// Whether both answer the same question, so that the later one stands.
    #[must_use]
    pub fn answers_as(&self, other: &Answer) -> bool {
        match (self, other) {
            (Answer::DayBegins { .. }, Answer::DayBegins { .. })
            | (Answer::Slashes { .. }, Answer::Slashes { .. })
            | (Answer::Year { .. }, Answer::Year { .. })
            | (Answer::PointsOut, Answer::PointsOut)
            | (Answer::Sheet { .. }, Answer::Sheet { .. })
            | (Answer::Spread { .. }, Answer::Spread { .. }) => true,
            (Answer::NoColumn { holds: one }, Answer::NoColumn { holds: other }) => one == other,
            (Answer::Column { column: one, .. }, Answer::Column { column: other, .. })
            | (Answer::Blanks { column: one, .. }, Answer::Blanks { column: other, .. }) => {
                one.is(other)
            }
            (Answer::NextDay { written: one }, Answer::NextDay { written: other }) => one == other,
            (Answer::Word { word: one, .. }, Answer::Word { word: other, .. }) => {
                key(one) == key(other)
            }
            (Answer::Day { written: one, .. }, Answer::Day { written: other, .. })
            | (Answer::LeftOut { row: one }, Answer::LeftOut { row: other }) => one == other,
            _ => false,
        }
    }

    /// The same without anybody's number: what is written down for good must not keep them.
    #[must_use]
    pub fn without_numbers(&self) -> Answer {
        match self {
            Answer::LeftOut { row } => Answer::LeftOut {
                row: numbers_hidden(row),
            },
            other => other.clone(),
        }
    }

    /// Whether it holds for the next file of this form; days and years pass.
    #[must_use]
    pub fn lasts(&self) -> bool {
        !matches!(
            self,
            Answer::Year { .. } | Answer::Day { .. } | Answer::Spread { .. }
        )
    }
}

/// Everything said of one form, in the order it was said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers {
    given: Vec<Answer>,
}

impl Answers {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Answer> {
        self.given.iter()
    }

    /// One more; it takes the place of what answered the same question before.
    pub fn tell(&mut self, answer: Answer) {
        self.given.retain(|before| !before.answers_as(&answer));
        self.given.push(answer);
    }

    /// Those that hold for the next file of the form.
    #[must_use]
    pub fn lasting(&self) -> Answers {
        self.given.iter().filter(|a| a.lasts()).cloned().collect()
    }

    pub(super) fn day_begins(&self) -> Option<u32> {
        self.given.iter().find_map(|answer| match answer {
            // A day has no other minutes, whatever a file of answers says.
            Answer::DayBegins { minute } => Some(*minute).filter(|m| *m < 24 * 60),
            _ => None,
        })
    }

    pub(super) fn column(&self, label: &str, position: u32) -> Option<&ColumnUse> {
        let name = ColumnName::of(label, position);
        let of = |is_it: &dyn Fn(&ColumnName) -> bool| {
            self.given.iter().find_map(|answer| match answer {
                Answer::Column { column, holds } if is_it(column) => Some(holds),
                _ => None,
            })
        };
        let beyond = |column: &ColumnName| {
            let unlabelled = matches!(name, ColumnName::Unlabelled(_));
            unlabelled && matches!(column, ColumnName::UnlabelledFrom(from) if *from <= position)
        };
        of(&|column| column.is(&name)).or_else(|| of(&beyond))
    }

    pub(super) fn blanks(&self, label: &str, position: u32) -> Option<Blank> {
        let name = ColumnName::of(label, position);
        self.given.iter().find_map(|answer| match answer {
            Answer::Blanks { column, mean } if column.is(&name) => Some(*mean),
            _ => None,
        })
    }

    /// The answer by which hours written so end on the next day.
    pub(super) fn next_day(&self, text: &str) -> Option<&Answer> {
        let of = |wanted: Option<&str>| {
            let mut given = self.given.iter();
            given.find(|a| matches!(a, Answer::NextDay { written } if written.as_deref() == wanted))
        };
        of(Some(text)).or_else(|| of(None))
    }

    pub(super) fn words(&self) -> impl Iterator<Item = (&str, WordMeans)> {
        self.given.iter().filter_map(|answer| match answer {
            Answer::Word { word, means } => Some((word.as_str(), *means)),
            _ => None,
        })
    }

    pub(super) fn slashes(&self) -> Option<SlashOrder> {
        self.given.iter().find_map(|answer| match answer {
            Answer::Slashes { order } => Some(*order),
            _ => None,
        })
    }

    pub(super) fn day(&self, text: &str) -> Option<NaiveDate> {
        self.given.iter().find_map(|answer| match answer {
            Answer::Day { written, day } if written == text => Some(*day),
            _ => None,
        })
    }

    pub(super) fn year(&self) -> Option<i32> {
        self.given.iter().find_map(|answer| match answer {
            Answer::Year { year } => Some(*year).filter(|year| (1900..=2200).contains(year)),
            _ => None,
        })
    }

    /// The sheet a person wants read.
    #[must_use]
    pub fn sheet(&self) -> Option<&str> {
        self.given.iter().find_map(|answer| match answer {
            Answer::Sheet { name } => Some(name.as_str()),
            _ => None,
        })
    }

    /// Whether a person points out which column is what.
    pub(super) fn point_out(&self) -> bool {
        self.given.contains(&Answer::PointsOut)
    }

    /// Whether a person has said which column holds this, or that none does.
    pub(super) fn place(&self, wanted: &ColumnUse) -> bool {
        self.given.iter().any(|answer| match answer {
            Answer::Column { holds, .. } | Answer::NoColumn { holds } => holds == wanted,
            _ => false,
        })
    }

    /// Whether a person has said something of this very column.
    pub(super) fn name(&self, wanted: &ColumnName) -> bool {
        let mut given = self.given.iter();
        given.any(|answer| matches!(answer, Answer::Column { column, .. } if column.is(wanted)))
    }

    /// The headings of columns that a person has said something of, as keys.
    pub(super) fn labels(&self) -> Vec<String> {
        let labels = self.given.iter().filter_map(|answer| match answer {
            Answer::Column {
                column: ColumnName::Label(label),
                ..
            } => Some(key(label)),
            _ => None,
        });
        labels.collect()
    }

    pub(super) fn spread(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.given.iter().find_map(|answer| match answer {
            Answer::Spread { first, last } => Some((*first, *last)).filter(|_| first <= last),
            _ => None,
        })
    }

    pub(super) fn leaves_out(&self, row: &str) -> bool {
        let mut given = self.given.iter();
        given.any(|answer| matches!(answer, Answer::LeftOut { row: told } if told == row))
    }

    pub(super) fn leave_any_out(&self) -> bool {
        let mut given = self.given.iter();
        given.any(|answer| matches!(answer, Answer::LeftOut { .. }))
    }
}

impl FromIterator<Answer> for Answers {
    fn from_iter<I: IntoIterator<Item = Answer>>(answers: I) -> Self {
        let mut all = Answers::default();
        for answer in answers {
            all.tell(answer);
        }
        all
    }
}

/// Shorter runs of digits are days and clocks.
const SHORTEST_NUMBER: usize = 7;

fn numbers_hidden(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c: char| !c.is_ascii_digit());
        let (digits, after) = from.split_at(end.unwrap_or(from.len()));
        shown.push_str(before);
        shown.push_str(if digits.len() < SHORTEST_NUMBER {
            digits
        } else {
            "…"
        });
        rest = after;
    }
    shown.push_str(rest);
    shown
}

pub(super) fn key(text: &str) -> String {
    key_of(&plain(text)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_written_down_without_its_numbers() {
        let row = "2026-10-02 | 25:00 | 王伟 | 13800000001 0000-5550101".to_owned();
        let shown = Answer::LeftOut { row }.without_numbers();
        let row = "2026-10-02 | 25:00 | 王伟 | … 0000-…".to_owned();
        assert_eq!(shown, Answer::LeftOut { row });
    }
}
