//! Where the tables of a sheet are: header rows, the rows they govern, and what each column
//! holds by its label and by what its cells are.
//!
//! Reads no shift yet.

use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;

use super::days::{Day, Days, Spelling, only_days, only_weekday};
use super::heading::{Heading, heading};
use super::hours::{Hours, Looseness, only_hours};
use super::phones::is_landline;
use super::sheet::{Kind, Sheet};
use super::vocabulary::{Field, SIGNATURE_STARTS, TOTAL_STARTS};

/// A header, maybe of several rows, maybe absent, and the rows under it; of side-by-side panels
/// each is a block of its own.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub header: Range<usize>,
    pub rows: Range<usize>,
    pub columns: Range<usize>,
    /// What stands in each row of the header, beyond the panel too.
    across: Rc<[Census]>,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Field(Field),
    /// People at the post its label names, or at a day or shift its label names.
    People,
    Nothing,
    Unknown,
}

#[derive(Clone, Debug)]
pub(super) struct Column {
    pub holds: Holds,
    pub heading: Heading,
    /// As written, of all header rows.
    pub label: String,
    pub days: Option<Days>,
    pub weekday: Option<chrono::Weekday>,
    pub unit: Option<String>,
    /// The label is somebody's name; the cells say which shift.
    pub person: Option<String>,
    /// The label says nothing the reader knows; the cells decided.
    pub guessed: bool,
}

pub(super) fn starts_with_any(text: &str, words: &[&str]) -> bool {
    let lower = text.trim().to_lowercase();
    words.iter().any(|w| lower.starts_with(w))
}

/// The first cell of a row begins as totals do.
pub(super) fn is_total(sheet: &Sheet<'_>, row: usize) -> bool {
    sheet
        .filled(row)
        .next()
        .is_some_and(|(_, c)| starts_with_any(&c.text, TOTAL_STARTS))
}

pub(super) fn is_signature(sheet: &Sheet<'_>, row: usize) -> bool {
    let dated = sheet
        .filled(row)
        .any(|(_, c)| matches!(c.kind, Kind::Range | Kind::Line));
    !dated
        && sheet.filled(row).next().is_some_and(|(_, c)| {
            starts_with_any(&c.text, SIGNATURE_STARTS)
                && (c.text.contains([':', ' ', '(']) || c.text.chars().count() <= 5)
        })
}

#[derive(Debug, Default)]
struct Census {
    filled: usize,
    fields: usize,
    labels: usize,
    days: usize,
    weekdays: usize,
    shifts: usize,
    units: usize,
    people: usize,
    firm: usize,
    numbers: Vec<u32>,
}

fn census(sheet: &Sheet<'_>, row: usize) -> Census {
    let mut seen = Census::default();
    for (_, cell) in sheet.filled(row) {
        seen.filled += 1;
        match cell.kind {
            Kind::Label(_) => {
                seen.fields += 1;
                seen.labels += 1;
            }
            Kind::Post => seen.labels += 1,
            Kind::Days => seen.days += 1,
            Kind::Weekday => seen.weekdays += 1,
            Kind::Shift | Kind::Range => seen.shifts += 1,
            Kind::Unit => seen.units += 1,
            Kind::People => seen.people += 1,
            Kind::Phone | Kind::Clock | Kind::Moment | Kind::Line => seen.firm += 1,
            Kind::Number => seen.numbers.extend(cell.text.parse::<u32>().ok()),
            _ => {}
        }
    }
    seen
}

/// Day numbers side by side, each the day after the one before.
fn is_run_of_days(numbers: &[u32]) -> bool {
    numbers.len() >= 3
        && numbers.iter().all(|n| (1..=31).contains(n))
        && numbers
            .windows(2)
            .all(|w| w[1] == w[0] + 1 || w[1] == 1 && w[0] >= 28)
}

struct Shapes<'s, 'g> {
    sheet: &'s Sheet<'g>,
}

