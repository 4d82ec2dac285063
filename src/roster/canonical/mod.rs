//! The plain long file, one shift per row under English headers, read without asking what each
//! cell is. A file with anything to wonder about is not plain: it gets the whole reader, which
//! says the same of a plain one (a test holds them to it), only later.
//!
//! What a roster repeats in every row (its posts, people and hours) is looked at when it first
//! comes, and then only looked up: cells are bytes until then, and no text is checked twice.

mod binder;
mod bound;
mod columns;
mod cut;
mod directory;
mod entry;
mod minutes;
mod names;
mod plain;
mod posts;
mod register;
mod roll;
mod rows;
mod scan;
mod stretch;
mod writings;

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::settling::OVERTIME_MINUTES;
use super::{
    Account, Accounted, Asked, CellUse, Form, Person, Place, Post, Reading, Role, Roster, Shift,
    Source, Telling,
};
use crate::time::{Span, TimeDelta};
use columns::Columns;
pub use entry::{Entry, Who, minute};
use plain::{civil, is_plain_name, is_plain_unit, plain_phone, plain_role};
pub use roll::{Progress, Roll};
use rows::{COLUMNS, Row, Rows};
pub use stretch::Sheet;

/// What a row takes at least, by experience: so much room is made at once.
const BYTES_A_ROW: usize = 90;

/// How often somebody comes in a large roster, likewise.
const ROWS_A_PERSON: usize = 4;

/// The reading of a plain file, and `None` for every other.
pub(super) fn read(file: &[u8], asked: &Asked) -> Option<Reading> {
    let mut rows = Rows::of(file);
    let header = rows.next()??;
    let columns = Columns::of(&header)?;
    let mut desk = Desk::new(asked, file.len());
    desk.account_row(1, CellUse::Header, columns.width, None);
    let mut number = 1;
    for row in rows {
        number += 1;
        desk.row(number, &row?, &columns)?;
    }
    if desk.roster.shifts.is_empty() {
        return None;
    }
    Some(Reading {
        source: Source {
            encoding: "utf-8",
            delimiter: Some(','),
            sheet: None,
            rows: number,
        },
        roster: desk.roster,
        findings: Vec::new(),
        account: Account { cells: desk.cells },
        form: Form::default(),
    })
}

/// How long a shift may be before somebody has to ask.
fn believed_minutes(asked: &Asked) -> u32 {
    asked.max_shift_minutes.saturating_add(OVERTIME_MINUTES)
}

/// What has been read, and what has been looked up once already: by the bytes of its cells.
struct Desk<'a> {
    asked: &'a Asked,
    roster: Roster,
    cells: Vec<Accounted>,
    posts: HashMap<&'a [u8], u32>,
    /// The row before's cells and post: a post's rows often stand together.
    latest_post: Option<(&'a [u8], u32)>,
    /// By unit and name, whatever the place is called.
    numbers: HashMap<(&'a str, &'a str), u32>,
    roles: HashMap<&'a str, Option<Role>>,
    /// Alone on their shift, as everybody is in such a file.
    people: HashMap<&'a [u8], Arc<[Person]>>,
    hours: HashMap<&'a [u8], Span>,
}

impl<'a> Desk<'a> {
    fn new(asked: &'a Asked, bytes: usize) -> Self {
        let rows = bytes / BYTES_A_ROW;
        Self {
            asked,
            roster: Roster {
                shifts: Vec::with_capacity(rows),
                ..Roster::default()
            },
            cells: match asked.account {
                Telling::EveryCell => Vec::with_capacity(rows * COLUMNS),
                Telling::NotAsked => Vec::new(),
            },
            posts: HashMap::default(),
            latest_post: None,
            numbers: HashMap::default(),
            roles: HashMap::default(),
            people: HashMap::with_capacity(rows / ROWS_A_PERSON),
            hours: HashMap::default(),
        }
    }

    fn row(&mut self, number: u32, row: &Row<'a>, columns: &Columns) -> Option<()> {
        // An empty cell may mean the one above.
        if row.width() != columns.width || row.cells().any(<[u8]>::is_empty) {
            return None;
        }
        let post = self.post(row, columns)?;
        let people = self.people(row, columns)?;
        let span = self.span(row, columns)?;
        let shift = u32::try_from(self.roster.shifts.len()).ok()?;
        self.roster.shifts.push(Shift {
            post,
            span,
            people,
            assumed_hours: false,
            source: Place {
                file: 0,
                row: number,
                column: u32::try_from(columns.name + 1).ok()?,
            },
        });
        self.account_row(number, CellUse::Shift, columns.width, Some(shift));
        Some(())
    }

    fn account_row(&mut self, row: u32, used: CellUse, width: usize, shift: Option<u32>) {
        if self.asked.account == Telling::NotAsked {
            return;
        }
        self.cells.extend((1..).take(width).map(|column| Accounted {
            place: Place {
                file: 0,
                row,
                column,
            },
            r#as: used,
            shift,
        }));
    }

