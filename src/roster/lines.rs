//! Text without columns: a line for each day, or one for the whole roster; the lines inside a
//! wall calendar's cell.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use chrono::{Datelike, NaiveDate};
use foldhash::HashMap;

use super::CellUse;
use super::book::At;
use super::days::{Days, days, may_begin, only_days};
use super::facts::Section;
use super::finding::Code;
use super::heading::{Heading, exact_heading};
use super::hours::{Hours, hours, is_shift_word, shift_word_first};
use super::lexicon::Endings;
use super::misread::Misread;
use super::names::{Spacing, is_people};
use super::people::Person;
use super::plain::{plain, quoted};
use super::reader::Reader;
use super::row_kind::{RowKind, row_kind};
use super::sheet::Kind;
use super::vocabulary::ROLES;
use super::within::bracketed;

/// Some people under one label.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub heading: Option<Heading>,
    pub hours: Option<Hours>,
    pub people: String,
}

/// The labels words begin with, known once asked: lines repeat their few words.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// The heading of a word, and how many bytes follow it.
    known: HashMap<String, Option<(Heading, usize)>>,
}

/// More different words are none that repeat.
const MOST_LABELS: usize = 10_000;

impl Labels {
    fn label_of<'t>(&mut self, token: &'t str, spacing: Spacing) -> Option<(Heading, &'t str)> {
        if let Some(known) = self.known.get(token) {
            let (heading, left) = known.as_ref()?;
            return Some((heading.clone(), &token[token.len() - left..]));
        }
        let found = label_first(token, spacing);
        if self.known.len() < MOST_LABELS {
            let kept = found.as_ref().map(|(h, after)| (h.clone(), after.len()));
            self.known.insert(token.to_owned(), kept);
        }
        found
    }
}

impl Reader<'_, '_> {
    pub fn lines(&mut self, rows: Range<usize>) {
        let mut section = Section::default();
        for row in rows {
            let kind = row_kind(self.sheet, row);
            let lined = self.sheet.filled(row).any(|(_, c)| c.kind == Kind::Line);
            if kind == RowKind::Blank {
                continue;
            }
            if !lined && kind != RowKind::Data {
                if let (Some(days), true) = (section.days.clone(), kind == RowKind::Title) {
                    let text = self
                        .sheet
                        .filled(row)
                        .next()
                        .map_or("", |(_, c)| c.raw)
                        .to_owned();
                    let dates = self.calendar.dates(&days).0;
                    if self.free_text(&dates, &text, (row, 0), None).is_some() {
                        continue;
                    }
                }
                self.between(row, kind, &mut section);
                continue;
            }
            if matches!(
                kind,
                RowKind::Note | RowKind::Signature | RowKind::Total | RowKind::NotSubmitted
            ) {
                self.aside(row, kind);
                continue;
            }
            self.line(row, &section);
        }
    }

    fn line(&mut self, row: usize, section: &Section) {
        let cells: Vec<(usize, String)> = self
            .sheet
            .filled(row)
            .map(|(at, c)| (at, c.raw.to_owned()))
            .collect();
        let Some(at) = cells.first().map(|(c, _)| (row, *c)) else {
            return;
        };
        let whole = cells
            .iter()
            .map(|(_, t)| t.as_str())
            .collect::<Vec<_>>()
            .join("、");
        let text = plain(&whole).into_owned();
        let days = by_day(&text);
        let first = if days.is_empty() {
            let Some(days) = &section.days else { return };
            let dates = self.calendar.dates(days).0;
            self.free_text(&dates, &text, at, None)
        } else {
            self.days_of_line(days, at, section)
        };
        for (column, _) in cells {
            self.book.account(
                (row, column),
                if first.is_some() {
                    CellUse::Shift
                } else {
                    CellUse::Finding
                },
                first,
            );
        }
    }

    /// The lines inside a cell of a table without dates of its own, of the unit of its row; the
    /// first shift of them.
    pub(super) fn lines_in_cell(&mut self, at: At, unit: Option<&str>) -> Option<u32> {
        let text = self.sheet.text(at.0, at.1).to_owned();
        let above = self.section_unit.clone();
        self.section_unit = unit.map(str::to_owned).or_else(|| above.clone());
        let first = self.days_of_line(by_day(&text), at, &Section::default());
        self.section_unit = above;
        first
    }

