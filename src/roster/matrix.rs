//! Tables whose days run across: posts or units or people down, and wall calendars.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::CellUse;
use super::book::At;
use super::calendar::Unsettled;
use super::days::{Day, Days, Spelling, days};
use super::facts::Section;
use super::finding::Code;
use super::heading::{Heading, exact_heading};
use super::hours::{Hours, Looseness, only_hours};
use super::misread::Misread;
use super::numbers_below::{Below, PeopledRow};
use super::people::Person;
use super::plain::quoted;
use super::reader::Reader;
use super::row_kind::RowKind;
use super::sheet::Kind;
use super::shift::Role;
use super::table::{Block, Column, Holds};
use super::vocabulary::{Field, ON_MARKS};

/// 同上 under 同上 is followed upwards so far.
const MOST_REPEATS: usize = 100;

/// What the labels at a row's left say.
#[derive(Clone, Debug, Default)]
struct Label {
    unit: Option<String>,
    post: Option<Heading>,
    person: Option<(String, At)>,
    hours: Option<(Hours, At)>,
    phone: Option<(At, String)>,
    /// 电话: the row holds numbers of the row above.
    numbers: bool,
    /// 备注, 星期: the row holds no duty.
    no_duty: bool,
    cells: Vec<At>,
}

impl Reader<'_, '_> {
    pub fn across(&mut self, block: &Block, columns: &[Column], kinds: &HashMap<usize, RowKind>) {
        let dates = self.axis_dates(block, columns);
        let codes = self.holds_codes(block, columns, kinds);
        let mut section = Section::default();
        let mut carried = Label::default();
        let mut first_in_column: HashMap<usize, u32> = HashMap::new();
        let mut last_row: Option<PeopledRow> = None;
        let mut peopled = None;
        for row in block.rows.clone() {
            if self.book.overflows {
                return;
            }
            match kinds.get(&row) {
                Some(RowKind::Data) => {}
                Some(RowKind::Blank) | None => continue,
                Some(RowKind::Heading)
                    if self.sheet.filled(row).next().is_some_and(|(at, label)| {
                        peopled
                            .get_or_insert_with(|| self.labels_of_peopled(block, columns, kinds))
                            .contains(&(at, label.kind))
                    }) => {}
                Some(kind) => {
                    self.between(row, *kind, &mut section);
                    continue;
                }
            }
            let label = self.row_label(block, columns, row, &carried, codes);
            if label.numbers {
                if let Some(above) = &last_row {
                    self.numbers_below(block, columns, above, row);
                }
                continue;
            }
            let cells: Vec<At> = (0..columns.len())
                .filter(|c| !dates[*c].is_empty() && columns[*c].holds == Holds::People)
                .map(|c| (row, block.columns.start + c))
                .collect();
            let mut first = None;
            let first_of_row = self.book.roster.shifts.len();
            if label.no_duty {
                for at in cells.iter().chain(&label.cells) {
                    self.remark(*at);
                    self.book.account(*at, CellUse::Note, None);
                }
                continue;
            }
            let merged = if codes {
                false
            } else {
                self.merged_across(&cells)
            };
            let mut before: Option<String> = None;
            for at in cells {
                let c = at.1 - block.columns.start;
                let cell = self
                    .sheet
                    .cell(at.0, at.1)
                    .map(|cell| (cell.text.to_string(), cell.kind));
                let text = match cell {
                    Some((_, Kind::Same)) => self.same_as(at, before.as_deref()),
                    Some((text, _)) => text,
                    None if merged => before.clone().unwrap_or_default(),
                    None => String::new(),
                };
                if !text.is_empty() {
                    before = Some(text.clone());
                }
                let shift = if codes {
                    self.coded(at, &text, &dates[c], &label, &columns[c], &section)
                } else {
                    self.named(
                        at,
                        &text,
                        &dates[c],
                        &label,
                        &columns[c],
                        columns,
                        block,
                        &section,
                    )
                };
                if let Some(shift) = shift {
                    first = first.or(Some(shift));
                    first_in_column.entry(c).or_insert(shift);
                }
            }
            for at in &label.cells {
                let used = if first.is_some() {
                    CellUse::Shift
                } else {
                    CellUse::Unit
                };
                self.book.account(*at, used, first);
            }
            carried = label;
            last_row = Some(PeopledRow {
                row,
                shifts: first_of_row..self.book.roster.shifts.len(),
            });
        }
        self.account_axis(block, columns, &first_in_column);
    }

