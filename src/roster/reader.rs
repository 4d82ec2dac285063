//! The whole of one text read: blocks and lines into the book, then what nobody accounted for.

use std::rc::Rc;

use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt};

use super::book::{At, Book, place as place_of};
use super::calendar::{Calendar, Certainty, Settled, Unsettled, legend_key};
use super::decode::whole_file;
use super::evidence::{calendar, slashes_are_settled};
use super::finding::{Code, Place};
use super::heading::{Heading, exact_heading};
use super::hours::Hours;
use super::misread::Misread;
use super::names::{Naming, naming};
use super::nights::{Night, declared};
use super::people::Person;
use super::phones::{Dialled, numbers, phone};
use super::plain::quoted;
use super::prose::{changes_a_day, duty_lines, not_submitted, unit_in_title};
use super::row_kind::{RowKind, row_kind};
use super::sheet::{Kind, Sheet};
use super::shift::Role;
use super::table::{Block, blocks};
use super::{Asked, CellUse};
use crate::time::clock_of;

pub(super) struct Reader<'s, 'g> {
    pub sheet: &'s Sheet<'g>,
    pub asked: &'s Asked,
    pub calendar: Calendar,
    pub book: Book,
    pub title_unit: Option<String>,
    /// Unit of a heading row, for the rows below it.
    pub section_unit: Option<String>,
    pub title_role: Role,
    pub nights_only: bool,
    pub nights: Vec<Night>,
    pub guessed_words: Vec<String>,
    namings: HashMap<String, Rc<Naming>>,
    row_kinds: Vec<Option<RowKind>>,
}

/// A post by name, and the kind of duty it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Duty {
    pub unit: String,
    pub post: String,
    pub role: Role,
}

/// Where nothing names the post.
pub(super) const PLAIN_POST: &str = "值班";

/// Everything the sheet says.
pub(super) fn read_sheet(sheet: &Sheet<'_>, asked: &Asked) -> Book {
    let calendar = calendar(sheet, asked);
    let begins = calendar.hours.map_or(calendar.handover, |h| h.start % 1440);
    let mut reader = Reader {
        sheet,
        asked,
        calendar,
        book: Book::new(asked.zone, begins),
        title_unit: None,
        section_unit: None,
        title_role: Role::DutyOfficer,
        nights_only: false,
        nights: Vec::new(),
        guessed_words: Vec::new(),
        namings: HashMap::new(),
        row_kinds: Vec::new(),
    };
    reader.titles();
    for block in blocks(sheet) {
        reader.block(&block);
    }
    reader.close();
    reader.book
}

impl Reader<'_, '_> {
    /// Unit and kind of duty a title tells for the whole file.
    fn titles(&mut self) {
        for row in 0..self.sheet.rows.len().min(6) {
            for (_, cell) in self.sheet.filled(row) {
                if !matches!(
                    cell.kind,
                    Kind::Text | Kind::Unit | Kind::Post | Kind::Line | Kind::Month
                ) || cell.text.chars().count() < 4
                {
                    continue;
                }
                if self.title_unit.is_none() {
                    self.title_unit = unit_in_title(cell.raw);
                }
                let title = cell.text.contains(['表', '单']) || cell.text.contains("安排");
                if title && cell.text.contains("带班") && !cell.text.contains("值班") {
                    self.title_role = Role::DutyLeader;
                }
                self.nights_only |= ["夜间值班", "夜班值班", "值宿表", "值夜"]
                    .iter()
                    .any(|w| cell.text.contains(w))
                    && !cell.text.contains("值班值宿");
            }
        }
    }

    pub fn unit(&self, of_row: Option<&str>) -> String {
        of_row
            .filter(|u| !u.is_empty())
            .or(self.section_unit.as_deref())
            .or(self.title_unit.as_deref())
            .or(self.asked.unit.as_deref())
            .unwrap_or_default()
            .to_owned()
    }

