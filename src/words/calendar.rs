//! What a shift reads like in a telephone's calendar.

use super::Lang;
use crate::decide::{CalendarEntry, Whose};
use crate::roster::Presence;

/// The calendar's name: `城关镇 王建国 值班`.
#[must_use]
pub fn title(whose: &Whose, lang: Lang) -> String {
    let who = match whose {
        Whose::Person(member) => format!("{} {}", member.unit, member.name),
        Whose::Unit(unit) => unit.clone(),
    };
    match lang {
        Lang::Zh => format!("{who} 值班"),
        Lang::En => format!("{who}: duty"),
    }
}

/// One shift in a line. Its own person needs no name; in a unit's calendar the names are what is
/// looked for.
#[must_use]
pub fn summary(entry: &CalendarEntry, whose: &Whose, lang: Lang) -> String {
    let CalendarEntry { unit, post, .. } = entry;
    match (whose, lang) {
        (Whose::Person(_), Lang::Zh) => format!("值班：{unit} {post}"),
        (Whose::Person(_), Lang::En) => format!("Duty: {unit}, {post}"),
        (Whose::Unit(_), Lang::Zh) => format!("{post}：{}", names(entry, lang)),
        (Whose::Unit(_), Lang::En) => format!("{post}: {}", names(entry, lang)),
    }
}

/// Where to be, with whom, and which number the unit's duty line has.
#[must_use]
pub fn description(entry: &CalendarEntry, whose: &Whose, lang: Lang) -> String {
    let mut lines = vec![match (entry.presence, lang) {
        (Presence::OnPost, Lang::Zh) => "须在岗。".to_owned(),
        (Presence::OnPost, Lang::En) => "On post.".to_owned(),
        (Presence::InArea, Lang::Zh) => "须在辖区内，手机畅通。".to_owned(),
        (Presence::InArea, Lang::En) => "In the area, with the phone on.".to_owned(),
        (Presence::Reachable, Lang::Zh) => "手机保持畅通。".to_owned(),
        (Presence::Reachable, Lang::En) => "The phone stays on.".to_owned(),
    }];
    let is_shared = entry.people.len() > 1;
    if is_shared && matches!(whose, Whose::Person(_)) {
        let names = names(entry, lang);
        lines.push(match lang {
            Lang::Zh => format!("同班：{names}"),
            Lang::En => format!("On this shift: {names}"),
        });
    }
    if let Some(line) = &entry.duty_line {
        lines.push(match lang {
            Lang::Zh => format!("值班电话：{line}"),
            Lang::En => format!("Duty line: {line}"),
        });
    }
    lines.join("\n")
}

fn names(entry: &CalendarEntry, lang: Lang) -> String {
    if entry.people.is_empty() {
        return match lang {
            Lang::Zh => "没人".to_owned(),
            Lang::En => "nobody".to_owned(),
        };
    }
    entry.people.join(match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    })
}