    /// What the labels of the rows with people are, and where they stand. A row with such a
    /// label and nobody beside it is one left empty.
    fn labels_of_peopled(
        &self,
        block: &Block,
        columns: &[Column],
        kinds: &HashMap<usize, RowKind>,
    ) -> HashSet<(usize, Kind)> {
        let peopled = |row: usize| {
            let mut axis = columns.iter().zip(block.columns.clone());
            axis.any(|(column, c)| {
                (column.days.is_some() || column.weekday.is_some())
                    && self.sheet.cell(row, c).is_some()
            })
        };
        block
            .rows
            .clone()
            .filter(|row| kinds.get(row) == Some(&RowKind::Data) && peopled(*row))
            .flat_map(|row| self.sheet.filled(row))
            .map(|(at, cell)| (at, cell.kind))
            .filter(|(at, _)| block.columns.contains(at))
            .collect()
    }

    /// The dates over each column; a number smaller than the one before begins the next month.
    fn axis_dates(&mut self, block: &Block, columns: &[Column]) -> Vec<Vec<NaiveDate>> {
        let mut found: Vec<Vec<NaiveDate>> = Vec::with_capacity(columns.len());
        let mut last: Option<NaiveDate> = None;
        let header = block.header.clone().next().unwrap_or(0);
        let any_dated = columns.iter().any(|c| c.days.is_some());
        for (c, column) in columns.iter().enumerate() {
            let at = (header, block.columns.start + c);
            let mut dates = match &column.days {
                Some(days) => {
                    let (dates, wrong) = self.calendar.dates(days);
                    for day in &wrong {
                        self.no_such_day(day, last.and_then(|d| d.succ_opt()), at);
                        self.book
                            .unread(None, last.and_then(|d| d.succ_opt()).map(|d| (d, d)), at);
                    }
                    dates
                }
                None => match column.weekday {
                    Some(weekday) if !any_dated => self.dates_of_weekday(weekday, at),
                    _ => Vec::new(),
                },
            };
            let bare = column
                .days
                .as_ref()
                .is_some_and(|d| d.list.iter().all(|(d, _)| d.month.is_none()));
            if let (true, [date], Some(before)) = (bare, &mut dates[..], last)
                && *date < before
                && (before - *date).num_days() > 7
            {
                *date = date
                    .checked_add_months(chrono::Months::new(1))
                    .unwrap_or(*date);
            }
            if let ([date], Some(written)) = (
                &dates[..],
                column
                    .weekday
                    .or(column.days.as_ref().and_then(|d| d.weekday)),
            ) && date.weekday() != written
                && column.days.is_some()
            {
                let matter = Misread::WeekdayMismatch {
                    date: *date,
                    written,
                    real: date.weekday(),
                };
                self.book.find(Code::H403, at, matter);
            }
            last = dates.last().copied().or(last);
            found.push(dates);
        }
        found
    }

    /// Whether the cells under the days are codes of a person's shifts rather than people.
    fn holds_codes(
        &self,
        block: &Block,
        columns: &[Column],
        kinds: &HashMap<usize, RowKind>,
    ) -> bool {
        let named = columns
            .iter()
            .zip(block.columns.clone())
            .any(|(column, c)| {
                let people = block
                    .rows
                    .clone()
                    .filter(|r| self.sheet.kind(*r, c) == Kind::People)
                    .count();
                column.days.is_none() && column.weekday.is_none() && people > 0
            });
        let (mut codes, mut people) = (0, 0);
        for row in block
            .rows
            .clone()
            .filter(|r| kinds.get(r) == Some(&RowKind::Data))
        {
            for (column, c) in columns.iter().zip(block.columns.clone()) {
                if column.days.is_none() && column.weekday.is_none() {
                    continue;
                }
                match self.sheet.kind(row, c) {
                    Kind::Shift
                    | Kind::Code
                    | Kind::Mark
                    | Kind::Range
                    | Kind::Number
                    | Kind::Weekday
                    | Kind::Label(_)
                    | Kind::Post => codes += 1,
                    Kind::People => people += 1,
                    _ => {}
                }
            }
        }
        named && codes > people
    }

