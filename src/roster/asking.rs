//! What to ask of a reading, from what was found in it.
//!
//! Only what one word can settle is asked; a cell that has to be mended stays a finding.

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;

use super::answers::{Answer, Answers, Blank, ColumnName, ColumnUse};
use super::book::At;
use super::choices::{around, handovers, leaving_out, of_a_code, slashed};
use super::finding::{Code, Finding, Matter, Place};
use super::form::ColumnHolds;
use super::misread::Misread;
use super::questions::{Asks, Question};
use super::reader::Reader;
use super::shift::Role;
use super::year::YearFrom;

/// A file that leaves more open than this is no form anybody answers for.
const MOST_ASKED: usize = 100;

/// More than this many rows to leave out are not asked about one by one.
const MOST_ROWS: usize = 5;

impl Reader<'_, '_> {
    /// Everything to be asked, the most telling first: a column's answer changes every row.
    pub(super) fn questions(&self) -> Vec<Question> {
        let mut asked: Vec<Question> = Vec::new();
        for finding in &self.book.findings {
            let Matter::Misread(matter) = &finding.matter else {
                continue;
            };
            for question in self.of_finding(finding, matter) {
                let is_new = |known: &Question| known.choices != question.choices;
                if asked.len() < MOST_ASKED && asked.iter().all(is_new) {
                    asked.push(question);
                }
            }
        }
        for (at, text) in &self.may_cross {
            let is_asked =
                |known: &Question| matches!(&known.asks, Asks::NextDay { text: t } if t == text);
            if asked.len() < MOST_ASKED && !asked.iter().any(is_asked) {
                asked.push(self.next_day(*at, text));
            }
        }
        for (at, text, instead) in &self.may_be {
            if asked.len() < MOST_ASKED {
                asked.push(self.another_day(*at, text, *instead));
            }
        }
        asked.extend(self.unread_rows());
        asked.extend(self.spread_question());
        let pointing = self.pointing_questions();
        if self.asked.answers.point_out() || !pointing.is_empty() {
            // Each column is pointed at or left.
            asked.retain(|q| !matches!(q.asks, Asks::Column { .. } | Asks::NearLabel { .. }));
        }
        asked.extend(pointing);
        asked.retain(|question| !is_answered(question, &self.asked.answers));
        asked.sort_by_key(|question| rank(&question.asks));
        asked
    }

    fn next_day(&self, at: At, text: &str) -> Question {
        let written = Some(text.to_owned());
        let mut choices = vec![
            Answer::NextDay { written: None },
            Answer::NextDay { written },
        ];
        choices.extend(leaving_out(self.sheet, at.0));
        Question {
            asks: Asks::NextDay {
                text: text.to_owned(),
            },
            place: Some(super::book::place(at)),
            choices,
        }
    }

    fn another_day(&self, at: At, text: &str, instead: NaiveDate) -> Question {
        let (text, day) = (text.to_owned(), instead);
        let written = text.clone();
        let mut choices = vec![Answer::Day { written, day }];
        choices.extend(leaving_out(self.sheet, at.0));
        Question {
            asks: Asks::Day { text, instead },
            place: Some(super::book::place(at)),
            choices,
        }
    }

