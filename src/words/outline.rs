//! "So I read it": a reading in a few lines.

use super::{Lang, choices, told, when};
use crate::roster::Outline;

/// Days, posts and shifts, and the hours that were taken for granted: a line each.
#[must_use]
pub fn lines(outline: &Outline, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(first), Some(last)) = (outline.first_day, outline.last_day) {
        let (from, to) = (
            when::date_with_year(first, lang),
            when::date_with_year(last, lang),
        );
        let days = outline.days;
        lines.push(match (lang, first == last) {
            (Lang::Zh, true) => format!("日期：{from}"),
            (Lang::Zh, false) => format!("日期：{from}至{to}，{days} 天有班"),
            (Lang::En, true) => format!("Day: {from}"),
            (Lang::En, false) => format!("Days: {from} to {to}, {days} of them with shifts"),
        });
    }
    if !outline.posts.is_empty() {
        lines.push(posts(outline, lang));
    }
    let shifts = outline.shifts;
    let clock = format!(
        "{:02}:{:02}",
        outline.assumed_from_minute / 60,
        outline.assumed_from_minute % 60
    );
    let assumed = outline.assumed;
    lines.push(match (lang, assumed) {
        (Lang::Zh, 0) => format!("班次：{shifts} 个"),
        (Lang::Zh, _) => {
            format!("班次：{shifts} 个，其中 {assumed} 个没写钟点，暂按 {clock} 交接")
        }
        (Lang::En, 0) => format!("Shifts: {shifts}"),
        (Lang::En, _) => format!(
            "Shifts: {shifts}; {assumed} of them without hours, for now handed over at {clock}"
        ),
    });
    lines
}

/// What was read so because somebody said so: a line each.
#[must_use]
pub fn told(outline: &Outline, lang: Lang) -> Vec<String> {
    let answers = outline.told.iter();
    answers.map(|answer| told::as_told(answer, lang)).collect()
}

fn posts(outline: &Outline, lang: Lang) -> String {
    let posts = outline.posts.iter().map(|(name, role)| {
        let role = match lang {
            Lang::Zh => choices::role_zh(*role),
            Lang::En => choices::role_en(*role),
        };
        match lang {
            _ if name == role => name.clone(),
            Lang::Zh => format!("{name}（{role}）"),
            Lang::En => format!("{name} ({role})"),
        }
    });
    let posts: Vec<String> = posts.collect();
    let more = usize::try_from(outline.post_names)
        .unwrap_or(usize::MAX)
        .saturating_sub(posts.len());
    match (lang, more) {
        (Lang::Zh, 0) => format!("岗位：{}", posts.join("、")),
        (Lang::Zh, _) => format!("岗位：{} 等 {} 种", posts.join("、"), outline.post_names),
        (Lang::En, 0) => format!("Posts: {}", posts.join(", ")),
        (Lang::En, _) => format!("Posts: {} and {more} more", posts.join(", ")),
    }
}