impl Shapes<'_, '_> {
    fn is_header(&self, row: usize, after_header: Option<usize>, under_weekdays: bool) -> bool {
        let sheet = self.sheet;
        let seen = census(sheet, row);
        if seen.filled < 2 && !under_weekdays
            || seen.firm > 0
            || is_total(sheet, row)
            || is_signature(sheet, row)
        {
            return false;
        }
        let dates_across = seen.days >= 2 && seen.people == 0 && !self.same_days_near(row);
        let numbers_across = is_run_of_days(&seen.numbers) && seen.people == 0;
        let weekdays_across = seen.weekdays >= 3 && seen.people == 0;
        let calendar_week = under_weekdays
            && !seen.numbers.is_empty()
            && seen.numbers.len() == seen.filled
            && seen.numbers.iter().all(|n| (1..=31).contains(n))
            || under_weekdays && seen.days >= 1 && seen.days == seen.filled;
        let labelled = seen.days == 0
            && seen.labels >= 2
            && seen.labels > 2 * seen.people
            && (seen.fields >= 1 || seen.labels == seen.filled);
        let labelled_axis = seen.days == 0
            && seen.fields >= 1
            && seen.people == 0
            && (seen.shifts >= 2 || seen.units >= 2);
        if dates_across
            || numbers_across
            || weekdays_across
            || calendar_week
            || labelled
            || labelled_axis
        {
            return !(seen.days > 0 && after_header.is_some() && !dates_across);
        }
        if after_header.is_some() {
            return seen.days == 0
                && seen.people == 0
                && seen.numbers.is_empty()
                && (seen.shifts >= 2 && seen.shifts + seen.labels + seen.weekdays >= seen.filled
                    || seen.labels >= 2);
        }
        seen.days == 0 && self.agrees_with_below(row)
    }

    /// A data row with a first and a last day is no header: its neighbours look the same.
    fn same_days_near(&self, row: usize) -> bool {
        let columns = |r: usize| -> Vec<usize> {
            self.sheet
                .filled(r)
                .filter(|(_, c)| c.kind == Kind::Days)
                .map(|(at, _)| at)
                .collect()
        };
        let here = columns(row);
        [row.checked_sub(1), Some(row + 1)]
            .into_iter()
            .flatten()
            .any(|r| r < self.sheet.rows.len() && columns(r) == here)
    }

    /// A known label over a cell of the kind it announces.
    fn agrees_with_below(&self, row: usize) -> bool {
        let sheet = self.sheet;
        let Some(below) =
            (row + 1..sheet.rows.len().min(row + 4)).find(|r| sheet.filled(*r).count() >= 2)
        else {
            return false;
        };
        sheet.filled(row).any(|(column, cell)| {
            let under = sheet.kind(below, column);
            match cell.kind {
                Kind::Label(Field::Date) => matches!(under, Kind::Days | Kind::Moment),
                Kind::Label(Field::Name) => under == Kind::People,
                Kind::Label(Field::Phone) => under == Kind::Phone,
                Kind::Label(Field::Start | Field::Hours) => {
                    matches!(under, Kind::Clock | Kind::Moment | Kind::Range)
                }
                Kind::Post => {
                    under == Kind::People
                        && sheet
                            .filled(below)
                            .any(|(_, c)| matches!(c.kind, Kind::Days | Kind::Moment))
                }
                _ => false,
            }
        })
    }
}

/// Every block of the sheet, top to bottom; rows before the first header are one without.
pub(super) fn blocks(sheet: &Sheet<'_>) -> Vec<Block> {
    let shapes = Shapes { sheet };
    let width = |rows: Range<usize>| {
        let widths = sheet.rows.get(rows).into_iter().flatten().map(Vec::len);
        widths.max().unwrap_or(0)
    };
    let across = |header: Range<usize>| header.map(|r| census(sheet, r)).collect();
    let mut blocks: Vec<Block> = Vec::new();
    let mut row = 0;
    let mut from = 0;
    let mut header = 0..0;
    let mut weekdays_above = false;
    while row < sheet.rows.len() {
        if !shapes.is_header(row, None, weekdays_above) {
            row += 1;
            continue;
        }
        if row > from {
            blocks.push(Block {
                header: header.clone(),
                rows: from..row,
                columns: 0..width(header.start..row),
                across: across(header.clone()),
            });
        }
        let start = row;
        while row < sheet.rows.len()
            && (row == start || row - start < 4 && shapes.is_header(row, Some(row - 1), false))
        {
            row += 1;
        }
        weekdays_above = weekdays_above || (start..row).any(|r| census(sheet, r).weekdays >= 5);
        header = start..row;
        from = row;
    }
    if from < sheet.rows.len() || !header.is_empty() {
        let columns = 0..width(header.start..sheet.rows.len());
        blocks.push(Block {
            across: across(header.clone()),
            header,
            rows: from..sheet.rows.len(),
            columns,
        });
    }
    blocks.into_iter().flat_map(|b| panels(sheet, b)).collect()
}