    fn of_finding(&self, finding: &Finding, matter: &Misread) -> Vec<Question> {
        let place = finding.place;
        let one = |asks: Asks, choices: Vec<Answer>| {
            vec![Question {
                asks,
                place,
                choices,
            }]
        };
        match matter {
            Misread::AssumedHours {
                shifts,
                handover_minute,
            } => one(
                Asks::DayBegins { shifts: *shifts },
                handovers(*handover_minute),
            ),
            Misread::UnlabelledPeople { label, post } => {
                let column = place.map_or(0, |p| p.column);
                vec![self.column(place, label, column, Some(post))]
            }
            Misread::ShortHeader { named, post, .. } => {
                let mut beyond = self.book.form.columns.iter().filter(|c| {
                    let peopled = matches!(c.holds, ColumnHolds::People { .. });
                    c.column > *named && c.label.is_empty() && peopled
                });
                let Some(first) = beyond.next() else {
                    return Vec::new();
                };
                let mut question = self.column(place, "", first.column, Some(post));
                if beyond.next().is_some() {
                    all_from(&mut question, first.column);
                }
                vec![question]
            }
            Misread::UnknownColumn { label, .. } => {
                let column = place.map_or(0, |p| p.column);
                vec![self.column(place, label, column, None)]
            }
            Misread::NearLabel { label, taken_for } => {
                let column = ColumnName::Label(label.clone());
                let holds = |holds| Answer::Column {
                    column: column.clone(),
                    holds,
                };
                one(
                    Asks::NearLabel {
                        label: label.clone(),
                        taken_for: taken_for.clone(),
                    },
                    vec![
                        holds(ColumnUse::Like(taken_for.clone())),
                        holds(ColumnUse::Remark),
                    ],
                )
            }
            Misread::BlankTakenAs { name } => {
                let Some(place) = place else {
                    return Vec::new();
                };
                let column = ColumnName::of(&self.label_of(place.column), place.column);
                let means = |mean| Answer::Blanks {
                    column: column.clone(),
                    mean,
                };
                let mut choices = vec![means(Blank::SameAsAbove), means(Blank::Nobody)];
                if name.is_none() {
                    choices.reverse();
                }
                let above = name.clone();
                one(Asks::Blanks { column, above }, choices)
            }
            Misread::GuessedWord {
                word,
                start_minute,
                end_minute,
            } => one(
                Asks::Word { word: word.clone() },
                around(word, *start_minute, *end_minute),
            ),
            Misread::UnknownCode { text } => {
                one(Asks::Word { word: text.clone() }, of_a_code(text))
            }
            Misread::AmbiguousDate { text, taken } => slashed(text, *taken)
                .map(|choices| one(Asks::Slashes { text: text.clone() }, choices))
                .unwrap_or_default(),
            Misread::YearInferred { year, from } if is_thin(*from) => one(
                Asks::Year { year: *year },
                [*year, *year + 1, *year - 1]
                    .map(|year| Answer::Year { year })
                    .to_vec(),
            ),
            _ => Vec::new(),
        }
    }

    /// What a column holds: the guess first, then the rest.
    fn column(
        &self,
        place: Option<Place>,
        label: &str,
        position: u32,
        taken_for: Option<&String>,
    ) -> Question {
        let column = ColumnName::of(label, position);
        let read = self
            .book
            .form
            .columns
            .iter()
            .find(|c| c.column == position && c.label == label);
        let taken_role = read.and_then(|c| match &c.holds {
            ColumnHolds::People { role, .. } => Some(*role),
            _ => None,
        });
        // A label of its own names the post, whatever kind of duty it turns out to be.
        let taken = match taken_for {
            Some(_) if !label.is_empty() => taken_role.map(ColumnUse::People),
            Some(post) => Some(ColumnUse::Like(post.clone())),
            None => None,
        };
        let mut uses: Vec<ColumnUse> = taken.into_iter().collect();
        let roles = [Role::DutyOfficer, Role::DutyLeader, Role::Standby];
        let as_taken = |role: &Role| taken_for.is_some() && taken_role == Some(*role);
        uses.extend(
            roles
                .into_iter()
                .filter(|role| !as_taken(role))
                .map(ColumnUse::People),
        );
        if taken_for.is_none() {
            uses.extend([ColumnUse::Unit, ColumnUse::Phone, ColumnUse::Hours]);
        }
        uses.push(ColumnUse::Remark);
        let choices = uses.into_iter().map(|holds| Answer::Column {
            column: column.clone(),
            holds,
        });
        Question {
            choices: choices.collect(),
            place: place.map(|place| Place {
                column: position,
                ..place
            }),
            asks: Asks::Column {
                column,
                example: read.map(|c| c.example.clone()).unwrap_or_default(),
                taken_for: taken_for.cloned(),
            },
        }
    }

