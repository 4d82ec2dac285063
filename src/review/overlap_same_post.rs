//! C102: two people on one post at once, where one is needed; it may be meant (双岗).

use super::Facts;
use super::fold::groups;
use super::ledger::Ledger;
use super::suppression::excuse_at;
use crate::roster::{Code, Finding, Matter, Place, Post, Role, Shift};
use crate::time::{Span, Zone, minute_of_day};

pub(super) fn findings(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    ledger
        .posts()
        .filter(|(post, _)| post.role != Role::Other)
        .flat_map(|(post, shifts)| at_post(facts, post, shifts))
        .collect()
}

fn asks_for_one(facts: &Facts, post: &Post) -> bool {
    let mut needs = facts.demand.needs.iter();
    let need = needs.find(|need| need.post == post.name && need.unit == post.unit);
    need.is_none_or(|need| need.count == 1)
}

fn at_post(facts: &Facts, post: &Post, shifts: &[&Shift]) -> Vec<Finding> {
    let by_start = shifts.iter().map(|shift| (shift.span, *shift));
    let meetings = meetings(by_start, |before, shift| {
        before.source.row != shift.source.row && are_strangers(before, shift)
    });
    if meetings.is_empty() || !asks_for_one(facts, post) {
        return Vec::new();
    }
    let excused = meetings.into_iter().map(|(before, shift, shared)| {
        let cells = [before.source, shift.source];
        let excuse = excuse_at(facts.roster, Code::C102, cells);
        (excuse, (before, shift, shared))
    });
    let said = |shift: &Shift| Some((shift.people.first()?.name.clone(), shift.source));
    let alike = alike(excused, facts.zone).into_iter();
    alike
        .filter_map(|meetings| finding((&post.unit, &post.name), &meetings, said))
        .collect()
}

/// One shift, another that begins before it is over, and the time they share.
pub(super) type Meeting<S> = (S, S, Span);

/// Shifts that begin before the longest of those before them is over, with that one. `shifts` come
/// by their start.
pub(super) fn meetings<S: Copy>(
    shifts: impl Iterator<Item = (Span, S)>,
    are_two: impl Fn(S, S) -> bool,
) -> Vec<Meeting<S>> {
    let mut longest: Option<(Span, S)> = None;
    let mut found = Vec::new();
    for (span, shift) in shifts {
        if let Some((other, before)) = longest
            && let Some(shared) = other.meet(&span)
            && are_two(before, shift)
        {
            found.push((before, shift, shared));
        }
        if longest.is_none_or(|(l, _)| l.end() < span.end()) {
            longest = Some((span, shift));
        }
    }
    found
}

/// These, each with the remark that excuses it: what repeats at the same hours is one finding.
pub(super) fn alike<S>(
    meetings: impl Iterator<Item = (Option<usize>, Meeting<S>)>,
    zone: Zone,
) -> Vec<Vec<Meeting<S>>> {
    let same_hours = meetings.map(|(excuse, meeting)| {
        let shared = meeting.2;
        let start = zone.civil(shared.start()).time();
        let alike = (minute_of_day(start), shared.length(), excuse);
        (alike, meeting)
    });
    groups(same_hours)
}

/// Meetings at a unit's post that are alike, as one finding. `said`: who is on a shift, and where
/// that is written.
pub(super) fn finding<S: Copy>(
    (unit, post): (&str, &str),
    alike: &[Meeting<S>],
    said: impl Fn(S) -> Option<(String, Place)>,
) -> Option<Finding> {
    let (before, shift, _) = *alike.first()?;
    let ((one, also), (other, place)) = (said(before)?, said(shift)?);
    Some(Finding {
        code: Code::C102,
        place: Some(place),
        also: vec![also],
        matter: Matter::TogetherAtPost {
            unit: unit.to_owned(),
            post: post.to_owned(),
            names: [one, other],
            overlaps: alike.iter().map(|(_, _, shared)| *shared).collect(),
        },
    })
}

fn are_strangers(one: &Shift, other: &Shift) -> bool {
    let named = |name: &str| other.people.iter().any(|person| person.name == name);
    !one.people.iter().any(|person| named(&person.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::scene::Scene;
    use crate::roster::NeedEntry;

    const TWO_ROWS: &str = "石桥镇 值班员 10-05T08:00 10-06T08:00 郑晓东
                            石桥镇 值班员 10-05T08:00 10-06T08:00 王立新";

    #[test]
    fn bad_two_rows_for_the_same_day() {
        let found = Scene::of(TWO_ROWS).findings(findings);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place.map(|p| p.row), Some(2));
    }

    #[test]
    fn good_two_in_one_cell_or_two_asked_for() {
        let scene = Scene::of("石桥镇 值班员 10-05T08:00 10-06T08:00 郑晓东+王立新");
        assert_eq!(scene.findings(findings), []);
        let mut scene = Scene::of(TWO_ROWS);
        scene.needs.push(NeedEntry {
            unit: "石桥镇".to_owned(),
            post: "值班员".to_owned(),
            count: 2,
        });
        assert_eq!(scene.findings(findings), []);
    }
}
