use super::{few, first, joined};
use crate::roster::{Beside, Booking, Code, Finding, Matter};
use crate::time::{TimeDelta, Zone};
use crate::words::Lang::En;
use crate::words::finding::Said;
use crate::words::when;

#[expect(clippy::too_many_lines, reason = "every sentence once, side by side")]
pub(super) fn said(finding: &Finding, zone: Zone) -> Said {
    match &finding.matter {
        Matter::Uncovered { .. } => uncovered(finding, zone),
        Matter::FirstNight { posts, span } => {
            let names: Vec<String> = posts.iter().map(|(u, p)| joined(&[u, p])).collect();
            Said::new(
                format!(
                    "{}: {} is before the first handover and belongs to the day before",
                    list(&names, "posts"),
                    when::span(span, zone, En)
                ),
                "no gap; to have it checked too, list the shift of the day before",
            )
            .with_labels(["the first shift begins here"])
        }
        Matter::NotSubmitted { unit } => Said::new(
            format!("{unit} has sent no roster"),
            "ask for it; if none is due this time, take the unit off the list",
        ),
        Matter::DoubleBooked {
            name,
            first,
            second,
            overlaps,
        } => Said::new(
            format!(
                "{name} is in two places at once on {}: {}",
                when::spans(overlaps, zone, En),
                both(first, second)
            ),
            "one person can be in one place only; change one of the two",
        )
        .with_labels(["again here", "already here"]),
        Matter::Namesake {
            name,
            first,
            second,
            overlaps,
        } => Said::new(
            format!(
                "{name} is on duty in two units at once on {}: {}; is it one person?",
                when::spans(overlaps, zone, En),
                both(first, second)
            ),
            "if two people share the name, give both a number; if it is one, change one of the two",
        )
        .with_labels(["also here", "here"]),
        Matter::TogetherAtPost {
            unit,
            post,
            names: [one, other],
            overlaps,
        } => Said::new(
            format!(
                "{}: {one} and {other} are on duty together on {}",
                joined(&[unit, post]),
                when::spans(overlaps, zone, En)
            ),
            "nothing to do if two are meant; if these are two versions, delete one",
        )
        .with_labels(["this shift", "overlaps with this one"]),
        Matter::SameShiftTwice {
            unit,
            post,
            names,
            span,
        } => Said::new(
            format!(
                "{}: the shift of {} on {} is listed twice",
                joined(&[unit, post]),
                names.join(", "),
                when::span(span, zone, En)
            ),
            "delete the second row",
        )
        .with_labels(["again", "first listed here"]),
        Matter::NoBreak {
            unit,
            name,
            span,
            longest_minutes,
        } => Said::new(
            format!(
                "{} is on duty for {} without a break, {}",
                joined(&[unit, name]),
                when::length(span.length(), En),
                when::span(span, zone, En)
            ),
            format!(
                "relieve them in between; one duty may last {}, several in a row must stay below (--max-hours)",
                minutes(*longest_minutes)
            ),
        )
        .with_labels(["to this shift", "from this shift"]),
        Matter::LeaderIsOfficer {
            unit,
            name,
            leader_post,
            officer_post,
            overlaps,
        } => Said::new(
            format!(
                "{} is both {leader_post} and {officer_post} on {}",
                joined(&[unit, name]),
                when::spans(overlaps, zone, En)
            ),
            "who leads and who is on duty should be two people; change one",
        )
        .with_labels(["leads", "is on duty"]),
        Matter::ShortRest {
            unit,
            name,
            off,
            on,
            least_minutes,
        } => Said::new(
            format!(
                "{} goes off at {} and comes on again at {}: {} of rest",
                joined(&[unit, name]),
                when::moment(*off, zone, En),
                when::moment(*on, zone, En),
                when::length(*on - *off, En)
            ),
            format!("at least {} between two shifts", minutes(*least_minutes)),
        )
        .with_labels(["this shift comes too soon", "the shift before"]),
        Matter::AboveNeed {
            unit,
            post,
            spans,
            needed,
            present,
        } => Said::new(
            format!(
                "{} has {present} people on {}, {needed} needed",
                joined(&[unit, post]),
                when::spans(spans, zone, En)
            ),
            "nothing to do if it is a handover",
        )
        .with_labels(["from this shift"]),
        Matter::SharedPhone { phone, names } => Said::new(
            format!("the number {phone} stands beside {}", list(names, "people")),
            "find out which is wrong; a number that rings elsewhere is none",
        )
        .with_labels(["the same number", "first stands here"]),
        Matter::TwoPhones { unit, name, phones } => {
            let phones: Vec<String> = phones.iter().map(ToString::to_string).collect();
            Said::new(
                format!(
                    "{} has {} numbers: {}",
                    joined(&[unit, name]),
                    phones.len(),
                    phones.join(", ")
                ),
                "keep the one that is answered; tell two people of one name apart by their names",
            )
            .with_labels(["another number", "the first number"])
        }
        Matter::NoLandline { units } => {
            let units: Vec<&str> = units.iter().map(|u| name_of(u)).collect();
            Said::new(
                format!("no duty line given for {}", list(&units, "units")),
                "put the duty room's number in the roster, or under duty_line in units.csv",
            )
        }
        Matter::UnknownUnit { unit, nearest } => Said::new(
            format!("{} is not on the list of units", name_of(unit)),
            match nearest {
                Some(nearest) => format!("is it {nearest}? If it is new, add it to the list"),
                None => "if it is new, add it to the list".to_owned(),
            },
        )
        .with_labels(["this unit"]),
        Matter::OutsidePeriod {
            shifts,
            first_day,
            last_day,
            period,
        } => {
            let first = when::date(*first_day, En);
            let days = if first_day == last_day {
                first
            } else {
                format!("{first} to {}", when::date(*last_day, En))
            };
            let shifts = match shifts {
                1 => "1 shift is".to_owned(),
                count => format!("{count} shifts are"),
            };
            Said::new(
                format!("{shifts} outside the period ({days}): read, not counted"),
                format!("the period is {}", when::span(period, zone, En)),
            )
            .with_labels(["from here"])
        }
        Matter::NoHoliday { period } => Said::new(
            format!(
                "no period given, and no announced holiday fits the dates; judged over the \
                 roster's own dates, {}",
                when::span(period, zone, En)
            ),
            "give the period: --from 2027-10-01T00:00 --to 2027-10-08T00:00",
        ),
        Matter::UnusedSuppression { entry } => Said::new(
            format!("ignoring {entry} hits nothing"),
            "the problem is gone; remove the entry",
        ),
        Matter::Misread(misread) => super::misread(misread, En),
    }
}

