//! The stretch that hours mean on a date; what is wrong with them is found.

use chrono::{NaiveDate, NaiveDateTime};

use super::answers::Answer;
use super::book::At;
use super::calendar::{Certainty, Settled, Unsettled, legend_key};
use super::finding::{Code, Place};
use super::hours::Hours;
use super::misread::Misread;
use super::plain::quoted;
use super::reader::Reader;
use super::shift::Role;
use crate::time::clock_of;

/// Whoever only has to be reachable may be so all through a holiday. Longer than any holiday, and
/// shorter than a slip in the year.
const MOST_REACHABLE_MINUTES: i64 = 31 * 24 * 60;

/// Whoever is relieved late stays so much longer than the longest shift: that is duty too long,
/// and no slip of the pen.
pub(super) const OVERTIME_MINUTES: u32 = 4 * 60;

/// How much longer than the longest shift these hours may be: where both their ends are dated,
/// nothing about them was worked out.
fn overtime_minutes(hours: Option<&Hours>) -> u32 {
    match hours {
        Some(Hours::Range { start, end }) if start.day.is_some() && end.day.is_some() => {
            OVERTIME_MINUTES
        }
        _ => 0,
    }
}

impl Reader<'_, '_> {
    /// The hours a note gives a post by its name.
    pub(super) fn hours_of_post(&self, post: u32) -> Option<Hours> {
        if self.calendar.legend.is_empty() {
            return None;
        }
        let name = &self.book.roster.posts.get(post as usize)?.name;
        let told = self.calendar.legend.contains_key(&legend_key(name));
        told.then(|| Hours::Word(name.clone()))
    }

    /// Whether a shift at the post is longer than is believed; then that is found.
    /// `overtime_minutes`: how much longer than the longest shift it may be.
    pub(super) fn is_too_long(
        &mut self,
        post: u32,
        (start, end): (NaiveDateTime, NaiveDateTime),
        overtime_minutes: u32,
        at: At,
    ) -> bool {
        let most_minutes = self.calendar.max_shift_minutes;
        let role = self.book.roster.posts.get(post as usize).map(|p| p.role);
        let longest = match role {
            Some(Role::Principal | Role::ChiefLeader) => MOST_REACHABLE_MINUTES,
            _ => 0,
        };
        let minutes = (end - start).num_minutes();
        let believed = i64::from(most_minutes.saturating_add(overtime_minutes));
        let is_too_long = minutes > longest.max(believed);
        if is_too_long {
            let minutes = u32::try_from(minutes).unwrap_or(u32::MAX);
            let matter = Misread::TooLong {
                minutes,
                most_minutes,
            };
            self.book.find(Code::F323, at, matter);
        }
        is_too_long
    }

    /// The stretch hours mean on a date at a post; what is wrong with them is found at `at`.
    pub(super) fn settle(
        &mut self,
        date: NaiveDate,
        hours: Option<&Hours>,
        post: u32,
        at: At,
        text: &str,
    ) -> Option<Settled> {
        if let Some(Hours::Word(word)) = hours {
            self.note_word(word, at);
        }
        let settled = self.calendar.settle(date, hours);
        let settled = self.next_day_if_told(settled, date, hours, at, text);
        let text = || quoted(text);
        match settled {
            Ok(settled) => {
                let overtime_minutes = overtime_minutes(hours);
                if self.is_too_long(post, (settled.start, settled.end), overtime_minutes, at) {
                    return None;
                }
                if let (Certainty::Guessed, Some(Hours::Word(word))) = (settled.certainty, hours) {
                    self.guessed_word(date, &settled, word, at);
                }
                if let (Certainty::Guessed, Some(Hours::At(_))) = (settled.certainty, hours) {
                    self.book
                        .find(Code::F322, at, Misread::LoneClock { text: text() });
                    return None;
                }
                if settled.certainty == Certainty::Told {
                    let minute = self.calendar.handover;
                    self.note_told(Answer::DayBegins { minute }, Some(Place::default()));
                }
                Some(settled)
            }
            Err(Unsettled::NoSuchTime) => {
                self.book
                    .find(Code::F310, at, Misread::BadTime { text: text() });
                None
            }
            Err(Unsettled::EndBeforeStart) => {
                self.book
                    .find(Code::F304, at, Misread::EndBeforeStart { text: text() });
                None
            }
            Err(Unsettled::EqualClocks { .. }) => {
                self.book
                    .find(Code::F322, at, Misread::EqualClocks { text: text() });
                None
            }
            Err(Unsettled::NoSuchDate) => {
                self.book.find(
                    Code::F303,
                    at,
                    Misread::BadDate {
                        text: text(),
                        instead: None,
                    },
                );
                None
            }
            Err(Unsettled::UnknownCode) => {
                self.book
                    .find(Code::F319, at, Misread::UnknownCode { text: text() });
                None
            }
            Err(Unsettled::OffDuty) => None,
        }
    }

    fn guessed_word(&mut self, date: NaiveDate, settled: &Settled, word: &str, at: At) {
        if self.guessed_words.iter().any(|w| w == word) {
            return;
        }
        self.guessed_words.push(word.to_owned());
        let minute = |moment: chrono::NaiveDateTime| {
            u32::try_from((moment - clock_of(date, 0)).num_minutes()).unwrap_or(0)
        };
        let matter = Misread::GuessedWord {
            word: word.to_owned(),
            start_minute: minute(settled.start),
            end_minute: minute(settled.end),
        };
        self.book.find(Code::F322, at, matter);
    }
}
