use super::{Annex, Block, Contents, Paper, RedHead, Table, Writer, days, national_day};
use crate::report::{Chosen, Established, Gap, Head, Naming, Tally};
use crate::roster::Role;
use crate::spotcheck::Verdict;
use crate::time::{Span, TimeDelta, Zone};
use crate::words::{Lang, when};

pub(super) fn title(covered: &Span, zone: Zone) -> String {
    match national_day(covered, zone) {
        Some(year) => format!("Circular on duty checks during National Day {year}"),
        None => format!("Circular on duty checks, {}", dates(covered, zone)),
    }
}

fn dates(covered: &Span, zone: Zone) -> String {
    let (first, last) = days(covered, zone);
    let end = when::date_with_year(last, Lang::En);
    if first == last {
        return end;
    }
    format!("{} to {end}", when::date(first, Lang::En))
}

impl Writer<'_> {
    pub(super) fn en(&self) -> Paper {
        let zone = self.form.zone;
        let office = self.office;
        let mut blocks = vec![Block::Text(format!(
            "From {}, {office} checked the duty rosters of {} and whether the people on them were at their posts. This is what was found.",
            dates(&self.facts.covered, zone),
            count(self.facts.units.len(), "unit", "units"),
        ))];
        blocks.push(Block::Section("1. Overall".to_owned()));
        blocks.extend(self.en_overall().into_iter().map(Block::Text));
        blocks.push(Block::Section("2. Findings".to_owned()));
        blocks.extend(self.en_problems());
        blocks.push(Block::Section("3. What is asked".to_owned()));
        blocks.extend(numbered(3, self.en_requirements()));
        let annexes = self.en_annexes();
        let enclosed = annexes.iter();
        Paper {
            lang: Lang::En,
            head: (self.form.head == Head::Red).then(|| RedHead {
                name: office.to_owned(),
                number: format!("{} No. ____", self.form.dated.format("%Y")),
            }),
            title: title(&self.facts.covered, zone),
            to: format!("To: {}", self.form.to.unwrap_or("all units")),
            blocks,
            enclosed: enclosed
                .map(|annex| format!("{}: {}", annex.label, annex.title))
                .collect(),
            signature: office.to_owned(),
            date: when::date_with_year(self.form.dated, Lang::En),
            annexes,
        }
    }

    /// What stands behind the title of a correction, and first in it.
    pub(super) fn en_correction(&self) -> (&'static str, Block) {
        let gone = self.form.withdrawn.iter().map(|withdrawn| {
            let finding = withdrawn.finding;
            let whom = match self.form.naming {
                Naming::Named => format!("{} ({})", finding.name, finding.unit),
                Naming::Unnamed => finding.unit.clone(),
            };
            let (checked, at) = (self.moment(finding.at), self.moment(withdrawn.at));
            let by = withdrawn.by;
            format!(
                "what was said of {whom}, no answer to the check of {checked}, has been found \
                 not to hold and is withdrawn ({by}, {at})"
            )
        });
        let gone: Vec<String> = gone.collect();
        let text = format!(
            " {}. The figures are put right accordingly.",
            gone.join("; ")
        );
        let head = "What is corrected:".to_owned();
        (" (corrected)", Block::Point { head, text })
    }

    fn en_overall(&self) -> Vec<String> {
        let mut said = Vec::new();
        if self.random().checked() > 0 {
            let rounds = self.facts.random_rounds;
            said.push(format!(
                "Random checks: {}",
                outcomes(rounds, self.random())
            ));
        }
        if self.ordered().checked() > 0 {
            let rounds = self.facts.ordered_rounds;
            said.push(format!(
                "Ordered checks: {}",
                outcomes(rounds, self.ordered())
            ));
        }
        if said.is_empty() {
            said.push("No check of this time is settled.".to_owned());
        }
        said.push(match self.facts.gaps.len() {
            0 => "No roster had a gap.".to_owned(),
            gaps => format!(
                "The rosters had {}, {} in all.",
                count(gaps, "gap", "gaps"),
                when::length(self.gap_length(), Lang::En)
            ),
        });
        if !self.facts.not_submitted.is_empty() {
            let silent = count(self.facts.not_submitted.len(), "unit", "units");
            said.push(format!("No roster came from {silent}."));
        }
        said
    }

    fn en_problems(&self) -> Vec<Block> {
        if self.facts.is_clean() {
            let text = "Nothing was found that calls for a circular.".to_owned();
            return vec![Block::Text(text)];
        }
        let mut points: Vec<(&str, String)> = Vec::new();
        if !self.facts.gaps.is_empty() {
            let units = self.gaps_by_unit().into_iter();
            let units: Vec<String> = units
                .map(|(unit, gaps)| self.en_gaps(unit, &gaps))
                .collect();
            points.push(("Gaps in the roster.", units.join(" ")));
        }
        if !self.facts.not_submitted.is_empty() {
            let units = self.facts.not_submitted.join(", ");
            points.push(("No roster sent.", format!("{units}.")));
        }
        for (verdict, head) in [
            (Verdict::Absent, "No answer, verified as not at post."),
            (Verdict::Unreachable, "No answer, verified as unreachable."),
        ] {
            let findings = self.findings(verdict);
            if !findings.is_empty() {
                let said = findings.into_iter().map(|finding| self.en_finding(finding));
                points.push((head, said.collect::<Vec<_>>().join(" ")));
            }
        }
        numbered(2, points)
    }

    fn en_gaps(&self, unit: &str, gaps: &[&Gap]) -> String {
        let spans: Vec<String> = gaps
            .iter()
            .map(|gap| {
                let span = when::span(&gap.span, self.form.zone, Lang::En);
                format!("{span} {}", missing(gap))
            })
            .collect();
        format!("{}: {}.", named(unit), spans.join("; "))
    }

    fn en_finding(&self, finding: &Established) -> String {
        let (at, ruled_at) = (self.moment(finding.at), self.moment(finding.ruled.at));
        let chosen = match finding.chosen {
            Chosen::AtRandom => "random check",
            Chosen::ByOrder => "ordered check",
        };
        let unit = named(&finding.unit);
        let whom = match self.form.naming {
            Naming::Named => format!("{} {}", finding.post, finding.name),
            Naming::Unnamed => format!("one {}", finding.post),
        };
        let window = TimeDelta::milliseconds(i64::try_from(finding.window_ms).unwrap_or(0));
        let window = when::length(window, Lang::En);
        let found = match finding.ruled.verdict {
            Verdict::Unreachable => "unreachable",
            _ => "not at post",
        };
        let by = match self.form.naming {
            Naming::Named => finding.ruled.by.as_str(),
            Naming::Unnamed => self.office,
        };
        format!(
            "{at}, {chosen}: {unit}, {whom}, gave no answer within {window}; verified as {found} by {by}, {ruled_at}."
        )
    }

    fn en_requirements(&self) -> Vec<(&'static str, String)> {
        let office = self.office;
        let by = when::date(self.answer_by(), Lang::En);
        let mut asked = Vec::new();
        if !self.facts.is_clean() {
            asked.push((
                "Put it right.",
                format!("The units concerned please find the cause and report in writing to {office} by {by} what was done."),
            ));
        }
        asked.push((
            "Keep the rules of duty.",
            "Every unit please keep somebody at post and a leader on duty round the clock; whoever has to leave asks first, and leaves when the stand-in is there; principals' phones stay on.".to_owned(),
        ));
        asked.push((
            "Check what is said here.",
            format!(
                "Whoever disagrees please tell {office} by {by}; what proves wrong is corrected."
            ),
        ));
        asked
    }

    fn en_annexes(&self) -> Vec<Annex> {
        let mut parts: Vec<(String, Contents)> = Vec::new();
        let none = self.random().checked() + self.ordered().checked() == 0;
        for (chosen, kind) in [(Chosen::AtRandom, "Random"), (Chosen::ByOrder, "Ordered")] {
            let is_first = chosen == Chosen::AtRandom;
            if self.facts.total(chosen).checked() > 0 || (none && is_first) {
                parts.push((format!("{kind} checks by unit"), self.en_table(chosen)));
            }
        }
        if !self.form.statements.is_empty() {
            let said = self.form.statements.iter();
            let said = said.map(|(unit, words)| format!("{}: {words}", named(unit)));
            parts.push(("What units said".to_owned(), Contents::Text(said.collect())));
        }
        let annexes = (1..).zip(parts);
        annexes
            .map(|(number, (title, contents))| Annex {
                label: format!("Annex {number}"),
                title,
                contents,
            })
            .collect()
    }

    fn en_table(&self, chosen: Chosen) -> Contents {
        let mut table = Table::of([
            "Unit",
            "Checked",
            "In time",
            "Late",
            "At post, by phone",
            "Excused",
            "Not at post",
            "Unreach-able",
            "Undeliv-ered",
            "Void",
        ]);
        for line in &self.facts.units {
            let tally = match chosen {
                Chosen::AtRandom => line.random,
                Chosen::ByOrder => line.ordered,
            };
            table.row(row(named(&line.unit), tally));
        }
        table.total = Some(row("Total", self.facts.total(chosen)));
        Contents::Table(table)
    }
}