    fn row_label(
        &mut self,
        block: &Block,
        columns: &[Column],
        row: usize,
        above: &Label,
        codes: bool,
    ) -> Label {
        let mut label = Label::default();
        let mut numbered = None;
        for (column, c) in columns.iter().zip(block.columns.clone()) {
            if column.days.is_some() || column.weekday.is_some() && column.holds == Holds::People {
                continue;
            }
            let Some(cell) = self.sheet.cell(row, c) else {
                continue;
            };
            let at = (row, c);
            let (raw, text, kind) = (cell.raw.to_owned(), cell.text.to_string(), cell.kind);
            label.cells.push(at);
            let field = match column.holds {
                Holds::Field(field) => Some(field),
                _ => None,
            };
            match (kind, field) {
                (Kind::Phone, _) | (_, Some(Field::Phone)) => numbered = Some((at, raw)),
                (_, Some(Field::DutyLine)) => self
                    .book
                    .roster
                    .duty_lines
                    .push((self.unit(label.unit.as_deref()), raw)),
                (_, Some(Field::Remark)) => self.remark(at),
                (_, Some(Field::Serial | Field::Count | Field::Job)) | (Kind::Number, _) => {}
                (_, Some(Field::Unit)) => {
                    label.unit = Some(raw);
                }
                (_, Some(Field::Name)) if kind != Kind::Post && kind != Kind::Shift => {
                    label.person = Some((text, at));
                }
                (Kind::Label(Field::Phone | Field::DutyLine), _) => label.numbers = true,
                (Kind::Label(Field::Weekday | Field::Remark | Field::Date), _) => {
                    label.no_duty = true;
                }
                (Kind::People, _) if codes => label.person = Some((text, at)),
                (Kind::Unit, _) => label.unit = Some(raw),
                (Kind::Shift | Kind::Range | Kind::Clock, _) => {
                    label.hours = only_hours(&text, Looseness::Column)
                        .map(|h| (h, at))
                        .or(label.hours);
                }
                _ => {
                    let mut said = exact_heading(&text);
                    if said.field == Some(Field::Phone) || said.field == Some(Field::DutyLine) {
                        label.numbers = true;
                    } else {
                        if let Some(hours) = said.hours.clone() {
                            label.hours = label.hours.or(Some((hours, at)));
                        } else if said.post.is_empty() {
                            said.post = raw;
                        }
                        if label.post.as_ref().is_none_or(|p| p.post.is_empty())
                            || said.role.is_some()
                        {
                            label.post = Some(said);
                        }
                    }
                }
            }
        }
        label.phone = numbered;
        label.unit = label.unit.or_else(|| above.unit.clone());
        if label.post.is_none() && label.person.is_none() && label.hours.is_some() {
            label.post.clone_from(&above.post);
        }
        label
    }

    /// A cell that names people.
    #[allow(clippy::too_many_arguments)]
    fn named(
        &mut self,
        at: At,
        text: &str,
        dates: &[NaiveDate],
        label: &Label,
        column: &Column,
        columns: &[Column],
        block: &Block,
        section: &Section,
    ) -> Option<u32> {
        let mut heading = column.heading.clone();
        if (heading.post.is_empty() || heading.role.is_none())
            && let Some(post) = label.post.as_ref().or(section.post.as_ref())
        {
            heading.post.clone_from(&post.post);
            heading.role = post.role.or(heading.role).or(Some(Role::DutyOfficer));
        }
        let duty = self.duty(
            Some(&heading),
            column.unit.as_deref().or(label.unit.as_deref()),
        );
        let post = self.book.post(&duty.unit, &duty.post, duty.role);
        if text.is_empty() {
            return None;
        }
        let next = at.1 + 1 - block.columns.start;
        let numbers = columns
            .get(next)
            .filter(|c| c.holds == Holds::Field(Field::Phone) && c.days == column.days)
            .and_then(|_| self.sheet.cell(at.0, at.1 + 1))
            .map(|c| ((at.0, at.1 + 1), c.raw.to_owned()));
        let dialled = numbers.as_ref().map(|(at, text)| (*at, text.as_str()));
        let hours = column
            .heading
            .hours
            .clone()
            .or_else(|| label.hours.as_ref().map(|(h, _)| h.clone()))
            .or_else(|| section.hours.as_ref().map(|(h, ..)| h.clone()));
        let first = if let Some(parts) = self.shifts_within(text) {
            let each = self.number_of_each(&parts, dialled);
            let mut first = None;
            for (part, dialled) in parts.iter().zip(each) {
                let named = part.named_post().cloned();
                let duty = named.map_or_else(
                    || duty.clone(),
                    |heading| self.duty(Some(&heading), Some(&duty.unit)),
                );
                let post = self.book.post(&duty.unit, &duty.post, duty.role);
                let people = self.people(at, &part.people, dialled);
                let hours = part.own_hours().or(hours.as_ref());
                let shift = self.on_dates(at, dates, post, hours, people, text);
                first = first.or(shift);
            }
            first
        } else {
            let people = self.people(at, text, dialled);
            self.on_dates(at, dates, post, hours.as_ref(), people, text)
        };
        if let Some((place, _)) = numbers {
            self.book.account(
                place,
                if first.is_some() {
                    CellUse::Shift
                } else {
                    CellUse::Finding
                },
                first,
            );
        }
        first
    }