    fn block(&mut self, block: &Block) {
        self.account_header(block);
        if block.header.is_empty() && self.is_free_text(block) {
            self.lines(block.rows.clone());
            return;
        }
        self.table(block);
    }

    fn account_header(&mut self, block: &Block) {
        for row in block.header.clone() {
            for column in block.columns.clone() {
                let kind = self.sheet.kind(row, column);
                let telling = matches!(kind, Kind::Days | Kind::Range | Kind::Moment | Kind::Clock)
                    || kind == Kind::Post
                        && super::heading::heading(self.sheet.text(row, column))
                            .hours
                            .is_some_and(|h| matches!(h, Hours::Range { .. }));
                if kind != Kind::Blank && !telling {
                    let title =
                        kind == Kind::Text && unit_in_title(self.sheet.text(row, column)).is_some();
                    self.book.account(
                        (row, column),
                        if title {
                            CellUse::Title
                        } else {
                            CellUse::Header
                        },
                        None,
                    );
                }
            }
        }
    }

    /// Rows of single lines with a day and people in one cell.
    fn is_free_text(&self, block: &Block) -> bool {
        let rows = block
            .rows
            .clone()
            .filter(|r| self.sheet.filled(*r).next().is_some());
        let (mut lines, mut others) = (0, 0);
        for row in rows {
            let line = self.sheet.filled(row).any(|(_, c)| c.kind == Kind::Line);
            lines += usize::from(line);
            others += usize::from(!line && self.sheet.filled(row).count() >= 3);
        }
        let columns = block.rows.clone().any(|r| self.sheet.filled(r).count() > 1);
        lines > 0 && lines >= others || !columns
    }

    /// A row that is no data; its words are taken to heart.
    pub fn aside(&mut self, row: usize, kind: RowKind) {
        let used = match kind {
            RowKind::Total => CellUse::Total,
            RowKind::Signature => CellUse::Signature,
            RowKind::Title => CellUse::Title,
            RowKind::Legend => CellUse::Legend,
            RowKind::NotSubmitted => CellUse::Unit,
            _ => CellUse::Note,
        };
        let cells: Vec<(usize, String)> = self
            .sheet
            .filled(row)
            .map(|(at, c)| (at, c.raw.to_owned()))
            .collect();
        for (column, text) in &cells {
            if kind == RowKind::Note && changes_a_day(text, self.sheet.spacing) {
                let text = quoted(text);
                self.book
                    .find(Code::P205, (row, *column), Misread::MayChange { text });
            }
            if matches!(kind, RowKind::Note | RowKind::Signature) {
                let unit = self.unit(None);
                let lines = duty_lines(text).into_iter();
                self.book
                    .roster
                    .duty_lines
                    .extend(lines.map(|line| (unit.clone(), line)));
            }
            if kind == RowKind::NotSubmitted {
                self.book
                    .roster
                    .not_submitted
                    .extend(not_submitted(text).unwrap_or_default());
            }
            self.book.account((row, *column), used, None);
        }
    }

    /// What kind of row it is; of side-by-side panels each asks for all of its rows.
    pub fn row_kind(&mut self, row: usize) -> RowKind {
        let sheet = self.sheet;
        if self.row_kinds.is_empty() {
            self.row_kinds.resize(sheet.rows.len(), None);
        }
        match self.row_kinds.get_mut(row) {
            Some(known) => *known.get_or_insert_with(|| row_kind(sheet, row)),
            None => RowKind::Blank,
        }
    }

    /// Who a text names; the same few people stand all over a roster.
    fn naming(&mut self, text: &str) -> Rc<Naming> {
        if let Some(known) = self.namings.get(text) {
            return Rc::clone(known);
        }
        let found = Rc::new(naming(text, self.sheet.spacing));
        self.namings.insert(text.to_owned(), Rc::clone(&found));
        found
    }

