//! What a clerk takes along as a table: the roster in force with a page to pin to the wall, and
//! the log of checks. Titles, headers and cells; telephone numbers are masked unless the
//! reader is to dial them.

mod checks;
mod wall;

use super::circular::Table;
use super::{Lang, when};
use crate::decide::Export;
use crate::roster::{Phone, Roster};
use crate::time::{Moment, Zone};

pub use checks::checks;

/// A file of one sheet or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// The first is the data; what follows is drawn from it.
    pub sheets: Vec<Sheet>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub name: String,
    pub title: String,
    /// One line under it: as of when, and how much.
    pub note: String,
    pub table: Table,
    pub paging: Paging,
}

/// What a table's file is called, without its ending.
#[must_use]
pub fn file_name(export: Export, lang: Lang) -> &'static str {
    match (export, lang) {
        (Export::Gaps, Lang::Zh) => "空档清单",
        (Export::Gaps, Lang::En) => "gaps",
        (Export::Roster, Lang::Zh) => "值班表",
        (Export::Roster, Lang::En) => "roster",
        (Export::Checks, Lang::Zh) => "抽查记录",
        (Export::Checks, Lang::En) => "checks",
    }
}

/// How it lies on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    Upright,
    Across,
}

/// How telephone numbers are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    Masked,
    /// For somebody who is to dial them.
    Whole,
}

/// In which language and zone, and as of when.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    pub lang: Lang,
    pub zone: Zone,
    pub now: Moment,
}

impl Manner {
    fn pick(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        match self.lang {
            Lang::Zh => zh.into(),
            Lang::En => en.into(),
        }
    }

    /// `2026-10-03 20:30`: what a spreadsheet can sort.
    fn sortable(&self, moment: Moment) -> String {
        let civil = self.zone.civil(moment);
        civil.format("%Y-%m-%d %H:%M").to_string()
    }

    fn as_of(&self) -> String {
        let now = when::moment(self.now, self.zone, self.lang);
        self.pick(format!("截至 {now}"), format!("as of {now}"))
    }
}

/// The roster in force, one row for each person of each shift, and the page for the wall.
/// `duty_lines`: of each unit that has one.
#[must_use]
pub fn roster(
    roster: &Roster,
    version: u32,
    duty_lines: &[(String, String)],
    numbers: Numbers,
    manner: &Manner,
) -> Book {
    let mut table = Table::of(match manner.lang {
        Lang::Zh => [
            "单位",
            "岗位",
            "姓名",
            "手机",
            "开始时间",
            "结束时间",
            "值班电话",
        ],
        Lang::En => ["Unit", "Post", "Name", "Mobile", "From", "To", "Duty line"],
    });
    let mut shifts: Vec<usize> = (0..roster.shifts.len()).collect();
    let units = roster.units();
    let rank = |unit: &str| units.iter().position(|known| *known == unit);
    shifts.sort_by_key(|&at| {
        let shift = &roster.shifts[at];
        (rank(&roster.post(shift).unit), shift.span, shift.post)
    });
    for at in shifts {
        let shift = &roster.shifts[at];
        let post = roster.post(shift);
        for person in shift.people.iter() {
            table.row([
                post.unit.clone(),
                post.name.clone(),
                person.name.clone(),
                number(person.phone.as_ref(), numbers),
                manner.sortable(shift.span.start()),
                manner.sortable(shift.span.end()),
                line_of(duty_lines, &post.unit),
            ]);
        }
    }
    let title = manner.pick("值班表", "Duty roster");
    let note = manner.pick(
        format!("第 {version} 版，{}，含已批准的请假和换班", manner.as_of()),
        format!("Version {version} with leave and swaps, {}", manner.as_of()),
    );
    let mut sheets = vec![Sheet {
        name: title.clone(),
        title: title.clone(),
        note: note.clone(),
        table,
        paging: Paging::Upright,
    }];
    sheets.extend(wall::pages(roster, duty_lines, &title, &note, manner));
    Book { sheets }
}

fn line_of(duty_lines: &[(String, String)], unit: &str) -> String {
    let found = duty_lines.iter().find(|(of, _)| of == unit);
    found.map_or_else(String::new, |(_, line)| line.clone())
}

fn number(phone: Option<&Phone>, numbers: Numbers) -> String {
    match (phone, numbers) {
        (None, _) => String::new(),
        (Some(phone), Numbers::Masked) => phone.to_string(),
        (Some(phone), Numbers::Whole) => phone.digits().to_owned(),
    }
}

#[cfg(test)]
mod tests;
