//! Several shifts inside one cell: 白：甲 夜：乙, 甲（白）乙（夜）, 带班：甲 值班：乙.

use super::book::At;
use super::clauses::{Part, parts, tokens};
use super::days;
use super::finding::Code;
use super::heading::{Heading, may_begin_role};
use super::hours::{self, Hours, Looseness, ShiftWord, meaning, only_hours};
use super::misread::Misread;
use super::names::{Spacing, is_people};
use super::phones::numbers;
use super::reader::Reader;

/// The shifts and posts a cell tells apart; `None` where it only names people.
pub(super) fn shifts_within(text: &str, spacing: Spacing) -> Option<Vec<Part>> {
    if !text.chars().any(may_tell) {
        return None;
    }
    let found = bracketed(text, spacing).unwrap_or_else(|| parts(text, spacing));
    let tells = |part: &Part| {
        let of_heading = |h: &Heading| h.hours.is_some() || h.role.is_some();
        part.hours.is_some() || part.heading.as_ref().is_some_and(of_heading)
    };
    let named = |part: &Part| is_people(&part.people, spacing);
    (found.iter().any(tells) && found.iter().any(named)).then_some(found)
}

/// Whether hours or a word for a shift or a post may begin with this character: most names have
/// none.
fn may_tell(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || days::may_begin(c)
        || hours::may_begin(c)
        || hours::may_begin_word(c)
        || may_begin_role(c)
}

/// 甲（白）乙（夜）: the hours stand behind each name.
pub(super) fn bracketed(text: &str, spacing: Spacing) -> Option<Vec<Part>> {
    let tokens = tokens(text).into_iter().map(str::trim);
    let cut: Vec<(&str, Option<Hours>)> = tokens
        .filter(|token| !token.is_empty())
        .map(|token| with_hours(token).map_or((token, None), |(name, hours)| (name, Some(hours))))
        .collect();
    let is_told = cut.iter().any(|(_, hours)| hours.is_some());
    if !is_told || !cut.iter().all(|(name, _)| is_people(name, spacing)) {
        return None;
    }
    let parts = cut.into_iter().map(|(name, hours)| Part {
        heading: None,
        hours,
        people: name.to_owned(),
    });
    Some(parts.collect())
}

/// 甲（白）
pub(super) fn with_hours(token: &str) -> Option<(&str, Hours)> {
    let (name, inside) = token.strip_suffix(')')?.rsplit_once('(')?;
    Some((name, hours_of(inside)?))
}

/// 请假 and 休 say that somebody is away, and no hours.
fn hours_of(inside: &str) -> Option<Hours> {
    let is_off = meaning(inside) == Some(ShiftWord::Off);
    only_hours(inside, Looseness::Strict).filter(|_| !is_off)
}

impl Part {
    /// The hours of the part itself, or of the word before it.
    pub(super) fn own_hours(&self) -> Option<&Hours> {
        let over = self.heading.as_ref().and_then(|h| h.hours.as_ref());
        self.hours.as_ref().or(over)
    }

    /// The post the part names.
    pub(super) fn named_post(&self) -> Option<&Heading> {
        self.heading
            .as_ref()
            .filter(|h| h.role.is_some() && !h.post.is_empty())
    }
}

impl Reader<'_, '_> {
    /// The number of each part, where as many are told as there are parts.
    pub(super) fn number_of_each<'t>(
        &mut self,
        parts: &[Part],
        dialled: Option<(At, &'t str)>,
    ) -> Vec<Option<(At, &'t str)>> {
        let Some((at, text)) = dialled else {
            return vec![None; parts.len()];
        };
        let told = numbers(text);
        if parts.len() == 1 {
            return vec![dialled];
        }
        if told.len() == parts.len() {
            return told.into_iter().map(|n| Some((at, n))).collect();
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let matter = Misread::UnpairedPhones {
            people: count(parts.len()),
            numbers: count(told.len()),
        };
        self.book.find(Code::P202, at, matter);
        vec![None; parts.len()]
    }
}
