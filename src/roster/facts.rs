//! What each row says beside its people: its day, its hours, its unit and post; and what the
//! headings between the rows say for the rows below them.

use chrono::NaiveDate;
use foldhash::HashMap;

use super::CellUse;
use super::book::At;
use super::dating::{Passed, date_cell, written};
use super::days::{Days, only_days};
use super::finding::Code;
use super::heading::{Heading, exact_heading};
use super::hours::{Hours, Looseness, only_hours};
use super::misread::Misread;
use super::months::only_month;
use super::plain::{quoted, squeezed};
use super::reader::Reader;
use super::row_kind::RowKind;
use super::sheet::Kind;
use super::table::{Block, Column, Holds, time_cell};
use super::titles::{labelled_unit, unit_in_title};
use super::vocabulary::Field;
use super::weekdays::only_weekday;

/// What a row says beside its people.
#[derive(Clone, Debug, Default)]
pub(super) struct RowFacts {
    pub row: usize,
    pub dates: Vec<NaiveDate>,
    pub dated_at: Option<At>,
    /// The date stands in a cell above.
    pub date_carried: bool,
    pub hours: Option<(Hours, At, String)>,
    /// The hours cannot be used; already found.
    pub broken: bool,
    pub unit: Option<String>,
    pub post: Option<String>,
    pub working_day: Option<bool>,
}

impl RowFacts {
    /// What the row itself leaves open, the heading above it says.
    fn complete(&mut self, section: &Section) {
        if self.hours.is_none() {
            self.hours.clone_from(&section.hours);
        }
        if self.post.is_none() {
            self.post = section.post.as_ref().map(|h| h.post.clone());
        }
    }
}

/// What headings between the rows said for the rows below.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    pub days: Option<Days>,
    pub post: Option<Heading>,
    pub hours: Option<(Hours, At, String)>,
}

impl Reader<'_, '_> {
    /// Every data row's date, hours, unit and post; headings between them are taken in on the way.
    pub(super) fn row_facts(
        &mut self,
        block: &Block,
        columns: &[Column],
        kinds: &HashMap<usize, RowKind>,
    ) -> Vec<RowFacts> {
        let mut facts: Vec<RowFacts> = Vec::new();
        let mut section = Section::default();
        let mut unit: Option<String> = None;
        let mut month = None;
        let mut above = Passed::default();
        let has_unit_column = columns.iter().any(|c| c.holds == Holds::Field(Field::Unit));
        let exclusive_ends = self.chained(block, columns, kinds);
        let sheet = self.sheet;
        for row in block.rows.clone() {
            let kind = kinds.get(&row).copied().unwrap_or(RowKind::Blank);
            match kind {
                RowKind::Blank => continue,
                RowKind::Data => {}
                _ => {
                    let first = self.sheet.filled(row).next().map_or(0, |(at, _)| at);
                    let unit_cell = has_unit_column
                        && kind == RowKind::Heading
                        && columns
                            .get(first.wrapping_sub(block.columns.start))
                            .is_some_and(|c| c.holds == Holds::Field(Field::Unit));
                    if unit_cell {
                        unit = self.sheet.cell(row, first).map(|c| c.raw.to_owned());
                        self.book.account((row, first), CellUse::Unit, None);
                    } else if block.columns.contains(&first) {
                        self.between(row, kind, &mut section);
                    }
                    continue;
                }
            }
            let mut fact = RowFacts {
                row,
                ..RowFacts::default()
            };
            let mut weekday = None;
            let mut own_days: Option<(Days, At)> = None;
            for (column, c) in columns.iter().zip(block.columns.clone()) {
                let Some(cell) = sheet.cell(row, c) else {
                    continue;
                };
                let (text, raw, cell_kind) = (cell.text.as_ref(), cell.raw, cell.kind);
                match column.holds {
                    Holds::Field(Field::Unit) if cell_kind != Kind::Same => {
                        unit = Some(raw.to_owned());
                    }
                    Holds::Field(Field::Month) => {
                        month = only_month(text)
                            .or_else(|| text.parse().ok().map(|m| (None, m)))
                            .or(month);
                    }
                    Holds::Field(Field::Weekday) => weekday = only_weekday(text),
                    Holds::Field(Field::Post) => {
                        fact.post = fact.post.take().or_else(|| Some(raw.to_owned()));
                    }
                    Holds::Field(Field::Role) => fact.post = Some(raw.to_owned()),
                    Holds::Field(Field::DayKind) => fact.working_day = working_day(text),
                    Holds::Field(Field::Date) if cell_kind != Kind::Same => {
                        if let Some((days, hours)) = date_cell(text, month) {
                            own_days = Some((days, (row, c)));
                            if let Some(hours) = hours {
                                fact.hours = Some((hours, (row, c), raw.to_owned()));
                            }
                        } else if cell_kind == Kind::Weekday {
                            weekday = only_weekday(text);
                        } else if let Some((y, m)) = only_month(text) {
                            month = Some((y, m));
                        } else if !matches!(cell_kind, Kind::Placeholder | Kind::Unit) {
                            match self.day_of_no_date((row, c), raw.to_owned(), &facts) {
                                Some(days) => own_days = Some((days, (row, c))),
                                None => fact.broken = true,
                            }
                        }
                    }
                    Holds::Field(Field::Hours | Field::ShiftName) => {
                        let given = matches!(column.holds, Holds::Field(Field::Hours))
                            && matches!(time_cell(text), Some(Hours::Range { .. }));
                        if cell_kind == Kind::Same {
                            fact.hours = facts.last().and_then(|f| f.hours.clone());
                        } else if fact.hours.is_none() || given {
                            self.take_hours(text, raw, (row, c), &mut fact);
                        }
                    }
                    _ => {}
                }
            }
            self.starts_and_ends(block, columns, &mut fact, &mut own_days, exclusive_ends);
            fact.unit.clone_from(&unit);
            self.date_row(&mut fact, own_days, weekday, &section, &above.of(&facts));
            above.pass(&fact, facts.len());
            fact.complete(&section);
            facts.push(fact);
        }
        self.carry(block, columns, &mut facts);
        facts
    }