    fn post(&mut self, row: &Row<'a>, columns: &Columns) -> Option<u32> {
        let cells = row.stretch(&columns.post);
        if let Some((latest, post)) = self.latest_post
            && latest == cells
        {
            return Some(post);
        }
        let post = match self.posts.get(cells) {
            Some(post) => *post,
            None => self.new_post(cells, row, columns)?,
        };
        self.latest_post = Some((cells, post));
        Some(post)
    }

    fn new_post(&mut self, cells: &'a [u8], row: &Row<'a>, columns: &Columns) -> Option<u32> {
        str::from_utf8(cells).ok()?;
        let unit = str::from_utf8(row.cell(columns.unit)).ok()?;
        let name = str::from_utf8(row.cell(columns.role)).ok()?;
        let post = self.number(unit, name)?;
        self.posts.insert(cells, post);
        Some(post)
    }

    /// The post of that name: an index into the roster's posts.
    fn number(&mut self, unit: &'a str, name: &'a str) -> Option<u32> {
        if let Some(post) = self.numbers.get(&(unit, name)) {
            return Some(*post);
        }
        let role = *self.roles.entry(name).or_insert_with(|| plain_role(name));
        let role = role.filter(|_| is_plain_unit(unit))?;
        let post = u32::try_from(self.roster.posts.len()).ok()?;
        self.roster.posts.push(Post {
            unit: unit.to_owned(),
            name: name.to_owned(),
            role,
            presence: role.presence(),
        });
        self.numbers.insert((unit, name), post);
        Some(post)
    }

    fn people(&mut self, row: &Row<'a>, columns: &Columns) -> Option<Arc<[Person]>> {
        let cells = row.stretch(&columns.people);
        if let Some(people) = self.people.get(cells) {
            return Some(people.clone());
        }
        let name = str::from_utf8(row.cell(columns.name)).ok()?;
        if !is_plain_name(name) {
            return None;
        }
        let phone = match columns.phone {
            None => None,
            Some(column) => Some(plain_phone(row.cell(column))?),
        };
        let people: Arc<[Person]> = Arc::new([Person {
            name: name.to_owned(),
            phone,
        }]);
        self.people.insert(cells, people.clone());
        Some(people)
    }

    fn span(&mut self, row: &Row<'a>, columns: &Columns) -> Option<Span> {
        let cells = row.stretch(&columns.hours);
        if let Some(span) = self.hours.get(cells) {
            return Some(*span);
        }
        let moment = |column| civil(row.cell(column)).map(|civil| self.asked.zone.moment(civil));
        let longest = TimeDelta::minutes(believed_minutes(self.asked).into());
        let span = Span::new(moment(columns.start)?, moment(columns.end)?)?;
        if span.length() > longest {
            return None;
        }
        self.hours.insert(cells, span);
        Some(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "\
unit,post,role,name,phone,start,end
石桥镇,值班室,值班员,P0000001,00012345678,2026-10-01T08:00:00,2026-10-01T20:00:00
石桥镇,值班室,值班员,李秀英,13800000002,2026-10-01 20:00,2026-10-02 08:00
900001柳河镇,带班室,带班领导,张建国,13800000003,2026-10-01T08:00:00,2026-10-02T08:00:00
石桥镇,值班室,值班员,P0000001,00012345678,2026-10-02T08:00:00,2026-10-02T20:00:00
";

    fn general(text: &str) -> Reading {
        super::super::read_in_full(text.as_bytes(), &Asked::default())
    }

    #[test]
    fn a_plain_file_reads_as_the_whole_reader_reads_it() {
        for text in [
            PLAIN.to_owned(),
            PLAIN
                .replace(",phone", "")
                .replace(",00012345678", "")
                .replace(",13800000002", "")
                .replace(",13800000003", ""),
            PLAIN.replace('\n', "\r\n"),
            // Relieved two hours late.
            PLAIN.replace("2026-10-01T20:00:00", "2026-10-02T10:00:00"),
        ] {
            let (plain, full) = (
                read(text.as_bytes(), &Asked::default()).unwrap(),
                general(&text),
            );
            assert_eq!(plain.roster, full.roster);
            assert_eq!(plain.findings, full.findings);
            assert_eq!(plain.account.cells, full.account.cells);
            assert_eq!(plain.source, full.source);
        }
    }

    #[test]
    fn a_file_with_anything_to_wonder_about_is_left_to_the_whole_reader() {
        for (from, to) in [
            ("李秀英", "待定"),
            ("李秀英", "同上"),
            ("李秀英", "李秀英 王伟"),
            ("李秀英", "\"李秀英\""),
            ("李秀英", ""),
            ("13800000002", "1380000000"),
            ("2026-10-01 20:00", "10-01 20:00"),
            ("2026-10-02 08:00", "2026-10-01 08:00"),
            ("2026-10-02 08:00", "2026-10-32 08:00"),
            ("2026-10-02 08:00", "2026-10-12 08:00"),
            ("T20:00:00", "T20:00:30"),
            ("unit,", "单位,"),
            ("石桥镇,", "合计,"),
            ("带班领导", "XQ"),
        ] {
            let odd = PLAIN.replacen(from, to, 1);
            assert!(read(odd.as_bytes(), &Asked::default()).is_none(), "{to}");
        }
    }
}
