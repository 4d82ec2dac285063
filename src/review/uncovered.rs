//! What the rules about gaps share: which of them a hole belongs to, and the finding it becomes.

use super::fold::groups;
use super::ledger::Ledger;
use super::suppression::excuse_at;
use super::{Facts, Limits};
use crate::coverage::{Hole, HoleClass};
use crate::roster::{Beside, Code, Finding, Matter, Place, Role, Roster, Shift};
use crate::time::{Span, Zone, minute_of_day};

/// The rules a gap may belong to, in their order.
pub(super) const GAP_CODES: [Code; 4] = [Code::G001, Code::G002, Code::G003, Code::G005];

/// Findings of the gaps that belong to `code`.
pub(super) fn gaps_of(code: Code, facts: &Facts, ledger: &Ledger) -> Vec<Finding> {
    let gaps = facts
        .holes
        .iter()
        .filter(|hole| hole.class == HoleClass::Gap)
        .map(|hole| {
            let shifts = || ledger.shifts_at(&hole.unit, &hole.post);
            let said = |shift: &Shift| (shift.span, shift.source);
            (hole, Neighbours::among(hole.span, || shifts().map(said)))
        })
        .filter(|(hole, beside)| code_of(hole, beside, &facts.limits) == code);
    let excused = gaps.map(|(hole, beside)| {
        let nobody = named_nobody(facts.roster, &hole.unit, &hole.post, hole.span);
        let cells = beside.before.into_iter().chain(beside.after).chain(nobody);
        (excuse_at(facts.roster, code, cells), hole, beside)
    });
    let alike = alike(excused, facts.zone).into_iter();
    alike.filter_map(|gaps| finding(code, &gaps)).collect()
}

/// A gap, and what is beside it.
pub(super) type Gap<'h> = (&'h Hole, Neighbours);

/// These gaps, each with the remark that excuses it: what repeats at the same hours is one finding.
pub(super) fn alike<'h>(
    gaps: impl Iterator<Item = (Option<usize>, &'h Hole, Neighbours)>,
    zone: Zone,
) -> Vec<Vec<Gap<'h>>> {
    let same_hours = gaps.map(|(excuse, hole, beside)| {
        let start = zone.civil(hole.span.start()).time();
        let key = (
            (&hole.unit, &hole.post),
            (minute_of_day(start), hole.span.length()),
            (hole.needed, hole.present),
            excuse,
        );
        (key, (hole, beside))
    });
    groups(same_hours)
}

/// Gaps that are alike, as one finding of `code`.
pub(super) fn finding(code: Code, alike: &[Gap]) -> Option<Finding> {
    let (first, beside) = alike.first()?;
    let (place, also, beside) = beside.places();
    Some(Finding {
        code,
        place,
        also,
        matter: Matter::Uncovered {
            unit: first.unit.clone(),
            post: first.post.clone(),
            role: first.role,
            spans: alike.iter().map(|(hole, _)| hole.span).collect(),
            needed: first.needed,
            present: first.present,
            beside,
        },
    })
}

/// The cells that stand for a stretch of a post and name nobody: 待定.
pub(super) fn named_nobody<'a>(
    roster: &'a Roster,
    unit: &'a str,
    post: &'a str,
    span: Span,
) -> impl Iterator<Item = Place> + 'a {
    let unnamed = roster.unnamed.iter();
    let of_post = unnamed.filter(move |cell| {
        let at = roster.posts.get(cell.post as usize);
        at.is_some_and(|at| at.unit == unit && at.name == post)
    });
    let meets = of_post.filter(move |cell| cell.span.meet(&span).is_some());
    meets.map(|cell| cell.place)
}

/// Which rule's a gap is.
pub(super) fn code_of(hole: &Hole, beside: &Neighbours, limits: &Limits) -> Code {
    let is_between = beside.before.is_some() && beside.after.is_some();
    if hole.present > 0 {
        return Code::G005;
    }
    if is_between && hole.span.length() <= limits.seam {
        return Code::G003;
    }
    match hole.role {
        Role::DutyOfficer | Role::Other => Code::G001,
        Role::DutyLeader | Role::ChiefLeader | Role::Principal => Code::G002,
        // A post that backs others up: its absence uncovers nothing by itself.
        Role::Standby => Code::G005,
    }
}

/// The shift that ends where a hole begins, and the one that begins where it ends.
#[derive(Clone, Copy)]
pub(super) struct Neighbours {
    before: Option<Place>,
    after: Option<Place>,
}

impl Neighbours {
    /// Among the post's shifts, which come by their start.
    pub(super) fn among<I: Iterator<Item = (Span, Place)>>(
        hole: Span,
        shifts: impl Fn() -> I,
    ) -> Self {
        let place = |(_, place): (Span, Place)| place;
        Self {
            before: shifts().find(|s| s.0.end() == hole.start()).map(place),
            after: shifts().find(|s| s.0.start() == hole.end()).map(place),
        }
    }

    fn places(&self) -> (Option<Place>, Vec<Place>, Beside) {
        match (self.before, self.after) {
            (Some(before), Some(after)) => (Some(after), vec![before], Beside::Both),
            (Some(before), None) => (Some(before), Vec::new(), Beside::Before),
            (None, Some(after)) => (Some(after), Vec::new(), Beside::After),
            (None, None) => (None, Vec::new(), Beside::Nothing),
        }
    }
}
