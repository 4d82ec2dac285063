//! A sheet read block by block into the book: the reader's desk, and what titles and rows that
//! are no data say for all.

use std::ops::Range;
use std::sync::Arc;

use super::answers::Answer;
use super::blocks::{blocks, starts_with_any};
use super::book::{At, Book};
use super::calendar::Calendar;
use super::evidence::calendar;
use super::finding::Code;
use super::heading::{Heading, exact_heading};
use super::hours::Hours;
use super::misread::Misread;
use super::nights::Night;
use super::plain::{quote, quoted};
use super::pointing::{Offered, pointed_labels};
use super::remarks::{changes_a_day, duty_lines, not_submitted};
use super::row_kind::{RowKind, row_kind};
use super::sheet::{Kind, Sheet};
use super::shift::Role;
use super::spread::Spread;
use super::table::Block;
use super::threads::in_shares;
use super::titles::{labelled_unit, unit_in_title};
use super::told::leave_out;
use super::vocabulary::{Field, SIGNATURE_STARTS};
use super::wording::{Spoken, Wording};
use super::{Asked, CellUse};

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
    pub wording: Wording,
    /// What the line above said, for 同上.
    pub spoken_above: Option<Arc<[Spoken]>>,
    pub row_kinds: Vec<RowKind>,
    /// Hours, as written, that make sense if their end lies on the next day.
    pub may_cross: Vec<(At, String)>,
    /// Days as written that do not exist, and the one that would fit.
    pub may_be: Vec<(At, String, chrono::NaiveDate)>,
    /// Answers that have made a difference.
    pub noted: Vec<Answer>,
    /// The columns of the largest table with a header, and its rows.
    pub offered: Vec<Offered>,
    pub offered_rows: usize,
    /// What weekdays without dates were spread over, on a guess.
    pub spread: Option<Spread>,
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
pub(super) fn read_sheet(sheet: &mut Sheet<'_>, asked: &Asked) -> Book {
    let left_out = leave_out(sheet, asked);
    let sheet = &*sheet;
    let calendar = calendar(sheet, asked);
    let begins = calendar.hours.map_or(calendar.handover, |h| h.start % 1440);
    let mut reader = Reader {
        sheet,
        asked,
        calendar,
        book: Book::new(asked.zone, sheet.rows.len(), begins),
        title_unit: None,
        section_unit: None,
        title_role: Role::DutyOfficer,
        nights_only: false,
        nights: Vec::new(),
        guessed_words: Vec::new(),
        wording: Wording::new(sheet.spacing),
        spoken_above: None,
        row_kinds: Vec::new(),
        may_cross: Vec::new(),
        may_be: Vec::new(),
        noted: Vec::new(),
        offered: Vec::new(),
        offered_rows: 0,
        spread: None,
    };
    reader.book.account_left_out(left_out);
    reader.titles();
    let blocks = blocks(sheet, &pointed_labels(&asked.answers));
    let (above, below) = blocks.split_at(usize::from(blocks.len() > 1));
    for block in above {
        if block.header.is_empty() && block.rows.clone().all(|row| is_of_title(sheet, row)) {
            reader.title_rows(block);
        } else {
            reader.block(block);
        }
    }
    for block in below {
        reader.block(block);
    }
    reader.close();
    reader.book
}

/// Whether no cell of a row could be somebody's duty: titles, units, who drew the table up.
fn is_of_title(sheet: &Sheet<'_>, row: usize) -> bool {
    let is_alone = sheet.filled(row).nth(1).is_none();
    sheet.filled(row).all(|(_, cell)| match cell.kind {
        Kind::Label(_) | Kind::Unit | Kind::Text | Kind::Month => true,
        Kind::Post | Kind::Number | Kind::Code => is_alone,
        _ => starts_with_any(&cell.text, SIGNATURE_STARTS),
    })
}

impl<'s> Reader<'s, '_> {
    /// What kind of row it is; of side-by-side panels each asks for all of its rows.
    pub fn row_kind(&mut self, row: usize) -> RowKind {
        let sheet = self.sheet;
        if self.row_kinds.is_empty() {
            let of_share = |rows: Range<usize>| -> Vec<RowKind> {
                rows.map(|row| row_kind(sheet, row)).collect()
            };
            let rows = 0..sheet.rows.len();
            self.row_kinds = in_shares(rows, sheet.threads, of_share).concat();
        }
        self.row_kinds.get(row).copied().unwrap_or(RowKind::Blank)
    }

    /// Unit and kind of duty a title tells for the whole file.
    fn titles(&mut self) {
        for row in 0..self.sheet.rows.len().min(6) {
            if self.title_unit.is_none() {
                self.title_unit = self.unit_beside_label(row);
            }
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

    /// The unit that a row of the title names behind a label, in the same cell or the next.
    fn unit_beside_label(&self, row: usize) -> Option<String> {
        let filled: Vec<_> = self.sheet.filled(row).map(|(_, cell)| cell).collect();
        if let [label, named] = filled[..]
            && label.kind == Kind::Label(Field::Unit)
            && named.kind == Kind::Unit
        {
            return Some(named.raw.to_owned());
        }
        let labelled = filled.iter().find_map(|cell| labelled_unit(cell.raw));
        labelled.map(str::to_owned)
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

    /// Rows over the first header that tell of no duty.
    fn title_rows(&mut self, block: &Block) {
        for row in block.rows.clone() {
            match self.row_kind(row) {
                RowKind::Blank => {}
                RowKind::Data | RowKind::Heading | RowKind::Line => self.aside(row, RowKind::Title),
                kind => self.aside(row, kind),
            }
        }
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

    /// What a finding quotes of a cell.
    pub fn quote(&self, at: At) -> &'s str {
        let sheet = self.sheet;
        sheet.cell(at.0, at.1).map_or("", |c| quote(c.raw))
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