    /// The people a cell names, each with a telephone where one is told; what is wrong is found.
    pub fn people(&mut self, at: At, text: &str, dialled: Option<(At, &str)>) -> Vec<Person> {
        let naming = self.naming(text);
        self.complain(at, text, &naming);
        let mut people: Vec<Person> = Vec::with_capacity(naming.people.len());
        for named in &naming.people {
            let own: Vec<_> = named
                .numbers
                .iter()
                .filter_map(|n| self.number(at, n))
                .collect();
            if !named.is_likely && !named.name.is_ascii() {
                self.book.find(
                    Code::P205,
                    at,
                    Misread::DoubtfulName {
                        name: named.name.clone(),
                    },
                );
            }
            people.push(Person {
                name: named.name.clone(),
                phone: own.into_iter().next(),
            });
        }
        if let Some((place, text)) = dialled {
            let found: Vec<_> = numbers(text)
                .into_iter()
                .map(|n| self.number(place, n))
                .collect();
            let several = people.len() > 1;
            let free: Vec<_> = people.iter_mut().filter(|p| p.phone.is_none()).collect();
            if several && found.len() != free.len() && found.iter().any(Option::is_some) {
                let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                let matter = Misread::UnpairedPhones {
                    people: count(free.len()),
                    numbers: count(found.len()),
                };
                self.book.find_at(Code::P202, Some(place_of(place)), matter);
                return people;
            }
            for (person, number) in free.into_iter().zip(found) {
                person.phone = number;
            }
        }
        people
    }

    fn complain(&mut self, at: At, text: &str, naming: &Naming) {
        for text in &naming.unnamed {
            self.book
                .find(Code::P205, at, Misread::NamesNobody { text: text.clone() });
        }
        for name in &naming.away {
            self.book
                .find(Code::P205, at, Misread::Away { name: name.clone() });
        }
        for text in &naming.times {
            let text = text.clone();
            self.book
                .find(Code::F322, at, Misread::BracketedTime { text });
        }
        if !naming.unclear.is_empty() {
            self.book
                .find(Code::F319, at, Misread::Unreadable { text: quoted(text) });
        }
        if naming.nobody {
            self.book.account(at, CellUse::Note, None);
        }
    }

    fn number(&mut self, at: At, text: &str) -> Option<super::Phone> {
        let text = text.trim();
        if matches!(text, "" | "/" | "-" | "无" | "同上" | "〃" | "--") {
            return None;
        }
        match phone(text) {
            Dialled::Good(phone) => Some(phone),
            Dialled::Mangled(repaired) => {
                self.book.find(
                    Code::F306,
                    at,
                    Misread::Mangled {
                        text: text.to_owned(),
                        repaired: repaired.clone(),
                    },
                );
                repaired
            }
            Dialled::Bad => {
                self.book
                    .find(Code::P201, at, Misread::BadPhone { text: quoted(text) });
                None
            }
        }
    }

    /// What a finding quotes of a cell.
    pub fn quote(&self, at: At) -> String {
        self.sheet
            .cell(at.0, at.1)
            .map_or_else(String::new, |c| quoted(c.raw))
    }

    /// The hours a note gives a post by its name.
    pub fn hours_of_post(&self, post: u32) -> Option<Hours> {
        let name = &self.book.roster.posts.get(post as usize)?.name;
        let told = self.calendar.legend.contains_key(&legend_key(name));
        told.then(|| Hours::Word(name.clone()))
    }