    /// A cell that says which shift the row's person has.
    fn coded(
        &mut self,
        at: At,
        text: &str,
        dates: &[NaiveDate],
        label: &Label,
        column: &Column,
        section: &Section,
    ) -> Option<u32> {
        let heading = label.post.clone().or_else(|| section.post.clone());
        let duty = self.duty(
            heading.as_ref(),
            column.unit.as_deref().or(label.unit.as_deref()),
        );
        let post = self.book.post(&duty.unit, &duty.post, duty.role);
        if text.is_empty() {
            return None;
        }
        let Some((person, person_at)) = &label.person else {
            self.book
                .find(Code::F319, at, Misread::Unreadable { text: quoted(text) });
            return None;
        };
        let dialled = label.phone.as_ref().map(|(at, text)| (*at, text.as_str()));
        let people = self.people(*person_at, person, dialled);
        let mut first = None;
        for part in text
            .split(['/', '+', '、', ',', '\n'])
            .map(str::trim)
            .filter(|p| !p.is_empty())
        {
            let marked = ON_MARKS.iter().any(|m| m.eq_ignore_ascii_case(part))
                && !self
                    .calendar
                    .legend
                    .contains_key(&super::calendar::legend_key(part));
            let hours = if marked {
                label.hours.as_ref().map(|(h, _)| h.clone())
            } else {
                only_hours(part, Looseness::Strict).or_else(|| Some(Hours::Word(part.to_owned())))
            };
            let shift = self.on_dates(at, dates, post, hours.as_ref(), people.clone(), part);
            first = first.or(shift);
        }
        // 休: the cell is understood and nobody is on.
        self.book.account(at, CellUse::Legend, None);
        first
    }

    fn on_dates(
        &mut self,
        at: At,
        dates: &[NaiveDate],
        post: u32,
        hours: Option<&Hours>,
        people: Vec<Person>,
        text: &str,
    ) -> Option<u32> {
        let mut first = None;
        let of_post = self.hours_of_post(post).filter(|_| hours.is_none());
        let hours = hours.or(of_post.as_ref());
        let unreadable = people.is_empty() && self.book.is_unreadable(at);
        let people: Arc<[Person]> = people.into();
        for date in dates {
            let Some(settled) = self.settle(*date, hours, post, at, text) else {
                let settled = self.calendar.settle(*date, hours);
                if settled != Err(Unsettled::OffDuty) {
                    self.book.unread(Some(post), Some((*date, *date)), at);
                    self.book.account(at, CellUse::Finding, None);
                }
                continue;
            };
            let Some(span) = self.book.span(settled.start, settled.end) else {
                continue;
            };
            if unreadable {
                self.book.unread_between(Some(post), Some(span), at);
                continue;
            }
            let assumed = settled.certainty.is_assumed();
            let index = self.book.shift(post, span, people.clone(), assumed, at);
            first = first.or(index);
        }
        first
    }

    fn same_as(&mut self, at: At, left: Option<&str>) -> String {
        self.book.account(at, CellUse::Shift, None);
        let above = (0..at.0)
            .rev()
            .filter_map(|r| self.sheet.cell(r, at.1))
            .take(MOST_REPEATS)
            .find(|c| c.kind != Kind::Same)
            .filter(|c| c.kind == Kind::People)
            .map(|c| c.text.to_string());
        above
            .or_else(|| left.map(str::to_owned))
            .unwrap_or_default()
    }

    /// Whether a row's blanks belong to the merged cell at their left.
    fn merged_across(&mut self, cells: &[At]) -> bool {
        let filled: Vec<bool> = cells
            .iter()
            .map(|at| self.sheet.cell(at.0, at.1).is_some())
            .collect();
        let full = filled.iter().filter(|f| **f).count();
        let blank = filled.len() - full;
        if full == 0 || blank == 0 || !filled[0] || filled.len() < 3 {
            return false;
        }
        let followed = filled.windows(2).filter(|w| w[0] && !w[1]).count();
        let last = usize::from(filled.last() == Some(&true));
        let regular = followed + last >= full && blank + last >= full;
        let first_blank = filled.iter().position(|f| !f).unwrap_or(0);
        let doubtful = followed * 2 >= full && blank >= 2;
        if !(regular || doubtful) {
            return false;
        }
        let at = cells[first_blank];
        let name = self
            .sheet
            .cell(at.0, cells[first_blank.saturating_sub(1)].1)
            .map(|c| c.raw.to_owned());
        self.book.find_at(
            Code::P205,
            Some(super::book::place(at)),
            Misread::BlankTakenAs {
                name: name.filter(|_| regular),
            },
        );
        regular
    }