    /// The day a cell means that is no date, if somebody has said so; otherwise it is found.
    fn day_of_no_date(&mut self, at: At, text: String, before: &[RowFacts]) -> Option<Days> {
        let above = before.last().and_then(|f| f.dates.last());
        let instead = above.and_then(NaiveDate::succ_opt);
        if let Some(told) = self.day_if_told(at, &text, instead) {
            return Some(Days::one(written(told)));
        }
        self.book
            .find(Code::F303, at, Misread::BadDate { text, instead });
        None
    }

    /// A row between the data: a unit, a post, a day or a shift for the rows below, or words.
    pub(super) fn between(&mut self, row: usize, kind: RowKind, section: &mut Section) {
        let Some((column, cell)) = self.sheet.filled(row).next() else {
            return;
        };
        let (raw, text, cell_kind) = (cell.raw.to_owned(), cell.text.to_string(), cell.kind);
        let at = (row, column);
        match kind {
            RowKind::Heading => match cell_kind {
                Kind::Unit => {
                    let labelled = labelled_unit(&raw).map(str::to_owned);
                    self.section_unit = labelled.or_else(|| Some(without_number(&raw)));
                    self.book.account(at, CellUse::Unit, None);
                }
                Kind::Post => {
                    let said = exact_heading(&text);
                    if let Some(unit) = unit_in_title(&without_number(&raw)) {
                        self.section_unit = Some(unit);
                    } else if !text.contains('表') {
                        section.hours = said.hours.clone().map(|h| (h, at, raw.clone()));
                        section.post = Some(said);
                    }
                    self.book.account(at, CellUse::Title, None);
                }
                Kind::Days => {
                    section.days = only_days(&text);
                    self.book.account(at, CellUse::Shift, None);
                }
                Kind::Shift | Kind::Range => {
                    section.hours = only_hours(&text, Looseness::Strict).map(|h| (h, at, raw));
                    self.book.account(at, CellUse::Title, None);
                }
                _ => self.aside(row, RowKind::Title),
            },
            RowKind::Title => {
                let bare = without_number(&raw);
                if let Some(unit) = unit_in_title(&bare).or_else(|| unit_heading(&bare))
                    && self.title_unit.as_ref() != Some(&unit)
                {
                    self.section_unit = Some(unit);
                }
                self.aside(row, RowKind::Title);
            }
            RowKind::Line => self.lines(row..row + 1),
            kind => self.aside(row, kind),
        }
    }

    pub(super) fn hours_cell(&self, text: &str) -> Option<Hours> {
        time_cell(text)
            .or_else(|| {
                self.calendar
                    .word(&squeezed(text))
                    .map(|_| Hours::Word(squeezed(text).into_owned()))
            })
            .or_else(|| {
                let found = exact_heading(text);
                found.hours
            })
    }

    /// A cell in a column of hours: hours, else maybe a post, maybe broken.
    pub(super) fn take_hours(&mut self, text: &str, raw: &str, at: At, fact: &mut RowFacts) {
        if let Some(hours) = self.hours_cell(text) {
            fact.hours = Some((hours, at, raw.to_owned()));
            return;
        }
        let found = exact_heading(text);
        if found.role.is_some() {
            fact.post = fact.post.take().or(Some(raw.to_owned()));
            return;
        }
        if text.chars().any(|c| c.is_ascii_digit()) {
            self.book
                .find(Code::F310, at, Misread::BadTime { text: quoted(raw) });
        } else {
            self.book.find(
                Code::F319,
                at,
                Misread::UnknownCode {
                    text: raw.to_owned(),
                },
            );
        }
        fact.broken = true;
    }