    /// The stretch hours mean on a date; what is wrong with them is found at `at`.
    pub fn settle(
        &mut self,
        date: NaiveDate,
        hours: Option<&Hours>,
        at: At,
        text: &str,
    ) -> Option<Settled> {
        let text = || quoted(text);
        match self.calendar.settle(date, hours) {
            Ok(settled) => {
                let minutes = (settled.end - settled.start).num_minutes();
                if minutes > i64::from(self.calendar.max_shift_minutes) {
                    let most_minutes = self.calendar.max_shift_minutes;
                    self.book.find(
                        Code::F323,
                        at,
                        Misread::TooLong {
                            minutes: u32::try_from(minutes).unwrap_or(u32::MAX),
                            most_minutes,
                        },
                    );
                    return None;
                }
                if let (Certainty::Guessed, Some(Hours::Word(word))) = (settled.certainty, hours) {
                    self.guessed_word(date, &settled, word, at);
                }
                if let (Certainty::Guessed, Some(Hours::At(_))) = (settled.certainty, hours) {
                    self.book
                        .find(Code::F322, at, Misread::LoneClock { text: text() });
                    return None;
                }
                Some(settled)
            }
            Err(Unsettled::NoSuchTime) => {
                self.book
                    .find(Code::F310, at, Misread::BadTime { text: text() });
                None
            }
            Err(Unsettled::EndBeforeStart) => {
                self.book
                    .find(Code::F304, at, Misread::EndBeforeStart { text: text() });
                None
            }
            Err(Unsettled::EqualClocks { .. }) => {
                self.book
                    .find(Code::F322, at, Misread::EqualClocks { text: text() });
                None
            }
            Err(Unsettled::NoSuchDate) => {
                self.book.find(
                    Code::F303,
                    at,
                    Misread::BadDate {
                        text: text(),
                        instead: None,
                    },
                );
                None
            }
            Err(Unsettled::UnknownCode) => {
                self.book
                    .find(Code::F319, at, Misread::UnknownCode { text: text() });
                None
            }
            Err(Unsettled::OffDuty) => None,
        }
    }

    fn guessed_word(&mut self, date: NaiveDate, settled: &Settled, word: &str, at: At) {
        if self.guessed_words.iter().any(|w| w == word) {
            return;
        }
        self.guessed_words.push(word.to_owned());
        let minute = |moment: chrono::NaiveDateTime| {
            u32::try_from((moment - clock_of(date, 0)).num_minutes()).unwrap_or(0)
        };
        let matter = Misread::GuessedWord {
            word: word.to_owned(),
            start_minute: minute(settled.start),
            end_minute: minute(settled.end),
        };
        self.book.find(Code::F322, at, matter);
    }

    /// The post a heading names in a unit.
    pub fn duty(&self, heading: Option<&Heading>, unit: Option<&str>) -> Duty {
        let unit = self.unit(unit);
        let (post, role) = match heading {
            Some(h) if !h.post.is_empty() => (post_name(&h.post), h.role),
            Some(h) => (String::new(), h.role),
            None => (String::new(), None),
        };
        let by_unit = super::heading::role_of(&unit)
            .filter(|r| *r == Role::DutyLeader && unit.contains("领导"));
        let role = role
            .filter(|_| !post.is_empty())
            .or(by_unit)
            .unwrap_or(if post.is_empty() {
                self.title_role
            } else {
                Role::DutyOfficer
            });
        let post = match (post.is_empty(), role) {
            (false, _) => post,
            (true, Role::DutyLeader) if by_unit.is_none() => "带班领导".to_owned(),
            (true, _) => PLAIN_POST.to_owned(),
        };
        Duty { unit, post, role }
    }

    fn close(&mut self) {
        self.book.roster.declared = declared(&self.nights, &self.book.roster.shifts);
        self.leftovers();
        self.whole_file_findings();
    }

    /// Cells nobody used: words are notes, anything of duty is found.
    fn leftovers(&mut self) {
        let mut first_data = self
            .book
            .roster
            .shifts
            .first()
            .map_or(usize::MAX, |s| s.source.row as usize - 1);
        for row in 0..self.sheet.rows.len() {
            if first_data == usize::MAX && row > 0 {
                first_data = 1;
            }
            let left: Vec<(usize, Kind, String)> = self
                .sheet
                .filled(row)
                .filter(|(column, _)| !self.book.is_accounted((row, *column)))
                .map(|(column, cell)| (column, cell.kind, cell.raw.to_owned()))
                .collect();
            for (column, kind, text) in left {
                let of_duty = matches!(
                    kind,
                    Kind::Days
                        | Kind::Moment
                        | Kind::Clock
                        | Kind::Range
                        | Kind::Phone
                        | Kind::People
                        | Kind::Line
                );
                if of_duty {
                    self.book.find(
                        Code::F319,
                        (row, column),
                        Misread::Unreadable {
                            text: quoted(&text),
                        },
                    );
                } else {
                    let used = if row < first_data && kind == Kind::Text {
                        CellUse::Title
                    } else {
                        CellUse::Note
                    };
                    self.book.account((row, column), used, None);
                }
            }
        }
    }

