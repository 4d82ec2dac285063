//! X901 and what it watches over: what somebody has chosen not to hear, by a setting, a flag or a
//! row's own remark.

use super::selection::{Pattern, Selection};
use super::uncovered::named_nobody;
use crate::roster::{Booking, Code, Excuse, Finding, Matter, Place, Roster};
use crate::time::Span;

/// Findings told apart: what is to be heard, and what somebody has chosen not to hear.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// In their order; at the end a remark on each choice that hit nothing.
    pub findings: Vec<Finding>,
    pub muted: Vec<Muted>,
}

/// A finding that somebody has chosen not to hear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Muted {
    pub finding: Finding,
    pub by: MutedBy,
    /// A remark always gives one.
    pub reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MutedBy {
    /// The remark in this cell, for its own row.
    Remark(Place),
    /// A setting, for one unit.
    Unit,
    /// A setting or a flag.
    Everywhere,
}

/// One choice not to hear something, and whether it has hit anything.
struct Choice<'a> {
    scope: Scope<'a>,
    codes: &'a [Code],
    reason: Option<&'a str>,
    was_used: bool,
}

enum Scope<'a> {
    Remark(&'a Excuse),
    Unit(&'a str, &'a Pattern),
    Everywhere(&'a Pattern),
}

/// What is left to hear of what was found in `roster`, and what is not. What was not selected is
/// neither.
#[must_use]
pub fn suppressed(findings: Vec<Finding>, selection: &Selection, roster: &Roster) -> Heard {
    let mut choices = choices(selection, roster);
    let mut heard = Heard::default();
    for finding in findings {
        heard.take(finding, selection, &mut choices, roster);
    }
    let unused: Vec<Finding> = choices
        .iter()
        .filter(|choice| !choice.was_used && !choice.codes.contains(&Code::X901))
        .map(Choice::unused)
        .collect();
    for finding in unused {
        heard.take(finding, selection, &mut choices, roster);
    }
    heard
}

/// The narrowest first: its reason is the one told.
fn choices<'a>(selection: &'a Selection, roster: &'a Roster) -> Vec<Choice<'a>> {
    let choice = |scope, codes, reason| Choice {
        scope,
        codes,
        reason,
        was_used: false,
    };
    let remarks = roster.excuses.iter().map(|excuse| {
        let codes = std::slice::from_ref(&excuse.code);
        choice(Scope::Remark(excuse), codes, Some(excuse.reason.as_str()))
    });
    let in_units = selection.ignored_in_unit.iter();
    let in_units = in_units.flat_map(|(unit, patterns)| {
        patterns.iter().map(move |pattern| {
            let scope = Scope::Unit(unit, pattern);
            choice(scope, &pattern.codes, pattern.reason.as_deref())
        })
    });
    let everywhere = selection.ignored.iter().map(|pattern| {
        let scope = Scope::Everywhere(pattern);
        choice(scope, &pattern.codes, pattern.reason.as_deref())
    });
    remarks.chain(in_units).chain(everywhere).collect()
}

impl Heard {
    fn take(
        &mut self,
        finding: Finding,
        selection: &Selection,
        choices: &mut [Choice],
        roster: &Roster,
    ) {
        let mut muted = None;
        for choice in choices {
            if choice.means(&finding, roster) {
                choice.was_used = true;
                muted = muted.or(Some((choice.by(), choice.reason)));
            }
        }
        match muted {
            _ if !selection.selects(finding.code) => {}
            None => self.findings.push(finding),
            Some((by, reason)) => self.muted.push(Muted {
                finding,
                by,
                reason: reason.map(str::to_owned),
            }),
        }
    }
}

impl Choice<'_> {
    fn means(&self, finding: &Finding, roster: &Roster) -> bool {
        self.codes.contains(&finding.code)
            && match self.scope {
                Scope::Remark(excuse) => {
                    excuses_one_of(excuse, places(finding).chain(unnamed(finding, roster)))
                }
                Scope::Unit(unit, _) => is_about(finding, unit, roster),
                Scope::Everywhere(_) => true,
            }
    }

    fn by(&self) -> MutedBy {
        match self.scope {
            Scope::Remark(excuse) => MutedBy::Remark(excuse.place),
            Scope::Unit(..) => MutedBy::Unit,
            Scope::Everywhere(_) => MutedBy::Everywhere,
        }
    }

    fn unused(&self) -> Finding {
        let (place, entry) = match self.scope {
            Scope::Remark(excuse) => (Some(excuse.place), excuse.code.id().to_owned()),
            Scope::Unit(unit, pattern) => (None, format!("{unit}: {}", pattern.written)),
            Scope::Everywhere(pattern) => (None, pattern.written.clone()),
        };
        Finding {
            code: Code::X901,
            place,
            also: Vec::new(),
            matter: Matter::UnusedSuppression { entry },
        }
    }
}

