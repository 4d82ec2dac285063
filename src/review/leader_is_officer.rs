//! C105: the leader of a shift is its officer too.

use super::Facts;
use super::fold::folded;
use super::ledger::{Duty, Ledger, Someone};
use super::suppression::excuse_at;
use crate::roster::{Code, Finding, Matter, Role};
use crate::time::Span;

pub(super) fn findings(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    let people = ledger.people();
    people.flat_map(|one| of_person(facts, one)).collect()
}

fn of_person(facts: &Facts, someone: Someone) -> Vec<Finding> {
    let is_ever = |role| someone.duties.iter().any(|duty| duty.post.role == role);
    if !(is_ever(Role::DutyLeader) && is_ever(Role::DutyOfficer)) {
        return Vec::new();
    }
    let led: Vec<&Duty> = with_role(someone, Role::DutyLeader);
    let manned: Vec<&Duty> = with_role(someone, Role::DutyOfficer);
    let mut from = 0;
    let mut both = Vec::new();
    for lead in led {
        while manned
            .get(from)
            .is_some_and(|duty| duty.shift.span.end() <= lead.shift.span.start())
        {
            from += 1;
        }
        let rest = manned[from..].iter();
        for duty in rest.take_while(|d| d.shift.span.start() < lead.shift.span.end()) {
            if let Some(shared) = lead.shift.span.meet(&duty.shift.span)
                && lead.post.unit == duty.post.unit
            {
                let (leads, mans) = (lead.shift, duty.shift);
                let excuse = excuse_at(facts.roster, Code::C105, [leads.source, mans.source]);
                both.push(((leads.post, mans.post, excuse), (lead, *duty, shared)));
            }
        }
    }
    folded(both)
        .into_iter()
        .filter_map(|(_, group)| finding(someone, &group))
        .collect()
}

fn with_role<'l, 'a>(someone: Someone<'l, 'a>, role: Role) -> Vec<&'l Duty<'a>> {
    let duties = someone.duties.iter();
    duties.filter(|duty| duty.post.role == role).collect()
}

fn finding(someone: Someone, group: &[(&Duty, &Duty, Span)]) -> Option<Finding> {
    let (lead, duty, _) = group.first()?;
    Some(Finding {
        code: Code::C105,
        place: Some(lead.shift.source),
        also: vec![duty.shift.source],
        matter: Matter::LeaderIsOfficer {
            unit: lead.post.unit.clone(),
            name: someone.name.to_owned(),
            leader_post: lead.post.name.clone(),
            officer_post: duty.post.name.clone(),
            overlaps: group.iter().map(|(_, _, shared)| *shared).collect(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{double_booked, scene::Scene};

    #[test]
    fn bad_one_person_leads_and_mans() {
        let scene = Scene::of(
            "石桥镇 带班领导 10-01T08:00 10-02T08:00 甲
             石桥镇 值班员 10-01T08:00 10-02T08:00 甲",
        );
        assert_eq!(scene.findings(findings).len(), 1);
        assert_eq!(scene.findings(double_booked::findings), []);
    }

    #[test]
    fn good_two_people() {
        let scene = Scene::of(
            "石桥镇 带班领导 10-01T08:00 10-02T08:00 甲
             石桥镇 值班员 10-01T08:00 10-02T08:00 乙",
        );
        assert_eq!(scene.findings(findings), []);
    }
}
