//! P202: one number, two names.

use foldhash::{HashMap, HashMapExt};

use super::Facts;
use super::ledger::Ledger;
use crate::roster::{Code, Finding, Matter, Phone, Place};

pub(super) fn findings(_: &Facts, ledger: &Ledger) -> Vec<Finding> {
    let newcomers = ledger.newcomers();
    let mut first_owner: HashMap<&Phone, (&str, Place)> =
        HashMap::with_capacity(newcomers.size_hint().0);
    let mut others: HashMap<&Phone, Vec<(&str, Place)>> = HashMap::default();
    for shift in newcomers {
        for person in shift.people.iter() {
            let Some(phone) = &person.phone else { continue };
            let name = person.name.as_str();
            let (owner, _) = *first_owner.entry(phone).or_insert((name, shift.source));
            if owner != name {
                let others = others.entry(phone).or_default();
                if others.iter().all(|(other, _)| *other != name) {
                    others.push((name, shift.source));
                }
            }
        }
    }
    others
        .into_iter()
        .filter_map(|(phone, others)| {
            let (owner, place) = first_owner.get(phone)?;
            let names = std::iter::once(*owner).chain(others.iter().map(|(name, _)| *name));
            Some(Finding {
                code: Code::P202,
                place: others.first().map(|(_, place)| *place),
                also: vec![*place],
                matter: Matter::SharedPhone {
                    phone: phone.clone(),
                    names: names.map(str::to_owned).collect(),
                },
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::scene::Scene;

    #[test]
    fn bad_two_people_with_one_number() {
        let found = Scene::of(
            "石桥镇 值班员 10-01T08:00 10-02T08:00 甲:13800000001
             石桥镇 值班员 10-02T08:00 10-03T08:00 乙:13800000001",
        )
        .findings(findings);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place.map(|p| p.row), Some(2));
    }

    #[test]
    fn good_one_person_on_two_days() {
        let scene = Scene::of(
            "石桥镇 值班员 10-01T08:00 10-02T08:00 甲:13800000001
             石桥镇 值班员 10-03T08:00 10-04T08:00 甲:13800000001",
        );
        assert_eq!(scene.findings(findings), []);
    }
}
