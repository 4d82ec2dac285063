use serde::{Deserialize, Serialize};

use crate::roster::{Person, Roster, Shift};
use crate::time::{Moment, Span};

/// One person's part in one shift, known again in every version of a roster by what it says: not
/// by where it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Turn {
    pub unit: String,
    /// The post's name.
    pub post: String,
    pub span: Span,
    pub person: Person,
}

/// A turn, or part of one, that changes hands: leave, a stand-in, or a swap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    pub turn: Turn,
    /// What of the turn is given away.
    pub span: Span,
    /// `None`: nobody takes it.
    pub stand_in: Option<Person>,
    /// The stand-in's own turn, taken over in exchange.
    pub in_return: Option<Turn>,
}

/// Why somebody cannot come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Ill,
    Family,
    /// 公务.
    Official,
    /// In the person's own words.
    Other(String),
}

/// How an amendment goes with a roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    Fits,
    /// The roster has the stand-in there of itself.
    Written,
    /// The roster has no such turn.
    NoSuchTurn,
}

impl Turn {
    /// The same person: one name, and no two different numbers.
    #[must_use]
    pub fn is_of(&self, person: &Person) -> bool {
        self.person.name == person.name
            && match (&self.person.phone, &person.phone) {
                (Some(own), Some(other)) => own == other,
                _ => true,
            }
    }

    fn is_at(&self, roster: &Roster, shift: &Shift) -> bool {
        let post = roster.post(shift);
        shift.span == self.span && post.unit == self.unit && post.name == self.post
    }

    /// Index of the shift this is a turn of.
    fn place_in(&self, roster: &Roster) -> Option<usize> {
        roster
            .shifts
            .iter()
            .position(|s| self.is_at(roster, s) && s.people.iter().any(|p| self.is_of(p)))
    }
}

impl Amendment {
    #[must_use]
    pub fn fit(&self, roster: &Roster) -> Fit {
        let given = self.turn.place_in(roster).is_some();
        let taken = self
            .in_return
            .as_ref()
            .is_none_or(|turn| turn.place_in(roster).is_some());
        if given && taken {
            return Fit::Fits;
        }
        let written = self.stand_in.as_ref().is_some_and(|stand_in| {
            let mut shifts = roster.shifts.iter();
            shifts.any(|s| {
                let same_span = s.span == self.turn.span || s.span == self.span;
                let post = roster.post(s);
                same_span
                    && post.unit == self.turn.unit
                    && post.name == self.turn.post
                    && s.people.iter().any(|p| p.name == stand_in.name)
            })
        });
        if written {
            Fit::Written
        } else {
            Fit::NoSuchTurn
        }
    }

    /// Who is there at `at` instead of whom.
    #[must_use]
    pub fn replaced_at(&self, at: Moment) -> Option<(&Person, &Person)> {
        let stand_in = self.stand_in.as_ref()?;
        if self.span.contains(at) {
            return Some((stand_in, &self.turn.person));
        }
        let returned = self.in_return.as_ref()?;
        let there = returned.span.contains(at);
        there.then_some((&self.turn.person, &returned.person))
    }

    /// Changes `roster` where it fits, and nothing of it elsewhere.
    fn apply(&self, roster: &mut Roster) {
        if self.fit(roster) != Fit::Fits {
            return;
        }
        hand_over(roster, &self.turn, &self.span, self.stand_in.as_ref());
        if let Some(turn) = &self.in_return {
            hand_over(roster, turn, &turn.span, Some(&self.turn.person));
        }
    }
}

/// `roster` with every amendment that fits, each seeing what those before it changed. A shift that
/// nobody has any more stays, with no people: it is a hole of its own hours.
#[must_use]
pub fn amended<'a>(roster: &Roster, amendments: impl IntoIterator<Item = &'a Amendment>) -> Roster {
    let mut roster = roster.clone();
    for amendment in amendments {
        amendment.apply(&mut roster);
    }
    roster
}

/// Everybody's turns for whom `is_theirs` (of unit and person) holds, by start.
pub fn turns_of(roster: &Roster, mut is_theirs: impl FnMut(&str, &Person) -> bool) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for shift in &roster.shifts {
        let post = roster.post(shift);
        let people = shift.people.iter().filter(|p| is_theirs(&post.unit, p));
        turns.extend(people.map(|person| Turn {
            unit: post.unit.clone(),
            post: post.name.clone(),
            span: shift.span,
            person: person.clone(),
        }));
    }
    turns.sort_by_key(|turn| turn.span);
    turns
}