/// A block cut where its header begins anew to the right.
fn panels(sheet: &Sheet<'_>, block: Block) -> Vec<Block> {
    let Some(row) = block.header.clone().next_back() else {
        return vec![block];
    };
    let labels: Vec<&str> = block.columns.clone().map(|c| sheet.text(row, c)).collect();
    let dates: Vec<usize> = block
        .columns
        .clone()
        .filter(|c| sheet.kind(row, *c) == Kind::Label(Field::Date))
        .filter(|c| {
            block
                .rows
                .clone()
                .any(|r| matches!(sheet.kind(r, *c), Kind::Days | Kind::Moment | Kind::Number))
        })
        .collect();
    let [first, second, ..] = dates[..] else {
        return vec![block];
    };
    let period = second - first;
    let repeats = (0..labels.len().saturating_sub(period)).all(|at| {
        labels[at] == labels[at + period] || labels[at].is_empty() || labels[at + period].is_empty()
    });
    let starts: Vec<usize> = if repeats {
        (0..labels.len()).step_by(period).collect()
    } else {
        dates
            .iter()
            .enumerate()
            .map(|(n, at)| if n == 0 { 0 } else { *at })
            .collect()
    };
    let ends = starts.iter().skip(1).copied().chain([block.columns.end]);
    starts
        .iter()
        .zip(ends)
        .map(|(from, to)| Block {
            columns: *from..to,
            ..block.clone()
        })
        .collect()
}

/// What stands over each column of a block.
pub(super) fn columns(
    sheet: &Sheet<'_>,
    block: &Block,
    is_data: &dyn Fn(usize) -> bool,
) -> Vec<Column> {
    let across = days_across(sheet, block);
    let weekday_row = weekdays_across(block);
    let mut found: Vec<Column> = Vec::new();
    for column in block.columns.clone() {
        let mut over = labels_over(sheet, block, column);
        let mut days = None;
        if let Some(across) = &across {
            days = across
                .days
                .get(column - block.columns.start)
                .cloned()
                .flatten();
            over.retain(|(r, _)| across.row != *r || days.is_none());
        }
        let weekday = weekday_row
            .and_then(|r| over.iter().find(|(row, _)| *row == r))
            .and_then(|(_, text)| only_weekday(text));
        if weekday.is_some() {
            over.retain(|(r, _)| Some(*r) != weekday_row);
        }
        found.push(column_of(
            sheet, block, column, &over, days, weekday, is_data,
        ));
    }
    let rows: Vec<usize> = block.rows.clone().filter(|r| is_data(*r)).collect();
    duty_line_columns(sheet, block, &rows, &mut found);
    found
}

/// One landline beside everybody rings in the duty room.
fn duty_line_columns(sheet: &Sheet<'_>, block: &Block, rows: &[usize], columns: &mut [Column]) {
    let distinct = |index: usize| -> HashSet<&str> {
        let texts = rows
            .iter()
            .map(|r| sheet.text(*r, block.columns.start + index));
        texts.filter(|text| !text.is_empty()).collect()
    };
    let several_people = (0..columns.len())
        .filter(|c| matches!(columns[*c].holds, Holds::People | Holds::Field(Field::Name)))
        .any(|c| distinct(c).len() > 1);
    for (index, column) in columns.iter_mut().enumerate() {
        let line = column.holds == Holds::Field(Field::Phone)
            && several_people
            && rows.len() > 1
            && matches!(distinct(index).into_iter().collect::<Vec<_>>()[..], [only] if is_landline(only));
        if line {
            column.holds = Holds::Field(Field::DutyLine);
        }
    }
}

/// The row of a header that holds days side by side.
struct Across {
    row: usize,
    /// For each column of the block.
    days: Vec<Option<Days>>,
}

fn days_across(sheet: &Sheet<'_>, block: &Block) -> Option<Across> {
    for (row, seen) in block.header.clone().zip(block.across.iter()) {
        let numbered = is_run_of_days(&seen.numbers)
            || seen.days == 0 && !seen.numbers.is_empty() && seen.numbers.len() == seen.filled;
        if seen.days < 2 && !numbered && !(seen.days == 1 && seen.filled == 1) {
            continue;
        }
        let mut days: Vec<Option<Days>> = Vec::with_capacity(block.columns.len());
        let mut last: Option<(usize, Days)> = None;
        for column in block.columns.clone() {
            let text = sheet.text(row, column);
            let here = match sheet.kind(row, column) {
                Kind::Days => only_days(text),
                Kind::Number if numbered => text.parse().ok().map(|day| {
                    Days::one(Day {
                        year: None,
                        month: None,
                        day,
                        spelling: Spelling::Plain,
                    })
                }),
                Kind::Blank => {
                    let used = block
                        .header
                        .clone()
                        .skip_while(|r| *r <= row)
                        .chain(block.rows.clone())
                        .any(|r| sheet.kind(r, column) != Kind::Blank);
                    let close = last.as_ref().is_some_and(|(at, _)| column - at <= 4);
                    last.clone().filter(|_| used && close).map(|(_, d)| d)
                }
                _ => None,
            };
            if sheet.kind(row, column) != Kind::Blank {
                last = here.clone().map(|d| (column, d));
            }
            days.push(here);
        }
        if days.iter().flatten().count() >= 2 || numbered || seen.filled == 1 {
            return Some(Across { row, days });
        }
    }
    None
}

