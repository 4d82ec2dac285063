//! The plain long file, one shift per row under English headers, read without asking what each
//! cell is. A file with anything to wonder about is not plain: it gets the whole reader, which
//! says the same of a plain one (a test holds them to it), only later.

use chrono::{NaiveDate, NaiveDateTime};
use foldhash::HashMap;
use memchr::{Memchr3, memchr3_iter};

use super::heading::role_of;
use super::names::{Spacing, is_word_of, naming};
use super::vocabulary::{NOTE_STARTS, SIGNATURE_STARTS, TOTAL_STARTS};
use super::{
    Account, Accounted, Asked, CellUse, Form, Person, Phone, Place, Post, Reading, Role, Roster,
    Shift, Source, Telling,
};
use crate::time::{Moment, Span, Zone};

/// The most columns a plain file has.
const COLUMNS: usize = 7;

/// What a row takes at least, by experience: so much room is made at once.
const BYTES_A_ROW: usize = 90;

/// Where the plain file has its fields, by column from 0.
struct Columns {
    width: usize,
    unit: usize,
    role: usize,
    name: usize,
    phone: Option<usize>,
    start: usize,
    end: usize,
}

/// The reading of a plain file, and `None` for every other.
pub(super) fn read(text: &str, asked: &Asked) -> Option<Reading> {
    let mut rows = Rows::of(text);
    let header = rows.next()??;
    let columns = Columns::of(&header)?;
    let mut desk = Desk::new(asked, text.len());
    desk.account_row(1, CellUse::Header, columns.width, None);
    let mut row = 1;
    for cells in rows {
        row += 1;
        desk.row(row, &cells?, &columns)?;
    }
    if desk.roster.shifts.is_empty() {
        return None;
    }
    Some(Reading {
        source: Source {
            encoding: "utf-8",
            delimiter: Some(','),
            sheet: None,
            rows: row,
        },
        roster: desk.roster,
        findings: Vec::new(),
        account: Account { cells: desk.cells },
        form: Form::default(),
    })
}

/// The cells of one row.
struct Cells<'a> {
    cells: [&'a str; COLUMNS],
    width: usize,
}

/// Rows of a text without quotes; `None` for one that is too wide or has a quote after all.
struct Rows<'a> {
    text: &'a str,
    /// Where the next row begins.
    at: usize,
    /// Where cells may end, from there on.
    ends: Memchr3<'a>,
}

impl<'a> Rows<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            ends: memchr3_iter(b',', b'\n', b'"', text.as_bytes()),
        }
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Option<Cells<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at == self.text.len() {
            return None;
        }
        let mut found = Cells {
            cells: [""; COLUMNS],
            width: 0,
        };
        let mut start = self.at;
        for end in self.ends.by_ref() {
            let byte = self.text.as_bytes()[end];
            if byte == b'"' || !found.push(&self.text[start..end]) {
                return Some(None);
            }
            start = end + 1;
            if byte == b'\n' {
                self.at = start;
                return Some(Some(found.without_carriage_return()));
            }
        }
        self.at = self.text.len();
        let is_narrow = found.push(&self.text[start..]);
        Some(is_narrow.then(|| found.without_carriage_return()))
    }
}

impl<'a> Cells<'a> {
    /// Whether there was room for one more.
    fn push(&mut self, cell: &'a str) -> bool {
        let place = self.cells.get_mut(self.width);
        self.width += 1;
        place.map(|place| *place = cell).is_some()
    }

    fn without_carriage_return(mut self) -> Self {
        if let Some(last) = self.cells.get_mut(self.width - 1) {
            *last = last.strip_suffix('\r').unwrap_or(last);
        }
        self
    }

    fn filled(&self) -> &[&'a str] {
        &self.cells[..self.width]
    }
}

impl Columns {
    fn of(header: &Cells) -> Option<Self> {
        let labels = header.filled();
        let known = ["unit", "post", "role", "name", "phone", "start", "end"];
        let at = |label: &str| labels.iter().position(|l| *l == label);
        let is_plain = labels.iter().all(|l| known.contains(l))
            && known
                .iter()
                .all(|k| labels.iter().filter(|l| *l == k).count() < 2);
        if !is_plain {
            return None;
        }
        Some(Self {
            width: labels.len(),
            unit: at("unit")?,
            role: at("role")?,
            name: at("name")?,
            phone: at("phone"),
            start: at("start")?,
            end: at("end")?,
        })
    }
}

/// What has been read, and what has been looked up once already.
struct Desk<'a> {
    asked: &'a Asked,
    roster: Roster,
    cells: Vec<Accounted>,
    posts: HashMap<(&'a str, &'a str), u32>,
    roles: HashMap<&'a str, Option<Role>>,
    names: HashMap<&'a str, bool>,
    clock: Clock<'a>,
}

impl<'a> Desk<'a> {
    fn new(asked: &'a Asked, bytes: usize) -> Self {
        Self {
            asked,
            roster: Roster {
                shifts: Vec::with_capacity(bytes / BYTES_A_ROW),
                ..Roster::default()
            },
            cells: match asked.account {
                Telling::EveryCell => Vec::with_capacity(bytes / BYTES_A_ROW * COLUMNS),
                Telling::NotAsked => Vec::new(),
            },
            posts: HashMap::default(),
            roles: HashMap::default(),
            names: HashMap::default(),
            clock: Clock::new(asked.zone),
        }
    }