/// Gives what of `turn` lies in `span` to somebody else; the rest of the shift stays in pieces
/// before and after.
fn hand_over(roster: &mut Roster, turn: &Turn, span: &Span, to: Option<&Person>) {
    let Some(index) = turn.place_in(roster) else {
        return;
    };
    let shift = roster.shifts[index].clone();
    let Some(during) = shift.span.meet(span) else {
        return;
    };
    let piece = |span: Span| Shift {
        span,
        ..shift.clone()
    };
    let before = Span::new(shift.span.start(), during.start()).map(piece);
    let after = Span::new(during.end(), shift.span.end()).map(piece);
    let mut changed = piece(during);
    let there = to.is_some_and(|to| shift.people.iter().any(|p| p.name == to.name));
    let mut people = shift.people.to_vec();
    let at = people.iter().position(|p| turn.is_of(p));
    match (at, to) {
        (Some(at), Some(to)) if !there => people[at] = to.clone(),
        (Some(at), _) => drop(people.remove(at)),
        (None, _) => {}
    }
    changed.people = people.into();
    let pieces = before.into_iter().chain([changed]).chain(after);
    roster.shifts.splice(index..=index, pieces);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::duty::on_duty;
    use crate::roster::{Place, Post, Role};
    use crate::time::TimeDelta;

    const NAMES: [&str; 5] = ["甲", "乙", "丙", "丁", "戊"];

    fn hour(h: i64) -> Moment {
        Moment::from_timestamp(1_790_000_000, 0).unwrap() + TimeDelta::hours(h)
    }

    fn person(index: usize) -> Person {
        let name = NAMES[index % NAMES.len()].to_owned();
        Person { name, phone: None }
    }

    fn shift(post: u32, start: i64, hours: i64, people: &[usize]) -> Shift {
        let mut names: Vec<Person> = people.iter().map(|p| person(*p)).collect();
        names.sort();
        names.dedup();
        Shift {
            post,
            span: Span::new(hour(start), hour(start + hours)).unwrap(),
            people: names.into(),
            assumed_hours: false,
            source: Place::default(),
        }
    }

    fn post(name: &str) -> Post {
        Post {
            unit: "青山镇".into(),
            name: name.into(),
            role: Role::DutyOfficer,
            presence: Role::DutyOfficer.presence(),
        }
    }

    prop_compose! {
        fn rosters()(shifts in proptest::collection::vec(
            (0u32..2, 0i64..40, 1i64..14, proptest::collection::vec(0usize..5, 1..3)), 1..6,
        )) -> Roster {
            let shifts = shifts.iter().map(|(post, start, hours, people)| {
                shift(*post, *start, *hours, people)
            });
            Roster {
                posts: vec![post("一线"), post("二线")],
                shifts: shifts.collect(),
                ..Roster::default()
            }
        }
    }

    prop_compose! {
        /// A turn of the roster, maybe part of it, given to somebody or nobody.
        fn leaves()(roster in rosters())(
            turn in 0..turns_of(&roster, |_, _| true).len(),
            from in 0i64..6,
            stand_in in proptest::option::of(0usize..5),
            roster in Just(roster),
        ) -> (Roster, Amendment) {
            let turn = turns_of(&roster, |_, _| true)[turn].clone();
            let start = turn.span.start() + TimeDelta::hours(from);
            let span = Span::new(start, turn.span.end()).unwrap_or(turn.span);
            let stand_in = stand_in.map(person).filter(|p| p.name != turn.person.name);
            (roster, Amendment { turn, span, stand_in, in_return: None })
        }
    }

    /// Who is at `post` at `at`, each as often as listed.
    fn names<'a>(roster: &'a Roster, post: &str, at: Moment) -> Vec<&'a str> {
        let mut names: Vec<&str> = on_duty(roster, at)
            .filter(|on| on.post.name == post)
            .map(|on| on.person.name.as_str())
            .collect();
        names.sort_unstable();
        names
    }

    fn hours() -> impl Iterator<Item = Moment> {
        (0..60).map(hour)
    }

    proptest! {
        #[test]
        fn nothing_changes_outside_the_span_given_away((roster, leave) in leaves()) {
            let after = amended(&roster, [&leave]);
            for at in hours().filter(|at| !leave.span.contains(*at)) {
                for post in ["一线", "二线"] {
                    prop_assert_eq!(names(&after, post, at), names(&roster, post, at));
                }
            }
        }

        #[test]
        fn within_it_the_stand_in_is_there_instead_and_without_one_nobody(
            (roster, leave) in leaves(),
        ) {
            let after = amended(&roster, [&leave]);
            for at in hours().filter(|at| leave.span.contains(*at)) {
                let before = names(&roster, &leave.turn.post, at).len();
                let now = names(&after, &leave.turn.post, at);
                let fewer = before - now.len();
                if let Some(p) = &leave.stand_in {
                    prop_assert!(now.contains(&p.name.as_str()));
                    prop_assert!(fewer <= 1);
                } else {
                    prop_assert_eq!(fewer, 1);
                }
            }
        }

        #[test]
        fn an_amendment_fits_the_roster_it_was_made_for_and_only_once((roster, leave) in leaves()) {
            prop_assert_eq!(leave.fit(&roster), Fit::Fits);
            let after = amended(&roster, [&leave]);
            let other_turn = turns_of(&after, |_, p| p.name == leave.turn.person.name)
                .contains(&leave.turn);
            prop_assert_eq!(leave.fit(&after) == Fit::Fits, other_turn);
        }

        #[test]
        fn a_turn_the_roster_does_not_have_changes_nothing((roster, leave) in leaves()) {
            let turn = Turn { unit: "别处".into(), ..leave.turn };
            let strange = Amendment { turn, ..leave };
            prop_assert_eq!(strange.fit(&roster), Fit::NoSuchTurn);
            prop_assert_eq!(amended(&roster, [&strange]), roster);
        }

        #[test]
        fn a_swap_and_the_swap_back_leave_everything_as_it_was(
            roster in rosters(), a: prop::sample::Index, b: prop::sample::Index,
        ) {
            let turns = turns_of(&roster, |_, _| true);
            let (one, other) = (a.get(&turns).clone(), b.get(&turns).clone());
            prop_assume!(one.person != other.person);
            prop_assume!(!one.span.overlaps(&other.span));
            let swap = |given: &Turn, taken: &Turn| Amendment {
                turn: given.clone(),
                span: given.span,
                stand_in: Some(taken.person.clone()),
                in_return: Some(taken.clone()),
            };
            let of = |turn: &Turn, person: &Person| Turn { person: person.clone(), ..turn.clone() };
            // Whoever stands there already cannot be swapped in.
            prop_assume!(![(&one, &other), (&other, &one)].iter().any(|(turn, taker)| {
                turns.contains(&of(turn, &taker.person))
            }));
            let there = amended(&roster, [&swap(&one, &other)]);
            prop_assert!(turns_of(&there, |_, _| true).contains(&of(&one, &other.person)));
            prop_assert!(turns_of(&there, |_, _| true).contains(&of(&other, &one.person)));
            let (back_one, back_other) = (of(&one, &other.person), of(&other, &one.person));
            let back = amended(&there, [&swap(&back_one, &back_other)]);
            for at in hours() {
                for post in ["一线", "二线"] {
                    prop_assert_eq!(names(&back, post, at), names(&roster, post, at));
                }
            }
        }
    }

    #[test]
    fn a_shift_nobody_has_any_more_stays_as_a_hole_of_its_own_hours() {
        let roster = Roster {
            posts: vec![post("一线")],
            shifts: vec![shift(0, 0, 8, &[0]), shift(0, 8, 8, &[1])],
            ..Roster::default()
        };
        let turn = turns_of(&roster, |_, p| p.name == "甲").remove(0);
        let span = turn.span;
        let leave = Amendment {
            turn,
            span,
            stand_in: None,
            in_return: None,
        };
        let after = amended(&roster, [&leave]);
        let spans: Vec<Span> = after.shifts.iter().map(|s| s.span).collect();
        assert_eq!(spans, [span, roster.shifts[1].span]);
        assert!(after.shifts[0].people.is_empty());
        assert_eq!(on_duty(&after, hour(3)).count(), 0);
    }

    #[test]
    fn who_stands_in_may_ask_for_leave_in_turn() {
        let roster = Roster {
            posts: vec![post("一线")],
            shifts: vec![shift(0, 0, 8, &[0])],
            ..Roster::default()
        };
        let give = |from: usize, to: usize| {
            let turn = Turn {
                unit: "青山镇".into(),
                post: "一线".into(),
                span: roster.shifts[0].span,
                person: person(from),
            };
            Amendment {
                span: turn.span,
                turn,
                stand_in: Some(person(to)),
                in_return: None,
            }
        };
        let after = amended(&roster, [&give(0, 1), &give(1, 2)]);
        assert_eq!(names(&after, "一线", hour(3)), ["丙"]);
    }
}