fn weekdays_across(block: &Block) -> Option<usize> {
    let mut rows = block.header.clone().zip(block.across.iter());
    let found = rows.find(|(_, seen)| seen.weekdays >= 2);
    found.map(|(row, _)| row)
}

/// A header merged over more columns than this is a title.
const WIDEST_MERGE: usize = 64;

/// The header cells over a column, top to bottom; a blank in an upper row belongs to the merged
/// cell at its left.
fn labels_over(sheet: &Sheet<'_>, block: &Block, column: usize) -> Vec<(usize, String)> {
    let mut over = Vec::new();
    for row in block.header.clone() {
        let cell = sheet.cell(row, column).map(|c| c.raw.to_owned());
        let below = (row + 1..block.header.end).any(|r| sheet.kind(r, column) != Kind::Blank);
        let merged = || {
            (block.columns.start..column)
                .rev()
                .take(WIDEST_MERGE)
                .find(|c| sheet.kind(row, *c) != Kind::Blank)
                .and_then(|c| {
                    let reaches =
                        (row + 1..block.header.end).any(|r| sheet.kind(r, c) != Kind::Blank);
                    sheet
                        .cell(row, c)
                        .filter(|_| reaches)
                        .map(|c| c.raw.to_owned())
                })
        };
        let label = cell.or_else(|| if below { merged() } else { None });
        over.extend(label.map(|l| (row, l)));
    }
    over
}

fn column_of(
    sheet: &Sheet<'_>,
    block: &Block,
    column: usize,
    over: &[(usize, String)],
    days: Option<Days>,
    weekday: Option<chrono::Weekday>,
    is_data: &dyn Fn(usize) -> bool,
) -> Column {
    let mut whole = Heading::default();
    let mut unit = None;
    let mut known = false;
    for (row, label) in over {
        if sheet.kind(*row, column) == Kind::Unit && heading(label).field.is_none() {
            unit = Some(label.clone());
            known = true;
            continue;
        }
        let mut one = heading(label);
        if sheet.kind(*row, column) == Kind::Range && one.hours.is_none() {
            one.hours = time_cell(sheet.text(*row, column));
            one.post.clear();
        }
        known |= one.field.is_some() || one.role.is_some() || one.hours.is_some();
        let names_post = one.role.is_some() || one.field.is_none() && one.hours.is_none();
        whole.field = one.field.or(whole.field);
        whole.hours = one.hours.or(whole.hours);
        whole.near = one.near.or(whole.near);
        if names_post {
            whole.role = one.role.or(whole.role);
            if !one.post.is_empty() {
                whole.post = one.post;
            }
        }
    }
    let label = over
        .iter()
        .map(|(_, l)| l.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    let contents = Contents::of(sheet, block.rows.clone().filter(|r| is_data(*r)), column);
    let in_axis = days.is_some() || weekday.is_some();
    let said = Over {
        heading: &whole,
        known,
        in_axis,
        names_unit: unit.is_some(),
    };
    let (holds, guessed) = holds(&said, &label, &contents);
    let coded = contents.codes + contents.shifts;
    let person = over
        .iter()
        .find(|(row, _)| !known && sheet.kind(*row, column) == Kind::People);
    let person = person
        .filter(|_| days.is_none() && coded * 2 > contents.filled)
        .map(|(_, name)| name.clone());
    let (holds, guessed) = if person.is_some() {
        (Holds::People, false)
    } else {
        (holds, guessed)
    };
    Column {
        person,
        holds,
        heading: whole,
        label,
        days,
        weekday,
        unit,
        guessed,
    }
}

/// How many cells of each kind a column has.
#[derive(Default, Debug)]
struct Contents {
    filled: usize,
    days: usize,
    months: usize,
    weekdays: usize,
    times: usize,
    shifts: usize,
    phones: usize,
    people: usize,
    wide_people: usize,
    units: usize,
    posts: usize,
    numbers: usize,
    moments: usize,
    codes: usize,
}

impl Contents {
    fn of(sheet: &Sheet<'_>, rows: impl Iterator<Item = usize>, column: usize) -> Self {
        let mut seen = Self::default();
        for row in rows {
            let kind = sheet.kind(row, column);
            seen.filled += usize::from(kind != Kind::Blank);
            match kind {
                Kind::Days => seen.days += 1,
                Kind::Month => seen.months += 1,
                Kind::Weekday => seen.weekdays += 1,
                Kind::Clock | Kind::Range => seen.times += 1,
                Kind::Moment => seen.moments += 1,
                Kind::Shift => seen.shifts += 1,
                Kind::Phone => seen.phones += 1,
                Kind::People => {
                    seen.people += 1;
                    seen.wide_people += usize::from(!sheet.text(row, column).is_ascii());
                }
                Kind::Unit => seen.units += 1,
                Kind::Post => seen.posts += 1,
                Kind::Number => seen.numbers += 1,
                Kind::Code | Kind::Mark => seen.codes += 1,
                _ => {}
            }
        }
        seen
    }

    fn mostly(&self, count: usize) -> bool {
        count * 2 > self.filled
    }
}

/// What stands over a column.
struct Over<'h> {
    heading: &'h Heading,
    /// Some word of it is the reader's.
    known: bool,
    /// A day or weekday of an axis.
    in_axis: bool,
    names_unit: bool,
}

