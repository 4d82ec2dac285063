//! P203: one name in a unit with two numbers.

use super::Facts;
use super::ledger::{Ledger, Someone};
use crate::roster::{Code, Finding, Matter, Phone, Place};

pub(super) fn findings(_: &Facts, ledger: &Ledger) -> Vec<Finding> {
    ledger.people().filter_map(of_person).collect()
}

fn of_person(someone: Someone) -> Option<Finding> {
    let mut phones = someone.duties.iter().filter_map(|duty| duty.phone);
    let one = phones.next()?;
    if phones.all(|phone| phone == one) {
        return None;
    }
    let mut in_file_order: Vec<(Place, &Phone, &str)> = someone
        .duties
        .iter()
        .filter_map(|duty| Some((duty.shift.source, duty.phone?, duty.post.unit.as_str())))
        .collect();
    in_file_order.sort_unstable_by_key(|(place, ..)| *place);
    let mut numbers: Vec<(Place, &Phone, &str)> = Vec::new();
    for said in in_file_order {
        if numbers.iter().all(|(_, phone, _)| *phone != said.1) {
            numbers.push(said);
        }
    }
    let [first, second, ..] = numbers[..] else {
        return None;
    };
    Some(Finding {
        code: Code::P203,
        place: Some(second.0),
        also: vec![first.0],
        matter: Matter::TwoPhones {
            unit: second.2.to_owned(),
            name: someone.name.to_owned(),
            phones: numbers
                .iter()
                .map(|(_, phone, _)| (*phone).clone())
                .collect(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::scene::Scene;

    #[test]
    fn bad_one_person_with_two_numbers() {
        let found = Scene::of(
            "石桥镇 值班员 10-01T08:00 10-02T08:00 甲:13800000001
             石桥镇 值班员 10-03T08:00 10-04T08:00 甲:13800000002",
        )
        .findings(findings);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place.map(|p| p.row), Some(2));
        assert_eq!(found[0].also[0].row, 1);
    }

    #[test]
    fn good_a_number_given_once_is_enough() {
        let scene = Scene::of(
            "石桥镇 值班员 10-01T08:00 10-02T08:00 甲:13800000001
             石桥镇 值班员 10-03T08:00 10-04T08:00 甲",
        );
        assert_eq!(scene.findings(findings), []);
    }
}