/// The first remark that excuses one of these cells from `code`. What repeats is told once, and
/// what is excused must not take its repetitions along.
pub(super) fn excuse_at(
    roster: &Roster,
    code: Code,
    places: impl IntoIterator<Item = Place>,
) -> Option<usize> {
    if roster.excuses.is_empty() {
        return None;
    }
    let places: Vec<Place> = places.into_iter().collect();
    let mut excuses = roster.excuses.iter();
    excuses.position(|excuse| excuse.code == code && excuses_one_of(excuse, places.iter().copied()))
}

fn places(finding: &Finding) -> impl Iterator<Item = Place> {
    finding.place.iter().chain(&finding.also).copied()
}

/// The cells that name nobody for a gap: it is told beside them, and asked about in their rows.
fn unnamed<'a>(finding: &'a Finding, roster: &'a Roster) -> impl Iterator<Item = Place> + 'a {
    let gap = match &finding.matter {
        Matter::Uncovered {
            unit, post, spans, ..
        } => Some((unit, post, spans)),
        _ => None,
    };
    gap.into_iter().flat_map(move |(unit, post, spans)| {
        let of_span = move |span: &Span| named_nobody(roster, unit, post, *span);
        spans.iter().flat_map(of_span)
    })
}

fn excuses_one_of(excuse: &Excuse, places: impl IntoIterator<Item = Place>) -> bool {
    let row = |place: Place| (place.file, place.row);
    places
        .into_iter()
        .any(|place| row(place) == row(excuse.place))
}

/// Whether a finding speaks of this unit alone.
fn is_about(finding: &Finding, unit: &str, roster: &Roster) -> bool {
    let both = |first: &Booking, second: &Booking| first.unit == unit && second.unit == unit;
    match &finding.matter {
        Matter::Uncovered { unit: of, .. }
        | Matter::NotSubmitted { unit: of }
        | Matter::TogetherAtPost { unit: of, .. }
        | Matter::SameShiftTwice { unit: of, .. }
        | Matter::NoBreak { unit: of, .. }
        | Matter::LeaderIsOfficer { unit: of, .. }
        | Matter::ShortRest { unit: of, .. }
        | Matter::AboveNeed { unit: of, .. }
        | Matter::TwoPhones { unit: of, .. }
        | Matter::UnknownUnit { unit: of, .. } => of == unit,
        Matter::DoubleBooked { first, second, .. } | Matter::Namesake { first, second, .. } => {
            both(first, second)
        }
        Matter::FirstNight { posts, .. } => posts.iter().all(|(of, _)| of == unit),
        Matter::NoLandline { units } => units.iter().all(|of| of == unit),
        _ => {
            let mut places = places(finding).peekable();
            places.peek().is_some() && places.all(|place| stands_in(place, unit, roster))
        }
    }
}

