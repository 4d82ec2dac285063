//! What can be put right in a file without asking anybody: a cell that was read for certain,
//! written as it should have been.
//!
//! Proposes cells alone, and guesses nothing; that a file so mended still says the same is for
//! whoever writes it to see.

use std::collections::{HashMap, HashSet};

use super::book::place;
use super::finding::{Code, Place};
use super::grid::grid;
use super::hours::{Clock, Hours, Looseness, only_hours};
use super::phones::{Dialled, numbers, phone};
use super::plain::{is_han, plain};
use super::sheet::{Cell, Kind, Sheet};
use super::vocabulary::Field;
use super::{Asked, CellUse, Telling, decode, read};

/// A cell that should be written otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    pub place: Place,
    /// As it stands, without the blanks around it.
    pub old: String,
    pub new: String,
    pub what: Mended,
}

/// What was wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mended {
    /// A number that a spreadsheet turned into a quantity, every digit still there.
    Quantity,
    /// Blanks, dashes or full-width digits in a telephone number.
    Phone,
    /// Full-width digits in a date or a time.
    Digits,
    /// An end before its start, which is on the next day.
    NextDay,
    /// 陶　然: blanks that only fill a name's cell.
    PaddedName,
}

impl Mended {
    /// The rule that speaks of it, where one does.
    #[must_use]
    pub fn code(self) -> Option<Code> {
        (self == Mended::Quantity).then_some(Code::F306)
    }
}

