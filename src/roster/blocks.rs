//! Where the tables of a sheet are: its header rows, and the rows and columns each governs.
//!
//! A header is known by what its cells are, row by row; what a column then holds is asked in
//! `table`.

use std::ops::Range;

use super::pointing::is_pointed_out;
use super::sheet::{Kind, Sheet};
use super::table::Block;
use super::vocabulary::{Field, SIGNATURE_STARTS, TOTAL_STARTS};

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
pub(super) struct Census {
    pub filled: usize,
    fields: usize,
    labels: usize,
    pub days: usize,
    pub weekdays: usize,
    shifts: usize,
    units: usize,
    people: usize,
    firm: usize,
    pub numbers: Vec<u32>,
}

pub(super) fn census(sheet: &Sheet<'_>, row: usize) -> Census {
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
pub(super) fn is_run_of_days(numbers: &[u32]) -> bool {
    numbers.len() >= 3
        && numbers.iter().all(|n| (1..=31).contains(n))
        && numbers
            .windows(2)
            .all(|w| w[1] == w[0] + 1 || w[1] == 1 && w[0] >= 28)
}

struct Shapes<'s, 'g> {
    sheet: &'s Sheet<'g>,
    /// Headings a person has pointed at.
    pointed: &'s [String],
}

impl Shapes<'_, '_> {
    fn is_header(&self, row: usize, after_header: Option<usize>, under_weekdays: bool) -> bool {
        let sheet = self.sheet;
        if after_header.is_none() && is_pointed_out(sheet, row, self.pointed) {
            return true;
        }
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
        seen.days == 0 && (self.agrees_with_below(row) || self.is_over_days(row))
    }

    /// The first row of the sheet with more than a title: nothing but words, one of them over a
    /// column of days.
    fn is_over_days(&self, row: usize) -> bool {
        let sheet = self.sheet;
        let is_wide = |r: &usize| sheet.filled(*r).nth(1).is_some();
        if (0..row).any(|r| is_wide(&r)) {
            return false;
        }
        let Some(below) = (row + 1..sheet.rows.len().min(row + 4)).find(is_wide) else {
            return false;
        };
        let is_word = |kind| matches!(kind, Kind::Text | Kind::People | Kind::Code | Kind::Post);
        let words = sheet.filled(row).filter(|(_, cell)| is_word(cell.kind));
        let over_day = |column| sheet.kind(below, column) == Kind::Days;
        let over = sheet.filled(row).any(|(column, _)| over_day(column));
        let (here, under) = (sheet.filled(row).count(), sheet.filled(below).count());
        over && words.count() == here && here + 1 >= under
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
                // Merged over a second row of the header, it stands over a blank first.
                Kind::Label(Field::Date) => {
                    let under = (below..below + 2).map(|row| sheet.kind(row, column));
                    let first = under.into_iter().find(|kind| *kind != Kind::Blank);
                    matches!(first, Some(Kind::Days | Kind::Moment))
                }
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
/// `pointed`: headings that make a row a header.
pub(super) fn blocks(sheet: &Sheet<'_>, pointed: &[String]) -> Vec<Block> {
    let shapes = Shapes { sheet, pointed };
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
