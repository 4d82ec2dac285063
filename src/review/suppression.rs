//! X901 and what it watches over: which findings somebody has chosen not to hear.

use std::collections::BTreeMap;

use crate::roster::{Booking, Code, Finding, Matter};

/// A code, its slug, or the first letters of a family: `C102`, `overlap-same-post`, `C`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern {
    /// As somebody wrote it.
    written: String,
    codes: Vec<Code>,
}

/// A name that is no code, no slug and no family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode(pub String);

/// Which findings to hear: what is selected (everything, unless said otherwise), less what is
/// ignored, everywhere or for one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    selected: Vec<Pattern>,
    ignored: Vec<Pattern>,
    ignored_in_unit: BTreeMap<String, Vec<Pattern>>,
}

impl Selection {
    pub fn select<'a>(
        &mut self,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), UnknownCode> {
        extend(&mut self.selected, names)
    }

    pub fn ignore<'a>(
        &mut self,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), UnknownCode> {
        extend(&mut self.ignored, names)
    }

    pub fn ignore_in_unit<'a>(
        &mut self,
        unit: &str,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), UnknownCode> {
        extend(
            self.ignored_in_unit.entry(unit.to_owned()).or_default(),
            names,
        )
    }
}

fn extend<'a>(
    patterns: &mut Vec<Pattern>,
    names: impl IntoIterator<Item = &'a str>,
) -> Result<(), UnknownCode> {
    for name in names
        .into_iter()
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        let codes = codes_named(name);
        if codes.is_empty() {
            return Err(UnknownCode(name.to_owned()));
        }
        patterns.push(Pattern {
            written: name.to_owned(),
            codes,
        });
    }
    Ok(())
}

fn codes_named(name: &str) -> Vec<Code> {
    if let Ok(code) = name.parse() {
        return vec![code];
    }
    let begins = |code: &Code| {
        let id = code.id().as_bytes();
        id.len() > name.len() && id[..name.len()].eq_ignore_ascii_case(name.as_bytes())
    };
    Code::ALL.iter().copied().filter(begins).collect()
}

/// What is left to hear, in its order, and at the end a remark on each entry that hit nothing.
#[must_use]
pub fn suppressed(findings: Vec<Finding>, selection: &Selection) -> Vec<Finding> {
    let everywhere = selection.ignored.iter().map(|pattern| (None, pattern));
    let in_units = selection.ignored_in_unit.iter();
    let in_units = in_units.flat_map(|(unit, patterns)| {
        let unit = Some(unit.as_str());
        patterns.iter().map(move |pattern| (unit, pattern))
    });
    let mut entries: Vec<(Option<&str>, &Pattern, bool)> = everywhere
        .chain(in_units)
        .map(|(unit, pattern)| (unit, pattern, false))
        .collect();
    let mut heard = Vec::with_capacity(findings.len());
    for finding in findings {
        let mut is_muted = false;
        for (unit, pattern, was_used) in &mut entries {
            let is_meant = unit.is_none_or(|unit| is_about(&finding, unit));
            if is_meant && pattern.codes.contains(&finding.code) {
                *was_used = true;
                is_muted = true;
            }
        }
        if !is_muted && selection.selects(finding.code) {
            heard.push(finding);
        }
    }
    let unused = entries.into_iter().filter(|(_, _, was_used)| !was_used);
    heard.extend(
        unused
            .filter(|_| selection.selects(Code::X901))
            .map(|(unit, pattern, _)| unused_entry(unit, pattern)),
    );
    heard
}

impl Selection {
    fn selects(&self, code: Code) -> bool {
        let mut selected = self.selected.iter();
        self.selected.is_empty() || selected.any(|pattern| pattern.codes.contains(&code))
    }
}

fn unused_entry(unit: Option<&str>, pattern: &Pattern) -> Finding {
    let entry = match unit {
        None => pattern.written.clone(),
        Some(unit) => format!("{unit}: {}", pattern.written),
    };
    Finding {
        code: Code::X901,
        place: None,
        also: Vec::new(),
        matter: Matter::UnusedSuppression { entry },
    }
}

/// Whether a finding speaks of this unit alone.
fn is_about(finding: &Finding, unit: &str) -> bool {
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
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn a_code_a_slug_or_a_family_is_ignored() {
        let findings = || {
            vec![
                gap(Code::G006, "甲"),
                gap(Code::C102, "甲"),
                gap(Code::P202, "甲"),
            ]
        };
        for (name, left) in [
            ("c102", ["G006", "P202"]),
            ("overlap-same-post", ["G006", "P202"]),
            ("C", ["G006", "P202"]),
            ("P2", ["G006", "C102"]),
        ] {
            let mut selection = Selection::default();
            selection.ignore([name]).unwrap();
            assert_eq!(codes(&suppressed(findings(), &selection)), left, "{name}");
        }
    }

    #[test]
    fn only_what_is_selected_is_heard() {
        let mut selection = Selection::default();
        selection.select(["G", "C101"]).unwrap();
        let findings = vec![gap(Code::G006, "甲"), gap(Code::C102, "甲")];
        assert_eq!(codes(&suppressed(findings, &selection)), ["G006"]);
    }

    #[test]
    fn a_unit_is_excused_alone() {
        let mut selection = Selection::default();
        selection.ignore_in_unit("甲", ["G006"]).unwrap();
        let findings = vec![gap(Code::G006, "甲"), gap(Code::G006, "乙")];
        assert_eq!(suppressed(findings, &selection), [gap(Code::G006, "乙")]);
    }

    #[test]
    fn an_entry_that_hits_nothing_is_told() {
        let mut selection = Selection::default();
        selection.ignore(["C102"]).unwrap();
        let left = suppressed(vec![gap(Code::G006, "甲")], &selection);
        assert_eq!(codes(&left), ["G006", "X901"]);
    }

    #[test]
    fn a_name_that_is_no_code_is_refused() {
        let mut selection = Selection::default();
        let refused = selection.ignore(["G001", "Z9"]);
        assert_eq!(refused, Err(UnknownCode("Z9".to_owned())));
    }
}
