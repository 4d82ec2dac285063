//! What goes out as a file and is made from what is known when it leaves: a paper or a book of
//! sheets, worded and ready to be drawn.

use super::circular::{Form, Paper, Table, Withdrawn, paper};
use super::picture::View;
use super::picture::sheet::{GapSheet, gap_sheet};
use super::sheets::{self, Book, Manner, Numbers};
use super::{Lang, when};
use crate::decide::{
    CircularId, Enclosure, Export, Proceeding, World, checks_made, duty_lines, gap_map,
};
use crate::report::{Circular, Head, Naming};
use crate::time::Moment;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enclosed {
    Paper(Box<Paper>),
    Book(Book),
    Gaps(GapSheet),
}

impl Enclosed {
    /// The rows alone, for text with commas; a paper has none.
    #[must_use]
    pub fn rows(&self) -> Option<Table> {
        match self {
            Enclosed::Paper(_) => None,
            Enclosed::Book(book) => book.sheets.first().map(|sheet| sheet.table.clone()),
            Enclosed::Gaps(sheet) => Some(gap_rows(sheet)),
        }
    }
}

fn gap_rows(sheet: &GapSheet) -> Table {
    let mut table = Table {
        header: sheet.header.clone(),
        ..Table::default()
    };
    for row in &sheet.rows {
        let hours = format!("{:.2}", f64::from(row.minutes) / 60.0);
        let hours = hours.trim_end_matches('0').trim_end_matches('.');
        let numbers = [
            hours.to_owned(),
            row.needed.to_string(),
            row.present.to_string(),
            row.cause.clone(),
        ];
        let first = std::iter::once(row.number.to_string());
        table.row(first.chain(row.texts.iter().cloned()).chain(numbers));
    }
    table
}

/// What `enclosure` says by `world` at `now`; `None` where there is nothing to make it from.
#[must_use]
pub fn enclosed(world: &World, enclosure: Enclosure, lang: Lang, now: Moment) -> Option<Enclosed> {
    match enclosure {
        Enclosure::Circular(id, naming) => {
            proceeding_paper(world, id, naming, now).map(|paper| Enclosed::Paper(Box::new(paper)))
        }
        Enclosure::Correction(id, naming) => {
            corrected_paper(world, id, naming).map(|paper| Enclosed::Paper(Box::new(paper)))
        }
        Enclosure::Export(what) => {
            let numbers = Numbers::Masked;
            exported(world, what, numbers, lang, now)
        }
    }
}

/// A table of what is known now.
#[must_use]
pub fn exported(
    world: &World,
    export: Export,
    numbers: Numbers,
    lang: Lang,
    now: Moment,
) -> Option<Enclosed> {
    let manner = Manner {
        lang,
        zone: world.policy.zone,
        now,
    };
    match export {
        Export::Gaps => {
            let map = gap_map(world, now)?;
            let view = View {
                lang,
                zone: world.policy.zone,
                period: map.period,
                now: Some(now),
            };
            Some(Enclosed::Gaps(gap_sheet(&map, &view)))
        }
        Export::Roster => {
            let (version, roster) = world.in_force()?;
            let lines = duty_lines(world);
            let number = version.number;
            let book = sheets::roster(roster, number, &lines, numbers, &manner);
            Some(Enclosed::Book(book))
        }
        Export::Checks => {
            let book = sheets::checks(&checks_made(world), &manner);
            Some(Enclosed::Book(book))
        }
    }
}

/// A paper of these facts that no unit was asked about and nobody has approved: a draft.
#[must_use]
pub fn draft_paper(
    world: &World,
    facts: &Circular,
    naming: Naming,
    head: Head,
    now: Moment,
) -> Paper {
    let form = Form {
        head,
        ..form(world, naming, now)
    };
    paper(facts, &form)
}

/// An office's paper with nothing on it yet, in the office's language, whoever reads it.
fn form(world: &World, naming: Naming, dated: Moment) -> Form<'_> {
    let letterhead = &world.policy.letterhead;
    Form {
        zone: world.policy.zone,
        lang: world.policy.lang,
        office: letterhead.office.as_deref(),
        to: letterhead.to.as_deref(),
        naming,
        head: letterhead.head,
        dated: world.policy.zone.date(dated),
        statements: Vec::new(),
        withdrawn: Vec::new(),
    }
}