    /// A row of numbers belongs to the people of the row above it.
    fn numbers_below(&mut self, block: &Block, columns: &[Column], above: &PeopledRow, row: usize) {
        for (column, c) in columns.iter().zip(block.columns.clone()) {
            let at = (row, c);
            match self.number_below(at, above) {
                Below::Theirs => {}
                Below::BadNumber if column.days.is_some() => self.bad_number(at),
                _ if self.sheet.cell(row, c).is_none() => {}
                _ => self.book.account(at, CellUse::Header, None),
            }
        }
    }

    fn account_axis(&mut self, block: &Block, columns: &[Column], first: &HashMap<usize, u32>) {
        for row in block.header.clone() {
            for c in 0..columns.len() {
                let at = (row, block.columns.start + c);
                if self.sheet.cell(at.0, at.1).is_some() && !self.book.is_accounted(at) {
                    let near = (c..columns.len())
                        .take_while(|n| {
                            *n == c || self.sheet.cell(row, block.columns.start + n).is_none()
                        })
                        .find_map(|n| first.get(&n));
                    self.book.account(
                        at,
                        if near.is_some() {
                            CellUse::Shift
                        } else {
                            CellUse::Finding
                        },
                        near.copied(),
                    );
                }
            }
        }
    }

    /// Weeks down, weekdays across, the day and its people in one cell.
    pub fn wall_calendar(&mut self, block: &Block, columns: &[Column]) {
        let mut last: Option<NaiveDate> = None;
        for row in block.rows.clone() {
            for (column, c) in columns.iter().zip(block.columns.clone()) {
                let Some(cell) = self.sheet.cell(row, c) else {
                    continue;
                };
                let (text, kind) = (cell.text.to_string(), cell.kind);
                let at = (row, c);
                let Some((day, rest)) = day_cell(&text).filter(|_| {
                    matches!(
                        kind,
                        Kind::Line | Kind::Number | Kind::Days | Kind::Text | Kind::People
                    )
                }) else {
                    continue;
                };
                let (dates, wrong) = self.calendar.dates(&day);
                if let (false, Some((wrong, _))) = (wrong.is_empty(), day.list.first()) {
                    let _ = wrong;
                    self.book.find(
                        Code::F303,
                        at,
                        Misread::BadDate {
                            text: text.clone(),
                            instead: last.and_then(|d| d.succ_opt()),
                        },
                    );
                    continue;
                }
                let Some(mut date) = dates.first().copied() else {
                    continue;
                };
                let bare = day.list.iter().all(|(d, _)| d.month.is_none());
                if let (true, Some(before)) = (bare, last)
                    && date < before
                {
                    date = date
                        .checked_add_months(chrono::Months::new(1))
                        .unwrap_or(date);
                }
                if let Some(weekday) = column.weekday.filter(|w| *w != date.weekday()) {
                    let earlier = date
                        .checked_sub_months(chrono::Months::new(1))
                        .filter(|d| bare && last.is_none() && d.weekday() == weekday);
                    match earlier {
                        Some(earlier) => date = earlier,
                        None => self.book.find(
                            Code::H403,
                            at,
                            Misread::WeekdayMismatch {
                                date,
                                written: weekday,
                                real: date.weekday(),
                            },
                        ),
                    }
                }
                last = Some(date);
                if rest.trim().is_empty() {
                    self.book.account(at, CellUse::Header, None);
                    continue;
                }
                self.free_text(&[date], &rest, at, None);
            }
        }
        for row in block.header.clone() {
            for c in block.columns.clone() {
                self.book.account((row, c), CellUse::Header, None);
            }
        }
    }
}

/// The day a wall calendar's cell begins with, and the rest.
fn day_cell(text: &str) -> Option<(Days, String)> {
    if let Some((found, rest)) = days(text) {
        return Some((found, rest.to_owned()));
    }
    let first: String = text.chars().take_while(char::is_ascii_digit).collect();
    let day: u32 = first.parse().ok().filter(|d| (1..=31).contains(d))?;
    let rest = &text[first.len()..];
    if rest.starts_with([':', '/', '.'])
        && rest.len() > 1
        && rest[1..].starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let day = Day {
        year: None,
        month: None,
        day,
        spelling: Spelling::Plain,
    };
    Some((
        Days::one(day),
        rest.trim_start_matches([' ', '\n', ':', '.', '、'])
            .to_owned(),
    ))
}