    /// Each day a line tells of, with who is on; the first shift of them.
    fn days_of_line(&mut self, days: Vec<(Days, &str)>, at: At, section: &Section) -> Option<u32> {
        let mut first = None;
        for (found, rest) in days {
            let (dates, wrong) = self.calendar.dates(&found);
            if !wrong.is_empty() {
                let text = self.quote(at);
                let instead = None;
                self.book
                    .find(Code::F303, at, Misread::BadDate { text, instead });
                self.book.unread(None, None, at);
            }
            if let ([date], Some(written)) = (&dates[..], found.weekday)
                && date.weekday() != written
            {
                self.book.find(
                    Code::H403,
                    at,
                    Misread::WeekdayMismatch {
                        date: *date,
                        written,
                        real: date.weekday(),
                    },
                );
            }
            let shift = self.free_text(&dates, rest, at, section.hours.as_ref().map(|(h, ..)| h));
            if shift.is_none() && wrong.is_empty() {
                self.book
                    .find(Code::F319, at, Misread::Unreadable { text: quoted(rest) });
                let ends = dates.first().copied().zip(dates.last().copied());
                self.book.unread(None, ends, at);
            }
            first = first.or(shift);
        }
        first
    }

    /// Labels, hours and people of a piece of text, on some days.
    pub fn free_text(
        &mut self,
        dates: &[NaiveDate],
        text: &str,
        at: At,
        given: Option<&Hours>,
    ) -> Option<u32> {
        let mut first = None;
        let text = plain(text);
        let spacing = self.sheet.spacing;
        let found = bracketed(&text, spacing).unwrap_or_else(|| {
            let labels = &mut self.labels;
            parts_labelled(&text, &mut |token| labels.label_of(token, spacing))
        });
        for part in found {
            let duty = self.duty(part.heading.as_ref(), None);
            let blank = part.people.trim().is_empty();
            if blank && part.heading.is_none() {
                continue;
            }
            let post = self.book.post(&duty.unit, &duty.post, duty.role);
            if blank {
                continue;
            }
            let people: Arc<[Person]> = self.people(at, &part.people, None).into();
            let own = part
                .hours
                .or_else(|| part.heading.as_ref().and_then(|h| h.hours.clone()));
            let of_post = self.hours_of_post(post);
            let hours = own.as_ref().or(given).or(of_post.as_ref());
            for date in dates {
                let Some(settled) = self.settle(*date, hours, post, at, &part.people) else {
                    self.book.unread(Some(post), Some((*date, *date)), at);
                    continue;
                };
                let Some(span) = self.book.span(settled.start, settled.end) else {
                    continue;
                };
                let shift = self.book.shift(
                    post,
                    span,
                    people.clone(),
                    settled.certainty.is_assumed(),
                    at,
                );
                first = first.or(shift);
            }
        }
        first
    }
}

/// Whether a text names two days or more, and somebody after each.
pub(super) fn names_people_by_day(text: &str, spacing: Spacing) -> bool {
    if !text.contains(['日', '号', '일', '/', '.']) {
        return false;
    }
    let days = split_days(text);
    let peopled = days
        .iter()
        .filter(|(_, rest)| {
            let parts = parts(rest, spacing);
            parts.iter().any(|p| is_people(&p.people, spacing))
        })
        .count();
    days.len() >= 2 && peopled == days.len()
}

/// 带班领导:陈志远(10月1日至7日): the days stand in a bracket behind the people.
fn days_behind(text: &str) -> Option<(Days, &str)> {
    let (people, inside) = text.strip_suffix(')')?.rsplit_once('(')?;
    let days = only_days(inside)?;
    let dated_before = people.chars().any(|c| c.is_ascii_digit());
    (!dated_before && !people.trim().is_empty()).then_some((days, people))
}

/// The days a text tells of, each with what it says of it.
fn by_day(text: &str) -> Vec<(Days, &str)> {
    match days_behind(text) {
        Some(found) => vec![found],
        None => split_days(text),
    }
}

/// A text cut where a new day begins.
fn split_days(text: &str) -> Vec<(Days, &str)> {
    let mut starts: Vec<(usize, Days, usize)> = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|t| t.chars().next()) {
        let before = text[..at].chars().next_back();
        let boundary = before
            .is_none_or(|b| b.is_whitespace() || is_separator(b) || matches!(b, ':' | '：' | ')'))
            || before.is_some_and(|b| {
                !b.is_ascii_alphanumeric() && b != '.' && b != '-' && b != '/' && c.is_ascii_digit()
            });
        let found = if boundary && may_begin(c) {
            days(&text[at..])
        } else {
            None
        };
        match found {
            Some((days, rest))
                if starts.is_empty()
                    || days.list.iter().all(|(d, _)| d.month.is_some())
                    || text[at..text.len() - rest.len()].contains(['日', '号']) =>
            {
                let end = text.len() - rest.len();
                starts.push((at, days, end));
                at = end.max(at + c.len_utf8());
            }
            _ => at += c.len_utf8(),
        }
    }
    let ends: Vec<usize> = starts
        .iter()
        .skip(1)
        .map(|(at, ..)| *at)
        .chain([text.len()])
        .collect();
    starts
        .into_iter()
        .zip(ends)
        .map(|((_, days, from), to)| (days, text.get(from..to).unwrap_or_default()))
        .collect()
}

/// A text cut at its labels: 带班领导：周海涛，值班员：林静、方圆.
pub(super) fn parts(text: &str, spacing: Spacing) -> Vec<Part> {
    parts_labelled(text, &mut |token| label_first(token, spacing))
}