/// Whether the row is one of this unit's: its shifts are, or where none was read, its file's.
fn stands_in(place: Place, unit: &str, roster: &Roster) -> bool {
    let shifts = || {
        let shifts = roster.shifts.iter().map(|shift| (shift.source, shift.post));
        let unread = roster.unread.iter();
        shifts.chain(unread.filter_map(|unread| Some((unread.place, unread.post?))))
    };
    let is_units = |post: u32| {
        let post = roster.posts.get(post as usize);
        post.is_some_and(|post| post.unit == unit)
    };
    let all_are = |posts: &mut dyn Iterator<Item = u32>| {
        let mut posts = posts.peekable();
        posts.peek().is_some().then(|| posts.all(is_units))
    };
    let in_file = |of: &Place| of.file == place.file;
    let in_row = |of: &Place| in_file(of) && of.row == place.row;
    let of_row = &mut shifts().filter(|(of, _)| in_row(of)).map(|(_, post)| post);
    let of_file = &mut shifts().filter(|(of, _)| in_file(of)).map(|(_, post)| post);
    all_are(of_row).or_else(|| all_are(of_file)) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::scene::Scene;
    use crate::review::{overlap_same_post, uncovered};
    use crate::roster::{Unnamed, sample};

    fn gap(code: Code, unit: &str) -> Finding {
        Finding {
            code,
            place: None,
            also: Vec::new(),
            matter: Matter::NotSubmitted {
                unit: unit.to_owned(),
            },
        }
    }

    fn codes(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.code.id()).collect()
    }

    fn left(findings: Vec<Finding>, selection: &Selection) -> Vec<Finding> {
        suppressed(findings, selection, &Roster::default()).findings
    }

    fn ignoring(name: &str) -> Selection {
        let mut selection = Selection::default();
        selection.ignore([(name, Some("县里定的"))]).unwrap();
        selection
    }

    #[test]
    fn a_code_a_slug_or_a_family_is_ignored() {
        let findings = || {
            vec![
                gap(Code::G006, "甲"),
                gap(Code::C102, "甲"),
                gap(Code::P202, "甲"),
            ]
        };
        for (name, rest) in [
            ("c102", ["G006", "P202"]),
            ("overlap-same-post", ["G006", "P202"]),
            ("C", ["G006", "P202"]),
            ("P2", ["G006", "C102"]),
        ] {
            assert_eq!(codes(&left(findings(), &ignoring(name))), rest, "{name}");
        }
    }

    #[test]
    fn only_what_is_selected_is_heard_and_the_rest_is_not_called_ignored() {
        let mut selection = Selection::default();
        selection.select(["G", "C101"]).unwrap();
        let findings = vec![gap(Code::G006, "甲"), gap(Code::C102, "甲")];
        let heard = suppressed(findings, &selection, &Roster::default());
        assert_eq!(codes(&heard.findings), ["G006"]);
        assert_eq!(heard.muted, []);
    }

    #[test]
    fn a_unit_is_excused_alone() {
        let mut selection = Selection::default();
        selection.ignore_in_unit("甲", [("G006", None)]).unwrap();
        let findings = vec![gap(Code::G006, "甲"), gap(Code::G006, "乙")];
        assert_eq!(left(findings, &selection), [gap(Code::G006, "乙")]);
    }

    #[test]
    fn what_names_no_unit_is_of_the_unit_whose_row_it_stands_in() {
        let roster = sample::roster(
            "石桥镇 值班员 10-01T08:00 10-02T08:00 甲
             柳河镇 值班员 10-01T08:00 10-02T08:00 乙",
        );
        let at_row = |row| Finding {
            place: Some(Place {
                file: 0,
                row,
                column: 6,
            }),
            matter: Matter::SharedPhone {
                phone: crate::roster::Phone::new("13800000001").unwrap(),
                names: Vec::new(),
            },
            ..gap(Code::P202, "")
        };
        let mut selection = Selection::default();
        selection
            .ignore_in_unit("石桥镇", [("P202", None)])
            .unwrap();
        let heard = suppressed(vec![at_row(1), at_row(2)], &selection, &roster);
        assert_eq!(heard.findings, [at_row(2)]);
    }

    #[test]
    fn an_entry_that_hits_nothing_is_told() {
        let heard = left(vec![gap(Code::G006, "甲")], &ignoring("C102"));
        assert_eq!(codes(&heard), ["G006", "X901"]);
        let mut quiet = ignoring("C102");
        quiet.ignore([("X901", None)]).unwrap();
        assert_eq!(codes(&left(Vec::new(), &quiet)), [] as [&str; 0]);
    }

    #[test]
    fn what_is_not_heard_is_kept_with_its_reason() {
        let heard = suppressed(
            vec![gap(Code::C102, "甲")],
            &ignoring("C102"),
            &Roster::default(),
        );
        let muted = Muted {
            finding: gap(Code::C102, "甲"),
            by: MutedBy::Everywhere,
            reason: Some("县里定的".to_owned()),
        };
        assert_eq!(heard.muted, [muted]);
    }

    fn excuse(row: u32, code: Code) -> Excuse {
        Excuse {
            place: Place {
                file: 0,
                row,
                column: 6,
            },
            code,
            reason: "双岗".to_owned(),
        }
    }

    /// Two on the officers' post on each of three days.
    const DOUBLED: &str = "石桥镇 值班员 10-01T08:00 10-02T08:00 甲
                           石桥镇 值班员 10-01T08:00 10-02T08:00 乙
                           石桥镇 值班员 10-02T08:00 10-03T08:00 甲
                           石桥镇 值班员 10-02T08:00 10-03T08:00 乙
                           石桥镇 值班员 10-03T08:00 10-04T08:00 甲
                           石桥镇 值班员 10-03T08:00 10-04T08:00 乙";

    #[test]
    fn a_remark_excuses_its_own_row_and_no_repetition_of_it() {
        let mut scene = Scene::of(DOUBLED);
        let days = |findings: &[Finding]| -> Vec<usize> {
            let overlaps = findings.iter().map(|finding| match &finding.matter {
                Matter::TogetherAtPost { overlaps, .. } => overlaps.len(),
                _ => 0,
            });
            overlaps.collect()
        };
        assert_eq!(days(&scene.findings(overlap_same_post::findings)), [3]);
        scene.roster.excuses.push(excuse(4, Code::C102));
        let found = scene.findings(overlap_same_post::findings);
        let heard = suppressed(found, &Selection::default(), &scene.roster);
        assert_eq!(days(&heard.findings), [2]);
        let by: Vec<MutedBy> = heard.muted.iter().map(|muted| muted.by).collect();
        assert_eq!(by, [MutedBy::Remark(scene.roster.excuses[0].place)]);
    }

    #[test]
    fn a_remark_at_a_gap_excuses_that_gap_alone() {
        let mut scene = Scene::of(
            "石桥镇 值班员 10-01T00:00 10-01T20:00 甲
             石桥镇 值班员 10-02T00:00 10-02T20:00 乙
             石桥镇 值班员 10-03T00:00 10-08T00:00 甲",
        );
        scene.roster.excuses.push(excuse(1, Code::G001));
        let found = scene.findings(|facts, ledger| uncovered::gaps_of(Code::G001, facts, ledger));
        let heard = suppressed(found, &Selection::default(), &scene.roster);
        let starts = |findings: &[Finding]| -> Vec<Place> {
            findings
                .iter()
                .filter_map(|finding| finding.place)
                .collect()
        };
        assert_eq!(starts(&heard.findings).len(), 1);
        assert_eq!(starts(&heard.findings)[0].row, 3);
        assert_eq!(heard.muted.len(), 1);
    }

    #[test]
    fn a_remark_beside_nobody_excuses_the_gap_it_stands_in_and_no_other() {
        let mut scene = Scene::of(
            "石桥镇 值班员 10-01T00:00 10-02T00:00 甲
             石桥镇 值班员 10-03T00:00 10-04T00:00 乙
             石桥镇 值班员 10-05T00:00 10-08T00:00 甲",
        );
        let excuse = excuse(9, Code::G001);
        scene.roster.unnamed.push(Unnamed {
            post: 0,
            span: sample::span("10-02T00:00", "10-03T00:00"),
            place: excuse.place,
        });
        scene.roster.excuses.push(excuse);
        let found = scene.findings(|facts, ledger| uncovered::gaps_of(Code::G001, facts, ledger));
        let heard = suppressed(found, &Selection::default(), &scene.roster);
        let spans = |findings: &mut dyn Iterator<Item = &Finding>| -> Vec<Span> {
            findings
                .flat_map(|finding| match &finding.matter {
                    Matter::Uncovered { spans, .. } => spans.clone(),
                    _ => Vec::new(),
                })
                .collect()
        };
        let left = spans(&mut heard.findings.iter());
        assert_eq!(left, [sample::span("10-04T00:00", "10-05T00:00")]);
        let muted = spans(&mut heard.muted.iter().map(|muted| &muted.finding));
        assert_eq!(muted, [sample::span("10-02T00:00", "10-03T00:00")]);
    }

    #[test]
    fn a_remark_that_hits_nothing_is_told_at_its_cell() {
        let mut scene = Scene::of(DOUBLED);
        scene.roster.excuses.push(excuse(4, Code::C105));
        let found = scene.findings(overlap_same_post::findings);
        let heard = suppressed(found, &Selection::default(), &scene.roster);
        assert_eq!(codes(&heard.findings), ["C102", "X901"]);
        assert_eq!(heard.findings[1].place, Some(scene.roster.excuses[0].place));
    }
}