    /// Rows that cannot be read and that no other question is about.
    fn unread_rows(&self) -> Vec<Question> {
        let findings = &self.book.findings;
        let in_words = |finding: &&Finding| {
            let settles = matches!(
                finding.matter,
                Matter::Misread(Misread::UnknownCode { .. } | Misread::GuessedWord { .. })
            );
            settles.then_some(finding.place).flatten().is_some()
        };
        let asked_elsewhere: HashSet<u32> = findings
            .iter()
            .filter(in_words)
            .filter_map(|f| f.place.map(|p| p.row))
            .chain(
                self.may_cross
                    .iter()
                    .map(|(at, _)| super::book::place(*at).row),
            )
            .chain(
                self.may_be
                    .iter()
                    .map(|(at, ..)| super::book::place(*at).row),
            )
            .collect();
        let unread = self.book.roster.unread.iter().map(|u| u.place.row);
        let unreadable = findings.iter().filter(|f| f.code == Code::F319);
        let rows: BTreeSet<u32> = unread
            .chain(unreadable.filter_map(|f| f.place.map(|p| p.row)))
            .filter(|row| *row > 0 && !asked_elsewhere.contains(row))
            .collect();
        // Where nothing else was read, there is nothing to leave a row out of.
        if rows.len() > MOST_ROWS || self.book.roster.shifts.is_empty() {
            return Vec::new();
        }
        let question = |row: u32| {
            let leave_out = leaving_out(self.sheet, row as usize - 1)?;
            let Answer::LeftOut { row: text } = &leave_out else {
                return None;
            };
            Some(Question {
                asks: Asks::Row { row: text.clone() },
                place: Some(Place {
                    file: 0,
                    row,
                    column: 0,
                }),
                choices: vec![leave_out],
            })
        };
        rows.into_iter().filter_map(question).collect()
    }

    fn label_of(&self, position: u32) -> String {
        let mut columns = self.book.form.columns.iter();
        let read = columns.find(|c| c.column == position);
        read.map(|c| c.label.clone()).unwrap_or_default()
    }
}

/// The question of one column, asked of all without a header from there on.
fn all_from(question: &mut Question, first: u32) {
    if let Asks::Column { column, .. } = &mut question.asks {
        *column = ColumnName::UnlabelledFrom(first);
    }
    for choice in &mut question.choices {
        if let Answer::Column { column, .. } = choice {
            *column = ColumnName::UnlabelledFrom(first);
        }
    }
}

/// An answer was given and did not settle it: asking again would go on for ever.
fn is_answered(question: &Question, answers: &Answers) -> bool {
    let mut choices = question.choices.iter();
    choices.any(|choice| answers.iter().any(|given| given.answers_as(choice)))
}

/// Columns before days, days before hours, hours before single rows.
fn rank(asks: &Asks) -> u8 {
    match asks {
        Asks::Sheet { .. }
        | Asks::WhichColumn { .. }
        | Asks::Column { .. }
        | Asks::NearLabel { .. }
        | Asks::Spread { .. } => 0,
        Asks::Slashes { .. } => 1,
        Asks::Year { .. } => 2,
        Asks::Word { .. } => 3,
        Asks::DayBegins { .. } => 4,
        Asks::NextDay { .. } | Asks::Day { .. } => 5,
        Asks::Blanks { .. } => 6,
        Asks::Row { .. } | Asks::HiddenRow { .. } => 7,
        // A word may be all that is missing.
        Asks::Columns => 8,
    }
}

/// The year rests on nothing the file says of itself.
pub(super) fn is_thin(from: YearFrom) -> bool {
    matches!(from, YearFrom::Holiday | YearFrom::Nothing)
}
