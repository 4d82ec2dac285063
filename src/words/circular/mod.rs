//! The circular's text: facts and requirements, in the parts a document is laid out from. No
//! marks, no ranks; what nobody has verified is not in the facts and so cannot be in here.

mod en;
mod table;
mod zh;

use chrono::{Datelike, NaiveDate};

use super::{Lang, when};
use crate::report::{Chosen, Circular, Established, Gap, Head, Naming, Tally};
use crate::time::{Moment, Span, TimeDelta, Zone, holidays_of};

pub use table::Table;

/// A paper in its parts, in the order they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub lang: Lang,
    pub head: Option<RedHead>,
    pub title: String,
    /// Whom it is to.
    pub to: String,
    pub blocks: Vec<Block>,
    /// What is enclosed, as the paper lists it; empty where nothing is.
    pub enclosed: Vec<String>,
    pub signature: String,
    pub date: String,
    pub annexes: Vec<Annex>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedHead {
    pub name: String,
    /// With room for the number itself, which the office gives.
    pub number: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// `一、总体情况`.
    Section(String),
    /// `（一）值班安排有空档。` and what follows it in the same paragraph.
    Point {
        head: String,
        text: String,
    },
    Text(String),
}

/// What stands on pages of its own behind the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annex {
    pub label: String,
    pub title: String,
    pub contents: Contents,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    Table(Table),
    Text(Vec<String>),
}

/// What the facts do not say of a paper.
#[derive(Clone, Debug)]
pub struct Form<'a> {
    pub zone: Zone,
    pub lang: Lang,
    /// Whose paper it is; the usual name where nobody has set one.
    pub office: Option<&'a str>,
    pub to: Option<&'a str>,
    pub naming: Naming,
    pub head: Head,
    pub dated: NaiveDate,
    /// What units said of what was found about them.
    pub statements: Vec<(&'a str, String)>,
    /// What it said before and says no longer; where there is any, it is a correction.
    pub withdrawn: Vec<Withdrawn<'a>>,
}

/// A finding that was published and holds no longer, and whose word that is.
#[derive(Clone, Copy, Debug)]
pub struct Withdrawn<'a> {
    pub finding: &'a Established,
    pub by: &'a str,
    pub at: Moment,
}

/// How long units have to answer a circular.
const DAYS_TO_ANSWER: TimeDelta = TimeDelta::days(3);

/// The circular as a paper.
#[must_use]
pub fn paper(facts: &Circular, form: &Form<'_>) -> Paper {
    let writer = Writer {
        facts,
        form,
        office: form.office.unwrap_or(match form.lang {
            Lang::Zh => "值班办公室",
            Lang::En => "The Duty Office",
        }),
    };
    let mut paper = match form.lang {
        Lang::Zh => writer.zh(),
        Lang::En => writer.en(),
    };
    if !form.withdrawn.is_empty() {
        let (mark, said) = match form.lang {
            Lang::Zh => writer.zh_correction(),
            Lang::En => writer.en_correction(),
        };
        paper.title += mark;
        paper.blocks.insert(0, said);
    }
    paper
}

/// `关于2026年国庆节期间值班抽查情况的通报`, as everybody calls it.
#[must_use]
pub fn title(covered: &Span, zone: Zone, lang: Lang) -> String {
    match lang {
        Lang::Zh => zh::title(covered, zone),
        Lang::En => en::title(covered, zone),
    }
}

/// `值班抽查情况通报（草稿）.docx`.
#[must_use]
pub fn file_name(standing: Standing, lang: Lang) -> String {
    match (standing, lang) {
        (Standing::Draft, Lang::Zh) => "值班抽查情况通报（草稿）.docx".to_owned(),
        (Standing::Published, Lang::Zh) => "值班抽查情况通报.docx".to_owned(),
        (Standing::Draft, Lang::En) => "circular-draft.docx".to_owned(),
        (Standing::Published, Lang::En) => "circular.docx".to_owned(),
        (Standing::Corrected, Lang::Zh) => "值班抽查情况通报（更正）.docx".to_owned(),
        (Standing::Corrected, Lang::En) => "circular-corrected.docx".to_owned(),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Draft,
    Published,
    Corrected,
}

/// A paper in the making.
struct Writer<'a> {
    facts: &'a Circular,
    form: &'a Form<'a>,
    office: &'a str,
}

impl Writer<'_> {
    /// By when units answer.
    fn answer_by(&self) -> NaiveDate {
        self.form.dated + DAYS_TO_ANSWER
    }

    fn random(&self) -> Tally {
        self.facts.total(Chosen::AtRandom)
    }

    fn ordered(&self) -> Tally {
        self.facts.total(Chosen::ByOrder)
    }

    /// Gaps of each unit that has any, in the facts' order.
    fn gaps_by_unit(&self) -> Vec<(&str, Vec<&Gap>)> {
        let mut by_unit: Vec<(&str, Vec<&Gap>)> = Vec::new();
        for gap in &self.facts.gaps {
            match by_unit.iter_mut().find(|(unit, _)| *unit == gap.unit) {
                Some((_, gaps)) => gaps.push(gap),
                None => by_unit.push((&gap.unit, vec![gap])),
            }
        }
        by_unit
    }

    fn gap_length(&self) -> TimeDelta {
        let lengths = self.facts.gaps.iter().map(|gap| gap.span.length());
        lengths.sum()
    }

    fn findings(&self, verdict: crate::spotcheck::Verdict) -> Vec<&Established> {
        let findings = self.facts.findings.iter();
        findings.filter(|f| f.ruled.verdict == verdict).collect()
    }

    fn moment(&self, moment: Moment) -> String {
        when::moment(moment, self.form.zone, self.form.lang)
    }
}

/// The year of the National Day holiday it speaks of, if it does.
fn national_day(covered: &Span, zone: Zone) -> Option<i32> {
    let mut holidays = holidays_of().iter();
    let found = holidays.find(|holiday| holiday.period(zone).overlaps(covered))?;
    let is_national_day = found.id.starts_with("national-day");
    is_national_day.then(|| found.first_day().year())
}

/// First and last day it speaks of.
fn days(covered: &Span, zone: Zone) -> (NaiveDate, NaiveDate) {
    let last = covered.end() - TimeDelta::milliseconds(1);
    (zone.date(covered.start()), zone.date(last))
}

#[cfg(test)]
mod tests;