/// The same, each word's label asked of `label_of`: its heading, and what follows it.
fn parts_labelled(
    text: &str,
    label_of: &mut dyn for<'t> FnMut(&'t str) -> Option<(Heading, &'t str)>,
) -> Vec<Part> {
    let mut found: Vec<Part> = vec![Part::default()];
    for token in tokens(text) {
        let trimmed = token.trim_matches(|c: char| {
            c.is_whitespace() || is_separator(c) || matches!(c, ':' | '：')
        });
        if trimmed.is_empty() {
            continue;
        }
        let mut rest = trimmed;
        if let Some((range @ Hours::Range { .. }, after)) = hours(rest) {
            let part = last(&mut found);
            if part.people.is_empty() && part.hours.is_none() {
                part.hours = Some(range);
            } else {
                let heading = part.heading.clone();
                found.push(Part {
                    heading,
                    hours: Some(range),
                    people: String::new(),
                });
            }
            rest = after.trim_start_matches([' ', ':', ')', '(', ',']);
        }
        if let Some((heading, after)) = label_of(rest) {
            let hours = last(&mut found)
                .hours
                .take()
                .filter(|_| last(&mut found).people.is_empty());
            found.push(Part {
                heading: Some(heading),
                hours,
                people: String::new(),
            });
            rest = after;
        }
        if rest.is_empty() {
            continue;
        }
        let glue = if token.starts_with(char::is_whitespace) || token.ends_with(char::is_whitespace)
        {
            " "
        } else {
            "、"
        };
        let part = last(&mut found);
        if !part.people.is_empty() {
            part.people.push_str(glue);
        }
        part.people.push_str(rest.trim());
    }
    found.retain(|p| p.heading.is_some() || !p.people.is_empty());
    found
}

fn last(parts: &mut Vec<Part>) -> &mut Part {
    if parts.is_empty() {
        parts.push(Part::default());
    }
    let end = parts.len() - 1;
    &mut parts[end]
}

/// What stands between the words of a line.
fn is_separator(c: char) -> bool {
    matches!(c, '、' | ',' | '，' | ';' | '；' | '。' | '|')
}

/// Words of a text, brackets kept together, each with the blank before it.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut from) = (0usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && (c.is_whitespace() || is_separator(c)) {
            found.push(&text[from..at]);
            from = if c.is_whitespace() {
                at
            } else {
                at + c.len_utf8()
            };
            if c.is_whitespace() {
                found.push(&text[at..at]);
            }
        }
    }
    found.push(&text[from..]);
    found
}

static POSTS: LazyLock<Endings<()>> =
    LazyLock::new(|| Endings::of(ROLES.iter().map(|(word, _)| (*word, ()))));

/// A label a token begins with, and what follows it: `值班员:林静`, `白班张三`, 带班领导.
fn label_first(token: &str, spacing: Spacing) -> Option<(Heading, &str)> {
    if let Some((label, rest)) = token.split_once(':') {
        let heading = exact_heading(label);
        if heading.role.is_some() || heading.hours.is_some() || heading.field.is_some() {
            return Some((as_post(heading, label), rest));
        }
        return Some((Heading::default(), rest)).filter(|_| {
            label.chars().count() <= 6 && !is_people(label, spacing) && is_people(rest, spacing)
        });
    }
    let whole = exact_heading(token);
    if (whole.role.is_some() || is_shift_word(token))
        && !is_people(token, spacing)
        && token.chars().count() <= 10
        && !token.chars().any(|c| c.is_ascii_digit())
    {
        let named_inside = (1..token.chars().count())
            .filter_map(|n| token.char_indices().nth(n))
            .any(|(at, _)| {
                exact_heading(&token[..at]).role.is_some() && is_people(&token[at..], spacing)
            });
        if !named_inside {
            return Some((as_post(whole, token), ""));
        }
    }
    if let Some((word, rest)) = shift_word_first(token) {
        let rest = rest.trim_start_matches(['(', ' ']);
        if is_people(rest, spacing) {
            return Some((exact_heading(word), rest));
        }
    }
    let ends: Vec<usize> = token
        .char_indices()
        .skip(2)
        .map(|(at, _)| at)
        .take(10)
        .collect();
    ends.into_iter().rev().find_map(|at| {
        let (label, rest) = token.split_at(at);
        let known =
            label.ends_with(['员', '长', '人', '导']) || POSTS.of_text(label).next().is_some();
        let heading = Some(label).filter(|_| known).map(exact_heading)?;
        (heading.role.is_some() && is_people(rest, spacing))
            .then(|| (as_post(heading, label), rest))
    })
}

fn as_post(mut heading: Heading, label: &str) -> Heading {
    if heading.post.is_empty() && heading.hours.is_none() {
        label.trim().clone_into(&mut heading.post);
    }
    heading
}
