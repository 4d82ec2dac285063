//! Which findings somebody has chosen to hear, from flags and settings.

use std::collections::BTreeMap;

use crate::roster::Code;

/// A code, its slug, or the first letters of a family: `C102`, `overlap-same-post`, `C`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// As somebody wrote it.
    pub written: String,
    pub codes: Vec<Code>,
    /// Why, where somebody says.
    pub reason: Option<String>,
}

/// A name that is no code, no slug and no family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode(pub String);

/// Which findings to hear: what is selected (everything, unless said otherwise), less what is
/// ignored, everywhere or for one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    selected: Vec<Pattern>,
    pub(super) ignored: Vec<Pattern>,
    pub(super) ignored_in_unit: BTreeMap<String, Vec<Pattern>>,
}

impl Selection {
    pub fn select<'a>(
        &mut self,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), UnknownCode> {
        extend(
            &mut self.selected,
            names.into_iter().map(|name| (name, None)),
        )
    }

    /// Each with its reason, where there is one.
    pub fn ignore<'a>(
        &mut self,
        names: impl IntoIterator<Item = (&'a str, Option<&'a str>)>,
    ) -> Result<(), UnknownCode> {
        extend(&mut self.ignored, names)
    }

    /// Each with its reason, where there is one.
    pub fn ignore_in_unit<'a>(
        &mut self,
        unit: &str,
        names: impl IntoIterator<Item = (&'a str, Option<&'a str>)>,
    ) -> Result<(), UnknownCode> {
        extend(
            self.ignored_in_unit.entry(unit.to_owned()).or_default(),
            names,
        )
    }

    /// Whether it is not the same for every unit.
    #[must_use]
    pub fn asks_for_units(&self) -> bool {
        !self.ignored_in_unit.is_empty()
    }

    pub(super) fn selects(&self, code: Code) -> bool {
        let mut selected = self.selected.iter();
        self.selected.is_empty() || selected.any(|pattern| pattern.codes.contains(&code))
    }
}

fn extend<'a>(
    patterns: &mut Vec<Pattern>,
    names: impl IntoIterator<Item = (&'a str, Option<&'a str>)>,
) -> Result<(), UnknownCode> {
    for (name, reason) in names {
        let name = name.trim();
        if name.is_empty() {
            continue;
        }
        let codes = codes_named(name);
        if codes.is_empty() {
            return Err(UnknownCode(name.to_owned()));
        }
        patterns.push(Pattern {
            written: name.to_owned(),
            codes,
            reason: reason.map(str::to_owned),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_no_code_is_refused() {
        let mut selection = Selection::default();
        let refused = selection.ignore([("G001", None), ("Z9", None)]);
        assert_eq!(refused, Err(UnknownCode("Z9".to_owned())));
    }
}