/// It bears the day of its approval.
fn proceeding_paper(world: &World, id: CircularId, naming: Naming, now: Moment) -> Option<Paper> {
    let proceeding = world.proceedings.get(&id)?;
    let approved = proceeding.approval().map(|approval| approval.at);
    let form = Form {
        statements: statements(world, proceeding, naming),
        ..form(world, naming, approved.unwrap_or(now))
    };
    Some(paper(&proceeding.facts, &form))
}

/// The circular as it holds now, which says first what it no longer says. `None` where nothing in
/// it was corrected. It bears the day of its last correction.
fn corrected_paper(world: &World, id: CircularId, naming: Naming) -> Option<Paper> {
    let proceeding = world.proceedings.get(&id)?;
    let corrections = proceeding.corrections.iter();
    let sent = corrections.filter_map(|c| Some((c.check, c.sent.as_ref()?)));
    let sent: Vec<_> = sent.collect();
    let withdrawn: Vec<Withdrawn<'_>> = sent
        .iter()
        .filter_map(|(check, word)| {
            let mut findings = proceeding.facts.findings.iter();
            Some(Withdrawn {
                finding: findings.find(|finding| finding.check == *check)?,
                by: &word.name,
                at: word.at,
            })
        })
        .collect();
    let last = withdrawn.iter().map(|withdrawn| withdrawn.at).max()?;
    let stand = checks_made(world).into_iter();
    // What is still to be signed for stands as it was published.
    let stand: Vec<_> = stand
        .filter(|checked| sent.iter().any(|(check, _)| *check == checked.check))
        .collect();
    let form = Form {
        statements: statements(world, proceeding, naming),
        withdrawn,
        ..form(world, naming, last)
    };
    Some(paper(&proceeding.facts.corrected(&stand), &form))
}

/// None on an unnamed paper: the units' words may name somebody.
fn statements<'p>(
    world: &World,
    proceeding: &'p Proceeding,
    naming: Naming,
) -> Vec<(&'p str, String)> {
    match naming {
        Naming::Named => stated(proceeding, world.policy.lang),
        Naming::Unnamed => Vec::new(),
    }
}

/// What each unit said; a paper can only tell that there are photos and voice messages beside it.
fn stated(proceeding: &Proceeding, lang: Lang) -> Vec<(&str, String)> {
    let statements = proceeding.statements().into_iter();
    let said = statements.map(|(unit, answer)| {
        let words = answer.words.clone().unwrap_or_default();
        let count = answer.attachments.len();
        let beside = match (lang, count) {
            (_, 0) => String::new(),
            (Lang::Zh, n) => format!("（照片、语音{n}份，存办公室）"),
            (Lang::En, 1) => " (a photo or voice message is kept at the office)".to_owned(),
            (Lang::En, n) => format!(" ({n} photos or voice messages are kept at the office)"),
        };
        (unit, format!("{words}{beside}"))
    });
    said.collect()
}

/// What the circular's file holds, told on the command line.
#[must_use]
pub fn drafted(path: &str, facts: &Circular, left_out: usize, lang: Lang) -> String {
    let (gaps, findings) = (facts.gaps.len(), facts.findings.len());
    match lang {
        Lang::Zh => {
            let open = match left_out {
                0 => String::new(),
                n => format!("；有 {n} 项还没核实，没有写进去"),
            };
            format!("写好了 {path}：空档 {gaps} 处，核实的问题 {findings} 项{open}")
        }
        Lang::En => {
            let open = match left_out {
                0 => String::new(),
                1 => "; 1 item is not verified and left out".to_owned(),
                n => format!("; {n} items are not verified and left out"),
            };
            format!("wrote {path}: gaps {gaps}, verified findings {findings}{open}")
        }
    }
}

/// There is nothing to report yet.
#[must_use]
pub fn nothing_to_report(start: Option<Moment>, zone: crate::time::Zone, lang: Lang) -> String {
    let start = start.map(|start| when::moment(start, zone, lang));
    match (lang, start) {
        (Lang::Zh, Some(start)) => format!("值班期 {start} 才开始，还没有可以通报的事"),
        (Lang::En, Some(start)) => {
            format!("the period begins {start}: there is nothing to report yet")
        }
        (Lang::Zh, None) => "还没有启用的值班表".to_owned(),
        (Lang::En, None) => "no roster is in force yet".to_owned(),
    }
}