fn uncovered(finding: &Finding, zone: Zone) -> Said {
    let Matter::Uncovered {
        unit,
        post,
        spans,
        needed,
        present,
        beside,
        ..
    } = &finding.matter
    else {
        return Said::new(finding.code.slug(), String::new());
    };
    let span = first(spans);
    let when = when::spans(spans, zone, En);
    let at = joined(&[unit, post]);
    let how_long = match spans.len() {
        1 => when::length(span.length(), En),
        count => format!("{count} times {}", when::length(span.length(), En)),
    };
    let message = if *present > 0 {
        format!("{at} has {present} of {needed} people, {when} ({how_long})")
    } else if finding.code == Code::G003 {
        format!("{at} is empty between two shifts, {when} ({how_long})")
    } else {
        format!("nobody at {at}, {when} ({how_long})")
    };
    let day = when::date(zone.date(span.start()), En);
    let hours = when::hours(span, zone, En);
    let fill = if *present > 0 {
        format!("roster {} more for {day}, {hours}", needed - present)
    } else {
        format!("add a row for {day}, {hours}")
    };
    let start = when::clock(zone.civil(span.start()));
    let (help, labels) = match beside {
        Beside::Both => {
            let until = when::until(span, zone, En);
            let help = format!("{fill}, or let the shift before last until {until}");
            (
                help,
                [
                    "the next shift begins only here",
                    "the shift before ends here",
                ],
            )
        }
        Beside::After => {
            let help = format!("{fill}, or let the next shift begin at {start}");
            (help, ["the next shift begins only here", ""])
        }
        Beside::Before => (fill, ["the last shift ends here", ""]),
        Beside::Nothing => {
            let help = format!("{fill}; if the post was left out altogether, ask the unit");
            (help, ["", ""])
        }
    };
    Said::new(message, help).with_labels(labels)
}

fn both(first: &Booking, second: &Booking) -> String {
    let name = |booking: &Booking| joined(&[&booking.unit, &booking.post]);
    if first == second {
        return format!("two shifts of {}", name(first));
    }
    format!("{} and {}", name(first), name(second))
}

/// `A, B`, `A, B and 7 more posts`.
fn list<T: AsRef<str>>(names: &[T], counted: &str) -> String {
    let (said, more) = few(names);
    let said = said.join(", ");
    if more == 0 {
        said
    } else {
        format!("{said} and {more} more {counted}")
    }
}

fn name_of(unit: &str) -> &str {
    if unit.is_empty() { "the unit" } else { unit }
}

fn minutes(minutes: u32) -> String {
    when::length(TimeDelta::minutes(i64::from(minutes)), En)
}