fn row(label: &str, tally: Tally) -> Vec<String> {
    let numbers = tally.columns().into_iter();
    let numbers = std::iter::once(tally.checked()).chain(numbers);
    let label = std::iter::once(label.to_owned());
    label
        .chain(numbers.map(|number| number.to_string()))
        .collect()
}

fn outcomes(rounds: u32, tally: Tally) -> String {
    let counted = [
        ("answered in time", tally.present),
        ("late", tally.late),
        ("no answer but at post by phone", tally.present_by_phone),
        ("no answer but excused", tally.excused),
        ("no answer and not at post", tally.absent),
        ("no answer and unreachable", tally.unreachable),
        ("undelivered", tally.undeliverable),
    ];
    let counted: Vec<String> = counted
        .iter()
        .filter(|(label, count)| *count > 0 || *label == "answered in time")
        .map(|(label, count)| format!("{count} {label}"))
        .collect();
    format!(
        "{} in {}: {}; {} void, counting against nobody.",
        tally.checked(),
        count(
            usize::try_from(rounds).unwrap_or(usize::MAX),
            "round",
            "rounds"
        ),
        counted.join(", "),
        tally.void
    )
}

fn missing(gap: &Gap) -> String {
    let post = match gap.role {
        Role::DutyLeader => "duty leader",
        Role::ChiefLeader => "leader in chief",
        Role::Principal => "principal",
        _ => "duty officer",
    };
    if gap.present == 0 {
        return format!("no {post}");
    }
    format!("{} of {} ({post})", gap.present, gap.needed)
}

fn named(unit: &str) -> &str {
    if unit.is_empty() { "this unit" } else { unit }
}

fn numbered(section: u32, points: Vec<(&str, String)>) -> Vec<Block> {
    (1..)
        .zip(points)
        .map(|(number, (head, text))| Block::Point {
            head: format!("{section}.{number} {head}"),
            text: format!(" {text}"),
        })
        .collect()
}

fn count(count: usize, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{count} {noun}")
}
