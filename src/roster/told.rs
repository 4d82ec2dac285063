//! What a clerk has said of the form, taken to heart where the reader would have guessed; and the
//! form as read, so that it can be shown.
//!
//! Every answer that made a difference leaves a note: what rests on a person's word says so.

use super::answers::{Answer, Answers, ColumnName, ColumnUse};
use super::book::{At, Book, place};
use super::calendar::{Settled, Unsettled, legend_key};
use super::duties::label_cell;
use super::finding::{Code, Place};
use super::form::{ColumnHolds, ColumnRead, Form};
use super::heading::{Heading, heading};
use super::hours::{Clock, Hours};
use super::misread::Misread;
use super::plain::quoted;
use super::reader::{PLAIN_POST, Reader};
use super::sheet::Sheet;
use super::shift::Role;
use super::table::{Block, Column, Holds};
use super::vocabulary::Field;
use super::{Asked, CellUse};

/// A row a person said is no duty: it is accounted for here and read nowhere.
pub(super) struct LeftOut {
    row: usize,
    columns: Vec<usize>,
    text: String,
}

/// Takes the rows somebody said are no duty out of the sheet.
pub(super) fn leave_out(sheet: &mut Sheet<'_>, asked: &Asked) -> Vec<LeftOut> {
    if !asked.answers.leave_any_out() {
        return Vec::new();
    }
    let rows = 0..sheet.rows.len();
    let told: Vec<LeftOut> = rows
        .filter_map(|row| {
            let text = sheet.row_text(row);
            let columns = sheet.filled(row).map(|(column, _)| column).collect();
            asked
                .answers
                .leaves_out(&text)
                .then_some(LeftOut { row, columns, text })
        })
        .collect();
    for left in &told {
        sheet.blank(left.row);
    }
    told
}

impl Book {
    pub fn account_left_out(&mut self, rows: Vec<LeftOut>) {
        for left in rows {
            for column in &left.columns {
                self.account((left.row, *column), CellUse::Note, None);
            }
            let whole_row = Place {
                column: 0,
                ..place((left.row, 0))
            };
            let answer = Answer::LeftOut { row: left.text };
            self.find_at(Code::F326, Some(whole_row), Misread::AsTold { answer });
        }
    }
}

/// What was said of a column, over what its label and its cells say.
pub(super) fn tell_column(column: &mut Column, position: u32, answers: &Answers) {
    if answers.is_empty() {
        return;
    }
    let Some(told) = answers.column(&column.label, position) else {
        return;
    };
    let as_field = |column: &mut Column, field| {
        column.holds = Holds::Field(field);
        column.heading = Heading::default();
    };
    match told {
        ColumnUse::People(role) => {
            let heading = &mut column.heading;
            heading.role = Some(*role);
            heading.field = None;
            if heading.post.is_empty() {
                let unnamed = column.label.trim().is_empty();
                heading.post = if unnamed {
                    post_of(*role).to_owned()
                } else {
                    column.label.clone()
                };
            }
            column.holds = Holds::People;
        }
        ColumnUse::Like(label) => {
            column.heading = heading(label);
            column.holds = column.heading.field.map_or(Holds::People, Holds::Field);
        }
        ColumnUse::Date => as_field(column, Field::Date),
        ColumnUse::Unit => as_field(column, Field::Unit),
        ColumnUse::Phone => as_field(column, Field::Phone),
        ColumnUse::Hours => as_field(column, Field::Hours),
        ColumnUse::Remark => as_field(column, Field::Remark),
    }
    column.heading.near = None;
    column.guessed = false;
    column.person = None;
    column.told = Some(told.clone());
}

/// What a post of this kind is called where nothing names it.
fn post_of(role: Role) -> &'static str {
    match role {
        Role::DutyOfficer => "值班员",
        Role::DutyLeader => "带班领导",
        Role::ChiefLeader => "总带班",
        Role::Principal => "主要领导",
        Role::Standby => "备班",
        Role::Other => PLAIN_POST,
    }
}

/// The same hours with their end on the day after their start; `None` where that is not what is
/// open: an end with another date, or a 次日 of its own.
pub(super) fn to_the_next_day(hours: &Hours) -> Option<Hours> {
    let Hours::Range { start, end } = hours else {
        return None;
    };
    let same_date = end.day.is_none() || end.day == start.day;
    let own_word = end.days_later.is_some_and(|days| days > 0);
    (same_date && !own_word).then_some(Hours::Range {
        start: *start,
        end: Clock {
            day: None,
            days_later: Some(start.days_later.unwrap_or(0) + 1),
            ..*end
        },
    })
}

impl Reader<'_, '_> {
    /// A person's word made a difference; said once.
    pub(super) fn note_told(&mut self, answer: Answer, at: Option<Place>) {
        if self.noted.contains(&answer) {
            return;
        }
        self.noted.push(answer.clone());
        self.book
            .find_at(Code::F326, at, Misread::AsTold { answer });
    }