    fn whole_file_findings(&mut self) {
        if self.book.assumed > 0 {
            let matter = Misread::AssumedHours {
                shifts: self.book.assumed,
                handover_minute: self.calendar.handover,
            };
            self.book
                .find_at(Code::F308, Some(Place::default()), matter);
        }
        if let Some(from) = self.calendar.year_from {
            let matter = Misread::YearInferred {
                year: self.calendar.year,
                from,
            };
            self.book
                .find_at(Code::F320, Some(Place::default()), matter);
        }
        self.ambiguous_slashes();
        if self.book.roster.shifts.is_empty() {
            let dated = self
                .sheet
                .rows
                .iter()
                .flatten()
                .any(|c| matches!(c.kind, Kind::Days | Kind::Moment | Kind::Line));
            let table = self.sheet.width > 1 || dated;
            if !table {
                self.book.findings.push(*whole_file(
                    Code::F312,
                    Misread::NotATable {
                        kind: "text".to_owned(),
                    },
                ));
            } else if !dated {
                self.book
                    .findings
                    .push(*whole_file(Code::F317, Misread::NoDate));
            }
            self.book
                .findings
                .push(*whole_file(Code::F318, Misread::NothingRead));
        }
    }

    fn ambiguous_slashes(&mut self) {
        use super::days::{Spelling, only_days};
        if slashes_are_settled(self.sheet, &self.calendar) {
            return;
        }
        let first = self
            .sheet
            .rows
            .iter()
            .enumerate()
            .flat_map(|(r, row)| row.iter().enumerate().map(move |(c, cell)| (r, c, cell)))
            .find_map(|(r, c, cell)| {
                let days = only_days(&cell.text).filter(|_| cell.kind == Kind::Days)?;
                let (day, _) = days
                    .list
                    .iter()
                    .find(|(d, _)| d.spelling == Spelling::Slashed)?;
                Some(((r, c), cell.raw.to_owned(), self.calendar.date(day)?))
            });
        if let Some((at, text, taken)) = first {
            self.book.find_at(
                Code::F324,
                Some(place_of(at)),
                Misread::AmbiguousDate { text, taken },
            );
        }
    }
}

/// 值班员1 and 值班员2 stand at one post.
fn post_name(label: &str) -> String {
    let trimmed = label
        .trim()
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '①'..='⑳' | '#'))
        .trim_end();
    let trimmed = trimmed.trim_end_matches(['及', '和', '、']);
    let cut = [
        "及电话",
        "及联系电话",
        "、电话",
        "/电话",
        "和电话",
        "(电话)",
        "及联系方式",
        "及手机",
        "(手机)",
        "姓名",
    ];
    let bare = cut
        .iter()
        .find_map(|c| trimmed.strip_suffix(c))
        .filter(|b| !b.is_empty())
        .unwrap_or(trimmed);
    if bare.is_empty() {
        label.trim().to_owned()
    } else {
        bare.to_owned()
    }
}

/// The post a cell of a column of posts names.
pub(super) fn named_post(text: &str) -> Heading {
    let mut said = exact_heading(text);
    if said.post.is_empty() && said.hours.is_none() {
        text.clone_into(&mut said.post);
    }
    said.role = said
        .role
        .or(Some(Role::DutyOfficer))
        .filter(|_| !said.post.is_empty());
    said
}
