//! A text cut into what it says: its days, and the labels, hours and people of each.
//!
//! Knows one text; what it means for a roster is asked where the rows are known.

use std::sync::LazyLock;

use super::days::{Days, days, may_begin, only_days};
use super::heading::{Heading, exact_heading, role_of};
use super::hours::{Hours, hours, is_shift_word, shift_word_first};
use super::lexicon::Endings;
use super::names::{Spacing, is_people};
use super::plain::squeezed;
use super::vocabulary::ROLES;
use super::within::with_hours;

/// Some people under one label.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub heading: Option<Heading>,
    pub hours: Option<Hours>,
    pub people: String,
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
pub(super) fn by_day(text: &str) -> Vec<(Days, &str)> {
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
    parts_labelled(text, spacing, &mut |token| label_first(token, spacing))
}

/// The same, each word's label asked of `label_of`: its heading, and what follows it.
pub(super) fn parts_labelled(
    text: &str,
    spacing: Spacing,
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
        // 值班员吴敏(白)、郑晓东(夜): behind a label, too, each has hours of their own.
        if let Some((name, hours)) = with_hours(rest)
            && last(&mut found).heading.is_some()
            && is_people(name, spacing)
        {
            let heading = last(&mut found).heading.clone();
            if last(&mut found).people.is_empty() {
                found.pop();
            }
            found.push(Part {
                heading,
                hours: Some(hours),
                people: name.to_owned(),
            });
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
pub(super) fn label_first(token: &str, spacing: Spacing) -> Option<(Heading, &str)> {
    if let Some((label, rest)) = token.split_once(':') {
        let heading = exact_heading(label);
        if heading.role.is_some() || heading.hours.is_some() || heading.field.is_some() {
            return Some((as_post(heading, label), rest));
        }
        return Some((Heading::default(), rest)).filter(|_| {
            label.chars().count() <= 6 && !is_people(label, spacing) && is_people(rest, spacing)
        });
    }
    if token.chars().count() <= 10
        && !token.contains(|c: char| c.is_ascii_digit())
        && (is_shift_word(token) || role_of(&squeezed(token)).is_some())
        && !is_people(token, spacing)
    {
        let named_inside = (1..token.chars().count())
            .filter_map(|n| token.char_indices().nth(n))
            .any(|(at, _)| {
                exact_heading(&token[..at]).role.is_some() && is_people(&token[at..], spacing)
            });
        if !named_inside {
            return Some((as_post(exact_heading(token), token), ""));
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