    /// Hours whose end the clerk puts on the next day; where nobody has said so yet, they are
    /// kept to be asked about.
    pub(super) fn next_day_if_told(
        &mut self,
        settled: Result<Settled, Unsettled>,
        date: chrono::NaiveDate,
        hours: Option<&Hours>,
        at: At,
        text: &str,
    ) -> Result<Settled, Unsettled> {
        let is_open = match &settled {
            Ok(settled) => settled.long_crossing,
            Err(Unsettled::EndBeforeStart | Unsettled::EqualClocks { .. }) => true,
            Err(_) => false,
        };
        let Some(later) = hours.filter(|_| is_open).and_then(to_the_next_day) else {
            return settled;
        };
        let crossed = match self.calendar.settle(date, Some(&later)) {
            Ok(crossed) if self.is_believable(&crossed) => crossed,
            _ => return settled,
        };
        let text = quoted(text);
        if let Some(answer) = self.asked.answers.next_day(&text).cloned() {
            self.note_told(answer, Some(place(at)));
            return Ok(crossed);
        }
        // A crossing that most rows have is no question; whoever finds it asks.
        if settled.is_err() {
            self.may_cross.push((at, text));
        }
        settled
    }

    fn is_believable(&self, settled: &Settled) -> bool {
        let minutes = (settled.end - settled.start).num_minutes();
        minutes <= i64::from(self.calendar.max_shift_minutes)
    }

    /// The day a person said was meant where none of that name exists; otherwise the one that
    /// would fit is kept to be asked about.
    pub(super) fn day_if_told(
        &mut self,
        at: At,
        text: &str,
        instead: Option<chrono::NaiveDate>,
    ) -> Option<chrono::NaiveDate> {
        let written = quoted(text);
        if let Some(day) = self.asked.answers.day(&written) {
            self.note_told(Answer::Day { written, day }, Some(place(at)));
            return Some(day);
        }
        self.may_be
            .extend(instead.map(|instead| (at, written, instead)));
        None
    }

    /// The hours of a word that a person gave, noted where they are used.
    pub(super) fn note_word(&mut self, word: &str, at: At) {
        let key = legend_key(word);
        if !self.calendar.told_words.contains(&key) {
            return;
        }
        let told = self.asked.answers.words();
        let means = told.filter(|(word, _)| legend_key(word) == key).last();
        if let Some((word, means)) = means {
            let word = word.to_owned();
            self.note_told(Answer::Word { word, means }, Some(place(at)));
        }
    }

    /// What each column was read as, and which of them a person named. `named`: the heading of
    /// each column of people, by its place in the block, where its neighbours complete it.
    pub(super) fn record_columns(
        &mut self,
        block: &Block,
        columns: &[Column],
        named: &[(usize, Heading)],
    ) {
        for (index, column) in columns.iter().enumerate() {
            let at = label_cell(block, index);
            let position = place(at).column;
            if let Some(holds) = column.told.clone() {
                let column = ColumnName::of(&column.label, position);
                self.note_told(Answer::Column { column, holds }, Some(place(at)));
            }
            let mut cells = block.rows.clone().filter_map(|r| self.sheet.cell(r, at.1));
            let Some(example) = cells.next() else {
                continue;
            };
            let heading = named.iter().find(|(n, _)| *n == index).map(|(_, h)| h);
            let read = ColumnRead {
                column: position,
                label: column.label.clone(),
                holds: self.column_holds(column, heading.unwrap_or(&column.heading)),
                example: quoted(example.raw),
            };
            let known = &mut self.book.form.columns;
            let is_known = |c: &ColumnRead| c.column == read.column && c.label == read.label;
            if known.len() < Form::COLUMNS_KEPT && !known.iter().any(is_known) {
                known.push(read);
            }
        }
    }

    fn column_holds(&self, column: &Column, heading: &Heading) -> ColumnHolds {
        if column.days.is_some() {
            return ColumnHolds::OneDay;
        }
        let people = || {
            let duty = self.duty(Some(heading), None);
            ColumnHolds::People {
                post: duty.post,
                role: duty.role,
            }
        };
        match column.holds {
            Holds::People if column.weekday.is_some() => ColumnHolds::OneDay,
            Holds::People => people(),
            Holds::Nothing | Holds::Unknown => ColumnHolds::Unknown,
            Holds::Field(field) => match field {
                Field::Date | Field::Month => ColumnHolds::Dates,
                Field::Weekday => ColumnHolds::Weekdays,
                Field::Start => ColumnHolds::Starts,
                Field::End => ColumnHolds::Ends,
                Field::Hours | Field::ShiftName | Field::Length => ColumnHolds::Hours,
                Field::Unit => ColumnHolds::Units,
                Field::Post | Field::Role => ColumnHolds::Posts,
                Field::Name if heading.post.is_empty() => ColumnHolds::Names,
                Field::Name => people(),
                Field::Phone => ColumnHolds::Phones,
                Field::DutyLine => ColumnHolds::DutyLines,
                Field::Job | Field::Remark | Field::Serial | Field::DayKind | Field::Count => {
                    ColumnHolds::Remarks
                }
            },
        }
    }
}