/// What a column holds, and whether its cells alone said so.
fn holds(over: &Over<'_>, label: &str, contents: &Contents) -> (Holds, bool) {
    if contents.filled == 0 && label.is_empty() && !over.in_axis {
        return (Holds::Nothing, false);
    }
    if let Some(field) = over.heading.field {
        return by_field(field, over.in_axis, contents);
    }
    let numbers = contents.filled > 0 && contents.mostly(contents.phones);
    if over.in_axis
        || over.heading.role.is_some()
        || over.heading.hours.is_some()
        || over.names_unit
    {
        let times = contents.filled > 0 && contents.mostly(contents.times) && contents.people == 0;
        let holds = match (numbers, times) {
            (true, _) => Holds::Field(Field::Phone),
            (_, true) if !over.in_axis => Holds::Field(Field::Hours),
            _ => Holds::People,
        };
        return (holds, false);
    }
    let guess = by_contents(contents);
    let needs_label = matches!(guess, Holds::People | Holds::Unknown | Holds::Nothing);
    (guess, !over.known && needs_label)
}

/// A label's field, corrected where the cells plainly say otherwise.
fn by_field(field: Field, in_axis: bool, contents: &Contents) -> (Holds, bool) {
    let mostly = |count: usize| contents.filled > 0 && contents.mostly(count);
    let named =
        contents.filled > 0 && contents.wide_people * 4 > contents.filled * 3 && contents.days == 0;
    let corrected = match field {
        Field::Hours
        | Field::Serial
        | Field::Remark
        | Field::DayKind
        | Field::ShiftName
        | Field::Post
            if mostly(contents.days + contents.moments) =>
        {
            Field::Date
        }
        Field::Date if mostly(contents.weekdays) => Field::Weekday,
        Field::Date if mostly(contents.times + contents.shifts) => Field::Hours,
        Field::Date if in_axis => Field::Remark,
        Field::Remark
        | Field::Phone
        | Field::DutyLine
        | Field::Name
        | Field::Count
        | Field::DayKind => {
            if field == Field::DayKind && mostly(contents.shifts) {
                Field::ShiftName
            } else {
                field
            }
        }
        _ if named => return (Holds::People, true),
        Field::Serial if mostly(contents.shifts) => Field::ShiftName,
        field => field,
    };
    if in_axis && !matches!(field, Field::Phone | Field::Remark) {
        return (Holds::People, false);
    }
    (Holds::Field(corrected), false)
}

/// What the cells of a column without a known label are, by most of them.
fn by_contents(contents: &Contents) -> Holds {
    let kinds = [
        (contents.days, Holds::Field(Field::Date)),
        (contents.moments, Holds::Field(Field::Start)),
        (contents.months, Holds::Field(Field::Month)),
        (contents.weekdays, Holds::Field(Field::Weekday)),
        (contents.times + contents.shifts, Holds::Field(Field::Hours)),
        (contents.phones, Holds::Field(Field::Phone)),
        (contents.people, Holds::People),
        (contents.units, Holds::Field(Field::Unit)),
        (contents.posts, Holds::Field(Field::Post)),
        (contents.numbers, Holds::Field(Field::Serial)),
    ];
    let most = kinds.into_iter().find(|(count, _)| contents.mostly(*count));
    most.map_or(Holds::Unknown, |(_, holds)| holds)
}

/// A time cell in a column of times.
pub(super) fn time_cell(text: &str) -> Option<Hours> {
    only_hours(text, Looseness::Column)
}