/// What can be mended in delimited text, in the order of the file.
#[must_use]
pub fn mends(bytes: &[u8], asked: &Asked) -> Vec<Mend> {
    let asked = Asked {
        account: Telling::EveryCell,
        ..asked.clone()
    };
    let reading = read(bytes, &asked);
    let Ok(decoded) = decode::decode(bytes) else {
        return Vec::new();
    };
    let Ok((grid, _)) = grid(&decoded.text) else {
        return Vec::new();
    };
    let sheet = Sheet::new(&grid, asked.zone);
    let accounted = reading.account.cells.iter();
    let uses: HashMap<Place, CellUse> = accounted.map(|cell| (cell.place, cell.r#as)).collect();
    let doubtful = reading.findings.iter().filter(|f| f.code != Code::F306);
    let desk = Desk {
        doubtful: doubtful.filter_map(|finding| finding.place).collect(),
        uses,
        speaks_chinese: decoded.text.chars().any(is_han),
    };
    desk.mends(&sheet)
}

struct Desk {
    uses: HashMap<Place, CellUse>,
    /// Cells that something was found of: they are a person's.
    doubtful: HashSet<Place>,
    speaks_chinese: bool,
}

impl Desk {
    fn mends(&self, sheet: &Sheet<'_>) -> Vec<Mend> {
        let mut found = Vec::new();
        let mut clocks: Option<(usize, usize)> = None;
        for row in 0..sheet.rows.len() {
            let labelled = |wanted: Field| {
                let mut cells = sheet.filled(row);
                cells.find_map(|(at, cell)| (cell.kind == Kind::Label(wanted)).then_some(at))
            };
            clocks = labelled(Field::Start).zip(labelled(Field::End)).or(clocks);
            for (column, cell) in sheet.filled(row) {
                let place = place((row, column));
                // What is quoted may hold anything; it stays as it is.
                if cell.raw.contains(['"', '\n', '\r']) || self.doubtful.contains(&place) {
                    continue;
                }
                let start = clocks.filter(|(_, end)| *end == column);
                let start = start.and_then(|(start, _)| sheet.cell(row, start));
                if let Some((new, what)) = self.mended(place, cell, start)
                    && new != cell.raw
                {
                    let old = cell.raw.to_owned();
                    found.push(Mend {
                        place,
                        old,
                        new,
                        what,
                    });
                }
            }
        }
        found
    }

    /// `start`: the clock a cell of ends belongs to.
    fn mended(
        &self,
        place: Place,
        cell: &Cell<'_>,
        start: Option<&Cell<'_>>,
    ) -> Option<(String, Mended)> {
        let used = self.uses.get(&place).copied()?;
        if cell.kind == Kind::Phone {
            return Some(dialled(cell.raw));
        }
        if used != CellUse::Shift {
            return None;
        }
        match cell.kind {
            Kind::People => Some((closed_up(cell.raw), Mended::PaddedName)),
            Kind::Range | Kind::Clock | Kind::Days | Kind::Moment => {
                let narrow = narrow(cell.raw);
                let crossing = match start {
                    Some(start) => self.later_clock(&narrow, start),
                    None => self.later_end(&narrow),
                };
                Some(match crossing {
                    Some(crossing) => (crossing, Mended::NextDay),
                    None => (narrow, Mended::Digits),
                })
            }
            _ => None,
        }
    }

    /// 20:00-8:00 → 20:00-次日8:00.
    fn later_end(&self, text: &str) -> Option<String> {
        let (start, end) = range(text)?;
        if !is_bare(&end) || start.days_later.is_some() || end.minute >= start.minute {
            return None;
        }
        let later = if self.speaks_chinese {
            let dash = text
                .char_indices()
                .rfind(|(_, c)| "-—–―~～〜至到".contains(*c))?;
            let after = dash.0 + dash.1.len_utf8();
            let blanks = text[after..].len() - text[after..].trim_start().len();
            let (head, tail) = text.split_at(after + blanks);
            format!("{head}次日{tail}")
        } else {
            format!("{text}+1")
        };
        let told = range(&later)?;
        (told == (start, next_day(end))).then_some(later)
    }

    /// 8:00, the end of what began at 20:00 → 次日8:00.
    fn later_clock(&self, text: &str, start: &Cell<'_>) -> Option<String> {
        let (start, end) = (clock(&start.text)?, clock(text)?);
        if !is_bare(&end) || !is_bare(&start) || end.minute >= start.minute {
            return None;
        }
        let later = if self.speaks_chinese {
            format!("次日{text}")
        } else {
            format!("{text}+1")
        };
        (clock(&later)? == next_day(end)).then_some(later)
    }
}

fn range(text: &str) -> Option<(Clock, Clock)> {
    match only_hours(&plain(text), Looseness::Strict)? {
        Hours::Range { start, end } if start.exists && end.exists => Some((start, end)),
        _ => None,
    }
}

fn clock(text: &str) -> Option<Clock> {
    match only_hours(&plain(text), Looseness::Strict)? {
        Hours::At(clock) if clock.exists => Some(clock),
        _ => None,
    }
}

/// Of no day, neither named nor counted.
fn is_bare(clock: &Clock) -> bool {
    clock.days_later.is_none() && clock.day.is_none()
}

fn next_day(clock: Clock) -> Clock {
    Clock {
        days_later: Some(1),
        ..clock
    }
}

/// Full-width digits and colons as every program reads them; everything else as it stands.
fn narrow(text: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' | '：' => plain(c.encode_utf8(&mut [0; 4]))
            .chars()
            .next()
            .unwrap_or(c),
        _ => c,
    };
    text.chars().map(narrow).collect()
}

/// Every number of a cell by its digits, where each is known; what is between them stays.
fn dialled(raw: &str) -> (String, Mended) {
    let mut new = String::with_capacity(raw.len());
    let mut what = Mended::Phone;
    let mut rest = raw;
    for piece in numbers(raw) {
        let Some((between, after)) = rest.split_once(piece) else {
            break;
        };
        new.push_str(between);
        match phone(piece) {
            Dialled::Mangled(Some(phone)) => {
                what = Mended::Quantity;
                new.push_str(phone.digits());
            }
            Dialled::Good(phone) => new.push_str(&tidy(piece, phone.digits())),
            _ => new.push_str(piece),
        }
        rest = after;
    }
    new.push_str(rest);
    (new, what)
}

/// A mobile by its digits alone; a duty room's line keeps its dashes.
fn tidy(piece: &str, digits: &str) -> String {
    let narrow = plain(piece);
    let is_mobile = digits.len() == 11 && digits.starts_with('1');
    let is_whole = narrow.chars().filter(char::is_ascii_digit).count() == digits.len();
    if is_mobile && is_whole {
        digits.to_owned()
    } else if matches!(phone(&narrow), Dialled::Good(same) if same.digits() == digits) {
        narrow.into_owned()
    } else {
        piece.to_owned()
    }
}

/// 陶　然、王 芳 → 陶然、王芳: two characters with nothing but blanks between them are one name.
fn closed_up(raw: &str) -> String {
    let ends = |c: char| "、，,;；/（(".contains(c);
    let mut new = String::with_capacity(raw.len());
    for piece in raw.split_inclusive(ends) {
        let name = piece.trim_end_matches(ends);
        let letters: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
        let is_padded = letters.len() == 2 && letters.iter().all(|c| is_han(*c));
        if is_padded && name.trim().contains(char::is_whitespace) {
            new.extend(letters);
            new.push_str(&piece[name.len()..]);
        } else {
            new.push_str(piece);
        }
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> Vec<(u32, String, Mended)> {
        let found = mends(text.as_bytes(), &Asked::default()).into_iter();
        found.map(|m| (m.place.column, m.new, m.what)).collect()
    }

    fn of_row(hours: &str, name: &str, phone: &str) -> Vec<(u32, String, Mended)> {
        mended(&format!(
            "日期,时间,值班员,电话\n2026-10-01,{hours},{name},{phone}\n2026-10-02,20:00-次日8:00,王立新,13800000009\n"
        ))
    }

    #[test]
    fn a_number_whose_digits_are_all_there_is_restored() {
        for (phone, digits, what) in [
            ("13800000001.0", "13800000001", Mended::Quantity),
            ("1.3800000001E+10", "13800000001", Mended::Quantity),
            ("1.3800000001E10", "13800000001", Mended::Quantity),
            ("138 0000 0001", "13800000001", Mended::Phone),
            ("138-0000-0001", "13800000001", Mended::Phone),
            ("１３８００００００００", "13800000000", Mended::Phone),
            ("'13800000001", "13800000001", Mended::Phone),
        ] {
            let found = of_row("20:00-次日8:00", "张建国", phone);
            assert_eq!(found, [(4, digits.to_owned(), what)], "{phone}");
        }
    }

    #[test]
    fn a_number_that_lost_digits_or_needs_none_of_it_stays() {
        for phone in ["1.38E+10", "13800000001", "0000-5550101", "1380000070", ""] {
            assert_eq!(of_row("20:00-次日8:00", "张建国", phone), [], "{phone}");
        }
    }

    #[test]
    fn an_end_on_the_next_day_says_so() {
        for (hours, new) in [
            ("20:00-8:00", "20:00-次日8:00"),
            ("20：00—8：00", "20:00—次日8:00"),
            ("20:00至8:00", "20:00至次日8:00"),
            ("20:00 - 8:00", "20:00 - 次日8:00"),
        ] {
            let found = of_row(hours, "张建国", "13800000001");
            assert_eq!(found, [(2, new.to_owned(), Mended::NextDay)], "{hours}");
        }
        let columns =
            "日期,开始,结束,值班员\n2026-10-01,20:00,8:00,张建国\n2026-10-02,8:00,20:00,王立新\n";
        assert_eq!(
            mended(columns),
            [(3, "次日8:00".to_owned(), Mended::NextDay)]
        );
        let english = "date,start,end,officer\n2026-10-01,20:00,08:00,P0001\n";
        assert_eq!(
            mended(english),
            [(3, "08:00+1".to_owned(), Mended::NextDay)]
        );
    }

    #[test]
    fn a_time_somebody_has_to_explain_stays() {
        for hours in ["8:00-8:00", "18:00-17:00", "8:00-25:00", "8:00-20:00"] {
            assert_eq!(of_row(hours, "张建国", "13800000001"), [], "{hours}");
        }
    }

    #[test]
    fn a_padded_name_is_closed_up_and_two_people_are_not() {
        let names = |name| of_row("20:00-次日8:00", name, "13800000001");
        let closed = |new: &str| vec![(3, new.to_owned(), Mended::PaddedName)];
        assert_eq!(names("陶　然"), closed("陶然"));
        assert_eq!(names("陶 然、王建国"), closed("陶然、王建国"));
        assert_eq!(names("陶建国 王立新"), []);
    }

    #[test]
    fn full_width_digits_are_made_plain() {
        let text = "日期,时间,值班员\n２０２６-10-01,８：００-20:00,张建国\n";
        let found = mended(text);
        assert_eq!(found[0].1, "2026-10-01");
        assert_eq!(found[1].1, "8:00-20:00");
    }
}