    fn row(&mut self, row: u32, found: &Cells<'a>, columns: &Columns) -> Option<()> {
        let (cells, width) = (found.cells, found.width);
        // An empty cell may mean the one above.
        if width != columns.width || found.filled().iter().any(|cell| cell.is_empty()) {
            return None;
        }
        let post = self.post(cells[columns.unit], cells[columns.role])?;
        let name = cells[columns.name];
        if !self.is_plain_name(name) {
            return None;
        }
        let phone = match columns.phone {
            None => None,
            Some(column) => Some(plain_phone(cells[column])?),
        };
        let start = self.clock.moment(cells[columns.start])?;
        let end = self.clock.moment(cells[columns.end])?;
        let span = Span::new(start, end)?;
        if span.length().num_minutes() > i64::from(self.asked.max_shift_minutes) {
            return None;
        }
        let shift = u32::try_from(self.roster.shifts.len()).ok()?;
        self.roster.shifts.push(Shift {
            post,
            span,
            people: vec![Person {
                name: name.to_owned(),
                phone,
            }],
            assumed_hours: false,
            source: Place {
                file: 0,
                row,
                column: u32::try_from(columns.name + 1).ok()?,
            },
        });
        self.account_row(row, CellUse::Shift, width, Some(shift));
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

    fn post(&mut self, unit: &'a str, name: &'a str) -> Option<u32> {
        if let Some(post) = self.posts.get(&(unit, name)) {
            return Some(*post);
        }
        let role = *self.roles.entry(name).or_insert_with(|| {
            let is_plain = name.chars().all(is_han);
            role_of(name).filter(|_| is_plain)
        });
        let role = role.filter(|_| is_plain_unit(unit))?;
        let index = u32::try_from(self.roster.posts.len()).ok()?;
        self.roster.posts.push(Post {
            unit: unit.to_owned(),
            name: name.to_owned(),
            role,
            presence: role.presence(),
        });
        self.posts.insert((unit, name), index);
        Some(index)
    }

    /// One person's name and nothing else. A number of staff is; Chinese words are looked at.
    fn is_plain_name(&mut self, name: &'a str) -> bool {
        let bytes = name.as_bytes();
        let is_staff_number = bytes.len() > 3
            && bytes[0].is_ascii_uppercase()
            && bytes[1..].iter().all(u8::is_ascii_digit);
        is_staff_number || *self.names.entry(name).or_insert_with(|| {
            let read = naming(name, Spacing::BetweenPeople);
            let is_alone = read.unnamed.is_empty()
                && read.away.is_empty()
                && read.unclear.is_empty()
                && !read.nobody
                && !read.same_as_above;
            name.chars().all(is_han)
                && is_alone
                && matches!(&read.people[..], [one] if one.name == name && one.numbers.is_empty())
        })
    }
}

fn is_plain_unit(unit: &str) -> bool {
    let starts_other = [TOTAL_STARTS, NOTE_STARTS, SIGNATURE_STARTS];
    unit.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric())
        && unit.chars().any(is_han)
        && !starts_other
            .iter()
            .any(|words| words.iter().any(|word| unit.starts_with(word)))
        && !is_word_of(unit, super::vocabulary::SAME_AS_ABOVE)
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Eleven digits that are a mobile's or a sample's.
fn plain_phone(text: &str) -> Option<Phone> {
    let bytes = text.as_bytes();
    let is_mobile = bytes.first() == Some(&b'1') && bytes.get(1).is_some_and(|b| *b >= b'3');
    let is_plain = bytes.len() == 11 && (is_mobile || text.starts_with("000"));
    Phone::new(text).filter(|_| is_plain)
}

/// Wall times, each turned into an instant once: a roster repeats its handovers.
struct Clock<'a> {
    zone: Zone,
    known: HashMap<&'a str, Moment>,
}

impl<'a> Clock<'a> {
    fn new(zone: Zone) -> Self {
        Self {
            zone,
            known: HashMap::default(),
        }
    }

    fn moment(&mut self, text: &'a str) -> Option<Moment> {
        if let Some(moment) = self.known.get(text) {
            return Some(*moment);
        }
        let moment = self.zone.moment(civil(text)?);
        self.known.insert(text, moment);
        Some(moment)
    }
}

/// `2026-10-01T08:00:00`, or to the minute, or with a blank for the `T`.
fn civil(text: &str) -> Option<NaiveDateTime> {
    let bytes = text.as_bytes();
    let minute = match bytes {
        [minute @ .., b':', b'0', b'0'] if bytes.len() == 19 => minute,
        _ => bytes,
    };
    let separators: [(usize, &[u8]); 4] = [(4, b"-"), (7, b"-"), (10, b"T "), (13, b":")];
    let stands = |(at, any): (usize, &[u8])| minute.get(at).is_some_and(|b| any.contains(b));
    if minute.len() != 16 || !separators.into_iter().all(stands) {
        return None;
    }
    let number = |from: usize, to: usize| {
        let digits = text.get(from..to)?;
        let is_plain = digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse::<u32>().ok().filter(|_| is_plain)
    };
    let year = i32::try_from(number(0, 4)?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, number(5, 7)?, number(8, 10)?)?;
    date.and_hms_opt(number(11, 13)?, number(14, 16)?, 0)
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
        ] {
            let (plain, full) = (read(&text, &Asked::default()).unwrap(), general(&text));
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
            assert!(read(&odd, &Asked::default()).is_none(), "{to}");
        }
    }
}
