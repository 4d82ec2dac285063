//! C102: two people on one post at once, where one is needed; it may be meant (双岗).

use super::Facts;
use super::fold::folded;
use super::ledger::Ledger;
use super::suppression::excuse_at;
use crate::roster::{Code, Finding, Matter, Post, Role, Shift};
use crate::time::{Span, minute_of_day};

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
    let mut longest: Option<&Shift> = None;
    let mut overlaps = Vec::new();
    for shift in shifts {
        if let Some(before) = longest
            && let Some(shared) = before.span.meet(&shift.span)
            && before.source.row != shift.source.row
            && are_strangers(before, shift)
        {
            let start = facts.zone.civil(shared.start()).time();
            let cells = [before.source, shift.source];
            let excuse = excuse_at(facts.roster, Code::C102, cells);
            let alike = (minute_of_day(start), shared.length(), excuse);
            overlaps.push((alike, (before, *shift, shared)));
        }
        if longest.is_none_or(|l| l.span.end() < shift.span.end()) {
            longest = Some(shift);
        }
    }
    if overlaps.is_empty() || !asks_for_one(facts, post) {
        return Vec::new();
    }
    folded(overlaps)
        .into_iter()
        .filter_map(|(_, group)| finding(post, &group))
        .collect()
}

fn finding(post: &Post, group: &[(&Shift, &Shift, Span)]) -> Option<Finding> {
    let (before, shift, _) = group.first()?;
    let name = |shift: &Shift| Some(shift.people.first()?.name.clone());
    Some(Finding {
        code: Code::C102,
        place: Some(shift.source),
        also: vec![before.source],
        matter: Matter::TogetherAtPost {
            unit: post.unit.clone(),
            post: post.name.clone(),
            names: [name(before)?, name(shift)?],
            overlaps: group.iter().map(|(_, _, shared)| *shared).collect(),
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
