use std::collections::BTreeSet;

use super::{Law, Laws};
use crate::decide::{Check, World};
use crate::duty::Amendment;
use crate::roster::Role;
use crate::simulate::run::{Run, Step};
use crate::simulate::truth::Asked;
use crate::time::Moment;

impl Run {
    /// A check that was not there before.
    pub(super) fn first_seen(&mut self, laws: &Laws, check: &Check, world: &World) -> Step {
        // It may have been made right before the process died.
        let made = world
            .rounds
            .get(&check.round)
            .map_or(self.clock(), |round| round.at);
        let asked = Asked {
            queued: (made - self.off()).min(self.now),
            account: check.asked.account,
            copies: Vec::new(),
            unheard: 0,
            refused: None,
        };
        self.truth.checks.insert(check.id, asked);
        self.figures.checks += 1;
        self.tell(|_| {
            let asked = &check.asked;
            format!("? {} {} {}", check.id, asked.unit, asked.name)
        });
        let there = self.on_duty(laws, world, made);
        let person = (check.asked.unit.as_str(), check.asked.name.as_str());
        let newest = world.versions.keys().next_back();
        if newest != Some(&check.asked.version) || !there.contains(&person) {
            let facts = format!("{}: {:?} {newest:?}", check.id, check.asked);
            return Err(self.broken(Law::OnDuty, facts));
        }
        Ok(())
    }

    /// Who is on duty at `at`, by the rows that were sent and what was agreed since.
    fn on_duty<'a>(
        &'a self,
        laws: &Laws,
        world: &'a World,
        at: Moment,
    ) -> BTreeSet<(&'a str, &'a str)> {
        let mut there = BTreeSet::new();
        for (unit, file) in &laws.in_force {
            let rows = self.county.files[*file].rows.iter();
            for row in rows.filter(|row| row.unit == *unit && row.role != Role::Other) {
                if row
                    .span(self.policy.zone)
                    .is_some_and(|span| span.contains(at))
                {
                    let name = self.county.people[row.person].name.as_str();
                    there.insert((self.county.units[*unit].as_str(), name));
                }
            }
        }
        let mut agreed: Vec<(Moment, &Amendment)> = world
            .leaves
            .values()
            .filter_map(|leave| leave.in_force())
            .collect();
        agreed.sort_by_key(|(since, _)| *since);
        for (_, amendment) in agreed {
            exchange(&mut there, amendment, at);
        }
        there
    }
}

fn exchange<'a>(there: &mut BTreeSet<(&'a str, &'a str)>, amendment: &'a Amendment, at: Moment) {
    let unit = amendment.turn.unit.as_str();
    let own = (unit, amendment.turn.person.name.as_str());
    if amendment.span.contains(at) && there.remove(&own) {
        let stand_in = amendment.stand_in.as_ref();
        there.extend(stand_in.map(|person| (unit, person.name.as_str())));
    }
    if let Some(turn) = amendment
        .in_return
        .as_ref()
        .filter(|turn| turn.span.contains(at))
    {
        let theirs = (turn.unit.as_str(), turn.person.name.as_str());
        if there.remove(&theirs) {
            there.insert((turn.unit.as_str(), own.1));
        }
    }
}