    /// Hours and posts merged downwards; dates missing between dated rows.
    pub(super) fn carry(&mut self, block: &Block, columns: &[Column], facts: &mut [RowFacts]) {
        let filled = |facts: &[RowFacts], of: &dyn Fn(&RowFacts) -> bool| {
            facts.iter().filter(|f| of(f)).count()
        };
        let hours_filled = filled(facts, &|f| f.hours.is_some());
        let posts_filled = filled(facts, &|f| f.post.is_some());
        let has_hours_column = columns.iter().any(|c| {
            matches!(
                c.holds,
                Holds::Field(Field::Hours | Field::ShiftName | Field::Start)
            )
        });
        let in_group = facts.iter().filter(|f| f.date_carried).count();
        for n in 1..facts.len() {
            if facts[n].hours.is_none() && !facts[n].broken && has_hours_column && hours_filled > 0
            {
                if hours_filled == 1 || facts[n].date_carried {
                    let above = facts[n - 1].hours.clone();
                    facts[n].hours = above;
                    facts[n].broken = facts[n - 1].broken;
                } else if !facts[n].dates.is_empty() {
                    let at = self.first_people_cell(block, columns, facts[n].row);
                    if let Some(at) = at {
                        self.book.find(Code::F322, at, Misread::MissingHours);
                        facts[n].broken = true;
                    }
                }
            }
            if facts[n].post.is_none() && posts_filled > 0 {
                let above = facts[n - 1].post.clone();
                facts[n].post = above;
            }
        }
        if in_group > 0 && in_group * 3 <= facts.len() {
            self.blank_dates(block, columns, facts);
        }
    }

    pub(super) fn first_people_cell(
        &self,
        block: &Block,
        columns: &[Column],
        row: usize,
    ) -> Option<At> {
        block
            .columns
            .clone()
            .zip(columns)
            .find(|(c, column)| {
                matches!(column.holds, Holds::People | Holds::Field(Field::Name))
                    && self.sheet.cell(row, *c).is_some()
            })
            .map(|(c, _)| (row, c))
    }

    /// A blank date between the 2nd and the 4th is the 3rd forgotten, not the 2nd again.
    pub(super) fn blank_dates(
        &mut self,
        block: &Block,
        columns: &[Column],
        facts: &mut [RowFacts],
    ) {
        for n in 1..facts.len() {
            let (Some(above), true) = (facts[n - 1].dates.last().copied(), facts[n].date_carried)
            else {
                continue;
            };
            let after = facts
                .get(n + 1)
                .filter(|f| !f.date_carried)
                .and_then(|f| f.dates.first().copied());
            let alone =
                facts[n].hours.as_ref().map(|h| &h.0) == facts[n - 1].hours.as_ref().map(|h| &h.0);
            let missing = after.is_some_and(|next| (next - above).num_days() == 2)
                && !facts[n - 1].date_carried
                && alone;
            if !missing {
                continue;
            }
            let Some(at) = self.first_people_cell(block, columns, facts[n].row) else {
                continue;
            };
            let instead = above.succ_opt();
            self.book
                .find(Code::F319, at, Misread::BlankDate { above, instead });
            self.book.unread(None, instead.map(|d| (d, d)), at);
            facts[n].dates.clear();
            facts[n].date_carried = false;
        }
    }
}

pub(super) fn working_day(text: &str) -> Option<bool> {
    if [
        "工作日",
        "平日",
        "平时",
        "上班",
        "working",
        "workday",
        "weekday",
    ]
    .iter()
    .any(|w| text.contains(w))
    {
        return Some(true);
    }
    [
        "节假",
        "假日",
        "周末",
        "休息日",
        "双休",
        "holiday",
        "weekend",
        "节日",
    ]
    .iter()
    .any(|w| text.contains(w))
    .then_some(false)
}

/// 一、城关镇： → 城关镇
pub(super) fn without_number(text: &str) -> String {
    let text = text.trim();
    let cut = text.find(['、', '.', '．', '）', ')']).filter(|at| {
        let head = text[..*at].trim_start_matches(['(', '（']);
        head.chars().count() <= 3
            && !head.is_empty()
            && head
                .chars()
                .all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    });
    let rest = cut.map_or(text, |at| {
        text[at..].trim_start_matches(['、', '.', '．', '）', ')'])
    });
    rest.trim().trim_end_matches([':', '：']).trim().to_owned()
}

/// A heading that is a unit with a word after it: 城关镇（值班室）.
pub(super) fn unit_heading(text: &str) -> Option<String> {
    super::likely_names::is_unit_name(text).then(|| text.to_owned())
}
