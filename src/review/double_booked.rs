//! C101: one person in two places at the same time.

use super::Facts;
use super::fold::folded;
use super::ledger::{Duty, Ledger, Someone};
use super::suppression::excuse_at;
use crate::roster::{Booking, Code, Finding, Matter, Role};
use crate::time::Span;

pub(super) fn findings(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    let people = ledger.people();
    let mut found: Vec<Finding> = people.flat_map(|one| bookings(facts, one)).collect();
    found.extend(namesakes(facts, ledger));
    found
}

/// One person's overlapping duties.
fn bookings(facts: &Facts, someone: Someone) -> Vec<Finding> {
    let clashes = clashes(someone.duties.iter().filter(|duty| binds(duty)), |a, b| {
        is_clash(a, b)
    });
    told(facts, &clashes, |first, second, overlaps| {
        Matter::DoubleBooked {
            name: someone.name.to_owned(),
            first,
            second,
            overlaps,
        }
    })
}

/// The same name in two units at the same time, and no number to tell whether it is one person.
fn namesakes(facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    let are_two =
        |a: &Duty, b: &Duty| a.person != b.person && (a.phone.is_none() || b.phone.is_none());
    let mut duties = ledger.people().flat_map(|someone| someone.duties);
    if duties.all(|duty| duty.phone.is_some()) {
        return Vec::new();
    }
    let by_name = folded(ledger.people().map(|someone| (someone.name, someone)));
    by_name
        .into_iter()
        .filter(|(_, bearers)| bearers.len() > 1)
        .flat_map(|(name, bearers)| {
            let duties = bearers.iter().flat_map(|someone| someone.duties);
            let mut duties: Vec<&Duty> = duties.filter(|duty| binds(duty)).collect();
            duties.sort_by_key(|duty| (duty.shift.span, duty.shift.source));
            let clashes = clashes(duties.into_iter(), are_two);
            told(facts, &clashes, |first, second, overlaps| {
                Matter::Namesake {
                    name: name.to_owned(),
                    first,
                    second,
                    overlaps,
                }
            })
        })
        .collect()
}

/// Duties that begin before the longest of those before them is over, with that one and the time
/// they share. `duties` come by their start.
fn clashes<'a, 'd: 'a>(
    duties: impl Iterator<Item = &'a Duty<'d>>,
    is_clash: impl Fn(&Duty, &Duty) -> bool,
) -> Vec<(&'a Duty<'d>, &'a Duty<'d>, Span)> {
    let mut longest: Option<&Duty> = None;
    let mut found = Vec::new();
    for duty in duties {
        if let Some(before) = longest
            && let Some(shared) = before.shift.span.meet(&duty.shift.span)
            && is_clash(before, duty)
        {
            found.push((before, duty, shared));
        }
        if longest.is_none_or(|l| l.shift.span.end() < duty.shift.span.end()) {
            longest = Some(duty);
        }
    }
    found
}

fn told(
    facts: &Facts,
    clashes: &[(&Duty, &Duty, Span)],
    matter: impl Fn(Booking, Booking, Vec<Span>) -> Matter,
) -> Vec<Finding> {
    if clashes.is_empty() {
        return Vec::new();
    }
    let by_posts = clashes.iter().map(|clash| {
        let (first, second) = (clash.0.shift, clash.1.shift);
        let excuse = excuse_at(facts.roster, Code::C101, [first.source, second.source]);
        ((first.post, second.post, excuse), clash)
    });
    folded(by_posts)
        .into_iter()
        .filter_map(|(_, group)| {
            let (before, duty, _) = group.first()?;
            let overlaps = group.iter().map(|(_, _, shared)| *shared).collect();
            Some(Finding {
                code: Code::C101,
                place: Some(duty.shift.source),
                also: vec![before.shift.source],
                matter: matter(booking(before), booking(duty), overlaps),
            })
        })
        .collect()
}

fn booking(duty: &Duty) -> Booking {
    Booking {
        unit: duty.post.unit.clone(),
        post: duty.post.name.clone(),
    }
}

/// Somebody who has only to be reachable may stand elsewhere meanwhile; standby may not, as it
/// would back up itself.
fn binds(duty: &Duty) -> bool {
    match duty.post.role {
        Role::DutyOfficer | Role::DutyLeader | Role::Standby => true,
        Role::ChiefLeader | Role::Principal | Role::Other => false,
    }
}

/// The same shift listed twice is another rule's, and so is a leader who is the officer.
fn is_clash(a: &Duty, b: &Duty) -> bool {
    let same_unit = a.post.unit == b.post.unit;
    let leads_and_mans = matches!(
        (a.post.role, b.post.role),
        (Role::DutyLeader, Role::DutyOfficer) | (Role::DutyOfficer, Role::DutyLeader)
    );
    let same_shift = a.shift.post == b.shift.post && a.shift.span == b.shift.span;
    !(same_shift || same_unit && leads_and_mans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::scene::Scene;
    use crate::roster::Severity;
    use crate::roster::sample::span;

    fn severities(lines: &str) -> Vec<Severity> {
        let found = Scene::of(lines).findings(findings);
        found.iter().map(Finding::severity).collect()
    }

    #[test]
    fn bad_overlapping_shifts_of_one_post() {
        let found = Scene::of(
            "石桥镇 值班员 10-03T08:00 10-04T08:00 周海涛
             石桥镇 值班员 10-03T20:00 10-04T08:00 周海涛",
        )
        .findings(findings);
        let here = Booking {
            unit: "石桥镇".to_owned(),
            post: "值班员".to_owned(),
        };
        let matter = Matter::DoubleBooked {
            name: "周海涛".to_owned(),
            first: here.clone(),
            second: here,
            overlaps: vec![span("10-03T20:00", "10-04T08:00")],
        };
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].matter, matter);
        assert_eq!(found[0].place.map(|p| p.row), Some(2));
    }

    #[test]
    fn bad_one_number_on_duty_in_two_units() {
        let severities = severities(
            "石桥镇 值班员 10-01T08:00 10-02T08:00 甲:13800000001
             柳河镇 值班员 10-01T10:00 10-01T16:00 甲:13800000001",
        );
        assert_eq!(severities, [Severity::Error]);
    }

    #[test]
    fn doubtful_one_name_in_two_units_and_no_number() {
        let severities = severities(
            "石桥镇 值班员 10-01T08:00 10-02T08:00 甲
             柳河镇 值班员 10-01T08:00 10-02T08:00 甲:13800000001",
        );
        assert_eq!(severities, [Severity::Warning]);
    }

    #[test]
    fn good_one_name_with_two_numbers_in_two_units() {
        let severities = severities(
            "石桥镇 值班员 10-01T08:00 10-02T08:00 甲:13800000001
             柳河镇 值班员 10-01T08:00 10-02T08:00 甲:13800000002",
        );
        assert_eq!(severities, []);
    }

    #[test]
    fn good_two_people_at_a_handover_and_a_principal_who_leads() {
        let severities = severities(
            "石桥镇 值班员 10-01T08:00 10-01T20:00 甲
             石桥镇 值班员 10-01T18:00 10-02T08:00 乙
             石桥镇 主要领导 10-01T00:00 10-08T00:00 丙
             石桥镇 带班领导 10-01T08:00 10-02T08:00 丙",
        );
        assert_eq!(severities, []);
    }
}
